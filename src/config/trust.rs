//! Whose `ideas.toml` is obeyed, and how far it reaches. A file that nobody has named may come from anybody: with a pull request,
//! or from another user of the machine who has written it into a folder above.
//!
//! It speaks of what lies below its own folder, links included; and one above the working folder belongs to who calls, as git
//! wants it of repositories (`safe.directory`).

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::catalog::files;

/// Folders whose `ideas.toml` is obeyed whoever owns it, separated as in PATH; `*` for all.
pub const SAFE_VARIABLE: &str = "IDEAS_SAFE_DIRECTORIES";

/// Why a file of settings that was found is not obeyed: one that lies in `here` or, if it is `above`, in a folder above it.
pub(super) fn refusal(path: &Path, here: &Path, above: bool) -> Option<String> {
    let file = files::absolute(path, here);
    let folder = file.parent()?;
    let safe = env::var_os(SAFE_VARIABLE).unwrap_or_default();
    if is_safe(folder, env::split_paths(&safe)) {
        return None;
    }
    let (shown, folder_shown) = (path.display(), folder.display());
    let anyway = format!("`--config {shown}` obeys it this once, {SAFE_VARIABLE}={folder_shown} always");
    if leads_out(&file, folder) {
        return Some(format!("is a link that leads out of its folder, so it is not obeyed; {anyway}"));
    }
    let stranger = above.then(|| stranger(&file)).flatten()?;
    Some(format!("belongs to another user (id {stranger}) and lies above this folder, so it is not obeyed; {anyway}"))
}

fn is_safe(folder: &Path, mut listed: impl Iterator<Item = PathBuf>) -> bool {
    listed.any(|listed| listed.as_os_str() == "*" || listed == folder)
}

/// True if a path that is there truly lies outside of the folder that it seems to lie in.
fn leads_out(path: &Path, folder: &Path) -> bool {
    let truly = |path: &Path| fs::canonicalize(path);
    matches!((truly(path), truly(folder)), (Ok(path), Ok(folder)) if !path.starts_with(&folder))
}

/// Who owns a file, or the link to it, if that is neither who calls nor root, who may do anything anyway.
#[cfg(unix)]
fn stranger(file: &Path) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    let own = rustix::process::geteuid().as_raw();
    // Under `sudo` the files are still the user's.
    let caller = (own == 0).then(|| env::var("SUDO_UID").ok()?.parse().ok()).flatten();
    let owners = [fs::symlink_metadata(file).ok()?.uid(), fs::metadata(file).ok()?.uid()];
    owners.into_iter().find(|&owner| owner != own && owner != 0 && Some(owner) != caller)
}

#[cfg(not(unix))]
fn stranger(_: &Path) -> Option<u32> {
    None
}

/// Why settings may not name a path: `path` is seen from `here`, and they lie in `folder`.
pub(super) fn reach(path: &Path, folder: &Path, here: &Path) -> Result<(), &'static str> {
    let whole = files::absolute(path, here);
    if !whole.starts_with(folder) {
        return Err("lies outside of the folder of this file; name it in the call instead");
    }
    if leads_out(&whole, folder) {
        return Err("is a link that leads out of the folder of this file; name it in the call instead");
    }
    match fs::metadata(&whole) {
        Ok(about) if !about.is_file() && !about.is_dir() => Err("is neither a file nor a folder"),
        _ => Ok(()),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn settings_reach_no_further_than_their_folder() {
        let whole = tempfile::tempdir().unwrap();
        let folder = whole.path().join("in");
        fs::create_dir_all(folder.join("pages")).unwrap();
        fs::write(whole.path().join("out.md"), "").unwrap();
        symlink("..", folder.join("up")).unwrap();
        symlink("../out.md", folder.join("out.md")).unwrap();
        symlink("pages", folder.join("same")).unwrap();
        symlink("/dev/zero", folder.join("zero.md")).unwrap();
        for (path, fine) in [
            ("pages", true),
            (".", true),
            ("pages/../pages", true),
            ("same", true),
            ("none.md", true),
            ("../out.md", false),
            ("../in-not", false),
            ("pages/../../out.md", false),
            ("up", false),
            ("up/out.md", false),
            ("out.md", false),
            ("zero.md", false),
            ("/proc/self/environ", false),
        ] {
            assert_eq!(reach(Path::new(path), &folder, &folder).is_ok(), fine, "{path}");
        }
    }

    #[test]
    fn folders_are_safe_by_name() {
        let listed = |list: &str| is_safe(Path::new("/srv/pages"), env::split_paths(list));
        assert!(listed("/srv/pages") && listed("/a:/srv/pages/") && listed("*"));
        assert!(!listed("") && !listed("/srv") && !listed("/srv/pages/below"));
    }
}
