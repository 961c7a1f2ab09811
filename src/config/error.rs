//! How a file of settings is read, and what is said if it does not make sense: where, what, and what to do.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::spelling::nearest;
use crate::storage;
use crate::text::{Position, Source};

/// What is wrong with a file of settings: where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError {
    /// The file, as it was given or found; or the argument.
    pub path: PathBuf,
    /// Where in it.
    pub position: Option<Position>,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(Position { line, column }) = self.position {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// The text of a file of settings.
pub(crate) fn read(path: &Path, here: &Path) -> Result<Source, ConfigError> {
    let fault = |message: String| ConfigError { path: path.to_owned(), position: None, message };
    let bytes = storage::read(&here.join(path)).map_err(|cause| fault(format!("cannot be read: {}", storage::words(&cause))))?;
    let (source, oddities) = Source::decode(path, bytes);
    match oddities.first() {
        Some(odd) => Err(error(&source, Some(odd.span.range()), "TOML is text in UTF-8, and this is not".to_owned())),
        None => Ok(source),
    }
}

/// What was read, or what is wrong and where.
pub(crate) fn parse<T>(source: &Source, read: Result<T, toml::de::Error>) -> Result<T, ConfigError> {
    read.map_err(|cause| {
        let message = with_suggestion(cause.message());
        // What the user's own file of sources knows.
        let elsewhere = ELSEWHERE.iter().find(|known| message.starts_with(&format!("unknown field `{known}`")));
        let message = match elsewhere.filter(|_| source.path().ends_with(super::NAME)) {
            Some(known) => {
                format!("`{known}` stands in your own `sources.toml`, in the data folder, and not here")
            }
            None => message,
        };
        error(source, cause.span(), message)
    })
}

/// That something in a file of settings is wrong.
pub(crate) fn error(source: &Source, span: Option<Range<usize>>, message: String) -> ConfigError {
    let position = span.map(|span| source.position(span.start));
    ConfigError { path: source.path().to_owned(), position, message }
}

/// Tables of the user's `sources.toml` that people look for in other files.
const ELSEWHERE: [&str; 2] = ["mirrors", "source"];

/// What serde says about an unknown name ("unknown field `lnt`, expected one of `lint`, `sources`"), with the name that was
/// probably meant.
fn with_suggestion(message: &str) -> String {
    let message = message.trim_end().replace('\n', "; ");
    // As people call it.
    let message = message.replace("a nonzero usize", "1 or more").replace("a nonzero u32", "1 or more");
    if !message.starts_with("unknown ") {
        return message;
    }
    let mut names = message.split('`').skip(1).step_by(2);
    let Some(seen) = names.next() else { return message };
    match nearest(seen, names) {
        Some(known) => format!("{message}; did you mean `{known}`?"),
        None => message,
    }
}
