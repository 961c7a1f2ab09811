//! The rules themselves: the list, one rule explained, and the page `docs/rules.md`. All of it is made from the rules and
//! their examples, which are their tests, too.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;
use similar::TextDiff;

use super::{Report, human};
use crate::lint::options::{self, RuleOption};
use crate::lint::{self, Check, Example, Found, Limits, Linted, Rule, Template, rules};
use crate::render::facets::{self, FacetColumn};
use crate::render::{Format, Look, safe};
use crate::text::Source;

/// A rule as JSON.
#[derive(Serialize)]
struct Row<'a> {
    code: &'a str,
    level: &'a str,
    wants: &'a str,
    why: &'a str,
    /// `safe`, `unsafe`, or null if a person must mend it.
    fix: Option<&'a str>,
    /// What `ideas.toml` sets for it besides its level.
    options: Vec<Told<'a>>,
    examples: Vec<Shown<'a>>,
}

/// An option of a rule.
#[derive(Serialize)]
struct Told<'a> {
    name: &'a str,
    about: &'a str,
    example: &'a str,
    /// What templates have, by their names.
    templates: BTreeMap<&'a str, String>,
}

#[derive(Serialize)]
struct Shown<'a> {
    template: &'a str,
    bad: &'a str,
    good: &'a str,
    message: Option<String>,
}

static COLUMNS: [FacetColumn<Row<'_>>; 4] = [
    FacetColumn::text("code", |row| row.code.into()),
    FacetColumn::text("level", |row| row.level.into()),
    FacetColumn::text("fix", |row| row.fix.unwrap_or_default().into()),
    FacetColumn::text("wants", |row| row.wants.into()),
];

/// Writes rules as a table or as JSON.
pub fn list(rules: &[&'static Rule], format: Format, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    // Each rule is tried on its examples: pages enough to be read side by side.
    let rows: Vec<Row<'_>> = rules.par_iter().map(|rule| row(rule)).collect();
    facets::write(format, &rows, &COLUMNS, look, out)
}

fn row(rule: &Rule) -> Row<'_> {
    let tried: Vec<Tried<'_>> = rule.examples.iter().map(|example| Tried::of(rule, example)).collect();
    let examples = tried.iter().map(|tried| Shown {
        template: tried.example.template,
        bad: tried.example.bad,
        good: tried.example.good,
        message: tried.found.findings.first().map(|finding| finding.message.clone()),
    });
    Row {
        code: rule.code,
        level: rule.level.as_str(),
        wants: rule.wants,
        why: rule.why,
        fix: fix(&tried),
        options: told(rule),
        examples: examples.collect(),
    }
}

fn told(rule: &Rule) -> Vec<Told<'static>> {
    let templates = |option: &RuleOption| {
        Template::all().iter().filter_map(|template| Some((template.name.as_str(), (option.of)(template)?))).collect()
    };
    let told = |option: &'static RuleOption| {
        let RuleOption { name, about, example, .. } = *option;
        Told { name, about, example, templates: templates(option) }
    };
    options::of_rule(rule.code).map(told).collect()
}

/// The options of a rule as a list in Markdown, with a heading; nothing if it has none.
fn options_list(rule: &Rule) -> String {
    let told = told(rule);
    if told.is_empty() {
        return String::new();
    }
    let mut list = "\nOptions, below `[lint]` or in an `[[lint.overrides]]` of `ideas.toml`:\n\n".to_owned();
    if rule.code == "quota" {
        list = list.replace(" or in an `[[lint.overrides]]`", "");
    }
    for Told { name, about, example, templates } in told {
        let own: Vec<String> = templates.iter().map(|(template, value)| format!("{template} {value}")).collect();
        let own = if own.is_empty() { String::new() } else { format!(" (templates: {})", own.join(", ")) };
        let _ = writeln!(list, "- `{}.{name} = {example}`: {about}{own}", rule.code);
    }
    list
}

/// An example, and what is found on it.
struct Tried<'a> {
    example: &'a Example,
    page: Linted,
    found: Found,
    /// The template's own page.
    clean: &'static str,
}

impl<'a> Tried<'a> {
    fn of(rule: &Rule, example: &'a Example) -> Self {
        // Rules name templates that there are; a test holds them to it.
        let template = Template::named(example.template).unwrap_or(&Template::all()[0]);
        let text = template.example.replacen(example.good, example.bad, 1);
        let read = |text: &str| lint::page(Source::new(format!("{}.md", template.name), text), Some(template));
        // Without what was changed, a template's page is read, if it must be.
        let (page, findings) = read(&text).unwrap_or_else(|_| read("").expect("an empty page can be read"));
        let mut pages = [page];
        if matches!(rule.check, Check::Answers(_)) {
            lint::online::attach_examples(&mut pages[0].ideas);
        }
        let found = lint::catalog(&pages, findings, &Limits::default());
        let [page] = pages;
        Tried { example, page, found, clean: template.example }
    }

    /// The change from the bad page to the good one, with a line around.
    fn change(&self) -> String {
        let diff = TextDiff::from_lines(self.page.source.text(), self.clean);
        let mut change = String::new();
        for (at, hunk) in diff.unified_diff().context_radius(1).missing_newline_hint(false).iter_hunks().enumerate() {
            if at > 0 {
                change.push_str("…\n");
            }
            for line in hunk.iter_changes() {
                let _ = writeln!(change, "{}{}", line.tag(), safe::text(line.value().trim_end()));
            }
        }
        change
    }
}

/// How a rule's findings are mended: safely, if one can be.
fn fix(tried: &[Tried<'_>]) -> Option<&'static str> {
    let fixes: Vec<bool> = tried
        .iter()
        .flat_map(|tried| &tried.found.findings)
        .filter_map(|finding| finding.fix.as_ref())
        .map(|fix| fix.safe)
        .collect();
    match fixes.contains(&true) {
        true => Some("safe"),
        false if fixes.is_empty() => None,
        false => Some("unsafe"),
    }
}

/// `warning; `--fix` mends it`, in a sentence.
fn manner(rule: &Rule, tried: &[Tried<'_>]) -> String {
    let fix = match fix(tried) {
        Some("safe") => "`--fix` mends what it can",
        Some(_) => "`--fix --unsafe-fixes` mends what it can",
        None => "a person must mend it",
    };
    let scope = match rule.check {
        Check::Catalog(_) => "; it looks at all pages together",
        Check::Answers(_) => "; it is looked at with `--online`",
        _ => "",
    };
    format!("Level: {} by default; {fix}{scope}.", rule.level.as_str())
}

/// Writes one rule for a person at a terminal: what it wants, why, and its examples drawn.
pub fn explain(rule: &Rule, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let tried: Vec<Tried<'_>> = rule.examples.iter().map(|example| Tried::of(rule, example)).collect();
    writeln!(out, "{}: {}\n", rule.code, rule.wants)?;
    writeln!(out, "{}\n\n{}", wrap(rule.why, look), manner(rule, &tried))?;
    write!(out, "{}", options_list(rule))?;
    for example in &tried {
        writeln!(out)?;
        let pages = std::slice::from_ref(&example.page);
        let report = Report::new(pages, &example.found, Path::new(""), rule.level);
        let lines: Vec<&str> = example.page.source.text().split('\n').collect();
        for item in report.items() {
            human::draw(&item, &lines, None, None, look, out)?;
        }
        writeln!(out, "Instead:")?;
        for line in example.change().lines() {
            writeln!(out, "    {line}")?;
        }
    }
    Ok(())
}

fn wrap<'a>(text: &'a str, look: &Look) -> Cow<'a, str> {
    match look.width {
        Some(width) => crate::render::fit::wrap(text, width).join("\n").into(),
        None => text.into(),
    }
}

/// A rule as Markdown, without a heading.
pub fn markdown(rule: &Rule) -> String {
    let tried: Vec<Tried<'_>> = rule.examples.iter().map(|example| Tried::of(rule, example)).collect();
    let mut text = format!("{}\n\n{}\n\n{}\n{}", rule.wants, rule.why, manner(rule, &tried), options_list(rule));
    for example in &tried {
        let message = example.found.findings.first().map_or("", |finding| finding.message.as_str());
        let _ = write!(text, "\nOn a page of the template `{}`: {message}\n\n", example.example.template);
        let change = example.change();
        let fence = fence(&change);
        let _ = write!(text, "{fence}diff\n{change}{fence}\n");
    }
    text
}

/// A fence that the text does not close.
fn fence(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

/// All rules as one page: `docs/rules.md`.
pub fn page(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Rules\n")?;
    writeln!(
        out,
        "What `ideas validate` looks for. This page is written by `ideas rules --format markdown`; `ideas rules CODE` shows one\n\
         rule with its examples drawn. Levels, for all pages or by path, and options are set in `ideas.toml`. In a page,\n\
         `<!-- ideas-disable-next-line CODE -->` excuses a line, `ideas-disable-line` the line that it stands on,\n\
         `ideas-disable-file` the page, and `ideas-disable` what follows up to `ideas-enable`.\n"
    )?;
    writeln!(out, "| code | level | wants |\n| --- | --- | --- |")?;
    for rule in rules::ALL {
        writeln!(out, "| [`{0}`](#{0}) | {1} | {2} |", rule.code, rule.level.as_str(), rule.wants.replace('|', "\\|"))?;
    }
    for rule in rules::ALL {
        write!(out, "\n## {}\n\n{}", rule.code, markdown(rule))?;
    }
    Ok(())
}
