//! Ranges with both ends inside: `easy..medium`, `..175`, `350..`, `2025-2..2025-3`. A bare value is the range of itself.
//!
//! Hours, levels and terms share one grammar here; what the ends are is up to [`Scale`].

use crate::idea::{Difficulty, Term, size};

/// A stretch of a scale. Both ends belong to it; an end that is absent is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range<T> {
    from: Option<T>,
    to: Option<T>,
}

/// What ranges can be over. A value may stand for a stretch itself, as a year does for its terms.
pub trait Scale: Copy {
    /// What is compared.
    type Point: Ord;

    /// The value that a text names, if it names one.
    fn read(text: &str) -> Option<Self>;

    /// Where the value begins.
    fn first(self) -> Self::Point;

    /// Where the value ends, itself inside.
    fn last(self) -> Self::Point;
}

/// Hours: `175`, `175h`, or the word for a size, `medium`.
impl Scale for u32 {
    type Point = u32;

    fn read(text: &str) -> Option<Self> {
        let number = text.strip_suffix(['h', 'H']).map_or(text, str::trim_end);
        // `parse` alone would take `+5`.
        number.parse().ok().filter(|_| number.starts_with(|c: char| c.is_ascii_digit())).or_else(|| size::from_word(text))
    }

    fn first(self) -> u32 {
        self
    }

    fn last(self) -> u32 {
        self
    }
}

impl Scale for Difficulty {
    type Point = Difficulty;

    fn read(text: &str) -> Option<Self> {
        Difficulty::from_word(text)
    }

    fn first(self) -> Difficulty {
        self
    }

    fn last(self) -> Difficulty {
        self
    }
}

/// A year stands for all of its terms.
impl Scale for Term {
    type Point = (u16, u8);

    fn read(text: &str) -> Option<Self> {
        Term::exact(text)
    }

    fn first(self) -> (u16, u8) {
        (self.year, self.part.unwrap_or(1))
    }

    fn last(self) -> (u16, u8) {
        (self.year, self.part.unwrap_or(3))
    }
}

/// Why a text is no range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RangeError {
    /// A part of the text is no value of the scale.
    Unknown {
        /// The part.
        seen: String,
        /// What the text may have been meant to be.
        meant: Option<String>,
    },
    /// The upper end stands first.
    Backwards {
        /// The range the other way round.
        meant: String,
    },
}

impl<T: Scale> Range<T> {
    /// The range that a text names: `a`, `a..b`, `..b` or `a..`.
    pub fn read(text: &str) -> Result<Range<T>, RangeError> {
        let text = text.trim();
        let (from, to) = match text.split_once("..") {
            Some((from, to)) => (from.trim(), to.trim()),
            None => (text, text),
        };
        let unknown = |seen: &str| match respelled::<T>(text) {
            Some(meant) => RangeError::Unknown { seen: text.to_owned(), meant: Some(meant) },
            None => RangeError::Unknown { seen: seen.to_owned(), meant: None },
        };
        if from.is_empty() && to.is_empty() {
            return Err(unknown(text));
        }
        let end = |end: &str| match T::read(end) {
            None if !end.is_empty() => Err(unknown(end)),
            value => Ok(value),
        };
        let range = Range { from: end(from)?, to: end(to)? };
        match (range.from, range.to) {
            (Some(low), Some(high)) if low.first() > high.last() => Err(RangeError::Backwards { meant: format!("{to}..{from}") }),
            _ => Ok(range),
        }
    }

    /// The range of one value.
    pub(super) fn only(value: T) -> Range<T> {
        Range { from: Some(value), to: Some(value) }
    }

    /// True if the whole value lies in the range: the year 2025 does not lie in `2025-2..`.
    pub fn contains(&self, value: T) -> bool {
        self.from.is_none_or(|from| from.first() <= value.first()) && self.to.is_none_or(|to| value.last() <= to.last())
    }
}

/// A range that is written as elsewhere, in our way: `90-175`, `90...175`, `<=175`, `350+`.
fn respelled<T: Scale>(text: &str) -> Option<String> {
    let known = |end: &str| T::read(end.trim()).map(|_| end.trim().to_owned());
    if let Some(to) = text.strip_prefix("<=").or_else(|| text.strip_prefix('≤')) {
        return known(to).map(|to| format!("..{to}"));
    }
    if let Some(from) = text.strip_prefix(">=").or_else(|| text.strip_prefix('≥')).or_else(|| text.strip_suffix('+')) {
        return known(from).map(|from| format!("{from}.."));
    }
    ["...", "..=", "…", "-", "–", "—", " to "].iter().find_map(|separator| {
        let (from, to) = text.split_once(separator)?;
        let meant = format!("{}..{}", known(from)?, known(to)?);
        Range::<T>::read(&meant).is_ok().then_some(meant)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown(seen: &str, meant: Option<&str>) -> RangeError {
        RangeError::Unknown { seen: seen.to_owned(), meant: meant.map(str::to_owned) }
    }

    #[test]
    fn hours_lie_in_ranges() {
        for (text, inside, outside) in [
            ("175", &[175][..], &[174, 176][..]),
            ("90..175", &[90, 100, 175], &[89, 176]),
            (" 90 .. 175 ", &[90, 175], &[89]),
            ("..175", &[0, 175], &[176, u32::MAX]),
            ("350..", &[350, u32::MAX], &[349]),
            ("90..90", &[90], &[89, 91]),
            ("0090", &[90], &[]),
            ("350h", &[350], &[349]),
            ("..175 H", &[175], &[176]),
            ("Small..medium", &[90, 175], &[89, 176]),
        ] {
            let range = Range::<u32>::read(text).unwrap();
            for &hours in inside {
                assert!(range.contains(hours), "{hours} in {text}");
            }
            for &hours in outside {
                assert!(!range.contains(hours), "{hours} not in {text}");
            }
        }
    }

    #[test]
    fn terms_lie_in_ranges() {
        for (text, inside, outside) in [
            ("2025", &["2025", "2025-1", "2025-3"][..], &["2024-3", "2026"][..]),
            ("2025-3", &["2025-3"], &["2025", "2025-2", "2026-3"]),
            ("2023..2025", &["2023", "2023-1", "2024", "2025-3", "2025"], &["2022-3", "2026-1"]),
            ("2025-2..2025-3", &["2025-2", "2025-3"], &["2025-1", "2025", "2026"]),
            ("2025-2..", &["2025-2", "2026", "2026-1"], &["2025-1", "2025"]),
            ("..2025", &["2025-3", "2025", "2019"], &["2026"]),
            ("2025-1..2025", &["2025", "2025-3"], &[]),
        ] {
            let range = Range::<Term>::read(text).unwrap();
            for term in inside {
                assert!(range.contains(Term::exact(term).unwrap()), "{term} in {text}");
            }
            for term in outside {
                assert!(!range.contains(Term::exact(term).unwrap()), "{term} not in {text}");
            }
        }
    }

    #[test]
    fn levels_go_by_any_word() {
        let range = Range::<Difficulty>::read("Beginner..intermediate").unwrap();
        assert_eq!(Difficulty::ALL.map(|level| range.contains(level)), [true, true, false]);
        assert_eq!(Range::<Difficulty>::read("medium..").unwrap(), Range { from: Some(Difficulty::Medium), to: None });
    }

    #[test]
    fn what_is_no_range_is_told() {
        for (text, error) in [
            ("350..90", RangeError::Backwards { meant: "90..350".to_owned() }),
            ("..", unknown("..", None)),
            ("", unknown("", None)),
            ("many", unknown("many", None)),
            ("90..many", unknown("many", None)),
            ("+5", unknown("+5", None)),
            ("-5", unknown("-5", None)),
            ("4294967296", unknown("4294967296", None)),
            ("90...175", unknown("90...175", Some("90..175"))),
            ("90..=175", unknown("90..=175", Some("90..175"))),
            ("90-175", unknown("90-175", Some("90..175"))),
            ("175-90", unknown("175-90", None)),
            ("<=175", unknown("<=175", Some("..175"))),
            (">= 90", unknown(">= 90", Some("90.."))),
            ("350+", unknown("350+", Some("350.."))),
            ("1..2..3", unknown("2..3", None)),
            ("٣", unknown("٣", None)),
        ] {
            assert_eq!(Range::<u32>::read(text), Err(error), "{text}");
        }
        assert_eq!(Range::<Term>::read("2023-2025"), Err(unknown("2023-2025", Some("2023..2025"))));
        assert_eq!(Range::<Term>::read("2026..2025-3"), Err(RangeError::Backwards { meant: "2025-3..2026".to_owned() }));
    }
}
