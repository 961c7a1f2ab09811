//! Where one person ends and the next begins: a line of mentors cut into stretches of one person each.

use std::ops::Range;

use crate::prose::Text;

use super::role::label_of;
use super::{Role, github_user, is_email, is_handle};
use crate::idea::link;
use crate::idea::words::Words;
use crate::labels::Labels;

/// How far from a dash the address of a person may stand, in bytes.
const NEAR: usize = 200;

/// No person takes more bytes: what stands further away says nothing about them. Lines that mean harm are read in bounded
/// steps, too.
const LONGEST: usize = 1_000;

/// No person has more brackets inside each other.
const DEEPEST: usize = 16;

/// Cuts a line into stretches of one person each.
pub(super) fn stretches(line: Text<'_>) -> Vec<Text<'_>> {
    let text = line.as_str();
    let mut stretches = Vec::new();
    let mut open: Vec<char> = Vec::new();
    // "and Jo" goes on from the line before.
    let mut start = joining(text).unwrap_or(0);
    let mut chars = text.char_indices().peekable();
    while chars.next_if(|&(at, _)| at < start).is_some() {}
    let mut link_ends = line.links().map(|(range, _)| range.end).filter(|&end| end < text.len()).peekable();
    let mut cut = |range: Range<usize>| {
        let stretch = without_joining(line.cut(range).trim());
        if !stretch.is_empty() {
            stretches.push(stretch);
        }
    };
    while let Some((at, c)) = chars.next() {
        while link_ends.next_if(|&end| end < at).is_some() {}
        if open.is_empty() && c.is_uppercase() && is_seam(line, start, at) {
            cut(start..at);
            start = at;
        }
        // `[Ada](…)and[Jo](…)`, `[Ada](…)- Fallback:[Jo](…)`
        if open.is_empty()
            && link_ends.next_if_eq(&at).is_some()
            && let Some(next) = next_of_links(line, at)
        {
            cut(start..at);
            start = next;
            while chars.next_if(|&(at, _)| at < start).is_some() {}
            continue;
        }
        match c {
            '(' | '[' | '{' | '（' | '<' if open.len() == DEEPEST => {}
            '(' | '[' | '{' | '（' => open.push(c),
            '<' if nearest(&text[at..]).contains('>') => open.push(c),
            ')' | ']' | '}' | '>' | '）' => {
                if let Some(depth) = open.iter().rposition(|&opened| closing(opened) == c) {
                    open.truncate(depth);
                }
                // `Jane (@jane) Jo (@jo)`: the next name begins right after.
                let after = at + c.len_utf8();
                if open.is_empty() && start < at && closes_person(last(&text[start..after])) {
                    let rest = &text[after..];
                    let next = rest.trim_start();
                    if next.chars().next().is_some_and(char::is_uppercase) && Role::from_words(first_words(next)).is_none() {
                        cut(start..after);
                        start = after;
                    }
                }
            }
            // `* Jane * Jo`: a list squeezed into the cell of a table.
            '*' if open.is_empty() && text[at + 1..].starts_with(' ') && (at == 0 || text[..at].ends_with(' ')) => {
                cut(start..at);
                start = at + 1;
            }
            ',' | ';' | '，' | '、' | '|' if open.is_empty() || never_closed(&open, nearest(&text[at..])) => {
                open.clear();
                cut(start..at);
                start = at + c.len_utf8();
            }
            // `Jane DoeCo-mentor: Jo`, `Jane Doe Co-mentor: Jo`
            ':' if open.is_empty() => {
                if let Some(label) = role_before(&text[start..at]) {
                    cut(start..start + label);
                    start += label;
                }
            }
            '/' if open.is_empty() && !next_name(&text[at + 1..]) => {}
            '/' | '&' | '+'
                if open.is_empty() && line.link_at(at).is_none() && !text[..at].ends_with([':', '/']) && !in_url(text, at) =>
            {
                cut(start..at);
                start = at + 1;
            }
            ' ' | '\n' if open.is_empty() => {
                if let Some((end, next)) = next_at_space(line, start, at) {
                    cut(start..end);
                    start = next;
                    while chars.next_if(|&(next, _)| next < start).is_some() {}
                }
            }
            _ => {}
        }
    }
    cut(start..text.len());
    stretches
}

/// True where a name begins right behind another one, and only markup stands between the two: `**Jane Doe****Jo Roe**`.
fn is_seam(line: Text<'_>, start: usize, at: usize) -> bool {
    let (before, after) = (last(&line.as_str()[start..at]), &line.as_str()[at..]);
    if !before.ends_with(char::is_lowercase) {
        return false;
    }
    let one = line.cut(at - before.chars().next_back().map_or(0, char::len_utf8)..at).span();
    let other = line.cut(at..at + after.chars().next().map_or(0, char::len_utf8)).span();
    // "Mc", "De" begin a name.
    let is_whole = before.trim_start().rsplit_once(' ').is_some_and(|(_, word)| word.len() > 2);
    let is_next = |word: &str| word.starts_with(char::is_uppercase);
    one.end < other.start && is_whole && first_words(after).split(' ').nth(1).is_some_and(is_next)
}

/// True for a name and a handle or an address behind it.
fn ends_in_sign(text: &str) -> bool {
    let is_sign = |word: &str| word.strip_prefix('@').map_or_else(|| is_email(word), is_handle);
    last(text).rsplit_once(' ').is_some_and(|(_, word)| is_sign(word))
}

/// True if a name of one to three words begins here, and then such a word.
fn is_name_and(text: &str, is_next: impl Fn(&str) -> bool) -> bool {
    let words = || nearest(text).split_whitespace();
    let is_name = |word: &&str| word.starts_with(char::is_uppercase) && !word.ends_with([',', ';', ':']);
    let names = words().take(4).take_while(is_name).count();
    (1..4).contains(&names) && words().nth(names).is_some_and(is_next)
}

/// Where the label of a role begins that a text ends with, if a name stands before it: `Jane Doe Co-mentor`.
fn role_before(text: &str) -> Option<usize> {
    let near = text.ceil_char_boundary(text.len().saturating_sub(LONGEST_LABEL));
    let text = &text[near..];
    let words = text.match_indices(' ').map(|(at, _)| at + 1);
    // A label that was glued to the name: `DoeCo-mentor`.
    let glued =
        text.char_indices().zip(text.char_indices().skip(1)).filter(|((_, a), (_, b))| a.is_lowercase() && b.is_uppercase());
    let mut starts: Vec<usize> = words.chain(glued.map(|(_, (at, _))| at)).collect();
    starts.sort_unstable();
    let is_label = |at: usize| {
        let words = text[at..].trim();
        words.starts_with(char::is_uppercase) && Role::from_words(label_of(words)).is_some()
    };
    let nearest = starts.len().saturating_sub(LABEL);
    let start = starts[nearest..].iter().copied().find(|&at| is_label(at))?;
    text[..start].trim_end().ends_with(|c: char| c.is_alphabetic() || matches!(c, '.' | ')')).then_some(near + start)
}

/// A label of a role has no more words.
const LABEL: usize = 3;

/// Nor more bytes, the name before it included.
const LONGEST_LABEL: usize = 80;

/// Where the person who begins at `start` ends and where the next one begins, if that is at the space at `at`.
fn next_at_space(line: Text<'_>, start: usize, at: usize) -> Option<(usize, usize)> {
    let text = line.as_str();
    let behind = at + 1;
    // U+00A0 or `&nbsp;`: no other space has more bytes on the page.
    let wide = || line.cut(at..behind).span().range().len() > 1;
    let rest = &text[behind..];
    // `Jane (@jane). @jo do you want to help?`; `[Jane](…)&nbsp;[Jo](…)`
    let sentence = rest.starts_with('@') && text[..at].ends_with('.') && at > start + 3;
    // `Jane @jane Jo Roe @jo`
    let next_pair = rest.starts_with(char::is_uppercase)
        && ends_in_sign(&text[start..at])
        && is_name_and(rest, |word| word.starts_with('@') || is_email(word));
    // `@jane @jo`
    let bare = rest.starts_with('@') && text[start..at].trim_start().starts_with('@');
    if sentence || next_pair || bare || (is_link_pair(line, at) && wide()) {
        return Some((at, behind));
    }
    // `1. Jane 2) Jo`
    if let Some(number) = number_before(text, at).filter(|&number| number >= start && next_name(rest)) {
        return Some((number, behind));
    }
    // `Jane • Jo`
    if let Some(next) = ["• ", "· "].iter().find_map(|dot| rest.strip_prefix(dot)) {
        return Some((at, text.len() - next.len()));
    }
    if let Some(next) = after_dash(line, start, at) {
        return Some((at, next));
    }
    joining(rest).map(|len| (at, behind + len))
}

/// Where the next person begins behind a dash at `at`: `Jane, mail: jane@example.org – Jo, mail: jo@example.org`.
fn after_dash(line: Text<'_>, start: usize, at: usize) -> Option<usize> {
    let rest = &line.as_str()[at + 1..];
    let next =
        ["– ", "— ", "- "].iter().find_map(|dash| rest.strip_prefix(dash)).filter(|next| next.starts_with(char::is_uppercase))?;
    let begins = line.len() - next.len();
    let has_sign = |range: Range<usize>| {
        let text = line.cut(range);
        text.as_str().contains('@') || text.links().any(|(_, link)| leads_to_person(&link.url))
    };
    let before = start.max(line.as_str().floor_char_boundary(at.saturating_sub(NEAR)));
    // What a hyphen parts may be where somebody works: `Jane (@jane) - Example Inc, Jo (@jo)`. Where one parts the name
    // before from its address, one does behind, too.
    let is_again = line.as_str()[before..at].contains(" - ");
    let is_next = |word: &str| word.starts_with(['@', '(', '<', '[']) || is_email(word) || is_again && word == "-";
    let is_person = !rest.starts_with('-')
        || line.link_at(begins).is_some_and(|link| leads_to_person(&link.url))
        || is_name_and(next, is_next);
    let near = nearest(next);
    let end = if rest.starts_with('-') { near.find([',', ';']).unwrap_or(near.len()) } else { near.floor_char_boundary(NEAR) };
    (is_person && has_sign(before..at) && has_sign(begins..begins + end)).then_some(begins)
}

/// Where the number of an item begins that ends before the space at `at`: `1.`, `2)`.
fn number_before(text: &str, at: usize) -> Option<usize> {
    let number = text[..at].strip_suffix(['.', ')'])?;
    let digits = number.bytes().rev().take(3).take_while(u8::is_ascii_digit).count();
    let start = number.len() - digits;
    ((1..3).contains(&digits) && (start == 0 || text[..start].ends_with(char::is_whitespace))).then_some(start)
}

/// The bracket that closes an opening one.
fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '（' => '）',
        '[' => ']',
        '{' => '}',
        _ => '>',
    }
}

/// `Jo Roe or`, before a comma, and `Jo Roe et al.`: without the words that join somebody else.
fn without_joining(stretch: Text<'_>) -> Text<'_> {
    let text = stretch.as_str().trim_end_matches('.');
    let before = |word: &String| text.strip_suffix(word.as_str()).filter(|before| before.ends_with(' '));
    let joining = Labels::get().joining.people();
    let kept = joining.chain(&Words::get().people.and_others).find_map(before);
    kept.map_or(stretch, |kept| stretch.of(kept.trim_end()))
}

/// How long the words are that a text begins with, if a person stands behind them: `and `, `with help from `.
fn joining(rest: &str) -> Option<usize> {
    // Every space of a line asks.
    if !rest.starts_with(['a', 'u', 'o', 'p', 'w', 't', 'i', 's', 'h', 'b']) {
        return None;
    }
    let joining = &Labels::get().joining;
    if let Some(word) = joining.of_people(rest) {
        return Some(word.len() + 1);
    }
    let phrase = joining.before_name(rest)?;
    let name = rest[phrase.len()..].trim_start();
    // "with Acme" is where somebody works.
    let capitals = name.split(' ').take_while(|word| word.starts_with(char::is_uppercase)).count();
    let is_name = if phrase.contains(' ') { next_name(name) } else { capitals > 1 || name.starts_with('@') };
    is_name.then_some(phrase.len() + 1)
}

/// Where the next person begins if a link ends at `at`, another one begins soon, and the words between part two people.
fn next_of_links(line: Text<'_>, at: usize) -> Option<usize> {
    const FAR: usize = 40;
    let text = line.as_str();
    let near = line.cut(at..text.floor_char_boundary((at + FAR).min(text.len())));
    let next = near.links().next().map(|(range, _)| at + range.start)?;
    let between = text[at..next].trim();
    if between.is_empty() {
        return are_two_people(line, at, next).then_some(next);
    }
    if Labels::get().joining.has(between) {
        return Some(next);
    }
    let role = between.strip_suffix(':').is_some_and(|words| Role::from_words(label_of(words)).is_some());
    role.then_some(at)
}

/// True if a link to a person's page or mailbox ends at `at`, and that of another person begins at `next`. An address that is
/// written out is no other person.
fn are_two_people(line: Text<'_>, at: usize, next: usize) -> bool {
    let before = at.checked_sub(1).and_then(|last| line.link_at(line.as_str().floor_char_boundary(last)));
    let Some((one, other)) = before.zip(line.link_at(next)) else { return false };
    let user = |url: &str| github_user(&link::target(url)).map(str::to_owned);
    let is_name = || next == at || line.as_str()[next..].starts_with(char::is_uppercase);
    if let (Some(one), Some(other)) = (user(&one.url), user(&other.url)) {
        return one != other && is_name();
    }
    let named = next == at && line.as_str()[at..].starts_with(char::is_uppercase);
    named && leads_to_person(&one.url) && leads_to_person(&other.url) && one.url != other.url
}

/// True for the address of somebody's page on GitHub or of a mailbox.
fn leads_to_person(url: &str) -> bool {
    url.starts_with("mailto:") || url.contains("/email-protection#") || github_user(&link::target(url)).is_some()
}

/// The names in a stretch that has several and nothing between them. `listed` says that the stretch is a list by what follows
/// it: in `Ada Lovell Bo Chen, or Cy Diaz` the comma before the last one shows that more than one came before.
pub(super) fn names_in_a_row(stretch: Text<'_>, listed: bool) -> Vec<Text<'_>> {
    let words: Vec<&str> = stretch.as_str().split_whitespace().collect();
    let is_part = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word.len() > 1
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\''))
    };
    // Nobody has six names and no particle; four may be those of one.
    let clear = words.len() == 4 && listed || matches!(words.len(), 6 | 8);
    if !clear || !words.iter().all(is_part) || stretch.links().next().is_some() {
        return vec![stretch];
    }
    words.chunks(2).map(|pair| stretch.of(pair[0]).through(stretch.of(pair[1]))).collect()
}

/// True if one link ends before the space at `at`, and another one begins behind it.
fn is_link_pair(line: Text<'_>, at: usize) -> bool {
    let text = line.as_str();
    // A few spaces on either side, not a whole line of them.
    let space = |c: &char| c.is_whitespace();
    let before = at - text[..at].chars().rev().take(4).take_while(space).map(char::len_utf8).sum::<usize>();
    let after = at + text[at..].chars().take(4).take_while(space).map(char::len_utf8).sum::<usize>();
    let linked = |at: usize| line.link_at(at).is_some();
    before > 0 && linked(text.floor_char_boundary(before - 1)) && linked(after) && !linked(at)
}

/// True if what was opened is not closed in what follows: then it does not hold anything together.
fn never_closed(open: &[char], rest: &str) -> bool {
    open.iter().all(|&opened| !rest.contains(closing(opened)))
}

/// True if a person may begin here: after "v" in "v/d Berg" none does.
fn next_name(rest: &str) -> bool {
    rest.trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '@' | '[' | '<' | '('))
}

fn in_url(text: &str, at: usize) -> bool {
    let word = last(&text[..at]).rsplit(char::is_whitespace).next().unwrap_or_default();
    word.contains("://") || word.starts_with("www.") || (word.contains('.') && word.contains("com"))
}

/// True if a stretch that ends in a closing bracket tells a handle or an address: the person is complete.
fn closes_person(stretch: &str) -> bool {
    stretch.contains('@') || stretch.contains("(at)")
}

fn first_words(text: &str) -> &str {
    let text = nearest(text);
    &text[..text.find([',', '(', ';']).unwrap_or(text.len())]
}

/// The beginning of a text, as much as can be one person.
pub(super) fn nearest(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

/// The end of a text, as much as can be one person.
pub(super) fn last(text: &str) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..]
}
