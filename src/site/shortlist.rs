//! The shortlist as one page that stands alone: an overview, then each idea in full, to be sent to somebody.

use std::io::{self, Write};

use maud::{Markup, html};

use super::{article, frame, lists, published};
use crate::render::changes::in_words;
use crate::render::safe;
use crate::render::shortlist::{ELSEWHERE, GONE, missing};
use crate::shortlist::Item;
use crate::text::counted;

/// A shortlist as others may see it: without the folders of this machine, without e-mail addresses unless they are asked for, and
/// without your notes if those are to stay with you.
pub fn published(items: &[Item], with_addresses: bool, with_notes: bool) -> Vec<Item> {
    let mut items = published::publish_items(items, with_addresses);
    if !with_notes {
        for item in &mut items {
            item.note = None;
        }
    }
    items
}

/// Writes items that are [`published`] as one HTML page that needs no other file.
///
/// # Errors
///
/// `out` cannot be written.
pub fn write(items: &[Item], with_addresses: bool, out: &mut dyn Write) -> io::Result<()> {
    let main = html! {
        h1 { "Shortlist" }
        p { (counted(items.len(), "project idea")) }
        ol.ideas {
            @for (number, item) in (1..).zip(items) {
                li {
                    a href={ "#idea-" (number) } dir="auto" { (safe::line(&item.idea.title.value)) }
                    p.meta { (lists::facts_of(&item.idea)) }
                    p.meta {
                        (item.status)
                        @if item.gone { " · " (GONE) } @else if item.elsewhere { " · " (ELSEWHERE) }
                        @if let Some(note) = &item.note { " · " (safe::line(note)) }
                    }
                }
            }
        }
        @for (number, item) in (1..).zip(items) {
            (article::part(&item.idea, with_addresses, &of_entry(number, item)))
        }
    };
    out.write_all(&frame::alone("Shortlist", &main))
}

/// What there is to say of an entry besides its idea.
fn of_entry(number: usize, item: &Item) -> Markup {
    html! {
        dl.facts.own id={ "idea-" (number) } {
            dt { "Shortlist" } dd { (item.status) ", added " (item.added.get(..10).unwrap_or_default()) }
            @if let Some(note) = &item.note {
                dt { "Note" }
                dd dir="auto" { @for (at, line) in note.lines().enumerate() { @if at > 0 { br; } (safe::line(line)) } }
            }
            @if let Some((label, text)) = missing(item) { dt { (label) } dd { (text) } }
            @if !item.changed.is_empty() {
                dt { "Changed since" }
                @for field in &item.changed { dd dir="auto" { (safe::line(&in_words(field, true))) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::idea::Idea;
    use crate::render::sample;
    use crate::shortlist::{Pages, entry_of, items};
    use crate::store::Entry;
    use crate::text::Spanned;

    fn shortlist() -> Vec<Item> {
        let full = sample::idea();
        let before = Idea { hours: Vec::new(), mentors: Vec::new(), ..full.clone() };
        let note = Some("ask ada@example.org\n<script>about it</script>".to_owned());
        let entries = vec![Entry { note, ..entry_of(&before) }, entry_of(&sample::hostile())];
        items(entries, &[full], &[], &Pages::default())
    }

    fn page(with_addresses: bool, with_notes: bool) -> String {
        let mut out = Vec::new();
        write(&published(&shortlist(), with_addresses, with_notes), with_addresses, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_page_to_send_to_somebody() {
        let text = page(false, true);
        for said in [
            "<h1>Shortlist</h1><p>2 project ideas</p>",
            "<a href=\"#idea-1\" dir=\"auto\">Deploying Kubeflow with Helm</a>",
            "<dd>considering, added 20",
            "ask [address left out]<br>&lt;script&gt;about it&lt;/script&gt;",
            "<dd dir=\"auto\">hours: nothing → 175, 350</dd>",
            "its page was not among those that were read",
            "style-src 'sha256-",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(!text.contains("@example.org") && !text.contains("<script"), "{text}");
        let all = page(true, true);
        assert!(all.contains("ada@example.org") && all.contains("jane@example.org"), "{all}");
        assert!(!page(true, false).contains("about it"), "notes can be left out");
    }

    #[test]
    fn no_address_is_in_any_format() {
        let described = |text: &str| Idea { description: Some(Spanned::nowhere(text.to_owned())), ..sample::idea() };
        let changed = items(
            vec![entry_of(&described("Ask **ada**@example.org."))],
            &[described("Ask _bo_@example.org twice.")],
            &[],
            &Pages::default(),
        );
        assert_eq!(changed[0].changed.len(), 1);
        for items in [shortlist(), changed] {
            let text = serde_json::to_string(&published(&items, false, true)).unwrap();
            assert!(!text.contains("@example.org"), "{text}");
        }
    }
}
