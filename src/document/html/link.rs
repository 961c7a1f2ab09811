//! Where links lead, and the addresses that hosts of pages hide.

/// Where a link leads: Google's documents lead there by a page of their own.
pub(super) fn destination(url: &str) -> String {
    let redirect =
        url.split_once("://").and_then(|(_, rest)| rest.strip_prefix("www.google.").or_else(|| rest.strip_prefix("google.")));
    let query = redirect.and_then(|rest| rest.split_once("/url?")).map(|(_, query)| query);
    let target =
        query.and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("q=").or_else(|| pair.strip_prefix("url="))));
    match target {
        Some(target) => percent_encoding::percent_decode_str(target).decode_utf8_lossy().into_owned(),
        None => url.to_owned(),
    }
}

/// An e-mail address that a page's host hides from programs: in hexadecimal, each byte combined with the first one.
pub(super) fn scrambled(hex: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()).collect();
    let bytes = bytes?;
    let (key, address) = bytes.split_first()?;
    let address = String::from_utf8(address.iter().map(|byte| byte ^ key).collect()).ok()?;
    let is_address = address.contains('@') && address.bytes().all(|byte| byte.is_ascii_graphic());
    is_address.then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scrambled_addresses_are_read() {
        assert_eq!(scrambled("2a4b6a48044549").as_deref(), Some("a@b.oc"));
        for hex in ["", "2a", "2", "xx", "2a4b", "é"] {
            assert_eq!(scrambled(hex), None, "{hex}");
        }
    }

    #[test]
    fn redirects_of_google_lead_to_their_target() {
        for (url, target) in [
            ("https://www.google.com/url?q=https://example.org/a%3Fb%3D1&sa=D&source=editors", "https://example.org/a?b=1"),
            ("http://www.google.de/url?sa=t&url=https%3A%2F%2Fexample.org", "https://example.org"),
            ("https://example.org/url?q=x", "https://example.org/url?q=x"),
            ("https://www.google.com/search?q=x", "https://www.google.com/search?q=x"),
        ] {
            assert_eq!(destination(url), target);
        }
    }
}
