//! Where a source's pages are: a file or folder, an address, or a repository; and which of these somebody means who names one.

use std::fmt;
use std::net::Ipv6Addr;
use std::path::{Path, PathBuf};

use super::address::Parts;
use super::entry::MAX_NAME;
use super::hosts;
use crate::catalog::files;

/// Where a source's pages are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file or a folder, from the root of the file system.
    Path(PathBuf),
    /// The address of one page.
    Page(String),
    /// A repository.
    Git {
        /// Its address, as `git` takes it.
        url: String,
        /// The branch, if it is not the default one.
        branch: Option<String>,
    },
    /// A list of organizations, each with the address of its ideas: a file, or the address of a programme's own listing.
    Directory(Box<Place>),
}

/// Why a text names no place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// Nothing can be meant by it.
    #[error("`{0}` is neither a file or folder here, nor an address (https://…), nor a repository (owner/name)")]
    Unknown(String),
    /// The scheme is not one that is fetched.
    #[error("`{0}`: pages come by https:// or http://, repositories also by ssh:// or from file://")]
    Scheme(String),
    /// A name or a password stands in it.
    #[error("an address with a user or password in it is not kept; let git's credential helper, or ssh, hold them")]
    Secret,
    /// It holds what no address holds.
    #[error("`{0}` is no address: it holds spaces (`%20` stands for one), control characters or no host")]
    Malformed(String),
    /// No port is called so.
    #[error("`{0}` is no port: a number from 1 to 65535 stands behind the colon, or neither colon nor number")]
    Port(String),
    /// No host is called so.
    #[error(
        "`{0}` is no name of a host: letters, digits, `-` and `.` make one (`xn--…` for other letters), or an address such as 192.0.2.1 or [2001:db8::1]"
    )]
    Host(String),
    /// The scheme of a web page is missing.
    #[error("`{0}` is no file or folder here; if it is an address, say https://{0}")]
    NoScheme(String),
    /// It shows a folder of a repository.
    #[error(
        "that address shows a folder of a repository; `ideas sources add {repository} --branch {branch}{}` takes its pages",
        glob(path)
    )]
    Folder {
        /// The repository.
        repository: String,
        /// The branch.
        branch: String,
        /// The folder; empty for the repository's own.
        path: String,
    },
    /// A repository on the disk, of a host.
    #[error("`{0}`: behind file:// stands a path from the root, with three slashes in all: file:///…")]
    FileHost(String),
}

fn glob(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!(" --glob '{path}/**'") }
}

impl Place {
    /// The place that somebody means; `here` is the working folder.
    ///
    /// # Errors
    ///
    /// Nothing can be meant, or nothing that is fetched.
    pub fn meant(text: &str, here: &Path) -> Result<Self, PlaceError> {
        // A script's empty variable is no place, and the working folder is not meant by it.
        if text.trim().is_empty() {
            return Err(PlaceError::Unknown(text.to_owned()));
        }
        let looks_local = text.starts_with(['.', '/', '\\']);
        if looks_local || (!text.contains("://") && here.join(text).exists()) {
            return Ok(Place::Path(files::absolute(Path::new(text), here)));
        }
        if let Some(hosts::Folder { repository, branch, path }) = hosts::folder(text) {
            return Err(PlaceError::Folder { repository, branch, path });
        }
        if let Some(parts) = Parts::of(text) {
            let is_page = parts.scheme.to_ascii_lowercase().starts_with("http") && !is_git(text);
            return if is_page { Self::page(text) } else { Self::git(text, None) };
        }
        if is_scp(text) {
            return Self::git(text, None);
        }
        match text.split_once('/') {
            // A dot is of a host or a file: GitHub allows none in the name of an owner.
            Some((host, _)) if is_word(host) && host.trim_matches('.').contains('.') => {
                Err(PlaceError::NoScheme(text.to_owned()))
            }
            Some((owner, name)) if is_word(owner) && is_word(name) => {
                let name = name.strip_suffix(".git").unwrap_or(name);
                Self::git(&format!("https://github.com/{owner}/{name}.git"), None)
            }
            _ => Err(PlaceError::Unknown(text.to_owned())),
        }
    }

    /// A page's address, if it is one that is fetched.
    ///
    /// # Errors
    ///
    /// It is not.
    pub fn page(url: &str) -> Result<Self, PlaceError> {
        let url = checked(url, &["https", "http"])?;
        Ok(Place::Page(url.split('#').next().unwrap_or(&url).to_owned()))
    }

    /// A repository's address, if it is one that is fetched.
    ///
    /// # Errors
    ///
    /// It is not.
    pub fn git(url: &str, branch: Option<String>) -> Result<Self, PlaceError> {
        let url = if is_scp(url) { url.to_owned() } else { checked(url, &["https", "http", "ssh", "file"])? };
        Ok(Place::Git { url, branch })
    }

    /// What kind of place it is, in a word.
    pub fn kind(&self) -> &'static str {
        match self {
            Place::Path(_) => "path",
            Place::Page(_) => "page",
            Place::Git { .. } => "git",
            Place::Directory(_) => "directory",
        }
    }

    /// True if it can be fetched without a network.
    pub fn is_local(&self) -> bool {
        match self {
            Place::Path(_) => true,
            Place::Page(_) | Place::Directory(_) => false,
            Place::Git { url, .. } => url.starts_with("file://"),
        }
    }

    /// A name for a source at this place: of a page its address, without its first parts if it were too long, of a repository
    /// owner and name.
    pub fn name(&self) -> String {
        let said = match self {
            Place::Directory(place) => return place.name(),
            Place::Path(path) => {
                return path.file_name().map_or_else(|| "files".to_owned(), |name| name.to_string_lossy().into_owned());
            }
            Place::Page(url) => Parts::of(url).map_or(url.as_str(), Parts::shown),
            Place::Git { url, .. } => {
                let path = match Parts::of(url) {
                    Some(parts) => parts.path,
                    None => url.split_once(':').map_or(url.as_str(), |(_, path)| path),
                };
                let path = path.trim_end_matches('/');
                path.strip_suffix(".git").unwrap_or(path)
            }
        };
        let parts: Vec<&str> = said.split('/').filter(|part| !part.is_empty()).collect();
        let mut from = if matches!(self, Place::Git { .. }) { parts.len().saturating_sub(2) } else { 0 };
        while from + 1 < parts.len() && parts[from..].join("/").len() > MAX_NAME {
            from += 1;
        }
        parts[from..].join("/")
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Path(path) => write!(f, "{}", path.display()),
            // Only those that are built in are of no folder.
            Place::Directory(place) => match &**place {
                Place::Path(path) if path.is_relative() => f.write_str("built in"),
                place => write!(f, "{place}"),
            },
            Place::Page(url) | Place::Git { url, branch: None } => f.write_str(url),
            Place::Git { url, branch: Some(branch) } => write!(f, "{url} ({branch})"),
        }
    }
}

/// True if an address is a repository's, by its end or by its host.
fn is_git(url: &str) -> bool {
    url.trim_end_matches('/').strip_suffix(".git").is_some() || hosts::is_repository(url)
}

/// `git@host:path`, as ssh calls it.
fn is_scp(text: &str) -> bool {
    let Some((host, path)) = text.split_once(':') else { return false };
    let Some((user, host)) = host.split_once('@') else { return false };
    is_word(user) && is_word(host) && !path.is_empty() && !path.starts_with('/') && is_clean(path)
}

/// The address, its scheme in lower case, if it is one of these and nothing is wrong with it.
fn checked(url: &str, schemes: &[&str]) -> Result<String, PlaceError> {
    let Some(parts) = Parts::of(url) else { return Err(PlaceError::Malformed(url.to_owned())) };
    let (scheme, host, rest) = (parts.scheme.to_ascii_lowercase(), parts.host(), parts.rest());
    if !schemes.contains(&scheme.as_str()) {
        return Err(PlaceError::Scheme(url.to_owned()));
    }
    if let Some(user) = parts.user()
        && (scheme != "ssh" || user.contains(':'))
    {
        return Err(PlaceError::Secret);
    }
    // Git skips it, and looks for what is left. On Windows it is a machine that shares the folder.
    if scheme == "file" && !host.is_empty() && !cfg!(windows) {
        return Err(PlaceError::FileHost(url.to_owned()));
    }
    if rest.is_empty() || (scheme != "file" && host.is_empty()) || !is_clean(rest) {
        return Err(PlaceError::Malformed(url.to_owned()));
    }
    if scheme != "file" {
        check_host(parts)?;
    }
    Ok(format!("{scheme}://{rest}"))
}

/// Checks `user@host:port`, where user and port may be missing.
fn check_host(parts: Parts<'_>) -> Result<(), PlaceError> {
    let (user, text) = (parts.user(), parts.host());
    let end =
        if text.starts_with('[') { text.find(']').map_or(text.len(), |at| at + 1) } else { text.find(':').unwrap_or(text.len()) };
    let (host, port) = text.split_at(end);
    let is_address = |host: &str| host.strip_prefix('[')?.strip_suffix(']')?.parse::<Ipv6Addr>().ok();
    // What begins like an option must not reach a command, nor what git would turn into it.
    let is_option = user.is_some_and(|user| user.starts_with('-') || user.contains('%'));
    if is_option || (!is_word(host) && is_address(host).is_none()) {
        return Err(PlaceError::Host(if is_option { user.unwrap_or(host) } else { host }.to_owned()));
    }
    let Some(said) = port.strip_prefix(':') else {
        return if port.is_empty() { Ok(()) } else { Err(PlaceError::Host(text.to_owned())) };
    };
    // A sign before it is read as part of a number elsewhere.
    let is_port = said.bytes().all(|byte| byte.is_ascii_digit()) && said.parse::<u16>().is_ok_and(|port| port > 0);
    if is_port { Ok(()) } else { Err(PlaceError::Port(said.to_owned())) }
}

fn is_clean(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// A part of a name as hosts allow them.
fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.starts_with('-') && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str) -> String {
        match Place::meant(text, Path::new("/nowhere")) {
            Ok(place) => format!("{} {place} as {}", place.kind(), place.name()),
            Err(PlaceError::Folder { .. }) => "Folder".to_owned(),
            Err(error) => format!("{error:?}").split('(').next().unwrap_or_default().to_owned(),
        }
    }

    #[test]
    fn texts_name_places() {
        for (text, place) in [
            ("./pages", "path /nowhere/pages as pages"),
            ("/srv/ideas.md", "path /srv/ideas.md as ideas.md"),
            ("cncf/mentoring", "git https://github.com/cncf/mentoring.git as cncf/mentoring"),
            ("https://github.com/cncf/mentoring", "git https://github.com/cncf/mentoring as cncf/mentoring"),
            ("https://example.org/a/b/c.git", "git https://example.org/a/b/c.git as b/c"),
            ("git@example.org:a/c.git", "git git@example.org:a/c.git as a/c"),
            ("ssh://git@example.org/a/c.git", "git ssh://git@example.org/a/c.git as a/c"),
            ("file:///srv/a/c.git", "git file:///srv/a/c.git as a/c"),
            (
                "https://example.org/gsoc/ideas.md?x=1#top",
                "page https://example.org/gsoc/ideas.md?x=1 as example.org/gsoc/ideas.md",
            ),
            (
                "https://github.com/o/r/blob/main/a.md",
                "page https://github.com/o/r/blob/main/a.md as github.com/o/r/blob/main/a.md",
            ),
            ("HTTPS://GitHub.com/cncf/mentoring", "git https://GitHub.com/cncf/mentoring as cncf/mentoring"),
            ("Http://Example.org/A.md", "page http://Example.org/A.md as Example.org/A.md"),
            ("SSH://git@example.org/a/c.git", "git ssh://git@example.org/a/c.git as a/c"),
            ("FTP://example.org/a.md", "Scheme"),
            ("https://github.com/o/r/tree/main/docs", "Folder"),
            ("github.com/o/r", "NoScheme"),
            ("example.org/ideas.md", "NoScheme"),
            ("mentoring", "Unknown"),
            ("a/b/c", "Unknown"),
            ("", "Unknown"),
            ("ftp://example.org/a.md", "Scheme"),
            ("ext::sh -c id", "Unknown"),
            ("git://example.org/a.git", "Scheme"),
            ("https://me:secret@example.org/a.md", "Secret"),
            ("https://token@github.com/o/r.git", "Secret"),
            ("ssh://me:secret@example.org/a.git", "Secret"),
            #[cfg(not(windows))]
            ("file://srv/a/c.git", "FileHost"),
            ("ssh://-oProxyCommand=id/a.git", "Host"),
            ("ssh://a@-oProxyCommand=id/a.git", "Host"),
            ("ssh://-oProxyCommand=id@example.org/a.git", "Host"),
            ("ssh://%2DoProxyCommand=id@example.org/a.git", "Host"),
            ("https://exämple.org/a.md", "Host"),
            ("https://xn--exmple-cua.org/a.md", "page https://xn--exmple-cua.org/a.md as xn--exmple-cua.org/a.md"),
            ("https://a%20b.org/a.md", "Host"),
            ("http://[::1]:8080/a.md", "page http://[::1]:8080/a.md as [::1]:8080/a.md"),
            ("http://[::1/a.md", "Host"),
            ("http://[::1]8080/a.md", "Host"),
            ("http://127.0.0.1:65535/a.md", "page http://127.0.0.1:65535/a.md as 127.0.0.1:65535/a.md"),
            ("http://127.0.0.1:65536/a.md", "Port"),
            ("http://127.0.0.1:0/a.md", "Port"),
            ("http://127.0.0.1:abc/a.md", "Port"),
            ("http://127.0.0.1:+80/a.md", "Port"),
            ("http://127.0.0.1:/a.md", "Port"),
            ("ssh://git@example.org:2222/a/c.git", "git ssh://git@example.org:2222/a/c.git as a/c"),
            ("https:///a.md", "Malformed"),
            ("https://example.org/a b.md", "Malformed"),
            ("--upload-pack=id/x", "Unknown"),
        ] {
            assert_eq!(meant(text), place, "{text}");
        }
    }

    #[test]
    fn names_are_not_too_long() {
        let (middle, long) = ("m".repeat(50), "x".repeat(60));
        for (url, name) in [
            (format!("https://example.org/{middle}/a.md"), format!("example.org/{middle}/a.md")),
            (format!("https://example.org/{middle}/{long}/a.md"), format!("{long}/a.md")),
            (format!("https://example.org/{long}{long}.md"), format!("{long}{long}.md")),
            (format!("https://example.org/{middle}/{long}.git"), long.clone()),
        ] {
            assert_eq!(Place::meant(&url, Path::new("/nowhere")).unwrap().name(), name, "{url}");
        }
    }
}
