//! The outline of a page: its ideas with their fields, below the projects that they are filed under.

use gen_lsp_types::{BaseSymbolInformation, DocumentSymbol, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind};

use super::client::Client;
use super::position::Lines;
use crate::layout::{Entry, Inspection, Tree};
use crate::render::safe;
use crate::text::{Source, Span};

/// A symbol before its places are told.
struct Symbol {
    name: String,
    detail: Option<String>,
    kind: SymbolKind,
    /// All of it.
    span: Span,
    /// What to go to.
    name_span: Span,
    children: Vec<Symbol>,
}

/// The symbols of a page.
pub(super) fn of_page(source: &Source, uri: &str, client: &Client) -> Option<DocumentSymbolResponse> {
    let tree = Tree::read(source).ok()?;
    let seen = tree.inspect().ok()?;
    let mut symbols: Vec<Symbol> = Vec::new();
    let mut filed_under = None;
    for (at, entry) in seen.entries.iter().enumerate() {
        let idea = idea(entry, reach(at, &seen, source));
        let own = project(entry).filter(|(_, span)| span.start < idea.span.start);
        let own_span = own.as_ref().map(|(_, span)| *span);
        if let Some((name, span)) = own.filter(|_| filed_under != own_span) {
            let kind = SymbolKind::Namespace;
            symbols.push(Symbol { name, detail: None, kind, span, name_span: span, children: Vec::new() });
        }
        filed_under = own_span;
        match symbols.last_mut().filter(|_| own_span.is_some()) {
            Some(parent) => {
                parent.span = parent.span.join(idea.span);
                parent.children.push(idea);
            }
            None => symbols.push(idea),
        }
    }
    let lines = Lines::new(source.text(), client.encoding);
    Some(if client.nests_symbols {
        DocumentSymbolResponse::DocumentSymbolList(symbols.into_iter().map(|symbol| nested(symbol, &lines)).collect())
    } else {
        let mut list = Vec::new();
        flat(symbols, None, uri, &lines, &mut list);
        DocumentSymbolResponse::SymbolInformationList(list)
    })
}

fn title(entry: &Entry<'_>) -> Span {
    entry.idea.title.span.unwrap_or(Span::new(0, 0))
}

/// The project of an idea, where the page says it.
fn project(entry: &Entry<'_>) -> Option<(String, Span)> {
    let project = entry.idea.project.as_ref()?;
    Some((name(&project.value), project.span?))
}

/// From the title of an idea to the end of its last field, or to what comes next if that is a heading.
fn reach(at: usize, seen: &Inspection<'_>, source: &Source) -> Span {
    let entry = &seen.entries[at];
    let own = title(entry);
    let next_idea = seen.entries.get(at + 1).map(|next| title(next).start);
    let headings = seen.headings.iter().filter(|heading| !heading.in_idea).map(|heading| heading.text.span().start);
    let next = headings.chain(next_idea).filter(|&start| start > own.end).min();
    // Ideas in the rows of a table, or in data, may share lines.
    let end = match next {
        Some(next) => source.line_start(next).max(own.end),
        None if seen.headings.is_empty() => entry.draft.facts.iter().map(|fact| fact.span().end).fold(own.end, usize::max),
        None => source.text().len(),
    };
    Span::new(own.start, end)
}

/// An idea with its fields.
fn idea(entry: &Entry<'_>, span: Span) -> Symbol {
    Symbol {
        name: name(&entry.idea.title.value),
        detail: None,
        kind: SymbolKind::Class,
        span,
        name_span: title(entry),
        children: fields(entry, span),
    }
}

/// The fields of an idea that lie inside of it.
fn fields(entry: &Entry<'_>, whole: Span) -> Vec<Symbol> {
    let labelled = entry.draft.facts.iter().filter(|fact| !fact.label.trim().is_empty());
    let inside = labelled.filter(|fact| whole.start <= fact.label.span().start && fact.span().end <= whole.end);
    let symbol = inside.map(|fact| {
        let value = fact.lines().next().map(|(line, _)| name(line.as_str()));
        let span = fact.span();
        Symbol {
            name: name(fact.label.as_str()),
            detail: value,
            kind: SymbolKind::Field,
            span,
            name_span: fact.label.span(),
            children: Vec::new(),
        }
    });
    symbol.collect()
}

/// A name is never empty.
fn name(text: &str) -> String {
    let name = safe::line(text);
    if name.is_empty() { "-".to_owned() } else { name.into_owned() }
}

fn nested(symbol: Symbol, lines: &Lines<'_>) -> DocumentSymbol {
    let Symbol { name, detail, kind, span, name_span, children } = symbol;
    let children: Vec<DocumentSymbol> = children.into_iter().map(|child| nested(child, lines)).collect();
    let (range, selection_range) = (lines.range(span.join(name_span)), lines.range(name_span));
    let children = (!children.is_empty()).then_some(children);
    DocumentSymbol::new(name, detail, kind, None, None, range, selection_range, children)
}

fn flat(symbols: Vec<Symbol>, container: Option<&str>, uri: &str, lines: &Lines<'_>, list: &mut Vec<SymbolInformation>) {
    for Symbol { name, kind, name_span, children, .. } in symbols {
        let location = Location { uri: uri.into(), range: lines.range(name_span) };
        let base = BaseSymbolInformation::new(name.clone(), kind, None, container.map(str::to_owned));
        list.push(SymbolInformation::new(None, location, base));
        flat(children, Some(&name), uri, lines, list);
    }
}
