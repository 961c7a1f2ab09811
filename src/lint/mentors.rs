//! The mentors of an idea as they are written: who is named, and what is odd about their handles, addresses and LFIDs.
//!
//! An [`Idea`](crate::idea::Idea) holds what the reader believes of them: each person once, and only what can be right. The
//! rules about mentors want what stands there instead; they say what is found here. Who is a person, and which words are
//! theirs, is the reader's word: lines are cut and read by [`mentor`](crate::idea::mentor).

mod details;
mod form;
mod line;
mod record;
mod signs;

use crate::idea::{Mentor, Role};
use crate::labels::{Kind, Labels};
use crate::layout::export::is_export;
use crate::layout::{Fact, Shape};
use crate::prose::Text;
use crate::text::{Span, Spanned};

use super::page::Page;
use super::template;

/// What stands in the mentor fields of an idea.
#[derive(Debug, Default)]
pub struct Mentors<'a> {
    /// The people, in page order, those who are named twice included.
    pub people: Vec<Person>,
    /// The first field's label; none if the idea has no such field.
    pub label: Option<Span>,
    /// The template asks for a handle and an address of each person, and for a way to write them.
    pub bound: bool,
    /// Words in place of a person or of something about them: `TBD`.
    pub placeholders: Vec<Text<'a>>,
    /// A person is still to be found.
    pub vacant: bool,
    /// The template's own words stand in place of a person.
    pub untouched: bool,
    /// What is wrong with handles.
    pub handles: Vec<Fault<'a>>,
    /// What is wrong with addresses.
    pub emails: Vec<Fault<'a>>,
    /// What is wrong with Linux Foundation IDs.
    pub lfids: Vec<Fault<'a>>,
    /// What is wrong with the marks between them.
    pub gaps: Vec<Gap<'a>>,
    /// How many of the fields name a person.
    pub fields: usize,
}

/// A person in a mentor field.
#[derive(Debug)]
pub struct Person {
    /// Where their name stands, or else what is known of them.
    pub span: Span,
    /// What to call them: the name, or else the handle or the address.
    pub shown: String,
    /// True if their name is known.
    pub named: bool,
    /// Which of the idea's fields names them.
    pub field: usize,
    /// The GitHub handle, without `@`.
    pub handle: Detail,
    /// The e-mail address.
    pub email: Detail,
    /// The Linux Foundation ID.
    pub lfid: Detail,
    /// What they do, where it is said.
    pub role: Option<Spanned<Role>>,
}

/// Something about a person.
#[derive(Debug, Default)]
pub struct Detail {
    /// What is said, if it can be right.
    pub value: Option<Spanned<String>>,
    /// Where it should stand, if it is asked for and nothing stands there.
    pub missing: Option<Span>,
}

/// A handle, an address or an ID that is not as it should be.
#[derive(Debug)]
pub struct Fault<'a> {
    /// What stands there.
    pub text: Text<'a>,
    /// What is wrong with it.
    pub wrong: Wrong<'a>,
}

/// What is wrong with a handle, an address or an ID.
#[derive(Debug)]
pub enum Wrong<'a> {
    /// It cannot be one, and why.
    Cannot(&'static str),
    /// A handle without `@`.
    Bare,
    /// A URL that leads to the handle.
    Url(String),
    /// An address behind `mailto:`.
    Mailto(Text<'a>),
    /// An address with these marks behind it.
    Behind(Text<'a>),
    /// An address that is spelled out: `ada (at) example.org`.
    Spelled(String),
}

/// A mark between the parts of a person that is not as it should be.
#[derive(Debug)]
pub enum Gap<'a> {
    /// No comma between handle and address. What stands there, and whether that is nothing but a mark.
    Comma(Span, bool),
    /// A line of the form with so many parts instead of four.
    Parts(Text<'a>, usize),
    /// A table in place of lines.
    Table(Span),
    /// Nothing before the first mark: no name.
    Nameless(Span),
    /// Address and handle, in that order.
    Swapped(Text<'a>, Text<'a>),
}

impl<'a> Mentors<'a> {
    /// Reads the mentor fields of an idea.
    pub fn read(page: &Page<'a>, idea: usize) -> Self {
        let draft = &page.ideas()[idea].draft;
        let mut mentors = Mentors { bound: is_bound(page), ..Mentors::default() };
        for (field, fact) in page.facts(idea, Kind::Mentors).enumerate() {
            mentors.label.get_or_insert(fact.label.span());
            match &page.form {
                Some(sections) => {
                    if let Some(section) = sections.iter().find(|section| section.heading.span() == fact.label.span()) {
                        mentors.read_form(page, section);
                    }
                }
                None => mentors.read_fact(page, fact, field),
            }
        }
        let keyed = mentors.people.len();
        for &person in &draft.people {
            mentors.read_record(page, person);
        }
        mentors.fields += usize::from(mentors.people.len() > keyed);
        mentors.excuse(page, idea);
        mentors
    }

    /// How many people there are; who is named in several fields counts once where fields are free.
    pub fn count(&self, understood: &[Mentor]) -> usize {
        if self.bound || self.fields <= 1 { self.people.len().max(understood.len()) } else { understood.len() }
    }

    fn read_fact(&mut self, page: &Page<'a>, fact: &Fact<'a>, field: usize) {
        if fact.kind != Kind::Mentors {
            // Lists that run in parallel to the names.
            for (line, _) in fact.lines() {
                self.read_list(page, line);
            }
            return;
        }
        let before = self.people.len();
        let mut in_list = false;
        for (at, (line, listed)) in fact.lines().enumerate() {
            // "Please contact them before you apply" below a list of mentors is a remark, not a gap.
            let is_remark = in_list && !listed && line.as_str().split_whitespace().nth(3).is_some();
            if !(is_remark && is_nobody(line.as_str())) {
                self.read_line(page, line, fact.people(Some(at)), field);
            }
            in_list |= listed && self.people.len() > before;
        }
        let people = &self.people[before..];
        // A field of nothing but addresses beside one of people is a contact.
        let is_contact = |person: &Person| !person.named && person.handle.value.is_none();
        if self.fields > 0 && people.iter().all(is_contact) {
            self.people.truncate(before);
        } else if !people.is_empty() {
            self.fields += 1;
        }
    }

    /// What stands in a field of its own is not asked for beside each name.
    fn excuse(&mut self, page: &Page<'a>, idea: usize) {
        let has = |kind: Kind| page.facts(idea, Kind::Mentors).any(|fact| fact.kind == kind);
        let (handles, emails) = (has(Kind::MentorHandles), has(Kind::MentorEmails));
        for person in &mut self.people {
            if handles {
                person.handle.missing = None;
            }
            if emails {
                person.email.missing = None;
            }
        }
    }
}

/// True if the page must say of each mentor what the template asks: not on pages of their own layout, and not in our JSON.
fn is_bound(page: &Page<'_>) -> bool {
    match page.shape {
        Shape::Export => page.tree.data().is_some_and(|data| is_export(data.root())),
        Shape::Form => true,
        Shape::IdeaFile => false,
        Shape::Markdown | Shape::Profile => page.in_layout,
    }
}

/// True if this is what the template says where a person should be named.
fn is_template_text(page: &Page<'_>, said: &str) -> bool {
    page.template.is_placeholder(said)
}

/// True for words that say that there is nobody, or nothing, yet.
fn is_nobody(said: &str) -> bool {
    Labels::get().is_placeholder(said)
}

/// True for the proposal form and for what is made from it: there, what is malformed is refused.
pub fn is_refused(page: &Page<'_>) -> bool {
    page.template.shape == template::Form::Form
}

#[cfg(test)]
mod tests {
    use crate::lint::{self, Template, fix};
    use crate::text::Source;

    /// What is found on the example page of a template once `bad` stands in place of `good`: codes and what they underline.
    /// The page before it is clean. What can be mended is mended, and must not come back.
    pub(super) fn found(template: &str, good: &str, bad: &str) -> Vec<String> {
        let template = Template::named(template).unwrap();
        assert_eq!(template.example.matches(good).count(), 1, "{good}");
        found_on("page.md", &template.example.replace(good, bad), template)
    }

    pub(super) fn found_on(path: &str, text: &str, template: &Template) -> Vec<String> {
        let findings = |text: &str| lint::page(Source::new(path, text), Some(template)).unwrap();
        let (page, before) = findings(text);
        let show = |finding: &lint::Finding| format!("{} {}", finding.code, page.source.slice(finding.span));
        let (fixed, mended) = fix::apply(text, &before, true);
        let (fixed_page, after) = findings(&fixed);
        assert_eq!(after.len() + mended, before.len(), "{text}\nbecame\n{fixed}\n{after:#?}");
        let safe = |page: &lint::Linted| page.ideas.iter().map(|idea| idea.mentors.len()).collect::<Vec<_>>();
        assert_eq!(safe(&page), safe(&fixed_page), "{fixed}");
        before.iter().map(show).collect()
    }
}
