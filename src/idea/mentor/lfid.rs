//! Linux Foundation IDs: names of accounts.

/// Why a text is no Linux Foundation ID.
pub fn fault(text: &str) -> Option<&'static str> {
    if text.contains("://") || text.starts_with("www.") || text.contains('/') {
        Some("an LFID is a name, not a URL")
    } else if text.starts_with('@') {
        Some("an LFID has no `@`")
    } else if text.contains('@') {
        Some("an LFID is a name, not an e-mail address")
    } else if text.contains(char::is_whitespace) {
        Some("an LFID has no spaces")
    } else {
        let strange = |c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+'));
        text.contains(strange).then_some("an LFID has only letters, digits, `.`, `_` and `-`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lfids() {
        for good in ["adabrook", "ada.brook", "ada_brook-1"] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in
            ["@ada", "ada brook", "ada@example.org", "https://example.org/ada", "www.example.org", "example.org/ada", "ada,b"]
        {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }
}
