//! Which broken URLs of a page its rules speak of, and the words for them. What a broken URL is, [`link`] says.
//!
//! Several rules ask: `url-format` reports it, and `upstream-count` and `upstream-kind` stay silent about what it reports.

use crate::idea::link::{self, Broken, Taking, Wrong};
use crate::labels::{Kind, Labels};
use crate::layout::Fact;
use crate::prose::Text;

use super::Page;

/// The broken URLs in the upstream fields of an idea.
pub(super) fn upstream(page: &Page<'_>, idea: usize) -> Vec<Broken> {
    page.facts(idea, Kind::Upstream).flat_map(|fact| in_fact(page, fact)).collect()
}

/// The broken URLs in a field of URLs.
pub(super) fn in_fact(page: &Page<'_>, fact: &Fact<'_>) -> Vec<Broken> {
    let bare = page.is_record();
    let taking = match fact.kind {
        Kind::Upstream if bare => Taking::One,
        Kind::Upstream => Taking::Issues,
        _ => Taking::Text,
    };
    let mut found = Vec::new();
    for part in &fact.parts {
        for line in part.text.lines() {
            let said = line.as_str();
            // Most fields hold a URL and nothing else, and most other text has none.
            let single = link::is_web(said) && !said.contains(|c: char| c.is_whitespace() || c == ',');
            let none = taking == Taking::Text && memchr::memchr2(b'/', b':', said.as_bytes()).is_none();
            if single || none {
                continue;
            }
            link::words(line, taking, &mut found);
        }
    }
    // On pages of their own layout, `#12` is understood.
    found.retain(|broken| broken.wrong != Wrong::NoRepository || page.in_layout);
    if found.is_empty() && taking == Taking::One {
        found.extend(not_one(page, fact));
    }
    found
}

/// What is wrong with a field that takes one URL and nothing else, if anything is.
fn not_one(page: &Page<'_>, fact: &Fact<'_>) -> Option<Broken> {
    let mut texts = fact.parts.iter().map(|part| part.text.trim()).filter(|text| !text.is_empty());
    // How many there may be is for `upstream-count` to say, and so is that there is none yet.
    let counted = fact.kind == Kind::Upstream && page.template.limits.upstream.is_some();
    let urls: usize = texts.clone().map(|text| link::read(text).len()).sum();
    if urls > 1 {
        let listed = fact.parts.iter().all(|part| part.listed && link::read(part.text).len() == 1);
        let (first, last) = (texts.next()?, texts.next_back());
        let span = last.map_or(first.span(), |last| first.span_to(last));
        let wrong = Wrong::Several(urls);
        return (!counted && !listed).then(|| Broken { span, said: first.flow(), wrong, meant: None });
    }
    let nothing = |text: Text<'_>| Labels::get().is_placeholder(text.as_str());
    let asked = |text: &Text<'_>| !nothing(*text) || (!counted && page.is_record());
    texts.filter(asked).find_map(link::one)
}

/// The message about a broken URL.
pub(super) fn message(broken: &Broken) -> String {
    let said = shortened(&broken.said);
    match broken.wrong {
        Wrong::NoUrl => format!("`{said}` is no URL"),
        Wrong::Space => format!("there is a space inside `{said}`"),
        Wrong::Comma => format!("there is a comma inside `{said}`"),
        Wrong::NoSite => format!("`{said}` names no site"),
        Wrong::NoScheme => format!("`{said}` is no URL without `https://`"),
        Wrong::NoRepository => format!("`{said}` does not say whose issue it is"),
        Wrong::More => format!("`{said}` is more than a URL"),
        Wrong::Several(urls) => format!("these are {urls} URLs in one field"),
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 60 { text.to_owned() } else { text.chars().take(59).chain(['…']).collect() }
}
