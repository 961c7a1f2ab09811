//! What the index searches: data in scripts, as pages from `file://` can load nothing else.
//!
//! The first script has what filters, rows and most searches need: titles, names, skills, terms, sizes. The words of all other
//! texts lie in one script for each pair of letters that words begin with, and are loaded when somebody types such a word. All
//! of it is JSON, deflated and in base64: 2,000 ideas are a few ten kilobytes even where a server compresses nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::paths::Paths;
use crate::idea::skill::Skills;
use crate::idea::{Difficulty, Idea};
use crate::query::search::passages;
use crate::query::words::{fold, words};
use crate::render::safe;

/// The script with the first data, below the folder of the site.
pub(super) const INDEX: &str = "data/index.js";

/// Words of more characters are none: hashes, addresses.
const LONGEST: usize = 32;

/// Fields whose words the first script has, and those that filters ask for.
const FIRST: [&str; 9] = ["title", "organization", "project", "tags", "program", "term", "difficulty", "hours", "upstream"];

/// All scripts with data.
pub(super) fn files(ideas: &[Idea], paths: &Paths) -> Vec<(String, Vec<u8>)> {
    let mut parts: BTreeMap<String, BTreeMap<String, Vec<usize>>> = BTreeMap::new();
    for (place, idea) in ideas.iter().enumerate() {
        for word in text_words(idea) {
            parts.entry(part(&word)).or_default().entry(word).or_default().push(place);
        }
    }
    let names: Vec<&String> = parts.keys().collect();
    let first = first(ideas, paths, &names);
    let mut files = vec![(INDEX.to_owned(), script("index", &first))];
    files.extend(parts.iter().map(|(name, words)| (format!("data/words-{name}.js"), script(name, &json!(packed(words))))));
    files
}

/// `ideasData("go", "…")`: the search knows what to do with it.
fn script(name: &str, data: &Value) -> Vec<u8> {
    let packed = miniz_oxide::deflate::compress_to_vec(data.to_string().as_bytes(), 9);
    // The index is there before the search.
    format!("(self.ideasData ??= []).push([\"{name}\", \"{}\"]);\n", STANDARD.encode(packed)).into_bytes()
}

fn first(ideas: &[Idea], paths: &Paths, parts: &[&String]) -> Value {
    let mut names = Table::default();
    let mut programs = Table::default();
    let mut terms = Table::default();
    let mut skills = Table::default();
    let rows: Vec<Value> = ideas
        .iter()
        .enumerate()
        .map(|(place, idea)| {
            let file = paths.idea(place);
            let file = file.strip_prefix("ideas/").and_then(|file| file.strip_suffix(".html")).unwrap_or(file);
            let levels = idea.difficulty.iter().map(|level| Difficulty::ALL.iter().position(|known| *known == level.value));
            json!([
                safe::line(&idea.title.value),
                file,
                names.of(idea.organization.as_ref().map(|name| safe::line(&name.value))),
                names.of(idea.project.as_ref().map(|name| safe::line(&name.value))),
                programs.of(idea.program.as_ref().map(|program| safe::line(program.value.as_str()))),
                terms.of(idea.term.as_ref().map(|term| term.value.to_string())),
                levels.collect::<Vec<_>>(),
                idea.hours.iter().map(|hours| hours.value).collect::<Vec<_>>(),
                idea.tags.iter().filter_map(|tag| skills.of(Some(tag.value))).collect::<Vec<_>>(),
                idea.status.as_ref().map(|status| status.value.as_str()),
            ])
        })
        .collect();
    // The first name of a skill is its own; by the others it is found.
    let names_of = |skill: &String| {
        let others = Skills::get().names(skill).into_iter().filter(|name| name != skill).map(str::to_owned);
        std::iter::once(skill.clone()).chain(others).collect::<Vec<_>>()
    };
    json!({
        "names": names.values,
        "programs": programs.values,
        "terms": terms.values,
        "levels": Difficulty::ALL.map(Difficulty::as_str),
        "skills": skills.values.iter().map(names_of).collect::<Vec<_>>(),
        "parts": parts,
        "ideas": rows,
    })
}

/// Values that many ideas have, each once.
#[derive(Default)]
struct Table {
    values: Vec<String>,
    places: BTreeMap<String, usize>,
}

impl Table {
    fn of(&mut self, value: Option<impl Into<String>>) -> Option<usize> {
        let value = value?.into();
        let next = self.values.len();
        let place = *self.places.entry(value.clone()).or_insert(next);
        if place == next {
            self.values.push(value);
        }
        Some(place)
    }
}

/// The words of the texts that the first script has not.
fn text_words(idea: &Idea) -> BTreeSet<String> {
    let passages = passages(idea).into_iter().filter(|passage| !FIRST.contains(&passage.field()));
    let mut all = BTreeSet::new();
    for passage in passages {
        all.extend(words(&safe::text(&passage.text)).map(fold).filter(|word| (2..=LONGEST).contains(&word.chars().count())));
    }
    for item in &idea.technologies {
        all.extend(words(&item.value).map(fold));
    }
    for word in words(&idea.title.value) {
        all.remove(&fold(word));
    }
    all
}

/// The script that has a word: its first two letters, or `_`.
fn part(word: &str) -> String {
    let first: String = word.chars().take(2).collect();
    if first.len() == 2 && first.bytes().all(|byte| byte.is_ascii_alphanumeric()) { first } else { "_".to_owned() }
}

/// Lines of a word and the distances from each of its ideas to the next, in base 36.
fn packed(words: &BTreeMap<String, Vec<usize>>) -> String {
    let mut packed = String::new();
    for (word, places) in words {
        packed.push_str(word);
        let mut before = 0;
        for &place in places {
            packed.push(' ');
            base36(place - before, &mut packed);
            before = place;
        }
        packed.push('\n');
    }
    packed
}

fn base36(mut number: usize, out: &mut String) {
    let mut digits = Vec::new();
    loop {
        digits.push(u32::try_from(number % 36).ok().and_then(|digit| char::from_digit(digit, 36)).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            break;
        }
    }
    // Writing to a string cannot fail.
    let _ = write!(out, "{}", digits.iter().rev().collect::<String>());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    /// What a script holds.
    fn unpacked(script: &[u8]) -> Value {
        let text = String::from_utf8(script.to_vec()).unwrap();
        let packed = text.split('"').nth(3).unwrap();
        let bytes = miniz_oxide::inflate::decompress_to_vec(&STANDARD.decode(packed).unwrap()).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    #[test]
    fn the_first_script_has_what_rows_and_filters_need() {
        let ideas = [sample::idea(), Idea { id: "t".to_owned(), ..Idea::bare("T") }];
        let files = files(&ideas, &Paths::new(&ideas));
        let first = unpacked(&files[0].1);
        let row = json!(["Deploying Kubeflow with Helm", "kubeflow-helm", 0, 1, 0, 0, [1], [175, 350], [0, 1], "open"]);
        assert_eq!(first["ideas"][0], row);
        assert_eq!(first["ideas"][1], json!(["T", "t", null, null, null, null, [], [], [], null]));
        assert_eq!(first["skills"][0], json!(["go", "golang"]));
        let word = files.iter().find(|(path, _)| path == "data/words-ch.js").map(|(_, script)| unpacked(script));
        assert_eq!(word, Some(json!("chart 0\ncharts 0\n")));
    }

    #[test]
    fn places_are_distances() {
        let words = [("a".to_owned(), vec![0, 1, 37, 1333])].into();
        assert_eq!(packed(&words), "a 0 1 10 100\n");
        for (word, name) in [("go", "go"), ("c++", "_"), ("日本", "_"), ("x", "_"), ("4th", "4t")] {
            assert_eq!(part(word), name);
        }
    }

    #[test]
    fn no_script_is_left_by_what_a_page_says() {
        let mut idea = Idea::bare("\"]);alert(1)//</script>");
        idea.id = "t".to_owned();
        for (_, script) in files(&[idea.clone()], &Paths::new(&[idea])) {
            let text = String::from_utf8(script).unwrap();
            assert_eq!(text.matches('"').count(), 4, "{text}");
            assert!(!text.contains("alert") && !text.contains('<'), "{text}");
        }
    }
}
