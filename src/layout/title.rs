//! A heading as a reader would cite it: without numbering, label, ornaments and markers.

use crate::idea::{Program, Status, difficulty, size};
use crate::labels::{self, Kind, Labels};
use crate::prose::{Text, emoji_code, is_sign};
use crate::records::{Style, known_label};

/// A heading taken apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Title<'a> {
    /// What is left: the title; empty for a bare "Project 3".
    pub(super) text: Text<'a>,
    /// True if a number or a label ("Title:") stood before it: whoever writes that means an idea.
    pub(super) marked: bool,
    /// A size marker that stood behind: `175 hour project`, `Size: Medium`.
    pub(super) marker: Option<Text<'a>>,
}

/// A longer text is no title, in bytes: it is not taken apart.
const LONGEST: usize = 1_000;

/// Takes a heading apart.
pub(super) fn read(heading: Text<'_>) -> Title<'_> {
    if heading.len() > LONGEST {
        return Title { text: heading.trim(), marked: false, marker: None };
    }
    let mut out = Title { text: ornaments(without_links(heading)), marked: false, marker: None };
    if let Some((range, _)) = Status::in_title(out.text.as_str()) {
        let (before, after) = (out.text.cut(0..range.start).trim(), out.text.from(range.end).trim());
        let rest = if before.is_empty() { after } else { before };
        if rest.as_str().contains(char::is_alphabetic) {
            out.text = ornaments(rest);
        }
    }
    while let Some((rest, marked)) = without_prefix(out.text) {
        out.text = ornaments(rest);
        out.marked |= marked;
    }
    while let Some((rest, marker)) = without_suffix(out.text).or_else(|| Some((without_program(out.text)?, None))) {
        out.text = rest.trim();
        out.marker = out.marker.or(marker);
    }
    out.text = end_marks(out.text);
    out
}

/// What is left of a title without the programme or the call for mentors that is set off behind it: `Title — GSoC 2026`,
/// `Title (GSoC)`, `Title ⚠️ mentors needed`.
pub(super) fn without_program(title: Text<'_>) -> Option<Text<'_>> {
    let said = title.as_str();
    if said.len() > LONGEST {
        return None;
    }
    let inner = said.strip_suffix([')', ']']).unwrap_or(said);
    let in_brackets = inner.len() < said.len();
    let is_apart = |at: usize, c: char| inner[..at].ends_with(' ') && inner[at + c.len_utf8()..].starts_with(' ');
    let sets_off = |&(at, c): &(usize, char)| match c {
        '(' | '[' => in_brackets,
        '-' | '–' | '—' | '|' => !in_brackets && is_apart(at, c),
        c => !c.is_ascii() && is_sign(c),
    };
    let (at, mark) = inner.char_indices().rev().find(sets_off)?;
    let aside = inner[at + mark.len_utf8()..].trim();
    let labels = Labels::get();
    let is_program = || Program::find(aside).is_some() && labels.is_container(aside);
    let rest = title.cut(0..at).trim_matches(|c| c.is_whitespace() || is_sign(c));
    (rest.as_str().contains(' ') && !aside.is_empty() && (is_program() || labels.is_call(aside))).then_some(rest)
}

/// Without links that are no words of it: the sign of a permalink behind it, the key of an issue before it.
fn without_links(heading: Text<'_>) -> Text<'_> {
    let mut text = heading.trim();
    while let Some((range, link)) = text.links().last().filter(|(range, _)| range.start > 0) {
        let (shown, after) = (&text.as_str()[range.clone()], &text.as_str()[range.end..]);
        // `[edit]`, in any language; the way back to the top; the sign of a permalink.
        let edits = link.edits() || shown.eq_ignore_ascii_case("edit");
        let ends = after.chars().all(|c| matches!(c, ']' | ')' | ' ' | '|'));
        let leads_back = after.is_empty() && (link.url.starts_with('#') || !shown.contains(char::is_alphanumeric));
        if !(ends && edits || leads_back) {
            break;
        }
        let rest = text.cut(0..range.start).trim_matches(|c| c.is_whitespace() || c == '|');
        text = rest.of(rest.as_str().trim_end_matches(['[', '(', ' ']));
    }
    match text.links().next() {
        Some((range, _)) if range.start == 0 && range.end < text.len() && is_issue_key(text.as_str()[range.clone()].trim()) => {
            text.from(range.end).trim_matches(|c| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—'))
        }
        _ => text,
    }
}

/// A group's heading as a project's name.
pub(super) fn group(heading: Text<'_>) -> Text<'_> {
    let mut name = ornaments(without_links(heading));
    if let Some(at) = Labels::get().number_prefix(name.as_str()).filter(|&at| at < name.len()) {
        name = name.from(at);
    }
    while let Some((rest, _)) = without_suffix(name) {
        name = rest.trim();
    }
    // "Lantern (incubating)"; a name in capitals is a part of it.
    let remark = name.as_str().strip_suffix(')').and_then(|inner| inner.rsplit_once(" ("));
    if let Some((before, _)) = remark.filter(|(_, inside)| inside.chars().all(|c| c.is_lowercase() || c == ' ')) {
        name = name.of(before);
    }
    end_marks(name)
}

/// Emoji, bullets and asterisks before a title; white space around it.
pub(super) fn ornaments(text: Text<'_>) -> Text<'_> {
    let mut text = text.trim();
    while let Some(end) = emoji_code(text.as_str()).filter(|&end| end < text.len()) {
        text = text.from(end).trim();
    }
    let said = text.as_str();
    // `#12` is a number, `:restart` a command.
    let begins = |c| matches!(c, '(' | '[' | '"' | '\'' | '“' | '‘' | '«' | '<' | '`' | ':' | '#' | '@' | '.' | '$');
    let start = said.find(|c: char| c.is_alphanumeric() || begins(c)).unwrap_or(said.len());
    text.from(start).trim()
}

/// Takes away what ends a label or a sentence, or would begin a remark; a title ends in neither.
fn end_marks(text: Text<'_>) -> Text<'_> {
    let trimmed = text.trim_matches(|c| c.is_whitespace() || matches!(c, '*' | '¶'));
    let said = trimmed.as_str();
    let mark = |c| matches!(c, ':' | '.' | ',' | ';' | '-' | '–' | '—' | '*' | '_' | '¶' | '[' | '(');
    let end = said.trim_end_matches(|c: char| c.is_whitespace() || mark(c)).len();
    trimmed.cut(0..end)
}

/// What is left of a title without one prefix, and whether that prefix marks an idea.
fn without_prefix(text: Text<'_>) -> Option<(Text<'_>, bool)> {
    let said = text.as_str();
    if said.is_empty() {
        return None;
    }
    // `1. Title`, `1) Title`, `#3: Title`
    let number = said.trim_start_matches('#');
    let digits = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if (1..=3).contains(&digits) {
        let rest = &number[digits..];
        let rest = rest.strip_prefix('\\').unwrap_or(rest);
        if let Some(rest) = rest.strip_prefix(['.', ')', ':']).filter(|rest| rest.starts_with(' ') || rest.is_empty()) {
            return Some((text.of(rest), false));
        }
        if let Some(rest) = ["- ", "– ", "— "].iter().find_map(|dash| rest.trim_start().strip_prefix(dash)) {
            return Some((text.of(rest), false));
        }
    }
    if let Some(at) = labels::chapter(said) {
        return Some((text.from(at), false));
    }
    let mark = memchr::memchr2(b':', b'#', said.as_bytes());
    if let Some(at) = mark {
        // `T409881: Title`, `PROJ-12: Title`: the key of an issue.
        if let Some(rest) = said[at..].strip_prefix(": ").filter(|_| is_issue_key(&said[..at])) {
            return Some((text.of(rest), false));
        }
        // `GSoC 2026 Project Idea: Title`, `GSoC 2026 Project #7 Title`
        let (before, mark) = (said[..at].trim_end(), &said[at..]);
        let rest = match mark.strip_prefix('#') {
            Some(number) => number.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches([':', '.', ' ', '-', '–']),
            None => mark[1..].trim_start(),
        };
        let numbered = mark.starts_with('#') && mark[1..].starts_with(|c: char| c.is_ascii_digit());
        // "Testing: …" may be a title; "Idea: …" is none.
        let announces = before.contains(' ') || Labels::get().announces(before);
        if (mark.starts_with(": ") || numbered) && !rest.is_empty() && announces && Labels::get().is_container(before) {
            return Some((text.of(rest), before.contains(' ')));
        }
    }
    // `[GSoC Project Proposal]: Title`
    if let Some((inside, rest)) = said.strip_prefix('[').and_then(|inner| inner.split_once(']'))
        && Labels::get().is_container(inside)
        && !rest.trim().is_empty()
    {
        return Some((text.of(rest.trim_start_matches([':', ' ', '-'])), false));
    }
    // `1. (DONE) Title`: a state, in capitals.
    if let Some((inside, rest)) = said.strip_prefix('(').and_then(|inner| inner.split_once(')'))
        && inside.chars().all(|c| c.is_ascii_uppercase() || c == ' ')
        && !rest.trim().is_empty()
    {
        return Some((text.of(rest), false));
    }
    if let Some(at) = Labels::get().number_prefix(said) {
        return Some((text.from(at), true));
    }
    // `Title: …`, `Project: …`
    let (kind, found) = mark.and_then(|_| known_label(text, Style::Heading))?;
    let plain = kind == Kind::Title || (kind == Kind::Project && Labels::get().announces(found.label.as_str()));
    (plain && !found.value.is_empty()).then_some((found.value, kind == Kind::Title))
}

/// `T409881`, `PROJ-12`, `#12`: capitals, then a number that no name of a thing ends in.
pub(super) fn is_issue_key(key: &str) -> bool {
    if let Some(number) = key.strip_prefix(['#', '!']) {
        return !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    }
    let letters = key.len() - key.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
    let number = key[letters..].strip_prefix('-').unwrap_or(&key[letters..]);
    let digits = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    letters > 0 && digits && (number.len() < key.len() - letters || number.len() > 3)
}

/// What is left without one suffix, and the suffix if it marks the size.
fn without_suffix(text: Text<'_>) -> Option<(Text<'_>, Option<Text<'_>>)> {
    let said = text.as_str().trim_end_matches(['*', ' ']);
    // `{badge}`medium size``: a marker in the markup of Sphinx.
    if let Some((at, inside)) = last_role(said)
        && at > 0
        && size::is_marker(inside)
    {
        // "Medium complexity" is no size.
        let is_size = difficulty::measure_at(text.of(inside)).is_none();
        return Some((text.cut(0..at), is_size.then(|| text.of(inside))));
    }
    // `Two words #14`, `Two words (#14)`: the number of an issue, as its page has it. "Part #2" is one of several, and "EIP #1559" a
    // name.
    if let Some((before, key)) = said.rsplit_once(' ')
        && let key = key.strip_prefix('(').and_then(|key| key.strip_suffix(')')).unwrap_or(key)
        && key.len() > 2
        && key.starts_with('#')
        && is_issue_key(key)
        && before.trim_end().contains(' ')
        && !before.ends_with(char::is_uppercase)
        && before.rsplit(' ').next().and_then(|word| Labels::get().kind(word)) != Some(Kind::Upstream)
    {
        return Some((text.of(before), None));
    }
    // `Title ★★☆`
    let before = said.trim_end_matches(difficulty::is_star);
    if before.len() < said.len() && before.ends_with(' ') && before.contains(char::is_alphanumeric) {
        return Some((text.cut(0..before.len()), Some(text.of(&said[before.len()..]))));
    }
    // `Title – 175h`, `Title | Large (350 hours)`
    let marks = [" - ", " – ", " — ", " | "];
    if said.bytes().any(|byte| byte.is_ascii_digit())
        && let Some((at, mark)) = marks.iter().filter_map(|mark| Some((said.rfind(mark)?, mark))).max()
        && said[at..].contains(|c: char| c.is_ascii_digit())
        && size::is_marker(&said[at + mark.len()..])
    {
        return Some((text.cut(0..at), Some(text.of(&said[at + mark.len()..]))));
    }
    if !said.ends_with([']', ')', '¶', '🔗']) {
        return None;
    }
    // `[edit]`, `[¶]`, `[[edit](…)]`: links that wikis add.
    for mark in ["[edit]", "[[edit]]", "[¶]", "¶", "[link]", "🔗"] {
        if let Some(rest) = said.strip_suffix(mark) {
            return Some((text.of(rest), None));
        }
    }
    for (open, close) in [('(', ')'), ('[', ']')] {
        let Some(inner) = said.strip_suffix(close) else { continue };
        let at = inner.rfind(open)?;
        let inside = inner[at + open.len_utf8()..].trim();
        if at > 0 && size::is_marker(inside) {
            return Some((text.cut(0..at), Some(text.of(inside))));
        }
        // `Title [mentor wanted]`
        if at > 0 && Labels::get().is_call(inside) {
            return Some((text.cut(0..at), None));
        }
    }
    None
}

/// The last `{role}` of a text with nothing but its content behind it: where it begins, and the content.
fn last_role(said: &str) -> Option<(usize, &str)> {
    let at = said.rfind('{')?;
    let (name, inside) = said[at + 1..].split_once('}')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '+'));
    (is_name && !inside.trim().is_empty()).then_some((at, inside.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::text::Span;

    #[test]
    fn headings_are_cited_as() {
        for (heading, title, marked) in [
            ("Project Title: Make it *fast*.", "Make it fast", true),
            ("Project 12: PostgreSQL integration", "PostgreSQL integration", true),
            ("Project 3", "", true),
            ("1. Title: Early Enablement", "Early Enablement", true),
            ("1\\. Plan", "Plan", false),
            ("Project BP: Adding a solver", "Adding a solver", true),
            ("[GSoC Project Proposal]: Enhance it", "Enhance it", false),
            ("[PM Mentorship] Strategy", "[PM Mentorship] Strategy", false),
            ("✅ (DONE) AI primitives", "AI primitives", false),
            ("✅ ([DONE](https://example.org)) \":restart\" command", "\":restart\" command", false),
            ("`:terminal` buffers", ":terminal buffers", false),
            ("New plugin (size: medium)", "New plugin", false),
            ("New plugin (175 hour project)", "New plugin", false),
            ("New plugin – 175h", "New plugin", false),
            ("New plugin | large (350 hours)", "New plugin", false),
            ("Codecs – large and small", "Codecs – large and small", false),
            ("New plugin (medium/large, difficulty: hard)", "New plugin", false),
            ("GSoC 2026 Project Idea: Dashboard", "Dashboard", true),
            ("GSoC 2026 Project #7 Validator: streaming (350 h)", "Validator: streaming", true),
            ("T409881: Upload wizard", "Upload wizard", false),
            ("WIN32: port it", "WIN32: port it", false),
            ("Library (stdlib)", "Library (stdlib)", false),
            ("Large files (64GB)", "Large files (64GB)", false),
            ("Health check**", "Health check", false),
            ("Health check [", "Health check", false),
            ("C# client", "C# client", false),
            ("Title[¶](#title)", "Title", false),
            ("Faster start #14", "Faster start", false),
            ("Faster start (#14)", "Faster start", false),
            ("Faster start #2", "Faster start #2", false),
            ("Fix #14", "Fix #14", false),
            ("Faster start ★★☆", "Faster start", false),
            ("Faster start — GSoC 2026", "Faster start", false),
            ("Faster start (Google Summer of Code)", "Faster start", false),
            ("Faster start — GSoC 2026 ⚠️ mentors needed", "Faster start", false),
            ("Faster start [TBD]", "Faster start", false),
            ("GSoC — 2026", "GSoC — 2026", false),
            ("A site for GSoC", "A site for GSoC", false),
            ("Faster start - with less memory", "Faster start - with less memory", false),
            ("Project: Faster parser", "Faster parser", false),
            ("Harbor Satellite: Eventing", "Harbor Satellite: Eventing", false),
            ("3D printing in 2 steps", "3D printing in 2 steps", false),
            (":rocket: :tada: Faster start", "Faster start", false),
            ("Faster start {badge-red}`High complexity` {badge}`Large size`", "Faster start", false),
            ("Support {ref} in links", "Support {ref} in links", false),
            ("1.2. Voice chat", "Voice chat", false),
            ("2.1 Voice chat", "Voice chat", false),
            ("2.5D rendering", "2.5D rendering", false),
        ] {
            let text = format!("# {heading}\n");
            let document = Document::read(&text, Span::new(0, text.len()));
            let read = read(document.text(0));
            assert_eq!((read.text.as_str(), read.marked), (title, marked), "{heading}");
        }
    }
}
