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
        && text.len() <= 39
        && !text.starts_with('-')
        && !text.contains("--")
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// True if a handle looks made from a name: `andreyvelich` and "Andrey Velichkevich".
pub(super) fn alike(handle: &str, name: &str) -> bool {
    let handle = handle.to_lowercase();
    name.split_whitespace().any(|word| {
        let start: String = word.chars().flat_map(char::to_lowercase).take(4).collect();
        start.chars().count() >= 3 && handle.contains(&start)
    })
}
