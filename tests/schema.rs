//! The contract with other programs: `schemas/idea.schema.json` states it, and what is written keeps it.
//!
//! `SNAPSHOTS=overwrite cargo test --test schema` writes the schema anew.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::{fs, str};

use mentorship_ideas::cli::schema::Subject;
use mentorship_ideas::lint::Template;
use serde_json::Value;
use snapbox::Data;
use snapbox::assert::Assert;

/// Catalogues to write: none (what is built in), and fixtures of every shape.
const CATALOGUES: [&[&str]; 3] = [&[], &["--catalog", "tests/mentoring"], &["--catalog", "tests/pages", "--quiet"]];

fn schema_path() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/idea.schema.json")
}

fn ideas(args: &[&str], format: &str) -> String {
    run(&[&["list", "--format", format], args].concat())
}

fn run(args: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_ideas"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("IDEAS_CATALOG")
        // Nobody has fetched anything.
        .env("IDEAS_CONFIG_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/no-settings"))
        .env("IDEAS_DATA_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/nothing-fetched"))
        .args(args)
        .output()
        .unwrap();
    assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

fn list(json: &str) -> Vec<Value> {
    serde_json::from_str(json).unwrap()
}

#[test]
fn the_schema_in_the_repository_is_the_one_of_the_types() {
    Assert::new().action_env("SNAPSHOTS").eq(Subject::Idea.json(), Data::read_from(&schema_path(), None).raw());
}

#[test]
fn the_schema_of_the_settings_is_the_one_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/config.schema.json");
    Assert::new().action_env("SNAPSHOTS").eq(Subject::Config.json(), Data::read_from(&path, None).raw());
}

#[test]
fn the_schema_of_the_users_settings_is_the_one_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/user-config.schema.json");
    Assert::new().action_env("SNAPSHOTS").eq(Subject::UserConfig.json(), Data::read_from(&path, None).raw());
}

#[test]
fn the_schema_of_the_users_settings_takes_what_the_program_takes() {
    let schema: Value = serde_json::from_str(&Subject::UserConfig.json()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    for (toml, fits) in [
        ("", true),
        ("columns = [\"title\", \"hours\"]\npager = \"\"\nterm = \"current\"\ncatalog = [\"pages\"]\n", true),
        ("profile = \"me\"\n[profiles.me]\nskills = [\"go\"]\n", true),
        ("columns = []\n", false),
        ("columns = [\"titel\"]\n", false),
        ("colums = [\"title\"]\n", false),
        ("catalog = \"pages\"\n", false),
        ("[profiles.me]\nskill = []\n", false),
    ] {
        let settings: Value = toml::from_str(toml).unwrap();
        assert_eq!(validator.is_valid(&settings), fits, "{toml}");
        fs::write(&path, toml).unwrap();
        assert_eq!(mentorship_ideas::preferences::Preferences::load(&path).is_ok(), fits, "{toml}");
    }
}

#[test]
fn the_schema_of_templates_is_the_one_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/template.schema.json");
    Assert::new().action_env("SNAPSHOTS").eq(Subject::Template.json(), Data::read_from(&path, None).raw());
}

#[test]
fn the_schema_of_templates_takes_what_the_program_takes() {
    let schema: Value = serde_json::from_str(&Subject::Template.json()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/templates");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let texts: Vec<String> = files
        .filter(|path| path.extension().is_some_and(|it| it == "toml"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    assert_eq!(texts.len(), Template::all().len());
    let broken = |from: &str, to: &str| {
        assert!(texts[0].contains(from), "{from}");
        texts[0].replacen(from, to, 1)
    };
    let wrong =
        [broken("asked = \"always\"", "asked = \"sometimes\""), broken("about =", "abuot ="), broken("kind = \"", "kind = \"x-")];
    for (text, fits) in texts.iter().map(|text| (text, true)).chain(wrong.iter().map(|text| (text, false))) {
        let template: Value = toml::from_str(text).unwrap();
        assert_eq!(validator.is_valid(&template), fits, "{text}");
        assert_eq!(mentorship_ideas::lint::Template::read("ours", text).is_ok(), fits, "{text}");
    }
}

#[test]
fn the_schema_of_the_settings_takes_what_the_program_takes() {
    let schema: Value = serde_json::from_str(&Subject::Config.json()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (toml, fits) in [
        ("", true),
        ("[lint]\npaths = [\"a\"]\nignore = [\"b/\"]\nquota = 3\n[lint.rules]\nmojibake = \"off\"\n", true),
        ("[[lint.templates]]\nfiles = [\"*.md\"]\ntemplate = \"ours.toml\"\n", true),
        ("[[pages]]\nfiles = [\"*.md\"]\norganization = \"A\"\nprogram = \"gsoc\"\nterm = \"2026\"\n", true),
        ("[profiles.me]\nskills = [\"go\"]\nwant = []\navoid = [\"php\"]\nhours = \"..175\"\ndifficulty = \"easy\"\n", true),
        ("[[pages]]\norganization = \"A\"\n", false),
        ("[profiles.me]\nskill = [\"go\"]\n", false),
        ("[lnt]\n", false),
        ("[lint]\nquota = 0\n", false),
        ("[lint.rules]\nmojibak = \"off\"\n", false),
        ("[lint.rules]\nmojibake = \"loud\"\n", false),
        ("[[lint.templates]]\nfiles = [\"*.md\"]\n", false),
    ] {
        let settings: Value = toml::from_str(toml).unwrap();
        assert_eq!(validator.is_valid(&settings), fits, "{toml}");
        assert_eq!(
            toml::from_str::<mentorship_ideas::config::File>(toml).is_ok(),
            fits || toml.contains("quota") || toml.contains("mojibak ="),
            "{toml}"
        );
    }
}

#[test]
fn what_is_written_keeps_the_schema() {
    let schema: Value = serde_json::from_str(&fs::read_to_string(schema_path()).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for catalogue in CATALOGUES {
        let ideas = list(&ideas(catalogue, "json"));
        assert!(!ideas.is_empty(), "{catalogue:?}");
        for idea in ideas {
            let faults: Vec<String> =
                validator.iter_errors(&idea).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
            assert!(faults.is_empty(), "{faults:#?} in {idea:#}");
        }
    }
}

#[test]
fn ranked_ideas_keep_their_schemas() {
    for (subject, call) in [
        (Subject::Search, &["search", "helm", "chart", "xyzzy"][..]),
        (Subject::Match, &["match", "--skills", "go,typescript", "--want", "ebpf", "--hours", "..175", "--avoid", "php"]),
    ] {
        let schema: Value = serde_json::from_str(&subject.json()).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let ideas = list(&run(&[call, &["--format", "json"]].concat()));
        assert!(!ideas.is_empty(), "{call:?}");
        for idea in ideas {
            let faults: Vec<String> =
                validator.iter_errors(&idea).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
            assert!(faults.is_empty(), "{faults:#?} in {idea:#}");
            for field in ["score", "title"] {
                let mut wrong = idea.clone();
                wrong.as_object_mut().unwrap().remove(field);
                assert!(!validator.is_valid(&wrong), "{call:?} without {field}");
            }
        }
    }
}

#[test]
fn numbers_keep_their_schema() {
    let schema: Value = serde_json::from_str(&Subject::Stats.json()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for args in
        [&["stats"][..], &["stats", "--by", "skill,term", "--by", "hours", "--limit", "3"], &["stats", "--skill", "no-such"]]
    {
        let stats: Value = serde_json::from_str(&run(&[args, &["--format", "json"]].concat())).unwrap();
        let faults: Vec<String> =
            validator.iter_errors(&stats).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{args:?}: {faults:#?}");
        let mut wrong = stats.clone();
        wrong["ideas"] = Value::Null;
        assert!(!validator.is_valid(&wrong));
    }
}

#[test]
fn the_schema_refuses_what_is_no_idea() {
    let schema: Value = serde_json::from_str(&Subject::Idea.json()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let idea = &list(&ideas(CATALOGUES[1], "json"))[0];
    assert!(validator.is_valid(idea));
    for (fact, value) in
        [("title", Value::Null), ("hours", "175".into()), ("mentors", Value::Null), ("difficulty", vec!["trivial"].into())]
    {
        let mut wrong = idea.clone();
        wrong[fact] = value;
        assert!(!validator.is_valid(&wrong), "{fact}: {}", wrong[fact]);
    }
}

#[test]
fn a_fact_may_be_null_or_empty_but_never_missing() {
    let schema: Value = serde_json::from_str(&Subject::Idea.json()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let idea = &list(&ideas(CATALOGUES[1], "json"))[0];
    for fact in idea.as_object().unwrap().keys() {
        let mut wrong = idea.clone();
        wrong.as_object_mut().unwrap().remove(fact);
        assert!(!validator.is_valid(&wrong), "{fact}");
    }
}

#[test]
fn engines_know_every_fact() {
    let read = |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(name)).unwrap();
    let idea = &list(&ideas(CATALOGUES[1], "json"))[0];
    let facts = |of: &Value| -> BTreeSet<String> { of.as_object().unwrap().keys().cloned().collect() };

    let sql = read("duckdb.sql");
    let columns: BTreeSet<String> =
        sql.lines().filter_map(|line| Some(line.strip_prefix("  ")?.split_once(": '")?.0.trim_matches('"').to_owned())).collect();
    assert_eq!(columns, facts(idea));
    for (column, within) in [("mentors", &idea["mentors"][0]), ("source", &idea["source"])] {
        let declared = sql.lines().find_map(|line| line.trim().strip_prefix(&format!("{column}: 'STRUCT("))).unwrap();
        let declared: BTreeSet<String> =
            declared.split(", ").filter_map(|field| Some(field.split_once(' ')?.0.to_owned())).collect();
        assert_eq!(declared, facts(within), "{column}");
    }

    let quickwit: Value = serde_saphyr::from_str(&read("quickwit.yaml")).unwrap();
    let fields = &quickwit["doc_mapping"]["field_mappings"];
    let names = |fields: &Value| -> BTreeSet<String> {
        fields.as_array().unwrap().iter().map(|field| field["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(fields), facts(idea));
    let source = fields.as_array().unwrap().iter().find(|field| field["name"] == "source").unwrap();
    assert_eq!(names(&source["field_mappings"]), facts(&idea["source"]));
    for field in quickwit["search_settings"]["default_search_fields"].as_array().unwrap() {
        assert!(names(fields).contains(field.as_str().unwrap()), "{field}");
    }
}

#[test]
fn ndjson_and_yaml_hold_the_same_as_json() {
    for catalogue in CATALOGUES {
        let json = list(&ideas(catalogue, "json"));
        let lines: Vec<Value> = ideas(catalogue, "ndjson").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines, json);
        let yaml: Vec<Value> = serde_saphyr::from_str(&ideas(catalogue, "yaml")).unwrap();
        for (yaml, json) in yaml.iter().zip(&json) {
            assert_eq!(yaml, json);
        }
        assert_eq!(yaml.len(), json.len());
    }
}

#[test]
fn comparisons_and_shortlists_keep_their_schemas() {
    let ids = ["copacetic-wiz-scanning-support", "harbor-harbor-cli"];
    let compared = run(&["compare", ids[0], ids[1], "--skills", "go,react", "--format", "json"]);
    let data = tempfile::tempdir().unwrap();
    let here = |args: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_ideas"))
            .env("IDEAS_CONFIG_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/no-settings"))
            .env("IDEAS_DATA_DIR", data.path())
            .current_dir(data.path())
            .args(args)
            .output()
            .unwrap();
        assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).unwrap()
    };
    here(&["shortlist", "add", ids[0], ids[1]]);
    let listed = list(&here(&["shortlist", "list", "--format", "json"]));
    assert_eq!(listed.len(), 2);
    for (subject, said, field) in [
        (Subject::Compare, serde_json::from_str(&compared).unwrap(), "facts"),
        (Subject::Shortlist, listed[0].clone(), "changed"),
    ] {
        let schema: Value = serde_json::from_str(&subject.json()).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let faults: Vec<String> = validator.iter_errors(&said).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{faults:#?} in {said:#}");
        let mut wrong = said;
        wrong.as_object_mut().unwrap().remove(field);
        assert!(!validator.is_valid(&wrong), "without {field}");
    }
}
