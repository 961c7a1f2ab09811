//! Which ideas of a catalogue are meant by ids that were kept for long: by those of today, and by those of older copies or older
//! rules.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::idea::same::{self, Face};
use crate::idea::{Idea, id};

/// For each of the ids that means an idea all ids of this idea: those of its copies in other terms and on other pages, too.
///
/// An id that no idea has is taken for the one that has it but for an owner, a term, a number or a hash, if there is only one.
pub fn meant(kept: &BTreeSet<String>, ideas: &[impl Borrow<Idea>]) -> BTreeMap<String, BTreeSet<String>> {
    let mut meant = BTreeMap::new();
    if kept.is_empty() {
        return meant;
    }
    let faces: Vec<Face> = ideas.iter().map(|idea| Face::of(idea.borrow(), None)).collect();
    let first = same::first_of_each(&faces);
    let mut ids: FxHashMap<usize, BTreeSet<String>> = FxHashMap::default();
    let mut holders: FxHashMap<&str, FxHashSet<usize>> = FxHashMap::default();
    for (idea, &first) in ideas.iter().zip(&first) {
        ids.entry(first).or_default().insert(idea.borrow().id.clone());
        holders.entry(&idea.borrow().id).or_default().insert(first);
    }
    let lost: FxHashSet<&str> = kept.iter().map(String::as_str).filter(|id| !holders.contains_key(id)).collect();
    let mut older: FxHashMap<String, FxHashSet<usize>> = FxHashMap::default();
    if !lost.is_empty() {
        for (idea, &first) in ideas.iter().zip(&first) {
            for name in id::others(idea.borrow()) {
                older.entry(name).or_default().insert(first);
            }
        }
    }
    for id in kept {
        let of_today = holders.get(id.as_str());
        let found = of_today.or_else(|| forms(id).find_map(|form| older.get(form)).filter(|found| found.len() == 1));
        if let Some(found) = found {
            meant.insert(id.clone(), found.iter().filter_map(|first| ids.get(first)).flatten().cloned().collect());
        }
    }
    meant
}

/// An id as it is, and without what stands behind it to tell ideas of one name apart: `-2`, `-2025`, `-2025-3`, `-k3xq7`.
fn forms(id: &str) -> impl Iterator<Item = &str> {
    let shorter = |id| {
        let (rest, end): (&str, &str) = str::rsplit_once(id, '-')?;
        let is_number = end.bytes().all(|byte| byte.is_ascii_digit());
        (!end.is_empty() && (is_number || end.len() == id::LETTERS)).then_some(rest)
    };
    std::iter::successors(Some(id), move |id| shorter(id)).take(3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::tests::idea;

    #[test]
    fn kept_ids_mean_the_ideas_of_today() {
        let of = |title: &str, id: &str, facts: &[(&str, &str)]| Idea { id: id.to_owned(), ..idea(title, facts) };
        let text = ("description", "Cook soup in a pot that is never too small for all guests.");
        let soup = of("Soup", "soup-abcde", &[text, ("term", "2025")]);
        let ideas = [
            Idea { summary: soup.description.as_ref().map(|text| text.value.clone()), ..soup.clone() },
            of("Salad", "kitchen-salad", &[("project", "Kitchen"), ("organization", "Diner")]),
            of("Bread", "oven-bread", &[("project", "Oven"), ("organization", "Diner")]),
            of("Bread", "mill-bread", &[("project", "Mill"), ("organization", "Diner")]),
            // One idea in two terms, with another title.
            of("Stir the soup well", "stove-stir-the-soup-well", &[("upstream", "https://github.com/o/r/issues/1")]),
            Idea {
                source: crate::idea::Place { path: "other.md".to_owned(), ..Idea::bare("").source },
                ..of("Stir soup well", "stove-stir-soup-well", &[("upstream", "https://github.com/o/r/issues/1")])
            },
        ];
        for (kept, found) in [
            ("soup-abcde", "soup-abcde"),
            ("soup", "soup-abcde"),
            ("soup-2", "soup-abcde"),
            ("soup-2025", "soup-abcde"),
            ("soup-2025-3", "soup-abcde"),
            // Its summary was another.
            ("soup-vwxyz", "soup-abcde"),
            ("salad", "kitchen-salad"),
            ("diner-salad-2", "kitchen-salad"),
            ("stove-stir-soup-well", "stove-stir-soup-well stove-stir-the-soup-well"),
            // Not clear, or not there.
            ("bread", ""),
            ("mill-bread", "mill-bread"),
            ("mill-bread-2024", "mill-bread"),
            ("kitchen-soup", ""),
            ("", ""),
            ("-", ""),
        ] {
            let meant = meant(&BTreeSet::from([kept.to_owned()]), &ideas);
            let ids: Vec<&str> = meant.values().flatten().map(String::as_str).collect();
            assert_eq!(ids.join(" "), found, "{kept}");
        }
    }
}
