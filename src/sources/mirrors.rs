//! `[mirrors]` of the user's `sources.toml`: addresses that are fetched from elsewhere, as git's `url.….insteadOf` does it. An
//! `ideas.toml` has none: it may come with a stranger's repository, and must not say where the user's sources are fetched from.

use std::borrow::Cow;
use std::collections::BTreeMap;

use toml::Spanned;

use crate::config::{ConfigError, error};
use crate::text::Source;

/// What addresses may begin with: those that are replaced, and those that take their place.
const SCHEMES: [&str; 4] = ["https://", "http://", "ssh://", "file://"];

/// Beginnings of addresses, and what takes their place. The default replaces nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mirrors {
    /// The longest beginning first.
    table: Vec<(String, String)>,
}

impl Mirrors {
    /// The table of a file of settings.
    ///
    /// # Errors
    ///
    /// One of both is no prefix of an address: at least its scheme.
    pub(super) fn read(table: BTreeMap<Spanned<String>, Spanned<String>>, source: &Source) -> Result<Self, ConfigError> {
        for said in table.iter().flat_map(|(from, to)| [from, to]) {
            let text = said.get_ref();
            if !SCHEMES.iter().any(|scheme| text.starts_with(scheme)) || text.chars().any(|c| c.is_whitespace() || c.is_control())
            {
                let message = format!("`{text}` is no address prefix; expected one such as `https://example.org/`");
                return Err(error(source, Some(said.span()), message));
            }
        }
        Ok(Self::from_pairs(table.into_iter().map(|(from, to)| (from.into_inner(), to.into_inner()))))
    }

    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Self {
        let mut table: Vec<_> = pairs.collect();
        table.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
        Self { table }
    }

    /// True if no address is replaced.
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// The address to fetch instead of this one: of several beginnings that fit the longest counts, and what follows it stays.
    pub fn apply<'a>(&self, url: &'a str) -> Cow<'a, str> {
        let replaced = self.table.iter().find_map(|(from, to)| Some(format!("{to}{}", url.strip_prefix(from.as_str())?)));
        replaced.map_or(Cow::Borrowed(url), Cow::Owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_beginning_counts() {
        let pairs = [
            ("https://github.com/", "http://127.0.0.1:8080/github.com/"),
            ("https://github.com/o/", "https://mirror.example.org/"),
            ("https://", "http://127.0.0.1:9/"),
        ];
        let mirrors = Mirrors::from_pairs(pairs.map(|(from, to)| (from.to_owned(), to.to_owned())).into_iter());
        assert!(!mirrors.is_empty() && Mirrors::default().is_empty());
        for (url, fetched) in [
            ("https://github.com/a/r/wiki/Ideas", "http://127.0.0.1:8080/github.com/a/r/wiki/Ideas"),
            ("https://github.com/o/r.git", "https://mirror.example.org/r.git"),
            ("https://example.org/ideas?x=https://github.com/", "http://127.0.0.1:9/example.org/ideas?x=https://github.com/"),
            ("http://example.org/ideas", "http://example.org/ideas"),
        ] {
            assert_eq!(mirrors.apply(url), fetched);
        }
        assert_eq!(Mirrors::default().apply("https://example.org/"), "https://example.org/");
    }
}
