//! Which fixes are safe: those after which a page reads as before, but for what they mend.
//!
//! A rule claims that its fix is safe; here the fixed page is read again, and what was read from both is compared (see `same`).
//! Fixes are tried together. If the page does not read the same with all of them, they are tried by halves, so that a few that
//! change something cost a few more readings, however many others there are. What would change code is refused without a reading.

mod code;
mod same;

use std::cell::OnceCell;

use crate::catalog::Given;
use crate::idea::Idea;
use crate::layout::{Inspection, Tree};
use crate::text::Source;

use self::code::Code;
use super::fix::Accepted;
use super::{Finding, Fix};

/// So often a page is read again at least to find out which fixes change something.
const READINGS: usize = 32;

/// Short pages are read more often: so many bytes in all.
const BYTES: usize = 16 << 20;

/// How often fixes that are in the way of others are tried apart from those.
const PASSES: usize = 4;

/// A page as it was read before anything on it is fixed.
pub struct Before<'a> {
    source: &'a Source,
    tree: &'a Tree<'a>,
    seen: &'a Inspection<'a>,
    given: &'a Given,
    /// Where code stands, once a fix asks for it.
    code: OnceCell<Code>,
}

impl<'a> Before<'a> {
    /// What was read from a page; the ideas are completed by what is `given`.
    pub(super) fn new(source: &'a Source, tree: &'a Tree<'a>, seen: &'a Inspection<'a>, given: &'a Given) -> Self {
        Before { source, tree, seen, given, code: OnceCell::new() }
    }

    fn ideas(&self) -> impl ExactSizeIterator<Item = &Idea> {
        self.seen.entries.iter().map(|entry| &entry.idea)
    }

    /// The fixes, by their places in the list, with which the page reads as before, and those that could not be tried as they are
    /// in the way of others.
    fn proven<'f>(&self, fixes: &[(usize, &'f Fix)], readings: &mut usize) -> (Accepted<'f>, Vec<usize>, Vec<(usize, &'f Fix)>) {
        let mut accepted = Accepted::default();
        let (mut proven, mut in_the_way) = (Vec::new(), Vec::new());
        let code = self.code.get_or_init(|| Code::of(&self.tree.document, self.source));
        let fixes: Vec<_> = fixes.iter().copied().filter(|(_, fix)| !code.is_changed_by(fix)).collect();
        let mut open = vec![fixes.as_slice()];
        while let Some(batch) = open.pop() {
            let mut tried = accepted.clone();
            let (fitting, others): (Vec<_>, Vec<_>) = batch.iter().partition(|(_, fix)| tried.add(self.source.text(), fix));
            if !fitting.is_empty() {
                if *readings == 0 {
                    continue;
                }
                *readings -= 1;
                if !same::reads_the_same(self, &tried) {
                    if let Some((left, right)) = batch.split_at_checked(batch.len() / 2).filter(|_| batch.len() > 1) {
                        open.extend([right, left]);
                    }
                    continue;
                }
            }
            proven.extend(fitting.iter().map(|(at, _)| *at));
            in_the_way.extend(others);
            accepted = tried;
        }
        (accepted, proven, in_the_way)
    }
}

/// How often a page is read again at the most.
fn readings(source: &Source) -> usize {
    (BYTES / source.text().len().max(1)).clamp(READINGS, 32 * READINGS)
}

/// Takes back the claim of every fix that was claimed to be safe and is not proven to be.
pub(super) fn settle<'f>(before: &Before<'_>, findings: impl IntoIterator<Item = &'f mut Finding>) {
    let mut fixes: Vec<&mut Fix> = findings.into_iter().filter_map(|it| it.fix.as_mut()).filter(|fix| fix.safe).collect();
    if fixes.is_empty() {
        return;
    }
    let mut safe = vec![false; fixes.len()];
    let mut left: Vec<(usize, &Fix)> = fixes.iter().map(|fix| &**fix).enumerate().collect();
    let mut readings = readings(before.source);
    for _ in 0..PASSES {
        let (_, proven, in_the_way) = before.proven(&left, &mut readings);
        for at in proven {
            safe[at] = true;
        }
        left = in_the_way;
    }
    fixes.iter_mut().zip(safe).for_each(|(fix, safe)| fix.safe = safe);
}

/// Does something with what is read from a page; `None` if it cannot be read.
fn reading<T>(source: &Source, given: &Given, look: impl FnOnce(&Before<'_>) -> T) -> Option<T> {
    let tree = Tree::read(source).ok()?;
    let mut seen = tree.inspect().ok()?;
    given.complete(seen.entries.iter_mut().map(|entry| &mut entry.idea));
    Some(look(&Before::new(source, &tree, &seen, given)))
}

/// The same for fixes that were found when all pages were looked at.
pub(super) fn settle_later(source: &Source, findings: &mut [Finding]) {
    if findings.iter().any(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safe))
        && reading(source, &Given::default(), |before| settle(before, findings.iter_mut())).is_none()
    {
        findings.iter_mut().filter_map(|finding| finding.fix.as_mut()).for_each(|fix| fix.safe = false);
    }
}

/// The page with its safe fixes applied, and how many findings that mends: each that does not change, together with the
/// others, how the page is read. Of fixes that overlap, the first counts; the others get their turn when the page is looked at
/// again.
pub fn mended<'f>(source: &Source, findings: impl IntoIterator<Item = &'f Finding>) -> (String, usize) {
    let fixes = findings.into_iter().filter_map(|finding| finding.fix.as_ref()).filter(|fix| fix.safe);
    let fixes: Vec<(usize, &Fix)> = fixes.enumerate().collect();
    let mend = |before: &Before<'_>| {
        let (accepted, proven, _) = before.proven(&fixes, &mut readings(source));
        (accepted.text(source.text()), proven.len())
    };
    let mended = if fixes.is_empty() { None } else { reading(source, &Given::default(), mend) };
    mended.unwrap_or_else(|| (source.text().to_owned(), 0))
}

/// True if this fix alone changes nothing but what it mends.
pub fn is_safe(source: &Source, fix: &Fix) -> bool {
    fix.safe && reading(source, &Given::default(), |before| !before.proven(&[(0, fix)], &mut 1).1.is_empty()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fix::Edit;
    use crate::text::Span;

    #[test]
    fn what_changes_code_costs_no_reading() {
        let code = "`caf\u{c3}\u{a9}` and ".repeat(60);
        let block = "```\ncaf\u{c3}\u{a9}\n```";
        let text = format!(
            "# Ideas\n\n## Count otters\n\n- Mentors: Ada Brook\n- Difficulty: easy\n- Description: {code}a caf\u{c3}\u{a9}.\n\n{block}\n"
        );
        let source = Source::new("a.md", text);
        let wrong = source.text().match_indices("\u{c3}\u{a9}");
        let edit = |(at, wrong): (usize, &str)| Edit::replace(Span::new(at, at + wrong.len()), "\u{e9}");
        let fixes: Vec<Fix> = wrong.map(|found| Fix { safe: true, edits: vec![edit(found)] }).collect();
        let fixes: Vec<(usize, &Fix)> = fixes.iter().enumerate().collect();
        let mut readings = READINGS;
        let proven = reading(&source, &Given::default(), |before| before.proven(&fixes, &mut readings).1).unwrap();
        assert_eq!((fixes.len(), proven, READINGS - readings), (62, vec![60], 1));
    }
}
