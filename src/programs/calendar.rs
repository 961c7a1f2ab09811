//! When the terms of a programme are published, take applications and run, and which of them a day makes the current one.

use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, de};

use super::term::Part;
use super::{Date, Program, Term, When, day, known};

/// A month and a day.
type Day = (u8, u8);

/// The terms of a programme through the years.
#[derive(Debug)]
pub struct Calendar {
    /// The terms of any year, in order; there is at least one.
    rules: Vec<Rule>,
    /// Terms whose days are known for certain.
    dated: Vec<Dates>,
}

/// When one term of a year is, as a rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    /// Which of several; none if a term is a year.
    part: Option<u8>,
    #[serde(default)]
    months: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(deserialize_with = "month_and_day")]
    published: Day,
    #[serde(deserialize_with = "months_and_days")]
    applications: [Day; 2],
    #[serde(deserialize_with = "months_and_days")]
    runs: [Day; 2],
}

/// When a term is, as its own timeline says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dated {
    term: String,
    published: toml::value::Datetime,
    applications: [toml::value::Datetime; 2],
    runs: [toml::value::Datetime; 2],
}

/// When a term is. Both days of a stretch belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    /// Which term.
    pub term: Term,
    /// When its ideas are published.
    pub published: Date,
    /// From when and until when contributors apply.
    pub applications: [Date; 2],
    /// From when and until when it runs.
    pub runs: [Date; 2],
}

impl Calendar {
    pub(super) fn new(rules: Vec<Rule>, dated: Vec<Dated>) -> Self {
        let dated = dated.into_iter().filter_map(|dated| {
            Some(Dates {
                term: Term::exact(&dated.term)?,
                published: dated.published.date?,
                applications: [dated.applications[0].date?, dated.applications[1].date?],
                runs: [dated.runs[0].date?, dated.runs[1].date?],
            })
        });
        Calendar { dated: dated.collect(), rules }
    }

    /// The calendar that a term of a programme goes by. Only LFX numbers its terms, so that a numbered one is of its kind
    /// whoever says it; of what is not known, a term is a calendar year.
    pub fn of(program: Option<&Program>, term: Term) -> &'static Calendar {
        static YEARS: LazyLock<Calendar> = LazyLock::new(|| {
            let year = [(1, 1), (12, 31)];
            let rule =
                Rule { part: None, months: String::new(), words: Vec::new(), published: year[0], applications: year, runs: year };
            Calendar::new(vec![rule], Vec::new())
        });
        let numbered = || known().iter().find(|known| term.part.is_some() && known.calendar.rules.len() > 1);
        let own = known().iter().find(|known| Some(&known.program) == program).or_else(numbered);
        own.map_or(&YEARS, |known| &known.calendar)
    }

    /// The calendar of a programme, if its terms are known.
    pub fn of_program(program: &Program) -> Option<&'static Calendar> {
        known().iter().find(|known| known.program == *program).map(|known| &known.calendar)
    }

    pub(super) fn parts(&'static self) -> impl Iterator<Item = Part> {
        let part = |rule: &'static Rule| Some(Part { number: rule.part?, months: &rule.months, words: &rule.words });
        self.rules.iter().filter_map(part)
    }

    /// The terms of a year, in order.
    pub fn year(&self, year: u16) -> impl Iterator<Item = Dates> {
        self.rules.iter().map(move |rule| {
            let term = Term { year, part: rule.part };
            let on = |(month, day): Day| Date { year, month, day };
            let rule =
                Dates { term, published: on(rule.published), applications: rule.applications.map(on), runs: rule.runs.map(on) };
            self.dated.iter().find(|dated| dated.term == term).copied().unwrap_or(rule)
        })
    }

    /// The current term on a day, and the next: see the head of [`programs`](super).
    pub fn current_and_next(&self, today: Date) -> [Dates; 2] {
        let years = today.year.saturating_sub(1)..=today.year.saturating_add(2);
        let terms: Vec<Dates> = years.flat_map(|year| self.year(year)).collect();
        let ended = terms.iter().take_while(|dates| dates.runs[1] < today).count();
        let published = terms.iter().take_while(|dates| dates.published <= today).count();
        // Two years on there is always one that has not ended, and one behind it.
        let current = ended.max(published.saturating_sub(1)).min(terms.len() - 2);
        [terms[current], terms[current + 1]]
    }

    /// True if a word means this term on a day. What `latest` means the catalogue says, not the calendar.
    pub fn means(&self, when: When, term: Term, today: Date) -> bool {
        let [current, next] = self.current_and_next(today).map(|dates| holds(term, dates.term));
        match when {
            When::Current => current,
            When::Next => next && !current,
            When::Past => self.end(term) < today,
            When::Latest => false,
        }
    }

    /// The last day of a term; of a bare year, that of its last term.
    pub fn end(&self, term: Term) -> Date {
        let last = self.year(term.year).filter(|dates| holds(term, dates.term)).map(|dates| dates.runs[1]).max();
        last.unwrap_or(Date { year: term.year, month: 12, day: 31 })
    }
}

/// True if a term is another one, or has it: a bare year has all terms of that year. A number where terms are years says nothing
/// more.
fn holds(term: Term, part: Term) -> bool {
    term.year == part.year && (term.part.is_none() || part.part.is_none() || term == part)
}

fn month_and_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
    let text = String::deserialize(deserializer)?;
    read_day(&text).ok_or_else(|| de::Error::custom(format!("'{text}' is no day of every year: expected one like 02-20")))
}

fn months_and_days<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[Day; 2], D::Error> {
    let texts = <[String; 2]>::deserialize(deserializer)?;
    let days = texts.each_ref().map(|text| read_day(text));
    let expected = || de::Error::custom(format!("{texts:?} are no days of every year: expected two like 02-20"));
    Ok([days[0].ok_or_else(expected)?, days[1].ok_or_else(expected)?])
}

/// A day that every year has.
fn read_day(text: &str) -> Option<Day> {
    // No leap year.
    day(&format!("2025-{text}")).map(|day| (day.month, day.day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programs::all;

    fn calendar(name: &str) -> &'static Calendar {
        Calendar::of_program(&Program::from_name(name)).unwrap()
    }

    /// Every day of these years.
    fn days(years: std::ops::Range<u16>) -> Vec<Date> {
        let all = years.flat_map(|year| (1..=12).flat_map(move |month| (1..=31).map(move |day| (year, month, day))));
        all.filter_map(|(year, month, of)| day(&format!("{year}-{month:02}-{of:02}"))).collect()
    }

    #[test]
    fn days_have_a_current_and_a_next_term() {
        for (today, gsoc, lfx) in [
            ("2026-01-01", "2026 2027", "2026-1 2026-2"),
            ("2026-02-10", "2026 2027", "2026-1 2026-2"),
            ("2026-02-19", "2026 2027", "2026-1 2026-2"),
            ("2026-03-20", "2026 2027", "2026-1 2026-2"),
            ("2026-04-30", "2026 2027", "2026-1 2026-2"),
            // Term 1 still runs, but nobody can join it.
            ("2026-05-01", "2026 2027", "2026-2 2026-3"),
            ("2026-05-31", "2026 2027", "2026-2 2026-3"),
            ("2026-07-31", "2026 2027", "2026-2 2026-3"),
            ("2026-08-01", "2026 2027", "2026-3 2027-1"),
            ("2026-10-15", "2026 2027", "2026-3 2027-1"),
            ("2026-11-02", "2026 2027", "2026-3 2027-1"),
            // Extended projects have ended.
            ("2026-11-03", "2027 2028", "2026-3 2027-1"),
            ("2026-11-30", "2027 2028", "2026-3 2027-1"),
            ("2026-12-01", "2027 2028", "2027-1 2027-2"),
            ("2026-12-31", "2027 2028", "2027-1 2027-2"),
        ] {
            for (name, terms) in [("gsoc", gsoc), ("lfx", lfx)] {
                let both = calendar(name).current_and_next(day(today).unwrap()).map(|dates| dates.term.to_string());
                assert_eq!(both.join(" "), terms, "{name} on {today}");
            }
        }
    }

    #[test]
    fn what_has_ended_is_past() {
        for (program, term, today, past) in [
            (Some("gsoc"), "2026", "2026-11-02", false),
            (Some("gsoc"), "2026", "2026-11-03", true),
            (Some("gsoc"), "2027", "2026-11-03", false),
            (Some("lfx"), "2026-1", "2026-05-31", false),
            (Some("lfx"), "2026-1", "2026-06-01", true),
            (Some("lfx"), "2026", "2026-11-30", false),
            (Some("lfx"), "2026", "2026-12-01", true),
            // Only LFX numbers its terms.
            (None, "2026-1", "2026-06-01", true),
            (None, "2026", "2026-12-31", false),
            (Some("outreachy"), "2026", "2027-01-01", true),
        ] {
            let (program, at) = (program.map(Program::from_name), Term::exact(term).unwrap());
            let calendar = Calendar::of(program.as_ref(), at);
            assert_eq!(calendar.means(When::Past, at, day(today).unwrap()), past, "{program:?} {term} on {today}");
        }
    }

    #[test]
    fn every_day_has_one_current_term_and_they_follow_each_other() {
        for program in all() {
            let calendar = calendar(program.as_str());
            let mut before: Option<[Term; 2]> = None;
            for today in days(2022..2031) {
                let [current, next] = calendar.current_and_next(today);
                assert!(current.runs[1] >= today, "{program}: {current:?} has not ended on {today}");
                let terms: Vec<Term> = (2021..2034).flat_map(|year| calendar.year(year)).map(|dates| dates.term).collect();
                for (when, one) in [(When::Current, current.term), (When::Next, next.term)] {
                    let meant: Vec<_> = terms.iter().filter(|term| calendar.means(when, **term, today)).collect();
                    assert_eq!(meant, [&one], "{program} {when:?} on {today}");
                }
                let past = terms.iter().filter(|term| calendar.means(When::Past, **term, today));
                assert!(past.into_iter().all(|term| *term < current.term), "{program} on {today}");
                if let Some([current_then, next_then]) = before.replace([current.term, next.term]) {
                    let stays = current.term == current_then && next.term == next_then;
                    assert!(stays || current.term == next_then, "{program}: from {current_then} to {} on {today}", current.term);
                }
            }
        }
    }

    #[test]
    fn terms_are_published_before_they_run() {
        for program in all() {
            let dates: Vec<Dates> = (2020..2035).flat_map(|year| calendar(program.as_str()).year(year)).collect();
            for it in &dates {
                let days = [it.published, it.applications[0], it.applications[1], it.runs[0], it.runs[1]];
                assert!(days.is_sorted(), "{program} {it:?}");
            }
            assert!(dates.is_sorted_by_key(|it| (it.published, it.runs[1])), "{program}");
        }
        let dated: usize = known().iter().map(|known| known.calendar.dated.len()).sum();
        assert_eq!(dated, 4, "none was dropped for a term that cannot be read");
    }

    #[test]
    fn days_of_rules_are_days_of_every_year() {
        for (text, read) in [("02-20", Some((2, 20))), ("02-29", None), ("13-01", None), ("2-1", None), ("", None)] {
            assert_eq!(read_day(text), read, "{text}");
        }
    }
}
