//! Pages, and what happens to pages when people write them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use mentorship_ideas::lint::{Template, rules};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::corpus_folder;

/// A longer page, in bytes, is not damaged: it would take too long.
const LONG: usize = 20_000;

/// Pages to damage: the templates' own, the fixtures, and real ones where they are at hand.
pub(crate) static PAGES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let own = Template::all().iter().map(|template| (format!("{}.md", template.name), template.example.to_owned()));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut fixtures: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    fixtures.retain(|path| path.extension().is_some_and(|extension| extension == "md" || extension == "json"));
    fixtures.sort();
    let fixtures =
        fixtures.iter().map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()));
    let real = corpus_folder::real_pages().into_iter().filter(|page| page.text().len() < LONG);
    let real = real.map(|page| (page.path().file_name().unwrap().to_str().unwrap().to_owned(), page.text().to_owned()));
    // The templates' pages are what rules are made for: each counts as several.
    own.flat_map(|page| vec![page; 8]).chain(fixtures).chain(real).collect()
});

/// What happens to pages when people write them.
#[derive(Clone, Debug)]
pub(crate) enum Damage {
    DeleteLine(Index),
    RepeatLine(Index),
    SwapLines(Index),
    Replace(&'static str, &'static str, Index),
    Insert(&'static str, Index),
    DeleteCharacter(Index),
    WindowsLines,
    Example(Index),
}

pub(crate) fn damage() -> impl Strategy<Value = Damage> {
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

pub(crate) fn apply(text: &str, damage: &Damage) -> String {
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
