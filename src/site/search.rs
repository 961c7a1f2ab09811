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
use crate::idea::{Difficulty, Idea, size};
use crate::query::search::passages;
use crate::query::words::words;
use crate::render::safe;
use crate::spelling::{LETTERS, fold};
use crate::text::Spanned;

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

/// What every search needs: columns, as those deflate better than rows.
fn first(ideas: &[Idea], paths: &Paths, parts: &[&String]) -> Value {
    let (mut names, mut programs, mut terms) = (Table::default(), Table::default(), Table::default());
    let (mut skills, mut heads) = (Table::default(), Table::default());
    let name = |name: &Option<Spanned<String>>| name.as_ref().map(|name| safe::line(&name.value).into_owned());
    let level = |idea: &Idea| {
        let levels = idea.difficulty.iter().map(|level| Difficulty::ALL.iter().position(|known| *known == level.value));
        levels.collect::<Vec<_>>()
    };
    let program = |idea: &Idea| idea.program.as_ref().map(|program| safe::line(program.value.as_str()).into_owned());
    let term = |idea: &Idea| idea.term.as_ref().map(|term| term.value.to_string());
    let tags =
        |skills: &mut Table, idea: &Idea| idea.tags.iter().filter_map(|tag| skills.of(Some(tag.value))).collect::<Vec<_>>();
    let titles: Vec<_> = ideas.iter().map(|idea| safe::line(&idea.title.value)).collect();
    let files = titles.iter().enumerate().map(|(place, title)| File::new(paths.name(place), title));
    let files: Vec<Value> = files.map(|file| json!([heads.of(Some(file.head)), file.taken, file.tail])).collect();
    let ideas = json!({
        "titles": titles,
        "files": files,
        "organizations": ideas.iter().map(|idea| names.of(name(&idea.organization))).collect::<Vec<_>>(),
        "projects": ideas.iter().map(|idea| names.of(name(&idea.project))).collect::<Vec<_>>(),
        "programs": ideas.iter().map(|idea| programs.of(program(idea))).collect::<Vec<_>>(),
        "terms": ideas.iter().map(|idea| terms.of(term(idea))).collect::<Vec<_>>(),
        "levels": ideas.iter().map(level).collect::<Vec<_>>(),
        "hours": ideas.iter().map(|idea| idea.hours.iter().map(|hours| hours.value).collect()).collect::<Vec<Vec<_>>>(),
        "skills": ideas.iter().map(|idea| tags(&mut skills, idea)).collect::<Vec<_>>(),
    });
    json!({
        "names": names.values,
        "programs": programs.values,
        "terms": terms.values,
        "levels": Difficulty::ALL.map(Difficulty::as_str),
        "sizes": size::named().collect::<Vec<_>>(),
        "letters": LETTERS.map(|(letter, typed)| (letter.to_string(), typed)).into_iter().collect::<BTreeMap<_, _>>(),
        "skills": skills.values.iter().map(|skill| names_of(skill)).collect::<Vec<_>>(),
        "heads": heads.values,
        "parts": parts,
        "ideas": ideas,
    })
}

/// The names of a skill: first its own, then those by which it is found. `go lang` adds nothing to `golang`.
fn names_of(skill: &str) -> Vec<&str> {
    let mut others = Skills::get().names(skill);
    others.sort_by_key(|name| name.len());
    let letters = |name: &str| name.chars().filter(|c| !matches!(c, ' ' | '-')).collect::<String>();
    let mut seen = BTreeSet::new();
    std::iter::once(skill).chain(others).filter(|name| seen.insert(letters(name))).collect()
}

/// The name of a page by the title of its idea, which is most of it: ids are made of titles, and take as much room.
#[derive(Debug, PartialEq, Eq)]
struct File {
    /// What stands before.
    head: String,
    /// How much of the [`simple_slug`] of the title follows; all, if nothing is said.
    taken: Option<usize>,
    /// What stands behind.
    tail: String,
}

impl File {
    fn new(name: &str, title: &str) -> Self {
        let slug = simple_slug(title);
        let common = |rest: &str| rest.bytes().zip(slug.bytes()).take_while(|(a, b)| a == b).count();
        let starts = std::iter::once(0).chain(name.match_indices('-').map(|(at, _)| at + 1));
        // The first of equals.
        let (taken, start) = starts.map(|at| (common(&name[at..]), at)).rev().max_by_key(|&(taken, _)| taken).unwrap_or_default();
        let tail = name[start + taken..].to_owned();
        File { head: name[..start].to_owned(), taken: (taken < slug.len()).then_some(taken), tail }
    }
}

/// ASCII letters and digits in lower case, everything else one hyphen: so simple that the script does the same.
fn simple_slug(title: &str) -> String {
    let lower = title.to_ascii_lowercase();
    lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
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
        for (column, values) in [
            ("titles", json!(["Deploying Kubeflow with Helm", "T"])),
            ("files", json!([[0, 0, "kubeflow-helm"], [0, null, ""]])),
            ("organizations", json!([0, null])),
            ("projects", json!([1, null])),
            ("programs", json!([0, null])),
            ("terms", json!([0, null])),
            ("levels", json!([[1], []])),
            ("hours", json!([[175, 350], []])),
            ("skills", json!([[0, 1], []])),
        ] {
            assert_eq!(first["ideas"][column], values, "{column}");
        }
        assert_eq!(first["skills"][0], json!(["go", "golang"]));
        let word = files.iter().find(|(path, _)| path == "data/words-ch.js").map(|(_, script)| unpacked(script));
        assert_eq!(word, Some(json!("chart 0\ncharts 0\n")));
    }

    #[test]
    fn names_of_files_are_made_of_titles() {
        for (name, title, head, taken, tail) in [
            ("dark-mode", "Dark mode", "", None, ""),
            ("jabref-dark-mode-2026", "Dark mode!", "jabref-", None, "-2026"),
            ("ngx-rust-support-for-quic-and", "Support for QUIC and more", "ngx-rust-", Some(20), ""),
            ("kuche-grosse-topfe", "Küche: große Töpfe", "", Some(1), "uche-grosse-topfe"),
            ("c-plus-plus-parser", "C++ parser", "", Some(3), "lus-plus-parser"),
            ("日本", "日本", "", None, "日本"),
            ("other", "", "", None, "other"),
        ] {
            let file = File::new(name, title);
            assert_eq!(file, File { head: head.to_owned(), taken, tail: tail.to_owned() }, "{name}");
            let slug = simple_slug(title);
            assert_eq!(format!("{head}{}{tail}", &slug[..taken.unwrap_or(slug.len())]), name);
        }
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
