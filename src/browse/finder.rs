//! Which ideas somebody means by a few words, the best first.
//!
//! A word is looked for as it stands everywhere: in titles, in names and skills, and in long texts. Letters in order,
//! with gaps, are looked for in the words of titles, names and skills alone, because a long text has every letter
//! somewhere. `'word`, `^word`, `word$` and `!word` mean what they mean in fzf.
//!
//! Each key searches all ideas again. A name that many ideas share is compared only once, so that is fast enough; and what a
//! shorter text found says too little, because a longer one may allow wider gaps.

mod names;

use memchr::memmem;
use nucleo_matcher::chars::{normalize, to_lower_case};
use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use self::names::{Gathered, Names};
use crate::idea::Idea;
use crate::render::safe;

/// Words of fewer letters than this are found in long texts only as whole words, and never with gaps: `go` would be everywhere.
const LETTERS: usize = 3;

/// With gaps, a word is found in words of at most so many times its length: `api` is not meant by "application".
const GAPS: usize = 3;

/// Where a word was found, from the least telling place to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    InsideText,
    WordOfText,
    LettersOfName,
    LettersOfTitle,
    InsideName,
    InsideTitle,
    WordOfName,
    WordOfTitle,
}

/// More than any match within one place scores.
const STEP: u32 = 1 << 16;

/// Ideas as texts, and those that matched last.
pub(super) struct Finder<'a> {
    texts: Vec<Texts<'a>>,
    names: Names,
    matcher: Matcher,
    words: Vec<Word>,
    sought: String,
    found: Vec<Found>,
}

/// An idea that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Its place among all.
    pub(super) idea: usize,
    /// How well; more is better.
    pub(super) score: u32,
}

/// What an idea is found by.
struct Texts<'a> {
    idea: &'a Idea,
    /// The numbers of its title, and of the names of its project, organization, programme, skills and mentors.
    names: Vec<usize>,
    /// Everything long, without accents and capitals.
    long: String,
}

/// One word that is looked for.
struct Word {
    /// The word as it stands.
    atom: Atom,
    /// The same with gaps between its letters, if that is allowed.
    letters: Option<Atom>,
    /// As it was typed, and without accents and capitals.
    typed: String,
    folded: String,
    /// Finds the latter.
    finder: memmem::Finder<'static>,
    /// False if it is about the beginnings or ends of names.
    is_in_texts: bool,
    /// True if no idea that has it is wanted.
    is_excluded: bool,
}

impl<'a> Finder<'a> {
    pub(super) fn new(ideas: &[&'a Idea]) -> Self {
        let mut names = Gathered::default();
        let texts = ideas.iter().map(|idea| Texts::new(idea, &mut names)).collect();
        let mut config = Config::DEFAULT;
        config.prefer_prefix = true;
        let found = (0..ideas.len()).map(|idea| Found { idea, score: 0 }).collect();
        let (words, sought) = (Vec::new(), String::new());
        Finder { texts, names: names.finish(), matcher: Matcher::new(config), words, sought, found }
    }

    /// Looks for a text; returns what matches, in catalogue order.
    pub(super) fn find(&mut self, sought: &str) -> &[Found] {
        if sought == self.sought {
            return &self.found;
        }
        sought.clone_into(&mut self.sought);
        let pattern = Pattern::parse(sought, CaseMatching::Smart, Normalization::Smart);
        self.words = pattern.atoms.into_iter().map(Word::new).collect();
        let matcher = &mut self.matcher;
        let words: Vec<_> = self.words.iter().map(|word| (word, self.names.places(word, matcher))).collect();
        let found = self.texts.iter().enumerate().filter_map(|(idea, texts)| {
            let score = words.iter().try_fold(0, |sum, (word, places)| {
                let in_names = texts.names.iter().filter_map(|&name| places[name]).max();
                Some(sum + word.score(in_names.or_else(|| Some((word.in_text(texts)?, 0))))?)
            });
            Some(Found { idea, score: score? })
        });
        self.found = found.collect();
        &self.found
    }

    /// What matched last.
    pub(super) fn found(&self) -> &[Found] {
        &self.found
    }

    /// The characters of a title that the last search means, by number, in order; a word that is not in it marks nothing.
    pub(super) fn marks(&mut self, title: &str) -> Vec<u32> {
        let mut buffer = Vec::new();
        let title = Utf32Str::new(title, &mut buffer);
        let mut marks = Vec::new();
        for word in self.words.iter().filter(|word| !word.is_excluded) {
            word.in_name(title, true, &mut self.matcher, &mut marks);
        }
        marks.sort_unstable();
        marks.dedup();
        marks
    }
}

impl<'a> Texts<'a> {
    fn new(idea: &'a Idea, known: &mut Gathered) -> Self {
        let title = known.add(&safe::line(&idea.title.value), true);
        let mut names: Vec<_> =
            [&idea.project, &idea.organization].into_iter().flatten().map(|name| safe::line(&name.value)).collect();
        names.extend(idea.program.iter().map(|program| safe::line(program.value.as_str())));
        names.extend(idea.term.iter().map(|term| term.value.to_string().into()));
        names.extend(idea.tags.iter().map(|tag| tag.value.into()));
        names.extend(idea.skills.iter().chain(&idea.technologies).map(|skill| safe::line(&skill.value)));
        for mentor in &idea.mentors {
            names.extend([&mentor.name, &mentor.github].into_iter().flatten().map(|name| safe::line(&name.value)));
        }
        let names = std::iter::once(title).chain(names.iter().map(|name| known.add(name, false))).collect();
        let long = long_texts(idea).map(fold).collect::<Vec<_>>().join("\n");
        Texts { idea, names, long }
    }
}

/// What only words as they stand are looked for in.
fn long_texts(idea: &Idea) -> impl Iterator<Item = &str> {
    let description = idea.description.as_ref().map(|text| text.value.as_str());
    let outcomes = idea.outcomes.iter().map(|outcome| outcome.value.as_str());
    // The summary is a part of the description.
    std::iter::once(idea.id.as_str()).chain(description.or(idea.summary.as_deref())).chain(outcomes)
}

impl Word {
    fn new(mut atom: Atom) -> Self {
        let is_excluded = std::mem::take(&mut atom.negative);
        let typed: String = atom.needle_text().chars().collect();
        let is_long = typed.chars().nth(LETTERS - 1).is_some();
        let letters = (atom.kind == AtomKind::Fuzzy && is_long).then(|| atom.clone());
        if atom.kind == AtomKind::Fuzzy {
            atom.kind = AtomKind::Substring;
        }
        let is_in_texts = atom.kind == AtomKind::Substring;
        let folded = fold(&typed);
        let finder = memmem::Finder::new(&folded).into_owned();
        Word { atom, letters, typed, folded, finder, is_in_texts, is_excluded }
    }

    /// What it is worth to an idea that it was found in the best of its places, or nowhere; nothing if the idea is not wanted.
    fn score(&self, found: Option<(Place, u16)>) -> Option<u32> {
        match (found, self.is_excluded) {
            (None, is_excluded) => is_excluded.then_some(0),
            (Some(_), true) => None,
            (Some((place, score)), false) => Some(place as u32 * STEP + u32::from(score)),
        }
    }

    /// Where in a name the word stands, and how well it fits there. Adds the characters to the marks.
    fn in_name(&self, name: Utf32Str<'_>, is_title: bool, matcher: &mut Matcher, marks: &mut Vec<u32>) -> Option<(Place, u16)> {
        let before = marks.len();
        // Scores are cheaper than places, and most names do not have it.
        if self.atom.score(name, matcher).is_some()
            && let Some(score) = self.atom.indices(name, matcher, marks)
        {
            let at = marks.get(before).copied().unwrap_or(0);
            let begins = at == 0 || !name.get(at - 1).is_alphanumeric();
            let place = match (is_title, begins) {
                (true, true) => Place::WordOfTitle,
                (false, true) => Place::WordOfName,
                (true, false) => Place::InsideTitle,
                (false, false) => Place::InsideName,
            };
            return Some((place, score));
        }
        let score = self.in_words(name, matcher, marks)?;
        Some((if is_title { Place::LettersOfTitle } else { Place::LettersOfName }, score))
    }

    /// How well the first word of a name fits that has the letters, beginning with the same.
    fn in_words(&self, name: Utf32Str<'_>, matcher: &mut Matcher, marks: &mut Vec<u32>) -> Option<u16> {
        let letters = self.letters.as_ref()?;
        letters.score(name, matcher)?;
        let needle = letters.needle_text();
        let first = simple(needle.get(0));
        let mut start = 0;
        for end in 0..=name.len() {
            if end < name.len() && name.slice(end..).get(0).is_alphanumeric() {
                continue;
            }
            let word = name.slice(start..end);
            if !word.is_empty() && word.len() <= needle.len() * GAPS && simple(word.get(0)) == first {
                let before = marks.len();
                if let Some(score) = letters.indices(word, matcher, marks) {
                    let start = u32::try_from(start).unwrap_or(0);
                    marks[before..].iter_mut().for_each(|mark| *mark += start);
                    return Some(score);
                }
                marks.truncate(before);
            }
            start = end + 1;
        }
        None
    }

    /// Where in the long texts of an idea the word stands.
    fn in_text(&self, texts: &Texts<'_>) -> Option<Place> {
        let (typed, folded) = (&self.typed, &self.folded);
        // What has capitals or accents is found as it was typed.
        if !self.is_in_texts
            || self.finder.find(texts.long.as_bytes()).is_none()
            || (typed != folded && !long_texts(texts.idea).any(|text| text.contains(typed)))
        {
            return None;
        }
        let is_short = folded.chars().nth(LETTERS - 1).is_none();
        let begins = self.finder.find_iter(texts.long.as_bytes()).any(|at| {
            let begins = !texts.long[..at].chars().next_back().is_some_and(char::is_alphanumeric);
            begins && !(is_short && texts.long[at + folded.len()..].chars().next().is_some_and(char::is_alphanumeric))
        });
        if begins { Some(Place::WordOfText) } else { (!is_short).then_some(Place::InsideText) }
    }
}

/// A letter without its accent, small.
fn simple(c: char) -> char {
    to_lower_case(normalize(c))
}

/// A text without accents and capitals.
fn fold(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.chars().map(simple).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::tests::idea;

    fn titles(ideas: &[&str]) -> Vec<Idea> {
        ideas.iter().map(|title| Idea::bare(title)).collect()
    }

    fn found(finder: &mut Finder<'_>, sought: &str) -> Vec<usize> {
        finder.find(sought).iter().map(|found| found.idea).collect()
    }

    fn best_first(finder: &mut Finder<'_>, sought: &str) -> Vec<usize> {
        let mut found = finder.find(sought).to_vec();
        found.sort_by_key(|found| (std::cmp::Reverse(found.score), found.idea));
        found.iter().map(|found| found.idea).collect()
    }

    #[test]
    fn words_and_letters_find_ideas() {
        let ideas = titles(&["Deploying Kubeflow with Helm", "A Helm chart for Ümläut", "Charts in C", "Web applications"]);
        let ideas: Vec<&Idea> = ideas.iter().collect();
        let mut finder = Finder::new(&ideas);
        for (sought, seen) in [
            ("", &[0, 1, 2, 3][..]),
            ("helm", &[0, 1]),
            ("hlm cht", &[1]),
            ("kbflw", &[0]),
            ("elm", &[0, 1]),
            ("umlaut", &[1]),
            ("uml", &[1]),
            ("'chart", &[1, 2]),
            ("'hlm", &[]),
            ("!helm", &[2, 3]),
            ("^a", &[1]),
            ("c$", &[2]),
            ("zzz", &[]),
            // Letters of several words, letters inside of a word, and too few letters of a long word are nothing that was meant.
            ("dkwh", &[]),
            ("flw", &[]),
            ("api", &[]),
        ] {
            assert_eq!(found(&mut finder, sought), seen, "{sought}");
        }
        finder.find("hlm");
        assert_eq!(finder.marks("A Helm chart"), [2, 4, 5]);
        assert_eq!(finder.marks("x"), [0; 0]);
        finder.find("art");
        assert_eq!(finder.marks("A Helm chart"), [9, 10, 11]);
    }

    #[test]
    fn long_texts_have_words_and_names_come_first() {
        let ideas = [
            idea("Archive scrolls", &[("description", "Go and ask at the harbour office.\n\nIt is long, and has Every lEtter.")]),
            idea("A quay", &[("project", "Harbour"), ("outcomes", "good bread")]),
            idea("The harbour light", &[("skills", "Go"), ("mentors", "Ada Brook, ada-brook")]),
            idea("Superharbours", &[("mentors", "Gordon Quay"), ("description", "Él vive aquí")]),
        ];
        let ideas: Vec<&Idea> = ideas.iter().collect();
        let mut finder = Finder::new(&ideas);
        for (sought, seen) in [
            ("harbour", &[2, 1, 3, 0][..]),
            ("hrbr", &[2, 1]),
            ("HARBOUR", &[]),
            // Of one or two letters: whole words in long texts.
            ("go", &[2, 3, 0]),
            ("office", &[0]),
            ("offc", &[]),
            ("fice", &[0]),
            ("every", &[0]),
            ("Every", &[0]),
            ("EVERY", &[]),
            ("aqui", &[3]),
            ("aquí", &[3]),
            ("brook", &[2]),
            ("brk", &[2]),
            ("harbour !go", &[1]),
            ("letter^ ", &[]),
            ("^harbour", &[1]),
        ] {
            assert_eq!(best_first(&mut finder, sought), seen, "{sought}");
        }
    }

    #[test]
    fn more_letters_may_find_longer_words() {
        let ideas = titles(&["Kubernetes", "kbrs"]);
        let ideas: Vec<&Idea> = ideas.iter().collect();
        let mut finder = Finder::new(&ideas);
        for (typed, seen) in [("kb", &[1][..]), ("kbr", &[1]), ("kbrn", &[0]), ("kbrn$", &[]), ("kbr", &[1])] {
            assert_eq!(found(&mut finder, typed), seen, "{typed}");
        }
    }
}
