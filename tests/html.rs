//! Pages of HTML as those programs write them that most sites are made with: what is read, and that what stands around it is
//! not. Every piece of furniture on them says `FURNITURE`.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod promises;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use mentorship_ideas::author::{self, InsertError, LeftAlone, Target, insert, rewrite};
use mentorship_ideas::catalog::Given;
use mentorship_ideas::document::{Document, Kind};
use mentorship_ideas::text::{Source, Span};
use mentorship_ideas::{layout, lint};
use proptest::prelude::*;

/// The pages of `tests/html`, each with its name.
fn pages() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/html");
    let mut pages: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    pages.sort();
    pages
}

fn texts(document: &Document) -> Vec<(Kind, String)> {
    document.texts(0..document.nodes.len()).map(|(node, text)| (document.nodes[node].kind, text.flow())).collect()
}

#[test]
fn content_is_read_and_furniture_is_not() {
    let pages = pages();
    assert_eq!(pages.len(), 15);
    for (name, page) in pages {
        let document = Document::read_html(&page);
        let texts = texts(&document);
        let headings: Vec<_> =
            texts.iter().filter(|(kind, _)| matches!(kind, Kind::Heading(_))).map(|(_, text)| text.as_str()).collect();
        // The title of a document of Google's is a paragraph.
        let title = usize::from(name == "google-docs.html");
        assert_eq!(headings, ["Orchard in summer", "Graft trees from YAML", "Count apples"][title..], "{name}");
        let all = texts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n");
        for said in ["Every tree is written down by hand today.", "Skills", "YAML", "Mentor", "Ada Brook", "Rust", "Ben Field"] {
            assert!(all.contains(said), "{name} lacks {said}:\n{all}");
        }
        for gone in ["FURNITURE", "¶", "#", "[", "1.", "no text"] {
            assert!(!all.contains(gone), "{name} has {gone}:\n{all}");
        }
        let nearly_all = texts.iter().filter(|(_, text)| text.contains("trees from YAML")).count();
        assert_eq!(nearly_all, 1, "{name} has its list of contents:\n{all}");
    }
}

#[test]
fn ideas_of_html_point_at_its_bytes() {
    for (name, page) in pages() {
        let source = Source::new(&name, page);
        let reading = layout::read(&source).unwrap();
        for idea in &reading.ideas {
            let title = source.slice(idea.title.span.unwrap());
            assert!(title.starts_with("Graft trees") || title.starts_with("Count apples"), "{name}: {title}");
        }
        let (_, findings) = lint::page(source, None).unwrap();
        assert!(findings.iter().all(|finding| finding.fix.is_none() && finding.code != "raw-html"), "{name}");
    }
}

#[test]
fn pages_of_html_are_not_written_in_markdown() {
    let page = Source::new("page.html", "<h2>Graft trees</h2><ul><li>Skills: YAML<li>Mentor: Ada Brook</ul>");
    let tree = layout::Tree::read(&page).unwrap();
    let seen = tree.inspect().unwrap();
    assert_eq!(seen.entries.len(), 1);
    let template = lint::Template::named("lfx");
    assert_eq!(rewrite(&page, &tree, &seen, template, &Given::default()), Err(LeftAlone::Html.into()));
    assert_eq!(insert(&page, &seen.entries[0].idea, template.unwrap()).unwrap_err(), InsertError::Html);
}

/// A page that says all that Markdown can.
const RICH: &str = "<!doctype html><title>Orchard</title><h1>Orchard</h1>
<h2>Graft trees from YAML</h2>
<p>Every tree is <b>written</b> down <i>by hand</i> in <code>trees.yaml</code>; see <a href='https://example.org/a_b'>the
<b>list</b></a>,<br>https://example.org/x and 2 * 3 * 4 of C:\\* &lt;b&gt;.</p>
<ul><li>grafts<ul><li>of apples</li><li>of <a href=https://example.org/pears>pears</a></li></ul></li><li>cuts</li></ul>
<ol><li>first</li><li>then</li></ol><blockquote><p>Trees grow slowly.</p></blockquote>
<pre class=yaml>tree:\n  - apple</pre><table><tr><th>Tree</th><th>Age</th></tr><tr><td>pear | plum</td><td>3</td></tr></table>
<p>The rest is a matter of patience.</p>
<ul><li><b>Skills:</b> YAML, Rust</li><li><b>Mentor:</b> Ada Brook (@ada-b)</li><li><b>Difficulty:</b> hard</li>
<li><b>Size:</b> 175 hours</li></ul>
<h2>Count apples</h2><p>A camera looks at the trees &amp; counts what it sees.</p>
<ul><li>Skills: Python</li><li>Mentor: Ben Field (@benf)</li><li>Difficulty: easy</li></ul>";

#[test]
fn descriptions_of_html_are_markdown() {
    let source = Source::new("page.html", RICH);
    let ideas = layout::read(&source).unwrap().ideas;
    assert_eq!(ideas.len(), 2);
    let description = ideas[0].description.as_ref().unwrap();
    assert_eq!(
        description.value,
        "Every tree is **written** down *by hand* in `trees.yaml`; see [the **list**](https://example.org/a_b),\\\n\
        https://example.org/x and 2 \\* 3 \\* 4 of C:\\\\\\* \\<b>.\n\n\
        - grafts\n  - of apples\n  - of [pears](https://example.org/pears)\n- cuts\n\n1. first\n2. then\n\n\
        > Trees grow slowly.\n\n```\ntree:\n  - apple\n```\n\n\
        | Tree | Age |\n| --- | --- |\n| pear \\| plum | 3 |\n\nThe rest is a matter of patience."
    );
    assert!(source.slice(description.span.unwrap()).starts_with("Every tree is <b>written"));
}

#[test]
fn ideas_of_html_read_the_same_from_every_target() {
    let pages = pages().into_iter().chain([("rich.html".to_owned(), RICH.to_owned())]);
    for (name, page) in pages {
        let ideas = layout::read(&Source::new("page.html", page)).unwrap().ideas;
        for target in ["idea", "lfx", "gsoc", "lfx-form", "lfx-export", "json"] {
            let target = Target::named(target).unwrap();
            for idea in &ideas {
                let written = author::write(&[idea], &target);
                let lost: Vec<_> = written.losses.iter().filter(|loss| loss.has_place).collect();
                assert!(lost.is_empty(), "{name} as {}: {lost:?}\n{}", target.name(), written.text);
                assert!(!written.text.contains("</"), "{name} as {}: {}", target.name(), written.text);
            }
        }
    }
}

/// Every text is told to stand at bytes that say it: the same characters, entities, or a tag that parts it from the next.
fn assert_in_place(html: &str) {
    let document = Document::read_html(html);
    for (node, whole) in document.texts(0..document.nodes.len()) {
        let span = document.nodes[node].span();
        assert!(span.start <= span.end && span.end <= html.len(), "{html:?}");
        for (at, c) in whole.as_str().char_indices() {
            let bytes = &html[whole.cut(at..at + c.len_utf8()).span().range()];
            let same = bytes.starts_with(c)
                || bytes.starts_with('&')
                || c.is_whitespace()
                || bytes.starts_with("<input")
                || bytes.starts_with("<img")
                || bytes.contains("data-cfemail");
            assert!(same, "{c:?} is told to be {bytes:?} in {html:?}");
        }
    }
    let nodes = &document.nodes;
    assert!(nodes.iter().enumerate().all(|(at, node)| at < node.end() && node.end() <= nodes.len()));
}

#[test]
fn fixtures_are_read_in_place() {
    for (_, page) in pages() {
        assert_in_place(&page);
        promises::check(&Source::new("page.html", page)).unwrap();
    }
}

proptest! {
    #[test]
    fn texts_stand_where_they_say(pieces in prop::collection::vec(prop::sample::select(vec![
        "<p>", "</p>", "<b>", "</b>", "<i class=x>", "</i>", "<a href=#x>", "</a>", "<ul>", "<li>", "</ul>", "<table>", "<tr>",
        "<td>", "</td>", "</table>", "<h2>", "</h2>", "<div>", "</div>", "<br>", "<dl><dt>", "<dd>", "</dl>", "<details>", "<summary>",
        "</summary>", "</details>", "<pre>", "</pre>", "<!-- x -->", "&amp;", "&amp;amp;", "&nbsp;", "&lt;b>", "&copy", " ", "\n", "\r\n",
        "é", "word", "two words", "a < b", "<x@y.z>", "\u{200b}", "‚Äô", "\0", "<title>", "</title>", "<svg>", "</svg>", "<select>", "<form>",
        "<template>", "<s>", "</s>", "<code>", "</code>", "<script>", "</script>", "<font size=1>", "</font>", "<style>", "</style>",
        "<input type=checkbox>", "<blockquote>", "</blockquote>", "<caption>", "<img src=x.org/badge/size-90_h-red>", "<img alt=board>", "<th>", "<center>", "<hr>", "<textarea>", "<plaintext",
    ]), 0..40)) {
        let html = pieces.concat();
        if !html.contains('\0') && !html.contains('‚') {
            assert_in_place(&html);
        }
        promises::check(&Source::new("page.html", &html)).map_err(TestCaseError::fail)?;
        let _ = Document::read(&html, Span::new(0, html.len()));
        let lines = pieces.join("\n\n");
        let document = Document::read(&lines, Span::new(0, lines.len()));
        prop_assert!(document.nodes.iter().all(|node| node.span().start <= node.span().end && node.span().end <= lines.len()));
    }
}

/// How many nodes there are on a page, and how long it took to tell.
fn time(html: &str) -> std::time::Duration {
    let start = std::time::Instant::now();
    let _ = Document::read_html(html);
    start.elapsed()
}

#[test]
fn hostile_pages_are_read_in_time_that_grows_with_them() {
    let size = if cfg!(debug_assertions) { 20_000 } else { 200_000 };
    let numbered = |before: &str, after: &str| {
        (0..size).fold(String::new(), |mut page, number| {
            let _ = write!(page, "{before}{number}{after}");
            page
        })
    };
    let deep = "<div><b><i><ul><li>".repeat(100);
    for (name, page) in [
        ("bold", "<b>".repeat(size * 5)),
        ("bold text", "<b>x".repeat(size)),
        ("divisions", "<div>".repeat(size * 2) + &"</div>".repeat(size * 2)),
        ("lists", "<ul><li>x".repeat(size)),
        ("tables", "<table><tr><td>x".repeat(size)),
        ("links", "<a href=x>".repeat(size)),
        ("formatting that is repeated", numbered("<p><b id=", ">x</p>")),
        ("formatting in deep places", numbered(&"<font>".repeat(10), "<p>x")),
        ("misnested", "<b><p><i></b>x</i></p>".repeat(size)),
        ("foster parents", "<table>x<b>y".repeat(size)),
        ("one table", "<table>".to_owned() + &"x<tr>y<td>z".repeat(size)),
        ("paragraphs in deep places", deep + &"<p>x".repeat(size)),
        ("headings", "<h2>x".repeat(size)),
        ("definitions", "<dt>x<dd>y".repeat(size)),
        ("entities", "&amp;amp;&notin;&x".repeat(size)),
        ("attributes", "<p ".to_owned() + &numbered(" a", "=1") + ">"),
        ("classes", numbered("<p class='nav-", "'>x")),
        ("styles", "<style>".to_owned() + &numbered(".c", "{font-weight:700}") + "</style><p class=c1>x"),
        ("posts", numbered("<div id=post_", ">x</div>")),
        ("lists of Google's", "<ul class=lst-a-1><li>x</ul><ul class=lst-a-2><li>y</ul>".repeat(size)),
        ("permalinks", "<h2>x<a href=#x>¶</a>".repeat(size)),
        ("brackets", "<h2>x [<a href=/edit>y</a>]".repeat(size)),
        ("items", "<li>x</li> ".repeat(size)),
        ("comments", "<!-- ".repeat(size)),
        ("tags that never end", "<a ".repeat(size)),
        ("details", "<details><summary>x".repeat(size)),
        ("contents", "<ul><li><a href=#x>x</a></ul>".repeat(size) + "<h2 id=x>x</h2><h2>y</h2>"),
    ] {
        let took = time(&page);
        eprintln!("{name}: {} KB in {took:?}", page.len() >> 10);
        assert!(took.as_secs() < 30, "{name}: {took:?}");
    }
}

#[test]
fn hostile_html_in_markdown() {
    let size = if cfg!(debug_assertions) { 5_000 } else { 50_000 };
    for page in [
        "<details>\n\nx\n\n",
        "<b>\n\n</i>\n\n",
        "<table><tr><td>\n\n",
        "- <details>\n\n",
        "<div><ul><li>x\n\n",
        "x</details>\n\n",
    ] {
        let page = page.repeat(size);
        let start = std::time::Instant::now();
        let _ = Document::read(&page, Span::new(0, page.len()));
        assert!(start.elapsed().as_secs() < 30, "{:?}", &page[..12]);
    }
}
