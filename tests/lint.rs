//! Every rule against its own examples, and what holds for all of them.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use mentorship_ideas::catalog::Given;
use mentorship_ideas::idea::Program;
use mentorship_ideas::lint::template::Layout;
use mentorship_ideas::lint::{self, Check, Example, Finding, Limits, Linted, Rule, Template, fix, rules};
use mentorship_ideas::text::Source;

/// Lints one page as `ideas validate` does.
fn findings(path: &str, text: &str, template: &str) -> (Linted, Vec<Finding>) {
    let template = Template::named(template).unwrap_or_else(|| panic!("no template {template}"));
    let (page, findings) = lint::page(Source::new(path, text), Some(template)).unwrap();
    let pages = [page];
    let findings = lint::catalog(&pages, findings, &Limits::default()).findings;
    let [page] = pages;
    (page, findings)
}

/// Lints an example; what several pages are looked at for stands beside the template's own page.
fn example_findings(rule: &Rule, example: &Example) -> (Linted, Vec<Finding>) {
    let clean = Template::named(example.template).unwrap().example;
    let text = clean.replacen(example.good, example.bad, 1);
    let path = path_of(example.template);
    if matches!(rule.check, Check::Answers(_)) {
        let (mut page, found) = findings(&path, &text, example.template);
        lint::online::attach_examples(&mut page.ideas);
        let pages = [page];
        let found = lint::catalog(&pages, found, &Limits::default());
        let [page] = pages;
        return (page, found.findings);
    }
    if !matches!(rule.check, Check::Catalog(_)) {
        return findings(&path, &text, example.template);
    }
    let (other, _) = findings("clean.md", clean, example.template);
    let (page, mut found) = findings(&path, &text, example.template);
    found.retain(|finding| finding.code != rule.code);
    for finding in &mut found {
        finding.page = 1;
    }
    let mut pages = vec![other, page];
    let found = lint::catalog(&pages, found, &Limits::default()).findings;
    assert!(found.iter().all(|finding| finding.page == 1), "{}: the page beside it is clean", rule.code);
    (pages.remove(1), found)
}

fn path_of(template: &str) -> String {
    format!("{template}.md")
}

fn show(page: &Linted, findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .map(|finding| {
            let at = page.source.position(finding.span.start);
            format!("{}:{} {} `{}`: {}", at.line, at.column, finding.code, page.source.slice(finding.span), finding.message)
        })
        .collect()
}

#[test]
fn the_templates_own_examples_are_clean() {
    for template in Template::all() {
        let (page, findings) = findings(&path_of(&template.name), template.example, &template.name);
        assert!(!page.ideas.is_empty(), "{}: no idea", template.name);
        assert_eq!(show(&page, &findings), [""; 0], "{}", template.name);
    }
}

#[test]
fn pages_find_the_template_they_follow() {
    for template in Template::all() {
        // Without a programme in the path: by its looks alone. Where no layout is asked for, nothing looks like it.
        let (page, _) = lint::page(Source::new("page.md", template.example), None).unwrap();
        let known = if template.layout == Layout::Free { "plain" } else { &template.name };
        assert_eq!(page.template, known);
    }
}

#[test]
fn every_example_breaks_its_rule_and_no_other() {
    for rule in rules::ALL {
        assert!(!rule.examples.is_empty(), "{} has no example", rule.code);
        for example in rule.examples {
            let clean = Template::named(example.template).unwrap().example;
            assert_eq!(clean.matches(example.good).count(), 1, "{}: {:?} stands there once", rule.code, example.good);
            let (page, findings) = example_findings(rule, example);
            let shown = show(&page, &findings);
            assert!(!findings.is_empty(), "{}: {:?} breaks nothing", rule.code, example.bad);
            for finding in &findings {
                assert_eq!(finding.code, rule.code, "{:?}: {shown:#?}", example.bad);
                let start = page.source.text()[..finding.span.start].rfind('\n').map_or(0, |at| at + 1);
                let seen = &page.source.text()[start..finding.span.end.max(start)];
                let line = page.source.text()[start..].lines().next().unwrap_or_default();
                assert!(
                    line.contains(example.at) || seen.contains(example.at),
                    "{}: {shown:#?} is not at {:?}",
                    rule.code,
                    example.at
                );
            }
        }
    }
}

#[test]
fn fixes_mend_what_they_say_and_nothing_more() {
    for rule in rules::ALL.iter().filter(|rule| !matches!(rule.check, Check::Catalog(_))) {
        for example in rule.examples {
            let text = Template::named(example.template).unwrap().example.replacen(example.good, example.bad, 1);
            let (_, before) = findings(&path_of(example.template), &text, example.template);
            if before.iter().all(|finding| finding.fix.is_none()) {
                continue;
            }
            let (fixed, mended) = fix::apply_all(&text, &before);
            let (page, after) = findings(&path_of(example.template), &fixed, example.template);
            assert_eq!(
                after.len() + mended,
                before.len(),
                "{}: {:?} became\n{fixed}\n{:#?}",
                rule.code,
                example.bad,
                show(&page, &after)
            );
            assert_eq!(fix::apply_all(&fixed, &after).0, fixed, "{}: fixing twice", rule.code);
        }
    }
}

#[test]
fn the_registry_is_in_order() {
    let codes: Vec<&str> = rules::ALL.iter().map(|rule| rule.code).collect();
    assert!(codes.is_sorted(), "{codes:?}");
    for rule in rules::ALL {
        assert!(rule.code.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", rule.code);
        assert!(rule.wants.ends_with('.') && rule.why.ends_with('.'), "{}: whole sentences", rule.code);
    }
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/lint/rules")).unwrap().count();
    assert_eq!(files, codes.len(), "one file, one rule");
}

#[test]
fn what_is_known_of_a_page_chooses_its_template() {
    let page = "### Lanternfish\n\n#### Light the deep\n\n- Description: Lamps for the deep.\n- Recommended Skills: Go\n\
                - Mentor(s): Ada Brook (@adabrook, ada@example.org)\n- Upstream Issue: https://github.com/lanternfish/lanternfish/issues/7\n";
    for (program, template) in [(None, "lfx"), (Some(Program::Lfx), "lfx"), (Some(Program::Gsoc), "cncf-gsoc")] {
        let given = Given { program, ..Given::default() };
        let (linted, _) = lint::page_with(Source::new("ideas.md", page), None, &given, &lint::Options::default()).unwrap();
        assert_eq!((linted.template.as_str(), linted.ideas[0].program.is_some()), (template, given.program.is_some()));
    }
}

#[test]
fn what_all_ideas_lack_is_said_of_all_however_many_they_are() {
    let idea = |number| format!("## Graft tree {number} from YAML\n\n- Skills: Go\n- Mentor: Ada Brook\n\n");
    let ideas = (0..1200).map(idea).collect::<Vec<_>>().concat();
    let (page, found) = findings("page.md", &ideas, "lfx");
    assert_eq!(page.ideas.len(), 1200, "of all ideas");
    let told: Vec<&str> =
        found.iter().filter(|finding| finding.code == "missing-field").map(|finding| finding.message.as_str()).collect();
    assert!(!told.is_empty() && told.iter().all(|told| told.starts_with("all 1200 ideas of the page ")), "{told:?}");
}
