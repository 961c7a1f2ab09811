//! `difficulty-value`: the difficulty is one of the levels that contributors know.

use crate::idea::reading::Reading;
use crate::idea::{Difficulty, difficulty, size};
use crate::labels::Kind;
use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};
use crate::prose::Text;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "difficulty-value",
    level: Level::Warning,
    wants: "The difficulty is easy, medium or hard, or a range of these.",
    why: "Google's guide for mentors asks for these three, and contributors filter by them. An idea whose \
          level nobody understands is not found by those who look for a first one. `small` and `large` are sizes: who reads them cannot \
          tell what is meant. Other words for a level (`beginner`, `advanced`) are understood.",
    examples: &[
        Example {
            template: "cncf-gsoc",
            good: "- Expected project size: large (~350 hour projects)\n",
            bad: "- Expected project size: large (~350 hour projects)\n- Difficulty: small\n",
            at: "small",
        },
        Example {
            template: "cncf-gsoc",
            good: "- Expected project size: large (~350 hour projects)\n",
            bad: "- Expected project size: large (~350 hour projects)\n- Difficulty: spicy\n",
            at: "spicy",
        },
        Example { template: "idea", good: "difficulty: medium", bad: "difficulty: 3", at: "3" },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    let mut unread: Option<Text<'_>> = None;
    let mut read = false;
    for fact in &page.ideas()[idea].draft.facts {
        let both = fact.kind == Kind::DifficultyAndSize;
        if !both && fact.kind != Kind::Difficulty {
            continue;
        }
        let own = fact.span();
        let inside = |span: Option<Span>| span.is_some_and(|span| own.start <= span.start && span.end <= own.end);
        let readings: Vec<Reading<'_, Difficulty>> = fact.parts.iter().map(|part| difficulty::understand(part.text)).collect();
        let levels = page.ideas()[idea].idea.difficulty.iter();
        let mut levels: Vec<_> = levels.filter(|level| inside(level.span)).cloned().collect();
        if levels.is_empty() {
            // A level that another field has named already is not read twice.
            levels.extend(readings.iter().flat_map(|reading| reading.values.iter().cloned()));
        }
        if levels.is_empty() {
            if !both {
                unread = unread.or_else(|| readings.iter().find_map(|reading| reading.unread));
            }
            continue;
        }
        read = true;
        let words: Vec<(Span, &str, Difficulty)> =
            levels.iter().filter_map(|level| Some((level.span?, page.source.slice(level.span?), level.value))).collect();
        let is_slip = |span: Span| readings.iter().flat_map(|reading| &reading.slips).any(|slip| slip.span() == span);
        if let Some((span, word, level)) = words.iter().find(|(span, ..)| is_slip(*span)) {
            out.at(*span, format!("`{word}` names no level of difficulty"))
                .help(format!("did you mean `{level}`?"))
                .unsafe_fix([Edit::replace(*span, level.as_str())]);
            continue;
        }
        let sizes: Vec<_> = words.iter().filter(|(_, word, level)| is_size(word, *level)).collect();
        // Where both are said together, a word of size has its place.
        if !sizes.is_empty() && !both {
            report(out, &sizes, "a size, not a level of difficulty");
            continue;
        }
        let wanted = &page.template.limits.difficulty;
        let is_other = |word: &str| !wanted.is_empty() && !wanted.iter().any(|known| known.eq_ignore_ascii_case(word));
        let others: Vec<_> = words.iter().filter(|(_, word, level)| is_other(word) && !is_size(word, *level)).collect();
        if !others.is_empty() {
            report(out, &others, &format!("not one of {}", wanted.join(", "))).level(Level::Info);
        }
    }
    // A second label of that name is something else, if the first says it.
    if let (Some(line), false) = (unread, read)
        && (line.len() > 1 || line.as_str().starts_with(|c: char| c.is_ascii_digit()))
    {
        out.at(line.span(), format!("`{}` names no level of difficulty", line.flow()))
            .help("write `easy`, `medium` or `hard`")
            .common("have a difficulty that is none of easy, medium and hard");
    }
}

fn is_size(word: &str, level: Difficulty) -> bool {
    size::from_word(word).is_some() && !word.eq_ignore_ascii_case(level.as_str())
}

/// One finding for a field, however many of its words are at fault.
fn report<'f>(out: &'f mut Findings<'_>, words: &[&(Span, &str, Difficulty)], are: &str) -> &'f mut crate::lint::Finding {
    let span = words.iter().map(|(span, ..)| *span).reduce(Span::join).unwrap_or(Span::new(0, 0));
    let said: Vec<_> = words.iter().map(|(_, word, _)| format!("`{word}`")).collect();
    let meant: Vec<_> = words.iter().map(|(.., level)| format!("`{level}`")).collect();
    let be = if words.len() == 1 { "is" } else { "are" };
    let edits = words.iter().map(|(span, _, level)| Edit::replace(*span, level.as_str()));
    out.at(span, format!("{} {be} {are}", said.join(" and "))).help(format!("write {}", meant.join(" and "))).unsafe_fix(edits)
}

#[cfg(test)]
mod tests {
    use crate::lint::damaged;

    #[test]
    fn fields_say() {
        let size = "- Expected project size: large (~350 hour projects)\n";
        for (said, found) in [
            ("easy", ""),
            ("Medium to Hard", ""),
            ("medium-hard", ""),
            ("Hard (needs experience with Go)", ""),
            ("**Hard**", ""),
            ("large", "large"),
            ("Small/Medium", "Small"),
            ("Beginner", ""),
            ("Beginner to Advanced", ""),
            ("meduim", "meduim"),
            ("TBD", "TBD"),
            ("10/10", ""),
        ] {
            let bad = format!("{size}- Difficulty: {said}\n");
            let found: Vec<_> = (!found.is_empty()).then(|| format!("difficulty-value {found}")).into_iter().collect();
            assert_eq!(damaged("cncf-gsoc", size, &bad), found, "{said}");
        }
        for (said, found) in [("[easy, medium]", ""), ("Hard", ""), ("small", "small"), ("expert", ""), ("so-so", "so-so")] {
            let found: Vec<_> = (!found.is_empty()).then(|| format!("difficulty-value {found}")).into_iter().collect();
            assert_eq!(damaged("idea", "difficulty: medium", &format!("difficulty: {said}")), found, "{said}");
        }
    }
}
