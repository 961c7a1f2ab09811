//! A page as rules see it: its ideas with their labels and values, its headings, and the template it is held to.

use crate::fields::{self, Style};
use crate::labels::Kind;
use crate::layout::{Entry, Fact, Heading, Inspection, Problem, Shape, Tree, form};
use crate::outline::{self, Outline};
use crate::prose::Text;
use crate::text::{Source, Span};

use super::template::{self, Field, Template};

/// A page under the linter.
pub struct Page<'a> {
    /// Its text.
    pub source: &'a Source,
    /// Its Markdown.
    pub outline: &'a Outline,
    /// What it is.
    pub shape: Shape,
    /// The headings that open sections, in page order.
    pub headings: &'a [Heading<'a>],
    /// What could not be read.
    pub problems: &'a [Problem],
    /// The sections of the form, if it is one.
    pub form: Option<Vec<form::Section<'a>>>,
    /// What it is held to.
    pub template: &'a Template,
    /// True if it is held to the template's layout, too.
    pub in_layout: bool,
    /// The tree it was read from: data in front matter and JSON.
    pub tree: &'a Tree<'a>,
    entries: &'a [Entry<'a>],
    unknown: Vec<Vec<Unknown<'a>>>,
}

/// A label that we do not know.
#[derive(Clone, Copy, Debug)]
pub struct Unknown<'a> {
    /// The label, without the mark that ends it.
    pub label: Text<'a>,
    /// The field of the template that was probably meant.
    pub meant: Option<&'a Field>,
}

impl<'a> Page<'a> {
    /// Puts together what rules look at.
    pub fn new(source: &'a Source, tree: &'a Tree<'a>, seen: &'a Inspection<'a>, template: &'a Template) -> Self {
        let mut page = Page {
            source,
            outline: &tree.outline,
            shape: seen.shape,
            headings: &seen.headings,
            problems: &seen.problems,
            form: (seen.shape == Shape::Form).then(|| form::sections(&tree.outline)).flatten(),
            template,
            in_layout: template.binds(seen),
            tree,
            entries: &seen.entries,
            unknown: Vec::new(),
        };
        page.unknown = (0..page.entries.len()).map(|idea| page.find_unknown(idea)).collect();
        page
    }

    /// The ideas, in page order, with what they were read from.
    pub fn ideas(&self) -> &'a [Entry<'a>] {
        self.entries
    }

    /// True for a page of Markdown: its ideas have headings and labels.
    pub fn is_markdown(&self) -> bool {
        self.shape == Shape::Markdown
    }

    /// True for front matter and JSON: the ideas have keys.
    pub fn is_record(&self) -> bool {
        matches!(self.shape, Shape::IdeaFile | Shape::Export)
    }

    /// Where an idea's title stands: what to point at if something is not there.
    pub fn title_span(&self, idea: usize) -> Span {
        self.entries[idea].idea.title.span.unwrap_or(Span::new(0, 0))
    }

    /// The heading that opens an idea.
    pub fn heading(&self, idea: usize) -> Option<&'a Heading<'a>> {
        let node = self.entries[idea].draft.heading?;
        self.headings.iter().find(|heading| heading.node == node)
    }

    /// The labelled values of an idea that say what `kind` says, kinds that are read together included.
    pub fn facts(&self, idea: usize, kind: Kind) -> impl Iterator<Item = &'a Fact<'a>> {
        self.entries[idea].draft.facts.iter().filter(move |fact| template::same(fact.kind) == template::same(kind))
    }

    /// The labels of an idea that we do not know.
    pub fn unknown(&self, idea: usize) -> &[Unknown<'a>] {
        &self.unknown[idea]
    }

    /// True if an idea probably has a field of this kind, under a label that is misspelt.
    pub fn is_misspelt(&self, idea: usize, kind: Kind) -> bool {
        self.unknown[idea]
            .iter()
            .any(|unknown| unknown.meant.is_some_and(|field| template::same(field.kind) == template::same(kind)))
    }

    /// How many of the page's ideas say what `kind` says.
    pub fn stated(&self, kind: Kind) -> usize {
        (0..self.entries.len()).filter(|&idea| self.facts(idea, kind).any(|fact| !fact.parts.is_empty())).count()
    }

    /// The bytes of the whole line that `span` begins on, without its line break.
    pub fn line_span(&self, span: Span) -> Span {
        let text = self.source.text();
        let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[span.start..].find('\n').map_or(text.len(), |at| span.start + at);
        Span::new(start, end)
    }

    fn find_unknown(&self, idea: usize) -> Vec<Unknown<'a>> {
        if self.is_record() || self.shape == Shape::Form {
            return Vec::new();
        }
        let draft = &self.entries[idea].draft;
        let mut found: Vec<Unknown<'a>> = Vec::new();
        // What stands between the idea's fields is a label, even if it is none that we can guess.
        for &text in &draft.loose {
            let Some(line) = text.lines().next() else { continue };
            let (label, marked) = fields::unknown_label(line);
            let meant = self.meant(label);
            if meant.is_some() || (marked && self.stands_among_fields(idea, line)) {
                found.push(Unknown { label, meant });
            }
        }
        // Inside a text, only what is nearly a label of the template.
        for line in draft.facts.iter().filter(|fact| fact.kind.is_prose()).flat_map(|fact| fact.lines().skip(1)) {
            let (label, marked) = fields::unknown_label(line.0);
            if let Some(meant) = self.meant(label).filter(|_| marked) {
                found.push(Unknown { label, meant: Some(meant) });
            }
        }
        // A heading that labels a field on pages where headings do.
        let headed = draft.facts.iter().any(|fact| fact.style == Style::Heading);
        if let (true, Some(own)) = (headed, self.heading(idea)) {
            let below = self.headings.iter().skip_while(|heading| heading.node <= own.node);
            for heading in below.take_while(|heading| heading.level > own.level) {
                let (label, _) = fields::unknown_label(heading.text.trim());
                if let Some(meant) = self.meant(label) {
                    found.push(Unknown { label, meant: Some(meant) });
                }
            }
        }
        found.sort_by_key(|unknown| unknown.label.span());
        found
    }

    /// True for the first line of an item beside items that are fields.
    fn stands_among_fields(&self, idea: usize, line: Text<'a>) -> bool {
        let at = line.span().start;
        let Some(own) = self.item_at(at) else { return false };
        // Bold marks may stand before it.
        let begins = self.outline.nodes.get(own + 1).is_some_and(|first| (first.span.start..=first.span.start + 4).contains(&at));
        let depth = |item: usize| self.outline.nodes[item].depth;
        let mut items = self.entries[idea].draft.facts.iter().filter(|fact| fact.style == Style::Item);
        begins && items.any(|fact| self.item_at(fact.label.span().start).is_some_and(|item| depth(item) == depth(own)))
    }

    /// The innermost list item that a byte stands in.
    pub fn item_at(&self, at: usize) -> Option<usize> {
        let nodes = &self.outline.nodes;
        let after = nodes.partition_point(|node| node.span.start <= at);
        (0..after)
            .rev()
            .take_while(|&node| nodes[node].depth > 0 || nodes[node].span.end > at)
            .find(|&node| nodes[node].kind == outline::Kind::Item && at < nodes[node].span.end)
    }

    /// True if an idea's description needs no label: on pages of their own layout, any text does.
    pub fn has_text(&self, idea: usize) -> bool {
        let loose = &self.entries[idea].draft.loose;
        !self.in_layout && loose.iter().any(|text| text.as_str().split_whitespace().nth(3).is_some())
    }

    /// The field of the template that a misspelt label means: one that the idea does not know by a better name.
    fn meant(&self, label: Text<'_>) -> Option<&'a Field> {
        let said = letters(label.as_str());
        if said.len() < 4 {
            return None;
        }
        let near = |name: &str| {
            let name = letters(name);
            let distance = strsim::damerau_levenshtein(&said, &name);
            (distance <= 2 && distance * 4 <= name.len()).then_some(distance)
        };
        let nearest = |field: &Field| std::iter::once(&field.label).chain(&field.also).filter_map(|name| near(name)).min();
        let fields = self.template.field.iter().filter_map(|field| Some((nearest(field)?, field)));
        fields.min_by_key(|&(distance, _)| distance).map(|(_, field)| field)
    }
}

/// The letters and digits of a label, in lower case.
fn letters(label: &str) -> String {
    label.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
