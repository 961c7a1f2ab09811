//! What `ideas validate` says besides its findings: what was left out, mended, known or not listed.

use std::collections::BTreeSet;
use std::io;

use crate::catalog::Level as NoticeLevel;
use crate::cli::{GlobalArgs, Session};
use crate::lint::{Linted, More};
use crate::programs;
use crate::report::{Format, Report};
use crate::text::counted;
use crate::validate::changed::Branch;
use crate::validate::{Mended, Pages, Settings, Told};

use super::Args;

/// So many terms that are over are named.
const TERMS: usize = 4;

impl Args {
    /// Says what was done, in a line.
    pub(super) fn sum_up(
        &self,
        report: &Report<'_>,
        mended: &Mended,
        after: &Told,
        branch: Option<&Branch>,
        global: &GlobalArgs,
        session: &mut Session<'_>,
    ) -> io::Result<()> {
        if !mended.pages.is_empty() {
            let what = counted(mended.pages.values().sum(), "finding");
            let place = counted(mended.pages.len(), "page");
            let how = if self.diff { "would be fixed" } else { "fixed" };
            global.say(NoticeLevel::Note, &format!("{what} {how} in {place}"), session)?;
        } else if (self.fix || self.diff) && !mended.unwritten && report.checked_pages().next().is_some() {
            global.say(NoticeLevel::Note, "nothing to fix", session)?;
        }
        tell_more(report.pages, report.more, global, session)?;
        if mended.endless && !report.more.is_empty() {
            global.say(NoticeLevel::Warning, "there is more to fix than one run does; run it again", session)?;
        } else if mended.endless {
            let message = "fixes undo each other; please report the page, so that we can mend the rules";
            global.say(NoticeLevel::Warning, message, session)?;
        }
        if let Some(branch) = branch
            && after.elsewhere > 0
        {
            let message = format!(
                "{} on lines that were not touched since `{}`; without --changed all are told",
                counted(after.elsewhere, "finding"),
                branch.reference()
            );
            global.say(NoticeLevel::Note, &message, session)?;
        }
        let known = match after.known {
            0 => String::new(),
            known => format!("; the baseline puts up with {}", counted(known, "finding")),
        };
        let is_clean = report.findings.is_empty() && self.format == Format::Human && !self.diff && !report.pages.is_empty();
        if report.checked_pages().next().is_none() {
            // Terms that are over have been named already.
            if is_clean && !report.pages.iter().any(|page| page.holds_ideas) {
                let they = if report.pages.len() == 1 { "it does" } else { "they do" };
                let pages = counted(report.pages.len(), "page");
                let message = format!("nothing was checked: {pages} left out, as {they} not propose ideas");
                global.say(NoticeLevel::Note, &message, session)?;
            }
        } else if is_clean || after.known > 0 {
            let found = match report.findings.len() {
                0 => "no findings".to_owned(),
                some => counted(some, "finding"),
            };
            let message = format!("{}: {found}{known}", report.checked_in_words());
            global.say(NoticeLevel::Note, &message, session)?;
        }
        if after.gone > 0
            && let Some(path) = &self.baseline
        {
            let path = path.display();
            let gone = format!(
                "{path}: {} in it not there any more",
                if after.gone == 1 { "a finding is".to_owned() } else { format!("{} findings are", after.gone) }
            );
            global.say(NoticeLevel::Note, &format!("{gone}; `--write-baseline {path}` leaves out what is gone"), session)?;
        }
        Ok(())
    }
}

/// Says in a line which pages are of terms that are over, and that nothing was checked if no others propose ideas.
pub(super) fn tell_left_out(
    pages: &Pages,
    settings: &Settings<'_>,
    global: &GlobalArgs,
    session: &mut Session<'_>,
) -> io::Result<()> {
    let Some(today) = settings.term_day() else { return Ok(()) };
    let terms: Vec<_> = pages.linted.iter().filter(|page| page.holds_ideas).filter_map(|page| page.past_term(today)).collect();
    if terms.is_empty() {
        return Ok(());
    }
    let named: BTreeSet<String> = terms.iter().map(|(program, term)| programs::shown(*program, Some(*term))).collect();
    let shown: Vec<&str> = named.iter().take(TERMS).map(String::as_str).collect();
    let more = if named.len() > TERMS { format!(" and {} more", named.len() - TERMS) } else { String::new() };
    let left_out = format!("{} left out", counted(terms.len(), "page"));
    let are = match (terms.len(), named.len()) {
        (1, _) => "its term is",
        (_, 1) => "their term is",
        _ => "their terms are",
    };
    let named = format!("{}{more}", shown.join(", "));
    let them = if terms.len() == 1 { "it" } else { "them" };
    let message = if pages.linted.iter().any(|page| page.is_checked(Some(today))) {
        format!("{left_out}, as {are} over: {named}; --all-terms checks {them}, too")
    } else {
        format!("nothing was checked: {left_out}, as {are} over ({named}); --all-terms checks {them}")
    };
    global.say(NoticeLevel::Note, &message, session)
}

/// Says of what there is too much to be listed.
pub(super) fn tell_more(pages: &[Linted], more: &[More], global: &GlobalArgs, session: &mut Session<'_>) -> io::Result<()> {
    for more in more {
        let path = pages[more.page].source.path().display();
        global.say(NoticeLevel::Warning, &format!("{path}: {}", more.message()), session)?;
    }
    Ok(())
}
