//! What validating costs, as a ratio: every page held to all rules, against only reading it, in the same process. Prints a
//! table; asserts nothing, because machines are noisy.
//!
//! `cargo bench --bench validate [FOLDER]` takes the pages of FOLDER, else of `../shared/corpus/pages`, else the bundled ones.

mod measure;

use std::hint::black_box;

use mentorship_ideas::layout;
use mentorship_ideas::lint::{self, Limits, Linted};

const ROUNDS: u32 = 100;

fn main() {
    let pages = measure::pages();
    // Both take the text itself: what a copy costs is in both.
    let mut read = || {
        for page in &pages {
            let page = page.clone();
            black_box(layout::read(&page).expect("a page"));
        }
    };
    let mut validated = || {
        let (mut linted, mut findings): (Vec<Linted>, Vec<_>) = (Vec::new(), Vec::new());
        for (at, page) in pages.iter().enumerate() {
            let (page, mut found) = lint::page(page.clone(), None).expect("a page");
            for finding in &mut found {
                finding.page = at;
            }
            linted.push(page);
            findings.append(&mut found);
        }
        black_box(lint::catalog(&linted, findings, &Limits::default()));
    };
    measure::compare(&pages, ROUNDS, &mut [("read", &mut read), ("validate", &mut validated)]);
}
