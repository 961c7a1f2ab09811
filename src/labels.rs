//! What people call the facts of an idea: `schemas/labels.toml`, read once.
//!
//! "Possible Mentors", "Mentor(s)" and "mentors:" are one thing. This room answers what a label means; where on a page a
//! label stands is the business of `fields`. Nothing here knows a page, an organisation or a programme.

mod pieces;
mod words;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use pieces::{Piece, Pieces};
use words::{Letters, Phrases, words};

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The idea's title.
    Title,
    /// The project or group it is filed under.
    Project,
    /// Who owns the page.
    Organization,
    /// The mentorship programme.
    Program,
    /// The year or term.
    Term,
    /// What it is about.
    Description,
    /// What shall come of it.
    Outcomes,
    /// What a mentee should know.
    Skills,
    /// What it is made with.
    Technologies,
    /// Who mentors.
    Mentors,
    /// The mentors' GitHub handles, as a list of their own.
    MentorHandles,
    /// The mentors' e-mail addresses, as a list of their own.
    MentorEmails,
    /// How hard it is.
    Difficulty,
    /// How many hours it takes.
    Size,
    /// Both in one.
    DifficultyAndSize,
    /// The issue that tracks it.
    Upstream,
    /// Where to read on.
    Links,
    /// A project's web site.
    Website,
    /// When a project's profile was last changed.
    Updated,
    /// A known label that says something we hold no fact for.
    Other,
}

impl Kind {
    /// True for the facts that hardly anything but an idea has.
    pub fn is_telling(self) -> bool {
        matches!(
            self,
            Kind::Skills
                | Kind::Technologies
                | Kind::Mentors
                | Kind::MentorHandles
                | Kind::Difficulty
                | Kind::Size
                | Kind::DifficultyAndSize
                | Kind::Upstream
        )
    }

    /// True for kinds that are said in one label: "Contact mentors", "Skills technologies".
    fn goes_with(self, other: Kind) -> bool {
        let skill = |kind| matches!(kind, Kind::Skills | Kind::Technologies);
        self == other || (skill(self) && skill(other))
    }

    /// True for the facts that are text of any length.
    pub fn is_prose(self) -> bool {
        matches!(self, Kind::Description | Kind::Outcomes | Kind::Links | Kind::Other)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    modifiers: Vec<String>,
    kind: Vec<KindEntry>,
    heading: HeadingEntry,
    placeholder: Placeholder,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindEntry {
    name: Kind,
    #[serde(default)]
    weak: bool,
    heads: Vec<String>,
}

/// The words of headings; see `schemas/labels.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadingEntry {
    announcing: Vec<String>,
    numbered: Vec<String>,
    container: Vec<String>,
    container_phrases: Vec<String>,
    sample: Vec<String>,
    invitation: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Placeholder {
    whole: Vec<String>,
    start: Vec<String>,
}

/// The vocabulary of labels and headings.
///
/// Every line of every page asks whether it begins with a label, so words are looked up without allocating, and most lines
/// are dismissed by their first word.
pub struct Labels {
    words: FxHashMap<Letters, Word>,
    /// Heads as paths through their words: from a node, by a word, to a node.
    steps: FxHashMap<(u16, u16), u16>,
    /// The head that ends at a node.
    heads: Vec<Option<Head>>,
    announcing: Vec<String>,
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
}

/// No label has more words than this; longer text is a sentence.
const MAX_WORDS: usize = 9;

/// Nor more words and signs; a line of nothing but signs has no label.
const MAX_PIECES: usize = 64;

/// What a heading is of whose words all are of one kind.
struct HeadingWords {
    sample: bool,
    container: bool,
}

/// What a phrase in a heading says about it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum HeadingPhrase {
    Container,
    Invitation,
}

/// How a phrase makes a value a placeholder.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PlaceholderPhrase {
    /// It is the whole value.
    Whole,
    /// The value begins with it.
    Start,
}

/// What a heading is, apart from a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// Anything: a project, an idea.
    Plain,
    /// "Project Ideas", "Proposals", "`GSoC` 2026": holds ideas and names no project.
    Container,
    /// "Template", "Sample:", "Project idea template".
    Sample,
    /// "Your own idea", "Timeline", "How to apply": never an idea.
    Invitation,
}

impl Labels {
    /// The vocabulary that is built in.
    #[allow(clippy::missing_panics_doc)]
    pub fn get() -> &'static Labels {
        static LABELS: LazyLock<Labels> = LazyLock::new(|| {
            // Built in and tested: a broken file never leaves our hands.
            let file: File = toml::from_str(include_str!("../schemas/labels.toml")).expect("schemas/labels.toml is valid");
            Labels::new(&file)
        });
        &LABELS
    }

    fn new(file: &File) -> Self {
        fn with<T: Copy>(phrases: &[String], meaning: T) -> impl Iterator<Item = (&String, T)> {
            phrases.iter().map(move |phrase| (phrase, meaning))
        }
        let mut labels = Labels {
            words: FxHashMap::default(),
            steps: FxHashMap::default(),
            heads: vec![None],
            announcing: file.heading.announcing.clone(),
            numbered: Phrases::new(with(&file.heading.numbered, ())),
            heading_phrases: Phrases::new(
                with(&file.heading.container_phrases, HeadingPhrase::Container)
                    .chain(with(&file.heading.invitation, HeadingPhrase::Invitation)),
            ),
            placeholders: Phrases::new(
                with(&file.placeholder.whole, PlaceholderPhrase::Whole)
                    .chain(with(&file.placeholder.start, PlaceholderPhrase::Start)),
            ),
            and: Word::default(),
            or: Word::default(),
        };
        for word in &file.modifiers {
            labels.word(word).modifier = true;
        }
        for word in &file.heading.container {
            labels.word(word).container = true;
        }
        for word in &file.heading.sample {
            labels.word(word).sample = true;
        }
        for entry in &file.kind {
            for head in &entry.heads {
                labels.add_head(head, Head { kind: entry.name, weak: entry.weak });
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
            let word = self.word(word);
            word.part = true;
            let id = word.id;
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
        let mut words = Words::default();
        let known = self.each_word(label, |_, word| words.push(word));
        if known { self.kind_of(words.as_slice()) } else { None }
    }

    /// What a label of these words means.
    fn kind_of(&self, words: &[Word]) -> Option<Kind> {
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
            // A weak head beside a strong one is a modifier.
            if best.is_none_or(|best| (!head.weak, len) > (!best.weak, best_len)) {
                (best, best_len) = (Some(head), len);
            }
            at += len;
        }
        best.map(|head| head.kind)
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

    /// The known label that a line begins with, and what ends it. Most lines are dismissed by their first word.
    pub fn scan(&self, line: &str) -> Option<Scan> {
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
                    '-' | '–' | '—' if line[..at].ends_with(' ') && line[at + c.len_utf8()..].starts_with(' ') => {
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

    /// What a heading is, if it is no label.
    pub fn heading(&self, heading: &str) -> Heading {
        let words = self.heading_words(heading);
        if words.sample {
            return Heading::Sample;
        }
        let (mut invitation, mut container) = (false, words.container);
        for found in self.heading_phrases.standing_in(heading) {
            match found.meaning {
                HeadingPhrase::Container => container = true,
                // "How to apply for it", and within few words "Bring your own idea"; but only "Status" alone.
                HeadingPhrase::Invitation if found.phrase.contains(' ') => invitation |= found.starts || has_few_words(heading),
                HeadingPhrase::Invitation => invitation |= found.whole,
            }
        }
        match (invitation, container) {
            (true, _) => Heading::Invitation,
            (false, true) => Heading::Container,
            (false, false) => Heading::Plain,
        }
    }

    /// True for "Project Ideas", "Proposals", "`GSoC` 2026": words that name no project.
    pub fn is_container(&self, heading: &str) -> bool {
        self.heading_words(heading).container
            || self.heading_phrases.standing_in(heading).any(|found| found.meaning == HeadingPhrase::Container)
    }

    /// What the words of a heading make it, if there is no other word among them.
    fn heading_words(&self, heading: &str) -> HeadingWords {
        let mut any = false;
        let (mut container, mut sample, mut template) = (true, false, true);
        self.each_word(heading, |said, word| {
            any = true;
            sample |= word.is_some_and(|word| word.sample);
            template &= word.is_some_and(|word| word.sample || word.container || word.modifier || word.head);
            container &= word.is_some_and(|word| word.container) || said.bytes().all(|byte| byte.is_ascii_digit());
            container || template
        });
        HeadingWords { sample: sample && template, container: any && container }
    }

    /// True for the word before a colon that announces an idea ("Project: …"); "Component: …" may be the idea.
    pub fn announces(&self, word: &str) -> bool {
        self.announcing.iter().any(|known| known.eq_ignore_ascii_case(word))
    }

    /// The length of a leading "Project 12:", "Idea #3 -", "Proposal 1." in a heading; all of it if nothing follows.
    pub fn number_prefix(&self, heading: &str) -> Option<usize> {
        let starts = |word: &&str| heading.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        let after = self.numbered.beginning(heading).map(|found| found.phrase).filter(starts).map(str::len).max()?;
        let rest = &heading[after..];
        let trimmed = rest.trim_start_matches([' ', '#', '-', '\u{a0}']);
        if trimmed.len() == rest.len() {
            return None;
        }
        let code = trimmed.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let numbered = !code.is_empty() && code.chars().all(|c| c.is_ascii_digit());
        // "Project BP: …": a short code in capitals, and only with a colon behind it.
        let coded = (1..=6).contains(&code.len()) && code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        let at = after + (rest.len() - trimmed.len()) + code.len();
        let tail = heading[at..].trim_start();
        let ends = |separators: &[char]| tail.starts_with(separators);
        if tail.is_empty() && numbered {
            return Some(heading.len());
        }
        if (numbered && ends(&[':', '.', ')', '-', '–', '—', '|'])) || (coded && ends(&[':'])) {
            let separator = tail.chars().next().map_or(0, char::len_utf8);
            let title = tail[separator..].trim_start();
            return Some(heading.len() - title.len());
        }
        None
    }

    /// True for "TBD", "_No response_", "Looking for mentors": a value that says nothing.
    pub fn is_placeholder(&self, value: &str) -> bool {
        self.placeholders.beginning(value).any(|found| match found.meaning {
            PlaceholderPhrase::Whole => found.whole,
            PlaceholderPhrase::Start => true,
        })
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
    /// `Mentors - …`
    Dash,
    /// The line ends with it.
    End,
    /// `Mentors @jane`: something else begins.
    None,
}

/// True for up to six words; a mark at the end counts as one.
fn has_few_words(heading: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    words(heading).count() + usize::from(!heading.ends_with(is_letter)) <= 6
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
            // No labels.
            ("Skills Engine Implementation", None),
            ("Mentors expecting GSoC project execution plan", None),
            ("Harbor", None),
            ("", None),
        ] {
            assert_eq!(labels.kind(label), kind, "{label}");
        }
    }

    #[test]
    fn headings_mean() {
        let labels = Labels::get();
        for container in ["Project Ideas", "Proposals", "GSoC Ideas 2026", "Ideas List for SU2 Google Summer of Code", "2019"] {
            assert!(labels.is_container(container), "{container}");
        }
        for project in ["Kubernetes", "Open Policy Agent (OPA)", "Project Rekor"] {
            assert!(!labels.is_container(project), "{project}");
        }
        for sample in ["Template", "Sample:", "Project idea template"] {
            assert_eq!(labels.heading(sample), Heading::Sample, "{sample}");
        }
        for invitation in ["Your own idea", "Something Else!", "Status", "How to apply for all of this and that here"] {
            assert_eq!(labels.heading(invitation), Heading::Invitation, "{invitation}");
        }
        for plain in ["Template engine for Helm", "Status page for Jenkins", "Faster parser"] {
            assert_eq!(labels.heading(plain), Heading::Plain, "{plain}");
        }
    }

    #[test]
    fn number_prefixes_end_before_the_title() {
        let labels = Labels::get();
        for (heading, title) in [
            ("Project 12: PostgreSQL", Some("PostgreSQL")),
            ("Project BP: Adding", Some("Adding")),
            ("Idea #3 - Faster", Some("Faster")),
            ("Project 3", Some("")),
            ("Proposal 1. X", Some("X")),
            ("Project Rekor", None),
            ("Projects: a history", None),
            ("Ideas", None),
        ] {
            assert_eq!(labels.number_prefix(heading).map(|at| &heading[at..]), title, "{heading}");
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
