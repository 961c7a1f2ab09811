//! What each line is to the page: a label, a part of an idea, a name, or page furniture.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::document;
use crate::labels::{self, Kind, Labels};
use crate::prose::Text;
use crate::records::{Labelled, Place, Records, Whole};

use super::super::title;
use super::grades::Grades;
use super::learn::{self, LabelId};
use super::releases;

/// What a line is to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Text, or a name of something.
    Plain,
    /// It labels a fact.
    Field,
    /// It parts the text of an idea: it returns under most of them.
    Part,
    /// "Project ideas": it holds ideas and names none.
    Container,
    /// "How to apply", "Your own idea": no idea, and below it only what cannot be anything else.
    Invitation,
    /// A template, an example, struck-through text, a release: no idea, and nothing below it is.
    Sample,
}

/// The roles of all lines of a page.
pub(super) struct Roles {
    of: Vec<Role>,
    labels: Vec<LabelId>,
    /// For each line the innermost heading above it that opens a section.
    above: Vec<u32>,
    /// The level of each heading that opens a section, else 0.
    opens: Vec<u8>,
    /// Below a sample.
    void: Vec<bool>,
    /// What stands below each heading that opens a section, by what it and those above it say.
    below: Vec<Below>,
    /// The labels that stand on the page more than once.
    repeated: FxHashSet<LabelId>,
    grades: Grades,
}

/// What a heading says of what stands below it.
#[derive(Clone, Copy, Default)]
struct Below {
    past: bool,
    done: bool,
    invited: bool,
}

const NONE: u32 = u32::MAX;

impl Roles {
    /// Says what each line is.
    pub(super) fn read(records: &Records<'_>) -> Self {
        let count = records.len();
        let mut labels: Vec<LabelId> = (0..count).map(|line| records.label(line).map_or(0, label_id)).collect();
        drop_inner(records, &mut labels);
        let mut seen = FxHashSet::default();
        let repeated = labels.iter().copied().filter(|&label| label != 0 && !seen.insert(label)).collect();
        let mut of: Vec<Role> = (0..count).map(|line| role(records, line)).collect();
        for release in releases::headings(records) {
            of[release] = Role::Sample;
        }
        let grades = Grades::read(records);
        for grade in grades.lines() {
            of[grade] = Role::Container;
        }
        let mut all = Roles {
            of,
            labels,
            above: vec![NONE; count],
            opens: vec![0; count],
            void: vec![false; count],
            below: vec![Below::default(); count],
            repeated,
            grades,
        };
        all.find_sections(records);
        if all.find_parts(records) {
            all.find_sections(records);
        }
        all
    }

    /// What a line is.
    pub(super) fn of(&self, line: usize) -> Role {
        self.of[line]
    }

    /// The number of a line's label.
    pub(super) fn label(&self, line: usize) -> LabelId {
        self.labels[line]
    }

    /// True if the label of a line stands on the page more than once.
    pub(super) fn is_repeated(&self, line: usize) -> bool {
        self.repeated.contains(&self.labels[line])
    }

    /// The level of a heading that opens a section: one that is no label and no part of an idea.
    pub(super) fn opens(&self, line: usize) -> Option<u8> {
        self.opens.get(line).copied().filter(|&level| level > 0)
    }

    /// The heading that opened the innermost section around a line, not counting itself.
    pub(super) fn above(&self, line: usize) -> Option<usize> {
        let above = self.above[line];
        (above != NONE).then_some(above as usize)
    }

    /// True below a template, an example.
    pub(super) fn is_void(&self, line: usize) -> bool {
        self.void[line]
    }

    /// True below "Past projects", "Former students".
    pub(super) fn is_past(&self, line: usize) -> bool {
        self.above(line).is_some_and(|above| self.below[above].past)
    }

    /// True below "Last year", "Completed projects", but not below "Old ideas", which may still be taken up.
    pub(super) fn is_done(&self, line: usize) -> bool {
        self.above(line).is_some_and(|above| self.below[above].done)
    }

    /// True below "How to apply", "Your own idea".
    pub(super) fn is_invited(&self, line: usize) -> bool {
        self.above(line).is_some_and(|above| self.below[above].invited)
    }

    /// The lines that say how large or how difficult it is what stands below them.
    pub(super) fn grades(&self) -> &Grades {
        &self.grades
    }

    fn find_sections(&mut self, records: &Records<'_>) {
        let mut open: Vec<usize> = Vec::new();
        // The sample that is open, and the level of its first heading below.
        let mut sample: Option<(usize, Option<u8>)> = None;
        // Where what folds away below such a name ends.
        let mut folded = 0;
        for line in 0..records.len() {
            let level = records.level(line).filter(|_| !matches!(self.of[line], Role::Field | Role::Part));
            self.opens[line] = level.unwrap_or(0);
            if let Some(level) = level {
                while open.last().is_some_and(|&last| self.opens[last] >= level) {
                    open.pop();
                }
            }
            let above = open.last().copied();
            self.above[line] = above.map_or(NONE, |above| u32::try_from(above).unwrap_or(NONE));
            if let (Some(level), Some((heading, below))) = (records.level(line), sample) {
                // A sample ends with its section, or where a heading stands above those that it began with.
                match below {
                    _ if level <= self.opens[heading] => sample = None,
                    Some(below) if level < below => sample = None,
                    None => sample = Some((heading, Some(level))),
                    Some(_) => {}
                }
            }
            if self.of[line] == Role::Sample && level.is_some() && sample.is_none() {
                sample = Some((line, None));
            }
            if records.lines[line].place == Place::Summary && matches!(self.of[line], Role::Sample | Role::Invitation) {
                let fold = records.node(line).checked_sub(1).map(|fold| &records.document.nodes[fold]);
                folded = fold.filter(|fold| fold.kind == document::Kind::Fold).map_or(folded, document::Node::end);
            }
            self.void[line] = sample.is_some() || records.node(line) < folded;
            if level.is_some() {
                let (labels, said) = (Labels::get(), records.text(line).as_str());
                let outer = above.map_or(Below::default(), |above| self.below[above]);
                self.below[line] = Below {
                    past: outer.past || labels.is_past(said),
                    done: outer.done || labels.is_done(said),
                    invited: outer.invited || self.of[line] == Role::Invitation,
                };
                open.push(line);
            }
        }
    }

    /// Finds the headings that return under idea after idea and only part their text. Returns whether there are any.
    fn find_parts(&mut self, records: &Records<'_>) -> bool {
        // The lines that may be parts, with their names; the same name on another level is another: a team may have a section
        // for itself, and one for its ideas.
        let may_be_part = |&line: &usize| {
            !records.text(line).is_empty()
                && self.of[line] == Role::Plain
                && records.label(line).is_none()
                && (records.level(line).is_some() || records.lines[line].set == Some(Whole::Strong))
        };
        let plain = |line: usize| learn::id(records.text(line).as_str());
        let name = |line: usize| plain(line) ^ u64::from(records.level(line).unwrap_or(0));
        let named: Vec<(usize, LabelId)> = (0..records.len()).filter(may_be_part).map(|line| (line, name(line))).collect();
        let mut times: FxHashMap<LabelId, u32> = FxHashMap::default();
        let mut before = None;
        for &(line, name) in &named {
            // A heading that stands there twice in a row is one.
            if before.replace((line + 1, name)) != Some((line, name)) {
                *times.entry(name).or_default() += 1;
            }
        }
        // What stands beside each other, below the same heading and on the same level: how many, how many of them are repeated, and
        // whether any states too little for an idea.
        let mut beside: FxHashMap<(Option<usize>, u8), (u32, u32, bool)> = FxHashMap::default();
        // Where all headings have one name, and nothing else is set apart, nothing is a part of anything.
        let mut alike: FxHashMap<Option<usize>, Option<LabelId>> = FxHashMap::default();
        let set_apart = |&line: &usize| records.level(line).is_some() || records.lines[line].set.is_some();
        for line in (0..records.len()).filter(set_apart) {
            let only = alike.entry(self.above(line)).or_insert(Some(name(line)));
            *only = only.filter(|&only| only == name(line));
        }
        for &(line, name) in named.iter().filter(|&&(line, _)| self.opens[line] > 0) {
            let (all, repeated, incomplete) = beside.entry((self.above(line), self.opens[line])).or_default();
            *all += 1;
            *repeated += u32::from(times[&name] > 1);
            *incomplete |= states(records, line) <= 1;
        }
        // Under each idea once, among others of which the same is true; were all of them complete, each would be an idea.
        let mut under: FxHashMap<(LabelId, Option<usize>), u32> = FxHashMap::default();
        for &(line, name) in &named {
            *under.entry((name, self.above(line))).or_default() += 1;
        }
        let only_parts = |line: usize, name: LabelId| {
            let beside = self.above(line).and_then(|above| beside.get(&(Some(above), self.opens[line])));
            let are_parts = beside.is_some_and(|&(all, repeated, incomplete)| repeated == all && all > 1 && incomplete);
            are_parts && under[&(name, self.above(line))] == 1
        };
        let is_part = |&(line, name): &(usize, LabelId)| {
            let among_parts = match records.level(line) {
                // Two projects may propose ideas of one name; but those stand among others.
                Some(level) => {
                    let above = self.above(line);
                    let (all, repeated, _) = beside.get(&(above, level)).copied().unwrap_or((1, 0, false));
                    repeated * 2 >= all
                        && (all == 1 || alike[&above].is_none())
                        && self.opens.get(line + 1).is_none_or(|&next| next <= level)
                }
                None => true,
            };
            // An idea that two projects propose may have all its facts in each.
            let says_more = || states(records, line) > 1 && !only_parts(line, name);
            let generic = || Labels::get().is_generic(records.text(line).as_str());
            times[&name] > 1 && among_parts && (times[&name] > 2 || generic() || !says_more())
        };
        let parts: FxHashSet<LabelId> = named.iter().copied().filter(is_part).map(|(_, name)| name).collect();
        // What is a part somewhere is one everywhere, and what often is one is one on any level.
        let often: FxHashSet<LabelId> =
            named.iter().filter(|(_, name)| parts.contains(name) && times[name] > 2).map(|&(line, _)| plain(line)).collect();
        for (line, _) in named.into_iter().filter(|&(line, name)| parts.contains(&name) || often.contains(&plain(line))) {
            self.of[line] = Role::Part;
        }
        !parts.is_empty()
    }
}

fn role(records: &Records<'_>, line: usize) -> Role {
    let info = &records.lines[line];
    let heading = matches!(info.place, Place::Heading(_) | Place::Summary | Place::Term);
    let label = records.label(line);
    if let Some(label) = label
        && !heading
    {
        return if label.kind.is_some() { Role::Field } else { Role::Plain };
    }
    if records.level(line).is_some() && is_below_template(records, line) {
        return Role::Sample;
    }
    let text = records.text(line);
    if heading && let Some(kind) = label.and_then(|label| label.kind) {
        let named = label.is_some_and(|label| !label.value.is_empty());
        // "Description of ideas", "Our ideas in detail"
        if kind.is_prose() && Labels::get().lists(text.as_str()) {
            return Role::Container;
        }
        let announces = match kind {
            // "Project: …" announces an idea or a project, "Projects" a list of them.
            Kind::Project => {
                let announced = label.is_some_and(|label| Labels::get().announces(label.label.as_str()));
                (named && announced) || is_list_of_ideas(text.as_str())
            }
            Kind::Title | Kind::Organization | Kind::Program | Kind::Term => named || is_list_of_ideas(text.as_str()),
            _ => false,
        };
        // "Component Projects" over headings of ideas is no label; nor is "Mentor: Ada Byron".
        let is_over =
            |next: usize| next < records.len() && records.level(line).is_some_and(|own| records.level(next) > Some(own));
        let above_others = is_over(line + 1)
            && match kind {
                Kind::Project | Kind::Title | Kind::Website | Kind::Organization | Kind::Other | Kind::Links => !named,
                Kind::Mentors => named && records.kind(line + 1).is_none(),
                _ => false,
            };
        let complete = matches!(kind, Kind::Project | Kind::Website | Kind::Organization | Kind::Other | Kind::Links)
            && states_much(records, line);
        if !announces && !above_others && !complete {
            return Role::Field;
        }
    }
    if !heading && info.set.is_none() && info.place != Place::Item {
        return Role::Plain;
    }
    // "Tidepool — GSoC 2026" is the title of a page, but no item or link.
    of_name(if heading { text } else { title::without_program(text).unwrap_or(text) })
}

/// True for a heading right below the line that announces a template, with no code between them that may be it, if it is a blank:
/// its words are those of labels, or labels without values stand below it.
fn is_below_template(records: &Records<'_>, heading: usize) -> bool {
    let labels = Labels::get();
    let is_announced = heading.checked_sub(1).is_some_and(|above| {
        let next = records.document.nodes[records.node(above)].end();
        next == records.node(heading) && records.level(above).is_none() && labels.announces_template(records.text(above).as_str())
    });
    let said = records.text(heading).as_str();
    let own = records.level(heading);
    let is_empty = |line: &usize| records.label(*line).is_some_and(|label| label.kind.is_some() && label.value.is_empty());
    let is_below = |line: &usize| records.level(*line).is_none_or(|level| Some(level) > own);
    let mut empty = (heading + 1..records.len()).take(MOST_BELOW).take_while(is_below).filter(is_empty);
    is_announced && (labels.kind(said).is_some() || !labels.is_container(said) && empty.nth(1).is_some())
}

/// True if what stands right below a heading can only be an idea: mentors, and two more facts.
fn states_much(records: &Records<'_>, heading: usize) -> bool {
    states(records, heading) > 2
}

/// How many facts of an idea stand right below a heading, if mentors are among them.
fn states(records: &Records<'_>, heading: usize) -> usize {
    let below = (heading + 1..records.len()).take(MOST_BELOW).take_while(|&line| records.level(line).is_none());
    let mut kinds: Vec<Kind> =
        below.filter_map(|line| records.kind(line)).filter(|kind| kind.is_telling() || *kind == Kind::Description).collect();
    kinds.sort_unstable_by_key(|kind| *kind as u8);
    kinds.dedup();
    if kinds.contains(&Kind::Mentors) { kinds.len() } else { 0 }
}

/// How many lines below a name are looked at.
const MOST_BELOW: usize = 64;

/// The number of a label; of one without letters, such as a sign, that of what it announces.
fn label_id(label: &Labelled<'_>) -> LabelId {
    match learn::id(label.label.as_str()) {
        0 => label.kind.filter(|kind| kind.is_telling()).map_or(0, |kind| 1 + kind as LabelId),
        id => id,
    }
}

/// What something is by its name.
pub(super) fn of_name(name: Text<'_>) -> Role {
    // "#12: [meta] How to apply"
    let tagged = name.as_str().split_once('[').filter(|(before, _)| !before.contains(char::is_alphabetic));
    let rest = tagged.and_then(|(_, inner)| inner.split_once(']')).map(|(_, rest)| rest.trim());
    if rest.is_some_and(|rest| rest.contains(' ') && Labels::get().heading(rest) == labels::Heading::Invitation) {
        return Role::Invitation;
    }
    let said = name.as_str();
    match Labels::get().heading(said) {
        labels::Heading::Sample => Role::Sample,
        labels::Heading::Invitation => Role::Invitation,
        _ if is_marked_sample(said) => Role::Sample,
        labels::Heading::Container => Role::Container,
        labels::Heading::Plain if !said.chars().any(char::is_alphabetic) => Role::Container,
        labels::Heading::Plain => Role::Plain,
    }
}

/// "Faster parser (example)", "[Template] Copy me", "[Empty] Project name"
fn is_marked_sample(heading: &str) -> bool {
    let is_sample = |inside: &str| Labels::get().heading(inside) == labels::Heading::Sample;
    let names_title = |rest: &str| Labels::get().kind(rest.trim()) == Some(Kind::Title);
    let last = heading.strip_suffix(')').and_then(|inner| inner.rsplit_once('('));
    let first = heading.strip_prefix('[').and_then(|inner| inner.split_once(']'));
    last.is_some_and(|(_, inside)| is_sample(inside))
        || first.is_some_and(|(inside, rest)| is_sample(inside) || names_title(rest))
}

/// "Projects", "Topics"; "Project" alone is a label.
fn is_list_of_ideas(heading: &str) -> bool {
    Labels::get().is_container(heading) && !heading.eq_ignore_ascii_case("project")
}

/// Takes the numbers of labels away that only part the value of a heading: "- Required: …" again and again below "Skills".
fn drop_inner(records: &Records<'_>, labels: &mut [LabelId]) {
    let mut heading: Option<Kind> = None;
    for (line, label) in labels.iter_mut().enumerate() {
        if records.level(line).is_some() {
            heading = records.kind(line);
        } else if heading.is_some() && records.kind(line) == heading && records.item(line).is_some() {
            *label = 0;
        }
    }
}
