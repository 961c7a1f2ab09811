//! Pages written anew from what was understood of them: other fields' forms, other titles, another order.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use mentorship_ideas::labels::Kind;

use super::known::{Field, Known};
use super::skins;

/// How the fields of an idea are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fields {
    Bullets,
    BoldLines,
    Definitions,
    Table,
    Headings,
}

/// How the title of an idea is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Titles {
    Headings,
    Bold,
    Numbered,
    Links,
}

/// A page of ideas, group by group.
pub(crate) fn page(ideas: &[Known], fields: Fields, titles: Titles) -> String {
    let mut page = "# Ideas for projects\n\nThese are our ideas for the summer.\n".to_owned();
    let grouped = ideas.iter().any(|idea| idea.group.is_some());
    let level = if grouped { "###" } else { "##" };
    let mut number = 0;
    for (group, ideas) in groups(ideas) {
        if grouped {
            let _ = write!(page, "\n## {}\n", group.unwrap_or("More ideas"));
        }
        for idea in ideas {
            number += 1;
            let title = &idea.title;
            let _ = match titles {
                Titles::Headings => writeln!(page, "\n{level} {title}\n"),
                Titles::Bold => writeln!(page, "\n**{title}**\n"),
                Titles::Numbered => writeln!(page, "\n{level} {number}. {}\n", without_number(title)),
                Titles::Links => writeln!(page, "\n{level} [{title}](https://example.org/ideas/{number})\n"),
            };
            for text in &idea.text {
                let _ = writeln!(page, "{text}\n");
            }
            write_fields(&mut page, &idea.fields, fields, level);
        }
    }
    page
}

/// The ideas of each group; first those that have none.
fn groups(ideas: &[Known]) -> Vec<(Option<&str>, Vec<&Known>)> {
    let mut groups: Vec<(Option<&str>, Vec<&Known>)> = Vec::new();
    for idea in ideas {
        match groups.iter_mut().find(|(group, _)| *group == idea.group.as_deref()) {
            Some((_, ideas)) => ideas.push(idea),
            None => groups.push((idea.group.as_deref(), vec![idea])),
        }
    }
    groups.sort_by_key(|(group, _)| group.is_some());
    groups
}

/// `3. Title`, `4.2 Title`, `5) Title` without the number.
fn without_number(title: &str) -> &str {
    let rest = title.trim_start_matches(|c: char| c.is_ascii_digit() || ".)".contains(c));
    let number = &title[..title.len() - rest.len()];
    if number.contains(['.', ')']) && rest.starts_with(' ') { rest.trim_start() } else { title }
}

fn write_fields(page: &mut String, fields: &[Field], form: Fields, level: &str) {
    match form {
        Fields::Table => page.push_str("| | |\n|---|---|\n"),
        Fields::Definitions => page.push_str("<dl>\n"),
        _ => {}
    }
    for Field { label, value, .. } in fields {
        let blocks = blocks(value);
        let is_list = value.first().is_none_or(|(_, listed)| *listed);
        let _ = match form {
            Fields::Bullets => {
                let between = if is_list { "\n" } else { " " };
                writeln!(page, "- {label}:{between}{}", indented(&blocks, if is_list { "  " } else { "" }))
            }
            Fields::BoldLines if is_list => writeln!(page, "**{label}:**\n\n{blocks}\n"),
            Fields::BoldLines => writeln!(page, "**{label}:** {blocks}\n"),
            Fields::Headings => writeln!(page, "{level}# {label}\n\n{blocks}\n"),
            Fields::Table => writeln!(page, "| {label} | {} |", cell(value)),
            Fields::Definitions => writeln!(page, "<dt>{label}</dt>\n<dd>{}</dd>", definition(value)),
        };
    }
    page.push_str(if form == Fields::Definitions { "</dl>\n" } else { "\n" });
}

/// A value as paragraphs and lists.
fn blocks(value: &[(String, bool)]) -> String {
    let mut blocks = String::new();
    for (at, (text, listed)) in value.iter().enumerate() {
        let follows = at > 0 && value[at - 1].1 && *listed;
        blocks.push_str(if at == 0 || follows { "" } else { "\n" });
        let _ = if *listed { writeln!(blocks, "- {}", indented(text, "")) } else { writeln!(blocks, "{text}") };
    }
    blocks.trim_end().to_owned()
}

/// A value as HTML, without blank lines: one would end the list.
fn definition(value: &[(String, bool)]) -> String {
    let broken: Vec<_> = value.iter().map(|(text, listed)| (text.replace('\n', "<br>"), *listed)).collect();
    skins::fragment(&blocks(&broken)).lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

/// Lines that belong to an item: all but the first indented by two blanks more.
fn indented(text: &str, first: &str) -> String {
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!("  {line}") });
    let text = lines.collect::<Vec<_>>().join("\n");
    format!("{first}{}", text.trim_start())
}

/// A value in a cell of a table.
fn cell(value: &[(String, bool)]) -> String {
    let lines: Vec<&str> =
        value.iter().flat_map(|(text, _)| text.lines()).map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("<br>").replace("\\|", "|").replace('|', "\\|")
}

/// The columns of a table of ideas, and each idea's cells. Nobody has three columns of mentors: labels that say the same share
/// one, called as most of them are; what we hold no fact for stands with the description.
fn columns(ideas: &[Known]) -> (Vec<String>, Vec<Vec<String>>) {
    let mut heads: Vec<(Option<Kind>, String)> = vec![(None, "Idea".to_owned())];
    let mut rows: Vec<BTreeMap<usize, String>> = Vec::new();
    for idea in ideas {
        let mut row = BTreeMap::from([(0, idea.title.clone())]);
        let mut add = |kind: Kind, label: &str, said: &str| {
            let label = usual(ideas, kind).unwrap_or(label);
            let at = heads.iter().position(|(head, _)| *head == Some(kind)).unwrap_or_else(|| {
                heads.push((Some(kind), label.to_owned()));
                heads.len() - 1
            });
            let cell: &mut String = row.entry(at).or_default();
            cell.push_str(if cell.is_empty() { "" } else { "<br>" });
            cell.push_str(said);
        };
        if let Some(group) = &idea.group {
            add(Kind::Project, "Project", group);
        }
        for text in &idea.text {
            add(Kind::Description, "Description", &cell(&[(text.clone(), false)]));
        }
        for Field { kind, label, value } in &idea.fields {
            match kind {
                Kind::Other => add(Kind::Description, "Description", &format!("{label}: {}", cell(value))),
                kind => add(*kind, label, &cell(value)),
            }
        }
        rows.push(row);
    }
    let cells = |row: &BTreeMap<usize, String>| (0..heads.len()).map(|at| row.get(&at).cloned().unwrap_or_default()).collect();
    let rows = rows.iter().map(cells).collect();
    (heads.into_iter().map(|(_, head)| head).collect(), rows)
}

/// What most ideas call a fact; the first of several.
fn usual(ideas: &[Known], kind: Kind) -> Option<&str> {
    let labels =
        || ideas.iter().flat_map(|idea| &idea.fields).filter(|field| field.kind == kind).map(|field| field.label.as_str());
    let times = |label: &str| labels().filter(|other| *other == label).count();
    labels().rev().max_by_key(|label| times(label))
}

fn write_table(page: &mut String, rows: &[Vec<String>]) {
    for (at, row) in rows.iter().enumerate() {
        let _ = writeln!(page, "| {} |", row.join(" | "));
        if at == 0 {
            let _ = writeln!(page, "|{}", "---|".repeat(row.len()));
        }
    }
    page.push('\n');
}

/// All ideas in one table, a row for each.
pub(crate) fn table(ideas: &[Known]) -> String {
    let (heads, mut rows) = columns(ideas);
    rows.insert(0, heads);
    let mut page = "# Ideas for projects\n\nThese are our ideas for the summer.\n\n".to_owned();
    write_table(&mut page, &rows);
    page
}

/// The ideas as columns: tables of up to four, which is what fits on a screen.
pub(crate) fn transposed(ideas: &[Known]) -> String {
    let mut page = "# Ideas for projects\n\nThese are our ideas for the summer.\n\n".to_owned();
    for some in ideas.chunks(4) {
        let (heads, rows) = columns(some);
        let turned = heads.iter().enumerate().map(|(at, head)| {
            let cells = rows.iter().map(|row| row[at].clone());
            [head.clone()].into_iter().chain(cells).collect()
        });
        write_table(&mut page, &turned.collect::<Vec<Vec<String>>>());
    }
    page
}
