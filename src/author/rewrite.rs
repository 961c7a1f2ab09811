//! A page in its template's own words: ideas are written anew where they stand, and nothing around them changes.
//!
//! A page is only changed if nothing of it is lost: it must read as the same ideas afterwards, and every word, address, sign
//! and piece of marked text that stood in an idea must still stand there, whether we understand it or not. Where the
//! template's way to write a value would lose some of it, the value stays as it was written.

use super::as_written::Stated;
use super::left_alone::{LeftAlone, Unwritten};
use super::loss_check::LossCheck;
use super::unread::section;
use super::{Extent, Target, differences, write_at};
use crate::catalog::Given;
use crate::document::{self, Document, TEXT_BEGINS};
use crate::idea::Idea;
use crate::labels::Kind;
use crate::layout::export::is_export;
use crate::layout::{self, Draft, Entry, Fact, Inspection, Tree};
use crate::lint::Template;
use crate::lint::template::Form as Shape;
use crate::text::{Source, Span, Spanned};

/// A page that was written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewritten {
    /// Its text; the same if it was written so already.
    pub text: String,
    /// The ideas that stand there as they stood, and why.
    pub left_alone: Vec<Unwritten>,
}

/// The page as its template writes it. On a page of several ideas, those that would lose something stay as they are. `tree` and
/// `seen` are what was read from the page.
///
/// # Errors
///
/// The whole page should be left alone; see [`LeftAlone`].
pub fn rewrite(
    source: &Source,
    tree: &Tree<'_>,
    seen: &Inspection<'_>,
    template: Option<&Template>,
    given: &Given,
) -> Result<Rewritten, Unwritten> {
    let mut rewritten = once(source, tree, seen, template, given)?;
    let mut before = source.text().to_owned();
    // What was written anew may read as if more of the page belonged to an idea: then that is written anew, too.
    for _ in 0..ROUNDS {
        if rewritten.text == before {
            return Ok(rewritten);
        }
        let page = Source::new(source.path(), rewritten.text.as_str());
        let again = Tree::read(&page).and_then(|tree| {
            let seen = tree.inspect()?;
            Ok(once(&page, &tree, &seen, template, given))
        });
        // What cannot be read has lost everything, and was refused.
        let Ok(again) = again else { break };
        before = std::mem::replace(&mut rewritten, again?).text;
    }
    Err(LeftAlone::Unstable.into())
}

/// So often a page is written anew, until nothing changes any more.
const ROUNDS: usize = 10;

/// What is written when a page is looked at once.
fn once(
    source: &Source,
    tree: &Tree<'_>,
    seen: &Inspection<'_>,
    template: Option<&Template>,
    given: &Given,
) -> Result<Rewritten, Unwritten> {
    if seen.entries.is_empty() {
        let is_empty = source.text().trim().is_empty();
        return Err(if is_empty { LeftAlone::Empty } else { LeftAlone::NoIdeas }.into());
    }
    if tree.is_html {
        return Err(LeftAlone::Html.into());
    }
    let target = target(tree, seen, template, given)?;
    let rewritten = match target {
        Target::Template(template) if template.shape == Shape::Page => stretches(source, tree, seen, template),
        _ => Rewritten { text: whole(source, tree, seen, &target)?, left_alone: Vec::new() },
    };
    // What is unreadable now has lost everything.
    let after = layout::read(&Source::new(source.path(), rewritten.text.as_str())).map_or_else(|_| Vec::new(), |it| it.ideas);
    for (at, entry) in seen.entries.iter().enumerate() {
        let lost = |what: &str| {
            let why = LeftAlone::Loses { title: entry.idea.title.value.clone(), what: what.to_owned() };
            Unwritten { idea: Some(at), why }
        };
        let now = after.get(at).filter(|_| after.len() == seen.entries.len()).ok_or_else(|| lost("the whole"))?;
        if let Some((fact, _)) = differences(&entry.idea, now, false).first() {
            return Err(lost(&format!("the {}", fact.as_str())));
        }
    }
    Ok(rewritten)
}

/// What a page is written as: the template that it follows, or that the user wants. As the linter has it: what a
/// template does not bind has a layout of its own.
fn target<'t>(
    tree: &Tree<'_>,
    seen: &Inspection<'_>,
    template: Option<&'t Template>,
    given: &Given,
) -> Result<Target<'t>, LeftAlone> {
    let own = Template::of(seen, given);
    if seen.shape == layout::Shape::Export {
        // Other JSON is nobody's template.
        let is_lfx = tree.data().is_some_and(|data| is_export(data.root()));
        return if is_lfx { Ok(Target::Export) } else { Err(LeftAlone::OtherJson) };
    }
    match template {
        Some(template) if template.shape == own.shape => Ok(Target::Template(template)),
        Some(template) => Err(LeftAlone::OtherShape(template.name.clone())),
        None if own.binds(seen) => Ok(Target::Template(own)),
        None => Err(LeftAlone::OwnLayout(own.name.clone())),
    }
}

/// A page that is written anew as a whole: data, a form.
fn whole(source: &Source, tree: &Tree<'_>, seen: &Inspection<'_>, target: &Target<'_>) -> Result<String, Unwritten> {
    // What the body of an idea file says of the page is not the file's.
    let end = if seen.shape == layout::Shape::IdeaFile { tree.body().start } else { source.text().len() };
    let ideas: Vec<Idea> = seen.entries.iter().map(|entry| on_page(entry, Span::new(0, end))).collect();
    let ideas: Vec<&Idea> = ideas.iter().collect();
    let text = write_at(&ideas, target, Extent::Page).text;
    // What an export says beside its ideas is said of the first.
    LossCheck::new(&ideas).check(source.text(), &labels(&seen.entries), &target.labels(), &text)?;
    let lost = reading(source, &text, |page, anew| {
        let mut pairs = seen.entries.iter().zip(&anew.entries).enumerate();
        pairs.find_map(|(at, (entry, anew))| {
            let (stated, anew) = (Stated { entry, source }, Stated { entry: anew, source: page });
            let what = stated.first_lost(anew, &LossCheck::new(&[&entry.idea]))?;
            Some(Unwritten { idea: Some(at), why: LeftAlone::Loses { title: entry.idea.title.value.clone(), what } })
        })
    });
    if let Some(why) = lost.flatten() {
        return Err(why);
    }
    Ok(as_lines_of(source.text(), &text))
}

/// A page on which every idea is written anew where it stands.
fn stretches(source: &Source, tree: &Tree<'_>, seen: &Inspection<'_>, template: &Template) -> Rewritten {
    let page = source.text();
    let mut rewritten = Rewritten { text: String::with_capacity(page.len()), left_alone: Vec::new() };
    let mut done = 0;
    for (idea, entry) in seen.entries.iter().enumerate() {
        let mut leave = |why| rewritten.left_alone.push(Unwritten { idea: Some(idea), why });
        match anew(entry, source, tree, seen, template) {
            Ok((stretch, written)) if stretch.start >= done => {
                rewritten.text.push_str(&page[done..stretch.start]);
                rewritten.text.push_str(&as_lines_of(page, written.trim_end()));
                done = stretch.end;
            }
            Ok(_) => leave(LeftAlone::NoHeading(entry.idea.title.value.clone())),
            Err(why) => leave(why),
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
    template: &Template,
) -> Result<(Span, String), LeftAlone> {
    let title = || entry.idea.title.value.clone();
    let (stretch, level) = stretch(entry, seen, source, &tree.document).ok_or_else(|| LeftAlone::NoHeading(title()))?;
    let stated = Stated { entry, source };
    if let Some(label) = stated.other_field() {
        return Err(LeftAlone::OtherField { title: title(), label });
    }
    let loses = |what: String| LeftAlone::Loses { title: title(), what };
    let idea = on_page(entry, stretch);
    let loss_check = LossCheck::new(&[&idea]);
    let target = Target::Template(template);
    let plain = write_at(&[&idea], &target, Extent::Anew(level, &[]));
    let kept = first(source, &plain.text, |anew| stated.kept(anew, &loss_check, template)).transpose().map_err(loses)?;
    let mut kept = kept.unwrap_or_default();
    kept.extend(stated.heading(&tree.document));
    let written = write_at(&[&idea], &target, Extent::Anew(level, &kept));
    // What the page says elsewhere is compared in the end.
    if let Some(loss) = written.losses.iter().find(|loss| !(loss.gone.is_empty() && loss.what.is_headed())) {
        return Err(loses(format!("the {}", loss.what.as_str())));
    }
    if written.text.contains(TEXT_BEGINS) && !source.slice(stretch).contains(TEXT_BEGINS) {
        return Err(LeftAlone::LooksLikeFields(title()));
    }
    if let Some(label) = first(source, &written.text, |anew| stated.misread(anew, &kept)).flatten() {
        return Err(loses(format!("something in `{label}`")));
    }
    loss_check.check(source.slice(stretch), &labels_in(entry, stretch), &target.labels(), &written.text)?;
    Ok((stretch, written.text))
}

/// Looks at a text that is to stand on a page, as it will be read.
fn reading<T>(source: &Source, text: &str, look: impl FnOnce(&Source, &Inspection<'_>) -> T) -> Option<T> {
    let page = Source::new(source.path(), text);
    let tree = Tree::read(&page).ok()?;
    let seen = tree.inspect().ok()?;
    Some(look(&page, &seen))
}

/// Looks at the idea of such a text.
fn first<T>(source: &Source, text: &str, look: impl FnOnce(Stated<'_>) -> T) -> Option<T> {
    reading(source, text, |page, seen| seen.entries.first().map(|entry| look(Stated { entry, source: page }))).flatten()
}

/// The bytes of an idea, from its heading to the end of the last block that tells of it; and the level of that heading.
fn stretch(entry: &Entry<'_>, seen: &Inspection<'_>, source: &Source, document: &Document) -> Option<(Span, u8)> {
    let node = entry.draft.heading?;
    let document::Kind::Heading(level) = document.nodes[node].kind else { return None };
    let end = section(entry, seen, document)?.end;
    let last = told(&entry.draft).map(|span| span.end).max()?;
    let blocks = document.siblings(node..end).map(|block| document.nodes[block].span());
    let last = blocks.filter(|block| block.start < last).last()?;
    let start = document.nodes[node].span().start;
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
