//! Tables of HTML and what is read of it.

use std::path::Path;

use super::is_html;
use crate::document::{Document, Kind, Node};
use crate::prose::Style;
use crate::text::Span;

fn shown(document: &Document) -> Vec<(Kind, String)> {
    document.texts(0..document.nodes.len()).map(|(node, text)| (document.nodes[node].kind, text.flow())).collect()
}

fn page(html: &str) -> Document {
    Document::read_html(html)
}

fn markdown(text: &str) -> Document {
    Document::read(text, Span::new(0, text.len()))
}

fn assert_shown(documents: &dyn Fn(&str) -> Document, table: &[(&str, &[(Kind, &str)])]) {
    for (html, seen) in table {
        let seen: Vec<_> = seen.iter().map(|&(kind, text)| (kind, text.to_owned())).collect();
        assert_eq!(shown(&documents(html)), seen, "{html}");
    }
}

#[test]
fn html_shows_what_a_browser_shows() {
    use Kind::{Cell, Heading, Paragraph, Summary};
    let table: &[(&str, &[(Kind, &str)])] = &[
        ("<p><b>Size:</b> 90&nbsp;h &amp;\nmore</p>\n<p>b", &[(Paragraph, "Size: 90 h & more"), (Paragraph, "b")]),
        ("<h3 id=x>A &lt; <a href='u'>b</a></h3>\ntext", &[(Heading(3), "A < b"), (Paragraph, "text")]),
        ("<ul><li>a<ul><li>b</ul><li>c</li></ul>", &[(Paragraph, "a"), (Paragraph, "b"), (Paragraph, "c")]),
        ("<details>\n<summary>Title</summary>\n\n- x\n\n</details>", &[(Summary, "Title"), (Paragraph, "x")]),
        (
            "<table><tr><th>a</th><th>b</th></tr>\n<tr><td>c<p>d</td><td><ul><li>e</ul></td></table>",
            &[(Cell, "a"), (Cell, "b"), (Cell, "c d"), (Cell, "e")],
        ),
        ("<div><!-- no --><script>no</script><pre>no</pre>yes</div>", &[(Paragraph, "yes")]),
        ("<div>é 1 < 2 </ul></li></table></td> 3</div>", &[(Paragraph, "é 1 < 2 3")]),
        ("<p>a <s>gone</s> b</p>", &[(Paragraph, "a b")]),
        (
            "<p>by <jane at example dot org>, <jo@example.org></p>",
            &[(Paragraph, "by <jane at example dot org>, <jo@example.org>")],
        ),
    ];
    assert_shown(&markdown, table);
}

#[test]
fn pages_are_read_as_browsers_show_them() {
    use Kind::{Cell, Heading, Paragraph, Summary, Term};
    let table: &[(&str, &[(Kind, &str)])] = &[
        // Blocks, and text that stands free.
        (
            "<div>a<p>b</div>c<br>d<div>e</div><div>f</div>",
            &[(Paragraph, "a"), (Paragraph, "b"), (Paragraph, "c d"), (Paragraph, "e"), (Paragraph, "f")],
        ),
        ("<h2>A <small>b</small><br>c</h2><p>d", &[(Heading(2), "A b c"), (Paragraph, "d")]),
        ("<p>a<b>b</p><p>c</b>d</p>", &[(Paragraph, "ab"), (Paragraph, "cd")]),
        ("<h2>Never closed<p>a<h3>b</h3>", &[(Heading(2), "Never closed a"), (Heading(3), "b")]),
        ("<p>a<br><br>b<br>c", &[(Paragraph, "a"), (Paragraph, "b c")]),
        // Side by side.
        ("<div class='card d-flex'><b>a</b><span>b</span></div>", &[(Paragraph, "a b")]),
        ("<p>a<span class=badge>b</span><span>c</span>", &[(Paragraph, "a bc")]),
        ("<div class=field__items><div>a</div> <div>b</div></div>", &[(Paragraph, "a"), (Paragraph, "b")]),
        // Headings that are told by their size.
        ("<p><font size='+2'><b>a</b></font><br>b <font size=5>c</font> d", &[(Heading(2), "a"), (Paragraph, "b c d")]),
        ("<details><summary style='font-size:1.5em'>a</summary>b</details>", &[(Heading(2), "a"), (Paragraph, "b")]),
        // White space and entities.
        ("<p> a \n\t b&nbsp; </p><p>&nbsp;</p><p>\u{200b}c &amp;amp; d", &[(Paragraph, "a b"), (Paragraph, "c &amp; d")]),
        ("<code>&amp;amp;</code>", &[(Paragraph, "&amp;")]),
        ("<p>caf&eacute; &#x1F34E; &zzz;", &[(Paragraph, "café 🍎 &zzz;")]),
        // Lists of terms, details.
        (
            "<dl><dt>a<dd>b<dt><p>c</p><dd><p>d<p>e</dl>",
            &[(Term, "a"), (Paragraph, "b"), (Term, "c"), (Paragraph, "d"), (Paragraph, "e")],
        ),
        ("<details><summary>a</summary><p>b</details>", &[(Summary, "a"), (Paragraph, "b")]),
        ("<details><summary><h3>a</h3></summary>b</details>", &[(Heading(3), "a"), (Paragraph, "b")]),
        // Tables that hold data, and tables that only say where things stand.
        ("<table><tr><td>a<br>b<td><ul><li>c<li>d</ul></table>", &[(Cell, "a b"), (Cell, "c d")]),
        ("<table><tr><td>nav<td><h2>a</h2><p>b</table>", &[(Paragraph, "nav"), (Heading(2), "a"), (Paragraph, "b")]),
        ("<table><tr><td>a<tr><td>b</table>", &[(Paragraph, "a"), (Paragraph, "b")]),
        // Badges are lines.
        ("<dl><dt>\u{200b}<img src=x.org/badge/size-90_h-red><dd>a", &[(Paragraph, "size: 90 h"), (Paragraph, "a")]),
        ("<p><span class=badge>a</span> <span class=badge>b</span> c", &[(Paragraph, "a b c")]),
        ("<table><caption>t</caption><tr><td>a<td>b</table>", &[(Paragraph, "t"), (Cell, "a"), (Cell, "b")]),
        (
            "<table>x<tr><td>a<td>b<tr>y<td>c</table>z",
            &[(Paragraph, "x"), (Cell, "a"), (Cell, "b"), (Cell, "y"), (Cell, "c"), (Paragraph, "z")],
        ),
        // Preformatted text.
        ("<pre>let x = 1;\nlet y = 2;</pre>a", &[(Paragraph, "a")]),
        (
            "<pre>We look for somebody who likes trees.\nThey grow for many years here.\n\nMentor: Ada Brook and some others</pre>",
            &[
                (Paragraph, "We look for somebody who likes trees. They grow for many years here."),
                (Paragraph, "Mentor: Ada Brook and some others"),
            ],
        ),
        // What is gone, and what nobody sees.
        (
            "<p>a <del>b</del> c</p><p hidden>d</p><p style='display: none'>e</p><span class=sr-only>f</span>",
            &[(Paragraph, "a c")],
        ),
        (
            "<ul><li><input type=checkbox checked> a<li><input type=checkbox> b</ul>",
            &[(Paragraph, "[x] a"), (Paragraph, "[ ] b")],
        ),
        // Residue of headings.
        ("<h2><span class=secno>1.2</span> a <a href=#a>¶</a></h2>", &[(Heading(2), "a")]),
        ("<h2>a <span class=mw-editsection>[<a href=/edit>muokkaa</a>]</span></h2>", &[(Heading(2), "a")]),
        ("<h2><a class=anchor href=#a>a title that is a link</a></h2>", &[(Heading(2), "a title that is a link")]),
        ("<h2>C#<a href=#c>#</a></h2>", &[(Heading(2), "C#")]),
        // Buttons that open what is below.
        (
            "<h2><button aria-expanded=false>Graft trees</button></h2>a<button>Send</button>",
            &[(Heading(2), "Graft trees"), (Paragraph, "a")],
        ),
        (
            "<div><div><button class=accordion>Graft</button></div><div>An apple on a pear.</div></div><button class=toggle>Up</button>",
            &[(Paragraph, "Graft"), (Paragraph, "An apple on a pear.")],
        ),
        (
            "<button aria-controls=m>Menu</button><ul id=m><li><a href=a>Apples</a></ul><p>b",
            &[(Paragraph, "Apples"), (Paragraph, "b")],
        ),
    ];
    assert_shown(&page, table);
}

/// The bold parts of a page.
fn bold(html: &str) -> Vec<String> {
    let document = page(html);
    let texts = document.texts(0..document.nodes.len());
    texts.flat_map(|(_, text)| text.marked(&[Style::Strong]).map(move |(range, _)| text.as_str()[range].to_owned())).collect()
}

#[test]
fn bold_is_what_looks_bold() {
    for (html, seen) in [
        ("<p><b>a</b> b <strong>c</strong>", &["a", "c"][..]),
        ("<p><b>Si</b><b>ze:</b> 90", &["Size:"]),
        ("<b>a<p>b</p></b>", &["a", "b"]),
        ("<b style='font-weight:normal'>a <span style='font-weight:700'>b</span></b>", &["b"]),
        (
            "<style>.c1{color:red;font-weight:700}.c2,.c3{font-weight:400}@media print{.c4{font-weight:bold}}</style><p class=c1>a<span class=c3>b</span><p class=c4>c",
            &["a"],
        ),
        (
            "<div class=card-header>Graft trees</div><div class=body>x</div><p class=title><a href=x>Count</a>",
            &["Graft trees", "Count"],
        ),
        ("<div class=field><div class=field__label>Skills</div><div class=field__item>Rust</div></div>", &["Skills"]),
        ("<table><tr><th>a<td>b</table>", &["a"]),
    ] {
        assert_eq!(bold(html), seen, "{html}");
    }
}

#[test]
fn lists_nest_as_they_look() {
    let depths = |html: &str| -> Vec<u32> {
        let document = page(html);
        document.texts(0..document.nodes.len()).map(|(node, _)| document.nodes[node].depth).collect()
    };
    for (html, seen) in [
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", &[2, 4, 2][..]),
        ("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>", &[2, 4, 2]),
        (
            "<ul class='x lst-k-0'><li>a</ul><ul class='lst-k-1'><li>b</ul><ul class='lst-k-2'><li>c</ul><ul class='lst-k-0'><li>d</ul>",
            &[2, 4, 6, 2],
        ),
        ("<ul class='lst-k-0'><li>a</ul><ul class='lst-j-1'><li>b</ul>", &[2, 2]),
        ("<li>a<li>b", &[2, 2]),
        ("<dt>a<dd>b", &[1, 2]),
        ("<blockquote>a<details>b</details></blockquote>", &[1, 2]),
    ] {
        assert_eq!(depths(html), seen, "{html}");
    }
}

#[test]
fn furniture_is_told_by_what_it_is() {
    let texts = |html: &str| shown(&page(html)).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
    let long = "Trees grow slowly, and whoever looks after them writes down what they saw. ".repeat(8);
    for (html, seen) in [
        ("<nav><a href=x>no</a></nav>", &[][..]),
        (
            "<div class=site-nav><a href=x>no</a></div><div role=search>no</div><form>no</form><aside><a href=x>no</a></aside>",
            &[],
        ),
        ("<div class='comments-area'><h2>no</h2><p>no</p></div><footer>no</footer><header><a href=x>no</a></header>", &[]),
        ("<aside class=admonition><p>yes</p></aside>", &["yes"]),
        ("<article><header><h2>yes</h2></header><footer>Mentor: Ada</footer></article>", &["yes", "Mentor: Ada"]),
        ("<div class=card-footer>Mentor: Ada</div><div class=protocol>yes</div>", &["Mentor: Ada", "yes"]),
        (
            "<ul><li><a href=#a>A tree</a><li><a href=#b>A pear</a></ul><h2 id=a>A tree</h2><h2 id=b>A pear</h2>",
            &["A tree", "A pear"],
        ),
        (
            "<ul><li><a href=#x>Fruit</a><ul><li><a href=#a>A tree</a><li><a href=#b>A pear</a></ul></ul><h2 id=a>A tree</h2><h2 id=b>A pear</h2>",
            &["Fruit", "A tree", "A pear", "A tree", "A pear"],
        ),
        ("<ul><li><a href=/a>A tree</a><li><a href=/b>A pear</a></ul>", &["A tree", "A pear"]),
        ("<p itemprop=comment>no", &[]),
    ] {
        let whole = format!("<body><p>{long}</p>{html}</body>");
        assert_eq!(texts(&whole)[1..], *seen, "{html}");
    }
    // What holds most of the page is the page.
    for html in ["<form>", "<div class=sidebar>", "<div class=comments>", "<div id=toc-wrapper>", "<section role=dialog>"] {
        assert_eq!(texts(&format!("{html}<h2>yes</h2><p>{long}")).len(), 2, "{html}");
    }
    // Posts after the first are answers; cards are not.
    let post = |id: u32, text: &str| format!("<div class=post id=post_{id}>{text}</div>");
    assert_eq!(texts(&(post(1, &long) + &post(2, "no") + &post(3, "no"))).len(), 1);
    assert_eq!(texts(&(post(1, "<h2>a</h2>b") + &post(2, "<h2>c</h2>d"))).len(), 4);
    // The content is where the page says, and its only title may stand before it.
    let main = format!("<div>no</div><h1>Title</h1><p>no</p><main><p>{long}</main><div>no</div>");
    assert_eq!(texts(&main)[0], "Title");
    assert_eq!(texts(&main).len(), 2);
}

#[test]
fn a_table_that_text_parts_ends_before_the_text() {
    let html = "<table><tr><td>a<td>b</tr><p>x</p><tr><td>c<td>d</tr></table>";
    let document = page(html);
    let spans: Vec<_> = document.nodes.iter().filter(|node| node.kind == Kind::Table).map(Node::span).collect();
    let text = html.find('x').unwrap();
    assert!(matches!(spans[..], [first, second] if first.end <= text && text < second.start), "{spans:?}");
}

#[test]
fn anchors_and_links_are_kept() {
    let html = "<title>no</title><a name=top></a><h2 id=a>A <a id=b href='https://www.google.com/url?q=https://example.org/x&amp;sa=D'>b</a></h2><p>c";
    let document = page(html);
    let anchors: Vec<_> = document.anchors.iter().map(|(node, anchor)| (*node, &**anchor)).collect();
    assert_eq!(anchors, [(0, "top"), (0, "a"), (0, "b")]);
    let link = &document.links()[0];
    assert_eq!(&*link.url, "https://example.org/x");
    assert!(html[link.span.range()].starts_with("<a id=b") && html[link.span.range()].ends_with("</a>"));
    assert_eq!(&html[document.nodes[0].span().range()], &html[html.find("<h2").unwrap()..html.find("<p>c").unwrap()]);
}

#[test]
fn details_fold_the_markdown_between_their_tags() {
    use Kind::{Fold, Item, List, Paragraph, Summary};
    let text = "<details>\n<summary>A</summary>\n\n- x\n\n</details>\n\nb\n\n- <details>\n\n  c\n\n- d\n";
    let document = markdown(text);
    let kinds: Vec<_> =
        document.nodes.iter().filter(|node| node.kind != Kind::Html).map(|node| (node.kind, node.depth)).collect();
    let seen = [
        (Fold, 0),
        (Summary, 1),
        (List, 1),
        (Item, 2),
        (Paragraph, 3),
        (Paragraph, 0),
        (List, 0),
        (Item, 1),
        (Fold, 2),
        (Paragraph, 3),
        (Item, 1),
        (Paragraph, 2),
    ];
    assert_eq!(kinds, seen);
    assert_eq!(&text[document.nodes[1].span().range()].trim_end()[..9], "<details>");
}

#[test]
fn html_is_known_without_a_name() {
    for (path, text, is) in [
        ("a.html", "# no", true),
        ("a.HTM", "", true),
        ("<stdin>", "\u{feff}\n<!DOCTYPE html><p>x", true),
        ("ideas", "<html lang=en>", true),
        ("<stdin>", "<h1>a</h1><ul><li>b</li><li>c</li></ul><p>d</p>", true),
        ("<stdin>", "<div align=center>\n\n# Ideas\n\n</div>\n\n- a\n- b\n", false),
        ("a.md", "<h1>a</h1><ul><li>b</li><li>c</li></ul><p>d</p>", false),
        ("<stdin>", "# Ideas\n", false),
        ("<stdin>", "", false),
    ] {
        assert_eq!(is_html(Path::new(path), text), is, "{path} {text}");
    }
}
