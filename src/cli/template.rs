//! `--template`: a template by its name, or a file of the user's.

use std::path::Path;

use crate::config::{self, ConfigError};
use crate::lint::Template;

/// The template of the user's own that `--template` names, if it names a file.
pub(super) fn own(name: Option<&str>, here: &Path) -> Result<Option<Template>, ConfigError> {
    match name {
        None | Some("auto") => Ok(None),
        Some(name) if Template::named(name).is_some() => Ok(None),
        Some(name) => config::template(name, here).map(Some),
    }
}

/// The template that `--template` names; `None` if pages choose for themselves. `own`: what [`own`] has found.
pub(super) fn wanted<'t>(name: Option<&str>, own: Option<&'t Template>) -> Option<&'t Template> {
    own.or_else(|| name.and_then(Template::named))
}
