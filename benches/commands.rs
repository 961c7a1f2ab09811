//! What the commands cost that answer from ideas, and some that need none, to somebody who waits for the answer: the whole
//! process, from its start to its end, on the catalogue that is built in; beside `rg --version`, or our own where there is no
//! `rg`. Prints a table; asserts nothing, because machines are noisy.
//!
//! Not measured here: what writes files (`new`, `convert`, `fmt`, `init`), fetches (`sync`) or waits for keys; `validate` and
//! `browse` have benches of their own.
//!
//! `cargo bench --bench commands [PATH]` reads the pages of PATH instead.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A data folder without anything in it, whatever the user has fetched.
const NOTHING_FETCHED: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/nothing-fetched");

/// Rounds of each measurement; the median counts.
const ROUNDS: usize = 41;

const CALLS: [&[&str]; 20] = [
    &["--version"],
    &["list"],
    &["list", "--skill", "go,rust", "--hours", "..175"],
    &["list", "--format", "json"],
    &["search", "service", "mesh", "dashboard"],
    &["search", "kuberntes", "oprator"],
    &["match", "--skills", "go,react", "--hours", "..175"],
    &["show", "kubeflow-deploying"],
    &["show", "kubeflow-deploying", "--why"],
    &["skills"],
    &["mentors"],
    &["projects"],
    &["programs"],
    &["stats"],
    &["stats", "--by", "skill,term"],
    &["rules"],
    &["schema"],
    &["completions", "bash"],
    &["man"],
    &["--help"],
];

fn main() {
    let named = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    let ideas = env!("CARGO_BIN_EXE_ideas");
    let (other, base) = match median("rg", &["--version"], None) {
        Some(base) => ("rg --version", base),
        None => ("ideas --version", median(ideas, &["--version"], None).expect("our own program runs")),
    };
    println!("median of {ROUNDS} runs; {other} takes {:.1} ms", base.as_secs_f64() * 1e3);
    for call in CALLS {
        let time = median(ideas, call, named.as_deref()).expect("our own program runs");
        println!(
            "{:<50} {:>7.1} ms {:>7.1} x",
            call.join(" "),
            time.as_secs_f64() * 1e3,
            time.as_secs_f64() / base.as_secs_f64()
        );
    }
}

/// How long a call takes; `None` if there is no such program.
fn median(program: &str, args: &[&str], catalog: Option<&str>) -> Option<Duration> {
    let mut times = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let mut command = Command::new(program);
        command
            .args(args)
            .env_remove("IDEAS_CATALOG")
            .env("IDEAS_DATA_DIR", NOTHING_FETCHED)
            .envs(catalog.map(|path| ("IDEAS_CATALOG", path)));
        let start = Instant::now();
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    times.get(ROUNDS / 2).copied()
}
