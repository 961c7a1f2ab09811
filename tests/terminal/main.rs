//! The program in a real terminal: a pseudo-terminal, a screen that is read as a person would, keys as a person types them.
//!
//! Nothing here sleeps and hopes: every step waits until the screen shows what it must, however slow the machine is.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod browse;
mod list;
mod new;
mod pty;
#[path = "../script/mod.rs"]
mod script;
mod show;
mod stats;
