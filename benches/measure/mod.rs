//! What is measured, and how: the pages of a folder, and the fastest of many rounds.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mentorship_ideas::text::Source;

/// The pages of the folder that the command line names, else of `../shared/corpus/pages`, else the bundled ones.
pub(crate) fn pages() -> Vec<Source> {
    let named = std::env::args().skip(1).find(|arg| !arg.starts_with('-')).map(PathBuf::from);
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = named
        .into_iter()
        .chain([here.join("../shared/corpus/pages"), here.join("ideas")])
        .find(|folder| folder.is_dir())
        .expect("a folder of pages");
    ignore::Walk::new(&folder)
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "md"))
        .map(|entry| Source::decode(entry.path(), std::fs::read(entry.path()).expect("a readable page")).0)
        .collect()
}

/// Prints how long each work takes, and its ratio to the first.
///
/// Of so many rounds the fastest counts: the others were disturbed. The works take turns, so that a machine that is busy for
/// a while is so for all of them.
pub(crate) fn compare(pages: &[Source], rounds: u32, works: &mut [(&str, &mut dyn FnMut())]) {
    let mut fastest = vec![Duration::MAX; works.len()];
    for _ in 0..rounds {
        for ((_, work), fastest) in works.iter_mut().zip(&mut fastest) {
            let start = Instant::now();
            work();
            *fastest = start.elapsed().min(*fastest);
        }
    }
    let bytes: usize = pages.iter().map(|page| page.text().len()).sum();
    println!("{} pages, {bytes} bytes, fastest of {rounds} rounds", pages.len());
    for ((name, _), time) in works.iter().zip(&fastest) {
        let ratio = time.as_secs_f64() / fastest[0].as_secs_f64();
        println!("{name:<22} {:>9.3} ms   {ratio:>5.2} x", time.as_secs_f64() * 1e3);
    }
}
