//! What is different between two states of a source: by idea, and by fact.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::fetched::changes::{Edited, Field, Which};
use crate::idea::Idea;

/// Facts that are not compared: names and places that follow from others, and what is read off other facts.
const DERIVED: [&str; 4] = ["id", "source", "summary", "tags"];

/// The ideas that are new, gone, and edited. An idea is known again by its id; one whose title was changed, by standing on the
/// same page with the same issue or the same description.
pub(super) fn compare(before: &[Vec<Idea>], after: &[Vec<Idea>]) -> (Vec<Which>, Vec<Which>, Vec<Edited>) {
    let old: HashMap<&str, &Idea> = before.iter().flatten().map(|idea| (idea.id.as_str(), idea)).collect();
    let ids: HashSet<&str> = after.iter().flatten().map(|idea| idea.id.as_str()).collect();
    let mut gone: Vec<&Idea> = before.iter().flatten().filter(|idea| !ids.contains(idea.id.as_str())).collect();
    let (mut new, mut edited) = (Vec::new(), Vec::new());
    for idea in after.iter().flatten() {
        let known = old.get(idea.id.as_str()).copied().or_else(|| {
            let renamed = gone.iter().position(|gone| is_renamed(gone, idea))?;
            Some(gone.remove(renamed))
        });
        match known {
            None => new.push(which(idea)),
            Some(known) => {
                let fields = fields(known, idea);
                if !fields.is_empty() {
                    edited.push(Edited { idea: which(idea), fields });
                }
            }
        }
    }
    (new, gone.into_iter().map(which).collect(), edited)
}

fn is_renamed(gone: &Idea, idea: &Idea) -> bool {
    let upstream = |idea: &Idea| idea.upstream.iter().map(|url| url.value.clone()).collect::<Vec<_>>();
    let description = |idea: &Idea| idea.description.as_ref().map(|text| text.value.clone());
    let same_issue = !gone.upstream.is_empty() && upstream(gone) == upstream(idea);
    let same_text = description(gone).is_some_and(|text| !text.is_empty() && Some(text) == description(idea));
    gone.source.path == idea.source.path && (same_issue || same_text)
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
        (from != to).then_some(Field { field, from, to })
    };
    let mut fields: Vec<Field> = to.into_iter().filter_map(field).collect();
    fields.sort_by_key(|field| field.field != "title");
    fields
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
        let bytes = text.as_bytes().to_vec();
        ideas(vec![FetchedPage { path: "s/a.md".to_owned(), url: None, given: Given::default(), bytes }])
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
    fn ideas_are_compared() {
        let both = format!("{APPLES}{PEARS}");
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
            (PEARS, "## Figs\n\nWe pick figs.\n\n- Skills: Rust\n- Mentor: Bo Reed\n", "+Figs -Pears"),
        ] {
            assert_eq!(changes(before, after), said, "{before}\n{after}");
        }
    }
}
