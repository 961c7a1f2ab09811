//! The proposal form as the programme's automation decides about it: a change to a filled form, and what is said then.
//!
//! Where that automation lies beside the repository (`../shared/cncf-form`), it is run on the same proposals and must
//! say the same.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::path::Path;
use std::process::Command;

use mentorship_ideas::lint::{self, Level, Limits, Template, fix};
use mentorship_ideas::text::Source;

const ADA: &str = "Ada Brook | @ada-brook | ada@example.org | adabrook";
const BO: &str = "Bo Reed | @boreed | bo.reed@example.org | boreed";
const ISSUE: &str = "https://github.com/cloud-kitchen/kitchen/issues/12";
const CHALLENGE: &str = "https://github.com/cloud-kitchen/kitchen/blob/main/challenge.md";

fn form() -> &'static Template {
    Template::named("lfx-form").unwrap()
}

/// What is said of a proposal: `level code: text`.
fn said(text: &str) -> Vec<String> {
    let (page, findings) = lint::page(Source::new("proposal.md", text), Some(form())).unwrap();
    let pages = [page];
    let found = lint::catalog(&pages, findings, &Limits::default()).findings;
    let said = |finding: &lint::Finding| {
        let at = pages[0].source.slice(finding.span);
        format!("{} {}: {}", finding.level.as_str(), finding.code, at.chars().take(60).collect::<String>())
    };
    found.iter().map(said).collect()
}

/// The form with pieces changed, each of which stands there once.
fn changed(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(form().example.to_owned(), |text, (good, bad)| {
        assert_eq!(text.matches(good).count(), 1, "{good:?} stands there once");
        text.replacen(good, bad, 1)
    })
}

#[track_caller]
fn table(rows: &[(&str, &str, &[&str])]) {
    for (good, bad, verdict) in rows {
        assert_eq!(said(&changed(&[(good, bad)])), *verdict, "{good:?} became {bad:?}");
    }
}

#[test]
fn headings_are_compared_character_for_character() {
    assert_eq!(said(form().example), [""; 0]);
    let gone = |heading: &str| format!("error form-section: {heading}");
    for line in [
        "### technologies",
        "### **Technologies**",
        "### Technologies:",
        "#### Technologies",
        "**Technologies**",
        " ### Technologies",
    ] {
        let found = said(&changed(&[("### Technologies\n", &format!("{line}\n"))]));
        assert_eq!(
            found.iter().filter(|said| **said == gone(line) || **said == gone(line.trim_start())).count(),
            1,
            "{line}: {found:?}"
        );
        assert!(found.iter().any(|said| said.starts_with("error empty-field: ")), "{line}: {found:?}");
    }
    table(&[
        (
            "### Custom Prerequisite — File Upload",
            "### Custom Prerequisite - File Upload",
            &["error form-section: ### Custom Prerequisite - File Upload"],
        ),
        ("### Technologies\n", "###   Technologies  \n", &[]),
    ]);
    // Without a line break a heading at the end is none.
    let cut = form().example.split_once("— File Upload").unwrap().0.to_owned() + "— File Upload";
    assert_eq!(said(&cut), ["error form-section: ### Custom Prerequisite — File Upload"]);
    assert_eq!(said(&(cut + "\n")), [""; 0]);
}

#[test]
fn sections_stand_in_any_order_and_the_last_of_two_counts() {
    let sections: Vec<&str> = form().example.split_inclusive("\n\n### ").collect();
    assert_eq!(sections.len(), 15);
    let term = "### Term\n\n2026 Term 3 (Sep-Nov)\n\n";
    let moved = changed(&[(term, "")]) + "\n" + term;
    assert_eq!(said(&moved), [""; 0]);
    let twice = form().example.to_owned() + "\n### Technologies\n\n_No response_\n";
    assert_eq!(said(&twice), ["error empty-field: Technologies"]);
    // What the programme's bot writes below is no answer.
    let bot = form().example.to_owned() + "\n<!-- lfx-url:start -->\n### Technologies\n\n_No response_\n<!-- lfx-url:end -->\n";
    assert_eq!(said(&bot), [""; 0]);
    for at in 0..sections.len() {
        let heading = form().example.split("### ").nth(at + 1).unwrap().lines().next().unwrap();
        let kept = form().example.split("### ").enumerate().filter(|(place, _)| *place != at + 1 && *place > 0);
        let without = kept.fold(String::new(), |text, (_, section)| text + "### " + section);
        assert!(
            said(&without).iter().any(|said| said.starts_with("error form-section: ")),
            "without {heading}: {:?}",
            said(&without)
        );
    }
}

#[test]
fn fields_are_empty_or_not() {
    table(&[
        ("Cloud Kitchen\n", "_No response_\n", &["error empty-field: CNCF Project"]),
        ("2026 Term 3 (Sep-Nov)", "", &["error empty-field: Term"]),
        ("Go, Kubernetes\n", "_No response_\n", &["error empty-field: Technologies"]),
        // It passes, and says nothing.
        ("Go, Kubernetes\n", "TBD\n", &["warning placeholder: TBD"]),
        ("2026 Term 3 (Sep-Nov)", "TBD", &["warning placeholder: TBD"]),
    ]);
    let (start, rest) = form().example.split_once("Recipes lie").unwrap();
    let end = &rest[rest.find("\n\n### Technologies").unwrap()..];
    let described = |text: &str| said(&format!("{start}{text}{end}"));
    for (text, verdict) in [
        ("x".repeat(3000), &[][..]),
        ("x".repeat(3001), &["error description-length"]),
        // A character outside of the first plane is two, and so is the line break of Windows.
        ("🍲".repeat(1500), &[]),
        ("🍲".repeat(1501), &["error description-length"]),
        ("x\r\n".repeat(1000) + "x", &["error description-length"]),
        ("## Description\n\n## Expected outcomes".to_owned(), &["warning placeholder"]),
        (String::new(), &["error empty-field"]),
    ] {
        let found: Vec<String> = described(&text).iter().map(|said| said.split(':').next().unwrap().to_owned()).collect();
        assert_eq!(found, verdict, "{} characters", text.len());
    }
    // `CNCF - Cloud Kitchen: … (2026 Term 3)` leaves room for 64.
    let title = |text: String| said(&changed(&[("Keep recipes in a registry", &text)])).len();
    assert_eq!([title("x".repeat(64)), title("x".repeat(65)), title("é".repeat(64)), title("🍲".repeat(33))], [0, 1, 0, 1]);
}

#[test]
fn mentors_are_lines_of_four_parts() {
    table(&[
        (BO, "Bo Reed | boreed | bo.reed@example.org | boreed", &["error mentor-handle-format: boreed"]),
        (
            BO,
            "Bo Reed | [@boreed](https://github.com/boreed) | bo.reed@example.org | boreed",
            &["error mentor-handle-format: [@boreed](https://github.com/boreed)"],
        ),
        (BO, "Bo Reed | `@boreed` | bo.reed@example.org | boreed", &["error mentor-handle-format: `@boreed`"]),
        (BO, "Bo Reed | @bo--reed | bo.reed@example.org | boreed", &["error mentor-handle-format: @bo--reed"]),
        (BO, "Bo Reed | | bo.reed@example.org | boreed", &["error mentor-handle-missing: | |"]),
        // Two defects are two findings.
        (
            BO,
            "Bo Reed | boreed | bo.reed | boreed",
            &["error mentor-handle-format: boreed", "error mentor-email-format: bo.reed"],
        ),
        (
            BO,
            "Bo Reed | bo.reed@example.org | @boreed | boreed",
            &["error mentor-handle-format: bo.reed@example.org", "error mentor-email-format: @boreed"],
        ),
        (BO, "Bo Reed | @boreed | mailto:bo.reed@example.org | boreed", &[]),
        (BO, "Bo Reed | @boreed | <bo.reed@example.org> | boreed", &[]),
        (BO, "Bo Reed | @boreed | [bo](mailto:bo.reed@example.org) | boreed", &[]),
        (BO, "Bo Reed | @boreed | [bo](https://example.org) | boreed", &["error mentor-email-format: [bo](https://example.org)"]),
        (BO, "Bo Reed | @boreed | bo.reed at example.org | boreed", &["error mentor-email-format: bo.reed at example.org"]),
        // It passes, and no mail arrives there.
        (BO, "Bo Reed | @boreed | bo.reed@example..org | boreed", &["warning mentor-email-format: bo.reed@example..org"]),
        (BO, "Bo Reed | @boreed | bo.reed@example.org | @boreed", &["error mentor-lfid: @boreed"]),
        (BO, "Bo Reed | @boreed | bo.reed@example.org | N/A", &["error mentor-lfid: N/A", "warning mentor-placeholder: N/A"]),
        (BO, "Bo Reed | @boreed | bo.reed@example.org | TBD", &["warning mentor-placeholder: TBD"]),
        (BO, "Bo Reed | @boreed | bo.reed@example.org | `boreed`", &[]),
        (BO, "Bo Reed | @boreed | bo.reed@example.org", &["error mentor-lfid: Bo Reed | @boreed | bo.reed@example.org"]),
        (
            BO,
            "Bo Reed | @boreed | bo.reed@example.org | boreed | primary",
            &["error mentor-separator: Bo Reed | @boreed | bo.reed@example.org | boreed | primary"],
        ),
        (
            BO,
            "Bo Reed \\| @boreed | bo.reed@example.org | boreed | x",
            &["error mentor-separator: Bo Reed \\| @boreed | bo.reed@example.org | boreed | x"],
        ),
        (BO, "<!-- not yet -->\nBo Reed | @boreed | bo.reed@example.org | boreed", &["error mentor-separator: <!-- not yet -->"]),
        (BO, "| @boreed | bo.reed@example.org | boreed", &["error mentor-separator: |"]),
        (
            BO,
            "Bo Reed | @Ada-Brook | ADA@example.org | AdaBrook",
            &[
                "error mentor-duplicate: @Ada-Brook",
                "error mentor-duplicate: ADA@example.org",
                "error mentor-duplicate: AdaBrook",
            ],
        ),
        (BO, "", &["warning mentor-count: Mentors"]),
    ]);
    assert_eq!(said(&changed(&[(ADA, ""), (BO, "_No response_")])), ["error mentor-count: Mentors"]);
    let line = |n: usize| format!("Cy | @cy{n} | cy{n}@example.org | cy{n}\n");
    let many = |count: usize| said(&changed(&[(ADA, &(0..count).map(line).collect::<String>())]));
    assert_eq!(many(3), [""; 0]);
    assert_eq!(many(4), [format!("error mentor-count: {BO}")]);
}

#[test]
fn the_upstream_issue_is_one_url() {
    let two = format!("{ISSUE},{ISSUE}3");
    let linked = format!("[the issue]({ISSUE})");
    let bracketed = format!("<{ISSUE}>");
    for (bad, verdict) in [
        ("http://github.com/cloud-kitchen/kitchen/issues/12", &[][..]),
        (&bracketed, &["error url-format"]),
        (&linked, &["error url-format"]),
        ("TBD", &["error url-format"]),
        ("https://a.example/1 https://a.example/2", &["error url-format"]),
        (&two, &["error upstream-count"]),
        ("https://github.com/cloud-kitchen/kitchen/issues/12,", &["error upstream-count"]),
        ("https://a.example/1;https://a.example/2", &["warning upstream-count"]),
        ("_No response_", &["error empty-field"]),
    ] {
        let found: Vec<String> =
            said(&changed(&[(ISSUE, bad)])).iter().map(|said| said.split(':').next().unwrap().to_owned()).collect();
        assert_eq!(found, verdict, "{bad}");
    }
}

#[test]
fn boxes_and_answers_agree() {
    let same = "- [ ] Yes, the required skills are the same";
    let custom = "- [x] Custom Prerequisite (fill in details below)";
    let text = "Tell us in three sentences how your favourite soup is cooked.";
    let kinds = |changes: &[(&str, &str)]| {
        let kind = |said: &String| said.split(':').next().unwrap().to_owned();
        said(&changed(changes)).iter().map(kind).collect::<Vec<_>>()
    };
    let list = ("Go, Git, Kubernetes", "_No response_");
    let nothing = "_No response_";
    for (changes, verdict) in [
        (&[list][..], &["error form-choice"][..]),
        (&[(same, "- [x] Yes, the required skills are the same")], &["warning form-choice"]),
        (&[(same, "* [X] Yes, the required skills are the same"), list], &[]),
        (&[(CHALLENGE, nothing)], &["error prerequisite"]),
        (&[(CHALLENGE, "[here](https://example.org)")], &["error url-format"]),
        (&[("- [x] Coding Challenge", "- [ ] Coding Challenge")], &["error prerequisite"]),
        (&[("- [x] Coding Challenge", "- [ ] Coding Challenge"), (CHALLENGE, "N/A")], &["error prerequisite"]),
        (&[("- [x] Coding Challenge", "- [ ] Coding Challenge"), (CHALLENGE, nothing)], &[]),
        (&[("- [x] Coding Challenge", "  - [x] Coding Challenge")], &["error prerequisite"]),
        (&[(custom, "- [x] Custom Prerequisite")], &["error prerequisite"]),
        (&[(custom, "- [ ] Custom Prerequisite (fill in details below)"), ("Favourite soup", nothing), (text, nothing)], &[]),
        (
            &[(custom, "- [ ] Custom Prerequisite (fill in details below)"), ("Favourite soup", "None"), (text, nothing)],
            &["error prerequisite", "warning placeholder", "error prerequisite"],
        ),
        (&[("Favourite soup", nothing)], &["error prerequisite"]),
        (&[(text, nothing)], &["error prerequisite"]),
        (&[("Favourite soup", "twenty-one characters")], &["error prerequisite"]),
        (&[("Favourite soup", "🍲🍲🍲🍲🍲🍲🍲🍲🍲🍲")], &[]),
    ] {
        assert_eq!(kinds(changes), verdict, "{changes:?}");
    }
}

#[test]
fn what_is_meant_is_written() {
    for (good, bad) in [
        (BO, "Bo Reed | boreed | bo.reed@example.org | boreed".to_owned()),
        (BO, "Bo Reed | https://github.com/boreed | bo.reed@example.org | boreed".to_owned()),
        (BO, "Bo Reed | `@boreed` | bo.reed@example.org | boreed".to_owned()),
        (BO, "Bo Reed | bo.reed@example.org | @boreed | boreed".to_owned()),
        (BO, "Bo Reed | @boreed | bo.reed (at) example.org | boreed".to_owned()),
        (ISSUE, format!("<{ISSUE}>")),
        (ISSUE, format!("[the issue]({ISSUE})")),
        (ISSUE, format!("{ISSUE},")),
        ("### Technologies", "### **Technologies:**".to_owned()),
        ("— File Upload", "- File Upload".to_owned()),
    ] {
        let text = changed(&[(good, &bad)]);
        let (_, findings) = lint::page(Source::new("proposal.md", text.as_str()), Some(form())).unwrap();
        assert_eq!(fix::apply_all(&text, &findings).0, form().example, "{bad}");
    }
    // Nobody is made up.
    let nobody = changed(&[(BO, "Bo Reed | TBD | TBD | TBD")]);
    let (_, findings) = lint::page(Source::new("proposal.md", nobody.as_str()), Some(form())).unwrap();
    assert_eq!(fix::apply_all(&nobody, &findings).0, nobody);
}

#[test]
fn a_file_belongs_to_a_custom_prerequisite() {
    let file = "- [ ] Yes — completion of this task requires the mentee to submit a file.";
    let with_file = (file, "- [x] Yes — completion of this task requires the mentee to submit a file.");
    assert_eq!(said(&changed(&[with_file])), [""; 0]);
    let nothing = "_No response_";
    let text = "Tell us in three sentences how your favourite soup is cooked.";
    let custom = ("- [x] Custom Prerequisite", "- [ ] Custom Prerequisite");
    assert_eq!(
        said(&changed(&[with_file, custom, ("Favourite soup", nothing), (text, nothing)])),
        ["warning prerequisite: - [x] Yes — completion of this task requires the mentee to s"]
    );
}

#[test]
fn a_proposal_is_known_by_its_headings() {
    let text = "### CNCF Project\n\nx\n\n### Term\n\nx\n\n### Program Description\n\nx\n\n### Mentors\n\nx\n";
    let (page, findings) = lint::page(Source::new("proposal.md", text), None).unwrap();
    assert_eq!(page.template, "lfx-form");
    assert!(findings.iter().any(|finding| finding.code == "form-section" && finding.level == Level::Error));
}

/// What the programme's automation makes of proposals: how many errors and warnings.
const ORACLE: &str = r"
const fs = require('fs'), root = process.argv[1];
const code = fs.readFileSync(root + '/workflows/lfx-proposal-validate.yml', 'utf8');
const check = code.slice(code.indexOf('const fields = parseIssueForm(body);'), code.indexOf('// Structural completeness'));
const Module = require('module'), load = Module._load;
Module._load = (name, ...rest) => name === 'js-yaml' ? {} : load(name, ...rest); // reads the form's headings, which are not asked for here
const names = Object.assign({}, ...['parse', 'validate', 'title'].map((name) => require(`${root}/automation/lib/${name}.js`)));
const run = new Function('body', ...Object.keys(names), check + '\nreturn [errors.length, warnings.length];');
console.log(JSON.stringify(JSON.parse(fs.readFileSync(0, 'utf8')).map((body) => run(body, ...Object.values(names)))));
";

#[test]
fn the_automation_itself_says_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cncf-form");
    let has_node = Command::new("node").arg("--version").output().is_ok_and(|output| output.status.success());
    if !root.is_dir() || !has_node {
        eprintln!("SKIPPED: {} is not there, or node is not", root.display());
        return;
    }
    // Each answer of the form replaced by each of these; and each line taken away that is no heading.
    let answers = [
        "_No response_",
        "",
        "TBD",
        "N/A",
        "x",
        "https://example.org/1",
        "<https://example.org/1>",
        "https://a.example,https://b.example",
        ADA,
        "- [x] Resume",
        "- [x] Coding Challenge",
        "* [x] x",
        "🍲🍲🍲🍲🍲🍲🍲🍲🍲🍲🍲",
        "## Head",
        "\u{a0}",
        "\u{85}",
        "\u{feff}",
        "A | @a | <a@b.c> | a\nA | @A | mailto:a@b.c | A",
        "A|a|a|a|a\n|||\n||",
        "| @a | a@b | a b\n\nB | | b@c.d |",
        "- [x] Custom Prerequisite (fill in details below)",
    ];
    let sections: Vec<&str> = form().example.split("### ").skip(1).collect();
    let mut bodies: Vec<String> = Vec::new();
    for at in 0..sections.len() {
        for answer in answers {
            let section = |(place, text): (usize, &&str)| {
                let heading = text.lines().next().unwrap();
                if place == at { format!("### {heading}\n\n{answer}\n\n") } else { format!("### {text}") }
            };
            bodies.push(sections.iter().enumerate().map(section).collect());
        }
    }
    for line in form().example.lines().filter(|line| !line.is_empty() && !line.starts_with("### ")) {
        bodies.push(form().example.replacen(&format!("{line}\n"), "\n", 1));
        bodies.push(form().example.replacen(line, &format!("{line}\r"), 1).replace('\n', "\r\n"));
    }
    let mut child = Command::new("node");
    child.arg("-e").arg(ORACLE).arg(root).stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    let mut child = child.spawn().unwrap();
    serde_json::to_writer(child.stdin.take().unwrap(), &bodies).unwrap();
    let said_there: Vec<(usize, usize)> = serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(said_there.len(), bodies.len());
    for (body, (errors, warnings)) in bodies.iter().zip(said_there) {
        let found = said(body);
        let here = found.iter().filter(|said| said.starts_with("error")).count();
        let asked = ["warning form-choice", "warning mentor-count"];
        let softer = found.iter().filter(|said| asked.iter().any(|code| said.starts_with(code))).count();
        assert_eq!((here, softer), (errors, warnings), "{found:?}\n{body}");
    }
}
