//! Ideas side by side: a row for each fact, a column for each idea, and which facts differ; with how each fits
//! somebody, if that was asked for.
//!
//! On a terminal it is a table, or, where that is too narrow for one, fact by fact below each other. In a pipe there is
//! a record for each fact: its name, `differs` or `same`, and what each idea says.

mod table;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

pub use table::lines;

use super::columns::Column;
use super::{Look, facts, grid, json, markdown, reasons, safe};
use crate::idea::Idea;
use crate::idea::id::short::ShortIds;
use crate::query::fit::{Fit, Wishes};
use crate::store::EntryStatus;

/// What is compared: the column that has the fact, what people call it, and whether it is shown where no idea states it.
const FACTS: [(&str, &str, bool); 15] = [
    ("organization", "Organization", false),
    ("project", "Project", false),
    ("program", "Program", false),
    ("term", "Term", false),
    ("status", "Status", false),
    ("difficulty", "Difficulty", true),
    ("hours", "Hours", true),
    ("tags", "Skills", true),
    ("technologies", "Made with", false),
    ("mentors", "Mentors", true),
    ("upstream", "Upstream", false),
    ("upstream-status", "Issue is", false),
    ("prerequisites", "Asked", false),
    ("outcomes", "Outcomes", false),
    ("summary", "Summary", false),
];

/// A part of an idea's facts that is told of a fit: its name in JSON, what people call it, and what it says.
type FitFact = (&'static str, &'static str, fn(&Fit) -> String);

/// What is told of fits.
const FITS: [FitFact; 7] = [
    ("score", "Score", |fit| fit.score.to_string()),
    ("have", "You have", |fit| fit.have.join(", ")),
    ("want", "You want", |fit| fit.want.join(", ")),
    ("related", "You know", reasons::helped),
    ("learn", "To learn", |fit| fit.learn.join(", ")),
    ("optional", "Optional", |fit| fit.optional.join(", ")),
    ("misses", "But", reasons::all_missed),
];

/// Ideas and what they say, fact by fact. Its JSON is what `ideas compare --format json` writes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Comparison<'a> {
    /// The ideas, in the order in which they were asked for.
    pub ideas: Vec<&'a Idea>,
    /// What they say; facts that none of them states are left out, but for those that everybody asks for.
    pub facts: Vec<Row>,
    /// How each fits, in the order of the ideas; null if nobody said what you bring.
    pub fits: Option<Vec<Fit>>,
    /// What your shortlist says of each, in the order of the ideas; null if it was not asked.
    pub shortlisted: Option<Vec<Option<Shortlisted>>>,
    /// Only what differs is shown.
    #[serde(skip)]
    #[schemars(skip)]
    differences: bool,
}

/// What the shortlist says of an idea.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Shortlisted {
    /// How far you are with it.
    pub status: EntryStatus,
    /// What you have noted.
    pub note: Option<String>,
}

/// A fact of several ideas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Row {
    /// Its name, as in the JSON of an idea.
    pub fact: &'static str,
    /// True unless all ideas say the same.
    pub differs: bool,
    /// What each idea says, in the order of the ideas; nothing where it does not say.
    pub values: Vec<Vec<String>>,
    /// What people call it.
    #[serde(skip)]
    #[schemars(skip)]
    label: &'static str,
    /// What is told where there is nothing.
    #[serde(skip)]
    #[schemars(skip)]
    nothing: &'static str,
}

impl Row {
    /// True for what ideas say; false for how they fit and what you noted, of which there may be nothing to tell.
    pub(crate) fn is_fact(&self) -> bool {
        !self.nothing.is_empty()
    }

    /// What people are told that an idea says.
    fn shown(&self, idea: usize) -> Cow<'_, str> {
        let values = self.values.get(idea).map_or(&[][..], Vec::as_slice);
        match values {
            [] => self.nothing.into(),
            [value] => safe::line(value),
            values => {
                // Sentences have commas of their own.
                let between = if matches!(self.fact, "outcomes" | "prerequisites") { "; " } else { ", " };
                values.iter().map(|value| safe::line(value)).collect::<Vec<_>>().join(between).into()
            }
        }
    }
}

impl<'a> Comparison<'a> {
    /// Compares ideas; `wishes` say whom they are to fit.
    pub fn new(ideas: Vec<&'a Idea>, wishes: Option<&Wishes>) -> Self {
        let facts = FACTS.iter().filter_map(|&(fact, label, always)| {
            let column = Column::named(fact).ok()?;
            let values = ideas.iter().map(|idea| column.values(idea).into_iter().map(Cow::into_owned).collect()).collect();
            let row = row(fact, label, facts::NOT_STATED, values);
            (always || row.values.iter().any(|values| !values.is_empty())).then_some(row)
        });
        let fits = wishes.map(|wishes| ideas.iter().map(|idea| wishes.fit(idea)).collect());
        Comparison { facts: facts.collect(), fits, shortlisted: None, differences: false, ideas }
    }

    /// The same with what the shortlist says of each idea, in their order.
    #[must_use]
    pub fn with_shortlist(self, shortlisted: Vec<Option<Shortlisted>>) -> Self {
        Comparison { shortlisted: Some(shortlisted), ..self }
    }

    /// The same without what is so for all ideas.
    #[must_use]
    pub fn differences(mut self) -> Self {
        self.facts.retain(|row| row.differs);
        self.differences = true;
        self
    }

    /// All rows: the facts, and behind them how the ideas fit, and what the shortlist says of them.
    pub(crate) fn rows(&self) -> Vec<Row> {
        let fits = self.fits.iter().flat_map(|fits| {
            FITS.iter().map(|&(fact, label, said)| {
                let values = fits.iter().map(|fit| Some(said(fit)).filter(|text| !text.is_empty()).into_iter().collect());
                row(fact, label, "", values.collect())
            })
        });
        let kept = self.shortlisted.iter().flat_map(|kept| {
            let values = |said: fn(&Shortlisted) -> Option<String>| {
                kept.iter().map(|kept| kept.as_ref().and_then(said).into_iter().collect()).collect()
            };
            [
                row("your-status", "Your status", "", values(|kept| Some(kept.status.to_string()))),
                row("your-note", "Your note", "", values(|kept| kept.note.clone())),
            ]
        });
        let told = fits.chain(kept).filter(|row| row.values.iter().any(|values| !values.is_empty()));
        self.facts.iter().cloned().chain(told).filter(|row| row.differs || !self.differences).collect()
    }
}

fn row(fact: &'static str, label: &'static str, nothing: &'static str, values: Vec<Vec<String>>) -> Row {
    // In which order a page names skills, and how it writes them, is no difference.
    let sets: BTreeSet<BTreeSet<String>> =
        values.iter().map(|values| values.iter().map(|value| safe::line(value).to_lowercase()).collect()).collect();
    Row { fact, differs: sets.len() > 1, values, label, nothing }
}

/// What marks a fact that differs.
pub fn mark(unicode: bool) -> &'static str {
    if unicode { "≠" } else { "*" }
}

/// Writes a comparison for people, or for a pipe; `ids` are those of the catalogue.
pub fn write(comparison: &Comparison<'_>, ids: &ShortIds<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    if look.width.is_some() {
        return lines(comparison, ids, look).iter().try_for_each(|line| line.write(look, out));
    }
    for (fact, said) in [("id", (|idea| &idea.id) as fn(&Idea) -> &String), ("title", |idea| &idea.title.value)] {
        let said = comparison.ideas.iter().map(|idea| safe::line(said(idea)));
        grid::record([Cow::from(fact), "differs".into()].into_iter().chain(said), out)?;
    }
    for row in comparison.rows() {
        let told = if row.differs { "differs" } else { "same" };
        // A program is told nothing where there is nothing.
        let row = Row { nothing: "", ..row };
        let said = (0..comparison.ideas.len()).map(|idea| row.shown(idea));
        grid::record([Cow::from(row.fact), told.into()].into_iter().chain(said), out)?;
    }
    Ok(())
}

/// Writes a comparison as a Markdown table; a title leads to the page of its idea.
pub fn write_markdown(comparison: &Comparison<'_>, out: &mut dyn Write) -> io::Result<()> {
    let titles = comparison.ideas.iter().map(|idea| markdown::linked_title(idea));
    let header = std::iter::once(String::new()).chain(titles);
    let rows = comparison.rows();
    let cells = rows.iter().map(|row| {
        let mark = if row.differs { format!(" {}", mark(true)) } else { String::new() };
        let said = (0..comparison.ideas.len()).map(|idea| markdown::text(&row.shown(idea)).into_owned());
        std::iter::once(format!("**{}**{mark}", row.label)).chain(said)
    });
    markdown::write(header, cells, out)
}

/// Writes a comparison as JSON.
pub fn write_json(comparison: &Comparison<'_>, out: &mut dyn Write) -> io::Result<()> {
    json::one(comparison, out)
}

/// A row as a page has it: what people call the fact, whether it differs, and what each idea says, if it does.
pub(crate) fn cells(row: &Row, ideas: usize) -> (&'static str, bool, Vec<Option<Cow<'_, str>>>) {
    let said = |idea: usize| row.values.get(idea).is_some_and(|values| !values.is_empty()).then(|| row.shown(idea));
    (row.label, row.differs, (0..ideas).map(said).collect())
}

#[cfg(test)]
mod tests {
    use super::super::{fit, sample};
    use super::*;

    fn wishes() -> Wishes {
        let mut wishes = Wishes::default();
        wishes.have("go,docker").unwrap();
        wishes
    }

    fn other() -> Idea {
        Idea { id: "soup".to_owned(), tags: Vec::new(), mentors: Vec::new(), hours: Vec::new(), ..sample::idea() }
    }

    fn written(ideas: &[&Idea], width: Option<usize>) -> String {
        let wishes = wishes();
        let mut out = Vec::new();
        let look = Look { width, unicode: true, ..Look::PLAIN };
        write(&Comparison::new(ideas.to_vec(), Some(&wishes)), &ShortIds::default(), &look, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_pipe_gets_a_record_for_each_fact() {
        let (one, two) = (sample::idea(), other());
        let text = written(&[&one, &two], None);
        for record in [
            "id\tdiffers\tkubeflow-helm\tsoup\n",
            "program\tsame\tgsoc\tgsoc\n",
            "hours\tdiffers\t175, 350\t\n",
            "tags\tdiffers\tgo, helm\t\n",
            "have\tdiffers\tgo\t\n",
        ] {
            assert!(text.contains(record), "{record}: {text}");
        }
        assert!(text.lines().all(|line| line.split('\t').count() == 4), "{text}");
    }

    #[test]
    fn a_terminal_gets_a_table_or_fact_by_fact() {
        let (one, two) = (sample::idea(), other());
        let table = written(&[&one, &two], Some(80));
        let row = table.lines().find(|line| line.contains("Hours")).unwrap();
        assert!(row.starts_with("≠ Hours") && row.contains("175, 350") && row.ends_with("not stated"), "{table}");
        assert!(table.lines().any(|line| line.starts_with("  Program")), "{table}");
        let narrow = written(&[&one, &two, &one], Some(40));
        assert!(narrow.contains("≠ Hours\n    1  175, 350\n    2  not stated\n"), "{narrow}");
        assert!(narrow.contains("\n  Program  gsoc\n"), "{narrow}");
    }

    #[test]
    fn lines_fit_and_command_no_terminal() {
        let (one, hostile) = (sample::idea(), sample::hostile());
        for width in [20, 40, 80, 120, 200] {
            for ideas in [&[&one, &hostile][..], &[&one, &hostile, &one, &hostile, &one, &hostile, &one]] {
                let text = written(ideas, Some(width));
                assert!(text.lines().all(|line| fit::width(line) <= width), "{width}:\n{text}");
                assert!(!text.contains(|c| c != '\n' && safe::is_hidden(c)), "{text}");
            }
        }
    }

    #[test]
    fn only_what_differs_and_markdown() {
        let (one, two) = (sample::idea(), other());
        let alike = Comparison::new(vec![&one, &one], Some(&wishes()));
        assert!(!alike.rows().is_empty() && alike.differences().rows().is_empty());
        let comparison = Comparison::new(vec![&one, &two], None).differences();
        assert_eq!(comparison.facts.iter().map(|row| row.fact).collect::<Vec<_>>(), ["hours", "tags", "mentors"]);
        let mut out = Vec::new();
        write_markdown(&comparison, &mut out).unwrap();
        let expected = "\
|  | Deploying Kubeflow with Helm | Deploying Kubeflow with Helm |
| --- | --- | --- |
| **Hours** ≠ | 175, 350 | not stated |
| **Skills** ≠ | go, helm | not stated |
| **Mentors** ≠ | Jane Doe, @bob | not stated |
";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
