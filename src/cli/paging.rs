//! What stands around an answer on a terminal: the pager that shows what is long, and the line that says how much it is
//! of how much.

use std::io::Write;

use anstyle::Style;
use indicatif::HumanCount;

use super::{GlobalArgs, Session, is_terminal, messages};
use crate::catalog::Level;
use crate::desktop::pager::Pager;
use crate::render::Look;

/// How many ideas an answer has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amount {
    /// Those that are written.
    pub(super) shown: usize,
    /// Those that were found.
    pub(super) found: usize,
    /// All that there are.
    pub(super) all: usize,
}

impl Amount {
    fn in_words(self) -> String {
        let grouped = |count: usize| HumanCount(count as u64);
        let Amount { shown, found, all } = self;
        let ideas = format!("{} idea{}", grouped(all), if all == 1 { "" } else { "s" });
        match (shown < found, found < all) {
            (false, false) => ideas,
            (false, true) => format!("{} of {ideas}", grouped(found)),
            (true, false) => format!("first {} of {ideas}", grouped(shown)),
            (true, true) => format!("first {} of {} that match, of {ideas}", grouped(shown), grouped(found)),
        }
    }
}

impl GlobalArgs {
    /// Has an answer written: through the user's pager on a terminal, which shows what is short as it is.
    pub(super) fn page<T>(
        &self,
        session: &mut Session<'_>,
        write: impl FnOnce(&Look, &mut dyn Write) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        let mut look = session.dated_look();
        let is_paged = is_terminal() && !self.no_pager;
        let pager = if is_paged { Pager::of_user(self.own()?.pager.as_deref()) } else { None };
        let Some(pager) = pager else {
            let written = write(&look, session.out)?;
            // What is said about it comes behind it.
            session.out.flush()?;
            return Ok(written);
        };
        look.links &= pager.passes_links();
        let mut text = Vec::new();
        let written = write(&look, &mut text)?;
        let is_shown = text.is_empty()
            || pager.show(&text).or_else(|error| self.say(Level::Warning, &error.to_string(), session).map(|()| false))?;
        if !is_shown {
            session.out.write_all(&text)?;
            session.out.flush()?;
        }
        Ok(written)
    }

    /// Says on a terminal how many ideas were written of how many, in which order, and what else there is to say about that.
    pub(super) fn say_amount(&self, amount: Amount, about: &[&str], session: &mut Session<'_>) -> std::io::Result<()> {
        if self.quiet || session.look.width.is_none() || amount.shown == 0 {
            return Ok(());
        }
        let style = if session.err_color { Style::new().dimmed() } else { Style::new() };
        let between = if session.look.unicode { " · " } else { "; " };
        let amount = amount.in_words();
        let said: Vec<&str> = std::iter::once(amount.as_str()).chain(about.iter().copied()).filter(|it| !it.is_empty()).collect();
        let said = messages::in_lines(&said.join(between), session.err_width);
        writeln!(session.err, "{style}{said}{style:#}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_in_words() {
        for (shown, found, all, said) in [
            (1766, 1766, 1766, "1,766 ideas"),
            (30, 30, 1766, "30 of 1,766 ideas"),
            (10, 1766, 1766, "first 10 of 1,766 ideas"),
            (10, 30, 1766, "first 10 of 30 that match, of 1,766 ideas"),
            (1, 1, 1, "1 idea"),
        ] {
            assert_eq!(Amount { shown, found, all }.in_words(), said);
        }
    }
}
