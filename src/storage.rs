//! What the program keeps or changes on disk: where its own files lie, and how a file is written whole or not at all.
//!
//! Every file that is written, a mended page as well as a fetched one, goes through here. Whoever reads meanwhile, and
//! whoever comes after a crash, finds the old text or the new, never a part of one.

use std::env;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use etcetera::BaseStrategy;

/// Where the program keeps what it fetched and what was marked, if the user's data folder is not the place.
pub const DATA_VARIABLE: &str = "IDEAS_DATA_DIR";

/// Where the program keeps what it can have again, if the user's cache folder is not the place.
pub const CACHE_VARIABLE: &str = "IDEAS_CACHE_DIR";

/// Where the user's own settings lie, if the user's folder of settings is not the place.
pub const CONFIG_VARIABLE: &str = "IDEAS_CONFIG_DIR";

/// The folder of the user's own settings: `$IDEAS_CONFIG_DIR`, or `ideas` in the user's folder of settings (`$XDG_CONFIG_HOME`,
/// `~/.config`; on Windows `%APPDATA%`). It need not exist.
///
/// # Errors
///
/// Nobody knows the user's home.
pub fn config_folder() -> io::Result<PathBuf> {
    named_by(CONFIG_VARIABLE).unwrap_or_else(|| Ok(user(CONFIG_VARIABLE)?.config_dir().join("ideas")))
}

/// The folder where the program keeps its own files: `$IDEAS_DATA_DIR`, or `ideas` in the user's data folder
/// (`$XDG_DATA_HOME`, `~/.local/share`; on Windows `%APPDATA%`). It need not exist.
///
/// # Errors
///
/// Nobody knows the user's home.
pub fn data_folder() -> io::Result<PathBuf> {
    named_by(DATA_VARIABLE).unwrap_or_else(|| Ok(user(DATA_VARIABLE)?.data_dir().join("ideas")))
}

/// The folder of what can be had again: `ideas` in the user's cache folder (`$XDG_CACHE_HOME`, `~/.cache`; on Windows
/// `%LOCALAPPDATA%`). It need not exist.
///
/// # Errors
///
/// Nobody knows the user's home.
pub fn cache_folder() -> io::Result<PathBuf> {
    named_by(CACHE_VARIABLE).unwrap_or_else(|| Ok(user(CACHE_VARIABLE)?.cache_dir().join("ideas")))
}

/// The folder that a variable of the environment names.
fn named_by(variable: &str) -> Option<io::Result<PathBuf>> {
    env::var_os(variable).filter(|named| !named.is_empty()).map(std::path::absolute)
}

/// The user's folders; a variable that names one stands in for them.
fn user(variable: &str) -> io::Result<impl BaseStrategy> {
    let unknown = |_| io::Error::new(io::ErrorKind::NotFound, format!("the home folder is unknown; set {variable}"));
    etcetera::choose_base_strategy().map_err(unknown)
}

/// Why a file was left as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Its permissions forbid it.
    #[error("was not written: it is read-only")]
    ReadOnly,
    /// It is a folder or a device.
    #[error("was not written: it is no regular file; use standard input and output instead")]
    NoFile,
    /// A link leads to it from inside a folder, and it lies outside.
    #[error("was not written: it is a link that leads out of this folder, to `{}`; name that file itself", .0.display())]
    Outside(PathBuf),
    /// There is no folder to write it into.
    #[error("was not written: there is no folder `{}`", .0.display())]
    NoFolder(PathBuf),
    /// It no longer holds what it was thought to hold.
    #[error("was not written: somebody changed it in the meantime; try again")]
    Changed,
    /// Reading or writing failed, for a reason that is told already.
    #[error("was not written: {}", words(.0))]
    Io(io::Error),
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        WriteError::Io(error)
    }
}

/// The moment that it is, as what is kept writes it.
pub fn now() -> String {
    moment(SystemTime::now())
}

/// A moment, as what is kept writes it: `2026-02-20T06:13:20Z`. That knows the years from 1970 to 9999, and a clock
/// that says another is wrong.
pub fn moment(now: SystemTime) -> String {
    /// The last second of the year 9999, in seconds since 1970.
    const LAST: u64 = 253_402_300_799;
    let since = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs().min(LAST);
    humantime::format_rfc3339_seconds(SystemTime::UNIX_EPOCH + Duration::from_secs(since)).to_string()
}

/// An I/O error in words, without the number that the system gives it.
pub fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::ConnectionRefused => "the connection was refused".to_owned(),
        io::ErrorKind::ConnectionReset => "the connection was closed".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error ").next().map_or_else(|| text.clone(), ToOwned::to_owned)
        }
    }
}

/// How many bytes of a file are read at most; no page has as many.
const MOST: u64 = 512 << 20;

/// The bytes of a file that somebody names: of a page, of settings. It ends: what a device or the system itself makes up as it is
/// read is no file, be there a link to it or not.
///
/// # Errors
///
/// It cannot be read, or is no such file.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = fs::File::open(path)?;
    let about = file.metadata()?;
    // `/dev/null` says nothing, and often stands for an empty file.
    let most = if is_device(&about) { 0 } else { MOST };
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 {
        length if length > most && most == 0 => Err(io::Error::other("it is a device, and no file")),
        length if length > most => Err(io::Error::other(format!("it has more than {} MB", MOST >> 20))),
        // So do those of `/proc`: their size is not known before.
        length if about.is_file() && about.len() == 0 && length > 0 => {
            Err(io::Error::other("it is a file that the system makes up, such as one in /proc"))
        }
        _ => Ok(bytes),
    }
}

#[cfg(unix)]
fn is_device(about: &fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    about.file_type().is_char_device() || about.file_type().is_block_device()
}

#[cfg(not(unix))]
fn is_device(_: &fs::Metadata) -> bool {
    false
}

/// Puts `after` in the place of `before`, which the file must still hold. Links still point to it, and its permissions are
/// kept.
///
/// # Errors
///
/// See [`WriteError`]; the file is as it was.
pub fn replace(path: &Path, before: &str, after: &str) -> Result<(), WriteError> {
    let (file, permissions) = as_it_is(path)?;
    put(&file, after.as_bytes(), |beside| {
        beside.set_permissions(permissions)?;
        if fs::read(&file)? == before.as_bytes() { Ok(()) } else { Err(WriteError::Changed) }
    })
}

/// Sees to it that a path below a folder does not lead out of it. What a call names outside may lie where it likes: a link that
/// came with somebody's repository may not.
///
/// # Errors
///
/// [`WriteError::Outside`]; or the file is not there.
pub fn stays_in(path: &Path, folder: &Path) -> Result<(), WriteError> {
    let file = fs::canonicalize(path)?;
    if file.starts_with(fs::canonicalize(folder)?) { Ok(()) } else { Err(WriteError::Outside(file)) }
}

/// Where a file truly lies that is to be written over, and its permissions.
fn as_it_is(path: &Path) -> Result<(PathBuf, fs::Permissions), WriteError> {
    let file = fs::canonicalize(path)?;
    let about = fs::metadata(&file)?;
    if !about.is_file() {
        return Err(WriteError::NoFile);
    }
    // A rename would not care.
    if about.permissions().readonly() {
        return Err(WriteError::ReadOnly);
    }
    Ok((file, about.permissions()))
}

/// True if something is there, and be it a link that leads nowhere.
pub fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Writes a file as [`write()`] does; its folder is made if need be. It is for folders that are ours, or that a call names as
/// such: one that only stands in a file's path may be a slip.
///
/// # Errors
///
/// See [`WriteError`]; an old file is as it was.
pub fn write_with_folder(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    write(path, bytes)
}

/// Writes one of many files that can be made again at any time, as [`write_ours`] does, and its folder if need be. Readers see it
/// whole or not at all; whether it outlasts a power cut is not waited for, which takes most of the time of thousands of
/// small files.
///
/// # Errors
///
/// See [`WriteError`]; an old file is as it was.
pub fn write_one_of_many(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    put_beside(path, bytes, |_| Ok(()))
}

/// Writes a file, new or anew. What is written over keeps its permissions, and links still point to it.
///
/// # Errors
///
/// See [`WriteError`]; an old file is as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    if !exists(path) {
        // A name alone is one in the working folder.
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
            return Err(WriteError::NoFolder(folder.to_owned()));
        }
        return put(path, bytes, |_| Ok(()));
    }
    let (file, permissions) = as_it_is(path)?;
    put(&file, bytes, |beside| Ok(beside.set_permissions(permissions)?))
}

/// Writes a file that only the program itself ever writes. Whatever is in its place makes way for it: one that is read-only, a
/// link, a pipe, an empty folder.
///
/// # Errors
///
/// See [`WriteError`]; an old file is as it was.
pub fn write_ours(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    put(path, bytes, |_| {
        // No rename replaces a folder. One that holds something stays, and the error says so.
        if fs::symlink_metadata(path).is_ok_and(|about| about.is_dir()) {
            fs::remove_dir(path)?;
        }
        Ok(())
    })
}

/// Writes beside `file` and renames. `check` sees what was written, and has the last word before it counts.
fn put(file: &Path, bytes: &[u8], check: impl FnOnce(&fs::File) -> Result<(), WriteError>) -> Result<(), WriteError> {
    put_beside(file, bytes, |beside| {
        beside.sync_all()?;
        check(beside)
    })?;
    // The new name lasts once the folder is on the disk, too; not every system can say so.
    if let Some(folder) = file.parent().and_then(|folder| fs::File::open(folder).ok()) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// The same, but nobody waits for the disk.
fn put_beside(file: &Path, bytes: &[u8], check: impl FnOnce(&fs::File) -> Result<(), WriteError>) -> Result<(), WriteError> {
    // Only in the same folder a rename is one step.
    let folder = file.parent().ok_or(WriteError::NoFile)?;
    let mut builder = tempfile::Builder::new();
    // A new file is for whom the user's other files are, not only for its owner.
    #[cfg(unix)]
    let builder = builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut beside = builder.prefix(".ideas-").suffix(".tmp").tempfile_in(folder)?;
    beside.write_all(bytes)?;
    check(beside.as_file())?;
    beside.persist(file).map_err(|error| error.error)?;
    log::info!("{}: {} bytes written", file.display(), bytes.len());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_clock_tells_a_moment() {
        let (zero, second) = (SystemTime::UNIX_EPOCH, Duration::from_secs(1));
        for (now, told) in [
            (zero, "1970-01-01T00:00:00Z"),
            (zero + second * 1_772_000_000, "2026-02-25T06:13:20Z"),
            (zero - second, "1970-01-01T00:00:00Z"),
            (zero + Duration::from_hours(24 * 366 * 9000), "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(moment(now), told);
        }
    }

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

    #[test]
    fn a_new_file_brings_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pages/2025/a.md");
        for text in ["one", "two"] {
            write_with_folder(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert!(matches!(write_with_folder(&path.join("below-a-file"), b""), Err(WriteError::Io(_))));
    }

    #[test]
    fn a_folder_that_is_only_a_slip_is_not_made() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("pagse");
        assert!(matches!(write(&missing.join("a.md"), b""), Err(WriteError::NoFolder(named)) if named == missing));
        assert!(!missing.exists());
    }

    #[test]
    fn errors_are_words() {
        for (error, said) in [
            (io::Error::from(io::ErrorKind::PermissionDenied), "permission denied"),
            (io::Error::other("the disk is on fire"), "the disk is on fire"),
            (fs::read(tempfile::tempdir().unwrap().path().join("none")).unwrap_err(), "there is no such file or folder"),
        ] {
            assert_eq!(words(&error), said);
        }
        assert!(!words(&io::Error::from_raw_os_error(21)).contains("os error"));
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_are_kept_when_written_anew() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link, lost) = (folder.path().join("a.md"), folder.path().join("link.md"), folder.path().join("lost.md"));
        fs::write(&path, "a").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a.md", &link).unwrap();
        symlink("nowhere.md", &lost).unwrap();
        write(&link, b"b").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "b");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(exists(&lost) && matches!(write(&lost, b"c"), Err(WriteError::Io(_))));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        assert!(matches!(write(&path, b"c"), Err(WriteError::ReadOnly)));
    }

    #[cfg(unix)]
    #[test]
    fn what_never_ends_is_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("zero.md");
        std::os::unix::fs::symlink("/dev/zero", &link).unwrap();
        assert!(read(&link).unwrap_err().to_string().contains("device"));
        assert_eq!(read(Path::new("/dev/null")).unwrap(), b"");
        if Path::new("/proc/self/environ").exists() {
            assert!(read(Path::new("/proc/self/environ")).unwrap_err().to_string().contains("/proc"));
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_out_of_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let (inside, outside) = (folder.path().join("inside"), folder.path().join("outside.md"));
        fs::create_dir(&inside).unwrap();
        fs::write(&outside, "a").unwrap();
        fs::write(inside.join("a.md"), "a").unwrap();
        for (name, target, stays) in [("one.md", "a.md", true), ("two.md", "../outside.md", false), ("three.md", "two.md", false)]
        {
            std::os::unix::fs::symlink(target, inside.join(name)).unwrap();
            assert_eq!(stays_in(&inside.join(name), &inside).is_ok(), stays, "{name}");
        }
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
