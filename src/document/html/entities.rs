//! Text between tags: what its entities stand for, and the bytes of each.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// What an entity at the beginning of a text stands for, and its length. The longest name counts, as in browsers.
pub(super) fn entity(text: &str) -> Option<(Shown, usize)> {
    let inner = text.strip_prefix('&')?;
    if let Some(number) = inner.strip_prefix('#') {
        return numeric(number).map(|(c, len)| (Shown(c, None), len + 2));
    }
    let mut found = None;
    // Every beginning of a name is in the table, too.
    for len in 1..=inner.len() {
        let Some(&(first, second)) = inner.get(..len).and_then(|name| NAMED_ENTITIES.get(name)) else { break };
        if let Some(first) = char::from_u32(first).filter(|&first| first != '\0') {
            let second = char::from_u32(second).filter(|&second| second != '\0');
            found = Some((Shown(first, second), len + 1));
        }
    }
    found
}

/// The one or two characters that an entity stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shown(pub(super) char, pub(super) Option<char>);

/// The number behind `&#`.
fn numeric(text: &str) -> Option<(char, usize)> {
    let (digits, radix, skip) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (text, 10, 0),
    };
    let len = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    if len == 0 {
        return None;
    }
    let code = u32::from_str_radix(&digits[..len], radix).unwrap_or(u32::MAX);
    let replaced = code.checked_sub(0x80).and_then(|code| C1_REPLACEMENTS.get(code as usize).copied().flatten());
    let c = replaced.or_else(|| char::from_u32(code).filter(|&c| c != '\0')).unwrap_or(char::REPLACEMENT_CHARACTER);
    Some((c, skip + len + usize::from(digits[len..].starts_with(';'))))
}

/// Text as browsers show it, without the places of its characters: for titles.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if let Some((Shown(first, second), len)) = entity(rest) {
            out.push(first);
            out.extend(second);
            at += len;
        } else {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let len = memchr::memchr(b'&', &rest.as_bytes()[first..]).map_or(rest.len(), |next| first + next);
            out.push_str(&rest[..len]);
            at += len;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_those_of_browsers() {
        for (text, shown, len) in [
            ("&amp;x", '&', 5),
            ("&ampx", '&', 4),
            ("&notit;", '¬', 4),
            ("&notin;", '∉', 7),
            ("&#39;", '\'', 5),
            ("&#x2019 ", '’', 7),
            ("&#146;", '’', 6),
            ("&#0;", '\u{fffd}', 4),
            ("&#99999999999;", '\u{fffd}', 14),
        ] {
            assert_eq!(entity(text), Some((Shown(shown, None), len)), "{text}");
        }
        for text in ["&", "&;", "&foo;", "& amp;", "&#;", "&#x;", "&é;", "x"] {
            assert_eq!(entity(text), None, "{text}");
        }
        assert_eq!(entity("&NotEqualTilde;"), Some((Shown('≂', Some('\u{338}')), 15)));
        assert_eq!(decoded("a &lt;b&gt; &co &é"), "a <b> &co &é");
    }
}
