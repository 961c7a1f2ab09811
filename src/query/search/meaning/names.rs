//! What else a word is called: its forms, other names of the same skill, words of one meaning, and the same letters
//! together or apart.

use rustc_hash::FxHashSet;

use super::super::super::words::words;
use super::super::Index;
use super::super::question::{Asked, SILENT};
use super::super::related::{self, Relation, Sense};
use super::{Meaning, mention};
use crate::idea::skill::Skills;

/// A word that so many ideas have is no name of a person.
const COMMON: usize = 12;

/// The name of one thing has so many words at most.
const MOST_TOGETHER: usize = 4;

/// A known word may go on from so many letters on, an unknown one from so many.
const LETTERS_TO_GO_ON: usize = 4;
const LETTERS_TO_BEGIN: usize = 2;

impl Meaning {
    /// A word, its forms, and the other names of the skill that it names.
    pub(super) fn add_word(&mut self, word: &str, factor: f64, index: &Index<'_>) {
        let skill = Skills::get().canonical(word);
        self.skill = skill;
        self.add(word.to_owned(), factor);
        if skill.is_some() && Skills::get().needs_capital(word) {
            self.proper.insert(word.to_owned());
        } else {
            self.add_related(word, factor, index);
        }
        if let Some(skill) = skill {
            self.add_names(skill, factor * mention().name, index);
        }
    }

    /// Forms of a word, and words of the same matter.
    pub(super) fn add_related(&mut self, word: &str, factor: f64, index: &Index<'_>) {
        for (form, relation) in related_words(word, index) {
            self.add(form, factor * if relation == Relation::Form { mention().form } else { mention().derived });
        }
        // Names: `joerg` and `jörg`. A word that many ideas have is none.
        if index.ideas_with(word) < COMMON {
            let plain = related::without_umlauts(word).filter(|plain| !SILENT.contains(plain.as_str()));
            if let Some(plain) = plain.filter(|plain| index.knows(plain) && index.ideas_with(plain) < COMMON) {
                self.add(plain, factor * mention().form);
            }
        }
    }

    /// What else a word may mean, or several that are asked for one after the other. What is asked for anyway is meant
    /// once; and a part of a name stands for no more than itself: who asks for license compliance does not ask for
    /// licenses.
    pub(super) fn add_senses(&mut self, said: &str, factor: f64, asked: &[Asked], at: usize, index: &Index<'_>) {
        let others = || asked.iter().enumerate().filter(|(other, _)| *other != at).flat_map(|(_, asked)| &asked.words);
        let is_asked =
            |word: &&str| others().any(|other| other == word || related::relation(other, word) == Some(Relation::Form));
        let is_part = !said.contains(' ') && rows_with(asked, at).any(|row| is_name(&row));
        let senses = related::senses(said);
        if senses.is_empty() {
            return;
        }
        let is_rare = !said.contains(' ') && {
            let forms = forms_of(said, index);
            forms.iter().map(|form| index.ideas_with(form)).sum::<usize>() < COMMON
        };
        let near = if is_rare { mention().near_rare } else { mention().near };
        for (name, sense) in senses {
            if sense == Sense::Near && (is_part || name.iter().all(is_asked)) {
                continue;
            }
            let factor = factor * if sense == Sense::Same { mention().same } else { near };
            match name.as_slice() {
                [word] => {
                    self.add((*word).to_owned(), factor);
                    for form in forms_of(word, index) {
                        self.add(form, factor * mention().form);
                    }
                }
                row => self.add_row(row.iter().map(|word| set_of_forms(word, index)).collect(), factor),
            }
        }
    }

    /// The terms in which its words mean something else, unless they are asked for themselves.
    pub(super) fn add_other_terms(&mut self, asked: &[Asked], index: &Index<'_>) {
        let said = asked.iter().flat_map(|asked| &asked.words);
        let is_asked =
            |word: &str| said.clone().any(|said| said == word || related::relation(said, word) == Some(Relation::Form));
        for (word, term) in related::other_terms(|word| self.words.contains_key(word)) {
            if !term.iter().all(|word| is_asked(word)) {
                self.others.push((word, term.into_iter().map(|word| set_of_forms(word, index)).collect()));
            }
        }
    }

    /// All names of a skill.
    pub(super) fn add_names(&mut self, skill: &'static str, factor: f64, index: &Index<'_>) {
        for name in Skills::get().names(skill) {
            match words(name).collect::<Vec<_>>().as_slice() {
                [] => {}
                [word] => {
                    self.add((*word).to_owned(), factor);
                    if Skills::get().needs_capital(word) {
                        self.proper.insert((*word).to_owned());
                        continue;
                    }
                    // The vocabulary knows names in the singular only.
                    for form in forms_of(word, index).into_iter().filter(|form| form.starts_with(word)) {
                        self.add(form, factor);
                    }
                }
                several => {
                    self.add_row(several.iter().map(|word| set_of_forms(word, index)).collect(), factor);
                }
            }
        }
    }

    /// What the word means together with those beside it: `kube flow`, `machine learning`, `role based access control`.
    pub(super) fn add_neighbours(&mut self, asked: &[Asked], at: usize, index: &Index<'_>) {
        for row in rows_with(asked, at) {
            if self.is_part && is_name(&row) {
                self.add_row(row.iter().map(|word| set_of_forms(word, index)).collect(), 1.0);
            }
            self.add_together(&row, index);
            self.add_senses(&row.join(" "), 1.0, asked, at, index);
        }
    }

    /// Other names of what these words are the name of, and the same letters as one word.
    pub(super) fn add_together(&mut self, row: &[&str], index: &Index<'_>) {
        for together in forms_of(&row.concat(), index) {
            self.add(together, mention().spacing);
        }
        let name = row.join(" ");
        if let Some(skill) = Skills::get().canonical(&name) {
            // The words themselves are looked for anyway, one by one.
            for name in Skills::get().names(skill) {
                if let [word] = words(name).collect::<Vec<_>>().as_slice() {
                    self.add((*word).to_owned(), mention().name);
                    if Skills::get().needs_capital(word) {
                        self.proper.insert((*word).to_owned());
                    }
                }
            }
        }
    }

    /// The words that begin so, because the last word may not be typed to its end. The name of a skill is whole: `java`
    /// does not go on as `javascript`.
    pub(super) fn add_longer(&mut self, word: &str, index: &Index<'_>) {
        if Skills::get().canonical(word).is_some() {
            return;
        }
        let known = self.words.keys().any(|word| index.knows(word));
        let (letters, factor) = if known { (LETTERS_TO_GO_ON, mention().goes_on) } else { (LETTERS_TO_BEGIN, mention().begins) };
        if word.chars().count() < letters {
            return;
        }
        for longer in index.words_with(word) {
            // The less is missing, the likelier it is meant.
            self.add(longer.to_owned(), factor * ratio(word, longer));
        }
    }

    /// Words that were typed with hyphens between them: one after the other, as one word, and by other names.
    pub(super) fn add_compound(&mut self, row: &[String], index: &Index<'_>) {
        let name = row.join(" ");
        self.skill = Skills::get().canonical(&name);
        if let Some(skill) = self.skill {
            self.add_names(skill, mention().name, index);
        }
        self.add_together(&row.iter().map(String::as_str).collect::<Vec<_>>(), index);
        self.add_row(row.iter().map(|word| set_of_forms(word, index)).collect(), 1.0);
    }
}

/// The words that stand beside one of what is asked for and may make one name with it, itself included.
fn rows_with(asked: &[Asked], at: usize) -> impl Iterator<Item = Vec<&str>> {
    let stretches =
        (2..=MOST_TOGETHER).flat_map(move |count| ((at + 1).saturating_sub(count)..=at).map(move |start| start..start + count));
    let together = stretches.filter_map(|stretch| asked.get(stretch));
    // What was typed with hyphens may be a part of it, and so may no phrase and no `90 hours`.
    let together = together.filter(|row| row.iter().all(|asked| !asked.quoted && (asked.words.len() == 1 || asked.compound)));
    let rows = together.map(|row| row.iter().flat_map(|asked| &asked.words).map(String::as_str).collect::<Vec<_>>());
    rows.filter(|row| row.len() <= MOST_TOGETHER)
}

/// True for a word that makes a name with those beside it, and is none by itself: the `operating` of `operating systems`.
pub(super) fn is_part_of_name(asked: &[Asked], at: usize) -> bool {
    let is_name_itself = asked[at].words.iter().any(|word| is_name(&[word]));
    !is_name_itself && rows_with(asked, at).any(|row| is_name(&row))
}

/// True for words that are the name of something known.
fn is_name(row: &[&str]) -> bool {
    let name = row.join(" ");
    related::has_senses(&name) || Skills::get().canonical(&name).is_some()
}

/// The words of a catalogue that are forms of a word, itself included if it is there.
pub(super) fn forms_of(word: &str, index: &Index<'_>) -> Vec<String> {
    related_words(word, index).into_iter().filter(|(_, relation)| *relation == Relation::Form).map(|(form, _)| form).collect()
}

/// The same with the word, whether it is there or not.
pub(super) fn set_of_forms(word: &str, index: &Index<'_>) -> FxHashSet<String> {
    let mut set: FxHashSet<String> = forms_of(word, index).into_iter().collect();
    set.insert(word.to_owned());
    set
}

/// The words of a catalogue that are related to a word, itself included if it is there.
pub(super) fn related_words(word: &str, index: &Index<'_>) -> Vec<(String, Relation)> {
    let start = word.char_indices().nth(3).map_or(word, |(at, _)| &word[..at]);
    let related = index.words_with(start).filter_map(|other| {
        let relation = if other == word { Some(Relation::Form) } else { related::relation(word, other) };
        Some((other.to_owned(), relation?))
    });
    related.collect()
}

/// The share of a longer word that a shorter one is.
pub(super) fn ratio(short: &str, long: &str) -> f64 {
    let letters = |word: &str| u32::try_from(word.chars().count()).map_or(f64::MAX, f64::from);
    letters(short) / letters(long)
}

#[cfg(test)]
mod tests {
    use super::super::super::super::tests::idea;
    use super::super::super::Search;
    use super::*;

    #[test]
    fn names_mean_more_than_their_words() {
        let ideas = [
            idea("Type inference for quays", &[]),
            idea("Plots of tides", &[]),
            idea("Moorings", &[("description", "A helm, and a chart of it.")]),
            idea("Harbour", &[("skills", "Java"), ("description", "Found with sigstore.")]),
            idea("Harbor tests", &[("description", "They use playwright.")]),
        ];
        let index = Index::new(&ideas);
        for (text, found) in [
            ("static typing", &[0][..]),
            ("charts", &[1, 2]),
            ("helm chart", &[2]),
            ("supply chain security", &[3]),
            ("end-to-end testing", &[4]),
        ] {
            let hits = index.search(&Search::read(text).unwrap(), |_| true).matches;
            assert_eq!(hits.iter().map(|hit| hit.place).collect::<Vec<_>>(), found, "{text}");
        }
    }

    #[test]
    fn a_part_of_a_name_means_less_than_the_name() {
        let ideas = [
            idea("Moorings", &[("description", "A system of moorings, for the operating crew.")]),
            idea("Of tides", &[("description", "They run on an operating system.")]),
            idea("Health of tides", &[]),
            idea("Health checks of quays", &[]),
            idea("Tides of sailors", &[("description", "The patients of a ship.")]),
        ];
        let index = Index::new(&ideas);
        for (text, found) in [
            ("operating systems", &[1, 0][..]),
            ("health", &[2, 3, 4]),
            ("health checks", &[3, 2, 4]),
            ("health of quays", &[3, 2, 4]),
        ] {
            let hits = index.search(&Search::read(text).unwrap(), |_| true).matches;
            assert_eq!(hits.iter().map(|hit| hit.place).collect::<Vec<_>>(), found, "{text}");
        }
    }

    /// How an idea scores that says another word than the one that was typed, which so many others say.
    #[test]
    fn other_words_count_more_where_hardly_any_idea_has_the_word() {
        let score = |others: usize| {
            let other = || idea("The disability of a mast", &[]);
            let ideas: Vec<_> =
                std::iter::once(idea("Accessibility of quays", &[])).chain((0..others).map(|_| other())).collect();
            let index = Index::new(&ideas);
            let meanings = super::super::read(&Search::read("disability").unwrap().asked, &index);
            meanings[0].words["accessibility"]
        };
        assert!(score(1) > score(COMMON), "{} {}", score(1), score(COMMON));
    }
}
