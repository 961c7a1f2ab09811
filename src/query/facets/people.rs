//! Who is who: the mentors of many ideas, each person once.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use super::super::words::key;
use super::{MentorRow, Places};
use crate::idea::{Idea, Mentor};
use crate::spelling::fold;
use crate::text::Spanned;

/// The people who mentor, each with the ideas that name them; see [`mentors`](super::mentors).
pub(super) fn people(ideas: &[impl Borrow<Idea>]) -> Vec<(MentorRow, Places)> {
    let mut people = People::default();
    let mut mentions: Vec<Mention<'_>> = ideas
        .iter()
        .enumerate()
        .flat_map(|(place, idea)| {
            let idea = idea.borrow();
            idea.mentors.iter().filter(|mentor| !mentor.is_nobody()).map(move |mentor| Mention::new(place, idea, mentor))
        })
        .collect();
    // Who is known best comes first, so that the others can join.
    mentions.sort_by_key(|mention| (mention.handle.is_none(), !mention.has_full_name(), mention.name.is_none()));
    for mention in &mentions {
        people.add(mention);
    }
    let row = |Person { row, ideas: places, .. }| {
        let projects: BTreeSet<_> = places.iter().filter_map(|&i: &usize| ideas[i].borrow().filed_under()).collect();
        let projects = projects.into_iter().map(str::to_owned).collect();
        (MentorRow { count: places.len(), projects, ..row }, places)
    };
    let mut groups: Vec<(MentorRow, Places)> = people.all.into_iter().map(row).collect();
    groups.sort_by_cached_key(|(row, _)| (Reverse(row.count), fold(&row.shown()), row.github.clone(), row.projects.clone()));
    groups
}

/// An idea names a mentor.
struct Mention<'a> {
    mentor: &'a Mentor,
    /// The place of the idea.
    idea: usize,
    /// Whose pages they are: there a name is one person's. Pages that name no organization are taken for one organization's, as
    /// those of a folder mostly are; but what is no full name says who is meant on its own page only.
    owners: Vec<String>,
    handle: Option<String>,
    email: Option<String>,
    name: Option<Name>,
}

/// A name, in the forms by which it is known again.
struct Name {
    /// Its letters and digits: `jb` for `J-B`.
    letters: String,
    /// What people make handles of, if it is a full name: `tguillem`, `thomasguillem`, `julesvanderberg` …
    nicknames: Vec<String>,
    /// It may be no more than a first name: `Thomas`.
    may_be_first: bool,
}

impl<'a> Mention<'a> {
    fn new(place: usize, idea: &'a Idea, mentor: &'a Mentor) -> Self {
        let lower = |said: &Option<Spanned<String>>| said.as_ref().map(|said| said.value.to_lowercase());
        let name = mentor.name.as_ref().map(|name| Name::of(&name.value));
        let page = || format!("\n{}", idea.source.path); // no organization's name
        let owners = match (&idea.organization, &name) {
            (Some(organization), _) => vec![key(&organization.value)],
            (None, Some(name)) if name.nicknames.is_empty() => vec![page()],
            (None, _) => vec![String::new(), page()],
        };
        Mention { mentor, idea: place, owners, handle: lower(&mentor.github), email: lower(&mentor.email), name }
    }

    fn has_full_name(&self) -> bool {
        self.name.as_ref().is_some_and(|name| !name.nicknames.is_empty())
    }

    /// What a name is looked up by: it counts among the people of an owner.
    fn owned<'s>(&'s self, name: &'s str) -> impl Iterator<Item = (String, String)> + 's {
        self.owners.iter().map(move |owner| (owner.clone(), name.to_owned()))
    }
}

impl Name {
    fn of(name: &str) -> Self {
        let key = key(name);
        let words: Vec<&str> = key.split(' ').collect();
        let nicknames = match words[..] {
            [first, .., last] if first.len() > 1 && last.len() > 1 => {
                let initial = |word: &str| word.chars().take(1).collect::<String>();
                vec![
                    format!("{}{last}", initial(first)),
                    format!("{first}{last}"),
                    format!("{first}{}", initial(last)),
                    format!("{last}{first}"),
                    format!("{last}{}", initial(first)),
                    key.replace(' ', ""),
                ]
            }
            _ => Vec::new(),
        };
        let mut letters = name.chars();
        let may_be_first = letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase);
        Name { letters: key.replace(' ', ""), nicknames, may_be_first }
    }
}

/// People as they are merged.
#[derive(Default)]
struct People {
    all: Vec<Person>,
    by_handle: HashMap<String, usize>,
    by_email: HashMap<String, usize>,
    /// Everybody whom an owner's pages call so.
    by_name: HashMap<(String, String), BTreeSet<usize>>,
    /// Everybody on an owner's pages who has this handle, or whose full name would make it.
    by_nickname: HashMap<(String, String), BTreeSet<usize>>,
}

#[derive(Default)]
struct Person {
    row: MentorRow,
    ideas: Places,
    has_full_name: bool,
}

impl People {
    fn add(&mut self, mention: &Mention<'_>) {
        let index = self.known(mention).unwrap_or_else(|| {
            self.all.push(Person::default());
            self.all.len() - 1
        });
        let person = &mut self.all[index];
        person.ideas.insert(mention.idea);
        person.has_full_name |= mention.has_full_name();
        learn(&mut person.row.github, mention.mentor.github.as_ref(), |_, _| false);
        learn(&mut person.row.email, mention.mentor.email.as_ref(), |_, _| false);
        learn(&mut person.row.name, mention.mentor.name.as_ref(), |known, said| key(said).len() > key(known).len());
        if let Some(handle) = &mention.handle {
            self.by_handle.entry(handle.clone()).or_insert(index);
            for nickname in mention.owned(&key(handle).replace(' ', "")) {
                self.by_nickname.entry(nickname).or_default().insert(index);
            }
        }
        if let Some(name) = &mention.name {
            for name in mention.owned(&name.letters) {
                self.by_name.entry(name).or_default().insert(index);
            }
            for nickname in name.nicknames.iter().flat_map(|nickname| mention.owned(nickname)) {
                self.by_nickname.entry(nickname).or_default().insert(index);
            }
        }
        if let Some(email) = &mention.email {
            self.by_email.entry(email.clone()).or_insert(index);
        }
    }

    /// Who is meant, if it is one of those who are known. Nobody has two handles.
    fn known(&self, mention: &Mention<'_>) -> Option<usize> {
        let by_email = || self.by_email.get(mention.email.as_ref()?).copied();
        match &mention.handle {
            Some(handle) => {
                let free = |&person: &usize| self.all[person].row.github.is_none();
                self.by_handle.get(handle).copied().or_else(|| by_email().filter(free))
            }
            None => by_email().or_else(|| self.called(mention)),
        }
    }

    /// The one person of that name on the pages of the owner, or the one whose handle or full name fits it.
    fn called(&self, mention: &Mention<'_>) -> Option<usize> {
        let name = mention.name.as_ref()?;
        let namesakes: BTreeSet<usize> =
            mention.owned(&name.letters).filter_map(|name| self.by_name.get(&name)).flatten().copied().collect();
        if !namesakes.is_empty() {
            // Of several, only one whose handle nobody gave can be meant.
            return only(&namesakes).or_else(|| namesakes.iter().copied().find(|&person| self.all[person].row.github.is_none()));
        }
        if name.may_be_first {
            return None;
        }
        let is_nickname = name.nicknames.is_empty().then_some(&name.letters);
        let nicknames = name.nicknames.iter().chain(is_nickname).flat_map(|nickname| mention.owned(nickname));
        let fits = |person: &&usize| !(mention.has_full_name() && self.all[**person].has_full_name);
        only(&nicknames.filter_map(|nickname| self.by_nickname.get(&nickname)).flatten().filter(fits).copied().collect())
    }
}

/// The person, if there is no other.
fn only(people: &BTreeSet<usize>) -> Option<usize> {
    people.first().copied().filter(|_| people.len() == 1)
}

/// Keeps what is said, if nothing is known or `better` prefers it to what is.
fn learn(known: &mut Option<String>, said: Option<&Spanned<String>>, better: impl Fn(&str, &str) -> bool) {
    if let Some(said) = said
        && known.as_ref().is_none_or(|known| better(known, &said.value))
    {
        *known = Some(said.value.clone());
    }
}
