//! Comments that switch rules off: `<!-- ideas-disable-next-line CODE -->`, `<!-- ideas-disable CODE -->` up to
//! `<!-- ideas-enable CODE -->` or the end of the page. Several codes are parted by commas or spaces; without one, all rules
//! are meant. A comment that silences nothing is a finding itself (`unused-disable`).

use memchr::memmem;
use rustc_hash::FxHashSet;

use crate::document::Kind;
use crate::layout::Tree;
use crate::text::{Source, Span};

use super::rules::unused_disable;
use super::{Edit, Finding, Fix, Linted};

/// One code in one comment, and the lines it speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disable {
    /// The rule's code as written; `None` for all rules.
    pub code: Option<String>,
    /// Where the code stands, or the whole comment if it names none.
    pub span: Span,
    /// The code with what parts it from its neighbours.
    cut: Span,
    /// The whole comment; the whole line if nothing else is on it.
    pub comment: Span,
    /// True if what stands around the comment is the same without it: it parts no paragraphs and hides no text.
    removable: bool,
    /// The bytes of the page whose findings are silent.
    pub silent: Span,
}

const OPEN: &str = "<!-- ideas-";

/// The comments of a page. What stands in code or in data is no comment.
pub fn read(source: &Source, tree: &Tree<'_>) -> Vec<Disable> {
    let (text, body, document) = (source.text(), tree.body(), &tree.document);
    let mut found: Vec<Disable> = Vec::new();
    let mut read = 0;
    for start in memmem::find_iter(text.as_bytes(), OPEN) {
        // What stands inside a comment begins none.
        if !body.range().contains(&start) || start < read {
            continue;
        }
        let Some(length) = text[start..].find("-->") else { break };
        let comment = Span::new(start, start + length + "-->".len());
        read = comment.end;
        let before = document.nodes.partition_point(|node| node.span.start <= start);
        let inside_code = |node: &crate::document::Node| node.kind == Kind::Code && start < node.span.end;
        if document.nodes[..before].last().is_some_and(inside_code) {
            continue;
        }
        let inside = &text[start + OPEN.len()..start + length];
        let verb = inside.split_whitespace().next().unwrap_or_default();
        let names = words(&inside[verb.len()..], start + OPEN.len() + verb.len());
        let whole = whole_line(text, comment);
        let removable = is_removable(text, comment, whole);
        let silent = match verb {
            "disable-next-line" => next_line(text, comment.end),
            "disable" => Span::new(comment.end, text.len()),
            "enable" => {
                for earlier in &mut found {
                    let meant = names.is_empty() || names.iter().any(|(name, _)| Some(*name) == earlier.code.as_deref());
                    if meant && earlier.silent.end == text.len() && earlier.silent.start < start {
                        earlier.silent.end = start;
                    }
                }
                continue;
            }
            _ => continue,
        };
        let disable = |code: Option<&str>, span, cut| Disable {
            code: code.map(str::to_owned),
            span,
            cut,
            comment: whole,
            removable,
            silent,
        };
        if names.is_empty() {
            found.push(disable(None, comment, comment));
        }
        found.extend(names.iter().enumerate().map(|(at, &(name, span))| {
            let cut = match (at.checked_sub(1).map(|before| names[before].1), names.get(at + 1)) {
                (_, Some((_, next))) => Span::new(span.start, next.start),
                (Some(before), None) => Span::new(before.end, span.end),
                (None, None) => span,
            };
            disable(Some(name), span, cut)
        }));
    }
    found
}

/// The findings that no comment silences, and one for each comment that silences none.
pub fn apply(pages: &[Linted], mut findings: Vec<Finding>) -> Vec<Finding> {
    let mut used: Vec<Vec<bool>> = pages.iter().map(|page| vec![false; page.disabled.len()]).collect();
    findings.retain(|finding| {
        let mut silent = false;
        for (disable, used) in pages[finding.page].disabled.iter().zip(&mut used[finding.page]) {
            let named = disable.code.as_deref().is_none_or(|code| code == finding.code);
            let inside = disable.silent.start <= finding.span.start
                && finding.span.start < disable.silent.end.max(disable.silent.start + 1);
            if named && inside {
                *used = true;
                silent = true;
            }
        }
        !silent
    });
    for (at, (page, used)) in pages.iter().zip(&used).enumerate() {
        let of_use = page.disabled.iter().zip(used).filter(|(_, used)| **used);
        let comments: FxHashSet<Span> = of_use.map(|(disable, _)| disable.comment).collect();
        for (disable, _) in page.disabled.iter().zip(used).filter(|(_, used)| !**used) {
            // A comment that named no code any more would silence all.
            findings.push(unused_disable::finding(at, disable, !comments.contains(&disable.comment)));
        }
    }
    findings
}

/// The codes in a comment, with their places.
fn words(text: &str, at: usize) -> Vec<(&str, Span)> {
    let words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    words
        .map(|word| {
            let start = at + (word.as_ptr() as usize - text.as_ptr() as usize);
            (word, Span::new(start, start + word.len()))
        })
        .collect()
}

/// The comment, or its line with the line break if nothing else is there.
fn whole_line(text: &str, comment: Span) -> Span {
    let start = text[..comment.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[comment.end..].find('\n').map_or(text.len(), |at| comment.end + at + 1);
    let alone = text[start..comment.start].trim().is_empty() && text[comment.end..end].trim().is_empty();
    if alone { Span::new(start, end) } else { comment }
}

/// The next line that is not empty.
fn next_line(text: &str, from: usize) -> Span {
    let mut at = text[from..].find('\n').map_or(text.len(), |line| from + line + 1);
    while at < text.len() {
        let end = text[at..].find('\n').map_or(text.len(), |line| at + line + 1);
        if !text[at..end].trim().is_empty() {
            return Span::new(at, end);
        }
        at = end;
    }
    Span::new(text.len(), text.len())
}

/// True if the text around a comment is read the same without it: in doubt it is not. A comment that begins a line hides the
/// rest of it, one between two lines of text parts them, and one that stands further left than a list ends it.
fn is_removable(text: &str, comment: Span, whole: Span) -> bool {
    let start = text[..comment.start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[start..comment.start];
    if text[comment.range()].contains('\n') {
        return false;
    }
    if whole == comment {
        return before.contains(char::is_alphanumeric) && before.ends_with(' ');
    }
    let above = text[..start].lines().next_back().unwrap_or_default().trim();
    let mut below = text[whole.end..].lines();
    let Some(next) = below.clone().find(|line| !line.trim().is_empty()) else { return true };
    let is_parted = above.is_empty() || below.next().is_none_or(|line| line.trim().is_empty());
    let said = next.trim_start();
    let indent = &next[..next.len() - said.len()];
    if ["- ", "* ", "+ "].iter().any(|mark| said.starts_with(mark)) {
        return indent == before;
    }
    let is_text = said.starts_with(|c: char| c.is_alphanumeric() || "*_".contains(c));
    indent.is_empty() && (said.starts_with('#') || is_text && is_parted)
}

impl Disable {
    /// Takes the code away; the whole comment if it is `alone`: if none of its codes is of use.
    pub(super) fn fix(&self, alone: bool) -> Fix {
        if alone {
            Fix { safe: self.removable, edits: vec![Edit::delete(self.comment)] }
        } else {
            Fix { safe: true, edits: vec![Edit::delete(self.cut)] }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{self, fix};

    /// What is left of a text when unused comments are gone.
    fn without_unused(text: &str, unsafe_too: bool) -> String {
        let (page, findings) = lint::page(Source::new("a.md", text), None).unwrap();
        let findings = apply(&[page], findings);
        fix::apply(text, findings.iter().filter(|finding| finding.code == "unused-disable"), unsafe_too).0
    }

    #[test]
    fn comments_go_where_nothing_depends_on_them() {
        for (before, safe, also) in [
            ("a\n\n<!-- ideas-disable mojibake -->\nb\n", "a\n\nb\n", "a\n\nb\n"),
            ("a\n<!-- ideas-disable mojibake -->\nb\n", "a\n<!-- ideas-disable mojibake -->\nb\n", "a\nb\n"),
            ("- a:\n  <!-- ideas-disable-next-line mojibake -->\n  - b\n", "- a:\n  - b\n", "- a:\n  - b\n"),
            // Without it, what follows would belong to the item.
            ("- a\n\n<!-- ideas-disable mojibake -->\n  b\n", "- a\n\n<!-- ideas-disable mojibake -->\n  b\n", "- a\n\n  b\n"),
            ("<!-- ideas-disable mojibake --> b\n", "<!-- ideas-disable mojibake --> b\n", " b\n"),
            ("a <!-- ideas-disable mojibake -->b\n", "a b\n", "a b\n"),
            // All of its codes are of no use: not a comment without codes, which would silence all.
            ("<!-- ideas-disable mojibake, missing-field -->\n\n# a\n", "\n# a\n", "\n# a\n"),
            (
                "\n<!-- ideas-disable missing-field, mojibake, mentor-count -->\n\n# caf√© caf√©\n",
                "\n<!-- ideas-disable mojibake -->\n\n# caf√© caf√©\n",
                "\n<!-- ideas-disable mojibake -->\n\n# caf√© caf√©\n",
            ),
        ] {
            assert_eq!(
                (without_unused(before, false).as_str(), without_unused(before, true).as_str()),
                (safe, also),
                "{before:?}"
            );
        }
    }
}
