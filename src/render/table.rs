//! `table` and `wide`: one line per idea.
//!
//! On a terminal aligned columns: of those that a table has by default the least useful go first, then cells are cut. In a pipe
//! records with tabs between their fields, in full and without a header: always the same ones.

use std::io::{self, Write};

use super::columns::Columns;
use super::{Look, grid, safe};
use crate::idea::Idea;
use crate::idea::id::short::ShortIds;

/// Writes a table that fits `look.width`; `ids` are those of the catalogue.
///
/// Columns that were asked for are never left out, but cut further; only if there are too many for that, lines are longer
/// than the terminal.
pub fn ideas(ideas: &[&Idea], columns: Option<&Columns>, ids: &ShortIds<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    match (look.width, columns) {
        (Some(width), Some(columns)) => columns.fitted(ideas, ids, true, width, look).write(look, out),
        (Some(width), None) => Columns::terminal(ideas).fitted(ideas, ids, false, width, look).write(look, out),
        (None, columns) => records(ideas, &columns.cloned().unwrap_or_else(Columns::record), |_| None, out),
    }
}

/// Writes a table with more columns, and nothing cut, as wide as it gets.
pub fn wide(ideas: &[&Idea], columns: Option<&Columns>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let columns = columns.cloned().unwrap_or_else(Columns::wide);
    match look.width {
        Some(_) => columns.grid(ideas, &ShortIds::default(), false).write(look, out),
        None => records(ideas, &columns, |_| None, out),
    }
}

/// Writes records for a pipe, each with one more field at its end if there is one.
pub fn records(
    ideas: &[&Idea],
    columns: &Columns,
    last: impl Fn(usize) -> Option<String>,
    out: &mut dyn Write,
) -> io::Result<()> {
    // One text for all of them: there may be thousands.
    let mut record = String::new();
    for (i, idea) in ideas.iter().enumerate() {
        record.clear();
        for (at, column) in columns.iter().enumerate() {
            if at > 0 {
                record.push('\t');
            }
            column.push_shown(idea, columns, safe::line, &mut record);
        }
        grid::record(std::iter::once(record.as_str()).chain(last(i).as_deref()), out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{fit, sample};
    use super::*;
    use crate::text::Spanned;

    fn write(columns: Option<&str>, width: Option<usize>) -> String {
        let full = Idea {
            tags: ["go", "helm", "kubernetes", "docker", "rest", "yaml"].map(Spanned::nowhere).to_vec(),
            also: sample::hostile().also,
            ..sample::idea()
        };
        let bare = Idea {
            id: "yaml-and-more-of-it".to_owned(),
            organization: Some(Spanned::nowhere("Tab\tand\r\nbreak".to_owned())),
            ..Idea::bare("日本語 👍 and a title that goes on and on, for more than sixty columns")
        };
        let columns = columns.map(|columns| columns.parse().unwrap());
        let mut out = Vec::new();
        let ids = ShortIds::of(["kubeflow-helm", "kubeflow-headless", "yaml-and-more-of-it"].into_iter());
        ideas(&[&full, &bare], columns.as_ref(), &ids, &Look { width, unicode: true, ..Look::PLAIN }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_pipe_gets_records() {
        let expected = "\
kubeflow-helm\tDeploying Kubeflow with Helm\tKubeflow\tmedium\t175, 350\tgsoc\t2025\tgo, helm, kubernetes, docker, rest, yaml\tJane Doe, @bob
yaml-and-more-of-it\t日本語 👍 and a title that goes on and on, for more than sixty columns\tTab and break\t\t\t\t\t\t
";
        assert_eq!(write(None, None), expected);
        assert_eq!(write(Some("hours,project,organization"), None), "175, 350\tKubeflow\tCNCF\n\t\tTab and break\n");
    }

    #[test]
    fn a_terminal_gets_what_fits() {
        let expected = "\
ID            TITLE
kubeflow-hel  Deploying Kubeflow with H…
yaml          日本語 👍 and a title tha…
";
        assert_eq!(write(None, Some(40)), expected);
        let expected = "\
ID            TITLE                         PROJECT     LEVEL   HOURS   TERM
kubeflow-hel  Deploying Kubeflow with Helm  Kubeflow    medium  175 +1  2025 +1
yaml          日本語 👍 and a title that…   Tab and b…
";
        assert_eq!(write(None, Some(80)), expected);
        assert_eq!(write(None, Some(1)), "…\n…\n…\n");
    }

    #[test]
    fn lines_fit_and_columns_keep_their_order() {
        let all = ["ID", "TITLE", "PROJECT", "LEVEL", "DIFFICULTY", "HOURS", "PROGRAM", "TERM", "TAGS", "MENTORS"];
        for width in 20..=250 {
            for columns in [None, Some("id,title,project"), Some("title,hours,upstream")] {
                let text = write(columns, Some(width));
                assert!(text.lines().all(|line| fit::width(line) <= width), "{width}:\n{text}");
                assert_eq!(text.lines().count(), 3);
            }
            let text = write(None, Some(width));
            let places = text.lines().next().unwrap().split_whitespace().map(|name| all.iter().position(|it| *it == name));
            let places: Vec<_> = places.flatten().collect();
            assert!(!places.is_empty() && places.is_sorted(), "{width}:\n{text}");
        }
    }

    #[test]
    fn columns_asked_for_are_kept() {
        for width in [0, 1, 20, 40, 80] {
            let text = write(Some("title,hours,upstream,source"), Some(width));
            assert_eq!(text.lines().next().unwrap().split_whitespace().count(), 4, "{width}:\n{text}");
        }
        // Four columns of three, and what is between them.
        for width in 18..200 {
            let text = write(Some("title,hours,upstream,source"), Some(width));
            assert!(text.lines().all(|line| fit::width(line) <= width), "{width}:\n{text}");
        }
    }

    #[test]
    fn ids_are_short_where_whole_ones_do_not_fit() {
        for (columns, width, id) in [
            (None, 80, "yaml "),
            (Some("id,title"), 120, "yaml-and-more-of-it "),
            (Some("id,title"), 40, "yaml "),
            (Some("id"), 10, "yaml"),
        ] {
            assert!(write(columns, Some(width)).lines().any(|line| format!("{line} ").starts_with(id)), "{columns:?} {width}");
        }
    }
}
