//! The user's editor: `$VISUAL`, else `$EDITOR`, else `vi`, as for git.

use std::env;
use std::ffi::OsString;
use std::path::Path;

use super::command;

/// Editors that take `+LINE` before the file.
const PLUS: [&str; 14] =
    ["vi", "vim", "nvim", "gvim", "view", "elvis", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe", "mg"];

/// A file could not be edited.
#[derive(Debug, thiserror::Error)]
#[error("the editor '{command}' {reason}; set VISUAL or EDITOR to another")]
pub struct EditorError {
    command: String,
    reason: String,
}

/// Opens a file, at a line if the editor is known to take one, and waits for the editor to end.
///
/// # Errors
///
/// The editor cannot be started, or ends with an error.
pub fn open(file: &Path, line: usize) -> Result<(), EditorError> {
    let set = |name| env::var(name).ok().map(|editor| editor.trim().to_owned()).filter(|editor| !editor.is_empty());
    let editor = set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_else(|| "vi".to_owned());
    let error = |reason: String| EditorError { command: editor.clone(), reason };
    match command(&editor).args(arguments(&editor, file, line)).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) if status.code() == Some(127) => Err(error("is not there".to_owned())),
        Ok(status) => Err(error(format!("failed ({status})"))),
        Err(reason) => Err(error(format!("cannot be started: {reason}"))),
    }
}

fn arguments(editor: &str, file: &Path, line: usize) -> Vec<OsString> {
    let program = editor.split_whitespace().next().unwrap_or_default();
    let takes_line = Path::new(program).file_stem().is_some_and(|name| PLUS.iter().any(|known| name == *known));
    // A name that begins with a minus is no option.
    let file = if file.is_relative() { Path::new(".").join(file) } else { file.to_owned() };
    takes_line.then(|| format!("+{line}").into()).into_iter().chain([file.into_os_string()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_that_take_a_line_get_it() {
        for (editor, arguments) in
            [("vim", &["+7", "./-a.md"][..]), ("/usr/bin/emacsclient -t", &["+7", "./-a.md"]), ("code --wait", &["./-a.md"])]
        {
            assert_eq!(super::arguments(editor, Path::new("-a.md"), 7), arguments, "{editor}");
        }
    }
}
