//! The idea that somebody means who types an id, a part of one, or where the idea stands.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use anyhow::bail;

use super::{GlobalArgs, Session};
use crate::catalog::{Catalog, Level};
use crate::idea::id::{self, short};
use crate::idea::{Elsewhere, Idea};
use crate::query::once::Once;
use crate::render::facts;
use crate::spelling::{Distance, near, slips};
use crate::text::{NAMED, first_few};

/// An id of so many letters for each slip in it is taken for the one that was meant.
const LETTERS_PER_SLIP: usize = 10;

/// An id as ideas have it, of what somebody typed or copied: a list on a narrow terminal has cut it.
pub(super) fn wanted(id: &str) -> String {
    id.trim().trim_end_matches("...").trim_end_matches('…').to_lowercase()
}

/// The place of the idea that an id means, where it is the newest: the very id, the only one that has its ends, begins with or holds
/// it, or the one it is a slip of. Where the page and the line are given, that idea is meant.
pub(super) fn find(
    id: &str,
    catalog: &Catalog,
    once: &Once,
    global: &GlobalArgs,
    session: &mut Session<'_>,
) -> anyhow::Result<usize> {
    let wanted = wanted(id);
    if wanted.is_empty() {
        bail!("'{id}' is no id; `ideas list --format ids` lists all ids");
    }
    let ideas = &catalog.ideas;
    // Copies in other terms are one idea.
    let with = |holds: &dyn Fn(&Idea) -> bool| -> Vec<usize> {
        let places = (0..ideas.len()).filter(|&place| holds(&ideas[place])).map(|place| once.newest(place));
        places.collect::<BTreeSet<_>>().into_iter().collect()
    };
    if let Some((path, line)) = id.rsplit_once(':') {
        if let [place] = with(&|idea| idea.source.path == path && line.parse() == Ok(idea.source.line)).as_slice() {
            return Ok(*place);
        }
        let on_page = ideas.iter().filter(|idea| idea.source.path == path);
        let offers: Vec<String> = on_page.map(|idea| format!("{path}:{}", idea.source.line)).collect();
        if !offers.is_empty() {
            bail!("no idea begins at {id}; those of this page begin at {}", first_few(&offers));
        }
    }
    let called = with(&|idea| idea.id == wanted);
    match called.as_slice() {
        [] => {}
        [place] => return Ok(*place),
        several => {
            let offers: Vec<String> = several.iter().map(|&place| stands(&ideas[place])).collect();
            bail!("'{id}' is the id of {} ideas: {}; `ideas show PAGE:LINE` shows one", several.len(), first_few(&offers))
        }
    }
    let parts = short::parts(&wanted);
    let short = |fits: fn((&str, &str), &str) -> bool| with(&|idea| parts.is_some_and(|parts| fits(parts, &idea.id)));
    let begins = with(&|idea| idea.id.starts_with(&wanted));
    for found in [short(short::has_ends), short(short::has_parts), begins, with(&|idea| idea.id.contains(&wanted))] {
        match found.as_slice() {
            [] => {}
            [place] => return Ok(*place),
            several => {
                let place = |idea: &Idea| format!("{} ({}:{})", idea.id, idea.source.path, idea.source.line);
                let offers: Vec<String> = several.iter().map(|&at| place(&ideas[at])).collect();
                let all = if offers.len() > NAMED { " (`ideas list --format ids` lists all)" } else { "" };
                bail!("'{id}' is the beginning or a part of {} ids: {}{all}", offers.len(), first_few(&offers))
            }
        }
    }
    if ideas.is_empty() {
        bail!("no idea has the id '{id}': there are no ideas");
    }
    // Nobody types the hash in an id, and some remember an id without it.
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for (place, idea) in ideas.iter().enumerate() {
        for name in std::iter::once(idea.id.clone()).chain(id::others(idea)) {
            names.entry(name).or_insert_with(|| once.newest(place));
        }
    }
    let of = |name: &str| &ideas[names[name]].id;
    let near = near(&wanted, names.keys().map(String::as_str));
    if let [(distance @ Distance::Slips(slips), slip), rest @ ..] = near.as_slice()
        && slips * LETTERS_PER_SLIP <= wanted.chars().count()
        && rest.iter().all(|(next, name)| next > distance || names[*name] == names[*slip])
        && let [place] = with(&|idea| idea.id == *of(slip)).as_slice()
    {
        global.say(Level::Note, &format!("no idea has the id '{id}'; this is {}", ideas[*place].id), session)?;
        return Ok(*place);
    }
    let mut offers: Vec<&str> = Vec::new();
    for id in near.into_iter().map(|(_, name)| of(name)) {
        if !offers.contains(&id.as_str()) && offers.len() < NAMED {
            offers.push(id);
        }
    }
    if offers.is_empty() {
        offers = of_the_same_words(&wanted, ideas.iter().map(|idea| idea.id.as_str()).collect::<BTreeSet<_>>());
    }
    if offers.is_empty() {
        bail!("no idea has the id '{id}'; `ideas list --format ids` lists all ids")
    }
    bail!("no idea has the id '{id}'; did you mean {}? (`ideas list --format ids` lists all)", first_few(&offers))
}

/// The ids that hold the most words of one that there is not, if that is half of them: with few slips, the fewest first.
fn of_the_same_words<'a>(wanted: &str, ids: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let words: Vec<&str> = wanted.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // Of three letters everything is a slip.
    let alike = |word: &str, other: &str| if word == other { Some(0) } else { slips(word, other).filter(|_| word.len() > 3) };
    let shared = |id: &str| -> (usize, Reverse<usize>) {
        let slips = words.iter().filter_map(|word| id.split('-').filter_map(|other| alike(word, other)).min());
        let slips: Vec<usize> = slips.collect();
        (slips.len(), Reverse(slips.iter().sum()))
    };
    let ids: Vec<_> = ids.into_iter().map(|id| (shared(id), id)).collect();
    let Some(most) = ids.iter().map(|&(shared, _)| shared).max().filter(|(most, _)| *most > 0 && most * 2 >= words.len()) else {
        return Vec::new();
    };
    ids.into_iter().filter(|&(shared, _)| shared == most).map(|(_, id)| id).collect()
}

/// Where an idea stands, and whose it is.
fn stands(idea: &Idea) -> String {
    let place = facts::place(&Elsewhere::of(idea));
    idea.organization.as_ref().map_or(place.clone(), |name| format!("{}, {place}", name.value))
}
