//! Markdown source, wrapped: the lines of a paragraph or a list item flow together, everything else keeps its lines.
//!
//! This is no reading of Markdown, only enough of it not to spoil what was written: code, tables, headings and hard line
//! breaks come out as they went in.

use super::fit;

/// The lines of `markdown` (safe already), wrapped to `measure` columns; as they are without one.
pub(super) fn lines(markdown: &str, measure: Option<usize>) -> Vec<String> {
    let markdown = markdown.trim_end();
    let Some(measure) = measure else { return markdown.lines().map(|line| line.trim_end().to_owned()).collect() };
    let mut flow = Flow { measure, lines: Vec::new(), lead: String::new(), text: String::new() };
    let mut fence = None;
    let mut in_list = false;
    for line in markdown.lines() {
        let body = line.trim();
        let indent = indent(line);
        if let Some(open) = fence {
            flow.keep(line);
            if closes(body, open) {
                fence = None;
            }
        } else if body.is_empty() {
            flow.blank();
        } else if let Some(opened) = fence_of(body) {
            flow.keep(line);
            fence = Some(opened);
        } else if let Some(marker) = list_marker(body) {
            in_list = true;
            flow.start(indent, &body[..marker], &body[marker..]);
        } else if keeps_its_line(body) || (indent >= 4 && !in_list && flow.text.is_empty()) {
            in_list = false;
            flow.keep(line);
        } else if flow.text.is_empty() {
            in_list &= indent > 0;
            flow.start(indent, "", body);
        } else {
            flow.text.push(' ');
            flow.text.push_str(body);
        }
        if line.ends_with("  ") || line.ends_with('\\') {
            flow.end();
        }
    }
    flow.end();
    flow.lines
}

struct Flow {
    measure: usize,
    lines: Vec<String>,
    /// What stands before the first line of the paragraph: its indent and list marker.
    lead: String,
    /// The paragraph so far.
    text: String,
}

impl Flow {
    fn start(&mut self, indent: usize, marker: &str, text: &str) {
        self.end();
        // A page may indent by a thousand columns; text must have room all the same.
        self.lead = format!("{:indent$}{marker}", "", indent = indent.min(self.measure / 2));
        text.trim_start().clone_into(&mut self.text);
    }

    fn end(&mut self) {
        let lead = std::mem::take(&mut self.lead);
        let text = std::mem::take(&mut self.text);
        if lead.is_empty() && text.is_empty() {
            return;
        }
        let hang = fit::width(&lead);
        for (i, line) in fit::wrap(&text, self.measure.saturating_sub(hang).max(1)).into_iter().enumerate() {
            let line = if i == 0 { format!("{lead}{line}") } else { format!("{:hang$}{line}", "") };
            self.lines.push(line.trim_end().to_owned());
        }
    }

    fn keep(&mut self, line: &str) {
        self.end();
        self.lines.push(line.trim_end().to_owned());
    }

    /// One empty line for any number of them.
    fn blank(&mut self) {
        self.end();
        if self.lines.last().is_some_and(|last| !last.is_empty()) {
            self.lines.push(String::new());
        }
    }
}

/// The columns of white space before the text.
fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// The character and length of the code fence that a line opens.
fn fence_of(body: &str) -> Option<(char, usize)> {
    let mark = body.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let length = body.len() - body.trim_start_matches(mark).len();
    // "```code``` in a sentence" opens nothing.
    (length >= 3 && !(mark == '`' && body[length..].contains('`'))).then_some((mark, length))
}

fn closes(body: &str, (mark, length): (char, usize)) -> bool {
    body.len() >= length && body.chars().all(|c| c == mark)
}

/// The bytes of a list marker and the white space behind it: `- `, `12. `.
fn list_marker(body: &str) -> Option<usize> {
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let mark = *body.as_bytes().get(digits)?;
    let is_marker = if digits == 0 { matches!(mark, b'-' | b'*' | b'+') } else { digits < 10 && matches!(mark, b'.' | b')') };
    let behind = body.get(digits + 1..)?;
    let ends = behind.is_empty() || behind.starts_with(' ');
    (is_marker && ends && !is_rule(body)).then_some(digits + 1 + usize::from(!behind.is_empty()))
}

/// Headings, tables, quotes, HTML, rules and underlines of headings.
fn keeps_its_line(body: &str) -> bool {
    body.starts_with(['#', '|', '>', '<']) || is_rule(body)
}

fn is_rule(body: &str) -> bool {
    let mut marks = body.chars().filter(|c| !c.is_whitespace());
    marks.next().is_some_and(|first| matches!(first, '-' | '*' | '_' | '=') && body.len() > 1 && marks.all(|c| c == first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_flow_and_the_rest_stays() {
        for (markdown, wrapped) in [
            ("one\ntwo three\n\n\n\nfour", "one two three\n\nfour"),
            ("a long line that must be broken", "a long line that\nmust be broken"),
            ("- an item that is long\n  and goes on\n* b\n12. c", "- an item that is\n  long and goes on\n* b\n12. c"),
            ("- a\n  - nested item of words\n\n  still in it", "- a\n  - nested item of\n    words\n\n  still in it"),
            ("# A heading that is too long for it\ntext", "# A heading that is too long for it\ntext"),
            (
                "```sh\na  b  c\n\n\nlong line of code that stays\n```\nx\ny",
                "```sh\na  b  c\n\n\nlong line of code that stays\n```\nx y",
            ),
            ("~~~\n```\n~~~\na\nb", "~~~\n```\n~~~\na b"),
            ("```x``` is code\nb", "```x``` is code b"),
            ("    code  here\n    more\n\na\nb", "    code  here\n    more\n\na b"),
            ("| a | b |\n|---|---|\n| c | d |", "| a | b |\n|---|---|\n| c | d |"),
            ("Title\n=====\na\nb", "Title\n=====\na b"),
            ("a\n---\nb\n* * *\nc", "a\n---\nb\n* * *\nc"),
            ("hard  \nbreak\\\nhere", "hard\nbreak\\\nhere"),
            ("-\n- \n*", "-\n-\n*"),
            ("1) é\n日本語", "1) é 日本語"),
            ("", ""),
        ] {
            assert_eq!(lines(markdown, Some(20)).join("\n"), wrapped, "{markdown:?}");
        }
        assert_eq!(lines("a  \n\n\n b\n", None), ["a", "", "", " b"]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_and_no_width_panics(text in "([-*+#>|`~=0-9.) \t\\\\a日é]|\n){0,60}", measure in 0..30_usize) {
            let wrapped = lines(&text, Some(measure)).concat();
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            proptest::prop_assert_eq!(letters(&wrapped), letters(&text));
        }
    }
}
