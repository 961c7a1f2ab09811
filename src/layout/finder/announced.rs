//! Ideas of which the page states no facts: whatever stands again and again below "Project ideas".

use std::cell::LazyCell;
use std::cmp::{Reverse, max_by_key};
use std::collections::BTreeMap;
use std::iter::successors;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::labels::{Heading, Kind, Labels};

use crate::records::LONGEST_TITLE;

use super::super::title;
use super::Finder;
use super::candidates::{self, Begins, Candidate};
use super::contents;
use super::evidence::Tally;
use super::grades::Grades;
use super::roles::Role;
use super::weights::Weights;

/// An item with more words before its first full stop is text, also on a page where nothing else states facts.
const LONG: usize = 25;

/// How many paragraphs below a heading may say for whom it is.
const INTRODUCTION: usize = 8;

/// Within how many lines a page with grades says that they are grades of ideas.
const BEGINNING: usize = 8;

/// The headings of a page that lists ideas.
#[derive(Default)]
struct Outline {
    /// The first one.
    page: Option<usize>,
    /// See [`Finder::group_headings`].
    groups: FxHashSet<usize>,
    /// See [`Finder::offers`].
    offers: FxHashSet<usize>,
}

impl Finder<'_, '_> {
    /// Adds to the chosen ideas, which are in page order, stretches between the same labels that nothing names, where
    /// each says all that an idea does.
    pub(super) fn untitled(&self, candidates: &[Candidate], tallies: &[Tally], chosen: &mut Vec<usize>) {
        let nameless = |candidate: &Candidate| candidate.title.is_none() && candidate.begins == Begins::Restart;
        // A sentence before the first of them is not its title.
        let is_sentence = |candidate: &Candidate| {
            candidate.begins == Begins::Restart
                && candidate.title.is_some()
                && self.title_worth(candidate).is_some_and(|worth| worth < 0.0)
        };
        let mut starts: Vec<usize> = candidates.iter().filter(|one| nameless(one)).map(|one| one.start).collect();
        starts.sort_unstable();
        let is_inside = |candidate: &Candidate| {
            let next = starts.partition_point(|&start| start < candidate.start);
            starts.get(next).is_some_and(|&start| start < candidate.end)
        };
        chosen.retain(|&at| !(is_sentence(&candidates[at]) && is_inside(&candidates[at])));
        let is_one = |&at: &usize| {
            let candidate = &candidates[at];
            let before = chosen.partition_point(|&at| candidates[at].start < candidate.end);
            let free = before.checked_sub(1).is_none_or(|last| candidates[chosen[last]].end <= candidate.start);
            nameless(candidate) && tallies[at].is_complete() && free && !self.roles.is_void(candidate.start)
        };
        let mut found: Vec<usize> = (0..candidates.len()).filter(is_one).collect();
        found.sort_by_key(|&at| candidates[at].start);
        found.dedup_by(|later, first| candidates[*later].start < candidates[*first].end);
        if found.len() > 2 {
            chosen.extend(found);
            chosen.sort_by_key(|&at| candidates[at].start);
        }
    }

    /// Adds to the chosen ideas, which are in page order, the sections that have the titles of rows and only text: what the
    /// rows state is said of them.
    pub(super) fn described(&self, candidates: &[Candidate], tallies: &[Tally], chosen: &mut Vec<usize>) {
        let title = |candidate: &Candidate| candidates::title_part(self.records, candidate);
        let is_row = |at: &&usize| matches!(candidates[**at].begins, Begins::Row(_));
        let count = chosen.iter().filter(is_row).count();
        let titles = chosen.iter().filter(is_row).filter_map(|&at| title(&candidates[at]));
        let rows: FxHashSet<String> = titles
            .flat_map(|title| [Some(contents::letters(title::read(title).text.as_str())), contents::target(title)])
            .flatten()
            .collect();
        let is_named = |candidate: &Candidate| {
            let Some(title) = title(candidate) else { return false };
            contents::names(self.records.document, self.records.node(candidate.start), title).any(|name| rows.contains(&name))
        };
        let is_one = |&at: &usize| {
            let candidate = &candidates[at];
            let before = chosen.partition_point(|&at| candidates[at].start < candidate.end);
            matches!(candidate.begins, Begins::Heading(_))
                && tallies[at].text > 0
                && before.checked_sub(1).is_none_or(|last| candidates[chosen[last]].end <= candidate.start)
                && is_named(candidate)
        };
        let mut found: Vec<usize> = if count > 1 { (0..candidates.len()).filter(is_one).collect() } else { Vec::new() };
        found.sort_by_key(|&at| (candidates[at].start, Reverse(candidates[at].end)));
        found.dedup_by(|later, first| candidates[*later].start < candidates[*first].end);
        chosen.extend(found);
        chosen.sort_by_key(|&at| candidates[at].start);
    }

    /// Adds to the chosen ideas, which are in page order, what stands again and again below a heading that announces ideas, each
    /// with a text.
    pub(super) fn announced(&self, candidates: &[Candidate], tallies: &[Tally], chosen: &mut Vec<usize>) {
        let is_chosen = |candidate: &Candidate| {
            let before = chosen.partition_point(|&at| candidates[at].start < candidate.end);
            before.checked_sub(1).is_some_and(|at| candidates[chosen[at]].end > candidate.start)
        };
        let letters = |candidate: &Candidate| Some(contents::letters(candidates::title_part(self.records, candidate)?.as_str()));
        let told = LazyCell::new(|| {
            let ideas = chosen.iter().filter_map(|&at| letters(&candidates[at]));
            ideas.chain(self.repeated_headings()).collect::<FxHashSet<String>>()
        });
        let is_idea = |&at: &usize| {
            let candidate = &candidates[at];
            self.tells(candidate, &tallies[at], chosen.is_empty())
                && !(matches!(candidate.begins, Begins::Heading(_)) && self.offers(candidate.start))
                && !is_chosen(candidate)
                && letters(candidate).is_none_or(|title| !told.contains(&title))
        };
        let mut found: Vec<usize> = Vec::new();
        let lists = self.lists(candidates, chosen);
        // "Parser projects" beside "Renderer projects": few below each, but several below all.
        let family = |&(begins, above): &(Begins, usize)| (begins, self.roles.opens(above), self.roles.above(above));
        let mut members: FxHashMap<_, usize> = FxHashMap::default();
        for (key, list) in &lists {
            *members.entry(family(key)).or_default() += list.values().filter(|at| is_idea(at)).count();
        }
        for (key, list) in lists {
            let own = list.values().filter(|at| is_idea(at)).count();
            if members[&family(&key)] > 2 && own * 3 >= list.len() * 2 {
                // Beside ideas, a long sentence is one, too, and so is a long title that is a link.
                let may_be_long = |at: usize| {
                    let least = match candidates[at].begins {
                        Begins::Item(_) => f32::MIN,
                        Begins::Link => Weights::get().title.long,
                        _ => return false,
                    };
                    !is_chosen(&candidates[at]) && self.title_worth(&candidates[at]).is_some_and(|worth| worth >= least)
                };
                let is_one = |at: &usize| is_idea(at) || may_be_long(*at);
                found.extend(list.into_values().filter(is_one));
            }
        }
        found.sort_by_key(|&at| (candidates[at].start, Reverse(candidates[at].end)));
        found.dedup_by(|later, first| candidates[*later].start < candidates[*first].end);
        chosen.extend(found);
        chosen.sort_by_key(|&at| candidates[at].start);
    }

    /// What begins alike below a heading that announces ideas, by where it begins; of several stretches from one line
    /// the longest.
    fn lists(&self, candidates: &[Candidate], chosen: &[usize]) -> FxHashMap<(Begins, usize), BTreeMap<usize, usize>> {
        // Lists among facts belong to ideas whose titles are not on the page; stretches have theirs inside.
        let mut stating: FxHashMap<usize, u32> = FxHashMap::default();
        for line in 0..self.records.len() {
            let Some(above) = self.roles.above(line) else { continue };
            if self.records.kind(line).is_some_and(Kind::is_telling) {
                *stating.entry(above).or_default() += 1;
            }
        }
        // One fact alone is said of all: whom to write to.
        stating.retain(|_, facts| *facts > 1);
        // What is listed above the ideas themselves introduces them.
        let above = |line| self.roles.above(line);
        let introducing: FxHashSet<usize> =
            chosen.iter().flat_map(|&at| successors(above(candidates[at].start), |&heading| above(heading))).collect();
        let headings: Vec<usize> = (0..self.records.len()).filter(|&line| self.records.level(line).is_some()).collect();
        // Beside ideas that state facts, sections without any are guidance.
        let outline = if chosen.is_empty() { self.outline(&headings) } else { Outline::default() };
        // The lists below all grades are one.
        let grades = self.roles.grades();
        let first = grades.lines().next().filter(|_| self.are_offered(grades));
        let scale = |line: usize| grades.over(line).and(first);
        let leads = if chosen.is_empty() { self.leads() } else { FxHashMap::default() };
        let groups = if chosen.is_empty() { self.list_groups(&headings, &outline) } else { FxHashMap::default() };
        let right_above = |line: usize| headings[..headings.partition_point(|&heading| heading < line)].last().copied();
        let is_lead = |line: usize| self.records.level(line).is_none();
        let mut lists: FxHashMap<_, BTreeMap<usize, usize>> = FxHashMap::default();
        for (at, candidate) in candidates.iter().enumerate() {
            let above = match candidate.begins {
                Begins::Heading(_) if chosen.is_empty() && !outline.groups.contains(&candidate.start) => {
                    self.list_around(candidate, &outline).filter(|_| !groups.get(&candidate.start).is_some_and(|&(_, sure)| sure))
                }
                // "Maps" over a list of what to do about them; sentences have remarks below.
                Begins::Item(2) if chosen.is_empty() && self.is_name_over_list(candidate.start) => right_above(candidate.start),
                Begins::Item(1) if scale(candidate.start).is_some() => scale(candidate.start),
                Begins::Item(1) if leads.contains_key(&candidate.start) => leads.get(&candidate.start).copied(),
                Begins::Row(_) if chosen.is_empty() && self.names_ideas(candidate) => right_above(candidate.start),
                // A list belongs to the heading right above it, be it only a label.
                Begins::Item(1) | Begins::Link | Begins::Bold | Begins::Pair => {
                    let above = right_above(candidate.start);
                    let group = above.and_then(|above| groups.get(&above));
                    group.filter(|_| matches!(candidate.begins, Begins::Item(_))).map(|&(over, _)| over).or(above)
                }
                _ => None,
            };
            // Pairs are no list among facts, whatever the page's menu looks like.
            let pairs = candidate.begins == Begins::Pair && chosen.is_empty();
            let announces =
                |above: usize| first == Some(above) || is_lead(above) || self.announces(above) || outline.offers.contains(&above);
            let free = |above: usize| match candidate.begins {
                Begins::Heading(_) | Begins::Bold => !introducing.contains(&above),
                _ => pairs || !stating.contains_key(&above) && !introducing.contains(&above),
            };
            let Some(above) = above.filter(|&above| free(above) && announces(above)) else {
                continue;
            };
            let list = lists.entry((candidate.begins, above)).or_default();
            list.entry(candidate.start).and_modify(|last| *last = max_by_key(*last, at, |&at| candidates[at].end)).or_insert(at);
        }
        lists
    }

    /// True for a row below "Topic", "Project idea": a column that is there for the names of ideas.
    fn names_ideas(&self, candidate: &Candidate) -> bool {
        let head = candidate.title.and_then(|line| self.records.label(line)).map_or("", |label| label.label.as_str());
        Labels::get().names_idea(head) && Labels::get().of_person(head).is_none()
    }

    /// True for an inner item below a single word.
    fn is_name_over_list(&self, line: usize) -> bool {
        let outer = self.outer_item(line).filter(|&outer| self.records.lines[outer].first);
        outer.is_some_and(|outer| !self.records.text(outer).as_str().trim().contains(' '))
    }

    /// The headings of groups that hold nothing but lists, below one that announces ideas, with that one: "Maps" over "Draw a map
    /// of all finds". It is sure that they name no ideas themselves where the items have titles and texts of their own.
    fn list_groups(&self, headings: &[usize], outline: &Outline) -> FxHashMap<usize, (usize, bool)> {
        let mut groups: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        let mut others: FxHashMap<usize, usize> = FxHashMap::default();
        let (mut items, mut titled) = (0, 0);
        for (at, &heading) in headings.iter().enumerate().filter(|&(_, &heading)| self.roles.opens(heading).is_some()) {
            // The title of the page may stand on the level of its sections.
            let beside = outline.page.filter(|&page| page < heading && self.roles.opens(page) == self.roles.opens(heading));
            let Some(over) = self.roles.above(heading).or(beside) else { continue };
            if !(self.announces(over) || outline.offers.contains(&over)) {
                continue;
            }
            let end = headings.get(at + 1).copied().unwrap_or(self.records.len());
            let listed = |line: &usize| self.records.lines[*line].lists > 0;
            let is_group = self.roles.of(heading) == Role::Plain
                && !Labels::get().addresses(self.records.text(heading).as_str())
                && (heading + 1..end).take(2).any(|line| listed(&line))
                && (heading + 2..end).all(|line| listed(&line));
            if !is_group {
                *others.entry(over).or_default() += 1;
                continue;
            }
            groups.entry(over).or_default().push(heading);
            for line in (heading + 1..end).filter(|&line| self.records.lines[line].lists == 1 && self.records.lines[line].first) {
                let text = self.records.text(line);
                items += 1;
                titled += usize::from(text.bold_prefix().is_some() || candidates::before_mark(text).is_some());
            }
        }
        let are_few = |over: &usize, of: usize| others.get(over).is_none_or(|others| others * 2 <= of);
        groups.retain(|over, groups| groups.len() > 1 && are_few(over, groups.len()));
        let sure = titled * 3 >= items * 2;
        groups.into_iter().flat_map(|(over, groups)| groups.into_iter().map(move |group| (group, (over, sure)))).collect()
    }

    /// The heading that announces what a section is: the one above it; above a group, or above the sections that go on beside the
    /// title of the page, that of the page.
    fn list_around(&self, candidate: &Candidate, outline: &Outline) -> Option<usize> {
        let above = self.roles.above(candidate.start);
        let Some(page) = outline.page.filter(|&page| page < candidate.start) else { return above };
        match above {
            Some(group) if self.announces(group) || outline.offers.contains(&group) => Some(group),
            Some(group) if outline.groups.contains(&group) => {
                self.headings_above(group).find(|&outer| outer == page).or((self.roles.above(group).is_none()).then_some(page))
            }
            None if self.roles.opens(candidate.start) == self.roles.opens(page) => Some(page),
            above => above,
        }
    }

    /// The headings right above others, and those above several where that is so of most headings beside them.
    fn group_headings(&self) -> FxHashSet<usize> {
        let headings = || (0..self.records.len()).filter(|&line| self.roles.opens(line).is_some());
        let mut inner: FxHashMap<usize, u32> = FxHashMap::default();
        for above in headings().filter_map(|line| self.roles.above(line)) {
            *inner.entry(above).or_default() += 1;
        }
        let several = |line: usize| inner.get(&line).is_some_and(|&count| count > 1);
        let place = |line: usize| (self.roles.opens(line), self.roles.above(line));
        let plain = || headings().filter(|&line| self.roles.of(line) == Role::Plain);
        let mut counts: FxHashMap<_, (u32, u32)> = FxHashMap::default();
        for line in plain() {
            let (all, over) = counts.entry(place(line)).or_default();
            *all += 1;
            *over += u32::from(several(line));
        }
        let is_one = |&line: &usize| {
            let (all, over) = counts[&place(line)];
            let right_above = self.roles.opens(line + 1).is_some_and(|next| Some(next) > self.roles.opens(line));
            right_above || several(line) && over > 1 && over * 2 > all
        };
        plain().filter(is_one).collect()
    }

    /// Which headings offer ideas, and which name groups where the first one does: "Future projects", "Ideas for Lantern".
    fn outline(&self, headings: &[usize]) -> Outline {
        let first = headings.iter().copied().find(|&line| self.roles.opens(line).is_some() && !self.roles.is_void(line));
        let page = first.filter(|&first| self.offers(first));
        let offers = headings.iter().copied().filter(|&heading| self.offers(heading)).collect();
        Outline { page, groups: page.map(|_| self.group_headings()).unwrap_or_default(), offers }
    }

    /// True for a heading over "ideas", or over "projects" and "tasks" of which it is said, there or right below, that they are
    /// for others to take up.
    fn offers(&self, heading: usize) -> bool {
        let (labels, said) = (Labels::get(), self.records.text(heading).as_str());
        if labels.is_past(said) || matches!(self.roles.of(heading), Role::Invitation | Role::Sample) {
            return false;
        }
        let (mut blocks, mut last) = (0, None);
        let below = (heading + 1..self.records.len()).take_while(|&line| {
            let block = Some(self.records.node(line));
            blocks += usize::from(std::mem::replace(&mut last, block) != block);
            self.roles.opens(line).is_none() && blocks <= INTRODUCTION
        });
        let is_offered = || {
            let mut texts = std::iter::once(said).chain(below.map(|line| self.records.text(line).as_str()));
            texts.any(|text| labels.offers(text))
        };
        labels.names_ideas(said) || labels.names_work(said) && (labels.names_future(said) || is_offered())
    }

    /// True for grades of ideas: where what stands before the first of them speaks of ideas.
    fn are_offered(&self, grades: &Grades) -> bool {
        let labels = Labels::get();
        let speaks = |line: usize| {
            let said = self.records.text(line).as_str();
            labels.offers(said) || self.records.level(line).is_some() && labels.names_work(said)
        };
        (0..grades.lines().next().unwrap_or(0).min(BEGINNING)).any(speaks)
    }

    /// The items of lists to which the line right above leads, with that line: "Suggested projects include:".
    fn leads(&self) -> FxHashMap<usize, usize> {
        let mut leads = FxHashMap::default();
        let mut lead = None;
        for line in 1..self.records.len() {
            let (before, here) = (&self.records.lines[line - 1], &self.records.lines[line]);
            if here.lists == 0 {
                lead = None;
            } else if before.lists == 0 {
                lead = Some(line - 1).filter(|&before| self.leads_to_ideas(before));
            }
            if let Some(lead) = lead.filter(|_| here.lists == 1 && here.first) {
                leads.insert(line, lead);
            }
        }
        leads
    }

    /// True for a line that ends in a colon and speaks of ideas which somebody may take up.
    fn leads_to_ideas(&self, line: usize) -> bool {
        let (labels, said) = (Labels::get(), self.records.text(line).as_str());
        // "Some project ideas:" may be read as a label.
        let is_label = self.records.kind(line).is_some_and(|kind| kind != Kind::Project);
        let ends = said.trim_end().ends_with(':') && self.records.level(line).is_none() && !is_label;
        let heading = self.roles.above(line).map_or("", |heading| self.records.text(heading).as_str());
        let is_offered = || {
            labels.is_container(said)
                || self.roles.above(line).is_some_and(|heading| self.announces(heading))
                || labels.names_future(said)
                || labels.names_future(heading)
                || labels.names_work(said) && labels.offers(said)
        };
        ends && (labels.names_ideas(said) || labels.names_work(said))
            && !self.roles.is_past(line)
            && !self.roles.is_invited(line)
            && is_offered()
    }

    /// The headings that return, by their letters: they name groups, or parts.
    fn repeated_headings(&self) -> impl Iterator<Item = String> {
        let mut seen = FxHashSet::default();
        let headings = (0..self.records.len()).filter(|&line| self.roles.opens(line).is_some());
        let headings = headings.map(|line| contents::letters(self.records.text(line).as_str()));
        headings.filter(move |title| !seen.insert(title.clone()))
    }

    /// True for a heading that announces ideas: "Project ideas", "Projects for summer 2026", "Explanation of ideas".
    pub(super) fn announces(&self, heading: usize) -> bool {
        let (labels, said) = (Labels::get(), self.records.text(heading).as_str());
        // Asked for whatever stands below it.
        if said.len() > LONGEST_TITLE {
            return false;
        }
        let announces = match self.roles.of(heading) {
            Role::Container => labels.lists(said),
            // "Parser projects" may be the name of a group, and "How to find ideas" is no list of them.
            Role::Plain | Role::Part => {
                let mut words = said.split_whitespace();
                words.any(|word| labels.announces_more(word) && labels.kind(word).is_none()) && !labels.addresses(said)
            }
            _ => false,
        };
        announces && !labels.is_past(said) && labels.heading(said) != Heading::Invitation
    }

    /// True for a plain title with a text of its own; `alone`: no idea of the page states facts.
    pub(super) fn tells(&self, candidate: &Candidate, tally: &Tally, alone: bool) -> bool {
        let Some(line) = candidate.title else { return false };
        let Some(title) = candidates::title_part(self.records, candidate) else { return false };
        let said = title.as_str();
        let weights = &Weights::get().title;
        // A name of one word is a title if the line says more of it.
        let words = self.records.text(line).as_str().split_whitespace().count();
        let item = matches!(candidate.begins, Begins::Item(_));
        // Items may be short sentences: "Add new labs to the project."
        let least = match candidate.begins {
            Begins::Item(_) if words < 15 || alone && said.split_whitespace().count() < LONG => weights.sentence,
            Begins::Pair => weights.long,
            _ => weights.plain,
        };
        let titled = self.title_worth(candidate).is_some_and(|worth| worth >= least && (words > 1 || worth >= weights.plain));
        let text = tally.text > 0
            || candidate.begins == Begins::Pair
            || item && words > 1
            || title.len() < self.records.text(line).len();
        // "Night sale: for those who come late" speaks to nobody before its colon.
        let named = &said[..candidates::before_mark(title).filter(|_| item).unwrap_or(said.len())];
        titled && text && !Labels::get().addresses(named) && !Labels::get().announces_more(named)
    }
}
