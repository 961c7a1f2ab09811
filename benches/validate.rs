//! What validating costs, as a ratio: every page held to all rules, against only reading it, in the same process. Prints a
//! table; asserts nothing, because machines are noisy.
//!
//! `cargo bench --bench validate [FOLDER]` takes the pages of FOLDER, else of `../shared/corpus/pages`, else the bundled ones.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mentorship_ideas::lint::{self, Limits, Linted};
use mentorship_ideas::{layout, text::Source};

/// Rounds of each measurement; the fastest counts, the others were disturbed.
const ROUNDS: u32 = 100;

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

    // Both take the text itself: what a copy costs is in both.
    let read = fastest(|| {
        for page in &pages {
            let page = page.clone();
            black_box(layout::read(&page).expect("a page"));
        }
    });
    let validated = fastest(|| {
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
    });
    println!("{} pages, {bytes} bytes, fastest of {ROUNDS} rounds", pages.len());
    for (name, time) in [("read", read), ("validate", validated)] {
        println!("{name:<22} {:>9.3} ms   {:>5.2} x", time.as_secs_f64() * 1e3, time.as_secs_f64() / read.as_secs_f64());
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
