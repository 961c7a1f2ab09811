//! A page that an editor has open: its text as it is typed, and what is found on it.

use std::path::PathBuf;
use std::rc::Rc;

use gen_lsp_types::TextDocumentContentChangeEvent as Change;

use super::position::{self, Encoding};
use super::workspace::{Place, Workspace};
use crate::catalog::files;
use crate::config::Config;
use crate::lint::{Finding, Found, Linted, More};
use crate::programs::Date;
use crate::validate::{Pages, Settings};

/// An open document.
pub(super) struct Document {
    pub(super) version: i32,
    pub(super) text: String,
    /// True if the editor knows what is found on it as it is.
    pub(super) is_told: bool,
    /// Where it lies; none if it is no page, by its name.
    place: Option<Place>,
    /// What was found since it has changed last.
    state: State,
}

enum State {
    /// It was not looked at yet.
    Changed,
    /// It is no page.
    NoPage,
    Looked(Box<Looked>),
}

/// What is found on a page, and what it was held to.
pub(super) struct Looked {
    pub(super) page: Linted,
    pub(super) findings: Vec<Finding>,
    pub(super) more: Vec<More>,
    pub(super) held_to: HeldTo,
}

/// What a page is held to.
#[derive(Clone)]
pub(super) struct HeldTo {
    pub(super) config: Rc<Config>,
    pub(super) here: PathBuf,
    pub(super) path: PathBuf,
    today: Option<Date>,
}

impl Document {
    pub(super) fn new(version: i32, text: String, place: Option<Place>) -> Self {
        Document { version, text, is_told: false, place, state: State::Changed }
    }

    /// Takes a change as it was typed; it is not looked at yet.
    pub(super) fn change(&mut self, change: Change, encoding: Encoding) {
        match change {
            Change::TextDocumentContentChangePartial(change) => {
                let start = position::byte(&self.text, change.range.start, encoding);
                let end = position::byte(&self.text, change.range.end, encoding).max(start);
                self.text.replace_range(start..end, &change.text);
            }
            Change::TextDocumentContentChangeWholeDocument(whole) => self.text = whole.text,
        }
        self.forget();
    }

    /// It lies elsewhere now, or its settings are others.
    pub(super) fn move_to(&mut self, place: Option<Place>) {
        self.place = place;
        self.forget();
    }

    fn forget(&mut self) {
        self.state = State::Changed;
        self.is_told = false;
    }

    /// What is found on it; none if it is no page.
    pub(super) fn look(&mut self, workspace: &mut Workspace) -> Option<&Looked> {
        if matches!(self.state, State::Changed) {
            let held_to = self.place.as_ref().and_then(|place| HeldTo::of(place, workspace));
            let looked = held_to.and_then(|held_to| look(&self.text, held_to));
            self.state = looked.map_or(State::NoPage, |looked| State::Looked(Box::new(looked)));
        }
        self.looked()
    }

    /// What was found on it when it was looked at last, since it has changed.
    pub(super) fn looked(&self) -> Option<&Looked> {
        match &self.state {
            State::Looked(looked) => Some(looked),
            State::Changed | State::NoPage => None,
        }
    }
}

impl HeldTo {
    /// What the page of a place is held to; none if it is to be left alone.
    fn of(place: &Place, workspace: &mut Workspace) -> Option<Self> {
        let config = workspace.config(place)?;
        let Place { path, here } = place.clone();
        (!config.ignores(&path, &here)).then_some(HeldTo { config, here, path, today: workspace.today })
    }

    pub(super) fn settings(&self) -> Settings<'_> {
        Settings { today: self.today, ..Settings::new(&self.config, self.here.clone()) }
    }

    /// A text, looked at as the page; none of it if it is no page.
    pub(super) fn pages(&self, text: &str) -> Pages {
        match files::decode(&self.path, text.as_bytes().to_vec(), false) {
            Ok(text) => Pages::of_text(text, &self.settings()),
            Err(_) => Pages::default(),
        }
    }
}

/// Looks at a text as the page; none if it is no page.
pub(super) fn look(text: &str, held_to: HeldTo) -> Option<Looked> {
    let mut pages = held_to.pages(text);
    let Found { findings, more } = pages.take_findings(&held_to.settings()).found;
    Some(Looked { page: pages.linted.pop()?, findings, more, held_to })
}
