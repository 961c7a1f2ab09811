//! Pages that mean harm: huge, deep, endless. Each is read and validated in bounded time, without a panic and without a full
//! stack.
//!
//! In debug builds the sizes are a tenth.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use mentorship_ideas::layout;
use mentorship_ideas::lint::{self, Level, Limits, Template};
use mentorship_ideas::render::Look;
use mentorship_ideas::report::{Format, Report};
use mentorship_ideas::text::Source;

/// When a page counts as endless. Far more than any of them takes, so that a busy machine fails nothing.
const PATIENCE: Duration = Duration::from_mins(1);

/// Less where the code is slow.
const fn scaled(size: usize) -> usize {
    if cfg!(debug_assertions) { size / 10 } else { size }
}

/// Reads a page in a thread of its own, holds it to its own template and to LFX's, and tells how many ideas it holds.
fn read(path: &'static str, text: String) -> usize {
    let (send, receive) = mpsc::channel();
    let start = Instant::now();
    // The stack that a worker of ours would have.
    let reader = thread::Builder::new().stack_size(2 << 20).spawn(move || {
        let source = Source::new(path, text);
        let ideas =
            layout::read(&source).map_or(0, |reading| reading.ideas.iter().map(|idea| idea.evidence().len().min(1)).sum());
        let _ = send.send((ideas, "read"));
        for template in [None, Template::named("lfx")] {
            if let Ok((page, findings)) = lint::page(source.clone(), template) {
                lint::catalog(&[page], findings, &Limits::default());
            }
        }
        let _ = send.send((ideas, "validated"));
    });
    let step = |what| match receive.recv_timeout(PATIENCE) {
        Ok((ideas, done)) => {
            eprintln!("{done} after {:?}: {ideas} ideas", start.elapsed());
            ideas
        }
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("not {what} after {PATIENCE:?}"),
        Err(mpsc::RecvTimeoutError::Disconnected) => panic!("{what}: a panic"),
    };
    let ideas = step("read");
    step("validated");
    reader.unwrap().join().unwrap();
    ideas
}

fn read_page(text: String) -> usize {
    read("page.md", text)
}

/// The idea that stands below the harm, to see that it is still found.
const IDEA: &str = "\n\n## Graft trees from YAML\n\n- Skills: YAML\n- Mentor: Ada Brook\n";

#[test]
fn a_line_of_fifty_megabytes() {
    assert_eq!(read_page("word ".repeat(scaled(10_000_000)) + IDEA), 1);
}

#[test]
fn brackets_that_never_close() {
    for line in ["<a\n", "(a\n", "a (b\n"] {
        let page = String::from("## Count apples\n\nSize: 90 hours\n\nMentors:\n") + &line.repeat(scaled(500_000)) + IDEA;
        assert_eq!(read_page(page), 2, "{line:?}");
    }
}

#[test]
fn a_label_with_megabytes_behind_it() {
    let mut page = String::from("## Count apples\n\n- Skills: ");
    page.push_str(&"Go, Rust and (C), ".repeat(scaled(200_000)));
    page.push_str("\n- Mentors: ");
    page.push_str(&"Ada Brook (@ada, ada@example.org), ".repeat(scaled(20_000)));
    assert_eq!(read_page(page), 1);
}

#[test]
fn ten_thousand_lists_inside_each_other() {
    let mut page = String::new();
    for level in 0..scaled(10_000) {
        let _ = writeln!(page, "{}- Mentor: x", " ".repeat(2 * level));
    }
    read_page(page);
    read_page("- ".repeat(scaled(10_000)) + "Mentor: x");
}

#[test]
fn ten_thousand_quotes_inside_each_other() {
    read_page("> ".repeat(scaled(10_000)) + "Mentor: x" + IDEA);
}

#[test]
fn a_megabyte_of_tags() {
    for tag in [
        "<ul><li>x",
        "<li>Mentor: x",
        "</li>",
        "<table>",
        "<tr><td>",
        "<table><tr><td>x</table>",
        "<b>",
        "<p><b>Mentors:</b> x",
        "<h3>x",
        "<details><summary>x",
        "<a href=\"u\">",
        "<!--",
        "<p",
        "< ",
        "&",
        "&amp;",
        "<script>",
    ] {
        read_page(String::from("<div>") + &tag.repeat(scaled(1_000_000) / tag.len()) + "\n\n</div>" + IDEA);
    }
}

#[test]
fn two_hundred_thousand_mentors_between_dashes() {
    let page = |between: &str| String::from("## Count apples\n\n- Mentors: Ada") + &between.repeat(scaled(200_000)) + IDEA;
    for between in [" – Jo", " – Jo @jo", "&nbsp; ", ". @jo", ", jo (jo@example.org)", " – ", ", GitHub: jo-x"] {
        read_page(page(between));
    }
}

#[test]
fn a_field_of_a_single_mark() {
    for label in ["Mentors", "Skills", "Upstream Issue"] {
        for mark in [
            "(a@b.example ",
            "(a@b.example, ",
            "@ada ",
            "@ada (",
            "a@b.example> and ",
            "Ada (@ada) ",
            "Ada (",
            "A/",
            "{(,",
            "<,",
            "),",
            "[",
            "(",
            "|",
            "a | @b | ",
            "<",
            "**",
            "- ",
            "@",
            "#",
            "# ",
            " at ",
            "a (at) b (dot) ",
            "http://",
            "https://x.example/A/",
            "htps://a.example ",
            "TBD, ",
            "; ,",
            ": ",
            ". ",
            "&amp; ",
            "word word ",
        ] {
            eprint!("{label}: {mark:?}: ");
            let value = mark.repeat(scaled(100_000) / mark.len());
            read_page(format!("## Count apples\n\n- Skills: Go\n- {label}: {value}\n{IDEA}"));
            read_page(format!("## Count apples\n\n- Skills: Go\n- {label}:\n  - {}\n{IDEA}", value.replace(", ", "\n  - ")));
        }
    }
}

#[test]
fn many_thousand_people() {
    let mut page = String::from("## Count apples\n\n- Skills: Go\n- Mentors:\n");
    for number in 0..scaled(50_000) {
        let _ = writeln!(page, "  - Ada{number} Brook (@ada{number}, ada{number}@b.example)");
    }
    read_page(page);
}

#[test]
fn many_thousand_definitions_of_a_term() {
    read_page(String::from("x\n") + &": x\n".repeat(scaled(100_000)) + IDEA);
    read("definitions.html", String::from("<dl><dt>x") + &"<dd>x".repeat(scaled(100_000)));
}

#[test]
fn a_title_with_many_thousand_asides() {
    for aside in [" (GSoC)", " — TBD", " ⚠️ TBD", " ★", " (hard,"] {
        read_page(String::from("## Count apples") + &aside.repeat(scaled(50_000)) + IDEA);
    }
}

#[test]
fn many_thousand_ideas_with_two_sizes() {
    let mut page = String::new();
    for number in 0..scaled(50_000) {
        let _ = writeln!(page, "## Count apples {number}\n\nSize: 90 hours\n\nSize: 90 hours\n");
    }
    read_page(page);
}

#[test]
fn mentors_for_many_thousand_ideas() {
    let mut page = String::from("# Ideas\n\nMentors for all projects: ") + &"Ada Brook (@ada), ".repeat(scaled(10_000)) + "\n\n";
    for number in 0..scaled(5_000) {
        let _ = writeln!(page, "## Count apples {number}\n\n- Size: 90 hours\n- Skills: Go\n");
    }
    read_page(page);
}

#[test]
fn many_thousand_handles_of_one_name() {
    let mut page = String::new();
    for number in 0..scaled(20_000) {
        let _ = write!(page, "<h2>Count apples {number}</h2><p>Mentor: Ada Brook (@ada{number})</p><p>Size: 90 hours</p>");
    }
    read("one-line.html", page);
}

#[test]
fn many_thousand_elements_without_a_title() {
    read("ideas.json", format!("[{}]", vec![r#"{"title": "***"}"#; scaled(100_000)].join(",")));
}

#[test]
fn many_thousand_comments() {
    for comment in
        ["<!-- ideas-disable quota -->\n\n", "<!-- ideas-disable-next-line -->\n", "<!-- ideas-enable -->\n", "<!-- ideas-"]
    {
        read_page(comment.repeat(scaled(20_000)) + IDEA);
    }
    read_page(
        "<!-- ideas-disable quota -->\n\n<!-- ideas-enable quota -->\n\n### x\n\n- Skills: \u{8}\n\n".repeat(scaled(5_000)),
    );
    read_page(String::from("<!-- ideas-disable ") + &"x ".repeat(scaled(50_000)) + "-->" + IDEA);
    read_page("<!-- ideas-".repeat(scaled(50_000)) + "-->" + IDEA);
}

#[test]
fn many_thousand_facts_in_a_sentence() {
    read_page(
        String::from("## Count apples\n\nExpected outcomes: it counts")
            + &". Size: 90 hours. Skills: Go".repeat(scaled(50_000))
            + IDEA,
    );
    read_page(String::from("## Count apples\n\nSkills: Go") + &". Difficulty: easy".repeat(scaled(50_000)) + IDEA);
    read_page(String::from("## Count apples\n\n**Skills** Go") + &" · **Size** large".repeat(scaled(50_000)) + IDEA);
    read_page(String::from("## Count apples\n\nSkills: Go") + &". word: x".repeat(scaled(200_000)) + IDEA);
    read_page(String::from("## Count apples\n\nCount them") + &"! Mentor: ask us".repeat(scaled(60_000)) + IDEA);
    for touching in ["**A:**Rust", "**A****B**Rust", "<b>A</b>Rust"] {
        read_page(String::from("## Count apples\n\nSkills: Go") + &touching.repeat(scaled(50_000)) + IDEA);
        read_page(String::from("## Count apples\n\nMentors: Ada") + &touching.repeat(scaled(50_000)) + IDEA);
    }
}

#[test]
fn a_hundred_thousand_headings() {
    let mut page = String::new();
    for number in 0..scaled(100_000) {
        let _ = writeln!(page, "{} Heading {number}\n", "#".repeat(1 + number % 6));
    }
    assert_eq!(read_page(page + IDEA), 1);
}

#[test]
fn many_thousand_ideas() {
    for title in ["", "# Trees\n\n"] {
        let mut page = title.to_owned();
        for number in 0..scaled(20_000) {
            let _ = writeln!(page, "## Tree {number} of many\n\n- Skills: Go\n- Mentor: Ada Brook\n");
        }
        assert_eq!(read_page(page), scaled(20_000));
    }
}

#[test]
fn many_thousand_bold_lines_with_a_fact() {
    for gap in ["\n\n", "\n"] {
        let mut page = String::from("Legend: S = 90 h, L = 350 h\n\n");
        for number in 0..scaled(40_000) {
            let _ = write!(page, "**Tree {number}**{gap}Mentor: Ada Brook{gap}");
        }
        read_page(page);
    }
}

#[test]
fn the_same_heading_again_and_again() {
    assert_eq!(read_page("### Difficulty: easy\n\n".repeat(scaled(20_000)) + IDEA), 1);
}

#[test]
fn marks_that_nothing_closes() {
    assert_eq!(read_page(IDEA.to_owned() + "\n" + &"<b>salt ".repeat(scaled(20_000)) + "\n"), 1);
}

#[test]
fn a_table_of_five_thousand_columns() {
    let columns = scaled(5_000);
    let row = |cell: &str| format!("{cell} |").repeat(columns);
    read_page(format!("|{}\n|{}\n|{}\n|{}\n", row("Idea"), row("---"), row("Graft trees"), row("Mentors: Ada")));
}

#[test]
fn a_table_of_many_thousand_rows() {
    let rows = scaled(20_000);
    let mut page = String::from("| Idea | Skills | Mentor |\n|---|---|---|\n");
    for number in 0..rows {
        let _ = writeln!(page, "| Tree {number} | Go | Ada |");
    }
    assert_eq!(read_page(page), rows);
}

#[test]
fn a_megabyte_of_a_single_mark() {
    for mark in [
        "[", "*", "<", "`", "_", "~", "]", "(", "![", "[](", "**", "* ", "<!--", "&", "\\", "|", "#", "\"", "@", ":", "\u{feff}",
        "-\n", "**:",
    ] {
        eprint!("{mark:?}: ");
        read_page(mark.repeat(scaled(1_000_000) / mark.len()) + IDEA);
    }
}

#[test]
fn two_hundred_thousand_mentors() {
    let page = String::from("## Count apples\n\n- Skills: Python\n") + &"- Mentor: x\n".repeat(scaled(200_000));
    assert_eq!(read_page(page), 1);
}

#[test]
fn many_thousand_different_facts() {
    for label in [
        "Mentor: Ada Number",
        "Skills: tool",
        "Upstream Issue: https://example.org/",
        "Expected outcome: thing",
        "Size: 1",
        "Description: Text",
    ] {
        let mut page = String::from("## Count apples\n\n- Skills: Python\n- Mentor: Ada\n");
        for number in 0..scaled(20_000) {
            let _ = writeln!(page, "- {label}{number}");
        }
        eprint!("{label:?}: ");
        assert_eq!(read_page(page), 1);
    }
}

#[test]
fn deep_json() {
    read("deep.json", "{\"programs\":".repeat(scaled(1_000_000)));
    assert_eq!(
        read(
            "deep.json",
            format!("{{\"programs\":[{{\"title\":\"x\",\"skills\":{}\"Go\"{}}}]}}", "[".repeat(100), "]".repeat(100))
        ),
        1
    );
}

#[test]
fn deeper_json() {
    let depth = scaled(100_000);
    read("deep.json", "[".repeat(depth) + &"]".repeat(depth));
}

#[test]
fn deep_front_matter() {
    let depth = scaled(100_000);
    read_page(format!("---\ntitle: {}\n---\n{IDEA}", "[".repeat(depth)));
    read_page(format!("---\ntitle: {}{}\n---\n{IDEA}", "[".repeat(depth), "]".repeat(depth)));
    read_page(format!("+++\ntitle = {}{}\n+++\n{IDEA}", "[".repeat(depth), "]".repeat(depth)));
    read_page(format!("+++\n{} = 1\n+++\n{IDEA}", vec!["a"; depth].join(".")));
}

#[test]
fn front_matter_that_multiplies() {
    let mut page = String::from("---\ntitle: Laughs\na0: &a0 [Go, Go, Go, Go, Go, Go, Go, Go, Go]\n");
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        let _ = writeln!(page, "a{level}: &a{level} [{aliases}]");
    }
    read_page(page + "skills: *a11\n---\n" + IDEA);
}

#[test]
fn long_front_matter() {
    let mut page = String::from("---\ntitle: Long\nskills:\n");
    for number in 0..scaled(100_000) {
        let _ = writeln!(page, "  - tool {number}");
    }
    read_page(page + "---\n" + IDEA);
    read_page("---\nnever closed\n".repeat(scaled(100_000)));
}

/// What is found on a page, and what each format makes of it: how many findings of one kind, how many are only counted, and how
/// many bytes.
fn told(text: String) -> (usize, usize, usize) {
    let (page, findings) = lint::page(Source::new("page.md", text), Template::named("lfx")).unwrap();
    let pages = [page];
    let found = lint::catalog(&pages, findings, &Limits::default());
    let mut of_kind: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &found.findings {
        *of_kind.entry(finding.code).or_default() += 1;
    }
    let report = Report::new(&pages, &found, Path::new("/"), Level::Error);
    let size = |format: Format| {
        let mut out = Vec::new();
        format.write(&report, &Look::PLAIN, &mut out).unwrap();
        out.len()
    };
    let size = Format::ALL.into_iter().map(size).max().unwrap();
    (of_kind.into_values().max().unwrap_or(0), found.more.iter().map(|more| more.count).sum(), size)
}

#[test]
fn findings_of_one_kind_are_counted_and_not_told_without_end() {
    let page = |mentors: &str, text: &str| {
        format!(
            "### Kitchen\n\n#### Count apples\n\n- Description: We count.\n- Expected Outcome: x\n- Recommended Skills: Go\n- Mentor(s): \
             {mentors}\n- Upstream Issue: https://github.com/a/b/issues/1\n\n{text}\n"
        )
    };
    let ada = "Ada (@ada, ada@example.org), Bo (@bo, bo@example.org)";
    // More than are told, on one line and on many.
    let times = 2 * lint::MOST;
    for (what, text) in [
        ("codes", page(ada, &format!("<!-- ideas-disable {}-->", "x ".repeat(times)))),
        ("comments", page(ada, &"<!-- ideas-disable-next-line quota -->\n\nx\n\n".repeat(times))),
        ("mentors", page(&"b and ".repeat(times), "")),
        ("mentors in lines", page(&"\n  - Ada and Bo".repeat(times), "")),
        ("mojibake", page(ada, &"caf√© ".repeat(times))),
        ("lines of mojibake", page(ada, &"caf√©\n".repeat(times))),
        ("marks of direction", page(ada, &"a\u{202e}b ".repeat(times))),
        ("ideas", page(ada, &"#### Count pears\n\n- Description: x\n- Skills: Go\n\n".repeat(times))),
    ] {
        let length = text.len();
        let (most, more, size) = told(text);
        assert!(most <= lint::MOST && more > 0, "{what}: {most} of a kind, {more} more");
        // What is told is bounded; only what is told once, such as the ideas, grows with the page.
        assert!(size < (2 << 20) + 40 * length, "{what}: {size} bytes of {length}");
    }
}

#[test]
fn comments_silence_before_anything_is_counted() {
    let hidden = format!("<!-- ideas-disable mojibake -->\n\n{}\n\n<!-- ideas-enable -->\n\n", "caf√© ".repeat(2 * lint::MOST));
    let (page, findings) = lint::page(Source::new("page.md", hidden + "caf√©\n"), Template::named("lfx")).unwrap();
    let found = lint::catalog(&[page], findings, &Limits::default());
    assert_eq!(found.findings.iter().filter(|finding| finding.code == "mojibake").count(), 1);
    assert_eq!(found.more, []);
}
