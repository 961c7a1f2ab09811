//! How a mended page gets back into its file: whole or not at all, and as the file it was.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Why a file was left as it was.
#[derive(Debug, thiserror::Error)]
pub(super) enum WriteError {
    #[error("was not written: it is read-only")]
    ReadOnly,
    #[error("was not written: it is no regular file; pipe it through `ideas validate - --fix`")]
    NoFile,
    #[error("was not written: somebody changed it in the meantime; try again")]
    Changed,
    #[error("was not written: {0}")]
    Io(#[from] io::Error),
}

/// Puts `after` in the place of `before`, which the file must still hold. Links still point to it, and its permissions are
/// kept; who reads it meanwhile reads the one or the other.
pub(super) fn replace(path: &Path, before: &str, after: &str) -> Result<(), WriteError> {
    let file = fs::canonicalize(path)?;
    let about = fs::metadata(&file)?;
    if !about.is_file() {
        return Err(WriteError::NoFile);
    }
    // A rename would not care.
    if about.permissions().readonly() {
        return Err(WriteError::ReadOnly);
    }
    // Only in the same folder a rename is one step.
    let folder = file.parent().ok_or(WriteError::NoFile)?;
    let mut beside = tempfile::Builder::new().prefix(".ideas-").suffix(".tmp").tempfile_in(folder)?;
    beside.write_all(after.as_bytes())?;
    beside.as_file().set_permissions(about.permissions())?;
    beside.as_file().sync_all()?;
    if fs::read(&file)? != before.as_bytes() {
        return Err(WriteError::Changed);
    }
    beside.persist(&file).map_err(|error| error.error)?;
    // The new name lasts once the folder is on the disk, too; not every system can say so.
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "\u{feff}a\r\nb").unwrap();
        replace(&path, "\u{feff}a\r\nb", "\u{feff}a\r\nc").unwrap();
        assert_eq!(fs::read(&path).unwrap(), "\u{feff}a\r\nc".as_bytes());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn what_was_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "new").unwrap();
        assert!(matches!(replace(&path, "old", "mended"), Err(WriteError::Changed)));
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(matches!(replace(folder.path(), "", ""), Err(WriteError::NoFile)));
        assert!(matches!(replace(&folder.path().join("no.md"), "", ""), Err(WriteError::Io(_))));
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_are_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.md"), folder.path().join("link.md"));
        fs::write(&path, "a").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o754)).unwrap();
        symlink("a.md", &link).unwrap();
        replace(&link, "a", "b").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "b");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o754);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        assert!(matches!(replace(&path, "b", "c"), Err(WriteError::ReadOnly)));
    }
}
