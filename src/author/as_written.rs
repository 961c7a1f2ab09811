//! Values that stay as they were written, because the template's way to write them would lose something.

use super::AsWritten;
use super::loss_check::{LossCheck, Said};
use crate::document::Document;
use crate::labels::Kind;
use crate::layout::{self, Entry, Fact};
use crate::lint::Template;
use crate::lint::template::same;
use crate::prose::Text;
use crate::records::Style;
use crate::text::{Source, Span};

/// An idea, and the page that it stands on.
#[derive(Clone, Copy)]
pub(super) struct Stated<'a> {
    /// What was read.
    pub(super) entry: &'a Entry<'a>,
    /// The page.
    pub(super) source: &'a Source,
}

impl Stated<'_> {
    /// The values that lose something where they are written anew, as they stand on the page. If one of them cannot stay so,
    /// what would be lost.
    pub(super) fn kept(
        &self,
        anew: Stated<'_>,
        loss_check: &LossCheck<'_>,
        template: &Template,
    ) -> Result<Vec<AsWritten>, String> {
        let mut kept = Vec::new();
        for kind in self.kinds() {
            let lost = self.lost(kind, anew, loss_check);
            // Whether skills and outcomes are a line, a list or a list of lists is their author's choice.
            if lost.is_none() && !matches!(kind, Kind::Skills | Kind::Outcomes) {
                continue;
            }
            let markdown = self.said(kind).markdown;
            // Of several values there is no one way they were written.
            let mut facts = self.facts(kind);
            match (facts.next(), facts.next()) {
                (Some(fact), None) if template.field(kind).is_some() && self.shows(&markdown, fact) => {
                    kept.push(AsWritten { kind, beside: self.stands_beside(fact), markdown });
                }
                _ => lost.map_or(Ok(()), Err)?,
            }
        }
        Ok(kept)
    }

    /// What a page written anew does not say of a value, if there is such a value.
    pub(super) fn first_lost(&self, anew: Stated<'_>, loss_check: &LossCheck<'_>) -> Option<String> {
        self.kinds().into_iter().find_map(|kind| self.lost(kind, anew, loss_check))
    }

    /// The label of a value that was kept and reads otherwise in its new place.
    pub(super) fn misread(&self, anew: Stated<'_>, kept: &[AsWritten]) -> Option<String> {
        let differs = |kind: Kind| self.said(kind).shown.trim() != anew.said(kind).shown.trim();
        kept.iter().map(|kept| kept.kind).find(|&kind| kind != Kind::Title && differs(kind)).map(|kind| self.label(kind))
    }

    /// The label of a field that has become a part of the description.
    pub(super) fn other_field(&self) -> Option<String> {
        let text = &self.entry.idea.description.as_ref()?.value;
        let holds = |fact: &&Fact<'_>| {
            let line = self.source.slice(fact.span()).lines().next().unwrap_or_default();
            matches!(fact.kind, Kind::Other | Kind::Status) && !fact.label.is_empty() && text.contains(line)
        };
        self.entry.draft.facts.iter().find(holds).map(|fact| fact.label.flow())
    }

    /// The text of the heading as it stands on the page, if it says more than the title: emphasis, a size, an anchor.
    pub(super) fn heading(&self, document: &Document) -> Option<AsWritten> {
        let line = self.source.slice(document.nodes[self.entry.draft.heading?].span()).trim();
        // What is underlined has two lines.
        let markdown = line.strip_prefix('#').filter(|text| !text.contains('\n'))?.trim_start_matches('#').trim();
        let says_more = markdown.trim_end_matches('#').trim_end() != self.entry.idea.title.value;
        says_more.then(|| AsWritten { kind: Kind::Title, beside: true, markdown: markdown.to_owned() })
    }

    fn lost(&self, kind: Kind, anew: Stated<'_>, loss_check: &LossCheck<'_>) -> Option<String> {
        // `Hard, 350 hours` is two values then.
        let there = if matches!(kind, Kind::Difficulty | Kind::Size) { Kind::DifficultyAndSize } else { kind };
        let lost = loss_check.lost_of(kind, &self.said(kind), &anew.said(there))?;
        Some(format!("{lost} in `{}`", self.label(kind)))
    }

    /// The kinds of the values, each once.
    fn kinds(&self) -> Vec<Kind> {
        let mut kinds = Vec::new();
        for kind in self.entry.draft.facts.iter().map(|fact| same(fact.kind)) {
            if kind != Kind::Title && !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds
    }

    fn facts(&self, kind: Kind) -> impl Iterator<Item = &Fact<'_>> {
        let wanted = move |of: Kind| match kind {
            Kind::DifficultyAndSize => matches!(of, Kind::Difficulty | Kind::Size | Kind::DifficultyAndSize),
            kind => same(of) == kind,
        };
        self.entry.draft.facts.iter().filter(move |fact| wanted(fact.kind) && !fact.parts.is_empty())
    }

    fn label(&self, kind: Kind) -> String {
        self.facts(kind).next().map(|fact| fact.label.flow()).unwrap_or_default()
    }

    /// What the idea says of a kind.
    fn said(&self, kind: Kind) -> Said {
        let mut said = Said::default();
        for fact in self.facts(kind) {
            let texts: Vec<Text<'_>> = fact.parts.iter().map(|part| part.text).collect();
            for text in &texts {
                said.shown.push_str(text.as_str());
                said.shown.push('\n');
            }
            // Data is no Markdown.
            if fact.style != Style::Key {
                said.markdown.push_str(&layout::markdown(self.source, &texts));
                said.markdown.push_str("\n\n");
            }
        }
        said.markdown.truncate(said.markdown.trim_end().len());
        said
    }

    /// True for a value that begins on the line of its label.
    fn stands_beside(&self, fact: &Fact<'_>) -> bool {
        let first = fact.parts.first().map_or(fact.label.span(), |part| part.text.span());
        let between = Span::new(fact.label.span().end, first.start.max(fact.label.span().end));
        fact.style != Style::Heading && !self.source.slice(between).contains('\n')
    }

    /// True if Markdown reads as the value does. Beside a label nothing begins a block.
    fn shows(&self, markdown: &str, fact: &Fact<'_>) -> bool {
        let label = if self.stands_beside(fact) { "Label: " } else { "" };
        let page = format!("{label}{markdown}");
        let document = Document::read(&page, Span::new(0, page.len()));
        let texts = document.texts(0..document.nodes.len()).map(|(_, text)| text.as_str().trim());
        texts.map(|text| text.strip_prefix(label).unwrap_or(text)).eq(fact.parts.iter().map(|part| part.text.as_str().trim()))
    }
}
