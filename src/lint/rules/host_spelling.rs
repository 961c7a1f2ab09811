//! `host-spelling`: well-known sites are spelt as they are.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::document;
use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "host-spelling",
    level: Level::Warning,
    wants: "The host of a URL is no slip in the name of a well-known site, as `gihub.com` is.",
    why: "The link leads nowhere, or to somebody who waits for such slips.",
    examples: &[Example {
        template: "lfx",
        good: "https://github.com/cloud-kitchen/kitchen/issues/34",
        bad: "https://gihub.com/cloud-kitchen/kitchen/issues/34",
        at: "gihub.com",
    }],
    check: Check::Page(check),
};

/// The sites that ideas link to.
#[derive(Deserialize)]
struct Hosts {
    hosts: Vec<String>,
}

static HOSTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    // Built in and tested: a broken file never leaves our hands.
    toml::from_str::<Hosts>(include_str!("../../../schemas/hosts.toml")).expect("schemas/hosts.toml is valid").hosts
});

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    if page.is_record() || page.ideas().is_empty() {
        return;
    }
    let text = page.source.text();
    let code = |at: usize| {
        let node = page.document.nodes[..page.document.nodes.partition_point(|node| node.span().start <= at)].last();
        node.is_some_and(|node| matches!(node.kind, document::Kind::Code) && at < node.span().end)
    };
    for (at, _) in text.match_indices("://") {
        let host = &text[at + 3..];
        let host = &host[..host.find(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '-').unwrap_or(host.len())];
        let host = host.trim_end_matches('.');
        if let Some(meant) = misspelt(host).filter(|_| !code(at)) {
            let span = Span::new(at + 3, at + 3 + host.len());
            out.at(span, format!("`{host}` is almost `{meant}`"))
                .help(format!("did you mean `{meant}`?"))
                .unsafe_fix([Edit::replace(span, meant)]);
        }
    }
}

/// The well-known host that a host is one slip away from.
fn misspelt(host: &str) -> Option<&'static str> {
    let host = host.to_ascii_lowercase();
    let bare = host.strip_prefix("www.").unwrap_or(&host);
    if HOSTS.iter().any(|known| known == bare || bare.ends_with(&format!(".{known}"))) {
        return None;
    }
    let near = |known: &&String| known.len().abs_diff(bare.len()) <= 1 && strsim::osa_distance(known, bare) == 1;
    HOSTS.iter().find(near).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_in_hosts_are_known() {
        for (host, meant) in [
            ("gihub.com", Some("github.com")),
            ("githb.com", Some("github.com")),
            ("www.githbu.com", Some("github.com")),
            ("github.con", Some("github.com")),
            ("gitlab.co", Some("gitlab.com")),
            ("github.com", None),
            ("GitHub.com", None),
            ("raw.github.com", None),
            ("gitee.com", None),
            ("example.org", None),
        ] {
            assert_eq!(misspelt(host), meant, "{host}");
        }
    }
}
