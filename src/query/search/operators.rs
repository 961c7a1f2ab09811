//! The signs that steer a search: `-word`, `-"a phrase"`, and qualifiers such as `skill:go`. Here a text is only cut; what
//! the pieces ask for `question` says.
//!
//! A qualifier is a [`Filter`] by its name, so that it takes what the flag takes. A colon that belongs to something else
//! (`std::vector`, `https://…`, `Status: open`) is text.

use std::borrow::Cow;

use super::super::QueryError;
use super::super::filter::Filter;
use crate::spelling::nearest;

/// The signs that open and close a phrase.
const QUOTES: [char; 4] = ['"', '“', '”', '„'];

/// What filters are called elsewhere: in the search of GitHub, and by people.
const OTHER_NAMES: [(&str, Filter); 12] = [
    ("org", Filter::Organization),
    ("organisation", Filter::Organization),
    ("language", Filter::Skill),
    ("lang", Filter::Skill),
    ("tag", Filter::Skill),
    ("level", Filter::Difficulty),
    ("size", Filter::Hours),
    ("year", Filter::Term),
    ("programme", Filter::Program),
    ("repo", Filter::Project),
    ("is", Filter::Status),
    ("no", Filter::Missing),
];

/// An argument of a command as a part of a query. The shell has taken the quotes away that stood around what has a space in it, and here
/// they are put back: `service mesh`, `-service mesh`, `project:model registry`. What has signs among its words is left as it is.
pub fn argument(text: &str) -> Cow<'_, str> {
    let Some((first, rest)) = text.split_once(char::is_whitespace) else { return text.into() };
    let is_word = |word: &str| word.eq_ignore_ascii_case("or") || word.eq_ignore_ascii_case("not");
    let is_sign = |word: &str| is_word(word) || sign(word) > 0;
    if text.contains(QUOTES) || is_word(first) || rest.split_whitespace().any(is_sign) {
        return text.into();
    }
    let (sign, phrase) = text.split_at(sign(first));
    format!("{sign}\"{phrase}\"").into()
}

/// How many bytes at the beginning of a word are signs: a minus, the name of a qualifier with its colon.
fn sign(word: &str) -> usize {
    let minus = usize::from(is_minus(word));
    let name = match qualifier(&word[minus..], false) {
        Ok(Some((_, name))) => name.len() + 1,
        Ok(None) => 0,
        // What is nearly a name is told when the query is read.
        Err(_) => word[minus..].find(':').map_or(0, |colon| colon + 1),
    };
    minus + name
}

/// A piece of what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// As it was typed.
    pub(super) said: &'a str,
    /// A minus stands before it.
    pub(super) negated: bool,
    pub(super) kind: Kind<'a>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// Words, and no sign among them.
    Words(&'a str),
    /// What stood between quotes.
    Phrase(&'a str),
    /// A filter, and what it was given.
    Qualifier(Filter, String),
}

/// Cuts a text into its pieces. A quote that is never closed holds to the end.
///
/// # Errors
/// A word before a colon that is nearly the name of a filter.
pub(super) fn pieces(text: &str) -> Result<Vec<Piece<'_>>, QueryError> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    // Where the words begin that no sign has ended.
    let mut words: Option<usize> = None;
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| !c.is_whitespace()).map(|space| at + space) {
        let negated = is_minus(&text[start..]);
        let body = start + usize::from(negated);
        let mut end = body + text[body..].find(|c: char| c.is_whitespace() || QUOTES.contains(&c)).unwrap_or(text.len() - body);
        let kind = if text[body..].starts_with(QUOTES) {
            let (phrase, behind) = quoted(text, body);
            end = behind;
            Some(Kind::Phrase(phrase))
        } else if let Some((filter, name)) = qualifier(&text[body..end], text[end..].starts_with(QUOTES))? {
            let (value, behind) = value(text, body + name.len() + 1);
            end = behind;
            Some(Kind::Qualifier(filter, value))
        } else {
            negated.then(|| Kind::Words(&text[body..end]))
        };
        match kind {
            None => words = words.or(Some(start)),
            Some(kind) => {
                pieces.extend(words.take().map(|from| Piece::words(&text[from..start])));
                pieces.push(Piece { said: &text[start..end], negated, kind });
            }
        }
        at = end;
    }
    pieces.extend(words.map(|from| Piece::words(&text[from..])));
    Ok(pieces)
}

impl<'a> Piece<'a> {
    fn words(text: &'a str) -> Self {
        Piece { said: text.trim(), negated: false, kind: Kind::Words(text) }
    }
}

/// True for a minus that takes away what stands right behind it: not the one in ` - `.
fn is_minus(text: &str) -> bool {
    let rest = text.strip_prefix('-');
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '.' || c == '@' || QUOTES.contains(&c)))
}

/// What stands between the quote at a place and the next, and where that ends.
fn quoted(text: &str, open: usize) -> (&str, usize) {
    let from = open + text[open..].chars().next().map_or(0, char::len_utf8);
    match text[from..].char_indices().find(|(_, c)| QUOTES.contains(c)) {
        Some((close, quote)) => (&text[from..from + close], from + close + quote.len_utf8()),
        None => (&text[from..], text.len()),
    }
}

/// The filter that a word such as `skill:go` names, with the name as it was typed.
fn qualifier(word: &str, goes_on: bool) -> Result<Option<(Filter, &str)>, QueryError> {
    let Some((name, value)) = word.split_once(':') else { return Ok(None) };
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_value = (goes_on && value.is_empty()) || value.starts_with(|c: char| c.is_alphanumeric() || ".@≤≥<>".contains(c));
    if !is_name || !is_value {
        return Ok(None);
    }
    let known = |name: &str| {
        let other = OTHER_NAMES.iter().find(|(other, _)| *other == name).map(|(_, filter)| *filter);
        Filter::ALL.into_iter().find(|filter| filter.as_str() == name).or(other)
    };
    let lower = name.to_ascii_lowercase();
    if let Some(filter) = known(&lower) {
        return Ok(Some((filter, name)));
    }
    let slip = nearest(&lower, Filter::ALL.map(Filter::as_str)).filter(|meant| meant.len() <= lower.len() + 1);
    match slip.filter(|_| lower.len() > 3) {
        Some(meant) => Err(QueryError::Qualifier { seen: word.to_owned(), meant: format!("{meant}:{value}") }),
        None => Ok(None),
    }
}

/// What a qualifier is given, from a place up to the next space outside quotes; without the quotes.
fn value(text: &str, from: usize) -> (String, usize) {
    let mut value = String::new();
    let mut is_quoted = false;
    for (at, c) in text[from..].char_indices() {
        match c {
            c if QUOTES.contains(&c) => is_quoted = !is_quoted,
            c if c.is_whitespace() && !is_quoted => return (value, from + at),
            c => value.push(c),
        }
    }
    (value, text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let told = |piece: Piece<'_>| {
            let minus = if piece.negated { "-" } else { "" };
            match piece.kind {
                Kind::Words(words) => format!("{minus}{}", words.trim()),
                Kind::Phrase(phrase) => format!("{minus}<{phrase}>"),
                Kind::Qualifier(filter, value) => format!("{minus}{filter}={value}"),
            }
        };
        pieces(text).unwrap().into_iter().map(told).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_text_is_cut_at_its_signs() {
        for (text, meaning) in [
            ("helm chart", "helm chart"),
            ("rust -kernel driver", "rust; -kernel; driver"),
            ("go -\"service mesh\" x", "go; -<service mesh>; x"),
            ("\"service mesh\" go", "<service mesh>; go"),
            ("say“hi there", "say; <hi there>"),
            ("skill:go,rust hours:..175 x", "skill=go,rust; hours=..175; x"),
            ("-skill:java", "-skill=java"),
            ("skill:\"machine learning\",go x", "skill=machine learning,go; x"),
            ("org:llvm lang:c++ is:open no:mentors", "organization=llvm; skill=c++; status=open; missing=mentors"),
            ("Mentor:@jdoe", "mentor=@jdoe"),
            // No signs.
            ("kernel - drivers, real-time -- x -", "kernel - drivers, real-time -- x -"),
            ("std::vector https://example.org/a status: open c:x", "std::vector https://example.org/a status: open c:x"),
            ("-.net", "-.net"),
            ("", ""),
        ] {
            assert_eq!(read(text), meaning, "{text}");
        }
    }

    #[test]
    fn a_name_that_is_nearly_one_is_told() {
        let error = pieces("x skil:go").unwrap_err().to_string();
        assert_eq!(
            error,
            "unknown qualifier 'skil:go'; did you mean skill:go? To look for the text, put it in quotes: '\"skil:go\"'"
        );
        assert!(pieces("kernel:rust foo:bar note:x").is_ok(), "far from any name");
    }
}
