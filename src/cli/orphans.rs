//! Pages of sources that are gone: what is known of them, and how to be rid of them.

use crate::sources::own::Own;
use crate::store::{Manifest, StateError, Store};

use super::as_typed;
use super::directories::Owned;

/// What was fetched from sources that are not the user's any more: somebody took them out of the file, or a `remove` was
/// killed.
pub(super) fn orphans(own: &Own, store: &Store) -> Result<Vec<Result<Manifest, StateError>>, StateError> {
    let owned = Owned::new(own, store);
    let is_orphan = |manifest: &Result<Manifest, StateError>| match manifest {
        Ok(manifest) => !owned.holds(&manifest.source),
        Err(error) => error.of.as_ref().is_none_or(|source| !owned.holds(source)),
    };
    Ok(store.manifests()?.into_iter().filter(is_orphan).collect())
}

/// That a source is not the user's any more.
pub(super) fn orphaned(name: &str) -> String {
    let remove = as_typed(name);
    format!(
        "`{name}` is none of your sources any more, and its ideas are still listed; `ideas sources remove {remove}` forgets them"
    )
}
