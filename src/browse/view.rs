//! A state as a frame: where everything stands, and how it looks.
//!
//! Nothing is told by colour alone: what is selected has a mark and is shown in reverse, what was found is underlined, what is
//! chosen has a cross. Only the rows that are seen are drawn.

mod overlay;
mod theme;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

pub(super) use self::overlay::{help_lines, help_rows, panel_area, panel_rows, panel_values};

use self::theme::{BOLD, DIM, SELECTED, Theme};
use super::{Browser, Mode, Purpose, keys};
use crate::render::fit;
use crate::render::page;

/// With so many columns there is room for the idea beside the list.
const TWO_PANES: u16 = 70;
/// So many columns are enough for the text of an idea. What is left of a wide window goes to the list.
const PAGE: u16 = 88;
/// What a row of the list has besides its columns: three marks before them, with one for what is selected, and a space
/// behind them.
const MARKS: usize = 5;
/// With so many rows there is one for hints.
const WITH_HINTS: u16 = 8;
/// With so many rows a line sets the head apart.
const WITH_RULE: u16 = 12;

/// Where everything stands. What is not shown has no width.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Areas {
    pub(super) header: Rect,
    chips: Rect,
    rule: Rect,
    pub(super) list: Rect,
    divider: Rect,
    pub(super) idea: Rect,
    footer: Rect,
}

/// Where everything of a state stands.
pub(super) fn areas(browser: &Browser<'_>) -> Areas {
    let (width, height) = browser.size;
    let mut areas = Areas::default();
    let mut body = Rect::new(0, 0, width, height);
    if height >= 2 {
        areas.header = take_top(&mut body);
    }
    if height > WITH_HINTS && !chips(browser).is_empty() {
        areas.chips = take_top(&mut body);
    }
    if height >= WITH_RULE {
        areas.rule = take_top(&mut body);
    }
    let has_something_to_tell = browser.notice.is_some() || browser.mode == Mode::Noting;
    if height >= WITH_HINTS || (has_something_to_tell && height >= 3) {
        areas.footer = Rect { y: height - 1, height: 1, ..body };
        body.height -= 1;
    }
    let mode = match browser.mode {
        Mode::Help => browser.before_help,
        Mode::Noting => browser.before_note,
        mode => mode,
    };
    if matches!(mode, Mode::Reading | Mode::Comparing) {
        areas.idea = body;
    } else if width < TWO_PANES {
        areas.list = body;
    } else {
        let whole = u16::try_from(browser.listing_width + MARKS).unwrap_or(u16::MAX);
        let list = (width / 20 * 9).max(width.saturating_sub(PAGE)).min(whole).max(30);
        areas.list = Rect { width: list, ..body };
        areas.divider = Rect { x: list, width: 1, ..body };
        areas.idea = Rect { x: list + 1, width: width - list - 1, ..body };
    }
    areas
}

fn take_top(body: &mut Rect) -> Rect {
    let top = Rect { height: 1, ..*body };
    body.y += 1;
    body.height -= 1;
    top
}

/// The columns for the text of an idea: a space before it, and a scroll bar behind it.
pub(super) fn page_width(idea: Rect) -> u16 {
    idea.width.saturating_sub(2)
}

/// A line as lines of at most `width` columns, broken anywhere: what cannot be wrapped must be seen all the same.
pub(super) fn fold(line: page::Line, width: usize) -> Vec<page::Line> {
    if line.width() <= width {
        return vec![line];
    }
    // What goes on stands below what it belongs to, not below its label.
    let label = line.0.first().filter(|first| first.text.ends_with(' ')).map_or(0, |first| fit::width(&first.text));
    let indent = if label * 2 < width { label } else { 0 };
    let (mut lines, mut current, mut used) = (Vec::new(), page::Line::default(), 0);
    for piece in line.0 {
        for c in piece.text.chars() {
            let columns = fit::char_width(c);
            if used + columns > width && used > indent {
                lines.push(std::mem::take(&mut current));
                current.push(page::Piece::plain(" ".repeat(indent)));
                used = indent;
            }
            used += columns;
            current.push(page::Piece { text: c.to_string(), ..piece.clone() });
        }
    }
    lines.push(current);
    lines
}

/// Draws a state. The frame must be as large as the state was told.
pub fn draw(browser: &Browser<'_>, frame: &mut Frame<'_>) {
    let areas = areas(browser);
    let theme = Theme::new(browser.look);
    let view = View { browser, theme };
    view.header(areas.header, frame);
    view.put(frame, areas.chips, Line::from(chips(browser)).style(theme.accent()));
    view.rule(&areas, frame);
    view.list(areas.list, frame);
    view.divider(&areas, frame);
    view.idea(areas.idea, frame);
    view.footer(areas.footer, frame);
    match browser.mode {
        Mode::Facets => view.panel(frame),
        Mode::Help => view.help(frame),
        Mode::List | Mode::Typing | Mode::Reading | Mode::Comparing | Mode::Noting => {}
    }
}

/// What filters besides the text, and how much is selected.
fn chips(browser: &Browser<'_>) -> String {
    let mut chips = browser.facets.summary();
    if browser.only_shortlisted {
        chips.push("shortlisted".to_owned());
    }
    if !browser.selection.is_empty() {
        chips.push(format!("{} selected", browser.selection.len()));
    }
    chips.iter().map(|chip| format!(" [{chip}]")).collect::<Vec<_>>().concat()
}

struct View<'a, 'b> {
    browser: &'b Browser<'a>,
    theme: Theme,
}

impl View<'_, '_> {
    /// One line in an area, cut at its end.
    fn put(&self, frame: &mut Frame<'_>, area: Rect, line: Line<'_>) {
        let area = area.intersection(frame.area());
        let style = line.style;
        let mut room = usize::from(area.width);
        let mut spans = Vec::new();
        for span in line.spans {
            let text = fit::cut(&span.content, room, self.theme.dots).into_owned();
            room = room.saturating_sub(fit::width(&text));
            spans.push(Span::styled(text, span.style));
        }
        Line::from(spans).style(style).render(area, frame.buffer_mut());
    }

    /// What is typed, and how many ideas that leaves.
    fn header(&self, area: Rect, frame: &mut Frame<'_>) {
        let Browser { text, shown, ideas, .. } = self.browser;
        let is_narrow = area.width < 60;
        let hidden = self.browser.facets.summary().len() + usize::from(self.browser.only_shortlisted);
        let chips = if hidden > 0 && areas(self.browser).chips.width == 0 { format!("+{hidden} ") } else { String::new() };
        let right = if is_narrow {
            format!("{chips}{}/{} ", shown.len(), ideas.len())
        } else {
            format!("{chips}{} of {} {} {} ", shown.len(), ideas.len(), self.theme.dot, self.browser.order_name())
        };
        let right_width = u16::try_from(fit::width(&right)).unwrap_or(u16::MAX).min(area.width / 2);
        let left = Rect { width: area.width - right_width, ..area };
        let name = match self.browser.purpose {
            _ if is_narrow => " ",
            Purpose::Browse => " Ideas  ",
            Purpose::Pick => " Which ideas?  ",
        };
        let is_typing = self.browser.mode == Mode::Typing;
        let mut spans = vec![Span::styled(name, BOLD)];
        if is_typing || !text.is_empty() {
            // The end of a long text is what is being typed.
            let room = usize::from(left.width).saturating_sub(name.len() + 3);
            let tail = tail(text, room);
            spans.push(Span::styled("/", self.theme.accent()));
            spans.push(Span::styled(tail, if is_typing { Style::new() } else { BOLD }));
            let column = name.len() + 1 + fit::width(tail);
            if is_typing && area.width > 0 {
                let x = u16::try_from(column).unwrap_or(u16::MAX).min(left.width.saturating_sub(1));
                frame.set_cursor_position(Position::new(x, area.y));
            }
        } else {
            spans.push(Span::styled(if area.width < 30 { "/" } else { "/ to filter" }, DIM));
        }
        self.put(frame, left, Line::from(spans));
        let right_area = Rect { x: area.x + left.width, width: right_width, ..area };
        self.put(frame, right_area, Line::from(Span::styled(right, DIM)));
    }

    fn rule(&self, areas: &Areas, frame: &mut Frame<'_>) {
        let line = self.theme.horizontal.repeat(areas.rule.width.into());
        self.put(frame, areas.rule, Line::from(line).style(DIM));
        if areas.divider.width > 0 && areas.rule.width > 0 {
            let crossing = Rect { x: areas.divider.x, width: 1, ..areas.rule };
            self.put(frame, crossing, Line::from(self.theme.crossing).style(DIM));
        }
    }

    fn list(&self, area: Rect, frame: &mut Frame<'_>) {
        if area.is_empty() {
            return;
        }
        let Browser { shown, list, .. } = self.browser;
        if shown.is_empty() {
            let hint = if area.width < 34 { " nothing matches" } else { " nothing matches (Esc goes back)" };
            self.put(frame, Rect { height: 1, ..area }, Line::from(hint).style(DIM));
        }
        // Without a divider to stand on, the scroll bar takes a column of the list.
        let own_bar = areas(self.browser).divider.width == 0 && shown.len() > area.height.into();
        let width = area.width - u16::from(own_bar);
        let marks = MARKS - usize::from(self.browser.selection.is_empty());
        let widths = self.browser.listing.widths(usize::from(width).saturating_sub(marks));
        for (row, place) in (list.top..shown.len()).take(area.height.into()).enumerate() {
            let row_area = Rect { y: area.y + u16::try_from(row).unwrap_or(0), height: 1, width, ..area };
            self.row(place, row, &widths, row_area, frame);
        }
        if own_bar {
            let bar = Rect { x: area.right() - 1, width: 1, ..area };
            self.scroll_bar(bar, list.top, shown.len(), frame);
        }
    }

    fn row(&self, place: usize, row: usize, widths: &[Option<usize>], area: Rect, frame: &mut Frame<'_>) {
        let idea = self.browser.shown[place];
        let is_selected = place == self.browser.list.selected;
        let star = if self.browser.is_shortlisted(idea) { self.theme.star } else { " " };
        let marker = if is_selected { self.theme.marker } else { " " };
        let mut spans = vec![Span::styled(marker, self.theme.accent()), Span::raw(star)];
        if !self.browser.selection.is_empty() {
            spans.push(Span::raw(if self.browser.selection.contains(&idea) { self.theme.check } else { " " }));
        }
        spans.push(Span::raw(" "));
        let marks = self.browser.hits.get(row).map_or(&[][..], Vec::as_slice);
        let mut gap = 0;
        for (i, (text, width)) in self.browser.listing.row(idea, widths, &self.browser.look).into_iter().enumerate() {
            spans.push(Span::raw(" ".repeat(gap)));
            gap = width.saturating_sub(fit::width(&text)) + 2;
            if i == 0 { spans.extend(self.marked(&text, marks)) } else { spans.push(Span::styled(text, DIM)) }
        }
        let style = if is_selected { SELECTED } else { Style::new() };
        frame.buffer_mut().set_style(area, style);
        self.put(frame, area, Line::from(spans));
    }

    /// A text with some of its characters marked.
    fn marked(&self, text: &str, marks: &[u32]) -> Vec<Span<'static>> {
        let mut spans: Vec<Span<'static>> = Vec::new();
        let mut was_hit = None;
        for (number, c) in (0_u32..).zip(text.chars()) {
            let is_hit = marks.binary_search(&number).is_ok();
            match spans.last_mut() {
                Some(span) if was_hit == Some(is_hit) => span.content.to_mut().push(c),
                _ => spans.push(Span::styled(c.to_string(), if is_hit { self.theme.hit() } else { Style::new() })),
            }
            was_hit = Some(is_hit);
        }
        spans
    }

    fn divider(&self, areas: &Areas, frame: &mut Frame<'_>) {
        self.scroll_bar(areas.divider, self.browser.list.top, self.browser.shown.len(), frame);
    }

    /// A line down, with a thicker part where the window is.
    fn scroll_bar(&self, area: Rect, top: usize, length: usize, frame: &mut Frame<'_>) {
        let rows = usize::from(area.height);
        let is_long = length > rows;
        let thumb = if is_long { (rows * rows / length).max(1) } else { 0 };
        let start = if is_long { (top * rows.saturating_sub(thumb)).div_ceil(length - rows) } else { 0 };
        for row in 0..area.height {
            let is_thumb = (start..start + thumb).contains(&usize::from(row));
            let (symbol, style) = if is_thumb { (self.theme.thumb, Style::new()) } else { (self.theme.vertical, DIM) };
            self.put(frame, Rect { y: area.y + row, height: 1, ..area }, Line::from(symbol).style(style));
        }
    }

    fn idea(&self, area: Rect, frame: &mut Frame<'_>) {
        let Some(page) = self.browser.page.as_ref().filter(|_| !area.is_empty()) else { return };
        let text = Rect { x: area.x + 1, width: page_width(area), ..area };
        let lines = page.lines.iter().skip(self.browser.scroll).take(area.height.into());
        for (row, line) in (area.y..).zip(lines) {
            let spans = line.0.iter().map(|piece| Span::styled(piece.text.as_str(), self.theme.of(piece.style)));
            self.put(frame, Rect { y: row, height: 1, ..text }, spans.collect());
        }
        if page.lines.len() > area.height.into() {
            let bar = Rect { x: area.right() - 1, width: 1, ..area };
            self.scroll_bar(bar, self.browser.scroll, page.lines.len(), frame);
        }
    }

    /// What happened, or which keys there are.
    fn footer(&self, area: Rect, frame: &mut Frame<'_>) {
        if self.browser.mode == Mode::Noting {
            return self.note(area, frame);
        }
        if let Some(notice) = &self.browser.notice {
            let notice = without_last_clauses(notice, usize::from(area.width).saturating_sub(1));
            self.put(frame, area, Line::from(format!(" {notice}")).style(BOLD));
            return;
        }
        let bindings = match self.browser.mode {
            Mode::List => keys::LIST,
            Mode::Typing => keys::TYPING,
            Mode::Reading => keys::READING,
            Mode::Comparing => keys::COMPARING,
            Mode::Noting => keys::NOTING,
            Mode::Facets => keys::FACETS,
            Mode::Help => keys::HELP,
        };
        let hints = keys::hints(bindings, area.width.into());
        let spans =
            hints.iter().flat_map(|(key, hint)| [Span::styled(format!(" {key}"), BOLD), Span::styled(format!(" {hint} "), DIM)]);
        self.put(frame, area, spans.collect());
    }
}

impl View<'_, '_> {
    /// The note that is being written.
    fn note(&self, area: Rect, frame: &mut Frame<'_>) {
        const LABEL: &str = " Note: ";
        // The end of a long note is what is being written.
        let tail = tail(&self.browser.note, usize::from(area.width).saturating_sub(LABEL.len() + 1));
        let column = LABEL.len() + fit::width(tail);
        self.put(frame, area, Line::from(vec![Span::styled(LABEL, self.theme.accent()), Span::raw(tail.to_owned())]));
        if !area.is_empty() {
            let x = u16::try_from(column).unwrap_or(u16::MAX).min(area.width.saturating_sub(1));
            frame.set_cursor_position(Position::new(area.x + x, area.y));
        }
    }
}

/// What happened, without the advice behind semicolons where there is no room for it.
fn without_last_clauses(notice: &str, room: usize) -> &str {
    let mut shown = notice;
    while fit::width(shown) > room
        && let Some((first, _)) = shown.rsplit_once("; ")
    {
        shown = first;
    }
    shown
}

/// The end of a text in at most `room` columns.
fn tail(text: &str, room: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices().rev() {
        used += fit::char_width(c);
        if used > room {
            return &text[at + c.len_utf8()..];
        }
    }
    text
}
