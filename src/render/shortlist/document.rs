//! The shortlist as a Markdown document, to be kept or passed on: a section for each idea, with the facts by which one decides.

use std::borrow::Cow;
use std::io::{self, Write};

use super::super::changes::in_words;
use super::super::{facts, markdown};
use crate::shortlist::Item;
use crate::text::counted;

/// Writes items, in their order.
pub fn write(items: &[Item], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Shortlist\n\n{}", counted(items.len(), "idea"))?;
    for item in items {
        writeln!(out, "\n## {}\n", markdown::linked_title(&item.idea))?;
        for (label, text) in facts_of(item) {
            writeln!(out, "- **{label}:** {text}")?;
        }
        if let Some(summary) = &item.idea.summary {
            writeln!(out, "\n{}", markdown::text(summary))?;
        }
    }
    Ok(())
}

/// What there is to say, under which label, of an item whose idea is not among those that were read.
pub(crate) fn missing(item: &Item) -> Option<(&'static str, &'static str)> {
    if item.gone {
        Some(("Gone", "no longer among the ideas that were read; this is what it said when it was added"))
    } else {
        let note = "its page was not among those that were read; this is what it said when it was added";
        item.elsewhere.then_some(("Not read", note))
    }
}

/// What is known of an item, with its labels; what is not known and nobody asks for is left out.
fn facts_of(item: &Item) -> Vec<(&'static str, String)> {
    let Item { idea, .. } = item;
    let text = |text: &str| markdown::text(text).into_owned();
    let asked = |said: String| if said.is_empty() { facts::NOT_STATED.to_owned() } else { text(&said) };
    let changed: Vec<String> = item.changed.iter().map(|field| text(&in_words(field, true))).collect();
    let mentors: Vec<Cow<'_, str>> = idea.mentors.iter().map(|mentor| mentor.shown().into()).collect();
    let tags: Vec<&str> = idea.tags.iter().map(|tag| tag.value).collect();
    let link = |url: &str| markdown::destination(url).map_or_else(|| text(url), |url| format!("<{url}>"));
    let upstream: Vec<String> = idea.upstream.iter().map(|url| link(&url.value)).collect();
    let all = [
        ("Status", format!("{}, added {}", item.status, item.added.get(..10).unwrap_or_default())),
        ("Note", text(item.note.as_deref().unwrap_or_default())),
        missing(item).map(|(label, text)| (label, text.to_owned())).unwrap_or_default(),
        ("Changed since", changed.join("; ")),
        ("Project", text(idea.filed_under().unwrap_or_default())),
        ("Program", text(&facts::term(idea))),
        ("Difficulty", asked(facts::levels(idea))),
        ("Size", asked(facts::size(idea))),
        ("Skills", asked(tags.join(", "))),
        ("Mentors", asked(mentors.join(", "))),
        ("Upstream", upstream.join(", ")),
    ];
    all.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::*;
    use crate::idea::Idea;
    use crate::shortlist::{Pages, entry_of, items};
    use crate::store::Entry;

    #[test]
    fn a_section_for_each_idea() {
        let full = sample::idea();
        let before = Idea { hours: Vec::new(), ..full.clone() };
        let note = Some("ask <b>Ada</b>".to_owned());
        let entry = Entry { added: "2026-02-20T08:00:00Z".to_owned(), note, ..entry_of(&before) };
        let gone = Entry { added: "2026-02-21T08:00:00Z".to_owned(), ..Entry::new("soup") };
        let mut out = Vec::new();
        write(&items(vec![entry, gone], &[full], &[], &Pages::default()), &mut out).unwrap();
        let expected = "\
# Shortlist

2 ideas

## Deploying Kubeflow with Helm

- **Status:** considering, added 2026-02-20
- **Note:** ask \\<b\\>Ada\\</b\\>
- **Changed since:** hours: nothing → 175, 350
- **Project:** Kubeflow
- **Program:** gsoc 2025
- **Difficulty:** medium
- **Size:** 175 or 350 hours
- **Skills:** go, helm
- **Mentors:** Jane Doe, @bob
- **Upstream:** <https://example.org/1>

";
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with(expected), "{text}");
        assert!(text.contains("- **Not read:** its page was not among") && text.contains("- **Size:** not stated"), "{text}");
    }
}
