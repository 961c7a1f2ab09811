//! Whether an idea that stands on several pages or in several terms is taken once, as every command that shows or counts ideas
//! does unless told otherwise.

use crate::catalog::Catalog;
use crate::query::Query;
use crate::query::once::{self, Once, once};

/// Once, or wherever it stands.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub(super) struct DuplicatesArg {
    /// Show an idea wherever it stands, not only in its newest term
    ///
    /// An idea that stands on several pages or in several terms is shown and counted once: the newest that the filters let
    /// through, which says where the others are. Two ideas are one if they have the same owner and title, the same title and
    /// a mentor or a text in common, or the same upstream issue and similar titles; never if they stand on one page,
    /// and never for their title alone.
    #[arg(long, help_heading = "Output")]
    pub(super) duplicates: bool,
}

impl DuplicatesArg {
    /// The ideas that match.
    pub(super) fn choose(self, query: &Query, catalog: &mut Catalog) -> Once {
        let Catalog { ideas, faces, .. } = catalog;
        let wanted = query.places(ideas);
        if self.duplicates { Once::all(wanted) } else { once(ideas, faces, wanted) }
    }

    /// How many ideas there are, whatever is asked for.
    pub(super) fn count(self, catalog: &Catalog) -> usize {
        if self.duplicates { catalog.ideas.len() } else { once::count(&catalog.ideas, &catalog.faces) }
    }
}
