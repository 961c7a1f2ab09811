//! Pages of headings: one heading per idea, its fields below, in bullets, bold lines or deeper headings.
//!
//! Every heading that is no field opens a section. Sections gather evidence (fields that only ideas have), and those with
//! enough of it are ideas; what lies below an idea belongs to it; the others are groups and furniture. Levels are taken as
//! hints, because they jump: an idea may stand above its siblings, a project's heading may repeat one level up.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::data::Value;
use crate::fields::{self, Field, Style};
use crate::idea::{Program, Term, difficulty, size};
use crate::labels::{self, Kind, Labels};
use crate::outline::{self, Outline};
use crate::prose::Text;

use super::draft::{Draft, Fact};
use super::{page_facts, table, title};

/// What a section's heading says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// An idea, a project, or anything else.
    Plain,
    /// "Project ideas": holds ideas, names no project.
    Container,
    /// "How to apply", "Your own idea": no idea, and below it only what cannot be anything else.
    Invitation,
    /// A template, an example, struck-through text: no idea, and nothing below is.
    Void,
}

struct Section<'a> {
    /// The node that opens it.
    node: Option<usize>,
    heading: Option<Text<'a>>,
    level: u8,
    parent: Option<usize>,
    role: Role,
    title: Option<title::Title<'a>>,
    fields: Vec<Field<'a>>,
    loose: Vec<usize>,
    evidence: Evidence,
    idea: bool,
    /// True if it is no part of the section above it, whatever the levels say: an idea, or a group with ideas.
    apart: bool,
    /// True if its heading is its project, and a field names the idea.
    named_by_field: bool,
}

/// What is known of the sections beside each other.
#[derive(Clone, Copy, Default)]
struct Beside {
    /// How many look like ideas.
    strong: u32,
    /// True if one only parts a text: it states nothing, and its heading returns elsewhere.
    parts: bool,
}

/// The groups that are open where each section stands.
struct OpenGroups {
    /// For each section the innermost of them: itself, if it is one.
    innermost: Vec<Option<usize>>,
    /// For each group the one around it.
    around: Vec<Option<usize>>,
}

/// The levels that most projects and most ideas of a page have.
#[derive(Clone, Copy)]
struct Usual {
    project: Option<usize>,
    idea: Option<usize>,
}

/// How many of the sections below another look like ideas.
#[derive(Clone, Copy, Default)]
struct Below {
    strong: u32,
    complete: u32,
}

/// Which facts of an idea a section states. One bit is one of [`FACTS`].
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Evidence {
    stated: u8,
    /// Labels without a value.
    announced: u8,
}

/// The facts that count, the telling ones first.
const FACTS: [&[Kind]; 7] = [
    &[Kind::Mentors, Kind::MentorHandles],
    &[Kind::Skills, Kind::Technologies],
    &[Kind::Difficulty, Kind::DifficultyAndSize],
    &[Kind::Size],
    &[Kind::Upstream],
    &[Kind::Description],
    &[Kind::Outcomes],
];

/// The same in plain words.
const NAMES: [&str; FACTS.len()] = ["mentors", "skills", "difficulty", "size", "issue", "description", "outcomes"];

/// The bit of the mentors, and those of the facts that hardly anything but an idea has.
const MENTORS: u8 = 0b1;
const TELLING: u8 = 0b1_1111;

impl Evidence {
    pub(super) fn of(fields: &[Field<'_>], outline: &Outline) -> Self {
        let mut evidence = Evidence::default();
        for field in fields {
            if let Some(bit) = FACTS.iter().position(|kinds| kinds.contains(&field.kind)) {
                if is_remark(field, outline) {
                    continue;
                }
                let bits = if field.is_empty(outline) { &mut evidence.announced } else { &mut evidence.stated };
                *bits |= 1 << bit;
            }
        }
        evidence
    }

    fn add(&mut self, more: Evidence) {
        self.stated |= more.stated;
        self.announced |= more.announced;
    }

    /// How many different facts are stated.
    fn facts(self) -> u32 {
        self.stated.count_ones()
    }

    /// True if one of them is hardly anywhere but in ideas.
    fn is_telling(self) -> bool {
        self.stated & TELLING != 0
    }

    fn has_mentors(self) -> bool {
        self.stated & MENTORS != 0
    }

    /// How many telling facts have a label and no value.
    fn unstated(self) -> u32 {
        (self.announced & !self.stated & TELLING).count_ones()
    }

    /// True if it names mentors and another telling fact beside those that `other` names: no part of it.
    fn restates(self, other: Evidence) -> bool {
        let both = self.stated & other.stated & TELLING;
        both & MENTORS != 0 && both.count_ones() > 1
    }

    /// So much that it can only be an idea, wherever it stands.
    fn is_complete(self) -> bool {
        self.has_mentors() && self.facts() > 2
    }

    /// More than one fact, and a telling one.
    pub(super) fn is_strong(self) -> bool {
        self.is_telling() && self.facts() > 1
    }
}

/// "**Difficulty** levels are estimates.": running text that only begins like a label.
fn is_remark(field: &Field<'_>, outline: &Outline) -> bool {
    if !matches!(field.kind, Kind::Mentors | Kind::Difficulty | Kind::Size) {
        return false;
    }
    let mut parts = field.parts(outline);
    let (Some(part), None) = (parts.next(), parts.next()) else { return false };
    let said = part.text.as_str();
    let words = said.split_whitespace().count();
    let small = said.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    let runs = words > 2 && small * 3 >= words * 2 && said.ends_with(['.', '!']);
    let says_nothing = || match field.kind {
        Kind::Difficulty => difficulty::read(part.text).is_empty(),
        Kind::Size => !said.contains(|c: char| c.is_ascii_digit()) && size::read(part.text).is_empty(),
        _ => !said.contains('@'),
    };
    runs && says_nothing() && !Labels::get().is_placeholder(said)
}

/// The level of a paragraph in bold that stands for a heading: below all real ones.
pub const BOLD: u8 = 7;

/// How many levels there are: the page itself, six of headings, and bold lines.
const LEVELS: usize = 8;

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
#[derive(Clone, Copy, Debug)]
pub struct Heading<'a> {
    /// Its node in the outline.
    pub node: usize,
    /// Its text.
    pub text: Text<'a>,
    /// 1 to 6; [`BOLD`] for a bold line.
    pub level: u8,
    /// True for names of ideas and projects; false for "Project ideas", "How to apply", "Template".
    pub is_name: bool,
    /// What stands below it.
    pub holds: Holds,
    evidence: Evidence,
}

impl Heading<'_> {
    /// Which facts of an idea stand directly below it, in plain words.
    pub fn states(&self) -> Vec<&'static str> {
        NAMES.into_iter().enumerate().filter(|(bit, _)| self.evidence.stated & (1 << bit) != 0).map(|(_, name)| name).collect()
    }
}

/// The ideas of a page of headings, and its headings, in page order. `taken`: nodes that another reader has found to be
/// ideas.
pub(super) fn read<'a>(
    outline: &'a Outline,
    front: Option<Value<'a>>,
    taken: &[Range<usize>],
) -> (Vec<Draft<'a>>, Vec<Heading<'a>>) {
    let mut sections = Sections::read(outline, front, taken);
    sections.fold_inner();
    sections.find_ideas();
    sections.merge();
    sections.level_repeated();
    let open = sections.open_groups();
    let usual = sections.usual_levels(&open);
    sections.name_by_field(usual);
    let groups = sections.groups(&open, usual);
    let headings = sections.headings(&groups);
    (sections.drafts(&groups), headings)
}

struct Sections<'a> {
    outline: &'a Outline,
    all: Vec<Section<'a>>,
    /// On which levels there was a section that can only be an idea.
    complete: [bool; LEVELS],
}

/// A heading, read once.
#[derive(Clone, Copy)]
struct Headline<'a> {
    text: Text<'a>,
    title: title::Title<'a>,
    role: Role,
}

impl<'a> Headline<'a> {
    fn read(text: Text<'a>) -> Self {
        let said = text.as_str();
        let role = match Labels::get().heading(said) {
            labels::Heading::Sample => Role::Void,
            labels::Heading::Invitation => Role::Invitation,
            _ if is_marked_sample(said) => Role::Void,
            labels::Heading::Container => Role::Container,
            // "Tidepool — GSoC ideas" is the page's title.
            labels::Heading::Plain if page_facts::owner(text).is_some() => Role::Container,
            labels::Heading::Plain if !said.chars().any(char::is_alphabetic) => Role::Container,
            labels::Heading::Plain => Role::Plain,
        };
        Headline { text, title: title::read(text), role }
    }
}

/// What a heading is to the page.
enum Head<'a> {
    /// It labels a fact of the idea above it.
    Field,
    /// It labels something that no text follows; or it is a title that sounds like that.
    Label,
    /// It names the project of the idea above it; or it is a title that sounds like that.
    Name,
    /// It labels a title: an idea begins, or gets its name.
    Title(title::Title<'a>),
    /// It opens a section.
    Section,
}

impl<'a> Sections<'a> {
    fn read(outline: &'a Outline, front: Option<Value<'a>>, taken: &[Range<usize>]) -> Self {
        let mut sections = Sections { outline, all: Vec::new(), complete: [false; LEVELS] };
        // What stands before the first heading, or on a page without one, belongs to the page itself.
        let page_title = front.and_then(|front| front.get("title")).and_then(Value::text);
        let page = sections.open(page_title.map(Headline::read), None, 0, None);
        // The page's own name is a name for its only idea, not for its list of ideas.
        let mut stack = vec![page];
        let mut current = page;
        let mut start = 0;
        for node in blocks(outline) {
            if taken.iter().any(|range| range.start == node) {
                sections.close_run(current, start..node);
                start = outline.nodes[node].end;
                continue;
            }
            let text = outline.text(node).trim();
            let level = match outline.nodes[node].kind {
                _ if outline.nodes[node].verbatim => continue,
                outline::Kind::Heading(level) => level,
                outline::Kind::Paragraph if is_bold_heading(text) => BOLD,
                _ => continue,
            };
            sections.close_run(current, start..node);
            start = node + 1;
            let headline = Headline::read(text);
            match head(headline) {
                // "Frameworks", and below it the first of several ideas: a group, whatever it sounds like.
                Head::Field if sections.is_group(node, level) => {
                    current = sections.push(&mut stack, headline, node, level);
                }
                // "Website" may be a label, and the title of an idea that is about one: what is below it tells.
                Head::Label if sections.is_idea_below(node, ends_at(outline, node)) => {
                    current = sections.push(&mut stack, headline, node, level);
                }
                // So may "Modules: …", among ideas.
                Head::Name if sections.complete[usize::from(level)] && sections.is_idea_below(node, ends_at(outline, node)) => {
                    current = sections.push(&mut stack, headline, node, level);
                }
                Head::Field | Head::Label | Head::Name => {
                    // Its text is read with the run: the label is the heading itself.
                    start = node;
                    current = sections.home(&mut stack, level);
                }
                Head::Title(title) => {
                    let top = stack.last().copied().filter(|&top| sections.awaits_title(top, level));
                    current = match top {
                        Some(top) => top,
                        None => sections.push(&mut stack, headline, node, level),
                    };
                    sections.all[current].title = Some(title::Title { marked: true, ..title });
                    sections.all[current].role = Role::Plain;
                }
                Head::Section => {
                    current = sections.push(&mut stack, headline, node, level);
                    if outline.nodes[node].struck {
                        sections.all[current].role = Role::Void;
                    }
                }
            }
        }
        sections.close_run(current, start..outline.nodes.len());
        sections
    }

    fn open(&mut self, headline: Option<Headline<'a>>, node: Option<usize>, level: u8, parent: Option<usize>) -> usize {
        let (heading, title) = (headline.map(|headline| headline.text), headline.map(|headline| headline.title));
        let role = headline.map_or(Role::Plain, |headline| headline.role);
        self.all.push(Section {
            node,
            heading,
            level,
            parent,
            role,
            title,
            fields: Vec::new(),
            loose: Vec::new(),
            evidence: Evidence::default(),
            idea: false,
            apart: false,
            named_by_field: false,
        });
        self.all.len() - 1
    }

    fn push(&mut self, stack: &mut Vec<usize>, headline: Headline<'a>, node: usize, level: u8) -> usize {
        while stack.last().is_some_and(|&top| self.all[top].level >= level) {
            stack.pop();
        }
        let section = self.open(Some(headline), Some(node), level, stack.last().copied());
        stack.push(section);
        section
    }

    /// True for "Project 3" with nothing below it yet: a title that follows names it.
    fn awaits_title(&self, section: usize, level: u8) -> bool {
        let section = &self.all[section];
        section.level > 0
            && section.level <= level
            && section.fields.is_empty()
            && section.title.is_some_and(|title| title.marked && title.text.is_empty())
    }

    /// True if nothing stands between a heading and the next one, which is deeper, and which opens an idea.
    fn is_group(&self, heading: usize, level: u8) -> bool {
        let next = heading + 1;
        let deeper =
            self.outline.nodes.get(next).is_some_and(|node| matches!(node.kind, outline::Kind::Heading(below) if below > level));
        deeper
            && fields::label(self.outline.text(next).trim(), Style::Heading).is_none()
            && self.is_idea_below(next, ends_at(self.outline, next))
    }

    /// True if the nodes after a heading, up to `end`, tell so much that they can only be an idea.
    fn is_idea_below(&self, heading: usize, end: usize) -> bool {
        // Several facts take several blocks.
        end > heading + 3 && Evidence::of(&fields::read(self.outline, heading + 1..end).fields, self.outline).is_complete()
    }

    fn close_run(&mut self, section: usize, run: Range<usize>) {
        if run.is_empty() {
            return;
        }
        let mut found = fields::read(self.outline, run);
        // Tables of ideas have a reader of their own.
        found.loose.retain(|&node| !table::is_cell(self.outline, node));
        let section = &mut self.all[section];
        section.evidence.add(Evidence::of(&found.fields, self.outline));
        if section.fields.is_empty() && section.loose.is_empty() {
            (section.fields, section.loose) = (found.fields, found.loose);
        } else {
            section.fields.append(&mut found.fields);
            section.loose.append(&mut found.loose);
        }
        self.complete[usize::from(section.level)] |= section.evidence.is_complete();
    }

    /// The section that a field's heading belongs to: usually the nearest above it; but a field may stand on the level of
    /// its own idea's heading.
    fn home(&self, stack: &mut Vec<usize>, level: u8) -> usize {
        let is_idea = |section: usize| {
            let section = &self.all[section];
            section.role == Role::Plain
                && section.level > 0
                && (section.evidence.facts() > 0 || section.title.is_some_and(|title| title.marked))
        };
        let above = stack.iter().rposition(|&section| self.all[section].level < level).unwrap_or(0);
        let beside = stack.iter().rposition(|&section| self.all[section].level == level && is_idea(section));
        let at = match beside {
            Some(beside) if !is_idea(stack[above]) => beside,
            _ => above,
        };
        stack.truncate(at + 1);
        stack[at]
    }

    /// Sections that only part an idea's text: headings that return under every idea ("Background", "Task"), and a bold line
    /// that has no siblings. What they hold belongs to the section above.
    fn fold_inner(&mut self) {
        let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
        let mut before = None;
        for heading in self.all.iter().filter_map(|section| section.heading) {
            // A heading that stands there twice in a row is one.
            if before != Some(heading.as_str()) {
                *seen.entry(heading.as_str()).or_default() += 1;
            }
            before = Some(heading.as_str());
        }
        let times = |section: &Section<'_>| section.heading.map_or(0, |heading| seen[heading.as_str()]);
        // What stands beside each other: below the same section, on the same level.
        let place = |section: &Section<'_>| (section.parent, section.level);
        let mut beside: FxHashMap<_, Beside> = FxHashMap::default();
        let mut plain = [0; LEVELS];
        for section in &self.all {
            let beside = beside.entry(place(section)).or_default();
            beside.strong += u32::from(section.evidence.is_strong());
            beside.parts |= section.evidence.facts() == 0 && times(section) > 1;
            plain[usize::from(section.level)] += usize::from(section.role == Role::Plain);
        }
        let everywhere = |section: &Section<'_>| {
            let above = section.parent.map_or(0, |parent| self.all[parent].level);
            times(section) > 2 && times(section) * 2 > plain[usize::from(above)]
        };
        let folds = |section: &Section<'_>| {
            let beside = beside[&place(section)];
            // Two projects may propose ideas of the same name; but those stand among ideas, not among parts of a text, and
            // not one under every heading.
            let part = times(section) > 1 && (beside.parts || everywhere(section));
            // An idea of its own may be set in bold below one that has all its facts.
            let second = || {
                let above = section.parent.is_some_and(|parent| self.all[parent].evidence.is_complete());
                above && section.evidence.is_complete()
            };
            // "Ideas" has no text that a bold line could part.
            let parts_text = section.parent.is_none_or(|parent| self.all[parent].role != Role::Container);
            let lone = section.level == BOLD && beside.strong < 2 && parts_text && !second();
            section.evidence.facts() > 0 && (part || lone)
        };
        let inner: Vec<usize> = (0..self.all.len()).filter(|&at| folds(&self.all[at])).collect();
        for at in inner {
            let Some(parent) = self.all[at].parent.filter(|&parent| parent > 0) else { continue };
            let fields = std::mem::take(&mut self.all[at].fields);
            let loose = std::mem::take(&mut self.all[at].loose);
            self.all[at].evidence = Evidence::default();
            let section = &mut self.all[parent];
            section.evidence.add(Evidence::of(&fields, self.outline));
            section.fields.extend(fields);
            section.loose.extend(loose);
        }
    }

    fn find_ideas(&mut self) {
        let below = self.count_below();
        for (at, below) in below.iter().enumerate() {
            let section = &self.all[at];
            let evidence = section.evidence;
            let marked = section.title.is_some_and(|title| title.marked) && evidence.facts() > 0;
            // Ideas below make it a group, unless it is an idea in its own right with one more heading inside.
            let group = below.strong > 1 || (below.strong == 1 && !evidence.has_mentors());
            let idea = evidence.is_complete() || (evidence.is_strong() && !group) || (marked && below.strong == 0);
            self.all[at].idea = idea && self.may_be_idea(at);
            self.all[at].apart = below.complete > 0 || (self.all[at].idea && evidence.is_complete());
        }
        self.drop_nested();
        // One fact is enough on the level where the ideas stand, or where several sections name their mentors.
        let mut levels: Vec<u8> =
            self.all.iter().filter(|section| section.idea && section.level > 0).map(|section| section.level).collect();
        if levels.is_empty() {
            let mentored =
                |level: u8| self.all.iter().filter(|section| section.level == level && section.evidence.has_mentors()).count();
            levels.extend((1..=BOLD).filter(|&level| mentored(level) > 1));
        }
        for (at, below) in below.iter().enumerate() {
            let section = &self.all[at];
            let evidence = section.evidence;
            // A filled-in description over empty labels is an idea that nobody finished.
            let begun = evidence.is_telling() || (evidence.facts() > 0 && evidence.unstated() > 1);
            let weak = begun && below.strong == 0 && levels.contains(&section.level);
            if weak && self.may_be_idea(at) && self.idea_above(at).is_none() {
                self.all[at].idea = true;
            }
        }
    }

    /// How many sections below each one look like ideas.
    fn count_below(&self) -> Vec<Below> {
        let mut below = vec![Below::default(); self.all.len()];
        for at in (0..self.all.len()).rev() {
            let evidence = self.all[at].evidence;
            if !evidence.is_strong() || !self.may_be_idea(at) {
                continue;
            }
            let mut above = self.all[at].parent;
            while let Some(parent) = above {
                below[parent].strong += 1;
                below[parent].complete += u32::from(evidence.is_complete());
                above = self.all[parent].parent;
            }
        }
        below
    }

    /// A title, and nothing around it that forbids an idea.
    fn may_be_idea(&self, at: usize) -> bool {
        let section = &self.all[at];
        let named = match section.role {
            Role::Plain => section.title.is_some_and(|title| !title.text.is_empty()),
            Role::Container => false,
            Role::Invitation | Role::Void => return false,
        } || section.fields.iter().any(|field| field.kind == Kind::Title && !field.is_empty(self.outline));
        let mut above = section.parent;
        while let Some(parent) = above {
            match self.all[parent].role {
                Role::Void => return false,
                Role::Invitation if !section.evidence.is_complete() => return false,
                _ => {}
            }
            above = self.all[parent].parent;
        }
        named
    }

    /// An idea inside an idea is a part of it.
    fn drop_nested(&mut self) {
        for at in 0..self.all.len() {
            let Some(above) = self.idea_above(at).filter(|_| self.all[at].idea) else { continue };
            // One level too deep, but with mentors and skills of its own.
            if self.all[at].evidence.restates(self.all[above].evidence) {
                self.all[at].apart = true;
            } else {
                self.all[at].idea = false;
            }
        }
    }

    /// The idea that a section is a part of. After an idea whose heading is too high, the next ideas and projects only look
    /// like its parts.
    fn idea_above(&self, at: usize) -> Option<usize> {
        let mut at = at;
        while !self.all[at].apart {
            at = self.all[at].parent?;
            if self.all[at].idea {
                return Some(at);
            }
        }
        None
    }

    /// Gives what lies below an idea to it.
    fn merge(&mut self) {
        for at in 0..self.all.len() {
            if self.all[at].idea {
                continue;
            }
            if let Some(idea) = self.idea_above(at) {
                let fields = std::mem::take(&mut self.all[at].fields);
                let loose = std::mem::take(&mut self.all[at].loose);
                self.all[idea].fields.extend(fields);
                self.all[idea].loose.extend(loose);
            }
        }
    }

    /// A project's heading that is repeated at once on another level is the same heading.
    fn level_repeated(&mut self) {
        for at in 1..self.all.len() {
            let (before, section) = (&self.all[at - 1], &self.all[at]);
            let same = match (before.heading, section.heading) {
                (Some(a), Some(b)) => a.as_str().trim().eq_ignore_ascii_case(b.as_str().trim()),
                _ => false,
            };
            // Of the two, the one that stands above what follows.
            let next = self.all.get(at + 1).map_or(LEVELS, |next| usize::from(next.level));
            let stands_above = |section: &Section<'_>| usize::from(section.level) < next;
            if same && !before.idea && !section.idea && (stands_above(before) || !stands_above(section)) {
                self.all[at].level = before.level;
            }
        }
    }

    /// Where projects stand on the level of this heading, the heading is the project, and a field "Project" below it names
    /// the idea.
    fn name_by_field(&mut self, usual: Usual) {
        let outline = self.outline;
        let Some(project_level) = usual.project else { return };
        for section in self.all.iter_mut().filter(|section| section.idea && usize::from(section.level) == project_level) {
            let named = |field: &&mut Field<'a>| {
                field.style == Style::Heading
                    && field.kind == Kind::Project
                    && field.label.as_str().eq_ignore_ascii_case("project")
            };
            if let Some(field) = section.fields.iter_mut().find(named).filter(|field| !field.is_empty(outline)) {
                field.kind = Kind::Title;
                section.role = Role::Container;
                section.named_by_field = true;
            }
        }
    }

    /// The section that each idea is filed under.
    fn groups(&self, open: &OpenGroups, usual: Usual) -> Vec<Option<usize>> {
        let level_of = |group: usize| usize::from(self.all[group].level);
        let of_project = |&group: &usize| Some(level_of(group)) == usual.project;
        let group_of = |at: usize| {
            let level = usize::from(self.all[at].level);
            let enclosing = || self.plain_groups(open, at).filter(|&group| level_of(group) < level);
            if enclosing().next().is_none() {
                // An idea above its siblings' level stays in the project it stands in.
                let high = usual.idea.is_some_and(|usual| level < usual);
                return high.then(|| self.plain_groups(open, at).find(of_project)).flatten();
            }
            enclosing().find(of_project).or_else(|| enclosing().last())
        };
        let mut groups: Vec<Option<usize>> =
            (0..self.all.len()).map(|at| self.all[at].idea.then(|| group_of(at)).flatten()).collect();
        // "Tidepool GSoC 2026" over all ideas of a page is the page's name.
        let mut named = groups.iter().flatten();
        if let Some(&first) = named.next()
            && named.all(|&group| group == first)
            && self.all[first].heading.is_some_and(|heading| names_page(heading.as_str()))
        {
            groups.fill(None);
        }
        groups
    }

    /// The levels that projects and ideas have on this page: the usual ones.
    fn usual_levels(&self, open: &OpenGroups) -> Usual {
        let mut below = [0_u32; LEVELS];
        let mut ideas = [0_u32; LEVELS];
        for (at, section) in self.all.iter().enumerate().filter(|(_, section)| section.idea) {
            ideas[usize::from(section.level)] += 1;
            // The outermost heading may be the page's title, the innermost a component: most ideas lie right below a project.
            if let Some(nearest) = self.plain_groups(open, at).find(|&group| self.all[group].level < section.level) {
                below[usize::from(self.all[nearest].level)] += 1;
            }
        }
        let most =
            |counts: &[u32; LEVELS]| (0..LEVELS).rev().max_by_key(|&level| counts[level]).filter(|&level| counts[level] > 0);
        Usual { project: most(&below), idea: most(&ideas) }
    }

    /// The groups that are open where each section stands. Ideas open and close no group.
    fn open_groups(&self) -> OpenGroups {
        let mut open = OpenGroups { innermost: Vec::with_capacity(self.all.len()), around: vec![None; self.all.len()] };
        let mut innermost = None;
        for (at, section) in self.all.iter().enumerate() {
            let inside_idea = !section.idea && self.idea_above(at).is_some();
            if !section.idea && !inside_idea && section.level > 0 {
                while let Some(group) = innermost.filter(|&group: &usize| self.all[group].level >= section.level) {
                    innermost = open.around[group];
                }
                open.around[at] = innermost;
                innermost = Some(at);
            }
            open.innermost.push(innermost);
        }
        open
    }

    /// The groups that are open where a section stands and that may be projects, innermost first.
    fn plain_groups(&self, open: &OpenGroups, at: usize) -> impl Iterator<Item = usize> {
        let groups = std::iter::successors(open.innermost[at], |&group| open.around[group]);
        groups.filter(|&group| self.all[group].role == Role::Plain)
    }

    fn headings(&self, groups: &[Option<usize>]) -> Vec<Heading<'a>> {
        let is_blank = |node: usize| {
            let next = node + 1;
            self.outline.nodes.get(next).is_none_or(|node| matches!(node.kind, outline::Kind::Heading(_) | outline::Kind::Rule))
        };
        let mut is_group = vec![false; self.all.len()];
        for &group in groups.iter().flatten() {
            is_group[group] = true;
        }
        let heading = |at: usize| {
            let section = &self.all[at];
            let (node, text) = (section.node?, section.heading?);
            let holds = if section.idea {
                Holds::Idea
            } else if is_group[at] {
                Holds::Ideas
            } else if is_blank(node) && self.idea_above(at).is_none() {
                Holds::Nothing
            } else {
                Holds::Else
            };
            Some(Heading {
                node,
                text,
                level: section.level,
                is_name: section.role == Role::Plain,
                holds,
                evidence: section.evidence,
            })
        };
        (0..self.all.len()).filter_map(heading).collect()
    }

    fn drafts(self, groups: &[Option<usize>]) -> Vec<Draft<'a>> {
        let outline = self.outline;
        let projects: Vec<Option<Text<'a>>> = groups.iter().map(|group| self.all[(*group)?].heading).collect();
        let mut drafts: Vec<Draft<'a>> = Vec::new();
        for (section, group) in self.all.into_iter().zip(projects).filter(|(section, _)| section.idea) {
            let named = section.role == Role::Plain && section.title.is_some_and(|title| !title.text.is_empty());
            let titles = section.fields.iter().filter(|field| field.kind == Kind::Title && !field.is_empty(outline)).count();
            let loose: Vec<Text<'a>> = section.loose.iter().map(|&node| outline.text(node).trim()).collect();
            // A page of `Title: …` lines is a list of ideas without headings.
            let chunks = drafts.len();
            let said =
                |kind: Kind| section.fields.iter().any(|field| field.kind == kind && !field.inner && !field.is_empty(outline));
            for field in section.fields.iter().filter(|field| !(field.inner && said(field.kind))) {
                let begins = field.kind == Kind::Title && !field.is_empty(outline) && (titles > 1 || !named);
                if begins || drafts.len() == chunks {
                    let group = if section.named_by_field { section.heading } else { group };
                    drafts.push(Draft { heading: section.node, group, ..Draft::default() });
                }
                if let Some(draft) = drafts.last_mut() {
                    draft.facts.push(Fact::of(field, outline));
                }
            }
            // What stood before the first of several titles belongs to none of them.
            if titles > 0 && !named && drafts[chunks..].first().is_some_and(|draft| !draft.has(Kind::Title)) {
                drafts.remove(chunks);
            }
            if let [only] = &mut drafts[chunks..] {
                only.loose = loose;
                if named {
                    only.title = section.title.map(|title| title.text);
                    only.marker = section.title.and_then(|title| title.marker);
                }
            }
        }
        drafts
    }
}

/// True for a heading that names a programme, or a term, beside whatever else it names.
fn names_page(heading: &str) -> bool {
    Program::find(heading).is_some() || Term::find(heading).is_some()
}

/// The blocks of a page; a list whose items begin with headings (`1. #### Title`) is taken apart.
fn blocks(outline: &Outline) -> Vec<usize> {
    let is_heading = |node: usize| matches!(outline.nodes[node].kind, outline::Kind::Heading(_));
    let mut blocks = Vec::new();
    for block in outline.siblings(0..outline.nodes.len()) {
        let list = outline.nodes[block].kind == outline::Kind::List;
        if list
            && !outline.nodes[block].verbatim
            && outline.children(block).any(|item| outline.children(item).next().is_some_and(is_heading))
        {
            blocks.extend(outline.children(block).flat_map(|item| outline.children(item)));
        } else {
            blocks.push(block);
        }
    }
    blocks
}

/// Where the next heading is, or the page ends.
fn ends_at(outline: &Outline, heading: usize) -> usize {
    let is_heading = |node: &usize| matches!(outline.nodes[*node].kind, outline::Kind::Heading(_));
    (heading + 1..outline.nodes.len()).find(is_heading).unwrap_or(outline.nodes.len())
}

/// A paragraph that is one bold line and no label: "**1. Faster parser**".
fn is_bold_heading(text: Text<'_>) -> bool {
    text.bold_prefix() == Some(text.len()) && text.len() < 160 && fields::label(text, Style::Line).is_none()
}

/// "Faster parser (example)"
fn is_marked_sample(heading: &str) -> bool {
    let inside = heading.strip_suffix(')').and_then(|inner| inner.rsplit_once('('));
    inside.is_some_and(|(_, inside)| Labels::get().heading(inside) == labels::Heading::Sample)
}

/// "Projects", "Topics"; "Project" alone is a label.
fn is_list_of_ideas(heading: &str) -> bool {
    Labels::get().is_container(heading) && !heading.eq_ignore_ascii_case("project")
}

fn head(headline: Headline<'_>) -> Head<'_> {
    let Headline { text, title, role } = headline;
    if role == Role::Void {
        return Head::Section;
    }
    let Some(found) = fields::label(text, Style::Heading) else { return Head::Section };
    let named = !found.value.is_empty();
    match found.kind {
        Kind::Title if named => Head::Title(title),
        // "Project: …" announces an idea or a project, "Project" a list of them.
        Kind::Project | Kind::Title | Kind::Program | Kind::Organization | Kind::Term
            if title.text.as_str() != text.as_str() && named || !named && is_list_of_ideas(text.as_str()) =>
        {
            Head::Section
        }
        Kind::Title | Kind::Website | Kind::Project | Kind::Organization | Kind::Program | Kind::Term | Kind::Updated
            if !named =>
        {
            Head::Label
        }
        Kind::Project | Kind::Organization => Head::Name,
        _ => Head::Field,
    }
}
