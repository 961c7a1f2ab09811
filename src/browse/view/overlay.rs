//! What stands over the list for a while: the facets, and the help.

use std::sync::LazyLock;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use super::super::facets::tab;
use super::super::{Browser, Mode, keys};
use super::View;
use super::theme::{BOLD, DIM, SELECTED};
use crate::query::facets::Dimension;
use crate::render::fit;

/// So many columns and rows are enough for facets.
const PANEL: (u16, u16) = (78, 22);
/// The column in which help says what a key does.
const KEYS: usize = 14;

/// Where the facets stand.
pub(crate) fn panel_area(browser: &Browser<'_>) -> Rect {
    let (columns, rows) = browser.size;
    let (width, height) = (PANEL.0.min(columns), PANEL.1.min(rows));
    Rect::new((columns - width) / 2, (rows - height) / 2, width, height)
}

/// The part of it that lists the values: below the frame and the tabs, above the hints.
pub(crate) fn panel_values(panel: Rect) -> Rect {
    Rect { x: panel.x + 1, y: panel.y + 2, width: panel.width.saturating_sub(2), height: panel.height.saturating_sub(3) }
}

/// How many values are seen.
pub(crate) fn panel_rows(browser: &Browser<'_>) -> usize {
    panel_values(panel_area(browser)).height.into()
}

/// How many lines of help are seen.
pub(crate) fn help_rows(browser: &Browser<'_>) -> usize {
    usize::from(browser.size.1).saturating_sub(1)
}

/// How many lines of help there are.
pub(crate) fn help_lines() -> usize {
    HELP.len()
}

/// Keys and what they do; a line without keys is a heading or a sentence.
static HELP: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let mut lines = Vec::new();
    let parts = [
        ("In the list", keys::LIST),
        ("While you type a filter", keys::TYPING),
        ("While you read an idea", keys::READING),
        ("While you compare ideas", keys::COMPARING),
        ("While you write a note", keys::NOTING),
        ("While you choose facets; letters narrow the values", keys::FACETS),
        ("Everywhere", keys::ALWAYS),
    ];
    for (title, bindings) in parts {
        lines.push(("", title));
        lines.extend(bindings.iter().map(|binding| (binding.shown, binding.does)));
        lines.push(("", ""));
    }
    lines.extend([
        ("", "What a filter finds"),
        ("go helm", "ideas that have both words, the best first: in titles first,"),
        (" ", "then in names and skills, then anywhere in long texts"),
        ("hlm", "in titles, names and skills also a word with letters left out: helm"),
        ("ci", "one or two letters: in long texts only as a whole word"),
        ("'hlm", "only as it stands"),
        ("^add", "at the beginning of a title, name or skill"),
        ("chart$", "at the end of one"),
        ("!php", "not this"),
        ("", ""),
        ("", "Mouse"),
        ("click", "points at an idea; a second click opens it"),
        ("wheel", "moves the list, or the idea under it"),
        ("Shift-drag", "selects text, as without a mouse in here"),
    ]);
    lines
});

impl View<'_, '_> {
    /// The facets: tabs, and the values of one of them with their counts.
    pub(super) fn panel(&self, frame: &mut Frame<'_>) {
        let area = panel_area(self.browser).intersection(frame.area());
        if area.width < 4 || area.height < 3 {
            return;
        }
        Clear.render(area, frame.buffer_mut());
        self.frame_around(area, frame);
        let panel = &self.browser.panel;
        let tabs = Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: 1 };
        self.put(frame, tabs, self.tabs(tabs.width));
        let values = panel_values(area);
        let offers = self.browser.offers();
        if offers.is_empty() {
            self.put(frame, Rect { height: 1, ..values }, Line::from(" nothing is called so").style(DIM));
        }
        let seen = offers.iter().enumerate().skip(panel.window.top).take(values.height.into());
        for (row, (place, offer)) in (values.y..).zip(seen) {
            let area = Rect { y: row, height: 1, ..values };
            let is_selected = place == panel.window.selected;
            let marker = if is_selected { self.theme.marker } else { " " };
            let count = offer.count.to_string();
            let room = usize::from(area.width).saturating_sub(7 + count.len());
            let name = fit::cut(offer.name, room, self.theme.dots);
            let gap = " ".repeat(room.saturating_sub(fit::width(&name)) + 1);
            let cross = if offer.chosen { "[x] " } else { "[ ] " };
            let style = if offer.chosen { BOLD } else { Style::new() };
            let spans = vec![
                Span::styled(marker, self.theme.accent()),
                Span::styled(cross, style),
                Span::styled(name.into_owned(), style),
                Span::styled(format!("{gap}{count} "), DIM),
            ];
            if is_selected {
                frame.buffer_mut().set_style(area, SELECTED);
            }
            self.put(frame, area, Line::from(spans));
        }
    }

    fn frame_around(&self, area: Rect, frame: &mut Frame<'_>) {
        let text = &self.browser.panel.text;
        let title = if text.is_empty() { " Filter by ".to_owned() } else { format!(" Filter by: {text} ") };
        let [upper_left, upper_right, lower_right, lower_left] = self.theme.corners;
        let across = |left: &str, name: &str, right: &str| {
            let rest = usize::from(area.width).saturating_sub(3 + fit::width(name));
            format!("{left}{h}{name}{}{right}", self.theme.horizontal.repeat(rest), h = self.theme.horizontal)
        };
        for row in area.y..area.bottom() {
            let line = if row == area.y {
                across(upper_left, &fit::cut(&title, usize::from(area.width).saturating_sub(4), self.theme.dots), upper_right)
            } else if row + 1 == area.bottom() {
                across(lower_left, "", lower_right)
            } else {
                let inner = " ".repeat(usize::from(area.width) - 2);
                format!("{v}{inner}{v}", v = self.theme.vertical)
            };
            self.put(frame, Rect { y: row, height: 1, ..area }, Line::from(line));
        }
    }

    /// The names of the facets, with the number of chosen values; only one of them where there is no room for all.
    fn tabs(&self, width: u16) -> Line<'static> {
        let name = |facet: Dimension| match self.browser.facets.chosen(facet) {
            0 => tab(facet),
            chosen => format!("{} {chosen}", tab(facet)),
        };
        let open = self.browser.panel.facet;
        let all: usize = Dimension::ALL.into_iter().map(|facet| name(facet).len() + 2).sum();
        if all > usize::from(width) {
            let place = open as usize + 1;
            return Line::from(Span::styled(format!(" < {} > {place}/{}", name(open), Dimension::ALL.len()), BOLD));
        }
        let shown = |facet: Dimension| {
            if facet == open {
                Span::styled(format!("[{}]", name(facet)), self.theme.accent())
            } else {
                Span::styled(format!(" {} ", name(facet)), DIM)
            }
        };
        Dimension::ALL.into_iter().map(shown).collect()
    }

    pub(super) fn help(&self, frame: &mut Frame<'_>) {
        debug_assert_eq!(self.browser.mode, Mode::Help);
        let area = frame.area();
        Clear.render(area, frame.buffer_mut());
        let text = Rect { height: area.height.saturating_sub(1), ..area };
        for (row, (keys, says)) in (text.y..text.bottom()).zip(HELP.iter().skip(self.browser.help_scroll)) {
            let area = Rect { y: row, height: 1, ..text };
            let line = if keys.is_empty() {
                Line::from(Span::styled(format!(" {says}"), self.theme.accent()))
            } else {
                Line::from(vec![Span::styled(format!("   {keys:KEYS$}"), BOLD), Span::raw(*says)])
            };
            self.put(frame, area, line);
        }
        if help_lines() > text.height.into() {
            let bar = Rect { x: text.right().saturating_sub(1), width: 1, ..text };
            self.scroll_bar(bar, self.browser.help_scroll, help_lines(), frame);
        }
        self.footer(Rect { y: area.height.saturating_sub(1), height: 1, ..area }, frame);
    }
}
