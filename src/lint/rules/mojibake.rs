//! `mojibake`: text was decoded once.

use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};
use crate::mojibake;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "mojibake",
    level: Level::Warning,
    wants: "No text was misread in another character set and saved again.",
    why: "`‚Äô` was a `’` once: UTF-8 that somebody read as Mac Roman, Windows-1252 or Latin-1. Readers stumble, and search \
          does not find the word.",
    examples: &[Example {
        template: "lfx",
        good: "nobody knows which version",
        bad: "the kitchen doesn‚Äôt know which version",
        at: "‚Äô",
    }],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let text = page.source.text();
    let mut found = mojibake::find(text).peekable();
    while let Some(first) = found.next() {
        // Neighbours are one finding: `‚úÖ ‚úÖ` is two, `Ã©Ã©` one.
        let (mut end, mut meant) = (first.range.end, String::from(first.meant));
        while let Some(next) = found.next_if(|next| next.range.start == end) {
            end = next.range.end;
            meant.push(next.meant);
        }
        let span = Span::new(first.range.start, end);
        out.at(span, format!("`{}` was `{meant}` before it was read as {}", &text[span.range()], first.charset.as_str()))
            .fix([Edit::replace(span, meant)]);
    }
    for remnant in mojibake::remnants(text) {
        let span = Span::new(remnant.range.start, remnant.range.end);
        let said = text[span.range()].trim_end();
        let finding = out.at(span, format!("`{said}` is what is left of a character that was read in another character set"));
        match remnant.meant {
            Some(meant) => {
                let shown = if meant == ' ' { "a space".to_owned() } else { format!("`{meant}`") };
                finding.help(format!("it was probably {shown}")).unsafe_fix([Edit::replace(span, meant)])
            }
            None => finding.help("write the character again"),
        };
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::{Template, page};
    use crate::text::Source;

    #[test]
    fn what_cannot_be_known_is_told_and_left_to_people() {
        let template = Template::named("lfx").unwrap();
        let text =
            template.example.replace("tasted by hand", "â€œtastedâ€ by hand, Ã  la main, itâ€™s cafÃ©, donÃ¢â‚¬â„¢t, n\u{fffd}");
        let (_, findings) = page(Source::new("page.md", text), Some(template)).unwrap();
        let told = findings.iter().filter(|finding| finding.code == super::RULE.code);
        let told: Vec<_> = told.map(|it| (it.fix.as_ref().map(|fix| fix.safe), it.help.as_deref())).collect();
        let safe = (Some(true), None);
        let left = |help| (Some(false), Some(help));
        let (quote, letter) = (left("it was probably `”`"), left("it was probably `à`"));
        assert_eq!(told, [safe, quote, letter, safe, safe, safe, (None, Some("write the character again"))]);
    }
}
