//! The ideas that were chosen, as drafts: title, facts, and what stands elsewhere on the page and is theirs.

use rustc_hash::FxHashMap;

use crate::document::Document;
use crate::labels::{Kind, Labels};
use crate::prose::Text;
use crate::records::{Style, Whole};

use super::super::draft::Draft;
use super::super::title;
use super::candidates::{self, Begins, Candidate};
use super::roles::Role;
use super::shape::{self, Shape};
use super::teams::Section;
use super::{Finder, Found, contents, grades, groups, stretch, titles, unlabelled};

impl<'a> Finder<'_, 'a> {
    /// The chosen candidates as drafts, and the headings of the page.
    pub(super) fn found(&self, chosen: &[Candidate], sections: &[Option<Section>], group_lines: &[Option<usize>]) -> Found<'a> {
        let mut groups = groups::of(self.records, self.roles, chosen);
        for ((group, section), line) in groups.iter_mut().zip(sections).zip(group_lines) {
            *group = line.or(section.as_ref().and_then(Section::title)).or(*group);
        }
        let owners = self.owners(&groups);
        let said = self.said_of_all(chosen);
        let mut drafts: Vec<Draft<'a>> = Vec::with_capacity(chosen.len());
        for (candidate, group) in chosen.iter().zip(&mut groups) {
            let mut draft = self.draft(candidate);
            if let Some(owner) = group.and_then(|heading| owners.get(&heading)) {
                *group = None;
                draft.people = owner.clone();
            }
            draft.group = match candidate.begins {
                Begins::Pair => self.records.label(candidate.start).map(|label| label.label),
                _ => group.map(|line| self.records.text(line)),
            };
            draft.grade = self.grade_above(candidate);
            draft.of_all = self.of_all(&said, candidate);
            drafts.push(draft);
        }
        name_levels(&mut drafts);
        self.share(&mut drafts, sections);
        unlabelled::name_facts(&mut drafts);
        merge_overviews(self.records.document, &mut drafts);
        contents::file_under(self.records.document, &mut drafts);
        titles::drop_codes(&mut drafts);
        Found { drafts, headings: self.headings(chosen, &groups), roster: self.roster(chosen) }
    }

    /// What the lines above a candidate say of all that stands below them: "Easy", "Large projects of last year (350 hours)".
    fn grade_above(&self, candidate: &Candidate) -> Option<(Kind, Text<'a>)> {
        let line = candidate.title.unwrap_or(candidate.start);
        let graded = self.roles.grades().over(line).map(|(grade, kind)| (kind, self.records.text(grade)));
        let above = || self.headings_above(line).find_map(|heading| grades::in_passing(self.records.text(heading)));
        graded.or_else(above)
    }

    fn draft(&self, candidate: &Candidate) -> Draft<'a> {
        let records = self.records;
        let mut draft = Draft { untitled: candidate.title.is_none(), ..Draft::default() };
        let mut skip = Vec::new();
        let mut rest = None;
        if let Some(line) = candidate.title {
            draft.heading = Some(records.node(line)).filter(|_| candidate.part.is_none()).filter(|_| {
                records.level(line).is_some() || records.lines[line].set == Some(Whole::Strong) && records.lines[line].alone
            });
            let plainer = self.plainer_title(candidate);
            let text = plainer.map(|inner| records.text(inner)).or_else(|| candidates::title_part(records, candidate));
            skip.extend(plainer);
            let role = self.roles.of(line);
            let is_title = records.kind(line) != Some(Kind::Title) || records.level(line).is_some() || candidate.part.is_some();
            if let Some(text) = text.filter(|_| is_title) {
                let read = title::read(text);
                let named =
                    (candidate.start..candidate.end).any(|other| other != line && records.kind(other) == Some(Kind::Title));
                if !read.text.is_empty() && (role != Role::Container || !named) {
                    draft.title = Some(text);
                    draft.marker = read.marker;
                }
                skip.push(line);
                let whole = records.text(line);
                // The words of a sentence that name the idea stay words of the sentence.
                let inside = candidate.part.is_none() || (candidate.start..candidate.end).contains(&line);
                if inside && candidate.part.is_some_and(|(start, _)| start > 0) {
                    rest = Some(whole);
                } else if inside && text.len() < whole.len() && records.level(line).is_none() {
                    let after = text.offset_in(whole) + text.len();
                    let said = whole.from(after);
                    let mark = |c: char| c.is_whitespace() || matches!(c, ':' | '*' | '-' | '–' | '—' | '.');
                    let said = said.of(said.as_str().trim_start_matches(mark)).trim();
                    rest = (!said.is_empty()).then_some(said);
                }
            }
        }
        let read = stretch::read(records, candidate.start..candidate.end, &skip);
        draft.facts = read.facts;
        draft.loose = rest.into_iter().chain(read.loose).collect();
        draft.cells = read.cells;
        if matches!(candidate.begins, Begins::Row(_)) {
            for fact in &mut draft.facts {
                fact.label = fact.parts.first().map_or(fact.label, |part| part.text.cut(part.text.len()..part.text.len()));
            }
        }
        draft
    }
}

/// Takes "(medium)" behind titles for a level where "(easy)" or "(hard)" stands behind others, and no other size.
fn name_levels(drafts: &mut [Draft<'_>]) {
    let shapes = || drafts.iter().filter_map(|draft| shape::of(draft.marker?));
    let others = |shape: Shape| !matches!(shape, Shape::Level | Shape::Medium);
    if shapes().any(|shape| shape == Shape::Level) && !shapes().any(others) {
        for draft in drafts {
            draft.leveled = true;
        }
    }
}

/// The title that a fact states.
fn named<'a>(draft: &Draft<'a>) -> Option<Text<'a>> {
    draft.facts.iter().find(|fact| fact.kind == Kind::Title)?.parts.first().map(|part| part.text)
}

/// An overview beside the full ideas gives each of them twice: the one that says less is a part of the other.
fn merge_overviews(document: &Document, drafts: &mut Vec<Draft<'_>>) {
    if !drafts.iter().any(is_row) {
        return;
    }
    let letters = |text: Text<'_>| contents::letters(text.as_str());
    // The link of an overview leads to the section.
    let sections = drafts.iter().filter_map(|draft| draft.heading.zip(draft.title));
    let titles: FxHashMap<String, String> = sections
        .flat_map(|(heading, title)| {
            contents::names(document, heading, title).map(move |name| (name, letters(title::read(title).text)))
        })
        .collect();
    // "2 | Ratings" in an overview is "Project 2: Ratings and their uncertainty".
    let numbered = drafts
        .iter()
        .filter_map(|draft| Some((number_of(document.text(draft.heading?))?, letters(title::read(draft.title?).text))));
    let numbers: FxHashMap<u32, String> = numbered.collect();
    let name = |draft: &Draft<'_>| {
        if let Some(named) = row_number(draft).and_then(|number| numbers.get(&number)) {
            return named.clone();
        }
        let Some(title) = draft.title.or_else(|| named(draft)) else { return String::new() };
        let target = contents::target(title).and_then(|target| titles.get(&target).cloned());
        target.unwrap_or_else(|| letters(title::read(title).text))
    };
    let names: Vec<String> = drafts.iter().map(name).collect();
    drop_overview_title(drafts, &names);
    let mut by_name: FxHashMap<&str, usize> = FxHashMap::default();
    let mut gone = vec![false; drafts.len()];
    for (at, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        let Some(&first) = by_name.get(&**name) else {
            by_name.insert(name, at);
            continue;
        };
        // Two ideas of different projects may have one name.
        let group = |at: usize| drafts[at].group.map(letters);
        if group(first) != group(at) && group(first).is_some() && group(at).is_some() {
            continue;
        }
        let says_more = drafts[at].facts.len() > drafts[first].facts.len();
        let (more, less) = if is_row(&drafts[first]) && (says_more || !is_row(&drafts[at])) { (at, first) } else { (first, at) };
        if !is_row(&drafts[less]) {
            continue;
        }
        gone[less] = true;
        by_name.insert(name, more);
        // "A", "2": a heading that only counts.
        if drafts[more].title.is_some_and(|title| letters(title).len() < SHORTEST) {
            drafts[more].title = drafts[less].title.or_else(|| named(&drafts[less]));
        }
        let counts = row_number(&drafts[less]).is_some();
        let mut facts = std::mem::take(&mut drafts[less].facts);
        facts.retain(|fact| !(counts && fact.kind == Kind::Project));
        let known: Vec<Kind> = drafts[more].facts.iter().map(|fact| fact.kind).collect();
        drafts[more].facts.extend(facts.into_iter().filter(|fact| fact.kind != Kind::Title && !known.contains(&fact.kind)));
        drafts[more].group = drafts[more].group.or(drafts[less].group);
    }
    let mut gone = gone.into_iter();
    drafts.retain(|_| !gone.next().unwrap_or(false));
}

/// The number of a heading: "Project 2: Ratings".
fn number_of(heading: Text<'_>) -> Option<u32> {
    let end = Labels::get().number_prefix(heading.as_str())?;
    heading.as_str()[..end].trim_matches(|c: char| !c.is_ascii_digit()).parse().ok()
}

/// The number in place of a project in a row: "2 | Ratings".
fn row_number(draft: &Draft<'_>) -> Option<u32> {
    let project = draft.facts.iter().find(|fact| fact.kind == Kind::Project).filter(|_| is_row(draft))?;
    project.parts.first()?.text.as_str().trim().parse().ok()
}

/// No title is shorter, in letters.
const SHORTEST: usize = 3;

fn is_row(draft: &Draft<'_>) -> bool {
    let is_section = draft.facts.is_empty() && draft.heading.is_some();
    !is_section && draft.facts.iter().all(|fact| fact.style == Style::Cell)
}

/// The heading above the only overview is its title, and no project: most of its rows stand in full under another heading, or
/// everything is under it.
fn drop_overview_title(drafts: &mut [Draft<'_>], names: &[String]) {
    let group = |draft: &Draft<'_>| draft.group.map(|group| contents::letters(group.as_str()));
    let groups: Vec<Option<String>> = drafts.iter().map(group).collect();
    let is_full = |&at: &usize| !names[at].is_empty() && !is_row(&drafts[at]);
    let full: FxHashMap<&str, usize> = (0..drafts.len()).filter(is_full).map(|at| (&*names[at], at)).collect();
    let is_only = groups.windows(2).all(|pair| pair[0] == pair[1]);
    let mut counts: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
    for (at, group) in groups.iter().enumerate() {
        let Some(group) = group else { continue };
        let told = full.get(&*names[at]).is_some_and(|&other| is_only || groups[other].as_ref() != Some(group));
        let (rows, all) = counts.entry(group).or_default();
        *rows += usize::from(told && is_row(&drafts[at]));
        *all += 1;
    }
    let mut overviews = counts.into_iter().filter(|&(_, (rows, all))| rows > 1 && rows * 2 >= all).map(|(group, _)| group);
    if let (Some(overview), None) = (overviews.next(), overviews.next()) {
        for (draft, group) in drafts.iter_mut().zip(&groups) {
            draft.group = draft.group.filter(|_| group.as_deref() != Some(overview));
        }
    }
}
