//! What holds for every fix, on every page: it touches what it says and nothing else, fixing twice is fixing once, and the
//! ideas are those that were there before, apart from what was set right.
//!
//! To look further: `PROPTEST_RNG_SEED=1 PROPTEST_CASES=5000 cargo test --release --test lint_properties`.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod corpus_folder;
mod trials;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use mentorship_ideas::idea::{Idea, Mentor};
use mentorship_ideas::lint::{self, Finding, Limits, Linted, Template, fix, proof, rules};
use mentorship_ideas::mojibake;
use mentorship_ideas::text::{Source, Span, Spanned};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// How many rounds of mending a page may need.
const ROUNDS: usize = 10;

/// Lints one page as `ideas validate` does.
fn look(path: &str, text: &str) -> Option<(Linted, Vec<Finding>)> {
    let (page, findings) = lint::page(Source::new(path, text), None).ok()?;
    let pages = [page];
    let findings = lint::catalog(&pages, findings, &Limits::default()).findings;
    let [page] = pages;
    Some((page, findings))
}

/// What a page promises the linter; `Err` says which promise is broken.
fn keeps_promises(path: &str, text: &str) -> Result<(), String> {
    let Some((before, mut findings)) = look(path, text) else { return Ok(()) };
    points_at_the_page(text, &findings)?;
    let mut fixed = text.to_owned();
    let mut mended = BTreeSet::new();
    for round in 0.. {
        let (next, count) = proof::mended(&Source::new(path, fixed.as_str()), &findings);
        if next == fixed {
            break;
        }
        if round == ROUNDS {
            return Err(format!("there is no end to fixing: {mended:?}"));
        }
        let safe = || findings.iter().filter(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safe));
        if count == 0 {
            return Err("something was changed that no finding asked for".to_owned());
        }
        touches_only(&fixed, &next, safe())?;
        mended.extend(safe().map(|finding| finding.code));
        fixed = next;
        findings = look(path, &fixed).ok_or("the fixed page cannot be read")?.1;
    }
    let (after, _) = look(path, &fixed).ok_or("the fixed page cannot be read")?;
    // Front matter that could not be read may be readable now, and then the page is another one.
    if before.problems.is_empty() {
        same_ideas(&before.ideas, &after.ideas).map_err(|fact| format!("{fact}; mended {mended:?}"))?;
    }
    // Unsafe fixes may change what a page says, but they end, too.
    let mut fixed = text.to_owned();
    for round in 0.. {
        let Some((_, findings)) = look(path, &fixed) else { return Err("an unsafe fix broke the page".to_owned()) };
        let (next, _) = fix::apply_all(&fixed, &findings);
        if next == fixed {
            break;
        }
        if round == ROUNDS {
            let codes: BTreeSet<_> =
                findings.iter().filter(|finding| finding.fix.is_some()).map(|finding| finding.code).collect();
            return Err(format!("there is no end to unsafe fixing: {codes:?}"));
        }
        fixed = next;
    }
    Ok(())
}

/// Spans lie on the page and on borders of characters; rules are those that there are.
fn points_at_the_page(text: &str, findings: &[Finding]) -> Result<(), String> {
    for finding in findings {
        let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
        for span in edits.chain([finding.span]) {
            if text.get(span.range()).is_none() {
                return Err(format!("{}: {span:?} is not on the page", finding.code));
            }
        }
        if let Some(fix) = &finding.fix {
            let mut spans: Vec<Span> = fix.edits.iter().map(|edit| edit.span).collect();
            spans.sort();
            if spans.is_empty() || spans.windows(2).any(|pair| pair[1].start < pair[0].end) {
                return Err(format!("{}: {spans:?} overlap", finding.code));
            }
        }
        if rules::ALL.iter().all(|rule| rule.code != finding.code) || finding.message.ends_with('.') {
            return Err(format!("{}: {}", finding.code, finding.message));
        }
    }
    Ok(())
}

/// What stands between the places that fixes name is there before and after, in the same order: no other byte was touched.
fn touches_only<'f>(before: &str, after: &str, findings: impl Iterator<Item = &'f Finding>) -> Result<(), String> {
    let mut named: Vec<Span> = findings.flat_map(|finding| &finding.fix.as_ref().unwrap().edits).map(|edit| edit.span).collect();
    named.sort();
    let mut rest = after;
    let mut at = 0;
    for span in named {
        if span.start > at {
            let kept = &before[at..span.start];
            let found = if at == 0 { rest.starts_with(kept).then_some(0) } else { rest.find(kept) };
            rest = found.map(|found| &rest[found + kept.len()..]).ok_or_else(|| format!("{kept:?} was touched"))?;
        }
        at = at.max(span.end);
    }
    if rest.ends_with(&before[at..]) { Ok(()) } else { Err(format!("{:?} was touched", &before[at..])) }
}

/// The same ideas in the same order, and no fact of any is lost or another one. What the page did not say before may be known
/// now: that is what was set right.
fn same_ideas(before: &[Idea], after: &[Idea]) -> Result<(), String> {
    if before.len() != after.len() {
        return Err(format!("{} ideas became {}", before.len(), after.len()));
    }
    for (before, after) in before.iter().zip(after) {
        let facts = [
            one("title", Some(&before.title), Some(&after.title)),
            one("organization", before.organization.as_ref(), after.organization.as_ref()),
            one("project", before.project.as_ref(), after.project.as_ref()),
            one("program", before.program.as_ref(), after.program.as_ref()),
            one("term", before.term.as_ref(), after.term.as_ref()),
            all("outcomes", &before.outcomes, &after.outcomes),
            all("skills", &before.skills, &after.skills),
            all("tags", &before.tags, &after.tags),
            all("difficulty", &before.difficulty, &after.difficulty),
            all("hours", &before.hours, &after.hours),
            all("upstream", &before.upstream, &after.upstream),
            all("links", &before.links, &after.links),
            mentors(&before.mentors, &after.mentors),
        ];
        for fact in facts {
            fact.map_err(|fact| format!("`{}`: {fact}", before.title.value))?;
        }
    }
    Ok(())
}

fn one<T: std::fmt::Display>(fact: &str, before: Option<&Spanned<T>>, after: Option<&Spanned<T>>) -> Result<(), String> {
    let said = |value: Option<&Spanned<T>>| value.map(|value| letters(&value.value.to_string()));
    match (said(before), said(after)) {
        (None, _) => Ok(()),
        (before, after) if before == after => Ok(()),
        (before, after) => Err(format!("{fact} {before:?} became {after:?}")),
    }
}

fn all<T: std::fmt::Display>(fact: &str, before: &[Spanned<T>], after: &[Spanned<T>]) -> Result<(), String> {
    let said = |values: &[Spanned<T>]| values.iter().map(|value| letters(&value.value.to_string())).collect::<BTreeSet<_>>();
    let (before, after) = (said(before), said(after));
    if before.is_subset(&after) { Ok(()) } else { Err(format!("{fact} {before:?} became {after:?}")) }
}

fn mentors(before: &[Mentor], after: &[Mentor]) -> Result<(), String> {
    if before.len() != after.len() {
        return Err(format!("{} mentors became {}", before.len(), after.len()));
    }
    before.iter().zip(after).try_for_each(|(before, after)| {
        one("mentor", before.name.as_ref(), after.name.as_ref())?;
        one("github", before.github.as_ref(), after.github.as_ref())?;
        one("email", before.email.as_ref(), after.email.as_ref())?;
        one("lfid", before.lfid.as_ref(), after.lfid.as_ref())
    })
}

/// What a text says, whatever marks and spaces stand between, and however it was misread.
fn letters(text: &str) -> String {
    let mut said = text.to_owned();
    for misread in mojibake::find(text).collect::<Vec<_>>().into_iter().rev() {
        said.replace_range(misread.range, misread.meant.encode_utf8(&mut [0; 4]));
    }
    said.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Pages to damage: the templates' own, and the fixtures.
static PAGES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let own = Template::all().iter().map(|template| (format!("{}.md", template.name), template.example.to_owned()));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut fixtures: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    fixtures.retain(|path| path.extension().is_some_and(|extension| extension == "md" || extension == "json"));
    fixtures.sort();
    let fixtures =
        fixtures.iter().map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()));
    // The templates' pages are what rules are made for: each counts as several.
    own.flat_map(|page| vec![page; 8]).chain(fixtures).collect()
});

/// What happens to pages when people write them.
#[derive(Clone, Debug)]
enum Damage {
    DeleteLine(Index),
    RepeatLine(Index),
    SwapLines(Index),
    Replace(&'static str, &'static str, Index),
    Insert(&'static str, Index),
    DeleteCharacter(Index),
    WindowsLines,
    Example(Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let replace = select(vec![
        ("@", ""),
        ("(@", "("),
        ("(@", "(@@"),
        (", ", " "),
        (", ", " | "),
        (", ", ",,"),
        (" | ", " "),
        (" | ", "|"),
        (")", ""),
        ("(", ""),
        ("- ", "* "),
        ("- ", "  - "),
        ("- ", "### "),
        (": ", ":"),
        (": ", ":** "),
        (": ", " - "),
        (": ", ": |\n    "),
        ("\n  - ", " "),
        ("### ", "# "),
        ("#### ", "## "),
        ("#### ", "##### "),
        ("\n\n", "\n"),
        ("\n", "\n\n"),
        ("https://", ""),
        ("https://", "http://"),
        ("https://", "<https://"),
        ("example.org", "example"),
        ("github.com", "www.github.com"),
        ("Description", "Descripton"),
        ("Mentor(s)", "Mentors"),
        ("Mentor(s)", "Mentor"),
        ("Recommended Skills", "Recomended Skill"),
        ("Upstream Issue", "Upstream Issues"),
        ("Kubernetes", "Kuberntes"),
        ("Python", "Pyhton"),
        ("medium", "small"),
        ("175", "200"),
        ("Ada Brook", "TBD"),
        ("Bo Reed", "Ada Brook"),
        ("the", "the’s".split_at(3).0),
        ("e", "é"),
        ("a", "‚Äô"),
        (" ", "\u{a0}"),
        (" ", "\u{200b}"),
        ("a", "Ã©"),
        ("x", "\u{7}"),
        ("x", "<br>"),
        ("x", "<b>x</b>"),
        ("[x]", "[ ]"),
        ("[ ]", "[x]"),
        ("org", "org>"),
        ("ada@example.org", "[ada@example.org](mailto:ada@example.org)"),
        ("boreed", "https://github.com/boreed"),
    ]);
    let insert = select(vec![
        "TBD",
        "\n- Mentor(s): TBD\n",
        "\n#### Bare title\n",
        "\n### Cloud Kitchen\n",
        "<!-- ideas-disable mojibake -->",
        "\n<!-- ideas-disable-next-line -->\n",
        "\n<!-- ideas-disable mojibake, missing-field -->\n",
        "\n<!-- ideas-enable -->\n",
        "- Difficulty: easy\n",
        "- Difficulty: tiny\n",
        "\u{feff}",
        "\r",
        "\0",
        "```\n",
        "\n- Expected project size: 350 hours\n",
        "- Upstream Issue: https://github.com/a/b/issues/1, https://github.com/a/b/pull/2\n",
        "  - Cy Marsh\n",
        "\n---\n",
        "| a | b |\n|---|---|\n",
        "Mentor Name (@mentor_github, mentor@email.addy)",
        "**",
        "`",
        "<div>",
        "\n> ",
    ]);
    prop_oneof![
        1 => any::<Index>().prop_map(Damage::DeleteLine),
        1 => any::<Index>().prop_map(Damage::RepeatLine),
        1 => any::<Index>().prop_map(Damage::SwapLines),
        6 => (replace, any::<Index>()).prop_map(|((from, to), at)| Damage::Replace(from, to, at)),
        2 => (insert, any::<Index>()).prop_map(|(text, at)| Damage::Insert(text, at)),
        1 => any::<Index>().prop_map(Damage::DeleteCharacter),
        1 => Just(Damage::WindowsLines),
        3 => any::<Index>().prop_map(Damage::Example),
    ]
}

fn apply(text: &str, damage: &Damage) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    match damage {
        _ if text.is_empty() => String::new(),
        Damage::DeleteLine(at) => {
            lines.remove(at.index(lines.len()));
            lines.concat()
        }
        Damage::RepeatLine(at) => {
            let at = at.index(lines.len());
            lines.insert(at, lines[at]);
            lines.concat()
        }
        Damage::SwapLines(at) => {
            let at = at.index(lines.len());
            lines.swap(at, (at + 1) % text.split_inclusive('\n').count());
            lines.concat()
        }
        Damage::Replace(from, to, at) => {
            let places: Vec<usize> = text.match_indices(from).map(|(place, _)| place).collect();
            if places.is_empty() {
                return text.to_owned();
            }
            let place = places[at.index(places.len())];
            format!("{}{to}{}", &text[..place], &text[place + from.len()..])
        }
        Damage::Insert(what, at) => {
            let place = text.floor_char_boundary(at.index(text.len() + 1));
            format!("{}{what}{}", &text[..place], &text[place..])
        }
        Damage::DeleteCharacter(at) => {
            let place = text.floor_char_boundary(at.index(text.len()));
            let length = text[place..].chars().next().map_or(0, char::len_utf8);
            format!("{}{}", &text[..place], &text[place + length..])
        }
        Damage::WindowsLines => text.replace("\r\n", "\n").replace('\n', "\r\n"),
        Damage::Example(at) => {
            let examples: Vec<_> =
                rules::ALL.iter().flat_map(|rule| rule.examples).filter(|example| text.contains(example.good)).collect();
            if examples.is_empty() {
                return text.to_owned();
            }
            let example = examples[at.index(examples.len())];
            text.replacen(example.good, example.bad, 1)
        }
    }
}

proptest! {
    #![proptest_config(trials::config(400))]

    #[test]
    fn damaged_pages_keep_the_promises(page in any::<Index>(), damages in vec(damage(), 1..6)) {
        let (path, text) = page.get(&PAGES);
        let text = damages.iter().fold(text.clone(), |text, damage| apply(&text, damage));
        if let Err(broken) = keeps_promises(path, &text) {
            prop_assert!(false, "{broken}\n{path}:\n{text}");
        }
    }
}

#[test]
fn fixtures_keep_the_promises() {
    for (path, text) in PAGES.iter() {
        keeps_promises(path, text).unwrap_or_else(|broken| panic!("{path}: {broken}"));
    }
}

#[test]
fn a_broken_promise_would_be_seen() {
    let (before, _) = look("lfx.md", Template::named("lfx").unwrap().example).unwrap();
    for (from, to) in
        [("Ada Brook", "Eve Brook"), ("#### Taste", "Taste"), ("@cy-marsh", "@cy"), ("PostgreSQL", "SQL"), ("Go\n", "\n")]
    {
        let (after, _) = look("lfx.md", &Template::named("lfx").unwrap().example.replace(from, to)).unwrap();
        assert!(same_ideas(&before.ideas, &after.ideas).is_err(), "{from}");
    }
    let finding = Finding {
        code: "mojibake",
        level: lint::Level::Info,
        page: 0,
        span: Span::new(2, 3),
        message: String::new(),
        help: None,
        idea: None,
        fix: Some(lint::Fix { safe: true, edits: vec![lint::Edit::delete(Span::new(2, 3))] }),
        common: None,
        others: Vec::new(),
    };
    assert!(touches_only("abcdef", "abdef", [&finding].into_iter()).is_ok());
    for touched in ["abdeF", "Abdef", "abde"] {
        assert!(touches_only("abcdef", touched, [&finding].into_iter()).is_err(), "{touched}");
    }
}

/// The pages of the corpus, where it is at hand.
fn corpus() -> Option<Vec<PathBuf>> {
    let folder = corpus_folder::find()?;
    let mut paths: Vec<PathBuf> = fs::read_dir(folder.join("pages")).unwrap().map(|file| file.unwrap().path()).collect();
    paths.sort();
    Some(paths)
}

#[test]
fn the_corpus_keeps_the_promises() {
    for path in corpus().unwrap_or_default() {
        let (source, _) = Source::decode(&path, fs::read(&path).unwrap());
        let name = path.file_name().unwrap().to_str().unwrap();
        keeps_promises(name, source.text()).unwrap_or_else(|broken| panic!("{name}: {broken}"));
        keeps_promises(name, &source.text().replace('\n', "\r\n")).unwrap_or_else(|broken| panic!("{name}, CRLF: {broken}"));
    }
}
