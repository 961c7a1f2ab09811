//! What a search found, for reading: title, id, and the words where they stand; what `ideas search` prints.

use std::io::{self, Write};

use super::{Look, entry, facts, safe};
use crate::idea::id::short::ShortIds;
use crate::query::search::{Found, Hit};

/// Writes hits of a search, an empty line between two; `ids` are those of the catalogue.
pub fn write(found: &Found, hits: &[Hit<'_>], ids: &ShortIds<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let terms_differ = facts::terms_differ(hits.iter().map(|hit| hit.idea));
    for (i, hit) in hits.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        let idea = hit.idea;
        entry::title(idea, |title| found.marks("title", title), look, out)?;
        // What decides whether one reads on.
        let term = if terms_differ { facts::term(idea) } else { String::new() };
        let facts = [facts::status(idea), facts::levels(idea), facts::size(idea), term, facts::also(idea), facts::upstream(idea)];
        entry::id(idea, &facts, &idea.tags, ids, look, out)?;
        if let Some(passage) = found.passage(idea) {
            let text = safe::line(&passage.text);
            let marks = found.marks(passage.field(), &text);
            let label = if passage.field() == "description" { String::new() } else { format!("{}:", passage.field()) };
            entry::excerpt(&label, &text, &marks, look, out)?;
        } else if let Some(summary) = &idea.summary {
            entry::excerpt("", &safe::line(summary), &[], look, out)?;
        }
        if !hit.by.without.is_empty() {
            entry::labelled("without ", "without ".len(), &hit.by.without.join(", "), look, out)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{fit, sample};
    use super::*;
    use crate::idea::Idea;
    use crate::query::search::{Index, Search};

    fn shown(ideas: &[Idea], text: &str, look: &Look) -> String {
        let index = Index::new(ideas);
        let found = index.search(&Search::read(text).unwrap(), |_| true);
        let mut out = Vec::new();
        let hits: Vec<Hit<'_>> = found.matches.iter().map(|by| Hit { idea: &ideas[by.place], by }).collect();
        write(&found, &hits, &ShortIds::default(), look, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_hit_is_shown() {
        let expected = "\
Deploying Kubeflow with Helm (Kubeflow)
  kubeflow-helm  medium; 175 or 350 hours; go, helm
  Charts, so that one command installs all.
  without xyzzy
";
        assert_eq!(shown(&[sample::idea()], "helm command xyzzy", &Look::PLAIN), expected);
        let colored = shown(&[sample::idea()], "jane", &Look { color: true, ..Look::PLAIN });
        assert!(colored.ends_with("\u{1b}[2mmentors:\u{1b}[0m \u{1b}[1m\u{1b}[31mJane\u{1b}[0m Doe\n"), "{colored:?}");
    }

    #[test]
    fn lines_fit() {
        let long = format!("{} needle {}", "before and ".repeat(40), "after that ".repeat(40));
        let idea = Idea { description: Some(crate::text::Spanned::nowhere(long)), ..sample::idea() };
        for width in 24..210 {
            let look = Look { width: Some(width), unicode: true, ..Look::PLAIN };
            let text = shown(std::slice::from_ref(&idea), "needle", &look);
            assert!(text.lines().all(|line| fit::width(line) <= width), "{width}:\n{text}");
            assert!(text.contains(" needle"), "{width}:\n{text}");
        }
    }

    #[test]
    fn lines_without_spaces_fit() {
        let title = "長い題名".repeat(20);
        let idea =
            Idea { description: Some(crate::text::Spanned::nowhere(format!("{title} needle {title}"))), ..Idea::bare(&title) };
        for width in [24, 33, 80] {
            let look = Look { width: Some(width), unicode: true, ..Look::PLAIN };
            let text = shown(std::slice::from_ref(&idea), "needle", &look);
            assert!(text.lines().all(|line| fit::width(line) <= width), "{width}:\n{text}");
            assert!(text.replace('\n', "").starts_with(&title), "nothing of a title is lost:\n{text}");
        }
    }

    #[test]
    fn nothing_a_page_says_commands_a_terminal() {
        let looks = [0, 1, 12, 40, 80, 200].map(|width| Look { width: Some(width), unicode: true, ..Look::PLAIN });
        for look in looks.into_iter().chain([Look::PLAIN]) {
            for search in ["pwned", "31m", "b", "\"d e\""] {
                let text = shown(&[sample::hostile()], search, &look);
                assert!(!text.contains(|c| c != '\n' && safe::is_hidden(c)), "{look:?}: {text:?}");
            }
        }
    }
}
