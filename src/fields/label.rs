//! The label that a line begins with, or that stands bold inside it, and what follows it there.

use crate::labels::{Kind, Labels, Mark, Scan};
use crate::prose::{Text, emoji_code};

use super::Style;

/// A line that begins with a label.
#[derive(Clone, Copy, Debug)]
pub struct Labelled<'a> {
    /// What the label announces.
    pub kind: Kind,
    /// The label.
    pub label: Text<'a>,
    /// What follows it on the line.
    pub value: Text<'a>,
    /// True if the label is bold.
    pub bold: bool,
}

/// The label that a line begins with.
pub fn label(line: Text<'_>, style: Style) -> Option<Labelled<'_>> {
    let line = skip_ornaments(line);
    if line.is_empty() {
        return None;
    }
    bold_label(line).or_else(|| plain_label(line, style))
}

/// Emoji and other signs before a label, and the box of a task list.
fn skip_ornaments(line: Text<'_>) -> Text<'_> {
    let mut line = line;
    while let Some(end) = emoji_code(line.as_str()) {
        line = line.from(end).trim();
    }
    let text = line.as_str();
    let start = text.find(|c: char| c.is_alphanumeric() || matches!(c, '*' | '_' | '[' | '(' | '@' | '<'));
    line.from(start.unwrap_or(text.len()))
}

/// `**Label**: value`, `**Label:** value`, `**Label: value**`, `**Label** value`, and the same where the asterisks stand
/// too close to letters to be Markdown.
fn bold_label(line: Text<'_>) -> Option<Labelled<'_>> {
    let text = line.as_str();
    let (start, end, after) = if let Some(end) = line.bold_prefix() {
        (0, end, end)
    } else if text.starts_with("**") {
        let start = text.len() - text.trim_start_matches('*').len();
        let end = start + text[start..].find("**")?;
        (start, end, end + text[end..].len() - text[end..].trim_start_matches('*').len())
    } else {
        return None;
    };
    let bold = &text[start..end];
    let labels = Labels::get();
    if let Some(colon) = bold.find([':', '：']) {
        let kind = labels.kind(&bold[..colon])?;
        return Some(Labelled {
            kind,
            label: line.cut(start..start + colon).trim(),
            // With the value inside the bold stretch, or after it.
            value: tidy(line.from(start + colon)),
            bold: true,
        });
    }
    let kind = labels.kind(bold)?;
    let rest = &text[after..];
    let skipped = parenthesis(rest).unwrap_or(0);
    let tail = rest[skipped..].trim_start();
    let separated =
        tail.is_empty() || tail.starts_with([':', '：', '=']) || ["- ", "– ", "— "].iter().any(|dash| tail.starts_with(dash));
    let value =
        if separated && (skipped == 0 || !tail.is_empty()) { line.from(text.len() - tail.len()) } else { line.from(after) };
    if let Some(second) = second_label(value) {
        let kind = if [kind, second].contains(&Kind::Size) && [kind, second].contains(&Kind::Difficulty) {
            Kind::DifficultyAndSize
        } else {
            kind
        };
        let none = line.from(text.len());
        return Some(Labelled { kind, label: line.cut(start..end).trim(), value: none, bold: true });
    }
    let value = tidy(value);
    let dash = value.as_str().trim_start_matches(['-', '–', '—']).len();
    let value = if separated { value.from(value.len() - dash).trim() } else { value };
    Some(Labelled { kind, label: line.cut(start..end).trim(), value, bold: true })
}

/// `**Size** [?] and **Difficulty**`: the label after the first, if nothing else is on the line.
fn second_label(rest: Text<'_>) -> Option<Kind> {
    let said = rest.as_str().trim_start_matches(|c: char| !c.is_alphanumeric() && c != '&' && c != '/');
    let said = ["and ", "& ", "/ ", "/"].iter().find_map(|and| said.strip_prefix(and))?;
    Labels::get().kind(said)
}

/// The length of a parenthesis that `text` begins with, white space before it included.
fn parenthesis(text: &str) -> Option<usize> {
    let inner = text.trim_start();
    if !inner.starts_with('(') {
        return None;
    }
    let close = inner.find(')')?;
    Some(text.len() - inner.len() + close + 1)
}

/// A label without boldness: `Label: value`, `Label - value`, `Label`, `Label @value`.
fn plain_label(line: Text<'_>, style: Style) -> Option<Labelled<'_>> {
    let scan = Labels::get().scan(line.as_str())?;
    let label = line.cut(0..scan.end).trim();
    let found = |value| Some(Labelled { kind: scan.kind, label, value, bold: false });
    match scan.mark {
        Mark::Colon => found(tidy(line.from(scan.end))),
        Mark::Dash if style != Style::Heading && scan.kind.is_telling() => {
            let dash = line.as_str()[scan.end..].chars().next().map_or(0, char::len_utf8);
            found(tidy(line.from(scan.end + dash)))
        }
        Mark::End if may_stand_alone(line, scan.kind, style) => found(line.from(scan.end)),
        Mark::None => found(bare_value(line, scan, style)?),
        Mark::Dash | Mark::End => None,
    }
}

/// The same, if a colon ends the label.
fn colon_label(line: Text<'_>) -> Option<Labelled<'_>> {
    let scan = Labels::get().scan(line.as_str()).filter(|scan| scan.mark == Mark::Colon)?;
    Some(Labelled { kind: scan.kind, label: line.cut(0..scan.end).trim(), value: tidy(line.from(scan.end)), bold: false })
}

/// A label and nothing else on the line.
fn may_stand_alone(line: Text<'_>, kind: Kind, style: Style) -> bool {
    // `Relevant experience (languages you know, projects you did)` says more than a label does.
    let remark = line.as_str().find('(').is_some_and(|at| line.len() - at > 24);
    let telling =
        kind.is_telling() || matches!(kind, Kind::Description | Kind::Outcomes | Kind::Title | Kind::Project | Kind::Links);
    !remark && (style != Style::Line || telling)
}

/// The value of a label that no mark ends: `Mentors @jane`, `Skills Required C++`, `Project Description (max. 5 sentences)
/// Text`.
fn bare_value(line: Text<'_>, scan: Scan, style: Style) -> Option<Text<'_>> {
    let text = line.as_str();
    let label = &text[..scan.end];
    // "Knowledge of XPath", "Experience with C++" are values, and good ones.
    let last = label.rsplit(' ').next().unwrap_or_default();
    if ["of", "with", "in", "and", "or", "for", "to", "the", "a", "about"].contains(&last) {
        return None;
    }
    // "OSS TAG Network" is a name.
    if last.len() > 1
        && !last.contains(char::is_lowercase)
        && text.contains(char::is_lowercase)
        && !text[scan.end..].contains('@')
    {
        return None;
    }
    let skipped = parenthesis(&text[scan.end..]).unwrap_or(0);
    let rest = text[scan.end + skipped..].trim_start();
    let next = rest.chars().next()?;
    let several = label.contains(' ');
    // "Mentors expecting a plan …": the sentence goes on in lower case.
    let fits = match style {
        Style::Heading | Style::Item => {
            let begins =
                rest.starts_with("http") || next.is_uppercase() || next.is_ascii_digit() || matches!(next, '[' | '<' | '~');
            scan.kind.is_telling() && (next == '@' || (several && begins))
        }
        Style::Line => several && skipped > 0 && (scan.kind.is_telling() || scan.kind == Kind::Description),
        Style::Cell | Style::Key => false,
    };
    fits.then(|| line.of(rest))
}

/// A bold label of a telling kind inside a line, and what stands before it.
pub(super) fn bold_label_inside(line: Text<'_>) -> Option<(Text<'_>, Labelled<'_>)> {
    inner_label(line).filter(|(_, found)| found.kind.is_telling()).map(|(at, found)| (line.cut(0..at).trim(), found))
}

/// The labels of a paragraph that tells its facts in sentences: "… Required skills: C. Project size: large. Mentor: Jo." At
/// least two; one may be any sentence.
pub(super) fn labels_in_prose(line: Text<'_>) -> Option<(Text<'_>, Vec<Labelled<'_>>)> {
    let text = line.as_str();
    memchr::memchr_iter(b':', text.as_bytes()).nth(1)?;
    let mut starts: Vec<(usize, Scan)> = Vec::new();
    for (at, _) in text.match_indices(". ") {
        let start = at + 2;
        let scan = Labels::get().scan(&text[start..]).filter(|scan| scan.kind.is_telling());
        let said = |scan: &Scan| match scan.mark {
            Mark::Colon => Some(scan.end + 1),
            // "Required skills include C."
            Mark::None => {
                let rest = &text[start + scan.end..];
                [" include ", " includes ", " are ", " is "]
                    .iter()
                    .find(|verb| rest.starts_with(**verb))
                    .map(|verb| scan.end + verb.len())
            }
            Mark::Dash | Mark::End => None,
        };
        if let Some(scan) = scan
            && let Some(end) = said(&scan)
        {
            starts.push((start, Scan { end, ..scan }));
        }
    }
    if starts.len() < 2 {
        return None;
    }
    let ends: Vec<usize> = starts.iter().skip(1).map(|&(start, _)| start).chain([text.len()]).collect();
    let found = starts.iter().zip(ends).map(|(&(start, scan), end)| {
        let value = line.cut(start + scan.end..end).trim();
        let label = line.cut(start..start + scan.end).trim_matches(|c| c == ':' || c == ' ');
        Labelled {
            kind: scan.kind,
            label,
            value: tidy(value.of(value.as_str().strip_suffix('.').unwrap_or(value.as_str()))),
            bold: false,
        }
    });
    Some((line.cut(0..starts[0].0).trim(), found.collect()))
}

/// The first label inside a line whose place boldness marks, and where it begins.
///
/// `**A:**b**C:**d` reads as Markdown with its asterisks left over, or with `b` bold in place of the labels: so a label is
/// looked for wherever a bold stretch or a pair of asterisks begins or ends, after that place and before it.
fn inner_label(line: Text<'_>) -> Option<(usize, Labelled<'_>)> {
    inner_edges(line).into_iter().find_map(|at| {
        if let Some(start) = label_before(line.as_str(), at) {
            return Some((start, colon_label(line.from(start))?));
        }
        let rest = line.from(at);
        let found = bold_label(rest).or_else(|| colon_label(rest).filter(|_| !rest.as_str().starts_with(' ')))?;
        // `**Size** 90 h · **Difficulty** easy`
        let parted = rest.bold_prefix().is_some() && line.as_str()[..at].trim_end().ends_with(['·', '|', '•']);
        (parted || ends_marked(line, &found)).then_some((at, found))
    })
}

/// Where the label begins that ends, with its colon, at `end`: the longest run of words that is one. Words may be glued to
/// what stands before them (`proposedDifficulty:`).
fn label_before(text: &str, end: usize) -> Option<usize> {
    let head = text[..end].trim_end_matches('*').strip_suffix(':')?;
    let from = head.floor_char_boundary(head.len().saturating_sub(60));
    let mut before = head[..from].chars().next_back().unwrap_or(' ');
    for (at, c) in head[from..].char_indices() {
        let begins = c.is_uppercase() && !before.is_uppercase();
        before = c;
        // At the very beginning of the line it was found already.
        if begins && from + at > 0 && Labels::get().kind(&head[from + at..]).is_some() {
            return Some(from + at);
        }
    }
    None
}

/// True if a colon stands at the end of the label, in the bold stretch or right after.
pub(super) fn ends_marked(line: Text<'_>, found: &Labelled<'_>) -> bool {
    let label_end = found.label.offset_in(line) + found.label.len();
    line.as_str()[label_end..].trim_start_matches(['*', ' ']).starts_with([':', '：'])
}

/// Where bold stretches and pairs of asterisks begin and end inside a line.
fn inner_edges(line: Text<'_>) -> impl Iterator<Item = usize> {
    let text = line.as_str();
    let pair = move |&at: &usize| at > 0 && text[at + 1..].starts_with('*') && !text[..at].ends_with('*');
    let literal = memchr::memchr_iter(b'*', text.as_bytes()).filter(pair);
    let (mut bold, mut literal) = (line.bold_edges().peekable(), literal.peekable());
    // Both in order, and only as far as somebody asks.
    std::iter::from_fn(move || match (bold.peek(), literal.peek()) {
        (Some(a), Some(b)) if a > b => literal.next(),
        (Some(_), _) => bold.next(),
        (None, _) => literal.next(),
    })
}

/// The next label on the same line, and where in the value it begins: bold ones of any kind, plain ones after a `|`, `;`,
/// `,` or the end of a sentence if they tell another fact.
pub(super) fn next_label<'a>(found: &Labelled<'a>) -> Option<(usize, Labelled<'a>)> {
    let value = found.value;
    let text = value.as_str();
    let bold = inner_label(value);
    if bold.is_some() || found.kind.is_prose() {
        return bold;
    }
    let ends = |&(at, c): &(usize, char)| match c {
        '|' | ';' | ',' | '•' | '·' | '–' => true,
        '.' => text[at + 1..].starts_with([' ', '\n']),
        _ => false,
    };
    text.char_indices().filter(ends).find_map(|(at, c)| {
        let after = value.from(at + c.len_utf8()).trim();
        let next = colon_label(after)?;
        // "Go. Expected results: it works."
        let tells = next.kind.is_telling() || (c == '.' && matches!(next.kind, Kind::Description | Kind::Outcomes));
        (tells && next.kind != found.kind && ends_marked(after, &next)).then_some((at, next))
    })
}

/// Without the marks that cling to a value: `: | Text`, `** Text`.
pub(super) fn tidy(value: Text<'_>) -> Text<'_> {
    let value = value.trim();
    let said = value.as_str();
    let start = said.len() - said.trim_start_matches([':', '：', '*', '_', ' ', '=']).len();
    let value = value.from(start);
    // `[?]`, a link to an explanation, says nothing.
    if !value.as_str().contains(|c: char| c.is_alphanumeric() || matches!(c, '|' | '>')) {
        return value.cut(0..0);
    }
    // `description: |` is YAML's way to say that text follows.
    match value.as_str() {
        "|" | ">" | "|-" | ">-" => value.cut(0..0),
        said => value.of(said.trim_end_matches(['*', ' ', '_'])),
    }
}
