//! A programme and the term beside it, as people write both together: `gsoc 2026`, `GSoC'26`, `LFX 2026 Term 3`.

use std::ops::Range;

use super::term::{self, parts};
use super::{Program, Term};

/// A programme that a text mentions, with the term that it says beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where both stand.
    pub range: Range<usize>,
    /// The programme.
    pub program: Program,
    /// Its term.
    pub term: Option<Term>,
}

/// What may stand between a programme and its term.
const BETWEEN: [char; 10] = [' ', '\'', '’', '-', '_', '/', ':', ',', '(', ')'];

impl Mention {
    /// The first programme that a text mentions, with its term: behind it, or right before.
    pub fn find(text: &str) -> Option<Mention> {
        let (at, program) = Program::find(text)?;
        if let Some((end, term)) = behind(text, &at) {
            return Some(Mention { range: at.start..end, program, term: Some(term) });
        }
        let before = text[..at.start].trim_end_matches(BETWEEN);
        let start = before.rfind(char::is_whitespace).map_or(0, |space| space + 1);
        let term = Term::exact(&before[start..]);
        let start = if term.is_some() { start } else { at.start };
        Some(Mention { range: start..at.end, program, term })
    }

    /// What a text says that is nothing but a programme and its term.
    pub fn whole(text: &str) -> Option<(Program, Term)> {
        let text = text.trim();
        let Mention { range, program, term } = Self::find(text)?;
        (range == (0..text.len())).then_some((program, term?))
    }

    /// The programme that a text begins with, and what follows it.
    pub fn leading(text: &str) -> Option<(Program, &str)> {
        let text = text.trim();
        let (at, program) = Program::find(text)?;
        (at.start == 0).then(|| (program, text[at.end..].trim_start_matches(BETWEEN)))
    }
}

/// The term behind a programme that stands at `at`, and where it ends.
fn behind(text: &str, at: &Range<usize>) -> Option<(usize, Term)> {
    let (found, term) = Term::find(&text[at.start..])?;
    let (start, mut end) = (at.start + found.start, at.start + found.end);
    let mut between = text.get(at.end..start)?.split(BETWEEN).filter(|word| !word.is_empty());
    // `LFX Term 3 2026`, `LFX Fall 2026`
    if !between.all(term::is_part) {
        return None;
    }
    // `(Sep-Nov)` only says again which term it is.
    let months = parts().iter().find(|part| Some(part.number) == term.part).map(|part| format!("({})", part.months));
    let rest = &text[end..];
    let said = rest.trim_start();
    if months.is_some_and(|months| said.get(..months.len()).is_some_and(|said| said.eq_ignore_ascii_case(&months))) {
        end += rest.len() - said.len() + said.find(')').map_or(0, |close| close + 1);
    }
    Some((end, term))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_programme_and_its_term() {
        for (text, meaning) in [
            ("gsoc 2026", Some("gsoc 2026")),
            ("gsoc2026", Some("gsoc 2026")),
            ("gsoc/2026", Some("gsoc 2026")),
            ("gsoc-2026", Some("gsoc 2026")),
            ("GSoC'26", Some("gsoc 2026")),
            ("GSoC ’26", Some("gsoc 2026")),
            ("GSoC26", Some("gsoc 2026")),
            ("2026 GSoC", Some("gsoc 2026")),
            ("Google Summer of Code 2026", Some("gsoc 2026")),
            ("lfx 2026-3", Some("lfx 2026-3")),
            ("lfx-2026-3", Some("lfx 2026-3")),
            ("lfx/2026-3", Some("lfx 2026-3")),
            ("lfx2026-3", Some("lfx 2026-3")),
            ("2026-3 lfx", Some("lfx 2026-3")),
            ("LFX 2026 Term 3", Some("lfx 2026-3")),
            ("LFX Term 3 2026", Some("lfx 2026-3")),
            ("LFX Term 3, 2026", Some("lfx 2026-3")),
            ("LFX Term3 2026", Some("lfx 2026-3")),
            ("LFX Fall 2026", Some("lfx 2026-3")),
            ("LFX Mentorship 2026 Term 3 (Sep-Nov)", Some("lfx 2026-3")),
            ("lfx 2026", Some("lfx 2026")),
            ("ospp 2024", Some("ospp 2024")),
            ("ospp2024", Some("ospp 2024")),
            ("OSPP'24", Some("ospp 2024")),
            ("2024 Summer OSPP", Some("ospp 2024")),
            ("开源之夏 2024", Some("ospp 2024")),
            ("gsoc", None),
            ("2026", None),
            ("gsoc 1999", None),
            ("gsoc 2026 rust", None),
            ("rust gsoc 2026", None),
            ("gsoc rust 2026", None),
            ("", None),
        ] {
            let read = Mention::whole(text).map(|(program, term)| format!("{program} {term}"));
            assert_eq!(read.as_deref(), meaning, "{text}");
        }
    }

    #[test]
    fn mentions_stand_in_texts() {
        for (text, said, term) in [
            ("rust gsoc 2026 easy", "gsoc 2026", Some("2026")),
            ("easy 2026 gsoc rust", "2026 gsoc", Some("2026")),
            ("gsoc rust 2026", "gsoc", None),
            ("an lfx project", "lfx", None),
        ] {
            let mention = Mention::find(text).unwrap();
            assert_eq!((&text[mention.range], mention.term), (said, term.and_then(Term::exact)), "{text}");
        }
        assert_eq!(Mention::find("2026"), None);
        assert_eq!(Mention::leading("GSoC next"), Some((Program::Gsoc, "next")));
        assert_eq!(Mention::leading("next gsoc"), None);
    }
}
