//! What the labels of a page mean that the vocabulary does not know, learned from the page itself: from the values that stand
//! under the same label again and again ("Guides" are mentors, where nine of its ten values name people).

use std::borrow::Cow;
use std::cell::LazyCell;

use rustc_hash::FxHashMap;

use crate::labels::{self, Kind, Labels};
use crate::prose::{Text, emoji_code};
use crate::records::{self, Labelled, Place, Records, Whole};

use super::shape::{self, Shape};

/// A label as a number: its letters and digits in lower case, without a plural `s`.
pub(super) type LabelId = u64;

/// The number of a label.
pub(super) fn id(said: &str) -> LabelId {
    use std::hash::Hasher as _;
    let mut hasher = rustc_hash::FxHasher::default();
    // Up to four letters, the last one lowest: so many are hashed at once.
    let mut letters = 0_u128;
    let mut take = |c: char| {
        if letters >> 96 != 0 {
            hasher.write_u128(std::mem::take(&mut letters));
        }
        letters = letters << 32 | u128::from(u32::from(c));
    };
    for c in said.chars().filter(|c| c.is_alphanumeric()) {
        if c.is_ascii() { take(c.to_ascii_lowercase()) } else { c.to_lowercase().for_each(&mut take) }
    }
    let is_plural = letters & u128::from(u32::MAX) == u128::from(u32::from('s'));
    let rest = if is_plural { letters >> 32 } else { letters };
    if rest != 0 {
        hasher.write_u128(rest);
    }
    hasher.finish()
}

/// What is known of a label of unknown meaning.
#[derive(Default)]
struct Unknown<'a> {
    lines: Vec<usize>,
    /// How many of its values have each shape.
    shapes: [u32; Shape::COUNT],
    /// How many values there are; those that say nothing do not count.
    values: u32,
    /// How many of them are no longer than a name.
    short: u32,
    /// The vocabulary lacks it, or knows that it may say anything ("Background"), so it is no known label of another meaning; and it is
    /// marked as a label, or it returns often.
    new: bool,
    /// The page says the skills of its ideas under labels that are known.
    skills_known: bool,
    /// The same of its mentors.
    mentors_known: bool,
    /// Right beside most of its lines, mentors stand under a label that is known.
    beside_mentors: bool,
    /// The values that may be lists of first names.
    first_names: Vec<Cow<'a, str>>,
}

impl Unknown<'_> {
    /// What the label means: most of its values look alike, and either plainly so or often.
    fn kind(&self, said: &str, labelled: bool) -> Option<Kind> {
        let told = self.told();
        // "Libreswan Mentors": the last word says what it is, unless the values say otherwise.
        told.or_else(|| {
            if !labelled {
                return None;
            }
            if let Some(kind) = Labels::get().misspelt(said).filter(|kind| kind.is_telling()) {
                return Some(kind);
            }
            // "Subcomponent of Tidepool"
            if let Some((head, _)) = said.split_once(" of ")
                && let Some(kind) = Labels::get().kind(head).filter(|kind| kind.is_telling() || *kind == Kind::Project)
            {
                return Some(kind);
            }
            // "Publications by mentor" tells in which order they stand, "To hear from us in time" no time, and "CI requirements" what
            // the work has to meet.
            let (before, last) = said.rsplit_once(' ')?;
            let prior = before.rsplit(' ').next().unwrap_or_default();
            if prior == "by"
                || last.ends_with(')') && !last.contains('(')
                || Labels::get().is_unfinished(prior) && prior != "of"
                || Labels::get().is_doubtful(last)
            {
                return None;
            }
            let names_project = |kind: Kind| kind == Kind::Project && self.values > 1 && self.short == self.values;
            let kind = Labels::get().kind(last).filter(|&kind| kind.is_telling() || names_project(kind))?;
            let other = self.votes().iter().any(|&(voted, all, _)| labels_differ(voted, kind) && all * 2 > self.values);
            (!other).then_some(kind)
        })
    }

    fn told(&self) -> Option<Kind> {
        let (kind, all, plain) = self.votes().into_iter().max_by_key(|(_, all, plain)| all + plain)?;
        let most = if kind == Kind::Skills && self.new && !self.skills_known {
            all * 2 >= self.values
        } else {
            all * 3 >= self.values * 2
        };
        (all > 0 && most && (plain * 2 >= self.values || all > 1)).then_some(kind)
    }

    /// What may be first names.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.first_names.iter().flat_map(|value| shape::person_names(value.as_ref()))
    }

    /// How many of its values look like each kind, plainly or not.
    fn votes(&self) -> [(Kind, u32, u32); 7] {
        let count = |shape: Shape| self.shapes[shape as usize];
        let (levels, named, medium) = (count(Shape::Level), count(Shape::SizeName), count(Shape::Medium));
        let (hours, both) = (count(Shape::Hours), count(Shape::LevelAndHours));
        // "Large" is a size, unless the label has "Easy", too; "Medium" is what the others are.
        let sizes = if levels + both == 0 && hours + named > 0 { hours + named + medium } else { hours };
        let difficulties = hours + levels + named + medium - sizes;
        let both = if both * 3 >= self.values { both + sizes + difficulties } else { 0 };
        let skills = count(Shape::Skills) + if self.new && !self.skills_known { count(Shape::SkillPhrases) } else { 0 };
        let first = count(Shape::FirstNames);
        // One name alone may be any word.
        let first = if first > 1 && first >= count(Shape::OneName) { first + count(Shape::OneName) } else { 0 };
        let first = if self.new && !self.first_names.is_empty() { first } else { 0 };
        let addresses = if self.new && !self.mentors_known { count(Shape::Addresses) } else { 0 };
        // Some are named, others only have an address. Beside mentors, other people have other parts ("Reviewers: @ada").
        let people = if self.beside_mentors { 0 } else { count(Shape::Handles) + count(Shape::Names) + first };
        let people = if people > 0 { people + addresses } else { 0 };
        [
            (Kind::DifficultyAndSize, both, both),
            (Kind::Size, sizes, sizes),
            (Kind::Difficulty, difficulties, difficulties),
            (Kind::Upstream, count(Shape::Issue), count(Shape::Issue)),
            (Kind::Mentors, people, count(Shape::Handles)),
            (Kind::MentorEmails, addresses, 0),
            (Kind::Skills, skills, 0),
        ]
    }
}

/// Takes items that begin alike again and again, before a dash, apart: `Who – Ada Byron`.
pub(super) fn dashes(records: &mut Records<'_>) {
    let parts = |line: usize| {
        let text = records.text(line);
        let is_item = records.label(line).is_none() && records.lines[line].place == Place::Item;
        let said = &text.as_str()[..text.as_str().floor_char_boundary(LONGEST_BEFORE_DASH)];
        if !is_item || said.is_ascii() {
            return None;
        }
        let at = [" – ", " — "].iter().filter_map(|dash| said.find(dash)).min()?;
        let value = text.from(at + " – ".len()).trim();
        (at > 1 && !value.is_empty()).then(|| (line, text.cut(0..at), value))
    };
    let found: Vec<_> = (0..records.len()).filter_map(parts).collect();
    let mut times: FxHashMap<LabelId, u32> = FxHashMap::default();
    for (_, label, _) in &found {
        *times.entry(id(label.as_str())).or_default() += 1;
    }
    for (line, label, value) in found {
        if times[&id(label.as_str())] > 2 {
            records.part(line, label, value);
        }
    }
}

/// No label before a dash ends farther from the beginning of its line, in bytes.
const LONGEST_BEFORE_DASH: usize = 40;

/// Gives the labels that the vocabulary does not know the meaning that their values have, and takes lines for labels that
/// return again and again over such values.
pub(super) fn labels<'a>(records: &mut Records<'a>) {
    // "Kubernetes" may be a heading and an item.
    let mut unknown: FxHashMap<(LabelId, bool), Unknown<'a>> = FxHashMap::default();
    for line in 0..records.len() {
        if let Some(said) = candidate(records, line) {
            let name = (id(said.as_str()), records.level(line).is_some());
            unknown.entry(name).or_default().lines.push(line);
        }
    }
    let count =
        |kinds: &[Kind]| (0..records.len()).filter(|&line| records.kind(line).is_some_and(|kind| kinds.contains(&kind))).count();
    let (with_mentors, with_skills) = (count(&[Kind::Mentors]), count(&[Kind::Skills, Kind::Technologies]));
    // A single line that is set like a label and has no colon is none, nor are a few that go on behind bold words.
    unknown.retain(|_, label| {
        let least = if lead(records, label.lines[0]).is_some() { 3 } else { 2 };
        label.lines.len() >= least || records.label(label.lines[0]).is_some()
    });
    for label in unknown.values_mut() {
        label.new = label.lines.iter().all(|&line| matches!(records.kind(line), None | Some(Kind::Other)))
            && (label.lines.len() > 2 || label.lines.iter().all(|&line| records.label(line).is_some()));
        // Where known labels say as much, what only may be people or skills is something else.
        label.mentors_known = with_mentors * 2 >= label.lines.len();
        let beside = label.lines.iter().filter(|&&line| is_beside_mentors(records, line)).count();
        label.beside_mentors = beside * 2 > label.lines.len();
        label.skills_known = with_skills * 2 >= label.lines.len();
        for &line in &label.lines {
            let values = values(records, line);
            let says_something = |value: &Text<'_>| !Labels::get().is_placeholder(value.as_str());
            if !values.iter().any(says_something) {
                continue;
            }
            label.values += 1;
            label.short += u32::from(values[0].as_str().split_whitespace().count() <= MOST_WORDS_OF_NAME);
            // "Guides: (two at least)" may stand over a list.
            let list = list_below(records, line);
            // Phrases tell nothing under a label that is known.
            let may_be_skills = label.new || !list.is_empty();
            let own = if may_be_skills { shape::of_all(&values) } else { shape::of_all_lines(&values) };
            let Some(shape) = own.or_else(|| shape::of_all(&list)) else { continue };
            label.shapes[shape as usize] += 1;
            if matches!(shape, Shape::FirstNames | Shape::OneName) && !label.mentors_known {
                label.first_names.push(shape::without_brackets(values[0].as_str()));
            }
        }
    }
    drop_words(records, &mut unknown);
    drop_titles(records, &mut unknown);
    let mut found: Vec<(usize, Option<Kind>)> = Vec::new();
    for label in unknown.into_values() {
        let said = label
            .lines
            .first()
            .map_or("", |&line| records.label(line).map_or_else(|| records.text(line).as_str(), |label| label.label.as_str()));
        let kind = LazyCell::new(|| label.kind(said, records.label(label.lines[0]).is_some()));
        let told = label.told();
        for &line in &label.lines {
            let contradicts = match records.kind(line) {
                None => true,
                Some(Kind::Project) => {
                    let sizes = [Shape::Hours, Shape::Level, Shape::LevelAndHours, Shape::SizeName, Shape::Medium];
                    let graded: u32 = sizes.map(|shape| label.shapes[shape as usize]).iter().sum();
                    let names =
                        |&line: &usize| values(records, line).first().is_some_and(|value| is_project_name(value.as_str()));
                    let is_doubtful = || Labels::get().is_doubtful(said);
                    // A "team" may be people.
                    label.values > 1 && graded == label.values
                        || told == Some(Kind::Mentors)
                        || is_doubtful() && !label.lines.iter().all(names)
                }
                Some(Kind::Skills) => told == Some(Kind::Difficulty) && label.shapes[Shape::Level as usize] == label.values,
                Some(_) => matches!(told, Some(Kind::Size | Kind::Skills)),
            };
            if !contradicts {
                continue;
            }
            // A value returns as well, but what stands below it tells nothing.
            found.push((line, kind.filter(|_| label.values > 0)));
        }
    }
    titles(records);
    for (line, kind) in found {
        if records.label(line).is_some() {
            records.learn(line, kind);
        } else if let (Some(kind), Some(lead)) = (kind, lead(records, line)) {
            records.tell(line, kind, Some(lead.label), lead.value);
        } else if kind.is_some() {
            records.make_label(line, kind);
        }
    }
}

/// Gives labels that only divide a text ("Must have:" below "Deliverables") the meaning of the label that they stand right below.
pub(super) fn parts(records: &mut Records<'_>) {
    let mut above = None;
    for line in 0..records.len() {
        let Some(label) = records.label(line) else {
            // What is not divided yet is the value; and a paragraph ends what is.
            above = above.filter(|&(_, is_divided)| is_divided && records.lines[line].lists > 0);
            continue;
        };
        let names_skills = || shape::names_skills(&[label.value]);
        above = match above {
            Some((kind, _)) if Labels::get().divides(label.label.as_str()) && !names_skills() => {
                records.learn(line, Some(kind));
                Some((kind, true))
            }
            _ => label.kind.filter(|kind| kind.is_prose() && label.value.is_empty()).map(|kind| (kind, false)),
        };
    }
}

/// Gives lines that begin with the same sign the meaning that their values have: `👤 Ada Byron`, `:material-clock: 175 hours`.
pub(super) fn signs<'a>(records: &mut Records<'a>) {
    let mut signs: FxHashMap<&'a str, (Unknown<'a>, Vec<Text<'a>>)> = FxHashMap::default();
    for line in 0..records.len() {
        let is_text =
            records.label(line).is_none() && matches!(records.lines[line].place, Place::Item | Place::Line | Place::Cell(_));
        let Some((sign, value)) = is_text.then(|| sign(records.text(line))).flatten() else { continue };
        let (label, values) = signs.entry(sign).or_default();
        label.new = true;
        label.lines.push(line);
        label.values += 1;
        if let Some(shape) = shape::of_all(&[value]) {
            label.shapes[shape as usize] += 1;
        }
        values.push(value);
    }
    let told = signs.into_values().filter(|(label, _)| label.values > 1).filter_map(|(label, values)| {
        let kind = label.told()?;
        Some(label.lines.into_iter().zip(values).map(move |(line, value)| (line, kind, value)))
    });
    let told: Vec<(usize, Kind, Text<'a>)> = told.flatten().collect();
    // One sign alone is a bullet.
    if told.iter().all(|&(_, kind, _)| kind == told[0].1) {
        return;
    }
    let mut blocks: FxHashMap<usize, (u32, bool)> = FxHashMap::default();
    for &(line, kind, value) in &told {
        let (parts, shows) = blocks.entry(records.node(line)).or_default();
        *parts += 1;
        *shows |= shape::of_all(&[value]).and_then(Shape::kind) == Some(kind);
    }
    for (line, kind, value) in told {
        // "⏳ how long it takes · 👤 who mentors · 🛠 what you need": an explanation, and no part looks like what its sign says.
        let (parts, shows) = blocks[&records.node(line)];
        if shows || parts < 2 {
            records.tell(line, kind, None, value);
        }
    }
}

/// The sign that a line begins with, and what follows: an emoji, or the name of one or of an icon between colons.
fn sign(line: Text<'_>) -> Option<(&str, Text<'_>)> {
    let said = line.as_str();
    let drawn =
        || said.find(|c: char| c.is_ascii() || c.is_alphanumeric()).filter(|&end| end > 0 && said[end..].starts_with(' '));
    let end = emoji_code(said).or_else(drawn).filter(|&end| end < said.len())?;
    Some((&said[..end], line.from(end).trim()))
}

/// True if mentors stand under a known label right above or below a label, and nothing between them begins something new.
fn is_beside_mentors(records: &Records<'_>, line: usize) -> bool {
    let goes_on = |&next: &usize| {
        let info = &records.lines[next];
        !matches!(info.place, Place::Heading(_) | Place::Term | Place::Summary)
            && (info.set != Some(Whole::Strong) || records.label(next).is_some())
    };
    let names = |next: usize| records.kind(next) == Some(Kind::Mentors);
    let below = line + 1..records.len();
    (0..line).rev().take(MOST_VALUES).take_while(goes_on).any(names) || below.take(MOST_VALUES).take_while(goes_on).any(names)
}

/// Takes away what looks like first names and is none: the page has the words in lower case, too ("Bark, Roots").
fn drop_words<'a>(records: &Records<'a>, unknown: &mut FxHashMap<(LabelId, bool), Unknown<'a>>) {
    let mut small: FxHashMap<String, bool> =
        unknown.values().flat_map(|label| label.names().map(|name| (name.to_lowercase(), false)).collect::<Vec<_>>()).collect();
    if small.is_empty() {
        return;
    }
    for line in 0..records.len() {
        for word in records.text(line).as_str().split(|c: char| !c.is_alphanumeric()) {
            if let Some(found) = small.get_mut(word) {
                *found = true;
            }
        }
    }
    for label in unknown.values_mut() {
        if label.names().any(|name| small.get(&name.to_lowercase()) == Some(&true)) {
            label.first_names.clear();
        }
    }
}

/// Takes away what stands once each, several of them in one list, before the address of an issue: no fact is stated twice, so these
/// are names of what is to be done ("Dark mode: https://…").
fn drop_titles(records: &Records<'_>, unknown: &mut FxHashMap<(LabelId, bool), Unknown<'_>>) {
    let list = |label: &Unknown<'_>| {
        let [line] = label.lines[..] else { return None };
        let is_issue = label.new && label.shapes[Shape::Issue as usize] > 0;
        records.item(line).filter(|_| is_issue).and_then(|item| records.document.container(item))
    };
    let mut lists: FxHashMap<usize, u32> = FxHashMap::default();
    for list in unknown.values().filter_map(list) {
        *lists.entry(list).or_default() += 1;
    }
    unknown.retain(|_, label| list(label).is_none_or(|list| lists[&list] < 2));
}

/// Where nothing else names ideas, "Project: …" does: its values differ from each other, and no title stands above it.
fn titles(records: &mut Records<'_>) {
    let of = |records: &Records<'_>, kind| {
        (0..records.len()).filter(move |&line| records.kind(line) == Some(kind)).collect::<Vec<_>>()
    };
    let titles: Vec<usize> = of(records, Kind::Title).into_iter().filter(|&line| records.level(line).is_none()).collect();
    if !titles.is_empty() {
        // "Topic: tooling" again and again names no idea.
        let mut values: Vec<&str> =
            titles.iter().map(|&line| records.value(line).as_str()).filter(|value| !value.is_empty()).collect();
        let all = values.len();
        values.sort_unstable();
        values.dedup();
        if values.len() * 4 < all * 3 {
            for line in titles {
                records.learn(line, Some(Kind::Other));
            }
        }
        return;
    }
    let announces = |line: &usize| records.label(*line).is_some_and(|label| Labels::get().announces(label.label.as_str()));
    let lines: Vec<usize> = of(records, Kind::Project).into_iter().filter(announces).collect();
    let is_title = |line: usize| {
        (records.level(line).is_some() || records.lines[line].set == Some(Whole::Strong)) && records.kind(line).is_none()
    };
    let named = |pair: &&[usize]| (pair[0] + 1..pair[1]).any(is_title);
    let value = |&line: &usize| {
        let own = records.value(line);
        if own.is_empty() && line + 1 < records.len() { records.text(line + 1).as_str() } else { own.as_str() }
    };
    let mut values: Vec<&str> = lines.iter().map(value).collect();
    values.sort_unstable();
    values.dedup();
    let all_differ = values.len() == lines.len();
    if lines.len() > 1 && all_differ && lines.windows(2).filter(named).count() * 2 < lines.len() {
        for line in lines {
            records.learn(line, Some(Kind::Title));
        }
    }
}

/// True for kinds that are not read together.
fn labels_differ(one: Kind, other: Kind) -> bool {
    crate::records::label::same(one) != crate::records::label::same(other)
}

/// What of a line may be a label that the vocabulary does not know.
fn candidate<'a>(records: &Records<'a>, line: usize) -> Option<Text<'a>> {
    if let Some(label) = records.label(line) {
        // What is text by its label may still be a number of hours, experience a level, and a category a size.
        return label
            .kind
            .is_none_or(|kind| matches!(kind, Kind::Description | Kind::Other | Kind::Skills | Kind::Project))
            .then_some(label.label);
    }
    let text = records.text(line);
    let said = text.as_str();
    let place = records.lines[line].place;
    if let Some(lead) = lead(records, line) {
        return Some(lead.label);
    }
    let set_apart = matches!(place, Place::Heading(_) | Place::Term)
        || matches!(records.lines[line].set, Some(Whole::Strong | Whole::Emphasis));
    let short = said.len() <= 48 && said.split_whitespace().count() <= 6 && said.contains(char::is_alphabetic);
    // A line of its own may be a label, too, if it returns and its values say so.
    let plain = records.lines[line].place == Place::Item && records.lines[line].alone || records.lines[line].piped;
    ((set_apart || plain) && short && Labels::get().heading(said) == labels::Heading::Plain).then_some(text)
}

/// The bold words that a line of text begins with, if they may be a label: no level, skill or name, and no sentence follows them.
fn lead<'a>(records: &Records<'a>, line: usize) -> Option<Labelled<'a>> {
    let is_text = matches!(records.lines[line].place, Place::Item | Place::Line) && !records.is_verbatim(line);
    let found = (is_text && records.label(line).is_none()).then(|| records::label::bold_lead(records.text(line))).flatten()?;
    let is_value = shape::of(found.label).is_some();
    (!is_value && !found.value.as_str().ends_with(['.', '!', '?'])).then_some(found)
}

/// True for a name in a few words: "Web viewer", not "A faster cache", "2 people".
fn is_project_name(said: &str) -> bool {
    let mut words = said.split_whitespace();
    said.starts_with(char::is_uppercase)
        && !said.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | ':'))
        && !said.ends_with('.')
        && !words.next().is_some_and(|first| Labels::get().begins_with_article(first))
        && words.nth(2).is_none()
}

/// The texts that a label stands over: the rest of its line, else what follows up to the next label, as far as it is short.
fn values<'a>(records: &Records<'a>, line: usize) -> Vec<Text<'a>> {
    let value = records.value(line);
    if records.label(line).is_some() && !value.is_empty() {
        return vec![value];
    }
    if let Some(lead) = lead(records, line) {
        return vec![lead.value];
    }
    below(records, line)
}

/// The list inside the item of a label.
fn list_below<'a>(records: &Records<'a>, line: usize) -> Vec<Text<'a>> {
    let inside = |item| line + 1 < records.len() && records.is_in(line + 1, item) && records.item(line + 1) != Some(item);
    if records.item(line).is_some_and(inside) { below(records, line) } else { Vec::new() }
}

/// What follows a line up to the next label, as far as it is short.
fn below<'a>(records: &Records<'a>, line: usize) -> Vec<Text<'a>> {
    // What only may be a label has no more than its own item; "- Guides:" may stand over a list.
    let item = records.item(line).filter(|_| records.label(line).is_none());
    let ends = |&next: &usize| {
        let info = &records.lines[next];
        records.label(next).is_none()
            && item.is_none_or(|item| records.is_in(next, item))
            && !matches!(info.place, Place::Heading(_) | Place::Term | Place::Summary)
            && info.set != Some(Whole::Strong)
    };
    let below = (line + 1..records.len()).take_while(ends).take(MOST_VALUES);
    // Of paragraphs only the first is the value; a list is one as a whole.
    let mut values = Vec::new();
    for next in below {
        if !values.is_empty() && records.lines[next].place != Place::Item {
            break;
        }
        values.push(records.text(next));
    }
    values
}

/// How many words the name of a project has at most, with a link to it.
const MOST_WORDS_OF_NAME: usize = 6;

/// How many lines of a value are looked at.
const MOST_VALUES: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    /// What "Lantern" means on a page with these values of it.
    fn meaning(values: &[&str]) -> Option<Kind> {
        use std::fmt::Write as _;
        let mut page = String::from("# Ideas\n\nAll trees have roots, bark and leaves.\n");
        for (at, value) in values.iter().enumerate() {
            let _ = write!(page, "\n## Tree {at}\n\n- Lantern: {value}\n");
        }
        let document = Document::read(&page, crate::text::Span::new(0, page.len()));
        let mut records = Records::read(&document);
        labels(&mut records);
        let line = (0..records.len()).find(|&line| records.label(line).is_some_and(|label| label.label.as_str() == "Lantern"));
        records.kind(line?)
    }

    #[test]
    fn labels_mean_what_their_values_say() {
        for (values, kind) in [
            (&["Ada Brook", "Bo Lindqvist"][..], Some(Kind::Mentors)),
            (&["Ada, Bo", "Chidi, Emil", "Bo"], Some(Kind::Mentors)),
            (&["Bark, Roots", "Roots, Leaves", "Leaves, Bark"], None),
            (&["Ada Brook", "bo@example.org", "chidi@example.org"], Some(Kind::Mentors)),
            (&["ada@example.org", "bo@example.org"], Some(Kind::MentorEmails)),
            (&["Medium", "Large", "Medium"], Some(Kind::Size)),
            (&["Medium", "Easy", "Large"], Some(Kind::Difficulty)),
            (&["Medium", "Medium"], Some(Kind::Difficulty)),
            (&["175 hours", "Large", "to be determined"], Some(Kind::Size)),
            (&["Hard, 350 hours", "175 hours", "Easy, 90 hours"], Some(Kind::DifficultyAndSize)),
            (&["intermediate Java", "patience", "Go, or experience with C"], Some(Kind::Skills)),
            (&["quill-example/quill#7", "TBD", "quill-example/quill#9"], Some(Kind::Upstream)),
            (&["TBD", "TBD"], None),
            (&["A tree that sings", "Roots that hold", "Bark"], None),
        ] {
            assert_eq!(meaning(values), kind, "{values:?}");
        }
    }
}
