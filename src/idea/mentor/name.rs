//! Names: where they end, and what is none.

use crate::labels::Labels;
use crate::prose::Text;
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
            ' ' => {
                let next = rest.as_bytes().get(1);
                NO_NAME.iter().any(|word| word.as_bytes().get(1) == next && rest.starts_with(word))
            }
            _ => false,
        };
        if stop {
            end = at;
        }
        before = c;
    }
    end
}

/// What follows a name and is no part of it: dashes, and words of affiliation.
const NO_NAME: [&str; 21] = [
    " - ", " – ", " — ", " -- ", " from ", " at ", " via ", " aka ", " is ", " on ", " of ", " will ", " github", " GitHub",
    " Github", " email", " Email", " mail", " Mail", " IRC", " irc ",
];

/// `(Zefeng) Wang …`: letters in the parenthesis, and the name goes on after it.
fn is_second_name(rest: &str) -> bool {
    let inner = rest.strip_prefix(['(', '（']).unwrap_or(rest);
    inner.split_once([')', '）']).is_some_and(|(inside, after)| {
        !inside.is_empty()
            && inside.chars().all(|c| c.is_alphabetic() || c == ' ')
            && after.strip_prefix(' ').is_some_and(|next| next.chars().next().is_some_and(char::is_uppercase))
    })
}

/// A name, if the text is one: no sentence, no placeholder, no role.
pub(super) fn name_of(text: Text<'_>) -> Option<Spanned<String>> {
    let whole = text;
    let text = whole.trim_matches(|c| {
        c.is_whitespace()
            || matches!(
                c,
                '-' | '–' | '—' | ':' | ',' | '.' | ';' | '*' | '_' | '`' | '"' | '\'' | '(' | ')' | '[' | ']' | '<' | '>'
            )
            || matches!(c, '{' | '}' | '|' | '•' | '·' | '~' | '+' | '\u{200b}' | '\u{feff}')
            || is_ornament(c)
    });
    let text = with_initial(whole, text);
    let words = text.as_str().split_whitespace().count();
    let said = text.as_str();
    if words == 0 || words > 6 || said.len() > 80 || !said.chars().any(char::is_alphabetic) {
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
    // "Example project lead": what somebody is, not who.
    let last = said.rsplit(' ').next().unwrap_or_default();
    if OFFICES.iter().any(|office| *office == last || (words > 1 && office.eq_ignore_ascii_case(last))) {
        return None;
    }
    let remark = [
        "mail",
        "email",
        "e-mail",
        "github",
        "and ",
        "the ",
        "more ",
        "other",
        "any ",
        "one ",
        "etc",
        "see ",
        "ask ",
        "contact ",
        "please",
        "mentors ",
        "depending",
    ];
    let first = said.as_bytes()[0].to_ascii_lowercase();
    let begins_with = |word: &str| said.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if remark.iter().any(|word| word.as_bytes()[0] == first && begins_with(word)) {
        return None;
    }
    Some(text.to_spanned())
}

/// What people are, in lower case after a name or in place of one.
const OFFICES: [&str; 10] =
    ["lead", "leader", "chair", "maintainer", "coordinator", "admin", "administrator", "developer", "engineer", "manager"];

/// "Ada B." keeps the period of its last initial.
fn with_initial<'a>(whole: Text<'a>, name: Text<'a>) -> Text<'a> {
    let end = name.offset_in(whole) + name.len();
    let mut last = name.as_str().chars().rev();
    let initial = last.next().is_some_and(char::is_alphabetic) && last.next().is_none_or(|c| matches!(c, ' ' | '.' | '-'));
    if initial && whole.as_str()[end..].starts_with('.') { whole.cut(name.offset_in(whole)..end + 1) } else { name }
}

fn is_ornament(c: char) -> bool {
    matches!(u32::from(c), 0x2190..=0x2bff | 0xfe0f | 0x1f000..=0x1faff)
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
    let elsewhere = |at: usize| stretch.link_at(at).is_some_and(|link| github_user(&link.url).is_none());
    let (open, _) =
        text.match_indices('(').find(|&(at, _)| !details.is_taken(at) && !details.is_taken(at + 1) && !elsewhere(at + 1))?;
    let inside = &text[open + 1..];
    let inside = &inside[..inside.find(')').unwrap_or(inside.len())];
    let (first, more) = match inside.split_once([',', ' ', '/', '|']) {
        Some((first, more)) => (first, more.contains('@') || more.contains("mailto")),
        None => (inside, false),
    };
    let alone = inside.trim() == first.trim();
    // Alone, a capitalised word is a company or a nickname as likely as not.
    let plain =
        first.chars().all(|c| !c.is_uppercase()) || first.chars().any(|c| c.is_ascii_digit() || c == '-') || alike(first, name);
    if !(more || (alone && plain)) {
        return None;
    }
    lone_handle(stretch.of(first.trim()))
}

pub(super) fn lone_handle(text: Text<'_>) -> Option<Spanned<String>> {
    let said = text.as_str().trim_start_matches('@');
    let word = is_handle(said) && Role::from_words(said).is_none() && !Labels::get().is_placeholder(said);
    let known = [
        "he",
        "him",
        "she",
        "her",
        "they",
        "them",
        "irc",
        "slack",
        "mentor",
        "maintainer",
        "admin",
        "gsoc",
        "lfx",
        "optional",
        "confirmed",
        "tentative",
        "remote",
        "linkedin",
        "utc",
        "gmt",
        "cet",
        "est",
        "pst",
    ];
    let zone = ["utc-", "gmt-"].iter().any(|zone| said.get(..zone.len()).is_some_and(|start| start.eq_ignore_ascii_case(zone)));
    (word && !zone && !known.contains(&said.to_ascii_lowercase().as_str()))
        .then(|| Spanned::at(text.of(said).span(), said.to_owned()))
}
