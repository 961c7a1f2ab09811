//! What may come next where somebody types: labels that the idea lacks, values of fields, names of projects, codes of rules.

use std::rc::Rc;

use gen_lsp_types::{CompletionItem, CompletionItemKind, CompletionItemTextEdit};

use super::edits;
use super::names::Names;
use super::position::Lines;
use crate::idea::{Difficulty, size};
use crate::labels::{Kind, Labels};
use crate::layout::{Heading, Inspection, Tree};
use crate::lint::disable::VERBS;
use crate::lint::template::{Form, same};
use crate::lint::{Template, rules};
use crate::text::{Source, Span};

/// Where somebody types: the byte, the text of the line before it.
pub(super) struct Typing<'a> {
    pub(super) source: &'a Source,
    pub(super) byte: usize,
    /// What the page is held to.
    pub(super) template: &'a Template,
    /// Names that people have used.
    pub(super) names: Rc<Names>,
}

/// Something to choose: what it is called, what it means, and what is typed for it.
struct Choice {
    name: String,
    about: String,
    typed: String,
    kind: CompletionItemKind,
}

impl Choice {
    fn new(kind: CompletionItemKind, name: impl Into<String>, about: impl Into<String>) -> Self {
        let name = name.into();
        Choice { typed: name.clone(), name, about: about.into(), kind }
    }
}

impl<'a> Typing<'a> {
    /// What may come next.
    pub(super) fn choices(mut self, lines: &Lines<'_>) -> Vec<CompletionItem> {
        let Some((start, choices)) = self.choose() else { return Vec::new() };
        let span = Span::new(start, self.byte);
        let item = |(at, choice): (usize, Choice)| CompletionItem {
            kind: Some(choice.kind),
            detail: (!choice.about.is_empty()).then_some(choice.about),
            sort_text: Some(format!("{at:04}")),
            filter_text: Some(choice.name.clone()),
            text_edit: Some(CompletionItemTextEdit::TextEdit(edits::text_edit(lines, span, &choice.typed))),
            label: choice.name,
            ..CompletionItem::default()
        };
        choices.into_iter().enumerate().map(item).collect()
    }

    /// Where what is typed begins, and what it may become.
    fn choose(&mut self) -> Option<(usize, Vec<Choice>)> {
        let before = self.before();
        if let Some(open) = before.rfind("<!-- ideas-").filter(|&open| !before[open..].contains("-->")) {
            return Some(self.in_comment(&before[open + "<!-- ideas-".len()..]));
        }
        let tree = Tree::read(self.source).ok().filter(|tree| !tree.is_html)?;
        if tree.body().end == 0 && tree.data().is_some() {
            // JSON is written by programs.
            return None;
        }
        let seen = tree.inspect().ok()?;
        let front = Span::new(0, tree.body().start);
        let is_front = self.byte < front.end;
        if is_front && self.template.shape != Form::IdeaFile {
            // A key that is half typed breaks its data: what the others are tells whose it is.
            let mut keys = self.source.slice(front).lines().filter_map(|line| self.label(line));
            keys.find(|(kind, _)| kind.is_telling())?;
            self.template = Template::all().iter().find(|template| template.shape == Form::IdeaFile)?;
        } else if !is_front && self.template.shape == Form::IdeaFile {
            return None;
        }
        let line = before.trim_start_matches([' ', '\t']);
        let hashes = line.len() - line.trim_start_matches('#').len();
        if hashes > 0 {
            return self.in_heading(hashes, &line[hashes..]);
        }
        if let Some((kind, value)) = self.label(line) {
            return self.values(kind, value);
        }
        let typed = bare(line);
        if typed.contains([':', '：']) {
            return None;
        }
        match self.label_above(before.len() - line.len()) {
            Some(kind) => self.values(kind, typed),
            None => self.labels(&seen, line, typed),
        }
    }

    /// The line before what is typed next.
    fn before(&self) -> &'a str {
        let start = self.source.line_start(self.byte);
        self.source.text()[start..self.byte].trim_start_matches('\u{feff}')
    }

    /// Where the last of several bytes on the line begins.
    fn back(&self, typed: &str) -> usize {
        self.byte - typed.len()
    }

    fn in_comment(&self, inside: &str) -> (usize, Vec<Choice>) {
        let word = inside.rsplit([' ', ',']).next().unwrap_or_default();
        let choices = if word.len() == inside.len() {
            VERBS.map(|(verb, about)| Choice::new(CompletionItemKind::Keyword, verb, about)).into()
        } else {
            let is_there = |code: &str| inside[..inside.len() - word.len()].split([' ', ',']).any(|there| there == code);
            let left = rules::ALL.iter().filter(|rule| !is_there(rule.code));
            left.map(|rule| Choice::new(CompletionItemKind::EnumMember, rule.code, rule.wants)).collect()
        };
        (self.back(word), choices)
    }

    /// The heading of a project.
    fn in_heading(&self, hashes: usize, typed: &str) -> Option<(usize, Vec<Choice>)> {
        let is_of_project = self.template.project_level.is_some_and(|level| usize::from(level) == hashes);
        (is_of_project && typed.starts_with(' ')).then(|| (self.back(typed.trim_start()), self.projects()))
    }

    fn projects(&self) -> Vec<Choice> {
        self.names.projects.iter().map(|name| Choice::new(CompletionItemKind::Module, name, "")).collect()
    }

    /// What the line above says whose item this line is: the last one that is indented less.
    fn label_above(&self, indent: usize) -> Option<Kind> {
        let start = self.source.line_start(self.byte);
        let above = self.source.text()[..start].lines().rev().take_while(|line| !line.trim_start().starts_with('#'));
        let mut filled = above.filter(|line| !line.trim().is_empty());
        let line = filled.find(|line| line.len() - line.trim_start().len() < indent)?;
        self.label(line).filter(|(_, value)| value.trim_matches(MARKS).is_empty()).map(|(kind, _)| kind)
    }

    /// The values of a field; of several between commas, the last is typed.
    fn values(&self, kind: Kind, said: &str) -> Option<(usize, Vec<Choice>)> {
        let typed = said.rsplit([',', ';']).next().unwrap_or_default().trim_start_matches([' ', '[', '"', '\'']);
        let is_there = |name: &str| said[..said.len() - typed.len()].split([',', ';']).any(|there| there.trim() == name);
        let mut choices = match kind {
            Kind::Difficulty => self.levels(),
            Kind::Size => self.sizes(),
            Kind::DifficultyAndSize => self.levels().into_iter().chain(self.sizes()).collect(),
            Kind::Skills | Kind::Technologies => {
                let choice = |(skill, written): (&&str, &String)| {
                    let about = if *skill == written { "" } else { *skill };
                    Choice::new(CompletionItemKind::Constant, written, about)
                };
                self.names.skills.iter().map(choice).collect()
            }
            Kind::Tags => self.names.skills.keys().map(|skill| Choice::new(CompletionItemKind::Constant, *skill, "")).collect(),
            Kind::Project => self.projects(),
            _ => return None,
        };
        choices.retain(|choice| !is_there(&choice.name));
        // Behind the colon stands a space.
        let needs_space = said.is_empty() && self.before().ends_with([':', '：']);
        if needs_space {
            for choice in &mut choices {
                choice.typed.insert(0, ' ');
            }
        }
        Some((self.back(typed), choices))
    }

    fn levels(&self) -> Vec<Choice> {
        let own: Vec<&str> = self.template.limits.difficulty.iter().map(String::as_str).collect();
        let words = if own.is_empty() { Difficulty::ALL.map(Difficulty::as_str).to_vec() } else { own };
        words.into_iter().map(|word| Choice::new(CompletionItemKind::EnumMember, word, "")).collect()
    }

    fn sizes(&self) -> Vec<Choice> {
        let own = &self.template.limits.hours;
        let hours: Vec<u32> = if own.is_empty() { size::named().collect() } else { own.clone() };
        let is_data = self.template.shape == Form::IdeaFile;
        let choice = |hours: u32| {
            let name = match size::word(hours) {
                Some(word) if !is_data => format!("{word} ({hours} hours)"),
                _ => hours.to_string(),
            };
            Choice::new(CompletionItemKind::EnumMember, name, "")
        };
        hours.into_iter().map(choice).collect()
    }

    /// The labels that the idea lacks.
    fn labels(&self, seen: &Inspection<'_>, line: &str, typed: &str) -> Option<(usize, Vec<Choice>)> {
        // A sentence is no label; the form has all of its labels already.
        if typed.split_whitespace().count() > 4 || self.template.shape == Form::Form {
            return None;
        }
        let is_page = self.template.shape == Form::Page;
        let section = if is_page { self.section(seen)? } else { Span::new(0, self.source.text().len()) };
        let is_inside =
            |at: usize| section.start <= at && at < section.end && self.source.line(at) != self.source.line(self.byte);
        let facts = seen.entries.iter().flat_map(|entry| &entry.draft.facts).filter(|fact| is_inside(fact.label.span().start));
        let mut stated: Vec<Kind> = facts.map(|fact| same(fact.kind)).collect();
        // An idea that has only begun is none yet.
        let lines = self.source.slice(section).split_inclusive('\n').scan(section.start, |at, line| {
            *at += line.len();
            Some((*at - line.len(), line))
        });
        let labelled = lines.filter(|&(at, _)| is_inside(at)).filter_map(|(_, line)| self.label(line));
        stated.extend(labelled.map(|(kind, _)| same(kind)));
        let is_item = line.len() > typed.len();
        let choice = |label: &String| {
            let typed = if is_page && !is_item { format!("- {label}: ") } else { format!("{label}: ") };
            let about = format!("of the template `{}`", self.template.name);
            Choice { typed, ..Choice::new(CompletionItemKind::Field, label, about) }
        };
        let lacking = self.template.field.iter().filter(|field| !stated.contains(&same(field.kind)));
        Some((self.back(typed), lacking.map(|field| choice(&field.label)).collect()))
    }

    /// What a line is about that begins with a label of the template or a known one, and what stands behind that.
    fn label<'l>(&self, line: &'l str) -> Option<(Kind, &'l str)> {
        let (label, value) = bare(line).split_once([':', '：'])?;
        let label = label.trim_matches(MARKS);
        let own = self.template.field.iter().find(|field| field.is_spelled(label)).map(|field| field.kind);
        Some((own.or_else(|| Labels::get().kind(label))?, value.trim_start_matches(MARKS)))
    }

    /// The idea that somebody types in, if it is one: from its heading to the next that is not its own. What stands where the
    /// template has ideas is one from the start.
    fn section(&self, seen: &Inspection<'_>) -> Option<Span> {
        let start = |heading: &Heading<'_>| heading.text.span().start;
        let titles = seen.entries.iter().filter_map(|entry| entry.idea.title.span).map(|span| span.start);
        let is_idea = |heading: &Heading<'_>| Some(heading.level) == self.template.idea_level;
        let begun = seen.headings.iter().filter(|heading| is_idea(heading)).map(start);
        let own = titles.chain(begun).filter(|&start| start < self.source.line_start(self.byte)).max()?;
        let others = seen.headings.iter().filter(|heading| !heading.in_idea || is_idea(heading)).map(start);
        let titles = seen.entries.iter().filter_map(|entry| entry.idea.title.span).map(|span| span.start);
        let next = others.chain(titles).filter(|&start| start > own).min().unwrap_or(self.source.text().len());
        (self.byte <= next).then_some(Span::new(own, next))
    }
}

/// What sets text off.
const MARKS: [char; 4] = [' ', '\t', '*', '_'];

/// A line without the mark of a list before it, and what sets it off.
fn bare(line: &str) -> &str {
    let line = line.trim_start_matches([' ', '\t']);
    let item = ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark)).unwrap_or(line);
    item.trim_start_matches(MARKS)
}
