//! What a page says about all of its ideas: whose it is, which programme, which term, and its address.

use std::path::Path;

use crate::data::Value;
use crate::document::{Document, Kind};
use crate::idea::{Program, Term};
use crate::labels::Labels;
use crate::prose::Text;
use crate::text::{Source, Spanned};

use super::draft::PageFacts;
use super::legend::Legend;

/// How many texts of a page's beginning may name its programme: the introduction, not the ideas.
const INTRODUCTION: usize = 60;

/// Reads them: the front matter first, then the page's headings and introduction, then its path.
pub(super) fn read(source: &Source, front: Option<Value<'_>>, document: &Document) -> PageFacts {
    let mut facts = PageFacts { legend: Legend::read(document), ..PageFacts::default() };
    for text in ["title", "program", "description"].iter().filter_map(|key| front?.get(key)?.text()) {
        facts.learn(text, true);
    }
    if let Some(name) = front.and_then(|front| front.get("organization")).and_then(Value::text) {
        facts.organization = Some(name.to_spanned());
    }
    let texts = document.texts(0..document.nodes.len()).filter(|&(node, _)| !document.nodes[node].verbatim);
    for (node, text) in texts.take(INTRODUCTION) {
        let heading = matches!(document.nodes[node].kind, Kind::Heading(_));
        if facts.organization.is_none() && matches!(document.nodes[node].kind, Kind::Heading(1 | 2)) {
            facts.organization = owner(text);
        }
        if facts.url.is_none() {
            facts.url = scrape_source(text);
        }
        if facts.program.is_some() && facts.term.is_some() && facts.organization.is_some() {
            break;
        }
        // The introduction ends where the first field begins; a heading still may say which year follows.
        facts.learn(text, heading);
    }
    facts.learn_path(source.path());
    facts
}

impl PageFacts {
    /// Takes programme and term from a text that names a programme, or a term from a heading.
    fn learn(&mut self, text: Text<'_>, heading: bool) {
        // A year in running text is this page's only beside the programme's name.
        for line in text.lines().filter(|line| line.len() < 400) {
            let found = Program::find(line.as_str());
            if let (None, Some((range, program))) = (&self.program, &found) {
                self.program = Some(Spanned::at(line.cut(range.clone()).span(), program.clone()));
            }
            let near = found.map_or(heading && Labels::get().is_container(line.as_str()), |(range, _)| {
                heading || near_year(line.as_str(), range.end)
            });
            if near
                && self.term.is_none()
                && let Some((range, term)) = Term::find(line.as_str())
            {
                self.term = Some(Spanned::at(line.cut(range).span(), term));
            }
        }
    }

    /// A path says what the page does not: `programs/lfx-mentorship/2025/03-Sep-Nov/project_ideas.md`.
    fn learn_path(&mut self, path: &Path) {
        let parts: Vec<_> = path.components().rev().take(5).map(|part| part.as_os_str().to_string_lossy()).collect();
        // The name of the file is about this page, a folder's about all in it.
        let program = parts.iter().find_map(|part| Program::find(part));
        let path = parts.into_iter().rev().collect::<Vec<_>>().join("/");
        if let Some((_, program)) = program {
            // The path of a page was chosen for it; a mention may be in passing.
            if self.program.as_ref().is_none_or(|known| known.value != program) {
                self.program = Some(Spanned::nowhere(program));
            }
        }
        if let Some((_, term)) = Term::find(&path) {
            let finer = |known: &Spanned<Term>| known.value.year == term.year && known.value.part.is_some();
            if self.term.as_ref().is_none_or(|known| known.value != term && !finer(known)) {
                self.term = Some(Spanned::nowhere(term));
            }
        }
    }
}

/// `GSoC 2024`: the year stands right behind the programme.
fn near_year(text: &str, end: usize) -> bool {
    let after = &text[end..];
    after.find(|c: char| c.is_ascii_digit()).is_some_and(|at| at <= 3)
}

/// "Checkstyle — Project Ideas": who owns the page.
pub(super) fn owner(heading: Text<'_>) -> Option<Spanned<String>> {
    let said = heading.as_str();
    // Most headings have no dash of any kind; the longer ones begin with the byte 0xe2.
    memchr::memchr2(b'-', 0xe2, said.as_bytes())?;
    let (name, rest) = said.split_once(" — ").or_else(|| said.split_once(" – ")).or_else(|| said.split_once(" - "))?;
    let labels = Labels::get();
    let name = name.trim();
    (labels.is_container(rest) && !labels.is_container(name) && name.split(' ').count() <= 5)
        .then(|| heading.of(name).to_spanned())
}

/// The `Source: https://…` that scraped pages begin with.
fn scrape_source(text: Text<'_>) -> Option<String> {
    let line = text.lines().find(|line| line.as_str().starts_with("Source:"))?;
    let url = line.as_str()["Source:".len()..].trim();
    crate::idea::link::is_web(url).then(|| url.to_owned())
}
