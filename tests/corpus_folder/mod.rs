//! Where the real pages lie, which are no part of this repository: `IDEAS_CORPUS` names their folder, else it is looked for
//! beside the checkout, in `../shared/corpus`. Without it, tests say that they check nothing.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::{env, fs};

use mentorship_ideas::text::Source;

/// The corpus's folder; `None`, and loudly so, where it is not at hand.
pub(crate) fn find() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(|parent| parent.join("shared/corpus"));
    let folder = env::var_os("IDEAS_CORPUS").map(PathBuf::from).or_else(beside).filter(|folder| folder.is_dir());
    if folder.is_none() {
        // `eprintln!` is kept back in a test that passes.
        let _ =
            writeln!(io::stderr(), "SKIPPED: there is no corpus here, and nothing was checked; set IDEAS_CORPUS to its folder");
    }
    folder
}

/// The pages in it, by name.
#[allow(dead_code)] // some tests have the program read them
pub(crate) fn pages(folder: &Path) -> Vec<Source> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder.join("pages")).unwrap().map(|file| file.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| Source::decode(&path, fs::read(&path).unwrap()).0).collect()
}

/// All real pages in Markdown: the corpus's, and those that lie beside it.
#[allow(dead_code)] // some tests look at the corpus alone
pub(crate) fn real_pages() -> Vec<Source> {
    let Some(corpus) = find() else { return Vec::new() };
    let folders = ["pages", "../wild/pages", "../wild/more"].map(|folder| corpus.join(folder));
    let files = folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().map(|file| file.unwrap().path());
    let mut paths: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect();
    paths.sort();
    paths.into_iter().map(|path| Source::decode(&path, fs::read(&path).unwrap()).0).collect()
}
