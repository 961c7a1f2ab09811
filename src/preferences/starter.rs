//! A first `config.toml`: everything that can be set, as comments that only wait for their `#` to be taken away.

/// The text of the file.
pub const STARTER: &str = r#"# Your settings of `ideas`, for every folder. A flag, the environment and a folder's ideas.toml come before them.
# `ideas config show` tells what is in force, and where it comes from.

# The columns of `ideas list` on a terminal; `ideas list --help` names all.
# columns = ["id", "title", "project", "hours", "tags"]

# Shows long text on a terminal; "" for nothing.
# pager = "less -FRX"

# Where pages come from, instead of what `ideas sync` has fetched: files and folders.
# catalog = ["~/src/mentoring/programs"]

# The terms that are shown: current, next, latest, a year or a range. `--term any` shows all.
# term = "current"

# What you bring and wish for, and that `ideas match` goes by it.
# profile = "me"

# [profiles.me]
# skills = ["go", "kubernetes"]
# want = ["ebpf"]
# avoid = ["php"]
# hours = "..175"
# difficulty = "easy..medium"
"#;

#[cfg(test)]
mod tests {
    use super::super::{NAME, Preferences};
    use super::*;

    #[test]
    fn what_is_commented_out_can_be_set() {
        let set = |line: &str| {
            if line.contains(" = ") || line.starts_with("# [") { line.replacen("# ", "", 1) } else { line.to_owned() }
        };
        let whole = STARTER.lines().map(set).collect::<Vec<_>>().join("\n");
        for text in [STARTER, &whole] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(NAME);
            std::fs::write(&path, text).unwrap();
            let own = Preferences::load(&path).unwrap();
            assert_eq!(own.places.len(), if text == STARTER { 0 } else { 6 }, "{text}");
        }
    }
}
