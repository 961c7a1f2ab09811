//! The shortlist as a list: what any list has of an idea, and beside it how far the user is, what was noted, and what
//! has changed.
//!
//! [`COLUMNS`] are those of an entry; the others are the columns of [`columns`], under the same names, but for what
//! the page says of its status, which is `page-status` here.

mod document;

use std::borrow::Cow;
use std::io::{self, Write};
use std::str::FromStr;
use std::sync::LazyLock;

pub(crate) use document::missing;
pub use document::write as write_document;

use super::cell::Cell;
use super::columns::{self, Column, Columns};
use super::grid::{Grid, Room};
use super::{Format, Look, csv, grid, ids, json, markdown, ndjson, safe, yaml};
use crate::idea::Idea;
use crate::idea::id::short::ShortIds;
use crate::query::QueryError;
use crate::shortlist::Item;
use crate::spelling::nearest;

/// What stands where the page of an idea does not have it any more …
pub(crate) const GONE: &str = "gone";
/// … and where the page is not read.
pub(crate) const ELSEWHERE: &str = "not in this catalogue";

/// What the page says of the status of an idea.
const PAGE_STATUS: &str = "page-status";

/// A fact of an entry, as a column.
#[derive(Debug)]
pub struct EntryColumn {
    /// Its name in `--columns` and in the header of CSV.
    pub name: &'static str,
    /// What it holds, in a few words.
    pub help: &'static str,
    room: Room,
    values: fn(&Item) -> Vec<Cow<'_, str>>,
}

/// The columns of an entry.
pub static COLUMNS: [EntryColumn; 4] = [
    EntryColumn {
        name: "status",
        help: "considering, contacted, applied or dropped",
        room: Room { least: Room::WHOLE, good: 11, worth: 9 },
        values: |item| vec![item.status.to_string().into()],
    },
    EntryColumn {
        name: "changed",
        help: "the facts that have changed since it was added; gone, if its page no longer has it",
        room: Room { least: 7, good: 16, worth: 8 },
        values: |item| {
            let gone = item.gone.then_some(GONE).or(item.elsewhere.then_some(ELSEWHERE)).map(Cow::from);
            gone.into_iter().chain(item.changed.iter().map(|field| field.field.as_str().into())).collect()
        },
    },
    EntryColumn {
        name: "note",
        help: "what you have noted",
        room: Room { least: 12, good: 40, worth: 8 },
        values: |item| item.note.iter().map(Cow::from).collect(),
    },
    EntryColumn {
        name: "added",
        help: "the day on which you added it",
        room: Room { least: 10, good: 10, worth: 1 },
        values: |item| vec![item.added.get(..10).unwrap_or(&item.added).into()],
    },
];

/// The names of all columns, as messages list them.
static NAMES: LazyLock<String> = LazyLock::new(|| {
    let own = COLUMNS.iter().map(|column| column.name);
    own.chain(columns::COLUMNS.iter().map(name_of)).collect::<Vec<_>>().join(", ")
});

/// What a column of an idea is called here.
fn name_of(column: &Column) -> &'static str {
    if column.name == "status" { PAGE_STATUS } else { column.name }
}

/// A column of the entry, or of its idea.
#[derive(Clone, Copy, Debug)]
enum ListColumn {
    Entry(&'static EntryColumn),
    Idea(&'static Column),
}

impl ListColumn {
    fn named(name: &str) -> Result<Self, QueryError> {
        let name = name.trim();
        let own = COLUMNS.iter().find(|column| column.name.eq_ignore_ascii_case(name)).map(ListColumn::Entry);
        let of_idea = || columns::COLUMNS.iter().find(|column| name_of(column).eq_ignore_ascii_case(name)).map(ListColumn::Idea);
        own.or_else(of_idea).ok_or_else(|| {
            let names = COLUMNS.iter().map(|column| column.name).chain(columns::COLUMNS.iter().map(name_of));
            QueryError::unknown("column", name, &NAMES, nearest(name, names).map(str::to_owned))
        })
    }

    fn name(self) -> &'static str {
        match self {
            ListColumn::Entry(column) => column.name,
            ListColumn::Idea(column) => name_of(column),
        }
    }

    fn room(self) -> Room {
        match self {
            ListColumn::Entry(column) => column.room,
            // By it one says which of them is meant.
            ListColumn::Idea(column) if column.name == "id" => Room { worth: 8, ..column.room },
            ListColumn::Idea(column) => column.room,
        }
    }
}

/// Columns of a shortlist, in order; at least one.
#[derive(Clone, Debug)]
pub struct ListColumns {
    all: Vec<ListColumn>,
    /// Those of ideas among them: some say more where others are missing.
    of_ideas: Columns,
}

impl FromStr for ListColumns {
    type Err = QueryError;

    /// `title,status,note`: commas between, spaces around, empty items ignored.
    fn from_str(list: &str) -> Result<Self, QueryError> {
        let names = list.split(',').map(str::trim).filter(|name| !name.is_empty());
        let all = names.map(ListColumn::named).collect::<Result<Vec<_>, _>>()?;
        if all.is_empty() {
            return Err(QueryError::Empty { what: "column", seen: list.to_owned(), expected: &NAMES });
        }
        Ok(Self::of(all))
    }
}

impl ListColumns {
    fn of(all: Vec<ListColumn>) -> Self {
        let of_ideas = all.iter().filter_map(|column| if let ListColumn::Idea(column) = column { Some(*column) } else { None });
        Self { of_ideas: Columns::of(of_ideas.collect()), all }
    }

    /// The columns of ideas that a format has, with those of the entry where they are read best.
    fn with(of_ideas: &Columns, format: Format) -> Self {
        let ideas = of_ideas.iter().map(ListColumn::Idea);
        let [status, changed, note, added] = COLUMNS.each_ref().map(ListColumn::Entry);
        Self::of(match format {
            // A program may count fields: those of `ideas list` come first.
            Format::Csv | Format::Wide => ideas.chain([status, changed, note, added]).collect(),
            // What tells of the idea least gives way on a narrow terminal, not what the user has written.
            _ => {
                let (mut head, tail): (Vec<_>, Vec<_>) = ideas.partition(|column| ["id", "title"].contains(&column.name()));
                head.extend([status, changed, note]);
                head.extend(tail);
                head
            }
        })
    }

    /// What the format has, unless told otherwise.
    fn default_of(format: Format, ideas: &[&Idea], look: &Look) -> Self {
        match format {
            Format::Csv => Self::with(&Columns::csv(), format),
            Format::Markdown => Self::with(&Columns::markdown(ideas), format),
            Format::Wide => Self::with(&Columns::wide(), format),
            _ if look.width.is_none() => Self::with(&Columns::record(), Format::Csv),
            _ => Self::with(&Columns::terminal(ideas), format),
        }
    }

    fn grid(&self, items: &[&Item], ids: &ShortIds<'_>, short: bool) -> Grid {
        let cell = |item: &Item, column: ListColumn| match column {
            ListColumn::Idea(column) => column.grid_cell(&item.idea, &self.of_ideas, ids, short),
            ListColumn::Entry(column) => {
                Cell::List((column.values)(item).iter().map(|value| safe::line(value).into_owned()).collect())
            }
        };
        let header = |column: &ListColumn| match column {
            ListColumn::Idea(column) => column.header(),
            ListColumn::Entry(column) => Cell::Text(column.name.to_uppercase()),
        };
        Grid {
            header: self.all.iter().map(header).collect(),
            rows: items.iter().map(|item| self.all.iter().map(|&column| cell(item, column)).collect()).collect(),
            right: Vec::new(),
            id: self.all.iter().position(|column| column.name() == "id"),
        }
    }

    /// The cells of an item as texts, for formats that are not tables on a terminal.
    fn texts(
        &self,
        item: &Item,
        between: &str,
        safe: fn(&str) -> Cow<'_, str>,
        of_idea: impl Fn(&Column, &Idea) -> String,
    ) -> Vec<String> {
        let cell = |column: &ListColumn| match column {
            ListColumn::Idea(column) => of_idea(column, &item.idea),
            ListColumn::Entry(column) => (column.values)(item).iter().map(|it| safe(it)).collect::<Vec<_>>().join(between),
        };
        self.all.iter().map(cell).collect()
    }
}

/// Writes items, in their order. `columns` replace those that the format has by default; `ids` are those of the catalogue.
pub fn write(
    format: Format,
    items: &[&Item],
    columns: Option<&ListColumns>,
    ids: &ShortIds<'_>,
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let ideas: Vec<&Idea> = items.iter().map(|item| &item.idea).collect();
    let of_format = || ListColumns::default_of(format, &ideas, look);
    let shown = columns.map_or_else(of_format, Clone::clone);
    match (format, look.width) {
        (Format::Json, _) => json::write(items, out),
        (Format::Ndjson, _) => ndjson::write(items, out),
        (Format::Yaml, _) => yaml::write(items, out),
        (Format::Ids, _) => ids::ideas(&ideas, out),
        (Format::Csv, _) => {
            let rows = items
                .iter()
                .map(|item| shown.texts(item, "; ", safe::text, |column, idea| column.cell(idea, "; ", safe::text)).into_iter());
            csv::write(shown.all.iter().map(|column| column.name()), rows, out)
        }
        (Format::Markdown, _) => {
            let rows = items.iter().map(|item| {
                shown.texts(item, ", ", markdown::text, |column, idea| markdown::cell(column, &shown.of_ideas, idea)).into_iter()
            });
            markdown::write(shown.all.iter().map(|column| markdown::capital(column.name())), rows, out)
        }
        (Format::Table | Format::Wide, None) => items.iter().try_for_each(|item| {
            let of_idea = |column: &Column, idea: &Idea| column.shown_text(idea, &shown.of_ideas, safe::line);
            grid::record(shown.texts(item, ", ", safe::line, of_idea).iter(), out)
        }),
        (Format::Wide, Some(_)) => shown.grid(items, &ShortIds::default(), false).write(look, out),
        (Format::Table, Some(width)) => {
            let mut grid = shown.grid(items, ids, columns.is_none());
            let rooms: Vec<Room> = shown.all.iter().map(|column| column.room()).collect();
            grid.shrink(&rooms, width, columns.is_some(), look);
            grid.write(look, out)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{fit, sample};
    use super::*;
    use crate::shortlist::{Pages, entry_of, items};
    use crate::store::{Entry, EntryStatus};

    fn shortlist() -> Vec<Item> {
        let full = sample::idea();
        let before = Idea { hours: Vec::new(), ..full.clone() };
        let noted = Entry {
            added: "2026-02-20T08:00:00Z".to_owned(),
            status: EntryStatus::Contacted,
            note: Some("ask Ada | about\n=the chart, which nobody has seen for a while".to_owned()),
            ..entry_of(&before)
        };
        let gone = Entry { added: "2026-02-21T08:00:00Z".to_owned(), ..entry_of(&sample::hostile()) };
        items(vec![noted, gone], &[full], &[], &Pages::default())
    }

    fn written(format: Format, columns: Option<&str>, width: Option<usize>) -> String {
        let items = shortlist();
        let columns = columns.map(|columns| columns.parse().unwrap());
        let look = Look { width, unicode: true, ..Look::PLAIN };
        let mut out = Vec::new();
        write(format, &items.iter().collect::<Vec<_>>(), columns.as_ref(), &ShortIds::default(), &look, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_list_has_status_changes_and_notes() {
        let table = written(Format::Table, None, Some(100));
        assert!(table.starts_with("ID"), "{table}");
        for said in ["TITLE", "STATUS", "CHANGED", "NOTE", "contacted", "hours", "ask Ada", "considering", "not in"] {
            assert!(table.contains(said), "{said}: {table}");
        }
        let narrow = written(Format::Table, None, Some(40));
        assert!(narrow.contains("STATUS") && narrow.contains("contacted"), "{narrow}");
        let record = written(Format::Table, None, None);
        let line = record.lines().next().unwrap();
        assert!(line.starts_with("kubeflow-helm\tDeploying Kubeflow with Helm\tKubeflow\tmedium\t"), "{line}");
        let end = "\tcontacted\thours\task Ada | about =the chart, which nobody has seen for a while\t2026-02-20";
        assert!(line.ends_with(end), "{line}");
    }

    #[test]
    fn columns_are_chosen_and_names_are_not_shared() {
        let csv = written(Format::Csv, Some("id,status,page-status,note"), None);
        let expected = "id,status,page-status,note\r\nkubeflow-helm,contacted,open,\"ask Ada | about\n=the chart, which nobody has \
                        seen for a while\"\r\n";
        assert!(csv.starts_with(expected), "{csv}");
        let header = written(Format::Csv, None, None);
        let header: Vec<&str> = header.lines().next().unwrap().split(',').collect();
        assert!(header.iter().enumerate().all(|(at, name)| header.iter().position(|other| other == name) == Some(at)));
        let error = "titel".parse::<ListColumns>().unwrap_err().to_string();
        assert!(error.contains("expected status, changed, note, added, id, title,") && error.ends_with("did you mean title?"));
        assert!(written(Format::Markdown, Some("title,note"), None).contains(" | ask Ada \\| about =the chart"));
    }

    #[test]
    fn lines_fit_and_nothing_commands_a_terminal() {
        for width in [20, 40, 80, 120, 200] {
            for format in [Format::Table, Format::Csv, Format::Markdown, Format::Json, Format::Yaml, Format::Wide, Format::Ids] {
                let text = written(format, None, Some(width));
                assert!(!text.contains(|c| !matches!(c, '\n' | '\r' | '\t') && safe::is_hidden(c)), "{format}: {text}");
                let fits = format != Format::Table || text.lines().all(|line| fit::width(line) <= width);
                assert!(fits, "{width}:\n{text}");
            }
        }
    }
}
