//! Patterns with holes: how the path of a page says its term, and how the addresses of a host belong together.

use std::collections::BTreeMap;

/// What the holes of a pattern were filled with, by their names.
pub(super) type Holes = BTreeMap<String, String>;

/// A text with wildcards and holes: `programs/{year}/{part}-*/**`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Token>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// Itself, in either case of its letters.
    Literal(String),
    /// `*`: anything within a part of the path.
    Star,
    /// `**`: anything.
    StarStar,
    /// `{name}`: at least one character, none of them `/`.
    Hole(String),
    /// `{name…}`: at least one character.
    LongHole(String),
    /// `{number}`: digits.
    NumberHole,
    /// `{year}`: four digits.
    YearHole,
    /// `{part}`: the number of a term in its year, 1 to 3, with or without a zero before it.
    PartHole,
}

/// Why a text is no pattern.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum PatternError {
    #[error("the hole that `{{` opens is not closed")]
    Open,
    #[error("the hole `{{}}` has no name")]
    NoName,
}

impl Pattern {
    pub(super) fn read(text: &str) -> Result<Self, PatternError> {
        let mut tokens = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (token, after) = if let Some(after) = rest.strip_prefix("**") {
                (Token::StarStar, after)
            } else if let Some(after) = rest.strip_prefix('*') {
                (Token::Star, after)
            } else if let Some(after) = rest.strip_prefix('{') {
                let (name, after) = after.split_once('}').ok_or(PatternError::Open)?;
                (hole(name)?, after)
            } else {
                let end = rest.find(['*', '{']).unwrap_or(rest.len());
                (Token::Literal(rest[..end].to_owned()), &rest[end..])
            };
            tokens.push(token);
            rest = after;
        }
        Ok(Self(tokens))
    }

    /// True if it has a hole of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|token| token.name() == Some(name))
    }

    /// What the holes hold if the text is of this pattern; a wildcard takes as little as it can. Letters are equal in both
    /// cases.
    pub(super) fn fit(&self, text: &str) -> Option<Holes> {
        let mut holes = Holes::new();
        fit(&self.0, text, &mut holes).then_some(holes)
    }

    /// The text that fills its holes; `None` if it has a wildcard, or a hole that nothing is known for.
    pub(super) fn fill(&self, holes: &Holes) -> Option<String> {
        self.0.iter().try_fold(String::new(), |text, token| {
            let more = match token {
                Token::Literal(said) => said,
                token => holes.get(token.name()?)?,
            };
            Some(text + more)
        })
    }
}

impl Token {
    fn name(&self) -> Option<&str> {
        match self {
            Token::Literal(_) | Token::Star | Token::StarStar => None,
            Token::Hole(name) | Token::LongHole(name) => Some(name),
            Token::NumberHole => Some("number"),
            Token::YearHole => Some("year"),
            Token::PartHole => Some("part"),
        }
    }

    /// How many bytes of the text's beginning it may take, the fewest first.
    fn lengths(&self, text: &str) -> Vec<usize> {
        let ends = |least: usize, stop: &[char]| {
            let most = text.find(stop).unwrap_or(text.len());
            text.char_indices().map(|(at, _)| at).chain([text.len()]).filter(|at| (least..=most).contains(at)).collect()
        };
        let digits = |count: usize| text.len() >= count && text.as_bytes()[..count].iter().all(u8::is_ascii_digit);
        match self {
            Token::Literal(said) => {
                let same = text.get(..said.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(said));
                same.then_some(said.len()).into_iter().collect()
            }
            Token::Star => ends(0, &['/']),
            Token::StarStar => ends(0, &[]),
            Token::Hole(_) => ends(1, &['/']),
            Token::LongHole(_) => ends(1, &[]),
            Token::NumberHole => {
                let most = text.bytes().take_while(u8::is_ascii_digit).count();
                (1..=most).collect()
            }
            Token::YearHole => (digits(4) && text.starts_with("20") && !digits(5)).then_some(4).into_iter().collect(),
            Token::PartHole => {
                let zero = usize::from(text.starts_with('0'));
                let number =
                    text[zero..].starts_with(['1', '2', '3']) && !text[zero + 1..].starts_with(|c: char| c.is_ascii_digit());
                number.then_some(zero + 1).into_iter().collect()
            }
        }
    }
}

fn hole(name: &str) -> Result<Token, PatternError> {
    Ok(match name {
        "" | "…" => return Err(PatternError::NoName),
        "number" => Token::NumberHole,
        "year" => Token::YearHole,
        "part" => Token::PartHole,
        name => match name.strip_suffix('…') {
            Some(name) => Token::LongHole(name.to_owned()),
            None => Token::Hole(name.to_owned()),
        },
    })
}

fn fit(tokens: &[Token], text: &str, holes: &mut Holes) -> bool {
    let Some((token, tokens)) = tokens.split_first() else { return text.is_empty() };
    token.lengths(text).into_iter().any(|end| {
        let fits = fit(tokens, &text[end..], holes);
        if let (true, Some(name)) = (fits, token.name()) {
            holes.insert(name.to_owned(), text[..end].to_owned());
        }
        fits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(pattern: &str, text: &str) -> Option<String> {
        let holes = Pattern::read(pattern).unwrap().fit(text)?;
        Some(holes.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn texts_fit_patterns() {
        for (pattern, text, holes) in [
            ("programs/{year}/{part}-*/*.md", "programs/2025/03-Sep-Nov/project_ideas.md", Some("part=03 year=2025")),
            ("programs/{year}/{part}-**", "programs/2025/2-x/y/z.md", Some("part=2 year=2025")),
            ("programs/{year}/{part}-**", "programs/2025/04-Dec/z.md", None),
            ("programs/{year}/{part}-**", "programs/2025/13-Dec/z.md", None),
            ("**{year}**", "a/b-2019-2020.md", Some("year=2019")),
            ("**{year}**", "a/20191.md", None),
            ("**/gsoc-{year}*", "content/en/GSoC-2026.md", Some("year=2026")),
            ("https://a.org/{owner}/{repo}.wiki", "https://a.org/x/y.wiki", Some("owner=x repo=y")),
            ("https://a.org/{owner}/{repo}.wiki", "https://a.org/x/y", None),
            ("https://a.org/{owner}/{repo}", "https://a.org/x/y/z", None),
            ("https://a.org/{p…}/-/blob/{b}/{path…}", "https://a.org/x/y/-/blob/main/d/é.md", Some("b=main p=x/y path=d/é.md")),
            ("https://{host}/t/{number}", "https://a.org/t/123", Some("host=a.org number=123")),
            ("https://{host}/t/{number}", "https://a.org/t/x", None),
            ("", "", Some("")),
            ("{year}", "é", None),
        ] {
            assert_eq!(filled(pattern, text).as_deref(), holes, "{text} in {pattern}");
        }
    }

    #[test]
    fn holes_are_filled() {
        let holes = Pattern::read("a/{x}/{y…}").unwrap().fit("a/1/2/3").unwrap();
        assert_eq!(Pattern::read("b/{y…}/{x}").unwrap().fill(&holes).as_deref(), Some("b/2/3/1"));
        assert_eq!(Pattern::read("b/{z}").unwrap().fill(&holes), None);
        assert_eq!(Pattern::read("b/*").unwrap().fill(&holes), None);
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        assert_eq!(Pattern::read("a/{year"), Err(PatternError::Open));
        assert_eq!(Pattern::read("a/{}"), Err(PatternError::NoName));
    }
}
