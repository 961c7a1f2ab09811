//! The idea that somebody means who types an id, a part of one, or where the idea stands.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use anyhow::bail;

use super::{GlobalArgs, Session};
use crate::catalog::{Catalog, Level};
use crate::idea::id;
use crate::idea::id::short::{self, ShortIds};
use crate::idea::{Elsewhere, Idea};
use crate::query::once::Once;
use crate::render::{facts, safe};
use crate::spelling::{Distance, near, slips};
use crate::text::{NAMED, counted, first_few};

/// An id of so many letters for each slip in it is taken for the one that was meant.
const LETTERS_PER_SLIP: usize = 10;

/// A word of so many letters for each slip in it may be meant by a word inside an id: among many words some are alike by chance.
const LETTERS_PER_SLIP_IN_WORD: usize = 4;

/// So many of the ideas that may be meant are named.
const CANDIDATES: usize = 10;

/// Several ideas may be meant. It displays as several lines, which are safe to show: what is the matter, then an idea a line.
#[derive(Debug)]
pub struct Ambiguous {
    /// What is the matter: `'harbor' is the beginning or a part of 3 ids`.
    what: String,
    /// What means this idea alone, and its title.
    candidates: Vec<(String, String)>,
    /// How many ideas are not named.
    others: usize,
}

impl std::error::Error for Ambiguous {}

impl fmt::Display for Ambiguous {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; say which:", safe::line(&self.what))?;
        let width = self.candidates.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        for (name, title) in &self.candidates {
            write!(f, "\n  {name:width$}  {title}")?;
        }
        match self.others {
            0 => Ok(()),
            others => write!(f, "\n  and {} (`ideas list --format ids` lists all ids)", counted(others, "other")),
        }
    }
}

impl Ambiguous {
    /// Of the ideas at these places among all. Each is called by a short form of its id, or by where it stands if others have
    /// its id, too; where titles are the same, it says whose it is.
    fn new(what: String, found: &[usize], ideas: &[Idea], session: &Session<'_>) -> Self {
        let short = ShortIds::of(ideas.iter().map(|idea| idea.id.as_str()));
        let is_shared =
            |of: &dyn Fn(&Idea) -> &str, idea: &Idea| found.iter().filter(|&&at| of(&ideas[at]) == of(idea)).count() > 1;
        let candidate = |&place: &usize| {
            let idea = &ideas[place];
            let title = safe::line(&idea.title.value).into_owned();
            let stands = facts::place(&Elsewhere::of(idea));
            let whose = idea.organization.as_ref().map_or(stands.clone(), |name| format!("{}, {stands}", name.value));
            let told = |title: String| format!("{title}, {}", safe::line(&whose));
            if is_shared(&|idea| &idea.id, idea) {
                let at = format!("{}:{}", idea.source.path, idea.source.line);
                return (safe::line(&at).into_owned(), told(title));
            }
            let short = short.of_id(&idea.id).into_owned();
            let short = if session.look.unicode { short } else { short.replace('…', "...") };
            (short, if is_shared(&|idea| &idea.title.value, idea) { told(title) } else { title })
        };
        let candidates = found.iter().take(CANDIDATES).map(candidate).collect();
        Ambiguous { what, candidates, others: found.len().saturating_sub(CANDIDATES) }
    }
}

/// An id as ideas have it, of what somebody typed or copied: a list on a narrow terminal has cut it.
pub(super) fn wanted(id: &str) -> String {
    id.trim().trim_end_matches("...").trim_end_matches('…').to_lowercase()
}

/// The place of the idea that an id means, where it is the newest: the very id, the only one that has its ends, begins
/// with or holds it, or the one it is a slip of. Where the page and the line are given, that idea is meant.
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
        let page = page(path, ideas);
        match with(&|idea| page.holds(idea) && line.parse() == Ok(idea.source.line)).as_slice() {
            [] => {}
            [place] => return Ok(*place),
            several => {
                let what = format!("{} begin at {id}", counted(several.len(), "idea"));
                bail!(Ambiguous::new(what, several, ideas, session))
            }
        }
        let mut offers: Vec<String> =
            ideas.iter().filter(|idea| page.holds(idea)).map(|idea| format!("{path}:{}", idea.source.line)).collect();
        offers.dedup();
        if !offers.is_empty() {
            bail!("no idea begins at {id}; those of this page begin at {}", first_few(&offers));
        }
    }
    let called = with(&|idea| idea.id == wanted);
    match called.as_slice() {
        [] => {}
        [place] => return Ok(*place),
        several => {
            let what = format!("'{id}' is the id of {}", counted(several.len(), "idea"));
            bail!(Ambiguous::new(what, several, ideas, session))
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
                let what = format!("'{id}' is the beginning or a part of {} ids", several.len());
                bail!(Ambiguous::new(what, several, ideas, session))
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
    let most = |word: &str| word.chars().count() / LETTERS_PER_SLIP_IN_WORD;
    let alike =
        |word: &str, other: &str| if word == other { Some(0) } else { slips(word, other).filter(|slips| *slips <= most(word)) };
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

/// A page as somebody names it.
struct Page<'a> {
    path: &'a Path,
    /// Only its end is given: where it stands in the folder of the catalogue.
    is_end: bool,
}

/// The page of a path as ideas show it, with or without `./`; if no idea stands there, the pages whose path ends so.
fn page<'a>(path: &'a str, ideas: &[Idea]) -> Page<'a> {
    let mut page = Page { path: bare(path), is_end: false };
    page.is_end = !path.is_empty() && !ideas.iter().any(|idea| page.holds(idea));
    page
}

impl Page<'_> {
    fn holds(&self, idea: &Idea) -> bool {
        let path = bare(&idea.source.path);
        path == self.path || (self.is_end && path.ends_with(self.path))
    }
}

/// A path without the `./` before it.
fn bare(path: &str) -> &Path {
    let path = Path::new(path);
    path.strip_prefix(".").unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_an_id_is_meant_if_most_of_it_is_matched() {
        let ids = ["kitchen-touch-the-spoons", "kitchen-such-recipes", "lanternfish-stream-beacons"];
        for (wanted, meant) in [
            ("nosuch", None),
            ("stream-grpc", Some("lanternfish-stream-beacons")),
            ("recipse", Some("kitchen-such-recipes")),
            ("suck", Some("kitchen-such-recipes")),
        ] {
            assert_eq!(of_the_same_words(wanted, ids).first().copied(), meant, "{wanted}");
        }
    }
}
