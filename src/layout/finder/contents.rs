//! Tables of contents: the titles of ideas that stand nowhere else, and the groups that no heading names.

use std::collections::HashMap;

use crate::document::{Document, Kind};
use crate::labels::Labels;
use crate::prose::Text;
use crate::records::Records;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::draft::Draft;
use super::super::title;
use super::learn::{self, LabelId};
use super::roles::{self, Role, Roles};

/// A link of a table of contents: its line, and its bytes there.
type Entry = (usize, usize, usize);

/// The titles that a table of contents before the first of some stretches gives them, in their order; `end` is the end of
/// the last. `untitled`: nothing that could be a title stands before them.
///
/// The entries must be as many as the stretches; else those belong together that share words, in the order of both.
pub(super) fn titles(
    records: &Records<'_>,
    roles: &Roles,
    starts: &[usize],
    end: usize,
    untitled: bool,
) -> Option<Vec<Option<Entry>>> {
    let text = |&(line, start, end): &Entry| records.text(line).cut(start..end);
    let runs = entries(records, roles, starts[0]);
    log::trace!(
        "{} stretches, runs of entries: {:?}, titled {}",
        starts.len(),
        runs.iter().map(Vec::len).collect::<Vec<_>>(),
        !untitled
    );
    if let Some(run) = runs.iter().find(|run| run.len() == starts.len())
        && untitled
    {
        return Some(run.iter().copied().map(Some).collect());
    }
    let run = runs.iter().max_by_key(|run| run.len()).filter(|run| run.len() > 2 && run.len() <= MOST_ENTRIES)?;
    let shared = Shared::of(records, starts, end);
    let titles = shared.align(&run.iter().map(|entry| text(entry).as_str()).collect::<Vec<_>>());
    let named = titles.iter().flatten().count();
    let titles: Vec<Option<Entry>> = titles.into_iter().map(|at| at.map(|at| run[at])).collect();
    (named * 3 >= starts.len() * 2 && named > 1).then_some(titles)
}

/// The lines that a table of contents names, most of its entries at least, in page order: titles, although no heading says so.
pub(super) fn named_lines(records: &Records<'_>, roles: &Roles) -> Vec<usize> {
    let id = |text: Text<'_>| learn::id(text.as_str());
    let runs = entries(records, roles, records.len());
    if runs.iter().all(|run| run.len() < 3) {
        return Vec::new();
    }
    let listing: FxHashSet<usize> = runs.iter().flatten().map(|entry| entry.0).collect();
    let is_line = |&line: &usize| {
        records.lines[line].alone && records.level(line).is_none() && records.label(line).is_none() && !listing.contains(&line)
    };
    let mut lines: FxHashMap<LabelId, Vec<usize>> = FxHashMap::default();
    for line in (0..records.len()).filter(is_line) {
        lines.entry(id(records.text(line))).or_default().push(line);
    }
    let named = |run: &[Entry]| -> Vec<usize> {
        let found = run.iter().filter_map(|&(line, start, end)| lines.get(&id(records.text(line).cut(start..end))));
        found.filter(|lines| lines.len() == 1).flatten().copied().collect()
    };
    let found = runs.iter().filter(|run| run.len() > 2).map(|run| (run.len(), named(run)));
    let most = found.filter(|(all, named)| named.len() > 2 && named.len() * 2 > *all).max_by_key(|(_, named)| named.len());
    let mut starts = most.map(|(_, named)| named).unwrap_or_default();
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// No list of titles is longer.
const MOST_ENTRIES: usize = 400;

/// The runs of entries before a line: lines of nothing but links that name no section of the page, and nothing that is no
/// idea. A run in several blocks is told block by block, too.
fn entries(records: &Records<'_>, roles: &Roles, before: usize) -> Vec<Vec<Entry>> {
    let headings: FxHashSet<LabelId> = (0..records.len())
        .filter(|&line| roles.opens(line).is_some())
        .map(|line| learn::id(records.text(line).as_str()))
        .collect();
    let mut runs: Vec<Vec<Entry>> = vec![Vec::new()];
    for line in 0..before {
        let text = records.text(line);
        let covered: usize = text.links().map(|(range, _)| range.len()).sum();
        if covered == 0 || covered * 5 < text.len() * 4 {
            runs.push(Vec::new());
            continue;
        }
        let mut links = text.links().map(|(range, _)| range).peekable();
        while let Some(range) = links.next() {
            // The title may go on behind the link.
            let next = links.peek().map_or(text.len(), |next| next.start);
            let entry = text.cut(range.start..next.max(range.end)).trim();
            let range = entry.offset_in(text)..entry.offset_in(text) + entry.len();
            if roles::of_name(entry) == Role::Plain && !headings.contains(&learn::id(entry.as_str())) {
                runs.last_mut().map(|run| run.push((line, range.start, range.end))).unwrap_or_default();
            }
        }
    }
    let block = |entry: &Entry| records.node(entry.0);
    let blocks: Vec<Vec<Entry>> =
        runs.iter().flat_map(|run| run.chunk_by(|a, b| block(a) == block(b)).map(<[_]>::to_vec)).collect();
    runs.extend(blocks.into_iter().filter(|block| block.len() > 1));
    runs.retain(|run| !run.is_empty());
    for run in &mut runs {
        drop_page_numbers(records, run);
    }
    runs
}

/// Cuts off the number that every entry of a run ends with, if none is less than the one before: "Faster indexing 4", "Dark mode
/// 6". "Project 1" and "Project 2" differ in nothing else, and keep theirs.
fn drop_page_numbers(records: &Records<'_>, run: &mut [Entry]) {
    let numbered = |&(line, start, end): &Entry| {
        let (title, number) = records.text(line).as_str()[start..end].rsplit_once(|c: char| c.is_whitespace() || c == '.')?;
        let title = title.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '…'));
        Some((start + title.len(), number.parse::<u32>().ok()?)).filter(|_| !title.is_empty())
    };
    let Some(cuts) = run.iter().map(numbered).collect::<Option<Vec<_>>>() else { return };
    let titles: FxHashSet<&str> =
        run.iter().zip(&cuts).map(|(&(line, start, _), &(end, _))| &records.text(line).as_str()[start..end]).collect();
    if cuts.len() > 2 && titles.len() == run.len() && cuts.is_sorted_by_key(|&(_, number)| number) {
        for (entry, (end, _)) in run.iter_mut().zip(cuts) {
            entry.2 = end;
        }
    }
}

/// Which words stand in which of some stretches.
struct Shared {
    /// For each word the stretches that hold it, in order.
    words: FxHashMap<String, Vec<usize>>,
    stretches: usize,
}

impl Shared {
    fn of(records: &Records<'_>, starts: &[usize], end: usize) -> Self {
        let mut all: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let ends = starts.iter().skip(1).copied().chain([end]);
        for (at, (&start, end)) in starts.iter().zip(ends).enumerate() {
            for line in start..end {
                for word in words(records.text(line).as_str()) {
                    let of = all.entry(word).or_default();
                    if of.last() != Some(&at) {
                        of.push(at);
                    }
                }
            }
        }
        Shared { words: all, stretches: starts.len() }
    }

    /// For each stretch the title that belongs to it, if one does: those pairs, in the order of both, that share most. A
    /// word that stands everywhere says little.
    fn align(&self, titles: &[&str]) -> Vec<Option<usize>> {
        let width = self.stretches + 1;
        let mut best = vec![0.0_f32; (titles.len() + 1) * width];
        let mut shared = vec![0.0_f32; titles.len() * self.stretches];
        for (at, title) in titles.iter().enumerate() {
            for of in words(title).filter_map(|word| self.words.get(&word)) {
                let weight = 1.0 / f32::from(u16::try_from(of.len()).unwrap_or(u16::MAX));
                for &stretch in of {
                    shared[at * self.stretches + stretch] += weight;
                }
            }
        }
        for at in 0..titles.len() {
            for stretch in 0..self.stretches {
                let taken = best[at * width + stretch] + shared[at * self.stretches + stretch];
                let without = best[at * width + stretch + 1].max(best[(at + 1) * width + stretch]);
                best[(at + 1) * width + stretch + 1] = taken.max(without);
            }
        }
        let mut found = vec![None; self.stretches];
        let (mut at, mut stretch) = (titles.len(), self.stretches);
        while at > 0 && stretch > 0 {
            let here = best[at * width + stretch];
            if here <= best[(at - 1) * width + stretch] {
                at -= 1;
            } else if here <= best[at * width + stretch - 1] {
                stretch -= 1;
            } else {
                (at, stretch) = (at - 1, stretch - 1);
                found[stretch] = Some(at);
            }
        }
        found
    }
}

/// The words of a text that say what it is about, in lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3).map(str::to_lowercase)
}

/// Files ideas without a project under the group that the page's table of contents names for them.
pub(super) fn file_under<'a>(document: &'a Document, drafts: &mut [Draft<'a>]) {
    if drafts.iter().all(|draft| draft.group.is_some()) {
        return;
    }
    let groups = groups(document);
    if groups.is_empty() {
        return;
    }
    for draft in drafts.iter_mut().filter(|draft| draft.group.is_none()) {
        draft.group = draft.title.and_then(|title| groups.get(&letters(title.as_str())).copied());
    }
}

/// The group of each entry, by the letters of its anchor and of its text.
fn groups(document: &Document) -> HashMap<String, Text<'_>> {
    let mut groups = HashMap::new();
    for list in (1..document.nodes.len()).filter(|&node| document.nodes[node].kind == Kind::List) {
        // The text of the item around the list.
        let name = list - 1;
        let text = document.text(name).trim();
        let around =
            name.checked_sub(1).is_some_and(|item| document.nodes[item].kind == Kind::Item && document.nodes[item].end() > list);
        if document.nodes[name].kind != Kind::Paragraph || !around {
            continue;
        }
        // An entry that leads somewhere itself is a heading of the page, and the headings have spoken.
        let group = group_name(text);
        if text.links().next().is_some() || group.is_empty() || group.len() > 60 || Labels::get().is_container(group.as_str()) {
            continue;
        }
        for entry in document.children(list) {
            for (_, entry) in document.texts(entry..document.nodes[entry].end()) {
                for (range, link) in entry.links() {
                    if let Some(anchor) = link.url.strip_prefix('#') {
                        groups.insert(letters(anchor), group);
                        groups.insert(letters(entry.cut(range).as_str()), group);
                    }
                }
            }
        }
    }
    groups
}

/// Letters and digits alone: sites differ in what else an anchor keeps.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What an overview may call a section, by the letters: its title, and, as links lead there, its heading and its anchor.
pub(super) fn names(document: &Document, heading: usize, title: Text<'_>) -> impl Iterator<Item = String> {
    let title = letters(title::read(title).text.as_str());
    let others = [Some(document.text(heading).as_str()), document.anchor(heading)];
    let names = [title].into_iter().chain(others.into_iter().flatten().map(letters));
    names.filter(|name| !name.is_empty())
}

/// The place on the page that the title of a row leads to, by the letters of its anchor.
pub(super) fn target(title: Text<'_>) -> Option<String> {
    title.links().next()?.1.url.strip_prefix('#').map(letters).filter(|letters| !letters.is_empty())
}

/// "fpm - Fortran Package Manager" is filed under "fpm".
fn group_name(text: Text<'_>) -> Text<'_> {
    let text = title::group(text);
    let said = text.as_str();
    let end = [" - ", " – ", " — ", ": ", "\n"].iter().filter_map(|mark| said.find(mark)).min().unwrap_or(said.len());
    text.cut(0..end).trim_matches(|c| c.is_whitespace() || c == ':')
}
