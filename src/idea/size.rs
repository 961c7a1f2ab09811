//! How much work an idea is, in hours: what a size, length or duration field names.

use crate::prose::Text;
use crate::text::Spanned;

/// `GSoC`'s sizes by name, in hours.
/// Source: <https://developers.google.com/open-source/gsoc/faq#how_much_time_does_gsoc_participation_take>.
const SIZES: [(&str, u32); 3] = [("small", 90), ("medium", 175), ("large", 350)];

/// Other words for them.
const WORDS: [(&str, &str); 3] = [("short", "small"), ("long", "large"), ("big", "large")];

/// A smaller number without a unit is something else than hours.
pub const LEAST: u32 = 40;

/// No project takes more hours than this; larger numbers are years, issue numbers and sums of money.
pub const MOST: u32 = 1_500;

/// Hours, as people write them.
const UNITS: [&str; 7] = ["h", "hr", "hrs", "hour", "hours", "hourse", "hors"];

/// True for "hours" in any of its spellings, in lower case.
pub fn is_unit(word: &str) -> bool {
    UNITS.contains(&word)
}

/// The hours of a size that a single word names, in any case: "medium".
pub fn from_word(word: &str) -> Option<u32> {
    let other = WORDS.iter().find(|(other, _)| other.eq_ignore_ascii_case(word)).map(|&(_, known)| known);
    from_name(other.unwrap_or(word))
}

/// The hours of a size by `GSoC`'s own word for it, in any case.
pub fn from_name(name: &str) -> Option<u32> {
    SIZES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|&(_, hours)| hours)
}

/// `GSoC`'s word for so many hours: "medium".
pub fn word(hours: u32) -> Option<&'static str> {
    SIZES.iter().find(|(_, size)| *size == hours).map(|(word, _)| *word)
}

/// The hours named, ascending, each once.
///
/// A number wins over a size word. Weeks are not hours, and hours a week are not the size. Where a menu of options is
/// followed by a choice, the choice counts.
pub fn read(value: Text<'_>) -> Vec<Spanned<u32>> {
    let value = choice(value);
    let mut hours = numbers(value, false);
    if hours.is_empty() {
        hours = words(value);
    }
    hours.sort_by_key(|hours| hours.value);
    hours.dedup_by_key(|hours| hours.value);
    hours
}

/// The hours that stand in a text with their unit: for fields that say more than the size (`Hard, 350 hours`).
pub fn read_with_unit(value: Text<'_>) -> Vec<Spanned<u32>> {
    let mut hours = numbers(value, true);
    hours.sort_by_key(|hours| hours.value);
    hours.dedup_by_key(|hours| hours.value);
    hours
}

/// What is left of a value when a menu, a template's comment and boxes that are not ticked are taken away.
fn choice(value: Text<'_>) -> Text<'_> {
    let text = value.as_str();
    // `large # one of small (~90 hours), …`
    let value = match text.find('#') {
        Some(at) if !text[..at].trim().is_empty() => value.cut(0..at),
        Some(at) => value.from(at),
        None => value,
    };
    // `[ ] 90 [x] 175`
    if let Some(at) = value.as_str().find("[x]") {
        let rest = value.from(at + 3);
        let end = rest.as_str().find("[ ]").unwrap_or(rest.len());
        return rest.cut(0..end);
    }
    // `(90 hrs/small, 175 hrs/medium): 175 hrs`
    if let Some(at) = value.as_str().rfind(':') {
        let (menu, chosen) = (value.cut(0..at), value.from(at + 1));
        let sizes = |text: Text<'_>| numbers(text, false).len() + words(text).len();
        if sizes(menu) > 1 && sizes(chosen) > 0 {
            return chosen;
        }
    }
    value
}

fn numbers(value: Text<'_>, need_unit: bool) -> Vec<Spanned<u32>> {
    let text = value.as_str();
    let mut hours = Vec::new();
    let mut waiting: Vec<Spanned<u32>> = Vec::new();
    let mut at = 0;
    while let Some(digits) = text[at..].find(|c: char| c.is_ascii_digit()) {
        let start = at + digits;
        let len = text[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - start);
        let end = start + len;
        at = end;
        let glued =
            text[..start].chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '#' | '.' | '/' | '$' | '€'));
        // `/` may glue a date or a path, but also the next size of `175/350`.
        let after_number = text[..start].ends_with('/') && !waiting.is_empty();
        let number = text[start..end].parse::<u32>().ok().filter(|n| (1..=MOST).contains(n) && (!glued || after_number));
        let rest = text[end..].trim_start_matches(['+', '~', '-', '–', ' ', '\u{a0}']);
        let unit: String = rest.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
        let Some(number) = number else {
            waiting.clear();
            continue;
        };
        let found = Spanned::at(value.cut(start..end).span(), number);
        match unit.as_str() {
            unit if is_unit(unit) => {
                let after = rest[unit.len()..].trim_start().to_ascii_lowercase();
                let rate = [
                    "/week",
                    "/ week",
                    "per week",
                    "a week",
                    "weekly",
                    "/wk",
                    "/day",
                    "per day",
                    "a day",
                    "each week",
                    "every week",
                    "/month",
                    "per month",
                ];
                if rate.iter().any(|rate| after.starts_with(rate)) {
                    waiting.clear();
                } else {
                    hours.append(&mut waiting);
                    hours.push(found);
                }
            }
            // Another unit: not ours, nor are the numbers before it.
            "week" | "weeks" | "wk" | "wks" | "w" | "month" | "months" | "day" | "days" | "min" | "minutes" | "year"
            | "years" | "person" | "people" | "mentee" | "mentees" | "student" | "students" | "contributor" | "contributors"
            | "mentor" | "mentors" | "st" | "nd" | "rd" | "th" | "pm" | "am" | "k" => waiting.clear(),
            _ => waiting.push(found),
        }
    }
    if !need_unit && hours.is_empty() {
        // A bare `175`: small numbers are something else.
        hours.extend(
            waiting.into_iter().filter(|hours| (LEAST..=MOST).contains(&hours.value) && !(1900..2100).contains(&hours.value)),
        );
    }
    hours
}

fn words(value: Text<'_>) -> Vec<Spanned<u32>> {
    let text = value.as_str();
    let mut found = Vec::new();
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        if let Some(hours) = from_word(word) {
            found.push(Spanned::at(value.of(word).span(), hours));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::Prose;
    use crate::text::Span;

    #[test]
    fn text_means() {
        for (text, meaning) in [
            ("350 hours", &[350][..]),
            ("350 Hours.", &[350]),
            ("350h", &[350]),
            ("90hrs / 8 weeks", &[90]),
            ("~350 hour projects", &[350]),
            ("large (~350 hour projects)", &[350]),
            ("175+ hours", &[175]),
            ("175 or 350 hours depending on intern", &[175, 350]),
            ("350/175 h", &[175, 350]),
            ("Medium – Large", &[175, 350]),
            ("Long (350 hours)", &[350]),
            ("175", &[175]),
            ("175 hrs/medium", &[175]),
            ("12 weeks", &[]),
            ("350 hours (30 hours per week for 12 weeks)", &[350]),
            ("(90 hrs/ small , 175 hrs/medium, 350 hrs/large): 175 hrs (medium)", &[175]),
            ("large # one of small (~90 hour projects), medium (~175 hour projects)", &[350]),
            ("[ ] 90 [x] 175 [ ] 350", &[175]),
            ("Small (GSoC: 90 hours) or larger if proposed", &[90]),
            ("TBD", &[]),
            ("2026", &[]),
        ] {
            let mut prose = Prose::default();
            prose.push(text, Span::new(0, text.len()));
            let hours: Vec<_> = read(prose.view(0..prose.len())).into_iter().map(|hours| hours.value).collect();
            assert_eq!(hours, meaning, "{text}");
        }
    }
}
