//! What keys, the mouse and the window do to the state.

use crossterm::event::{Event, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::keys::{self, Action};
use super::{Browser, Effect, Mode, Panel, Purpose, Window, view};
use crate::desktop::browser::Address;
use crate::idea::Idea;
use crate::query::facets::Dimension;
use crate::render::safe;
use crate::text::counted;

/// Lines that the wheel, or a key, moves a page by.
const STEP: usize = 3;

impl Browser<'_> {
    /// Takes an event; returns what only the world outside can do about it.
    pub fn on(&mut self, event: &Event) -> Option<Effect> {
        let effect = match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => {
                self.notice = None;
                self.key(key)
            }
            Event::Mouse(mouse) => self.mouse(*mouse),
            Event::Paste(text) => {
                self.paste(text);
                None
            }
            Event::Resize(columns, rows) => {
                self.size = (*columns, *rows);
                None
            }
            _ => None,
        };
        self.settle();
        effect
    }

    fn key(&mut self, key: &KeyEvent) -> Option<Effect> {
        let bindings = match self.mode {
            Mode::List => keys::LIST,
            Mode::Typing => keys::TYPING,
            Mode::Reading => keys::READING,
            Mode::Comparing => keys::COMPARING,
            Mode::Noting => keys::NOTING,
            Mode::Facets => keys::FACETS,
            Mode::Help => keys::HELP,
        };
        let action = keys::action(bindings, key);
        if action.is_none()
            && let Some(c) = keys::typed(key)
        {
            self.type_in(c);
        }
        action.and_then(|action| self.act(action))
    }

    fn act(&mut self, action: Action) -> Option<Effect> {
        match action {
            Action::Quit => return Some(Effect::Quit),
            Action::Suspend => return Some(Effect::Suspend),
            Action::Redraw => return Some(Effect::Redraw),
            Action::Back => return self.back(),
            Action::Done => return self.done(),
            Action::Open => return self.open(),
            Action::Shortlist => return self.shortlist(),
            Action::Note => self.begin_note(),
            Action::Compare => self.compare(),
            Action::Select => self.select(),
            Action::Upstream => return self.show_upstream(),
            Action::Source => return self.show_source(),
            Action::CopyUrl => return self.copy_url(),
            Action::CopyId => return self.copy_id(),
            Action::Help => {
                self.before_help = self.mode;
                self.mode = Mode::Help;
            }
            Action::Type => self.mode = Mode::Typing,
            Action::Facets => self.mode = Mode::Facets,
            Action::NextFacet | Action::PreviousFacet | Action::Toggle | Action::Clear => self.act_on_facet(action),
            Action::Sort => {
                self.order = (self.order + 1) % self.orders.len();
                self.sort();
            }
            Action::Reverse => {
                self.reversed = !self.reversed;
                self.sort();
            }
            Action::OnlyShortlist => {
                self.only_shortlisted = !self.only_shortlisted;
                self.filter();
            }
            Action::Rubout | Action::RuboutWord | Action::RuboutAll => self.rub_out(action),
            Action::NextIdea => self.list.go(1, self.shown.len()),
            Action::PreviousIdea => self.list.go(-1, self.shown.len()),
            Action::ScrollDown => self.scroll += STEP,
            Action::ScrollUp => self.scroll = self.scroll.saturating_sub(STEP),
            Action::Next | Action::Previous | Action::PageDown | Action::PageUp | Action::First | Action::Last => self.go(action),
        }
        None
    }

    /// Moves in whatever is looked at.
    fn go(&mut self, action: Action) {
        let areas = view::areas(self);
        let (rows, length) = match self.mode {
            Mode::List | Mode::Typing => (areas.list.height.into(), self.shown.len()),
            Mode::Reading | Mode::Comparing => (areas.idea.height.into(), self.page.as_ref().map_or(0, |page| page.lines.len())),
            Mode::Facets => (view::panel_rows(self), self.offers().len()),
            Mode::Help => (view::help_rows(self), view::help_lines()),
            Mode::Noting => return,
        };
        // A line of the last page stays, to go on from.
        let page = isize::try_from(rows).unwrap_or(isize::MAX).saturating_sub(1).max(1);
        let by = match action {
            Action::Next => 1,
            Action::Previous => -1,
            Action::PageDown => page,
            Action::PageUp => -page,
            Action::First => isize::MIN,
            _ => isize::MAX,
        };
        match self.mode {
            Mode::List | Mode::Typing => self.list.go(by, length),
            Mode::Facets => self.panel.window.go(by, length),
            Mode::Reading | Mode::Comparing => self.scroll = self.scroll.saturating_add_signed(by),
            Mode::Help => self.help_scroll = self.help_scroll.saturating_add_signed(by),
            Mode::Noting => {}
        }
    }

    /// One step back; out of a choice of an idea, if there is no other.
    fn back(&mut self) -> Option<Effect> {
        match self.mode {
            Mode::Help => self.mode = self.before_help,
            Mode::Noting => self.mode = self.before_note,
            Mode::Facets if self.panel.text.is_empty() => self.mode = Mode::List,
            Mode::Facets => self.panel = Panel::of(self.panel.facet),
            Mode::Typing | Mode::List if !self.text.is_empty() => {
                self.mode = Mode::List;
                self.text.clear();
                self.filter();
            }
            Mode::Typing | Mode::List if self.purpose == Purpose::Pick && self.selection.is_empty() => return Some(Effect::Quit),
            Mode::Reading | Mode::Comparing | Mode::Typing => self.mode = Mode::List,
            Mode::List if !self.selection.is_empty() => self.selection.clear(),
            Mode::List => {
                if self.facets.clear_all() | std::mem::take(&mut self.only_shortlisted) {
                    self.filter();
                } else {
                    self.tell("nothing is filtered; q quits");
                }
            }
        }
        None
    }

    fn done(&mut self) -> Option<Effect> {
        if self.mode == Mode::Noting {
            return self.keep_note();
        }
        let was_typing = self.mode == Mode::Typing;
        self.mode = Mode::List;
        if was_typing && self.purpose == Purpose::Pick { self.open() } else { None }
    }

    fn open(&mut self) -> Option<Effect> {
        let current = self.current()?;
        if self.purpose == Purpose::Pick {
            return Some(Effect::Pick(self.acted_on(current)));
        }
        self.mode = Mode::Reading;
        None
    }

    fn show_upstream(&mut self) -> Option<Effect> {
        let idea = self.ideas[self.current()?];
        let address = Address::of_upstream(idea);
        if address.is_none() {
            let has_page = Address::of_source(idea).is_some();
            self.tell(if has_page { "no upstream issue is named; O opens the page" } else { "no upstream issue is named" });
        }
        address.map(Effect::Show)
    }

    fn show_source(&mut self) -> Option<Effect> {
        let address = Address::of_source(self.ideas[self.current()?]);
        if address.is_none() {
            self.tell("the URL of the page is not known");
        }
        address.map(Effect::Show)
    }

    /// The addresses of upstream issues; of an idea without one, that of its page.
    fn copy_url(&mut self) -> Option<Effect> {
        let ideas: Vec<&Idea> = self.acted_on(self.current()?).iter().map(|&idea| self.ideas[idea]).collect();
        let (mut urls, mut pages) = (Vec::new(), 0);
        for idea in &ideas {
            let upstream = Address::of_upstream(idea);
            pages += usize::from(upstream.is_none());
            urls.extend(upstream.or_else(|| Address::of_source(idea)));
        }
        if urls.is_empty() {
            self.tell("nothing was copied: there is no URL of an issue or page; Y copies the id");
            return None;
        }
        let what = match (ideas.len(), urls.len()) {
            (1, _) if pages == 0 => "the URL of the upstream issue".to_owned(),
            (1, _) => "the URL of the page".to_owned(),
            (all, some) if some < all => format!("{} (the others have none)", counted(some, "URL")),
            (_, some) => counted(some, "URL"),
        };
        let urls = urls.iter().map(Address::as_str).collect::<Vec<_>>().join(" ");
        Some(self.copy(&what, urls))
    }

    fn copy_id(&mut self) -> Option<Effect> {
        let ids: Vec<_> = self.acted_on(self.current()?).iter().map(|&idea| safe::line(&self.ideas[idea].id)).collect();
        let what = if ids.len() == 1 { "the id".to_owned() } else { counted(ids.len(), "id") };
        Some(self.copy(&what, ids.join(" ")))
    }

    fn copy(&mut self, what: &str, text: String) -> Effect {
        self.tell(format!("copied {what}, if the terminal allows it (OSC 52); {text}"));
        Effect::Copy(text)
    }

    fn type_in(&mut self, c: char) {
        match self.mode {
            Mode::Typing => {
                self.text.push(c);
                self.seek();
            }
            Mode::Facets => {
                self.panel.text.push(c);
                self.panel.window = Window::default();
            }
            Mode::Noting => self.note.push(c),
            Mode::List | Mode::Reading | Mode::Comparing | Mode::Help => {}
        }
    }

    /// Pasted text is text: it filters, and is no row of commands.
    fn paste(&mut self, text: &str) {
        let text = safe::line(text);
        match self.mode {
            Mode::List | Mode::Typing => {
                self.mode = Mode::Typing;
                self.text.push_str(&text);
                self.seek();
            }
            Mode::Facets | Mode::Noting => text.chars().for_each(|c| self.type_in(c)),
            Mode::Reading | Mode::Comparing | Mode::Help => {}
        }
    }

    fn rub_out(&mut self, action: Action) {
        let text = match self.mode {
            Mode::Facets => &mut self.panel.text,
            Mode::Noting => &mut self.note,
            _ => &mut self.text,
        };
        let nothing = text.is_empty();
        match action {
            Action::Rubout => drop(text.pop()),
            Action::RuboutWord => {
                let word = text.trim_end().rfind(' ').map_or(0, |space| space + 1);
                text.truncate(word);
            }
            _ => text.clear(),
        }
        if self.mode == Mode::Noting {
            // Nothing depends on it before it is kept.
        } else if self.mode == Mode::Facets {
            self.panel.window = Window::default();
        } else if nothing && action == Action::Rubout {
            self.mode = Mode::List;
        } else {
            self.seek();
        }
    }

    /// Filters by what was typed; the best is pointed at.
    fn seek(&mut self) {
        self.filter();
        self.list = Window::default();
    }

    fn act_on_facet(&mut self, action: Action) {
        let facets = Dimension::ALL.len();
        let place = self.panel.facet as usize;
        match action {
            Action::NextFacet => self.panel = Panel::of(Dimension::ALL[(place + 1) % facets]),
            Action::PreviousFacet => self.panel = Panel::of(Dimension::ALL[(place + facets - 1) % facets]),
            Action::Toggle => {
                let value = self.offers().get(self.panel.window.selected).map(|offer| offer.value);
                if let Some(value) = value {
                    self.facets.toggle(self.panel.facet, value);
                    self.filter();
                }
            }
            _ => {
                self.facets.clear(self.panel.facet);
                self.filter();
            }
        }
    }

    fn mouse(&mut self, mouse: MouseEvent) -> Option<Effect> {
        let at = Position::new(mouse.column, mouse.row);
        match mouse.kind {
            MouseEventKind::ScrollDown => self.wheel(at, true),
            MouseEventKind::ScrollUp => self.wheel(at, false),
            MouseEventKind::Down(MouseButton::Left) => {
                self.notice = None;
                return self.click(at);
            }
            _ => {}
        }
        None
    }

    fn wheel(&mut self, at: Position, down: bool) {
        let is_idea = matches!(self.mode, Mode::Reading | Mode::Comparing) || view::areas(self).idea.contains(at);
        let (further, back) = match self.mode {
            Mode::List | Mode::Typing if is_idea => (Action::ScrollDown, Action::ScrollUp),
            _ => (Action::Next, Action::Previous),
        };
        let times = if further == Action::Next { STEP } else { 1 };
        for _ in 0..times {
            self.act(if down { further } else { back });
        }
    }

    fn click(&mut self, at: Position) -> Option<Effect> {
        let areas = view::areas(self);
        match self.mode {
            Mode::Help => return self.back(),
            Mode::Facets => self.click_on_panel(at),
            Mode::Noting => {}
            _ if areas.header.contains(at) => self.mode = Mode::Typing,
            Mode::List | Mode::Typing if areas.list.contains(at) => {
                let row = self.list.top + usize::from(at.y - areas.list.y);
                if row >= self.shown.len() {
                    return None;
                }
                // The second click on an idea opens it.
                if row == self.list.selected && self.mode == Mode::List {
                    return self.open();
                }
                self.mode = Mode::List;
                self.list.selected = row;
            }
            _ => {}
        }
        None
    }

    fn click_on_panel(&mut self, at: Position) {
        let panel = view::panel_area(self);
        let values = view::panel_values(panel);
        if !panel.contains(at) {
            self.mode = Mode::List;
        } else if values.contains(at) {
            let row = self.panel.window.top + usize::from(at.y - values.y);
            if row < self.offers().len() {
                self.panel.window.selected = row;
                self.act_on_facet(Action::Toggle);
            }
        } else if at.y == panel.y + 1 {
            self.act_on_facet(Action::NextFacet);
        }
    }
}
