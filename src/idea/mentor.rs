//! Who mentors: names, GitHub handles, addresses and roles, out of every way people write them.
//!
//! A mentor field is cut into people first (commas, `and`, slashes, line breaks, a closed parenthesis before the next
//! name), then each stretch is read: what is an address or a handle is taken out, and the name is what stands before.
//! Placeholders are nobody.

mod details;
mod email;
mod handle;
mod name;
mod people;
mod role;

use schemars::JsonSchema;
use serde::Serialize;

use crate::labels::Labels;
use crate::prose::Text;
use crate::text::{Span, Spanned};

use details::Details;
pub use details::names_other_site;
pub use email::is_email;
use handle::alike;
pub use handle::{github_user, is_handle};
use name::{handle_in_parentheses, lone_handle, name_end, name_in_parentheses, name_of};
pub use people::people;
pub use role::Role;
use role::{leading_role, role_in};

/// A person who mentors. At least one of `name`, `github` and `email` is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Mentor {
    /// Name, without role, title or affiliation.
    pub name: Option<Spanned<String>>,
    /// GitHub handle, without `@`.
    pub github: Option<Spanned<String>>,
    /// E-mail address; written out where the page obfuscates it.
    pub email: Option<Spanned<String>>,
    /// Linux Foundation ID.
    pub lfid: Option<Spanned<String>>,
    /// Primary or co-mentor, where the page says so.
    pub role: Option<Spanned<Role>>,
}

impl Mentor {
    /// True if nothing is known.
    pub fn is_nobody(&self) -> bool {
        self.name.is_none() && self.github.is_none() && self.email.is_none()
    }

    /// True if both are one person for all that is known: the same handle, or the same name and no two handles.
    pub fn is_same_as(&self, other: &Mentor) -> bool {
        let same = |a: &Option<Spanned<String>>, b: &Option<Spanned<String>>| match (a, b) {
            (Some(a), Some(b)) => Some(a.value.eq_ignore_ascii_case(&b.value)),
            _ => None,
        };
        same(&self.github, &other.github).or_else(|| same(&self.name, &other.name)).unwrap_or(false)
    }

    /// The name, else `@handle`, else the address.
    pub fn shown(&self) -> String {
        match (&self.name, &self.github, &self.email) {
            (Some(name), ..) => name.value.clone(),
            (None, Some(github), _) => format!("@{}", github.value),
            (None, None, Some(email)) => email.value.clone(),
            (None, None, None) => String::new(),
        }
    }

    /// Everything of this mentor on the page.
    pub fn span(&self) -> Option<Span> {
        let spans = [&self.name, &self.github, &self.email, &self.lfid].map(|fact| fact.as_ref().and_then(|fact| fact.span));
        spans.into_iter().flatten().reduce(Span::join)
    }
}

/// The mentors that one line names, in order, appended to `mentors`. `listed` says that the line is an item of a list.
pub fn read(line: Text<'_>, listed: bool, mentors: &mut Vec<Mentor>) {
    // `: Jane Doe`, the second line of a list of definitions.
    let line = line.trim_matches(|c| c.is_whitespace() || c == ':');
    // `#For GSoC, at least two mentors are required`: a template's comment. `N/A` is not two people.
    if line.as_str().starts_with('#') || Labels::get().is_placeholder(line.as_str()) || (!listed && is_remark(line)) {
        return;
    }
    // `Ada, Engines Inc, @ada; Jo, Mills Ltd, @jo`: the commas are inside the persons.
    if line.as_str().contains(';') && line.as_str().split(';').filter(|part| part.contains(',')).count() > 1 {
        for part in line.as_str().split(';') {
            read(line.of(part), true, mentors);
        }
        return;
    }
    if let Some(person) = piped(line).or_else(|| bracketed(line)) {
        mentors.push(person);
        return;
    }
    let first = mentors.len();
    let mut stretches = people(line);
    // `- Byron, Ada (@ada)`: an item is one person, and the comma turns the name around.
    if let [surname, rest] = stretches[..]
        && listed
        && is_one_word(surname.as_str())
        && rest.as_str().split_once(" (").is_some_and(|(name, details)| is_one_word(name) && details.contains('@'))
    {
        stretches = vec![surname.through(rest)];
    }
    let mut persons: Vec<Mentor> = Vec::with_capacity(stretches.len());
    let mut placeholder = false;
    // The last one with a name.
    let mut named: Option<usize> = None;
    for stretch in stretches {
        let person = read_person(stretch);
        // `Project devs, mail: dev@example.org`: the address of nobody in particular.
        if placeholder && person.name.is_none() && person.github.is_none() && person.email.is_some() {
            continue;
        }
        // `Jane Doe, jane@example.org, GitHub: jd`
        if person.name.is_none()
            && person.github.is_some()
            && stretch.as_str().get(..6).is_some_and(|site| site.eq_ignore_ascii_case("github"))
            && let Some(last) = named.and_then(|at| persons.get_mut(at)).filter(|last| last.github.is_none())
        {
            last.github = person.github;
            continue;
        }
        placeholder = person.is_nobody() && Labels::get().is_placeholder(stretch.as_str());
        if person.name.is_some() {
            named = Some(persons.len());
        }
        persons.push(person);
    }
    if listed {
        one_person(&mut persons);
    }
    for person in persons {
        // `jane, tree-dev@lists.example.org`: where to ask, not whom.
        let is_list = person.email.as_ref().is_some_and(|email| email::is_list(&email.value));
        if is_list && person.name.is_none() && person.github.is_none() && !mentors.is_empty() {
            continue;
        }
        if person.is_nobody() {
            // `Jane Doe, primary`: a role of its own belongs to the person before it.
            if let (Some(role), Some(last)) = (person.role, mentors[first..].last_mut()) {
                last.role.get_or_insert(role);
            }
            continue;
        }
        match mentors[first..].last_mut() {
            Some(last) if completes(&person, last) => {
                last.github = last.github.take().or(person.github);
                last.email = last.email.take().or(person.email);
                last.role = last.role.take().or(person.role);
            }
            Some(last) if nickname_of(&person, last) => {
                last.email = last.email.take().or(person.email);
                last.role = last.role.take().or(person.role);
                // In a pair with an address, what looks like a handle is one.
                let nick = person.name.filter(|nick| is_handle(&nick.value));
                last.github = nick;
            }
            _ => mentors.push(person),
        }
    }
}

/// The handles that a list of handles names (`@jane, @jo`), in order.
pub fn read_handles(value: Text<'_>) -> Vec<Spanned<String>> {
    let mut found = Vec::new();
    for line in value.lines() {
        for stretch in people(line) {
            let mut details = Details::read(stretch);
            if details.github.is_none() {
                details.github = lone_handle(stretch.trim_matches(|c| "()[]<>.,;*`_-–• ".contains(c)));
            }
            found.extend(details.github);
        }
    }
    found
}

/// The addresses that a list of addresses names, in order.
pub fn read_emails(value: Text<'_>) -> Vec<Spanned<String>> {
    value
        .lines()
        .flat_map(|line| people(line).into_iter().filter_map(|stretch| Details::read(stretch).email).collect::<Vec<_>>())
        .collect()
}

/// An item of a list is one person: beside somebody with a handle or an address, a bare name is an affiliation, and a bare
/// handle is theirs.
fn one_person(persons: &mut Vec<Mentor>) {
    let known = |person: &Mentor| person.github.is_some() || person.email.is_some();
    let complete = persons.iter().filter(|person| person.name.is_some() && known(person)).count();
    let bare = persons.iter().any(|person| person.name.is_none() && known(person));
    let first_named = persons.first().is_some_and(|first| first.name.is_some());
    if first_named && ((complete == 1 && known(&persons[0])) || (complete == 0 && bare)) {
        let (github, email) =
            persons[1..].iter().filter(|person| person.name.is_none()).fold((None, None), |(github, email), person| {
                (github.or_else(|| person.github.clone()), email.or_else(|| person.email.clone()))
            });
        let role = persons.iter().find_map(|person| person.role.clone());
        persons.truncate(1);
        let first = &mut persons[0];
        first.github = first.github.take().or(github);
        first.email = first.email.take().or(email);
        first.role = first.role.take().or(role);
    }
}

/// "Contributors, please contact the mentors below.": a sentence, and nobody in it.
fn is_remark(line: Text<'_>) -> bool {
    let said = line.as_str();
    let words = said.split_whitespace().count();
    let small = said.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    // "Ada is the author and leads the project."
    let tells_of = said.split_whitespace().skip(1).take(2).any(|word| ["is", "works", "has", "was", "leads"].contains(&word));
    said.ends_with(['.', ':', '!'])
        && !tells_of
        && words > 5
        && small * 4 > words * 3
        && !said.contains('@')
        && line.links().next().is_none()
}

fn is_one_word(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphabetic() || c == '-') && name.starts_with(char::is_uppercase)
}

/// True if `person` is only the nickname of `last`, who stands before it: `Jane Doe, jdoe (jane@example.org)`.
fn nickname_of(person: &Mentor, last: &Mentor) -> bool {
    let bare = last.github.is_none() && last.email.is_none();
    let names = |name: &str| name.contains(' ');
    let is_nick = |nick: &str| !nick.contains(' ') && !nick.contains(char::is_uppercase);
    bare && last.name.as_ref().is_some_and(|name| names(&name.value))
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
fn piped(line: Text<'_>) -> Option<Mentor> {
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

fn read_person(stretch: Text<'_>) -> Mentor {
    let (role, stretch) = leading_role(unwrap(stretch));
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
        let behind = || person.github.as_ref().and_then(|_| name_in_parentheses(stretch.from(name_end)));
        person.name = details.linked_name(stretch).or_else(behind);
    }
    if person.github.is_none() {
        person.github = handle_in_parentheses(stretch, &details, person.name.as_ref().map(|name| name.value.as_str()));
    }
    if person.role.is_none() {
        let rest = if person.name.is_none() { stretch } else { stretch.from(name_end) };
        person.role = role_in(rest);
    }
    person
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    fn mentors(markdown: &str) -> Vec<String> {
        let document = Document::read(markdown, Span::new(0, markdown.len()));
        let mut mentors = Vec::new();
        for (node, text) in document.texts(0..document.nodes.len()) {
            for line in text.lines() {
                read(line, document.nodes[node].depth > 0, &mut mentors);
            }
        }
        let show = |fact: &Option<Spanned<String>>| fact.as_ref().map_or("-".to_owned(), |fact| fact.value.clone());
        mentors
            .iter()
            .map(|m| {
                let role = m.role.as_ref().map_or(String::new(), |role| format!(" [{}]", role.value.as_str()));
                format!("{}|{}|{}{role}", show(&m.name), show(&m.github), show(&m.email))
            })
            .collect()
    }

    #[test]
    fn text_means() {
        for (text, meaning) in [
            ("Jane Doe (@jane, jane@example.org)", &["Jane Doe|jane|jane@example.org"][..]),
            ("Jane Doe (jane, jane@example.org)", &["Jane Doe|jane|jane@example.org"]),
            ("Jane Doe (@jane jane@example.org)", &["Jane Doe|jane|jane@example.org"]),
            ("Jane Doe(@jane)", &["Jane Doe|jane|-"]),
            ("Jane Doe (jane42)", &["Jane Doe|jane42|-"]),
            ("Jane Doe (Google)", &["Jane Doe|-|-"]),
            ("Jane Doe - @jane", &["Jane Doe|jane|-"]),
            ("Jane Doe @jane", &["Jane Doe|jane|-"]),
            ("[Jane Doe](https://github.com/jane)", &["Jane Doe|jane|-"]),
            ("[Jane Doe](https://github.com/jane/)", &["Jane Doe|jane|-"]),
            ("[@jane](https://github.com/jane)", &["-|jane|-"]),
            ("Jane (@[jane](https://github.com/jane))", &["Jane|jane|-"]),
            ("Jane ([@jane](https://twitter.com/jane))", &["Jane|-|-"]),
            ("Jane Doe <jane@example.org>", &["Jane Doe|-|jane@example.org"]),
            ("Jane Doe <jane@example.org> (jdoe on #x IRC)", &["Jane Doe|-|jane@example.org"]),
            ("Jane Doe (jane@example.org)", &["Jane Doe|-|jane@example.org"]),
            ("Jane Doe (jane@example.org, @jane)", &["Jane Doe|jane|jane@example.org"]),
            (
                "<Jane Doe [jane@example.org](mailto:jane@example.org)>, <Jo [jo@example.org](mailto:jo@example.org)>",
                &["Jane Doe|-|jane@example.org", "Jo|-|jo@example.org"],
            ),
            ("@jane", &["-|jane|-"]),
            ("@jane , Jo Roe, TBD", &["-|jane|-", "Jo Roe|-|-"]),
            (
                "[Jane Doe], [Engineer, Example Inc], [Github: @jane , Mail: jane@example.org]",
                &["Jane Doe|jane|jane@example.org"],
            ),
            ("Jane Doe <jane (dot) d (at) example (dot) org>", &["Jane Doe|-|jane.d@example.org"]),
            ("Jane <jane1 <at> example (dot) org>", &["Jane|-|jane1@example.org"]),
            ("Jane Doe @jane (jane AT example DOT org) - primary", &["Jane Doe|jane|jane@example.org [primary]"]),
            ("Jane Doe (@jane) - Primary", &["Jane Doe|jane|- [primary]"]),
            ("Jane Doe (lead), Jo Roe", &["Jane Doe|-|- [primary]", "Jo Roe|-|-"]),
            ("王（小明） Wang（@wang） Jo（@jo）", &["王（小明） Wang|wang|-", "Jo|jo|-"]),
            ("Jane Doe, (lead) Jo Roe", &["Jane Doe|-|-", "Jo Roe|-|- [primary]"]),
            ("Jane Doe (@jane, jane@example.org) from Example - primary", &["Jane Doe|jane|jane@example.org [primary]"]),
            ("Primary Mentor: Jane Doe (@jane)", &["Jane Doe|jane|- [primary]"]),
            (
                "Jane <jane@example.org>, Co-mentor:  Jo Roe <jo@example.org>",
                &["Jane|-|jane@example.org", "Jo Roe|-|jo@example.org [co-mentor]"],
            ),
            ("Jane Doe (@jane) and Jo Roe (@jo)", &["Jane Doe|jane|-", "Jo Roe|jo|-"]),
            ("Jane Doe (@jane) / Jo Roe (@jo)", &["Jane Doe|jane|-", "Jo Roe|jo|-"]),
            ("Jane Doe (@jane) Jo Roe (@jo)", &["Jane Doe|jane|-", "Jo Roe|jo|-"]),
            ("Jane @jane, Jo @jo, and Al @al", &["Jane|jane|-", "Jo|jo|-", "Al|al|-"]),
            ("(Jane Doe, @janed)", &["Jane Doe|janed|-"]),
            ("Kevin(Zefeng) Wang (@kw)", &["Kevin(Zefeng) Wang|kw|-"]),
            ("Jane Doe: (@jane, jane@example.org)", &["Jane Doe|jane|jane@example.org"]),
            ("Jane ((@jane)[https://twitter.com/jane), Jo Roe (@jo_r)", &["Jane|-|-", "Jo Roe|-|-"]),
            ("@jane do you want to help here?", &["-|jane|-"]),
            ("Jane Doe | @jane | jane@example.org | janed", &["Jane Doe|jane|jane@example.org"]),
            ("Jane Roe | @countess", &["Jane Roe|countess|-"]),
            ("Jane Roe | Max Li", &["Jane Roe|-|-", "Max Li|-|-"]),
            ("Ada B. (@ada) | Jo R. (@jo) | Al (@al)", &["Ada B.|ada|-", "Jo R.|jo|-", "Al|al|-"]),
            ("Jane Roe | jane-r | jane@example.org |", &["Jane Roe|jane-r|jane@example.org"]),
            ("- Dana Okoye, Staff Engineer at Fernway (@dokoye)", &["Dana Okoye|dokoye|-"]),
            ("- Byron, Ada (@ada, ada@example.org)", &["Byron, Ada|ada|ada@example.org"]),
            ("[Ada Byron](mailto:ada@example.org) (lead)", &["Ada Byron|-|ada@example.org [primary]"]),
            ("* [Ada](mailto:ada@example.org) * [Jo](mailto:jo@example.org)", &["Ada|-|ada@example.org", "Jo|-|jo@example.org"]),
            ("Ada Byron, Engines project lead (ada at example dot org), TBD", &["Ada Byron|-|ada@example.org"]),
            ("Ada Byron, mail: ada (at) example.org", &["Ada Byron|-|ada@example.org"]),
            ("@ada @jo", &["-|ada|-", "-|jo|-"]),
            ("N/A", &[]),
            ("- Ada Byron (@ada) , Engines Inc, **primary**", &["Ada Byron|ada|- [primary]"]),
            ("Ada B., Engines Inc, @ada-x; Jo R., Mills Ltd, @jo-x", &["Ada B.|ada-x|-", "Jo R.|jo-x|-"]),
            ("- Ada Byron, Engines Inc, @difference-engine", &["Ada Byron|difference-engine|-"]),
            ("- Ada Byron, @countess, ada@example.org", &["Ada Byron|countess|ada@example.org"]),
            ("Otto v/d Berg, Jo Roe/Al Poe", &["Otto v/d Berg|-|-", "Jo Roe|-|-", "Al Poe|-|-"]),
            ("Ada ([LinkedIn](https://linkedin.example/ada), ada@example.org)", &["Ada|-|ada@example.org"]),
            ("Ada Byron (AdaBy)", &["Ada Byron|AdaBy|-"]),
            ("Ada（@ada，ada@example.org）", &["Ada|ada|ada@example.org"]),
            ("Jo, Ada (@ada)", &["Jo|-|-", "Ada|ada|-"]),
            ("#For GSoC, two are **required**", &[]),
            ("TBD", &[]),
            ("Looking for mentors", &[]),
            ("Contact mentors for submission requirements.", &[]),
            ("tbd.", &[]),
        ] {
            assert_eq!(mentors(text), meaning, "{text}");
        }
    }

    #[test]
    fn people_among_other_words_mean() {
        for (text, meaning) in [
            ("[Ann](https://github.com/ann)", &["Ann|ann|-"][..]),
            ("[ann](https://github.com/ann)", &["-|ann|-"]),
            ("Ada Byron, adab (ada@example.org), Jo", &["Ada Byron|adab|ada@example.org", "Jo|-|-"]),
            (
                "Ada Byron, IRC: adab, mail: ada@example.org – Jo Roe, mail: jo@example.org",
                &["Ada Byron|-|ada@example.org", "Jo Roe|-|jo@example.org"],
            ),
            ("Ada Byron (@ada) – Primary", &["Ada Byron|ada|- [primary]"]),
            (
                "Ada Byron, ada@example.org, GitHub: [countess](https://github.com/countess)",
                &["Ada Byron|countess|ada@example.org"],
            ),
            ("- Ada Byron, Engines [@ada-by](https://github.com/ada-by)", &["Ada Byron|ada-by|-"]),
            ("[Ada](https://a.example)&nbsp; [Jo](https://github.com/jo-x)", &["Ada|-|-", "Jo|jo-x|-"]),
            ("Ada (@ada). @jo do you want to help?", &["Ada|ada|-", "-|jo|-"]),
            ("ada b. c. <ada@example.org>", &["ada b. c.|-|ada@example.org"]),
            ("Ada Byron, engines@lists.example.org", &["Ada Byron|-|-"]),
            ("Project Devs, mail: dev (at) engines.example.org", &[]),
            ("none yet, looking for one!", &[]),
            (
                "- EVALUATING MENTOR: Ada Byron <ada@example.org> is the author and has done so since 2012.",
                &["Ada Byron|-|ada@example.org"],
            ),
            ("Contributors, please contact the mentors below after the test.", &[]),
            ("Ada B. is a developer of ours and leads the project.", &["Ada B.|-|-"]),
            (": Ada Byron", &["Ada Byron|-|-"]),
        ] {
            assert_eq!(mentors(text), meaning, "{text}");
        }
    }

    #[test]
    fn parallel_lists_are_read_apart() {
        let text = "@jane, jo42 , [@al](https://github.com/al)";
        let document = Document::read(text, Span::new(0, text.len()));
        let handles: Vec<_> = read_handles(document.text(0)).into_iter().map(|handle| handle.value).collect();
        assert_eq!(handles, ["jane", "jo42", "al"]);
    }
}
