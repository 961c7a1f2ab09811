//! What a handle, an address and a Linux Foundation ID can look like, and why something cannot be one.

use crate::idea::mentor::{is_email, is_handle};

/// Length of the longest handle. Source: the sign-up form of <https://github.com>.
const LONGEST_HANDLE: usize = 39;

/// Why a word, without `@`, is no GitHub handle.
pub(super) fn handle_fault(word: &str) -> Option<&'static str> {
    let strange = |c: char| !(c.is_ascii_alphanumeric() || c == '-');
    if word.is_empty() {
        Some("nothing stands behind the `@`")
    } else if word.contains(char::is_whitespace) {
        Some("handles have no spaces")
    } else if word.contains(strange) {
        Some("handles have only letters, digits and hyphens")
    } else if word.starts_with('-') || word.ends_with('-') {
        Some("handles neither begin nor end with a hyphen")
    } else if word.contains("--") {
        Some("handles have no two hyphens in a row")
    } else if word.len() > LONGEST_HANDLE {
        Some("handles have at most 39 characters")
    } else {
        (!is_handle(word)).then_some("handles have only letters, digits and single hyphens")
    }
}

/// Why a text is no e-mail address.
pub(super) fn address_fault(text: &str) -> Option<&'static str> {
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

/// Why a text is no Linux Foundation ID.
pub(super) fn lfid_fault(text: &str) -> Option<&'static str> {
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

/// The user that a URL of GitHub names, in whatever case it is written.
pub(super) fn user_of_url(text: &str) -> Option<&str> {
    let lower = text.to_ascii_lowercase();
    let at = lower.find("github.com/")? + "github.com/".len();
    let user = text[at..].split(['/', '?', '#']).next().unwrap_or_default().trim_start_matches('@');
    // A repository is no person.
    let whole = text[at..].trim_start_matches('@').trim_end_matches('/') == user;
    (whole && handle_fault(user).is_none()).then_some(user)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles() {
        let longest = "a".repeat(39);
        for good in ["a", "ada-brook", "0yi0", "A-B-c", &longest] {
            assert_eq!(handle_fault(good), None, "{good}");
        }
        let long = "a".repeat(40);
        for bad in ["", "-ada", "ada-", "ada--brook", "ada_brook", "ada.brook", "ada brook", "adä", "ada/brook", "@ada", &long] {
            assert!(handle_fault(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn addresses() {
        for good in ["ada@example.org", "a.b+c@mail.example.org", "12@qq.example.com", "o'ada_b@ex-ample.org", "ada@exämple.org"]
        {
            assert_eq!(address_fault(good), None, "{good}");
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
            assert!(address_fault(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn lfids() {
        for good in ["adabrook", "ada.brook", "ada_brook-1"] {
            assert_eq!(lfid_fault(good), None, "{good}");
        }
        for bad in
            ["@ada", "ada brook", "ada@example.org", "https://example.org/ada", "www.example.org", "example.org/ada", "ada,b"]
        {
            assert!(lfid_fault(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn urls_of_users() {
        for url in ["https://github.com/ada", "github.com/ada/", "http://www.GitHub.com/ada", "https://github.com/@ada"] {
            assert_eq!(user_of_url(url), Some("ada"), "{url}");
        }
        for url in ["https://github.com/ada/kitchen", "https://example.org/ada", "https://github.com/"] {
            assert_eq!(user_of_url(url), None, "{url}");
        }
    }
}
