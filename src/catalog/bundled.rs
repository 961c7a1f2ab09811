//! The catalogue inside the program: the files of `ideas/`, embedded when it was built.

use std::path::Path;

use include_dir::{Dir, include_dir};
use rayon::prelude::*;

use super::{Home, Page};
use crate::text::Source;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/ideas");

/// What stands before a bundled page's path: where it is found in this repository.
const ROOT: &str = "ideas/";

pub(super) fn read() -> Vec<Page> {
    let mut files = Vec::new();
    collect(&FILES, &mut files);
    files.sort_by_key(|file| file.path());
    files
        .into_par_iter()
        .map(|file| {
            let path = format!("{ROOT}{}", file.path().display());
            Page { home: Home::Bundled, ..super::read_bytes(Path::new(&path), file.contents().to_vec()).1 }
        })
        .collect()
}

/// The text of a bundled page, by its path in a catalogue.
pub(super) fn source(path: &str) -> Option<Source> {
    let file = FILES.get_file(path.strip_prefix(ROOT)?)?;
    Some(Source::new(path, file.contents_utf8()?))
}

fn collect<'a>(folder: &'a Dir<'a>, files: &mut Vec<&'a include_dir::File<'a>>) {
    files.extend(folder.files());
    for inner in folder.dirs() {
        collect(inner, files);
    }
}
