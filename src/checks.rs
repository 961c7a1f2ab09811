//! Whether the upstream issues of ideas are still open, and their links still work.
//!
//! Requests are sent for `ideas check` and `ideas validate --online` only; the store keeps the answers, and ideas are
//! shown with them from then on.
//!
//! An issue of a tracker that is known (`[[issues]]` of `schemas/sources.toml`) is asked for by its API, everything
//! else as the page that it is. GitHub is asked issue by issue, conditionally, and not in batches through GraphQL: that
//! needs a token, which few have who look for an idea, and with a token an hour's 5,000 requests are enough for all
//! ideas of a year, those of them that have not changed cost nothing. Without one an hour has 60: the newest terms come
//! first, answers are kept, and the next run continues.

mod ask;
mod plan;
mod tracker;

pub use ask::{Report, Unanswered, Wait, ask};
pub use plan::{Ask, Plan};
