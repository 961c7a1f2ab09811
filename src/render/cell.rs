//! What stands in a row and a column of a table: safe text that knows how to be shown in less room.

use std::borrow::Cow;

use super::{Look, fit};

/// What stands between the values of one cell.
const BETWEEN: &str = ", ";

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// One text; its end is cut off.
    Text(String),
    /// Several values: as many as fit, and how many more there are.
    List(Vec<String>),
    /// Something that has a name of few letters, too.
    Named { whole: String, short: String },
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}

impl Cell {
    /// All of it, in one line.
    pub(super) fn whole(&self) -> Cow<'_, str> {
        match self {
            Cell::Text(text) | Cell::Named { whole: text, .. } => text.into(),
            Cell::List(values) => values.join(BETWEEN).into(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        match self {
            Cell::Text(text) | Cell::Named { whole: text, .. } => text.is_empty(),
            Cell::List(values) => values.iter().all(String::is_empty),
        }
    }

    /// The columns that all of it takes.
    pub(super) fn width(&self) -> usize {
        match self {
            Cell::Text(text) | Cell::Named { whole: text, .. } => fit::width(text),
            Cell::List(values) => {
                let widths: usize = values.iter().map(|value| fit::width(value)).sum();
                widths + BETWEEN.len() * values.len().saturating_sub(1)
            }
        }
    }

    /// What of it is shown in `room` columns.
    pub(super) fn fit(&self, room: usize, look: &Look) -> String {
        match self {
            Cell::Text(text) => fit::cut(text, room, look.dots()).into_owned(),
            _ if self.width() <= room => self.whole().into_owned(),
            Cell::Named { short, .. } => fit::cut(short, room, look.dots()).into_owned(),
            Cell::List(values) => first_few(values, room, look),
        }
    }
}

/// `go, rust +3`: as many values as fit, at least a part of the first.
fn first_few(values: &[String], room: usize, look: &Look) -> String {
    let (mut used, mut shown) = (0, 0);
    for (i, value) in values.iter().enumerate() {
        used += fit::width(value) + if i > 0 { BETWEEN.len() } else { 0 };
        if used + more(values.len() - i - 1).len() <= room {
            shown = i + 1;
        }
    }
    let more = more(values.len() - shown.max(1));
    match shown {
        // Two letters and a number say more than three letters do.
        0 if room < more.len() + 2 => fit::cut(&values[0], room, look.dots()).into_owned(),
        0 => format!("{}{more}", fit::cut(&values[0], room - more.len(), look.dots())),
        _ => format!("{}{more}", values[..shown].join(BETWEEN)),
    }
}

fn more(count: usize) -> String {
    if count == 0 { String::new() } else { format!(" +{count}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_do_not_fit_are_counted() {
        let look = Look { unicode: true, ..Look::PLAIN };
        let tags = ["go", "kubernetes", "rust"].map(str::to_owned).to_vec();
        for (values, room, shown) in [
            (&tags[..], 20, "go, kubernetes, rust"),
            (&tags, 19, "go, kubernetes +1"),
            (&tags, 16, "go +2"),
            (&tags, 4, "go"),
            (&tags, 1, "…"),
            (&tags, 0, ""),
            (&tags[1..], 8, "kube… +1"),
            (&tags[1..2], 8, "kuberne…"),
            (&[], 8, ""),
        ] {
            assert_eq!(Cell::List(values.to_vec()).fit(room, &look), shown, "{room}");
        }
    }

    #[test]
    fn a_name_stands_for_what_is_long() {
        let id = Cell::Named { whole: "harbor-command-line".to_owned(), short: "harbor-c".to_owned() };
        for (room, shown) in [(19, "harbor-command-line"), (18, "harbor-c"), (8, "harbor-c"), (5, "harb…")] {
            assert_eq!(id.fit(room, &Look { unicode: true, ..Look::PLAIN }), shown);
        }
        assert_eq!(id.whole(), "harbor-command-line");
    }

    proptest::proptest! {
        #[test]
        fn never_wider_than_the_room(values in proptest::collection::vec("[a-z日❤]{0,9}", 0..9), room in 0..40_usize) {
            let shown = Cell::List(values).fit(room, &Look { unicode: true, ..Look::PLAIN });
            proptest::prop_assert!(fit::width(&shown) <= room, "{}", shown);
        }
    }
}
