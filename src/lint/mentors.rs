//! The mentors of an idea, and what the page's template cares about in how they are written.
//!
//! Who is named, and what is malformed, is the reader's word: [`mentor`]. Here it is put together field by field, and what the
//! template does not ask for is left out.

#[cfg(test)]
mod tests;

use crate::idea::mentor::{self, Fault, Mentor, Written};
use crate::labels::{Kind, Labels};
use crate::prose::Text;
use crate::text::Span;

use super::page::Page;
use super::template;

/// What stands in the mentor fields of an idea.
#[derive(Debug, Default)]
pub struct Mentors<'a> {
    /// The people, in page order, those who are named twice included.
    pub people: Vec<Named<'a>>,
    /// The first field's label; none if the idea has no such field.
    pub label: Option<Span>,
    /// The template asks for a handle and an address of each person, and for a way to write them.
    pub bound: bool,
    /// Words in place of a person: `TBD`.
    pub vacant: Vec<Text<'a>>,
    /// The template's own words stand in place of a person.
    pub untouched: bool,
    /// What is wrong with lists of nothing but handles or addresses.
    lists: Vec<Fault<'a>>,
    fields: usize,
}

/// A person in a mentor field.
#[derive(Debug)]
pub struct Named<'a> {
    /// What is known of them.
    pub mentor: Mentor,
    /// How they are written.
    pub written: Written<'a>,
    /// Which of the idea's fields names them.
    pub field: usize,
}

impl<'a> Mentors<'a> {
    /// Reads the mentor fields of an idea.
    pub fn read(page: &Page<'a>, idea: usize) -> Self {
        let mut mentors = Mentors { bound: page.binds_mentors(), ..Mentors::default() };
        for (field, fact) in page.facts(idea, Kind::Mentors).enumerate() {
            mentors.label.get_or_insert(fact.label.span());
            if fact.kind == Kind::Mentors {
                mentors.untouched |= fact.lines().any(|(line, _)| page.template.is_placeholder(line.as_str()));
                mentors.add(page, &fact.people(), field);
            } else {
                // Lists that run in parallel to the names.
                mentors.lists.extend(fact.lines().flat_map(|(line, _)| mentor::faults_of_list(line)));
            }
        }
        mentors.add(page, &page.ideas()[idea].draft.people, 0);
        // What stands in a field of its own is not asked for beside each name.
        let has = |kind| page.facts(idea, Kind::Mentors).any(|fact| fact.kind == kind);
        if has(Kind::MentorHandles) {
            mentors.people.iter_mut().for_each(|person| person.written.no_handle = None);
        }
        if has(Kind::MentorEmails) {
            mentors.people.iter_mut().for_each(|person| person.written.no_email = None);
        }
        let is_template_text = |fault: &Fault<'_>| page.template.is_placeholder(fault.said());
        mentors.untouched |= mentors.lists.iter().any(is_template_text);
        mentors.lists.retain(|fault| !fault.strict && !is_template_text(fault));
        mentors
    }

    /// How many people there are; who is named in several fields counts once where fields are free.
    pub fn count(&self, understood: &[Mentor]) -> usize {
        if self.bound || self.fields <= 1 { self.people.len().max(understood.len()) } else { understood.len() }
    }

    /// What is malformed, person by person.
    pub fn faults(&self) -> impl Iterator<Item = &Fault<'a>> {
        self.people.iter().flat_map(|person| &person.written.faults).chain(&self.lists)
    }

    fn add(&mut self, page: &Page<'a>, people: &mentor::People<'a>, field: usize) {
        for &vacant in &people.vacant {
            // The name in the template's line: what stands before the details.
            let name = vacant.as_str().split(['(', '（', '<', '@']).next().unwrap_or_default().trim();
            if page.template.is_placeholder(name) || page.template.is_placeholder(vacant.as_str()) {
                self.untouched = true;
            } else {
                self.vacant.push(vacant);
            }
        }
        let mut named = Vec::with_capacity(people.people.len());
        for person in &people.people {
            let mut written = person.written();
            if written.parts(&person.mentor).any(|said| page.template.is_placeholder(said) || is_name_of_detail(said)) {
                self.untouched = true;
                continue;
            }
            written.faults.retain(|fault| self.bound || !fault.strict);
            named.push(Named { mentor: person.mentor.clone(), written, field });
        }
        let is_contact = |named: &Named<'_>| named.mentor.name.is_none() && named.mentor.github.is_none();
        // A field of nothing but addresses beside one of people is a contact.
        if self.fields == 0 && !named.is_empty() || !named.iter().all(is_contact) {
            self.fields += 1;
            self.people.append(&mut named);
        }
    }
}

/// True for what a template calls the details of a mentor, where they are to stand: `github-handle`, `email-address`.
fn is_name_of_detail(said: &str) -> bool {
    // Most handles are one word, and most names are none of these.
    let words = said.contains(['-', '_']).then(|| said.replace(['-', '_'], " ").to_lowercase());
    let kind = words.and_then(|words| Labels::get().kind(words.trim_end_matches(" address")));
    matches!(kind, Some(Kind::Mentors | Kind::MentorHandles | Kind::MentorEmails))
}

/// True for what is made from the proposal form: there, what is malformed is refused.
pub fn is_refused(page: &Page<'_>) -> bool {
    page.template.shape == template::Form::Form
}
