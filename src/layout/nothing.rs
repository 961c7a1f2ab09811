//! What was taken for no idea, and why, in words: what `--verbose` tells about it.

use super::{Heading, Holds};
use crate::text::Source;

/// What an idea has at least.
pub const WANTED: &str = "a title and two of mentors, skills, difficulty, size and issue";

/// Says which heading comes nearest to an idea, and what it lacks.
pub(super) fn why(source: &Source, headings: &[Heading<'_>]) -> String {
    // Of several, the first.
    let nearest = headings.iter().rev().max_by_key(|heading| heading.states.len());
    match nearest {
        None => format!("it has no headings, and no table or list of {WANTED}"),
        Some(heading) if heading.states.is_empty() => {
            format!("nothing below its headings ({}) is labelled as {WANTED}, and none of them offers ideas", headings.len())
        }
        Some(heading) => {
            let states = heading.states.join(", ");
            format!("{} comes nearest: it states {states}, and an idea has {WANTED}", named(heading, source))
        }
    }
}

/// A heading and where it stands.
fn named(heading: &Heading<'_>, source: &Source) -> String {
    let line = source.line(heading.text.span().start);
    match heading.text.flow() {
        title if title.is_empty() => format!("the empty or struck-through heading on line {line}"),
        title => format!("'{title}' on line {line}"),
    }
}

/// The headings that state some facts of an idea and are none, on a page that holds others.
pub(super) fn doubts<'p>(source: &'p Source, headings: &'p [Heading<'_>]) -> impl Iterator<Item = String> + 'p {
    let holds_ideas = headings.iter().any(|heading| heading.holds == Holds::Idea);
    let doubtful = headings.iter().filter(move |heading| {
        holds_ideas && heading.is_name && heading.holds == Holds::Else && !heading.in_idea && !heading.states.is_empty()
    });
    doubtful.map(|heading| {
        format!("{} states {} and too little else to be an idea", named(heading, source), heading.states.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::super::Tree;
    use super::*;

    #[test]
    fn what_is_left_out_beside_ideas_is_told() {
        let idea = "- Skills: Go\n- Mentor: Ada Brook\n- Difficulty: hard\n";
        for (page, told) in [
            (format!("## One\n\n{idea}\n## Two\n\n{idea}"), None),
            (format!("## One\n\n{idea}\n### More\n\n- Size: 90 hours\n"), None),
            (
                format!("# Page\n\n## Last winter\n\n- Size: 90 hours\n\n## Ideas\n\n### One\n\n{idea}"),
                Some("'Last winter' on line 3 states size and too little else to be an idea"),
            ),
        ] {
            let source = Source::new("page.md", page.as_str());
            let tree = Tree::read(&source).unwrap();
            let seen = tree.inspect().unwrap();
            assert_eq!(doubts(&source, &seen.headings).next().as_deref(), told, "{page}");
        }
    }

    #[test]
    fn the_nearest_heading_is_told() {
        for (page, reason) in [
            ("Just text.\n", "it has no headings, and no table or list of a title and two of"),
            ("# Ideas\n\n## One\n\nText.\n", "nothing below its headings (2) is labelled as a title"),
            (
                "# Ideas\n\n## One\n\nText.\n\n## Two\n\n- Difficulty: hard\n",
                "'Two' on line 7 comes nearest: it states difficulty, and an idea has a title",
            ),
        ] {
            let source = Source::new("page.md", page);
            let tree = Tree::read(&source).unwrap();
            let seen = tree.inspect().unwrap();
            assert!(seen.entries.is_empty(), "{page}");
            let said = why(&source, &seen.headings);
            assert!(said.starts_with(reason), "{page}: {said}");
        }
    }
}
