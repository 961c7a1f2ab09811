//! The label that a line begins with or that stands inside of it, and what follows it there.

use crate::labels::{Kind, Labels, Mark, Scan};
use crate::prose::{Style as Set, Text, emoji_code};

use super::Style;

/// The stretches that may set a label apart.
const SET: &[Set] = &[Set::Strong, Set::Emphasis];

/// A label and what follows it on its line.
#[derive(Clone, Copy, Debug)]
pub struct Labelled<'a> {
    /// What the label announces; `None` if the vocabulary does not know it.
    pub kind: Option<Kind>,
    /// The label, without the mark that ends it.
    pub label: Text<'a>,
    /// What follows it on the line.
    pub value: Text<'a>,
    /// True if the label is bold or italic.
    pub set: bool,
    /// True if a colon, or something like it, ends it.
    pub ended: bool,
}

/// The label that a line begins with: one that the vocabulary knows, or what is set as one (`**Guides:** …`, `Guides: …`).
pub fn label(line: Text<'_>, style: Style) -> Option<Labelled<'_>> {
    let line = skip_ornaments(line);
    if line.is_empty() {
        return None;
    }
    set_label(line).or_else(|| plain_label(line, style)).or_else(|| unknown_label(line, style))
}

/// The label that a term or a heading is, with a remark of any length in parentheses: that is no value, as the value stands
/// beside a term, and a choice of several sizes or levels (`Size (90 h, 175 h or 350 h)`) is none.
pub(super) fn with_remark(line: Text<'_>, style: Style) -> Option<Labelled<'_>> {
    let found = label(line, style);
    if found.is_some() {
        return found;
    }
    let open = line.as_str().find('(').filter(|_| line.as_str().ends_with(')'))?;
    let plain = label(line.cut(0..open).trim(), style).filter(|found| found.value.is_empty())?;
    let chosen = || matches!(plain.kind, Some(Kind::Size | Kind::Difficulty)) && line.as_str()[open..].contains(',');
    let none = line.from(line.len());
    let is_label = plain.kind.is_some() && (style != Style::Heading || chosen());
    is_label.then_some(Labelled { value: none, ..plain })
}

/// What stands before, in and after brackets of labels and values, these one by one: `Title (mentor: Ada Byron, 350h)`.
pub(super) fn in_brackets(line: Text<'_>) -> Option<(Text<'_>, Vec<Text<'_>>, Text<'_>)> {
    let said = line.as_str();
    // All of it, or what stands behind a text: `[hard, 350 h; ask: Ada Byron]`.
    let is_whole = said.starts_with('[') && !said.starts_with("[[") && said.ends_with(']') && line.link_at(1).is_none();
    let behind = || said.find('(').filter(|&open| open > 0);
    let open = if is_whole { Some(0) } else { behind() };
    let open = open.filter(|&open| said[open..].contains(':') || said[open..].contains(" by "))?;
    let close = if is_whole { said.len() - 1 } else { open + said[open..].find(')')? };
    let inside = line.cut(open + 1..close);
    let states = |text: Text<'_>| {
        let found = label(text, Style::Line).filter(|found| found.ended && !found.value.is_empty());
        found.and_then(|found| found.kind).filter(|kind| kind.is_telling())
    };
    let mut told = states(inside).is_some();
    let before = line.cut(0..open).trim();
    if !is_whole && inside.as_str().contains('(') || label(before, Style::Line).is_some() {
        return None;
    }
    let mut pieces = vec![inside];
    let mut kind = states(inside);
    for (at, mark) in inside.as_str().match_indices([',', ';']) {
        let Some(last) = pieces.last().copied() else { break };
        let rest = inside.from(at + 1).trim();
        let next = states(rest);
        // Among mentors, what begins like no name is something else.
        let no_name =
            kind == Some(Kind::Mentors) && !rest.as_str().starts_with(|c: char| c.is_uppercase() || c == '@' || c == '[');
        if mark == ";" || next.is_some() || no_name {
            let from = last.offset_in(inside);
            pieces.pop();
            pieces.extend([inside.cut(from..at).trim(), rest]);
            kind = next.or(kind.filter(|_| no_name));
            told |= next.is_some();
        }
    }
    told |= is_whole && pieces.iter().filter(|piece| in_piece(**piece).is_some()).count() > 1;
    if !told {
        return None;
    }
    let after = line.from(close + 1).trim_matches(|c| c.is_whitespace() || matches!(c, '.' | ':' | ',' | '-' | '–' | '—'));
    Some((before, pieces, after))
}

/// The label of a piece between brackets: `ask: Ada Byron`.
pub(super) fn in_piece(piece: Text<'_>) -> Option<Labelled<'_>> {
    label(piece, Style::Line).or_else(|| unknown_label(piece, Style::Item))
}

/// The same, if the vocabulary knows the label.
pub fn known_label(line: Text<'_>, style: Style) -> Option<(Kind, Labelled<'_>)> {
    let found = label(line, style)?;
    Some((found.kind?, found))
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

/// Where a stretch that sets a label apart begins and ends, and where what follows it begins: bold, italic, or asterisks that
/// stand too close to letters to be Markdown.
fn set_stretch(line: Text<'_>) -> Option<(usize, usize, usize)> {
    if let Some(end) = line.marked_prefix(SET) {
        return Some((0, end, end));
    }
    let text = line.as_str();
    let stars = text.len() - text.trim_start_matches('*').len();
    if stars == 0 || stars > 3 || text[stars..].starts_with(char::is_whitespace) {
        return None;
    }
    let end = stars + text[stars..].find('*')?;
    Some((stars, end, end + text[end..].len() - text[end..].trim_start_matches('*').len()))
}

/// `**Label**: value`, `**Label:** value`, `**Label: value**`, `**Label** value`.
fn set_label(line: Text<'_>) -> Option<Labelled<'_>> {
    let text = line.as_str();
    let (start, end, after) = set_stretch(line)?;
    let set = &text[start..end];
    let labels = Labels::get();
    if let Some(colon) = set.find([':', '：']) {
        let label = line.cut(start..start + colon).trim();
        let kind = labels.kind(label.as_str());
        let ends = text[start + colon..end].trim_start_matches([':', '：', ' ']).is_empty();
        if label.is_empty() || kind.is_none() && !may_be_label(label.as_str()) && !(ends && is_short(label.as_str())) {
            return None;
        }
        // With the value inside the stretch, or after it.
        return Some(Labelled { kind, label, value: tidy(line.from(start + colon)), set: true, ended: true });
    }
    let rest = &text[after..];
    let skipped = parenthesis(rest).unwrap_or(0);
    let tail = rest[skipped..].trim_start_matches([' ', '*']);
    let colon = tail.starts_with([':', '：', '=', '|']);
    // `*Storage team*, mail: storage@example.org`
    if tail.starts_with([',', ';']) && tail.contains(':') {
        return None;
    }
    let kind = labels.kind(set);
    if kind.is_none() {
        // `**Who mentors?** Ada Byron`
        let answers = || !tail.is_empty() && tail.len() <= LONGEST_ANSWER && !tail.trim_end().ends_with(['.', '!', '?']);
        let found = (colon || set.trim_end().ends_with('?') && answers()) && may_be_label(set);
        let label = line.cut(start..end).trim();
        return found.then(|| Labelled { kind, label, value: tidy(line.from(text.len() - tail.len())), set: true, ended: true });
    }
    let separated = tail.is_empty() || colon || ["- ", "– ", "— "].iter().any(|dash| tail.starts_with(dash));
    let value =
        if separated && (skipped == 0 || !tail.is_empty()) { line.from(text.len() - tail.len()) } else { line.from(after) };
    let value = tidy(value);
    let dash = value.as_str().trim_start_matches(['-', '–', '—']).len();
    let value = if separated { value.from(value.len() - dash).trim() } else { value };
    Some(Labelled { kind, label: line.cut(start..end).trim(), value, set: true, ended: colon })
}

/// `**Label** value`: bold words that a line begins with and that nobody knows, before others.
pub(crate) fn bold_lead(line: Text<'_>) -> Option<Labelled<'_>> {
    let end = line.bold_prefix().filter(|&end| may_be_label(&line.as_str()[..end]))?;
    let value = line.from(end).trim();
    let goes_on = value.as_str().starts_with(|c: char| c.is_alphanumeric() || matches!(c, '@' | '[' | '#' | '~'));
    goes_on.then(|| Labelled { kind: None, label: line.cut(0..end).trim(), value, set: true, ended: true })
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

/// A known label that nothing sets apart: `Label: value`, `Label | value`, `Label - value`, `Label`, `Label @value`.
fn plain_label(line: Text<'_>, style: Style) -> Option<Labelled<'_>> {
    let scan = Labels::get().scan(line.as_str())?;
    let label = line.cut(0..scan.end).trim();
    let rest = line.from(scan.end);
    let found = |value, ended| Some(Labelled { kind: Some(scan.kind), label, value, set: false, ended });
    match scan.mark {
        Mark::Colon => found(tidy(rest), true),
        Mark::Dash if style != Style::Heading && scan.kind.is_telling() => {
            let dash = rest.as_str().chars().next().map_or(0, char::len_utf8);
            found(tidy(rest.from(dash)), true)
        }
        Mark::End if may_stand_alone(line, scan.kind, style) => found(line.from(line.len()), false),
        Mark::None if rest.as_str().trim_start().starts_with('|') && rest.as_str().matches('|').count() == 1 => {
            let pipe = rest.as_str().find('|').map_or(0, |at| at + 1);
            found(tidy(rest.from(pipe)), true)
        }
        Mark::None => {
            let by = scan.kind == Kind::Mentors && label.as_str().to_ascii_lowercase().ends_with(" by");
            found(bare_value(line, scan, style)?, by)
        }
        Mark::Dash | Mark::End => None,
    }
}

/// What is set as a label and not in the vocabulary: `Guides: Ana (@ana)`.
fn unknown_label(line: Text<'_>, style: Style) -> Option<Labelled<'_>> {
    let text = line.as_str();
    let head = &text[..text.floor_char_boundary(LONGEST_LABEL + 2)];
    // `Guides | Ana`: a row of a table that lost its form.
    if let Some(bar) = head.find(" | ").filter(|&bar| !text[bar + 3..].contains('|') && may_be_label(&text[..bar])) {
        let label = line.cut(0..bar).trim();
        return Some(Labelled { kind: None, label, value: tidy(line.from(bar + 3)), set: false, ended: true });
    }
    let colon = head.find([':', '：'])?;
    let mark = text[colon..].chars().next().map_or(1, char::len_utf8);
    let rest = &text[colon + mark..];
    // `std::string`, `https://…`, `12:30`, `{ref}`: no label ends there.
    if rest.starts_with([':', '/']) || (rest.starts_with(|c: char| c.is_alphanumeric()) && mark == 1) {
        return None;
    }
    let label = line.cut(0..colon).trim_matches(|c| c.is_whitespace() || matches!(c, '*' | '_'));
    let linked = line.link_at(0).is_some();
    // `- needs: C++`; elsewhere a sentence goes on in small letters.
    let is_small = || style == Style::Item && !label.is_empty() && label.as_str().chars().all(char::is_lowercase);
    ((may_be_label(label.as_str()) || is_small()) && !linked).then(|| Labelled {
        kind: None,
        label,
        value: tidy(line.from(colon)),
        set: false,
        ended: true,
    })
}

/// A longer text behind a question is no value of a field, in bytes.
const LONGEST_ANSWER: usize = 120;

/// No label that we do not know is longer, in bytes …
const LONGEST_LABEL: usize = 48;

/// … or has more words.
const MOST_WORDS: usize = 6;

/// True for words that may be a label: a few of them, and no sentence.
fn may_be_label(said: &str) -> bool {
    let said = said.trim();
    said.len() <= LONGEST_LABEL
        && said.split_whitespace().count() <= MOST_WORDS
        && said.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
        && !said.contains(['.', ',', '!', ';', '"', '“', '@', '[', '{', '=', '<'])
        && ![" - ", " – ", " — "].iter().any(|dash| said.contains(dash))
}

/// What would be the label of a line that begins with none we know, and whether a colon or boldness marks it as one.
pub fn unknown(line: Text<'_>) -> (Text<'_>, bool) {
    let bold = line.bold_prefix();
    let colon = unknown_label(line, Style::Line).or_else(|| set_label(line)).map(|found| found.label);
    let end = || line.cut(0..bold.unwrap_or(line.len()));
    let label = colon.unwrap_or_else(end).trim_matches(|c| c.is_whitespace() || "*_:".contains(c));
    (label, colon.is_some() || bold.is_some())
}

/// True for what may be a label if it is set apart from what follows: few words, but any.
fn is_short(said: &str) -> bool {
    said.len() <= 80 && said.split_whitespace().count() <= 12
}

/// The same, if a colon ends the label and the vocabulary knows it.
fn colon_label(line: Text<'_>) -> Option<Labelled<'_>> {
    let scan = Labels::get().scan(line.as_str()).filter(|scan| scan.mark == Mark::Colon)?;
    let label = line.cut(0..scan.end).trim();
    Some(Labelled { kind: Some(scan.kind), label, value: tidy(line.from(scan.end)), set: false, ended: true })
}

/// `mentor @jane`: a label of people without a colon, as handles follow it.
fn handles_label(line: Text<'_>) -> Option<Labelled<'_>> {
    // Far behind a label stands no value of it.
    let head = &line.as_str()[..line.as_str().floor_char_boundary(LONGEST_LABEL)];
    let found = head.contains('@').then(|| plain_label(line, Style::Item)).flatten()?;
    (found.kind == Some(Kind::Mentors) && found.value.as_str().starts_with('@')).then_some(found)
}

/// A label and nothing else on the line.
fn may_stand_alone(line: Text<'_>, kind: Kind, style: Style) -> bool {
    // `Relevant experience (languages you know, projects you did)` says more than a label does.
    let remark = line.as_str().find('(').is_some_and(|at| line.len() - at > 24);
    let telling =
        kind.is_telling() || matches!(kind, Kind::Description | Kind::Outcomes | Kind::Title | Kind::Project | Kind::Links);
    // "Contacts", "Projects": links of a menu.
    let leads_on = || matches!(style, Style::Line | Style::Item) && line.links().any(|(range, _)| range == (0..line.len()));
    // "… Ada Byron (@ada)⏎mentors."
    let ends_sentence = line.as_str().ends_with('.') && line.as_str().starts_with(char::is_lowercase);
    !remark && (style != Style::Line || telling && !ends_sentence) && !leads_on()
}

/// The value of a label that no mark ends: `Mentors @jane`, `Skills Required C++`, `Project Description (max. 5 sentences)
/// Text`.
fn bare_value(line: Text<'_>, scan: Scan, style: Style) -> Option<Text<'_>> {
    let text = line.as_str();
    let label = &text[..scan.end];
    let last = label.rsplit(' ').next().unwrap_or_default();
    if last == "by" && scan.kind.is_telling() {
        return people(line.from(scan.end).trim());
    }
    // "Mentors will be Ada Byron and Bo Chen."
    if Labels::get().states(last) {
        let is_somebody = |people: &Text<'_>| names_somebody(people.as_str()) && !Labels::get().is_container(people.as_str());
        return people(line.from(scan.end).trim()).filter(is_somebody);
    }
    // "Knowledge of XPath", "Experience with C++" are values, and good ones.
    if Labels::get().is_unfinished(last) {
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
    // "The Skill Mastery" is a name.
    let several = label.contains(' ') && !Labels::get().begins_with_article(label);
    // `Upstream issue [#12](…), [#14](…)`: nothing but links.
    if scan.kind == Kind::Upstream && style == Style::Line && is_all_links(line.of(rest)) {
        return Some(line.of(rest));
    }
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

/// True for one link after another, with commas or white space between them.
fn is_all_links(text: Text<'_>) -> bool {
    let mut end = 0;
    let is_gap = |gap: &str| gap.chars().all(|c| c.is_whitespace() || matches!(c, ',' | ';'));
    let follow = text.links().all(|(range, _)| {
        let follows = is_gap(&text.as_str()[end..range.start]);
        end = range.end;
        follows
    });
    follow && end > 0 && is_gap(&text.as_str()[end..])
}

/// The people that a text begins with: names and handles, and what joins them.
pub(crate) fn people(text: Text<'_>) -> Option<Text<'_>> {
    let said = text.as_str();
    let words_between = &Labels::get().joining;
    let (mut end, mut depth, mut joined) = (0, 0_i32, 0);
    for word in said.split([' ', '\n']) {
        let at = word.as_ptr() as usize - said.as_ptr() as usize;
        if depth == 0 && at >= joined {
            let words = words_between.of_people(&said[at..]).or_else(|| words_between.before_name(&said[at..]));
            joined = at + words.map_or(0, str::len);
        }
        let (mut named, mut ends) = (depth > 0, false);
        for (inside, c) in word.char_indices() {
            depth += i32::from(matches!(c, '(' | '<')) - i32::from(matches!(c, ')' | '>'));
            if depth < 0 {
                return (at + inside > 0).then(|| text.cut(0..at + inside).trim());
            }
            named |= inside == 0 && (c.is_uppercase() || matches!(c, '@' | '[' | '(' | '<')) || c == '@';
        }
        let joins = at < joined || matches!(word, "&" | "/") || words_between.is_particle(word);
        if !named && !joins {
            break;
        }
        // "A. Byron" goes on, and what stands in parentheses.
        ends |= depth == 0 && word.ends_with(['.', ';', '!']) && word.trim_end_matches('.').chars().nth(2).is_some();
        if named {
            end = at + word.len();
        }
        if ends {
            break;
        }
    }
    let named = text.cut(0..end);
    let named = named.of(named.as_str().trim_end_matches(['.', ',', ';', '!']));
    (!named.is_empty() && said.starts_with(|c: char| c.is_uppercase() || matches!(c, '@' | '['))).then_some(named)
}

/// True for a value that looks like what its label announces and is no remark: "Mentor: Ada Byron.", "Difficulty: easy."; not
/// "Difficulty: hard to say".
fn is_plain_value(kind: Kind, value: Text<'_>) -> bool {
    let said = value.as_str();
    let said = &said[..said.floor_char_boundary(SOON)];
    let first = &said[..said.find(". ").unwrap_or(said.len())];
    let is_short = || first.split_whitespace().nth(2).is_none() && !first.contains(',');
    match kind {
        Kind::Mentors => is_people(value),
        Kind::Difficulty => is_short(),
        Kind::Size => is_short() && first.contains(|c: char| c.is_ascii_digit()),
        _ => false,
    }
}

/// True for nothing but people, by their full names or handles: "Ada Byron and @bo".
fn is_people(text: Text<'_>) -> bool {
    let said = text.as_str().trim_end_matches('.');
    if said.len() > SOON {
        return false;
    }
    let full = said.contains('@') || said.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count() > 1;
    full && people(text).is_some_and(|people| people.len() >= said.len())
}

/// True for what begins with a full name, or has a handle or an address; not for the "AI models" that guide somebody.
pub(crate) fn names_somebody(said: &str) -> bool {
    let is_name = |word: &str| word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase);
    said.contains('@') || said.split(' ').take(2).filter(|word| is_name(word)).count() > 1
}

/// "… takes 350 hours; it is mentored by Ada Byron": such a label in the middle of a sentence, where `at` is the space before
/// its last word. It begins where its clause does, if little stands before it there.
fn label_by(value: Text<'_>, at: usize) -> Option<(usize, Labelled<'_>)> {
    let text = value.as_str();
    let begins = text[..at].rfind(|c: char| !c.is_alphanumeric()).map_or(0, |mark| mark + 1);
    let begins = text.ceil_char_boundary(begins);
    let after = value.from(begins);
    let found = plain_label(after, Style::Line).filter(|found| found.ended && found.kind == Some(Kind::Mentors))?;
    if !names_somebody(found.value.as_str()) {
        return None;
    }
    let clause = text[..begins].rfind(['.', ';', '!', '?', '(', ',']).map_or(0, |mark| mark + 1);
    let short = text[clause..begins].split_whitespace().nth(MOST_WORDS).is_none();
    Some((if short { clause } else { begins }, found))
}

/// The first label inside a value, and where it begins. `edges` are those of its line, `open` is what the label before the
/// value announces, if there is one.
///
/// `**A:**b**C:**d` reads as Markdown with its asterisks left over, or with `b` bold in place of the labels: so a label is
/// looked for wherever something that is set apart begins or ends, after that place and before it; and, if it tells another
/// fact, behind whatever may part two facts (`|`, ` - `, the end of a sentence).
pub(super) fn next_label<'a>(value: Text<'a>, edges: &Edges<'a>, open: Option<Kind>) -> Option<(usize, Labelled<'a>)> {
    let (mut edges, last_colon) = edges.inside(value);
    let text = value.as_str();
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        if edges.next_if_eq(&at).is_some()
            && let Some(found) = set_label_at(value, at, open)
        {
            return Some(found);
        }
        // Most of a text: no label begins inside of a word.
        if byte.is_ascii_lowercase() || !text.is_char_boundary(at) {
            continue;
        }
        let found = match byte {
            b' ' if text[at..].starts_with(" by ") => label_by(value, at),
            b' ' => None,
            _ if at < last_colon => plain_label_at(value, at, open),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// A label that begins or ends where something that is set apart does.
fn set_label_at(line: Text<'_>, at: usize, open: Option<Kind>) -> Option<(usize, Labelled<'_>)> {
    let text = line.as_str();
    if let Some(start) = label_before(text, at) {
        return Some((start, colon_label(line.from(start))?));
    }
    let rest = line.from(at);
    // `**Size** 90 h · **Difficulty** easy`
    let parted = rest.marked_prefix(SET).is_some() && text[..at].trim_end().ends_with(['·', '|', '•']);
    let colon = || colon_label(rest).filter(|_| !text[at..].starts_with(' '));
    let found = set_label(rest).or_else(colon).or_else(|| bold_lead(rest).filter(|_| parted && open.is_some()))?;
    // `… TLS basics**Repository:**`
    let glued = text[..at].ends_with(char::is_alphanumeric);
    let known = found.kind.is_some_and(|kind| kind.is_telling() || open.is_some() || glued || text[..at].trim().is_empty());
    // What nothing but its look makes a label must begin a clause.
    let begins =
        text[..at].trim_end_matches([' ', '\u{a0}', '*']).ends_with(['.', '!', '?', ')', ';', ',', '|']) || open.is_some();
    let accepted = if found.kind.is_some() { known } else { begins };
    ((parted || found.ended) && accepted).then_some((at, found))
}

/// A label of another fact behind the character at `at`, if that may part two facts.
fn plain_label_at(value: Text<'_>, at: usize, open: Option<Kind>) -> Option<(usize, Labelled<'_>)> {
    let text = value.as_str();
    let c = text[at..].chars().next()?;
    let prose = open.is_none_or(Kind::is_prose);
    let len = c.len_utf8();
    let (strong, after) = match c {
        '|' | '•' | '·' | '(' | '（' => (true, at + len),
        '-' | '–' | '—' if text[..at].ends_with([' ', '\n', ')']) && text[at + len..].starts_with([' ', '\n']) => {
            (true, at + len)
        }
        '.' | '!' | '?' if text[at + 1..].starts_with(|c: char| matches!(c, ' ' | '\n') || c.is_uppercase()) => (false, at + 1),
        ';' | ',' => (false, at + 1),
        // `… in CPossible Mentors: Ada`: the break between them was lost.
        c if c.is_uppercase() && may_end_value(&text[..at]) => (true, at),
        _ => return None,
    };
    let after = value.from(after).trim();
    if let Some(next) = handles_label(after).filter(|_| open.is_none_or(|open| same(open) != Kind::Mentors)) {
        return Some((at + if matches!(c, '!' | '?' | '.') { len } else { 0 }, next));
    }
    if prose && matches!(c, ';' | ',') {
        return None;
    }
    let Some(next) = colon_label(after) else {
        // What stands between bars is one fact each.
        let barred = matches!(c, '|' | '•' | '·') && open.is_some();
        return barred.then(|| unknown_label(after, Style::Line)).flatten().map(|next| (at, next));
    };
    let kind = next.kind.filter(|_| !next.label.as_str().contains(')'))?;
    let told = kind.is_telling() || (matches!(kind, Kind::Description | Kind::Outcomes) && matches!(c, '.' | '-' | '|'));
    let other = open.is_none_or(|open| same(open) != same(kind));
    // In the middle of a text, one label at the end of a sentence may be a remark.
    let clings = !text[at + len..].starts_with([' ', '\n']) && matches!(c, '.' | '!' | '?');
    let alone = || prose && !strong && !clings && !several_follow(after) && !is_plain_value(kind, next.value);
    if !(told || strong && open.is_some()) || !other || alone() {
        return None;
    }
    // The end of a sentence belongs to it.
    Some((at + if matches!(c, '!' | '?' | '.') { len } else { 0 }, next))
}

/// True if what stands before a capital may be the end of a value, and no part of its word: "basic Linux", "Ada B".
fn may_end_value(before: &str) -> bool {
    let initial = before.strip_suffix(char::is_uppercase);
    before.ends_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == ')')
        || initial.is_some_and(|rest| rest.ends_with(' '))
}

/// True if another label of a fact follows soon in the same text.
fn several_follow(text: Text<'_>) -> bool {
    let said = text.as_str();
    let said = &said[..said.floor_char_boundary(SOON)];
    let labels = |(at, _): (usize, &str)| {
        let clause = Labels::get().scan(&said[at + 2..]);
        clause.is_some_and(|scan| scan.kind.is_telling() && (said[at..].starts_with('.') || scan.mark == Mark::Colon))
    };
    [". ", ", ", "; "].into_iter().any(|mark| said.match_indices(mark).any(labels))
}

/// Within how many bytes a label is followed by another one soon.
pub(super) const SOON: usize = 2000;

/// The kind, where those that are read together count as one.
pub(crate) fn same(kind: Kind) -> Kind {
    match kind {
        Kind::Technologies => Kind::Skills,
        Kind::MentorHandles | Kind::MentorEmails => Kind::Mentors,
        kind => kind,
    }
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

/// Where labels may stand inside a line: found once, however many labels there are.
pub(super) struct Edges<'a> {
    line: Text<'a>,
    /// Where what is set apart begins and ends: bold, italic, and runs of asterisks.
    at: Vec<usize>,
    /// Behind the last colon or `@`.
    colon: usize,
}

impl<'a> Edges<'a> {
    pub(super) fn of(line: Text<'a>) -> Self {
        let text = line.as_str();
        let literal = memchr::memchr_iter(b'*', text.as_bytes()).filter(move |&at| at > 0 && !text[..at].ends_with('*'));
        let set = line.marked(SET).flat_map(|(range, _)| [range.start, range.end]).filter(move |&at| 0 < at && at < text.len());
        let mut at: Vec<usize> = set.chain(literal).collect();
        // What is set apart may nest.
        at.sort_unstable();
        at.dedup();
        // A colon may be full-width (`：`).
        let colon = memchr::memrchr3(b':', b'@', 0xef, text.as_bytes()).map_or(0, |last| last + 1);
        Edges { line, at, colon }
    }

    /// Those inside a part of the line, not at its beginning; and where behind its last colon is, as far as it has one.
    fn inside(&self, value: Text<'a>) -> (std::iter::Peekable<impl Iterator<Item = usize>>, usize) {
        let start = value.offset_in(self.line);
        let first = self.at.partition_point(|&at| at <= start);
        (self.at[first..].iter().map(move |at| at - start).peekable(), self.colon.saturating_sub(start))
    }
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
        said => {
            let said = said.trim_end_matches(['*', ' ', '_', '|']);
            // The end of a parenthesis that began before the label.
            value.of(said.strip_suffix(')').filter(|inner| !inner.contains('(')).unwrap_or(said).trim_end())
        }
    }
}
