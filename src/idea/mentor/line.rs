//! The people of one line: cut apart, read, and put together where commas stood inside a person.

use crate::idea::words::Words;
use crate::idea::{link, size};
use crate::labels::{Kind, Labels};
use crate::prose::Text;
use crate::text::Spanned;

use super::details::Details;
use super::email;
use super::handle::{alike, github_user, is_handle};
use super::name::{handle_in_parentheses, is_plain_name, lone_handle, name_end, name_in_parentheses, name_of};
use super::role::{Role, label_of, leading_role, role_in};
use super::stretches::{names_in_a_row, nearest, stretches};
use super::{Mentor, People, Person, Place};

impl<'a> Person<'a> {
    pub(super) fn in_line(text: Text<'a>, mentor: Mentor) -> Self {
        Person { mentor, place: Place::Line(text) }
    }

    /// Takes what stands in the words up to the end of `other` as theirs: it tells of the same person.
    fn absorb(&mut self, other: Person<'a>) {
        if let (Place::Line(text), Place::Line(last)) = (&mut self.place, &other.place) {
            *text = text.through(*last);
        }
        let (own, Mentor { name, github, email, role, .. }) = (&mut self.mentor, other.mentor);
        let bare = own.github.is_none() && own.email.is_none();
        let nick = name.filter(|name| bare && is_nick(&name.value) && is_handle(&name.value));
        own.github = own.github.take().or(github).or(nick);
        own.email = own.email.take().or(email);
        own.role = own.role.take().or(role);
    }
}

/// Reads the people that one line names, in order. `listed` says that the line is an item of a list.
pub fn read<'a>(line: Text<'a>, listed: bool, people: &mut People<'a>) {
    let is_remark = !listed && is_remark(line.trim());
    // `: Jane Doe`, the second line of a list of definitions.
    let line = line.trim_matches(|c| c.is_whitespace() || c == ':');
    let said = line.as_str();
    // `#For GSoC, at least two mentors are required`: a template's comment.
    if said.is_empty() || said.starts_with('#') {
        return;
    }
    // `N/A` is not two people; "Looking for a second mentor, for now @jane" names one.
    if Labels::get().is_placeholder(said) && !stretches(line).into_iter().skip(1).any(is_signed) {
        // "Please contact them before you apply" below a list of mentors is a remark, not a gap.
        if !(people.listed && !listed && said.split_whitespace().nth(3).is_some()) {
            people.vacant.push(line);
        }
        return;
    }
    if is_remark {
        return;
    }
    let line = if listed { line } else { told_of(line) };
    let said = line.as_str();
    let before = people.people.len();
    // `Ada, Engines Inc, @ada; Jo, Mills Ltd, @jo`: the commas are inside the persons.
    if said.split(';').filter(|part| part.contains(',')).count() > 1 {
        // `Lovell, Ada; Chen, Bo`: the commas turn the names around.
        let is_turned =
            |part: &str| part.split_once(',').is_some_and(|(last, first)| is_one_word(last.trim()) && is_one_word(first.trim()));
        let turned = said.split(';').all(is_turned);
        for part in said.split(';').map(|part| line.of(part).trim()) {
            if turned {
                let name = Some(part.to_spanned());
                people.people.push(Person::in_line(part, Mentor { name, ..Mentor::default() }));
            } else {
                read(part, true, people);
            }
        }
    } else if let Some(person) = piped(line).or_else(|| bracketed(line)) {
        people.people.push(Person::in_line(line, person));
    } else if let Some(group) = Addresses::find(line) {
        read_stretches(line.cut(0..group.start), listed, people);
        group.share_out(&mut people.people, before);
    } else {
        read_stretches(line, listed, people);
    }
    people.listed |= listed && people.people.len() > before;
}

/// `{ada, bo}@example.org`: several addresses of one host.
struct Addresses<'a> {
    /// Where they begin in their line.
    start: usize,
    /// What stands before the `@` of each.
    locals: Vec<Text<'a>>,
    /// What stands behind.
    domain: &'a str,
}

impl<'a> Addresses<'a> {
    fn find(line: Text<'a>) -> Option<Self> {
        let said = line.as_str();
        let close = said.find("}@")?;
        let open = said[..close].rfind('{')?;
        let after = &said[close + 2..];
        let end = after.find(|c: char| c.is_whitespace() || "()<>,;|".contains(c)).unwrap_or(after.len());
        let domain = after[..end].trim_end_matches('.');
        let locals: Vec<_> = said[open + 1..close].split([',', ';', '|']).map(|local| line.of(local).trim()).collect();
        let all = locals.iter().all(|local| email::is_email(&format!("{}@{domain}", local.as_str())));
        all.then_some(Addresses { start: open, locals, domain })
    }

    /// Gives each person of the line their address: in order if there are as many, else by name.
    fn share_out(self, people: &mut Vec<Person<'a>>, before: usize) {
        let count = people.len() - before;
        for (at, local) in self.locals.iter().enumerate() {
            let address = Spanned::at(local.span(), format!("{}@{}", local.as_str(), self.domain));
            if count == 0 {
                people.push(Person::in_line(*local, Mentor { email: Some(address), ..Mentor::default() }));
                continue;
            }
            let named = |person: &Person<'_>| person.mentor.name.as_ref().is_some_and(|name| alike(&address.value, &name.value));
            let people = &mut people[before..];
            let whose =
                if count == self.locals.len() { people.get_mut(at) } else { people.iter_mut().find(|person| named(person)) };
            if let Some(person) = whose {
                person.mentor.email.get_or_insert(address);
            }
        }
    }
}

fn read_stretches<'a>(line: Text<'a>, listed: bool, people: &mut People<'a>) {
    let first = people.people.len();
    let (mut persons, vacant) = persons(line, listed);
    people.vacant.extend(vacant);
    if listed {
        one_person(&mut persons);
    }
    let known = &mut people.people;
    for person in persons {
        // `jane, tree-dev@lists.example.org`: where to ask, not whom.
        let is_list = person.mentor.email.as_ref().is_some_and(|email| email::is_list(&email.value));
        if is_list && person.mentor.name.is_none() && person.mentor.github.is_none() && !known.is_empty() {
            continue;
        }
        known.push(person);
        // `Ada Lovell, adalovell, ada@example.org`: with an address, the nickname shows whose it is.
        while let [.., last, person] = &known[first..]
            && tells_of(person, &last.mentor)
            && let Some(person) = known.pop()
            && let Some(last) = known.last_mut()
        {
            last.absorb(person);
        }
    }
    // Of whom nothing is known, nobody can be mentioned, unless an `@` shows that somebody should be.
    let mut new = known.split_off(first);
    new.retain(|person| {
        let signed = || matches!(person.place, Place::Line(text) if text.as_str().contains('@'));
        !person.mentor.is_nobody() || signed()
    });
    known.append(&mut new);
}

/// The stretches of a line as persons, also those of whom nothing is known; and those that say that nobody is there.
fn persons<'a>(line: Text<'a>, listed: bool) -> (Vec<Person<'a>>, Vec<Text<'a>>) {
    let mut parts = stretches(line);
    // `- Byron, Ada (@ada)`: an item is one person, and the comma turns the name around.
    if let [surname, rest] = parts[..]
        && listed
        && is_one_word(surname.as_str())
        && rest.as_str().split_once(" (").is_some_and(|(name, details)| is_one_word(name) && details.contains('@'))
    {
        parts = vec![surname.through(rest)];
    }
    if let [first, rest @ ..] = &parts[..] {
        let (end, next) = (first.offset_in(line) + first.len(), rest.first().map_or(line.len(), |next| next.offset_in(line)));
        let between = &line.as_str()[end..next];
        let is_list = rest.len() == 1 && between.contains(',') && between.contains(char::is_alphabetic);
        parts = parts.iter().enumerate().flat_map(|(at, part)| names_in_a_row(*part, is_list && at == 0)).collect();
    }
    let mut persons: Vec<Person<'a>> = Vec::with_capacity(parts.len());
    let mut vacant: Vec<Text<'a>> = Vec::new();
    // The stretch before says that nobody is there.
    let mut after_vacant = false;
    // The role of those who follow a label: `Co-mentors: Ada, Jo`.
    let mut shared: Option<Role> = None;
    for stretch in parts {
        if is_vacant(stretch.as_str()) || names_group(stretch) {
            match vacant.last_mut().filter(|_| after_vacant) {
                Some(before) => *before = before.through(stretch),
                None => vacant.push(stretch),
            }
            after_vacant = true;
            continue;
        }
        // `MUC at trees@example.org`: where people meet. `theada), Bo Chen`: what is left of a link that was cut off.
        if is_room(stretch.as_str()) || is_remainder(stretch.as_str()) {
            continue;
        }
        let mut mentor = read_person(stretch);
        if after_vacant && mentor.name.is_none() && mentor.github.is_none() {
            // `Project devs, mail: dev@example.org`: the address of nobody in particular.
            continue;
        }
        after_vacant = false;
        let begins = mentor.role.as_ref().is_some_and(|role| role.span.is_some_and(|span| span.start <= stretch.span().start));
        shared = mentor.role.as_ref().map(|role| role.value).filter(|_| begins).or(shared);
        if shared == Some(Role::CoMentor) && !mentor.is_nobody() {
            mentor.role.get_or_insert(Spanned::nowhere(Role::CoMentor));
        }
        persons.push(Person::in_line(stretch, mentor));
    }
    (persons, vacant)
}

/// True for a stretch with a handle that asks for no message: "ask @jane".
fn is_signed(stretch: Text<'_>) -> bool {
    let first = stretch.as_str().split(' ').next().unwrap_or_default();
    !Words::get().people.no_person_start.has(first) && Details::read(stretch).github.is_some()
}

/// True for the address of a place to talk: `MUC at trees@example.org`, `#trees`.
fn is_room(stretch: &str) -> bool {
    let first = stretch.split(|c: char| c.is_whitespace() || c == ':').next().unwrap_or_default();
    stretch.contains('@') && (Words::get().people.rooms.has(first) || (first.len() == stretch.len() && email::is_room(first)))
}

/// True for one word and a closing bracket that was never opened.
fn is_remainder(stretch: &str) -> bool {
    let word = stretch.strip_suffix([')', ']', '）']);
    word.is_some_and(|word| !word.is_empty() && !word.contains(['(', ')', '[', '（', '@']) && !word.contains(char::is_whitespace))
}

/// True for a group, and its address: `Storage team`, `Community — dev@example.org`; but not for `Core team: @ada`.
fn names_group(stretch: Text<'_>) -> bool {
    let said = stretch.as_str();
    let (name, rest) = said.split_at(said.find(['—', '–', ':', '(', '<']).unwrap_or(said.len()));
    let mut words = name.split_whitespace();
    let is_group = words.next_back().is_some_and(|last| Words::get().people.groups.has(last));
    let is_name = |word: &str| word.starts_with(char::is_alphabetic) && !Labels::get().is_unfinished(word) && word != "from";
    let is_person = |word: &str| {
        let word = word.trim_start_matches('(');
        word.len() > 1 && word.starts_with(|c: char| c == '@' || c.is_uppercase())
    };
    is_group
        && name.split_whitespace().nth(3).is_none()
        && words.all(is_name)
        && !rest.split_whitespace().any(is_person)
        && stretch.links().all(|(_, link)| link.url.starts_with("mailto:"))
}

/// True if a stretch names nobody: `TBD`, `Co-mentor: TBD`, `Second mentor TBD`.
fn is_vacant(stretch: &str) -> bool {
    let is_nobody = |said: &str| Labels::get().is_placeholder(said);
    if is_nobody(stretch) {
        return true;
    }
    let is_label = |words: &str| {
        let words = label_of(words.trim().trim_end_matches(':'));
        Role::from_words(words).is_some() || Labels::get().kind(words) == Some(Kind::Mentors)
    };
    let after_label = stretch.split_once(':').is_some_and(|(label, rest)| is_nobody(rest) && is_label(label));
    let last = stretch.rsplit_once(' ').is_some_and(|(label, last)| is_nobody(last) && is_label(label));
    after_label || last
}

/// An item of a list is one person: beside somebody with a handle or an address, a bare name is an affiliation, and a bare
/// handle is theirs.
fn one_person(persons: &mut Vec<Person<'_>>) {
    let known = |person: &Person<'_>| person.mentor.github.is_some() || person.mentor.email.is_some();
    let named = |person: &Person<'_>| person.mentor.name.is_some();
    let complete = persons.iter().filter(|person| named(person) && known(person)).count();
    let bare = persons.iter().any(|person| !named(person) && known(person));
    if !persons.first().is_some_and(named) || !((complete == 1 && known(&persons[0])) || (complete == 0 && bare)) {
        return;
    }
    let others = persons.split_off(1);
    for other in others {
        persons[0].absorb(other);
    }
}

/// "Contributors, please contact the mentors below.", "For the parser and its tests:": a sentence, and nobody in it.
fn is_remark(line: Text<'_>) -> bool {
    let said = line.as_str();
    let leads = |first: &str| Words::get().people.leads.has(first);
    if said.ends_with(':') && !said.contains('@') && said.split_whitespace().next().is_some_and(leads) {
        return true;
    }
    let words = said.split_whitespace().count();
    let small = said.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    // "Ada is the author and leads the project."
    let tells_of = said.split_whitespace().skip(1).take(2).any(|word| Words::get().people.telling_verbs.has(word));
    said.ends_with(['.', ':', '!'])
        && !tells_of
        && words > 5
        && small * 4 > words * 3
        && !said.contains('@')
        && line.links().all(|(range, link)| !is_persons(&said[range], &link.url))
}

/// Where the people of a line end, if a sentence of running text without a handle follows behind a period.
pub(super) fn prose_behind(line: Text<'_>) -> Option<usize> {
    let said = line.as_str();
    let end = said.match_indices(". ").map(|(end, _)| end).find(|&end| {
        let last = said[..end].rsplit(' ').next().unwrap_or_default();
        last.len() > 3 && (last.ends_with(')') || last.starts_with('@') || last.starts_with(char::is_uppercase))
    })?;
    is_prose(line.from(end + 2)).then_some(end)
}

/// True for several words, mostly in small letters, without a handle or a link.
pub(super) fn is_prose(text: Text<'_>) -> bool {
    let said = text.as_str();
    let words = said.split_whitespace().count();
    let small = said.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    words > 3 && small * 3 > words * 2 && !said.contains('@') && text.links().next().is_none()
}

/// True if a link may be that of a person: to GitHub or a mailbox, or with a text that may be a name.
fn is_persons(shown: &str, url: &str) -> bool {
    let url = link::target(url);
    // "Issue 191" is no name.
    let is_name = shown.starts_with(char::is_uppercase) && !shown.contains(|c: char| c.is_ascii_digit());
    is_name || github_user(&url).is_some() || url.starts_with("mailto:")
}

/// "Ada Roe is the author of it, of the parser and of the docs.": the person without what the sentence tells of them.
fn told_of(line: Text<'_>) -> Text<'_> {
    let said = line.as_str();
    if !said.ends_with('.') || said.contains('@') || line.links().next().is_some() || said.split_whitespace().nth(6).is_none() {
        return line;
    }
    let verb = said.split_whitespace().skip(1).take(3).find(|word| Words::get().people.telling_verbs.has(word));
    verb.map_or(line, |verb| line.cut(0..line.of(verb).offset_in(line)).trim())
}

fn is_one_word(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphabetic() || c == '-') && name.starts_with(char::is_uppercase)
}

fn is_nick(name: &str) -> bool {
    !name.contains(' ') && !name.contains(char::is_uppercase)
}

/// True if `person`, met right after `last` on the same line, is nobody else.
fn tells_of(person: &Person<'_>, last: &Mentor) -> bool {
    let Person { mentor, place } = person;
    // `Jane Doe, https://github.com/countess`, `Jane Doe, jane@example.org, GitHub: jd`
    let names_site = || matches!(place, Place::Line(text) if nearest(text.as_str()).to_lowercase().contains("github"));
    let is_page =
        || mentor.name.is_none() && mentor.github.is_some() && last.name.is_some() && last.github.is_none() && names_site();
    // `Jane Doe, primary`: a role of its own belongs to the person before it.
    mentor.is_nobody() || completes(mentor, last) || nickname_of(mentor, last) || is_page()
}

/// True if `person` is only the nickname of `last`, who stands before it: `Jane Doe, jdoe (jane@example.org)`.
fn nickname_of(person: &Mentor, last: &Mentor) -> bool {
    let bare = last.github.is_none() && last.email.is_none();
    bare && last.name.as_ref().is_some_and(|name| name.value.contains(' '))
        && person.github.is_none()
        && person.email.is_some()
        && person.name.as_ref().is_some_and(|nick| is_nick(&nick.value))
}

/// True if `person`, met right after `last` on the same line, only adds what we did not know of them yet.
fn completes(person: &Mentor, last: &Mentor) -> bool {
    // `Jane Doe, Example Inc @jane`: the handle is hers, not the company's.
    if let (Some(handle), Some(name), Some(before)) = (&person.github, &person.name, &last.name)
        && last.github.is_none()
        && person.email.is_none()
        && alike(&handle.value, &before.value)
        && !alike(&handle.value, &name.value)
    {
        return true;
    }
    if person.name.is_some() || last.name.is_none() {
        // `@jane, jane@example.org`
        return person.name.is_none() && person.github.is_none() && last.email.is_none() && last.github.is_some();
    }
    match (&person.github, &person.email) {
        (Some(handle), _) => {
            let name = last.name.as_ref().map_or("", |name| &name.value);
            last.github.is_none() && last.email.is_none() && alike(&handle.value, name)
        }
        (None, Some(_)) => last.email.is_none(),
        (None, None) => false,
    }
}

/// `Jane Doe | @jane | jane@example.org | janedoe`: the LFX form's way, the last part an LFID.
pub(super) fn piped(line: Text<'_>) -> Option<Mentor> {
    let mut parts = line.as_str().split('|').map(|part| line.of(part.trim()));
    let (name, handle) = (parts.next()?, parts.next()?);
    let (email, lfid) = (parts.next(), parts.next());
    // `Ada (@ada) | Jo (@jo)` are two people, and so are `Ada | Jo`.
    let one_word = !handle.as_str().contains(char::is_whitespace);
    let tells = handle.as_str().starts_with('@') || lfid.is_some() || email.is_some_and(|email| email.as_str().contains('@'));
    if name.as_str().contains('@') || !one_word || !tells {
        return None;
    }
    let details = Details::read(line);
    let mut person = Mentor { name: name_of(name), email: details.email, github: details.github, ..Mentor::default() };
    if person.github.is_none() {
        person.github = lone_handle(handle);
    }
    let lfid = lfid.filter(|part| !part.is_empty() && !Labels::get().is_placeholder(part.as_str()));
    person.lfid = lfid.map(Text::to_spanned);
    Some(person)
}

/// `[Jane Doe], [Engineer, Example Inc], [GitHub: @jane, Mail: jane@example.org]`: brackets around every detail.
fn bracketed(line: Text<'_>) -> Option<Mentor> {
    let text = line.as_str();
    let inner = text.strip_prefix('[')?;
    let end = inner.find(']')?;
    let rest = &inner[end + 1..];
    if !rest.trim_start().starts_with(',') || !rest.contains('[') || line.link_at(1).is_some() {
        return None;
    }
    let details = Details::read(line.of(rest));
    Some(Mentor { name: name_of(line.of(&inner[..end])), github: details.github, email: details.email, ..Mentor::default() })
}

/// `@Jane Roe`, a mention by name as chats and word processors show it, without its `@`.
fn without_mention(stretch: Text<'_>) -> Text<'_> {
    let said = stretch.as_str().strip_prefix('@').unwrap_or_default();
    let name = said.split(['(', '<', '[', ',']).next().unwrap_or_default().trim_end();
    let people = &Words::get().people;
    let is_of_name = |word: &str| is_plain_name(word) && !people.after_name.has(word) && !people.groups.has(word);
    let is_name = name.contains(' ') && name.split(' ').all(is_of_name) && stretch.links().next().is_none();
    if is_name { stretch.from(1) } else { stretch }
}

fn read_person(stretch: Text<'_>) -> Mentor {
    let (role, stretch) = leading_role(without_mention(unwrap(stretch)));
    if Labels::get().is_placeholder(stretch.as_str()) {
        return Mentor::default();
    }
    let mut details = Details::read(stretch);
    let (github, email) = (details.github.take(), details.email.take());
    let mut person = Mentor { github, email, role, ..Mentor::default() };
    let name_end = name_end(stretch.as_str(), &details);
    let name = stretch.cut(0..name_end);
    person.name = name_of(name);
    if person.name.is_none() && name.trim().is_empty() {
        // "@ada_b (Ada Byron)": also behind the name that somebody has elsewhere, and behind an address of that name.
        let is_signed = person.github.is_some() || stretch.as_str().starts_with('@');
        let local = || person.email.as_ref().and_then(|email| email.value.split_once('@')).map(|(local, _)| local);
        let is_theirs = |name: &Spanned<String>| is_signed || local().is_some_and(|local| alike(local, &name.value));
        let behind = || name_in_parentheses(stretch.from(name_end)).filter(is_theirs);
        person.name = details.linked_name(stretch).or_else(behind);
    }
    if person.github.is_none() {
        person.github = handle_in_parentheses(stretch, &details, person.name.as_ref().map(|name| name.value.as_str()));
    }
    if person.is_nobody() {
        person.name = nickname(stretch);
    }
    if person.role.is_none() {
        let rest = if person.name.is_none() { stretch } else { stretch.from(name_end) };
        person.role = role_in(rest);
    }
    person
}

/// `@ada.lovell`, `@ada_l (away in May)`: a nickname that is no handle of GitHub's, if it is all that is known. It stands
/// there with its sign.
fn nickname(stretch: Text<'_>) -> Option<Spanned<String>> {
    let remark = stretch.as_str().find(" (").unwrap_or(stretch.len());
    let text = stretch.cut(0..remark).trim_matches(|c| c.is_whitespace() || "()[]<>,;*`–•".contains(c));
    let name = text.as_str().strip_prefix('@')?.trim_end_matches('.');
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
    let is_name = plain && name.contains(|c: char| c.is_ascii_alphabetic()) && !Labels::get().is_placeholder(name);
    (is_name && !size::is_hours(name)).then(|| Spanned::at(text.span(), name.to_owned()))
}

/// Takes brackets away that hold the whole person: `(Jane Doe, @jane)`, `<Jane jane@example.org>`.
fn unwrap(stretch: Text<'_>) -> Text<'_> {
    let text = stretch.as_str();
    for (open, close) in [('(', ')'), ('<', '>'), ('[', ']')] {
        if let Some(inner) = text.strip_prefix(open).and_then(|inner| inner.strip_suffix(close))
            && !inner.contains(open)
            && inner.contains(' ')
        {
            return stretch.of(inner).trim();
        }
    }
    stretch
}
