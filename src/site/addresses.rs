//! E-mail addresses are found and left out: plain, spelled out (`ada at example dot org`), and behind escapes of Markdown,
//! HTML and URLs.
//!
//! It errs on the side of leaving out. A file called `notes@2x.md` is lost; nobody's address is published.

use std::borrow::Cow;
use std::ops::Range;

use crate::idea::mentor::emails;

/// What stands where an address was left out.
pub(super) const LEFT_OUT: &str = "[address left out]";
/// The same inside of a URL, which has no spaces.
const LEFT_OUT_OF_URL: &str = "address-left-out";

/// The ways to write `@`; a fullwidth one is read as one by people.
const AT: [&str; 6] = ["@", "＠", "%40", "&#64;", "&#x40;", "&commat;"];

/// Bytes of what stands before an `@`: a mailbox has 64 at most (RFC 5321), and an escape makes a few of one.
const LONGEST: usize = 256;

/// True if an address stands in a text.
pub(super) fn are_in(text: &str) -> bool {
    !stretches(text).is_empty()
}

/// A text without its addresses.
pub(super) fn leave_out(text: &str) -> Cow<'_, str> {
    let stretches = stretches(text);
    if stretches.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for Range { start, end } in stretches {
        let before = &text[at..start];
        let url = before.rsplit(|c: char| c.is_whitespace() || "\"'<(".contains(c)).next().unwrap_or_default();
        if let Some(before) = before.strip_suffix("mailto:") {
            // The target of a link: it loses its address, and the link with that what it leads to.
            let is_target = before.ends_with(['(', '<', '"', '\'', '=']);
            kept.push_str(before);
            kept.push_str(if is_target { "" } else { LEFT_OUT });
        } else if url.contains("://") {
            kept.push_str(before);
            kept.push_str(LEFT_OUT_OF_URL);
        } else if before.ends_with('<') && text[end..].starts_with('>') {
            // `<[…]>` would be a tag.
            kept.push_str(&before[..before.len() - 1]);
            kept.push_str(LEFT_OUT);
            at = end + 1;
            continue;
        } else {
            kept.push_str(before);
            kept.push_str(LEFT_OUT);
        }
        at = end;
    }
    kept.push_str(&text[at..]);
    Cow::Owned(kept)
}

/// Where addresses stand: in order, none in another.
fn stretches(text: &str) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = emails(text).map(|(stretch, _)| stretch).collect();
    let lower = text.to_ascii_lowercase();
    for at in AT {
        all.extend(lower.match_indices(at).filter_map(|(start, _)| around(text, start..start + at.len())));
    }
    all.sort_by_key(|stretch| (stretch.start, stretch.end));
    all.dedup_by(|next, before| {
        let overlap = next.start < before.end;
        if overlap {
            before.end = before.end.max(next.end);
        }
        overlap
    });
    all
}

/// The address around an `@`, if it has both sides.
fn around(text: &str, at: Range<usize>) -> Option<Range<usize>> {
    let is_local = |c: char| c.is_alphanumeric() || ".\\_%+-'".contains(c);
    let is_domain = |c: char| c.is_alphanumeric() || ".\\_-".contains(c);
    let (before, behind) = (&text[..at.start], &text[at.end..]);
    // `%40` may stand in one itself: without a bound a text full of them is read to its beginning again and again.
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST))..];
    let local = &near[near.trim_end_matches(is_local).len()..];
    let domain = &behind[..behind.len() - behind.trim_start_matches(is_domain).len()];
    let domain = domain.trim_end_matches(['.', '-', '_', '\\']);
    let (name, top) = domain.rsplit_once('.')?;
    let is_top = top.chars().count() > 1 && top.chars().all(char::is_alphabetic);
    // `git@github.com:owner/repository` is nobody's mailbox.
    (!local.is_empty() && local != "git" && !name.is_empty() && is_top).then(|| at.start - local.len()..at.end + domain.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_left_out_however_they_are_written() {
        for (text, kept) in [
            ("Write to ada@example.org.", "Write to [address left out]."),
            ("ada.b+c@mail.example.org, bo@example.org", "[address left out], [address left out]"),
            ("ada (at) example (dot) org", "[address left out]"),
            ("ada AT example.org asks", "[address left out] asks"),
            ("<ada@example.org>", "[address left out]"),
            ("[Ada](mailto:ada@example.org)", "[Ada]()"),
            ("<a href=\"mailto:ada@example.org?subject=hi\">Ada</a>", "<a href=\"?subject=hi\">Ada</a>"),
            ("mailto:ada@example.org", "[address left out]"),
            ("ada&#64;example.org ada&commat;example.org", "[address left out] [address left out]"),
            ("ada\\@example.org, ada\\_b@example.org", "[address left out], [address left out]"),
            ("to=ada@example.org/bo@example.org", "to=[address left out]/[address left out]"),
            ("https://cal.example.org/?cid=ada%40example.org&x=1", "https://cal.example.org/?cid=address-left-out&x=1"),
            ("ÄDA＠EXAMPLE.ORG", "[address left out]"),
        ] {
            assert_eq!(leave_out(text), kept, "{text}");
            assert!(are_in(text) && !are_in(kept), "{text}");
        }
    }

    #[test]
    fn a_text_full_of_escapes_ends() {
        let text = "a%40".repeat(100_000);
        assert_eq!(leave_out(&text), text);
    }

    #[test]
    fn what_is_no_address_stays() {
        for text in [
            "git clone git@github.com:owner/repository.git",
            "https://medium.example.org/@ada.lovell",
            "npm install left-pad@1.3.0, @scope/name",
            "Meet us at noon, or at home",
            "@ada and a@b",
            "100 %40 &#64;",
        ] {
            assert_eq!(leave_out(text), text);
        }
    }
}
