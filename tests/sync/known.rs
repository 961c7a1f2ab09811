//! The sources that are well known, against repositories with the paths and the shapes of the real ones, over git's HTTP.

use std::fs;

use super::git::Repository;
use super::git_http;
use super::sandbox::{Sandbox, page};

/// A user for whom the repository stands in for one of GitHub's.
fn sandbox_with(name: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    let served = git_http::serve(&sandbox.path(""));
    sandbox.write("data/sources.toml", format!("[mirrors]\n\"https://github.com/{name}.git\" = \"{served}repository\"\n"));
    sandbox
}

/// Ideas as the pages of LFX write them, each below its project.
fn lfx(ideas: &[(&str, &str, u32)]) -> String {
    ideas.iter().fold("## Proposed Project ideas\n\n".to_owned(), |page, (project, title, issue)| {
        format!(
            "{page}### {project}\n\n#### {title}\n\n- Description: We want {title} to work in the orchard, and to be tested there.\n\
             - Expected Outcome: It works.\n- Recommended Skills: Go\n- Mentor(s):\n  - Ada Brook (@adab, ada@example.org)\n\
             - Upstream Issue: https://github.com/example/{project}/issues/{issue}\n\n"
        )
    })
}

/// The export of the same.
fn export(ideas: &[(&str, &str, u32)]) -> String {
    let program = |(project, title, issue): &(&str, &str, u32)| {
        serde_json::json!({
            "cncf_project": project, "program_name_short": title, "technologies": "Go", "skills": "Go",
            "description": format!("As accepted: {title}, in every orchard that has a fence around it."),
            "mentors": [{"name": "Ada Brook", "github_handle": "adab", "email": "ada@example.org"}],
            "upstream_issue_url": format!("https://github.com/example/{project}/issues/{issue}"),
        })
    };
    serde_json::json!({"_term": "2026 Term 1 (Mar-May)", "programs": ideas.iter().map(program).collect::<Vec<_>>()}).to_string()
}

const TEMPLATE: &str = "## Template\n\n```\n### CNCF Project Name\n\n#### Mentorship project Title\n\n- Description:\n- Mentor(s):\n```\n\n## Proposed Project ideas\n";

const IDEAS: [(&str, &str, u32); 3] =
    [("Harbour", "Cranes for barges", 1), ("Harbour", "Faster buoys", 2), ("Loom", "Weave in Rust", 3)];

/// `program term: titles` of what is listed, each once.
fn terms(sandbox: &Sandbox) -> Vec<String> {
    let ideas: Vec<serde_json::Value> =
        serde_json::from_str(&sandbox.run(["list", "--duplicates", "--quiet", "--format", "json"]).out).unwrap();
    let said = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    let mut terms: Vec<String> = ideas
        .iter()
        .map(|idea| format!("{} {}: {}", said(&idea["program"]), said(&idea["term"]), said(&idea["title"])))
        .collect();
    terms.sort();
    terms.dedup();
    terms
}

#[test]
fn the_terms_of_cncf_stand_in_three_kinds_of_files() {
    let sandbox = sandbox_with("cncf/mentoring");
    let repository = Repository::new(&sandbox);
    let term = |term: &str, file: &str| format!("programs/lfx-mentorship/{term}/{file}");
    repository.write("README.md", page(&["Nobody's"]));
    repository.write("programs/lfx-mentorship/README.md", page(&["How it works"]));
    // Once both files had the ideas.
    repository.write(&term("2021/01-Spring", "project_ideas.md"), lfx(&IDEAS[..2]));
    repository.write(&term("2021/01-Spring", "README.md"), lfx(&IDEAS[..2]));
    repository.write(&term("2022/02-Jun-Aug", "project_ideas.md"), TEMPLATE);
    repository.write(&term("2022/02-Jun-Aug", "README.md"), lfx(&IDEAS[1..]));
    repository.write(&term("2026/01-Mar-May", "project_ideas.md"), TEMPLATE);
    repository.write(&term("2026/01-Mar-May", "lfx-export.json"), export(&IDEAS[2..]));
    repository.write("programs/summerofcode/2024.md", page(&["Cranes for barges"]));
    repository.commit();
    let said = sandbox.run(["sync", "cncf/mentoring"]);
    assert!(said.err.contains("cncf/mentoring: 6 new; "), "an idea on two pages of a term is new once: {}", said.err);
    assert_eq!(
        terms(&sandbox),
        [
            "gsoc 2024: Cranes for barges",
            "lfx 2021-1: Cranes for barges",
            "lfx 2021-1: Faster buoys",
            "lfx 2022-2: Faster buoys",
            "lfx 2022-2: Weave in Rust",
            "lfx 2026-1: Weave in Rust",
        ]
    );
}

#[test]
fn a_term_that_moves_to_another_file_is_told_as_moved() {
    let sandbox = sandbox_with("cncf/mentoring");
    let repository = Repository::new(&sandbox);
    let folder = "programs/lfx-mentorship/2026/01-Mar-May";
    repository.write(&format!("{folder}/project_ideas.md"), lfx(&IDEAS));
    repository.commit();
    sandbox.run(["sync", "cncf/mentoring"]);
    // The accepted ones, one of them under another title, and one that nobody has seen before.
    let accepted = [IDEAS[0], ("Harbour", "Buoys that are faster", 2), IDEAS[2], ("Loom", "Knit, too", 4)];
    repository.write(&format!("{folder}/README.md"), lfx(&accepted));
    repository.write(&format!("{folder}/project_ideas.md"), TEMPLATE);
    repository.commit();
    let said = sandbox.run(["sync"]);
    assert_eq!(
        said.out,
        "cncf/mentoring\n  + Knit, too (Loom, lfx 2026-1)\n  > 3 ideas\n      \
         cncf/mentoring/programs/lfx-mentorship/2026/01-Mar-May/{project_ideas.md => README.md}\n  \
         ~ Buoys that are faster (Harbour, lfx 2026-1)\n      title: Faster buoys -> Buoys that are faster\n      description:\n        \
         - We want Faster buoys to work in the orchard, and to be tested there.\n        \
         + We want Buoys that are faster to work in the orchard, and to be tested there.\n"
    );
    assert_eq!(said.err, "note: cncf/mentoring: 1 new, 3 moved; 4 ideas on 2 pages\n");
    let told: serde_json::Value = serde_json::from_str(&sandbox.run(["changes", "--format", "json"]).out).unwrap();
    assert_eq!((told[0]["gone"].as_array().unwrap().len(), told[0]["moved"].as_array().unwrap().len()), (0, 3));
    assert_eq!(told[0]["moved"][0]["from"], format!("cncf/mentoring/{folder}/project_ideas.md"));
    let markdown = sandbox.run(["changes", "--format", "markdown"]).out;
    assert!(markdown.contains("\n- **Moved**: 3 ideas from cncf/mentoring/"), "{markdown}");

    // And to the export, which says the same in other words.
    fs::remove_file(sandbox.path(&format!("repository/{folder}/README.md"))).unwrap();
    repository.write(&format!("{folder}/lfx-export.json"), export(&accepted));
    repository.commit();
    assert_eq!(sandbox.run(["sync"]).err, "note: cncf/mentoring: 4 moved; 4 ideas on 2 pages\n");
}

#[test]
fn folders_that_are_called_after_a_programme_are_found() {
    let sandbox = sandbox_with("kubevirt/community");
    let repository = Repository::new(&sandbox);
    repository.write("README.md", page(&["Nobody's"]));
    repository.write("events/2023-summerofcode/README.md", page(&["Apples", "Pears"]));
    repository.commit();
    assert_eq!(
        sandbox.run(["sync", "kubevirt/community"]).err.lines().last(),
        Some("note: kubevirt/community: 2 new; 2 ideas on 1 page")
    );
    assert_eq!(terms(&sandbox), ["gsoc 2023: Apples", "gsoc 2023: Pears"]);
}

#[test]
fn pages_of_one_repository_are_of_their_own_programmes() {
    let sandbox = sandbox_with("kubeflow/website");
    let repository = Repository::new(&sandbox);
    repository.write("content/en/events/upcoming-events/gsoc-2026.md", page(&["Apples"]));
    repository.write("content/en/events/upcoming-events/lfx-2026-term-3.md", page(&["Pears"]));
    repository.write("content/en/docs/about.md", page(&["Nobody's"]));
    repository.commit();
    sandbox.run(["sync", "kubeflow/website"]);
    assert_eq!(terms(&sandbox), ["gsoc 2026: Apples", "lfx 2026-3: Pears"]);

    let sandbox = sandbox_with("kubesphere/community");
    let repository = Repository::new(&sandbox);
    repository.write("sig-outreach/gsoc/README.md", page(&["Apples"]));
    repository.write("sig-outreach/ospp-2022/dashboard.md", page(&["Pears"]));
    repository.write("sig-outreach/ospp-2024/ospp-jobs.md", page(&["Figs"]));
    repository.commit();
    sandbox.run(["sync", "kubesphere/community"]);
    assert_eq!(terms(&sandbox), ["gsoc -: Apples", "ospp 2022: Pears", "ospp 2024: Figs"]);
    for filter in [["--program", "ospp 2024"], ["--program", "ospp2024"], ["--term", "ospp 2024"]] {
        let said = sandbox.run([&["list", "--format", "csv", "--columns", "title", "--quiet"], &filter[..]].concat());
        assert_eq!(said.out, "title\r\nFigs\r\n");
    }
    assert!(sandbox.run(["search", "ospp2024", "--quiet", "--format", "csv", "--columns", "title"]).out.ends_with("\nFigs\r\n"));
}

#[test]
fn patterns_that_fit_nothing_are_a_warning() {
    let sandbox = sandbox_with("kubevirt/community");
    let repository = Repository::new(&sandbox);
    repository.write("README.md", page(&["Nobody's"]));
    repository.commit();
    for _ in 0..2 {
        let said = sandbox.run(["sync", "kubevirt/community"]);
        assert!(
            said.err.contains("warning: kubevirt/community: no file matches any of its patterns `**/*[Gg][Ss][Oo][Cc]*.md`, "),
            "{}",
            said.err
        );
        assert!(said.err.ends_with("`ideas sources remove kubevirt/community` stops asking\n"), "{}", said.err);
    }
    // Where there were ideas, it is more than a warning.
    repository.write("events/2023-summerofcode/README.md", page(&["Apples"]));
    repository.commit();
    sandbox.run(["sync"]);
    fs::remove_dir_all(sandbox.path("repository/events")).unwrap();
    repository.commit();
    let said = sandbox.call(["sync"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("`ideas sync kubevirt/community --allow-empty` takes it as it is"), "{}", said.err);
    assert_eq!(sandbox.titles(), ["Apples"]);
    assert_eq!(sandbox.run(["sync", "--allow-empty"]).out, "kubevirt/community\n  - Apples (KubeVirt, gsoc 2023)\n");
}
