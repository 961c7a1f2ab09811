//! What was found before and is put up with: a file that lists it, so that only new findings fail.
//!
//! A finding is known again by its page, its code and the text of its line, wherever the line has moved to; and by how often
//! that is there. The file is sorted, a finding per entry, so that a review shows what was added and what was mended.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::letters::each_letter;
use super::{Finding, Linted, More};
use crate::labels::Labels;

/// How many characters of a line are kept: the beginnings of lines tell them apart well enough.
const TEXT: usize = 120;

/// How many letters and digits of it are compared, if only those are: what a fix puts in moves others out of what is kept.
const LETTERS: usize = 48;

/// A value of so many letters and digits is known without its label.
const TELLING: usize = 8;

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
        let fingerprint = Fingerprint { path: path.to_owned(), code: finding.code.to_owned(), text: None };
        fingerprint.with_line(&page.source.text()[begin..])
    }

    /// The same for another line, with which `text` begins.
    #[must_use]
    pub fn with_line(self, text: &str) -> Self {
        let line = text.trim_start_matches('\u{feff}').chars().take_while(|&c| c != '\n');
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
        Fingerprint { text: Some(kept.chars().take(TEXT).collect()), ..self }
    }

    /// The same with no more than the letters and digits of the line, which have to be there; see
    /// [`Baseline::by_letters`]. Of a line with a label, those of the value; if they are few, also what the label
    /// announces.
    #[must_use]
    pub fn by_letters(self) -> Self {
        let letters = |text: &str| each_letter(text).take(LETTERS).collect::<String>();
        let line = |text: String| {
            let (label, value) = text.split_once([':', '：']).unwrap_or((&text, ""));
            let value = letters(value);
            if value.chars().count() >= TELLING {
                return value;
            }
            let plain = label.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
            let label = Labels::get().kind(plain).map_or_else(|| letters(label), |kind| format!("{kind:?}:"));
            format!("{label}{value}")
        };
        Fingerprint { text: self.text.map(line), ..self }
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

    /// True if it puts up with this finding, and with one less from now on. One that it only counts may be told by now,
    /// as others are mended.
    pub fn takes(&mut self, fingerprint: &Fingerprint) -> bool {
        self.takes_some(fingerprint, 1) == 1 || self.takes_some(&Fingerprint { text: None, ..fingerprint.clone() }, 1) == 1
    }

    /// What is left of it, by the letters and digits of the lines alone: so a line is known again on which something
    /// else was mended, such as its marks or its label. A word or a number of the value that is another makes it
    /// another line.
    #[must_use]
    pub fn by_letters(self) -> Self {
        let mut known = BTreeMap::new();
        for (fingerprint, count) in self.known.into_iter().filter(|(_, count)| *count > 0) {
            *known.entry(fingerprint.by_letters()).or_insert(0) += count;
        }
        Baseline { known }
    }

    /// How many of so many findings that are only counted it puts up with; it puts up with so many less from now on.
    pub fn takes_some(&mut self, fingerprint: &Fingerprint, count: usize) -> usize {
        let Some(known) = self.known.get_mut(fingerprint) else { return 0 };
        let taken = count.min(*known);
        *known -= taken;
        taken
    }
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
    fn findings_are_known_again_where_the_marks_of_their_lines_were_mended() {
        let line = |text: &str| Fingerprint { path: "a.md".into(), code: "x".into(), text: Some(text.into()) };
        let known = [
            "- Mentors: Bo Reed (boreed, bo@)",
            "- Skills Required: Pyhton",
            "- Expected size: 200 hours",
            "- Mentors: Ada Lee",
            "- **Related Issues:**",
        ];
        let known = Baseline::of(known.map(line)).by_letters();
        for (text, is_known) in [
            ("- Mentors: Bo Reed (@boreed, bo@)", true),
            ("* **Mentors:** Bo Reed (`boreed`, bo@)", true),
            ("- Recommended Skills: Pyhton", true),
            ("- Difficulty: Pyhton", false),
            ("- Recommended Skills: Rust", false),
            ("- Upstream Issue:", true),
            ("- Expected size: 300 hours", false),
            ("- Mentors: Ada Brook", false),
            ("", false),
        ] {
            let (mut baseline, found) = (known.clone(), line(text).by_letters());
            assert_eq!(baseline.takes(&found), is_known, "{text}");
            assert!(!is_known || !baseline.takes(&found), "{text}: known once");
        }
        assert!(!known.clone().takes(&Fingerprint { code: "y".into(), ..line("- Mentors: Ada Lee").by_letters() }));
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
