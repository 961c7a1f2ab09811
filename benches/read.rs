//! What reading costs, as a ratio: the whole reader (document, fields, values, skills) against a bare pulldown-cmark pass
//! over the same pages in the same process. Prints a table; asserts nothing, because machines are noisy.
//!
//! `cargo bench --bench read [FOLDER]` reads the pages of FOLDER, else of `../shared/corpus/pages`, else the bundled ones.

mod measure;

use std::hint::black_box;

use mentorship_ideas::{document, layout, page::Page};
use pulldown_cmark::Parser;

const ROUNDS: u32 = 200;

fn main() {
    let pages = measure::pages();
    let mut bare = || {
        for page in &pages {
            for event in Parser::new_ext(page.text(), document::options()).into_offset_iter() {
                black_box(event);
            }
        }
    };
    let mut outlined = || {
        for page in &pages {
            black_box(document::Document::read(page.text(), Page::read(page.text()).body));
        }
    };
    let mut read = || {
        for page in &pages {
            black_box(layout::read(page).expect("a page"));
        }
    };
    measure::compare(
        &pages,
        ROUNDS,
        &mut [("pulldown-cmark alone", &mut bare), ("document", &mut outlined), ("read", &mut read)],
    );
}
