//! Ideas as they are published: without addresses, and without the folders of the machine that writes the site.
//!
//! Everything on a site is made of what comes out here: pages, search, feed, JSON.

use std::borrow::Cow;
use std::iter;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::addresses::{LEFT_OUT, are_in, leave_out};
use crate::idea::{Idea, Mentor, Prerequisite, Prerequisites, Proposal};
use crate::query::search::passages;
use crate::render::markdown;
use crate::shortlist::Item;
use crate::store::changes::Field;
use crate::text::Spanned;

/// Ideas that are fit to be published, in their order.
pub(super) fn publish(ideas: &[&Idea], with_addresses: bool) -> Vec<Idea> {
    let folder = common_folder(ideas);
    let publish = |idea: &&Idea| {
        let mut idea = (*idea).clone();
        idea.source.path = relative(&idea.source.path, &folder);
        // A site outlives what somebody was answered on some day.
        idea.check = None;
        for place in &mut idea.also {
            place.path = relative(&place.path, &folder);
        }
        if with_addresses { idea } else { without_addresses(idea) }
    };
    ideas.iter().map(publish).collect()
}

/// The folder that all pages with an absolute path are in; readers of a site have no such folder.
fn common_folder(ideas: &[&Idea]) -> PathBuf {
    let paths = ideas.iter().flat_map(|idea| iter::once(&idea.source.path).chain(idea.also.iter().map(|place| &place.path)));
    let absolute = paths.map(Path::new).filter(|path| path.is_absolute());
    let folders = absolute.map(|path| path.parent().unwrap_or(path).to_owned());
    let common = |one: PathBuf, other: PathBuf| {
        one.components().zip(other.components()).take_while(|(one, other)| one == other).map(|(part, _)| part).collect()
    };
    folders.reduce(common).unwrap_or_default()
}

/// A path as readers see it: below what is common; pages from all over the disk have nothing but their names.
fn relative(path: &str, folder: &Path) -> String {
    let absolute = Path::new(path);
    let name = || absolute.file_name().map(Path::new);
    let below = if folder.file_name().is_none() { None } else { absolute.strip_prefix(folder).ok() };
    let shown = if absolute.is_absolute() { below.or_else(name) } else { None };
    shown.map_or_else(|| path.to_owned(), |path| path.to_string_lossy().into_owned())
}

fn without_addresses(idea: Idea) -> Idea {
    // All fields by name: a new one cannot be forgotten here.
    let Idea {
        id,
        title,
        organization,
        project,
        program,
        term,
        summary,
        description,
        outcomes,
        skills,
        tags,
        desirable,
        mentors,
        difficulty,
        hours,
        upstream,
        links,
        technologies,
        status,
        prerequisites,
        proposal,
        check,
        mut source,
        mut also,
    } = idea;
    source.url = source.url.filter(|url| !are_in(url));
    for place in &mut also {
        place.url = place.url.take().filter(|url| !are_in(url));
    }
    let idea = Idea {
        title: said(title),
        organization: organization.map(said),
        project: project.map(said),
        summary: summary.map(text),
        description: description.map(said),
        outcomes: outcomes.into_iter().map(said).collect(),
        skills: skills.into_iter().map(said).collect(),
        mentors: mentors.into_iter().map(mentor).collect(),
        upstream: urls(upstream),
        links: urls(links),
        technologies: technologies.into_iter().map(said).collect(),
        prerequisites: prerequisites.map(|it| Box::new(asked(*it))),
        proposal: proposal.map(|it| Box::new(proposed(*it))),
        check,
        source,
        also,
        id,
        program,
        term,
        tags,
        desirable,
        difficulty,
        hours,
        status,
    };
    plain_if_needed(idea)
}

/// Markup can hide an address from a search in the text: `**ada**@example.org`. Then the description becomes plain text.
fn plain_if_needed(mut idea: Idea) -> Idea {
    let visible: Vec<Cow<'_, str>> =
        passages(&idea).into_iter().filter(|passage| passage.field() == "description").map(|passage| passage.text).collect();
    let plain = visible.iter().any(|text| are_in(text)).then(|| {
        let blocks: Vec<_> = visible.iter().map(|text| markdown::escape(&leave_out(text)).into_owned()).collect();
        blocks.join("\n\n")
    });
    if let (Some(plain), Some(description)) = (plain, &mut idea.description) {
        description.value = plain;
    }
    idea
}

fn text(text: String) -> String {
    match leave_out(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(kept) => kept,
    }
}

fn said(said: Spanned<String>) -> Spanned<String> {
    Spanned { value: text(said.value), ..said }
}

/// An address inside of a URL is what it leads to: without it there is no way.
fn urls(urls: Vec<Spanned<String>>) -> Vec<Spanned<String>> {
    urls.into_iter().filter(|url| !are_in(&url.value)).collect()
}

fn mentor(mentor: Mentor) -> Mentor {
    let Mentor { name, github, email, lfid, role } = mentor;
    let unnamed = email.filter(|_| name.is_none() && github.is_none());
    // Somebody mentors, and is to be counted.
    let unnamed = unnamed.map(|email| Spanned { value: LEFT_OUT.to_owned(), ..email });
    Mentor { name: name.map(said).or(unnamed), github: github.map(said), email: None, lfid: lfid.map(said), role }
}

fn asked(prerequisites: Prerequisites) -> Prerequisites {
    let one =
        |asked: Prerequisite| Prerequisite { name: asked.name.map(said), description: asked.description.map(said), ..asked };
    Prerequisites {
        coding_challenge_url: prerequisites.coding_challenge_url.filter(|url| !are_in(&url.value)),
        custom: prerequisites.custom.map(one),
        standard: prerequisites.standard.into_iter().map(one).collect(),
        ..prerequisites
    }
}

fn proposed(proposal: Proposal) -> Proposal {
    Proposal {
        number: proposal.number,
        url: proposal.url.map(said),
        lfx_url: proposal.lfx_url.map(said),
        name: proposal.name.map(said),
        code: proposal.code.map(said),
        other: proposal.other.into_iter().map(|(key, value)| (key, json(value))).collect(),
    }
}

/// A shortlist that is fit to be published, in its order.
pub(super) fn publish_items(items: &[Item], with_addresses: bool) -> Vec<Item> {
    let ideas: Vec<&Idea> = items.iter().map(|item| &item.idea).collect();
    let published = |(item, idea): (&Item, Idea)| {
        let item = Item { idea, ..item.clone() };
        if with_addresses {
            return item;
        }
        let changed = item.changed.into_iter().map(|field| {
            let fact = if field.field == "description" { described } else { fact };
            Field { from: fact(field.from), to: fact(field.to), ..field }
        });
        // What differs in nothing but an address is no longer seen.
        let changed = changed.filter(|field| field.from != field.to).collect();
        Item { note: item.note.map(text), changed, ..item }
    };
    items.iter().zip(publish(&ideas, with_addresses)).map(published).collect()
}

/// The text of a description without addresses, as that of an idea is.
fn described(value: Value) -> Value {
    let Value::String(said) = value else { return fact(value) };
    let idea = Idea { description: Some(Spanned::nowhere(text(said))), ..Idea::bare("") };
    plain_if_needed(idea).description.map_or(Value::Null, |description| Value::String(description.value))
}

/// A fact without addresses; a mentor has none.
fn fact(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(fact).collect(),
        Value::Object(mut entries) => {
            if let Some(email) = entries.get_mut("email") {
                *email = Value::Null;
            }
            json(Value::Object(entries))
        }
        other => json(other),
    }
}

fn json(value: Value) -> Value {
    match value {
        Value::String(said) => Value::String(text(said)),
        Value::Array(items) => items.into_iter().map(json).collect(),
        Value::Object(entries) => entries.into_iter().map(|(key, value)| (text(key), json(value))).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::idea::Check;
    use crate::idea::check::{Answer, State};

    fn spanned(text: &str) -> Spanned<String> {
        Spanned::nowhere(text.to_owned())
    }

    /// An idea with an address in every text.
    fn full_of_addresses() -> Idea {
        let text = || "Ada, ada@example.org".to_owned();
        let one = || Some(spanned(&text()));
        let asked = || Prerequisite { name: one(), description: one(), file_upload: false, asked: true };
        let mentor = |name| Mentor { name, email: Some(spanned("ada@example.org")), ..Mentor::default() };
        Idea {
            organization: one(),
            project: one(),
            summary: Some(text()),
            description: Some(spanned("Ask [Ada](mailto:ada@example.org), **ada**@example.org or <ada@example.org>.")),
            outcomes: one().into_iter().collect(),
            skills: one().into_iter().collect(),
            technologies: one().into_iter().collect(),
            mentors: vec![mentor(one()), mentor(None)],
            upstream: vec![spanned("mailto:ada@example.org"), spanned("https://example.org/1")],
            links: vec![spanned("https://example.org/?to=ada@example.org")],
            prerequisites: Some(Box::new(Prerequisites {
                custom: Some(asked()),
                standard: vec![asked()],
                ..Prerequisites::default()
            })),
            proposal: Some(Box::new(Proposal {
                name: one(),
                other: [("more".to_owned(), serde_json::json!({"contact": ["ada@example.org"]}))].into(),
                ..Proposal::default()
            })),
            check: Check::new(Vec::new(), vec![Answer::bare("https://example.org/?to=ada@example.org", "", State::Dead)]),
            ..Idea::bare(&text())
        }
    }

    #[test]
    fn no_address_is_published() {
        let idea = full_of_addresses();
        let json = |with: bool| serde_json::to_string(&publish(&[&idea], with)).unwrap();
        assert!(json(true).matches("ada@example.org").count() > 15, "{}", json(true));
        let kept = json(false);
        assert!(!kept.contains('@') && kept.contains("https://example.org/1"), "{kept}");
        assert_eq!(publish(&[&idea], false)[0].mentors[1].name, Some(spanned(LEFT_OUT)));
    }

    #[test]
    fn folders_of_the_writer_are_not_published() {
        let at = |path: &str| {
            let mut idea = Idea::bare("T");
            idea.source.path = path.to_owned();
            idea
        };
        let paths = |paths: &[&str]| {
            let ideas: Vec<Idea> = paths.iter().map(|path| at(path)).collect();
            publish(&ideas.iter().collect::<Vec<_>>(), false).into_iter().map(|idea| idea.source.path).collect::<Vec<_>>()
        };
        assert_eq!(paths(&["/home/ada/pages/a/x.md", "/home/ada/pages/b.md"]), ["a/x.md", "b.md"]);
        assert_eq!(paths(&["/home/ada/x.md"]), ["x.md"]);
        assert_eq!(paths(&["/home/ada/x.md", "/srv/y.md", "pages/z.md"]), ["x.md", "y.md", "pages/z.md"]);
        assert_eq!(paths(&["pages/x.md", "ideas/y.md"]), ["pages/x.md", "ideas/y.md"]);
    }
}
