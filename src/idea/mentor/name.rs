//! Names: where they end, and what is none.

use crate::idea::skill::Skills;
use crate::idea::words::Words;
use crate::idea::{Difficulty, link, size};
use crate::labels::Labels;
use crate::prose::{Text, is_sign};
use crate::text::Spanned;

use super::Role;
use super::details::Details;
use super::handle::{alike, github_user, is_handle};

/// Where the name ends: before the first address, handle, bracket of details, dash, or word of affiliation.
pub(super) fn name_end(text: &str, details: &Details) -> usize {
    let mut end = details.taken.first().map_or(text.len(), |range| range.start);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if at >= end {
            break;
        }
        let rest = &text[at..];
        let stop = match c {
            // `Kevin(Zefeng) Wang`: a second name, not a detail.
            '(' | '（' => !(before.is_alphabetic() && is_second_name(rest)),
            '<' | '[' | '{' => at > 0,
            ':' | '|' | '=' | '*' => true,
            ' ' => ends_name(&text[..at], &rest[1..]),
            _ => false,
        };
        if stop {
            end = at;
        }
        before = c;
    }
    end
}

/// True if what follows a space behind a name is no part of it: a dash, a word of affiliation, the name of a site.
fn ends_name(before: &str, next: &str) -> bool {
    if ["- ", "– ", "— ", "-- "].iter().any(|dash| next.starts_with(dash)) {
        return true;
    }
    let word = &next[..next.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(next.len())];
    let people = &Words::get().people;
    let small = !word.contains(char::is_uppercase);
    // Some people are called so: "Tobias van der Slack", "Sam Github Okafor".
    let rest = next[word.len()..].strip_prefix(' ').unwrap_or(&next[word.len()..]);
    let is_last = rest.is_empty() && before.rsplit(' ').next().is_some_and(may_be_particle);
    let is_middle = !before.contains(' ') && is_plain_name(before) && is_plain_name(rest);
    if is_plain_name(word) && (is_last || is_middle) {
        return false;
    }
    // "Ada Lovell of Bremen", but not a name that ends in "of".
    (small && word.len() < next.len() && people.after_name.has(word)) || people.contact_words.has(word)
}

/// "van", "der", "zu": what may be a small word of surnames.
fn may_be_particle(word: &str) -> bool {
    matches!(word.len(), 2..=3) && word.chars().all(|c| c.is_ascii_lowercase())
}

/// One capital, and small letters: "Ann".
pub(super) fn is_plain_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && word.len() > 1 && letters.all(char::is_lowercase)
}

/// `(Zefeng) Wang …` and `(Jesse Roe)`: letters in the parenthesis, and the name goes on after it, or is told once more in it.
fn is_second_name(rest: &str) -> bool {
    let inner = rest.strip_prefix(['(', '（']).unwrap_or(rest);
    inner.split_once([')', '）']).is_some_and(|(inside, after)| {
        let goes_on = after.strip_prefix(' ').is_some_and(|next| next.chars().next().is_some_and(char::is_uppercase));
        let is_name = |word: &str| word.starts_with(char::is_uppercase) && !Words::get().people.contact_words.has(word);
        let words = || inside.split(' ').count() > 1 && inside.split(' ').all(is_name);
        !inside.is_empty()
            && inside.chars().all(|c| c.is_alphabetic() || c == ' ')
            && (goes_on || (words() && !has_organization(inside)))
    })
}

fn has_organization(said: &str) -> bool {
    said.split(|c: char| !c.is_alphanumeric()).any(|word| Words::get().people.organizations.has(word))
}

/// Marks around names that are no part of them.
const MARKS: &str = "-–—:,.;*_`\"'()[]<>{}|/\\•·~+?!¹²³†‡\u{200b}\u{feff}";

/// A name, if the text is one: no sentence, no placeholder, no role.
pub(super) fn name_of(text: Text<'_>) -> Option<Spanned<String>> {
    let whole = text;
    let text = whole.trim_matches(|c| c.is_whitespace() || MARKS.contains(c) || is_sign(c));
    let text = without_title(with_end(whole, text));
    let words = text.as_str().split_whitespace().count();
    let said = text.as_str();
    if words == 0 || words > 6 || said.len() > 80 || said.contains(['?', '!']) || !said.chars().any(char::is_alphabetic) {
        return None;
    }
    let labels = Labels::get();
    if labels.is_placeholder(said) || Role::from_words(said).is_some() || labels.kind(said).is_some() {
        return None;
    }
    // `ada l. b.`: initials that nobody capitalised.
    let initials = said.split_whitespace().skip(1).all(|word| word.len() == 2 && word.ends_with('.') || word.len() == 1);
    // Four words and more without a capital are a remark, not a person.
    if words > 2 && !initials && !said.split_whitespace().skip(1).any(|word| word.chars().next().is_some_and(char::is_uppercase))
    {
        return None;
    }
    (!is_nobody(said, words)).then(|| text.to_spanned())
}

/// True for words that are no name of a person: `175 hours`, "None agreed", "University of Bremen", `Medium`, `Rust`.
fn is_nobody(said: &str, words: usize) -> bool {
    let people = &Words::get().people;
    let is_of_sentence = |word: &str| word.starts_with(char::is_lowercase) && people.sentence_words.has(word);
    let bare = |word: &'_ str| word.trim_matches(|c: char| !c.is_alphanumeric()).len();
    let first = said.split(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '.')).next().unwrap_or_default();
    let last = said.rsplit(' ').next().unwrap_or_default();
    let small = !last.contains(char::is_uppercase);
    if said.starts_with(|c: char| c.is_ascii_digit())
        || people.no_person_start.has(first)
        || people.contact_words.has(first)
        || people.rooms.has(first)
        // "in June": when, not who.
        || (words > 1 && first.starts_with(char::is_lowercase) && people.after_name.has(first))
        // "Example project lead": what somebody is, not who.
        || ((small || words > 1) && people.ends_no_person(last))
        || has_organization(said)
        || said.split(' ').any(is_of_sentence)
    {
        return true;
    }
    let digits = said.contains(|c: char| c.is_ascii_digit());
    if words == 1 && bare(said) == said.len() && !people.given_names.has(said) {
        return Difficulty::from_word(said).is_some()
            || size::from_word(said).is_some()
            || people.subjects.has(said)
            || people.titles.has(said)
            || people.ends_no_person(said)
            || people.months.has(said)
            || people.other_sites.has(said)
            || (said.starts_with(char::is_uppercase) && Skills::get().canonical(said).is_some());
    }
    digits && said.split(' ').any(|word| people.months.has(word.trim_end_matches([',', '.'])))
}

/// "Dr. Ada Lovell" is Ada Lovell.
fn without_title(name: Text<'_>) -> Text<'_> {
    let mut name = name;
    while let Some((title, rest)) = name.as_str().split_once(' ')
        && Words::get().people.titles.has(title.trim_end_matches('.'))
    {
        name = name.of(rest.trim_start());
    }
    name
}

/// "Ada B." keeps the period of its last initial, and "Ada Roe(Ada Brook)" its parenthesis.
fn with_end<'a>(whole: Text<'a>, name: Text<'a>) -> Text<'a> {
    let end = name.offset_in(whole) + name.len();
    let rest = &whole.as_str()[end..];
    let mut last = name.as_str().chars().rev();
    let initial = last.next().is_some_and(char::is_alphabetic) && last.next().is_none_or(|c| matches!(c, ' ' | '.' | '-'));
    let opened = name.as_str().matches(['(', '（']).count() > name.as_str().matches([')', '）']).count();
    let closing = rest.chars().next().filter(|c| (initial && *c == '.') || (opened && matches!(c, ')' | '）')));
    closing.map_or(name, |c| whole.cut(name.offset_in(whole)..end + c.len_utf8()))
}

/// `@jane (Jane Doe)`: the name comes after.
pub(super) fn name_in_parentheses(rest: Text<'_>) -> Option<Spanned<String>> {
    let text = rest.as_str();
    let open = text.find('(')?;
    let inside = &text[open + 1..];
    let end = inside.find([')', ',', '@', '<'])?;
    let name = &inside[..end];
    let words: Vec<_> = name.split_whitespace().collect();
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    (words.len() >= 2 && words.iter().all(capital)).then(|| name_of(rest.of(name))).flatten()
}

/// `Jane Doe (janedoe, jane@example.org)` and `Jane Doe (janedoe)`: a handle without its `@`.
pub(super) fn handle_in_parentheses(stretch: Text<'_>, details: &Details, name: Option<&str>) -> Option<Spanned<String>> {
    let name = name?;
    let text = stretch.as_str();
    let elsewhere = |at: usize| stretch.link_at(at).is_some_and(|link| github_user(&link::target(&link.url)).is_none());
    let is_free = |&(at, _): &(usize, &str)| {
        let inside = text.len() - text[at + 1..].trim_start().len();
        !details.is_taken(at) && !details.is_taken(inside) && !elsewhere(inside)
    };
    let (open, _) = text.match_indices('(').find(is_free)?;
    let inside = text[open + 1..].trim_start();
    let inside = &inside[..inside.find(')').unwrap_or(inside.len())];
    let (first, more) = match inside.split_once([',', ' ', '/', '|']) {
        Some((first, more)) => (first, more.contains('@') || more.contains("mailto")),
        None => (inside, false),
    };
    let alone = inside.trim() == first.trim();
    // Alone, a capitalised word is a company or a nickname as likely as not.
    let plain =
        first.chars().all(|c| !c.is_uppercase()) || first.chars().any(|c| c.is_ascii_digit() || c == '-') || alike(first, name);
    // "Ada Byron (entomology)": what somebody does.
    let told = alone && names_field(first.trim()) && !alike(first, name);
    if told || !(more || (alone && plain)) {
        return None;
    }
    lone_handle(stretch.of(first.trim()))
}

/// True for a word that names a skill, or a field of work by how it ends.
fn names_field(word: &str) -> bool {
    let people = &Words::get().people;
    let ends = |ending: &String| word.len() > ending.len() + 2 && word.ends_with(ending.as_str());
    people.subjects.has(word) || people.subject_endings.iter().any(ends) || Skills::get().canonical(word).is_some()
}

pub(super) fn lone_handle(text: Text<'_>) -> Option<Spanned<String>> {
    let said = text.as_str().trim_start_matches('@');
    let word = is_handle(said) && Role::from_words(said).is_none() && !Labels::get().is_placeholder(said);
    let known = &Words::get().people.no_handles;
    // `UTC-5`
    let zone =
        said.split_once('-').is_some_and(|(zone, hours)| known.has(zone) && hours.bytes().all(|byte| byte.is_ascii_digit()));
    let known = known.has(said)
        || Words::get().people.contact_words.has(said)
        || Words::get().people.no_person_start.has(said)
        || size::is_hours(said);
    (word && !zone && !known).then(|| Spanned::at(text.of(said).span(), said.to_owned()))
}

/// True for a word that may be somebody's first name: "Chidi", "Ruby", but neither "Rust" nor "June 2026".
pub fn may_be_first_name(word: &str) -> bool {
    let people = &Words::get().people;
    let mut letters = word.chars();
    let written = letters.next().is_some_and(char::is_uppercase)
        && word.chars().nth(1).is_some()
        && letters.all(|c| c.is_lowercase() || matches!(c, '-' | '\'' | '’'));
    written && !is_nobody(word, 1) && !people.ends_no_person(word) && !people.sentence_words.has(word)
}

/// True for a word that no name of a person begins with: "ask", "our".
pub fn begins_no_person(word: &str) -> bool {
    Words::get().people.no_person_start.has(word)
}

/// True for a name of people that is the name of a skill, too.
pub fn is_given_name(word: &str) -> bool {
    Words::get().people.given_names.has(word)
}
