//! One idea for reading: title, facts, outcomes, description; what `ideas show ID` prints, and what `ideas browse` shows
//! beside its list.
//!
//! On a terminal the description's Markdown is drawn and everything is wrapped. In a pipe it stays Markdown, as on its page.

mod description;
mod line;

use std::io::{self, Write};

use anstyle::Style;

pub(crate) use self::description::level;
pub use self::line::{Line, Piece};

use self::line::wrap;
use super::{Look, facts, safe};
use crate::idea::check::Answer;
use crate::idea::{Idea, Mentor};
use crate::store::Entry;
use crate::text::Spanned;

/// The column in which the facts stand, behind the longest label.
const LABEL: usize = "Difficulty".len() + 2;

/// Writes one idea.
///
/// What a page does not state is left out, but for three facts that everybody asks for: difficulty, size and mentors.
///
/// An entry of the shortlist that means the idea is shown with it.
pub fn write(idea: &Idea, entry: Option<&Entry>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    lines(idea, entry, look).iter().try_for_each(|line| line.write(look, out))
}

/// The lines that [`write`](fn@write) writes. Only words and code that are longer than the width make longer ones.
pub fn lines(idea: &Idea, entry: Option<&Entry>, look: &Look) -> Vec<Line> {
    let mut page = Page { look, lines: Vec::new() };
    page.heading(&safe::line(&idea.title.value));
    page.blank();
    page.facts(idea);
    if let Some(entry) = entry {
        page.fact("Shortlist", entry.status.into());
        page.fact("Note", entry.note.as_deref().unwrap_or_default());
    }
    if !idea.outcomes.is_empty() {
        page.blank();
        page.heading("Outcomes");
        let bullet = if look.unicode { "• " } else { "- " };
        for outcome in &idea.outcomes {
            page.wrapped(Piece::plain(bullet), 2, &[Piece::plain(safe::line(&outcome.value))]);
        }
    }
    if let Some(description) = &idea.description {
        page.blank();
        page.heading("Description");
        let description = safe::text(&description.value);
        match page.measure() {
            Some(measure) => page.lines.extend(description::lines(&description, look, measure)),
            None => page.lines.extend(description.trim_end().lines().map(|line| Line(vec![Piece::plain(line)]))),
        }
    }
    page.lines
}

struct Page<'a> {
    look: &'a Look,
    lines: Vec<Line>,
}

impl Page<'_> {
    /// The columns to wrap to; `None` outside of a terminal.
    fn measure(&self) -> Option<usize> {
        self.look.measure()
    }

    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    fn heading(&mut self, text: &str) {
        self.lines.extend(wrap(&[Piece::new(text, Style::new().bold())], self.measure()));
    }

    /// `text` behind `first`, its other lines `indent` columns in.
    fn wrapped(&mut self, first: Piece, indent: usize, text: &[Piece]) {
        let room = self.look.room(indent);
        let mut before = first;
        for line in wrap(text, room) {
            let mut whole = Line(vec![before]);
            line.0.into_iter().for_each(|piece| whole.push(piece));
            self.lines.push(whole);
            before = Piece::plain(" ".repeat(indent));
        }
    }

    fn facts(&mut self, idea: &Idea) {
        let text = |text: &Option<Spanned<String>>| text.iter().map(|text| text.value.clone()).collect::<Vec<_>>();
        let names: Vec<_> = [text(&idea.project), text(&idea.organization)].concat();
        let skills: Vec<_> = idea.skills.iter().map(|skill| skill.value.as_str()).collect();

        self.fact("Id", &idea.id);
        match names.as_slice() {
            [project, owner] if project != owner => self.fact("Project", &format!("{project} ({owner})")),
            names => self.fact("Project", names.first().map_or("", String::as_str)),
        }
        self.fact("Program", &facts::term(idea));
        self.fact("Status", idea.status.as_ref().map_or("", |status| status.value.as_str()));
        self.fact_or_silence("Difficulty", &facts::levels(idea));
        self.fact_or_silence("Size", &facts::size(idea));
        self.fact("Skills", &skills.join("; "));
        let is_told = |item: &&Spanned<String>| idea.skills.iter().all(|skill| skill.value != item.value);
        let technologies: Vec<_> = idea.technologies.iter().filter(is_told).map(|item| item.value.as_str()).collect();
        self.fact("Made with", &technologies.join("; "));
        let tags: Vec<_> = idea.tags.iter().map(|tag| tag.value).collect();
        self.fact("Tags", &tags.join(", "));
        if idea.mentors.is_empty() {
            self.fact_or_silence("Mentors", "");
        }
        for (i, mentor) in idea.mentors.iter().enumerate() {
            self.fact(if i == 0 { "Mentors" } else { "" }, &person(mentor));
        }
        let check = idea.check.as_ref();
        self.checked("Upstream", &idea.upstream, check.map_or(&[], |check| &check.upstream));
        let dead: Vec<_> = check.iter().flat_map(|check| check.dead_links()).cloned().collect();
        self.checked("Links", &idea.links, &dead);
        let asked: Vec<_> = idea.prerequisites.iter().flat_map(|asked| asked.shown()).collect();
        for (i, asked) in asked.iter().enumerate() {
            self.fact(if i == 0 { "Asked" } else { "" }, asked);
        }
        let known: Vec<_> = idea.proposal.iter().flat_map(|proposal| proposal.shown()).collect();
        for (i, known) in known.iter().enumerate() {
            self.fact(if i == 0 { "Proposal" } else { "" }, known);
        }
        self.fact("Source", &format!("{}:{}", idea.source.path, idea.source.line));
        self.addresses("", idea.source.url.as_deref().into_iter());
        for (i, place) in idea.also.iter().enumerate() {
            self.fact(if i == 0 { "Also" } else { "" }, &facts::place(place));
            self.addresses("", place.url.as_deref().into_iter());
        }
    }

    /// A labelled fact, if there is one. The label of further lines of a fact is empty.
    fn fact(&mut self, label: &str, text: &str) {
        let text = safe::line(text);
        if !text.is_empty() {
            self.wrapped(self::label(label), LABEL, &[Piece::plain(text)]);
        }
    }

    fn fact_or_silence(&mut self, label: &str, text: &str) {
        if text.is_empty() {
            self.wrapped(self::label(label), LABEL, &[Piece::new(facts::NOT_STATED, Style::new().dimmed())]);
        } else {
            self.fact(label, text);
        }
    }

    /// Addresses, below each what it answered when somebody asked.
    fn checked(&mut self, label: &str, urls: &[Spanned<String>], answers: &[Answer]) {
        for (i, url) in urls.iter().enumerate() {
            self.addresses(if i == 0 { label } else { "" }, std::iter::once(url.value.as_str()));
            if let Some(answer) = answers.iter().find(|answer| answer.url == url.value) {
                let text = facts::answer(answer, self.look);
                self.wrapped(self::label(""), LABEL, &[Piece::new(safe::line(&text), Style::new().dimmed())]);
            }
        }
    }

    /// Each address on a line of its own, whole; a hyperlink if it leads to the web.
    fn addresses<'a>(&mut self, label: &str, urls: impl Iterator<Item = &'a str>) {
        for (i, url) in urls.enumerate() {
            let label = self::label(if i == 0 { label } else { "" });
            let link = safe::url(url).map(std::borrow::Cow::into_owned);
            self.lines.push(Line(vec![label, Piece { link, ..Piece::plain(safe::line(url)) }]));
        }
    }
}

/// A label, as wide as all of them.
fn label(label: &str) -> Piece {
    Piece::new(format!("{label:LABEL$}"), Style::new().dimmed())
}

/// `Jane Doe (@jane, jane@example.org), primary`.
fn person(mentor: &Mentor) -> String {
    let handle = mentor.github.as_ref().map(|github| format!("@{}", github.value));
    let email = mentor.email.as_ref().map(|email| email.value.clone());
    let lfid = mentor.lfid.as_ref().map(|lfid| format!("LFID {}", lfid.value));
    let mut known: Vec<_> = [handle, email, lfid].into_iter().flatten().collect();
    let name = match &mentor.name {
        Some(name) => name.value.clone(),
        None if known.is_empty() => return String::new(),
        None => known.remove(0),
    };
    let known = if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) };
    let role = mentor.role.as_ref().map_or_else(String::new, |role| format!(", {}", role.value.as_str()));
    format!("{name}{known}{role}")
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::idea::Check;
    use crate::idea::check::State;
    use crate::programs::day;

    fn page(idea: &Idea, look: Look) -> String {
        let mut out = Vec::new();
        write(idea, None, &look, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_whole_idea() {
        let expected = "\
Deploying Kubeflow with Helm

Id          kubeflow-helm
Project     Kubeflow (CNCF)
Program     gsoc 2025
Status      open
Difficulty  medium
Size        175 or 350 hours
Skills      Go; Kubernetes & Helm
Made with   Helm
Tags        go, helm
Mentors     Jane Doe (@jane, jane@example.org), primary
            @bob
Upstream    https://example.org/1
Links       https://example.org/a
Source      pages/ideas.md:7

Outcomes
- A Helm chart

Description
Charts, so that one command
installs all.

- one
- two
";
        assert_eq!(page(&sample::idea(), Look::PLAIN), expected);
    }

    #[test]
    fn addresses_say_what_they_answered() {
        let at = "2026-02-17T08:00:00Z";
        let upstream = Answer { assigned: Some(true), ..Answer::bare("https://example.org/1", at, State::Open) };
        let check = Check::new(vec![upstream], vec![Answer::bare("https://example.org/a", at, State::Dead)]);
        let look = Look { unicode: true, today: day("2026-02-20"), ..Look::PLAIN };
        let text = page(&Idea { check, ..sample::idea() }, look);
        let expected = "Upstream    https://example.org/1\n            open, assigned · 3 days ago\n\
                        Links       https://example.org/a\n            dead · 3 days ago\n";
        assert!(text.contains(expected), "{text}");
    }

    #[test]
    fn a_bare_idea_says_what_everybody_asks() {
        let expected = "T\n\nDifficulty  not stated\nSize        not stated\nMentors     not stated\nSource      ideas.md:1\n";
        assert_eq!(page(&Idea::bare("T"), Look::PLAIN), expected);
        let bold = page(&Idea::bare("T"), Look { color: true, ..Look::PLAIN });
        assert!(bold.starts_with("\u{1b}[1mT\u{1b}[0m\n\n\u{1b}[2mDifficulty  not stated\u{1b}[0m\n"), "{bold:?}");
    }

    #[test]
    fn text_is_wrapped_behind_its_label() {
        let text = page(&sample::idea(), Look { width: Some(40), ..Look::PLAIN });
        assert!(
            text.contains("Mentors     Jane Doe (@jane,\n            jane@example.org), primary\n            @bob\n"),
            "{text}"
        );
        assert!(text.contains("\nCharts, so that one command installs\nall.\n\n- one\n- two\n"), "{text}");
        assert!(page(&sample::idea(), Look { width: Some(0), ..Look::PLAIN }).contains("Size        175 or 350 hours\n"));
    }

    #[test]
    fn only_the_web_is_linked() {
        let links = Look { links: true, ..Look::PLAIN };
        let text = page(&sample::idea(), links);
        let link = "Upstream    \u{1b}]8;;https://example.org/1\u{1b}\\https://example.org/1\u{1b}]8;;\u{1b}\\\n";
        assert!(text.contains(link), "{text:?}");
        let text = page(&sample::hostile(), links);
        assert_eq!(text.matches("\u{1b}]8;;").count(), 2, "{text:?}");
        assert!(
            text.contains("\u{1b}]8;;https://example.org/%1B\\x\u{1b}\\https://example.org/\\x\u{1b}]8;;\u{1b}\\\n"),
            "{text:?}"
        );
    }
}
