//! The columns of an idea: one line of [`COLUMNS`] each says its name, how it is read, and how much room it deserves.
//! Which of them a list has unless told otherwise, [`Columns`] says.
//!
//! Tables, CSV and Markdown are made of them; `--columns` names them. A new column is a new line here.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::str::FromStr;
use std::sync::LazyLock;

use super::cell::Cell;
use super::grid::{GAP, Grid, Room, Want, arrange};
use super::{Look, facts, safe};
use crate::idea::id::short::ShortIds;
use crate::idea::{Check, Idea, Mentor};
use crate::query::QueryError;
use crate::spelling::nearest;
use crate::text::Spanned;

/// What a cell holds: none, one or several values, as the page says them (not yet made safe).
type Values<'a> = Vec<Cow<'a, str>>;

/// One fact of an idea, as a column.
#[derive(Debug)]
pub struct Column {
    /// Its name in `--columns` and in the header of CSV; as in our JSON where it is a field there.
    pub name: &'static str,
    /// What it holds, in a few words.
    pub help: &'static str,
    pub(super) room: Room,
    values: fn(&Idea) -> Values<'_>,
}

/// Every column there is, in the order in which CSV has them.
pub static COLUMNS: [Column; 26] = [
    column("id", (16, 21, 9), "slug, the same in every catalogue", |idea| vec![idea.id.as_str().into()]),
    column("title", (22, 50, 10), "what the idea is called", |idea| vec![idea.title.value.as_str().into()]),
    column("organization", (10, 20, 5), "who owns the page", |idea| one(idea.organization.as_ref())),
    column("project", (10, 18, 8), "the group it is filed under", |idea| one(idea.project.as_ref())),
    column("program", (WHOLE, 8, 2), "gsoc, lfx …", |idea| idea.program.iter().map(|it| it.value.as_str().into()).collect()),
    column("term", (WHOLE, 10, 6), "year, or LFX term", |idea| shown(idea.term.as_slice())),
    column("summary", (24, 60, 3), "its first sentences", |idea| idea.summary.iter().map(Into::into).collect()),
    column("description", (24, 60, 1), "Markdown, as on the page", |idea| one(idea.description.as_ref())),
    column("outcomes", (24, 60, 1), "what shall come of it", |idea| many(&idea.outcomes)),
    column("skills", (12, 40, 4), "skills, in the page's words", |idea| many(&idea.skills)),
    column("tags", (12, 30, 5), "skills, by their canonical names", |idea| {
        idea.tags.iter().map(|tag| tag.value.into()).collect()
    }),
    column("mentors", (14, 28, 4), "names", |idea| idea.mentors.iter().map(|mentor| mentor.shown().into()).collect()),
    column("github", (12, 28, 3), "the mentors' GitHub handles", |idea| people(idea, |mentor| mentor.github.as_ref())),
    column("email", (12, 28, 3), "the mentors' addresses", |idea| people(idea, |mentor| mentor.email.as_ref())),
    column("difficulty", (7, 12, 7), "easy, medium, hard", |idea| shown(&idea.difficulty)),
    column("hours", (6, 8, 7), "90, 175, 350 …", |idea| shown(&idea.hours)),
    column("upstream", (16, 40, 2), "the issues that track it", |idea| many(&idea.upstream)),
    column("links", (16, 40, 1), "where to read on", |idea| many(&idea.links)),
    column("technologies", (12, 28, 4), "what it is made with, in the page's words", |idea| many(&idea.technologies)),
    column("status", (6, 6, 2), "open, taken, done or draft", |idea| shown(idea.status.as_slice())),
    column("prerequisites", (16, 40, 2), "what LFX asks of applicants", |idea| {
        idea.prerequisites.iter().flat_map(|asked| asked.shown()).map(Cow::from).collect()
    }),
    column("source", (12, 40, 1), "page and line", |idea| vec![format!("{}:{}", idea.source.path, idea.source.line).into()]),
    column("line", (4, 6, 1), "the line on the page", |idea| vec![idea.source.line.to_string().into()]),
    column("url", (16, 40, 1), "the page on the web", |idea| idea.source.url.iter().map(Into::into).collect()),
    column(UPSTREAM_STATUS, (8, 18, 5), "whether its issue is open, as `ideas check` was told", |idea| {
        idea.check.iter().filter_map(Check::best).map(|best| best.shown().into()).collect()
    }),
    column("also", (10, 28, 2), "the other pages and terms that it stands in", |idea| {
        idea.also.iter().map(|place| facts::place(place).into()).collect()
    }),
];

/// The columns that the long texts of an idea fill, and what was asked for the addresses among them.
const OF_TEXTS: [&str; 9] =
    ["summary", "description", "outcomes", "skills", "upstream", "links", "technologies", "prerequisites", UPSTREAM_STATUS];

const WHOLE: usize = Room::WHOLE;

/// The column in which tables say that an idea stands for others.
const MARKED: &str = "term";

/// So many columns are enough for most titles, where nothing else has to be seen.
const TITLE: usize = 72;

/// What only is known if somebody has asked.
const UPSTREAM_STATUS: &str = "upstream-status";

/// The names of all columns, as messages list them.
static NAMES: LazyLock<String> = LazyLock::new(|| {
    let (last, names) = COLUMNS.split_last().map_or(("", &[][..]), |(last, names)| (last.name, names));
    format!("{} or {last}", names.iter().map(|column| column.name).collect::<Vec<_>>().join(", "))
});

const fn column(name: &'static str, room: (usize, usize, u8), help: &'static str, values: fn(&Idea) -> Values<'_>) -> Column {
    let (least, good, worth) = room;
    Column { name, help, room: Room { least, good, worth }, values }
}

fn one(text: Option<&Spanned<String>>) -> Values<'_> {
    text.iter().map(|text| text.value.as_str().into()).collect()
}

fn many(texts: &[Spanned<String>]) -> Values<'_> {
    texts.iter().map(|text| text.value.as_str().into()).collect()
}

fn shown<T: std::fmt::Display>(values: &[Spanned<T>]) -> Values<'_> {
    values.iter().map(|value| value.value.to_string().into()).collect()
}

fn people(idea: &Idea, fact: fn(&Mentor) -> Option<&Spanned<String>>) -> Values<'_> {
    idea.mentors.iter().filter_map(fact).map(|text| text.value.as_str().into()).collect()
}

impl Column {
    /// The column of that name, in any case.
    ///
    /// # Errors
    /// If there is none; the message names the nearest, and all.
    pub fn named(name: &str) -> Result<&'static Column, QueryError> {
        let known = COLUMNS.iter().find(|column| column.name.eq_ignore_ascii_case(name.trim()));
        known.ok_or_else(|| {
            let meant = nearest(name, COLUMNS.iter().map(|column| column.name)).map(str::to_owned);
            QueryError::unknown("column", name, &NAMES, meant)
        })
    }

    /// What the column holds for an idea: none, one or several values, unchanged.
    pub fn values<'a>(&self, idea: &'a Idea) -> Vec<Cow<'a, str>> {
        (self.values)(idea)
    }

    /// What stands above it in a table. Its values may be narrower than its name.
    pub(super) fn header(&self) -> Cell {
        let whole = self.name.to_uppercase();
        match self.name {
            "difficulty" => Cell::Named { whole, short: "LEVEL".to_owned() },
            _ => Cell::Text(whole),
        }
    }

    /// What a table tells people of an idea, each value passed through `safe` first. Where it tells of terms, with how
    /// many others the idea stands for: `2026 +2`.
    fn marked(&self, idea: &Idea, columns: &Columns, safe: impl Fn(&str) -> Cow<'_, str>) -> Vec<String> {
        let values = self.shown(idea, columns, safe);
        if self.name != MARKED || idea.also.is_empty() {
            return values;
        }
        vec![format!("{} +{}", values.concat(), idea.also.len()).trim_start().to_owned()]
    }

    /// The same in one text.
    pub(super) fn marked_text(&self, idea: &Idea, columns: &Columns, safe: impl Fn(&str) -> Cow<'_, str>) -> String {
        self.marked(idea, columns, safe).join(", ")
    }

    /// What stands in a table of these columns for an idea. Where `ids` are the ids of the catalogue, a narrow cell has
    /// the short form of an id; every cell has if `short` is true.
    pub(super) fn grid_cell(&self, idea: &Idea, columns: &Columns, ids: &ShortIds<'_>, short: bool) -> Cell {
        let mut values = self.marked(idea, columns, safe::line);
        match (self.name, values.len()) {
            ("id", 1) => {
                let whole = values.remove(0);
                let name = ids.of_id(&whole).into_owned();
                if short { Cell::Text(name) } else { Cell::Named { whole, short: name } }
            }
            (_, 0) => Cell::Text(String::new()),
            (_, 1) => Cell::Text(values.remove(0)),
            // They are named from easy to hard.
            ("difficulty", _) => Cell::Named { whole: values.join(", "), short: format!("{}+", values[0]) },
            _ => Cell::List(values),
        }
    }

    /// What a record tells programs of an idea.
    fn told<'i>(&self, idea: &'i Idea, columns: &Columns) -> Values<'i> {
        // Whose idea it is, is always worth knowing.
        let owner = if self.name == "project" && !columns.has("organization") { idea.filed_under() } else { None };
        owner.map_or_else(|| self.values(idea), |owner| vec![owner.into()])
    }

    /// The same, each value passed through `safe` first.
    fn shown(&self, idea: &Idea, columns: &Columns, safe: impl Fn(&str) -> Cow<'_, str>) -> Vec<String> {
        let values = self.told(idea, columns);
        values.iter().map(|value| safe(value).into_owned()).filter(|value| !value.is_empty()).collect()
    }

    /// The same in one text.
    pub(super) fn shown_text(&self, idea: &Idea, columns: &Columns, safe: impl Fn(&str) -> Cow<'_, str>) -> String {
        let mut text = String::new();
        self.push_shown(idea, columns, safe, &mut text);
        text
    }

    /// The same behind a text.
    pub(super) fn push_shown(&self, idea: &Idea, columns: &Columns, safe: impl Fn(&str) -> Cow<'_, str>, text: &mut String) {
        let start = text.len();
        for value in self.told(idea, columns) {
            let value = safe(&value);
            if text.len() > start && !value.is_empty() {
                text.push_str(", ");
            }
            text.push_str(&value);
        }
    }

    /// The values in one text, each passed through `safe` first.
    pub(super) fn cell(&self, idea: &Idea, between: &str, safe: impl Fn(&str) -> Cow<'_, str>) -> String {
        let mut cell = String::new();
        for value in self.values(idea) {
            let value = safe(&value);
            if !cell.is_empty() && !value.is_empty() {
                cell.push_str(between);
            }
            cell.push_str(&value);
        }
        cell
    }
}

/// Columns in the order in which they were asked for; at least one.
#[derive(Clone, Debug)]
pub struct Columns(Vec<&'static Column>);

impl Columns {
    /// These columns, in this order.
    pub fn of(columns: Vec<&'static Column>) -> Self {
        Self(columns)
    }

    /// What a list on a terminal has unless told otherwise, in the order in which one reads it. On a narrow terminal the least
    /// important are left out, and those that no idea fills are anywhere.
    pub fn terminal(ideas: &[&Idea]) -> Self {
        Self::named(std::iter::once("id").chain(Self::telling(ideas)))
    }

    /// What a table for an issue or a README has.
    pub fn markdown(ideas: &[&Idea]) -> Self {
        Self::named(Self::telling(ideas))
    }

    /// What is worth reading of these ideas: how far they are along only where one is not open, programme and
    /// term only where they differ, or where an idea stands for others, and how the upstream issues are only where somebody has asked.
    fn telling(ideas: &[&Idea]) -> impl Iterator<Item = &'static str> {
        let differ = |name: &str| {
            let values = Column::named(name).map(|column| ideas.iter().flat_map(|idea| column.values(idea)).collect());
            values.is_ok_and(|values: BTreeSet<_>| values.len() > 1)
        };
        let marked = ideas.iter().any(|idea| !idea.also.is_empty());
        let told = ["program", "term"].map(|name| differ(name) || (marked && name == MARKED));
        let (program, term) = (told[0].then_some("program"), told[1].then_some("term"));
        let status = ideas.iter().any(|idea| !facts::status(idea).is_empty()).then_some("status");
        let asked = ideas.iter().any(|idea| idea.check.as_ref().is_some_and(|check| !check.upstream.is_empty()));
        ["title", "project", "difficulty", "hours"]
            .into_iter()
            .chain(status)
            .chain(program)
            .chain(term)
            .chain(["tags", "mentors"])
            .chain(asked.then_some(UPSTREAM_STATUS))
    }

    /// What a record in a pipe has: the same of all ideas, so that a program may count fields.
    pub fn record() -> Self {
        Self::named(["id", "title", "project", "difficulty", "hours", "program", "term", "tags", "mentors"])
    }

    /// What a wide table has: also what else leads to the idea.
    pub fn wide() -> Self {
        let more = ["organization", "status", "upstream", "source", "url"];
        Self::named(Self::record().iter().map(|column| column.name).chain(more))
    }

    /// What CSV has: all but long texts.
    pub fn csv() -> Self {
        Self(COLUMNS.iter().filter(|column| !["description", "outcomes"].contains(&column.name)).collect())
    }

    fn named<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self(names.into_iter().filter_map(|name| Column::named(name).ok()).collect())
    }

    /// True if they show any of the long texts of an idea.
    pub fn need_texts(&self) -> bool {
        OF_TEXTS.iter().any(|name| self.has(name))
    }

    /// True if they show where else an idea stands.
    pub fn need_others(&self) -> bool {
        self.has("also")
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|column| column.name == name)
    }

    /// The rows of a table of ideas. Where `ids` are the ids of the catalogue, a narrow column of ids shows their short
    /// forms; all do if `short` is true.
    pub(super) fn grid(&self, ideas: &[&Idea], ids: &ShortIds<'_>, short: bool) -> Grid {
        Grid {
            header: self.iter().map(Column::header).collect(),
            rows: ideas.iter().map(|idea| self.iter().map(|column| column.grid_cell(idea, self, ids, short)).collect()).collect(),
            right: Vec::new(),
            id: self.iter().position(|column| column.name == "id"),
        }
    }

    /// The same, in a terminal's width. Columns that were `asked` for are never left out.
    pub(super) fn fitted(&self, ideas: &[&Idea], ids: &ShortIds<'_>, asked: bool, width: usize, look: &Look) -> Grid {
        let mut grid = self.grid(ideas, ids, !asked);
        let rooms: Vec<_> = self.iter().map(|column| column.room).collect();
        grid.shrink(&rooms, width, asked, look);
        grid
    }

    /// The columns, in order.
    pub fn iter(&self) -> impl Iterator<Item = &'static Column> + '_ {
        self.0.iter().copied()
    }
}

/// The rows of a list that is longer than what is seen of it: its columns are those of a table, and only what is seen
/// is cut to size.
pub(crate) struct Listing {
    grid: Grid,
    wants: Vec<Want>,
}

impl Listing {
    pub(crate) fn new(ideas: &[&Idea]) -> Self {
        let columns = Columns::named(Columns::telling(ideas));
        let grid = Grid { header: Vec::new(), ..columns.grid(ideas, &ShortIds::default(), true) };
        // Titles come first: the other facts of an idea are seen beside the list, or with one key.
        let room = |column: &Column| match column.name {
            "title" => Room { least: TITLE, good: TITLE, ..column.room },
            _ => column.room,
        };
        let wants = grid.wants(&columns.iter().map(room).collect::<Vec<_>>());
        Listing { grid, wants }
    }

    /// How many columns of text it takes where nothing is cut.
    pub(crate) fn full_width(&self) -> usize {
        self.widths(usize::MAX / 2).iter().flatten().map(|width| width + GAP).sum::<usize>().saturating_sub(GAP)
    }

    /// How wide each column is where there are so many columns of text; some have no place.
    pub(crate) fn widths(&self, width: usize) -> Vec<Option<usize>> {
        arrange(&self.wants, width, false)
    }

    /// The title of an idea, by its place among all.
    pub(crate) fn title(&self, place: usize) -> Cow<'_, str> {
        self.grid.rows[place][0].whole()
    }

    /// What is seen of an idea, with the width of each column. The title is the first.
    pub(crate) fn row(&self, place: usize, widths: &[Option<usize>], look: &Look) -> Vec<(String, usize)> {
        let cells = self.grid.rows[place].iter().zip(widths);
        cells.filter_map(|(cell, width)| Some((cell.fit((*width)?, look), (*width)?))).collect()
    }
}

impl FromStr for Columns {
    type Err = QueryError;

    /// `title,project,hours`: commas between, spaces around, empty items ignored.
    fn from_str(list: &str) -> Result<Self, QueryError> {
        let names = list.split(',').map(str::trim).filter(|name| !name.is_empty());
        let columns = names.map(Column::named).collect::<Result<Vec<_>, _>>()?;
        if columns.is_empty() {
            return Err(QueryError::Empty { what: "column", seen: list.to_owned(), expected: &NAMES });
        }
        Ok(Self(columns))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{safe, sample};
    use super::*;
    use crate::idea::Term;
    use crate::idea::texts::Texts;

    #[test]
    fn names_are_unique_and_the_lists_name_them() {
        for (i, column) in COLUMNS.iter().enumerate() {
            assert_eq!(COLUMNS.iter().position(|other| other.name == column.name), Some(i), "{}", column.name);
            assert!(column.room.least == WHOLE || column.room.least <= column.room.good, "{}", column.name);
        }
        let (idea, bare) = (sample::idea(), Idea::bare("T"));
        let other = Idea { program: None, term: Term::exact("2024").map(Spanned::nowhere), ..sample::idea() };
        for (ideas, count) in [(&[][..], 6), (&[&idea, &bare], 6), (&[&idea, &other], 7)] {
            assert_eq!(Columns::markdown(ideas).iter().count(), count);
            assert_eq!(Columns::terminal(ideas).iter().count(), count + 1);
        }
        assert_eq!(Columns::wide().iter().count(), Columns::record().iter().count() + 5);
        assert_eq!(Columns::csv().iter().count(), COLUMNS.len() - 2);
    }

    #[test]
    fn columns_without_texts_show_the_same_of_an_idea_without_them() {
        for idea in [sample::idea(), sample::hostile()] {
            let mut brief = Idea { check: None, ..idea.clone() };
            Texts::take(&mut brief);
            for column in COLUMNS.iter().filter(|column| !Columns::of(vec![column]).need_texts()) {
                assert_eq!(column.values(&brief), column.values(&idea), "{}", column.name);
            }
        }
    }

    #[test]
    fn cells_of_a_full_and_an_empty_idea() {
        let (full, bare) = (sample::idea(), Idea::bare("T"));
        for (name, cell, empty) in [
            ("id", "kubeflow-helm", ""),
            ("title", "Deploying Kubeflow with Helm", "T"),
            ("organization", "CNCF", ""),
            ("program", "gsoc", ""),
            ("term", "2025", ""),
            ("tags", "go, helm", ""),
            ("mentors", "Jane Doe, @bob", ""),
            ("github", "jane, bob", ""),
            ("email", "jane@example.org", ""),
            ("difficulty", "medium", ""),
            ("hours", "175, 350", ""),
            ("source", "pages/ideas.md:7", "ideas.md:1"),
            ("line", "7", "1"),
            ("url", "", ""),
            ("upstream-status", "", ""),
        ] {
            let column = Column::named(name).unwrap();
            assert_eq!(column.cell(&full, ", ", safe::line), cell);
            assert_eq!(column.cell(&bare, ", ", safe::line), empty);
        }
    }

    #[test]
    fn lists_are_read() {
        let names =
            |list: &str| list.parse::<Columns>().map(|columns| columns.iter().map(|column| column.name).collect::<Vec<_>>());
        assert_eq!(names("hours, Title,"), Ok(vec!["hours", "title"]));
        for (list, start, end) in [
            (" , ", "' , ' names no column: expected id, title,", " upstream-status or also"),
            ("title,mentor", "unknown column 'mentor': expected id, title,", " upstream-status or also; did you mean mentors?"),
            ("money", "unknown column 'money': expected id, title,", " upstream-status or also"),
        ] {
            let error = names(list).unwrap_err().to_string();
            assert!(error.starts_with(start) && error.ends_with(end), "{error}");
        }
    }
}
