//! Who mentors: names, GitHub handles, addresses and roles, out of every way people write them, and what is odd about them.
//!
//! A mentor field is cut into people first (commas, `and`, slashes, line breaks, a closed parenthesis before the next
//! name), then each stretch is read: what is an address or a handle is taken out, and the name is what stands before.
//! Placeholders are nobody. What is malformed is told by [`Person::written`], for those who ask.

mod details;
mod email;
mod form;
mod handle;
mod lfid;
mod line;
mod name;
mod record;
mod role;
mod signs;
mod stretches;
mod written;

use borsh::{BorshDeserialize, BorshSerialize};
use rustc_hash::FxHashSet;
use schemars::JsonSchema;
use serde::Serialize;

use crate::labels::Labels;
use crate::prose::Text;
use crate::text::{Span, Spanned};

use details::Details;
pub use email::{emails, fault as email_fault, is_email};
pub use form::read_form_line;
pub use handle::{fault as handle_fault, github_user, is_handle};
pub use lfid::fault as lfid_fault;
pub use line::read;
use name::lone_handle;
pub use name::{begins_no_person, is_given_name, may_be_first_name};
pub use record::{Entry, Said, read_record};
pub use role::{Role, ends_in_role};
use stretches::stretches;
pub use written::{Fault, Gap, Part, Written, Wrong};

/// A person who mentors. At least one of `name`, `github` and `email` is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, BorshSerialize, BorshDeserialize)]
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

/// The people that a value names, and who is still to be found.
#[derive(Clone, Debug, Default)]
pub struct People<'a> {
    /// Everybody who stands there, in page order; also those of whom nothing but their faults is known.
    pub people: Vec<Person<'a>>,
    /// Words in place of a person: `TBD`.
    pub vacant: Vec<Text<'a>>,
    /// A list named somebody.
    listed: bool,
}

/// True for the next line of a paragraph that begins inside of a bracket, or with one, or with the last name of somebody: "and
/// Ada⏎Byron"; or with the address of whom the line ends with: "Ada Byron:⏎ada@example.org".
fn goes_on(line: Text<'_>, next: Text<'_>) -> bool {
    let names = |local: &str| {
        let mut words = line.as_str().split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 2);
        words.any(|word| local.to_lowercase().contains(&word.to_lowercase()))
    };
    // Behind a comma it may be the address of somebody else.
    if let Some((local, _)) = next.as_str().split([' ', '(']).next().and_then(|word| word.split_once('@'))
        && !local.is_empty()
        && (line.as_str().ends_with(':') || line.as_str().ends_with(',') && names(local))
    {
        return true;
    }
    let (said, next) = (stretches::last(line.as_str()), next.as_str());
    let (before, last) = said.rsplit_once(' ').unwrap_or_default();
    let is_joined = Labels::get().joining.people().any(|word| before.rsplit(' ').next() == Some(word));
    // "Python is needed" is no name.
    let end = next.find([',', '.', ';', '(', '<']).unwrap_or(next.len());
    if is_joined && name::is_plain_name(last) && name::is_plain_name(next[..end].trim()) {
        return true;
    }
    [('(', ')'), ('（', '）'), ('<', '>')].into_iter().any(|(open, close)| {
        let closes = || next.find(close).is_some_and(|at| next.find(open).is_none_or(|opens| at < opens));
        next.starts_with(open) || said.ends_with(open) || said.rfind(open) > said.rfind(close) && closes()
    })
}

impl<'a> People<'a> {
    /// The people that lines name; each line with whether it is an item of a list.
    pub fn read(lines: impl IntoIterator<Item = (Text<'a>, bool)>) -> Self {
        let mut people = People::default();
        let mut lines = lines.into_iter().peekable();
        while let Some((mut line, listed)) = lines.next() {
            // `Jane Doe (GitHub:`, or `Jane Doe` and `(@jane)` below it: a person goes on behind the line break.
            while let Some((next, _)) = lines.next_if(|(next, _)| next.block() == line.block() && goes_on(line, *next)) {
                line = line.through(next);
            }
            // "Ada Byron (@ada). There was a dark theme, somebody's weekend, and it flickers.": the lines of prose below name
            // nobody either.
            if let Some(end) = line::prose_behind(line) {
                read(line.cut(0..end), listed, &mut people);
                while lines.next_if(|(next, _)| next.block() == line.block() && line::is_prose(*next)).is_some() {}
                continue;
            }
            read(line, listed, &mut people);
        }
        people.join_handles();
        people.drop_initials();
        people
    }

    /// Gives those who have only a name the handle like it that is all that is known of the next person.
    fn join_handles(&mut self) {
        self.people.dedup_by(|next, last| {
            let (last, next) = (&mut last.mentor, &mut next.mentor);
            let (Mentor { name: Some(name), github: None, email: None, .. }, Mentor { name: None, github: Some(handle), .. }) =
                (&*last, &*next)
            else {
                return false;
            };
            let is_like = handle::alike(&handle.value, &name.value);
            if is_like {
                (last.github, last.email) = (next.github.take(), next.email.take());
            }
            is_like
        });
    }

    /// Drops what stands for the picture of somebody who is named, too: `AB`, `Ada Byron`.
    fn drop_initials(&mut self) {
        let names = self.people.iter().filter_map(|person| person.mentor.name.as_ref());
        let initials = |name: &str| name.split_whitespace().filter_map(|word| word.chars().next()).collect::<String>();
        let initials: FxHashSet<String> =
            names.map(|name| initials(&name.value)).filter(|of| of.chars().nth(1).is_some()).collect();
        self.people.retain(|person| {
            let Mentor { name, github: None, email: None, .. } = &person.mentor else { return true };
            name.as_ref().is_none_or(|name| !initials.contains(&name.value))
        });
    }

    /// True if nothing stands there.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.vacant.is_empty()
    }

    /// Those of whom something is known.
    pub fn mentors(&self) -> impl Iterator<Item = &Mentor> {
        self.people.iter().map(|person| &person.mentor).filter(|mentor| !mentor.is_nobody())
    }
}

/// A person as they stand in a value.
#[derive(Clone, Debug)]
pub struct Person<'a> {
    /// What is known of them.
    pub mentor: Mentor,
    place: Place<'a>,
}

/// Where a person was read.
#[derive(Clone, Debug)]
enum Place<'a> {
    /// In a line, in these words.
    Line(Text<'a>),
    /// In data: what it says, key by key.
    Record(Vec<Entry<'a>>),
}

impl<'a> Person<'a> {
    /// Takes the handle and the address that stand in a line about them.
    pub fn take_details(&mut self, line: Text<'a>) {
        let details = Details::read(line);
        self.mentor.github = self.mentor.github.take().or(details.github);
        self.mentor.email = self.mentor.email.take().or(details.email);
    }

    /// How they are written: what is malformed, and what is missing.
    pub fn written(&self) -> Written<'a> {
        match &self.place {
            Place::Line(text) => signs::written(*text, &self.mentor),
            Place::Record(entries) => record::written(entries, &self.mentor),
        }
    }
}

/// What is malformed in a line that lists nothing but handles, or addresses.
pub fn faults_of_list(line: Text<'_>) -> Vec<Fault<'_>> {
    signs::written(line, &Mentor::default()).faults
}

/// The handles that a list of handles names (`@jane, @jo`), in order.
pub fn read_handles(value: Text<'_>) -> Vec<Spanned<String>> {
    let mut found = Vec::new();
    for line in value.lines() {
        for stretch in stretches(line) {
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
        .flat_map(|line| stretches(line).into_iter().filter_map(|stretch| Details::read(stretch).email).collect::<Vec<_>>())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    fn mentors(markdown: &str) -> Vec<String> {
        let document = Document::read(markdown, Span::new(0, markdown.len()));
        let texts = document.texts(0..document.nodes.len());
        let people = People::read(
            texts
                .flat_map(|(node, text)| text.lines().map(move |line| (node, line)))
                .map(|(node, line)| (line, document.nodes[node].depth > 0)),
        );
        let show = |fact: &Option<Spanned<String>>| fact.as_ref().map_or("-".to_owned(), |fact| fact.value.clone());
        people
            .mentors()
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
            ("@jane_r (Jane Roe), [@jo](https://forum.example.org/u/jo) (Jo Roe)", &["Jane Roe|-|-", "Jo Roe|-|-"]),
            ("jane@example.org (Jane Roe)", &["Jane Roe|-|jane@example.org"]),
            ("@jane_r (on vacation in May)", &["jane_r|-|-"]),
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
            ("looking for a second mentor, for now @jane", &["-|jane|-"]),
            ("Looking for mentors, ask @jane", &[]),
            ("Jane Doe, a librarian (to be announced)", &["Jane Doe|-|-"]),
            ("[Jane Doe](https://github.com/jane)([Jay](https://chat.example/jay)on Slack)", &["Jane Doe|jane|-"]),
            ("Contact mentors for submission requirements.", &[]),
            ("tbd.", &[]),
        ] {
            assert_eq!(mentors(text), meaning, "{text}");
        }
    }

    #[test]
    fn people_among_other_words_mean() {
        let mut wrong = Vec::new();
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
            ("For the Parser & Indexer (A, B):", &[]),
            ("Ada Byron, @Jo Roe, @al", &["Ada Byron|-|-", "Jo Roe|-|-", "-|al|-"]),
            ("Ada B. is a developer of ours and leads the project.", &["Ada B.|-|-"]),
            (": Ada Byron", &["Ada Byron|-|-"]),
            (
                "Ada Byron (ada2 -at- example.org) and Jo Roe (jo -at- example.org)",
                &["Ada Byron|-|ada2@example.org", "Jo Roe|-|jo@example.org"],
            ),
            ("[Ada Byron](ada@example.org)", &["Ada Byron|-|ada@example.org"]),
            ("[Ada Byron](https://example.org/pages/ada@example.org)", &["Ada Byron|-|ada@example.org"]),
            ("[Ada Byron](https://gitlab.example.org/ada)", &["Ada Byron|-|-"]),
            ("MUC at trees@example.org", &[]),
            ("Ada Byron, MUC at trees@example.org", &["Ada Byron|-|-"]),
            ("Ada Byron, trees@conference.example.org", &["Ada Byron|-|-"]),
            ("Hui Byron @Hui Byron, Jo Roe @jo", &["Hui Byron|-|-", "Jo Roe|jo|-"]),
            ("theada), Jo Roe (@jo)", &["Jo Roe|jo|-"]),
            ("Ada Byron, Jo Roe or, in June, Al Poe", &["Ada Byron|-|-", "Jo Roe|-|-", "Al Poe|-|-"]),
            ("Ada Byron an Jo Roe", &["Ada Byron|-|-", "Jo Roe|-|-"]),
            ("[Ada Byron](https://github.com/ada)[Jo Roe](https://github.com/jo-r)", &["Ada Byron|ada|-", "Jo Roe|jo-r|-"]),
            (
                "[Ada Byron](mailto:ada@example.org)[Jo Roe](https://github.com/jo-r)",
                &["Ada Byron|-|ada@example.org", "Jo Roe|jo-r|-"],
            ),
            (
                "[Ada](https://github.com/ada)- Stand-in:[Jo Roe](https://github.com/jo-r)",
                &["Ada|ada|-", "Jo Roe|jo-r|- [co-mentor]"],
            ),
            ("Ada ByronCo-mentor: Jo Roe", &["Ada Byron|-|-", "Jo Roe|-|- [co-mentor]"]),
            ("Ada Byron (@ada)Co-mentor: Jo Roe (@jo)", &["Ada Byron|ada|-", "Jo Roe|jo|- [co-mentor]"]),
            ("Ada Byron Backup mentor: Jo Roe", &["Ada Byron|-|-", "Jo Roe|-|- [co-mentor]"]),
            ("Tobias van der Slack, Sam Github Byron", &["Tobias van der Slack|-|-", "Sam Github Byron|-|-"]),
            ("Ada Byron (GitHub: adab)", &["Ada Byron|adab|-"]),
            ("Ada Byron (gh: adab, mail: ada@example.org)", &["Ada Byron|adab|ada@example.org"]),
            ("Ada Byron (adab on GitHub)", &["Ada Byron|adab|-"]),
            ("Ada Byron (GitHub: see below)", &["Ada Byron|-|-"]),
            ("Ada Byron (Telegram @adab)", &["Ada Byron|-|-"]),
            ("Ada Byron, https://github.com/countess, Jo Roe, https://github.com/jr", &["Ada Byron|countess|-", "Jo Roe|jr|-"]),
            ("Ada Byron @ada Jo Roe @jo", &["Ada Byron|ada|-", "Jo Roe|jo|-"]),
            ("Ada Byron / ada@example.org", &["Ada Byron|-|ada@example.org"]),
            ("Ada Byron. Backup: Jo Roe", &["Ada Byron|-|-", "Jo Roe|-|- [co-mentor]"]),
            ("Ada Byron (1st), Jo Roe (possible), Al Poe et al.", &["Ada Byron|-|-", "Jo Roe|-|-", "Al Poe|-|-"]),
            ("Possibly Ada Byron, Jo Roe, et al.", &["Ada Byron|-|-", "Jo Roe|-|-"]),
            ("Ada Byron ada@example.org Jo Roe jo@example.org", &["Ada Byron|-|ada@example.org", "Jo Roe|-|jo@example.org"]),
            ("Ada Byron • Jo Roe · Al Poe", &["Ada Byron|-|-", "Jo Roe|-|-", "Al Poe|-|-"]),
            ("Ada Byron¹, Jo Roe†, Al Poe?", &["Ada Byron|-|-", "Jo Roe|-|-", "Al Poe|-|-"]),
            ("Ada Byron (volunteer), Jo Roe (staff), Al Poe (external)", &["Ada Byron|-|-", "Jo Roe|-|-", "Al Poe|-|-"]),
            ("t.b.a.", &[]),
            ("Ada Byron, reachable at ada@example.org", &["Ada Byron|-|ada@example.org"]),
            ("Ada Byron (GitHub username: adab)", &["Ada Byron|adab|-"]),
            ("Ada Byron @ Engines Inc, Jo Roe @ Mills", &["Ada Byron|-|-", "Jo Roe|-|-"]),
            ("Ada @ adab", &["Ada|adab|-"]),
            ("2 mentors: Ada Byron, Jo Roe", &["Ada Byron|-|-", "Jo Roe|-|-"]),
            ("Interested? Write to Ada Byron", &[]),
            ("currently nobody, ask on the list", &[]),
            ("None confirmed", &[]),
            ("This post is mirrored on", &[]),
            ("Ada Byron is the author of the parser / Formatter, Printer and Lexer of ours.", &["Ada Byron|-|-"]),
            ("*[truncated]*", &[]),
        ] {
            let read = mentors(text);
            if read != *meaning {
                wrong.push(format!("{text}\n  want {meaning:?}\n  read {read:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn people_between_hyphens_and_broken_lines_mean() {
        let mut wrong = Vec::new();
        for (text, meaning) in [
            (
                "Ada Byron <ada@example.org> - Jo Roe <jo@example.org>",
                &["Ada Byron|-|ada@example.org", "Jo Roe|-|jo@example.org"][..],
            ),
            (
                "Ada Byron - ada@example.org - Jo Roe - jo@example.org",
                &["Ada Byron|-|ada@example.org", "Jo Roe|-|jo@example.org"],
            ),
            (
                "Ada Byron ([ada@example.org](mailto:ada@example.org)) - Jo Roe ([jo](https://github.com/jo))",
                &["Ada Byron|-|ada@example.org", "Jo Roe|jo|-"],
            ),
            ("Ada Byron (@ada) - Engines Inc, Jo Roe (@jo)", &["Ada Byron|ada|-", "Jo Roe|jo|-"]),
            (
                "Ada Byron <\n[ada@example.org](mailto:ada@example.org)> - Jo Roe <\n[jo@example.org>](mailto:jo@example.org)",
                &["Ada Byron|-|ada@example.org", "Jo Roe|-|jo@example.org"],
            ),
            ("Ada Byron (\n[adab](https://example.org/p/adab)), Jo Roe", &["Ada Byron|-|-", "Jo Roe|-|-"]),
            ("Jo Roe, Ada Byron\n(@ada), Bo Chen (GitHub:\n@bo)", &["Jo Roe|-|-", "Ada Byron|ada|-", "Bo Chen|bo|-"]),
            ("Ada Byron (ada\nBo Chen (@bo)", &["Ada Byron|ada|-", "Bo Chen|bo|-"]),
        ] {
            let found = mentors(text);
            wrong.extend((found != meaning).then(|| format!("{text}: {found:?}")));
        }
        assert_eq!(wrong, [""; 0]);
    }

    #[test]
    fn strangers_mean() {
        let mut wrong = Vec::new();
        for (text, meaning) in [
            // Roles before names.
            ("Lead: Ada Lovell", &["Ada Lovell|-|- [primary]"][..]),
            ("Primary: Bo Chen, Cy Diaz", &["Bo Chen|-|- [primary]", "Cy Diaz|-|-"]),
            ("Primary - Bo Chen (@bo)", &["Bo Chen|bo|- [primary]"]),
            ("Co-mentors: Bo Chen, Cy Diaz", &["Bo Chen|-|- [co-mentor]", "Cy Diaz|-|- [co-mentor]"]),
            ("Fallback: Di Evans", &["Di Evans|-|- [co-mentor]"]),
            ("Backup 1: Di Evans", &["Di Evans|-|- [co-mentor]"]),
            ("Support: TBC", &[]),
            ("Ada Lovell (@ada); Backup: TBD", &["Ada Lovell|ada|-"]),
            ("Main mentor Ada Lovell, second mentor Bo Chen", &["Ada Lovell|-|- [primary]", "Bo Chen|-|- [co-mentor]"]),
            ("Dr. Ada Lovell, PhD, Prof. Dr. Bo Chen", &["Ada Lovell|-|-", "Bo Chen|-|-"]),
            ("Lovell, Ada; Chen, Bo", &["Lovell, Ada|-|-", "Chen, Bo|-|-"]),
            ("Ada Lovell, Bo Chen (all @example.org)", &["Ada Lovell|-|-", "Bo Chen|-|-"]),
            // Names that are joined.
            ("[Ada](https://github.com/ada-l)and[Bo](https://github.com/bo-c)", &["Ada|ada-l|-", "Bo|bo-c|-"]),
            ("[Ada](https://github.com/ada-l),[Bo](https://github.com/bo-c)", &["Ada|ada-l|-", "Bo|bo-c|-"]),
            (
                "[Bo Chen](https://github.com/bochen)- Fallback:[Ada Lovell](https://github.com/adalovell)",
                &["Bo Chen|bochen|-", "Ada Lovell|adalovell|- [co-mentor]"],
            ),
            (
                "[Ada Lovell](https://github.com/adalovell) with help from [Bo Chen](https://github.com/bochen).",
                &["Ada Lovell|adalovell|-", "Bo Chen|bochen|-"],
            ),
            ("Ada Lovell w/ support from Bo Chen", &["Ada Lovell|-|-", "Bo Chen|-|-"]),
            ("Ada Lovell together with Bo", &["Ada Lovell|-|-", "Bo|-|-"]),
            ("Ada Lovell with Acme", &["Ada Lovell|-|-"]),
            ("Ada Lovell Bo Chen, or Cy May Diaz", &["Ada Lovell|-|-", "Bo Chen|-|-", "Cy May Diaz|-|-"]),
            ("Ada Lovell Bo Chen Cy Diaz", &["Ada Lovell|-|-", "Bo Chen|-|-", "Cy Diaz|-|-"]),
            ("Juan Carlos Diaz Evans", &["Juan Carlos Diaz Evans|-|-"]),
            ("Juan Carlos Diaz Evans or Bo Chen", &["Juan Carlos Diaz Evans|-|-", "Bo Chen|-|-"]),
            ("Mentors 1. Ada Lovell 2) Bo Chen", &["Ada Lovell|-|-", "Bo Chen|-|-"]),
            // Names, handles and addresses.
            (
                "Ada Lovell, adalovell, ada@example.org; Bo Chen, bochen, bo@example.org",
                &["Ada Lovell|adalovell|ada@example.org", "Bo Chen|bochen|bo@example.org"],
            ),
            ("Ada Lovell, adalovell, ada@example.org", &["Ada Lovell|adalovell|ada@example.org"]),
            (
                "Ada Lovell (a.lovell @example.org), Bo Chen (b.chen @example.org)",
                &["Ada Lovell|-|a.lovell@example.org", "Bo Chen|-|b.chen@example.org"],
            ),
            ("@ada.lovell @bo.chen", &["ada.lovell|-|-", "bo.chen|-|-"]),
            ("@ada_l", &["ada_l|-|-"]),
            ("Ada Lovell (@ada.lovell)", &["Ada Lovell|-|-"]),
            ("[Ada_L](https://example.org/p/Ada_L/),[BoC](https://example.org/p/BoC/)", &["Ada_L|-|-", "BoC|-|-"]),
            ("Zi Chen(Jesse Roe)", &["Zi Chen(Jesse Roe)|-|-"]),
            ("Zi Chen(Jesse Roe) (@zichen)", &["Zi Chen(Jesse Roe)|zichen|-"]),
            ("{zach, weller}@cs.example.org", &["-|-|zach@cs.example.org", "-|-|weller@cs.example.org"]),
            (
                "Zach Ade, Bo Weller {zach, weller}@cs.example.org",
                &["Zach Ade|-|zach@cs.example.org", "Bo Weller|-|weller@cs.example.org"],
            ),
            ("[Ada](https://www.google.com/url?q=https://github.com/ada-l&sa=D)", &["Ada|ada-l|-"]),
            // Surnames that begin like something else.
            (
                "Nathan Mailer, Jo Webb, Kim Githens, Al Slacker",
                &["Nathan Mailer|-|-", "Jo Webb|-|-", "Kim Githens|-|-", "Al Slacker|-|-"],
            ),
            ("Al Slacker (@al-s)", &["Al Slacker|al-s|-"]),
            ("Al Roe (@al_r on Slack)", &["Al Roe|-|-"]),
            ("Al Roe Slack: alroe", &["Al Roe|-|-"]),
            // Nobody.
            ("None agreed, though all of the [team](https://example.org) will assist.", &[]),
            (
                "Do not mail maintainers for hints. So, the first step is to ask on [Issue 19](https://github.com/o/r/issues/19).",
                &[],
            ),
            ("Join the Lumen Slack", &[]),
            ("see below", &[]),
            ("the whole team", &[]),
            ("175 hours", &[]),
            ("Algebra", &[]),
            ("Rust", &[]),
            ("Medium (@175h)", &[]),
            ("Large", &[]),
            ("https://chat.example.org/#room", &[]),
            ("[the chat](https://example.org/chat)", &[]),
            ("Ada Lovell, University of Bremen", &["Ada Lovell|-|-"]),
            ("Ada Lovell, Acme Inc.", &["Ada Lovell|-|-"]),
            ("March, May 2026", &[]),
            ("Ada, Julia, May", &["Ada|-|-", "Julia|-|-", "May|-|-"]),
            ("The Lumen project", &[]),
            ("TBD", &[]),
        ] {
            let found = mentors(text);
            wrong.extend((found != meaning).then(|| format!("{text}: {found:?}")));
        }
        assert_eq!(wrong, [""; 0]);
    }

    /// What is malformed in a line of mentors, as `PART: TEXT (WHY)`.
    fn faults(markdown: &str) -> Vec<String> {
        let document = Document::read(markdown, Span::new(0, markdown.len()));
        let people = People::read(document.text(0).lines().map(|line| (line, false)));
        let why = |wrong: &Wrong<'_>| match wrong {
            Wrong::Cannot(why) => (*why).to_owned(),
            Wrong::Nobody => "nobody".to_owned(),
            Wrong::Bare => "no `@`".to_owned(),
            Wrong::Url(user) => format!("URL of {user}"),
            Wrong::Mailto(_) => "mailto".to_owned(),
            Wrong::Behind(tail) => format!("behind: {}", tail.as_str()),
            Wrong::Spelled(address) => address.clone(),
        };
        let mut said: Vec<String> = people.vacant.iter().map(|text| format!("vacant: {}", text.as_str())).collect();
        for person in &people.people {
            let written = person.written();
            let faults = written.faults.iter();
            said.extend(faults.map(|fault| format!("{:?}: {} ({})", fault.part, fault.text.as_str(), why(&fault.wrong))));
            said.extend(written.gaps.iter().map(|_| "comma: gap".to_owned()));
            said.extend(written.no_handle.map(|_| format!("{}: no handle", written.shown)));
            said.extend(written.no_email.map(|_| format!("{}: no address", written.shown)));
        }
        said
    }

    #[test]
    fn faults_are_told() {
        let mut wrong = Vec::new();
        for (text, told) in [
            ("Bo Reed (@boreed, bo@example.org)", &[][..]),
            ("Bo Reed (boreed, bo@example.org)", &["Handle: boreed (no `@`)"]),
            ("Bo Reed (@boreed)", &["Bo Reed: no address"]),
            ("Bo Reed", &["Bo Reed: no handle", "Bo Reed: no address"]),
            ("Bo Reed (@bo_reed, bo@example.org)", &["Handle: @bo_reed (handles have only letters, digits and hyphens)"]),
            ("Bo Reed (@boreed, bo@example)", &["Email: bo@example (what stands behind the `@` is no domain)"]),
            ("Bo Reed (@boreed, b.reed @example.org)", &["Email: b.reed @example.org (addresses have no spaces)"]),
            ("Bo Reed (@boreed, bo (at) example.org)", &[]),
            ("Bo Reed (@boreed, bo@example.org.)", &["Email: bo@example.org. (behind: .)"]),
            ("Bo Reed (@boreed, mailto:bo@example.org)", &["Email: mailto:bo@example.org (mailto)"]),
            ("Bo Reed (@boreed bo@example.org)", &["comma: gap"]),
            ("Bo Reed (@TBD, bo@example.org)", &["Handle: @TBD (nobody)"]),
            ("Co-mentor: TBD", &["vacant: Co-mentor: TBD"]),
            ("Bo Reed (@boreed, bo@example.org), TBD", &["vacant: TBD"]),
            ("Support: TBC, Bo Reed (@boreed, bo@example.org)", &["vacant: Support: TBC"]),
            ("@ada.lovell", &["Handle: @ada.lovell (handles have only letters, digits and hyphens)", "ada.lovell: no address"]),
        ] {
            let found = faults(text);
            wrong.extend((found != told).then(|| format!("{text}: {found:?}")));
        }
        assert_eq!(wrong, [""; 0]);
    }

    #[test]
    fn many_people_are_read_in_one_pass() {
        let start = std::time::Instant::now();
        for pattern in ["(a@b.org ", "<a@b.org> ", "A B, ab, a@b.org, ", "(@a,@b http://x/ ", "[A](https://github.com/a) and "] {
            let text = pattern.repeat(200_000 / pattern.len());
            let document = Document::read(&text, Span::new(0, text.len()));
            let people = People::read(document.text(0).lines().map(|line| (line, false)));
            let faults: usize = people.people.iter().map(|person| person.written().faults.len()).sum();
            assert!(people.people.len() + faults > 0, "{pattern}");
        }
        // Debug builds and busy machines take their time; comparing each with each would take minutes.
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }

    #[test]
    fn parallel_lists_are_read_apart() {
        let text = "@jane, jo42 , [@al](https://github.com/al)";
        let document = Document::read(text, Span::new(0, text.len()));
        let handles: Vec<_> = read_handles(document.text(0)).into_iter().map(|handle| handle.value).collect();
        assert_eq!(handles, ["jane", "jo42", "al"]);
    }
}
