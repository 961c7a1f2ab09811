//! `placeholder`: nothing of the template's own text is left.

use rustc_hash::FxHashSet;

use crate::document;
use crate::labels::{Kind, Labels};
use crate::layout::{Fact, Holds};
use crate::lint::letters::letters;
use crate::lint::page::Page;
use crate::lint::template::{Placed, Placeholder};
use crate::lint::{Check, Edit, Example, Finding, Findings, Level, Rule};
use crate::prose::Text;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "placeholder",
    level: Level::Error,
    wants: "Nothing that the template says in place of an idea is left on the page.",
    why: "Titles, names and addresses of the template are nobody's: invitations go nowhere. Its remarks are for those who \
          write the page; those who read it take the idea for unfinished. A description that says `TBD` describes nothing.",
    examples: &[
        Example { template: "lfx", good: "### Cloud Kitchen", bad: "### CNCF Project Name", at: "CNCF Project Name" },
        Example {
            template: "lfx",
            good: "#### Taste soups in a pipeline",
            bad: "#### Mentorship project Title",
            at: "Mentorship",
        },
        Example {
            template: "lfx",
            good: "  - Cy Marsh (@cy-marsh, cy@example.org)",
            bad: "  - Mentor Name (@mentor_github, mentor@email.addy)",
            at: "Mentor Name",
        },
        Example {
            template: "lfx",
            good: "  - Cy Marsh (@cy-marsh, cy@example.org)",
            bad: "  - Cy Marsh (@cy-marsh, cy@example.org) - please use the same email address as you use on the LFX Mentorship \
                  Platform at https://mentorship.lfx.linuxfoundation.org",
            at: "please use",
        },
        Example {
            template: "cncf-gsoc",
            good: "- Mentor(s):\n  - Cy Marsh",
            bad: "- Mentor(s): #For GSoC, it is **required** to have at least 2 mentors with 1 being a primary mentor.\n  - Cy Marsh",
            at: "#For GSoC",
        },
        Example {
            template: "cncf-gsoc",
            good: "  - Cy Marsh (@cy-marsh, cy@example.org) - primary",
            bad: "  - Jane Doe (@jane-github, jane@email.address) - primary",
            at: "Jane Doe",
        },
        Example {
            template: "cncf-gsoc",
            good: "- Expected Outcome: A tasting step that runs on every change, and a report that names the spoon",
            bad: "- Expected Outcome: TBD",
            at: "TBD",
        },
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let mut seen: FxHashSet<Span> = FxHashSet::default();
    for node in projects(page) {
        let text = page.document.text(node).trim();
        seen.insert(text.span());
        left_in(text, out);
    }
    for idea in 0..page.ideas().len() {
        let entry = &page.ideas()[idea];
        let title = page.heading(idea).map(|heading| heading.text).or(entry.draft.title);
        for text in [entry.draft.group, title].into_iter().flatten() {
            if page.template.is_placeholder(text.as_str()) && seen.insert(text.span()) {
                left_in(text.trim(), out);
            }
        }
        // The text below front matter has no label.
        if let [only] = entry.draft.loose.as_slice()
            && page.is_record()
            && says_nothing(*only)
        {
            out.at(only.span(), format!("the description says `{}` and nothing else", only.flow()));
        }
        for fact in &entry.draft.facts {
            check_value(page, fact, out);
        }
    }
}

/// Headings of the template in the place of a project's, right above an idea. (The reader takes "Project Name" for a label.)
pub(super) fn projects(page: &Page<'_>) -> Vec<usize> {
    if !page.is_markdown() {
        return Vec::new();
    }
    let nodes = page.document.nodes.iter().enumerate();
    let headings = nodes.filter(|(_, node)| matches!(node.kind, document::Kind::Heading(_))).map(|(at, _)| at);
    let above_idea = |&at: &usize| {
        let next = page.headings.partition_point(|heading| heading.node <= at);
        page.headings.get(next).is_some_and(|next| next.node == at + 1 && next.holds == Holds::Idea)
    };
    headings.filter(above_idea).filter(|&at| page.template.is_placeholder(page.document.text(at).as_str())).collect()
}

/// `TBD` and its like, with few words around it.
fn says_nothing(text: Text<'_>) -> bool {
    text.as_str().split_whitespace().nth(3).is_none() && Labels::get().is_placeholder(text.as_str())
}

fn check_value(page: &Page<'_>, fact: &Fact<'_>, out: &mut Findings<'_>) {
    if let [only] = fact.parts.as_slice()
        && matches!(fact.kind, Kind::Description | Kind::Outcomes)
        && says_nothing(only.text)
    {
        out.at(only.text.span(), format!("`{}` says `{}` and nothing else", fact.label.flow(), only.text.flow()));
        return;
    }
    for (line, _) in fact.lines() {
        if let Some(remark) = remark(page, line) {
            let finding = left_in(remark, out);
            if remark.len() < line.len() || fact.lines().nth(1).is_some() {
                let edit = Edit::delete(with_space(page, remark));
                // A page that names its programme nowhere else would lose it.
                if names_program(page, remark.span()) {
                    finding.unsafe_fix([edit])
                } else {
                    finding.fix([edit])
                };
            }
        } else if let Some(left) = whole(page, fact, line) {
            left_in(left, out);
        }
    }
}

fn names_program(page: &Page<'_>, within: Span) -> bool {
    let program = page.ideas().first().and_then(|entry| entry.idea.program.as_ref()?.span);
    program.is_some_and(|program| within.start <= program.start && program.start < within.end)
}

/// The template's text in place of a value; of a mentor, from the first to the last part that is the template's.
fn whole<'a>(page: &Page<'_>, fact: &Fact<'_>, line: Text<'a>) -> Option<Text<'a>> {
    if page.template.is_placeholder(line.as_str()) {
        return Some(line);
    }
    if fact.kind != Kind::Mentors {
        return None;
    }
    let parts = line.as_str().split([',', '(', ')', '[', ']', '<', '>', '|']);
    let mut left = parts.filter(|part| page.template.is_placeholder(part)).map(|part| line.of(part.trim()));
    let first = left.next()?;
    Some(left.next_back().map_or(first, |last| first.through(last)))
}

/// A remark of the template at the end of a line: `#For GSoC, …`, or a sentence that nobody else writes.
fn remark<'a>(page: &Page<'_>, line: Text<'a>) -> Option<Text<'a>> {
    let said = line.as_str();
    page.template.placeholders.text.iter().find_map(|known| {
        let at = match known.place {
            Placed::Remark => {
                let begins = |&at: &usize| at == 0 || said[..at].ends_with(char::is_whitespace);
                memchr::memchr_iter(b'#', said.as_bytes()).filter(begins).find(|&at| is_remark(&said[at..], known))?
            }
            Placed::Sentence => find_in_any_case(said, &known.said)?,
            Placed::Alone => return None,
        };
        Some(line.from(at))
    })
}

/// True if a text begins as a remark does; people change their ends.
fn is_remark(text: &str, remark: &Placeholder) -> bool {
    let length = remark.said.len();
    let text = letters(&text[..text.floor_char_boundary(length)]);
    let alike = text.bytes().zip(remark.letters.bytes()).take_while(|(a, b)| a == b).count();
    alike >= 12 || (alike > 0 && alike == text.len() && alike * 2 > length)
}

/// Where a sentence begins in a text.
fn find_in_any_case(text: &str, sentence: &str) -> Option<usize> {
    let (text, sentence) = (text.as_bytes(), sentence.as_bytes());
    let &[first, second, ..] = sentence else { return None };
    // No further than where it still has room.
    let room = &text[..(text.len() + 1).saturating_sub(sentence.len())];
    memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), room)
        .filter(|&at| text[at + 1].eq_ignore_ascii_case(&second))
        .find(|&at| text[at..at + sentence.len()].eq_ignore_ascii_case(sentence))
}

/// A remark, and the white space or dash that parts it from what stands before it.
fn with_space(page: &Page<'_>, remark: Text<'_>) -> Span {
    let span = remark.span();
    let before = page.source.text()[..span.start].trim_end_matches([' ', '\t']);
    let apart = before.strip_suffix(['-', '–', '—']).filter(|head| head.ends_with(' ')).map_or(before, str::trim_end);
    Span::new(apart.len(), span.end)
}

fn left_in<'o>(text: Text<'_>, out: &'o mut Findings<'_>) -> &'o mut Finding {
    out.at(text.span(), format!("`{}` is left from the template", text.flow()))
}
