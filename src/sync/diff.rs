//! What is different between two states of a source: by idea, and by fact.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization as _;

use crate::fetched::changes::{Edited, Field, Which};
use crate::idea::Idea;

/// Facts that are not compared: names and places that follow from others, and what is read off other facts.
const DERIVED: [&str; 4] = ["id", "source", "summary", "tags"];

/// So many words may be the same by chance.
const FEW_WORDS: usize = 7;

/// The ideas that are new, gone, and edited. An idea that says the same is the same, wherever it stands; of the others one is
/// known again by its id, or, if its title was changed, by its issue or its description.
pub(super) fn compare(before: &[Vec<Idea>], after: &[Vec<Idea>]) -> (Vec<Which>, Vec<Which>, Vec<Edited>) {
    let mut same: HashMap<String, Vec<&Idea>> = HashMap::new();
    for idea in before.iter().flatten() {
        same.entry(said(idea)).or_default().push(idea);
    }
    // Of those that say the same, the last one is taken first; which one it is makes no difference.
    let changed: Vec<&Idea> =
        after.iter().flatten().filter(|idea| same.get_mut(&said(idea)).and_then(Vec::pop).is_none()).collect();
    let left: HashSet<&str> = same.values().flatten().map(|idea| idea.id.as_str()).collect();
    let mut gone: Vec<Face<'_>> = before.iter().flatten().filter(|idea| left.contains(idea.id.as_str())).map(Face::of).collect();
    let (mut new, mut edited) = (Vec::new(), Vec::new());
    // Whoever keeps the name is found before those who may have changed it.
    let known: Vec<_> = changed.iter().map(|idea| take(&mut gone, |gone| gone.idea.id == idea.id)).collect();
    for (idea, known) in changed.into_iter().zip(known) {
        let face = Face::of(idea);
        match known.or_else(|| take(&mut gone, |gone| gone.is_renamed(&face))) {
            None => new.push(which(idea)),
            Some(known) => {
                let fields = fields(known, idea);
                if !fields.is_empty() {
                    edited.push(Edited { idea: which(idea), fields });
                }
            }
        }
    }
    (new, gone.into_iter().map(|gone| which(gone.idea)).collect(), edited)
}

/// Takes the first idea that is the one.
fn take<'a>(faces: &mut Vec<Face<'a>>, is_it: impl Fn(&Face<'a>) -> bool) -> Option<&'a Idea> {
    let at = faces.iter().position(is_it)?;
    Some(faces.remove(at).idea)
}

/// By what an idea is known again that has another title.
struct Face<'a> {
    idea: &'a Idea,
    issues: Vec<&'a str>,
    text: String,
}

impl<'a> Face<'a> {
    fn of(idea: &'a Idea) -> Self {
        Face {
            idea,
            issues: idea.upstream.iter().map(|url| url.value.as_str()).collect(),
            text: idea.description.as_ref().map(|text| plain(&text.value)).unwrap_or_default(),
        }
    }

    /// True if this is the other one with a new title. On another page it takes more than a few words to say so.
    fn is_renamed(&self, other: &Face<'_>) -> bool {
        let same_issue = !self.issues.is_empty() && self.issues == other.issues;
        let tells = || self.idea.source.path == other.idea.source.path || self.text.split(' ').nth(FEW_WORDS).is_some();
        same_issue || (!self.text.is_empty() && self.text == other.text && tells())
    }
}

fn which(idea: &Idea) -> Which {
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
    let (mut from, to) = (facts(before), facts(after));
    let field = |(field, to): (String, Value)| {
        let from = from.remove(&field).unwrap_or_default();
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

    fn page(text: &str) -> Vec<Vec<Idea>> {
        page_at("s/a.md", text)
    }

    fn page_at(path: &str, text: &str) -> Vec<Vec<Idea>> {
        let bytes = text.as_bytes().to_vec();
        ideas(vec![FetchedPage { path: path.to_owned(), url: None, given: Given::default(), bytes }])
    }

    /// What changed, in a few words.
    fn changes(before: &str, after: &str) -> String {
        let (new, gone, edited) = compare(&page(before), &page(after));
        let new = new.iter().map(|idea| format!("+{}", idea.title));
        let gone = gone.iter().map(|idea| format!("-{}", idea.title));
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
            (PEARS.to_owned(), PEARS.to_owned(), (0, 0, 0)),
        ] {
            let (new, gone, edited) = compare(&page_at("s/a.md", &before), &page_at("s/b.md", &after));
            assert_eq!((new.len(), gone.len(), edited.len()), said, "{before}{after}");
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
