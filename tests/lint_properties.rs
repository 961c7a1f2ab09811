//! What holds for every fix, on every page: it touches what it says and nothing else, fixing twice is fixing once, and the
//! ideas are those that were there before, apart from what was set right.
//!
//! To look further: `PROPTEST_RNG_SEED=1 PROPTEST_CASES=5000 cargo test --release --test lint_properties`.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod corpus_folder;
mod damage;
mod trials;

use std::collections::BTreeSet;
use std::path::Path;

use damage::{PAGES, apply, damage};
use mentorship_ideas::author::{self, Target};
use mentorship_ideas::catalog::Given;
use mentorship_ideas::idea::{Idea, Mentor};
use mentorship_ideas::layout::Tree;
use mentorship_ideas::lint::{self, Edit, Finding, Fix, Limits, Linted, Template, fix, proof, rules};
use mentorship_ideas::mojibake;
use mentorship_ideas::text::{Source, Span, Spanned};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

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
            one("description", before.description.as_ref(), after.description.as_ref()),
            one("status", before.status.as_ref(), after.status.as_ref()),
            all("technologies", &before.technologies, &after.technologies),
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

/// What a text says, whatever marks and spaces stand between, however it was misread, and with or without the scheme of
/// an address.
fn letters(text: &str) -> String {
    let mut said = text.to_owned();
    for misread in mojibake::find(text).collect::<Vec<_>>().into_iter().rev() {
        said.replace_range(misread.range, misread.meant.encode_utf8(&mut [0; 4]));
    }
    // What a terminal takes for a command is nothing that the page says.
    said = said.replace("https://", " ").replace("\u{1b}[31m", "");
    said.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
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

/// A finding without a fix.
fn finding() -> Finding {
    Finding {
        code: "mojibake",
        level: lint::Level::Info,
        page: 0,
        span: Span::new(0, 0),
        message: String::new(),
        help: None,
        idea: None,
        fix: None,
        common: None,
        others: Vec::new(),
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
    let edits = vec![Edit::delete(Span::new(2, 3))];
    let finding = Finding { span: Span::new(2, 3), fix: Some(Fix { safe: true, edits }), ..finding() };
    assert!(touches_only("abcdef", "abdef", [&finding].into_iter()).is_ok());
    for touched in ["abdeF", "Abdef", "abde"] {
        assert!(touches_only("abcdef", touched, [&finding].into_iter()).is_err(), "{touched}");
    }
}

#[test]
fn real_pages_keep_the_promises() {
    for page in corpus_folder::real_pages() {
        let name = page.path().file_name().unwrap().to_str().unwrap();
        keeps_promises(name, page.text()).unwrap_or_else(|broken| panic!("{name}: {broken}"));
        keeps_promises(name, &page.text().replace('\n', "\r\n")).unwrap_or_else(|broken| panic!("{name}, CRLF: {broken}"));
    }
}

/// What a rule would claim to be safe on such a page, and what becomes of the page.
fn mended(page: &str, what: &str, with: &str) -> Option<String> {
    let at = page.find(what).unwrap();
    let edits = vec![Edit::replace(Span::new(at, at + what.len()), with)];
    let finding = Finding { fix: Some(Fix { safe: true, edits }), ..finding() };
    let (text, count) = proof::mended(&Source::new("page.md", page), [&finding]);
    assert_eq!(count == 1, text != page);
    (count == 1).then_some(text)
}

#[test]
fn a_fix_that_changes_how_the_page_is_read_is_not_made() {
    let page = "## Taste \u{200b}soups\n\n- [Skills](https://example.org/s): Go\n- Mentors: Ada Brook (ada-b), Bo\n- Level: easy\n\n\
                Use `a\u{feff}b` here.\n\n```\nx\u{feff}y\n```\n\n\u{7}## Stir soups\n\n- Skills: Rust\n- Mentors: Cy\n\n\
                \u{7}<div hidden>\n\n## Cook soups\n\n- Skills: C\n- Mentors: Di\n\n\u{7}</div>\n\n[s]: https://example.org/s\n";
    for (what, with) in [
        // Headings and blocks.
        ("## Taste", "### Taste"),
        ("## Taste", "Taste"),
        ("\u{7}## Stir", "## Stir"),
        ("\u{7}<div hidden>", "<div hidden>"),
        ("- Level", "  - Level"),
        // Code, and the words of links.
        ("a\u{feff}b", "ab"),
        ("x\u{feff}y", "xy"),
        ("[Skills]", "[Recommended Skills]"),
        ("https://example.org/s)", "https://example.org/t)"),
        // Values.
        ("Ada Brook", "Eve Brook"),
        ("easy", "hard"),
        (", Bo", ""),
        ("- Level: easy\n", ""),
        ("Level", "Skills"),
    ] {
        assert_eq!(mended(page, what, with), None, "{what:?} → {with:?}");
    }
    for (what, with) in [("\u{200b}", ""), ("ada-b", "@ada-b"), ("Level", "Difficulty"), ("Mentors:", "Mentor(s):")] {
        assert_eq!(mended(page, what, with), Some(page.replacen(what, with, 1)), "{what:?} → {with:?}");
    }
}

#[test]
fn many_fixes_are_tried_together_and_those_that_change_something_are_left_out() {
    let (good, bad) = ("tasted\u{200b} by hand. ", "a`\u{200b} `z. ");
    let text: String = (0..600).map(|at| if at % 100 == 7 { bad } else { good }).collect();
    let page = format!("## Taste soups\n\n- Skills: Go\n- Mentors: Ada Brook\n- Description: {text}\n");
    let source = Source::new("page.md", page.as_str());
    let findings: Vec<Finding> = page
        .match_indices('\u{200b}')
        .map(|(at, space)| Edit::delete(Span::new(at, at + space.len())))
        .map(|edit| Finding { fix: Some(Fix { safe: true, edits: vec![edit] }), ..finding() })
        .collect();
    let (text, count) = proof::mended(&source, &findings);
    assert_eq!((count, text.matches('\u{200b}').count(), text.matches(bad).count()), (594, 6, 6));
}

/// A word that no page has.
const WORD: &str = "zqvxkuh";

/// Writes a page anew and asks what became of each word.
fn loses_no_word(path: &str, text: &str) -> Result<(), String> {
    let page = Source::new(path, text);
    let (tree, given) = (Tree::read(&page).map_err(|error| error.to_string())?, Given::default());
    let seen = tree.inspect().map_err(|error| error.to_string())?;
    for template in [None, Template::named("lfx")] {
        let Ok(written) = author::rewrite(&page, &tree, &seen, template, &given) else { continue };
        if written.text.matches(WORD).count() < text.matches(WORD).count() {
            return Err(format!("`fmt` lost a word:\n{}", written.text));
        }
        let again = Source::new(path, written.text.as_str());
        let tree = Tree::read(&again).map_err(|error| error.to_string())?;
        let seen = tree.inspect().map_err(|error| error.to_string())?;
        let twice = author::rewrite(&again, &tree, &seen, template, &given).map(|twice| twice.text);
        if twice.as_ref() != Ok(&written.text) {
            return Err(format!("`fmt` twice is not once:\n{}\n{twice:?}", written.text));
        }
    }
    // `convert` tells of words that are in no field, and of facts that the target has no place for.
    let ideas: Vec<&Idea> = seen.entries.iter().map(|entry| &entry.idea).collect();
    for name in ["lfx", "gsoc", "json", "lfx-export"] {
        let written = author::write(&ideas, &Target::named(name).unwrap());
        let lost = ideas.iter().any(|idea| serde_json::to_string(idea).unwrap().contains(WORD)) && !written.text.contains(WORD);
        if lost && written.losses.is_empty() {
            return Err(format!("`convert --to {name}` lost a word:\n{}", written.text));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(trials::config(150))]

    #[test]
    fn writing_anew_loses_no_word(page in any::<Index>(), at in any::<Index>(), damages in vec(damage(), 0..4)) {
        let (path, text) = page.get(&PAGES);
        let text = damages.iter().fold(text.clone(), |text, damage| apply(&text, damage));
        // Beside a word, there it is text and no markup; and behind a label, whose words are the template's afterwards.
        let is_value = |at: &usize| {
            let line = text[..*at].lines().next_back().unwrap_or_default();
            text[at + 1..].starts_with(char::is_alphabetic) && line.contains(": ")
        };
        let words: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).filter(is_value).collect();
        if !words.is_empty() {
            let text = text.clone();
            let place = *at.get(&words);
            let text = format!("{} {WORD}{}", &text[..place], &text[place..]);
            if let Err(broken) = loses_no_word(path, &text) {
                prop_assert!(Path::new(path).extension().is_some_and(|kind| kind == "json"), "{broken}\n{path}:\n{text}");
            }
        }
    }
}
