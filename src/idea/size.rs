//! How much work an idea is, in hours: what a size, length or duration field names.

use crate::prose::Text;
use crate::text::{Spanned, is_slip};

use super::difficulty;
use super::reading::Reading;
use super::words::{SizeName, Words, is_remark, lower};

/// A smaller number without a unit is something else than hours.
pub const LEAST: u32 = 40;

/// No project takes more hours than this; larger numbers are years, issue numbers and sums of money.
pub const MOST: u32 = 1_500;

/// True for "hours" in any of its spellings, in lower case.
pub fn is_unit(word: &str) -> bool {
    Words::get().size.units.has(word)
}

/// True for a number of hours in one word: `175h`.
pub fn is_hours(word: &str) -> bool {
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
    unit.len() < word.len() && is_unit(unit)
}

/// The hours of a size that a single word names, in any case: "medium".
pub fn from_word(word: &str) -> Option<u32> {
    let said = lower(word);
    Words::get().size.name.iter().find(|size| size.words.iter().any(|known| *known == said)).map(|size| size.hours)
}

/// True for a word between two sizes or levels that makes them one answer: "or".
pub fn is_joining(word: &str) -> bool {
    Words::get().size.joining.has(word)
}

/// True if a text counts weeks or months: "12 weeks" is no number of hours, and an answer all the same.
pub fn spans(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| Words::get().size.paces.has(word.trim_end_matches('s')))
}

/// True for what marks a title, and is none of it: `175 hour project`, `~350 hours`, `Size: Medium`, `medium/large, difficulty:
/// hard`. Size and level, and nothing else.
pub fn is_marker(said: &str) -> bool {
    let known = &Words::get().size;
    let words = || said.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let tells = |word: &str| from_word(word).is_some() || known.levels_in_titles.has(word) || is_hours(word);
    let is_beside = |word: &str| {
        is_number(word) || is_unit(word) || is_joining(word) || difficulty::is_measure(word) || known.beside.has(word)
    };
    words().all(|word| tells(word) || is_beside(word)) && (words().any(tells) || words().any(is_unit) && words().any(is_number))
}

/// The hours of a size by `GSoC`'s own word for it, in any case.
pub fn from_name(name: &str) -> Option<u32> {
    Words::get().size.name.iter().find(|size| size.words[0].eq_ignore_ascii_case(name)).map(|size| size.hours)
}

/// `GSoC`'s word for so many hours: "medium".
pub fn word(hours: u32) -> Option<&'static str> {
    Words::get().size.name.iter().find(|size| size.hours == hours).map(|size| size.words[0].as_str())
}

/// The hours of the sizes that have a name, ascending.
pub fn named() -> impl Iterator<Item = u32> {
    Words::get().size.name.iter().map(|size| size.hours)
}

/// The hours named, ascending, each once.
pub fn read(value: Text<'_>) -> Vec<Spanned<u32>> {
    understand(value).values
}

/// The same, and what was not understood.
///
/// A number wins over a size word. Weeks are not hours, and hours a week are not the size. Where a menu of options is
/// followed by a choice, the choice counts; a menu in brackets alone is what a template asks.
pub fn understand(value: Text<'_>) -> Reading<'_, u32> {
    let chosen = choice(value);
    let mut slips = Vec::new();
    let mut hours = numbers(chosen, false, &mut slips);
    if hours.is_empty() {
        hours = words(chosen);
    }
    if hours.is_empty() {
        hours = letters(chosen);
    }
    hours.extend(offered(chosen, hours.last()));
    let mut hours = ascending(hours);
    if is_bracketed(value) && hours.iter().map(|hours| hours.value).eq(named()) {
        hours.clear();
    }
    Reading::of(value, hours, slips)
}

/// The hours that stand in a text with their unit: for fields that say more than the size (`Hard, 350 hours`).
pub fn read_with_unit(value: Text<'_>) -> Vec<Spanned<u32>> {
    ascending(numbers(value, true, &mut Vec::new()))
}

fn ascending(mut hours: Vec<Spanned<u32>>) -> Vec<Spanned<u32>> {
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
        let sizes = |text: Text<'_>| numbers(text, false, &mut Vec::new()).len() + words(text).len();
        if sizes(menu) > 1 && sizes(chosen) > 0 {
            return chosen;
        }
    }
    value
}

/// True for a value in brackets, as templates have them: `(90, 175 or 350 hours)`.
fn is_bracketed(value: Text<'_>) -> bool {
    let said = value.as_str().trim();
    said.starts_with(['(', '[', '<']) && said.find([')', ']', '>']).is_some_and(|end| end + 1 == said.len())
}

fn numbers<'a>(value: Text<'a>, need_unit: bool, slips: &mut Vec<Text<'a>>) -> Vec<Spanned<u32>> {
    let text = value.as_str();
    let words = &Words::get().size;
    let mut hours = Vec::new();
    // Numbers without a unit; those from `run` on wait for that of the next number: `175 or 350 hours`.
    let (mut bare, mut run): (Vec<Spanned<u32>>, usize) = (Vec::new(), 0);
    let (mut at, mut before) = (0, 0);
    while let Some(digits) = text[at..].find(|c: char| c.is_ascii_digit()) {
        let start = at + digits;
        let len = text[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - start);
        let end = start + len;
        at = end;
        if !is_joined(&text[before..start]) {
            run = bare.len();
        }
        before = end;
        let glued =
            text[..start].chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '#' | '.' | '/' | '$' | '€'));
        // `/` may glue a date or a path, but also the next size of `175/350`.
        let after_number = text[..start].ends_with('/') && run < bare.len();
        let number = text[start..end].parse::<u32>().ok().filter(|n| (1..=MOST).contains(n) && (!glued || after_number));
        let Some(number) = number else {
            bare.truncate(run);
            continue;
        };
        let found = Spanned::at(value.cut(start..end).span(), number);
        let rest = text[end..].trim_start_matches(['+', '~', '-', '–', ' ']);
        let unit = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
        let slip = || is_slip(&lower(unit), "hours");
        if words.units.has(unit) || slip() {
            if !words.units.has(unit) {
                slips.push(value.of(unit));
            }
            if is_pace(&rest[unit.len()..]) {
                bare.truncate(run);
            } else {
                hours.append(&mut bare.split_off(run));
                hours.push(found);
            }
        } else if words.other_units.has(unit) {
            bare.truncate(run);
        } else {
            bare.push(found);
        }
    }
    // "350 hours (14 weeks of 25 h)", "for tasks 1 and 2, 350 hours for all": the smaller ones are those of a week, or no hours.
    if hours.iter().any(|one| one.value >= LEAST) {
        hours.retain(|one| one.value >= LEAST);
    }
    if !need_unit && hours.is_empty() {
        // A bare `175`: small numbers are something else.
        hours.extend(
            bare.into_iter().filter(|hours| (LEAST..=MOST).contains(&hours.value) && !(1900..2100).contains(&hours.value)),
        );
    }
    hours
}

/// The size that is named behind the answer, too: `90h (small) to medium`, `Medium (175h) - a small one would do, too`.
fn offered(value: Text<'_>, last: Option<&Spanned<u32>>) -> Option<Spanned<u32>> {
    let last = last?.span?;
    let words = value.as_str().split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(|word| value.of(word));
    let behind: Vec<_> = words.filter(|word| word.span().start > last.start).collect();
    let is_offer = behind.iter().any(|word| Words::get().size.offering.has(word.as_str()));
    behind.windows(2).find_map(|pair| {
        let [before, word] = [pair[0], pair[1]];
        let rest = value.from(word.offset_in(value) + word.len()).trim();
        let ends = rest.is_empty() || rest.as_str().starts_with([',', '.', ';']);
        let is_meant = is_offer || ends && is_joining(before.as_str());
        from_word(word.as_str()).filter(|_| is_meant).map(|hours| Spanned::at(word.span(), hours))
    })
}

/// True if nothing but marks and the words of sizes stand between two numbers: then they have one unit.
fn is_joined(between: &str) -> bool {
    let words = &Words::get().size;
    let known = |word: &str| words.joining.has(word) || words.units.has(word) || from_word(word).is_some();
    let joins = |word: &str| words.joining.has(word);
    let connected = between.contains(['/', ',', '-', '–', '—', '&', '|', '+', '~']) || between.split(' ').any(joins);
    connected && between.len() <= 40 && between.split(|c: char| !c.is_alphabetic()).all(|word| word.is_empty() || known(word))
}

/// True if hours are told for each day, week or month: ` per week`, `/wk`, ` weekly`.
fn is_pace(after: &str) -> bool {
    let words = &Words::get().size;
    let after = after.trim_start();
    let each = after.strip_prefix('/');
    let mut next = each.unwrap_or(after).split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    match (each, next.next()) {
        (Some(_), Some(word)) => words.paces.has(word),
        (None, Some(word)) if after.starts_with(word) => {
            words.paced.has(word) || (words.per.has(word) && next.next().is_some_and(|word| words.paces.has(word)))
        }
        _ => false,
    }
}

fn words(value: Text<'_>) -> Vec<Spanned<u32>> {
    let text = value.as_str();
    let mut found: Vec<Spanned<u32>> = Vec::new();
    let mut end = 0;
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        let at = value.of(word).offset_in(value);
        // What follows the first clause that named a size is a remark: `Medium - a small one would do, too`.
        let mark = text[end..at].find([',', '.', ';', '!', '-', '–', '—', ':']);
        let ends_clause = mark.is_some_and(|mark| {
            let glued = text[end + mark..].starts_with('-') && !text[end..at].starts_with(char::is_whitespace);
            !glued && is_remark(&text[end + mark..], |word| from_word(word).is_some() || Words::get().size.units.has(word))
        });
        if !found.is_empty() && (ends_clause || Words::get().size.turning.has(word)) {
            break;
        }
        if let Some(hours) = from_word(word) {
            found.push(Spanned::at(value.of(word).span(), hours));
        }
        end = at + word.len();
    }
    found
}

/// The sizes of a value of nothing but their letters: "M", "S or M".
fn letters(value: Text<'_>) -> Vec<Spanned<u32>> {
    let said = value.as_str().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && !is_joining(word));
    let is_letter = |word: &str, size: &SizeName| word == size.letter.to_uppercase();
    let size = |word: &str| Words::get().size.name.iter().find(|size| is_letter(word, size)).map(|size| size.hours);
    said.map(|word| Some(Spanned::at(value.of(word).span(), size(word)?))).collect::<Option<_>>().unwrap_or_default()
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
            ("(90, 175 or 350 hour)", &[]),
            ("90/175/350 hours", &[90, 175, 350]),
            ("[small / medium / large]", &[]),
            ("(175 or 350 hours)", &[175, 350]),
            ("TBD", &[]),
            ("M", &[175]),
            ("3 M", &[]),
            ("M or L", &[175, 350]),
            ("S/M", &[90, 175]),
            ("L for two people", &[]),
            ("2026", &[]),
            ("175 or 350", &[175, 350]),
            ("90h to 350h", &[90, 350]),
            ("175 – 350 hours", &[175, 350]),
            ("90, 175 or 350 hours", &[90, 175, 350]),
            ("350h (large): If (Task 1 + Task 2 + Task 3)175h (medium): If (Task 1 + Task 2)", &[175, 350]),
            ("Full time, 350h", &[350]),
            ("Medium (175h) - a small one would do too", &[90, 175]),
            ("Medium (175h) - a small one would not be enough", &[175]),
            ("Medium, can be extended to large", &[175, 350]),
            ("Medium - a small one would do too", &[90, 175]),
            ("Medium, but large if two apply", &[175]),
            ("350 hours (14 weeks × 25 h)", &[350]),
            ("Small Project – 90 hrs", &[90]),
            ("About 175 hours.", &[175]),
            ("350 hourse", &[350]),
            ("10h/week for 350h", &[350]),
            ("20 hours a week", &[]),
            ("part 2 of 3 takes 90 hours", &[90]),
            ("175 hours for tasks 1 and 2, 350 hours for all three", &[175, 350]),
            ("90h (small) to medium", &[90, 175]),
            ("175 hours or large", &[175, 350]),
            ("175h (medium) or large (360h)", &[175, 360]),
            ("350 hours, for a small or medium team", &[350]),
        ] {
            let mut prose = Prose::default();
            prose.push(text, Span::new(0, text.len()));
            let hours: Vec<_> = read(prose.view(0..prose.len())).into_iter().map(|hours| hours.value).collect();
            assert_eq!(hours, meaning, "{text}");
        }
    }
    #[test]
    fn faults_are_told() {
        for (text, slips, unread) in [
            ("350 hours", &[][..], None),
            ("350 hourse", &["hourse"], None),
            ("twelve weeks", &[], Some("twelve weeks")),
            ("XL\nor so", &[], Some("XL")),
        ] {
            let mut prose = Prose::default();
            prose.push(text, Span::new(0, text.len()));
            let reading = understand(prose.view(0..prose.len()));
            assert_eq!(reading.slips.iter().map(|slip| slip.as_str()).collect::<Vec<_>>(), slips, "{text}");
            assert_eq!(reading.unread.map(Text::as_str), unread, "{text}");
        }
    }
}
