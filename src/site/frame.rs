//! What stands around every page of a site: head, policy, skip link, landmarks.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::{Options, STYLE};
use crate::render::safe;

/// A page of a site.
pub(super) struct Frame<'a> {
    /// What it is about; the index has only the title of the site.
    pub(super) title: Option<&'a str>,
    /// What leads from its folder to the site's: empty, or `../`.
    pub(super) up: &'a str,
    /// The scripts that it runs, in order.
    pub(super) scripts: &'a [&'a str],
    pub(super) options: &'a Options,
}

impl Frame<'_> {
    /// The page around `main`.
    pub(super) fn around(&self, main: &Markup) -> Vec<u8> {
        let site = safe::line(&self.options.title);
        let scripts = if self.scripts.is_empty() { "" } else { "script-src 'self'; " };
        let policy = format!("default-src 'none'; {scripts}style-src 'self'; {POLICY}");
        let title = self.title.map_or_else(|| site.to_string(), |title| format!("{} · {site}", safe::line(title)));
        let head = html! {
            link rel="stylesheet" href={ (self.up) "site.css" };
            link rel="alternate" type="application/atom+xml" title={ (site) ": new ideas" } href={ (self.up) "feed.xml" };
            @for script in self.scripts { script defer src={ (self.up) (script) } {} }
        };
        let home = format!("{}index.html", self.up);
        let body = html! {
            a.skip href="#main" { "Skip to content" }
            header.site {
                @if self.title.is_some() { p.name { a href=(home) { (site) } } } @else { h1.name { (site) } }
                nav aria-label="Site" {
                    ul {
                        li { a href={ (home) } aria-current=[self.title.is_none().then_some("page")] { "Search" } }
                        li { a href={ (self.up) "skills.html" } { "Skills" } }
                        li { a href={ (self.up) "terms.html" } { "Terms" } }
                        li { a href={ (self.up) "organizations.html" } { "Organizations" } }
                        li { a href={ (self.up) "all.html" } { "All ideas" } }
                    }
                }
            }
            main id="main" tabindex="-1" { (main) }
            footer {
                p {
                    "The ideas belong to the organizations that publish them; each page names its source. "
                    a href={ (self.up) "feed.xml" } { "Feed of new ideas" } " · "
                    a href={ (self.up) "ideas.json" } { "JSON" }
                }
            }
        };
        whole(&policy, &title, &head, &body)
    }
}

/// A page that needs no other file: its style stands in it, and the policy allows that style alone.
pub(super) fn alone(title: &str, main: &Markup) -> Vec<u8> {
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!("default-src 'none'; style-src 'sha256-{hash}'; {POLICY}");
    // Ours, and without `</`.
    let head = html! { style { (PreEscaped(STYLE)) } };
    whole(&policy, &safe::line(title), &head, &html! { main id="main" { (main) } })
}

/// No page of a site sends forms, and none has another base than its own address.
const POLICY: &str = "base-uri 'none'; form-action 'none'";

fn whole(policy: &str, title: &str, head: &Markup, body: &Markup) -> Vec<u8> {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (title) }
                (head)
            }
            body { (body) }
        }
    };
    let mut bytes = page.into_string().into_bytes();
    bytes.push(b'\n');
    bytes
}
