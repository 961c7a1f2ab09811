//! What holds for every page, tried on pages that nobody would write.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod promises;
mod trials;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use mentorship_ideas::catalog::{Catalog, Origin};
use mentorship_ideas::text::Source;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// The fixture pages, to be cut up.
static PAGES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
});

#[test]
fn text_between_cells_stands_in_a_cell_of_its_own() {
    let rows =
        "<tr><th>Mentors</th><td>Al Poe</td></tr>\n<tr><th>Skills</th>Ed <ed@example.org> is one.\n- Flo <flo@example.org>, too.";
    keeps_promises("page.md", &format!("<table>\n{rows}\n")).unwrap();
}

proptest! {
    #![proptest_config(trials::config(300))]

    #[test]
    fn every_page_of_likely_lines_keeps_the_promises(text in page()) {
        keeps_promises("page.md", &text)?;
    }

    #[test]
    fn every_page_that_was_cut_up_keeps_the_promises(text in mutated_page()) {
        keeps_promises("page.md", &text)?;
    }

    #[test]
    fn every_page_of_any_characters_keeps_the_promises(text in "(\\PC|[\\s#*_`|\\[\\]()<>:-]){0,200}") {
        keeps_promises("page.md", &text)?;
    }

    #[test]
    fn every_json_keeps_the_promises(text in json()) {
        keeps_promises("export.json", &text)?;
    }

    #[test]
    fn any_bytes_can_be_decoded(bytes in vec(any::<u8>(), 0..300), mark in select(vec![&b""[..], b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"])) {
        let (source, oddities) = Source::decode("bytes.md", [mark, &bytes].concat());
        for oddity in oddities {
            prop_assert!(source.text().get(oddity.span.range()).is_some(), "{:?}", oddity);
            prop_assert!(source.position(oddity.span.start).line >= 1);
        }
        keeps_promises("bytes.md", source.text())?;
    }
}

proptest! {
    #![proptest_config(trials::config(20))]

    #[test]
    fn ids_are_unique_on_a_page(pages in vec(prop_oneof![page(), mutated_page()], 1..6)) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ids-are-unique-on-a-page");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (number, page) in pages.iter().enumerate() {
            // Twice the same text: every idea has a namesake, which is called the same.
            fs::write(folder.join(format!("{number}.md")), page).unwrap();
            fs::write(folder.join(format!("{number}-again.md")), page).unwrap();
        }
        let catalog = Catalog::load(&[Origin::Path(folder)]);
        let mut pages: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for idea in &catalog.ideas {
            prop_assert!(!idea.id.is_empty());
            prop_assert!(pages.entry(&idea.source.path).or_default().insert(&idea.id), "{} is the id of two ideas", idea.id);
        }
        for (path, ids) in &pages {
            let again = path.replace(".md", "-again.md");
            prop_assert!(path.ends_with("-again.md") || pages.get(again.as_str()) == Some(ids), "{}", path);
        }
    }
}

fn keeps_promises(path: &str, text: &str) -> Result<(), TestCaseError> {
    promises::check(&Source::new(path, text)).map(|_| ()).map_err(TestCaseError::fail)
}

/// A page of lines as idea pages have them, in no sensible order.
fn page() -> impl Strategy<Value = String> {
    let mark = select(vec!["", "", "", "\u{feff}"]);
    let front = select(vec![
        "",
        "",
        "---\ntitle: A page\n---\n",
        "+++\ntitle = \"A page\"\n+++\n",
        "---\ntitle: [\n---\n",
        "---\n",
        "---\ntitle: Faster\nskills: [Go, Rust]\nmentors:\n  - Ada <ada@example.org>\n---\n",
        "---\r\ntitle: x\r\nhours: 175\r\n---\r\n",
    ]);
    let ending = select(vec!["\n", "\n", "\n", "\r\n"]);
    (mark, front, vec(line(), 0..40), ending)
        .prop_map(|(mark, front, lines, ending)| format!("{mark}{front}{}", lines.join(ending)))
}

/// A fixture page, cut and put together again with other lines in between.
fn mutated_page() -> impl Strategy<Value = String> {
    let cut = (any::<Index>(), any::<Index>(), line(), 0..4_u8);
    (any::<Index>(), any::<Index>(), vec(cut, 0..12)).prop_map(|(page, other, cuts)| {
        let mut text = page.get(&PAGES).clone();
        let other = other.get(&PAGES);
        for (from, to, line, how) in cuts {
            let at = |index: Index, text: &str| text.floor_char_boundary(index.index(text.len() + 1));
            let (from, to) = (at(from, &text), at(to, &text));
            let (from, to) = (from.min(to), from.max(to).min(text.floor_char_boundary(from.min(to) + 60)));
            match how {
                0 => text.replace_range(from..to, ""),
                1 => text.insert_str(from, &line),
                2 => text.insert_str(from, &format!("\n{line}\n")),
                _ => {
                    let end = other.floor_char_boundary((from + 200).min(other.len()));
                    let start = other.floor_char_boundary(from.min(end));
                    text.insert_str(from, &other[start..end]);
                }
            }
        }
        text
    })
}

fn line() -> impl Strategy<Value = String> {
    let indent = select(vec!["", "", "", "", "  ", "    ", "\t", "> ", "- ", "1. ", " \u{a0}"]);
    let head = select(vec!["# ", "## ", "### ", "#### ", "##### ", "###### ", "#", "- ", "* ", "+ ", "1) ", ""]);
    prop_oneof![
        3 => (head, phrase()).prop_map(|(head, phrase)| format!("{head}{phrase}")),
        4 => (indent, label(), value()).prop_map(|(indent, label, value)| format!("{indent}{label}{value}")),
        1 => vec(phrase(), 1..5).prop_map(|cells| format!("| {} |", cells.join(" | "))),
        1 => (phrase(), value()).prop_map(|(label, value)| format!("| {label} | {value} |")),
        2 => select(vec![
            "", "", "", "---", "===", "***", "|---|---|", "| Idea | Mentor | Skills |", "```", "~~~", "<!--", "-->", "<details>", "</details>",
            "<br/>", "{{% alert %}}", "<iframe src=\"https://example.org\">", "[x]: https://example.org", "- [x] Yes", "- [ ] No", "_No response_",
            "### Program Name", "### CNCF Project", "### Mentors", "### Term", "### Program Description", "### Technologies", "    code", "\t- nested",
            "**Bold title**", "**1. Bold title**", "~~struck~~", "## ~~struck~~", "‚úÖ Don‚Äôt", "cafÃ© â€™", "Source: https://example.org", "+++", "...",
            "## Template", "## Sample", "### Project 3", "## Bring your own idea", "&amp; &lt; &#x41;", "\\# no heading", "\0", "\u{200b}", "﷽", "🏳️‍🌈 é̂",
        ]).prop_map(str::to_owned),
        1 => value(),
    ]
}

fn label() -> impl Strategy<Value = String> {
    let name = select(vec![
        "Mentor",
        "Mentor(s)",
        "Mentors",
        "Co-mentor",
        "Skills",
        "Recommended Skills",
        "Required skills",
        "Difficulty",
        "Level",
        "Expected size",
        "Size",
        "Length",
        "Upstream Issue",
        "Issues",
        "Description",
        "Expected Outcome",
        "Component",
        "Project",
        "Project Title",
        "Title",
        "Links",
        "Website",
        "Date Updated",
        "Technologies",
        "requiredSkills",
        "Mentor GitHub Handle(s)",
        "Mentor Email(s)",
        "Difficulty and size",
        "Nonsense",
        "İĞ",
    ]);
    let shape = select(vec![
        "{}: ",
        "- {}: ",
        "* **{}:** ",
        "**{}**: ",
        "**{}:** ",
        "#### {}: ",
        "### {}",
        "- {}:",
        "{} - ",
        "- __{}__: ",
        "{}** : ",
        "| {} | ",
    ]);
    (name, shape).prop_map(|(name, shape)| shape.replace("{}", name))
}

fn value() -> impl Strategy<Value = String> {
    let part = select(vec![
        "Ada Brook",
        "@ada",
        "(@ada-brook, ada@example.org)",
        "Bo Lindqvist (bolind, bo@example.org)",
        "[Chidi](https://github.com/chidi)",
        "<ada@example.org>",
        "ada (at) example (dot) org",
        "TBD",
        "Kevin(Zefeng) Wang",
        "Go",
        "golang",
        "C/C++",
        "C#",
        "Node.js",
        "Go-to-market",
        "Rust, Python; k8s",
        "REST",
        "R",
        "easy",
        "Medium to Hard",
        "beginner/advanced",
        "175 hours",
        "350h",
        "~90 hrs / 8 weeks",
        "175 or 350",
        "99999999999999999999 hours",
        "12 weeks",
        "(90 hrs/small, 175 hrs/medium): 175 hrs",
        "https://github.com/o/r/issues/1.",
        "<https://example.org/x>",
        "[t](https://example.org/(y))",
        "o/r#12",
        "[https://example.org](https://example.org)",
        "GSoC 2026",
        "LFX 2026 Term 3 (Sep-Nov)",
        "2025-3",
        "**bold**",
        "*it*",
        "`co``de`",
        "~~no~~",
        "Größe",
        "张三",
        "‚Äô",
        "İ",
        "ﬁ",
        "ẞ",
        "\u{202e}rtl",
        "e\u{301}",
        "((((",
        "]]]]",
        "<b>",
        "&nbsp;",
        "|",
        "\\",
        "  ",
        "and",
        ",",
        "/",
        ":",
        "🙂",
    ]);
    vec(part, 0..5).prop_map(|parts| parts.join(" "))
}

fn phrase() -> impl Strategy<Value = String> {
    let word = select(vec![
        "Graft",
        "trees",
        "from",
        "YAML",
        "Project",
        "1.",
        "2:",
        "Title:",
        "**bold**",
        "*it*",
        "`code`",
        "[link](https://example.org)",
        "~~old~~",
        "Ideas",
        "GSoC",
        "2026",
        "LFX",
        "(175",
        "hours)",
        "{#anchor}",
        "[¶](#x)",
        "🌱",
        "Größe",
        "张三",
        "‚Äô",
        "Mentors",
        "—",
        "-",
        ":",
        ".",
        "&amp;",
        "\\*",
        "<br/>",
        "İ",
    ]);
    vec(word, 0..6).prop_map(|words| words.join(" "))
}

/// An export, more or less; sometimes no JSON at all.
fn json() -> impl Strategy<Value = String> {
    let key = select(vec![
        "cncf_project",
        "program_name_short",
        "program_name",
        "description",
        "technologies",
        "skills",
        "mentors",
        "upstream_issue_url",
        "title",
        "name",
        "github_handle",
        "email",
        "role",
        "difficulty",
        "hours",
        "term",
        "_term",
        "programs",
        "id",
        "tags",
        "source",
        "ünïcode",
        "",
    ]);
    let text = prop_oneof![value(), phrase(), line(), any::<String>()];
    let leaf = prop_oneof![
        4 => text.prop_map(serde_json::Value::from),
        1 => any::<i64>().prop_map(serde_json::Value::from),
        1 => any::<Option<bool>>().prop_map(serde_json::Value::from),
    ];
    let record = leaf.prop_recursive(3, 24, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            vec((key.clone(), inner), 0..6)
                .prop_map(|pairs| pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    });
    let records = vec((record, value()), 0..4).prop_map(|records| {
        let named = records.into_iter().map(|(mut record, title)| {
            if let Some(record) = record.as_object_mut() {
                record.insert("title".to_owned(), title.into());
            }
            record
        });
        named.collect::<serde_json::Value>()
    });
    (records, 0..4_u8, any::<Index>()).prop_map(|(records, how, cut)| {
        let whole = match how {
            0 => records.to_string(),
            1 => format!("{:#}", serde_json::json!({ "programs": records })),
            _ => serde_json::json!({ "_term": "2026 Term 1 (Mar-May)", "programs": records }).to_string(),
        };
        if how == 3 { whole[..whole.floor_char_boundary(cut.index(whole.len() + 1))].to_owned() } else { whole }
    })
}
