//! When two ideas are one: the same proposal on two pages, in two terms, or in two states of a page.
//!
//! Two ideas are the same if they have
//! - the same owner and title,
//! - the same title and a telling text in common: the summary (below a title of some words its beginning), or all that they
//!   say if there is little to read,
//! - the same title, of more than a word, and a mentor in common, or
//! - an upstream issue in common and similar titles.
//!
//! Never are two ideas of one page, and never two of organisations that are known to differ, unless they have an issue in
//! common, which belongs to one of them. A title alone says nothing: strangers want to improve their documentation, too.

use std::collections::hash_map::{DefaultHasher, Entry};
use std::hash::{Hash, Hasher as _};

use borsh::{BorshDeserialize, BorshSerialize};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet, FxHasher};

use super::id::normal;
use super::tracker::{self, Target};
use super::{Idea, Mentor, slug};
use crate::text::Spanned;

/// Fewer words than this may be the same by chance.
const TELLING: usize = 8;

/// Fewer words of a title than this may be the same by chance.
const TITLE: usize = 3;

/// So many words of a text, under a title that tells something, are not the same by chance: the rest may have been edited.
const BEGINNING: usize = 12;

/// So many ideas that have something in common are looked at to find the one that is the same: a bound for pages that mean harm.
const LOOKED_AT: usize = 16;

/// By what an idea is known again.
#[derive(Clone, Debug, BorshSerialize, BorshDeserialize)]
pub struct Face {
    page: u64,
    /// The slug of the organisation.
    organization: Option<Box<str>>,
    /// Owner and title.
    name: Option<u64>,
    /// The words of the title that tell something, sorted.
    title: Box<[u64]>,
    /// The words of the title that have digits, in order: part 1 is not part 2.
    numbers: u64,
    /// Title and telling text.
    told: Option<u64>,
    /// The upstream issues, sorted.
    issues: Box<[u64]>,
    /// Title and mentor, for each name and handle, sorted.
    mentored: Box<[u64]>,
    /// All that the idea says.
    whole: u64,
}

impl Face {
    /// The face of an idea. `owner` owns the ideas that state no owner.
    pub fn of(idea: &Idea, owner: Option<&str>) -> Self {
        let title = normal(&idea.title.value);
        let words = sorted(title.split(' ').filter(|word| tells(word)).map(|word| hash(&word)));
        let summary = idea.summary.as_deref().map(normal).filter(|text| is_telling(text));
        let told = summary.map(|text| beginning(text, &words));
        let told = told.or_else(|| Some(all_said(idea)).filter(|text| is_telling(text)));
        let issues = idea.upstream.iter().filter(|url| tracker::target(&url.value) == Target::Issue);
        Face {
            page: hash(&idea.source.path),
            organization: organization(idea),
            name: name(idea, owner, &title),
            told: told.map(|text| hash(&(&title, text))),
            issues: sorted(issues.map(|url| hash(&tracker::key(&url.value)))),
            mentored: sorted(idea.mentors.iter().flat_map(names).map(|name| hash(&(&title, normal(&name.value))))),
            numbers: hash(&title.split(' ').filter(|word| tells(word) && has_digit(word)).collect::<Vec<_>>()),
            title: words,
            whole: whole(idea),
        }
    }

    /// The same, once another organisation is known to own the idea.
    #[must_use]
    pub fn owned(self, idea: &Idea) -> Self {
        let name = name(idea, None, &normal(&idea.title.value));
        Face { organization: organization(idea), name, whole: whole(idea), ..self }
    }

    /// The words of its title that tell something: the same for all that share an id.
    pub fn title(&self) -> &[u64] {
        &self.title
    }

    /// A number that is another one on another page.
    pub fn page(&self) -> u64 {
        self.page
    }

    /// A number that is another one for an idea that says anything else; where it was read from is not a part of it.
    pub fn whole(&self) -> u64 {
        self.whole
    }

    /// The same in another state of its page: two states of a page are two pages.
    #[must_use]
    pub fn before(self) -> Self {
        Face { page: !self.page, ..self }
    }

    /// True if having the same owner and title is enough. Where nobody says which organisations they are of, strangers may have
    /// a group of one name, too: a few words of title are no proof then.
    fn has_name_of(&self, other: &Face) -> bool {
        let known = self.organization.is_some() && other.organization.is_some();
        known || self.title.len() >= TITLE || share(&self.mentored, &other.mentored)
    }

    /// True if most words of both titles are the same, and all numbers.
    fn has_similar_title(&self, other: &Face) -> bool {
        let shared = self.title.iter().filter(|word| other.title.binary_search(word).is_ok()).count();
        let all = self.title.len() + other.title.len() - shared;
        shared * 2 >= all && shared > 0 && self.numbers == other.numbers
    }
}

/// The hash of all that an idea says.
fn whole(idea: &Idea) -> u64 {
    let mut hasher = FxHasher::default();
    // Writing to memory does not fail.
    hasher.write(&borsh::to_vec(idea).unwrap_or_default());
    hasher.finish()
}

/// The slug of the organisation.
fn organization(idea: &Idea) -> Option<Box<str>> {
    idea.organization.as_ref().map(|name| slug(&name.value).into_boxed_str())
}

/// The hash of owner and title.
fn name(idea: &Idea, owner: Option<&str>, title: &str) -> Option<u64> {
    idea.filed_under().or(owner).map(|owner| hash(&(normal(owner), title))).filter(|_| !title.is_empty())
}

/// The part of a summary that must be the same under such a title.
fn beginning(mut text: String, title: &[u64]) -> String {
    let end = text.match_indices(' ').nth(BEGINNING - 1).filter(|_| title.len() >= TITLE);
    if let Some((end, _)) = end {
        text.truncate(end);
    }
    text
}

/// True if two sorted lists have something in common.
fn share(one: &[u64], other: &[u64]) -> bool {
    one.iter().any(|hash| other.binary_search(hash).is_ok())
}

/// All that an idea says besides its title, as words.
fn all_said(idea: &Idea) -> String {
    let texts = idea.description.iter().chain(&idea.outcomes).chain(&idea.skills).chain(idea.mentors.iter().flat_map(names));
    texts.map(|text| normal(&text.value)).collect::<Vec<_>>().join(" ")
}

fn names(mentor: &Mentor) -> impl Iterator<Item = &Spanned<String>> {
    mentor.name.iter().chain(&mentor.github)
}

fn is_telling(text: &str) -> bool {
    text.split_whitespace().nth(TELLING - 1).is_some()
}

/// False for words that stand in any title, and for years.
fn tells(word: &str) -> bool {
    let is_year = word.len() == 4 && word.starts_with("20") && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_small = word.len() < 3 && !has_digit(word);
    !is_year && !is_small && !matches!(word, "the" | "and" | "for" | "with" | "from")
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

fn sorted(hashes: impl Iterator<Item = u64>) -> Box<[u64]> {
    let mut hashes: Vec<u64> = hashes.collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.into_boxed_slice()
}

/// Nobody can make two texts of the same hash, and with 64 bits no two of a catalogue have it by chance.
fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// True unless two organisations are known to differ: one may be called by fewer words, or by the first letters of all.
fn may_be_one(one: &str, other: &str) -> bool {
    let within = |few: &str, many: &str| few.split('-').all(|word| many.split('-').any(|other| other == word));
    let letters = |short: &str, long: &str| {
        let first = |word: &str| word.chars().next();
        !short.contains('-') && long.contains('-') && short.chars().eq(long.split('-').filter_map(first))
    };
    within(one, other) || within(other, one) || letters(one, other) || letters(other, one)
}

/// Which ideas are one: for each the first that it is the same as, itself if there is none before.
pub fn first_of_each<'f>(faces: impl IntoIterator<Item = &'f Face>) -> Vec<usize> {
    let mut sets = Sets::of(faces.into_iter().collect());
    let mut met = Met::of(&sets.faces);
    // The second of a name on one page is the second on the other.
    sets.join_by(|face| face.name.as_slice(), Face::has_name_of, &mut met);
    sets.join_by(|face| face.told.as_slice(), |_, _| true, &mut met);
    sets.join_by(|face| &face.mentored, |face, _| face.title.len() > 1, &mut met);
    sets.join_by_issue();
    (0..sets.faces.len()).map(|idea| sets.root(idea)).collect()
}

/// Which ideas may be one, whatever others there are: ideas of different numbers never are, nor do they decide whether others are.
pub fn kin(faces: &[Face]) -> Vec<usize> {
    let mut sets = Sets::of(faces.iter().collect());
    let mut first: FxHashMap<u64, usize> = FxHashMap::default();
    for (idea, face) in faces.iter().enumerate() {
        for key in face.name.iter().chain(&face.told).chain(&face.mentored).chain(&face.issues) {
            let (one, other) = (sets.root(idea), *first.entry(*key).or_insert(idea));
            let other = sets.root(other);
            sets.parents[one.max(other)] = one.min(other);
        }
    }
    (0..faces.len()).map(|idea| sets.root(idea)).collect()
}

/// Ideas, put together where they are one.
struct Sets<'f> {
    faces: Vec<&'f Face>,
    /// Of each idea one before it that is the same, or itself.
    parents: Vec<usize>,
    /// By the first of several that are the same, what is known of all.
    known: FxHashMap<usize, Known<'f>>,
    /// Those that must not be put together.
    apart: FxHashSet<(usize, usize)>,
}

/// The ideas of each key. Its room is used again for the next kind of key.
struct Met {
    /// How many of a key stand on a page.
    on_page: FxHashMap<(u64, u64), u32>,
    /// By a key and which of its page they are, the first idea and some of the others.
    ideas: FxHashMap<(u64, u32), (usize, Vec<usize>)>,
}

impl Met {
    fn of(faces: &[&Face]) -> Self {
        let most = faces.len();
        Met {
            on_page: FxHashMap::with_capacity_and_hasher(most, FxBuildHasher),
            ideas: FxHashMap::with_capacity_and_hasher(most, FxBuildHasher),
        }
    }
}

/// What is known of ideas that are the same: where they stand, and whose they are.
#[derive(Default)]
struct Known<'f> {
    pages: FxHashSet<u64>,
    organizations: Vec<&'f str>,
}

impl Known<'_> {
    /// True if these cannot be the same as the others.
    fn is_apart(&self, other: &Self, by_owner: bool) -> bool {
        let (few, many) = if self.pages.len() < other.pages.len() { (self, other) } else { (other, self) };
        let differs = |one: &str| other.organizations.iter().any(|other| !may_be_one(one, other));
        few.pages.iter().any(|page| many.pages.contains(page)) || (by_owner && self.organizations.iter().any(|one| differs(one)))
    }
}

impl<'f> Sets<'f> {
    fn of(faces: Vec<&'f Face>) -> Self {
        let parents = (0..faces.len()).collect();
        Sets { faces, parents, known: FxHashMap::default(), apart: FxHashSet::default() }
    }

    /// Puts together what has the same key, if it is the same.
    fn join_by(&mut self, keys: impl Fn(&Face) -> &[u64], is_same: impl Fn(&Face, &Face) -> bool, met: &mut Met) {
        met.on_page.clear();
        met.ideas.clear();
        for idea in 0..self.faces.len() {
            let face = self.faces[idea];
            for &key in keys(face) {
                let nth = met.on_page.entry((key, face.page)).or_insert(0);
                *nth += 1;
                // Most have no other: the first needs no list.
                let (first, others) = match met.ideas.entry((key, *nth)) {
                    Entry::Vacant(entry) => {
                        entry.insert((idea, Vec::new()));
                        continue;
                    }
                    Entry::Occupied(entry) => entry.into_mut(),
                };
                let mut is_one = |other: usize| is_same(self.faces[other], face) && self.join(other, idea, true);
                if !is_one(*first) && !others.iter().any(|&other| is_one(other)) && others.len() + 1 < LOOKED_AT {
                    others.push(idea);
                }
            }
        }
    }

    fn join_by_issue(&mut self) {
        let mut met: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        for idea in 0..self.faces.len() {
            let face = self.faces[idea];
            for issue in &face.issues {
                let others = met.entry(*issue).or_default();
                let is_same = |&other: &usize| self.faces[other].has_similar_title(face) && self.join(other, idea, false);
                if !others.iter().any(is_same) && others.len() < LOOKED_AT {
                    others.push(idea);
                }
            }
        }
    }

    /// The first idea that is known to be the same.
    fn root(&mut self, mut idea: usize) -> usize {
        while self.parents[idea] != idea {
            self.parents[idea] = self.parents[self.parents[idea]];
            idea = self.parents[idea];
        }
        idea
    }

    /// Puts two ideas together, with all that are the same as they; false if some of those cannot be: they stand on one page,
    /// or belong to organisations that differ, if `by_owner` matters.
    fn join(&mut self, one: usize, other: usize, by_owner: bool) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        let (first, second) = (one.min(other), one.max(other));
        if first == second {
            return true;
        }
        if self.apart.contains(&(first, second)) {
            return false;
        }
        let (a, b) = (self.take(first), self.take(second));
        if a.is_apart(&b, by_owner) {
            self.known.insert(first, a);
            self.known.insert(second, b);
            self.apart.insert((first, second));
            return false;
        }
        let (few, mut many) = if a.pages.len() < b.pages.len() { (a, b) } else { (b, a) };
        many.pages.extend(few.pages);
        for name in few.organizations {
            if !many.organizations.contains(&name) && many.organizations.len() < LOOKED_AT {
                many.organizations.push(name);
            }
        }
        self.known.insert(first, many);
        self.parents[second] = first;
        true
    }

    fn take(&mut self, root: usize) -> Known<'f> {
        self.known.remove(&root).unwrap_or_else(|| {
            let face = self.faces[root];
            Known { pages: FxHashSet::from_iter([face.page]), organizations: face.organization.as_deref().into_iter().collect() }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::idea::Place;

    fn said(text: &str) -> Option<Spanned<String>> {
        (!text.is_empty()).then(|| Spanned::nowhere(text.to_owned()))
    }

    /// An idea on a page, from `organization / project / title / description / issue / mentor`.
    fn idea(page: &str, facts: &str) -> Idea {
        let mut facts = facts.split(" / ").chain(std::iter::repeat("")).map(str::trim);
        let mut next = || facts.next().unwrap_or_default().to_owned();
        let (organization, project, title, description, issue) = (next(), next(), next(), next(), next());
        let mentor = Mentor { name: said(&next()), ..Mentor::default() };
        Idea {
            organization: said(&organization),
            project: said(&project),
            summary: said(&description).map(|text| text.value),
            description: said(&description),
            upstream: said(&issue).into_iter().collect(),
            mentors: vec![mentor],
            source: Place { path: page.to_owned(), ..Idea::bare("").source },
            ..Idea::bare(&title)
        }
    }

    /// Which ideas are one, each on a page of its own.
    fn first(ideas: &[Idea]) -> Vec<usize> {
        let faces: Vec<Face> = ideas.iter().map(|idea| Face::of(idea, None)).collect();
        let (first, kin) = (first_of_each(&faces), kin(&faces));
        assert!(first.iter().zip(&kin).all(|(&first, of)| kin[first] == *of), "{first:?} {kin:?}");
        first
    }

    const TEXT: &str = "Cook soup in a pot that is never too small";
    const ISSUE: &str = "https://github.com/o/r/issues/1";

    #[test]
    fn two_ideas_are_one() {
        for (one, other, is_one) in [
            // Owner and title.
            ("Diner / Kitchen / Soup", "Diner / Kitchen / soup!", true),
            ("Diner /  / Soup", " / Diner / Soup", false),
            ("Diner /  / Cook more soup", " / Diner / Cook more soup", true),
            (" / Kitchen / Cook more soup", " / Kitchen / Cook more soup", true),
            // Strangers may call a group so, too.
            (" / Website / Improve it", " / Website / Improve it", false),
            ("Diner / Kitchen / Cook more soup", "Bakery / Kitchen / Cook more soup", false),
            ("The Diner Project / Kitchen / Soup", "Diner / Kitchen / Soup", true),
            ("CNCF / Kitchen / Soup", "Cloud Native Computing Foundation / Kitchen / Soup", true),
            // The title alone, and with a text.
            (" /  / Improve the documentation", " /  / Improve the documentation", false),
            (" /  / Improve the documentation / Write it.", " /  / Improve the documentation / Write it.", false),
            (" /  / Improve the documentation / {TEXT}", " /  / Improve the documentation / {TEXT}", true),
            (" /  / Improve the documentation / {TEXT}", " /  / Improve the documentation / Or {TEXT}", false),
            // What goes on in another way is the same below a title that tells something.
            (" /  / Cook more soup / {TEXT} for all the guests.", " /  / Cook more soup / {TEXT} for all the people!", true),
            (" /  / Cook soup / {TEXT} for all the guests.", " /  / Cook soup / {TEXT} for all the people.", false),
            (" /  / Cook soup / {TEXT}", " /  / Boil soup / {TEXT}", false),
            (" / Kitchen / Soup / {TEXT}", " / Stove / Soup / {TEXT}", true),
            ("Diner /  / Your own idea / {TEXT}", "Bakery /  / Your own idea / {TEXT}", false),
            // The mentor.
            (" /  / Cook more soup /  /  / Ada Brook", " /  / Cook more soup /  /  / Ada Brook", true),
            (" /  / Cook more soup /  /  / Ada Brook", " /  / Cook more soup /  /  / Bo Reed", false),
            (" /  / Soup /  /  / Ada Brook", " /  / Soup /  /  / Ada Brook", false),
            ("Diner /  / Cook more soup /  /  / Ada Brook", "Bakery /  / Cook more soup /  /  / Ada Brook", false),
            // The issue.
            (" / Kitchen / Cook more soup /  / {ISSUE}", " / Stove / Cook more good soup /  / {ISSUE}#comment", true),
            ("Diner /  / Cook more soup /  / {ISSUE}", "Bakery /  / Cook more soup /  / {ISSUE}", true),
            (" / Kitchen / Cook more soup /  / {ISSUE}", " / Kitchen / Bake fresh bread /  / {ISSUE}", false),
            (" / Kitchen / Cook soup, part 1 /  / {ISSUE}", " / Kitchen / Cook soup, part 2 /  / {ISSUE}", false),
            (" / Kitchen / Cook soup 2024 /  / {ISSUE}", " / Kitchen / Cook soup 2025 /  / {ISSUE}", true),
            // A repository is no issue.
            (" / A / Cook more soup /  / https://github.com/o/r", " / B / Cook more soup /  / https://github.com/o/r", false),
        ] {
            let [one, other] = [one, other].map(|facts| facts.replace("{TEXT}", TEXT).replace("{ISSUE}", ISSUE));
            let found = first(&[idea("a.md", &one), idea("b.md", &other)]);
            assert_eq!(found == [0, 0], is_one, "{one} and {other}");
            let found = first(&[idea("b.md", &other), idea("a.md", &one)]);
            assert_eq!(found == [0, 0], is_one, "{other} and {one}");
            assert_eq!(first(&[idea("a.md", &one), idea("a.md", &other)]), [0, 1], "on one page: {one} and {other}");
        }
    }

    #[test]
    fn the_second_of_a_name_is_the_second_of_the_other_page() {
        let soup = "Diner /  / Soup";
        let ideas = ["a", "a", "b", "b", "b"].map(|page| idea(page, soup));
        assert_eq!(first(&ideas), [0, 1, 0, 1, 4]);
        // What is one with both of another page is one with the first.
        let ideas = [
            idea("a", "Diner / Kitchen / Cook more soup"),
            idea("a", &format!("Diner / Stove / Cook good soup /  / {ISSUE}")),
            idea("b", &format!("Diner / Kitchen / Cook more soup /  / {ISSUE}")),
        ];
        assert_eq!(first(&ideas), [0, 1, 0]);
    }

    #[test]
    fn ideas_are_one_whatever_there_is_that_is_not_kin() {
        let ideas = [
            ("a", "Diner / Kitchen / Soup"),
            ("a", "Bakery / Oven / Fresh bread"),
            ("b", " / Kitchen / Soup /  / {ISSUE}"),
            ("c", "Diner / Kitchen / Soup"),
            ("c", "Diner / Kitchen / Soup"),
            ("d", "Bakery / Oven / Fresh bread"),
        ];
        let faces = ideas.map(|(page, facts)| Face::of(&idea(page, &facts.replace("{ISSUE}", ISSUE)), None));
        let kin = kin(&faces);
        assert_eq!(kin, [0, 1, 0, 0, 0, 1]);
        let first = first_of_each(&faces);
        for of in [0, 1] {
            let places: Vec<usize> = (0..faces.len()).filter(|&place| kin[place] == of).collect();
            let alone = first_of_each(places.iter().map(|&place| &faces[place])).into_iter().map(|first| places[first]);
            assert_eq!(alone.collect::<Vec<_>>(), places.iter().map(|&place| first[place]).collect::<Vec<_>>());
        }
    }

    #[test]
    fn many_ideas_of_one_title_take_no_long() {
        const MANY: usize = 8_000;
        let start = std::time::Instant::now();
        let names: Vec<String> = (0..MANY).map(|i| format!("page-{i}")).collect();
        let facts = format!("Diner / Kitchen / Cook more soup / {TEXT} / {ISSUE}");
        let on_one_page: Vec<Face> = (0..MANY).map(|_| Face::of(&idea("a", &facts), None)).collect();
        assert_eq!(first_of_each(&on_one_page), (0..MANY).collect::<Vec<_>>());
        let on_many: Vec<Face> = names.iter().map(|name| Face::of(&idea(name, &facts), None)).collect();
        assert!(first_of_each(&on_many).iter().all(|&first| first == 0));
        let owners = |i: &String| Face::of(&idea(i, &facts.replacen("Diner", i, 1)), None);
        let strangers: Vec<Face> = names.iter().map(owners).collect();
        assert_eq!(first_of_each(&strangers).len(), MANY);
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }
}
