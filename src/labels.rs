//! What people call the facts of an idea: `schemas/labels.toml`, read once.
//!
//! "Possible Mentors", "Mentor(s)" and "mentors:" are one thing. This module answers what a label means; where on a page a
//! label stands is the business of `fields`. Nothing here knows a page, an organisation or a programme.

mod columns;
mod headings;
mod joining;
mod kind;
mod pieces;
mod sentences;
mod vocabulary;
mod words;

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::is_slip;

pub use headings::{Heading, chapter};
pub use joining::Joining;
pub use kind::Kind;

use headings::HeadingPhrase;
use pieces::{Piece, Pieces};
use words::{Letters, Phrases};

/// The vocabulary of labels and headings.
///
/// Every line of every page asks whether it begins with a label, so words are looked up without allocating, and most lines
/// are dismissed by their first word.
pub struct Labels {
    words: FxHashMap<Letters, Word>,
    /// The longer words of the heads, as they are spelled, and their plurals.
    spelled: Vec<String>,
    /// Heads as paths through their words: from a node, by a word, to a node.
    steps: FxHashMap<(u16, u16), u16>,
    /// The head that ends at a node.
    heads: Vec<Option<Head>>,
    columns: vocabulary::ColumnEntry,
    headings: vocabulary::HeadingEntry,
    /// The words between two people, and those inside of names.
    pub joining: Joining,
    /// The words of which one stands in whatever speaks of all ideas.
    of_all: FxHashSet<Letters>,
    sentences: sentences::Sentences,
    numbered: Phrases<()>,
    heading_phrases: Phrases<HeadingPhrase>,
    placeholders: Phrases<PlaceholderPhrase>,
    and: Word,
    or: Word,
}

/// A word of the vocabulary, and what it may be.
#[derive(Clone, Copy, Default)]
struct Word {
    id: u16,
    modifier: bool,
    container: bool,
    sample: bool,
    /// It is a head by itself.
    head: bool,
    /// It is in some head.
    part: bool,
}

#[derive(Clone, Copy)]
struct Head {
    kind: Kind,
    weak: bool,
    divides: bool,
    doubtful: bool,
}

/// No label has more words than this; longer text is a sentence.
const MAX_WORDS: usize = 9;

/// Nor more words and signs; a line of nothing but signs has no label.
const MAX_PIECES: usize = 64;

/// How a phrase makes a value a placeholder.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PlaceholderPhrase {
    /// It is the whole value.
    Whole,
    /// The value begins with it.
    Start,
}

impl Labels {
    /// The vocabulary that is built in.
    pub fn get() -> &'static Labels {
        static LABELS: LazyLock<Labels> = LazyLock::new(vocabulary::read);
        &LABELS
    }

    /// What a label means, or `None` if it is none that we know.
    ///
    /// ```
    /// use mentorship_ideas::labels::{Kind, Labels};
    ///
    /// assert_eq!(Labels::get().kind("Potential Mentor(s)"), Some(Kind::Mentors));
    /// assert_eq!(Labels::get().kind("expectedOutcome"), Some(Kind::Outcomes));
    /// assert_eq!(Labels::get().kind("Skills of a good engineer"), None);
    /// ```
    pub fn kind(&self, label: &str) -> Option<Kind> {
        self.head(label).map(|head| head.kind).filter(|&kind| !self.is_invitation(kind, label))
    }

    /// True for "Must have": below the label of a text it announces a part of that.
    pub fn divides(&self, label: &str) -> bool {
        self.head(label).is_some_and(|head| head.divides)
    }

    /// True for a label such as "Requirements", which may say what people need or what the work has to meet.
    pub fn is_doubtful(&self, label: &str) -> bool {
        self.head(label).is_some_and(|head| head.doubtful)
    }

    /// What a label means one word of which has a slip: `Skils needed`.
    pub fn misspelt(&self, label: &str) -> Option<Kind> {
        let meant = label.split(' ').map(|word| {
            if self.find(Letters::of(word)).is_some() {
                return word;
            }
            let said = word.to_lowercase();
            self.spelled.iter().find(|known| is_slip(&said, known)).map_or(word, |known| known)
        });
        let meant = meant.collect::<Vec<_>>().join(" ");
        if meant == label { None } else { self.kind(&meant) }
    }

    fn head(&self, label: &str) -> Option<Head> {
        let mut words = Words::default();
        let known = self.each_word(label, |_, word| words.push(word));
        if known { self.head_of(words.as_slice()) } else { None }
    }

    /// "Other topics" invites, and announces no title.
    fn is_invitation(&self, kind: Kind, label: &str) -> bool {
        kind == Kind::Title && self.heading(label) == Heading::Invitation
    }

    /// What a label of these words means.
    fn kind_of(&self, words: &[Word]) -> Option<Kind> {
        self.head_of(words).map(|head| head.kind)
    }

    /// The head that says it.
    fn head_of(&self, words: &[Word]) -> Option<Head> {
        let (mut best, mut best_len, mut at) = (None::<Head>, 0, 0);
        while at < words.len() {
            let Some((len, head)) = self.head_at(&words[at..]) else {
                if !words[at].modifier {
                    return None;
                }
                at += 1;
                continue;
            };
            // "Repository tool" is a name; "Description and outcomes" is two labels.
            let apart = at == 0 || self.is_and(words[at - 1]);
            if !apart && best.is_some_and(|best| !best.weak && !head.weak && !best.kind.goes_with(head.kind)) {
                return None;
            }
            if let Some(first) = best.filter(|best| best.kind.makes_both(head.kind) && (apart || !best.weak && !head.weak)) {
                // "Difficulty and size", "Level / effort"; but "effort level" is one.
                (best, best_len) = (Some(Head { kind: Kind::DifficultyAndSize, weak: false, ..first }), best_len + len);
            } else if best.is_none_or(|best| (!head.weak, len) > (!best.weak, best_len)) {
                // A weak head beside a strong one is a modifier.
                (best, best_len) = (Some(head), len);
            }
            at += len;
        }
        best
    }

    fn is_and(&self, word: Word) -> bool {
        word.id == self.and.id || word.id == self.or.id
    }

    /// The longest head that the words begin with.
    fn head_at(&self, words: &[Word]) -> Option<(usize, Head)> {
        let (mut node, mut found) = (0, None);
        for (i, word) in words.iter().enumerate() {
            let Some(&next) = self.steps.get(&(node, word.id)) else { break };
            node = next;
            found = self.heads[usize::from(node)].map(|head| (i + 1, head)).or(found);
        }
        found
    }

    /// The known label that a line begins with, and what ends it.
    pub fn scan(&self, line: &str) -> Option<Scan> {
        self.scan_words(line).filter(|scan| !self.is_invitation(scan.kind, &line[..scan.end]))
    }

    /// The label of known words that a line begins with. Most lines are dismissed by their first word.
    fn scan_words(&self, line: &str) -> Option<Scan> {
        let mut words = Words::default();
        let mut ends = [0; MAX_WORDS];
        // Up to where a label may reach that no mark ends: a parenthesis after it is not part of it.
        let mut bare = None;
        let mut pieces = Pieces::new(self, line);
        for _ in 0..MAX_PIECES {
            match pieces.next() {
                Piece::Word { known, end, .. } => {
                    if !words.push(known) {
                        break;
                    }
                    ends[words.count - 1] = end;
                }
                Piece::And => {
                    if !words.push(Some(self.and)) {
                        break;
                    }
                    ends[words.count - 1] = ends[words.count.saturating_sub(2)];
                }
                Piece::Parenthesis => bare = bare.or(Some(words.count)),
                Piece::Mark { at, c } => match c {
                    ':' | '：' if line[at..].starts_with("://") => return None,
                    ':' | '：' => return self.kind_of(words.as_slice()).map(|kind| Scan { kind, end: at, mark: Mark::Colon }),
                    '-' | '–' | '—' | '=' if line[..at].ends_with(' ') && line[at + c.len_utf8()..].starts_with(' ') => {
                        return self.kind_of(words.as_slice()).map(|kind| Scan { kind, end: at, mark: Mark::Dash });
                    }
                    '.' | '!' | '?' if line[at + 1..].starts_with(' ') => break,
                    '@' | '<' | '~' => break,
                    _ => {}
                },
                Piece::End => {
                    return self.kind_of(words.as_slice()).map(|kind| Scan { kind, end: line.len(), mark: Mark::End });
                }
            }
        }
        let longest = bare.unwrap_or(words.count);
        (1..=longest).rev().find_map(|count| {
            let kind = self.kind_of(&words.as_slice()[..count])?;
            Some(Scan { kind, end: ends[count - 1], mark: Mark::None })
        })
    }

    /// True for "TBD", "_No response_", "Looking for mentors": a value that says nothing.
    pub fn is_placeholder(&self, value: &str) -> bool {
        self.placeholders.beginning(value).any(|found| match found.meaning {
            PlaceholderPhrase::Whole => found.whole,
            PlaceholderPhrase::Start => true,
        })
    }

    /// True for a text that only says that there is nothing: `TBD`. A sentence that begins like one says more: "Please
    /// open a pull request".
    pub fn stands_for_nothing(&self, text: &str) -> bool {
        /// This many words are a sentence.
        const SENTENCE: usize = 4;
        text.split_whitespace().nth(SENTENCE).is_none() && self.is_placeholder(text)
    }

    /// The words of a label that say more than what it announces: those outside parentheses that nobody knows, beside
    /// some that are known. A label of unknown words alone is another word for what it announces.
    pub fn unknown_words(&self, label: &str) -> Vec<String> {
        let (mut unknown, mut is_known) = (Vec::new(), false);
        self.each_word(label, |said, word| {
            match word {
                Some(word) if word.modifier || word.part => is_known = true,
                _ => unknown.push(said.to_owned()),
            }
            true
        });
        if is_known { unknown } else { Vec::new() }
    }

    /// Calls `each` for the words of a label until it returns false: as written and as known. What stands in parentheses is
    /// skipped, `&` and `/` are read as "and", `camelCase` falls apart. Returns whether all words were taken.
    fn each_word(&self, label: &str, mut each: impl FnMut(&str, Option<Word>) -> bool) -> bool {
        let mut pieces = Pieces::new(self, label);
        loop {
            let taken = match pieces.next() {
                Piece::Word { start, end, known } => each(&label[start..end], known),
                Piece::And => each("and", Some(self.and)),
                Piece::Parenthesis | Piece::Mark { .. } => true,
                Piece::End => return true,
            };
            if !taken {
                return false;
            }
        }
    }

    /// Looks a word up, as it is and without a plural `s`.
    fn find(&self, word: Option<Letters>) -> Option<Word> {
        let word = word?;
        self.words.get(&word).or_else(|| self.words.get(&word.singular()?)).copied()
    }
}

/// A label at the beginning of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scan {
    /// What it announces.
    pub kind: Kind,
    /// Where it ends: at its mark, or after its last word.
    pub end: usize,
    /// What ends it.
    pub mark: Mark,
}

/// What ends a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `Mentors: …`
    Colon,
    /// `Mentors - …`, `Mentors = …`
    Dash,
    /// The line ends with it.
    End,
    /// `Mentors @jane`: something else begins.
    None,
}

/// The words of a label so far.
#[derive(Default)]
struct Words {
    words: [Word; MAX_WORDS],
    count: usize,
}

impl Words {
    /// Takes a word if it may be part of a label and there is room.
    fn push(&mut self, word: Option<Word>) -> bool {
        let word = word.filter(|word| (word.modifier || word.part) && self.count < MAX_WORDS);
        if let Some(word) = word {
            self.words[self.count] = word;
            self.count += 1;
        }
        word.is_some()
    }

    fn as_slice(&self) -> &[Word] {
        &self.words[..self.count]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_mean() {
        let labels = Labels::get();
        for (label, kind) in [
            ("Description", Some(Kind::Description)),
            ("Detailed Description:", Some(Kind::Description)),
            ("Descrption", Some(Kind::Description)),
            ("Project Description (max. 5 Sentences)", Some(Kind::Description)),
            ("Description & Outcomes", Some(Kind::Description)),
            ("Expected Outcome(s)", Some(Kind::Outcomes)),
            ("expectedOutcome", Some(Kind::Outcomes)),
            ("Skills Required/Preferred", Some(Kind::Skills)),
            ("Recommended Skill(s)", Some(Kind::Skills)),
            ("Nice to Have", Some(Kind::Skills)),
            ("Skill level", Some(Kind::Difficulty)),
            ("Level", Some(Kind::Difficulty)),
            ("Complexity Rating", Some(Kind::Difficulty)),
            ("Technologies", Some(Kind::Technologies)),
            ("Mentors(s)", Some(Kind::Mentors)),
            ("Possible Mentors", Some(Kind::Mentors)),
            ("Mentor GitHub Handle(s)", Some(Kind::MentorHandles)),
            ("Mentor Contact Email(s)", Some(Kind::MentorEmails)),
            ("Expected Size of the Project", Some(Kind::Size)),
            ("Estimated Time Commitment", Some(Kind::Size)),
            ("Upstream Issue (URL)", Some(Kind::Upstream)),
            ("Upstream Issue(URL)", Some(Kind::Upstream)),
            ("GitHub Issues References", Some(Kind::Upstream)),
            ("Contributor Evaluation/GSoC GitHub Issue Links", Some(Kind::Upstream)),
            ("Project", Some(Kind::Project)),
            ("CNCF Project", Some(Kind::Project)),
            ("Project Title", Some(Kind::Title)),
            ("Resources & References", Some(Kind::Links)),
            ("Code license", Some(Kind::Other)),
            // Spanish, Portuguese, French, German, Italian, Chinese.
            ("Habilidades requeridas", Some(Kind::Skills)),
            ("Mentores", Some(Kind::Mentors)),
            ("Duración del proyecto", Some(Kind::Size)),
            ("Nível de dificuldade", Some(Kind::Difficulty)),
            ("Orientadores", Some(Kind::Mentors)),
            ("Résultats attendus", Some(Kind::Outcomes)),
            ("Durée", Some(Kind::Size)),
            ("Schwierigkeit", Some(Kind::Difficulty)),
            ("Erwartete Ergebnisse", Some(Kind::Outcomes)),
            ("Difficoltà", Some(Kind::Difficulty)),
            ("Descrizione", Some(Kind::Description)),
            ("项目导师", Some(Kind::Mentors)),
            ("技能要求", Some(Kind::Skills)),
            // No labels.
            ("Other topics", None),
            ("Skills Engine Implementation", None),
            ("Mentors expecting GSoC project execution plan", None),
            ("Module", Some(Kind::Project)),
            ("Module A", None),
            ("NAME OF A MENTOR", Some(Kind::Mentors)),
            ("Harbor", None),
            ("", None),
        ] {
            assert_eq!(labels.kind(label), kind, "{label}");
        }
    }

    #[test]
    fn words_of_labels_are_told_from_what_else_they_say() {
        for (label, unknown) in [
            ("Recommended Skills", &[][..]),
            ("Preferred wobbly Skills", &["wobbly"]),
            ("Mentor(s) on duty", &["duty"]),
            ("Skills (comma separated)", &[]),
            ("Guides", &[]),
            ("", &[]),
        ] {
            assert_eq!(Labels::get().unknown_words(label), unknown, "{label}");
        }
    }

    #[test]
    fn placeholders_say_nothing() {
        let labels = Labels::get();
        for value in ["TBD", "tbd.", "_No response_", "Looking for mentors", "N/A", "TBA"] {
            assert!(labels.is_placeholder(value), "{value}");
        }
        assert!(!labels.is_placeholder("Tobias"));
    }
}
