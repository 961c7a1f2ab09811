//! Facts without labels: what lines of an idea say by their look alone.

use std::mem;

use rustc_hash::FxHashSet;

use crate::idea::skill::Skills;
use crate::idea::{Difficulty, Program, Status, mentor, size};
use crate::labels::{Kind, Labels};
use crate::prose::{Style, Text};
use crate::records::{self, Part};

use super::super::draft::{Draft, Fact};
use super::super::{sentence, title};
use super::lead;
use super::learn::{self, LabelId};
use super::shape::{self, Shape};

/// What parts the facts that stand in one line.
const PARTING: [char; 3] = ['·', '•', '|'];

/// No line of facts is longer, in bytes.
const LONGEST: usize = 400;

/// Takes lines of nothing but facts, such as badges, for what they look like.
pub(super) fn name_facts(drafts: &mut [Draft<'_>]) {
    // Where `Large · 350 h` stands, `Medium · 175 h` is no level.
    let lines = drafts.iter().flat_map(|draft| &draft.loose).flat_map(|text| text.lines());
    let sizes = lines.filter_map(parts_of).any(|parts| parts.iter().any(|part| shape::of(*part) == Some(Shape::SizeName)));
    for draft in drafts.iter_mut() {
        name_behind_title(draft);
        name_parts(draft, sizes);
        name_skills(draft);
        name_by_role(draft);
        set_apart_requirements(draft);
    }
    name_mentors(drafts);
    drafts.iter_mut().for_each(read_sentences);
    name_groups(drafts);
}

/// Where no heading groups ideas, and most of them have a short line right below the title that others have, too, that names
/// their group.
fn name_groups(drafts: &mut [Draft<'_>]) {
    let badge = |draft: &Draft<'_>| {
        let text = draft.loose.first()?;
        let first = draft.facts.first().is_none_or(|fact| text.span().end <= fact.span().start);
        let said = text.as_str();
        // "High priority" names no group.
        let rates = said.split_whitespace().any(|word| Difficulty::from_word(word).is_some());
        let is_name = lead::is_short_name(*text)
            && !rates
            && Labels::get().kind(said).is_none()
            && Status::find(said).is_none()
            && Program::find(said).is_none();
        (first && is_name).then(|| learn::id(said))
    };
    let badges: Vec<Option<LabelId>> = drafts.iter().map(badge).collect();
    let names: FxHashSet<LabelId> = badges.iter().copied().flatten().collect();
    let count = badges.iter().flatten().count();
    let are_groups = names.len() > 1 && names.len() * 3 <= count * 2 && count * 3 >= drafts.len() * 2;
    if are_groups && drafts.iter().all(|draft| draft.group.is_none()) {
        for (draft, _) in drafts.iter_mut().zip(badges).filter(|(_, badge)| badge.is_some()) {
            draft.group = Some(draft.loose.remove(0));
        }
    }
}

/// `Ada Byron (lead mentor)`: a line that says so itself, and the names of others right above and below it.
fn name_by_role(draft: &mut Draft<'_>) {
    if draft.has(Kind::Mentors) || !draft.people.is_empty() {
        return;
    }
    let Some(first) = draft.loose.iter().position(|text| shape::is_person_in_role(*text)) else { return };
    let is_other = |text: &Text<'_>| !shape::is_person(*text);
    let start = draft.loose[..first].iter().rposition(is_other).map_or(0, |before| before + 1);
    let end = draft.loose[first..].iter().position(is_other).map_or(draft.loose.len(), |after| first + after);
    let people: Vec<_> = draft.loose.drain(start..end).collect();
    add(draft, Kind::Mentors, &people);
}

/// What sentences say, where nothing else does: "Ada Byron will mentor it", "You should know Rust".
fn read_sentences(draft: &mut Draft<'_>) {
    let described = draft.facts.iter().filter(|fact| fact.kind == Kind::Description).flat_map(|fact| &fact.parts);
    let texts: Vec<Text<'_>> = draft.loose.iter().copied().chain(described.map(|part| part.text)).collect();
    if !draft.has(Kind::Mentors) && draft.people.is_empty() {
        // The sentence may stand behind the skills.
        let skills = draft.facts.iter().filter(|fact| fact.kind == Kind::Skills).flat_map(|fact| &fact.parts);
        let all = texts.iter().copied().chain(skills.map(|part| part.text));
        let people: Vec<_> = all.flat_map(sentence::mentors).collect();
        add(draft, Kind::Mentors, &people);
    }
    if !draft.has(Kind::Skills) && !draft.has(Kind::Technologies) {
        let skills: Vec<_> = texts.iter().flat_map(|&text| sentence::skills(text)).collect();
        add(draft, Kind::Skills, &skills);
    }
}

/// `Title (175 hours, Ada Byron)`: takes the facts behind a title for what they are.
fn name_behind_title(draft: &mut Draft<'_>) {
    let Some((title, facts)) = draft.title.and_then(shape::facts_behind) else { return };
    // What a label says, too, would be lost.
    if facts.iter().all(|&(kind, _)| !draft.has(kind)) {
        draft.title = Some(title);
        add_all(draft, facts);
    }
}

/// Adds facts of several kinds, several of a kind as one; true if none of a kind was there before.
fn add_all<'a>(draft: &mut Draft<'a>, mut facts: Vec<(Kind, Text<'a>)>) -> bool {
    facts.sort_by_key(|&(kind, _)| kind as u8);
    let mut all = true;
    for parts in facts.chunk_by(|(kind, _), (next, _)| kind == next) {
        let texts: Vec<Text<'_>> = parts.iter().map(|&(_, text)| text).collect();
        all &= add(draft, parts[0].0, &texts);
    }
    all
}

/// `350 h · Ada Byron (@ada) · hard`: each part is a fact, and they are of several kinds.
fn name_parts(draft: &mut Draft<'_>, sizes: bool) {
    for text in mem::take(&mut draft.loose) {
        let mut told = true;
        for line in text.lines() {
            // `Go`, `React`, `90h`: several parts are one fact.
            let facts = facts_of(line, sizes);
            if let Some(name) = facts.as_ref().and_then(|(name, _)| *name) {
                draft.loose.push(name);
            }
            told &= facts.is_some_and(|(_, facts)| add_all(draft, facts));
        }
        // What is no fact, or the second of its kind, is still said.
        if !told {
            draft.loose.push(text);
        }
    }
}

/// The parts of a line that may be made of nothing but facts: between marks, or set in code each.
fn parts_of(line: Text<'_>) -> Option<Vec<Text<'_>>> {
    let said = line.as_str();
    let codes: Vec<Text<'_>> = line.marked(&[Style::Code]).map(|(range, _)| line.cut(range)).collect();
    let in_code: usize = codes.iter().map(|code| code.len()).sum();
    if codes.len() > 1 && said.len() <= LONGEST && said.split_whitespace().map(str::len).sum::<usize>() == in_code {
        return Some(codes);
    }
    let is_one = said.len() <= LONGEST && said.contains(PARTING);
    is_one.then(|| said.split(PARTING).map(|part| title::ornaments(line.of(part))).collect())
}

/// The name that a line of facts begins with, and the facts.
type LineOfFacts<'a> = (Option<Text<'a>>, Vec<(Kind, Text<'a>)>);

/// The facts of a line that is made of nothing else, but for a name before several: `Engine · Hard · 350 h`. `sizes`: the page has
/// names of sizes beside hours.
fn facts_of(line: Text<'_>, sizes: bool) -> Option<LineOfFacts<'_>> {
    let mut parts = parts_of(line)?;
    let names = |part: Text<'_>| lead::is_short_name(part) && kind_of(part).is_none();
    let name = (parts.len() > 2 && names(parts[0])).then(|| parts.remove(0));
    // "Large · 350 h" tells a size, "Large" alone might be a level.
    let timed = parts.iter().any(|part| shape::hours(*part));
    let names_size = |part: Text<'_>| match shape::of(part) {
        Some(Shape::SizeName) => true,
        Some(Shape::Medium) => sizes,
        _ => false,
    };
    let kind = |part| if timed && names_size(part) { Some(Kind::Size) } else { kind_of(part) };
    let facts: Vec<(Kind, Text<'_>)> = parts.into_iter().map(|part| Some((kind(part)?, part))).collect::<Option<_>>()?;
    let differ = facts.iter().any(|&(kind, _)| kind != facts[0].0);
    (differ || timed && facts.len() > 1).then_some((name, facts))
}

/// What a part of a line looks like. Bare numbers are hours if they are those of sizes.
fn kind_of(part: Text<'_>) -> Option<Kind> {
    let is_size = |hours: &str| hours.trim().parse().ok().and_then(size::word).is_some();
    if part.as_str().split('/').all(is_size) {
        return Some(Kind::Size);
    }
    shape::of(part).filter(|&shape| shape != Shape::Names)?.kind()
}

/// Beside skills under another name, "Requirements" are those of the work and "Keywords" are topics, unless they name skills.
fn set_apart_requirements(draft: &mut Draft<'_>) {
    let is_skills = |fact: &Fact<'_>| matches!(fact.kind, Kind::Skills | Kind::Technologies) && !fact.parts.is_empty();
    let is_doubtful =
        |fact: &Fact<'_>| Labels::get().is_doubtful(fact.label.as_str()) || Labels::get().is_of_pages(fact.label.as_str());
    if !draft.facts.iter().any(|fact| is_skills(fact) && !is_doubtful(fact)) {
        return;
    }
    for fact in draft.facts.iter_mut().filter(|fact| is_skills(fact) && is_doubtful(fact)) {
        let values: Vec<Text<'_>> = fact.parts.iter().map(|part| part.text).collect();
        let is_known =
            |value: &&Text<'_>| value.as_str().split(|c: char| !c.is_alphabetic()).any(|word| Skills::get().is_knowing(word));
        if !shape::names_skills(&values) && values.iter().filter(is_known).count() * 2 < values.len() {
            fact.kind = Kind::Other;
        }
    }
}

/// Badges of skills: several lines in a row, each the name of one, or one beside a badge of the size or the level.
fn name_skills(draft: &mut Draft<'_>) {
    if draft.has(Kind::Skills) || draft.has(Kind::Technologies) {
        return;
    }
    let lines: Vec<Text<'_>> = draft.loose.iter().flat_map(|text| text.lines()).collect();
    let is_skill = |line: &Text<'_>| Skills::get().canonical(line.as_str()).is_some();
    let is_grade = |line: &Text<'_>| shape::of(*line).and_then(Shape::kind).is_some_and(shape::is_grade);
    let mut end = 0;
    let runs = lines.chunk_by(|line, next| is_skill(line) == is_skill(next)).map(|run| {
        end += run.len();
        end - run.len()..end
    });
    let longest = runs.filter(|run| is_skill(&lines[run.start])).max_by_key(ExactSizeIterator::len);
    let Some(run) = longest else { return };
    let before = run.start.checked_sub(1).map(|before| &lines[before]);
    if run.len() > 1 || before.into_iter().chain(lines.get(run.end)).any(is_grade) {
        add(draft, Kind::Skills, &lines[run]);
    }
}

/// Where no label announces mentors, and most ideas have a line or a list of nothing but names, or end in names behind an arrow or a
/// dash, those are the mentors; where labels announce those of some ideas, only if handles say so, too.
fn name_mentors<'a>(drafts: &mut [Draft<'a>]) {
    let nameless = |draft: &Draft<'_>| !draft.has(Kind::Mentors) && draft.people.is_empty();
    let without: Vec<usize> = (0..drafts.len()).filter(|&at| nameless(&drafts[at])).collect();
    let are_all = without.len() == drafts.len();
    let is_one = |text: &Text<'a>| match shape::of(*text) {
        Some(Shape::Handles) => true,
        found => are_all && found.and_then(Shape::kind) == Some(Kind::Mentors),
    };
    let behind_mark = |text: &Text<'a>| people_at_end(*text).filter(|&people| is_one(&people) || is_handles(people));
    let names = |text: &Text<'a>| is_one(text) || behind_mark(text).is_some();
    let count = without.iter().filter(|&&at| drafts[at].loose.iter().any(names)).count();
    if without.len() * 3 < drafts.len() * 2 || drafts.len() < 3 || count * 3 < without.len() * 2 {
        return;
    }
    for at in without {
        let loose = std::mem::take(&mut drafts[at].loose);
        let mut people: Vec<_> = loose.iter().filter_map(behind_mark).collect();
        let (lines, loose): (Vec<_>, Vec<_>) = loose.into_iter().partition(|text| is_one(text) && behind_mark(text).is_none());
        people.extend(lines);
        drafts[at].loose = loose;
        add(&mut drafts[at], Kind::Mentors, &people);
    }
}

/// What stands at the end of a text behind an arrow, or behind a dash and a sentence: "… how to do it. → @ada, @bo".
fn people_at_end(text: Text<'_>) -> Option<Text<'_>> {
    let said = text.as_str();
    let arrows = ["→", "➜", "⇒", " -> "].iter().filter_map(|mark| Some((said.rfind(mark)?, mark.len()))).max();
    let dashes = || [" — ", " – ", " - "].iter().filter_map(|mark| Some((said.rfind(mark)?, mark.len()))).max();
    let (at, len) = arrows.or_else(|| dashes().filter(|&(at, _)| said[..at].ends_with(['.', '!', '?'])))?;
    Some(text.from(at + len).trim()).filter(|people| !people.is_empty() && at > 0)
}

/// True for nothing but handles: "@ada, @bo".
fn is_handles(text: Text<'_>) -> bool {
    let mut words =
        text.as_str().split(|c: char| c.is_whitespace() || matches!(c, ',' | '&' | '/')).filter(|word| !word.is_empty());
    words.all(|word| word.strip_prefix('@').is_some_and(mentor::is_handle) || word == "and")
}

/// Adds a fact without a label, unless one of its kind is there; true if it was added.
fn add<'a>(draft: &mut Draft<'a>, kind: Kind, texts: &[Text<'a>]) -> bool {
    let Some(first) = texts.first().filter(|_| !draft.has(kind)) else { return false };
    let parts = texts.iter().map(|&text| Part { text, listed: true }).collect();
    draft.facts.push(Fact::new(kind, first.cut(0..0), records::Style::Line, parts));
    true
}
