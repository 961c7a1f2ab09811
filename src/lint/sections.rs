//! Ideas that share a section: what is said in it of one of them, or of none, is said of all.
//!
//! Some pages list ideas of a line each, or have a heading for each, and say once below them, in sections that are no
//! part of the last one, what all of them ask for. On others, a heading and a bold line below it both look like the
//! title of an idea.

use std::ops::Range;

use crate::document;
use crate::labels::{Kind, Labels};
use crate::layout::{BOLD, Entry};
use crate::text::Span;

use super::page::Page;
use super::template;

/// Ideas that follow each other on a page and share a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The ideas, by their places on the page; there are several.
    pub ideas: Range<usize>,
    /// How they stand there.
    pub form: Form,
    /// What stands under headings below them.
    said: Vec<Kind>,
}

/// How ideas of one section stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// In a list, with nothing said of them but their titles.
    List,
    /// Each under a heading of the same level.
    Headings,
    /// One under a heading, and another one below it.
    Below,
}

impl Section {
    /// True if the section says what `kind` says, of whichever idea; `lacks` tells which idea does not.
    pub fn says(&self, page: &Page<'_>, kind: Kind, lacks: &impl Fn(&usize) -> bool) -> bool {
        let is_said = self.said.iter().any(|&said| template::same(said) == template::same(kind));
        is_said
            || match self.form {
                Form::List => self.ideas.clone().any(|idea| page.facts(idea, kind).any(|fact| !fact.parts.is_empty())),
                Form::Headings => false,
                Form::Below => !self.ideas.clone().all(|idea| lacks(&idea)),
            }
    }
}

/// The sections of a page that several of its ideas share, in page order.
pub fn shared(page: &Page<'_>) -> Vec<Section> {
    let ideas = page.ideas().len();
    // From an idea as far as ideas follow that stand to the one before them so.
    let run = |first: usize, goes_on: fn(&Page<'_>, usize) -> bool| {
        (first..ideas - 1).find(|&idea| !goes_on(page, idea)).unwrap_or(ideas - 1)
    };
    let mut sections = Vec::new();
    let mut first = 0;
    while first < ideas {
        let forms = [(Form::List, run(first, is_bare_item_above)), (Form::Headings, run(first, is_headed_as_next))];
        let (form, last) = forms.into_iter().find(|&(_, last)| last > first).unwrap_or((Form::Below, first + 1));
        if form == Form::Below && !is_below(page, first) {
            first += 1;
            continue;
        }
        let said = if form == Form::Below { Vec::new() } else { said_below(page, last) };
        sections.push(Section { ideas: first..last + 1, form, said });
        first = last + 1;
    }
    sections
}

/// What the headings between an idea's title and the next one announce, for an idea without a heading of its own: they
/// may be no part of what the reader takes for it.
pub fn announced(page: &Page<'_>, idea: usize) -> Vec<Kind> {
    if page.ideas()[idea].draft.heading.is_some() {
        return Vec::new();
    }
    let labels = headings(page, stretch(page, idea)).map(|at| page.document.text(at));
    labels.filter_map(|label| Labels::get().kind(label.as_str())).collect()
}

/// The bytes from an idea's title to the next one's.
fn stretch(page: &Page<'_>, idea: usize) -> Span {
    let start = page.title_span(idea).start;
    let next = page.ideas().get(idea + 1).map(|_| page.title_span(idea + 1).start);
    Span::new(start, next.unwrap_or(page.source.text().len()).max(start))
}

/// True if nothing but its title stands between an idea's title and the next one.
fn is_bare(page: &Page<'_>, idea: usize) -> bool {
    let Entry { draft, .. } = &page.ideas()[idea];
    let stretch = stretch(page, idea);
    let mut told = draft.facts.iter().map(|fact| fact.label.span()).chain(draft.loose.iter().map(|text| text.span()));
    draft.heading.is_none() && !told.any(|span| page.title_span(idea).end <= span.start && span.start < stretch.end)
}

/// True for an item that is nothing but a title, if the next idea is an item, too, with no heading between.
fn is_bare_item_above(page: &Page<'_>, idea: usize) -> bool {
    let is_item = |idea: usize| page.item_at(page.title_span(idea).start).is_some();
    is_bare(page, idea) && is_item(idea) && is_item(idea + 1) && headings(page, stretch(page, idea)).next().is_none()
}

/// True if an idea has a heading, and the next one has one of the same level, with no higher one between.
fn is_headed_as_next(page: &Page<'_>, idea: usize) -> bool {
    let level = |idea: usize| page.heading(idea).map(|heading| heading.level);
    level(idea).is_some_and(|own| {
        level(idea + 1) == Some(own) && headings(page, stretch(page, idea)).all(|heading| level_of(page, heading) >= own)
    })
}

/// The level of a heading of the document.
fn level_of(page: &Page<'_>, node: usize) -> u8 {
    if let document::Kind::Heading(level) = page.document.nodes[node].kind { level } else { BOLD }
}

/// The nodes of the headings in some bytes.
fn headings<'p>(page: &'p Page<'_>, bytes: Span) -> impl Iterator<Item = usize> + 'p {
    let nodes = &page.document.nodes;
    let first = nodes.partition_point(|node| node.span().start < bytes.start);
    (first..nodes.len())
        .take_while(move |&at| nodes[at].span().start < bytes.end)
        .filter(|&at| matches!(nodes[at].kind, document::Kind::Heading(_)))
}

/// What the headings below the last idea of several announce, unless they are its own.
fn said_below(page: &Page<'_>, last: usize) -> Vec<Kind> {
    let own = page.heading(last).map(|heading| heading.level);
    let apart = headings(page, stretch(page, last)).filter(|&at| own.is_none_or(|own| level_of(page, at) < own));
    apart.filter_map(|at| Labels::get().kind(page.document.text(at).as_str())).collect()
}

/// True if exactly one idea stands below the heading of this one, under no heading or a bold line.
fn is_below(page: &Page<'_>, idea: usize) -> bool {
    let level = |idea: usize| (idea < page.ideas().len()).then(|| page.heading(idea).map(|heading| heading.level));
    let Some(Some(own)) = level(idea) else { return false };
    let is_within = |idea: usize| {
        let is_lower = level(idea).is_some_and(|level| level.is_none_or(|level| level == BOLD && level > own));
        is_lower && headings(page, stretch(page, idea - 1)).next().is_none()
    };
    is_within(idea + 1) && !is_within(idea + 2)
}
