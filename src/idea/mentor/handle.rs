//! GitHub handles: what may be one, and the user that a URL names.

/// The user that a GitHub URL names, if it leads to a user and not into a repository.
pub fn github_user(url: &str) -> Option<&str> {
    let rest = url.trim();
    let rest = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://")).unwrap_or(rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let path = rest.strip_prefix("github.com/").or_else(|| rest.strip_prefix("GitHub.com/"))?;
    let path = path.split(['?', '#']).next().unwrap_or(path).trim_end_matches('/');
    let path = path.strip_prefix('@').unwrap_or(path);
    is_handle(path).then_some(path)
}

/// GitHub's rule: letters, digits and single hyphens, none at an end, at most 39 characters.
/// Source: the sign-up form of <https://github.com>.
pub fn is_handle(text: &str) -> bool {
    // Old accounts may end in a hyphen; the form no longer allows it, reading does.
    !text.is_empty()
        && text.len() <= LONGEST
        && !text.starts_with('-')
        && !text.contains("--")
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// Length of the longest handle. Source: the sign-up form of <https://github.com>.
const LONGEST: usize = 39;

/// Why a word, without `@`, is no GitHub handle.
pub fn fault(word: &str) -> Option<&'static str> {
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
    } else if word.len() > LONGEST {
        Some("handles have at most 39 characters")
    } else {
        (!is_handle(word)).then_some("handles have only letters, digits and single hyphens")
    }
}

/// True if a handle looks made from a name: `andreyvelich` and "Andrey Velichkevich".
pub(super) fn alike(handle: &str, name: &str) -> bool {
    let handle = handle.to_lowercase();
    name.split_whitespace().any(|word| {
        let start: String = word.chars().flat_map(char::to_lowercase).take(4).collect();
        start.chars().count() >= 3 && handle.contains(&start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles() {
        let longest = "a".repeat(39);
        for good in ["a", "ada-brook", "0yi0", "A-B-c", &longest] {
            assert_eq!(fault(good), None, "{good}");
        }
        let long = "a".repeat(40);
        for bad in ["", "-ada", "ada-", "ada--brook", "ada_brook", "ada.brook", "ada brook", "adä", "ada/brook", "@ada", &long] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn urls_of_users() {
        for url in ["https://github.com/ada", "github.com/ada/", "http://www.GitHub.com/ada", "https://github.com/@ada"] {
            assert_eq!(github_user(url), Some("ada"), "{url}");
        }
        for url in ["https://github.com/ada/kitchen", "https://example.org/ada", "https://github.com/"] {
            assert_eq!(github_user(url), None, "{url}");
        }
    }
}
