//! The signs that steer a search: `-word`, `-"a phrase"`, and qualifiers such as `skill:go`. Here a text is only cut; what
//! the pieces ask for `question` says.
//!
//! A qualifier is a [`Filter`] by its name, so that it takes what the flag takes. A colon that belongs to something else
//! (`std::vector`, `https://…`, `Status: open`) is text; a lower-case word with a value right behind its colon (`foo:bar`) is
//! meant for a qualifier, and there is none of that name.

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

/// An argument of a command as a part of a query. The shell has taken the quotes away that stood around what has a
/// space in it, and here they are put back: `service mesh`, `-service mesh`, `project:model registry`. What has signs
/// among its words is left as it is.
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
    let name = match qualifier(&word[minus..], Behind::Words) {
        Ok(Some((_, name))) => name.len() + 1,
        Ok(None) => 0,
        // That there is no such name is told when the query is read.
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
/// A word that is meant for a qualifier, and there is none of its name; one without a value.
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
        } else if let Some((filter, name)) = qualifier(&text[body..end], Behind::of(&text[end..]))? {
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

/// What follows a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Behind {
    /// A quote, without a space before it.
    Quote,
    Words,
    Nothing,
}

impl Behind {
    fn of(rest: &str) -> Self {
        if rest.starts_with(QUOTES) {
            Behind::Quote
        } else if rest.trim_start().is_empty() {
            Behind::Nothing
        } else {
            Behind::Words
        }
    }
}

/// The filter that a word such as `skill:go` names, with the name as it was typed.
fn qualifier(word: &str, behind: Behind) -> Result<Option<(Filter, &str)>, QueryError> {
    let Some((name, value)) = word.split_once(':') else { return Ok(None) };
    let lower = name.to_ascii_lowercase();
    let known = || {
        let other = OTHER_NAMES.iter().find(|(other, _)| *other == lower).map(|(_, filter)| *filter);
        Filter::ALL.into_iter().find(|filter| filter.as_str() == lower).or(other)
    };
    if value.is_empty() && behind != Behind::Quote {
        // `Status: open` is text.
        return match known().filter(|_| behind == Behind::Nothing) {
            Some(filter) => Err(QueryError::NoValue { name: name.to_owned(), expected: filter.expected() }),
            None => Ok(None),
        };
    }
    if !value.is_empty() && !value.starts_with(|c: char| c.is_alphanumeric() || ".@≤≥<>".contains(c)) {
        return Ok(None);
    }
    if let Some(filter) = known() {
        return Ok(Some((filter, name)));
    }
    let is_word = name.len() > 1 && name.starts_with(|c: char| c.is_ascii_alphabetic());
    if !is_word || !name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-' || byte == b'_') {
        return Ok(None);
    }
    let slip = nearest(&lower, Filter::ALL.map(Filter::as_str)).filter(|meant| lower.len() > 3 && meant.len() <= lower.len() + 1);
    // `Foo:bar` may be a word and its mark.
    if slip.is_none() && lower != name {
        return Ok(None);
    }
    let meant = slip.map(|meant| format!("{meant}:{value}"));
    Err(QueryError::Qualifier { name: name.to_owned(), seen: word.to_owned(), meant })
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
            ("c++: 10:30 Note:this owner/name:tag foo: bar", "c++: 10:30 Note:this owner/name:tag foo: bar"),
            ("\"foo:bar\" x", "<foo:bar>; x"),
            ("-.net", "-.net"),
            ("", ""),
        ] {
            assert_eq!(read(text), meaning, "{text}");
        }
    }

    #[test]
    fn a_qualifier_that_cannot_be_is_told() {
        let quotes = "To look for the text, put it in quotes:";
        for (text, message) in [
            ("x skil:go", format!("there is no qualifier `skil:`; did you mean skill:go? {quotes} '\"skil:go\"'")),
            ("foo:bar x", format!("there is no qualifier `foo:`; `ideas search --help` lists all. {quotes} '\"foo:bar\"'")),
            (
                "-foo-bar:x",
                format!("there is no qualifier `foo-bar:`; `ideas search --help` lists all. {quotes} '\"foo-bar:x\"'"),
            ),
            ("foo:\"a b\"", format!("there is no qualifier `foo:`; `ideas search --help` lists all. {quotes} '\"foo:\"'")),
            ("x skill: ", "`skill:` needs a value right behind the colon: expected a skill such as go or kubernetes".to_owned()),
        ] {
            assert_eq!(pieces(text).unwrap_err().to_string(), message, "{text}");
        }
    }
}
