//! Comments that switch rules off: `<!-- ideas-disable-next-line CODE -->`, `<!-- ideas-disable CODE -->` up to
//! `<!-- ideas-enable CODE -->` or the end of the page. Several codes are parted by commas or spaces; without one, all rules
//! are meant. A comment that silences nothing is a finding itself (`unused-disable`).

use memchr::memmem;

use crate::outline::{Kind, Outline};
use crate::text::{Source, Span};

use super::rules::unused_disable;
use super::{Edit, Finding, Linted};

/// One code in one comment, and the lines it speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disable {
    /// The rule's code as written; `None` for all rules.
    pub code: Option<String>,
    /// Where the code stands, or the whole comment if it names none.
    pub span: Span,
    /// The whole comment; the whole line if nothing else is on it.
    pub comment: Span,
    /// How many codes the comment names.
    pub siblings: usize,
    /// The bytes of the page whose findings are silent.
    pub silent: Span,
}

const OPEN: &str = "<!-- ideas-";

/// The comments of a page. What stands in code is no comment.
pub fn read(source: &Source, outline: &Outline) -> Vec<Disable> {
    let text = source.text();
    let mut found: Vec<Disable> = Vec::new();
    for start in memmem::find_iter(text.as_bytes(), OPEN) {
        let Some(length) = text[start..].find("-->") else { break };
        let comment = Span::new(start, start + length + "-->".len());
        let code = |node: &crate::outline::Node| node.kind == Kind::Code && node.span.start <= start && start < node.span.end;
        if outline.nodes.iter().any(code) {
            continue;
        }
        let inside = &text[start + OPEN.len()..start + length];
        let verb = inside.split_whitespace().next().unwrap_or_default();
        let names = words(&inside[verb.len()..], start + OPEN.len() + verb.len());
        let whole = whole_line(text, comment);
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
        let disable = |code: Option<&str>, span| Disable {
            code: code.map(str::to_owned),
            span,
            comment: whole,
            siblings: names.len(),
            silent,
        };
        if names.is_empty() {
            found.push(disable(None, comment));
        }
        found.extend(names.iter().map(|&(name, span)| disable(Some(name), span)));
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
        for (disable, used) in page.disabled.iter().zip(used) {
            if !used {
                findings.push(unused_disable::finding(at, disable));
            }
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

impl Disable {
    /// Takes the code away, or the comment if it names no other.
    pub(super) fn edit(&self) -> Edit {
        Edit::delete(if self.siblings > 1 { self.span } else { self.comment })
    }
}
