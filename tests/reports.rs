//! What other programs read of `ideas validate` and `ideas rules` is what they expect: SARIF keeps its official schema, the
//! JSON of findings points at the bytes it says, the page of rules is the one of the rules.
//!
//! `SNAPSHOTS=overwrite cargo test --test reports` writes `docs/rules.md` anew.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::path::Path;
use std::process::{Command, Stdio};

use mentorship_ideas::lint::{Template, rules};
use serde_json::Value;
use snapbox::Data;
use snapbox::assert::Assert;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What `ideas` writes, whatever it ends with.
fn ideas(args: &[&str], folder: &Path) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_ideas"))
        .current_dir(folder)
        .env_remove("IDEAS_CATALOG")
        .args(args)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(run.status.code().is_some_and(|code| code < 2), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

/// A folder with a page for every example of every rule, under names that want to be escaped.
fn bad_pages() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for rule in rules::ALL {
        for (at, example) in rule.examples.iter().enumerate() {
            let clean = Template::named(example.template).unwrap().example;
            let path = folder.path().join(format!("{} {at} 50%,ä#.md", rule.code));
            std::fs::write(path, clean.replacen(example.good, example.bad, 1)).unwrap();
        }
    }
    folder
}

fn sarif_schema() -> jsonschema::Validator {
    let text = std::fs::read_to_string(root().join("tests/sarif/sarif-schema-2.1.0.json")).unwrap();
    // A bracket that closes nothing: a pattern to most engines, but not by the letter of ECMA-262.
    let text = text.replace("{2}]?$", r"{2}\\]?$");
    jsonschema::options().should_validate_formats(true).build(&serde_json::from_str(&text).unwrap()).unwrap()
}

#[test]
fn sarif_keeps_the_official_schema() {
    let schema = sarif_schema();
    let folder = bad_pages();
    // More than are listed.
    std::fs::write(
        folder.path().join("much.md"),
        "#### Count apples\n\n- Skills: Go\n- Mentor: Ada\n\n".to_owned() + &"caf√© ".repeat(1001),
    )
    .unwrap();
    let log: Value = serde_json::from_str(&ideas(&["validate", "--format", "sarif"], folder.path())).unwrap();
    assert!(log["runs"][0]["invocations"][0]["toolExecutionNotifications"].is_array());
    let faults: Vec<String> = schema.iter_errors(&log).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert!(results.len() >= rules::ALL.len());
    assert!(results.iter().any(|result| result["fixes"].is_array()));
    assert_eq!(run["tool"]["driver"]["rules"].as_array().unwrap().len(), rules::ALL.len());
}

#[test]
fn the_schema_would_see_a_fault() {
    let schema = sarif_schema();
    let folder = bad_pages();
    let log: Value = serde_json::from_str(&ideas(&["validate", "--format", "sarif"], folder.path())).unwrap();
    for (pointer, value) in [
        ("/runs/0/results/0/level", Value::from("bad")),
        ("/runs/0/results/0/locations/0/physicalLocation/region/startLine", 0.into()),
        ("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri", "a b%.md".into()),
        ("/runs/0/columnKind", "bytes".into()),
        ("/version", "2.0.0".into()),
    ] {
        let mut wrong = log.clone();
        *wrong.pointer_mut(pointer).unwrap() = value;
        assert!(!schema.is_valid(&wrong), "{pointer}");
    }
}

#[test]
fn json_points_at_the_bytes_it_says() {
    let folder = bad_pages();
    let findings: Vec<Value> = serde_json::from_str(&ideas(&["validate", "--format", "json"], folder.path())).unwrap();
    assert!(!findings.is_empty());
    let ids: Vec<Value> =
        serde_json::from_str(&ideas(&["--catalog", ".", "--quiet", "list", "--duplicates", "--format", "json"], folder.path()))
            .unwrap();
    let mut with_idea = 0;
    for finding in &findings {
        assert_eq!(
            finding.as_object().unwrap().keys().collect::<Vec<_>>(),
            ["code", "column", "count", "end_column", "end_line", "fix", "help", "idea", "level", "line", "message", "path"]
        );
        let text = std::fs::read_to_string(folder.path().join(finding["path"].as_str().unwrap())).unwrap();
        let number = |name: &str| usize::try_from(finding[name].as_u64().unwrap()).unwrap();
        assert!((number("line"), number("column")) <= (number("end_line"), number("end_column")), "{finding}");
        let line = text.split('\n').nth(number("line") - 1).unwrap();
        assert!(number("column") <= line.chars().count() + 1, "{finding}");
        for edit in finding["fix"]["edits"].as_array().into_iter().flatten() {
            let byte = |name: &str| usize::try_from(edit[name].as_u64().unwrap()).unwrap();
            assert!(text.get(byte("start")..byte("end")).is_some(), "{finding}");
        }
        if let Some(id) = finding["idea"].as_str() {
            let path = |idea: &Value| idea["source"]["path"].as_str().unwrap().trim_start_matches("./").to_owned();
            let is_listed = ids.iter().any(|idea| idea["id"] == id && path(idea) == finding["path"].as_str().unwrap());
            assert!(is_listed, "`ideas list` knows no {id}");
            with_idea += 1;
        }
    }
    assert!(with_idea > 0);
}

#[test]
fn the_page_of_rules_is_the_one_of_the_rules() {
    let page = ideas(&["rules", "--format", "markdown"], root());
    Assert::new().action_env("SNAPSHOTS").eq(page, Data::read_from(&root().join("docs/rules.md"), None).raw());
}

#[test]
fn every_rule_can_be_explained() {
    for rule in rules::ALL {
        let text = ideas(&["rules", rule.code], root());
        assert!(text.starts_with(&format!("{}: {}", rule.code, rule.wants)) && text.contains("Instead:"), "{text}");
    }
}

#[test]
fn our_actions_and_hooks_are_yaml_and_call_what_there_is() {
    let read = |name: &str| std::fs::read_to_string(root().join(name)).unwrap();
    let hooks: Vec<Value> = serde_saphyr::from_str(&read(".pre-commit-hooks.yaml")).unwrap();
    for hook in &hooks {
        assert_eq!((hook["language"].as_str(), hook["pass_filenames"].as_bool()), (Some("rust"), Some(true)));
        let entry: Vec<&str> = hook["entry"].as_str().unwrap().split(' ').skip(1).collect();
        ideas(&[entry.as_slice(), &["schemas/templates/lfx.md"]].concat(), root());
    }
    let action: Value = serde_saphyr::from_str(&read("action.yml")).unwrap();
    assert_eq!(action["runs"]["using"], "composite");
    let workflow: Value = serde_saphyr::from_str(&read(".github/workflows/release.yml")).unwrap();
    let jobs = workflow["jobs"].as_object().unwrap().values();
    let steps = jobs.map(|job| &job["steps"]).chain([&action["runs"]["steps"]]).flat_map(|steps| steps.as_array().unwrap());
    for script in steps.filter_map(|step| step["run"].as_str()) {
        // What somebody writes into a workflow reaches the shell as a variable, never as a part of the script.
        assert!(!script.contains("${{"), "{script}");
    }
}
