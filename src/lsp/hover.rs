//! What was read where somebody points: of an idea all its facts, of a field what it says, of a value what it means.

use gen_lsp_types::{Hover, MarkupContent, MarkupKind};

use super::client::Client;
use super::position::Lines;
use crate::idea::{Evidence, Idea, Mentor};
use crate::labels::Kind;
use crate::layout::{Entry, Fact, Inspection, Tree};
use crate::lint;
use crate::render::safe;
use crate::text::{Source, Span, counted};

/// What was read at a byte of a page; `template` is what the page is held to.
pub(super) fn at(byte: usize, source: &Source, template: &str, client: &Client) -> Option<Hover> {
    let tree = Tree::read(source).ok()?;
    let seen = tree.inspect().ok()?;
    let asked = Asked { byte, source, template, markdown: client.markdown };
    let Told { span, paragraphs } = asked.rule().or_else(|| asked.project(&seen)).or_else(|| asked.idea(&seen))?;
    let kind = if client.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let contents = MarkupContent { kind, value: paragraphs.join("\n\n") };
    Some(Hover { contents: contents.into(), range: Some(Lines::new(source.text(), client.encoding).range(span)) })
}

/// Where somebody points, and how to answer.
struct Asked<'a> {
    byte: usize,
    source: &'a Source,
    template: &'a str,
    markdown: bool,
}

/// What is said, and of which stretch of the page.
struct Told {
    span: Span,
    paragraphs: Vec<String>,
}

impl Asked<'_> {
    /// The rule that a comment names.
    fn rule(&self) -> Option<Told> {
        let text = self.source.text();
        let line = self.source.line_start(self.byte);
        let (before, after) = (&text[line..self.byte], &text[self.byte..self.source.line_end(self.byte)]);
        if !before.contains("<!-- ideas-") {
            return None;
        }
        let is_part = |c: char| c.is_ascii_lowercase() || c == '-';
        let start = self.byte - (before.len() - before.trim_end_matches(is_part).len());
        let end = self.byte + after.find(|c| !is_part(c)).unwrap_or(after.len());
        let rule = lint::rule(&text[start..end])?;
        let wants = format!("{}: {}", self.bold(rule.code), rule.wants);
        Some(Told { span: Span::new(start, end), paragraphs: vec![wants, rule.why.to_owned()] })
    }

    /// What was read of an idea: at its title, at a label, at a value.
    fn idea(&self, seen: &Inspection<'_>) -> Option<Told> {
        seen.entries.iter().find_map(|Entry { idea, draft }| {
            if let Some(span) = idea.title.span.filter(|span| self.is_at(*span)) {
                return Some(Told { span, paragraphs: self.whole(idea) });
            }
            let fields = draft.facts.iter().filter(|fact| self.is_at(fact.span()));
            // A field inside of another is the smaller one.
            let field = || fields.min_by_key(|fact| length(fact.span()));
            self.value(idea).or_else(|| field().map(|field| self.field(field, idea)))
        })
    }

    /// What was read from the smallest stretch around the place.
    fn value(&self, idea: &Idea) -> Option<Told> {
        let all = idea.evidence_with_items();
        let span =
            all.iter().filter_map(|evidence| evidence.span).filter(|span| self.is_at(*span)).min_by_key(|span| length(*span))?;
        let is_here = |mentor: &&Mentor| {
            let parts = [&mentor.name, &mentor.github, &mentor.email, &mentor.lfid];
            parts.into_iter().flatten().any(|part| part.span == Some(span))
        };
        let paragraphs = match idea.mentors.iter().find(is_here) {
            Some(mentor) => vec![self.said("mentor", &full_name(mentor))],
            None => self.list(all.iter().filter(|evidence| evidence.span == Some(span))),
        };
        Some(Told { span, paragraphs })
    }

    /// What a field was read as.
    fn field(&self, field: &Fact<'_>, idea: &Idea) -> Told {
        let whole = field.span();
        let all = idea.evidence_with_items();
        let is_inside = |span: Span| whole.start <= span.start && span.end <= whole.end;
        let inside = all.iter().filter(|evidence| evidence.span.is_some_and(is_inside));
        let read = self.list(inside.filter(|evidence| !matches!(evidence.fact, "github" | "email" | "lfid" | "role")));
        let kind = match field.kind {
            Kind::Other => "a field that is known, but no fact of an idea".to_owned(),
            kind => format!("read as {}", self.bold(&words(kind))),
        };
        let kind = if field.parts.is_empty() { format!("{kind}: nothing stands there") } else { kind };
        let label = field.label.span();
        Told { span: if self.is_at(label) { label } else { whole }, paragraphs: [vec![kind], read].concat() }
    }

    /// The heading that ideas are filed under.
    fn project(&self, seen: &Inspection<'_>) -> Option<Told> {
        let projects = || seen.entries.iter().filter_map(|entry| entry.idea.project.as_ref());
        let project = projects().find(|project| project.span.is_some_and(|span| self.is_at(span)))?;
        let ideas = counted(projects().filter(|other| other.span == project.span).count(), "idea");
        Some(Told { span: project.span?, paragraphs: vec![format!("{}, {ideas}", self.said("project", &project.value))] })
    }

    /// All that is known of an idea.
    fn whole(&self, idea: &Idea) -> Vec<String> {
        let mut facts: Vec<(&str, Vec<String>, Option<Span>)> = Vec::new();
        let all = idea.evidence_with_items();
        for Evidence { fact, meaning, span } in &all {
            match facts.iter_mut().find(|(known, ..)| known == fact) {
                Some((_, meanings, _)) => meanings.push(meaning.clone()),
                None => facts.push((fact, vec![meaning.clone()], *span)),
            }
        }
        facts.retain(|(fact, ..)| !matches!(*fact, "title" | "mentor" | "github" | "email" | "lfid" | "role"));
        let mentors: Vec<String> = idea.mentors.iter().map(full_name).collect();
        if !mentors.is_empty() {
            facts.push(("mentor", mentors, idea.mentors.iter().find_map(Mentor::span)));
        }
        facts.sort_by_key(|(.., span)| *span);
        let items = facts.into_iter().map(|(fact, meanings, span)| {
            let place = match span {
                Some(span) => format!("line {}", self.source.line(span.start)),
                None => "from the page's path, form, source or ideas.toml".to_owned(),
            };
            format!("- {} ({place})", self.said(fact, &meanings.join(", ")))
        });
        let items: Vec<String> = items.collect();
        vec![
            self.bold(&self.plain(&idea.title.value)),
            items.join("\n"),
            format!("held to the template `{}`", safe::line(self.template)),
        ]
    }

    /// `skill: Go`, `tag: go`.
    fn list<'e>(&self, evidence: impl Iterator<Item = &'e Evidence>) -> Vec<String> {
        let said: Vec<String> = evidence.map(|evidence| format!("- {}", self.said(evidence.fact, &evidence.meaning))).collect();
        if said.is_empty() { said } else { vec![said.join("\n")] }
    }

    fn said(&self, fact: &str, meaning: &str) -> String {
        format!("{}: {}", self.bold(fact), self.plain(meaning))
    }

    fn bold(&self, text: &str) -> String {
        if self.markdown { format!("**{text}**") } else { text.to_owned() }
    }

    /// A page's text, of which Markdown makes nothing.
    fn plain(&self, text: &str) -> String {
        let mut plain = String::new();
        for c in safe::line(text).chars() {
            if self.markdown && c.is_ascii_punctuation() && !".,:;()/-@+'\"".contains(c) {
                plain.push('\\');
            }
            plain.push(c);
        }
        plain
    }

    fn is_at(&self, span: Span) -> bool {
        (span.start..=span.end).contains(&self.byte)
    }
}

fn length(span: Span) -> usize {
    span.end - span.start
}

/// `Ana Example (@ana, ana@example.org), primary`.
fn full_name(mentor: &Mentor) -> String {
    let handle = mentor.github.as_ref().map(|handle| format!("@{}", handle.value));
    let email = mentor.email.as_ref().map(|email| email.value.clone());
    let shown = mentor.shown();
    let beside: Vec<String> = [handle, email].into_iter().flatten().filter(|part| *part != shown).collect();
    let beside = if beside.is_empty() { String::new() } else { format!(" ({})", beside.join(", ")) };
    let role = mentor.role.as_ref().map(|role| format!(", {}", role.value.as_str())).unwrap_or_default();
    format!("{shown}{beside}{role}")
}

/// A kind of field, as people say it.
fn words(kind: Kind) -> String {
    let mut words = String::new();
    for c in format!("{kind:?}").chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}
