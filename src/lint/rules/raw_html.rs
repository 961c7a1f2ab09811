//! `raw-html`: ideas are written in Markdown.

use crate::document::{self, Kind};
use crate::lint::{Check, Example, Findings, Level, Page, Rule};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "raw-html",
    level: Level::Warning,
    wants: "Ideas are written in Markdown, as the template is, and not in HTML.",
    why: "The programmes that ideas are copied into show Markdown, and tags as they stand; a block of HTML hides all that is in it from \
          whoever reads the page as Markdown. Comments are fine, and so is `<br>` in a table, which cannot do without.",
    examples: &[
        Example { template: "lfx", good: "A soup is tasted by hand", bad: "A soup is <b>tasted</b> by hand", at: "<b>" },
        Example { template: "lfx", good: "measures salt and\n  heat", bad: "measures salt<br/>and\n  heat", at: "<br/>" },
        Example {
            template: "cncf-gsoc",
            good: "##### Taste soups in a pipeline\n",
            bad: "##### Taste soups in a pipeline\n\n<img src=\"soup.png\" width=\"100\">\n",
            at: "<img",
        },
        Example {
            template: "lfx-form",
            good: "## Goals\n",
            bad: "## Goals\n\n<div align=\"center\">\n\n*The best of soups*\n\n</div>\n",
            at: "<div",
        },
        Example { template: "idea", good: "nobody knows", bad: "<i>nobody</i> knows", at: "<i>" },
    ],
    check: Check::Page(check),
};

/// A tag and where it stands.
struct Tag<'a> {
    name: &'a str,
    closing: bool,
    node: usize,
    span: Span,
}

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let nodes = &page.document.nodes;
    if !page.in_layout || page.document.tags.is_empty() && nodes.iter().all(|node| node.kind != Kind::Html) {
        return;
    }
    let blocks = (0..nodes.len()).filter(|&node| nodes[node].kind == Kind::Html).filter_map(|node| block(page, node));
    let inline = page.document.tags.iter().map(|&(node, span)| tag(page, node, span));
    let mut tags: Vec<Tag<'_>> = inline.chain(blocks).collect();
    tags.sort_by_key(|tag| tag.span);
    let ideas = extents(page);
    let mut at = 0;
    while let Some(tag) = tags.get(at) {
        at += 1;
        let cell = matches!(nodes[tag.node].kind, Kind::Cell | Kind::Row | Kind::Table);
        if tag.closing || (cell && tag.name.eq_ignore_ascii_case("br")) || !is_inside(&ideas, tag.span) {
            continue;
        }
        out.at(tag.span, format!("`{}` is HTML", shortened(page.source.slice(tag.span)))).help("write Markdown");
        // What stands between a tag and its end is one fault with it.
        let is_end = |other: &Tag<'_>| other.closing && other.name.eq_ignore_ascii_case(tag.name);
        let near = tags[at..].iter().take_while(|other| other.node <= tag.node + 1 && nodes[tag.node].kind != Kind::Html);
        if let Some(end) = near.take(FAR).position(is_end) {
            at += end + 1;
        }
    }
}

/// How many tags an element holds at the most; more are looked at one by one.
const FAR: usize = 50;

fn tag<'a>(page: &Page<'a>, node: usize, span: Span) -> Tag<'a> {
    let said = page.source.slice(span);
    let inner = said.trim_start_matches(['<', '/']);
    let name = &inner[..inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len())];
    Tag { name, closing: said.starts_with("</"), node, span }
}

/// The first tag of a block of HTML that is no comment.
fn block<'a>(page: &Page<'a>, node: usize) -> Option<Tag<'a>> {
    let span = page.document.nodes[node].span();
    let mut rest = page.source.slice(span);
    loop {
        rest = &rest[rest.find('<')?..];
        match rest.strip_prefix("<!--") {
            Some(comment) => rest = &comment[comment.find("-->")? + "-->".len()..],
            None => break,
        }
    }
    let start = span.end - rest.len();
    let length = rest.find('>').map_or(rest.trim_end().len(), |end| end + 1);
    let tag = tag(page, node, Span::new(start, start + length));
    let known = |name: &str| document::is_tag(name) || BLOCKS.contains(&name);
    known(tag.name.to_ascii_lowercase().as_str()).then_some(tag)
}

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 22] = [
    "article",
    "aside",
    "audio",
    "caption",
    "embed",
    "figcaption",
    "footer",
    "form",
    "header",
    "hr",
    "link",
    "main",
    "nav",
    "object",
    "picture",
    "script",
    "section",
    "style",
    "svg",
    "tfoot",
    "thead",
    "video",
];

/// Where ideas begin and end, in page order.
fn extents(page: &Page<'_>) -> Vec<Span> {
    if !page.is_markdown() {
        return vec![Span::new(0, page.source.text().len())];
    }
    let nodes = &page.document.nodes;
    // Where each section ends: at the next heading that is no deeper.
    let mut ends = vec![page.source.text().len(); page.headings.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, heading) in page.headings.iter().enumerate() {
        while let Some(above) = open.pop_if(|above| page.headings[*above].level >= heading.level) {
            ends[above] = nodes[heading.node].span().start;
        }
        open.push(at);
    }
    let extent = |idea: usize| {
        let draft = &page.ideas()[idea].draft;
        let start = page.title_span(idea).start;
        let own = draft.heading.and_then(|node| page.headings.binary_search_by_key(&node, |heading| heading.node).ok());
        let end = own.map(|own| ends[own]).or_else(|| draft.facts.iter().map(|fact| fact.span().end).max());
        Span::new(start, end.unwrap_or(start).max(start))
    };
    (0..page.ideas().len()).map(extent).collect()
}

fn is_inside(ideas: &[Span], span: Span) -> bool {
    let after = ideas.partition_point(|idea| idea.start <= span.start);
    ideas[..after].last().is_some_and(|idea| span.start < idea.end)
}

fn shortened(tag: &str) -> String {
    let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
    if tag.chars().count() <= 40 { tag } else { tag.chars().take(39).chain(['…']).collect() }
}
