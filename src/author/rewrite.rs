//! A page in its template's own words: ideas are written anew where they stand, and nothing around them changes.
//!
//! A page is only changed if nothing of it is lost: it must read as the same ideas afterwards, and every word, address and
//! piece of code that stood in an idea must still stand there, whether we understand it or not.

use std::collections::{HashMap, HashSet};

use super::{Extent, Target, differences, write_at};
use crate::catalog::Given;
use crate::idea::{Difficulty, Idea, Mentor, Role, link, mentor, size};
use crate::labels::Kind;
use crate::layout::{self, BOLD, Draft, Entry, Fact, Holds, Inspection, Tree};
use crate::lint::Template;
use crate::lint::template::Form as Shape;
use crate::outline::{self, Outline};
use crate::text::{Source, Span, Spanned};

/// Why a page was left as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LeftAlone {
    /// It cannot be read.
    #[error("{why}")]
    Unreadable {
        /// Where.
        span: Span,
        /// Why.
        why: String,
    },
    /// It holds no ideas.
    #[error("holds no ideas")]
    NoIdeas,
    /// It follows none of the templates.
    #[error("follows no template; `--template` says which to write it in")]
    NoTemplate,
    /// The template has another shape.
    #[error("is no page of the template `{0}`; `ideas convert` writes it as one")]
    OtherShape(String),
    /// An idea of it has no heading of its own.
    #[error("`{0}` has no heading of its own; `ideas convert` writes it with one")]
    NoHeading(String),
    /// Something of an idea would be gone.
    #[error("{what} of `{title}` would be lost")]
    Loses {
        /// The idea's title.
        title: String,
        /// What would be gone: a fact, or words.
        what: String,
    },
}

/// A page that was written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewritten {
    /// Its text; the same if it was written so already.
    pub text: String,
    /// The ideas that stand there as they stood, and why.
    pub left_alone: Vec<LeftAlone>,
}

/// The page as its template writes it. On a page of several ideas, those that would lose something stay as they are.
///
/// # Errors
///
/// The whole page should be left alone; see [`LeftAlone`].
pub fn rewrite(source: &Source, template: Option<&Template>, given: &Given) -> Result<Rewritten, LeftAlone> {
    let unreadable = |error: layout::ReadError| LeftAlone::Unreadable { span: error.span(), why: error.to_string() };
    let tree = Tree::read(source).map_err(unreadable)?;
    let seen = tree.inspect().map_err(unreadable)?;
    if seen.entries.is_empty() {
        return Err(LeftAlone::NoIdeas);
    }
    let target = target(&tree, &seen, template, given)?;
    let rewritten = match target {
        Target::Template(template) if template.shape == Shape::Page => stretches(source, &tree, &seen, &target),
        _ => Rewritten { text: whole(source, &tree, &seen, &target)?, left_alone: Vec::new() },
    };
    // What is unreadable now has lost everything.
    let after = layout::read(&Source::new(source.path(), rewritten.text.as_str())).map_or_else(|_| Vec::new(), |it| it.ideas);
    for (at, entry) in seen.entries.iter().enumerate() {
        let lost = |what: &str| LeftAlone::Loses { title: entry.idea.title.value.clone(), what: what.to_owned() };
        let now = after.get(at).filter(|_| after.len() == seen.entries.len()).ok_or_else(|| lost("the whole"))?;
        if let Some((fact, _)) = differences(&entry.idea, now, false).first() {
            return Err(lost(&format!("the {}", fact.as_str())));
        }
    }
    Ok(rewritten)
}

/// What a page is written as: the template that it follows, or that the user wants.
fn target<'t>(
    tree: &Tree<'_>,
    seen: &Inspection<'_>,
    template: Option<&'t Template>,
    given: &Given,
) -> Result<Target<'t>, LeftAlone> {
    let own = Template::of(seen, given);
    if seen.shape == layout::Shape::Export {
        // Other JSON is nobody's template.
        let is_lfx = tree.data().is_some_and(|data| data.root().get("programs").is_some());
        return if is_lfx { Ok(Target::Export) } else { Err(LeftAlone::NoTemplate) };
    }
    match template {
        Some(template) if template.shape == own.shape => Ok(Target::Template(template)),
        Some(template) => Err(LeftAlone::OtherShape(template.name.clone())),
        None if own.binds(seen) => Ok(Target::Template(own)),
        None => Err(LeftAlone::NoTemplate),
    }
}

/// A page that is written anew as a whole: data, a form.
fn whole(source: &Source, tree: &Tree<'_>, seen: &Inspection<'_>, target: &Target<'_>) -> Result<String, LeftAlone> {
    let ideas: Vec<Idea> = seen.entries.iter().map(|entry| on_page(entry, Span::new(0, tree.body().start))).collect();
    let ideas: Vec<&Idea> = ideas.iter().collect();
    let text = write_at(&ideas, target, Extent::Page).text;
    // What an export says beside its ideas is said of the first.
    Keeper::new(&ideas).check(source.text(), &labels(&seen.entries), &text)?;
    Ok(as_lines_of(source.text(), &text))
}

/// A page on which every idea is written anew where it stands.
fn stretches(source: &Source, tree: &Tree<'_>, seen: &Inspection<'_>, target: &Target<'_>) -> Rewritten {
    let page = source.text();
    let mut rewritten = Rewritten { text: String::with_capacity(page.len()), left_alone: Vec::new() };
    let mut done = 0;
    for entry in &seen.entries {
        match anew(entry, source, tree, seen, target) {
            Ok((stretch, written)) if stretch.start >= done => {
                rewritten.text.push_str(&page[done..stretch.start]);
                rewritten.text.push_str(&as_lines_of(page, written.trim_end()));
                done = stretch.end;
            }
            Ok(_) => rewritten.left_alone.push(LeftAlone::NoHeading(entry.idea.title.value.clone())),
            Err(why) => rewritten.left_alone.push(why),
        }
    }
    rewritten.text.push_str(&page[done..]);
    rewritten
}

/// An idea's stretch of a page, and what is to stand there.
fn anew(
    entry: &Entry<'_>,
    source: &Source,
    tree: &Tree<'_>,
    seen: &Inspection<'_>,
    target: &Target<'_>,
) -> Result<(Span, String), LeftAlone> {
    let title = || entry.idea.title.value.clone();
    let (stretch, level) = stretch(entry, seen, source, &tree.outline).ok_or_else(|| LeftAlone::NoHeading(title()))?;
    let idea = on_page(entry, stretch);
    let written = write_at(&[&idea], target, Extent::Anew(level));
    if let Some(loss) = written.losses.first() {
        return Err(LeftAlone::Loses { title: title(), what: format!("the {}", loss.fact.as_str()) });
    }
    Keeper::new(&[&idea]).check(source.slice(stretch), &labels_in(entry, stretch), &written.text)?;
    Ok((stretch, written.text))
}

/// The bytes of an idea, from its heading to the end of the last block that tells of it; and the level of that heading.
fn stretch(entry: &Entry<'_>, seen: &Inspection<'_>, source: &Source, outline: &Outline) -> Option<(Span, u8)> {
    let node = entry.draft.heading?;
    let outline::Kind::Heading(level) = outline.nodes[node].kind else { return None };
    let is_next = |heading: &&layout::Heading<'_>| {
        heading.node > node && (heading.level <= level || heading.level == BOLD || heading.holds != Holds::Else)
    };
    let end = seen.headings.iter().filter(|heading| heading.level < BOLD || heading.holds == Holds::Idea).find(is_next);
    let end = end.map_or(outline.nodes.len(), |heading| heading.node);
    let last = told(&entry.draft).map(|span| span.end).max()?;
    let blocks = outline.siblings(node..end).map(|block| outline.nodes[block].span);
    let last = blocks.filter(|block| block.start < last).last()?;
    let start = outline.nodes[node].span.start;
    // A list's block ends where the next one begins.
    Some((Span::new(start, start + source.slice(Span::new(start, last.end)).trim_end().len()), level))
}

/// The stretches that tell of an idea. Text without a label does, unless the description has one.
fn told<'a>(draft: &'a Draft<'_>) -> impl Iterator<Item = Span> + 'a {
    let described = draft.facts.iter().any(|fact| fact.kind == Kind::Description && !fact.parts.is_empty());
    let loose = draft.loose.iter().filter(move |_| !described).map(|text| text.span());
    draft.facts.iter().map(Fact::span).chain(loose).chain(draft.title.iter().map(|title| title.span()))
}

/// An idea without what its page says elsewhere, in a heading above or by its path.
fn on_page(entry: &Entry<'_>, stretch: Span) -> Idea {
    fn inside<T>(fact: Option<Spanned<T>>, stretch: Span) -> Option<Spanned<T>> {
        let is_inside = |span: Span| stretch.start <= span.start && span.end <= stretch.end;
        fact.filter(|fact| fact.span.is_some_and(is_inside))
    }
    let idea = entry.idea.clone();
    Idea {
        organization: inside(idea.organization, stretch),
        project: inside(idea.project, stretch),
        program: inside(idea.program, stretch),
        term: inside(idea.term, stretch),
        ..idea
    }
}

fn labels(entries: &[Entry<'_>]) -> Vec<Span> {
    entries.iter().flat_map(|entry| entry.draft.facts.iter().map(|fact| fact.label.span())).collect()
}

/// The labels of an idea, in bytes from the beginning of its stretch.
fn labels_in(entry: &Entry<'_>, stretch: Span) -> Vec<Span> {
    let inside = labels(std::slice::from_ref(entry)).into_iter();
    let inside = inside.filter(|label| stretch.start <= label.start && label.end <= stretch.end);
    inside.map(|label| Span::new(label.start - stretch.start, label.end - stretch.start)).collect()
}

/// A text with the line ends of a page.
pub(super) fn as_lines_of(page: &str, text: &str) -> String {
    let is_windows = page.find('\n').is_some_and(|end| page[..end].ends_with('\r'));
    if is_windows { text.replace('\n', "\r\n") } else { text.to_owned() }
}

/// Sees to it that every word that was there is there.
struct Keeper<'a> {
    ideas: Vec<&'a Idea>,
}

impl<'a> Keeper<'a> {
    fn new(ideas: &[&'a Idea]) -> Self {
        Keeper { ideas: ideas.to_vec() }
    }

    /// Compares what stood there, labels aside, with what is to stand there.
    fn check(&self, old: &str, labels: &[Span], new: &str) -> Result<(), LeftAlone> {
        let mut unlabelled = old.as_bytes().to_vec();
        for label in labels.iter().filter(|label| label.end <= old.len()) {
            unlabelled[label.range()].fill(b' ');
        }
        let unlabelled = String::from_utf8_lossy(&unlabelled);
        let lost = |what: String| LeftAlone::Loses { title: self.title().to_owned(), what };
        let kept: HashSet<&str> = addresses(new).collect();
        let gone = |url: &&str| !kept.contains(url) && !self.is_mentors(url);
        if let Some(url) = addresses(&unlabelled).find(gone) {
            return Err(lost(format!("the address {url}")));
        }
        // What was said in short (`kitchen/soup#1`) may be an address now.
        let (before, after) = (words(&unlabelled, false), words(new, true));
        let mut gone: Vec<&String> = before
            .iter()
            .filter(|(word, count)| after.get(*word).copied().unwrap_or(0) < **count)
            .map(|(word, _)| word)
            .collect();
        gone.retain(|word| !self.is_meant(word));
        gone.sort_unstable();
        match gone.as_slice() {
            [] if old.matches('`').count() > new.matches('`').count() => Err(lost("what is marked as code".to_owned())),
            [] => Ok(()),
            [word] => Err(lost(format!("the word \"{word}\""))),
            words => {
                let some: Vec<&str> = words.iter().take(3).map(|word| word.as_str()).collect();
                let more = if words.len() > 3 { ", …" } else { "" };
                Err(lost(format!("{} words ({}{more})", words.len(), some.join(", "))))
            }
        }
    }

    /// True for the address of somebody's GitHub page, whose handle is kept.
    fn is_mentors(&self, url: &str) -> bool {
        let handle = mentor::github_user(url);
        let has = |mentor: &Mentor| mentor.github.as_ref().map(|github| github.value.as_str()) == handle;
        handle.is_some() && self.mentors().any(has)
    }

    fn title(&self) -> &str {
        self.ideas.first().map_or("", |idea| idea.title.value.as_str())
    }

    fn mentors(&self) -> impl Iterator<Item = &Mentor> {
        self.ideas.iter().flat_map(|idea| &idea.mentors)
    }

    /// True for a word that only announces a value, or that is one which was understood: it was compared as a fact.
    fn is_meant(&self, word: &str) -> bool {
        let hours = size::from_word(word);
        let level = Difficulty::from_word(word);
        let role = Role::from_words(word);
        size::is_unit(word.trim_start_matches(|c: char| c.is_ascii_digit()))
            || hours.is_some_and(|hours| self.ideas.iter().any(|idea| idea.hours.iter().any(|it| it.value == hours)))
            || level.is_some_and(|level| self.ideas.iter().any(|idea| idea.difficulty.iter().any(|it| it.value == level)))
            || role.is_some_and(|role| self.mentors().any(|it| it.role.as_ref().is_some_and(|it| it.value == role)))
            || matches!(word, "and" | "project" | "projects" | "size" | "mentor" | "github" | "null")
    }
}

/// The words of a text, in lower case, and how often each stands there; with those of addresses or without.
fn words(text: &str, addresses: bool) -> HashMap<String, usize> {
    let mut words = HashMap::new();
    let mut rest = text;
    while !rest.is_empty() {
        let at = rest.find("://").filter(|_| !addresses).map_or(rest.len(), |at| scheme(&rest[..at]));
        for line in rest[..at].lines() {
            for word in without_number(line).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
                *words.entry(word.to_lowercase()).or_default() += 1;
            }
        }
        rest = &rest[at..];
        if !rest.is_empty() {
            rest = &rest[link::bare(rest).len().max(1)..];
        }
    }
    words
}

/// A line without the number of its item.
fn without_number(line: &str) -> &str {
    let item = line.trim_start();
    let rest = item.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() < item.len() && rest.starts_with(['.', ')']) { &rest[1..] } else { line }
}

/// Where the letters begin that a text ends with.
fn scheme(text: &str) -> usize {
    text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len()
}

/// The addresses on the web that stand in a text.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("://").filter_map(|(at, _)| {
        let url = &text[scheme(&text[..at])..];
        // `[https://example.org](https://example.org)`
        let bare = || link::bare(url).split("](").next().unwrap_or_default();
        link::is_web(url).then(|| link::bare(bare()))
    })
}
