//! Pages that follow a template however they are typed, and the same pages damaged in one place: one finding each.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::fmt::Write as _;

use mentorship_ideas::lint::{self, Limits, Template};
use mentorship_ideas::text::Source;

/// The findings on a page, as `LINE CODE`.
fn found(template: &str, text: &str) -> Vec<String> {
    let (page, findings) = lint::page(Source::new("page.md", text), Template::named(template)).unwrap();
    let pages = [page];
    let findings = lint::catalog(&pages, findings, &Limits::default()).findings;
    let [page] = pages;
    findings.iter().map(|finding| format!("{} {}", page.source.line(finding.span.start), finding.code)).collect()
}

/// How a page is typed: the bullet, what stands around a label, and how lines end.
struct Style {
    bullet: &'static str,
    label: fn(&str) -> String,
    line_break: &'static str,
}

const STYLES: &[Style] = &[
    Style { bullet: "-", label: |label| format!("{label}:"), line_break: "\n" },
    Style { bullet: "*", label: |label| format!("**{label}:**"), line_break: "\n" },
    Style { bullet: "+", label: |label| format!("**{label}**:"), line_break: "\n" },
    Style { bullet: "-", label: |label| format!("__{label}:__"), line_break: "\r\n" },
    Style { bullet: "*", label: |label| format!("*{}*:", label.to_uppercase()), line_break: "\n" },
];

impl Style {
    /// A template's page, typed in this style.
    fn page(&self, text: &str) -> String {
        let mut page = String::new();
        for line in text.lines() {
            let indent = line.len() - line.trim_start().len();
            let typed = match line.trim_start().strip_prefix("- ") {
                Some(item) => match item.split_once(": ").or_else(|| item.strip_suffix(':').map(|label| (label, ""))) {
                    Some((label, value)) if indent == 0 => {
                        format!("{} {} {value}", self.bullet, (self.label)(label)).trim_end().to_owned()
                    }
                    _ => format!("{}{} {item}", " ".repeat(indent), self.bullet),
                },
                None => line.to_owned(),
            };
            write!(page, "{typed}{}", self.line_break).unwrap();
        }
        page
    }
}

#[test]
fn pages_that_follow_their_template_are_clean_however_they_are_typed() {
    for template in ["lfx", "cncf-gsoc"] {
        let example = Template::named(template).unwrap().example;
        for style in STYLES {
            let page = style.page(example);
            assert_eq!(found(template, &page), [""; 0], "{page}");
            let loose = page.replace(
                &format!("{}{} ", style.line_break, style.bullet),
                &format!("{0}{0}{1} ", style.line_break, style.bullet),
            );
            assert_eq!(found(template, &loose), [""; 0], "{loose}");
        }
    }
}

/// The template, what stands on its page, what stands there instead, and what is found.
type Row = (&'static str, &'static str, &'static str, &'static [&'static str]);

#[test]
fn one_fault_is_one_finding() {
    let rows: &[Row] = &[
        // Labels.
        ("lfx", "- Description: A soup", "- Summary: A soup", &["21 label-spelling"]),
        ("lfx", "- Description: A soup", "- Desciption: A soup", &["21 label-spelling"]),
        ("lfx", "- Description: A soup", "- Desrciptoin: A soup", &["21 unknown-label"]),
        ("lfx", "- Description: A soup", "- description : A soup", &[]),
        ("lfx", "- Recommended Skills:\n", "- Recommended Skills\n", &["10 label-spelling"]),
        ("lfx", "- Recommended Skills:\n", "- Recommended Skills (in this order):\n", &[]),
        ("lfx", "- Recommended Skills:\n", "- **Reccomended Skills:**\n", &["10 label-spelling"]),
        ("lfx", "- Recommended Skills:\n", "- Recommended Skills**:\n", &["10 label-spelling"]),
        ("lfx", "- Recommended Skills: Python", "- Recommended Skills - Python", &["24 label-spelling"]),
        ("lfx", "- Mentor(s):\n  - Cy", "- Mentor\n  - Cy", &["25 label-spelling"]),
        ("lfx", "- Recommended Skills: Python", "- Favourite Soup: leek\n- Recommended Skills: Python", &["24 unknown-label"]),
        ("lfx", "- Recommended Skills: Python", "- LFX URL: https://example.org/a\n- Recommended Skills: Python", &[]),
        ("cncf-gsoc", "- Expected project size: medium", "- Difficulty: easy\n- Expected project size: medium", &[]),
        // Fields.
        (
            "lfx",
            "- Recommended Skills: Python, GitHub Actions",
            "- Recommended Skills: Python\n- Technologies: GitHub Actions",
            &[],
        ),
        (
            "lfx",
            "- Recommended Skills: Python, GitHub Actions",
            "- Recommended Skills: Python\n- Nice to have: GitHub Actions",
            &[],
        ),
        ("lfx", "(@cy-marsh, cy@example.org)\n  - Ada", "(@cy-marsh, cy@example.org)\n- Co-mentor(s):\n  - Ada", &[]),
        (
            "lfx",
            "issues/34",
            "issues/34\n- Upstream Issue: https://github.com/cloud-kitchen/kitchen/issues/35",
            &["29 duplicate-field"],
        ),
        ("lfx", "- Recommended Skills: Python", "- Goals: A step\n- Recommended Skills: Python", &["24 duplicate-field"]),
        ("lfx", " https://github.com/cloud-kitchen/kitchen/issues/34", "", &["28 empty-field"]),
        ("cncf-gsoc", " medium (~175 hour projects)", "", &["26 empty-field"]),
        ("lfx", "- Description: A soup", "\n**Description**: A soup", &["22 field-style"]),
        ("lfx", "- Description: A soup", "\ndescription: |\n  A soup", &["22 field-style"]),
        ("lfx", "- Description: A soup", "\n##### Description\n\nA soup", &["22 field-style"]),
        ("lfx", "- Mentor(s):\n  - Cy", "\n**Mentor(s):**\n\n  - Cy", &["26 field-style"]),
        ("cncf-gsoc", "- Expected project size: medium", "\nexpectedProjectSize: medium", &["27 field-style"]),
        // Headings.
        ("lfx", "#### Taste soups", "# Taste soups", &["19 heading-level"]),
        ("lfx", "#### Taste soups", "##### Taste soups", &["19 heading-level"]),
        ("lfx", "#### Keep recipes", "### Keep recipes", &["3 heading-level"]),
        // The page's own title.
        ("lfx", "### Cloud Kitchen", "# Cloud Kitchen", &["3 missing-project"]),
        ("lfx", "### Cloud Kitchen", "##### Cloud Kitchen", &["1 heading-level"]),
        ("lfx", "### Cloud Kitchen", "#### Cloud Kitchen\n\nIt cooks.", &["1 heading-level"]),
        ("lfx", "### Cloud Kitchen", "### Cloud Kitchen\n\nIt cooks.", &[]),
        ("lfx", "### Cloud Kitchen\n\n", "", &["1 missing-project"]),
        ("lfx", "### Cloud Kitchen\n", "### Cloud Kitchen\n\n## cloud kitchen\n", &["3 repeated-project"]),
        ("lfx", "### Cloud Kitchen\n", "#### Cloud Kitchen\n\n### Cloud Kitchen\n", &["1 repeated-project"]),
        ("lfx", "### Cloud Kitchen\n", "### CNCF Project Name\n", &["1 placeholder"]),
        ("lfx", "#### Taste soups", "#### Count every spoon of the house\n\n#### Taste soups", &["19 bare-title"]),
        ("lfx", "#### Taste soups", "### Dish Washer\n\n#### Taste soups", &[]),
        // Front matter.
        ("idea", "skills:\n", "skils:\n", &["6 unknown-label"]),
        ("idea", "difficulty: medium\n", "difficulty: medium\nsummary: Recipes\ndate: 2026-01-01\ntags: [go]\nweight: 3\n", &[]),
        ("idea", "difficulty: medium\n", "difficulty: medium\nlevel: hard\n", &["14 duplicate-field"]),
        ("idea", "term: 2026-3\n", "term: 2026-3\nterm: 2026-2\n", &["6 front-matter"]),
        ("idea", "term: 2026-3\n", "term:\n", &["5 empty-field"]),
    ];
    let mut wrong = Vec::new();
    for &(template, good, bad, expected) in rows {
        let example = Template::named(template).unwrap().example;
        assert_eq!(example.matches(good).count(), 1, "{good:?}");
        let found = found(template, &example.replace(good, bad));
        if found != expected {
            wrong.push(format!("{template} {bad:?}: {found:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
