//! What is different between two states of a source: by idea, and by fact.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;

use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization as _;

use crate::idea::{Idea, same};
use crate::store::changes::{Edited, Field, Gone, Moved, Which};

/// Facts that are not compared: names and places that follow from others, what is read off other facts, and what is not
/// on the page.
const DERIVED: [&str; 7] = ["id", "source", "also", "summary", "tags", "desirable", "check"];

/// Who owns the ideas of a source that state no owner: the same title is the same idea there.
const OWNER: &str = "source";

/// So many words may be the same by chance.
const FEW_WORDS: usize = 7;

/// What is different.
#[derive(Debug, Default)]
pub(super) struct Diff {
    pub(super) new: Vec<Which>,
    pub(super) gone: Vec<Gone>,
    pub(super) moved: Vec<Moved>,
    pub(super) edited: Vec<Edited>,
}

/// Compares two states of a source. An idea that says the same is the same; of the others one is known again as in any
/// catalogue ([`same`]), or, if its title was changed, by its issue or its description. One that stands on several pages of a
/// term is one idea: it is new with the first of them, and gone with the last.
pub(super) fn compare(before: &[Vec<Idea>], after: &[Vec<Idea>]) -> Diff {
    let (mut before, mut after) = (faces(before), faces(after));
    let old = before.iter().map(|face| same::Face::of(face.idea, Some(OWNER)).before());
    let all: Vec<same::Face> = old.chain(after.iter().map(|face| same::Face::of(face.idea, Some(OWNER)))).collect();
    for (face, first) in before.iter_mut().chain(&mut after).zip(same::first_of_each(&all)) {
        face.first = first;
    }
    let mut pairs = Pairs { before: &before, after: &after, of: vec![None; after.len()], is_taken: vec![false; before.len()] };
    // Whoever stays where it is is found before those that may have moved, and whoever keeps its name before those that may have
    // changed it.
    pairs.find(|face| Some((face.path(), face.said.as_str())));
    pairs.find(|face| Some((face.path(), face.idea.id.as_str())));
    pairs.find(|face| Some((face.path(), face.title.as_str())));
    pairs.find(|face| Some(face.said.as_str()));
    pairs.find(|face| Some(face.first));
    pairs.find(|face| Some((face.path(), face.issues.as_ref()?)));
    pairs.find(|face| Some((face.path(), face.text.as_ref()?)));
    pairs.find(|face| face.issues.as_ref());
    pairs.find(Face::telling_text);

    let mut diff = Diff::default();
    let mut told = Copies::default();
    for (face, known) in after.iter().zip(&pairs.of) {
        if known.is_some() {
            told.add(face);
        }
    }
    for (face, known) in after.iter().zip(&pairs.of) {
        let Some(known) = known.map(|at| &before[at]) else {
            if !told.holds(face) {
                diff.new.push(which(face.idea));
            }
            told.add(face);
            continue;
        };
        let fields = if known.said == face.said { Vec::new() } else { fields(known.idea, face.idea) };
        if known.path() != face.path() {
            diff.moved.push(Moved { idea: which(face.idea), from: known.path().to_owned(), fields });
        } else if !fields.is_empty() {
            diff.edited.push(Edited { idea: which(face.idea), fields });
        }
    }
    for (face, _) in before.iter().zip(&pairs.is_taken).filter(|(_, is_taken)| !**is_taken) {
        if !told.holds(face) {
            diff.gone.push(Gone { idea: which(face.idea), facts: serde_json::to_value(face.idea).ok() });
        }
        told.add(face);
    }
    diff
}

fn faces(ideas: &[Vec<Idea>]) -> Vec<Face<'_>> {
    let mut faces: Vec<Face<'_>> = ideas.iter().flatten().map(Face::of).collect();
    let key = |face: &Face<'_>| (face.idea.source.path.clone(), face.issues.as_ref().map(|issues| issues.join(" ")));
    let mut counts: HashMap<_, usize> = HashMap::new();
    for face in &faces {
        *counts.entry(key(face)).or_default() += 1;
    }
    for face in &mut faces {
        face.is_sole = counts.get(&key(face)) == Some(&1);
    }
    faces
}

/// By what an idea is known again.
struct Face<'a> {
    idea: &'a Idea,
    /// The first of both states that is the same idea.
    first: usize,
    /// All that it says.
    said: String,
    /// Its title, below its project, in its term.
    title: String,
    issues: Option<Vec<&'a str>>,
    /// No other idea of its page has these issues.
    is_sole: bool,
    text: Option<String>,
}

impl<'a> Face<'a> {
    fn of(idea: &'a Idea) -> Self {
        let issues: Vec<&str> = idea.upstream.iter().map(|url| url.value.as_str()).collect();
        let text = idea.description.as_ref().map(|text| plain(&text.value)).filter(|text| !text.is_empty());
        let title = [idea.filed_under().unwrap_or_default(), &idea.title.value].map(|said| plain(said).to_lowercase());
        let title = format!("{} {}", term(idea), title.join("\n"));
        let issues = Some(issues).filter(|issues| !issues.is_empty());
        Face { idea, first: 0, said: said(idea), title, issues, is_sole: false, text }
    }

    fn path(&self) -> &'a str {
        &self.idea.source.path
    }

    /// The description, if it is more than a few words: those may be the same by chance.
    fn telling_text(&self) -> Option<&String> {
        self.text.as_ref().filter(|text| text.split(' ').nth(FEW_WORDS).is_some())
    }
}

/// Which idea was which.
struct Pairs<'a> {
    before: &'a [Face<'a>],
    after: &'a [Face<'a>],
    /// For each idea that there is now, what it was.
    of: Vec<Option<usize>>,
    is_taken: Vec<bool>,
}

impl<'a> Pairs<'a> {
    /// Pairs those that are alike, of what is left: the first with the first.
    fn find<K: Eq + Hash>(&mut self, key: impl Fn(&'a Face<'a>) -> Option<K>) {
        let mut left: HashMap<K, VecDeque<usize>> = HashMap::new();
        for (at, face) in self.before.iter().enumerate().filter(|(at, _)| !self.is_taken[*at]) {
            if let Some(key) = key(face) {
                left.entry(key).or_default().push_back(at);
            }
        }
        for (face, of) in self.after.iter().zip(&mut self.of).filter(|(_, of)| of.is_none()) {
            *of = key(face).and_then(|key| left.get_mut(&key)?.pop_front());
            if let Some(at) = *of {
                self.is_taken[at] = true;
            }
        }
    }
}

/// Ideas that were told, by what another page of the same term says of them.
#[derive(Default)]
struct Copies {
    pages: HashMap<String, HashSet<String>>,
}

impl Copies {
    fn add(&mut self, face: &Face<'_>) {
        for sign in signs(face) {
            self.pages.entry(sign).or_default().insert(face.path().to_owned());
        }
    }

    /// True if another page has the same idea.
    fn holds(&self, face: &Face<'_>) -> bool {
        let pages = signs(face).into_iter().filter_map(|sign| self.pages.get(&sign));
        pages.flatten().any(|page| page != face.path())
    }
}

/// What is the same on all pages that have an idea. Pages that say no term may well mean two.
fn signs(face: &Face<'_>) -> Vec<String> {
    if face.idea.term.is_none() {
        return Vec::new();
    }
    let issues = face.issues.as_ref().filter(|_| face.is_sole).map(|issues| issues.join(" "));
    let of_term = [issues, face.telling_text().cloned()].into_iter().flatten();
    let term = term(face.idea);
    let known = [face.title.clone(), format!("{term}\n{}", face.first)];
    known.into_iter().chain(of_term.map(|said| format!("{term}\n{said}"))).collect()
}

/// The programme and the term.
fn term(idea: &Idea) -> String {
    let program = idea.program.as_ref().map(|program| program.value.as_str()).unwrap_or_default();
    let term = idea.term.as_ref().map(|term| term.value.to_string()).unwrap_or_default();
    format!("{program} {term}")
}

/// As much of an idea as one needs to know it again.
pub(crate) fn which(idea: &Idea) -> Which {
    Which {
        id: idea.id.clone(),
        title: idea.title.value.clone(),
        project: idea.filed_under().map(ToOwned::to_owned),
        program: idea.program.as_ref().map(|program| program.value.to_string()),
        term: idea.term.as_ref().map(|term| term.value.to_string()),
        path: idea.source.path.clone(),
        line: idea.source.line,
    }
}

fn fields(before: &Idea, after: &Idea) -> Vec<Field> {
    changed_fields(facts(before), after)
}

/// The facts of an idea that differ from what it said before, as its JSON had it. Facts that were not known then, as an
/// older version did not read them, are not compared.
pub(crate) fn changed_fields(mut from: Map<String, Value>, after: &Idea) -> Vec<Field> {
    let to = facts(after);
    let field = |(field, to): (String, Value)| {
        let from = from.remove(&field)?;
        (!is_same(&from, &to)).then_some(Field { field, from, to })
    };
    let mut fields: Vec<Field> = to.into_iter().filter_map(field).collect();
    fields.sort_by_key(|field| field.field != "title");
    fields
}

/// True for values that people see no difference between: other white space, other bytes of the same letters.
fn is_same(from: &Value, to: &Value) -> bool {
    match (from, to) {
        (Value::String(from), Value::String(to)) => from == to || plain(from) == plain(to),
        (Value::Array(from), Value::Array(to)) => {
            from.len() == to.len() && from.iter().zip(to).all(|(from, to)| is_same(from, to))
        }
        (Value::Object(from), Value::Object(to)) => {
            from.len() == to.len() && from.iter().all(|(key, from)| to.get(key).is_some_and(|to| is_same(from, to)))
        }
        (from, to) => from == to,
    }
}

/// A text by its words.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

/// All that an idea says, as text.
fn said(idea: &Idea) -> String {
    Value::Object(facts(idea)).to_string()
}

fn facts(idea: &Idea) -> Map<String, Value> {
    // An idea is text, numbers and lists of them, which always have a JSON.
    let Ok(Value::Object(mut facts)) = serde_json::to_value(idea) else { return Map::new() };
    facts.retain(|fact, _| !DERIVED.contains(&fact.as_str()));
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Given;
    use crate::catalog::fetched::{FetchedPage, ideas};
    use crate::idea::{Program, Term};

    fn page(text: &str) -> Vec<Vec<Idea>> {
        page_at("s/a.md", text)
    }

    fn page_at(path: &str, text: &str) -> Vec<Vec<Idea>> {
        let bytes = text.as_bytes().to_vec();
        ideas(vec![FetchedPage { path: path.to_owned(), url: None, given: Given::default(), bytes }])
    }

    /// What changed, in a few words.
    fn changes(before: &str, after: &str) -> String {
        let Diff { new, gone, moved, edited } = compare(&page(before), &page(after));
        assert!(moved.is_empty(), "{before}{after}");
        let new = new.iter().map(|idea| format!("+{}", idea.title));
        let gone = gone.iter().map(|gone| format!("-{}", gone.idea.title));
        let edited = edited.iter().map(|idea| {
            let fields: Vec<_> = idea.fields.iter().map(|field| format!("{} {}→{}", field.field, field.from, field.to)).collect();
            format!("~{}({})", idea.idea.title, fields.join(", "))
        });
        new.chain(gone).chain(edited).collect::<Vec<_>>().join(" ")
    }

    const APPLES: &str = "## Apples\n\nWe pick apples.\n\n- Skills: Go\n- Mentor: Ada Brook\n- Upstream Issue: https://github.com/o/r/issues/1\n\n";
    const PEARS: &str = "## Pears\n\nWe pick pears.\n\n- Skills: Rust\n- Mentor: Bo Reed\n\n";

    #[test]
    fn an_idea_that_moves_is_known_again_by_its_issue_or_a_telling_text() {
        let telling = PEARS.replace("We pick pears.", "We pick pears in spring and in autumn, and sell them.");
        for (before, after, said) in [
            (APPLES.to_owned(), APPLES.replace("## Apples", "## Plums"), (0, 0, 1)),
            (telling.clone(), telling.replace("## Pears", "## Figs"), (0, 0, 1)),
            (PEARS.to_owned(), PEARS.replace("## Pears", "## Figs"), (1, 1, 0)),
            (PEARS.to_owned(), PEARS.to_owned(), (0, 0, 1)),
        ] {
            let Diff { new, gone, moved, edited } = compare(&page_at("s/a.md", &before), &page_at("s/b.md", &after));
            assert_eq!((new.len(), gone.len(), moved.len()), said, "{before}{after}");
            assert!(edited.is_empty() && moved.iter().all(|it| it.from == "s/a.md" && it.idea.path == "s/b.md"));
        }
    }

    /// The ideas of two pages.
    fn pages(one: &str, other: &str) -> Vec<Vec<Idea>> {
        let page = |path: &str, text: &str| FetchedPage {
            path: path.to_owned(),
            url: None,
            given: Given { program: Some(Program::Lfx), term: Term::exact("2022-2"), ..Given::default() },
            bytes: text.into(),
        };
        ideas(vec![page("s/README.md", one), page("s/project_ideas.md", other)])
    }

    #[test]
    fn an_idea_on_two_pages_of_a_term_is_one() {
        let both = format!("{APPLES}{PEARS}");
        let plums = APPLES.replace("## Apples", "## Plums").replace("pick", "eat");
        let longer = both.replace("We pick", "All of us, whoever has an hour, pick");
        for (before, after, said) in [
            // A copy is nothing new, and nothing is gone while the copy stays.
            (("", &*both), (&*both, &*both), "0 new, 0 gone, 0 moved, 0 edited"),
            ((&both, &both), (&both, ""), "0 new, 0 gone, 0 moved, 0 edited"),
            ((&both, &both), ("", &both), "0 new, 0 gone, 0 moved, 0 edited"),
            ((&longer, &both), (&longer, ""), "0 new, 0 gone, 0 moved, 0 edited"),
            (("", ""), (&longer, &both), "2 new, 0 gone, 0 moved, 0 edited"),
            ((&both, &both), ("", ""), "0 new, 2 gone, 0 moved, 0 edited"),
            // A term moves, as it is or edited.
            (("", &both), (&both, ""), "0 new, 0 gone, 2 moved, 0 edited"),
            (("", &both), (&longer, ""), "0 new, 0 gone, 2 moved, 0 edited"),
            // By its issue, though it has another title and text; and not if others have that issue, too.
            (("", APPLES), (&plums, APPLES), "0 new, 0 gone, 0 moved, 0 edited"),
            (
                ("", APPLES),
                (&format!("{plums}{}", plums.replace("Plums", "Figs").replace("eat", "peel")), APPLES),
                "2 new, 0 gone, 0 moved, 0 edited",
            ),
        ] {
            let diff = compare(&pages(before.0, before.1), &pages(after.0, after.1));
            let seen = format!(
                "{} new, {} gone, {} moved, {} edited",
                diff.new.len(),
                diff.gone.len(),
                diff.moved.len(),
                diff.edited.len()
            );
            assert_eq!(seen, said, "{before:?} {after:?}");
        }
    }

    #[test]
    fn ideas_are_compared() {
        let both = format!("{APPLES}{PEARS}");
        let other_pears = PEARS.replace("Rust", "Python");
        let twins = format!("{other_pears}{PEARS}");
        for (before, after, said) in [
            ("", "", ""),
            (&both, &both, ""),
            (&both, &format!("{PEARS}{APPLES}"), ""),
            (APPLES, &both, "+Pears"),
            (&both, PEARS, "-Apples"),
            (PEARS, &PEARS.replace("Rust", "Rust, Go"), "~Pears(skills [\"Rust\"]→[\"Rust\",\"Go\"])"),
            (
                APPLES,
                &APPLES.replace("## Apples", "## Plums").replace("We pick", "They eat"),
                "~Plums(title \"Apples\"→\"Plums\", description \"We pick apples.\"→\"They eat apples.\")",
            ),
            (PEARS, &PEARS.replace("## Pears", "## Figs"), "~Figs(title \"Pears\"→\"Figs\")"),
            // Two of one title change places, or the first of them goes.
            (&twins, &format!("{PEARS}{other_pears}"), ""),
            (&twins, PEARS, "-Pears"),
            // White space, and bytes that make the same letters.
            (PEARS, &PEARS.replace("We pick pears.", "We  pick\npears."), ""),
            (&PEARS.replace("Bo Reed", "Zo\u{eb} Reed"), &PEARS.replace("Bo Reed", "Zoe\u{308} Reed"), ""),
            (PEARS, "## Figs\n\nWe pick figs.\n\n- Skills: Rust\n- Mentor: Bo Reed\n", "+Figs -Pears"),
        ] {
            assert_eq!(changes(before, after), said, "{before}\n{after}");
        }
    }
}
