//! Who mentors: names, GitHub handles, addresses and roles, out of every way people write them.
//!
//! A mentor field is cut into people first (commas, `and`, slashes, line breaks, a closed parenthesis before the next
//! name), then each stretch is read: what is an address or a handle is taken out, and the name is what stands before.
//! Placeholders are nobody.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use crate::labels::Labels;
use crate::prose::Text;
use crate::text::{Span, Spanned};

/// What a mentor does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Answers for the mentorship.
    Primary,
    /// Helps.
    CoMentor,
}

/// The words people use for a role, before "mentor" or alone.
const ROLES: [(&str, Role); 15] = [
    ("primary", Role::Primary),
    ("lead", Role::Primary),
    ("leader", Role::Primary),
    ("main", Role::Primary),
    ("first", Role::Primary),
    ("co", Role::CoMentor),
    ("comentor", Role::CoMentor),
    ("secondary", Role::CoMentor),
    ("second", Role::CoMentor),
    ("backup", Role::CoMentor),
    ("back-up", Role::CoMentor),
    ("assistant", Role::CoMentor),
    ("assisting", Role::CoMentor),
    ("supporting", Role::CoMentor),
    ("additional", Role::CoMentor),
];

impl Role {
    /// The word in our JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Primary => "primary",
            Role::CoMentor => "co-mentor",
        }
    }

    /// The role that a word stands for: `primary`, `Lead`, `co-mentor`.
    pub fn from_words(words: &str) -> Option<Self> {
        let mut words = words.trim();
        for noun in ["mentor", "contact"] {
            let head = words.len().checked_sub(noun.len()).and_then(|at| words.split_at_checked(at));
            if let Some((head, tail)) = head
                && tail.eq_ignore_ascii_case(noun)
                && head.ends_with([' ', '-'])
            {
                words = head.trim_end_matches([' ', '-']);
            }
        }
        ROLES.iter().find(|(word, _)| word.eq_ignore_ascii_case(words)).map(|&(_, role)| role)
    }
}

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
    let line = line.trim();
    // `#For GSoC, at least two mentors are required`: a template's comment. `N/A` is not two people.
    if line.as_str().starts_with('#') || Labels::get().is_placeholder(line.as_str()) {
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
    let mut persons: Vec<Mentor> = stretches.into_iter().map(read_person).collect();
    if listed {
        one_person(&mut persons);
    }
    for person in persons {
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

fn is_one_word(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphabetic() || c == '-') && name.starts_with(char::is_uppercase)
}

/// True if `person`, met right after `last` on the same line, only adds what we did not know of them yet.
fn completes(person: &Mentor, last: &Mentor) -> bool {
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

/// True if a handle looks made from a name: `andreyvelich` and "Andrey Velichkevich".
fn alike(handle: &str, name: &str) -> bool {
    let handle = handle.to_lowercase();
    name.split_whitespace().any(|word| {
        let start: String = word.chars().flat_map(char::to_lowercase).take(4).collect();
        start.chars().count() >= 3 && handle.contains(&start)
    })
}

/// `Jane Doe | @jane | jane@example.org | janedoe`: the LFX form's way, the last part an LFID.
fn piped(line: Text<'_>) -> Option<Mentor> {
    let mut parts = line.as_str().split('|').map(|part| line.of(part.trim()));
    let (name, handle, _address) = (parts.next()?, parts.next()?, parts.next()?);
    let details = Details::read(line);
    let mut person = Mentor { name: name_of(name), email: details.email, github: details.github, ..Mentor::default() };
    if person.github.is_none() {
        person.github = lone_handle(handle);
    }
    let lfid = parts.next().filter(|part| !part.is_empty() && !Labels::get().is_placeholder(part.as_str()));
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

/// Cuts a line into stretches of one person each.
fn people(line: Text<'_>) -> Vec<Text<'_>> {
    let text = line.as_str();
    let mut stretches = Vec::new();
    let mut open: Vec<char> = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    let mut cut = |range: Range<usize>| {
        let stretch = line.cut(range).trim();
        if !stretch.is_empty() {
            stretches.push(stretch);
        }
    };
    while let Some((at, c)) = chars.next() {
        match c {
            '(' | '[' | '{' | '（' => open.push(c),
            '<' if text[at..].contains('>') => open.push(c),
            ')' | ']' | '}' | '>' | '）' => {
                let opening = match c {
                    ')' | '）' => ['(', '（'],
                    ']' => ['[', '['],
                    '}' => ['{', '{'],
                    _ => ['<', '<'],
                };
                if let Some(depth) = open.iter().rposition(|c| opening.contains(c)) {
                    open.truncate(depth);
                }
                // `Jane (@jane) Jo (@jo)`: the next name begins right after.
                let after = at + c.len_utf8();
                if open.is_empty() && start < at && closes_person(&text[start..after]) {
                    let rest = &text[after..];
                    let next = rest.trim_start();
                    if next.len() < rest.len()
                        && next.chars().next().is_some_and(char::is_uppercase)
                        && Role::from_words(first_words(next)).is_none()
                    {
                        cut(start..after);
                        start = after;
                    }
                }
            }
            // `* Jane * Jo`: a list squeezed into the cell of a table.
            '*' if open.is_empty() && text[at + 1..].starts_with(' ') && (at == 0 || text[..at].ends_with(' ')) => {
                cut(start..at);
                start = at + 1;
            }
            ',' | ';' | '，' | '、' | '|' if open.is_empty() || never_closed(&open, &text[at..]) => {
                open.clear();
                cut(start..at);
                start = at + c.len_utf8();
            }
            '/' if open.is_empty() && !next_name(&text[at + 1..]) => {}
            '/' | '&' | '+'
                if open.is_empty() && line.link_at(at).is_none() && !text[..at].ends_with([':', '/']) && !in_url(text, at) =>
            {
                cut(start..at);
                start = at + 1;
            }
            ' ' | '\u{a0}' if open.is_empty() => {
                let rest = &text[at + c.len_utf8()..];
                // `@jane @jo`
                if rest.starts_with('@') && text[start..at].trim_start().starts_with('@') {
                    cut(start..at);
                    start = at + c.len_utf8();
                    continue;
                }
                let word = ["and ", "und ", "or ", "plus "].into_iter().find(|word| rest.starts_with(word));
                if let Some(word) = word {
                    cut(start..at);
                    start = at + c.len_utf8() + word.len();
                    while chars.next_if(|&(next, _)| next < start).is_some() {}
                }
            }
            _ => {}
        }
    }
    cut(start..text.len());
    stretches
}

/// True if what was opened is not closed in the rest of the line: then it does not hold anything together.
fn never_closed(open: &[char], rest: &str) -> bool {
    open.iter().all(|c| {
        let closing = match c {
            '(' => ')',
            '（' => '）',
            '[' => ']',
            '{' => '}',
            _ => '>',
        };
        !rest.contains(closing)
    })
}

/// True if a person may begin here: after "v" in "v/d Berg" none does.
fn next_name(rest: &str) -> bool {
    rest.trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '@' | '[' | '<' | '('))
}

fn in_url(text: &str, at: usize) -> bool {
    let word = text[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
    word.contains("://") || word.starts_with("www.") || (word.contains('.') && word.contains("com"))
}

/// True if a stretch that ends in a closing bracket tells a handle or an address: the person is complete.
fn closes_person(stretch: &str) -> bool {
    stretch.contains('@') || stretch.contains("(at)")
}

fn first_words(text: &str) -> &str {
    let end = text.find([',', '(', ';']).unwrap_or(text.len());
    &text[..end]
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

/// `Primary Mentor: Jane`, `Co-mentor: Jo`, `(lead) Jane`, `Mentor 1: Jane`.
fn leading_role(stretch: Text<'_>) -> (Option<Spanned<Role>>, Text<'_>) {
    let text = stretch.as_str();
    if let Some((words, rest)) = text.strip_prefix('(').and_then(|inner| inner.split_once(')'))
        && let Some(role) = Role::from_words(words)
    {
        return (Some(Spanned::at(stretch.of(words).span(), role)), stretch.of(rest.trim_start()));
    }
    let Some((words, rest)) = text.split_once(':') else { return (None, stretch) };
    if rest.starts_with("//") {
        return (None, stretch);
    }
    if let Some(role) = Role::from_words(words) {
        return (Some(Spanned::at(stretch.of(words).trim().span(), role)), stretch.of(rest.trim_start()));
    }
    let label = words.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == '#');
    if Labels::get().kind(label) == Some(crate::labels::Kind::Mentors) {
        return (None, stretch.of(rest.trim_start()));
    }
    (None, stretch)
}

/// Addresses and handles in a stretch, and which bytes of it they take.
#[derive(Default)]
struct Details {
    github: Option<Spanned<String>>,
    email: Option<Spanned<String>>,
    taken: Vec<Range<usize>>,
    /// A link to the person's GitHub page whose text is their name.
    named: Option<Range<usize>>,
}

impl Details {
    fn read(stretch: Text<'_>) -> Self {
        let text = stretch.as_str();
        let mut details = Details::default();
        for (range, link) in stretch.links() {
            let shown = text[range.clone()].trim();
            if let Some(address) = link.url.strip_prefix("mailto:") {
                let address = address.split('?').next().unwrap_or(address);
                if is_email(address) {
                    details.email.get_or_insert(Spanned::at(link.span, address.to_owned()));
                    if shown.contains('@') || next_email(shown, 0).is_some() {
                        details.taken.push(range);
                    } else {
                        // `[Jane Roe](mailto:…)`
                        details.named.get_or_insert(range);
                    }
                }
            } else if let Some(handle) = github_user(&link.url) {
                details.github.get_or_insert(Spanned::at(link.span, handle.to_owned()));
                if shown.starts_with('@')
                    || shown.contains("://")
                    || text[..range.start].ends_with('@')
                    || shown.eq_ignore_ascii_case(handle)
                {
                    let start = range.start - usize::from(text[..range.start].ends_with('@'));
                    details.taken.push(start..range.end);
                } else {
                    details.named.get_or_insert(range);
                }
            } else if shown.starts_with('@') {
                // A nickname somewhere else.
                details.taken.push(range);
            }
        }
        details.find_emails(stretch);
        details.find_urls(stretch);
        details.find_handles(stretch);
        details.taken.sort_by_key(|range| range.start);
        details
    }

    fn is_taken(&self, at: usize) -> bool {
        self.taken.iter().any(|range| range.contains(&at))
    }

    fn find_emails(&mut self, stretch: Text<'_>) {
        let text = stretch.as_str();
        let mut from = 0;
        while let Some((range, address)) = next_email(text, from) {
            from = range.end;
            if !self.is_taken(range.start) {
                self.email.get_or_insert(Spanned::at(stretch.cut(range.clone()).span(), address));
                self.taken.push(range);
            }
        }
    }

    fn find_urls(&mut self, stretch: Text<'_>) {
        let text = stretch.as_str();
        if !text.contains('/') {
            return;
        }
        for (at, _) in text.match_indices("http").chain(text.match_indices("github.com/")) {
            if self.is_taken(at)
                || !(text[at..].starts_with("http://") || text[at..].starts_with("https://") || text[at..].starts_with("github"))
            {
                continue;
            }
            let end = at
                + text[at..]
                    .find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')' | '>' | ']'))
                    .unwrap_or(text.len() - at);
            if let Some(handle) = github_user(&text[at..end]) {
                self.github.get_or_insert(Spanned::at(stretch.cut(at..end).span(), handle.to_owned()));
            }
            self.taken.push(at..end);
        }
    }

    fn find_handles(&mut self, stretch: Text<'_>) {
        let text = stretch.as_str();
        for (at, _) in text.match_indices('@') {
            if self.is_taken(at) || text[..at].ends_with(|c: char| c.is_alphanumeric()) {
                continue;
            }
            let rest = &text[at + 1..];
            // `@ jane` and `@[jane](…)` were seen; the second is a link and already taken.
            let space = rest.len() - rest.trim_start().len();
            let len =
                rest[space..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len() - space);
            let (start, end) = (at + 1 + space, at + 1 + space + len);
            let handle = &text[start..end];
            let elsewhere = names_other_site(around(text, at..end)) || is_path_elsewhere(text, handle);
            if is_handle(handle) && !elsewhere && space <= 1 {
                self.github.get_or_insert(Spanned::at(stretch.cut(start..end).span(), handle.to_owned()));
            }
            self.taken.push(at..end);
        }
    }

    /// The name is the text of the link to the person's page.
    fn linked_name(&self, stretch: Text<'_>) -> Option<Spanned<String>> {
        self.named.clone().and_then(|range| name_of(stretch.cut(range)))
    }
}

/// What stands in the same parenthesis as `range`, or between the same commas.
fn around(text: &str, range: Range<usize>) -> &str {
    let start = text[..range.start].rfind(['(', ',', ';']).map_or(0, |open| open + 1);
    let stop = text[range.end..].find([')', ',', ';']).map_or(text.len(), |close| range.end + close);
    &text[start..stop]
}

/// True if a nickname beside these words is none of GitHub's.
fn names_other_site(words: &str) -> bool {
    let words = words.to_ascii_lowercase();
    ["twitter", "slack", "irc", "zulip", "matrix", "discord", "telegram", "mastodon", "chat"]
        .iter()
        .any(|site| words.contains(site))
}

/// True if a URL in the text shows that the nickname is one of another site: `…twitter.com/jane`.
fn is_path_elsewhere(text: &str, handle: &str) -> bool {
    text.contains("://")
        && text.match_indices(handle).any(|(at, _)| {
            let before = text[..at].rsplit(|c: char| c.is_whitespace() || "([<".contains(c)).next().unwrap_or_default();
            before.contains("://") && before.ends_with('/') && !before.contains("github.com")
        })
}

/// Where the name ends: before the first address, handle, bracket of details, dash, or word of affiliation.
fn name_end(text: &str, details: &Details) -> usize {
    let mut end = details.taken.first().map_or(text.len(), |range| range.start);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if at >= end {
            break;
        }
        let rest = &text[at..];
        let stop = match c {
            // `Kevin(Zefeng) Wang`: a second name, not a detail.
            '(' | '（' => !(before.is_alphabetic() && is_second_name(rest)),
            '<' | '[' | '{' => at > 0,
            ':' | '|' | '=' | '*' => true,
            ' ' => {
                [" - ", " – ", " — ", " -- "].iter().any(|dash| rest.starts_with(dash))
                    || [
                        " from ", " at ", " via ", " aka ", " is ", " on ", " of ", " will ", " github", " GitHub", " Github",
                        " email", " Email", " mail", " Mail", " IRC", " irc ",
                    ]
                    .iter()
                    .any(|word| rest.starts_with(word))
            }
            _ => false,
        };
        if stop {
            end = at;
        }
        before = c;
    }
    end
}

/// `(Zefeng) Wang …`: letters in the parenthesis, and the name goes on after it.
fn is_second_name(rest: &str) -> bool {
    let inner = rest.strip_prefix(['(', '（']).unwrap_or(rest);
    inner.split_once([')', '）']).is_some_and(|(inside, after)| {
        !inside.is_empty()
            && inside.chars().all(|c| c.is_alphabetic() || c == ' ')
            && after.strip_prefix(' ').is_some_and(|next| next.chars().next().is_some_and(char::is_uppercase))
    })
}

/// A name, if the text is one: no sentence, no placeholder, no role.
fn name_of(text: Text<'_>) -> Option<Spanned<String>> {
    let whole = text;
    let text = whole.trim_matches(|c| {
        c.is_whitespace()
            || matches!(
                c,
                '-' | '–' | '—' | ':' | ',' | '.' | ';' | '*' | '_' | '`' | '"' | '\'' | '(' | ')' | '[' | ']' | '<' | '>'
            )
            || matches!(c, '{' | '}' | '|' | '•' | '·' | '~' | '+' | '\u{200b}' | '\u{feff}')
            || is_ornament(c)
    });
    let text = with_initial(whole, text);
    let words = text.as_str().split_whitespace().count();
    let said = text.as_str();
    if words == 0 || words > 6 || said.len() > 80 || !said.chars().any(char::is_alphabetic) {
        return None;
    }
    let labels = Labels::get();
    if labels.is_placeholder(said) || Role::from_words(said).is_some() || labels.kind(said).is_some() {
        return None;
    }
    // Four words and more without a capital are a remark, not a person.
    if words > 2 && !said.split_whitespace().skip(1).any(|word| word.chars().next().is_some_and(char::is_uppercase)) {
        return None;
    }
    // "Example project lead": what somebody is, not who.
    let last = said.rsplit(' ').next().unwrap_or_default();
    if OFFICES.contains(&last) {
        return None;
    }
    let remark = [
        "mail",
        "email",
        "e-mail",
        "github",
        "and ",
        "the ",
        "more ",
        "other",
        "any ",
        "one ",
        "etc",
        "see ",
        "ask ",
        "contact ",
        "please",
        "mentors ",
        "depending",
    ];
    if remark.iter().any(|word| said.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))) {
        return None;
    }
    Some(text.to_spanned())
}

/// What people are, in lower case after a name or in place of one.
const OFFICES: [&str; 10] =
    ["lead", "leader", "chair", "maintainer", "coordinator", "admin", "administrator", "developer", "engineer", "manager"];

/// "Ada B." keeps the period of its last initial.
fn with_initial<'a>(whole: Text<'a>, name: Text<'a>) -> Text<'a> {
    let end = name.offset_in(whole) + name.len();
    let mut last = name.as_str().chars().rev();
    let initial = last.next().is_some_and(char::is_uppercase) && last.next().is_none_or(|c| matches!(c, ' ' | '.' | '-'));
    if initial && whole.as_str()[end..].starts_with('.') { whole.cut(name.offset_in(whole)..end + 1) } else { name }
}

fn is_ornament(c: char) -> bool {
    matches!(u32::from(c), 0x2190..=0x2bff | 0xfe0f | 0x1f000..=0x1faff)
}

/// `@jane (Jane Doe)`: the name comes after.
fn name_in_parentheses(rest: Text<'_>) -> Option<Spanned<String>> {
    let text = rest.as_str();
    let open = text.find('(')?;
    let inside = &text[open + 1..];
    let end = inside.find([')', ',', '@', '<'])?;
    let name = &inside[..end];
    let words: Vec<_> = name.split_whitespace().collect();
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    (words.len() >= 2 && words.iter().all(capital)).then(|| name_of(rest.of(name))).flatten()
}

/// `Jane Doe (janedoe, jane@example.org)` and `Jane Doe (janedoe)`: a handle without its `@`.
fn handle_in_parentheses(stretch: Text<'_>, details: &Details, name: Option<&str>) -> Option<Spanned<String>> {
    let name = name?;
    let text = stretch.as_str();
    let elsewhere = |at: usize| stretch.link_at(at).is_some_and(|link| github_user(&link.url).is_none());
    let (open, _) =
        text.match_indices('(').find(|&(at, _)| !details.is_taken(at) && !details.is_taken(at + 1) && !elsewhere(at + 1))?;
    let inside = &text[open + 1..];
    let inside = &inside[..inside.find(')').unwrap_or(inside.len())];
    let (first, more) = match inside.split_once([',', ' ', '/', '|']) {
        Some((first, more)) => (first, more.contains('@') || more.contains("mailto")),
        None => (inside, false),
    };
    let alone = inside.trim() == first.trim();
    // Alone, a capitalised word is a company or a nickname as likely as not.
    let plain =
        first.chars().all(|c| !c.is_uppercase()) || first.chars().any(|c| c.is_ascii_digit() || c == '-') || alike(first, name);
    if !(more || (alone && plain)) {
        return None;
    }
    lone_handle(stretch.of(first.trim()))
}

fn lone_handle(text: Text<'_>) -> Option<Spanned<String>> {
    let said = text.as_str().trim_start_matches('@');
    let word = is_handle(said) && Role::from_words(said).is_none() && !Labels::get().is_placeholder(said);
    let known = [
        "he",
        "him",
        "she",
        "her",
        "they",
        "them",
        "irc",
        "slack",
        "mentor",
        "maintainer",
        "admin",
        "gsoc",
        "lfx",
        "optional",
        "confirmed",
        "tentative",
        "remote",
        "linkedin",
        "utc",
        "gmt",
        "cet",
        "est",
        "pst",
    ];
    let zone = ["utc-", "gmt-"].iter().any(|zone| said.get(..zone.len()).is_some_and(|start| start.eq_ignore_ascii_case(zone)));
    (word && !zone && !known.contains(&said.to_ascii_lowercase().as_str()))
        .then(|| Spanned::at(text.of(said).span(), said.to_owned()))
}

/// A role that stands after the name: `- Primary`, `(lead)`, `from Example - primary`.
fn role_in(rest: Text<'_>) -> Option<Spanned<Role>> {
    rest.as_str()
        .split(" - ")
        .flat_map(|part| part.split(['(', ')', '[', ']', ',', ';', ':', '–', '—']))
        .map(|part| part.trim().trim_matches(['-', '*', '.', ' ']))
        .find_map(|part| Some(Spanned::at(rest.of(part).span(), Role::from_words(part)?)))
}

/// The user that a GitHub URL names, if it leads to a user and not into a repository.
pub fn github_user(url: &str) -> Option<&str> {
    let rest = url.trim();
    let rest = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://")).unwrap_or(rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let path = rest.strip_prefix("github.com/").or_else(|| rest.strip_prefix("GitHub.com/"))?;
    let path = path.split(['?', '#']).next().unwrap_or(path).trim_end_matches('/');
    let path = path.strip_prefix('@').unwrap_or(path);
    is_handle(path).then_some(path)
}

/// GitHub's rule: letters, digits and single hyphens, none at an end, at most 39 characters.
/// Source: the sign-up form of <https://github.com>.
pub fn is_handle(text: &str) -> bool {
    // Old accounts may end in a hyphen; the form no longer allows it, reading does.
    !text.is_empty()
        && text.len() <= 39
        && !text.starts_with('-')
        && !text.contains("--")
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// True for `local@domain.tld`, as far as a mentor's address needs it.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    !local.is_empty()
        && local.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\''))
        && domain.contains('.')
        && domain.split('.').all(label)
        && domain.rsplit('.').next().is_some_and(|tld| tld.len() >= 2 && tld.chars().all(char::is_alphabetic))
}

/// The next address at or after `from`: which bytes it takes, and the address written out.
fn next_email(text: &str, from: usize) -> Option<(Range<usize>, String)> {
    if !may_hold_email(&text[from..]) {
        return None;
    }
    let words = email_words(&text[from..]);
    for (i, word) in words.iter().enumerate() {
        if let Some(address) = plain_email(word.text) {
            let at = from + word.start + (address.as_ptr() as usize - word.text.as_ptr() as usize);
            return Some((at..at + address.len(), address.to_owned()));
        }
        if word.is_at()
            && let Some((range, address)) = spelled_email(&words, i)
        {
            return Some((from + range.start..from + range.end, address));
        }
    }
    None
}

/// True if the text may hold an address: an `@` that begins no handle, or an `at` of its own, stands in it.
fn may_hold_email(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let is_handle = |at: usize| (at == 0 || b" ([<,".contains(&bytes[at - 1])) && is_letter(at + 1);
    let is_at = |a: usize| bytes[a].eq_ignore_ascii_case(&b'a') && (a == 0 || !is_letter(a - 1)) && !is_letter(a + 2);
    memchr::memchr_iter(b'@', bytes).any(|at| !is_handle(at))
        || memchr::memchr2_iter(b't', b'T', bytes).any(|t| t > 0 && is_at(t - 1))
}

struct Word<'a> {
    start: usize,
    text: &'a str,
}

impl<'a> Word<'a> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn bare(&self) -> &'a str {
        self.text.trim_matches(['(', ')', '[', ']', '{', '}', '<', '>', '_'])
    }

    fn is_at(&self) -> bool {
        // "Jane at Google" has one, too; but no address comes of it.
        self.bare().eq_ignore_ascii_case("at") || self.text == "@"
    }

    fn is_dot(&self) -> bool {
        self.bare().eq_ignore_ascii_case("dot")
    }
}

/// The words of a text; brackets around `at` and `dot` stay with them, all other brackets and commas separate.
fn email_words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if let Some(len) = mark(rest) {
            words.push(Word { start: at, text: &rest[..len] });
            at += len;
            continue;
        }
        let stop = |c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | ',' | ';' | '|' | '"' | '，' | '；' | '、' | '（' | '）'
                )
        };
        let len = rest
            .char_indices()
            .find(|&(i, c)| stop(c) || (c == '_' && i > 0 && mark(&rest[i..]).is_some()))
            .map_or(rest.len(), |(i, _)| i);
        if len == 0 {
            at += rest.chars().next().map_or(1, char::len_utf8);
        } else {
            words.push(Word { start: at, text: &rest[..len] });
            at += len;
        }
    }
    words
}

/// The length of an `(at)`, `[dot]`, `_at_` that `text` begins with.
fn mark(text: &str) -> Option<usize> {
    let open = *text.as_bytes().first()?;
    let close = match open {
        b'(' => ')',
        b'[' => ']',
        b'<' => '>',
        b'{' => '}',
        b'_' => '_',
        _ => return None,
    };
    let end = text[1..].find(close)? + 1;
    let inside = &text[1..end];
    let spelled = inside.eq_ignore_ascii_case("at") || inside.eq_ignore_ascii_case("dot") || inside == "@";
    spelled.then_some(end + 1)
}

fn plain_email(word: &str) -> Option<&str> {
    if !word.contains('@') {
        return None;
    }
    let word = word.strip_prefix("mailto:").unwrap_or(word).trim_matches(['*', '`', '\'', '.', '_', '-', ':', '!', '?', '/']);
    let word = word.rsplit_once(':').map_or(word, |(_, address)| address);
    is_email(word).then_some(word)
}

/// `jane (dot) doe (at) example (dot) org`, with the `(at)` at `words[at]`.
fn spelled_email(words: &[Word<'_>], at: usize) -> Option<(Range<usize>, String)> {
    let mut first = at.checked_sub(1)?;
    let mut local = words[first].text.to_owned();
    while first >= 2 && words[first - 1].is_dot() {
        first -= 2;
        local = format!("{}.{local}", words[first].text);
    }
    let mut last = at + 1;
    let mut domain = words.get(last)?.text.to_owned();
    while words.get(last + 1).is_some_and(Word::is_dot) && last + 2 < words.len() {
        last += 2;
        domain = format!("{domain}.{}", words[last].text);
    }
    let domain = domain.trim_end_matches(['.', '*', '_']);
    let address = format!("{}@{domain}", local.trim_start_matches(['*', '_']));
    is_email(&address).then(|| (words[first].start..words[last].end(), address))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::Outline;

    fn mentors(markdown: &str) -> Vec<String> {
        let outline = Outline::read(markdown, Span::new(0, markdown.len()));
        let mut mentors = Vec::new();
        for (node, text) in outline.texts(0..outline.nodes.len()) {
            for line in text.lines() {
                read(line, outline.nodes[node].depth > 0, &mut mentors);
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
    fn parallel_lists_are_read_apart() {
        let text = "@jane, jo42 , [@al](https://github.com/al)";
        let outline = Outline::read(text, Span::new(0, text.len()));
        let handles: Vec<_> = read_handles(outline.text(0)).into_iter().map(|handle| handle.value).collect();
        assert_eq!(handles, ["jane", "jo42", "al"]);
    }
}
