//! Headings and lines that say how large or how difficult what stands below them is: "Small (90 hours)", "Easy", "Hard projects".

use rustc_hash::FxHashSet;

use crate::labels::{Kind, Labels};
use crate::prose::Text;
use crate::records::{Place, Records};

use super::learn::{self, LabelId};
use super::shape::{self, Shape};

/// One grade alone may be anything; two are a scale.
const LEAST: usize = 2;

/// A line that grades what stands below it.
#[derive(Clone, Copy, Debug)]
struct Grade {
    line: usize,
    /// Where what it grades ends.
    end: usize,
    shape: Shape,
}

/// The grades of a page, in page order; none in each other.
#[derive(Default)]
pub(super) struct Grades {
    all: Vec<Grade>,
    /// What those that only name a level or a size tell.
    named: Option<Kind>,
}

impl Grades {
    /// Finds them: headings of one level, or lines right above lists.
    pub(super) fn read(records: &Records<'_>) -> Self {
        let place = |line: usize| {
            let over_list = records.lines[line].alone
                && records.lines[line].place == Place::Line
                && records.lines.get(line + 1).is_some_and(|next| next.place == Place::Item && next.first);
            records.level(line).or_else(|| over_list.then_some(LINE))
        };
        let mut grades: Vec<(u8, Grade)> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for (line, place) in (0..records.len()).filter_map(|line| Some((line, place(line)?))) {
            while let Some(last) = open.pop_if(|&mut last| grades[last].0 >= place) {
                grades[last].1.end = line;
            }
            if let Some(shape) = shape_of(records.text(line)) {
                open.push(grades.len());
                grades.push((place, Grade { line, end: records.len(), shape }));
            }
        }
        let usual = (1..=LINE).max_by_key(|place| grades.iter().filter(|(of, _)| of == place).count());
        let all: Vec<Grade> = grades.into_iter().filter(|&(of, _)| Some(of) == usual).map(|(_, grade)| grade).collect();
        // What returns is a part of each idea, or of each project.
        let texts: FxHashSet<LabelId> = all.iter().map(|grade| learn::id(records.text(grade.line).as_str())).collect();
        if all.len() < LEAST || texts.len() < all.len() {
            return Grades::default();
        }
        let has = |shape: Shape| all.iter().any(|grade| grade.shape == shape);
        let named = if has(Shape::Level) { Some(Kind::Difficulty) } else { has(Shape::SizeName).then_some(Kind::Size) };
        Grades { all, named }
    }

    /// The lines that grade.
    pub(super) fn lines(&self) -> impl Iterator<Item = usize> {
        self.all.iter().map(|grade| grade.line)
    }

    /// The line that grades another one, and what it tells.
    pub(super) fn over(&self, line: usize) -> Option<(usize, Kind)> {
        let before = self.all.partition_point(|grade| grade.line < line);
        let grade = self.all[..before].last().filter(|grade| line < grade.end)?;
        let kind = match grade.shape {
            Shape::Hours | Shape::LevelAndHours => grade.shape.kind(),
            _ => self.named,
        };
        Some((grade.line, kind?))
    }
}

/// The size that a heading names among other words, and the level beside it: "Gentle (easy, 90 hours each)".
pub(super) fn in_passing(heading: Text<'_>) -> Option<(Kind, Text<'_>)> {
    let inside = || {
        let open = heading.as_str().find('(')? + 1;
        let close = heading.as_str()[open..].find(')')?;
        let inside = heading.cut(open..open + close);
        shape::hours(inside).then(|| (shape::of(inside).and_then(Shape::kind).unwrap_or(Kind::Size), inside))
    };
    shape::hours(heading).then(|| inside().unwrap_or((Kind::Size, heading)))
}

/// What stands in place of the level of a heading for a line above a list: below all of them.
const LINE: u8 = 8;

/// What a line looks like that names hours, a level or a size, and besides them nothing but what it grades: "Hard projects".
fn shape_of(text: Text<'_>) -> Option<Shape> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == ':');
    let said = text.as_str();
    let is_graded = |word: &&str| Labels::get().announces(word.trim_end_matches('s'));
    let graded = said.split(|c: char| !c.is_alphanumeric()).filter(is_graded).count();
    if shape::hours(text) {
        return shape::of_hours(text, graded);
    }
    let last = said.rsplit(' ').next().filter(is_graded).map_or(0, str::len);
    shape::level(said[..said.len() - last].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::text::Span;

    #[test]
    fn grades_are_told_by_their_words() {
        for (line, is) in [
            ("Easy", Some(Shape::Level)),
            ("Hard projects:", Some(Shape::Level)),
            ("Medium", Some(Shape::Medium)),
            ("Large ideas", Some(Shape::SizeName)),
            ("Small (90 hours)", Some(Shape::Hours)),
            ("Large projects (350 hours)", Some(Shape::Hours)),
            ("Hard, 350 hours", Some(Shape::LevelAndHours)),
            ("Faster parser (350 hours)", None),
            ("Hard problems of parsing", None),
            ("Projects", None),
        ] {
            let document = Document::read(line, Span::new(0, line.len()));
            assert_eq!(shape_of(document.text(0)), is, "{line}");
        }
    }
}
