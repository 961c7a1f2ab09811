//! Pages that lead to those that have ideas: the links of one are followed, one level deep, if it has no ideas itself,
//! or no more of them than titles.

use std::path::Path;

use crate::catalog::fetched::{FetchedPage, ideas};
use crate::idea::Idea;
use crate::layout::Tree;
use crate::sources::address::Parts;
use crate::sources::index;
use crate::text::Source;
use crate::web::redirect;

use super::FetchError;
use super::batch::Batch;

/// The pages with ideas that a page leads to; the batch as it is, if its page has ideas itself or leads to none. Its links are
/// relative to `base`; `fetch` gets the page of an address.
pub(super) fn follow(
    batch: Batch,
    base: &str,
    fetch: impl Fn(&str) -> Result<Vec<FetchedPage>, FetchError>,
) -> Result<Batch, FetchError> {
    let [page] = batch.pages.as_slice() else { return Ok(batch) };
    if says_more(page) {
        return Ok(batch);
    }
    let mut found = Batch::default();
    for link in links(page, base) {
        match fetch(&link) {
            Ok(pages) => {
                for page in pages.into_iter().filter(has_ideas) {
                    found.take(page.path, page.url, page.given, Ok(page.bytes))?;
                }
            }
            // Whoever is asked no more would make the pages that are left look gone.
            Err(error) if error.ends_the_source() => return Err(error),
            // A link may well be dead.
            Err(error) if error.is_of_the_way() => log::info!("{link}: {error}"),
            Err(error) => {
                let path = Parts::of(&link).map_or(link.as_str(), Parts::rest);
                found.left_out.push((path.to_owned(), error));
            }
        }
    }
    // The batch has no mark: the page that leads to them may stay as it is while they change, so each is asked for what is new.
    Ok(if found.pages.is_empty() { Batch { left_out: found.left_out, ..batch } } else { found })
}

/// True if a page has ideas, and says more of one than what it is called. A list of links to ideas looks like one of ideas.
fn says_more(page: &FetchedPage) -> bool {
    let says_more = |idea: &Idea| {
        let is_bare = idea.mentors.is_empty() && idea.hours.is_empty() && idea.difficulty.is_empty() && idea.outcomes.is_empty();
        !is_bare || idea.description.is_some() || !idea.skills.is_empty() || !idea.technologies.is_empty()
    };
    ideas(vec![page.clone()]).iter().flatten().any(says_more)
}

fn has_ideas(page: &FetchedPage) -> bool {
    ideas(vec![page.clone()]).iter().any(|ideas| !ideas.is_empty())
}

/// The addresses that a page links, relative to `base`, and that may have ideas.
fn links(page: &FetchedPage, base: &str) -> Vec<String> {
    let (source, _) = Source::decode(Path::new(&page.path), page.bytes.clone());
    let Ok(tree) = Tree::read(&source) else { return Vec::new() };
    let whole = tree.document.links().iter().filter_map(|link| redirect::follow(base, &link.url).ok());
    index::candidates(base, whole)
}
