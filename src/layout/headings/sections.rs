//! How a page falls into sections: every heading that labels no fact opens one, and what follows it is read into it.

use std::ops::Range;

use crate::data::Value;
use crate::document::{self, Document};
use crate::fields::{self, Style};
use crate::labels::{self, Kind, Labels};
use crate::layout::{page_facts, table, title};
use crate::prose::Text;

use super::evidence::Evidence;
use super::{BOLD, LEVELS, Role, Section, Sections};

/// A heading, read once.
#[derive(Clone, Copy)]
struct Headline<'a> {
    text: Text<'a>,
    title: title::Title<'a>,
    role: Role,
}

impl<'a> Headline<'a> {
    fn read(text: Text<'a>) -> Self {
        let said = text.as_str();
        let role = match Labels::get().heading(said) {
            labels::Heading::Sample => Role::Void,
            labels::Heading::Invitation => Role::Invitation,
            _ if is_marked_sample(said) => Role::Void,
            labels::Heading::Container => Role::Container,
            // "Tidepool — GSoC ideas" is the page's title.
            labels::Heading::Plain if page_facts::owner(text).is_some() => Role::Container,
            labels::Heading::Plain if !said.chars().any(char::is_alphabetic) => Role::Container,
            labels::Heading::Plain => Role::Plain,
        };
        Headline { text, title: title::read(text), role }
    }
}

/// What a heading is to the page.
enum Head<'a> {
    /// It labels a fact of the idea above it.
    Field,
    /// It labels something that no text follows; or it is a title that sounds like that.
    Label,
    /// It names the project of the idea above it; or it is a title that sounds like that.
    Name,
    /// It labels a title: an idea begins, or gets its name.
    Title(title::Title<'a>),
    /// It opens a section.
    Section,
}

impl<'a> Sections<'a> {
    pub(super) fn read(document: &'a Document, front: Option<Value<'a>>, taken: &[Range<usize>]) -> Self {
        let mut sections = Sections { document, all: Vec::new(), complete: [false; LEVELS] };
        // What stands before the first heading, or on a page without one, belongs to the page itself.
        let page_title = front.and_then(|front| front.get("title")).and_then(Value::text);
        let page = sections.open(page_title.map(Headline::read), None, 0, None);
        // The page's own name is a name for its only idea, not for its list of ideas.
        let mut stack = vec![page];
        let mut current = page;
        let mut start = 0;
        for node in blocks(document) {
            if taken.iter().any(|range| range.start == node) {
                sections.close_run(current, start..node);
                start = document.nodes[node].end;
                continue;
            }
            let text = document.text(node).trim();
            let level = match document.nodes[node].kind {
                _ if document.nodes[node].verbatim => continue,
                document::Kind::Heading(level) => level,
                document::Kind::Paragraph if is_bold_heading(text) => BOLD,
                _ => continue,
            };
            sections.close_run(current, start..node);
            start = node + 1;
            let headline = Headline::read(text);
            match head(headline) {
                // "Frameworks", and below it the first of several ideas: a group, whatever it sounds like.
                Head::Field if sections.is_group(node, level) => {
                    current = sections.push(&mut stack, headline, node, level);
                }
                // "Website" may be a label, and the title of an idea that is about one: what is below it tells.
                Head::Label if sections.is_idea_below(node, ends_at(document, node)) => {
                    current = sections.push(&mut stack, headline, node, level);
                }
                // So may "Modules: …", among ideas.
                Head::Name if sections.complete[usize::from(level)] && sections.is_idea_below(node, ends_at(document, node)) => {
                    current = sections.push(&mut stack, headline, node, level);
                }
                Head::Field | Head::Label | Head::Name => {
                    // Its text is read with the run: the label is the heading itself.
                    start = node;
                    current = sections.home(&mut stack, level);
                }
                Head::Title(title) => {
                    let top = stack.last().copied().filter(|&top| sections.awaits_title(top, level));
                    current = match top {
                        Some(top) => top,
                        None => sections.push(&mut stack, headline, node, level),
                    };
                    sections.all[current].title = Some(title::Title { marked: true, ..title });
                    sections.all[current].role = Role::Plain;
                }
                Head::Section => {
                    current = sections.push(&mut stack, headline, node, level);
                    if document.nodes[node].struck {
                        sections.all[current].role = Role::Void;
                    }
                }
            }
        }
        sections.close_run(current, start..document.nodes.len());
        sections
    }

    fn open(&mut self, headline: Option<Headline<'a>>, node: Option<usize>, level: u8, parent: Option<usize>) -> usize {
        let (heading, title) = (headline.map(|headline| headline.text), headline.map(|headline| headline.title));
        let role = headline.map_or(Role::Plain, |headline| headline.role);
        self.all.push(Section {
            node,
            heading,
            level,
            parent,
            role,
            title,
            fields: Vec::new(),
            loose: Vec::new(),
            evidence: Evidence::default(),
            idea: false,
            apart: false,
            named_by_field: false,
        });
        self.all.len() - 1
    }

    fn push(&mut self, stack: &mut Vec<usize>, headline: Headline<'a>, node: usize, level: u8) -> usize {
        while stack.last().is_some_and(|&top| self.all[top].level >= level) {
            stack.pop();
        }
        let section = self.open(Some(headline), Some(node), level, stack.last().copied());
        stack.push(section);
        section
    }

    /// True for "Project 3" with nothing below it yet: a title that follows names it.
    fn awaits_title(&self, section: usize, level: u8) -> bool {
        let section = &self.all[section];
        section.level > 0
            && section.level <= level
            && section.fields.is_empty()
            && section.title.is_some_and(|title| title.marked && title.text.is_empty())
    }

    /// True if nothing stands between a heading and the next one, which is deeper, and which opens an idea.
    fn is_group(&self, heading: usize, level: u8) -> bool {
        let next = heading + 1;
        let deeper = self
            .document
            .nodes
            .get(next)
            .is_some_and(|node| matches!(node.kind, document::Kind::Heading(below) if below > level));
        deeper
            && fields::label(self.document.text(next).trim(), Style::Heading).is_none()
            && self.is_idea_below(next, ends_at(self.document, next))
    }

    /// True if the nodes after a heading, up to `end`, tell so much that they can only be an idea.
    fn is_idea_below(&self, heading: usize, end: usize) -> bool {
        // Several facts take several blocks.
        end > heading + 3 && Evidence::of(&fields::read(self.document, heading + 1..end).fields, self.document).is_complete()
    }

    fn close_run(&mut self, section: usize, run: Range<usize>) {
        if run.is_empty() {
            return;
        }
        let mut found = fields::read(self.document, run);
        // Tables of ideas have a reader of their own.
        found.loose.retain(|&node| !table::is_cell(self.document, node));
        let section = &mut self.all[section];
        section.evidence.add(Evidence::of(&found.fields, self.document));
        if section.fields.is_empty() && section.loose.is_empty() {
            (section.fields, section.loose) = (found.fields, found.loose);
        } else {
            section.fields.append(&mut found.fields);
            section.loose.append(&mut found.loose);
        }
        self.complete[usize::from(section.level)] |= section.evidence.is_complete();
    }

    /// The section that a field's heading belongs to: usually the nearest above it; but a field may stand on the level of
    /// its own idea's heading.
    fn home(&self, stack: &mut Vec<usize>, level: u8) -> usize {
        let is_idea = |section: usize| {
            let section = &self.all[section];
            section.role == Role::Plain
                && section.level > 0
                && (section.evidence.facts() > 0 || section.title.is_some_and(|title| title.marked))
        };
        let above = stack.iter().rposition(|&section| self.all[section].level < level).unwrap_or(0);
        let beside = stack.iter().rposition(|&section| self.all[section].level == level && is_idea(section));
        let at = match beside {
            Some(beside) if !is_idea(stack[above]) => beside,
            _ => above,
        };
        stack.truncate(at + 1);
        stack[at]
    }
}

/// The blocks of a page; a list whose items begin with headings (`1. #### Title`) is taken apart.
fn blocks(document: &Document) -> Vec<usize> {
    let is_heading = |node: usize| matches!(document.nodes[node].kind, document::Kind::Heading(_));
    let mut blocks = Vec::new();
    for block in document.siblings(0..document.nodes.len()) {
        let list = document.nodes[block].kind == document::Kind::List;
        if list
            && !document.nodes[block].verbatim
            && document.children(block).any(|item| document.children(item).next().is_some_and(is_heading))
        {
            blocks.extend(document.children(block).flat_map(|item| document.children(item)));
        } else {
            blocks.push(block);
        }
    }
    blocks
}

/// Where the next heading is, or the page ends.
fn ends_at(document: &Document, heading: usize) -> usize {
    let is_heading = |node: &usize| matches!(document.nodes[*node].kind, document::Kind::Heading(_));
    (heading + 1..document.nodes.len()).find(is_heading).unwrap_or(document.nodes.len())
}

/// A paragraph that is one bold line and no label: "**1. Faster parser**".
fn is_bold_heading(text: Text<'_>) -> bool {
    text.bold_prefix() == Some(text.len()) && text.len() < 160 && fields::label(text, Style::Line).is_none()
}

/// "Faster parser (example)"
fn is_marked_sample(heading: &str) -> bool {
    let inside = heading.strip_suffix(')').and_then(|inner| inner.rsplit_once('('));
    inside.is_some_and(|(_, inside)| Labels::get().heading(inside) == labels::Heading::Sample)
}

/// "Projects", "Topics"; "Project" alone is a label.
fn is_list_of_ideas(heading: &str) -> bool {
    Labels::get().is_container(heading) && !heading.eq_ignore_ascii_case("project")
}

fn head(headline: Headline<'_>) -> Head<'_> {
    let Headline { text, title, role } = headline;
    if role == Role::Void {
        return Head::Section;
    }
    let Some(found) = fields::label(text, Style::Heading) else { return Head::Section };
    let named = !found.value.is_empty();
    match found.kind {
        Kind::Title if named => Head::Title(title),
        // "Project: …" announces an idea or a project, "Project" a list of them.
        Kind::Project | Kind::Title | Kind::Program | Kind::Organization | Kind::Term
            if title.text.as_str() != text.as_str() && named || !named && is_list_of_ideas(text.as_str()) =>
        {
            Head::Section
        }
        Kind::Title | Kind::Website | Kind::Project | Kind::Organization | Kind::Program | Kind::Term | Kind::Updated
            if !named =>
        {
            Head::Label
        }
        Kind::Project | Kind::Organization => Head::Name,
        _ => Head::Field,
    }
}
