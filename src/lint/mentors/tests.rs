//! What the linter says of mentors, however they are written.

use crate::lint::{self, Template, fix};
use crate::text::Source;

/// What is found on the example page of a template once `bad` stands in place of `good`: codes and what they underline.
/// The page before it is clean. What can be mended is mended, and must not come back.
fn found(template: &str, good: &str, bad: &str) -> Vec<String> {
    let template = Template::named(template).unwrap();
    assert_eq!(template.example.matches(good).count(), 1, "{good}");
    found_on("page.md", &template.example.replace(good, bad), template)
}

fn found_on(path: &str, text: &str, template: &Template) -> Vec<String> {
    let findings = |text: &str| lint::page(Source::new(path, text), Some(template)).unwrap();
    let (page, before) = findings(text);
    let show = |finding: &lint::Finding| format!("{} {}", finding.code, page.source.slice(finding.span));
    let (fixed, mended) = fix::apply_all(text, &before);
    let (fixed_page, after) = findings(&fixed);
    assert_eq!(after.len() + mended, before.len(), "{text}\nbecame\n{fixed}\n{after:#?}");
    let safe = |page: &lint::Linted| page.ideas.iter().map(|idea| idea.mentors.len()).collect::<Vec<_>>();
    assert_eq!(safe(&page), safe(&fixed_page), "{fixed}");
    before.iter().map(show).collect()
}

#[test]
fn lines_in_the_templates_layout() {
    let mut wrong = Vec::new();
    for (line, findings) in [
        // As people write it, and nobody minds.
        ("Bo Reed (@boreed, bo.reed@example.org)", &[][..]),
        ("Bo Reed (@boreed , bo.reed@example.org)", &[]),
        ("Bo Reed(@boreed,bo.reed@example.org)", &[]),
        ("Bo Reed: (@boreed, bo.reed@example.org)", &[]),
        ("Bo Reed (@boreed, bo.reed@example.org), Kitchens Inc", &[]),
        ("Bo Reed (@boreed, bo.reed@example.org) from Cloud Kitchen - primary", &[]),
        ("Bo Reed (@boreed, bo.reed@example.org) – maintainer of the kitchen.", &[]),
        ("Primary Mentor: Bo Reed (@boreed, bo.reed@example.org)", &[]),
        ("**Bo Reed** (`@boreed`, *bo.reed@example.org*)", &[]),
        ("Bo Reed (bo.reed@example.org, @boreed)", &[]),
        ("Reed, Bo (@boreed, bo.reed@example.org)", &[]),
        ("Bo Reed, @boreed, bo.reed@example.org", &[]),
        ("Bo Reed @boreed <bo.reed@example.org>", &[]),
        ("Bo Reed (@boreed) <bo.reed@example.org>", &[]),
        ("Bo Reed ([@boreed](https://github.com/boreed), [bo.reed@example.org](mailto:bo.reed@example.org))", &[]),
        ("Bo Reed (@[boreed](https://github.com/boreed), <bo.reed@example.org>)", &[]),
        ("[Bo Reed](https://github.com/boreed) (bo.reed@example.org)", &[]),
        ("Bo Reed (https://github.com/boreed, bo.reed@example.org)", &[]),
        ("Bo Reed (@boreed, bo.reed (at) example (dot) org)", &[]),
        ("Bo Reed (@boreed, bo.reed AT example.org)", &[]),
        ("Bo Reed (@boreed, bo.reed@example (dot) org)", &[]),
        ("Bo Reed (@boreed, Email: bo.reed@example.org)", &[]),
        ("Bo Reed (@boreed, bo.reed@example.org, @bo on Slack)", &[]),
        ("Bo Reed (@boreed, bo.reed@example.org, @bo_reed on Slack)", &[]),
        ("Bo Reed (@boreed, bo.reed@example.org, https://fosstodon.example/@bo_reed)", &[]),
        ("Bo（Rufus）Reed（@boreed，bo.reed@example.org）", &[]),
        // Handles.
        ("Bo Reed (boreed, bo.reed@example.org)", &["mentor-handle-format boreed"]),
        ("Bo Reed (@bo_reed, bo.reed@example.org)", &["mentor-handle-format @bo_reed"]),
        ("Bo Reed (@bo.reed, bo.reed@example.org)", &["mentor-handle-format @bo.reed"]),
        ("Bo Reed (@bo--reed, bo.reed@example.org)", &["mentor-handle-format @bo--reed"]),
        ("Bo Reed (@kitchen/cooks, bo.reed@example.org)", &["mentor-handle-format @kitchen/cooks"]),
        ("Bo Reed (bo_reed, bo.reed@example.org)", &["mentor-handle-format bo_reed"]),
        ("@bo_reed", &["mentor-email-missing @bo_reed", "mentor-handle-format @bo_reed"]),
        ("Bo Reed (bo.reed@example.org)", &["mentor-handle-missing Bo Reed"]),
        ("Bo Reed <bo.reed@example.org>", &["mentor-handle-missing Bo Reed"]),
        ("Bo Reed ([@bo](https://example.org/bo), bo.reed@example.org)", &["mentor-handle-missing Bo Reed"]),
        // Addresses.
        ("Bo Reed (@boreed)", &["mentor-email-missing Bo Reed"]),
        ("Bo Reed (@boreed, Kitchens Inc)", &["mentor-email-missing Bo Reed"]),
        ("@boreed", &["mentor-email-missing boreed"]),
        ("Bo Reed (@boreed, bo.reed@)", &["mentor-email-format bo.reed@"]),
        ("Bo Reed (@boreed, bo.reed@example)", &["mentor-email-format bo.reed@example"]),
        ("Bo Reed (@boreed, bo.reed@example,org)", &["mentor-email-format bo.reed@example"]),
        ("Bo Reed (@boreed, bo.reed@example.)", &["mentor-email-format bo.reed@example"]),
        ("Bo Reed (@boreed, bo.reed@@example.org)", &["mentor-email-format bo.reed@@example.org"]),
        ("Bo Reed (@boreed, bo@reed@example.org)", &["mentor-email-format bo@reed@example.org"]),
        ("Bo Reed (@boreed, bo reed @example.org)", &["mentor-email-format @example.org"]),
        ("Bo Reed (@boreed, bo.reed@exam ple.org)", &["mentor-email-format bo.reed@exam"]),
        ("Bo Reed (@boreed, @bo.reed@example.org)", &["mentor-email-format @bo.reed@example.org"]),
        ("Bo Reed (@boreed, bo.reed.example.org)", &["mentor-email-format bo.reed.example.org"]),
        ("Bo Reed (@boreed, bo.reed at example)", &["mentor-email-format bo.reed at example"]),
        ("Bo Reed (@boreed, bo.reed@example.org/)", &["mentor-email-format /"]),
        ("Bo Reed (@boreed, bo.reed@example.org>)", &["mentor-email-format >"]),
        ("Bo Reed (@boreed, bo.reed@example.org.)", &["mentor-email-format ."]),
        ("Bo Reed (@boreed, bo.reed@example.org;)", &["mentor-email-format ;"]),
        ("Bo Reed (@boreed, mailto:bo.reed@example.org)", &["mentor-email-format mailto:bo.reed@example.org"]),
        // Both.
        ("Bo Reed", &["mentor-email-missing Bo Reed", "mentor-handle-missing Bo Reed"]),
        // Commas.
        ("Bo Reed (@boreed bo.reed@example.org)", &["mentor-separator  "]),
        ("Bo Reed (@boreed; bo.reed@example.org)", &["mentor-separator ; "]),
        ("Bo Reed (@boreed - bo.reed@example.org)", &["mentor-separator  - "]),
        ("Bo Reed (@boreed / bo.reed@example.org)", &["mentor-separator  / "]),
        ("Bo Reed (@boreed | bo.reed@example.org)", &["mentor-separator  | "]),
        ("Bo Reed (bo.reed@example.org @boreed)", &["mentor-separator  "]),
        ("Bo Reed (@boreed email bo.reed@example.org)", &["mentor-separator  email "]),
        ("Bo Reed @boreed bo.reed@example.org", &["mentor-separator  "]),
        ("Bo Reed ([@boreed](https://github.com/boreed) bo.reed@example.org)", &["mentor-separator  "]),
        // Who is named twice.
        ("Ada Brook (@ada-brook, ada@example.org)", &["mentor-duplicate ada-brook"]),
        ("Bo Reed (@ADA-brook, bo.reed@example.org)", &["mentor-duplicate ADA-brook"]),
        ("Bo Reed (@boreed, ADA@example.org)", &["mentor-duplicate ADA@example.org"]),
        // Nobody.
        ("TBD", &["mentor-placeholder TBD"]),
        ("**TBA**", &["mentor-placeholder TBA"]),
        ("tbd.", &["mentor-placeholder tbd."]),
        ("_None yet_", &["mentor-placeholder None yet"]),
        ("Looking for mentors", &["mentor-placeholder Looking for mentors"]),
        (
            "Looking for a second mentor, please get in touch",
            &["mentor-placeholder Looking for a second mentor, please get in touch"],
        ),
        ("Second mentor: TBD", &["mentor-placeholder Second mentor: TBD"]),
        ("Co-mentor TBD", &["mentor-placeholder Co-mentor TBD"]),
        ("TBD (@tbd, tbd@example.org)", &["mentor-placeholder TBD (@tbd, tbd@example.org)"]),
        ("Bo Reed (@boreed, TBD)", &["mentor-placeholder TBD"]),
        ("Bo Reed (TBD, bo.reed@example.org)", &["mentor-placeholder TBD"]),
        ("Bo Reed (@TBD, bo.reed@example.org)", &["mentor-placeholder @TBD"]),
        ("Bo Reed (TBD)", &["mentor-placeholder TBD"]),
        ("Bo Reed (@boreed, bo.reed@example.org), TBD", &["mentor-placeholder TBD"]),
        // The template's own words are another rule's.
        ("Mentor Name (@mentor_github, mentor@email.addy)", &[]),
        ("Mentor Name (@boreed, bo.reed@example.org)", &[]),
        ("Bo Reed (@mentor_github, bo.reed@example.org)", &[]),
        ("Bo Reed (@boreed, mentor@email.addy)", &[]),
    ] {
        let good = "Ada Brook (@ada-brook, ada@example.org)\n  - Bo Reed (@boreed, bo.reed@example.org)";
        let bad = format!("Ada Brook (@ada-brook, ada@example.org)\n  - {line}");
        let mentors: Vec<String> =
            found("lfx", good, &bad).into_iter().filter(|finding| !finding.starts_with("placeholder")).collect();
        let mentors: Vec<String> = mentors.into_iter().filter(|finding| !finding.starts_with("full-width")).collect();
        wrong.extend((mentors != findings).then(|| format!("{line}: {mentors:?}")));
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn pages_of_another_layout_say_it_their_way() {
    let gsoc = Template::named("cncf-gsoc").unwrap();
    let about = "Soups are tasted by hand, and nobody writes down what was found; this should change for good.";
    for (mentors, findings) in [
        ("Ada Brook, Bo Reed", &[][..]),
        ("Ada Brook (ada), Bo Reed (Kitchens Inc)", &[]),
        ("@ada-brook @boreed", &[]),
        ("Ada Brook <ada@example.org> (ada on #soup IRC), Bo Reed <bo@example.org>", &[]),
        ("Ada Brook (@ada:matrix.example), Bo Reed (@bo@fosstodon.example)", &[]),
        ("Ada Brook (@ada_b on Zulip), Bo Reed", &[]),
        ("Ada Brook @ada-brook ada@example.org, Bo Reed", &[]),
        ("Ada Brook", &["mentor-count Mentors"]),
        ("", &["mentor-count Mentors"]),
        ("Ada Brook, TBD", &["mentor-placeholder TBD"]),
        ("Ada Brook (@ada_b), Bo Reed", &["mentor-handle-format @ada_b"]),
        ("Ada Brook <ada@example>, Bo Reed", &["mentor-email-format ada@example"]),
        ("Ada Brook (@ada), Bo Reed (@Ada)", &["mentor-duplicate Ada"]),
        ("Ada Brook, Bo Reed\n\n**Contact**: ada@example.org", &[]),
        ("Ada Brook (@ada), Bo Reed\n\n**Contact**: Ada Brook (@ada)", &[]),
        ("Ada Brook (@ada)\n\n**Co-mentor**: TBD", &["mentor-placeholder TBD"]),
        ("\n\n- Ada Brook\n- Bo Reed\n\nContact mentors for more about this project.", &[]),
    ] {
        let text = format!(
            "## Taste soups\n\n{about}\n\n**Skills**: Go\n\n**Project size**: 175 hours\n\n**Difficulty**: easy\n\n**Mentors**: {mentors}\n"
        );
        assert_eq!(found_on("page.md", &text, gsoc), findings, "{mentors}");
    }
}

#[test]
fn who_answers_for_an_idea() {
    let good = "  - Ada Brook (@ada-brook, ada@example.org) - primary\n  - Bo Reed (@boreed, bo.reed@example.org)\n";
    for (bad, findings) in [
        ("  - Ada Brook (@ada-brook, ada@example.org), primary\n  - Bo Reed (@boreed, bo.reed@example.org)\n", &[][..]),
        ("  - Ada Brook (@ada-brook, ada@example.org) (lead)\n  - Bo Reed (@boreed, bo.reed@example.org)\n", &[]),
        ("  - Primary: Ada Brook (@ada-brook, ada@example.org)\n  - Bo Reed (@boreed, bo.reed@example.org)\n", &[]),
        (
            "  - Ada Brook (@ada-brook, ada@example.org)\n  - Bo Reed (@boreed, bo.reed@example.org)\n",
            &["mentor-primary Mentor(s)"],
        ),
        ("  - Ada Brook (@ada-brook, ada@example.org)\n", &["mentor-count Mentor(s)"]),
        ("  - Ada Brook (@ada-brook, ada@example.org)\n  - TBD\n", &["mentor-placeholder TBD"]),
        (
            "  - Ada Brook (@ada-brook, ada@example.org) - Primary\n  - Bo Reed (@boreed, bo.reed@example.org) - primary\n",
            &["mentor-primary primary"],
        ),
        ("", &["mentor-count Mentor(s)"]),
        ("  - Jane Doe (@jane-github, jane@email.address) - primary\n  - John Doe (@john-github, john@email.address)\n", &[]),
    ] {
        let found: Vec<String> =
            found("cncf-gsoc", good, bad).into_iter().filter(|finding| !finding.starts_with("placeholder")).collect();
        assert_eq!(found, findings, "{bad}");
    }
}

#[test]
fn mentors_of_an_export() {
    let form = Template::named("lfx-form").unwrap();
    let ada = r#"{"name": "Ada Brook", "github_handle": "ada-brook", "email": "ada@example.org", "lfid": "adabrook", "role": "primary"}"#;
    for (mentors, findings) in [
        (ada.to_owned(), &[][..]),
        (ada.replace("\"ada-brook", "\"@ada-brook"), &[]),
        (ada.replace("\"ada-brook", "\"ada_brook"), &["mentor-handle-format ada_brook"]),
        (ada.replace("\"ada-brook", "\"https://github.com/ada-brook"), &["mentor-handle-format https://github.com/ada-brook"]),
        (ada.replace("\"ada-brook", "\""), &["mentor-handle-missing github_handle"]),
        (ada.replace("\"ada-brook\"", "null"), &["mentor-handle-missing github_handle"]),
        (ada.replace("ada@example.org", "ada@"), &["mentor-email-format ada@"]),
        (ada.replace("ada@example.org", "mailto:ada@example.org"), &["mentor-email-format mailto:ada@example.org"]),
        (ada.replace("ada@example.org", "<ada@example.org>"), &[]),
        (ada.replace("ada@example.org", ""), &["mentor-email-missing email"]),
        (ada.replace("\"email\": \"ada@example.org\", ", ""), &["mentor-email-missing Ada Brook"]),
        (ada.replace("ada@example.org", "TBD"), &["mentor-placeholder TBD"]),
        // The exporter writes an empty one where the proposal had none.
        (ada.replace("\"adabrook\"", "null"), &[]),
        (ada.replace("\"adabrook", "\"https://example.org/adabrook"), &["mentor-lfid https://example.org/adabrook"]),
        (ada.replace("\"adabrook", "\"ada brook"), &["mentor-lfid ada brook"]),
        (String::new(), &["mentor-count mentors"]),
        (format!("{ada}, {ada}"), &["mentor-duplicate ada-brook"]),
        (format!("{ada}, {}", ada.replace("ada", "Ada").replace("primary", "co-mentor")), &["mentor-duplicate Ada-brook"]),
        (
            format!(
                "{ada}, {}, {}, {}, {}",
                ada.replace("ada", "bo").replace("primary", "co-mentor"),
                ada.replace("ada", "cy").replace("primary", "co-mentor"),
                ada.replace("ada", "di").replace("primary", "co-mentor"),
                ada.replace("ada", "ed").replace("Ada Brook", "Ed Tor").replace("primary", "co-mentor"),
            ),
            &["mentor-count Ed Tor"],
        ),
        (r#"{"name": "TBD", "github_handle": "", "email": "", "lfid": ""}"#.to_owned(), &["mentor-placeholder TBD"]),
    ] {
        let text = format!(
            r#"{{"_term": "2026 Term 1 (Mar-May)", "programs": [{{"cncf_project": "Cloud Kitchen", "program_name_short": "Taste soups", "description": "Soups are tasted by hand today.", "technologies": "Go", "skills": "Go", "mentors": [{mentors}], "upstream_issue_url": "https://github.com/cloud-kitchen/kitchen/issues/1"}}]}}"#
        );
        assert_eq!(found_on("export.json", &text, form), findings, "{mentors}");
    }
}

#[test]
fn our_own_json_may_leave_things_out() {
    let text = r#"[{"title": "Taste soups", "description": "Soups.", "skills": ["Go"], "upstream": [],
        "mentors": [{"name": "Ada Brook", "github": null, "email": null, "lfid": null, "role": null}]}]"#;
    let found = found_on("list.json", text, Template::named("lfx-form").unwrap());
    assert_eq!(found.iter().filter(|finding| finding.starts_with("mentor-")).count(), 0, "{found:?}");
}

#[test]
fn mentors_of_an_idea_file() {
    let good = "  - name: Ada Brook\n    github: ada-brook\n    email: ada@example.org\n";
    for (bad, findings) in [
        ("  - name: Ada Brook\n", &[][..]),
        ("  - name: Ada Brook\n    github: https://github.com/ada-brook\n", &[]),
        ("  - Ada Brook (@ada-brook, ada@example.org)\n", &[]),
        ("  - Ada Brook (ada-brook)\n", &[]),
        ("  - Ada Brook (@ada_brook, ada@example.org)\n", &["mentor-handle-format @ada_brook"]),
        ("  - name: Ada Brook\n    github: \"@ada--brook\"\n", &["mentor-handle-format @ada--brook"]),
        ("  - name: Ada Brook\n    email: ada(at)example.org\n", &["mentor-email-format ada(at)example.org"]),
        ("  - TBD\n", &["mentor-placeholder TBD"]),
        ("  []\n", &["mentor-count mentors"]),
        (
            "  - name: Ada Brook\n    github: ada-brook\n  - name: A. Brook\n    github: Ada-brook\n",
            &["mentor-duplicate Ada-brook"],
        ),
    ] {
        assert_eq!(found("idea", good, bad), findings, "{bad}");
    }
}
