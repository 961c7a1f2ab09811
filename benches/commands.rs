//! What the commands cost that answer from ideas, and some that need none, to somebody who waits for the answer: the whole
//! process, from its start to its end, on the catalogue that is built in; beside `rg --version`, or our own where there is no
//! `rg`. Prints a table; asserts nothing, because machines are noisy.
//!
//! Not measured here: what writes files (`new`, `convert`, `fmt`, `init`), fetches (`sync`) or waits for keys; `validate` and
//! `browse` have benches of their own.
//!
//! `cargo bench --bench commands [PATH]` reads the pages of PATH instead, which the first round of each keeps in a cache, beside
//! `rg` that counts a word in them. On Linux it tells the time of the processor, too, which says more where others work.

use std::process::{Command, Stdio};
use std::time::Instant;

/// A data folder without anything in it, whatever the user has fetched.
const NOTHING_FETCHED: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/nothing-fetched");

/// What is read from pages is kept here.
const CACHE: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/cache-of-commands");

/// Rounds of each measurement; of the time that somebody waits the median counts, of the processor's the mean.
const ROUNDS: u16 = 41;

const CALLS: [&[&str]; 22] = [
    &["--version"],
    &["list"],
    &["list", "--skill", "go"],
    &["list", "--skill", "go,rust", "--hours", "..175"],
    &["list", "--format", "json"],
    &["search", "service", "mesh", "dashboard"],
    &["search", "kuberntes", "oprator"],
    &["match", "--skills", "go,rust"],
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

/// What a call takes, in seconds.
struct Cost {
    /// From its start to its end.
    waiting: f64,
    /// Of the processor; `None` where the system does not say.
    processor: Option<f64>,
}

fn main() {
    let named = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    let ideas = env!("CARGO_BIN_EXE_ideas");
    let other = named.as_ref().map_or(vec!["--version"], |path| vec!["-c", "-i", "golang", path.as_str()]);
    let (other, base) = match measure("rg", &other, None) {
        Some(base) => (format!("rg {}", other.join(" ")), base),
        None => ("ideas --version".to_owned(), measure(ideas, &["--version"], None).expect("our own program runs")),
    };
    println!("{ROUNDS} runs; times of {other}: {}", shown(&base, &base));
    for call in CALLS {
        let cost = measure(ideas, call, named.as_deref()).expect("our own program runs");
        println!("{:<46} {}", call.join(" "), shown(&cost, &base));
    }
}

/// Each time, and how many times that of another it is.
fn shown(cost: &Cost, base: &Cost) -> String {
    let times = |cost: f64, base: f64| format!("{:>7.1} ms {:>5.1} x", cost * 1e3, cost / base);
    let processor = cost.processor.zip(base.processor).map(|(cost, base)| format!("   processor {}", times(cost, base)));
    times(cost.waiting, base.waiting) + &processor.unwrap_or_default()
}

/// What a call costs; `None` if there is no such program.
fn measure(program: &str, args: &[&str], catalog: Option<&str>) -> Option<Cost> {
    let mut times = Vec::with_capacity(ROUNDS.into());
    let mut before = None;
    for round in 0..=ROUNDS {
        let mut command = Command::new(program);
        command
            .args(args)
            .env_remove("IDEAS_CATALOG")
            .env("IDEAS_CACHE_DIR", CACHE)
            .env("IDEAS_DATA_DIR", NOTHING_FETCHED)
            .envs(catalog.map(|path| ("IDEAS_CATALOG", path)));
        let start = Instant::now();
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
        if round == 0 {
            before = processor_time();
        } else {
            times.push(start.elapsed());
        }
    }
    times.sort_unstable();
    let processor = processor_time().zip(before).map(|(after, before)| (after - before) / f64::from(ROUNDS));
    Some(Cost { waiting: times.get(times.len() / 2)?.as_secs_f64(), processor })
}

/// How long the processor has worked for the processes that we have started and that have ended, in seconds.
fn processor_time() -> Option<f64> {
    /// In a second, on any Linux.
    const TICKS: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name, which may hold anything.
    let fields = stat.rsplit_once(')')?.1.split_whitespace();
    let ticks: Vec<f64> = fields.skip(13).take(2).filter_map(|field| field.parse().ok()).collect();
    (ticks.len() == 2).then(|| ticks.iter().sum::<f64>() / TICKS)
}
