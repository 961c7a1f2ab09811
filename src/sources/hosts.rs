//! How the hosts of repositories call their pages: the address in a browser, and the one that gives the file itself.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::address::Parts;
use super::known;
use super::pattern::Pattern;

/// What a path may not hold as it is, within an address.
const PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`').add(b'{').add(b'}');

/// A host, or a kind of repository there.
#[derive(Debug)]
pub(super) struct Host {
    pub(super) repository: Pattern,
    pub(super) page: Pattern,
    pub(super) raw: Pattern,
    pub(super) folder: Option<Pattern>,
}

/// A folder of a repository.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Folder {
    pub(super) repository: String,
    pub(super) branch: String,
    /// Its path; empty for the repository's own.
    pub(super) path: String,
}

/// True if an address is the front page of a repository.
pub(super) fn is_repository(url: &str) -> bool {
    // The address of a page may look like that of a repository in a folder.
    let front = front_page(url);
    // GitLab parts the path of a repository from what is shown of it.
    raw(url).is_none() && !url.contains("/-/") && known::hosts().iter().any(|host| host.repository.fit(&front).is_some())
}

/// The folder that an address shows, if the host is known.
pub(super) fn folder(url: &str) -> Option<Folder> {
    let shown = Parts::of(url)?.page();
    known::hosts().iter().find_map(|host| {
        let holes = host.folder.as_ref()?.fit(shown)?;
        let (branch, path) = holes.get("tree")?.split_once('/').unwrap_or((holes.get("tree")?, ""));
        Some(Folder { repository: host.repository.fill(&holes)?, branch: branch.to_owned(), path: path.to_owned() })
    })
}

/// The address that gives the file which a page shows, if the host is known.
pub(super) fn raw(url: &str) -> Option<String> {
    let shown = Parts::of(url)?.page();
    known::hosts().iter().find_map(|host| host.raw.fill(&host.page.fit(shown)?))
}

/// The address that shows a file of a repository to people, if the host is known.
pub(crate) fn page(repository: &str, branch: &str, path: &str) -> Option<String> {
    let repository = front_page(repository);
    let path: String = utf8_percent_encode(path, PATH).collect();
    known::hosts().iter().find_map(|host| {
        let mut holes = host.repository.fit(&repository)?;
        let stem = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
        holes.insert("stem".to_owned(), stem.to_owned());
        holes.insert("branch".to_owned(), branch.to_owned());
        holes.insert("path".to_owned(), path.clone());
        host.page.fill(&holes)
    })
}

/// The front page of a repository: of how `git` and `ssh` call it, too.
fn front_page(url: &str) -> String {
    let url = url.trim_end_matches('/');
    let url = url.strip_suffix(".git").unwrap_or(url);
    if let Some(rest) = url.strip_prefix("ssh://git@") {
        return format!("https://{rest}");
    }
    match url.strip_prefix("git@").and_then(|rest| rest.split_once(':')) {
        Some((host, path)) => format!("https://{host}/{path}"),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_files() {
        for (page, file) in [
            ("https://github.com/o/r/blob/main/a/b.md", Some("https://raw.githubusercontent.com/o/r/main/a/b.md")),
            ("https://github.com/o/r/blob/main/b.md?plain=1#L3", Some("https://raw.githubusercontent.com/o/r/main/b.md")),
            ("https://github.com/o/r/wiki/Ideas-2026", Some("https://raw.githubusercontent.com/wiki/o/r/Ideas-2026.md")),
            ("https://gitlab.com/g/s/r/-/blob/main/b.md", Some("https://gitlab.com/g/s/r/-/raw/main/b.md")),
            ("https://codeberg.org/o/r/src/branch/main/b.md", Some("https://codeberg.org/o/r/raw/branch/main/b.md")),
            ("https://github.com/o/r", None),
            ("https://example.org/ideas.md", None),
        ] {
            assert_eq!(raw(page).as_deref(), file, "{page}");
        }
    }

    #[test]
    fn addresses_show_folders() {
        for (url, seen) in [
            ("https://github.com/o/r/tree/main/docs/gsoc/", Some("https://github.com/o/r main docs/gsoc")),
            ("https://github.com/o/r/tree/main", Some("https://github.com/o/r main ")),
            ("https://gitlab.com/g/s/r/-/tree/main/docs?x=1", Some("https://gitlab.com/g/s/r main docs")),
            ("https://github.com/o/r/blob/main/docs/a.md", None),
            ("https://github.com/o/tree", None),
        ] {
            let folder = folder(url).map(|Folder { repository, branch, path }| format!("{repository} {branch} {path}"));
            assert_eq!(folder.as_deref(), seen, "{url}");
        }
    }

    #[test]
    fn files_have_pages() {
        for (repository, path, shown) in [
            ("https://github.com/o/r.git", "a/b c.md", Some("https://github.com/o/r/blob/main/a/b%20c.md")),
            ("git@github.com:o/r.git", "b.md", Some("https://github.com/o/r/blob/main/b.md")),
            ("ssh://git@github.com/o/r", "b.md", Some("https://github.com/o/r/blob/main/b.md")),
            ("https://github.com/o/r.wiki.git", "Ideas-2026.md", Some("https://github.com/o/r/wiki/Ideas-2026")),
            ("https://gitlab.com/g/s/r.git", "b.md", Some("https://gitlab.com/g/s/r/-/blob/main/b.md")),
            ("file:///srv/r.git", "b.md", None),
        ] {
            assert_eq!(page(repository, "main", path).as_deref(), shown, "{repository} {path}");
        }
    }

    #[test]
    fn front_pages_are_repositories() {
        for (url, is) in [
            ("https://github.com/o/r", true),
            ("https://github.com/o/r/", true),
            ("https://gitlab.com/g/s/r", true),
            ("https://gitlab.com/g/s/r/-/issues", false),
            ("https://github.com/o/r/blob/main/b.md", false),
            ("https://github.com/o", false),
            ("https://example.org/o/r", false),
        ] {
            assert_eq!(is_repository(url), is, "{url}");
        }
    }
}
