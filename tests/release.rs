//! What `action.yml` installs: the release of its own tag, and nothing that is not it. A server on loopback stands for the forge.

#![cfg(unix)]
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod script;

use std::collections::HashMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;
use std::thread;

use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tiny_http::{Response, Server};

const VERSION: &str = env!("CARGO_PKG_VERSION");
const COMMIT: &str = "1111111111111111111111111111111111111111";
const OTHER: &str = "2222222222222222222222222222222222222222";

/// A forge that has released this version, and a machine of a workflow.
struct Workflow {
    server: Arc<Server>,
    machine: TempDir,
}

impl Drop for Workflow {
    fn drop(&mut self) {
        self.server.unblock();
    }
}

impl Workflow {
    /// With the files of the release as they lie on the forge.
    fn new(mut files: HashMap<String, Vec<u8>>) -> Self {
        // What `git ls-remote` is answered by a server of plain files. The tag is an annotated one; `v0` has moved to it.
        let refs = format!(
            "{COMMIT}\trefs/heads/main\n{OTHER}\trefs/tags/v{VERSION}\n{COMMIT}\trefs/tags/v{VERSION}^{{}}\n{COMMIT}\trefs/tags/v0\n"
        );
        files.insert("/o/ideas/info/refs".to_owned(), refs.into_bytes());
        files.insert("/o/ideas/HEAD".to_owned(), b"ref: refs/heads/main\n".to_vec());
        let server = Arc::new(Server::http("127.0.0.1:0").unwrap());
        let answering = Arc::clone(&server);
        thread::spawn(move || {
            for request in answering.incoming_requests() {
                let path = request.url().split('?').next().unwrap_or_default();
                // A client that has gone is its own affair.
                let _ = match files.get(path) {
                    Some(body) => request.respond(Response::from_data(body.clone())),
                    None => request.respond(Response::empty(404)),
                };
            }
        });
        Workflow { server, machine: TempDir::new().unwrap() }
    }

    /// Runs `packaging/install` for somebody who uses the action at a tag, a branch or a commit.
    fn install(&self, at: &str, settings: &[(&str, &str)]) -> Output {
        Command::new("bash")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/install"))
            .env("GITHUB_SERVER_URL", format!("http://{}", self.server.server_addr()))
            .env("GITHUB_OUTPUT", self.machine.path().join("output"))
            .env("RUNNER_TEMP", self.machine.path())
            .env("RUNNER_OS", "Linux")
            .env("RUNNER_ARCH", "X64")
            .env("IDEAS_REPOSITORY", "o/ideas")
            .env("IDEAS_REF", at)
            .env("NO_PROXY", "127.0.0.1")
            .env_remove("IDEAS_VERSION")
            .env_remove("GH_TOKEN")
            .envs(settings.iter().copied())
            .output()
            .unwrap()
    }

    /// Whether the action may skip its own build.
    fn installed(&self) -> bool {
        let output = fs::read_to_string(self.machine.path().join("output")).unwrap_or_default();
        let program = self.machine.path().join("ideas/bin/ideas");
        assert_eq!(output.contains("installed=true"), program.exists(), "{output}");
        assert_eq!(output.contains("installed=false"), output.contains("key="), "{output}");
        program.exists()
    }
}

/// The archive of a release, in which a script stands for the program, and its sum.
fn release() -> HashMap<String, Vec<u8>> {
    let folder = TempDir::new().unwrap();
    let name = format!("ideas-v{VERSION}-x86_64-unknown-linux-musl");
    script::write(&folder.path().join(&name).join("ideas"), &format!("#!/bin/sh\necho ideas {VERSION}\n"));
    let archive = folder.path().join(format!("{name}.tar.gz"));
    let packed = Command::new("tar").arg("-C").arg(folder.path()).arg("-czf").arg(&archive).arg(&name).status().unwrap();
    assert!(packed.success());
    let bytes = fs::read(archive).unwrap();
    let mut sum = String::new();
    for byte in Sha256::digest(&bytes) {
        write!(sum, "{byte:02x}").unwrap();
    }
    let at = format!("/o/ideas/releases/download/v{VERSION}/{name}.tar.gz");
    HashMap::from([(format!("{at}.sha256"), format!("{sum}  {name}.tar.gz\n").into_bytes()), (at, bytes)])
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn the_release_of_the_tag_is_installed() {
    for at in [&format!("v{VERSION}"), "v0", COMMIT] {
        let workflow = Workflow::new(release());
        let output = workflow.install(at, &[]);
        assert!(output.status.success() && workflow.installed(), "{at}: {}", said(&output));
    }
}

#[test]
fn a_version_may_be_named_as_its_tag_is() {
    for version in [VERSION.to_owned(), format!("v{VERSION}")] {
        let workflow = Workflow::new(release());
        let output = workflow.install("main", &[("IDEAS_VERSION", &version)]);
        assert!(output.status.success() && workflow.installed(), "{version}: {}", said(&output));
    }
}

/// The arguments that the action's step gives to the program.
#[test]
fn arguments_may_stand_on_several_lines() {
    let action = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/action.yml")).unwrap();
    let step = action.rsplit_once("      run: |\n").unwrap().1;
    let folder = tempfile::tempdir().unwrap();
    script::write(&folder.path().join("ideas/bin/ideas"), "#!/bin/sh\nprintf '%s\\n' \"$*\"\n");
    let output = Command::new("bash")
        .args(["-c", step])
        .env("RUNNER_TEMP", folder.path())
        .env("IDEAS_ARGS", "--deny warning\n--changed\n")
        .env("IDEAS_PATHS", "a.md\n")
        .env("IDEAS_FORMAT", "github")
        .output()
        .unwrap();
    assert_eq!(said(&output), "validate --format github --deny warning --changed -- a.md\n");
}

#[test]
fn where_there_is_none_the_action_builds() {
    for (at, setting, why) in [
        ("main", None, "main is not the release"),
        (OTHER, None, "is not the release"),
        ("", None, "this checkout of the action has no tag"),
        ("v0", Some(("RUNNER_ARCH", "RISCV64")), "there is no release for Linux on RISCV64"),
        ("v0", Some(("IDEAS_VERSION", "99.0.0")), "could not be downloaded"),
    ] {
        let workflow = Workflow::new(release());
        let output = workflow.install(at, setting.as_slice());
        assert!(output.status.success() && !workflow.installed(), "{at}: {}", said(&output));
        assert!(said(&output).contains(why), "{at}: {}", said(&output));
    }
}

#[test]
fn what_is_not_what_was_released_is_an_error() {
    let mut files = release();
    for (path, bytes) in &mut files {
        if path.ends_with(".tar.gz") {
            bytes.push(b'!');
        }
    }
    let workflow = Workflow::new(files);
    let output = workflow.install(&format!("v{VERSION}"), &[]);
    assert!(!output.status.success() && !workflow.installed(), "{}", said(&output));
    assert!(said(&output).contains("::error") && said(&output).contains("is not what was released"), "{}", said(&output));
}

#[test]
fn with_a_token_the_attestation_of_the_build_counts() {
    for (verdict, installed) in [(0, true), (1, false)] {
        let workflow = Workflow::new(release());
        let tools = workflow.machine.path().join("tools");
        script::write(&tools.join("gh"), &format!("#!/bin/sh\necho \"gh $*\"\nexit {verdict}\n"));
        let path = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap());
        let output = workflow.install(&format!("v{VERSION}"), &[("GH_TOKEN", "secret"), ("PATH", &path)]);
        assert_eq!((output.status.success(), workflow.installed()), (installed, installed), "{}", said(&output));
        assert!(said(&output).contains("gh attestation verify") && said(&output).contains("--repo o/ideas"), "{}", said(&output));
    }
}
