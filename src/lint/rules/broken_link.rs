//! `broken-link`: what is written as a link is one.

use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};
use crate::prose::Text;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "broken-link",
    level: Level::Warning,
    wants: "A Markdown link has its text in brackets and, right behind them, its URL in closed parentheses.",
    why: "Otherwise the page shows the marks instead of a link, and contributors have nothing to click on; the URL that is read may \
          have a bracket in it and lead nowhere.",
    examples: &[
        Example {
            template: "lfx",
            good: "so that every kitchen can say",
            bad: "so that [every kitchen](https://example.org/kitchens can say",
            at: "[every kitchen](https://example.org/kitchens",
        },
        Example {
            template: "lfx",
            good: "so that every kitchen can say",
            bad: "so that (every kitchen)[https://example.org/kitchens] can say",
            at: "(every kitchen)[https://example.org/kitchens]",
        },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    if page.tree.is_html || page.is_record() {
        return;
    }
    let draft = &page.ideas()[idea].draft;
    let values = draft.facts.iter().flat_map(|fact| fact.lines().map(|(line, _)| line));
    let texts = draft.loose.iter().flat_map(|text| text.lines());
    let mut seen = Vec::new();
    for line in values.chain(texts) {
        // Where a link is one, its marks are no text.
        for open in ["](http", "] (http", ")[http"] {
            for (at, _) in line.as_str().match_indices(open) {
                let Some(link) = around(line, at, open) else { continue };
                if !seen.contains(&link.span()) && !is_code(page, link.span()) {
                    seen.push(link.span());
                    report(link, open, out);
                }
            }
        }
    }
}

/// True between backticks.
fn is_code(page: &Page<'_>, span: Span) -> bool {
    let line = page.line_span(span);
    memchr::memchr_iter(b'`', &page.source.text().as_bytes()[line.start..span.start]).count() % 2 == 1
}

/// The text that was meant to be a link: from the bracket that opens it to the end of its URL.
fn around<'a>(line: Text<'a>, at: usize, open: &str) -> Option<Text<'a>> {
    let said = line.as_str();
    let start = said[..at].rfind(if open.starts_with(']') { '[' } else { '(' })?;
    let url = at + open.len() - "http".len();
    let long = said[url..].find(char::is_whitespace).unwrap_or(said.len() - url);
    let closing = if open.starts_with(']') { ')' } else { ']' };
    let end = said[url..url + long].find(closing).map_or(url + long, |end| url + end + 1);
    let end = url + said[url..end].trim_end_matches([',', ';', '.']).len();
    Some(line.cut(start..end))
}

fn report(link: Text<'_>, open: &str, out: &mut Findings<'_>) {
    let said = link.as_str();
    let span = link.span();
    if open.starts_with(')') {
        let (text, url) = said.split_once(")[").unwrap_or((said, ""));
        let right = format!("[{}]({})", text.trim_start_matches('('), url.trim_end_matches(']'));
        out.at(span, format!("the marks of the link `{said}` are swapped"))
            .help(format!("write `{right}`"))
            .unsafe_fix([Edit::replace(span, right)]);
    } else if open.contains(' ') {
        let right = said.replacen("] (", "](", 1);
        let finding = out.at(span, format!("a space stands inside the link `{said}`"));
        if right.ends_with(')') {
            finding.help(format!("write `{right}`")).unsafe_fix([Edit::replace(span, right)]);
        }
    } else if !said.ends_with(')') {
        out.at(span, format!("the link `{said}` is not closed"))
            .help("close it behind the URL: `)`")
            .unsafe_fix([Edit::insert(span.end, ")")]);
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::damaged;

    #[test]
    fn links_that_are_none() {
        let url = "https://example.org/a";
        for (said, found) in [
            (format!("[a spoon]({url} and more"), format!("[a spoon]({url}")),
            (format!("[a spoon] ({url}) and more"), format!("[a spoon] ({url})")),
            (format!("(a spoon)[{url}] and more"), format!("(a spoon)[{url}]")),
            (format!("[a spoon]({url}) and more"), String::new()),
            (format!("`[a spoon]({url}`"), String::new()),
            (format!("a list [1], (see {url})"), String::new()),
        ] {
            let seen = damaged("lfx", "so that every kitchen can say", &said);
            let seen: Vec<_> = seen.into_iter().filter(|found| found.starts_with("broken-link")).collect();
            let found: Vec<_> = (!found.is_empty()).then(|| format!("broken-link {found}")).into_iter().collect();
            assert_eq!(seen, found, "{said}");
        }
    }
}
