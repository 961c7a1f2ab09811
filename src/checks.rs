//! Whether the upstream issues of ideas are still open, and their links still lead somewhere: what was answered, and asking for it.
//!
//! Nothing is asked unless somebody says so (`ideas check`, `ideas validate --online`). Answers are kept with their date in the data
//! folder, and ideas are shown with them from then on; without a single answer there is no file, and nothing is read.
//!
//! An issue of a tracker that is known (`[[issues]]` of `schemas/sources.toml`) is asked for by its API, everything else as the page
//! that it is. GitHub is asked issue by issue, conditionally, and not in batches through GraphQL: that needs a token, which few have
//! who look for an idea, and with a token an hour's 5,000 requests are enough for all ideas of a year, those of them that have not
//! changed cost nothing. Without one an hour has 60: the newest terms come first, what was answered stays answered, and the next call
//! goes on.

mod ask;
mod plan;
mod tracker;

pub use ask::{Report, Silence, Wait, ask};
pub use plan::{Ask, Plan};
