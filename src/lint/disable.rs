//! Comments that switch rules off: `<!-- ideas-disable-next-line CODE -->`, `<!-- ideas-disable CODE -->` up to
//! `<!-- ideas-enable CODE -->` or the end of the page, and the others of [`VERBS`]. Several codes are parted by commas
//! or spaces; without one, all rules are meant. A comment that silences nothing is a finding itself (`unused-disable`),
//! and so is one that says something else (`unknown-comment`).

use memchr::memmem;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::document::Kind;
use crate::layout::Tree;
use crate::text::{Source, Span};

use super::rules::unused_disable;
use super::{Check, Edit, Finding, Fix, MOST, More};

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
    /// The bytes of the page whose findings are silent.
    pub silent: Span,
}

/// The comments of a page.
#[derive(Clone, Debug, Default)]
pub struct Disables {
    list: Vec<Disable>,
    /// Those that mean nothing.
    pub unknown: Vec<UnknownComment>,
    /// Where each code is silent, and under an empty one all are: sorted, and none touches the next.
    silent: FxHashMap<String, Vec<Span>>,
}

/// Where the findings stand that comments silence, by code.
#[derive(Clone, Debug, Default)]
pub struct Silenced(FxHashMap<&'static str, Vec<usize>>);

const OPEN: &str = "<!--";
const OURS: &str = "ideas-";

/// What comments can say behind `ideas-`, and what it means.
pub const VERBS: [(&str, &str); 6] = [
    ("disable-next-line", "Switches rules off for the next line"),
    ("disable-line", "Switches rules off for the line that it stands on"),
    ("disable-file", "Switches rules off for the whole page"),
    ("disable", "Switches rules off from here on"),
    ("enable", "Switches rules on again"),
    ("text", "What follows up to /ideas-text is text, whatever it looks like"),
];

/// A comment that says `ideas-` and something that is none of [`VERBS`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownComment {
    /// What it says behind `ideas-`.
    pub verb: String,
    /// Where that stands.
    pub span: Span,
}

/// The comments of a page. What stands in code or in data is no comment.
pub fn read(source: &Source, tree: &Tree<'_>) -> Disables {
    let (text, body, document) = (source.text(), tree.body(), &tree.document);
    let mut found: Vec<Disable> = Vec::new();
    // Those that nothing has ended yet.
    let mut open: FxHashMap<Option<&str>, Vec<usize>> = FxHashMap::default();
    let mut unknown = Vec::new();
    let mut read = 0;
    for start in memmem::find_iter(text.as_bytes(), OPEN) {
        // What stands inside a comment begins none.
        if !body.range().contains(&start) || start < read || !text[start + OPEN.len()..].trim_start().starts_with(OURS) {
            continue;
        }
        let Some(length) = text[start..].find("-->") else { break };
        let comment = Span::new(start, start + length + "-->".len());
        read = comment.end;
        let before = document.nodes.partition_point(|node| node.span().start <= start);
        let inside_code = |node: &crate::document::Node| node.kind == Kind::Code && start < node.span().end;
        if document.nodes[..before].last().is_some_and(inside_code) {
            continue;
        }
        let inside = text[start + OPEN.len()..start + length].trim_start();
        let Some(inside) = inside.strip_prefix(OURS) else { continue };
        let verb = inside.split(char::is_whitespace).next().unwrap_or_default();
        let verb_at = start + length - inside.len();
        let names = words(&inside[verb.len()..], verb_at + verb.len());
        let codes = || {
            let all = names.is_empty().then_some(None);
            all.into_iter().chain(names.iter().map(|&(name, _)| Some(name)))
        };
        let silent = match verb {
            "disable-next-line" => next_line(source, comment.end),
            "disable-line" => Span::new(source.line_start(start), source.line_end(comment.end)),
            "disable-file" => Span::new(0, text.len()),
            "disable" => {
                codes().enumerate().for_each(|(at, code)| open.entry(code).or_default().push(found.len() + at));
                Span::new(comment.end, text.len())
            }
            "enable" => {
                let ended: Vec<usize> = if names.is_empty() {
                    open.drain().flat_map(|(_, ended)| ended).collect()
                } else {
                    codes().filter_map(|code| open.remove(&code)).flatten().collect()
                };
                for at in ended {
                    found[at].silent.end = start;
                }
                continue;
            }
            verb if VERBS.iter().any(|(known, _)| *known == verb) => continue,
            verb => {
                unknown.push(UnknownComment { verb: verb.to_owned(), span: Span::new(verb_at, verb_at + verb.len()) });
                continue;
            }
        };
        let whole = whole_line(source, comment);
        let disable =
            |code: Option<&str>, span, cut| Disable { code: code.map(str::to_owned), span, cut, comment: whole, silent };
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
    Disables { silent: silent(&found), list: found, unknown }
}

/// Where each code is silent.
fn silent(list: &[Disable]) -> FxHashMap<String, Vec<Span>> {
    let mut silent: FxHashMap<String, Vec<Span>> = FxHashMap::default();
    for disable in list {
        silent.entry(disable.code.clone().unwrap_or_default()).or_default().push(disable.reach());
    }
    for spans in silent.values_mut() {
        spans.sort_unstable();
        spans.dedup_by(|next, last| {
            let joins = next.start <= last.end;
            if joins {
                last.end = last.end.max(next.end);
            }
            joins
        });
    }
    silent
}

impl Silenced {
    /// True if a comment silences a finding, which is remembered then.
    pub(super) fn takes(&mut self, disabled: &Disables, finding: &Finding) -> bool {
        let at = finding.span.start;
        let inside = |code: &str| {
            let spans = disabled.silent.get(code).map_or(&[][..], Vec::as_slice);
            let before = spans.partition_point(|span| span.start <= at);
            before > 0 && at < spans[before - 1].end
        };
        let silent = !disabled.list.is_empty() && (inside("") || inside(finding.code));
        if silent {
            self.0.entry(finding.code).or_default().push(at);
        }
        silent
    }

    /// Adds what was silenced of another rule.
    pub(super) fn add(&mut self, other: Silenced) {
        for (code, mut places) in other.0 {
            self.0.entry(code).or_default().append(&mut places);
        }
    }
}

/// One finding for each comment that silences none; of many so many as are told.
pub(super) fn unused(page: usize, disabled: &Disables, silenced: &Silenced, findings: &mut Vec<Finding>, more: &mut Vec<More>) {
    let mut silenced = silenced.0.clone();
    for places in silenced.values_mut() {
        places.sort_unstable();
    }
    let is_of_use = |disable: &Disable| {
        let reach = disable.reach();
        let inside = |places: &Vec<usize>| {
            let first = places.partition_point(|&at| at < reach.start);
            places.get(first).is_some_and(|&at| at < reach.end)
        };
        match disable.code.as_deref() {
            // What addresses answer changes by itself, and is not always asked: nobody can say that a comment about it
            // is of no use.
            Some(code) if super::rule(code).is_some_and(|rule| matches!(rule.check, Check::Answers(_))) => true,
            Some(code) => silenced.get(code).is_some_and(inside),
            None => silenced.values().any(inside),
        }
    };
    let used: Vec<bool> = disabled.list.iter().map(is_of_use).collect();
    let of_use = disabled.list.iter().zip(&used).filter(|(_, used)| **used);
    let comments: FxHashSet<Span> = of_use.map(|(disable, _)| disable.comment).collect();
    let mut unused = disabled.list.iter().zip(&used).filter(|(_, used)| !**used).map(|(disable, _)| disable);
    for disable in unused.by_ref().take(MOST) {
        // A comment that named no code any more would silence all.
        findings.push(unused_disable::finding(page, disable, !comments.contains(&disable.comment)));
    }
    let count = unused.count();
    if count > 0 {
        more.push(More { page, code: unused_disable::RULE.code, level: unused_disable::RULE.level, count });
    }
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
fn whole_line(source: &Source, comment: Span) -> Span {
    let text = source.text();
    let line = Span::new(source.line_start(comment.start), source.line_end(comment.end));
    let alone = text[line.start..comment.start].trim().is_empty() && text[comment.end..line.end].trim().is_empty();
    if alone { line } else { comment }
}

/// The next line that is not empty.
fn next_line(source: &Source, from: usize) -> Span {
    let text = source.text();
    let mut at = source.line_end(from);
    while at < text.len() {
        let end = source.line_end(at);
        if !text[at..end].trim().is_empty() {
            return Span::new(at, end);
        }
        at = end;
    }
    Span::new(text.len(), text.len())
}

impl Disable {
    /// Where findings are silent: at one place at least.
    fn reach(&self) -> Span {
        Span::new(self.silent.start, self.silent.end.max(self.silent.start + 1))
    }

    /// Takes the code away; the whole comment if it is `alone`: if none of its codes is of use.
    pub(super) fn fix(&self, alone: bool) -> Fix {
        if alone {
            Fix { safe: true, edits: vec![Edit::delete(self.comment)] }
        } else {
            Fix { safe: true, edits: vec![Edit::delete(self.cut)] }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{self, fix, proof};

    /// What is left of a text when unused comments are gone.
    fn without_unused(text: &str, unsafe_too: bool) -> String {
        let (page, findings) = lint::page(Source::new("a.md", text), lint::Template::named("plain")).unwrap();
        let findings = lint::catalog(&[page], findings, &lint::Limits::default()).findings;
        let unused = findings.iter().filter(|finding| finding.code == "unused-disable");
        if unsafe_too { fix::apply_all(text, unused).0 } else { proof::mended(&Source::new("a.md", text), unused).0 }
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
            ("<!-- ideas-\n😀 mojibake -->\n\nb\n", "<!-- ideas-\n😀 mojibake -->\n\nb\n", "<!-- ideas-\n😀 mojibake -->\n\nb\n"),
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
