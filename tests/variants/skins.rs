//! Markdown as HTML, in the three skins that pages of HTML have most often. (The writer of pulldown-cmark needs a crate that
//! we do not have otherwise, and knows no flat lists as Google's documents have.)

use std::fmt::Write as _;

use mentorship_ideas::document::options;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};

use super::source::anchor;

/// How a page of HTML looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Skin {
    /// With a menu above and a footer below.
    Site,
    /// Without any line break.
    Minified,
    /// As Google's documents are published: classes for bold text, a span around each stretch of text, flat lists.
    Docs,
}

/// Markdown as a page of HTML.
pub(crate) fn page(markdown: &str, skin: Skin) -> String {
    match skin {
        Skin::Site => site(&fragment(markdown)),
        Skin::Minified => {
            site(&fragment(markdown)).lines().map(str::trim_start).collect::<Vec<_>>().join(" ").replace("> <", "><")
        }
        Skin::Docs => format!("{DOCS_HEAD}{}</body></html>", Docs::default().write(markdown)),
    }
}

fn site(content: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Ideas | The Orchard Project</title>\n\
         <link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n<header>\n<a class=\"logo\" href=\"/\">The Orchard Project</a>\n\
         <nav>\n<ul>\n<li><a href=\"/docs\">Documentation</a></li>\n<li><a href=\"/blog\">Blog</a></li>\n<li><a href=\"/contact\">Contact</a></li>\n\
         </ul>\n</nav>\n</header>\n<main>\n<article>\n{content}</article>\n</main>\n<footer>\n<p>© 2026 The Orchard Project</p>\n\
         <ul>\n<li><a href=\"/privacy\">Privacy</a></li>\n<li><a href=\"/imprint\">Imprint</a></li>\n</ul>\n</footer>\n</body>\n</html>\n"
    )
}

/// Markdown as HTML, as every Markdown program writes it.
pub(crate) fn fragment(markdown: &str) -> String {
    let events: Vec<Event<'_>> = Parser::new_ext(markdown, options()).collect();
    let mut html = String::new();
    let (mut head, mut images) = (false, 0);
    for (at, event) in events.iter().enumerate() {
        let _ = match event {
            Event::Start(Tag::Heading { level, .. }) => write!(html, "<{level} id=\"{}\">", anchor(&heading(&events[at..]))),
            Event::End(TagEnd::Heading(level)) => writeln!(html, "</{level}>"),
            Event::Start(Tag::Link { dest_url, link_type, .. }) => write!(html, "<a href=\"{}\">", target(dest_url, *link_type)),
            Event::Start(Tag::Image { dest_url, .. }) => {
                images += 1;
                write!(html, "<img src=\"{}\" alt=\"", escaped(dest_url))
            }
            Event::End(TagEnd::Image) => {
                images -= 1;
                write!(html, "\">")
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if !language.is_empty() => {
                write!(html, "<pre><code class=\"language-{}\">", escaped(language))
            }
            Event::Start(Tag::CodeBlock(_)) => write!(html, "<pre><code>"),
            Event::End(TagEnd::CodeBlock) => writeln!(html, "</code></pre>"),
            Event::Start(Tag::List(Some(first))) => writeln!(html, "<ol start=\"{first}\">"),
            Event::Start(Tag::TableHead) => {
                head = true;
                write!(html, "<thead><tr>")
            }
            Event::End(TagEnd::TableHead) => {
                head = false;
                writeln!(html, "</tr></thead><tbody>")
            }
            Event::Start(Tag::TableCell) => write!(html, "{}", if head { "<th>" } else { "<td>" }),
            Event::End(TagEnd::TableCell) => write!(html, "{}", if head { "</th>" } else { "</td>" }),
            Event::End(TagEnd::Table) => writeln!(html, "</tbody></table>"),
            Event::Start(tag) => write!(html, "{}", name(tag.to_end()).map(|name| format!("<{name}>")).unwrap_or_default()),
            Event::End(tag) => match name(*tag) {
                Some(name @ ("em" | "strong" | "del" | "a")) => write!(html, "</{name}>"),
                Some(name) => writeln!(html, "</{name}>"),
                None => Ok(()),
            },
            Event::Text(text) => write!(html, "{}", escaped(text)),
            Event::Code(code) => write!(html, "<code>{}</code>", escaped(code)),
            Event::Html(raw) | Event::InlineHtml(raw) if images == 0 => write!(html, "{raw}"),
            Event::SoftBreak => writeln!(html),
            Event::HardBreak => writeln!(html, "<br>"),
            Event::Rule => writeln!(html, "<hr>"),
            Event::TaskListMarker(done) => {
                write!(html, "<input type=\"checkbox\" disabled{}> ", if *done { " checked" } else { "" })
            }
            _ => Ok(()),
        };
    }
    html
}

/// The element that a piece of Markdown becomes.
fn name(tag: TagEnd) -> Option<&'static str> {
    Some(match tag {
        TagEnd::Paragraph => "p",
        TagEnd::BlockQuote(_) => "blockquote",
        TagEnd::List(true) => "ol",
        TagEnd::List(false) => "ul",
        TagEnd::Item => "li",
        TagEnd::Table => "table",
        TagEnd::TableRow => "tr",
        TagEnd::Emphasis => "em",
        TagEnd::Strong => "strong",
        TagEnd::Strikethrough => "del",
        TagEnd::Link => "a",
        _ => return None,
    })
}

/// The text of the heading that begins here.
fn heading(events: &[Event<'_>]) -> String {
    let inside = events.iter().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
    let texts = inside.filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
        _ => None,
    });
    texts.collect()
}

/// Where a link leads; `<ada@example.org>` leads to a mail program.
fn target(url: &str, written: LinkType) -> String {
    format!("{}{}", if written == LinkType::Email { "mailto:" } else { "" }, escaped(url))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

const DOCS_HEAD: &str = "<html><head><meta content=\"text/html; charset=UTF-8\" http-equiv=\"content-type\"><style type=\"text/css\">\
    ol{margin:0}.lst-kix_a1-0>li{list-style-type:none}.c0{padding-top:0pt}.c1{font-weight:700}.c2{color:#000;font-weight:400}\
    .c3{margin-left:36pt}.c4{font-style:italic}.c5{text-decoration:line-through}.c8{font-family:\"Roboto Mono\"}</style></head>\
    <body class=\"c9 doc-content\">";

/// Writes a page as Google's documents are published.
#[derive(Default)]
struct Docs {
    html: String,
    /// The lists around, each true if it is numbered.
    lists: Vec<bool>,
    /// The number of the outermost list, and at which of its levels items were written.
    list: u32,
    begun: Vec<bool>,
    /// The level of the list that is open in the HTML, where none is inside of another.
    open: Option<usize>,
    /// An item is open.
    item: bool,
    /// Nothing was written in it.
    fresh: bool,
    /// How many of bold, italic, struck are open.
    styles: [u32; 3],
    links: u32,
    hidden: u32,
    headings: u32,
}

impl Docs {
    fn write(mut self, markdown: &str) -> String {
        for event in Parser::new_ext(markdown, options()) {
            match event {
                Event::Start(tag) => self.start(&tag),
                Event::End(tag) => self.end(tag),
                Event::Text(text) => self.run(&text),
                Event::Code(code) => {
                    let _ = write!(self.html, "<span class=\"c8\">{}</span>", escaped(&code));
                    self.fresh = false;
                }
                Event::Html(raw) | Event::InlineHtml(raw) if self.hidden == 0 => self.html.push_str(&raw),
                Event::SoftBreak => self.run(" "),
                Event::HardBreak => self.html.push_str("<br>"),
                Event::Rule => self.html.push_str("<hr>"),
                _ => {}
            }
        }
        self.html
    }

    /// A stretch of text in one style.
    fn run(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        self.fresh = false;
        let [bold, italic, struck] = self.styles.map(|open| open > 0);
        let class = if struck {
            "c5"
        } else if bold {
            "c1"
        } else if italic {
            "c4"
        } else {
            "c2"
        };
        let text = escaped(text).replace('\n', "<br>");
        // Blanks between stretches stand as `&nbsp;`.
        let text = text.strip_prefix(' ').map_or(text.clone(), |rest| format!("&nbsp;{rest}"));
        let _ =
            if self.links > 0 { write!(self.html, "{text}") } else { write!(self.html, "<span class=\"{class}\">{text}</span>") };
    }

    fn close_item(&mut self) {
        if std::mem::take(&mut self.item) {
            self.html.push_str("</li>");
        }
    }

    fn close_list(&mut self) {
        self.close_item();
        if self.open.take().is_some() {
            self.html.push_str("</ul>");
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph if self.item && self.fresh => {}
            Tag::Paragraph => {
                self.close_list();
                self.html.push_str(if self.lists.is_empty() { "<p class=\"c0\">" } else { "<p class=\"c0 c3\">" });
            }
            Tag::Heading { level, .. } => {
                self.close_list();
                self.headings += 1;
                let _ = write!(self.html, "<{level} class=\"c7\" id=\"h.{}\">", self.headings);
            }
            Tag::List(first) => {
                self.close_item();
                if self.lists.is_empty() {
                    self.list += 1;
                    self.begun.clear();
                }
                self.lists.push(first.is_some());
            }
            Tag::Item => {
                self.close_item();
                let level = self.lists.len().saturating_sub(1);
                if self.open != Some(level) {
                    self.close_list();
                    self.begun.truncate(level + 1);
                    self.begun.resize(level + 1, false);
                    let start = if std::mem::replace(&mut self.begun[level], true) { "" } else { " start" };
                    let _ = write!(self.html, "<ul class=\"c6 lst-kix_a{}-{level}{start}\">", self.list);
                    self.open = Some(level);
                }
                self.html.push_str("<li class=\"c3 li-bullet-0\">");
                (self.item, self.fresh) = (true, true);
            }
            Tag::CodeBlock(_) => {
                self.close_list();
                self.html.push_str("<p class=\"c0\">");
            }
            Tag::Table(_) => {
                self.close_list();
                self.html.push_str("<table class=\"c11\"><tbody>");
            }
            Tag::TableHead | Tag::TableRow => self.html.push_str("<tr class=\"c12\">"),
            Tag::TableCell => {
                self.html.push_str("<td class=\"c13\" colspan=\"1\" rowspan=\"1\"><p class=\"c0\">");
            }
            Tag::Strong => self.styles[0] += 1,
            Tag::Emphasis => self.styles[1] += 1,
            Tag::Strikethrough => self.styles[2] += 1,
            Tag::Link { dest_url, link_type, .. } => {
                let mut url = target(dest_url, *link_type);
                if url.starts_with("http") {
                    url = format!("https://www.google.com/url?q={url}&amp;sa=D&amp;source=editors&amp;ust=1&amp;usg=x");
                }
                let _ = write!(self.html, "<span class=\"c10\"><a class=\"c14\" href=\"{url}\">");
                self.links += 1;
            }
            Tag::Image { .. } => self.hidden += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph if self.item => self.fresh = false,
            TagEnd::Paragraph | TagEnd::CodeBlock => self.html.push_str("</p>"),
            TagEnd::Heading(level) => {
                let _ = write!(self.html, "</{level}>");
            }
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.close_list();
                }
            }
            TagEnd::Item => self.close_item(),
            TagEnd::Table => self.html.push_str("</tbody></table>"),
            TagEnd::TableHead | TagEnd::TableRow => self.html.push_str("</tr>"),
            TagEnd::TableCell => {
                self.html.push_str("</p></td>");
            }
            TagEnd::Strong => self.styles[0] -= 1,
            TagEnd::Emphasis => self.styles[1] -= 1,
            TagEnd::Strikethrough => self.styles[2] -= 1,
            TagEnd::Link => {
                self.links -= 1;
                self.html.push_str("</a></span>");
            }
            TagEnd::Image => self.hidden -= 1,
            _ => {}
        }
    }
}
