//! Who is who: the mentors of many ideas, each person once.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use super::super::words::{fold, key};
use super::{MentorRow, Places};
use crate::idea::{Idea, Mentor};
use crate::text::Spanned;

/// The people who mentor, each with the ideas that name them; see [`mentors`](super::mentors).
pub(super) fn people(ideas: &[impl Borrow<Idea>]) -> Vec<(MentorRow, Places)> {
    let mut people = People::default();
    let mut mentors: Vec<_> =
        ideas.iter().enumerate().flat_map(|(i, idea)| idea.borrow().mentors.iter().map(move |mentor| (i, mentor))).collect();
    // Who is known best comes first, so that the others can join.
    mentors.sort_by_key(|(_, mentor)| (mentor.github.is_none(), mentor.name.is_none()));
    for (idea, mentor) in mentors {
        people.add(idea, mentor);
    }
    let row = |Person { row, ideas: places }| {
        let projects: BTreeSet<_> = places.iter().filter_map(|&i: &usize| ideas[i].borrow().filed_under()).collect();
        let projects = projects.into_iter().map(str::to_owned).collect();
        (MentorRow { count: places.len(), projects, ..row }, places)
    };
    let mut groups: Vec<(MentorRow, Places)> = people.all.into_iter().map(row).collect();
    groups.sort_by_cached_key(|(row, _)| (Reverse(row.count), fold(&row.shown()), row.github.clone()));
    groups
}

/// People as they are merged.
#[derive(Default)]
struct People {
    all: Vec<Person>,
    by_handle: HashMap<String, usize>,
    /// Everybody who was called so.
    by_name: HashMap<String, BTreeSet<usize>>,
    by_email: HashMap<String, usize>,
}

#[derive(Default)]
struct Person {
    row: MentorRow,
    ideas: Places,
}

impl People {
    fn add(&mut self, idea: usize, mentor: &Mentor) {
        let handle = mentor.github.as_ref().map(|handle| handle.value.to_lowercase());
        let name = mentor.name.as_ref().map(|name| key(&name.value));
        let email = mentor.email.as_ref().map(|email| email.value.to_lowercase());
        let known = match (&handle, &name, &email) {
            (Some(handle), ..) => self.by_handle.get(handle).copied(),
            (None, Some(name), _) => self.called(name),
            (None, None, Some(email)) => self.by_email.get(email).copied(),
            (None, None, None) => return,
        };
        let index = known.unwrap_or_else(|| {
            self.all.push(Person::default());
            self.all.len() - 1
        });
        let person = &mut self.all[index];
        person.ideas.insert(idea);
        learn(&mut person.row.github, mentor.github.as_ref(), |_, _| false);
        learn(&mut person.row.email, mentor.email.as_ref(), |_, _| false);
        learn(&mut person.row.name, mentor.name.as_ref(), |known, said| key(said).len() > key(known).len());
        if let Some(handle) = handle {
            self.by_handle.entry(handle).or_insert(index);
        }
        if let Some(name) = name {
            self.by_name.entry(name).or_default().insert(index);
        }
        if let Some(email) = email {
            self.by_email.entry(email).or_insert(index);
        }
    }

    /// The one person of that name. Of several, only one whose handle nobody gave can be meant.
    fn called(&self, name: &str) -> Option<usize> {
        let people = self.by_name.get(name)?;
        if people.len() == 1 {
            return people.first().copied();
        }
        people.iter().copied().find(|&i| self.all[i].row.github.is_none())
    }
}

/// Keeps what is said, if nothing is known or `better` prefers it to what is.
fn learn(known: &mut Option<String>, said: Option<&Spanned<String>>, better: impl Fn(&str, &str) -> bool) {
    if let Some(said) = said
        && known.as_ref().is_none_or(|known| better(known, &said.value))
    {
        *known = Some(said.value.clone());
    }
}
