//! Killed at any moment, a sync leaves every source as it was or as it is now, and the next one completes.

use std::io::Write;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use mentorship_ideas::catalog::{Catalog, Origin};
use mentorship_ideas::store::Page;

use super::git::Repository;
use super::sandbox::{Said, Sandbox, page};
#[cfg(unix)]
use super::script;
use super::server::{Server, ok};

/// How often syncs are killed.
const TIMES: usize = 110;

/// Three sources that tell which of their states they are of: each page holds two ideas of one state.
const SOURCES: [&str; 3] = ["a", "b", "c"];

fn body(source: &str, state: usize) -> String {
    page(&[&format!("{source} {state} first"), &format!("{source} {state} second")])
}

/// The state of each source, if both of its ideas are there and of one state.
fn states(sandbox: &Sandbox) -> Vec<usize> {
    let catalog = Catalog::load(&[Origin::Fetched(sandbox.store())]);
    assert_eq!(catalog.notices, []);
    let titles: Vec<String> = catalog.ideas.into_iter().map(|idea| idea.title.value).collect();
    let state = |(at, source): (usize, &&str)| {
        let words = |title: &String| title.split(' ').map(ToOwned::to_owned).collect::<Vec<_>>();
        let (first, second) = (words(&titles[2 * at]), words(&titles[2 * at + 1]));
        assert_eq!((first[0].as_str(), second[0].as_str()), (*source, *source), "{titles:?}");
        assert_eq!(first[1], second[1], "half of a page, half of another: {titles:?}");
        first[1].parse().unwrap()
    };
    assert_eq!(titles.len(), 2 * SOURCES.len(), "{titles:?}");
    SOURCES.iter().enumerate().map(state).collect()
}

fn spawn(sandbox: &Sandbox) -> Child {
    sandbox.ideas(["sync", "--quiet"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// A server whose pages are of the state that the test says, and a user who has them all.
struct Served {
    sandbox: Sandbox,
    state: Arc<AtomicUsize>,
    /// How many pages were sent.
    sent: Arc<AtomicUsize>,
}

impl Served {
    fn new() -> Self {
        let (state, sent) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (now, count) = (Arc::clone(&state), Arc::clone(&sent));
        let server = Server::start(move |request, out| {
            let source = request.path.trim_start_matches('/').trim_end_matches(".md");
            let _ = out.write_all(&ok(body(source, now.load(Ordering::SeqCst))));
            count.fetch_add(1, Ordering::SeqCst);
        });
        let sandbox = Sandbox::new();
        for source in SOURCES {
            sandbox.run(["sources", "add", &server.url(&format!("/{source}.md")), "--name", source]);
        }
        sandbox.run(["sync"]);
        Served { sandbox, state, sent }
    }

    fn sync_to(&self, state: usize) {
        self.state.store(state, Ordering::SeqCst);
        self.sandbox.run(["sync"]);
    }

    /// Kills a sync so long after a moment; true if it was still at work.
    fn kill(&self, state: usize, moment: Moment, then: Duration) -> bool {
        self.state.store(state, Ordering::SeqCst);
        let (sent, before) = (self.sent.load(Ordering::SeqCst), self.pages());
        let mut child = spawn(&self.sandbox);
        let has_come = || match moment {
            Moment::Sent(pages) => self.sent.load(Ordering::SeqCst) >= sent + pages,
            Moment::Kept(sources) => self.pages().iter().zip(&before).filter(|(now, then)| now != then).count() >= sources,
        };
        while !has_come() && child.try_wait().unwrap().is_none() {
            thread::yield_now();
        }
        thread::sleep(then);
        child.kill().unwrap();
        child.wait().unwrap().code().is_none()
    }

    /// The pages of the sources, as they are known.
    fn pages(&self) -> Vec<Vec<Page>> {
        let store = self.sandbox.store();
        SOURCES.iter().map(|source| store.manifest(source).unwrap().unwrap().pages).collect()
    }
}

/// A moment in a sync.
#[derive(Clone, Copy)]
enum Moment {
    /// The server has sent so many pages.
    Sent(usize),
    /// So many sources were put in the place of what was known of them.
    Kept(usize),
}

#[test]
fn killed_at_any_moment_every_source_is_whole() {
    let served = Served::new();
    let begun = Instant::now();
    served.sync_to(1);
    let usual = begun.elapsed();
    let (mut last, mut before, mut within) = (1, 0, 0);
    // The same moments each time, as far as the machine allows: while it starts, while it takes in each of the pages, and
    // around each commit.
    let mut chance = fastrand::Rng::with_seed(2026);
    for time in 0..TIMES {
        // No two are alike: what an earlier one has failed to complete would be seen.
        let next = last + 1;
        let moment = if time % 3 < 2 { Moment::Sent(chance.usize(0..=3)) } else { Moment::Kept(chance.usize(1..=2)) };
        let killed = served.kill(next, moment, usual.mul_f64(chance.f64().powi(3) / 2.0));
        let seen = states(&served.sandbox);
        assert!(seen.iter().all(|seen| *seen == last || *seen == next), "kill {time}: {seen:?} instead of {last} or {next}");
        before += usize::from(killed && seen == [last; 3]);
        within += usize::from(killed && seen.contains(&next));
        // The next one completes, whether the server has gone on meanwhile or not.
        last = next + usize::from(chance.bool());
        served.sync_to(last);
    }
    assert_eq!(states(&served.sandbox), [last; 3]);
    let missed = format!("killed {before} times before anything was kept, {within} times after something was");
    // How many of each is up to the machine; none would mean that nothing was tried.
    assert!(before > 0 && within > 0, "{missed}: the moments miss the work");
    served.sandbox.run(["sync"]);
    served.sandbox.assert_sound();
    assert_eq!(served.sandbox.files(""), ["ideas.sqlite", "lock", "sources.toml"], "no litter");
    assert_eq!(served.sandbox.query("SELECT count(*) FROM contents"), ["3"]);
}

/// The same while git is at work, which is not killed with it and may still write.
#[test]
fn killed_while_git_works_nothing_is_lost_or_left() {
    let sandbox = Sandbox::new();
    let repository = Repository::new(&sandbox);
    let write = |state: usize| {
        for source in SOURCES {
            repository.write(&format!("{source}.md"), body(source, state));
        }
        repository.commit();
    };
    write(0);
    sandbox.run(["sources", "add", &repository.url(), "--name", "orchard"]);
    sandbox.run(["sync"]);
    let begun = Instant::now();
    write(1);
    sandbox.run(["sync"]);
    let usual = begun.elapsed();
    let mut chance = fastrand::Rng::with_seed(5);
    for state in 2..14 {
        write(state);
        let mut child = spawn(&sandbox);
        thread::sleep(usual.mul_f64(chance.f64()));
        child.kill().unwrap();
        child.wait().unwrap();
        let seen = states(&sandbox);
        // All pages of a source change at one moment.
        assert!(seen == [state - 1; 3] || seen == [state; 3], "{seen:?} instead of {state} or the one before");
        sandbox.run(["sync"]);
        assert_eq!(states(&sandbox), [state; 3]);
    }
    // Whatever git has still written meanwhile is gone when it has ended.
    sandbox.run(["sync"]);
    assert_eq!(sandbox.files(""), ["ideas.sqlite", "lock", "sources.toml"]);
    sandbox.assert_sound();
}

/// Ideas of a killed sync are told by the one that completes it.
#[test]
fn what_a_killed_sync_has_changed_is_told_with_the_next() {
    let server = Server::start(|request, out| {
        match request.path.as_str() {
            "/a.md" => {}
            // The other source never ends, the first time.
            _ if request.before == 0 => thread::sleep(Duration::from_secs(20)),
            _ => {}
        }
        let source = request.path.trim_start_matches('/').trim_end_matches(".md");
        let _ = out.write_all(&ok(body(source, 1)));
    });
    let sandbox = Sandbox::new();
    for source in ["a", "b"] {
        sandbox.run(["sources", "add", &server.url(&format!("/{source}.md")), "--name", source]);
    }
    let mut child = spawn(&sandbox);
    let deadline = Instant::now() + Duration::from_secs(15);
    let has_asked = |path: &str| server.log().iter().any(|request| request.path == path);
    while sandbox.store().manifest("a").unwrap().is_none() || !has_asked("/b.md") {
        assert!(Instant::now() < deadline);
        thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(sandbox.run(["sync"]).out, "b\n  + b 1 first\n  + b 1 second\n");
    assert_eq!(sandbox.run(["changes"]).out, "a\n  + a 1 first\n  + a 1 second\n\nb\n  + b 1 first\n  + b 1 second\n");
}

/// Who runs tests in the background may have them ignore interrupts, and all that they start.
#[cfg(unix)]
fn is_ignored(sandbox: &Sandbox, signal: &str) -> bool {
    sandbox.command("sh").args(["-c", &format!("kill -s {signal} $$; exit 7")]).status().unwrap().code() == Some(7)
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_at_once_and_harms_nothing() {
    for signal in ["INT", "TERM"] {
        let (arrived, has_arrived) = std::sync::mpsc::channel();
        let server = Server::start(move |request, out| {
            if request.before == 1 {
                arrived.send(()).unwrap();
                thread::sleep(Duration::from_secs(20));
            }
            let _ = out.write_all(&ok(body("a", request.before)));
        });
        let sandbox = Sandbox::with_page(&server.url("/a.md"));
        if is_ignored(&sandbox, signal) {
            continue;
        }
        sandbox.run(["sync"]);
        let mut child = spawn(&sandbox);
        has_arrived.recv_timeout(Duration::from_secs(15)).unwrap();
        let begun = Instant::now();
        let kill = sandbox.command("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap();
        assert!(kill.success());
        assert_eq!(child.wait().unwrap().code(), None, "{signal}");
        assert!(begun.elapsed() < Duration::from_secs(10));
        assert_eq!(sandbox.titles(), ["a 0 first", "a 0 second"]);
        sandbox.run(["sync"]);
        assert_eq!(sandbox.titles(), ["a 2 first", "a 2 second"]);
    }
}

/// Git starts helpers, and whatever ends git or us ends them too.
#[cfg(unix)]
#[test]
fn no_helper_of_git_outlives_a_sync() {
    let sandbox = Sandbox::new();
    // A `git` whose helper runs for long. It says who it is, once it runs.
    let git = "#!/bin/sh\ncase \"$*\" in *ls-remote*) sh -c 'echo $$ > helper.new; mv helper.new helper; exec sleep 60'; exit 1 ;; esac\n";
    script::write(&sandbox.path("bin/git"), git);
    let path = format!("{}:{}", sandbox.path("bin").display(), std::env::var("PATH").unwrap());
    sandbox.run(["sources", "add", "https://example.org/a.git", "--name", "a"]);
    let within = |what: &str, is_so: &dyn Fn() -> bool| {
        let deadline = Instant::now() + Duration::from_secs(15);
        while !is_so() {
            assert!(Instant::now() < deadline, "{what}");
            thread::sleep(Duration::from_millis(10));
        }
    };
    for signal in [None, Some("INT"), Some("TERM"), Some("HUP")] {
        if signal.is_some_and(|signal| is_ignored(&sandbox, signal)) {
            continue;
        }
        let timeout = if signal.is_some() { "50s" } else { "1s" };
        let mut sync = sandbox.ideas(["sync", "--retries", "0", "--timeout", timeout]);
        let child = sync.env("PATH", &path).stderr(Stdio::piped()).spawn().unwrap();
        let helper = sandbox.path("helper");
        within("git runs", &|| helper.exists());
        let pid = std::fs::read_to_string(&helper).unwrap().trim().to_owned();
        std::fs::remove_file(&helper).unwrap();
        if let Some(signal) = signal {
            assert!(sandbox.command("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap().success());
        }
        let said = Said::from(child.wait_with_output().unwrap());
        let (code, word) =
            if signal.is_some() { (None, "interrupted: sources that were") } else { (Some(2), "error: a: timed out") };
        assert_eq!(said.code, code, "{signal:?} {}", said.err);
        assert!(said.err.starts_with(word), "{signal:?} {}", said.err);
        // Somebody has to take note of its end: what waits for that has no command any more.
        let command = || sandbox.command("ps").args(["-o", "args=", "-p", &pid]).output().unwrap().stdout;
        within("the helper has ended", &|| !String::from_utf8_lossy(&command()).contains("sleep"));
    }
}

/// Whoever reads while others write sees one state or the other.
#[test]
fn readers_never_see_halves() {
    let Served { sandbox, state, .. } = Served::new();
    let done = Arc::new(AtomicUsize::new(0));
    thread::scope(|scope| {
        let writer = (&sandbox, Arc::clone(&done));
        scope.spawn(move || {
            for next in 1..=15 {
                state.store(next, Ordering::SeqCst);
                writer.0.run(["sync"]);
            }
            writer.1.store(1, Ordering::SeqCst);
        });
        let mut reads = 0;
        while done.load(Ordering::SeqCst) == 0 {
            states(&sandbox);
            reads += 1;
        }
        assert!(reads > 3, "only {reads} reads");
    });
}
