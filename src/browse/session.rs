//! The loop around the state: events in, frames and effects out.

use std::io;
use std::ops::ControlFlow::{self, Break, Continue};
use std::time::Duration;

use crossterm::event::{self, Event};
use crossterm::terminal;

use super::screen::Screen;
use super::{Browser, Effect, view};
use crate::shortlist;

/// How often somebody looks whether the screen must be drawn although no key was pressed.
const TICK: Duration = Duration::from_millis(200);

/// Runs the screen until somebody leaves it; returns the ideas that were chosen, by their places among those given.
///
/// # Errors
///
/// The terminal cannot be taken, written or read.
pub fn run(browser: &mut Browser<'_>) -> io::Result<Vec<usize>> {
    let mut screen = Screen::take()?;
    // Keys and windows are listened for from here on.
    event::poll(Duration::ZERO)?;
    loop {
        let mut size = (0, 0);
        screen.draw(|frame| {
            // The window may have changed since it was told.
            size = (frame.area().width, frame.area().height);
            browser.on(&Event::Resize(size.0, size.1));
            view::draw(browser, frame);
        })?;
        // A change of the window comes as an event, or is seen here.
        while !event::poll(TICK)? && !Screen::is_stale() && terminal::size()? == size {}
        // What has come in the meantime is taken at once: one frame shows all.
        while event::poll(Duration::ZERO)? {
            if let Some(effect) = browser.on(&event::read()?)
                && let Break(chosen) = perform(effect, browser, &screen)?
            {
                return Ok(chosen);
            }
        }
    }
}

/// Does what only the world outside can do; breaks off with the ideas that were chosen, where that is the end.
fn perform(effect: Effect, browser: &mut Browser<'_>, screen: &Screen) -> io::Result<ControlFlow<Vec<usize>>> {
    match effect {
        Effect::Quit => return Ok(Break(Vec::new())),
        Effect::Pick(ideas) => return Ok(Break(ideas)),
        // A browser may live in the terminal, too.
        Effect::Show(address) => match screen.without(|| address.open())? {
            Ok(()) => browser.tell(format!("opened {}", address.as_str())),
            Err(error) => browser.tell(error.to_string()),
        },
        Effect::Copy(text) => screen.copy(&text)?,
        Effect::Shortlist(changes) => {
            if let Err(error) = shortlist::change(&changes) {
                browser.refuse(error.to_string());
            }
        }
        Effect::Suspend => screen.suspend()?,
        Effect::Redraw => screen.forget(),
    }
    Ok(Continue(()))
}
