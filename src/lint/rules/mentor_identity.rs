//! `mentor-identity`: a mentor has one handle on a page.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::lint::mentors::Named;
use crate::lint::{Check, Example, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "mentor-identity",
    level: Level::Warning,
    wants: "A mentor who is named in several ideas of a page has the same GitHub handle in all of them.",
    why: "One of the handles is a slip or another person's: contributors mention somebody who never answers, and programmes count two \
          mentors where there is one.",
    examples: &[Example {
        template: "lfx",
        good: "  - Cy Marsh (@cy-marsh, cy@example.org)\n  - Ada Brook (@ada-brook, ada@example.org)\n",
        bad: "  - Cy Marsh (@cy-marsh, cy@example.org)\n  - Ada Brook (@adabrok, ada@example.org)\n",
        at: "@adabrok",
    }],
    check: Check::Page(check),
};

/// How often a handle is there, by which person first, and by whom.
type Met<'a> = (usize, Reverse<usize>, &'a Named<'a>);

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    // In data, two people of one name are two records.
    if page.is_record() {
        return;
    }
    let people = || (0..page.ideas().len()).flat_map(|idea| &page.mentors(idea).people);
    // How often each handle of a name is there, and by whom first.
    let mut handles: FxHashMap<String, FxHashMap<String, Met<'_>>> = FxHashMap::default();
    for (at, person) in people().enumerate() {
        let Some((name, handle)) = known(person) else { continue };
        handles.entry(name).or_default().entry(handle).or_insert((0, Reverse(at), person)).0 += 1;
    }
    let usual: FxHashMap<String, (String, &Named<'_>)> =
        handles.into_iter().filter_map(|(name, handles)| Some((name, usual(handles)?))).collect();
    for person in people() {
        let Some((name, handle)) = known(person) else { continue };
        let Some((usual, first)) = usual.get(&name) else { continue };
        let span = person.mentor.github.as_ref().and_then(|handle| handle.span);
        if let (true, Some(span)) = (*usual != handle, span) {
            let line = page.source.line(first.written.span.start);
            out.at(span, format!("`{}` is `@{handle}` here, and `@{usual}` on line {line}", person.written.shown))
                .also_at(first.written.span)
                .help("find out which of the two it is");
        }
    }
}

/// The handle that is there most often; of equals the first is right.
fn usual(handles: FxHashMap<String, Met<'_>>) -> Option<(String, &Named<'_>)> {
    let (handle, (.., person)) = handles.into_iter().max_by_key(|(_, (count, first, _))| (*count, *first))?;
    Some((handle, person))
}

/// The full name and the handle of a person, in lower case. A first name alone may be two people's.
fn known(person: &Named<'_>) -> Option<(String, String)> {
    let (name, handle) = (person.mentor.name.as_ref()?, person.mentor.github.as_ref()?);
    name.value.trim().contains(' ').then(|| (name.value.to_lowercase(), handle.value.to_lowercase()))
}
