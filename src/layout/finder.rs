//! Which stretches of a page are ideas.
//!
//! No layout is known beforehand. Whatever begins alike again and again is a sequence of candidates: sections, bold lines,
//! items, rows, stretches between the same labels ([`candidates`]). Each is worth what its facts say ([`evidence`]), how
//! well it agrees with its siblings, and how good a title it has; the best set of candidates that do not overlap is taken.
//! Labels that the vocabulary does not know are learned from their values first ([`learn`]).
//!
//! The idea of finding records by what repeats is that of MDR (Liu, Grossman and Zhai 2003) and DEPTA (Zhai and Liu 2005);
//! the weights are in `schemas/finder.toml`.

mod candidates;
mod contents;
mod evidence;
mod groups;
mod learn;
mod roles;
mod shape;
pub(super) mod stretch;
mod weights;

use rustc_hash::FxHashMap;

use crate::document::{self, Document};
use crate::labels::{Kind, Labels};
use crate::prose::Text;
use crate::records::{Part, Place, Records, Whole};

use super::draft::Draft;
use super::title;

use candidates::{Begins, Candidate};
use evidence::{Evidence, Tally};
use learn::LabelId;
use roles::{Role, Roles};
use weights::Weights;

/// The level of a paragraph in bold that stands for a heading: below all real ones.
pub const BOLD: u8 = 7;

/// What stands below a heading that opens a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// An idea.
    Idea,
    /// The ideas that are filed under it: a project.
    Ideas,
    /// Nothing at all, and it is no part of an idea.
    Nothing,
    /// Text, parts of an idea, other headings.
    Else,
}

/// A heading, or a bold line in place of one, that opens a section; headings that label a fact are none.
#[derive(Clone, Debug)]
pub struct Heading<'a> {
    /// Its node in the document.
    pub node: usize,
    /// Its text.
    pub text: Text<'a>,
    /// 1 to 6; [`BOLD`] for a bold line.
    pub level: u8,
    /// True for names of ideas and projects; false for "Project ideas", "How to apply", "Template".
    pub is_name: bool,
    /// What stands below it.
    pub holds: Holds,
    /// Which facts of an idea stand below it, in plain words.
    pub states: Vec<&'static str>,
}

/// What was found on a page.
pub(super) struct Found<'a> {
    /// The ideas, in page order.
    pub(super) drafts: Vec<Draft<'a>>,
    /// The headings that open sections, in page order.
    pub(super) headings: Vec<Heading<'a>>,
}

/// Finds the ideas of a page.
pub(super) fn find<'a>(document: &'a Document) -> Found<'a> {
    let mut records = Records::read(document);
    learn::labels(&mut records);
    if log::log_enabled!(log::Level::Trace) {
        for line in 0..records.len() {
            let label = records.label(line).map(|label| (label.label.flow(), label.kind, label.value.flow()));
            log::trace!("line {line} {:?} {:?} {:?}", records.lines[line].place, label, records.text(line).flow());
        }
    }
    let roles = Roles::read(&records);
    let evidence = Evidence::read(&records, &roles);
    let candidates = candidates::all(&records, &roles);
    let finder = Finder { records: &records, roles: &roles, evidence: &evidence };
    let tallies: Vec<Tally> = candidates.iter().map(|candidate| evidence.of(&records, &roles, candidate)).collect();
    let chosen = finder.choose(&candidates, &tallies);
    let chosen: Vec<Candidate> = chosen.into_iter().map(|at| candidates[at]).collect();
    finder.found(&chosen)
}

struct Finder<'r, 'a> {
    records: &'r Records<'a>,
    roles: &'r Roles,
    evidence: &'r Evidence,
}

/// What is known of the siblings of a candidate, once a first choice was made.
#[derive(Default)]
struct Siblings {
    chosen: u32,
    /// How many of the chosen ones have each label.
    labels: FxHashMap<LabelId, u32>,
}

impl<'a> Finder<'_, 'a> {
    /// The best set of candidates that do not overlap, by their places, in page order.
    fn choose(&self, candidates: &[Candidate], tallies: &[Tally]) -> Vec<usize> {
        let inside = self.inside_numbered();
        let repeated = self.repeated_titles(candidates);
        let (mut chosen, mut last) = (self.alike(candidates, tallies), Vec::new());
        // What the siblings say is known only after a first choice; a second one may find more of them.
        for _ in 0..3 {
            let siblings = siblings(candidates, tallies, &chosen);
            let usual = siblings.iter().map(|(&begins, siblings)| (begins, siblings.chosen)).max_by_key(|&(_, chosen)| chosen);
            let bare = self.bare(candidates, tallies, &chosen);
            let worth: Vec<Option<f32>> = (0..candidates.len())
                .map(|at| {
                    Some(
                        if repeated[at] { Weights::get().title.repeated } else { 0.0 }
                            + self.worth(
                                &candidates[at],
                                &tallies[at],
                                (siblings.get(&candidates[at].begins), usual),
                                &inside,
                                chosen.binary_search(&at).is_ok(),
                                bare[at],
                            )?,
                    )
                })
                .collect();
            let next = schedule(candidates, &worth);
            if log::log_enabled!(log::Level::Trace) {
                for (at, candidate) in candidates.iter().enumerate() {
                    let title = candidate.title.map(|line| self.records.text(line).flow()).unwrap_or_default();
                    let mark = if next.contains(&at) { '*' } else { ' ' };
                    log::trace!(
                        "{mark} {:?} {}..{} {title:.40?} {:?} facts {} repeats {} -> {:?}",
                        candidate.begins,
                        candidate.start,
                        candidate.end,
                        tallies[at].names(),
                        tallies[at].weight(),
                        tallies[at].repeats,
                        worth[at]
                    );
                }
            }
            let mut places = next.clone();
            places.sort_unstable();
            if places == chosen {
                return next;
            }
            (chosen, last) = (places, next);
        }
        if last.is_empty() { self.announced(candidates, tallies) } else { last }
    }

    /// Where nothing states facts: what stands, again and again, below a heading that announces ideas, each with a text.
    fn announced(&self, candidates: &[Candidate], tallies: &[Tally]) -> Vec<usize> {
        let mut places: FxHashMap<(Begins, usize), (Vec<usize>, usize)> = FxHashMap::default();
        for (at, (candidate, tally)) in candidates.iter().zip(tallies).enumerate() {
            let Some(above) = self.roles.above(candidate.start).filter(|&above| self.announces(above)) else { continue };
            if !matches!(candidate.begins, Begins::Heading(_) | Begins::Item(1)) {
                continue;
            }
            let (members, all) = places.entry((candidate.begins, above)).or_default();
            // Of several stretches from one heading the longest counts.
            if let Some(&last) = members.last()
                && candidates[last].start == candidate.start
            {
                members.pop();
                *all -= 1;
            }
            *all += 1;
            if self.tells(candidate, tally) {
                members.push(at);
            }
        }
        let found = places.into_values().filter(|(members, all)| members.len() > 2 && members.len() * 3 >= all * 2);
        let mut found: Vec<usize> = found.flat_map(|(members, _)| members).collect();
        found.sort_by_key(|&at| (candidates[at].start, std::cmp::Reverse(candidates[at].end)));
        found.dedup_by(|later, first| candidates[*later].start < candidates[*first].end);
        found
    }

    /// True for a heading that announces ideas: "Project ideas", "Possible projects".
    fn announces(&self, heading: usize) -> bool {
        let said = self.records.text(heading).as_str();
        self.roles.of(heading) == Role::Container && Labels::get().announces_more(said)
    }

    /// True for a plain title with a text of its own.
    fn tells(&self, candidate: &Candidate, tally: &Tally) -> bool {
        let Some(line) = candidate.title else { return false };
        let said = self.records.text(line).as_str();
        let titled = self.title_worth(candidate).is_some_and(|worth| worth >= Weights::get().title.plain);
        let words = said.split_whitespace().count();
        let text = if matches!(candidate.begins, Begins::Item(_)) {
            // A link that leads elsewhere names a page, not an idea.
            self.records.lines[line].set != Some(Whole::Link) && (tally.text > 0 || words > 3)
        } else {
            tally.text > 0
        };
        titled && text && !Labels::get().addresses(said) && !Labels::get().announces_more(said)
    }

    /// The candidates that share the label of a telling fact with two others that begin alike: whatever else they say, they
    /// are records of something.
    fn alike(&self, candidates: &[Candidate], tallies: &[Tally]) -> Vec<usize> {
        let weights = Weights::get();
        let is_one = |at: &usize| {
            let (candidate, tally) = (&candidates[*at], &tallies[*at]);
            matches!(candidate.begins, Begins::Heading(_) | Begins::Summary | Begins::Term | Begins::Row(_))
                && tally.is_telling()
                && !tally.is_nested()
                && tally.repeats == 0
                && tally.weight() >= weights.stretch.alike
                && self.title_worth(candidate).is_some_and(|worth| worth > 0.0)
        };
        let some: Vec<usize> = (0..candidates.len()).filter(is_one).collect();
        let mut counts: FxHashMap<(Begins, LabelId), Vec<usize>> = FxHashMap::default();
        for &at in &some {
            for &label in &tallies[at].labels {
                let starts = counts.entry((candidates[at].begins, label)).or_default();
                if starts.last() != Some(&candidates[at].start) {
                    starts.push(candidates[at].start);
                }
            }
        }
        let shares = |at: &usize| {
            let begins = candidates[*at].begins;
            tallies[*at].labels.iter().any(|&label| counts[&(begins, label)].len() > 2)
        };
        some.into_iter().filter(shares).collect()
    }

    /// How much a candidate is worth as an idea; `None` if it cannot be one.
    fn worth(
        &self,
        candidate: &Candidate,
        tally: &Tally,
        (siblings, usual): (Option<&Siblings>, Option<(Begins, u32)>),
        inside: &[usize],
        chosen: bool,
        bare: bool,
    ) -> Option<f32> {
        let weights = Weights::get();
        if self.roles.is_void(candidate.start) {
            return None;
        }
        let title = self.title_worth(candidate)?;
        // It is no sibling of its own.
        let others = siblings.map_or(0, |siblings| siblings.chosen - u32::from(chosen));
        let siblings = siblings.filter(|_| others > 0);
        let mut facts = tally.weight();
        let enough = if siblings.is_some() { weights.stretch.supported } else { weights.stretch.enough };
        if facts < enough || !tally.is_telling() {
            if !bare && !(facts >= weights.stretch.enough) {
                return None;
            }
            if bare {
                facts = facts.max(weights.stretch.bare);
            }
        }
        if self.is_invited(candidate.start) && !tally.is_complete() {
            return None;
        }
        let mut worth = facts + title + begins(candidate.begins) - weights.stretch.cost;
        worth -= weights.stretch.repeated * small(tally.repeats);
        // Where most ideas begin alike, few begin otherwise.
        if usual.is_some_and(|(begins, count)| begins != candidate.begins && count > 2 && others * 3 < count) {
            worth += weights.stretch.stranger;
        }
        if inside.binary_search(&candidate.start).is_ok() {
            worth += weights.stretch.unnumbered;
        }
        // A heading right above another one names a group, unless it has a number.
        if !self.is_numbered(candidate)
            && self
                .roles
                .opens(candidate.start)
                .is_some_and(|level| self.roles.opens(candidate.start + 1).is_some_and(|next| next > level))
        {
            worth += weights.stretch.hollow;
        }
        // Below a title with a number stands its subtitle, not another title.
        let has_number =
            |line: usize| self.roles.opens(line).is_some() && candidates::is_numbered(self.records.text(line).as_str());
        let before = candidate.start.checked_sub(1);
        if !self.is_numbered(candidate) && [before, self.roles.above(candidate.start)].into_iter().flatten().any(has_number) {
            worth += weights.stretch.stranger;
        }
        if let Some(siblings) = siblings {
            let shared =
                tally.labels.iter().filter(|label| siblings.labels.get(label).is_some_and(|&count| count * 2 >= siblings.chosen));
            worth += weights.stretch.sibling * if others > 1 { 1.0 } else { 0.5 }
                + weights.stretch.agreement * small(u32::try_from(shared.take(4).count()).unwrap_or(4));
        }
        Some(worth)
    }

    /// The headings that stand in a section with a number, on its own level: parts of it, if the number has no facts of its
    /// own and others are like it.
    fn inside_numbered(&self) -> Vec<usize> {
        let mut inside = Vec::new();
        for level in 1..=6 {
            let mut hollow: Vec<(usize, Vec<usize>)> = Vec::new();
            let mut start = None;
            for line in (0..self.records.len()).filter(|&line| self.roles.opens(line).is_some_and(|own| own <= level)) {
                if self.roles.opens(line) != Some(level) {
                    start = None;
                } else if candidates::is_numbered(self.records.text(line).as_str()) {
                    let end = (line + 1..self.records.len())
                        .find(|&next| self.roles.opens(next).is_some())
                        .unwrap_or(self.records.len());
                    let leaf = Candidate { begins: Begins::Heading(level), start: line, end, title: Some(line), part: None };
                    let facts = self.evidence.of(self.records, self.roles, &leaf).weight();
                    start = (facts < Weights::get().stretch.enough).then_some(line);
                    hollow.extend(start.map(|start| (start, Vec::new())));
                } else if start.is_some() {
                    if let Some((_, parts)) = hollow.last_mut() {
                        parts.push(line);
                    }
                }
            }
            if hollow.iter().filter(|(_, parts)| !parts.is_empty()).count() > 1 {
                inside.extend(hollow.into_iter().flat_map(|(_, parts)| parts));
            }
        }
        inside.sort_unstable();
        inside
    }

    /// Which candidates have a title that others of their kind have, too: the heading of a part.
    fn repeated_titles(&self, candidates: &[Candidate]) -> Vec<bool> {
        let title = |candidate: &Candidate| {
            Some((candidate.title?, learn::id(candidates::title_part(self.records, candidate)?.as_str())))
        };
        let mut seen: FxHashMap<(Begins, LabelId), Option<usize>> = FxHashMap::default();
        let titles: Vec<_> =
            candidates.iter().map(|candidate| title(candidate).map(|(line, id)| (line, (candidate.begins, id)))).collect();
        for (line, key) in titles.iter().flatten() {
            // The same line may begin several candidates.
            seen.entry(*key).and_modify(|first| *first = first.filter(|first| first == line)).or_insert(Some(*line));
        }
        titles.iter().map(|title| title.is_some_and(|(_, key)| seen[&key].is_none())).collect()
    }

    /// Where a title is repeated below without its key: that line.
    fn plainer_title(&self, candidate: &Candidate) -> Option<usize> {
        let line = candidate.title.filter(|_| self.is_numbered(candidate))?;
        let letters = |line: usize| -> String {
            self.records.text(line).as_str().chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let inner = (line + 1..candidate.end.min(line + 5)).find(|&inner| self.roles.opens(inner).is_some())?;
        let said = letters(inner);
        (said.len() > 7 && letters(line).contains(&said)).then_some(inner)
    }

    fn is_numbered(&self, candidate: &Candidate) -> bool {
        candidate.title.is_some_and(|line| candidates::is_numbered(self.records.text(line).as_str()))
    }

    /// True below "How to apply", "Your own idea".
    fn is_invited(&self, line: usize) -> bool {
        let mut above = self.roles.above(line);
        while let Some(heading) = above {
            if self.roles.of(heading) == Role::Invitation {
                return true;
            }
            above = self.roles.above(heading);
        }
        false
    }

    /// How good a title a candidate has; `None` if what stands there is no title.
    fn title_worth(&self, candidate: &Candidate) -> Option<f32> {
        let weights = &Weights::get().title;
        let named = |line: usize| self.records.kind(line) == Some(Kind::Title);
        let labelled =
            (candidate.start..candidate.end.min(candidate.start + TITLE_WITHIN)).filter(|&line| named(line)).count() == 1;
        let Some(line) = candidate.title else { return labelled.then_some(weights.word) };
        let text = candidates::title_part(self.records, candidate)?;
        let role = if candidate.begins == Begins::TitleLabel { Role::Plain } else { self.roles.of(line) };
        let role = match role {
            Role::Plain if !named(line) => roles::of_name(text),
            role => role,
        };
        match role {
            Role::Invitation | Role::Sample => return None,
            Role::Field if !named(line) => return None,
            Role::Part => return None,
            Role::Plain if Labels::get().is_generic(text.as_str()) => return Some(weights.generic),
            Role::Container => return Some(if labelled { weights.word } else { weights.generic }),
            _ => {}
        }
        let read = title::read(text);
        let said = read.text.as_str();
        if said.is_empty() {
            return labelled.then_some(weights.word);
        }
        if said.ends_with('?') && Labels::get().addresses(said) {
            return None;
        }
        let placeholder = !said.contains(' ') && Labels::get().is_placeholder(said);
        if said.len() > crate::records::LONGEST_TITLE || placeholder || !said.contains(char::is_alphabetic) {
            return None;
        }
        if self.records.level(line).is_none()
            && (shape::hours(read.text) && said.len() < 24 || shape::is_level(said) || said.contains("://"))
        {
            return None;
        }
        let words = said.split_whitespace().count();
        // The first sentence of a paragraph is no title; that of a list item may be.
        let place = self.records.lines[line].place;
        if place == Place::Line
            && text.bold_prefix().is_none()
            && candidate.part.is_none()
            && self.records.text(line).as_str().split_whitespace().nth(25).is_some()
        {
            return None;
        }
        let sentence = text.as_str().trim_end().ends_with(['.', '?', '!', ';', ',']) && words > 3;
        Some(if sentence || words > 25 {
            weights.sentence
        } else if words == 1 {
            weights.word
        } else if words > 14 {
            weights.long
        } else {
            weights.plain
        })
    }

    /// Which candidates may be ideas although they state nothing: sections most of whose siblings are ideas.
    fn bare(&self, candidates: &[Candidate], tallies: &[Tally], chosen: &[usize]) -> Vec<bool> {
        let place = |candidate: &Candidate| match candidate.begins {
            Begins::Heading(level) => Some((level, self.roles.above(candidate.start))),
            _ => None,
        };
        let mut counts: FxHashMap<_, (u32, u32)> = FxHashMap::default();
        for &at in chosen {
            if let Some(place) = place(&candidates[at]) {
                counts.entry(place).or_default().0 += 1;
            }
        }
        if counts.is_empty() {
            return vec![false; candidates.len()];
        }
        for line in 0..self.records.len() {
            if let Some(level) = self.roles.opens(line).filter(|_| self.roles.of(line) == Role::Plain)
                && let Some((_, all)) = counts.get_mut(&(level, self.roles.above(line)))
            {
                *all += 1;
            }
        }
        let first = chosen.iter().map(|&at| candidates[at].start).min().unwrap_or(0);
        let is_bare = |(candidate, tally): (&Candidate, &Tally)| {
            // What stands before all ideas introduces them.
            if candidate.start < first {
                return false;
            }
            let most =
                place(candidate).and_then(|place| counts.get(&place)).is_some_and(|&(ideas, all)| ideas > 1 && ideas * 2 >= all);
            let named = candidate.title.is_some_and(|line| {
                let said = self.records.text(line).as_str();
                self.roles.of(line) == Role::Plain && !Labels::get().announces_more(said)
            });
            most && named && tally.text > 0
        };
        candidates.iter().zip(tallies).map(is_bare).collect()
    }

    /// The chosen candidates as drafts, and the headings of the page.
    fn found(&self, chosen: &[Candidate]) -> Found<'a> {
        let groups = groups::of(self.records, self.roles, chosen);
        let mut drafts: Vec<Draft<'a>> = Vec::with_capacity(chosen.len());
        for (candidate, group) in chosen.iter().zip(&groups) {
            let mut draft = self.draft(candidate);
            draft.group = group.map(|line| self.records.text(line));
            // "Large projects (350 hours)" says it of all below.
            draft.marker = draft.marker.or_else(|| self.size_above(candidate));
            drafts.push(draft);
        }
        name_mentors(&mut drafts);
        merge_overviews(&mut drafts);
        contents::file_under(self.records.document, &mut drafts);
        Found { drafts, headings: self.headings(chosen, &groups) }
    }

    /// The heading above a candidate that names a size.
    fn size_above(&self, candidate: &Candidate) -> Option<Text<'a>> {
        let above = std::iter::successors(self.roles.above(candidate.start), |&heading| self.roles.above(heading));
        above.map(|heading| self.records.text(heading)).find(|text| shape::hours(*text))
    }

    fn draft(&self, candidate: &Candidate) -> Draft<'a> {
        let records = self.records;
        let mut draft = Draft::default();
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
            let is_title = records.kind(line) != Some(Kind::Title) || records.level(line).is_some();
            if let Some(text) = text.filter(|_| is_title) {
                let read = title::read(text);
                let named =
                    (candidate.start..candidate.end).any(|other| other != line && records.kind(other) == Some(Kind::Title));
                if !read.text.is_empty() && !(role == Role::Container && named) {
                    draft.title = Some(text);
                    draft.marker = read.marker;
                }
                skip.push(line);
                let whole = records.text(line);
                if text.len() < whole.len() && records.level(line).is_none() && candidate.part.is_none() {
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
        if matches!(candidate.begins, Begins::Row(_)) {
            for fact in &mut draft.facts {
                fact.label = fact.parts.first().map_or(fact.label, |part| part.text.cut(part.text.len()..part.text.len()));
            }
        }
        draft
    }

    fn headings(&self, chosen: &[Candidate], groups: &[Option<usize>]) -> Vec<Heading<'a>> {
        let records = self.records;
        let mut found = Vec::new();
        let nodes = &records.document.nodes;
        for line in 0..records.len() {
            let idea = chosen.iter().rposition(|candidate| candidate.start <= line).filter(|&at| line < chosen[at].end);
            let opens_idea = idea.is_some_and(|at| chosen[at].title == Some(line));
            let bold = records.lines[line].alone && stretch::is_bold_line(records, line) && records.label(line).is_none();
            let Some(level) = self.roles.opens(line).or_else(|| bold.then_some(BOLD)) else { continue };
            let node = records.node(line);
            let blank =
                nodes.get(node + 1).is_none_or(|next| matches!(next.kind, document::Kind::Heading(_) | document::Kind::Rule));
            let holds = if opens_idea {
                Holds::Idea
            } else if groups.contains(&Some(line)) {
                Holds::Ideas
            } else if blank && idea.is_none() {
                Holds::Nothing
            } else {
                Holds::Else
            };
            let end = (line + 1..records.len()).find(|&next| self.roles.opens(next).is_some()).unwrap_or(records.len());
            let below = Candidate { begins: Begins::Page, start: line, end, title: Some(line), part: None };
            let states = self.evidence.of(records, self.roles, &below).names();
            let is_name = self.roles.of(line) == Role::Plain;
            found.push(Heading { node, text: records.text(line), level, is_name, holds, states });
        }
        found
    }
}

/// Within how many lines of its beginning a stretch names its title.
const TITLE_WITHIN: usize = 12;

fn begins(begins: Begins) -> f32 {
    let weights = &Weights::get().begins;
    match begins {
        Begins::Heading(_) => weights.heading,
        Begins::Bold => weights.bold,
        Begins::Emphasis => weights.emphasis,
        Begins::Summary => weights.summary,
        Begins::Term => weights.term,
        Begins::Item(_) => weights.item,
        Begins::Row(_) => weights.row,
        Begins::Link => weights.link,
        Begins::LoneItem => weights.lone_item,
        Begins::TitleLabel => weights.title_label,
        Begins::Restart => weights.restart,
        Begins::Page => weights.page,
    }
}

fn small(count: u32) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

/// What the chosen candidates say of those that begin alike.
fn siblings(candidates: &[Candidate], tallies: &[Tally], chosen: &[usize]) -> FxHashMap<Begins, Siblings> {
    let mut siblings: FxHashMap<Begins, Siblings> = FxHashMap::default();
    for &at in chosen {
        let siblings = siblings.entry(candidates[at].begins).or_default();
        siblings.chosen += 1;
        for &label in &tallies[at].labels {
            *siblings.labels.entry(label).or_default() += 1;
        }
    }
    siblings
}

/// Of candidates, each with its worth, the set without overlaps that is worth most: weighted interval scheduling.
fn schedule(candidates: &[Candidate], worth: &[Option<f32>]) -> Vec<usize> {
    let mut by_end: Vec<usize> = (0..candidates.len()).filter(|&at| worth[at].is_some_and(|worth| worth > 0.0)).collect();
    by_end.sort_by_key(|&at| (candidates[at].end, candidates[at].start));
    // The best worth of the first so many, and whether the last of them is taken.
    let mut best: Vec<(f32, bool)> = vec![(0.0, false)];
    let before = |at: usize| by_end.partition_point(|&other| candidates[other].end <= candidates[at].start);
    for &at in &by_end {
        let without = best[best.len() - 1].0;
        let with = best[before(at)].0 + worth[at].unwrap_or(0.0);
        best.push(if with > without { (with, true) } else { (without, false) });
    }
    let mut chosen = Vec::new();
    let mut left = by_end.len();
    while left > 0 {
        if best[left].1 {
            let at = by_end[left - 1];
            chosen.push(at);
            left = before(at);
        } else {
            left -= 1;
        }
    }
    chosen.reverse();
    chosen
}

/// Where no label announces mentors, and most ideas have a line or a list of nothing but names, those are the mentors.
fn name_mentors(drafts: &mut [Draft<'_>]) {
    let is_one = |text: &Text<'_>| shape::of(*text).and_then(shape::Shape::kind) == Some(Kind::Mentors);
    let nameless = |draft: &Draft<'_>| !draft.has(Kind::Mentors) && draft.people.is_empty();
    let without: Vec<usize> = (0..drafts.len()).filter(|&at| nameless(&drafts[at])).collect();
    let named = without.iter().filter(|&&at| drafts[at].loose.iter().any(is_one)).count();
    if without.len() < drafts.len() || drafts.len() < 3 || named * 3 < drafts.len() * 2 {
        return;
    }
    for at in without {
        let loose = std::mem::take(&mut drafts[at].loose);
        let (people, loose): (Vec<_>, Vec<_>) = loose.into_iter().partition(is_one);
        drafts[at].loose = loose;
        if let Some(first) = people.first() {
            let label = first.cut(0..0);
            let parts = people.iter().map(|&text| Part { text, listed: true }).collect();
            drafts[at].facts.push(super::draft::Fact::new(Kind::Mentors, label, crate::records::Style::Line, parts));
        }
    }
}

/// An overview beside the full ideas gives each of them twice: the one that says less is a part of the other.
fn merge_overviews(drafts: &mut Vec<Draft<'_>>) {
    let letters = |text: Text<'_>| -> String {
        text.as_str().chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let name = |draft: &Draft<'_>| draft.title.map(|title| letters(title::read(title).text)).unwrap_or_default();
    let mut by_name: FxHashMap<String, usize> = FxHashMap::default();
    let mut gone = vec![false; drafts.len()];
    for at in 0..drafts.len() {
        let name = name(&drafts[at]);
        if name.is_empty() {
            continue;
        }
        let Some(&first) = by_name.get(&name) else {
            by_name.insert(name, at);
            continue;
        };
        // Two ideas of different projects may have one name.
        let group = |at: usize| drafts[at].group.map(letters);
        if group(first) != group(at) && group(first).is_some() && group(at).is_some() {
            continue;
        }
        let (more, less) = if drafts[at].facts.len() > drafts[first].facts.len() { (at, first) } else { (first, at) };
        let row = |at: usize| drafts[at].facts.iter().all(|fact| fact.style == crate::records::Style::Cell);
        if !row(less) {
            continue;
        }
        gone[less] = true;
        by_name.insert(name, more);
        let facts = std::mem::take(&mut drafts[less].facts);
        let known: Vec<Kind> = drafts[more].facts.iter().map(|fact| fact.kind).collect();
        drafts[more].facts.extend(facts.into_iter().filter(|fact| fact.kind != Kind::Title && !known.contains(&fact.kind)));
        if drafts[more].group.is_none() {
            drafts[more].group = drafts[less].group;
        }
    }
    let mut gone = gone.into_iter();
    drafts.retain(|_| !gone.next().unwrap_or(false));
}
