//! There and back: ideas that are written as another template's page read as the same ideas.
//!
//! What is compared is our JSON, field by field, of what was read before and after; what a template has no place for is
//! listed here, and nothing else may change.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod corpus_folder;

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::Path;

use mentorship_ideas::author::{self, LeftAlone, Loss, Lost, Rewritten, Target, Unwritten, Written};
use mentorship_ideas::catalog::Given;
use mentorship_ideas::idea::{Fact, Idea};
use mentorship_ideas::layout::{self, Tree};
use mentorship_ideas::lint::Template;
use mentorship_ideas::text::Source;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::RngSeed;
use serde_json::{Map, Value, json};

/// What each target has no place for. `role`: the form gives roles to mentors who have none.
const NO_PLACE: [(&str, &[&str]); 9] = [
    ("idea", &[]),
    ("json", &[]),
    ("lfx", &["program", "lfid", "technologies", "prerequisites", "proposal"]),
    ("cncf-gsoc", &["program", "lfid", "links", "technologies", "prerequisites", "proposal"]),
    ("gsoc", &["program", "lfid", "links", "technologies", "prerequisites", "proposal"]),
    ("ospp", &["program", "lfid", "links", "technologies", "prerequisites", "proposal"]),
    ("plain", &["program", "lfid", "links", "technologies", "prerequisites", "proposal"]),
    ("lfx-export", &["program", "role", "desirable"]),
    ("lfx-form", &["program", "role", "desirable", "organization", "outcomes", "difficulty", "hours", "links", "status"]),
];

/// What ideas say, without what a target has no place for.
fn facts(idea: &Idea, without: &[&str]) -> Map<String, Value> {
    let Value::Object(mut facts) = serde_json::to_value(idea).unwrap() else { panic!("an idea is an object") };
    // Where it stood, and what follows from the rest.
    for gone in ["id", "source", "summary"].iter().chain(without) {
        facts.remove(*gone);
    }
    for mentor in facts["mentors"].as_array_mut().unwrap() {
        for gone in without {
            mentor.as_object_mut().unwrap().remove(*gone);
        }
    }
    // Most pages do not tell them from skills.
    let skills = facts.get("skills").cloned().unwrap_or_default();
    if let Some(Value::Array(technologies)) = facts.get_mut("technologies") {
        technologies.retain(|item| !skills.as_array().unwrap().contains(item));
    }
    // They have no order; on the form, whoever is primary comes first.
    let sets: &[&str] = if without.contains(&"outcomes") {
        &["skills", "tags", "desirable", "links", "mentors"]
    } else {
        &["skills", "tags", "desirable", "links"]
    };
    for &set in sets {
        if let Some(Value::Array(values)) = facts.get_mut(set) {
            values.sort_by_key(ToString::to_string);
        }
    }
    if let Some(Value::String(text)) = facts.get_mut("description") {
        *text = text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    }
    facts
}

fn read(path: &str, text: &str) -> Vec<Idea> {
    layout::read(&Source::new(path, text)).map(|reading| reading.ideas).unwrap_or_default()
}

/// Ideas that were written and read again; they come back in the order of the page.
fn there_and_back(ideas: &[Idea], target: &Target<'_>) -> (String, Vec<Idea>) {
    let ideas: Vec<&Idea> = ideas.iter().collect();
    let path = format!("ideas.{}", target.extension());
    if target.holds_many() {
        let text = author::write(&ideas, target).text;
        let back = read(&path, &text);
        return (text, back);
    }
    let texts: Vec<String> = ideas.iter().map(|idea| author::write(&[idea], target).text).collect();
    (texts.join("\n=====\n"), texts.iter().flat_map(|text| read(&path, text)).collect())
}

/// The first difference between ideas and what became of them, if there is one.
fn difference(ideas: &[Idea], target: &str) -> Option<String> {
    let without = NO_PLACE.iter().find(|(name, _)| *name == target).unwrap().1;
    let (text, back) = there_and_back(ideas, &Target::named(target).unwrap());
    let mut left: Vec<Map<String, Value>> = back.iter().map(|idea| facts(idea, without)).collect();
    for idea in ideas {
        let wanted = facts(idea, without);
        let title = idea.title.value.as_str();
        let Some(at) = left.iter().position(|found| found["title"] == title && found["project"] == wanted["project"]) else {
            return Some(format!("{target}: `{title}` is gone\n{text}"));
        };
        let found = left.swap_remove(at);
        for (fact, value) in &wanted {
            // Where technologies are asked for, the tags stand for those that nobody stated.
            let is_added = fact == "technologies" && *value == json!([]) && ["lfx-form", "lfx-export"].contains(&target);
            if found[fact] != *value && !is_added {
                return Some(format!("{target}: {fact} of `{title}`\nwas {value}\nis  {}\n{text}", found[fact]));
            }
        }
    }
    (!left.is_empty()).then(|| format!("{target}: {left:?} was invented\n{text}"))
}

#[test]
fn real_ideas_read_the_same_from_every_target() {
    let Some(folder) = corpus_folder::find() else { return };
    let mut seen = 0;
    for page in corpus_folder::pages(&folder) {
        let ideas = layout::read(&page).unwrap().ideas;
        seen += ideas.len();
        for (target, _) in NO_PLACE {
            if let Some(difference) = difference(&ideas, target) {
                panic!("{}: {difference}", page.path().display());
            }
        }
    }
    assert!(seen > 300, "only {seen} ideas were read");
}

#[test]
fn what_is_lost_is_said() {
    let page = "### Kitchen\n\n#### Taste soups\n\n- Description: Salt.\n- Difficulty: easy\n- Skills: Go\n- Mentors: Ada Brook (@ada-b)\n";
    let ideas = read("soups.md", page);
    let target = Target::named("lfx-form").unwrap();
    let written = author::write(&[&ideas[0]], &target);
    let lost: Vec<_> = written.losses.iter().map(|loss| (loss.what.as_str(), loss.gone.join(", "), loss.has_place)).collect();
    assert_eq!(lost, [("difficulty", "easy".to_owned(), false)]);
    assert!(author::write(&[&ideas[0]], &Target::named("gsoc").unwrap()).losses.is_empty());
}

/// A name that is nothing but a sign is a name, too.
#[test]
fn a_name_that_is_lost_is_said() {
    let idea = json!([{"title": "Taste soups", "skills": ["Go"], "mentors": [{"name": "-", "email": "ada@example.org"}]}]);
    let ideas = read("ideas.json", &idea.to_string());
    let written = author::write(&[&ideas[0]], &Target::named("lfx").unwrap());
    let lost: Vec<_> = written.losses.iter().map(|loss| (loss.what.as_str(), loss.gone.join(", "))).collect();
    assert_eq!(lost, [("mentors", "- |  | ada@example.org".to_owned())]);
}

/// Ideas of one page agree on whose they are and when; if they do not, a page of many ideas cannot say it.
#[test]
fn ideas_of_many_pages_lose_what_only_a_page_can_say() {
    let idea = |organization: &str| json!({"title": format!("Soup of {organization}"), "organization": organization, "skills": ["Go"], "mentors": [{"name": "Ada Brook"}]});
    let ideas = read("ideas.json", &json!([idea("Kitchen"), idea("Cellar")]).to_string());
    let ideas: Vec<&Idea> = ideas.iter().collect();
    let written = author::write(&ideas, &Target::named("lfx").unwrap());
    let lost: Vec<_> = written.losses.iter().map(|loss| (loss.idea, loss.what.as_str())).collect();
    assert_eq!(lost, [(0, "organization"), (1, "organization")]);
    assert!(author::write(&ideas[..1], &Target::named("lfx").unwrap()).losses.is_empty());
}

/// Labels, levels and order are the template's, whosever it is.
/// Neither a label for the title nor a mark around the text would do alone.
#[test]
fn a_title_and_a_text_that_look_like_fields_are_kept() {
    let text = "Skills: patience\nDifficulty: hard\n\n**Mentors:** Ada Brook, @nobody\n\n# Background";
    let idea = json!([{"title": "Website", "description": text, "skills": ["You have written some Go, and read more of it."],
        "mentors": [{"github": "cy-marsh"}], "program": "lfx"}]);
    let ideas = read("ideas.json", &idea.to_string());
    assert_eq!(difference(&ideas, "lfx"), None);
}

#[test]
fn a_template_of_ones_own_is_a_target() {
    let own = r#"
        about = "Ours"
        shape = "page"
        layout = "required"
        idea_level = 3
        field = [
            { kind = "mentors", label = "Contacts", asked = "always" },
            { kind = "project", label = "Component", asked = "always" },
            { kind = "size", label = "Duration", asked = "never" },
            { kind = "description", label = "Details", asked = "always" },
        ]
        mentors = { least = 1, least_level = "error" }
        limits = {}
        placeholders = { text = [] }
    "#;
    let own = Template::read("ours", own).unwrap();
    let idea = json!([{"title": "Taste soups", "project": "Kitchen", "description": "Salt.\n\nHeat.", "hours": [90, 175],
        "skills": ["Go"], "mentors": [{"name": "Ada Brook", "github": "ada-b"}]}]);
    let ideas = read("ideas.json", &idea.to_string());
    let written = author::write(&[&ideas[0]], &Target::Template(&own));
    let expected = "### Taste soups\n\n- Contacts:\n  - Ada Brook (@ada-b)\n- Component: Kitchen\n\
                    - Duration: 90 or 175 hours\n- Details: Salt.\n\n  Heat.\n";
    assert_eq!(written.text, expected);
    let lost: Vec<_> = written.losses.iter().map(|loss| (loss.what.as_str(), loss.has_place)).collect();
    assert_eq!(lost, [("skills", false), ("tags", false)]);
}

/// The same few on every run; `PROPTEST_RNG_SEED=1 PROPTEST_CASES=20000 cargo test --release --test convert` looks further.
fn config() -> ProptestConfig {
    let set = |variable| std::env::var_os(variable).is_some();
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: if set("PROPTEST_CASES") { usual.cases } else { 150 },
        rng_seed: if set("PROPTEST_RNG_SEED") { usual.rng_seed } else { RngSeed::Fixed(2026) },
        failure_persistence: None,
        ..usual
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_ideas_read_the_same_from_every_target(ideas in ideas(), target in select(NO_PLACE.map(|(name, _)| name).to_vec())) {
        let ideas = read("ideas.json", &ideas.to_string());
        if let Some(difference) = difference(&ideas, target) {
            return Err(TestCaseError::fail(difference));
        }
    }

    /// What is written is what it was written from: the second time nothing changes. (Our JSON says where an idea stood.)
    #[test]
    fn writing_again_changes_nothing(ideas in ideas(), target in select(vec!["idea", "lfx", "gsoc", "lfx-export", "lfx-form"])) {
        let ideas = read("ideas.json", &ideas.to_string());
        let target = Target::named(target).unwrap();
        let (text, back) = there_and_back(&ideas, &target);
        prop_assert_eq!(there_and_back(&back, &target).0, text);
    }
}

/// A page written anew.
fn rewrite(page: &Source, template: Option<&Template>, given: &Given) -> Result<Rewritten, Unwritten> {
    let tree = Tree::read(page).unwrap();
    let seen = tree.inspect().unwrap();
    author::rewrite(page, &tree, &seen, template, given)
}

/// The facts that are told as lost, by the key of our JSON that holds them.
fn told(losses: &[Loss], idea: usize) -> BTreeSet<&'static str> {
    let key = |what: Lost| match what {
        Lost::Lfid | Lost::Role | Lost::Fact(Fact::Mentors) => "mentors",
        Lost::Fact(fact) => fact.as_str(),
        Lost::Idea => "idea",
        Lost::Desirable => "desirable",
    };
    losses.iter().filter(|loss| loss.idea == idea).map(|loss| key(loss.what)).collect()
}

/// What is not the same and is not told, if there is something: of ideas that may say anything.
fn untold(ideas: &[Idea], target: &Target<'_>) -> Option<String> {
    let path = format!("ideas.{}", target.extension());
    let pages: Vec<Vec<&Idea>> =
        if target.holds_many() { vec![ideas.iter().collect()] } else { ideas.iter().map(|idea| vec![idea]).collect() };
    for ideas in pages {
        let Written { text, losses } = author::write(&ideas, target);
        let back = read(&path, &text);
        // On the form and in the export, whoever is primary comes first.
        let facts = |idea: &Idea| {
            let mut facts = facts(idea, &["lfid", "role"]);
            if let (Some(Value::Array(mentors)), "lfx-form" | "lfx-export") = (facts.get_mut("mentors"), target.name()) {
                mentors.sort_by_key(ToString::to_string);
            }
            facts
        };
        let mut left: Vec<_> = back.iter().map(facts).collect();
        // Those that keep their titles first: what is left then are the others.
        let mut wanted: Vec<_> = ideas.iter().enumerate().map(|(at, idea)| (told(&losses, at), facts(idea))).collect();
        wanted.sort_by_key(|(told, _)| told.contains("title"));
        for (told, was) in wanted {
            if told.contains("idea") {
                continue;
            }
            // Of one that reads otherwise, the order says which it is.
            let is_it = |is: &Map<String, Value>| {
                is["title"] == was["title"] && (told.contains("project") || is["project"] == was["project"])
            };
            let found = left.iter().position(is_it).or_else(|| (told.contains("title") && !left.is_empty()).then_some(0));
            let Some(found) = found else { return Some(format!("{}: {was:?} is gone; told: {told:?}\n{text}", target.name())) };
            let is = left.remove(found);
            for (fact, value) in &was {
                // A page of a programme says so of every idea.
                let implied = fact == "program" && value.is_null() || fact == "technologies" && *value == json!([]);
                if is[fact] != *value && !implied && !told.contains(fact.as_str()) {
                    return Some(format!("{}: {fact}\nwas {value}\nis  {}\n{text}", target.name(), is[fact]));
                }
            }
        }
        if !left.is_empty() && losses.is_empty() {
            return Some(format!("{}: {left:?} was invented\n{text}", target.name()));
        }
    }
    None
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_differs_is_told(ideas in mean_ideas(), target in select(NO_PLACE.map(|(name, _)| name).to_vec())) {
        let mut ideas = read("ideas.json", &ideas.to_string());
        let mut titles = BTreeSet::new();
        ideas.retain(|idea| titles.insert(idea.title.value.to_lowercase()));
        if let Some(untold) = untold(&ideas, &Target::named(target).unwrap()) {
            return Err(TestCaseError::fail(untold));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: config().cases.div_ceil(3), ..config() })] // each case writes a page many times

    /// A page that was written anew is as it would be written; and what it says, it said before.
    #[test]
    fn formatting_again_changes_nothing(ideas in mean_ideas(), target in select(vec!["idea", "lfx", "gsoc", "lfx-export", "lfx-form"])) {
        let ideas = read("ideas.json", &ideas.to_string());
        let target = Target::named(target).unwrap();
        let ideas: Vec<&Idea> = ideas.iter().collect();
        let page = author::write(&ideas, &target).text.replace("\n- ", "\n* ").replace("Description:", "**Details**:");
        let path = format!("page.{}", target.extension());
        let Ok(once) = rewrite(&Source::new(&path, page.as_str()), None, &Given::default()) else { return Ok(()) };
        let all = |text: &str| read(&path, text).iter().map(|idea| facts(idea, &[])).collect::<Vec<_>>();
        prop_assert_eq!(all(&once.text), all(&page), "{}", page);
        let twice = rewrite(&Source::new(&path, once.text.as_str()), None, &Given::default());
        prop_assert_eq!(twice.map(|twice| twice.text), Ok(once.text));
    }
}

/// Ideas that nobody means well with.
fn mean_ideas() -> impl Strategy<Value = Value> {
    vec(mean_idea(), 1..4).prop_map(|ideas| json!(ideas))
}

fn mean_idea() -> impl Strategy<Value = Value> {
    let name = prop_oneof![
        select(vec!["Ada Brook", "Bo Reed-Élan", "Cy O'Marsh", "D. E. 文字", "Eve (she)", "Fay, Jr."]).prop_map(str::to_owned),
        line(1..4)
    ];
    let maybe = |values: Vec<&'static str>| proptest::option::of(select(values));
    let mentor = (
        proptest::option::of(name),
        maybe(vec!["ada-b", "bo", "C0"]),
        maybe(vec!["ada@example.org", "b.o_r+x@mail.example.org"]),
        maybe(vec!["adab", "bo.r"]),
        maybe(vec!["primary", "co-mentor"]),
    );
    let mentor = mentor.prop_map(
        |(name, github, email, lfid, role)| json!({"name": name, "github": github, "email": email, "lfid": lfid, "role": role}),
    );
    let page =
        (maybe(vec!["Tidepool", "A: B | C", "GSoC"]), maybe(vec!["2025", "2026-3"]), maybe(vec!["gsoc", "lfx", "outreachy"]));
    let urls = vec![
        "https://example.org/a_b_c/issues/1",
        "https://example.org/__x__?y=*z*",
        "https://example.org/p(q)/#r",
        "https://example.org/%20,b;c",
        "kitchen/soup#12",
        "https://example.net/é|ü",
    ];
    let facts = (
        vec(mentor, 0..4),
        subsequence(vec!["easy", "medium", "hard"], 0..3),
        subsequence(vec![40, 90, 120, 175, 350, 1500], 0..4),
        subsequence(urls.clone(), 0..4),
        subsequence(urls, 0..4),
    );
    let items = (vec(line(1..5), 0..4), vec(line(1..5), 0..4), vec(line(1..3), 0..3));
    (line(1..5), proptest::option::of(line(1..3)), page, lines(1..14), items, facts, of_lfx()).prop_map(
        |(
            title,
            project,
            (organization, term, program),
            description,
            (outcomes, skills, technologies),
            (mentors, difficulty, hours, upstream, links),
            (status, prerequisites, proposal),
        )| {
            json!({
                "technologies": technologies, "status": status, "prerequisites": prerequisites, "proposal": proposal,
                "title": title, "project": project, "organization": organization, "term": term, "program": program,
                "description": description, "outcomes": outcomes, "skills": skills, "tags": ["rest", "go"],
                "mentors": mentors, "difficulty": difficulty, "hours": hours, "upstream": upstream, "links": links,
            })
        },
    )
}

/// What only the LFX form and export say, and a status.
fn of_lfx() -> impl Strategy<Value = (Option<&'static str>, Option<Value>, Option<Value>)> {
    let text = || proptest::option::of(line(1..4));
    let one = || {
        (text(), proptest::option::of(lines(1..6)), any::<bool>(), any::<bool>()).prop_map(
        |(name, description, upload, asked)| json!({"name": name, "description": description, "file_upload": upload, "asked": asked}),
    )
    };
    let url = || {
        proptest::option::of(select(vec!["https://example.org/a_b", "https://example.org/p(q)/#r", "https://example.org/--x"]))
    };
    let boxes = vec(any::<bool>(), 5);
    let prerequisites = (boxes, url(), proptest::option::of(one()), vec(one(), 0..2)).prop_map(|(boxes, url, custom, standard)| {
        json!({
            "resume": boxes[0], "cover_letter": boxes[1], "school_enrollment_verification": boxes[2], "participation_permission": boxes[3],
            "coding_challenge": boxes[4], "coding_challenge_url": url, "custom": custom, "standard": standard,
        })
    });
    let other = vec((select(vec!["cncf_project_maturity", "note", "x y"]), line(1..4)), 0..3);
    let proposal = (proptest::option::of(1..5000_u32), url(), url(), text(), text(), other).prop_map(
        |(number, url, lfx_url, name, code, other)| {
            let other: Map<String, Value> = other.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect();
            json!({"number": number, "url": url, "lfx_url": lfx_url, "name": name, "code": code, "other": other})
        },
    );
    let status = proptest::option::of(select(vec!["open", "taken", "done", "draft"]));
    (status, proptest::option::of(prerequisites), proptest::option::of(proposal))
}

/// Text on a line, of pieces that mean something to Markdown, YAML, JSON, HTML or us.
fn line(pieces: Range<usize>) -> impl Strategy<Value = String> {
    vec(piece(), pieces).prop_map(|pieces| pieces.concat())
}

/// The same on several lines.
fn lines(pieces: Range<usize>) -> impl Strategy<Value = String> {
    let end = select(vec![
        "\n",
        "\n\n",
        "\r\n",
        "\r\n\r\n",
        "\n  ",
        "\n    ",
        "\n\t",
        "\n```\n",
        "\n~~~ yaml\n",
        "\n- ",
        "\n  - ",
        "\n1. ",
        "\n# ",
        "\n#### ",
        "\n> ",
        "\n| ",
        "\n---\n",
        "\n===\n",
    ]);
    vec(prop_oneof![2 => piece(), 1 => end], pieces).prop_map(|pieces| pieces.concat())
}

fn piece() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        3 => select(vec!["taste", "a soup", "Go", "Kubernetes", "the rest", "and", " ", " ", "文字", "Ünïcödé", "x", "12", "C++", "C#"]),
        2 => select(vec![
            "|", ":", ": ", "\\", "`", "``", "*", "**", "_", "~~", "#", " # ", "- ", "+ ", "1. ", "> ", "<", ">", "<b>", "</b>", "<br>", "&amp;", "&", "[", "]", "](", "[a](b)",
            "![i](j.png)", "(", ")", "{", "}", "{{x}}", "\"", "'", ",", ", ", ";", ".", "?", "!", "%", "$", "@", "=", "^", "~", "\t", "\u{a0}", "\u{200b}", "\u{202e}",
            "\u{feff}", "é\u{301}", "\u{1f3f3}", "---", "***", "...", "[x] ", "[ ] ", "<!--", "-->", "<details>", "</div>", "<https://example.org>",
        ]),
        1 => select(vec![
            "Mentors:", "**Skills**: ", "Difficulty: hard", "350 hours", "Title: ", "TBD", "TODO", "N/A", "@ada-b", "ada@example.org", "https://example.org/x",
            "https://example.org/a%20b", "https://example.org/a(b)", "[a](<https://example.org/c d>)", "%20", "kitchen/soup#7", "Project", "Description", "GSoC 2026", "ideas-text", "null", "true", "~", "yes", "0x1F", "2026-01-01", "1e3", "Template",
        ]),
    ]
}

/// Ideas of one page as our JSON, with text that is anything but harmless.
fn ideas() -> impl Strategy<Value = Value> {
    let page = (select(vec![None, Some("Tidepool")]), select(vec![None, Some("2025"), Some("2026-3")]));
    (page, vec(idea(), 1..5)).prop_map(|((organization, term), ideas)| {
        let mut titles = BTreeSet::new();
        let ideas: Vec<Value> = ideas
            .into_iter()
            .filter(|idea| titles.insert(idea["title"].to_string()))
            .map(|mut idea| {
                (idea["organization"], idea["term"]) = (json!(organization), json!(term));
                idea
            })
            .collect();
        json!(ideas)
    })
}

fn idea() -> impl Strategy<Value = Value> {
    let title = select(vec![
        "Taste soups",
        "C# client, or C++?",
        "Make *all* of `it` _faster_ # now",
        "#1 on the [list](https://example.org)",
        "- no item",
        "Skills: a dashboard of them",
        "<b>Bold</b> & <T> &amp; {braces}",
        "Website",
        "Ünïcödé 文字 \\ backslash",
        "A | B ~~c~~ $d$",
        "+ 1",
    ]);
    let project = select(vec![None, Some("Kitchen"), Some("Kitchen & *Cellar*"), Some("C++"), Some("Documentation")]);
    let skills = subsequence(
        vec![
            "Go",
            "Kubernetes (operators, CRDs)",
            "C++ or *Rust*",
            "You have written some Go, and read more of it.",
            "#1 in YAML",
            "UX",
        ],
        1..4,
    );
    let outcomes = subsequence(
        vec!["It boots", "A report: what was *tasted*", "Skills: shown as a table", "- a bullet", "1. a number", "Mentors"],
        0..4,
    );
    let people = vec![
        json!({"name": "Ada Brook", "github": "ada-b", "email": "ada@example.org"}),
        json!({"name": "Bo Reed", "email": "bo_r@example.org"}),
        json!({"github": "cy-marsh"}),
        json!({"name": "Dé Ö. Élan", "github": "de-elan", "lfid": "delan"}),
    ];
    let facts = (
        subsequence(people, 1..4),
        subsequence(vec!["easy", "medium", "hard"], 0..3),
        subsequence(vec![90, 120, 175, 350], 0..3),
        subsequence(vec!["https://example.org/a_b_c/issues/1", "https://example.org/__x__?y=*z*"], 0..3),
        subsequence(vec!["https://example.org/docs", "https://example.net/~a/(b)"], 0..3),
    );
    (title, project, text(), outcomes, skills, facts).prop_map(
        |(title, project, description, outcomes, skills, (mentors, difficulty, hours, upstream, links))| {
            json!({
                "title": title, "project": project, "description": description, "outcomes": outcomes, "skills": skills,
                "mentors": mentors, "difficulty": difficulty, "hours": hours, "upstream": upstream, "links": links,
                "program": "lfx",
            })
        },
    )
}

/// Markdown that a page could take for something of its own.
fn text() -> impl Strategy<Value = String> {
    let block = select(vec![
        "Soups are tasted by hand.",
        "Two lines\nof a paragraph, with `code` and **bold** words.",
        "# Background",
        "### Technologies",
        "## Mentors\n\nThey meet weekly.",
        "Skills: patience\nDifficulty: hard",
        "**Mentors:** Ada Brook, @nobody",
        "- a bullet\n  - and one below it\n- Skills: another",
        "- Mentor(s):\n  - Eve (@eve)",
        "1. first\n2. second",
        "#### Another idea\n\n- Description: no idea\n- Mentor(s): Eve (@eve)\n- Skills: Java",
        "```yaml\nskills: [cobol]\n```\n\nand after it",
        "| Mentor | Skills |\n|---|---|\n| Eve | Java |",
        "> - Difficulty: hard",
        "<div>\n\nSee https://example.org/more.\n\n</div>",
        "---\n\nAfter a rule.",
        "Setext\n======\n\nbelow it",
        "See [the docs](https://example.org/docs) and <https://example.net/x>.",
        "Labels\\: escaped \\* and &amp; entities",
    ]);
    vec(block, 1..5).prop_map(|blocks| blocks.join("\n\n"))
}

#[test]
fn what_stands_between_two_comments_is_text() {
    let page = concat!(
        "## Graft trees\n\n",
        "- Description:\n\n  <!-- ideas-text -->\n  Trees are grafted.\n\n  ## Mentors\n\n",
        "  - Skills: patience\n    - and *more*\n\n  ```sh\n  graft\n  ```\n\n  <!-- /ideas-text -->\n\n",
        "- Expected Outcome:\n\n  <!-- ideas-text -->\n  - Difficulty: shown\n  - Size: too\n\n  <!-- /ideas-text -->\n\n",
        "- Skills: Go\n- Mentor(s): Ada Brook (@ada-b)\n",
    );
    let ideas = read("trees.md", page);
    let text = "Trees are grafted.\n\n## Mentors\n\n- Skills: patience\n  - and *more*\n\n```sh\ngraft\n```";
    let said = facts(&ideas[0], &[]);
    assert_eq!(said["description"], text);
    assert_eq!(said["outcomes"], json!(["Difficulty: shown", "Size: too"]));
    assert_eq!((&said["skills"], &said["difficulty"]), (&json!(["Go"]), &json!([])));
    assert_eq!(said["mentors"].as_array().unwrap().len(), 1);
}

#[test]
fn a_description_is_without_the_indentation_of_its_item() {
    for (page, description) in [
        (
            "- Description: Branches\n  grow:\n  - to the **left**\n  - to the [right](https://example.org/r)\n",
            "Branches\ngrow:\n- to the **left**\n- to the [right](https://example.org/r)",
        ),
        ("- Description:\n\n  - One branch\n    - and a twig\n", "- One branch\n  - and a twig"),
        ("**Description**: **Bold** words\nand `code`\n\n", "**Bold** words\nand `code`"),
    ] {
        let ideas = read("trees.md", &format!("## Graft trees\n\n{page}- Skills: Go\n- Mentors: Ada Brook\n"));
        assert_eq!(ideas[0].description.as_ref().unwrap().value, description);
    }
}

#[test]
fn tags_that_no_skill_names_are_kept() {
    let export = json!({"programs": [{"program_name_short": "Taste soups", "technologies": "Go; REST", "skills": ["Patience"],
        "mentors": [{"name": "Ada Brook", "github_handle": "ada-b"}]}]});
    let ideas = read("export.json", &export.to_string());
    for (target, skills) in [
        ("idea", vec!["Patience"]),
        ("lfx-form", vec!["Patience"]),
        ("lfx-export", vec!["Patience"]),
        // A page has one place for both.
        ("lfx", vec!["Patience", "REST", "go"]),
    ] {
        let (text, back) = there_and_back(&ideas, &Target::named(target).unwrap());
        let facts = facts(&back[0], &[]);
        assert_eq!((&facts["tags"], &facts["skills"]), (&json!(["go", "rest"]), &json!(skills)), "{text}");
    }
}

/// All pages that are at hand, with their paths.
fn pages() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["tests/pages", "tests/mentoring/lfx", "schemas/templates"].map(|folder| root.join(folder));
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap()).map(|file| file.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect();
    files.sort();
    let mut pages: Vec<Source> = files.into_iter().map(|path| Source::decode(&path, fs::read(&path).unwrap()).0).collect();
    pages.extend(corpus_folder::find().map(|folder| corpus_folder::pages(&folder)).unwrap_or_default());
    pages
}

#[test]
fn a_page_written_anew_reads_the_same_and_stays_so() {
    let mut rewritten = 0;
    for page in pages() {
        for template in [None, Template::named("lfx"), Template::named("cncf-gsoc"), Template::named("idea")] {
            let Ok(Rewritten { text, .. }) = rewrite(&page, template, &Given::default()) else { continue };
            let name = page.path().display();
            let all = |text: &str| -> Vec<_> {
                read(page.path().to_str().unwrap(), text).iter().map(|idea| facts(idea, &[])).collect()
            };
            assert_eq!(all(&text), all(page.text()), "{name}");
            let again = rewrite(&Source::new(page.path(), text.as_str()), template, &Given::default()).unwrap();
            assert_eq!(again.text, text, "{name}");
            rewritten += usize::from(text != page.text());
        }
    }
    assert!(rewritten > 20, "only {rewritten} pages were written anew");
}

#[test]
fn what_stands_around_ideas_is_not_touched() {
    let idea =
        |title: &str| format!("#### {title}\n* **Skills**: Go\n* **Details**: Hot soup.\n* **Mentors**: Ada Brook (@ada-b)\n");
    let page = format!("  Before.\n\n###  Kitchen \n\n<!-- one -->\n{}\n\n***\n\n{}\nAfter:  all.", idea("Soup"), idea("Stew"));
    let page = Source::new("lfx.md", page.replace('\n', "\r\n"));
    let text = rewrite(&page, None, &Given::default()).unwrap().text.replace("\r\n", "\n");
    let anew = |title: &str| {
        format!("#### {title}\n\n- Description: Hot soup.\n- Recommended Skills: Go\n- Mentor(s):\n  - Ada Brook (@ada-b)\n")
    };
    assert_eq!(
        text,
        format!("  Before.\n\n###  Kitchen \n\n<!-- one -->\n{}\n\n***\n\n{}\nAfter:  all.", anew("Soup"), anew("Stew"))
    );
}

#[test]
fn the_templates_own_examples_are_as_they_would_be_written() {
    for template in Template::all().iter().filter(|template| template.name != "lfx-form") {
        let page = Source::new("page.md", template.example);
        assert_eq!(
            rewrite(&page, Some(template), &Given::default()).unwrap(),
            Rewritten { text: template.example.to_owned(), left_alone: Vec::new() }
        );
    }
}

#[test]
fn what_would_lose_something_is_left_alone() {
    let page = |more: &str| {
        format!(
            "## Taste soups\n\n- Description: Salt.\n- Skills: Go\n{more}- Mentors: Ada Brook (@ada-b)\n- Upstream Issue: kitchen/soup#1\n"
        )
    };
    for (more, what) in [
        ("- Dress code: apron\n", "3 words (apron, code, dress)"),
        ("<!-- ask Bo -->\n", "2 words (ask, bo)"),
        // Two values have no one way in which they were written.
        ("- Difficulty: hard\n- Difficulty: hard?\n", "the sign `?` in `Difficulty`"),
        ("- Expected Outcome: ![a spoon](spoon.png)\n", "3 words (a, png, spoon)"),
    ] {
        let left = rewrite(&Source::new("lfx.md", page(more)), None, &Given::default()).unwrap().left_alone;
        let [Unwritten { idea: Some(0), why: LeftAlone::Loses { what: lost, .. } }] = left.as_slice() else {
            panic!("{more}: {left:?}")
        };
        assert!(lost.starts_with(what), "{more}: {lost}");
    }
    assert_eq!(rewrite(&Source::new("lfx.md", page("")), None, &Given::default()).unwrap().left_alone, []);
}

#[test]
fn what_a_value_would_lose_keeps_it_as_it_was_written() {
    for (was, is) in [
        ("* **Expected project size:** > 175 hours\n", "- Expected project size: > 175 hours\n"),
        ("* Expected project size: ~120 hours\n", "- Expected project size: ~120 hours\n"),
        ("* Expected project size: 175–350 hours\n", "- Expected project size: 175–350 hours\n"),
        ("* Expected project size: Large (350 hours)\n", "- Expected project size: large (~350 hour projects)\n"),
        ("* Difficulty: easy, hard?\n", "- Difficulty: easy, hard?\n"),
        ("* Difficulty: **hard**\n", "- Difficulty: **hard**\n"),
        ("* Difficulty: Hard, 350 hours\n", "- Expected project size: large (~350 hour projects)\n- Difficulty: hard\n"),
        (
            "* Expected Outcome: `salt` and [pepper](https://example.org/pepper)\n",
            "- Expected Outcome: `salt` and [pepper](https://example.org/pepper)\n",
        ),
        (
            "* Expected Outcome:\n    1. Salt\n       - and more\n    2. Pepper\n",
            "- Expected Outcome:\n  1. Salt\n     - and more\n  2. Pepper\n",
        ),
        ("* Upstream Issue: [the plan](https://example.org/1)\n", "- Upstream Issue (URL): [the plan](https://example.org/1)\n"),
        ("* Upstream Issue: [https://example.org/1](https://example.org/1)\n", "- Upstream Issue (URL): https://example.org/1\n"),
    ] {
        let page = |fields: &str| format!("##### Taste soups\n\n{fields}");
        let was = page(&format!(
            "- Description: Salt.\n- Recommended Skills: Go and *some* SQL\n{was}- Mentor(s):\n  - Ada Brook (@ada-b)\n"
        ));
        let Rewritten { text, left_alone } =
            rewrite(&Source::new("soups.md", was), Template::named("cncf-gsoc"), &Given::default()).unwrap();
        assert_eq!(left_alone, [], "{is}");
        assert!(text.contains(is), "{text}");
        assert!(text.contains("- Recommended Skills: Go and *some* SQL\n"), "{text}");
    }
    // What is nice to have is not asked for.
    let page = "## Taste soups\n\n- Nice to have: Rust\n- Skills: Go\n- Mentors: Ada Brook\n";
    let text = rewrite(&Source::new("lfx.md", page), Template::named("lfx"), &Given::default()).unwrap().text;
    assert!(text.contains("- Recommended Skills: Go\n- Nice to have: Rust\n"), "{text}");
    // The heading, too.
    let page = "## Taste *hot* soups {#hot}\n\n- Skills: Go\n- Mentors: Ada Brook\n";
    let text = rewrite(&Source::new("lfx.md", page), Template::named("lfx"), &Given::default()).unwrap().text;
    assert!(text.starts_with("## Taste *hot* soups {#hot}\n\n- Recommended Skills: Go\n"), "{text}");
}

#[test]
fn what_a_template_would_move_or_mark_is_left_alone() {
    for (text, why) in [
        (
            "- Description: We taste soups.\n- Background: soups are tasted by hand, by one who was born for it\n- Skills: Go\n",
            "`Background` of `Taste soups` is no field of the template, and would become a part of the description",
        ),
        (
            "| Description | We taste soups.<br>Difficulty: hard |\n|---|---|\n| Difficulty | easy |\n| Skills | Go |\n\n",
            "text of `Taste soups` looks like fields, and would be taken for them where the template has it",
        ),
    ] {
        let page = Source::new("lfx.md", format!("## Taste soups\n\n{text}* Mentors: Ada Brook (@ada-b)\n"));
        let left = rewrite(&page, Template::named("lfx"), &Given::default()).unwrap().left_alone;
        assert_eq!(left.iter().map(ToString::to_string).collect::<Vec<_>>(), [why]);
    }
}

/// Every target that there is keeps its promise here.
#[test]
fn every_target_is_tried() {
    let tried: BTreeSet<&str> = NO_PLACE.iter().map(|(name, _)| *name).collect();
    assert_eq!(tried, Target::names().collect());
    assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/lfx-export.toml").exists());
}
