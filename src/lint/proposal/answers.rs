//! Answers of the form as the programme's automation understands them: boxes, URLs, addresses, handles, IDs.

use crate::lint::{Edit, Fix};
use crate::text::Span;

use super::sections::{is_space, trim};

/// How many characters of an answer are quoted.
const QUOTED: usize = 60;

/// The boxes of an answer, and whether each is ticked: `- [x] Resume`.
pub(super) fn boxes(answer: &str) -> impl Iterator<Item = (bool, &str)> {
    answer.split('\n').filter(|line| has_box(line)).map(|line| {
        let ticked = line.contains("- [x]") || line.contains("- [X]");
        // A box that is indented is part of its own label.
        let at_start = line.starts_with("- [") && has_box(&line[..line.char_indices().nth(5).map_or(line.len(), |(at, _)| at)]);
        let label = if at_start { line.split_once(']').map_or("", |(_, label)| label) } else { line };
        // `- []]` is a box, too.
        let label = if at_start && line.starts_with("- []]") { label.strip_prefix(']').unwrap_or(label) } else { label };
        (ticked, trim(label))
    })
}

/// True if there is a box on a line: any one character in it.
fn has_box(line: &str) -> bool {
    memchr::memmem::find_iter(line.as_bytes(), "- [").any(|at| {
        let mut inside = line[at + 3..].chars();
        // A character outside of the first plane is two in JavaScript.
        let one = inside.next().is_some_and(|c| (c as u32) < 0x1_0000 && !matches!(c, '\r' | '\u{2028}' | '\u{2029}'));
        one && inside.next() == Some(']')
    })
}

/// True if the box of a label is ticked.
pub(super) fn is_ticked(answer: &str, label: &str) -> bool {
    boxes(answer).any(|(ticked, says)| ticked && says == label)
}

/// True for a URL: `https?://` and something behind it, without white space.
pub(super) fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(is_space))
}

/// True for an e-mail address: something, `@`, something with a dot inside, without white space or another `@`.
pub(super) fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let mut inside = host.char_indices().skip(1);
    let dot = inside.any(|(at, c)| c == '.' && at + 1 < host.len());
    !name.is_empty() && !text.contains(is_space) && !host.contains('@') && dot
}

/// An address without what editors put around it: a link `[a](mailto:a)`, `<a>`, `mailto:a`.
pub(super) fn bare_email(said: &str) -> &str {
    let said = trim(said);
    let linked = said.strip_prefix('[').and_then(|rest| rest.split_once("](")).filter(|(shown, _)| !shown.contains(']'));
    if let Some(address) = linked.and_then(|(_, rest)| after_mailto(rest)).and_then(|rest| rest.strip_suffix(')'))
        && !address.is_empty()
        && !address.contains(')')
    {
        return trim(address);
    }
    let inside = said.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(said);
    trim(after_mailto(inside).unwrap_or(inside))
}

fn after_mailto(text: &str) -> Option<&str> {
    let (head, rest) = text.split_at_checked("mailto:".len())?;
    head.eq_ignore_ascii_case("mailto:").then_some(rest)
}

/// True for a handle: `@`, then letters and digits and single hyphens between them, 39 at most.
pub(super) fn is_handle(text: &str) -> bool {
    let Some(name) = text.strip_prefix('@') else { return false };
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    plain && (1..=39).contains(&name.len()) && !name.starts_with('-') && !name.ends_with('-') && !name.contains("--")
}

/// True for a Linux Foundation ID: one word, no address and no URL.
pub(super) fn is_lfid(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c| is_space(c) || c == '@' || c == '/')
}

/// The URL of an answer that holds it and marks around it: `<url>`, `[words](url)`, `url,`.
pub(super) fn alone(said: &str) -> Option<&str> {
    let linked = || said.strip_prefix('[').and_then(|rest| rest.split_once("](")).and_then(|(_, rest)| rest.strip_suffix(')'));
    let bracketed = || said.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    let ended = || Some(said.trim_end_matches([',', '.', ';'])).filter(|rest| rest.len() < said.len());
    let clean = |url: &&str| is_url(url) && !url.contains([',', ';', '<', '>', '(', ')', '[', ']']);
    bracketed().or_else(linked).or_else(ended).filter(clean)
}

/// Writes `text` at `span`; it means the same.
pub(super) fn write(span: Span, text: &str) -> Fix {
    Fix { safe: true, edits: vec![Edit::replace(span, text)] }
}

/// The beginning of an answer on one line, to be quoted.
pub(super) fn cut(said: &str) -> String {
    let line = said.lines().next().unwrap_or_default();
    if line.len() == said.len() && line.chars().nth(QUOTED).is_none() {
        return line.to_owned();
    }
    line.chars().take(QUOTED - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_out() {
        for (said, address, valid) in [
            ("ada@example.org", "ada@example.org", true),
            ("<ada@example.org>", "ada@example.org", true),
            ("mailto:ada@example.org", "ada@example.org", true),
            ("<MAILTO:ada@example.org>", "ada@example.org", true),
            ("[ada](mailto:ada@example.org)", "ada@example.org", true),
            ("[ada@example.org](https://example.org)", "[ada@example.org](https://example.org)", true),
            ("a b@example.org", "a b@example.org", false),
            ("ada@example", "ada@example", false),
            ("ada@.org", "ada@.org", false),
            ("ada@example.", "ada@example.", false),
            ("ada@@example.org", "ada@@example.org", false),
            ("ada@a..b", "ada@a..b", true),
            ("ada (at) example.org", "ada (at) example.org", false),
            ("", "", false),
        ] {
            assert_eq!((bare_email(said), is_email(bare_email(said))), (address, valid), "{said}");
        }
    }

    #[test]
    fn handles_and_ids_are_told() {
        let long = format!("@{}", "a".repeat(39));
        for (said, valid) in
            [("@ada", true), ("@a-b-c", true), (long.as_str(), true), ("ada", false), ("@", false), ("@-a", false)]
        {
            assert_eq!(is_handle(said), valid, "{said}");
        }
        for said in ["@a-", "@a--b", "@a_b", "`@ada`", "[@ada](https://github.com/ada)", "@adä", &format!("{long}a")] {
            assert!(!is_handle(said), "{said}");
        }
        for (said, valid) in
            [("ada", true), ("N/A", false), ("TBD", true), ("a b", false), ("@ada", false), ("`ada`", true), ("", false)]
        {
            assert_eq!(is_lfid(said), valid, "{said}");
        }
    }

    #[test]
    fn boxes_are_ticked() {
        for (answer, ticked) in [
            ("- [x] Resume", true),
            ("- [X]   Resume  ", true),
            ("- [ ] Resume\n- [x] Other", false),
            ("  - [x] Resume", false),
            ("* [x] Resume", false),
            ("- [x] Resume (one page)", false),
            ("- [xx] Resume", false),
            ("- [x] Resume\r\n- [ ] Other", true),
        ] {
            assert_eq!(is_ticked(answer, "Resume"), ticked, "{answer:?}");
        }
    }

    #[test]
    fn urls_stand_alone() {
        for (said, url) in [
            ("<https://a.example/1>", Some("https://a.example/1")),
            ("[the issue](https://a.example/1)", Some("https://a.example/1")),
            ("https://a.example/1,", Some("https://a.example/1")),
            ("https://a.example/1,https://a.example/2", None),
            ("see https://a.example/1", None),
            ("[a](https://a.example/1) [b](https://a.example/2)", None),
        ] {
            assert_eq!(alone(said), url, "{said}");
        }
    }
}
