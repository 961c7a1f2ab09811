//! Tables of HTML and what is read of it.

use crate::document::{Document, Kind};
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
