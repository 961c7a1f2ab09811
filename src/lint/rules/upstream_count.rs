//! `upstream-count`: an idea names as many upstream issues as its programme takes.

use crate::idea::link;
use crate::labels::Kind;
use crate::layout::Fact;
use crate::lint::urls;
use crate::lint::{Check, Example, Findings, Level, Page, Rule};
use crate::text::Span;

use super::duplicate_field;

pub(super) static RULE: Rule = Rule {
    code: "upstream-count",
    level: Level::Warning,
    wants: "An idea for LFX Mentorship names exactly one upstream issue.",
    why: "The programme has room for one URL: of several the administrator takes the first, and mentees start from the wrong \
          one. Several issues need one that tracks them.",
    examples: &[
        Example {
            template: "lfx",
            good: "https://github.com/cloud-kitchen/kitchen/issues/34",
            bad: "https://github.com/cloud-kitchen/kitchen/issues/34, https://github.com/cloud-kitchen/kitchen/issues/35",
            at: "issues/35",
        },
        Example {
            template: "lfx",
            good: "https://github.com/cloud-kitchen/kitchen/issues/34",
            bad: "\n  - https://github.com/cloud-kitchen/kitchen/issues/34\n  - https://github.com/cloud-kitchen/kitchen/issues/35",
            at: "Upstream Issue",
        },
        Example { template: "lfx", good: "https://github.com/cloud-kitchen/kitchen/issues/34", bad: "TBD", at: "TBD" },
        Example {
            template: "lfx-form",
            good: "https://github.com/cloud-kitchen/kitchen/issues/12",
            bad: "https://github.com/cloud-kitchen/kitchen/issues/12,https://github.com/cloud-kitchen/kitchen/issues/13",
            at: "issues/13",
        },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    let Some(most) = page.template.limits.upstream else { return };
    let urls = &page.ideas()[idea].idea.upstream;
    if urls.is_empty() {
        let said = |fact: &&Fact<'_>| fact.parts.iter().any(|part| !part.text.is_empty());
        if let Some(fact) = page.facts(idea, Kind::Upstream).find(said)
            && !is_link_broken(fact)
            && urls::upstream(page, idea).is_empty()
            && let (Some(first), Some(last)) = (fact.parts.first(), fact.parts.last())
        {
            out.at(first.text.span_to(last.text), format!("`{}` names no issue", first.text.flow()))
                .help("give the URL of the issue that tracks the idea");
        }
        return;
    }
    if urls.len() <= most {
        return;
    }
    // The same label twice is one fault, and `duplicate-field` says so.
    let repeated = duplicate_field::repeats(page, idea, Kind::Upstream);
    let again = |span: Span| repeated.is_some_and(|label| label.start < span.start);
    let urls: Vec<_> = urls.iter().filter(|url| !url.span.is_some_and(again)).collect();
    if urls.len() <= most {
        return;
    }
    let (Some(extra), Some(last)) = (urls[most].span, urls.last().and_then(|url| url.span)) else { return };
    let first = urls[0].span.unwrap_or(extra);
    let label = page.facts(idea, Kind::Upstream).map(|fact| fact.label.span()).find(|label| label.start <= first.start);
    // On one line, those too many; a list, as a whole.
    let span = match label {
        Some(label) if page.source.line(label.start) != page.source.line(extra.start) && page.is_markdown() => label.join(last),
        _ => extra.join(last),
    };
    out.at(span, format!("the idea names {} upstream issues, and the programme takes {most}", urls.len()))
        .help("keep the issue that tracks the idea, and link the others from there");
}

/// True if the field has a link that `url-format` speaks of.
fn is_link_broken(fact: &Fact<'_>) -> bool {
    fact.parts.iter().flat_map(|part| part.text.links()).any(|(_, link)| link::destination(&link.url).is_some())
}
