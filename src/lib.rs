//! Mentorship project ideas (Google Summer of Code, LFX Mentorship and their like), read from the pages on which
//! organizations publish them.
//!
//! Data flows one way, and a module uses only modules to its left:
//!
//! ```text
//! bytes → text · spelling · storage · database → page → labels → document → records → programs → idea → layout → store → catalog → query | lint → config · repositories
//!       → sources → web → checks → sync → shortlist → render | site | report → author → preferences → validate → desktop → browse | lsp → cli
//! ```
//!
//! | module | what it does |
//! |---|---|
//! | [`text`] | bytes become text; spans, lines, columns |
//! | [`spelling`] | names that are nearly written like others: "did you mean" |
//! | [`storage`] | files of our own, and how any file is written: whole or not at all |
//! | [`database`] | SQLite files of our own |
//! | [`prose`], [`mojibake`] | the visible text of a page, with the way back to its bytes |
//! | [`data`] | YAML, TOML and JSON as one tree with spans |
//! | [`page`] | front matter and body |
//! | [`labels`] | what labels mean |
//! | [`document`] | Markdown and HTML as one tree: headings, paragraphs, lists, tables |
//! | [`records`] | a document as lines, each with the label it begins with |
//! | [`programs`] | mentorship programmes: how they are called, and when their terms are |
//! | [`idea`] | the model, and how each value is read |
//! | [`layout`] | which parts of a page are ideas, and which of their lines say what |
//! | [`store`] | what `ideas sync` fetched, its history, and the user's shortlist: one database |
//! | [`catalog`] | where pages come from |
//! | [`query`] | which ideas somebody wants, in which order, and what there is to ask for |
//! | [`lint`] | what is wrong with a page, and how it can be mended |
//! | [`config`] | `ideas.toml` |
//! | [`repositories`] | what the user's own repositories say of their skills |
//! | [`sources`] | where pages can be fetched from: what is known, and what the user has chosen |
//! | [`web`] | HTTP as a guest: what is asked for, how often, and how an answer is told from a fault |
//! | [`checks`] | whether upstream issues are still open, and links still lead somewhere |
//! | [`sync`] | fetches them, and says what changed |
//! | [`shortlist`] | the user's shortlist against a catalogue: what has changed since, and what is gone |
//! | [`render`] | ideas as tables, JSON, YAML, CSV, Markdown, pages to read |
//! | [`site`] | ideas as a static web site: pages, search, feed |
//! | [`report`] | findings for people, editors, CI and other programs |
//! | [`author`] | ideas written as the text of a template |
//! | [`preferences`] | the user's own `config.toml` |
//! | [`validate`] | pages held to their settings: looked at, and mended |
//! | [`desktop`] | the user's own programs: pager, browser, editor |
//! | [`browse`] | the full screen |
//! | [`lsp`] | the language server: findings, fixes and facts in an editor |
//! | [`cli`] | the commands: their arguments, and what each does |
#![warn(clippy::print_stdout, clippy::print_stderr)]

/// A vocabulary of `schemas/`, as JSON: see `build.rs`.
macro_rules! vocabulary {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $name, ".json"))
    };
}

pub mod author;
pub mod browse;
pub mod catalog;
pub mod checks;
pub mod cli;
pub mod config;
pub mod data;
pub mod database;
pub mod desktop;
pub mod document;
pub mod idea;
pub mod labels;
pub mod layout;
pub mod lint;
pub mod lsp;
pub mod mojibake;
pub mod page;
pub mod preferences;
pub mod programs;
pub mod prose;
pub mod query;
pub mod records;
pub mod render;
pub mod report;
pub mod repositories;
pub mod shortlist;
pub mod site;
pub mod sources;
pub mod spelling;
pub mod storage;
pub mod store;
pub mod sync;
pub mod text;
pub mod validate;
pub mod web;
