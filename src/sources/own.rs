//! The sources that the user has chosen: `sources.toml` in the data folder. It is the user's file: whatever is not about the
//! source that is added or removed stays as it is, comments too.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::place::PlaceError;
use super::{Feed, Mirrors, Place, entry, known};
use crate::config::{self, ConfigError};
use crate::storage::{self, WriteError};
use crate::text::Source;

/// What stands at the top of a new file.
const HEADER: &str = "\
# Where `ideas sync` fetches pages from. `ideas sources add` and `remove` change this file; so may you.

";

/// The user's file of sources. It need not exist.
#[derive(Debug)]
pub struct Own {
    path: PathBuf,
    text: Option<String>,
    /// The sources, in the file's order.
    pub feeds: Vec<Feed>,
    /// What is fetched from elsewhere.
    pub mirrors: Mirrors,
}

/// Why the file stayed as it was.
#[derive(Debug, thiserror::Error)]
pub enum OwnError {
    /// The file cannot be read as what it is.
    #[error(transparent)]
    Invalid(#[from] ConfigError),
    /// What was to be added makes no sense.
    #[error("{0}")]
    Refused(String),
    /// There is one of that name.
    #[error("there is a source `{0}` already; choose another name with `--name`, or remove that one first")]
    Taken(String),
    /// The file cannot be written.
    #[error("{}: {why}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        why: WriteError,
    },
}

/// A source to be added.
#[derive(Clone, Debug)]
pub struct Addition {
    /// What it is to be called.
    pub name: String,
    /// Where it is; `None` for a source that is well known by its name.
    pub place: Option<Place>,
    /// Which of its files are pages: patterns as in `.gitignore`.
    pub files: Vec<String>,
    /// Whose ideas they are, where a page does not say.
    pub organization: Option<String>,
    /// The programme, where a page does not say.
    pub program: Option<String>,
    /// The term, where a page does not say.
    pub term: Option<String>,
}

impl Own {
    /// The user's sources.
    ///
    /// # Errors
    ///
    /// The file is there, and cannot be read or makes no sense.
    pub fn open() -> Result<Self, ConfigError> {
        let folder = storage::data_folder().map_err(|error| ConfigError {
            path: "sources.toml".into(),
            position: None,
            message: error.to_string(),
        })?;
        Self::read(folder.join("sources.toml"))
    }

    /// The sources of a file.
    ///
    /// # Errors
    ///
    /// The file is there, and cannot be read or makes no sense.
    pub fn read(path: PathBuf) -> Result<Self, ConfigError> {
        match fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Own { path, text: None, feeds: Vec::new(), mirrors: Mirrors::default() });
            }
            // A pipe would be waited for, and a device may have no end.
            Ok(about) if !about.is_file() => {
                let message = "is no regular file; move it away, and `ideas sources add` begins a new one".to_owned();
                return Err(ConfigError { path, position: None, message });
            }
            _ => {}
        }
        let here = path.parent().unwrap_or(Path::new("")).to_owned();
        let source = config::read(&path, &here)?;
        let (feeds, mirrors) = entry::read(&source, &here)?;
        Ok(Own { path, text: Some(source.text().to_owned()), feeds, mirrors })
    }

    /// Where the file is, or will be.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The user's sources, and those that are known beside them.
    pub fn and_known(&self) -> impl Iterator<Item = &Feed> {
        self.feeds.iter().chain(known::all().iter().filter(|known| self.find(&known.name).is_none()))
    }

    /// The source of a name.
    pub fn find(&self, name: &str) -> Option<&Feed> {
        self.feeds.iter().find(|feed| feed.is_called(name))
    }

    /// Adds a source, and gives it as it was understood.
    ///
    /// # Errors
    ///
    /// It makes no sense, its name is taken, or the file cannot be written.
    pub fn add(&mut self, new: &Addition) -> Result<Feed, OwnError> {
        if let Some(taken) = self.find(&new.name) {
            return Err(OwnError::Taken(taken.name.clone()));
        }
        let mut file = self.document()?;
        let mut entry = entry_of(new);
        // What stands in a file without sources is said above the first.
        let above = file.trailing().as_str().unwrap_or_default().replace("\r\n", "\n");
        let sources = file.entry("sources").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        if let Some(sources) = sources.as_array_of_tables_mut() {
            let is_first = sources.is_empty();
            let gap = if above.is_empty() || above.ends_with("\n\n") { "" } else { "\n" };
            entry.decor_mut().set_prefix(if is_first { format!("{above}{gap}") } else { "\n".to_owned() });
            sources.push(entry);
            if is_first {
                file.set_trailing("");
            }
        } else if let Some(sources) = sources.as_array_mut() {
            // `sources = [{ … }]` is the same in one line.
            sources.push(entry.into_inline_table());
        }
        let text = if self.text.is_some() { file.to_string() } else { format!("{HEADER}{file}") };
        self.write(&text)?;
        // The file that is read is the file that was checked.
        self.find(&new.name).cloned().ok_or_else(|| OwnError::Taken(new.name.clone()))
    }

    /// Removes a source; false if there is none of that name.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn remove(&mut self, name: &str) -> Result<bool, OwnError> {
        let Some(at) = self.feeds.iter().position(|feed| feed.is_called(name)) else { return Ok(false) };
        let mut file = self.document()?;
        if let Some(sources) = file.get_mut("sources").and_then(Item::as_array_of_tables_mut) {
            let kept = sources.get(at).map(|entry| set_apart(&above(entry))).unwrap_or_default();
            sources.remove(at);
            if let Some(next) = sources.get_mut(at) {
                let own = above(next);
                // A file does not begin with an empty line, and two in a row say no more than one.
                let own = if at == 0 || !kept.is_empty() { own.trim_start_matches('\n') } else { &own };
                next.decor_mut().set_prefix(format!("{kept}{own}"));
            } else {
                let end = format!("{kept}{}", file.trailing().as_str().unwrap_or_default());
                file.set_trailing(end);
            }
        } else if let Some(sources) = file.get_mut("sources").and_then(Item::as_array_mut) {
            sources.remove(at);
        }
        self.write(&file.to_string())?;
        Ok(true)
    }

    fn document(&self) -> Result<DocumentMut, OwnError> {
        let text = self.text.as_deref().unwrap_or_default();
        let fault = |error: toml_edit::TomlError| ConfigError {
            path: self.path.clone(),
            position: None,
            message: error.message().to_owned(),
        };
        Ok(text.parse::<DocumentMut>().map_err(fault)?)
    }

    /// Writes the file, if it will be understood.
    fn write(&mut self, text: &str) -> Result<(), OwnError> {
        let text = like(self.text.as_deref().unwrap_or_default(), text);
        let here = self.path.parent().unwrap_or(Path::new(""));
        // Where it would stand in the file helps nobody.
        let read = entry::read(&Source::new(self.path.clone(), text.clone()), here);
        let (feeds, mirrors) = read.map_err(|error| OwnError::Refused(error.message))?;
        let written = match &self.text {
            Some(before) => storage::replace(&self.path, before, &text),
            None => storage::write_with_folder(&self.path, text.as_bytes()),
        };
        written.map_err(|why| OwnError::Write { path: self.path.clone(), why })?;
        self.text = Some(text);
        (self.feeds, self.mirrors) = (feeds, mirrors);
        Ok(())
    }
}

/// A text with the line breaks and the mark at its beginning that the text before it has: the editor of TOML drops them.
fn like(before: &str, text: &str) -> String {
    let mark = if before.starts_with('\u{feff}') { "\u{feff}" } else { "" };
    let breaks = before.matches('\n').count();
    // Of a file that mixes them nobody knows what the next line should end with.
    let is_windows = breaks > 0 && before.matches("\r\n").count() == breaks;
    let text = if is_windows { text.replace("\r\n", "\n").replace('\n', "\r\n") } else { text.to_owned() };
    format!("{mark}{}", text.trim_start_matches('\u{feff}'))
}

/// What stands between a source and what is before it: comments and empty lines.
fn above(entry: &Table) -> String {
    let above = entry.decor().prefix().and_then(|above| above.as_str());
    above.unwrap_or_default().replace("\r\n", "\n")
}

/// The comments of what stands above a source that are not about it: an empty line sets them apart, or they are ours.
fn set_apart(above: &str) -> String {
    let end = above.rfind("\n\n").map_or(0, |at| at + 2);
    let kept = &above[..end];
    if kept.contains('#') {
        return kept.to_owned();
    }
    if above.starts_with(HEADER.trim_end()) { HEADER.to_owned() } else { String::new() }
}

fn entry_of(new: &Addition) -> Table {
    let mut entry = Table::new();
    entry["name"] = value(&new.name);
    match &new.place {
        Some(Place::Path(path)) => entry["path"] = value(path.to_string_lossy().as_ref()),
        Some(Place::Page(url)) => entry["url"] = value(url),
        Some(Place::Git { url, branch }) => {
            entry["git"] = value(url);
            if let Some(branch) = branch {
                entry["branch"] = value(branch);
            }
        }
        Some(Place::Directory(place)) => entry["directory"] = value(place.to_string()),
        None => {}
    }
    if !new.files.is_empty() {
        entry["files"] = value(new.files.iter().collect::<toml_edit::Array>());
    }
    for (key, said) in [("organization", &new.organization), ("program", &new.program), ("term", &new.term)] {
        if let Some(said) = said {
            entry[key] = value(said);
        }
    }
    entry
}

impl Addition {
    /// A source that is well known.
    pub fn known(name: &str) -> Option<Self> {
        let name = known::find(name)?.name.clone();
        Some(Self { name, place: None, files: Vec::new(), organization: None, program: None, term: None })
    }

    /// The source at a place that somebody means, also at a folder of a repository as a browser shows it; `here` is the working
    /// folder.
    ///
    /// # Errors
    ///
    /// Nothing can be meant, or nothing that is fetched.
    pub fn at(text: &str, here: &Path) -> Result<Self, PlaceError> {
        let (name, place, files) = match Place::meant(text, here) {
            Err(PlaceError::Folder { repository, branch, path }) => {
                let repository = Place::git(&repository, Some(branch))?;
                let path = percent_decode_str(&path).decode_utf8_lossy();
                let (name, files) = match &*path {
                    "" => (repository.name(), Vec::new()),
                    path => (format!("{}/{path}", repository.name()), vec![format!("/{path}/**")]),
                };
                (name, repository, files)
            }
            place => place.map(|place| (place.name(), place, Vec::new()))?,
        };
        Ok(Self { name, place: Some(place), files, organization: None, program: None, term: None })
    }

    /// The source, as it would be understood if it stood in a file.
    ///
    /// # Errors
    ///
    /// It makes no sense.
    pub fn feed(&self) -> Result<Feed, OwnError> {
        let mut file = DocumentMut::new();
        file["sources"] = Item::ArrayOfTables([entry_of(self)].into_iter().collect());
        let source = Source::new(PathBuf::from("sources.toml"), file.to_string());
        let read = entry::read(&source, Path::new("")).map_err(|error| OwnError::Refused(error.message))?;
        read.0.into_iter().next().ok_or_else(|| OwnError::Refused("it names no source".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(name: &str, url: &str) -> Addition {
        Addition { place: Some(Place::page(url).unwrap()), ..Addition::known("cncf/mentoring").unwrap() }.called(name)
    }

    impl Addition {
        fn called(self, name: &str) -> Self {
            Self { name: name.to_owned(), ..self }
        }
    }

    #[test]
    fn comments_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sources.toml");
        fs::write(&path, "# mine\n[[sources]]\nname = 'a' # first\nurl = \"https://example.org/a.md\"\n\n# second\n[[sources]]\nname = \"b\"\npath = 'pages'\n").unwrap();
        let mut own = Own::read(path.clone()).unwrap();
        assert_eq!(own.feeds[1].place, Place::Path(folder.path().join("pages")));
        own.add(&page("c", "https://example.org/c.md")).unwrap();
        own.add(&Addition::known("CNCF/mentoring").unwrap()).unwrap();
        assert!(own.remove("B").unwrap());
        assert!(!own.remove("b").unwrap());
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            "# mine\n[[sources]]\nname = 'a' # first\nurl = \"https://example.org/a.md\"\n\n[[sources]]\nname = \"c\"\nurl = \"https://example.org/c.md\"\n\n[[sources]]\nname = \"cncf/mentoring\"\n"
        );
        let names: Vec<_> = Own::read(path).unwrap().feeds.into_iter().map(|feed| feed.name).collect();
        assert_eq!(names, ["a", "c", "cncf/mentoring"]);
    }

    #[test]
    fn comments_that_are_set_apart_outlive_a_source() {
        let (a, b) = ("[[sources]]\nname = \"a\"\npath = \"a.md\"\n", "[[sources]]\nname = \"b\"\npath = \"b.md\"\n");
        let ours = HEADER.trim_end();
        for (before, gone, after) in [
            (format!("{HEADER}{a}\n{b}"), "a", format!("{HEADER}{b}")),
            (format!("{HEADER}{a}"), "a", HEADER.to_owned()),
            (format!("{ours}\n{a}"), "a", HEADER.to_owned()),
            (format!("# Mine\n\n# first\n{a}\n# second\n{b}"), "a", format!("# Mine\n\n# second\n{b}")),
            (format!("# Mine\r\n\r\n# first\r\n{}", a.replace('\n', "\r\n")), "a", "# Mine\r\n\r\n".to_owned()),
            (format!("# first\n{a}\n{b}"), "a", b.to_owned()),
            (format!("{a}\n# Theirs\n\n# second\n{b}"), "b", format!("{a}\n# Theirs\n\n")),
            (format!("{a}\n# second\n{b}\n# The end\n"), "b", format!("{a}\n# The end\n")),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("sources.toml");
            fs::write(&path, &before).unwrap();
            Own::read(path.clone()).unwrap().remove(gone).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), after, "{before}");
        }
    }

    #[test]
    fn the_first_source_comes_after_what_is_said_above_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sources.toml");
        let entry = "[[sources]]\nname = \"c\"\nurl = \"https://example.org/c.md\"\n";
        for (before, after) in
            [(HEADER, format!("{HEADER}{entry}")), ("# mine\n", format!("# mine\n\n{entry}")), ("", entry.to_owned())]
        {
            fs::write(&path, before).unwrap();
            Own::read(path.clone()).unwrap().add(&page("c", "https://example.org/c.md")).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), after, "{before}");
        }
    }

    #[test]
    fn marks_and_line_breaks_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sources.toml");
        let before = "\u{feff}# mine\r\n[[sources]]\r\nname = 'a' # first\r\npath = 'a.md'\r\n";
        fs::write(&path, before).unwrap();
        let mut own = Own::read(path.clone()).unwrap();
        own.add(&page("c", "https://example.org/c.md")).unwrap();
        let after = "\r\n[[sources]]\r\nname = \"c\"\r\nurl = \"https://example.org/c.md\"\r\n";
        assert_eq!(fs::read_to_string(&path).unwrap(), format!("{before}{after}"));
        own.remove("c").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), before);
    }

    #[test]
    fn a_name_is_taken_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut own = Own::read(folder.path().join("new/sources.toml")).unwrap();
        own.add(&page("a", "https://example.org/a.md")).unwrap();
        let error = own.add(&page("A", "https://example.org/b.md")).unwrap_err();
        assert!(matches!(error, OwnError::Taken(name) if name == "a"));
    }

    #[test]
    fn what_makes_no_sense_has_a_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sources.toml");
        for (text, said) in [
            ("[[source]]\n", "1:3: unknown field `source`, expected `sources` or `mirrors`; did you mean `sources`?"),
            (
                "[[sources]]\nname = \"cncf/mentorin\"\n",
                "2:8: no source is known by the name `cncf/mentorin`; did you mean `cncf/mentoring`?",
            ),
            ("[[sources]]\nname = \"a\"\nfiles = [\"*.md\"]\n", "2:8: the source `a` has no place"),
            ("[[sources]]\nname = \"a\"\nurl = \"ftp://x/y\"\n", "3:7: `ftp://x/y`: pages come by"),
            ("[[sources]]\nname = \"a\"\nurl = \"http://x:99999/y\"\n", "3:7: `99999` is no port: "),
            ("[[sources]]\nname = \"a\"\nurl = \"https://x/y\"\npath = \"z\"\n", "4:8: a source has one place"),
            (
                "[[sources]]\nname = \"a\"\ngit = \"https://x/y.git\"\nbranch = \"--upload-pack=x\"\n",
                "4:10: `--upload-pack=x` is no name",
            ),
            ("[[sources]]\nname = \"a\"\nurl = \"https://x/y\"\nterm = \"soon\"\n", "4:8: `soon` says no term"),
            ("[[sources]]\nname = \"a\"\nurl = \"https://x/y\"\nterm = \"x/{part}\"\n", "4:8: `x/{part}` says no term: no hole"),
            ("[[sources]]\nname = \"a\"\npath = \"x\"\nfiles = [\"[\"]\n", "4:10: `[` is no pattern"),
            ("[[sources]]\nname = \"a\"\npath = \"x\"\nfiles = []\n", "4:9: a list of no files"),
            ("[[sources]]\nname = \"a\"\npath = \"x\"\n[[sources.pages]]\nfiles = []\n", "5:9: a list of no files"),
            ("[[sources]]\nname = \"a\"\nurl = \"https://x/y\"\nfiles = [\"*.md\"]\n", "4:9: `url` is the address of one page"),
            (
                "[[sources]]\nname = \"a\"\nurl = \"https://x/y\"\n[[sources.pages]]\nfiles = [\"*.md\"]\n",
                "5:9: `url` is the address of one page",
            ),
            (
                "[[sources]]\nname = \"a\"\npath = \"x\"\n[[sources]]\nname = \"A\"\npath = \"y\"\n",
                "5:8: there is a source `A` above",
            ),
        ] {
            fs::write(&path, text).unwrap();
            let error = Own::read(path.clone()).unwrap_err().to_string();
            let said = format!("{}:{said}", path.display());
            assert!(error.starts_with(&said), "{text}\n{error}\n{said}");
        }
    }
}
