//! E-mail addresses, plain and obfuscated: `ada@example.org`, `ada (at) example (dot) org`, `ada AT example.org`, `ada -at- …`.

use std::ops::Range;

use crate::idea::words::Words;

/// True for `local@domain.tld`, as far as a mentor's address needs it.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    !local.is_empty()
        && local.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\''))
        && domain.contains('.')
        && domain.split('.').all(label)
        && domain.rsplit('.').next().is_some_and(|tld| tld.len() >= 2 && tld.chars().all(char::is_alphabetic))
}

/// True for the address of a mailing list, which is nobody's own.
pub(super) fn is_list(address: &str) -> bool {
    is_at(address, &Words::get().people.list_hosts)
}

/// True for the address of a chat room, which is none of e-mail.
pub(super) fn is_room(address: &str) -> bool {
    is_at(address, &Words::get().people.room_hosts)
}

/// True for an address at one of these hosts, or with one of these parts of a host, which have a dot behind them.
fn is_at(address: &str, hosts: &[String]) -> bool {
    let is_of = |domain: &str, host: &String| match host.strip_suffix('.') {
        Some(part) => domain.split('.').rev().skip(1).any(|label| label == part),
        None => domain == host,
    };
    address.split_once('@').is_some_and(|(_, domain)| hosts.iter().any(|host| is_of(domain, host)))
}

/// Why a text is no e-mail address.
pub fn fault(text: &str) -> Option<&'static str> {
    if text.contains(char::is_whitespace) {
        return Some(if text.contains('@') { "addresses have no spaces" } else { "it has no `@`" });
    }
    let Some((local, domain)) = text.split_once('@') else { return Some("it has no `@`") };
    let dots = |part: &str| part.starts_with('.') || part.ends_with('.') || part.contains("..");
    if domain.contains('@') {
        Some("it has more than one `@`")
    } else if local.is_empty() {
        Some("nothing stands before the `@`")
    } else if domain.is_empty() {
        Some("nothing stands behind the `@`")
    } else if dots(local) || dots(domain) {
        Some("a dot has nothing on one of its sides")
    } else if !is_domain(domain) {
        Some("what stands behind the `@` is no domain")
    } else {
        (!is_email(text)).then_some("it has characters that addresses do not have")
    }
}

fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| !(label.starts_with('-') || label.ends_with('-') || label.contains('_'));
    text.contains('.') && text.split('.').all(is_label)
}

/// The addresses in a text, in order: which bytes each takes, and the address written out.
pub fn emails(text: &str) -> impl Iterator<Item = (Range<usize>, String)> + '_ {
    let words = if may_hold_email(text) { email_words(text) } else { Vec::new() };
    let (mut at, mut taken) = (0, 0);
    std::iter::from_fn(move || {
        while let Some(word) = words.get(at) {
            at += 1;
            let found = plain_email(word.text).map(|address| {
                let start = word.start + (address.as_ptr() as usize - word.text.as_ptr() as usize);
                (start..start + address.len(), address.to_owned())
            });
            // The words of one address are not those of the next.
            let spelled = || if word.is_at() { spelled_email(&words[taken..], at - 1 - taken) } else { None };
            let spaced = || if at - 1 > taken { spaced_email(text, &words[at - 2], word) } else { None };
            if let Some(found) = found.or_else(spelled).or_else(spaced) {
                while words.get(at).is_some_and(|word| word.start < found.0.end) {
                    at += 1;
                }
                taken = at;
                return Some(found);
            }
        }
        None
    })
}

/// True if the text may hold an address: an `@` or an `at` of its own stands in it.
fn may_hold_email(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let is_at = |a: usize| bytes[a].eq_ignore_ascii_case(&b'a') && (a == 0 || !is_letter(a - 1)) && !is_letter(a + 2);
    memchr::memchr(b'@', bytes).is_some() || memchr::memchr2_iter(b't', b'T', bytes).any(|t| t > 0 && is_at(t - 1))
}

struct Word<'a> {
    start: usize,
    text: &'a str,
}

impl<'a> Word<'a> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn bare(&self) -> &'a str {
        self.text.trim_matches(['(', ')', '[', ']', '{', '}', '<', '>', '_', '-', '*'])
    }

    fn is_at(&self) -> bool {
        // "Jane at Google" has one, too; but no address comes of it.
        self.bare().eq_ignore_ascii_case("at") || self.text == "@"
    }

    fn is_dot(&self) -> bool {
        self.bare().eq_ignore_ascii_case("dot")
    }
}

/// The words of a text; brackets around `at` and `dot` stay with them, all other brackets and commas separate.
fn email_words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if let Some(len) = mark(rest) {
            words.push(Word { start: at, text: &rest[..len] });
            at += len;
            continue;
        }
        let len = rest
            .char_indices()
            .find(|&(i, c)| is_border(c) || (matches!(c, '_' | '-') && i > 0 && mark(&rest[i..]).is_some()))
            .map_or(rest.len(), |(i, _)| i);
        if len == 0 {
            at += rest.chars().next().map_or(1, char::len_utf8);
        } else {
            words.push(Word { start: at, text: &rest[..len] });
            at += len;
        }
    }
    words
}

/// True for what parts words: spaces, commas and brackets.
pub(super) fn is_border(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, ',' | ';' | '|' | '(' | ')' | '[' | ']' | '<' | '>' | '{' | '}' | '"' | '，' | '；' | '、' | '（' | '）')
}

/// `(dot)` is the longest mark, in characters.
const LONGEST_MARK: usize = 5;

/// The length of an `(at)`, `[dot]`, `_at_`, `-at-` that `text` begins with.
fn mark(text: &str) -> Option<usize> {
    let open = *text.as_bytes().first()?;
    let close = match open {
        b'(' => ')',
        b'[' => ']',
        b'<' => '>',
        b'{' => '}',
        b'_' => '_',
        b'-' => '-',
        _ => return None,
    };
    let end = text.char_indices().take(LONGEST_MARK).skip(1).find(|&(_, c)| c == close)?.0;
    let inside = &text[1..end];
    let spelled = inside.eq_ignore_ascii_case("at") || inside.eq_ignore_ascii_case("dot") || inside == "@";
    spelled.then_some(end + 1)
}

fn plain_email(word: &str) -> Option<&str> {
    if !word.contains('@') {
        return None;
    }
    let word = word.strip_prefix("mailto:").unwrap_or(word).trim_matches(['*', '`', '\'', '.', '_', '-', ':', '!', '?', '/']);
    let (scheme, word) = word.rsplit_once(':').unwrap_or(("", word));
    (is_email(word) && !is_room(word) && !Words::get().people.rooms.has(scheme)).then_some(word)
}

/// `(a.lovell @example.org)`: a space before the `@`, and nothing before the rest of the address.
fn spaced_email(text: &str, local: &Word<'_>, domain: &Word<'_>) -> Option<(Range<usize>, String)> {
    let begins = text[..local.start].trim_end().chars().next_back().is_none_or(|c| "([<{,;:（".contains(c));
    // "(all @example.org)" tells the host of several.
    let small = !local.text.contains(char::is_uppercase) && !Words::get().people.no_person_start.has(local.text);
    if !(domain.text.starts_with('@') && begins && small && text[local.end()..domain.start].trim().is_empty()) {
        return None;
    }
    let domain_text = domain.text.trim_end_matches(['.', ':', '!', '?', '*', '_']);
    let address = format!("{}{domain_text}", local.text);
    is_email(&address).then(|| (local.start..domain.start + domain_text.len(), address))
}

/// `jane (dot) doe (at) example (dot) org`, with the `(at)` at `words[at]`.
fn spelled_email(words: &[Word<'_>], at: usize) -> Option<(Range<usize>, String)> {
    let mut first = at.checked_sub(1)?;
    let mut local = words[first].text.to_owned();
    while first >= 2 && words[first - 1].is_dot() {
        first -= 2;
        local = format!("{}.{local}", words[first].text);
    }
    let mut last = at + 1;
    let mut domain = words.get(last)?.text.to_owned();
    while words.get(last + 1).is_some_and(Word::is_dot) && last + 2 < words.len() {
        last += 2;
        domain = format!("{domain}.{}", words[last].text);
    }
    let domain = domain.trim_end_matches(['.', '*', '_']);
    let address = format!("{}@{domain}", local.trim_start_matches(['*', '_']));
    is_email(&address).then(|| (words[first].start..words[last].end(), address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["ada@example.org", "a.b+c@mail.example.org", "12@qq.example.com", "o'ada_b@ex-ample.org", "ada@exämple.org"]
        {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in [
            "ada",
            "ada@",
            "@example.org",
            "ada@example",
            "ada@@example.org",
            "ada@b@example.org",
            "ada at example.org",
            "ada @example.org",
            "ada@example.org.",
            "ada@.example.org",
            "ada@example..org",
            ".ada@example.org",
            "ada.@example.org",
            "ada@-example.org",
            "ada@example.org>",
            "ada@example.org/",
            "ada@example.1",
            "mailto:ada@example.org",
        ] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn addresses_in_text() {
        for (text, found) in [
            ("ada@example.org", &["ada@example.org"][..]),
            ("Ada (a.lovell @example.org)", &["a.lovell@example.org"]),
            ("Ada (bo reed @example.org)", &[]),
            ("Ada @example.org", &[]),
            ("ada (at) example (dot) org, bo AT example.org", &["ada@example.org", "bo@example.org"]),
            ("(ada1 -at- example.org) and (bo -dot- reed -at- example -dot- org)", &["ada1@example.org", "bo.reed@example.org"]),
            ("ada-at-example.org, bo_at_example.org", &["ada@example.org", "bo@example.org"]),
            ("xmpp:ada@example.org, tree@conference.example.org", &[]),
        ] {
            assert_eq!(emails(text).map(|(_, address)| address).collect::<Vec<_>>(), found, "{text}");
        }
    }

    #[test]
    fn lists() {
        for address in ["a@lists.example.org", "a@x.lists.example.org", "a@groups.example.org", "a@googlegroups.com"] {
            assert!(is_list(address), "{address}");
        }
        for address in ["a@example.org", "lists@example.org", "a@listserv.example.org"] {
            assert!(!is_list(address), "{address}");
        }
    }
}
