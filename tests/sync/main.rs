//! `ideas sync` and `ideas check` against real servers and repositories on this machine, with every fault that they,
//! the disk and the user can bring about. Nothing here reaches any network.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod addresses;
mod changes;
mod checks;
mod crash;
mod damage;
mod directories;
mod disk;
mod everyone;
mod git;
mod git_http;
mod http;
mod known;
mod links;
mod sandbox;
#[cfg(unix)]
#[path = "../script/mod.rs"]
mod script;
mod server;
mod sources;
mod store;
