//! What ideas are like in numbers: how many have each field, and how they spread over skills, sizes, terms … or over two of
//! these at once.
//!
//! What is counted is [`facets`](super::facets)' business: here its groups are laid side by side. The same ideas give the
//! same tables. They serialise as our JSON.

use std::borrow::Borrow;
use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::QueryError;
use super::facets::{Dimension, Group};
use crate::idea::Fact;
use crate::idea::Idea;
use crate::text::counted;

/// Ideas in numbers.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Stats {
    /// How many ideas were counted.
    pub ideas: usize,
    /// How many of them state each field.
    pub fields: Vec<Share>,
    /// How they spread, from each side that was asked for.
    pub tables: Vec<Table>,
}

/// How many ideas state a field.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Share {
    /// The field, as in the JSON of an idea; or `email` or `github`, of any mentor.
    pub field: &'static str,
    /// How many ideas state it.
    pub count: usize,
    /// The same as a part of all ideas, from 0 to 1.
    pub share: f64,
}

/// How ideas spread over the values of one dimension, or of two.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Table {
    /// What the rows are, and the columns, if there are any.
    pub by: Vec<Dimension>,
    /// The values of the second dimension; the last is null if some ideas do not state theirs.
    pub columns: Vec<Option<String>>,
    /// One for each value of the first dimension.
    pub rows: Vec<Row>,
    /// How many more rows there are, which the call did not want.
    pub more: usize,
    /// What stands for many values, in a table that was folded.
    #[serde(skip)]
    pub others: Others,
}

/// The row and the column, by their places, that stand for all values that have none of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Others {
    /// Among the rows.
    pub row: Option<usize>,
    /// Among the columns.
    pub column: Option<usize>,
}

/// The ideas that have a value.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Row {
    /// The value, as filters take it; null for the ideas that state none.
    pub value: Option<String>,
    /// How many ideas have it. One that has several values is counted for each.
    pub count: usize,
    /// The same as a part of all ideas, from 0 to 1.
    pub share: f64,
    /// How many of them have each value of the second dimension, too: one number for each column.
    pub cells: Vec<usize>,
}

/// One dimension, or two to be crossed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By(Vec<Dimension>);

impl By {
    /// One dimension.
    pub fn one(dimension: Dimension) -> Self {
        By(vec![dimension])
    }

    /// True if there are two.
    pub fn is_crossed(&self) -> bool {
        self.0.len() > 1
    }

    /// The dimensions: one, or rows and columns.
    pub fn dimensions(&self) -> &[Dimension] {
        &self.0
    }
}

impl std::str::FromStr for By {
    type Err = QueryError;

    /// `skill`, or `skill,term`: rows first, then columns.
    fn from_str(text: &str) -> Result<Self, QueryError> {
        let names: Vec<&str> = text.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        match names.as_slice() {
            [] => Err(QueryError::Empty { what: "dimension", seen: text.to_owned(), expected: Dimension::NAMES }),
            [_] | [_, _] => Ok(By(names.into_iter().map(str::parse).collect::<Result<_, _>>()?)),
            [_, _, rest @ ..] => Err(QueryError::TooMany { seen: text.to_owned(), rest: rest.join(",") }),
        }
    }
}

impl Stats {
    /// Counts ideas from each of these sides.
    pub fn of(ideas: &[impl Borrow<Idea>], by: &[By]) -> Self {
        Self::folded(ideas, by, usize::MAX)
    }

    /// The same with at most so many rows and columns in each table: those with the most ideas. One more stands for all others
    /// (`12 others`); an idea that has several of these is counted there once.
    pub fn folded(ideas: &[impl Borrow<Idea>], by: &[By], most: usize) -> Self {
        let field = |fact: Fact| {
            let count = ideas.iter().filter(|idea| fact.is_in((*idea).borrow())).count();
            Share { field: fact.as_str(), count, share: share(count, ideas.len()) }
        };
        Stats {
            ideas: ideas.len(),
            fields: Fact::ALL.into_iter().map(field).collect(),
            tables: by.iter().map(|by| Table::of(ideas, by, most)).collect(),
        }
    }
}

impl Table {
    fn of(ideas: &[impl Borrow<Idea>], By(by): &By, most: usize) -> Self {
        let mut sides = by.iter().map(|dimension| groups(*dimension, ideas));
        let mut rows = sides.next().unwrap_or_default();
        let mut columns = sides.next().unwrap_or_default();
        let others = Others { row: fold(&mut rows, most), column: fold(&mut columns, most) };
        let row = |(value, places): Side| Row {
            value,
            count: places.len(),
            share: share(places.len(), ideas.len()),
            cells: columns.iter().map(|(_, others)| places.intersection(others).count()).collect(),
        };
        let rows = rows.into_iter().map(row).collect();
        Table { by: by.clone(), columns: columns.into_iter().map(|(value, _)| value).collect(), rows, more: 0, others }
    }

    /// True if it has rows and columns.
    pub fn is_crossed(&self) -> bool {
        self.by.len() > 1
    }

    /// Keeps only so many rows, the first.
    pub fn limit(&mut self, most: usize) {
        self.more += self.rows.len().saturating_sub(most);
        self.rows.truncate(most);
    }
}

/// A value, or that none is stated, and the ideas of which that is true.
type Side = (Option<String>, BTreeSet<usize>);

/// The groups of a dimension; the last is of the ideas that are in no other, if there are any.
fn groups(dimension: Dimension, ideas: &[impl Borrow<Idea>]) -> Vec<Side> {
    let (groups, silent) = dimension.groups_and_rest(ideas);
    let mut groups: Vec<Side> = groups.into_iter().map(|Group { value, places }| (Some(value), places)).collect();
    if !silent.is_empty() {
        groups.push((None, silent));
    }
    groups
}

/// Keeps so many values, those with the most ideas, in their order. Where there are more, one stands for all others,
/// behind them: its place.
fn fold(side: &mut Vec<Side>, most: usize) -> Option<usize> {
    let mut stated: Vec<usize> = (0..side.len()).filter(|&place| side[place].0.is_some()).collect();
    if stated.len() <= most {
        return None;
    }
    stated.sort_by_key(|&place| std::cmp::Reverse(side[place].1.len()));
    let folded: BTreeSet<usize> = stated.split_off(most).into_iter().collect();
    let mut others = BTreeSet::new();
    let mut kept = Vec::with_capacity(most + 2);
    for (place, (value, ideas)) in std::mem::take(side).into_iter().enumerate() {
        if folded.contains(&place) { others.extend(ideas) } else { kept.push((value, ideas)) }
    }
    kept.insert(most, (Some(counted(folded.len(), "other")), others));
    *side = kept;
    Some(most)
}

/// A part of a whole in four digits, which is enough for a hundredth of a percent.
#[allow(clippy::cast_precision_loss)] // nobody has 2^52 ideas
fn share(count: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { (count as f64 / all as f64 * 1e4).round() / 1e4 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::idea;
    use super::*;

    fn ideas() -> Vec<Idea> {
        vec![
            idea("a", &[("skills", "Rust"), ("term", "2024")]),
            idea("b", &[("skills", "Go|Rust"), ("term", "2025-3")]),
            idea("c", &[("skills", "Go|Rust"), ("mentors", "Jane Doe, jdoe")]),
            idea("d", &[("term", "2025-3")]),
        ]
    }

    fn table(by: &str) -> Table {
        Stats::of(&ideas(), &[by.parse().unwrap()]).tables.remove(0)
    }

    #[test]
    fn one_dimension_is_a_table_too() {
        let rows: Vec<_> = table("skill").rows.into_iter().map(|row| (row.value, row.count, row.share)).collect();
        let row = |value: &str, count, share| (Some(value.to_owned()), count, share);
        assert_eq!(rows, [row("rust", 3, 0.75), row("go", 2, 0.5), (None, 1, 0.25)]);
    }

    #[test]
    fn two_dimensions_are_crossed() {
        let table = table("skill,term");
        let columns: Vec<_> = table.columns.iter().map(Option::as_deref).collect();
        assert_eq!(columns, [Some("2024"), Some("2025-3"), None]);
        let cells: Vec<_> = table.rows.iter().map(|row| (row.value.as_deref(), row.cells.as_slice())).collect();
        assert_eq!(cells, [(Some("rust"), &[1, 1, 1][..]), (Some("go"), &[0, 1, 1]), (None, &[0, 1, 0])]);
    }

    #[test]
    fn a_limit_tells_what_it_kept_back() {
        let mut table = table("skill");
        table.limit(1);
        assert_eq!((table.rows.len(), table.more), (1, 2));
        table.limit(5);
        assert_eq!((table.rows.len(), table.more), (1, 2));
    }

    #[test]
    fn many_values_are_folded() {
        let folded = |by: &str, most| Stats::folded(&ideas(), &[by.parse().unwrap()], most).tables.remove(0);
        assert_eq!(folded("skill,term", 2), Table { others: Others::default(), ..table("skill,term") });
        let one = folded("skill,term", 1);
        assert_eq!(one.others, Others { row: Some(1), column: Some(1) });
        assert_eq!(one.columns, [Some("2025-3".to_owned()), Some("1 other".to_owned()), None]);
        let rows: Vec<_> = one.rows.iter().map(|row| (row.value.as_deref(), row.count, row.cells.as_slice())).collect();
        assert_eq!(rows, [(Some("rust"), 3, &[1, 1, 1][..]), (Some("1 other"), 2, &[1, 0, 1]), (None, 1, &[1, 0, 0])]);
        assert_eq!(folded("skill", 0).rows[0].count, 3, "who has two of the others is counted once");
    }

    #[test]
    fn fields_are_shared_out() {
        let stats = Stats::of(&ideas(), &[]);
        let field = |name: &str| stats.fields.iter().find(|field| field.field == name).map(|field| (field.count, field.share));
        assert_eq!(field("title"), Some((4, 1.0)));
        assert_eq!(field("github"), Some((1, 0.25)));
        let title = &Stats::of(&[] as &[Idea], &[]).fields[0];
        assert_eq!((title.count, title.share), (0, 0.0));
    }

    #[test]
    fn what_to_count_by_is_read() {
        for (text, by) in [
            ("skill", Ok(vec![Dimension::Skill])),
            (" skill , Terms,", Ok(vec![Dimension::Skill, Dimension::Term])),
            (",", Err("names no dimension")),
            ("skill,trem", Err("did you mean term?")),
            ("skill,term,size", Err("more than a table has rows")),
        ] {
            match (text.parse::<By>(), by) {
                (Ok(By(read)), Ok(by)) => assert_eq!(read, by, "{text}"),
                (Err(error), Err(message)) => assert!(error.to_string().contains(message), "{text}: {error}"),
                (read, by) => panic!("{text}: {read:?}, not {by:?}"),
            }
        }
    }

    proptest! {
        /// Whoever has a value of a dimension with one value at most stands in one column; nobody is lost.
        #[test]
        fn cells_add_up(terms in proptest::collection::vec(proptest::sample::select(vec!["", "2024", "2025-1", "2025"]), 0..20)) {
            let ideas: Vec<Idea> = terms
                .iter()
                .enumerate()
                .map(|(i, term)| {
                    let skills = ["Go", "Rust", "Go|Rust"][i % 3];
                    let facts = [("skills", skills), ("term", *term)];
                    idea("x", &facts[..if term.is_empty() { 1 } else { 2 }])
                })
                .collect();
            let stats = Stats::of(&ideas, &["skill,term".parse().unwrap(), By::one(Dimension::Term)]);
            for row in &stats.tables[0].rows {
                prop_assert_eq!(row.cells.iter().sum::<usize>(), row.count);
            }
            prop_assert_eq!(stats.tables[1].rows.iter().map(|row| row.count).sum::<usize>(), ideas.len());
        }
    }
}
