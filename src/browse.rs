//! The full screen: ideas in a list, the one that is pointed at beside it, filtered while somebody types.
//!
//! [`Browser`] is a pure state machine: an event changes the state and may ask for an [`Effect`]; [`view`] draws a state.
//! Neither knows a terminal, so tests drive both. [`run`](session::run) is the thin loop around them, and [`screen`] the
//! terminal: taken, and given back whatever happens.
//!
//! | file | what lives there |
//! |---|---|
//! | [`keys`] | which key does what, and says so in the help |
//! | `finder` | what somebody means by a few words |
//! | `facets` | skills, levels, sizes … to choose from |
//! | `input` | what keys, mouse and window do to the state |
//! | [`view`] | the state as a frame |
//! | `shortlisting` | what is selected, shortlisted and noted |
//! | [`marks`] | the shortlist, as the screen shows it |

mod facets;
mod finder;
mod input;
pub mod keys;
pub mod marks;
pub mod screen;
pub mod session;
mod shortlisting;
pub mod view;

use std::borrow::Borrow;
use std::collections::BTreeSet;

use self::facets::{Facets, Offer};
use self::finder::Finder;
use self::marks::Marks;
use crate::desktop::browser::Address;
use crate::idea::Idea;
use crate::idea::id::short::ShortIds;
use crate::query::facets::Dimension;
use crate::query::fit::Wishes;
use crate::query::sort::{Sort, SortBy, SortKey};
use crate::render::columns::Listing;
use crate::render::compare::{self, Comparison};
use crate::render::page::Line;
use crate::render::{Look, page, safe};
use crate::store::ShortlistChange;

/// What the order of ideas is called that were given in none.
const NEWEST_FIRST: &str = "newest first";

/// What the screen is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Looking around.
    Browse,
    /// Choosing ideas: typing starts at once, and Enter is the choice.
    Pick,
}

/// Something that only the world outside can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The end.
    Quit,
    /// The end, with these ideas chosen (their places among those given).
    Pick(Vec<usize>),
    /// Show an address in the browser.
    Show(Address),
    /// Put a text on the clipboard.
    Copy(String),
    /// Change the shortlist.
    Shortlist(Vec<ShortlistChange>),
    /// Stop until somebody goes on.
    Suspend,
    /// Draw all anew.
    Redraw,
}

/// What the keys act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    List,
    Typing,
    Reading,
    Comparing,
    Noting,
    Facets,
    Help,
}

/// A list that is looked at through a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Window {
    selected: usize,
    top: usize,
}

impl Window {
    /// Moves by so many rows, no further than the ends.
    fn go(&mut self, by: isize, length: usize) {
        self.selected = self.selected.saturating_add_signed(by).min(length.saturating_sub(1));
    }

    /// Brings what is selected into a window of so many rows, and leaves none of them empty without need.
    fn settle(&mut self, length: usize, rows: usize) {
        self.selected = self.selected.min(length.saturating_sub(1));
        self.top = self.top.min(length.saturating_sub(rows)).min(self.selected);
        self.top = self.top.max((self.selected + 1).saturating_sub(rows));
    }
}

/// The facets that are offered, and what was typed to narrow their values.
#[derive(Debug)]
struct Panel {
    facet: Dimension,
    window: Window,
    text: String,
}

impl Panel {
    /// A facet with all its values.
    fn of(facet: Dimension) -> Panel {
        Panel { facet, window: Window::default(), text: String::new() }
    }
}

/// The page of an idea, or a comparison of several, drawn for a width.
struct Page {
    ideas: Vec<usize>,
    width: usize,
    lines: Vec<Line>,
}

/// The state of the full screen.
pub struct Browser<'a> {
    ideas: Vec<&'a Idea>,
    /// What the user has and wants: what is compared says how it fits.
    wishes: Option<Wishes>,
    listing: Listing,
    /// The columns that all of the listing takes.
    listing_width: usize,
    purpose: Purpose,
    look: Look,
    finder: Finder<'a>,
    facets: Facets,
    marks: Marks,
    /// The shortlist before it was changed last.
    marks_before: Marks,
    only_shortlisted: bool,
    /// The ideas that are selected, by their places among all.
    selection: BTreeSet<usize>,
    /// The note that is being written, and where that goes back to.
    note: String,
    before_note: Mode,
    /// True if the ideas were given in an order that somebody chose.
    sorted: bool,
    /// The orders to choose from; the first is that of the ideas as they were given.
    orders: Vec<(String, Sort)>,
    order: usize,
    reversed: bool,
    /// Each idea's place in the order.
    ranks: Vec<usize>,
    /// The ideas that are let through, in order.
    shown: Vec<usize>,
    /// The characters of the titles in the window that were found.
    hits: Vec<Vec<u32>>,
    list: Window,
    mode: Mode,
    text: String,
    panel: Panel,
    page: Option<Page>,
    /// The first line of the idea, and of the help, that is seen.
    scroll: usize,
    help_scroll: usize,
    /// Where help goes back to.
    before_help: Mode,
    /// Columns and rows.
    size: (u16, u16),
    notice: Option<String>,
}

/// An idea with its place, to be sorted.
struct Placed<'a>(usize, &'a Idea);

impl Borrow<Idea> for Placed<'_> {
    fn borrow(&self) -> &Idea {
        self.1
    }
}

impl<'a> Browser<'a> {
    /// A screen over these ideas. `order` is what they were sorted by, if that is not the newest first.
    pub fn new(ideas: Vec<&'a Idea>, order: Option<&Sort>, marks: Marks, purpose: Purpose, look: Look) -> Self {
        let given = (order.map_or_else(|| NEWEST_FIRST.to_owned(), Sort::to_string), Sort::default());
        let by = |key: SortKey| (key.as_str().to_owned(), Sort(vec![SortBy { key, descending: false }]));
        let keys = [SortKey::Title, SortKey::Project, SortKey::Difficulty, SortKey::Hours, SortKey::Term, SortKey::Mentors];
        let listing = Listing::new(&ideas);
        let mut browser = Browser {
            wishes: None,
            listing_width: listing.full_width(),
            listing,
            purpose,
            look,
            finder: Finder::new(&ideas),
            facets: Facets::new(&ideas),
            marks_before: marks.clone(),
            marks,
            only_shortlisted: false,
            selection: BTreeSet::new(),
            note: String::new(),
            before_note: Mode::List,
            sorted: order.is_some(),
            orders: std::iter::once(given).chain(keys.map(by)).collect(),
            order: 0,
            reversed: false,
            ranks: (0..ideas.len()).collect(),
            shown: Vec::new(),
            hits: Vec::new(),
            list: Window::default(),
            mode: if purpose == Purpose::Pick { Mode::Typing } else { Mode::List },
            text: String::new(),
            panel: Panel::of(Dimension::Skill),
            page: None,
            scroll: 0,
            help_scroll: 0,
            before_help: Mode::List,
            size: (80, 24),
            notice: None,
            ideas,
        };
        browser.filter();
        browser
    }

    /// What is compared on the screen says how it fits these.
    pub fn compare_with(&mut self, wishes: Wishes) {
        self.wishes = Some(wishes);
    }

    /// Tells something in the last line, until the next key.
    pub fn tell(&mut self, notice: impl Into<String>) {
        self.notice = Some(safe::line(&notice.into()).into_owned());
    }

    /// The idea that is pointed at, by its place among those given.
    fn current(&self) -> Option<usize> {
        self.shown.get(self.list.selected).copied()
    }

    /// Lets through what matches the text, the facets and the shortlist; what was pointed at stays so, if it is there.
    fn filter(&mut self) {
        let current = self.current();
        let best_first = !self.text.trim().is_empty() && !self.is_ordered();
        let mut found: Vec<_> = self.finder.find(&self.text).to_vec();
        found.retain(|found| self.passes(found.idea));
        if best_first {
            found.sort_by_key(|found| (std::cmp::Reverse(found.score), found.idea));
        } else {
            found.sort_by_key(|found| self.ranks[found.idea]);
        }
        self.shown.clear();
        self.shown.extend(found.iter().map(|found| found.idea));
        let place = current.and_then(|current| self.shown.iter().position(|&idea| idea == current));
        self.list.selected = place.unwrap_or(0);
        if place.is_none() {
            self.scroll = 0;
        }
    }

    fn passes(&self, idea: usize) -> bool {
        self.facets.pass(idea) && self.is_let_through(idea)
    }

    fn is_let_through(&self, idea: usize) -> bool {
        !self.only_shortlisted || self.is_shortlisted(idea)
    }

    fn is_shortlisted(&self, idea: usize) -> bool {
        self.marks.contains(&self.ideas[idea].id)
    }

    /// True if somebody chose an order, so that the best matches do not come first.
    fn is_ordered(&self) -> bool {
        self.order > 0 || self.reversed || self.sorted
    }

    /// What the order is called.
    fn order_name(&self) -> String {
        if !self.text.trim().is_empty() && !self.is_ordered() {
            return "best match".to_owned();
        }
        let reversed = if self.reversed { ", reversed" } else { "" };
        format!("{}{reversed}", self.orders[self.order].0)
    }

    fn sort(&mut self) {
        let (_, sort) = &self.orders[self.order];
        let mut placed: Vec<_> = self.ideas.iter().enumerate().map(|(place, idea)| Placed(place, idea)).collect();
        let mut sort = sort.clone();
        // What is not stated comes last in both directions; only the given order is simply turned.
        sort.0.iter_mut().for_each(|by| by.descending ^= self.reversed);
        sort.apply(&mut placed);
        if sort.0.is_empty() && self.reversed {
            placed.reverse();
        }
        for (rank, Placed(place, _)) in placed.into_iter().enumerate() {
            self.ranks[place] = rank;
        }
        self.filter();
    }

    /// The values of the facet that is open, narrowed by what was typed.
    fn offers(&self) -> Vec<Offer<'_>> {
        let ideas = self.finder.found().iter().map(|found| found.idea).filter(|&idea| self.is_let_through(idea));
        let mut offers = self.facets.offers(self.panel.facet, ideas);
        let typed = self.panel.text.to_lowercase();
        offers.retain(|offer| offer.name.to_lowercase().contains(&typed));
        offers
    }

    /// Brings everything that was scrolled and selected into what the window shows, and draws the page that is looked at.
    fn settle(&mut self) {
        let areas = view::areas(self);
        self.list.settle(self.shown.len(), areas.list.height.into());
        let seen = self.shown.iter().skip(self.list.top).take(areas.list.height.into());
        self.hits = seen.map(|&idea| self.finder.marks(&self.listing.title(idea))).collect();
        let offers = if self.mode == Mode::Facets { self.offers().len() } else { 0 };
        self.panel.window.settle(offers, view::panel_rows(self));
        let width = usize::from(view::page_width(areas.idea));
        let is_comparing = self.mode == Mode::Comparing || (self.mode == Mode::Help && self.before_help == Mode::Comparing);
        let ideas: Vec<usize> =
            if is_comparing { self.selection.iter().copied().collect() } else { self.current().into_iter().collect() };
        if ideas.is_empty() {
            self.page = None;
        } else if width > 0 && self.page.as_ref().is_none_or(|page| (&page.ideas, page.width) != (&ideas, width)) {
            if self.page.as_ref().is_some_and(|page| page.ideas != ideas) {
                self.scroll = 0;
            }
            let look = Look { width: Some(width), color: true, links: false, ..self.look };
            let lines = match ideas.as_slice() {
                [idea] => page::lines(self.ideas[*idea], None, &look),
                ideas => {
                    let compared = ideas.iter().map(|&idea| self.ideas[idea]).collect();
                    compare::lines(&Comparison::new(compared, self.wishes.as_ref()), &ShortIds::default(), &look)
                }
            };
            let lines = lines.into_iter().flat_map(|line| view::fold(line, width)).collect();
            self.page = Some(Page { ideas, width, lines });
        }
        let lines = self.page.as_ref().map_or(0, |page| page.lines.len());
        self.scroll = self.scroll.min(lines.saturating_sub(areas.idea.height.into()));
        self.help_scroll = self.help_scroll.min(view::help_lines().saturating_sub(view::help_rows(self)));
    }
}

#[cfg(test)]
mod tests;
