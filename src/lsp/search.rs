//! The ideas of a workspace by their titles: what an editor asks for when somebody goes to a symbol of any file.

use std::path::{Path, PathBuf};

use gen_lsp_types::{BaseSymbolInformation, Location, Position, Range, SymbolInformation, SymbolKind};

use super::workspace;
use crate::catalog::{Cache, Catalog, Origin, Parts};
use crate::idea::Idea;
use crate::render::safe;

/// No more are shown: nobody reads them.
const MOST: usize = 500;

/// The ideas whose titles have the letters of a query in their order. Those of `open` documents are as they are on the
/// screen, the others as the files of the folders have them.
pub(super) fn ideas(query: &str, folders: &[PathBuf], open: &[(&str, &[Idea])]) -> Vec<SymbolInformation> {
    let origins: Vec<Origin> = folders.iter().cloned().map(Origin::Path).collect();
    let on_disk = Catalog::of(Parts::of(&origins).with_cache(Cache::open()));
    let shown = open.iter().flat_map(|&(uri, ideas)| ideas.iter().map(move |idea| (uri.to_owned(), idea)));
    let saved = on_disk.ideas.iter().filter_map(|idea| Some((workspace::uri(Path::new(&idea.source.path))?, idea)));
    let closed = saved.filter(|(uri, _)| open.iter().all(|(other, _)| other != uri));
    let found = shown.chain(closed).filter(|(_, idea)| has_letters(&idea.title.value, query));
    found.take(MOST).map(|(uri, idea)| symbol(uri, idea)).collect()
}

fn symbol(uri: String, idea: &Idea) -> SymbolInformation {
    let line = u32::try_from(idea.source.line.saturating_sub(1)).unwrap_or(u32::MAX);
    let start = Position { line, character: 0 };
    let location = Location { uri: uri.into(), range: Range { start, end: start } };
    let container = idea.filed_under().map(|name| safe::line(name).into_owned());
    let name = safe::line(&idea.title.value).into_owned();
    SymbolInformation::new(None, location, BaseSymbolInformation::new(name, SymbolKind::Class, None, container))
}

/// True if the letters of a query stand in a text in their order, in any case.
fn has_letters(text: &str, query: &str) -> bool {
    let mut said = text.chars().flat_map(char::to_lowercase);
    query.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).all(|wanted| said.any(|c| c == wanted))
}
