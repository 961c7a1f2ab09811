//! What the names of elements, classes and ids say: `schemas/html.toml`.

use std::ops::BitOr;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// The names, as the file has them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    unseen: FxHashSet<String>,
    blocks: FxHashSet<String>,
    tags: FxHashSet<String>,
    attributes: FxHashSet<String>,
    elements: Vec<String>,
    around: Vec<String>,
    roles: Vec<String>,
    elements_of_roles: FxHashMap<String, String>,
    ways: Vec<String>,
    words: Vec<String>,
    tokens: Vec<String>,
    hidden: Vec<String>,
    permalinks: Vec<String>,
    edits: Vec<String>,
    numbers: Vec<String>,
    apart: Vec<String>,
    togglers: Vec<String>,
    tabs: Vec<String>,
    icons: Vec<String>,
    panels: Vec<String>,
    badges: Vec<String>,
    flex: Vec<String>,
    values: Vec<String>,
    posts: Vec<String>,
    answers: Vec<String>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let names = toml::from_str(include_str!("../../../schemas/html.toml"));
    names.unwrap_or_else(|error| unreachable!("schemas/html.toml is part of the program: {error}"))
});

/// True for elements whose content is not text for readers.
pub(super) fn is_unseen(name: &str) -> bool {
    NAMES.unseen.contains(name)
}

/// True for elements that stand on lines of their own.
pub(super) fn is_block(name: &str) -> bool {
    NAMES.blocks.contains(name)
}

/// True for the name, in lower case, of an element of HTML that people write into pages.
pub fn is_tag(name: &str) -> bool {
    NAMES.tags.contains(name)
}

/// True for attributes that are looked at.
pub(super) fn is_attribute(name: &str) -> bool {
    NAMES.attributes.contains(name)
}

/// The level of a heading element.
pub(super) fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

/// The name of the element that others stand for by this role.
pub(super) fn element_of_role(role: &str) -> Option<&'static str> {
    NAMES.elements_of_roles.get(role).map(String::as_str)
}

/// True for elements and roles that stand around the content, wherever they are.
pub(super) fn is_furniture(name: &str, role: &str) -> bool {
    has(&NAMES.elements, name) || has(&NAMES.roles, role)
}

/// True for elements that stand around the content unless they are inside of it.
pub(super) fn may_be_furniture(name: &str) -> bool {
    has(&NAMES.around, name)
}

/// True for the name of an icon that says what a link leads to.
pub(super) fn is_icon(name: &str) -> bool {
    NAMES.icons.iter().any(|icon| icon.eq_ignore_ascii_case(name))
}

fn has(list: &[String], name: &str) -> bool {
    list.iter().any(|known| known == name)
}

/// What the classes and the id of an element say about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Called(u16);

impl Called {
    /// It stands around the content.
    pub(super) const AROUND: Called = Called(1);
    /// The same, if it is mostly links or short.
    pub(super) const WAY: Called = Called(1 << 1);
    pub(super) const HIDDEN: Called = Called(1 << 2);
    pub(super) const PERMALINK: Called = Called(1 << 3);
    /// A link that changes the page, or the number of a section.
    pub(super) const EDIT: Called = Called(1 << 4);
    /// It is set apart from what is below.
    pub(super) const APART: Called = Called(1 << 5);
    pub(super) const TOGGLER: Called = Called(1 << 6);
    pub(super) const POST: Called = Called(1 << 7);
    pub(super) const ANSWER: Called = Called(1 << 8);
    /// One of several short facts beside each other.
    pub(super) const BADGE: Called = Called(1 << 9);
    /// What is in it is laid out side by side.
    pub(super) const FLEX: Called = Called(1 << 10);
    /// It holds the values of a field.
    pub(super) const VALUES: Called = Called(1 << 11);

    /// A row of tabs.
    pub(super) const TABS: Called = Called(1 << 12);
    /// What a tab shows.
    pub(super) const PANEL: Called = Called(1 << 13);

    /// What a class or an id says.
    pub(super) fn of(token: &str) -> Self {
        let token = words(token);
        let inside = |list: &[String]| list.iter().any(|name| holds(&token, name));
        let stem = token.trim_end_matches(|c: char| c.is_ascii_digit());
        let stem = if stem.len() < token.len() { stem.trim_end_matches('-') } else { stem };
        let numbered = |list: &[String]| has(list, &token) || has(list, stem);
        let says = [
            (Called::AROUND, has(&NAMES.tokens, &token) || inside(&NAMES.words)),
            (Called::WAY, inside(&NAMES.ways)),
            (Called::HIDDEN, inside(&NAMES.hidden)),
            (Called::PERMALINK, has(&NAMES.permalinks, &token)),
            (Called::EDIT, inside(&NAMES.edits) || inside(&NAMES.numbers)),
            (Called::APART, token.rsplit('-').next().is_some_and(|last| has(&NAMES.apart, last))),
            (Called::BADGE, token.rsplit('-').next().is_some_and(|last| has(&NAMES.badges, last))),
            (Called::FLEX, has(&NAMES.flex, &token)),
            (Called::VALUES, token.rsplit('-').next().is_some_and(|last| has(&NAMES.values, last))),
            (Called::TOGGLER, inside(&NAMES.togglers)),
            (Called::TABS, has(&NAMES.tabs, &token)),
            (Called::PANEL, has(&NAMES.panels, &token)),
            (Called::POST, numbered(&NAMES.posts)),
            (Called::ANSWER, numbered(&NAMES.answers)),
        ];
        says.into_iter().filter(|(_, says)| *says).fold(Called::default(), |all, (called, _)| all | called)
    }

    /// True if it is called one of these.
    pub(super) fn is(self, what: Called) -> bool {
        self.0 & what.0 != 0
    }
}

impl BitOr for Called {
    type Output = Called;

    fn bitor(self, other: Called) -> Called {
        Called(self.0 | other.0)
    }
}

/// A name in lower case, its words with `-` between them.
fn words(token: &str) -> String {
    let mut out = String::with_capacity(token.len() + 4);
    let mut lower = false;
    for c in token.chars() {
        if c.is_alphanumeric() {
            if c.is_uppercase() && lower {
                out.push('-');
            }
            lower = c.is_lowercase();
            out.extend(c.to_lowercase());
        } else {
            lower = false;
            if !out.is_empty() && !out.ends_with('-') {
                out.push('-');
            }
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// True if `name` stands in `token`, from the border of one word to that of another.
fn holds(token: &str, name: &str) -> bool {
    token.match_indices(name).any(|(at, _)| {
        let (before, after) = (&token[..at], &token[at + name.len()..]);
        (before.is_empty() || before.ends_with('-')) && (after.is_empty() || after.starts_with('-'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_word_by_word() {
        for (token, around) in [
            ("site-navigation", true),
            ("tableOfContents", true),
            ("left_sidebar", true),
            ("toc", true),
            ("protocol", false),
            ("navy", false),
            ("shared", false),
            ("card-footer", false),
        ] {
            assert_eq!(Called::of(token).is(Called::AROUND | Called::WAY), around, "{token}");
        }
        for (token, called) in [
            ("field__label", Called::APART | Called::BADGE),
            ("cardTitle", Called::APART),
            ("titles", Called::default()),
            ("skill-badge", Called::BADGE),
            ("d-flex", Called::FLEX),
            ("field__items", Called::VALUES),
            ("flex-shrink-0", Called::default()),
            ("post_12", Called::POST),
            ("issuecomment-9", Called::ANSWER),
            ("poster", Called::default()),
        ] {
            assert_eq!(Called::of(token), called, "{token}");
        }
    }
}
