//! How things look, with and without colour, with and without Unicode.

use anstyle::{AnsiColor, Color as Ansi, Effects};
use ratatui::style::{Color, Modifier, Style};

use crate::render::Look;

pub(super) const BOLD: Style = Style::new().add_modifier(Modifier::BOLD);
pub(super) const DIM: Style = Style::new().add_modifier(Modifier::DIM);
pub(super) const SELECTED: Style = Style::new().add_modifier(Modifier::REVERSED);

/// The looks of a screen. Only the terminal's own colours are used, so that its theme holds.
#[derive(Clone, Copy)]
pub(super) struct Theme {
    color: bool,
    pub(super) marker: &'static str,
    pub(super) star: &'static str,
    pub(super) check: &'static str,
    pub(super) dots: &'static str,
    pub(super) dot: &'static str,
    pub(super) horizontal: &'static str,
    pub(super) vertical: &'static str,
    pub(super) crossing: &'static str,
    /// Clockwise from the upper left.
    pub(super) corners: [&'static str; 4],
    pub(super) thumb: &'static str,
}

impl Theme {
    pub(super) fn new(look: Look) -> Self {
        let color = look.color;
        if look.unicode {
            Theme {
                color,
                marker: "▌",
                star: "★",
                check: "✓",
                dots: "…",
                dot: "·",
                horizontal: "─",
                vertical: "│",
                crossing: "┬",
                corners: ["┌", "┐", "┘", "└"],
                thumb: "┃",
            }
        } else {
            Theme {
                color,
                marker: ">",
                star: "*",
                check: "x",
                dots: "...",
                dot: "-",
                horizontal: "-",
                vertical: "|",
                crossing: "+",
                corners: ["+"; 4],
                thumb: "#",
            }
        }
    }

    pub(super) fn accent(self) -> Style {
        self.colored(BOLD, Color::Cyan)
    }

    /// What was found: told by its weight and a line, not by its colour alone.
    pub(super) fn hit(self) -> Style {
        self.colored(BOLD.add_modifier(Modifier::UNDERLINED), Color::Red)
    }

    fn colored(self, style: Style, color: Color) -> Style {
        if self.color { style.fg(color) } else { style }
    }

    /// The style of a piece of a page.
    pub(super) fn of(self, style: anstyle::Style) -> Style {
        let effects = style.get_effects();
        let known = [
            (Effects::BOLD, Modifier::BOLD),
            (Effects::DIMMED, Modifier::DIM),
            (Effects::ITALIC, Modifier::ITALIC),
            (Effects::UNDERLINE, Modifier::UNDERLINED),
            (Effects::STRIKETHROUGH, Modifier::CROSSED_OUT),
        ];
        let modifiers = known.into_iter().filter(|&(effect, _)| effects.contains(effect));
        let shown = modifiers.fold(Style::new(), |shown, (_, modifier)| shown.add_modifier(modifier));
        match style.get_fg_color() {
            // Pages use no other.
            Some(Ansi::Ansi(AnsiColor::Cyan)) => self.colored(shown, Color::Cyan),
            _ => shown,
        }
    }
}
