//! What reading costs, as a ratio: the whole reader (outline, fields, values, skills) against a bare pulldown-cmark pass
//! over the same pages in the same process. Prints a table; asserts nothing, because machines are noisy.
//!
//! `cargo bench --bench read [FOLDER]` reads the pages of FOLDER, else of `../shared/corpus/pages`, else the bundled ones.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mentorship_ideas::{layout, outline, page::Page, text::Source};
use pulldown_cmark::Parser;

/// Rounds of each measurement; the fastest counts, the others were disturbed.
const ROUNDS: u32 = 200;

fn main() {
    let named = std::env::args().skip(1).find(|arg| !arg.starts_with('-')).map(PathBuf::from);
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = named
        .into_iter()
        .chain([here.join("../shared/corpus/pages"), here.join("ideas")])
        .find(|folder| folder.is_dir())
        .expect("a folder of pages");
    let pages: Vec<Source> = ignore::Walk::new(&folder)
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "md"))
        .map(|entry| Source::decode(entry.path(), std::fs::read(entry.path()).expect("a readable page")).0)
        .collect();
    let bytes: usize = pages.iter().map(|page| page.text().len()).sum();

    let bare = fastest(|| {
        for page in &pages {
            for event in Parser::new_ext(page.text(), outline::options()).into_offset_iter() {
                black_box(event);
            }
        }
    });
    let outlined = fastest(|| {
        for page in &pages {
            black_box(outline::Outline::read(page.text(), Page::read(page.text()).body));
        }
    });
    let read = fastest(|| {
        for page in &pages {
            black_box(layout::read(page).expect("a page"));
        }
    });
    println!("{} pages, {bytes} bytes, fastest of {ROUNDS} rounds", pages.len());
    for (name, time) in [("pulldown-cmark alone", bare), ("outline", outlined), ("read", read)] {
        println!("{name:<22} {:>9.3} ms   {:>5.2} x", time.as_secs_f64() * 1e3, time.as_secs_f64() / bare.as_secs_f64());
    }
}

fn fastest(mut work: impl FnMut()) -> Duration {
    (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}
