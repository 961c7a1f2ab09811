//! The LFX form and the LFX export: read alike, and written as they were.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::fs;
use std::path::Path;

use mentorship_ideas::author::{self, Target, Written};
use mentorship_ideas::idea::Idea;
use mentorship_ideas::layout;
use mentorship_ideas::text::Source;
use serde_json::{Map, Value, json};

fn page(name: &str) -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/proposals").join(name);
    Source::new(name, fs::read_to_string(path).unwrap())
}

fn read(source: &Source) -> Vec<Idea> {
    let reading = layout::read(source).unwrap();
    assert_eq!(reading.problems, []);
    reading.ideas
}

/// What an idea says, without its place.
fn facts(idea: &Idea) -> Map<String, Value> {
    let Value::Object(mut facts) = serde_json::to_value(idea).unwrap() else { panic!("an idea is an object") };
    facts.remove("source");
    // They have no order.
    for set in ["tags", "links"] {
        facts[set].as_array_mut().unwrap().sort_by_key(ToString::to_string);
    }
    facts
}

/// Writes ideas and reads them again; nothing may be lost.
fn converted(ideas: &[Idea], target: &str) -> (String, Vec<Idea>) {
    let target = Target::named(target).unwrap();
    let pages: Vec<Vec<&Idea>> =
        if target.holds_many() { vec![ideas.iter().collect()] } else { ideas.iter().map(|idea| vec![idea]).collect() };
    let (mut texts, mut back) = (Vec::new(), Vec::new());
    for page in pages {
        let Written { text, losses } = author::write(&page, &target);
        assert_eq!(losses, [], "{text}");
        back.extend(read(&Source::new(format!("page.{}", target.extension()), text.as_str())));
        texts.push(text);
    }
    assert_eq!(back.iter().map(facts).collect::<Vec<_>>(), ideas.iter().map(facts).collect::<Vec<_>>(), "{texts:#?}");
    (texts.concat(), back)
}

#[test]
fn form_and_export_read_alike() {
    let form = facts(&read(&page("form.md"))[0]);
    let mut export = facts(&read(&page("export.json"))[0]);
    assert_eq!(form["prerequisites"]["custom"]["name"], "Writing sample");
    assert_eq!(form["skills"], json!(["technical writing", "Go"]));
    assert_eq!(form["technologies"], json!(["Java", "Quarkus", "Apache Camel (core)", "gRPC"]));
    assert_eq!(export["upstream"], json!(["https://github.com/lanternfish-example/lantern/issues/12"]));
    // Only the export knows these.
    assert_eq!(export["prerequisites"]["standard"][0]["name"], "Inclusive Community");
    export["prerequisites"]["standard"] = json!([]);
    assert_eq!(export["proposal"]["number"], 2003);
    assert_eq!(export["proposal"]["other"], json!({"cncf_project_maturity": "incubating"}));
    for (key, only) in [("number", Value::Null), ("url", Value::Null), ("other", json!({}))] {
        export["proposal"][key] = only;
    }
    assert_eq!(form, export);
}

#[test]
fn a_form_is_written_as_it_was() {
    let form = page("form.md");
    assert_eq!(converted(&read(&form), "lfx-form").0, form.text());
}

#[test]
fn an_export_is_written_as_it_was() {
    let export = page("export.json");
    let ideas = read(&export);
    // No two exports are of the same moment.
    let expected = export.text().lines().filter(|line| !line.contains("_generated")).collect::<Vec<_>>().join("\n");
    assert_eq!(converted(&ideas, "lfx-export").0.trim_end(), expected);
    for other in ["lfx-form", "idea", "json"] {
        let (_, back) = converted(&ideas, other);
        assert_eq!(converted(&back, "lfx-export").0.trim_end(), expected, "{other}");
    }
}

#[test]
fn what_a_page_has_no_place_for_is_told() {
    let form = read(&page("form.md"));
    let losses = author::write(&[&form[0]], &Target::named("lfx").unwrap()).losses;
    let lost: Vec<_> = losses.iter().filter(|loss| !loss.has_place).map(|loss| loss.what.as_str()).collect();
    assert_eq!(lost, ["LFIDs", "technologies", "prerequisites"]);
}

#[test]
fn an_export_is_read_by_its_own_keys() {
    let text = json!({"_term": "2026 Term 3 (Sep-Nov)", "programs": [{
        "issue_number": 7, "issue_url": "https://github.com/example-org/mentoring/issues/7", "cncf_project": "Lanternfish",
        "program_name_short": "Dim by themselves", "technologies": "Go", "skills": "", "language": "COBOL", "size": {"lines": [12, 90]},
        "upstream_issue_url": "https://github.com/lanternfish-example/lantern/issues/1",
        "prerequisites": ["Resume", "Coding Challenge", {"name": "Inclusive Community", "file_upload": true}, {"name": "Sample", "file_upload": false}],
        "coding_challenge_url": "https://example.org/c",
    }]});
    let idea = &read(&Source::new("export.json", text.to_string()))[0];
    let said = facts(idea);
    assert_eq!(said["skills"], json!(["Go"]));
    assert_eq!(said["hours"], json!([]));
    assert_eq!(said["upstream"], json!(["https://github.com/lanternfish-example/lantern/issues/1"]));
    assert_eq!(said["proposal"]["other"], json!({"language": "COBOL", "size": {"lines": [12, 90]}}));
    let asked = idea.prerequisites.as_ref().unwrap();
    assert_eq!(
        asked.shown(),
        ["resume", "coding challenge: https://example.org/c", "Sample", "Inclusive Community (file upload)"]
    );
    converted(std::slice::from_ref(idea), "lfx-export");
    converted(std::slice::from_ref(idea), "lfx-form");
}

#[test]
fn other_answers_to_the_form_are_read() {
    let form = page("form.md").text().to_owned();
    let changed = |from: &str, to: &str| {
        assert!(form.contains(from), "{from}");
        read(&Source::new("form.md", form.replace(from, to))).remove(0)
    };
    // The skills are the technologies.
    let same = changed("- [ ] Yes, the required", "- [x] Yes, the required");
    assert_eq!(same.skills.len(), 2, "what is listed counts");
    let same = {
        let text =
            form.replace("- [ ] Yes, the required", "- [x] Yes, the required").replace("technical writing, Go", "_No response_");
        read(&Source::new("form.md", text)).remove(0)
    };
    assert_eq!(same.skills, same.technologies);
    let (text, _) = converted(&[same], "lfx-form");
    assert!(text.contains("- [x] Yes, the required") && text.contains("Skills\n\n_No response_"), "{text}");
    // What is described and not ticked is kept, and not asked.
    let unticked = changed("- [x] Custom", "- [ ] Custom");
    assert!(!unticked.prerequisites.as_ref().unwrap().custom.as_ref().unwrap().asked);
    for target in ["lfx-form", "lfx-export", "idea", "json"] {
        converted(std::slice::from_ref(&unticked), target);
    }
    // Until 2026 the box stood among the others.
    let old = changed("- [x] Custom Prerequisite (fill in details below)\n", "_No response_\n");
    assert!(!old.prerequisites.unwrap().custom.unwrap().asked);
    let text = form.replace("- [x] Custom Prerequisite (fill in details below)\n", "_No response_\n");
    let text =
        text.replace("- [x] Coding Challenge\n", "- [x] Coding Challenge\n- [x] Custom Prerequisite (fill in details below)\n");
    assert!(read(&Source::new("form.md", text)).remove(0).prerequisites.unwrap().custom.unwrap().asked);
    // Markdown that looks like a section.
    let headed = changed("It may be about anything.", "### Mentors\n\nIt may be about them.");
    assert_eq!(headed.mentors.len(), 2);
    converted(&[headed], "lfx-form");
}

#[test]
fn a_title_without_letters_is_told() {
    let source = Source::new(
        "ideas.json",
        "[{\"title\": \"Taste soups\", \"skills\": [\"Go\"]},\n {\"title\": \"***\"},\n {\"title\": \"\"}]",
    );
    let reading = layout::read(&source).unwrap();
    let told: Vec<_> =
        reading.problems.iter().map(|problem| (source.line(problem.span.start), problem.message.as_str())).collect();
    assert_eq!(
        told,
        [
            (2, "element 2 of the list has a title that names nothing (`***`); it was skipped, the others were read"),
            (3, "element 3 of the list has no title; it was skipped, the others were read")
        ]
    );
    assert_eq!(reading.ideas.len(), 1);
}

#[test]
fn of_many_elements_that_are_skipped_the_first_are_told_one_by_one() {
    let list = vec![r#"{"title": "***"}"#; 25].join(",");
    let source = Source::new("ideas.json", format!("[{list}]"));
    let problems = layout::read(&source).unwrap().problems;
    assert_eq!(problems.len(), 21);
    assert_eq!(problems[20].message, "5 more elements of the list were skipped");
}

#[test]
fn pages_say_a_status_and_technologies() {
    let source = Source::new(
        "ideas.md",
        "## [Taken in 2024] Taste soups\n\n- Skills: patience\n- Technologies: Java, Quarkus\n- Mentor: Ada Brook (@ada-b)\n\n\
         ## Stir soups\n\n- Status: in progress\n- Skills: Go\n- Mentor: Ada Brook (@ada-b)\n- LFX URL: https://mentorship.lfx.linuxfoundation.org/project/1\n",
    );
    let ideas: Vec<_> = read(&source).iter().map(facts).collect();
    assert_eq!((&ideas[0]["status"], &ideas[1]["status"]), (&json!("taken"), &json!("taken")));
    assert_eq!(ideas[0]["technologies"], json!(["Java", "Quarkus"]));
    assert_eq!(ideas[0]["skills"], json!(["patience", "Java", "Quarkus"]));
    assert_eq!((&ideas[0]["proposal"], &ideas[0]["prerequisites"]), (&Value::Null, &Value::Null));
    assert_eq!(ideas[1]["proposal"]["lfx_url"], "https://mentorship.lfx.linuxfoundation.org/project/1");
}

#[test]
fn descriptions_keep_their_first_sign_and_sentences_that_say_please() {
    for text in ["[#12](https://example.org/12): salt.", "[WIP] Salt and heat.", "_Please note that soups are hot and salty._"] {
        let page = format!("## Taste soups\n\n- Description: {text}\n- Skills: Go\n- Mentor: Ada Brook (@ada-b)\n");
        let ideas = read(&Source::new("ideas.md", page));
        assert_eq!(ideas[0].description.as_ref().map(|text| text.value.as_str()), Some(text));
    }
}
