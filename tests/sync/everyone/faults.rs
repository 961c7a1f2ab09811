//! What goes wrong on the web on an ordinary day, and to whom it happens in the trial.

use super::web::{Served, Validator};

/// What becomes of the requests for an organization's pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Fault {
    Missing,
    Forbidden,
    Unauthorized,
    Limited,
    Broken,
    /// Nothing is answered, and the connection stays open.
    Silent,
    /// Nobody listens there.
    Refused,
    /// What listens there knows no TLS.
    NoTls,
    Login,
    Script,
    Empty,
    Endless,
    Loop,
    Downgrade,
    Robots,
    Cut,
    Picture,
    /// The first request fails, the next one does not.
    LimitedOnce,
    DownOnce,
    CutOnce,
    /// Compressed, though nobody asked for it.
    Packed,
    /// A page that rightly has no ideas.
    NoIdeas,
}

/// Whom it happens to.
pub(super) const FAULTS: [(&str, Fault); 23] = [
    ("52north-spatial-information-research-gmbh", Fault::Missing),
    ("ruby", Fault::Missing),
    ("c2si", Fault::Forbidden),
    ("ceph", Fault::Unauthorized),
    ("haiku", Fault::Limited),
    ("kiwix", Fault::Broken),
    ("librecube-initiative", Fault::Silent),
    ("humanai", Fault::Refused),
    ("machine-learning-for-science-ml4sci", Fault::NoTls),
    ("webpack", Fault::Login),
    ("apache-software-foundation", Fault::Script),
    ("submitty", Fault::Empty),
    ("rizin", Fault::Endless),
    ("gambit-the-package-for-computation-in-game-theory", Fault::Loop),
    ("scummvm", Fault::Downgrade),
    ("meshery", Fault::Robots),
    ("libssh", Fault::Cut),
    ("checkstyle", Fault::LimitedOnce),
    ("qc-devs", Fault::DownOnce),
    ("swift", Fault::CutOnce),
    ("typelevel", Fault::Packed),
    ("openafs", Fault::NoIdeas),
    ("openms-inc", Fault::NoIdeas),
];

/// What happens to most of the others on a bad day, in turn.
pub(super) const BAD_DAY: [Fault; 6] = [Fault::Missing, Fault::Broken, Fault::Empty, Fault::Cut, Fault::Picture, Fault::NoIdeas];

impl Fault {
    /// What the user is told, at least; nothing if the ideas are read all the same.
    pub(super) fn told(self) -> Option<&'static str> {
        Some(match self {
            Fault::Missing => "HTTP 404: page not found",
            Fault::Forbidden => "HTTP 403: access denied; only public pages are fetched",
            Fault::Unauthorized => "HTTP 401: not authorized; only public pages are fetched",
            Fault::Limited => "HTTP 429: the server asks to wait 1h; try again then",
            Fault::Broken => "HTTP 500: internal server error; try again later",
            Fault::Silent => "timed out after 15s; `--timeout` sets another limit",
            Fault::Refused => "connection refused",
            Fault::Login => "asks to log in, and only public pages are fetched; save the page in a browser",
            Fault::Script => "is empty until a browser runs its JavaScript, which is not done here; save the page in a browser",
            Fault::Empty => "is empty",
            Fault::Endless => "is larger than 10 MiB, the most that a page may have",
            Fault::Loop => "too many redirects (more than 5)",
            Fault::Downgrade => "not followed: it leaves the protected connection",
            Fault::Robots => "the site's robots.txt disallows it; save the page in a browser, and add the file",
            Fault::Cut | Fault::NoTls => "connection closed before the answer was complete",
            Fault::Picture => "is no text",
            Fault::NoIdeas => "no idea was found there; is it the right page?",
            Fault::LimitedOnce | Fault::DownOnce | Fault::CutOnce | Fault::Packed => return None,
        })
    }

    /// What is answered to a request that was made so often `before`; `None` if it is answered as usual.
    pub(super) fn answer(self, address: &str, before: usize) -> Option<Served> {
        let status = |status: &'static str, header: &str| Some(Served::Status(status, header.to_owned()));
        let page = |kind: &'static str, body: &str| {
            Some(Served::Page { kind, body: body.to_owned(), validator: Validator::None, next: None })
        };
        let html = "text/html; charset=utf-8";
        match self {
            Fault::Missing => status("404 Not Found", ""),
            Fault::Forbidden => status("403 Forbidden", "Server: cloudflare"),
            Fault::Unauthorized => status("401 Unauthorized", "WWW-Authenticate: Basic realm=\"members\""),
            Fault::Limited => status("429 Too Many Requests", "Retry-After: 3600"),
            Fault::Broken => status("500 Internal Server Error", ""),
            Fault::Silent => Some(Served::Silence),
            Fault::Login => page(
                html,
                "<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1><p>to continue to Docs</p><form method=\"post\">\
                 <label>E-mail or phone <input type=\"email\" name=\"identifier\"></label><label>Password <input type=\"password\" name=\"Passwd\"></label>\
                 <button>Next</button></form></body></html>",
            ),
            Fault::Script => page(
                html,
                "<!doctype html><html><head><title>Issues</title><script src=\"/static/runtime.js\"></script></head><body>\
                 <noscript>You need to enable JavaScript to run this app.</noscript><div id=\"root\"></div><script src=\"/static/main.js\"></script></body></html>",
            ),
            Fault::Empty => page(html, ""),
            Fault::Endless => Some(Served::Endless),
            Fault::Loop => status("302 Found", &format!("Location: https://{address}")),
            Fault::Downgrade => status("301 Moved Permanently", &format!("Location: http://{address}")),
            Fault::Cut => Some(Served::Cut),
            Fault::Picture => page("image/png", "\u{fffd}PNG\0\0"),
            Fault::NoIdeas => page(
                html,
                "<!doctype html><html><body><h1>Summer of Code</h1><p>We have applied, and are happy to take part again. The list of our ideas will be \
                 published on this page in February, after our meeting.</p><p>Until then you can say hello in our chat.</p></body></html>",
            ),
            Fault::LimitedOnce if before == 0 => status("429 Too Many Requests", "Retry-After: 1"),
            Fault::DownOnce if before == 0 => status("503 Service Unavailable", ""),
            Fault::CutOnce if before == 0 => Some(Served::Cut),
            // What happens before anything is asked, or only the first time; or what is answered in another way.
            Fault::Refused
            | Fault::NoTls
            | Fault::Robots
            | Fault::LimitedOnce
            | Fault::DownOnce
            | Fault::CutOnce
            | Fault::Packed => None,
        }
    }
}
