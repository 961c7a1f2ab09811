//! A user of one test: a data folder, a home, and nothing of the machine's own settings.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use mentorship_ideas::store::Store;
use rusqlite::types::Value;
use rusqlite::{Connection, Row};
use tempfile::TempDir;

use super::server::Server;

/// Settings of the machine that would reach into a test.
const FOREIGN: [&str; 15] = [
    "GITHUB_TOKEN",
    "GH_TOKEN",
    "IDEAS_CATALOG",
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_WORK_TREE",
    "GIT_CONFIG_PARAMETERS",
    "GIT_SSH_COMMAND",
    "GIT_SSH",
];

pub(crate) struct Sandbox {
    folder: TempDir,
}

/// What a call said, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) out: String,
    pub(crate) err: String,
    /// `None` if a signal has ended it.
    pub(crate) code: Option<i32>,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Said { out: text(output.stdout), err: text(output.stderr), code: output.status.code() }
    }
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        Sandbox { folder: tempfile::tempdir().unwrap() }
    }

    /// One with a page as its only source.
    pub(crate) fn with_page(url: &str) -> Self {
        let sandbox = Self::new();
        sandbox.run(["sources", "add", url, "--name", "page"]);
        sandbox
    }

    /// One for which a server stands in for all of the web: `https://example.org/a` is its `/example.org/a`.
    pub(crate) fn behind(server: &Server) -> Self {
        let sandbox = Self::new();
        sandbox.write("data/sources.toml", format!("[mirrors]\n\"https://\" = \"{}\"\n", server.url("/")));
        sandbox
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    /// The data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    pub(crate) fn write(&self, inside: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(inside);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// A program, run here.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        for name in FOREIGN {
            command.env_remove(name);
        }
        command
            .current_dir(self.folder.path())
            .env("IDEAS_CONFIG_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/no-settings"))
            .env("IDEAS_DATA_DIR", self.data())
            .env("IDEAS_CACHE_DIR", self.path("cache"))
            .env("HOME", self.folder.path())
            .env("NO_PROXY", "*")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .stdin(Stdio::null());
        command
    }

    /// `ideas`, run here.
    pub(crate) fn ideas<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = self.command(env!("CARGO_BIN_EXE_ideas"));
        command.args(args);
        command
    }

    pub(crate) fn call<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Said {
        self.ideas(args).output().unwrap().into()
    }

    /// A call that must go well.
    pub(crate) fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Said {
        let said = self.call(args);
        assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
        said
    }

    /// The titles of the ideas that were fetched; of those that are built in, if nothing was.
    pub(crate) fn titles(&self) -> Vec<String> {
        let said = self.run(["list", "--quiet", "--format", "csv", "--columns", "title"]);
        said.out.lines().skip(1).map(ToOwned::to_owned).collect()
    }

    /// What is kept in the data folder.
    pub(crate) fn store(&self) -> Store {
        Store::at(self.data())
    }

    /// The database itself, as people reach it with their own tools.
    pub(crate) fn database(&self) -> Connection {
        let connection = Connection::open(self.store().file()).unwrap();
        connection.busy_timeout(Duration::from_secs(10)).unwrap();
        connection
    }

    /// Changes the database behind the program's back.
    pub(crate) fn sql(&self, change: &str) {
        self.database().execute_batch(change).unwrap();
    }

    /// The first column of what a query finds, as text.
    pub(crate) fn query(&self, query: &str) -> Vec<String> {
        let connection = self.database();
        let mut statement = connection.prepare(query).unwrap();
        let text = |row: &Row<'_>| match row.get(0)? {
            Value::Null => Ok(String::new()),
            Value::Integer(number) => Ok(number.to_string()),
            Value::Real(number) => Ok(number.to_string()),
            Value::Text(text) => Ok(text),
            Value::Blob(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        };
        statement.query_map([], text).unwrap().map(Result::unwrap).collect()
    }

    /// That the database is sound, as SQLite sees it.
    pub(crate) fn assert_sound(&self) {
        assert_eq!(self.query("PRAGMA integrity_check"), ["ok"]);
        assert_eq!(self.query("SELECT digest FROM contents EXCEPT SELECT digest FROM pages"), [""; 0], "nobody's contents");
    }

    /// The files of a data folder.
    pub(crate) fn files(&self, inside: &str) -> Vec<String> {
        fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                if entry.path().is_dir() { walk(&entry.path(), found) } else { found.push(entry.path()) }
            }
        }
        let (mut found, root) = (Vec::new(), self.data().join(inside));
        walk(&root, &mut found);
        let mut names: Vec<_> =
            found.iter().map(|path| path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/")).collect();
        names.sort();
        names
    }
}

/// A page of ideas.
pub(crate) fn page(titles: &[&str]) -> String {
    titles.iter().fold("# Ideas\n\n".to_owned(), |page, title| {
        format!("{page}## {title}\n\nAbout {title}.\n\n- Skills: Go\n- Mentor: Ada Brook\n\n")
    })
}
