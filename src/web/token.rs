//! The token that GitHub's API is asked with, if the user has one: more may be asked for with it. It is sent to GitHub itself and
//! to nobody else, no mirror either.

use std::env;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Where the token is sent to.
const API: &str = "https://api.github.com/";

/// The longest that `gh` may take to say what it knows.
const PATIENCE: Duration = Duration::from_secs(5);

/// The user's token, asked for when it is needed.
#[derive(Debug)]
pub(super) struct Token {
    /// Where it is sent to.
    api: String,
    secret: OnceLock<Option<String>>,
    /// It was not accepted.
    is_refused: AtomicBool,
}

impl Default for Token {
    fn default() -> Self {
        Token { api: API.to_owned(), secret: OnceLock::new(), is_refused: AtomicBool::new(false) }
    }
}

impl Token {
    /// The value of the `Authorization` that goes with a request, if one does.
    pub(super) fn authorization(&self, url: &str) -> Option<String> {
        let is_sent = url.starts_with(&self.api) && !self.is_refused.load(Ordering::Relaxed);
        let token = is_sent.then(|| self.secret.get_or_init(find).as_ref())??;
        Some(format!("Bearer {token}"))
    }

    /// Sends it no more.
    pub(super) fn give_up(&self) {
        self.is_refused.store(true, Ordering::Relaxed);
    }

    /// One that a test sends to its own server.
    #[cfg(test)]
    pub(super) fn of(token: &str, api: String) -> Self {
        Token { api, secret: OnceLock::from(Some(token.to_owned())), ..Token::default() }
    }
}

/// `GH_TOKEN`, `GITHUB_TOKEN`, or what GitHub's own program has stored: the order in which `gh` takes them.
fn find() -> Option<String> {
    let mut set = ["GH_TOKEN", "GITHUB_TOKEN"].into_iter().filter_map(|name| env::var(name).ok());
    set.find_map(|token| usable(&token)).or_else(stored)
}

/// A token without what surrounds it, if it can stand in a header.
fn usable(token: &str) -> Option<String> {
    let token = token.trim();
    (!token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic())).then(|| token.to_owned())
}

fn stored() -> Option<String> {
    let mut gh = Command::new("gh");
    gh.args(["auth", "token", "--hostname", "github.com"]);
    let mut child = gh.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let deadline = Instant::now() + PATIENCE;
    while child.try_wait().ok()?.is_none() {
        if Instant::now() > deadline {
            let _ = child.kill();
            let _ = child.wait();
            return None;
        }
        thread::sleep(Duration::from_millis(20));
    }
    let output = child.wait_with_output().ok()?;
    usable(std::str::from_utf8(&output.stdout).ok()?).filter(|_| output.status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_github_gets_the_token() {
        let token = Token::of("secret", API.to_owned());
        for (url, sent) in [
            ("https://api.github.com/repos/o/r/issues", true),
            ("http://api.github.com/repos/o/r/issues", false),
            ("https://api.github.com.example.org/", false),
            ("https://raw.githubusercontent.com/o/r/HEAD/README.md", false),
            ("http://127.0.0.1:8080/api.github.com/", false),
        ] {
            assert_eq!(token.authorization(url).as_deref(), sent.then_some("Bearer secret"), "{url}");
        }
    }

    #[test]
    fn what_cannot_be_sent_is_no_token() {
        for (said, token) in [(" abc\n", Some("abc")), ("", None), ("a b", None), ("a\r\nX: y", None)] {
            assert_eq!(usable(said).as_deref(), token);
        }
    }
}
