//! Pages of real repositories, made here and fetched by way of `file://`.

use std::fs;
use std::io::Write;
use std::time::{Duration, Instant};

use super::sandbox::{Sandbox, page};
#[cfg(unix)]
use super::script;
use super::server::Server;

/// A repository in a sandbox.
pub(crate) struct Repository<'a> {
    sandbox: &'a Sandbox,
}

impl<'a> Repository<'a> {
    pub(crate) fn new(sandbox: &'a Sandbox) -> Self {
        let repository = Repository { sandbox };
        fs::create_dir_all(sandbox.path("repository")).unwrap();
        repository.git(&["init", "--quiet", "--initial-branch=trunk"]);
        // What servers of repositories allow.
        repository.git(&["config", "uploadpack.allowFilter", "true"]);
        repository.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
        repository
    }

    fn git(&self, args: &[&str]) {
        let output = self
            .sandbox
            .command("git")
            .arg("-C")
            .arg(self.sandbox.path("repository"))
            .args(["-c", "user.name=Ada Brook", "-c", "user.email=ada@example.org", "-c", "commit.gpgSign=false"])
            .args(args)
            .output()
            .unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        self.sandbox.write(&format!("repository/{path}"), bytes);
    }

    pub(crate) fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message=Pages"]);
    }

    pub(crate) fn url(&self) -> String {
        format!("file://{}", self.sandbox.path("repository").display())
    }
}

/// The titles, each with the path of its page and its term.
fn listed(sandbox: &Sandbox) -> Vec<String> {
    let ideas: Vec<serde_json::Value> = serde_json::from_str(&sandbox.run(["list", "--format", "json"]).out).unwrap();
    let said = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    ideas
        .iter()
        .map(|idea| format!("{} in {}, {}", said(&idea["title"]), said(&idea["source"]["path"]), said(&idea["term"])))
        .collect()
}

#[test]
fn the_wanted_pages_of_a_repository_are_fetched() {
    let sandbox = Sandbox::new();
    let repository = Repository::new(&sandbox);
    repository.write("programs/lfx/2025/03-Sep-Nov/project_ideas.md", page(&["Apples"]));
    repository.write("programs/lfx/2026/01-Mar-May/project ideas ü.md", page(&["Pears"]));
    repository.write("programs/lfx/2026/01-Mar-May/empty.md", "");
    repository.write("README.md", page(&["Not wanted"]));
    repository.write("programs/lfx/run.sh", "exit 1");
    repository.commit();
    sandbox.run([
        "sources",
        "add",
        &repository.url(),
        "--name",
        "orchard",
        "--glob",
        "programs/**/*.md",
        "--term",
        "programs/lfx/{year}/{part}-**",
    ]);
    assert_eq!(sandbox.run(["sync"]).err, "note: orchard: 2 new; 2 ideas on 2 pages\n");
    assert_eq!(
        listed(&sandbox),
        [
            "Pears in orchard/programs/lfx/2026/01-Mar-May/project ideas ü.md, 2026-1",
            "Apples in orchard/programs/lfx/2025/03-Sep-Nov/project_ideas.md, 2025-3",
        ]
    );
    assert_eq!(sandbox.run(["sync"]).err, "note: orchard: nothing changed; 2 ideas on 2 pages\n");

    repository.write("programs/lfx/2025/03-Sep-Nov/project_ideas.md", page(&["Plums"]));
    fs::remove_file(sandbox.path("repository/programs/lfx/2026/01-Mar-May/project ideas ü.md")).unwrap();
    repository.commit();
    assert_eq!(sandbox.run(["sync"]).out, "orchard\n  + Plums (lfx 2025-3)\n  - Apples (lfx 2025-3)\n  - Pears (lfx 2026-1)\n");
    let left: Vec<_> = sandbox.files("fetched").into_iter().filter(|file| file.starts_with('.')).collect();
    assert_eq!(left, [""; 0], "nothing is left of the clone");
}

#[test]
fn a_server_that_cannot_leave_files_out_serves_as_well() {
    let sandbox = Sandbox::new();
    let repository = Repository::new(&sandbox);
    repository.git(&["config", "uploadpack.allowFilter", "false"]);
    repository.write("a.md", page(&["Apples"]));
    repository.commit();
    sandbox.run(["sources", "add", &repository.url(), "--name", "orchard"]);
    sandbox.run(["sync"]);
    assert_eq!(sandbox.titles(), ["Apples"]);
}

#[test]
fn a_branch_can_be_named() {
    let sandbox = Sandbox::new();
    let repository = Repository::new(&sandbox);
    repository.write("a.md", page(&["Apples"]));
    repository.commit();
    repository.git(&["checkout", "--quiet", "-b", "next/term"]);
    repository.write("a.md", page(&["Pears"]));
    repository.commit();
    repository.git(&["checkout", "--quiet", "trunk"]);
    for (name, branch, said) in [
        ("default", &[][..], "note: default: 1 new; 1 idea on 1 page\n"),
        ("named", &["--branch", "next/term"], "note: named: 1 new; 1 idea on 1 page\n"),
        ("missing", &["--branch", "none"], "error: missing: git: there is no branch `none`; the default one is `trunk`\n"),
    ] {
        sandbox.run([&["sources", "add", &repository.url(), "--name", name], branch].concat());
        assert_eq!(sandbox.call(["sync", name]).err, said);
    }
    assert_eq!(sandbox.titles(), ["Apples", "Pears"]);
}

#[cfg(unix)] // there are links
#[test]
fn files_that_are_no_pages_are_left_out_and_told() {
    let sandbox = Sandbox::new();
    let repository = Repository::new(&sandbox);
    repository.write("good.md", page(&["Apples"]));
    repository.write("large.md", page(&["Melons"]));
    repository.commit();
    sandbox.run(["sources", "add", &repository.url(), "--name", "orchard"]);
    sandbox.run(["sync"]);
    repository.write("large.md", vec![b'a'; 11 << 20]);
    repository.write("binary.md", b"MZ\0\0");
    std::os::unix::fs::symlink("/etc/passwd", sandbox.path("repository/link.md")).unwrap();
    repository.commit();
    let said = sandbox.call(["sync"]);
    assert_eq!(said.code, Some(2));
    assert_eq!(
        said.err,
        "note: orchard: nothing changed; 2 ideas on 2 pages\n\
         error: orchard/large.md: is larger than 10 MiB, the most that a page may have; it was left out\n\
         error: orchard/binary.md: is no text; it was left out\n"
    );
    // The copy of a page that grew too large stays; and it is not forgotten that something was left out.
    assert_eq!(sandbox.titles(), ["Apples", "Melons"]);
    assert_eq!(sandbox.call(["sync"]).code, Some(2));
}

#[test]
fn what_git_says_is_told() {
    let sandbox = Sandbox::new();
    let empty = Repository::new(&sandbox);
    for (url, said) in [
        (empty.url(), "error: x: git: the repository is empty, or its default branch is gone; `--branch` names another\n"),
        (format!("file://{}", sandbox.path("nowhere").display()), "error: x: git: "),
    ] {
        sandbox.run(["sources", "add", &url, "--name", "x"]);
        let told = sandbox.call(["sync", "--retries", "0"]);
        assert_eq!(told.code, Some(2));
        assert!(told.err.starts_with(said), "{}", told.err);
        sandbox.run(["sources", "remove", "x"]);
    }
    empty.write("notes.txt", "none");
    empty.commit();
    sandbox.run(["sources", "add", &empty.url(), "--name", "x"]);
    assert_eq!(
        sandbox.call(["sync"]).err,
        "note: x: nothing changed; 0 ideas on 0 pages\nwarning: x: no Markdown, HTML or JSON file is there; `ideas sources add` with `--glob` takes other files, `ideas sources remove x` stops asking\n"
    );
    let told = sandbox.ideas(["sync"]).env("PATH", "").output().unwrap();
    assert!(String::from_utf8_lossy(&told.stderr).contains("git cannot be run"), "{told:?}");
}

#[test]
fn a_server_that_stalls_is_left() {
    let server = Server::start(|_, out| {
        let _ = out.write_all(b"HTTP/1.1 200 OK\r\n");
        std::thread::sleep(Duration::from_secs(20));
    });
    let sandbox = Sandbox::new();
    sandbox.run(["sources", "add", &server.url("/o/r.git"), "--name", "stalling"]);
    let begun = Instant::now();
    let said = sandbox.call(["sync", "--timeout", "1s", "--retries", "0"]);
    assert_eq!(said.err, "error: stalling: timed out after 1s; `--timeout` sets another limit\n");
    assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
}

#[cfg(unix)] // hooks are shell scripts
#[test]
fn a_repository_runs_nothing_and_asks_nothing() {
    let sandbox = Sandbox::new();
    let repository = Repository::new(&sandbox);
    repository.write("a.md", page(&["Apples"]));
    repository.write(".gitattributes", "*.md filter=evil\n");
    repository.write(".gitmodules", "[submodule \"x\"]\n\tpath = x\n\turl = ext::sh -c 'touch pwned'\n");
    repository.commit();
    // A user whose git has hooks and filters, and who stands in a hook of another repository.
    let touch = |name: &str| format!("touch {}", sandbox.path(name).display());
    script::write(&sandbox.path("template/hooks/post-checkout"), &format!("#!/bin/sh\n{}\n", touch("hooked")));
    let template = sandbox.path("template");
    let settings = format!(
        "[init]\n\ttemplateDir = {0}\n[core]\n\thooksPath = {0}/hooks\n[filter \"evil\"]\n\tsmudge = {1}\n",
        template.display(),
        touch("filtered")
    );
    let settings = sandbox.write("gitconfig", settings);
    sandbox.run(["sources", "add", &repository.url(), "--name", "orchard"]);
    let output = sandbox
        .ideas(["sync"])
        .env("GIT_CONFIG_GLOBAL", settings)
        .env("GIT_DIR", sandbox.path("elsewhere"))
        .env("GIT_INDEX_FILE", sandbox.path("index"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(sandbox.titles(), ["Apples"]);
    for trace in ["hooked", "filtered", "pwned", "elsewhere", "index"] {
        assert!(!sandbox.path(trace).exists(), "{trace}");
    }
}

#[test]
fn a_dry_run_leaves_nothing() {
    let sandbox = Sandbox::new();
    let repository = Repository::new(&sandbox);
    repository.write("a.md", page(&["Apples"]));
    repository.commit();
    sandbox.run(["sources", "add", &repository.url(), "--name", "orchard"]);
    assert_eq!(sandbox.run(["sync", "--dry-run"]).out, "orchard\n  + Apples\n");
    assert_eq!(sandbox.files(""), ["lock", "sources.toml"]);
}

#[test]
fn a_branch_that_is_renamed_keeps_its_copy() {
    let sandbox = Sandbox::new();
    let repository = Repository::new(&sandbox);
    repository.write("a.md", page(&["Apples"]));
    repository.commit();
    sandbox.run(["sources", "add", &repository.url(), "--name", "default"]);
    sandbox.run(["sync"]);
    // The default branch goes along with its name.
    repository.git(&["branch", "--move", "trunk", "main"]);
    assert_eq!(sandbox.run(["sync"]).err, "note: default: nothing changed; 1 idea on 1 page\n");
    repository.git(&["symbolic-ref", "HEAD", "refs/heads/trunk"]);
    let said = sandbox.call(["sync"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("the repository is empty, or its default branch is gone"), "{}", said.err);
    assert_eq!(sandbox.titles(), ["Apples"]);
}

#[cfg(unix)] // the way there is a shell script
#[test]
fn the_ssh_that_the_user_has_set_is_used() {
    let sandbox = Sandbox::new();
    let repository = Repository::new(&sandbox);
    repository.write("a.md", page(&["Apples"]));
    repository.commit();
    // An ssh that stays on this machine: it runs what the other side would, its last argument.
    let ssh = sandbox.path("ssh.sh");
    script::write(&ssh, "#!/bin/sh\nfor last; do :; done\n[ \"$1\" = -G ] && exit 1\ntouch gone-there\neval \"$last\"\n");
    let settings = sandbox.write("gitconfig", format!("[core]\n\tsshCommand = {}\n", ssh.display()));
    sandbox.run(["sources", "add", "git@example.org:repository", "--name", "orchard"]);
    let output = sandbox.ideas(["sync", "--retries", "0"]).env("GIT_CONFIG_GLOBAL", settings).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(sandbox.path("gone-there").exists());
    assert_eq!(sandbox.titles(), ["Apples"]);
}

#[test]
fn an_address_that_git_turns_into_another_is_explained() {
    let sandbox = Sandbox::new();
    let settings = "[url \"git@example.org:\"]\n\tinsteadOf = https://example.org/\n";
    let settings = sandbox.write("gitconfig", settings);
    sandbox.run(["sources", "add", "https://example.org/o/r.git"]);
    let output = sandbox.ideas(["sync"]).env("GIT_CONFIG_GLOBAL", settings).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let told = "error: o/r: your settings of git turn this address into one that goes by ssh (`url.….insteadOf`), ";
    assert!(said.starts_with(told) && said.contains("`git ls-remote --get-url`"), "{said}");
}

#[test]
fn a_mirror_stands_in_for_a_repository() {
    let sandbox = Sandbox::new();
    let repository = Repository::new(&sandbox);
    repository.write("ideas.md", page(&["Apples"]));
    repository.commit();
    sandbox.write("data/sources.toml", format!("[mirrors]\n\"https://github.com/o/r\" = \"{}\"\n", repository.url()));
    sandbox.run(["sources", "add", "https://github.com/o/r", "--name", "fruit"]);
    sandbox.run(["sync"]);
    let ideas: serde_json::Value = serde_json::from_str(&sandbox.run(["list", "--format", "json"]).out).unwrap();
    assert_eq!(
        ideas[0]["source"]["url"], "https://github.com/o/r/blob/trunk/ideas.md#apples",
        "people are led to the idea in the repository itself"
    );
}
