//! Ideas in numbers, as a picture: SVG with bars for each table, or a grid of shades for two dimensions.
//!
//! Tables that have no end are folded before they are drawn ([`Stats::folded`]): a picture that nobody can look at
//! shows nothing. What stands for many values has its number, and no bar or shade that would dwarf the others.
//!
//! Every number is also written beside its bar or into its shade, in one hue, so that nothing depends on telling colours
//! apart. The picture is white: it looks the same on a dark page.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::facts::NOT_STATED;
use super::fit;
use super::stats::{label, percent};
use crate::query::stats::{Row, Stats, Table};
use crate::text::counted;

/// The colours: text, quieter text, bars and shades, what is behind bars, bars of those who say nothing.
const INK: &str = "#1f2328";
const QUIET: &str = "#59636e";
const HUE: &str = "#0b63c4";
const TRACK: &str = "#eef1f5";
const FAINT: &str = "#afb8c1";

/// Lengths in pixels.
const MARGIN: usize = 32;
const PANEL: usize = 456;
const GUTTER: usize = 32;
const LINE: usize = 24;
const HEAD: usize = 28;
const TOP: usize = 76;
const BAR: usize = 14;
/// Behind the longest bar there is room for its numbers.
const NUMBERS: usize = 96;
/// What a column of text takes at the size of labels, at most for most letters.
const LETTER: usize = 7;
/// How many columns of text a label may take.
const LABEL: usize = 22;

/// Draws the tables below and beside each other, and how many ideas state each field if `fields` is true.
pub fn write(stats: &Stats, fields: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut panels: Vec<Panel<'_>> = stats.tables.iter().map(Panel::of).collect();
    if fields {
        let rows = stats.fields.iter().map(|field| (field.field.to_owned(), field.count, field.share));
        panels.push(Panel { title: "what ideas state".to_owned(), kind: Kind::Bars(rows.collect(), None) });
    }
    let (places, width, height) = arrange(&panels);
    let by = stats.tables.iter().map(title).collect::<Vec<_>>().join(", ");
    let mut svg = Svg(Writer::new_with_indent(out, b' ', 1));
    svg.begin(width, height, &format!("{}, by {by}", counted(stats.ideas, "idea")))?;
    svg.text(MARGIN, 46, &counted(stats.ideas, "idea"), &[("font-size", "24"), ("font-weight", "600")])?;
    for (panel, (x, y)) in panels.iter().zip(places) {
        panel.draw(x, y, &mut svg)?;
    }
    svg.end()
}

/// A part of the picture.
struct Panel<'a> {
    title: String,
    kind: Kind<'a>,
}

enum Kind<'a> {
    /// Label, count and share of each bar, and which of them stands for many values.
    Bars(Vec<(String, usize, f64)>, Option<usize>),
    Shades(&'a Table),
}

fn title(table: &Table) -> String {
    table.by.iter().map(|by| by.title()).collect::<Vec<_>>().join(" by ")
}

impl<'a> Panel<'a> {
    fn of(table: &'a Table) -> Self {
        let kind = if table.is_crossed() {
            Kind::Shades(table)
        } else {
            let row = |row: &Row| (label(row.value.as_deref()), row.count, row.share);
            Kind::Bars(table.rows.iter().map(row).collect(), table.others.row)
        };
        Panel { title: title(table), kind }
    }

    fn width(&self) -> usize {
        match &self.kind {
            Kind::Bars(..) => PANEL,
            Kind::Shades(table) => label_room() + (table.columns.len() + 1) * cell(table),
        }
    }

    fn height(&self) -> usize {
        let rows = match &self.kind {
            Kind::Bars(rows, _) => rows.len(),
            Kind::Shades(table) => table.rows.len(),
        };
        let head = match &self.kind {
            Kind::Bars(..) => HEAD,
            Kind::Shades(table) => HEAD + slant(table),
        };
        head + rows * LINE
    }

    fn draw(&self, x: usize, y: usize, svg: &mut Svg<'_>) -> io::Result<()> {
        svg.text(x, y + 16, &capital(&self.title), &[("font-size", "15"), ("font-weight", "600")])?;
        match &self.kind {
            Kind::Bars(rows, others) => bars(rows, *others, x, y + HEAD, svg),
            Kind::Shades(table) => shades(table, x, y + HEAD + slant(table), svg),
        }
    }
}

/// What labels take.
fn label_room() -> usize {
    LABEL * LETTER + 8
}

/// Where each panel goes, and how large the picture is: bars in two columns, each where there is more room; shades take
/// the width they need.
fn arrange(panels: &[Panel<'_>]) -> (Vec<(usize, usize)>, usize, usize) {
    let mut ends = [TOP, TOP];
    let mut width = 0;
    let mut places = Vec::with_capacity(panels.len());
    let alone = panels.len() == 1;
    for panel in panels {
        if panel.width() > PANEL || alone {
            let y = ends[0].max(ends[1]);
            places.push((MARGIN, y));
            ends = [y + panel.height() + GUTTER; 2];
            width = width.max(panel.width());
        } else {
            let column = usize::from(ends[1] < ends[0]);
            places.push((MARGIN + column * (PANEL + GUTTER), ends[column]));
            ends[column] += panel.height() + GUTTER;
            width = width.max(PANEL + column * (PANEL + GUTTER));
        }
    }
    (places, width.max(PANEL) + 2 * MARGIN, ends[0].max(ends[1]))
}

/// Draws bars.
fn bars(rows: &[(String, usize, f64)], others: Option<usize>, x: usize, mut y: usize, svg: &mut Svg<'_>) -> io::Result<()> {
    let each = rows.iter().enumerate().filter(|(i, _)| Some(*i) != others);
    let most = each.map(|(_, (_, count, _))| *count).max().unwrap_or(0);
    let left = x + label_room();
    let room = PANEL - label_room() - NUMBERS;
    for (i, (label, count, share)) in rows.iter().enumerate() {
        svg.label(left - 8, y + 16, label)?;
        if Some(i) == others {
            svg.text(left, y + 16, &format!("{count}  ({})", percent(*share)), &[("fill", QUIET)])?;
            y += LINE;
            continue;
        }
        // What was counted at all can be seen.
        let long = (count * room).checked_div(most).unwrap_or(0).max(2 * usize::from(*count > 0));
        svg.rect(left, y + 5, [room, BAR], &[("fill", TRACK), ("rx", "2")])?;
        let hue = if label == NOT_STATED { FAINT } else { HUE };
        svg.rect(left, y + 5, [long, BAR], &[("fill", hue), ("rx", "2")])?;
        svg.text(left + room + 8, y + 16, &format!("{count}  ({})", percent(*share)), &[("fill", QUIET)])?;
        y += LINE;
    }
    Ok(())
}

/// How wide a cell of a crossed table is: all alike, wide enough for its number.
fn cell(table: &Table) -> usize {
    let digits = table.rows.iter().map(|row| row.count.to_string().len()).max().unwrap_or(1);
    let names = table.columns.iter().map(|value| fit::width(&label(value.as_deref()))).max().unwrap_or(0);
    let wanted = digits.max(if names <= SHORT { names } else { 0 }) * (LETTER + 1) + 16;
    wanted.max(44)
}

/// Names of columns up to this length stand upright.
const SHORT: usize = 7;

/// How much room the names of the columns take above them: longer ones are slanted.
fn slant(table: &Table) -> usize {
    let names = table.columns.iter().map(|value| fit::width(&label(value.as_deref())).min(LABEL)).max().unwrap_or(0);
    if names <= SHORT { 8 } else { names * LETTER * 3 / 4 }
}

/// Draws a crossed table.
fn shades(table: &Table, x: usize, mut y: usize, svg: &mut Svg<'_>) -> io::Result<()> {
    let is_others = |row: usize, column: usize| Some(row) == table.others.row || Some(column) == table.others.column;
    let cells = |(row, of): (usize, &'_ Row)| {
        let each = of.cells.iter().enumerate().filter(|&(column, _)| !is_others(row, column));
        each.map(|(_, count)| *count).max()
    };
    let most = table.rows.iter().enumerate().filter_map(cells).max().unwrap_or(0).max(1);
    let wide = cell(table);
    let left = x + label_room();
    let upright = slant(table) == 8;
    let names = table.columns.iter().map(|value| label(value.as_deref())).chain(["all".to_owned()]);
    for (i, name) in names.enumerate() {
        let (middle, name) = (left + i * wide + wide / 2, fit::cut(&name, LABEL, "…"));
        if upright {
            svg.text(middle, y - 6, &name, &[("text-anchor", "middle"), ("fill", QUIET)])?;
        } else {
            let turn = format!("rotate(-48 {middle} {})", y - 6);
            svg.text(middle, y - 6, &name, &[("transform", &turn), ("fill", QUIET)])?;
        }
    }
    for (place, row) in table.rows.iter().enumerate() {
        svg.label(left - 8, y + 16, &label(row.value.as_deref()))?;
        for (i, &count) in row.cells.iter().enumerate() {
            let at = left + i * wide;
            let shade = shade(if is_others(place, i) { 0 } else { count }, most);
            svg.rect(at + 1, y + 1, [wide - 2, LINE - 2], &[("fill", HUE), ("fill-opacity", &format!("{shade:.2}"))])?;
            let ink = if shade > 0.5 { "#ffffff" } else { INK };
            if count > 0 {
                svg.text(at + wide / 2, y + 16, &count.to_string(), &[("text-anchor", "middle"), ("fill", ink)])?;
            }
        }
        let at = left + table.columns.len() * wide + wide / 2;
        svg.text(at, y + 16, &row.count.to_string(), &[("text-anchor", "middle"), ("fill", QUIET)])?;
        y += LINE;
    }
    Ok(())
}

/// From hardly anything to the full hue.
#[allow(clippy::cast_precision_loss)] // nobody has 2^52 ideas
fn shade(count: usize, most: usize) -> f64 {
    if count == 0 { 0.03 } else { 0.12 + 0.88 * count as f64 / most as f64 }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Elements of SVG. What stands in them is escaped by the writer.
struct Svg<'a>(Writer<&'a mut dyn Write>);

impl Svg<'_> {
    fn begin(&mut self, width: usize, height: usize, title: &str) -> io::Result<()> {
        let (wide, high) = (width.to_string(), height.to_string());
        self.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let frame = format!("0 0 {width} {height}");
        self.0.write_event(Event::Start(BytesStart::new("svg").with_attributes([
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("width", wide.as_str()),
            ("height", high.as_str()),
            ("viewBox", frame.as_str()),
            ("role", "img"),
            ("font-family", "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"),
            ("font-size", "13"),
            ("fill", INK),
        ])))?;
        self.0.create_element("title").write_text_content(BytesText::new(title))?;
        self.rect(0, 0, [width, height], &[("fill", "#ffffff")])
    }

    fn end(mut self) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new("svg")))?;
        writeln!(self.0.get_mut())
    }

    fn text(&mut self, x: usize, y: usize, text: &str, style: &[(&str, &str)]) -> io::Result<()> {
        // XML has no place for these two, not even escaped.
        let text = text.replace(['\u{fffe}', '\u{ffff}'], "");
        let place = [("x", x.to_string()), ("y", y.to_string())];
        let place = place.iter().map(|(name, value)| (*name, value.as_str()));
        let element = self.0.create_element("text").with_attributes(place.chain(style.iter().copied()));
        element.write_text_content(BytesText::new(&text)).map(drop)
    }

    /// A name that ends at `x`.
    fn label(&mut self, x: usize, y: usize, name: &str) -> io::Result<()> {
        self.text(x, y, &fit::cut(name, LABEL, "…"), &[("text-anchor", "end")])
    }

    fn rect(&mut self, x: usize, y: usize, [width, height]: [usize; 2], style: &[(&str, &str)]) -> io::Result<()> {
        let place = [("x", x), ("y", y), ("width", width), ("height", height)].map(|(name, value)| (name, value.to_string()));
        let place = place.iter().map(|(name, value)| (*name, value.as_str()));
        self.0.create_element("rect").with_attributes(place.chain(style.iter().copied())).write_empty().map(drop)
    }
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;

    use super::super::sample;
    use super::*;
    use crate::idea::Idea;
    use crate::query::stats::By;

    fn drawn(by: &[&str], fields: bool) -> String {
        let by: Vec<By> = by.iter().map(|by| by.parse().unwrap()).collect();
        let mut out = Vec::new();
        let ideas = [sample::idea(), sample::hostile(), Idea::bare("T")];
        write(&Stats::of(&ideas, &by), fields, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_picture_is_xml_with_the_numbers_in_it() {
        for by in [&["skill", "project"][..], &["project,skill"], &["skill,project", "size"], &[]] {
            let svg = drawn(by, true);
            let mut reader = Reader::from_str(&svg);
            let mut texts = Vec::new();
            loop {
                match reader.read_event().unwrap() {
                    Event::Eof => break,
                    Event::Text(text) => texts.push(text.decode().unwrap().into_owned()),
                    _ => {}
                }
            }
            assert!(texts.iter().any(|text| text == "3 ideas"), "{svg}");
            assert!(by.is_empty() || texts.iter().any(|text| text.contains("Kubeflow")) || !svg.contains("Project"), "{svg}");
        }
    }

    #[test]
    fn nothing_a_page_says_is_markup() {
        let svg = drawn(&["project", "mentor,organization"], true);
        assert!(!svg.contains(|c| c != '\n' && super::super::safe::is_hidden(c)));
        assert!(!svg.contains("<script") && !svg.contains("<b>"), "{svg}");
    }

    #[test]
    fn what_stands_for_many_has_no_bar() {
        let ideas = ["a", "b", "c", "d"].map(|name| {
            let project = Some(crate::text::Spanned::nowhere(name.to_owned()));
            Idea { project, ..Idea::bare("T") }
        });
        let by: By = "project".parse().unwrap();
        let mut out = Vec::new();
        write(&Stats::folded(&ideas, &[by], 2), false, &mut out).unwrap();
        let svg = String::from_utf8(out).unwrap();
        assert!(svg.contains(">2 others<") && svg.contains(">2  (50.0%)<"), "{svg}");
        assert_eq!(svg.matches(HUE).count(), 2, "{svg}");
    }

    #[test]
    fn a_picture_has_bounds() {
        let ideas: Vec<Idea> = (0..500)
            .map(|i| {
                let name = |of: &str| Some(crate::text::Spanned::nowhere(format!("{of} of a long name {i}")));
                Idea { project: name("project"), organization: name("organization"), ..Idea::bare("T") }
            })
            .collect();
        let by: By = "project,organization".parse().unwrap();
        let stats = Stats::folded(&ideas, &[by], 20);
        let (_, width, height) = arrange(&[Panel::of(&stats.tables[0])]);
        assert!(width < 2000 && height < 1000, "{width} x {height}");
    }

    #[test]
    fn panels_do_not_overlap() {
        let by = ["skill", "difficulty", "size", "skill,size", "term"].map(|by| by.parse::<By>().unwrap());
        let stats = Stats::of(&[sample::idea()], &by);
        let panels: Vec<_> = stats.tables.iter().map(Panel::of).collect();
        let (places, width, height) = arrange(&panels);
        for (i, (&(x, y), panel)) in places.iter().zip(&panels).enumerate() {
            assert!(x + panel.width() <= width && y + panel.height() <= height);
            for (&(other_x, other_y), other) in places.iter().zip(&panels).skip(i + 1) {
                let beside = x + panel.width() <= other_x || other_x + other.width() <= x;
                assert!(beside || y + panel.height() <= other_y || other_y + other.height() <= y, "{i}");
            }
        }
    }
}
