//! What a page of ideas should be, rule by rule, and how it can be mended.
//!
//! Rules look at the tree that the reader built ([`Tree`], [`Inspection`](crate::layout::Inspection)) and at the ideas
//! it found; nothing is parsed a second time, so what a finding underlines is what `list` believed. What a programme's
//! pages look like is data ([`Template`]); one rule is one file in `rules`. Nothing here prints: findings go to
//! `report`.

pub mod asked;
pub mod baseline;
pub mod disable;
mod findings;
pub mod fix;
mod letters;
pub mod mentors;
pub mod online;
pub mod options;
pub mod page;
pub mod proof;
mod proposal;
pub mod rules;
pub mod sections;
mod standing;
pub mod template;
mod told_once;
mod urls;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::catalog::Given;
use crate::idea::{self, Idea, Program, Term};
use crate::layout::{Problem, ReadError, Tree, form};
use crate::programs::Date;
use crate::text::{Source, Span};

pub use findings::{Findings, MOST, More};
pub use fix::{Edit, Fix};
pub use options::Options;
pub use page::Page;
pub use template::Template;

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing.
    Info,
    /// Should be mended.
    Warning,
    /// The programme will refuse it, or its readers will be misled.
    Error,
}

impl Level {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// A rule: what it wants, why, and how it is broken.
pub struct Rule {
    /// Its name, in kebab-case; stable: configuration, comments and baselines speak of it.
    pub code: &'static str,
    /// How serious it is to break it, unless the rule or the configuration says otherwise.
    pub level: Level,
    /// What it wants, as one sentence.
    pub wants: &'static str,
    /// Why, as one or more sentences of Markdown.
    pub why: &'static str,
    /// How it is broken, and how it is not. They are its tests, too.
    pub examples: &'static [Example],
    /// How a page is looked at.
    pub check: Check,
}

/// A template's example page with a piece of it changed so that one rule is broken.
pub struct Example {
    /// The template's name.
    pub template: &'static str,
    /// A stretch of the template's example page; it stands there once.
    pub good: &'static str,
    /// What stands in its place, and breaks the rule and no other.
    pub bad: &'static str,
    /// A stretch of the changed page that the finding underlines, or a part of it.
    pub at: &'static str,
}

/// How a rule looks at pages.
#[derive(Clone, Copy)]
pub enum Check {
    /// At a whole page.
    Page(fn(&Page<'_>, &mut Findings)),
    /// At each idea of a page, by its place in [`Page::ideas`].
    Idea(fn(&Page<'_>, usize, &mut Findings)),
    /// At all pages together.
    Catalog(fn(&[Linted], &Limits, &mut Vec<Finding>)),
    /// At what the addresses of an idea answered, where somebody has asked.
    Answers(fn(&Idea, &idea::Check, &Limits, &mut Vec<Finding>)),
    /// At what its comments say; see [`disable`].
    Comments(fn(&disable::Disables, &mut Findings)),
    /// At what the linting itself left over; see [`disable`].
    Lint,
}

/// What the configuration sets beyond levels.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// How many ideas one project may propose in a term; none if the programme's template says so.
    pub quota: Option<usize>,
    /// The same for some projects, by their names in lower case.
    pub quotas: BTreeMap<String, usize>,
    /// The day that it is; without it, no term has ended.
    pub today: Option<Date>,
    /// Pages are held to the rules whose term has ended, too.
    pub all_terms: bool,
}

/// Something that breaks a rule.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule's code.
    pub code: &'static str,
    /// How serious it is.
    pub level: Level,
    /// The page, by its place among those linted.
    pub page: usize,
    /// The bytes of the page that break it.
    pub span: Span,
    /// What is wrong, without a period.
    pub message: String,
    /// What to do about it, if the message does not say so already.
    pub help: Option<String>,
    /// The idea it is about, by its place on the page.
    pub idea: Option<usize>,
    /// How it can be mended.
    pub fix: Option<Fix>,
    /// What is said instead if most ideas of the page have the same: `have no size`, behind their number.
    pub common: Option<String>,
    /// Where else the same is wrong, if it is told once for the page; or the first of what stands there twice.
    pub others: Vec<Span>,
}

impl Finding {
    /// Says what to do about it.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Says how serious it is, where that is not what the rule says.
    pub fn level(&mut self, level: Level) -> &mut Self {
        self.level = level;
        self
    }

    /// Says what most ideas of the page have in common, if they have the same: it is told once, with their number before it.
    pub fn common(&mut self, common: impl Into<String>) -> &mut Self {
        self.common = Some(common.into());
        self
    }

    /// Says where else what it is about stands on the page.
    pub fn also_at(&mut self, place: Span) -> &mut Self {
        self.others.push(place);
        self
    }

    /// Mends it without changing what the page means; that is tried before anybody is told so.
    pub fn fix(&mut self, edits: impl IntoIterator<Item = Edit>) -> &mut Self {
        self.fix = Some(Fix { safe: true, edits: edits.into_iter().collect() });
        self
    }

    /// Mends it, if somebody looks at the result.
    pub fn unsafe_fix(&mut self, edits: impl IntoIterator<Item = Edit>) -> &mut Self {
        self.fix = Some(Fix { safe: false, edits: edits.into_iter().collect() });
        self
    }
}

/// A page that was looked at.
#[derive(Debug)]
pub struct Linted {
    /// The page.
    pub source: Source,
    /// Its ideas.
    pub ideas: Vec<Idea>,
    /// The name of the template that it was held to.
    pub template: String,
    /// True if it is written to propose ideas, and so is held to the rules.
    pub holds_ideas: bool,
    /// True if the user asked for this very page: then it is held to them, too, if its term is over.
    pub named: bool,
    /// Which rules its comments switch off, and where.
    pub disabled: disable::Disables,
    /// What they silenced on it.
    pub silenced: disable::Silenced,
    /// What is not told one by one, as there is too much of it.
    pub more: Vec<More>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

impl Linted {
    /// The programme and the term that all its ideas are of, if that is over on this day and so it is left out.
    pub fn past_term(&self, today: Date) -> Option<(Option<&Program>, Term)> {
        if self.named { None } else { standing::past_term(&self.ideas, today) }
    }

    /// True if it is held to the rules: it proposes ideas, and it was asked for by name, or their term is not over on this day.
    pub fn is_checked(&self, today: Option<Date>) -> bool {
        self.holds_ideas && today.is_none_or(|today| self.past_term(today).is_none())
    }
}

/// Looks at one page: what breaks the rules on it, sorted by place, without those about several pages.
///
/// `template` is the one to hold it to; without one the page's shape and programme decide.
///
/// # Errors
///
/// The page cannot be read at all.
pub fn page(source: Source, template: Option<&Template>) -> Result<(Linted, Vec<Finding>), ReadError> {
    page_with(source, template, &Given::default(), &Options::default()).map_err(|unread| unread.error)
}

/// A page that cannot be read, given back.
#[derive(Debug)]
pub struct Unread {
    /// The page.
    pub source: Source,
    /// Why.
    pub error: ReadError,
}

/// The same for a page of which something is known that it need not say, and for which some numbers of rules are set.
///
/// # Errors
///
/// As [`page()`].
pub fn page_with(
    source: Source,
    template: Option<&Template>,
    given: &Given,
    options: &Options,
) -> Result<(Linted, Vec<Finding>), Box<Unread>> {
    match read(&source, template, given, options) {
        Ok((page, found)) => {
            let (Seen { ideas, template, holds_ideas, disabled, problems }, Checked { findings, silenced, more }) = (page, found);
            Ok((Linted { source, ideas, template, holds_ideas, named: false, disabled, silenced, more, problems }, findings))
        }
        Err(error) => Err(Box::new(Unread { source, error })),
    }
}

/// What is known of a page without its text.
struct Seen {
    ideas: Vec<Idea>,
    template: String,
    holds_ideas: bool,
    disabled: disable::Disables,
    problems: Vec<Problem>,
}

/// What was found on a page.
#[derive(Default)]
struct Checked {
    findings: Vec<Finding>,
    silenced: disable::Silenced,
    more: Vec<More>,
}

fn read(source: &Source, template: Option<&Template>, given: &Given, options: &Options) -> Result<(Seen, Checked), ReadError> {
    let tree = Tree::read(source)?;
    let mut seen = tree.inspect()?;
    given.complete(seen.entries.iter_mut().map(|entry| &mut entry.idea));
    let asked = template.or_else(|| proposal::template(source));
    let holds_ideas = asked.is_some() || standing::holds_ideas(&tree, &seen);
    let template = options.apply(asked.unwrap_or_else(|| Template::of(&seen, given)));
    let disabled = disable::read(source, &tree);
    let before = proof::Before::new(source, &tree, &seen, given);
    let page = || Page::new(source, &tree, &seen, &template);
    let checked = if holds_ideas { check(&page(), &before, &disabled) } else { Checked::default() };
    let ideas = seen.entries.into_iter().map(|entry| entry.idea).collect();
    Ok((Seen { ideas, template: template.name.clone(), holds_ideas, disabled, problems: seen.problems }, checked))
}

/// What breaks the rules of pages and ideas, sorted by place.
fn check(page: &Page<'_>, before: &proof::Before<'_>, disabled: &disable::Disables) -> Checked {
    let mut all = Vec::new();
    let mut silenced = disable::Silenced::default();
    let mut more = Vec::new();
    // Of a proposal, the form's own check decides what is an error; some rules besides have something to say.
    let said = page.is_proposal().then(|| proposal::check(page));
    for rule in rules::ALL {
        let mut findings = Findings::new(rule, disabled);
        if let Some(said) = &said {
            findings.of_form(said);
        }
        match rule.check {
            _ if said.is_some() && !form::also().any(|code| code == rule.code) => {}
            Check::Page(check) => check(page, &mut findings),
            Check::Idea(check) => {
                for idea in 0..page.ideas().len() {
                    findings.about(idea);
                    check(page, idea, &mut findings);
                }
            }
            Check::Comments(check) => check(disabled, &mut findings),
            Check::Catalog(_) | Check::Answers(_) | Check::Lint => {}
        }
        findings.finish(&mut all, &mut silenced, &mut more);
    }
    // Fixes are written in Markdown.
    if page.tree.is_html {
        for finding in &mut all {
            finding.fix = None;
        }
    }
    file_under_ideas(page, &mut all);
    sort(&mut all);
    proof::settle(before, &mut all);
    told_once::merge(page, &mut all);
    // Ideas that share a field share what is wrong with it.
    all.dedup_by(|next, told| next.span == told.span && next.code == told.code && next.message == told.message);
    findings::bound(&mut all, &mut more);
    Checked { findings: all, silenced, more }
}

/// What rules of pages find inside an idea is about that idea.
fn file_under_ideas(page: &Page<'_>, findings: &mut [Finding]) {
    let reach = |idea: usize| {
        let draft = &page.ideas()[idea].draft;
        let ends = draft.facts.iter().map(|fact| fact.span().end).chain(draft.loose.iter().map(|text| text.span().end));
        ends.fold(page.title_span(idea), |reach, end| Span::new(reach.start, reach.end.max(end)))
    };
    let reaches: Vec<Span> = (0..page.ideas().len()).map(reach).collect();
    for finding in findings.iter_mut().filter(|finding| finding.idea.is_none()) {
        let before = reaches.partition_point(|reach| reach.start <= finding.span.start);
        finding.idea = before.checked_sub(1).filter(|&idea| finding.span.start < reaches[idea].end);
    }
}

/// What was found on all pages.
#[derive(Debug, Default)]
pub struct Found {
    /// Sorted by page and place.
    pub findings: Vec<Finding>,
    /// What else there is, page by page.
    pub more: Vec<More>,
}

/// Looks at all pages together, and at what their comments silence. `findings` are those of the pages, each with the place of
/// its page. Of pages that are left out nothing is told.
pub fn catalog(pages: &[Linted], mut findings: Vec<Finding>, limits: &Limits) -> Found {
    let mut across = Vec::new();
    for rule in rules::ALL {
        match rule.check {
            Check::Catalog(check) => check(pages, limits, &mut across),
            Check::Answers(check) => {
                for (page, linted) in pages.iter().enumerate() {
                    for (at, idea) in linted.ideas.iter().enumerate() {
                        let before = across.len();
                        idea.check.iter().for_each(|answers| check(idea, answers, limits, &mut across));
                        across[before..].iter_mut().for_each(|found| (found.page, found.idea) = (page, Some(at)));
                    }
                }
            }
            Check::Page(_) | Check::Idea(_) | Check::Comments(_) | Check::Lint => {}
        }
    }
    let mut silenced: Vec<disable::Silenced> = pages.iter().map(|page| page.silenced.clone()).collect();
    across.retain(|finding| !silenced[finding.page].takes(&pages[finding.page].disabled, finding));
    let mut more: Vec<More> =
        pages.iter().enumerate().flat_map(|(at, page)| page.more.iter().map(move |more| More { page: at, ..*more })).collect();
    sort(&mut across);
    findings::bound(&mut across, &mut more);
    findings.append(&mut across);
    let today = limits.today.filter(|_| !limits.all_terms);
    let left_out: Vec<bool> = pages.iter().map(|page| !page.is_checked(today)).collect();
    findings.retain(|finding| !left_out[finding.page]);
    more.retain(|more| !left_out[more.page]);
    for (at, (page, silenced)) in pages.iter().zip(&silenced).enumerate().filter(|&(at, _)| !left_out[at]) {
        let before = findings.len();
        disable::unused(at, &page.disabled, silenced, &mut findings, &mut more);
        proof::settle_later(&page.source, &mut findings[before..]);
    }
    sort(&mut findings);
    Found { findings, more }
}

fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| (a.page, a.span, a.code).cmp(&(b.page, b.span, b.code)));
}

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    rules::ALL.iter().copied().find(|rule| rule.code == code)
}

/// What is found on a template's example page when `bad` stands in the place of `good`: `code text` of each finding.
#[cfg(test)]
pub(crate) fn damaged(template: &str, good: &str, bad: &str) -> Vec<String> {
    let template = Template::named(template).unwrap();
    assert_eq!(template.example.matches(good).count(), 1, "{good:?} stands there once");
    seen("page.md", &template.example.replacen(good, bad, 1), Some(template))
}

/// What is found on a page.
#[cfg(test)]
pub(crate) fn seen(path: &str, text: &str, template: Option<&Template>) -> Vec<String> {
    let (page, findings) = page(Source::new(path, text), template).unwrap();
    findings.iter().map(|finding| format!("{} {}", finding.code, page.source.slice(finding.span))).collect()
}
