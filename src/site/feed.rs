//! An Atom feed (RFC 4287) of the ideas that were last to come.

use std::cmp::Reverse;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use sha2::{Digest, Sha256};

use super::paths::Paths;
use super::{FirstSeen, Options};
use crate::idea::Idea;
use crate::render::{facts, safe};

/// Entries of the feed.
const ENTRIES: usize = 50;

/// The feed: the ideas that were first seen last; those of one day in their order.
pub(super) fn write(ideas: &[Idea], paths: &Paths, first_seen: &FirstSeen, options: &Options) -> io::Result<Vec<u8>> {
    let today = options.today.to_string();
    let day = |idea: &Idea| first_seen.get(&idea.id).unwrap_or(&today).as_str();
    let mut newest: Vec<(usize, &Idea)> = ideas.iter().enumerate().collect();
    newest.sort_by_key(|(_, idea)| Reverse(day(idea)));
    newest.truncate(ENTRIES);
    let updated = newest.first().map_or(today.as_str(), |(_, idea)| day(idea));

    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    xml.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom")).write_inner_content(|xml| {
        text(xml, "title", &options.title)?;
        text(xml, "id", &id(&format!("site {}", options.url.as_ref().map_or(options.title.as_str(), |url| url.as_str()))))?;
        text(xml, "updated", &midnight(updated))?;
        link(xml, "self", &at(options, "feed.xml"))?;
        link(xml, "alternate", &at(options, "index.html"))?;
        // Each entry must have an author, or the feed.
        xml.create_element("author").write_inner_content(|xml| text(xml, "name", &options.title))?;
        for (place, idea) in newest {
            entry(xml, idea, &at(options, paths.idea(place)), day(idea))?;
        }
        Ok(())
    })?;
    let mut feed = xml.into_inner();
    feed.push(b'\n');
    Ok(feed)
}

fn entry(xml: &mut Writer<Vec<u8>>, idea: &Idea, url: &str, day: &str) -> io::Result<()> {
    xml.create_element("entry").write_inner_content(|xml| {
        text(xml, "title", &idea.title.value)?;
        text(xml, "id", &id(&idea.id))?;
        text(xml, "updated", &midnight(day))?;
        text(xml, "published", &midnight(day))?;
        link(xml, "alternate", url)?;
        if let Some(source) = idea.source.url.as_deref().and_then(safe::url) {
            link(xml, "via", &source)?;
        }
        if let Some(name) = idea.filed_under() {
            xml.create_element("author").write_inner_content(|xml| text(xml, "name", name))?;
        }
        for tag in &idea.tags {
            xml.create_element("category").with_attribute(("term", tag.value)).write_empty()?;
        }
        let facts = [facts::term(idea), facts::levels(idea), facts::size(idea), idea.summary.clone().unwrap_or_default()];
        let facts: Vec<_> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
        text(xml, "summary", &facts.join(" · "))
    })?;
    Ok(())
}

/// Where a file of the site is: its whole address, if that is known.
fn at(options: &Options, path: &str) -> String {
    options.url.as_ref().and_then(|url| url.join(path).ok()).map_or_else(|| path.to_owned(), String::from)
}

/// A name for good: the feed may move, and its entries are the same.
fn id(of: &str) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(format!("mentorship-ideas {of}"))[..16]);
    // RFC 9562: a UUID of version 8, which is free to choose its bits.
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = format!("{:032x}", u128::from_be_bytes(bytes));
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

fn midnight(day: &str) -> String {
    format!("{day}T00:00:00Z")
}

fn text(xml: &mut Writer<Vec<u8>>, element: &str, text: &str) -> io::Result<()> {
    // XML has no place for these two, not even escaped.
    let text = safe::line(text).replace(['\u{fffe}', '\u{ffff}'], "");
    xml.create_element(element).write_text_content(BytesText::new(&text)).map(drop)
}

fn link(xml: &mut Writer<Vec<u8>>, rel: &str, url: &str) -> io::Result<()> {
    xml.create_element("link").with_attributes([("rel", rel), ("href", url)]).write_empty().map(drop)
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use url::Url;

    use super::*;
    use crate::programs::day;
    use crate::render::sample;

    fn options(url: Option<&str>) -> Options {
        Options {
            title: "Ideas & more".to_owned(),
            url: url.map(|url| Url::parse(url).unwrap()),
            with_addresses: false,
            today: day("2026-02-20").unwrap(),
        }
    }

    fn feed(ideas: &[Idea], first_seen: &[(&str, &str)], url: Option<&str>) -> String {
        let first_seen = first_seen.iter().map(|&(id, day)| (id.to_owned(), day.to_owned())).collect();
        let bytes = write(ideas, &Paths::new(ideas), &first_seen, &options(url)).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let mut reader = Reader::from_str(&text);
        while reader.read_event().unwrap() != Event::Eof {}
        text
    }

    #[test]
    fn an_entry_says_what_one_chooses_by() {
        let text = feed(&[sample::idea()], &[("kubeflow-helm", "2026-01-31")], Some("https://example.org/ideas/"));
        for part in [
            "<title>Ideas &amp; more</title>",
            "<link rel=\"self\" href=\"https://example.org/ideas/feed.xml\"/>",
            "<link rel=\"alternate\" href=\"https://example.org/ideas/ideas/kubeflow-helm.html\"/>",
            "<updated>2026-01-31T00:00:00Z</updated>",
            "<category term=\"helm\"/>",
            "<summary>gsoc 2025 · medium · 175 or 350 hours · Charts.</summary>",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }

    #[test]
    fn what_came_last_comes_first() {
        let ideas = ["a", "b", "c"].map(|id| Idea { id: id.to_owned(), ..Idea::bare(id) });
        let text = feed(&ideas, &[("a", "2026-01-01"), ("b", "2026-02-01"), ("c", "2026-01-01")], None);
        let places = ["b", "a", "c"].map(|id| text.find(&format!("href=\"ideas/{id}.html\"")).unwrap());
        assert!(places.is_sorted(), "{text}");
        assert!(text.contains("<updated>2026-02-01T00:00:00Z</updated>\n  <link rel=\"self\" href=\"feed.xml\"/>"), "{text}");
    }

    #[test]
    fn hostile_text_is_well_formed() {
        let mut idea = sample::hostile();
        idea.title.value = "]]><x a='\"'>&nbsp;\u{ffff}\u{0}".to_owned();
        feed(&[idea], &[], None);
    }

    #[test]
    fn ids_are_uuids() {
        let id = id("a");
        assert_eq!(id.len(), "urn:uuid:".len() + 36);
        assert_eq!(&id[23..24], "8");
    }
}
