//! What rules find, without end: of one kind only so many findings of a page are told, and the rest is counted.
//!
//! A page of ten megabytes can break a rule a million times. Whoever looks at it needs to know that, and not a million texts.

use rustc_hash::FxHashMap;

use super::disable::{Disables, Silenced};
use super::proposal::Said;
use super::{Finding, Level, Rule};
use crate::text::{Span, counted};

/// How many findings of one rule are told of a page.
pub const MOST: usize = 1000;

/// Findings that are only counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct More {
    /// The page, by its place among those linted.
    pub page: usize,
    /// The rule's code.
    pub code: &'static str,
    /// How serious they are.
    pub level: Level,
    /// How many there are beyond [`MOST`].
    pub count: usize,
}

impl More {
    /// What is said of them.
    pub fn message(&self) -> String {
        let what = counted(self.count, self.level.as_str());
        format!("{what} of `{}` not listed: of a page the first {MOST} are", self.code)
    }
}

/// What a rule has found on a page so far.
pub struct Findings<'r> {
    rule: &'r Rule,
    disabled: &'r Disables,
    idea: Option<usize>,
    /// How many of them the form's own check has found; what comes after is no error.
    of_form: Option<usize>,
    /// The last one may still be changed by its rule; only then it is seen whether it is kept.
    list: Vec<Finding>,
    silenced: Silenced,
    more: Vec<More>,
}

impl<'r> Findings<'r> {
    /// Nothing yet.
    pub(super) fn new(rule: &'r Rule, disabled: &'r Disables) -> Self {
        Findings { rule, disabled, idea: None, of_form: None, list: Vec::new(), silenced: Silenced::default(), more: Vec::new() }
    }

    /// What comes is about this idea.
    pub(super) fn about(&mut self, idea: usize) {
        self.idea = Some(idea);
    }

    /// Something breaks the rule at `span`: what, without a period.
    pub fn at(&mut self, span: Span, message: impl Into<String>) -> &mut Finding {
        self.settle();
        let place = self.list.len();
        self.list.push(Finding {
            code: self.rule.code,
            level: self.rule.level,
            page: 0,
            span,
            message: message.into(),
            help: None,
            idea: self.idea,
            fix: None,
            common: None,
            others: Vec::new(),
        });
        &mut self.list[place]
    }

    /// What the check of the form says that falls under this rule. What the rule finds besides is no error.
    pub(super) fn of_form(&mut self, said: &[Said]) {
        for said in said.iter().filter(|said| said.rule == self.rule.code) {
            let finding = self.at(said.span, said.message.as_str());
            (finding.level, finding.help, finding.fix) = (said.level, said.help.clone(), said.fix.clone());
        }
        self.settle();
        self.of_form = Some(self.list.len());
    }

    /// Decides on the last finding: a comment silences it, or there are too many already, or it is kept.
    fn settle(&mut self) {
        let place = self.list.len();
        let Some(last) = self.list.last_mut() else { return };
        if self.of_form.is_some_and(|own| place > own) {
            last.level = last.level.min(Level::Warning);
        }
        if self.silenced.takes(self.disabled, last) {
            self.list.pop();
        } else if place > MOST && last.common.is_none() {
            // What several ideas may have in common is told once, of all that have it: see `bound`.
            count(&mut self.more, last);
            self.list.pop();
        }
    }

    /// Hands over what was found.
    pub(super) fn finish(mut self, all: &mut Vec<Finding>, silenced: &mut Silenced, more: &mut Vec<More>) {
        self.settle();
        all.append(&mut self.list);
        silenced.add(self.silenced);
        more.append(&mut self.more);
    }
}

/// Counts one more finding that is not told.
fn count(more: &mut Vec<More>, finding: &Finding) {
    let Finding { code, level, page, .. } = *finding;
    match more.iter_mut().rev().find(|more| (more.page, more.code, more.level) == (page, code, level)) {
        Some(more) => more.count += 1,
        None => more.push(More { page, code, level, count: 1 }),
    }
}

/// Leaves of each page and rule so many as are told, and counts the others.
pub(super) fn bound(findings: &mut Vec<Finding>, more: &mut Vec<More>) {
    let mut told: FxHashMap<(usize, &str), usize> = FxHashMap::default();
    findings.retain(|finding| {
        let told = told.entry((finding.page, finding.code)).or_insert(0);
        *told += 1;
        let keep = *told <= MOST;
        if !keep {
            count(more, finding);
        }
        keep
    });
}
