//! What people call the facts of an idea: `schemas/labels.toml`, read once.
//!
//! "Possible Mentors", "Mentor(s)" and "mentors:" are one thing. This room answers what a label means; where on a page a
//! label stands is the business of `fields`. Nothing here knows a page, an organisation or a programme.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
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
    heading: HeadingWords,
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
struct HeadingWords {
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
pub struct Labels {
    heads: HashMap<String, Head>,
    modifiers: HashMap<String, ()>,
    heading: HeadingWords,
    container: HashMap<String, ()>,
    placeholder: Placeholder,
    longest_head: usize,
}

#[derive(Clone, Copy)]
struct Head {
    kind: Kind,
    weak: bool,
}

/// No label has more words than this; longer text is a sentence.
const MAX_WORDS: usize = 9;

impl Labels {
    /// The vocabulary that is built in.
    #[allow(clippy::missing_panics_doc)]
    pub fn get() -> &'static Labels {
        static LABELS: LazyLock<Labels> = LazyLock::new(|| {
            // Built in and tested: a broken file never leaves our hands.
            let file: File = toml::from_str(include_str!("../schemas/labels.toml")).expect("schemas/labels.toml is valid");
            Labels::new(file)
        });
        &LABELS
    }

    fn new(file: File) -> Self {
        let set = |words: &[String]| words.iter().map(|word| (word.clone(), ())).collect();
        let mut heads = HashMap::new();
        let mut longest_head = 0;
        for entry in &file.kind {
            for head in &entry.heads {
                longest_head = longest_head.max(head.split(' ').count());
                heads.entry(head.clone()).or_insert(Head { kind: entry.name, weak: entry.weak });
            }
        }
        Labels {
            heads,
            longest_head,
            modifiers: set(&file.modifiers),
            container: set(&file.heading.container),
            heading: file.heading,
            placeholder: file.placeholder,
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
        let words = words(label, MAX_WORDS)?;
        self.kind_of(&words)
    }

    /// What a label of these words (from [`words`]) means.
    pub fn kind_of(&self, words: &[String]) -> Option<Kind> {
        let (mut best, mut best_len, mut at) = (None::<Head>, 0, 0);
        'words: while at < words.len() {
            let longest = self.longest_head.min(words.len() - at);
            for len in (1..=longest).rev() {
                let head = if len == 1 { self.heads.get(&words[at]) } else { self.heads.get(&words[at..at + len].join(" ")) };
                if let Some(&head) = head {
                    // "Repository tool" is a name; "Description and outcomes" is two labels.
                    let apart = at == 0 || matches!(words[at - 1].as_str(), "and" | "or");
                    if !apart && best.is_some_and(|best| !best.weak && !head.weak && !best.kind.goes_with(head.kind)) {
                        return None;
                    }
                    let better = best.is_none_or(|best| (!head.weak, len) > (!best.weak, best_len));
                    // A weak head beside a strong one is a modifier.
                    if better {
                        (best, best_len) = (Some(head), len);
                    }
                    at += len;
                    continue 'words;
                }
            }
            if !self.modifiers.contains_key(&words[at]) {
                return None;
            }
            at += 1;
        }
        best.map(|head| head.kind)
    }

    /// The length in bytes of the longest known label that `text` begins with, and its kind, if the label ends at a word
    /// border before something else: `Mentors @jane`, `Skills Required C++`.
    pub fn prefix(&self, text: &str) -> Option<(usize, Kind)> {
        let mut found = None;
        let mut end = 0;
        for (count, word) in text.split(' ').enumerate() {
            if count == MAX_WORDS || !word.starts_with(char::is_alphanumeric) {
                break;
            }
            end += word.len() + usize::from(count > 0);
            let Some(kind) = self.kind(&text[..end]) else { continue };
            // What ends in a parenthesis of its own is read with it.
            found = Some((end, kind));
        }
        found.filter(|&(end, _)| end < text.len())
    }

    /// True for "Project Ideas", "Proposals", "GSoC 2026": headings that hold ideas and name no project.
    pub fn is_container(&self, heading: &str) -> bool {
        let phrase = phrase(heading);
        if self.heading.container_phrases.iter().any(|known| has_phrase(&phrase, known)) {
            return true;
        }
        words(heading, usize::MAX).is_some_and(|words| {
            !words.is_empty()
                && words.iter().all(|word| self.container.contains_key(word) || word.chars().all(|c| c.is_ascii_digit()))
        })
    }

    /// True for "Template", "Sample:", "Project idea template".
    pub fn is_sample(&self, heading: &str) -> bool {
        words(heading, MAX_WORDS).is_some_and(|words| {
            let sample = |word: &String| self.heading.sample.contains(word);
            words.iter().any(sample)
                && words.iter().all(|word| {
                    sample(word)
                        || self.container.contains_key(word)
                        || self.modifiers.contains_key(word)
                        || self.heads.contains_key(word)
                })
        })
    }

    /// True for "Your own idea", "Timeline", "How to apply": headings that are never an idea.
    pub fn is_invitation(&self, heading: &str) -> bool {
        let phrase = phrase(heading);
        let phrase = phrase.trim_end();
        let short = phrase.split(' ').count() <= 6;
        self.heading.invitation.iter().any(|known| {
            if known.contains(' ') {
                phrase.starts_with(known.as_str()) || (short && has_phrase(phrase, known))
            } else {
                phrase == known
            }
        })
    }

    /// The length of a leading "Project 12:", "Idea #3 -", "Proposal 1." in a heading; all of it if nothing follows.
    pub fn number_prefix(&self, heading: &str) -> Option<usize> {
        let lower = heading.to_ascii_lowercase();
        let after = self
            .heading
            .numbered
            .iter()
            .filter(|word| lower.starts_with(word.as_str()))
            .map(String::len)
            .max()?;
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
        let phrase = phrase(value);
        let phrase = phrase.trim();
        self.placeholder.whole.iter().any(|known| phrase == known)
            || self.placeholder.start.iter().any(|known| phrase.starts_with(known.as_str()))
    }
}

/// The words of a label as the vocabulary has them: lower case, singular, without punctuation, parentheses skipped.
/// `None` if there are more than `most`, or none.
fn words(label: &str, most: usize) -> Option<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut depth = 0_u32;
    let mut before = ' ';
    // `expectedOutcome` falls apart; "GSoC" among other words does not.
    let camel = !label.trim().contains(char::is_whitespace);
    for c in label.chars().chain([' ']) {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            // `Q&A`, `Skills & Tools`, `Required/Desirable`
            '&' | '/' | '+' => {
                end_word(&mut word, &mut words);
                if words.last().is_some_and(|last| last != "and") {
                    words.push("and".to_owned());
                }
            }
            '\'' | '’' | '*' | '`' => {}
            c if c.is_alphanumeric() => {
                if camel && c.is_uppercase() && before.is_lowercase() && !word.is_empty() {
                    end_word(&mut word, &mut words);
                }
                word.extend(c.to_lowercase());
            }
            _ => end_word(&mut word, &mut words),
        }
        before = c;
        if words.len() > most {
            return None;
        }
    }
    // `GitHub` is one word, whatever its capitals say.
    join_camel(&mut words);
    (!words.is_empty()).then_some(words)
}

fn join_camel(words: &mut Vec<String>) {
    let mut at = 0;
    while at + 1 < words.len() {
        if matches!((words[at].as_str(), words[at + 1].as_str()), ("git", "hub" | "lab")) {
            let next = words.remove(at + 1);
            words[at].push_str(&next);
        }
        if (words[at].as_str(), words.get(at + 1).map(String::as_str)) == ("gso", Some("c")) {
            words[at] = "gsoc".to_owned();
            words.remove(at + 1);
        }
        at += 1;
    }
}

fn end_word(word: &mut String, words: &mut Vec<String>) {
    if word.is_empty() {
        return;
    }
    // A plural: `skills`, `technologies`; not `class`, `status`, `prerequisites` loses its own `s` alike.
    if word.len() > 3 && word.ends_with("ies") {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is") {
        word.pop();
    }
    words.push(std::mem::take(word));
}

/// Lower case, every run of anything but letters and digits a single space.
fn phrase(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if matches!(c, '\'' | '’') {
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out
}

/// True if `known` begins at a word border of `text`.
fn has_phrase(text: &str, known: &str) -> bool {
    text.match_indices(known).any(|(at, _)| at == 0 || text.as_bytes()[at - 1] == b' ')
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
            assert!(labels.is_sample(sample), "{sample}");
        }
        assert!(!labels.is_sample("Template engine for Helm"));
        assert!(labels.is_invitation("Your own idea"));
        assert!(labels.is_invitation("Something Else!"));
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
