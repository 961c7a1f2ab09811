//! Which candidates are ideas: the best set of them that do not overlap.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::labels::{Kind, Labels};
use crate::records::Whole;

use super::Finder;
use super::candidates::{self, Begins, Candidate};
use super::evidence::Tally;
use super::groups::LEVELS;
use super::learn::{self, LabelId};
use super::roles::{self, Role};
use super::weights::Weights;

/// What is known of the candidates before any is chosen.
struct Page<'p> {
    /// See [`Finder::inside_numbered`].
    inside_numbered: Vec<usize>,
    /// Which candidates share their title with another one.
    repeated: Vec<bool>,
    /// See [`Finder::has_bold_titles`].
    bold_titles: bool,
    /// See [`Finder::title_worth`]; asked only of those that state enough, and once.
    title: &'p dyn Fn(usize) -> Option<f32>,
    /// See [`Finder::whole`]; by their lines, in page order.
    whole: Vec<(usize, usize)>,
}

impl Page<'_> {
    /// True for a stretch inside of a section that is one idea as a whole.
    fn is_part(&self, candidate: &Candidate) -> bool {
        let around = self.whole.partition_point(|&(start, _)| start <= candidate.start).checked_sub(1).map(|at| self.whole[at]);
        around.is_some_and(|(start, end)| candidate.start < end && (start < candidate.start || candidate.end < end))
    }
}

/// What the choice before says of the candidates.
struct Round<'c> {
    chosen: &'c [usize],
    siblings: FxHashMap<Begins, Siblings>,
    /// How most ideas begin, and how many.
    usual: Option<(Begins, u32)>,
    /// Which candidates may be ideas although they state nothing.
    bare: Vec<bool>,
    /// There are ideas that are none of the past.
    others_are_open: bool,
}

/// What is known of the siblings of a candidate, once a first choice was made.
#[derive(Default)]
struct Siblings {
    chosen: u32,
    /// How many of the chosen ones have each label.
    labels: FxHashMap<LabelId, u32>,
}

impl Finder<'_, '_> {
    /// The best set of candidates that do not overlap, by their places, in page order.
    pub(super) fn choose(&self, candidates: &[Candidate], tallies: &[Tally]) -> Vec<usize> {
        let known = vec![OnceCell::new(); candidates.len()];
        let title = |at: usize| *known[at].get_or_init(|| self.title_worth(&candidates[at]));
        let titled = |at: usize| title(at).is_some_and(|worth| worth > 0.0);
        let page = Page {
            inside_numbered: self.inside_numbered(),
            repeated: self.repeated_titles(candidates),
            bold_titles: self.has_bold_titles(),
            whole: self.whole(candidates, tallies),
            title: &title,
        };
        let (mut chosen, mut last) = (self.alike(candidates, tallies, page.bold_titles, titled), Vec::new());
        // What the siblings say is known only after a first choice; a second one may find more of them.
        for _ in 0..3 {
            let siblings = siblings(candidates, tallies, &chosen);
            let usual = siblings.iter().map(|(&begins, siblings)| (begins, siblings.chosen)).max_by_key(|&(_, chosen)| chosen);
            let bare = self.bare(candidates, tallies, &chosen);
            let others_are_open = chosen.iter().any(|&at| !self.roles.is_past(candidates[at].start));
            let round = Round { chosen: &chosen, siblings, usual, bare, others_are_open };
            let worth: Vec<Option<f32>> =
                (0..candidates.len()).map(|at| self.worth((&candidates[at], &tallies[at]), at, &page, &round)).collect();
            let mut next = schedule(candidates, &worth);
            next.retain(|&at| title(at).is_some());
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
            let settled = places == chosen;
            (chosen, last) = (places, next);
            if settled {
                break;
            }
        }
        self.untitled(candidates, tallies, &mut last);
        self.announced(candidates, tallies, &mut last);
        self.described(candidates, tallies, &mut last);
        last
    }

    /// The candidates that share the label of a telling fact, or such a fact without one, with two others that begin alike, or with
    /// three if its values tell nothing: whatever else they say, they are records of something.
    fn alike(
        &self,
        candidates: &[Candidate],
        tallies: &[Tally],
        bold_titles: bool,
        titled: impl Fn(usize) -> bool,
    ) -> Vec<usize> {
        use Begins::{Heading, Item, Listed, Row, Summary, Term};
        let weights = Weights::get();
        let is_one = |at: &usize| {
            let (candidate, tally) = (&candidates[*at], &tallies[*at]);
            matches!(candidate.begins, Heading(_) | Summary | Term | Row(_) | Item(1) | Listed)
                && (tally.is_telling() && tally.weight() >= weights.stretch.alike || tally.asks())
                && !self.is_hollow(candidate.start, bold_titles)
                && tally.repeats == 0
                && titled(*at)
        };
        let some: Vec<usize> = (0..candidates.len()).filter(is_one).collect();
        let mut counts: FxHashMap<(Begins, LabelId), Vec<usize>> = FxHashMap::default();
        for &at in &some {
            for label in tallies[at].signs() {
                let starts = counts.entry((candidates[at].begins, label)).or_default();
                if starts.last() != Some(&candidates[at].start) {
                    starts.push(candidates[at].start);
                }
            }
        }
        let shares = |at: &usize| {
            let begins = candidates[*at].begins;
            let least = if tallies[*at].is_telling() { 3 } else { 4 };
            tallies[*at].signs().any(|label| counts[&(begins, label)].len() >= least)
        };
        some.into_iter().filter(shares).collect()
    }

    /// How much a candidate is worth as an idea; `None` if it cannot be one.
    fn worth(&self, (candidate, tally): (&Candidate, &Tally), at: usize, page: &Page<'_>, round: &Round<'_>) -> Option<f32> {
        let weights = Weights::get();
        if self.roles.is_void(candidate.start) || page.is_part(candidate) {
            return None;
        }
        // It is no sibling of its own.
        let siblings = round.siblings.get(&candidate.begins);
        let chosen = round.chosen.binary_search(&at).is_ok();
        let others = siblings.map_or(0, |siblings| siblings.chosen - u32::from(chosen));
        let siblings = siblings.filter(|_| others > 0);
        let agrees = |siblings: &Siblings| tally.labels.iter().any(|label| siblings.labels.contains_key(label));
        if self.lists_people(candidate, tally, others > 2 && !siblings.is_some_and(agrees)) {
            return None;
        }
        let mut facts = tally.weight();
        let enough = if siblings.is_some() { weights.stretch.supported } else { weights.stretch.enough };
        if round.bare[at] && (facts < enough || !tally.states_telling()) {
            facts = facts.max(weights.stretch.bare);
        } else if (facts < enough || !tally.is_telling()) && facts < weights.stretch.enough {
            return None;
        }
        if self.roles.is_invited(candidate.start) && !tally.is_complete() {
            return None;
        }
        // "2025: Dark mode, by Ada Byron (mentor: Bo Chen)" reports what somebody did.
        let is_report = || round.others_are_open && self.roles.is_done(candidate.start);
        if self.roles.is_past(candidate.start)
            && (is_report() || !tally.states_more_than_people() || facts < weights.stretch.enough)
        {
            return None;
        }
        let title = (page.title)(at).or_else(|| self.invites(candidate).then_some(weights.title.generic))?;
        let mut worth = facts + title + begins(candidate.begins) - weights.stretch.cost;
        worth -= weights.stretch.repeated * small(tally.repeats);
        // Where most ideas begin alike, few begin otherwise.
        if round.usual.is_some_and(|(begins, count)| begins != candidate.begins && others * 3 < count) {
            worth += weights.stretch.stranger;
        }
        // "Infrastructure group" over a table of its ideas.
        if tally.holds_row && matches!(candidate.begins, Begins::Heading(_)) {
            worth += weights.stretch.hollow;
        }
        if page.repeated[at] {
            worth += weights.title.repeated;
        }
        if page.inside_numbered.binary_search(&candidate.start).is_ok() {
            worth += weights.stretch.unnumbered;
        }
        // A heading right above another one names a group, unless it has a number.
        if !self.is_numbered(candidate) && self.is_hollow(candidate.start, page.bold_titles) {
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

    /// True for a line that invites ideas beside those it looks like: what stands below it is none, and belongs to no other.
    fn invites(&self, candidate: &Candidate) -> bool {
        let is_line = matches!(candidate.begins, Begins::Bold | Begins::Emphasis | Begins::Item(_));
        let title = candidates::title_part(self.records, candidate).filter(|_| is_line);
        title.is_some_and(|title| roles::of_name(title) == Role::Invitation)
    }

    /// The sections that state enough before their first inner heading, while what stands below it states no fact again or
    /// nowhere enough for an idea: whatever has a heading there is a part of one idea.
    fn whole(&self, candidates: &[Candidate], tallies: &[Tally]) -> Vec<(usize, usize)> {
        let enough = Weights::get().stretch.enough;
        let states_enough = |at: usize| tallies[at].is_telling() && tallies[at].weight() >= enough;
        // Of each section, up to its first inner heading and all of it.
        let mut sections: FxHashMap<usize, (usize, usize)> = FxHashMap::default();
        for (at, candidate) in candidates.iter().enumerate() {
            if !matches!(candidate.begins, Begins::Heading(_)) {
                continue;
            }
            let (first, last) = sections.entry(candidate.start).or_insert((at, at));
            *first = if candidate.end < candidates[*first].end { at } else { *first };
            *last = if candidate.end > candidates[*last].end { at } else { *last };
        }
        // What tells no more than skills and outcomes may be a part of one.
        let begins_line = |begins| matches!(begins, Begins::Heading(_) | Begins::Bold | Begins::Emphasis | Begins::Link);
        let is_rich = |&at: &usize| {
            begins_line(candidates[at].begins)
                && states_enough(at)
                && tallies[at].states_people_or_size()
                && tallies[at].repeats == 0
        };
        let mut rich: Vec<usize> = (0..candidates.len()).filter(is_rich).map(|at| candidates[at].start).collect();
        rich.sort_unstable();
        let holds_ideas = |all: usize| {
            let inside = rich.partition_point(|&start| start <= candidates[all].start);
            rich.get(inside).is_some_and(|&start| start < candidates[all].end)
        };
        let is_one = |&(leaf, all): &(usize, usize)| {
            leaf != all
                && states_enough(leaf)
                && (tallies[all].repeats == 0 && self.roles.opens(candidates[leaf].end).is_some()
                    || tallies[leaf].repeats == 0 && !holds_ideas(all))
        };
        let mut whole: Vec<(usize, usize)> =
            sections.into_values().filter(is_one).map(|(_, all)| (candidates[all].start, candidates[all].end)).collect();
        whole.sort_unstable();
        // Of sections in each other the outermost counts.
        whole.dedup_by(|inner, outer| inner.1 <= outer.1);
        whole
    }

    /// True for a line up to the next heading below which paragraphs begin with questions in bold, several and no others.
    fn answers_questions(&self, candidate: &Candidate) -> bool {
        let lead = |line: usize| {
            let text = self.records.text(line);
            text.bold_prefix().map(|end| text.as_str()[..end].trim_end().ends_with('?'))
        };
        let below =
            (candidate.start + 1..self.records.len()).take_while(|&line| self.roles.opens(line).is_none()).take(MOST_ANSWERS);
        let mut leads = below.filter_map(lead).peekable();
        let first_asks = leads.next() == Some(true);
        first_asks && leads.peek().is_some() && leads.all(|asks| asks)
    }

    /// True for a heading that stands right above a deeper one, or above a bold line where several do.
    fn is_hollow(&self, line: usize, bold_titles: bool) -> bool {
        let Some(level) = self.roles.opens(line) else { return false };
        self.roles.opens(line + 1).map_or(bold_titles && self.is_above_bold(line), |next| next > level)
    }

    fn is_above_bold(&self, line: usize) -> bool {
        line + 1 < self.records.len()
            && self.records.lines[line + 1].alone
            && self.records.lines[line + 1].set == Some(Whole::Strong)
            && candidates::begins_with(self.records, self.roles, Begins::Bold, line + 1)
    }

    /// True if several headings stand right above a bold line, each above another one: groups of ideas.
    fn has_bold_titles(&self) -> bool {
        let headings = (0..self.records.len()).filter(|&line| self.roles.opens(line).is_some());
        headings.filter(|&line| self.is_above_bold(line)).count() > 1
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
                } else if let (Some(_), Some((_, parts))) = (start, hollow.last_mut()) {
                    parts.push(line);
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
        let name = |candidate: &Candidate| Some(learn::id(candidates::title_part(self.records, candidate)?.as_str()));
        // Most lines begin several candidates.
        let mut of_lines: FxHashMap<usize, Option<LabelId>> = FxHashMap::default();
        let mut known = |candidate: &Candidate| match candidate.title.filter(|_| candidate.part.is_none()) {
            Some(line) => *of_lines.entry(line).or_insert_with(|| name(candidate)),
            None => name(candidate),
        };
        let names: Vec<Option<LabelId>> = candidates.iter().map(&mut known).collect();
        let titled =
            || candidates.iter().zip(&names).map(|(candidate, name)| Some((candidate.title?, (candidate.begins, (*name)?))));
        let mut seen: FxHashMap<(Begins, LabelId), Option<usize>> = FxHashMap::default();
        for (line, key) in titled().flatten() {
            // The same line may begin several candidates; and where a title stands twice in a row, it is one.
            let same = |last: usize| last.abs_diff(line) < 2;
            seen.entry(key).and_modify(|last| *last = last.filter(|&last| same(last)).map(|_| line)).or_insert(Some(line));
        }
        titled().map(|title| title.is_some_and(|(_, key)| seen[&key].is_none())).collect()
    }

    pub(super) fn is_numbered(&self, candidate: &Candidate) -> bool {
        candidate.title.is_some_and(|line| candidates::is_numbered(self.records.text(line).as_str()))
    }

    /// The headings of the sections around a line, innermost first.
    pub(super) fn headings_above(&self, line: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.roles.above(line), |&heading| self.roles.above(heading))
    }

    /// Which candidates may be ideas although they state nothing: sections most of whose siblings are ideas, and what is counted with
    /// ideas.
    fn bare(&self, candidates: &[Candidate], tallies: &[Tally], chosen: &[usize]) -> Vec<bool> {
        // Sections below one heading, and in the same way lines that have numbers; items of one list, terms of another, and rows of
        // one table.
        let place = |candidate: &Candidate| match candidate.begins {
            Begins::Heading(_) | Begins::Listed => Some((candidate.begins, self.roles.above(candidate.start))),
            Begins::Item(_) => Some((candidate.begins, self.records.document.container(self.records.item(candidate.start)?))),
            Begins::Row(_) => Some((candidate.begins, None)),
            Begins::Term => Some((candidate.begins, self.records.document.container(self.records.node(candidate.start)))),
            _ => self.is_numbered(candidate).then(|| (candidate.begins, self.roles.above(candidate.start))),
        };
        let mut counts: FxHashMap<_, Counts> = FxHashMap::default();
        let mut folds: FxHashMap<Option<usize>, u32> = FxHashMap::default();
        for &at in chosen {
            if let Some(place) = place(&candidates[at]) {
                let counts = counts.entry(place).or_default();
                counts.chosen += 1;
                counts.numbered += u32::from(self.is_numbered(&candidates[at]));
            }
        }
        // Below one heading, ideas that fold away stand beside those that do not.
        let folded = chosen.iter().filter(|&&at| candidates[at].begins == Begins::Summary);
        for above in folded.map(|&at| self.roles.above(candidates[at].start)) {
            *folds.entry(above).or_default() += 1;
        }
        if counts.is_empty() {
            return vec![false; candidates.len()];
        }
        // What states facts if it goes on is cut too short; a section that states them again holds ideas.
        let telling = candidates.iter().zip(tallies).filter(|(it, tally)| match it.begins {
            Begins::Heading(_) => tally.states_people_or_size() && tally.repeats == 0,
            _ => tally.states_telling(),
        });
        let telling: FxHashSet<(Begins, usize)> = telling.map(|(it, _)| (it.begins, it.start)).collect();
        // A line may begin several candidates.
        let mut known: FxHashSet<(Begins, usize)> = FxHashSet::default();
        for candidate in candidates.iter().filter(|it| self.roles.of(it.start) == Role::Plain) {
            if known.insert((candidate.begins, candidate.start))
                && let Some(counts) = place(candidate).and_then(|place| counts.get_mut(&place))
            {
                counts.all += 1;
            }
        }
        let starts = || chosen.iter().map(|&at| candidates[at].start);
        let (first, last) = (starts().min().unwrap_or(0), starts().max().unwrap_or(0));
        let last_above = self.last_above();
        let is_bare = |(candidate, tally): (&Candidate, &Tally)| {
            let Some(counts) = place(candidate).and_then(|place| counts.get(&place)) else { return false };
            let is_section = matches!(candidate.begins, Begins::Heading(_));
            let folds = folds.get(&self.roles.above(candidate.start)).filter(|_| is_section).map_or(0, |count| *count);
            let most = counts.chosen + folds > 1 && (counts.chosen + folds) * 2 >= counts.all + folds;
            // What stands before all ideas introduces them; what stands behind them without a label says how to go on, unless it is
            // counted as they are, or other matters have sections of their own.
            let is_counted = || counts.numbered == counts.chosen && self.is_numbered(candidate);
            let is_among_ideas = self.is_before_others(candidate, &last_above);
            let is_listed = || matches!(candidate.begins, Begins::Item(_) | Begins::Row(_) | Begins::Term);
            // Few are left out, then.
            let are_nearly_all = (counts.all - counts.chosen.min(counts.all)) * 3 <= counts.all;
            let may_follow = || !tally.labels.is_empty() || is_counted() || are_nearly_all && (is_listed() || is_among_ideas);
            let is_between = candidate.start >= first && (candidate.start <= last || may_follow());
            let is_cut_short = || telling.contains(&(candidate.begins, candidate.start));
            most && is_between
                && self.names_idea(candidate, is_among_ideas)
                && self.is_described(candidate, tally)
                && !self.answers_questions(candidate)
                && !is_cut_short()
        };
        candidates.iter().zip(tallies).map(is_bare).collect()
    }

    /// True if the title of a candidate that states nothing may be that of an idea.
    fn names_idea(&self, candidate: &Candidate, is_among_ideas: bool) -> bool {
        let Some((line, said)) = candidate.title.zip(candidates::title_part(self.records, candidate)) else { return false };
        let (labels, said) = (Labels::get(), said.as_str());
        // "Questions we get" beside ideas that state facts; but "Replace our old site" where there are only ideas.
        let addresses = if is_among_ideas { labels.begins_with_address(said) } else { labels.addresses(said) };
        let is_name = self.roles.of(line) == Role::Plain || self.records.kind(line) == Some(Kind::Title);
        is_name && !labels.announces_more(said) && !addresses
    }

    /// True if there is more than the title: text below it, behind it in an item if it is bold there, or in another cell of its row.
    fn is_described(&self, candidate: &Candidate, tally: &Tally) -> bool {
        let is_text = |line: usize| self.records.value(line).as_str().split(' ').nth(SHORT).is_some();
        match candidate.begins {
            Begins::Item(_) => self.records.text(candidate.start).bold_prefix().is_some() && is_text(candidate.start),
            Begins::Row(_) => (candidate.start + 1..candidate.end).any(is_text),
            _ => tally.text > 0,
        }
    }

    /// True for a section below another one, where other matters have sections above its level behind it.
    fn is_before_others(&self, candidate: &Candidate, last_above: &[usize; LEVELS]) -> bool {
        let own = self.roles.opens(candidate.start).filter(|_| self.roles.above(candidate.start).is_some());
        own.and_then(|own| last_above.get(usize::from(own))).is_some_and(|&last| last > candidate.start)
    }

    /// For each level of headings the last line that has one above that level, and announces no more ideas.
    fn last_above(&self) -> [usize; LEVELS] {
        let mut last = [0; LEVELS];
        for line in 0..self.records.len() {
            let is_other = || !Labels::get().is_container(self.records.text(line).as_str());
            if let Some(level) = self.records.level(line).filter(|_| is_other()) {
                last.iter_mut().skip(usize::from(level) + 1).for_each(|last| *last = line);
            }
        }
        last
    }
}

/// What has so many words or fewer describes nothing.
const SHORT: usize = 5;

/// How many there are beside each other.
#[derive(Default)]
struct Counts {
    all: u32,
    chosen: u32,
    /// Those of the chosen that have numbers.
    numbered: u32,
}

fn begins(begins: Begins) -> f32 {
    let weights = &Weights::get().begins;
    match begins {
        Begins::Heading(_) => weights.heading,
        Begins::Bold => weights.bold,
        Begins::Emphasis => weights.emphasis,
        Begins::Summary => weights.summary,
        Begins::Term => weights.term,
        Begins::Item(_) | Begins::Pair => weights.item,
        Begins::Card => weights.card,
        Begins::Row(_) => weights.row,
        Begins::Link => weights.link,
        Begins::LoneItem => weights.lone_item,
        Begins::Listed => weights.listed,
        Begins::TitleLabel => weights.title_label,
        Begins::Restart => weights.restart,
        Begins::Page => weights.page,
    }
}

/// So many lines of answers to questions are looked at.
const MOST_ANSWERS: usize = 64;

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
