//! Tells cargo that the bundled catalogue is part of the program (a new file in `ideas/` must rebuild it), and the program which
//! build it is: what another build has read from a page may be something else, so the cache asks. Writes the vocabularies as the
//! program reads them at every start.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::path::Path;
use std::{env, fs, io};

/// The files of `schemas/` that most calls need.
const VOCABULARIES: [&str; 6] = ["labels", "ranking", "skills", "synonyms", "values", "word-forms"];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=ideas");
    let mut hasher = DefaultHasher::new();
    // The lock file says which versions of other crates read the pages.
    for part in ["src", "schemas", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={part}");
        hash(Path::new(part), &mut hasher)?;
    }
    println!("cargo::rustc-env=IDEAS_BUILD={:016x}", hasher.finish());
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set: expected to be run by cargo"))?;
    VOCABULARIES.iter().try_for_each(|name| write_json(name, Path::new(&out)))?;
    write_topics(Path::new(&out))
}

/// Writes what well-known projects and the organizations of all built-in listings work on, by their names.
fn write_topics(folder: &Path) -> io::Result<()> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in fs::read_dir("schemas/organizations")? {
        for organization in read(&entry?.path())?.get("organizations").and_then(toml::Value::as_array).into_iter().flatten() {
            let Some(name) = organization.get("name").and_then(toml::Value::as_str) else { continue };
            let topics = organization.get("topics").and_then(toml::Value::as_array).into_iter().flatten();
            let topics = topics.filter_map(toml::Value::as_str).map(str::to_owned);
            all.entry(name.to_owned()).or_default().extend(topics);
        }
    }
    for (name, topics) in
        read(Path::new("schemas/topics.toml"))?.get("topics").and_then(toml::Value::as_table).into_iter().flatten()
    {
        let topics = topics.as_array().into_iter().flatten().filter_map(toml::Value::as_str).map(str::to_owned);
        all.entry(name.clone()).or_default().extend(topics);
    }
    fs::write(folder.join("topics.json"), serde_json::to_vec(&all)?)
}

fn read(path: &Path) -> io::Result<toml::Table> {
    fs::read_to_string(path)?.parse().map_err(|error| io::Error::other(format!("{}: {error}", path.display())))
}

/// Writes a vocabulary as JSON.
fn write_json(name: &str, folder: &Path) -> io::Result<()> {
    let table = read(&Path::new("schemas").join(name).with_extension("toml"))?;
    fs::write(folder.join(name).with_extension("json"), serde_json::to_vec(&table)?)
}

/// Everything below a path, in the order of names.
fn hash(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    if path.is_dir() {
        let mut entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| hash(entry, hasher));
    }
    if path.exists() {
        path.hash(hasher);
        fs::read(path)?.hash(hasher);
    }
    Ok(())
}
