//! `schemas/labels.toml`, and how it becomes [`Labels`].

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::headings::HeadingPhrase;
use super::joining::Joining;
use super::sentences::Sentences;
use super::words::{Letters, Phrases};
use super::{Head, Kind, Labels, PlaceholderPhrase, Word};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    modifiers: Vec<String>,
    kind: Vec<KindEntry>,
    column: ColumnEntry,
    heading: HeadingEntry,
    sentence: Sentences,
    joining: Joining,
    placeholder: Placeholder,
}

/// The heads of columns; see `schemas/labels.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnEntry {
    pub(super) idea: Vec<String>,
    pub(super) mentee: Vec<String>,
    pub(super) year: Vec<String>,
    pub(super) page: Vec<String>,
    pub(super) empty: Vec<String>,
    pub(super) flag: Vec<String>,
    pub(super) person_name: Vec<String>,
    pub(super) person_handle: Vec<String>,
    pub(super) person_email: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindEntry {
    name: Kind,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    divides: bool,
    #[serde(default)]
    doubtful: bool,
    heads: Vec<String>,
}

/// The words of headings; see `schemas/labels.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeadingEntry {
    pub(super) announcing: Vec<String>,
    pub(super) ideas: Vec<String>,
    pub(super) work: Vec<String>,
    pub(super) wanted: Vec<String>,
    pub(super) wanted_not: Vec<String>,
    pub(super) offering: Vec<String>,
    pub(super) all: Vec<String>,
    pub(super) not_all: Vec<String>,
    pub(super) of_some: Vec<String>,
    pub(super) were: Vec<String>,
    pub(super) articles: Vec<String>,
    pub(super) unfinished: Vec<String>,
    pub(super) stating: Vec<String>,
    pub(super) calls: Vec<String>,
    pub(super) both: Vec<String>,
    pub(super) everything: Vec<String>,
    pub(super) unless: Vec<String>,
    pub(super) otherwise: Vec<String>,
    numbered: Vec<String>,
    container: Vec<String>,
    container_phrases: Vec<String>,
    sample: Vec<String>,
    pub(super) templates: Vec<String>,
    form: Vec<String>,
    invitation: Vec<String>,
    pub(super) inviting: Vec<String>,
    pub(super) inviting_for: Vec<String>,
    pub(super) address: Vec<String>,
    pub(super) asking: Vec<String>,
    pub(super) past: Vec<String>,
    pub(super) shelved: Vec<String>,
}

impl HeadingEntry {
    /// The words of which one stands in whatever speaks of all ideas.
    fn of_all(&self) -> impl Iterator<Item = &str> {
        let begin = self.everything.iter().filter_map(|phrase| phrase.split(' ').next());
        [&self.all, &self.both, &self.unless].into_iter().flatten().map(String::as_str).chain(begin)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Placeholder {
    whole: Vec<String>,
    start: Vec<String>,
}

/// The vocabulary that is built in.
pub(super) fn read() -> Labels {
    // Built in and tested: a broken file never leaves our hands.
    let file: File = serde_json::from_str(vocabulary!("labels")).expect("schemas/labels.toml is valid");
    Labels::of(file)
}

/// "Spack" is a name, and no slip of "stack".
const SHORTEST_MISSPELT: usize = 6;

impl Labels {
    fn of(file: File) -> Self {
        fn with<T: Copy>(phrases: &[String], meaning: T) -> impl Iterator<Item = (&String, T)> {
            phrases.iter().map(move |phrase| (phrase, meaning))
        }
        let mut labels = Labels {
            words: FxHashMap::default(),
            spelled: Vec::new(),
            steps: FxHashMap::default(),
            heads: vec![None],
            columns: file.column,
            of_all: file.heading.of_all().filter_map(Letters::of).collect(),
            sentences: file.sentence,
            numbered: Phrases::new(with(&file.heading.numbered, ())),
            heading_phrases: Phrases::new(
                with(&file.heading.container_phrases, HeadingPhrase::Container)
                    .chain(with(&file.heading.form, HeadingPhrase::Form))
                    .chain(with(&file.heading.invitation, HeadingPhrase::Invitation)),
            ),
            placeholders: Phrases::new(
                with(&file.placeholder.whole, PlaceholderPhrase::Whole)
                    .chain(with(&file.placeholder.start, PlaceholderPhrase::Start)),
            ),
            and: Word::default(),
            or: Word::default(),
            headings: file.heading,
            joining: file.joining,
        };
        for word in &file.modifiers {
            labels.word(word).modifier = true;
        }
        for word in std::mem::take(&mut labels.headings.container) {
            labels.word(&word).container = true;
        }
        for word in std::mem::take(&mut labels.headings.sample) {
            labels.word(&word).sample = true;
        }
        for entry in &file.kind {
            for head in &entry.heads {
                labels.add_head(
                    head,
                    Head { kind: entry.name, weak: entry.weak, divides: entry.divides, doubtful: entry.doubtful },
                );
            }
        }
        (labels.and, labels.or) = (*labels.word("and"), *labels.word("or"));
        labels
    }

    fn word(&mut self, word: &str) -> &mut Word {
        let letters = Letters::of(word).expect("no word of the vocabulary is longer than a word may be");
        let id = u16::try_from(self.words.len()).unwrap_or(u16::MAX);
        self.words.entry(letters).or_insert(Word { id, ..Word::default() })
    }

    fn add_head(&mut self, head: &str, meaning: Head) {
        let mut node = 0;
        for word in head.split(' ') {
            let spelled = word;
            let word = self.word(spelled);
            let is_new = !std::mem::replace(&mut word.part, true);
            let id = word.id;
            if is_new {
                let forms = [spelled.to_owned(), format!("{spelled}s")].into_iter();
                self.spelled.extend(forms.filter(|form| form.len() >= SHORTEST_MISSPELT));
            }
            let next = u16::try_from(self.heads.len()).unwrap_or(u16::MAX);
            node = *self.steps.entry((node, id)).or_insert(next);
            if node == next {
                self.heads.push(None);
            }
        }
        self.heads[usize::from(node)].get_or_insert(meaning);
        if !head.contains(' ') {
            self.word(head).head = true;
        }
    }
}
