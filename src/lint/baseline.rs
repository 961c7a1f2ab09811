//! What was found before and is put up with: a file that lists it, so that only new findings fail.
//!
//! A finding is known again by its page, its code and the text of its line, wherever the line has moved to; and by how often
//! that is there. The file is sorted, a finding per entry, so that a review shows what was added and what was mended.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Finding, Linted, More};

/// How many characters of a line are kept: the beginnings of lines tell them apart well enough.
const TEXT: usize = 120;

/// The version of the file's form.
const VERSION: u32 = 1;

/// What is put up with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    known: BTreeMap<Fingerprint, usize>,
}

/// What a finding is known by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint {
    /// The page, as seen from where the baseline lies.
    pub path: String,
    /// The rule's code.
    pub code: String,
    /// The beginning of the line, without extra space; none for findings that are only counted.
    pub text: Option<String>,
}

impl Fingerprint {
    /// What a finding is known by, on the page of `path`.
    pub fn of(finding: &Finding, page: &Linted, path: &str) -> Self {
        let begin = page.source.line_start(finding.span.start);
        let line = page.source.text()[begin..].trim_start_matches('\u{feff}').chars().take_while(|&c| c != '\n');
        // No more is looked at than may be kept: a page may be one line.
        let line: String = line.take(4 * TEXT).collect();
        let mut kept = String::new();
        for word in line.split_whitespace() {
            if !kept.is_empty() {
                kept.push(' ');
            }
            kept.extend(word.chars().take(TEXT));
            if kept.len() >= TEXT {
                break;
            }
        }
        Fingerprint { path: path.to_owned(), code: finding.code.to_owned(), text: Some(kept.chars().take(TEXT).collect()) }
    }

    /// What findings are known by that are only counted, on the page of `path`.
    pub fn of_more(more: &More, path: &str) -> Self {
        Fingerprint { path: path.to_owned(), code: more.code.to_owned(), text: None }
    }
}

/// The file.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    findings: Vec<Entry>,
}

/// A fingerprint in the file.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    code: String,
    text: Option<String>,
    count: usize,
}

/// Why a file is no baseline.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// No JSON, or not ours.
    #[error("this is no baseline ({0}); `--write-baseline` writes one")]
    Form(#[from] serde_json::Error),
    /// Written by another version.
    #[error("this baseline is of version {0}, and this program knows version {VERSION}; `--write-baseline` writes it anew")]
    Version(u32),
}

impl Baseline {
    /// The baseline of a file.
    ///
    /// # Errors
    ///
    /// The text is no baseline.
    pub fn read(json: &str) -> Result<Self, BaselineError> {
        let file: File = serde_json::from_str(json)?;
        if file.version != VERSION {
            return Err(BaselineError::Version(file.version));
        }
        let mut known = BTreeMap::new();
        for Entry { path, code, text, count } in file.findings {
            *known.entry(Fingerprint { path, code, text }).or_insert(0) += count;
        }
        Ok(Baseline { known })
    }

    /// A baseline of what was found.
    pub fn of(found: impl IntoIterator<Item = Fingerprint>) -> Self {
        let mut known = BTreeMap::new();
        for fingerprint in found {
            *known.entry(fingerprint).or_insert(0) += 1;
        }
        Baseline { known }
    }

    /// Adds so many findings that are known by the same.
    pub fn add(&mut self, fingerprint: Fingerprint, count: usize) {
        *self.known.entry(fingerprint).or_insert(0) += count;
    }

    /// The file, sorted; it ends in a line break.
    pub fn json(&self) -> String {
        let entry = |(known, &count): (&Fingerprint, &usize)| {
            let Fingerprint { path, code, text } = known.clone();
            Entry { path, code, text, count }
        };
        let file = File { version: VERSION, findings: self.known.iter().map(entry).collect() };
        // Strings and numbers cannot fail to be JSON.
        serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
    }

    /// How many findings it puts up with, without those it has [taken](Baseline::takes).
    pub fn len(&self) -> usize {
        self.known.values().sum()
    }

    /// True if it puts up with nothing.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// True if it puts up with this finding, and with one less from now on. One that it only counts may be told by now, as others are
    /// mended.
    pub fn takes(&mut self, fingerprint: &Fingerprint) -> bool {
        self.takes_some(fingerprint, 1) == 1 || self.takes_some(&Fingerprint { text: None, ..fingerprint.clone() }, 1) == 1
    }

    /// The same for a finding whose line was changed, as a fix of something else on it does: a line of the same page that broke the same
    /// rule, and has most of its words in common with this one, is known.
    pub fn takes_changed(&mut self, fingerprint: &Fingerprint) -> bool {
        let Some(text) = &fingerprint.text else { return false };
        let first = Fingerprint { text: None, ..fingerprint.clone() };
        let alike =
            self.known.range_mut(first..).take_while(|(it, _)| (&it.path, &it.code) == (&fingerprint.path, &fingerprint.code));
        let left = alike.filter(|(_, count)| **count > 0);
        let alike = left.filter_map(|(it, count)| Some((likeness(it.text.as_deref()?, text), count)));
        let nearest = alike.filter(|(likeness, _)| *likeness >= ALIKE).max_by_key(|(likeness, _)| *likeness);
        nearest.map(|(_, count)| *count -= 1).is_some()
    }

    /// How many of so many findings that are only counted it puts up with; it puts up with so many less from now on.
    pub fn takes_some(&mut self, fingerprint: &Fingerprint, count: usize) -> usize {
        let Some(known) = self.known.get_mut(fingerprint) else { return 0 };
        let taken = count.min(*known);
        *known -= taken;
        taken
    }
}

/// Lines are the same one, changed, if they have so many of a hundred words in common.
const ALIKE: usize = 60;

/// How many of a hundred words two lines have in common.
fn likeness(a: &str, b: &str) -> usize {
    let words = |line: &str| -> Vec<String> {
        let words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (a, mut b) = (words(a), words(b));
    let all = a.len() + b.len();
    let common = a.iter().filter(|word| b.iter().position(|other| other == *word).map(|at| b.swap_remove(at)).is_some()).count();
    (200 * common).checked_div(all).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint;
    use crate::lint::template::Template;
    use crate::text::Source;

    /// The fingerprints of what is found on the LFX page with a piece changed.
    fn fingerprints(change: impl Fn(&str) -> String) -> Vec<Fingerprint> {
        let template = Template::named("lfx").unwrap();
        let (page, findings) = lint::page(Source::new("a.md", change(template.example)), Some(template)).unwrap();
        findings.iter().map(|finding| Fingerprint::of(finding, &page, "a.md")).collect()
    }

    fn without_sign(text: &str) -> String {
        text.replace("(@boreed", "(boreed")
    }

    #[test]
    fn findings_are_known_again_where_their_lines_have_moved() {
        let before = fingerprints(without_sign);
        assert_eq!(before.len(), 1);
        let baseline = Baseline::of(before);
        for (change, new) in [
            (without_sign as fn(&str) -> String, 0),
            (|text| format!("Introduction.\n\n{}", without_sign(text)), 0),
            (|text| without_sign(text).replace('\n', "\r\n"), 0),
            (|text| text.to_owned(), 0),
            (|text| text.replace("(@ada-brook, ada@example.org)\n  - Bo", "(ada-brook, ada@example.org)\n  - Bo"), 1),
        ] {
            let mut baseline = baseline.clone();
            let left: Vec<_> = fingerprints(change).into_iter().filter(|found| !baseline.takes(found)).collect();
            assert_eq!(left.len(), new, "{left:?}");
        }
    }

    #[test]
    fn findings_are_known_again_where_their_lines_were_mended() {
        let line = |text: &str| Fingerprint { path: "a.md".into(), code: "x".into(), text: Some(text.into()) };
        let known = Baseline::of(["- Mentors: Bo Reed (boreed, bo@)", "- Skills Required: Pyhton"].map(line));
        for (text, is_known) in [
            ("- Mentors: Bo Reed (@boreed, bo@)", true),
            ("- Mentors: Bo Reed (`boreed`, bo@)", true),
            ("- Recommended Skills: Pyhton", true),
            ("- Mentors: Ada Brook (ada-brook, ada@)", false),
            ("", false),
        ] {
            let mut baseline = known.clone();
            assert_eq!(baseline.takes(&line(text)) || baseline.takes_changed(&line(text)), is_known, "{text}");
            assert!(!is_known || !baseline.takes_changed(&line(text)), "{text}: known once");
        }
        assert!(!known.clone().takes_changed(&Fingerprint { code: "y".into(), ..line("- Recommended Skills: Pyhton") }));
    }

    #[test]
    fn one_more_of_the_same_is_new() {
        let found = fingerprints(without_sign).remove(0);
        let mut baseline = Baseline::of([found.clone(), found.clone()]);
        assert_eq!(baseline.len(), 2);
        assert_eq!([(); 3].map(|()| baseline.takes(&found)), [true, true, false]);
    }

    #[test]
    fn findings_that_are_only_counted_are_put_up_with() {
        let told = fingerprints(without_sign).remove(0);
        let counted = Fingerprint { text: None, ..told.clone() };
        let mut baseline = Baseline::default();
        baseline.add(counted.clone(), 5);
        assert_eq!(Baseline::read(&baseline.json()).unwrap(), baseline);
        assert_eq!(baseline.takes_some(&counted, 3), 3);
        assert!(baseline.takes(&told), "one of them is told by now");
        assert_eq!(baseline.takes_some(&counted, 3), 1);
    }

    #[test]
    fn the_file_is_read_as_it_was_written() {
        let fingerprint =
            |path: &str| Fingerprint { path: path.into(), code: "mojibake".into(), text: Some("a \"b\" \u{1b}é".into()) };
        let baseline = Baseline::of(["b.md", "a.md", "b.md"].map(fingerprint));
        let json = baseline.json();
        assert!(json.find("a.md") < json.find("b.md") && json.ends_with("}\n"), "{json}");
        assert_eq!(Baseline::read(&json).unwrap(), baseline);
    }

    #[test]
    fn refusals_say_what_to_do() {
        for (json, message) in [
            ("", "this is no baseline (EOF while parsing"),
            ("[]", "this is no baseline ("),
            ("{\"version\": 1, \"findings\": [], \"more\": 1}", "unknown field `more`"),
            ("{\"version\": 7, \"findings\": []}", "version 7"),
        ] {
            let error = Baseline::read(json).unwrap_err().to_string();
            assert!(error.contains(message) && error.contains("--write-baseline"), "{error}");
        }
    }
}
