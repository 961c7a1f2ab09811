//! Markdown that was broken on its way: put together again without moving a byte, so that all spans hold.
//!
//! Pages that were copied from elsewhere have rows of tables that are broken over lines and blanks on the wrong side of the
//! asterisks of bold text. Scrapers lose the line breaks between items of lists. reStructuredText has underlines that Markdown
//! reads as the beginning of code, and Jekyll's pages have lines for its converter (`{: #anchor }`) and its templates
//! (`{% include x %}`) that nobody sees; nor do they see attributes behind text (`{#anchor}`). All are mended by other
//! characters of the same length.

use std::borrow::Cow;

/// The Markdown as it was probably meant; as long as the original.
pub(super) fn mended(markdown: &str) -> Cow<'_, str> {
    let mut changes: Vec<(usize, usize, u8)> = Vec::new();
    let mut lines = lines(markdown).peekable();
    let mut above: Option<(usize, &str)> = None;
    let mut fence: Option<&str> = None;
    let mut in_item = false;
    while let Some((start, line)) = lines.next() {
        let said = line.trim();
        in_item = line.starts_with("- ") || in_item && !said.is_empty() && !said.starts_with('#');
        if let Some(open) = fence {
            if said.starts_with(open) && said.trim_start_matches(&open[..1]).is_empty() {
                fence = None;
            }
        } else if let Some(width) = above.and_then(|(_, above)| delimiter(above, said)) {
            rows(markdown, &mut lines, width, &mut changes);
            above = None;
            continue;
        } else if above.is_some_and(|(_, above)| is_underline(above, said)) {
            let indent = line.len() - line.trim_start().len();
            changes.push((start + indent, start + indent + said.len(), b'-'));
            above = None;
            continue;
        } else if is_for_jekyll(said) {
            changes.push((start, start + line.len(), b' '));
            above = None;
            continue;
        } else if let Some(open) = ["```", "~~~"].into_iter().find(|open| said.starts_with(open)) {
            fence = Some(open);
        } else {
            let is_title = said.starts_with('#') || lines.peek().is_some_and(|(_, next)| is_setext(next.trim()));
            attributes(start, line, is_title, &mut changes);
            bold(start, line, &mut changes);
            if in_item {
                items(start, line, &mut changes);
            }
        }
        above = Some((start, said)).filter(|_| !said.is_empty() && fence.is_none());
    }
    if changes.is_empty() {
        return Cow::Borrowed(markdown);
    }
    // The attributes of a line are found before its bold text.
    changes.sort_unstable();
    let mut out = String::with_capacity(markdown.len());
    let mut done = 0;
    for (start, end, by) in changes {
        // What was blanked is not changed again: ` - B` in `{:title="A - B"}`.
        if start < done {
            continue;
        }
        out.push_str(&markdown[done..start]);
        out.extend(std::iter::repeat_n(char::from(by), end - start));
        done = end;
    }
    out.push_str(&markdown[done..]);
    Cow::Owned(out)
}

/// Each line without its end, and where it begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

/// True for a line that says something to kramdown or Liquid, and nothing to readers.
fn is_for_jekyll(line: &str) -> bool {
    [("{:", "}"), ("{%", "%}")].iter().any(|(start, end)| {
        let inside = line.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
        inside.is_some_and(|inside| !inside.contains(['{', '}']))
    })
}

/// True for a line that makes the one above it a heading.
fn is_setext(line: &str) -> bool {
    !line.is_empty() && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

/// Blanks what is written behind text for a converter alone: `[a](b){:target="_blank"}` of kramdown, and the `{#name}` at the end
/// of a line in what Google Docs exports. In a heading (`is_title`) the Markdown parser reads the latter.
fn attributes(start: usize, line: &str, is_title: bool, changes: &mut Vec<(usize, usize, u8)>) {
    if memchr::memchr(b'{', line.as_bytes()).is_none() || line.contains('`') {
        return;
    }
    for (at, _) in line.match_indices('{') {
        let inside = &line[at + 1..];
        let Some(length) = inside.find(['{', '}']).filter(|&length| inside[length..].starts_with('}')) else { continue };
        let end = at + length + 2;
        let (before, inside) = (&line[..at], &inside[..length]);
        let is_id = !is_title
            && line[end..].trim_start().is_empty()
            && before.trim_end().len() < before.len()
            && inside.strip_prefix('#').is_some_and(|id| !id.is_empty() && !id.contains(char::is_whitespace));
        // Not the `_{:,j}` of a formula.
        let is_list = inside.strip_prefix(':').is_some_and(|list| !list.starts_with(',')) && before.ends_with([')', '*']);
        // What stands in bold may be changed, too.
        if (is_id || is_list) && !inside.contains('*') {
            changes.push((start + at, start + end, b' '));
        }
    }
}

/// True for a line that underlines the title above it as reStructuredText does: one sign, as often as the title has letters.
fn is_underline(above: &str, line: &str) -> bool {
    let Some(sign) = line.chars().next().filter(|&sign| is_underline_sign(sign)) else { return false };
    let letters = above.chars().count();
    line.len() > 3
        && line.chars().all(|c| c == sign)
        && line.len() + 1 >= letters
        && above.starts_with(char::is_alphanumeric)
        && !above.contains('|')
}

/// The signs that underline titles in reStructuredText and not in Markdown.
pub(super) fn is_underline_sign(sign: char) -> bool {
    matches!(sign, '~' | '^' | '"' | '\'' | '+' | '*' | '#')
}

/// The number of columns, if a line is the delimiter row below the head of a table.
fn delimiter(head: &str, line: &str) -> Option<usize> {
    let is_mark = |byte: u8| matches!(byte, b'-' | b':' | b'|' | b' ' | b'\t');
    if !line.bytes().all(is_mark) || !line.contains('-') || !line.contains('|') {
        return None;
    }
    let width = cells(line);
    (width > 2 && cells(head) == width).then_some(width)
}

/// How many cells a row has.
fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').unwrap_or(row);
    row.split('|').count()
}

/// Puts the rows of a table together that are broken over lines: line breaks become spaces.
fn rows<'a>(
    text: &str,
    lines: &mut std::iter::Peekable<impl Iterator<Item = (usize, &'a str)>>,
    width: usize,
    changes: &mut Vec<(usize, usize, u8)>,
) {
    while let Some((start, line)) = lines.next_if(|(_, line)| !line.trim().is_empty()) {
        let ended = |row: &str| row.trim_end().ends_with('|');
        if cells(line) >= width {
            continue;
        }
        let mut breaks = Vec::new();
        let mut end = start + line.len();
        let mut pipes = line.matches('|').count();
        // A line that begins with a pipe and goes on begins a row.
        let goes_on = |next: &str| !next.trim().is_empty() && (!next.trim_start().starts_with('|') || next.trim() == "|");
        while let Some((next, line)) = lines.next_if(|(_, next)| goes_on(next)) {
            breaks.push((end, next, b' '));
            end = next + line.len();
            pipes += line.matches('|').count();
            // A row has as many pipes as cells, give or take one.
            if pipes + 1 >= width && ended(line) && cells(&text[start..end]) >= width {
                break;
            }
        }
        if cells(&text[start..end]) == width {
            changes.append(&mut breaks);
        }
    }
}

/// Moves blanks, and the colon of a label, out of bold text where Markdown would see none for them: `**Label: **text`,
/// `**Label:**text`.
fn bold(start: usize, line: &str, changes: &mut Vec<(usize, usize, u8)>) {
    if memchr::memchr(b'*', line.as_bytes()).is_none() {
        return;
    }
    let marks: Vec<usize> = line.match_indices("**").map(|(at, _)| at).collect();
    if marks.is_empty() || !marks.len().is_multiple_of(2) || line.contains(['`', '\\']) || line.contains("***") {
        return;
    }
    let bytes = line.as_bytes();
    let mut swap = |from: usize, by: [u8; 3]| {
        changes.extend(by.into_iter().enumerate().map(|(at, byte)| (start + from + at, start + from + at + 1, byte)));
    };
    for pair in marks.chunks_exact(2) {
        let (open, close) = (pair[0], pair[1]);
        let inside = &line[open + 2..close];
        if inside.trim().len() < 2 {
            continue;
        }
        if bytes[open + 2] == b' ' {
            swap(open, *b" **");
        }
        match bytes[close - 1] {
            b' ' => swap(close - 1, *b"** "),
            b':' if bytes.get(close + 2).is_some_and(|next| next.is_ascii_alphanumeric() || !next.is_ascii()) => {
                swap(close - 1, *b"**:");
            }
            _ => {}
        }
    }
}

/// Begins the items of a list that stand in the last line of the item before them: `- Read the`, then `[guide](b). - Ask us`.
/// Scrapers write lists so: they break a line before a link, code or bold text, leave no space behind it, and break no other.
fn items(start: usize, line: &str, changes: &mut Vec<(usize, usize, u8)>) {
    let Some(first) = glued(line).filter(|_| line.contains(" - ")) else { return };
    let mut open: Vec<usize> = Vec::new();
    // Where the last link, code or bold text ended: what stands right behind it is no item.
    let mut ended = first;
    let mut code = false;
    for (at, c) in line.char_indices().skip_while(|&(at, _)| at < first) {
        match c {
            '`' => (code, ended) = (!code, at + 1),
            _ if code => {}
            '*' => ended = at + 1,
            '[' | '(' => open.push(at),
            ']' | ')' => {
                let is_target = open.pop().is_some_and(|open| line[..open].ends_with(']'));
                if is_target {
                    ended = at + 1;
                }
            }
            ' ' if open.is_empty() && at > ended => {
                let next = line[at..].strip_prefix(" - ").and_then(|next| next.chars().next());
                if next.is_some_and(|next| next.is_uppercase() || matches!(next, '[' | '`' | '*')) {
                    changes.push((start + at, start + at + 1, b'\n'));
                }
            }
            _ => {}
        }
    }
}

/// Where the link, the code or the bold text ends that a line begins with, if it is no label and text follows without a space.
fn glued(line: &str) -> Option<usize> {
    let (begin, end) =
        [("[", ")"), ("`", "`"), ("**", "**"), ("*", "*")].into_iter().find(|(begin, _)| line.starts_with(begin))?;
    let from = if begin == "[" { line.find("](")? } else { begin.len() };
    let at = from + line[from..].find(end)?;
    let behind = line[at + end.len()..].chars().next()?;
    let follows = behind.is_alphanumeric() || matches!(behind, '.' | ',' | ';' | '!' | '?' | '(' | ')' | '[' | '`');
    (follows && !line[..at].ends_with(':')).then_some(at + end.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_markdown_is_put_together() {
        for (broken, meant) in [
            ("| A | B | C |\n|---|---|---|\none |\ntwo | three |\n", "| A | B | C |\n|---|---|---|\none | two | three |\n"),
            ("| A | B | C |\n|---|---|---|\n| one | two | three |\n", "| A | B | C |\n|---|---|---|\n| one | two | three |\n"),
            ("| A | B | C |\n|---|---|---|\n| one |\n| two |\n", "| A | B | C |\n|---|---|---|\n| one |\n| two |\n"),
            ("**Label: **text\n", "**Label:** text\n"),
            ("**Label:**text, ** bold **\n", "**Label**:text,  **bold** \n"),
            ("2 ** 3 is 8, `a ** b` is too\n", "2 ** 3 is 8, `a ** b` is too\n"),
            ("2 ** 3 ** 4\n", "2 ** 3 ** 4\n"),
            ("Title\n~~~~~\ntext\n", "Title\n-----\ntext\n"),
            ("Title\n~~~\ncode\n~~~\n", "Title\n~~~\ncode\n~~~\n"),
            ("```\nTitle\n^^^^^\n```\n", "```\nTitle\n^^^^^\n```\n"),
            ("**Title** {#a-b}\nx {#a-b} y\n", "**Title**       \nx {#a-b} y\n"),
            ("# Title {#a}\n\nTitle {#b}\n---\n", "# Title {#a}\n\nTitle {#b}\n---\n"),
            ("- Read the\n[a](b). - Ask\n`c`or so - Try\n", "- Read the\n[a](b).\n- Ask\n`c`or so\n- Try\n"),
            ("- Ada (\n[a](b)) - Bo\n\n[a](b). - Ask\n", "- Ada (\n[a](b))\n- Bo\n\n[a](b). - Ask\n"),
            ("- Ask\n[Ada](b) - Maintainer\n", "- Ask\n[Ada](b) - Maintainer\n"),
            ("- Ask\n[Ada](b) (UTC) - Lead\n", "- Ask\n[Ada](b) (UTC) - Lead\n"),
            ("- a\n**Size:** 90 h - Small\n", "- a\n**Size:** 90 h - Small\n"),
            ("- a\n**Size**: 90 h - Small\n", "- a\n**Size**: 90 h - Small\n"),
            ("- a\n**Sizes**and such. - Small\n", "- a\n**Sizes**and such.\n- Small\n"),
            ("- a\n[b](c){:x=\"d - E\"} - F\n", "- a\n[b](c)             - F\n"),
            ("[a](b){:target=\"_blank\"}, {:x}\n", "[a](b)                  , {:x}\n"),
        ] {
            let mended = mended(broken);
            assert_eq!(mended, meant, "{broken}");
            assert_eq!(mended.len(), broken.len());
        }
    }
}
