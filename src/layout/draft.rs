//! From labelled text to an [`Idea`]: the one place where fields of every layout become facts.
//!
//! A [`Draft`] is also what the linter looks at: the same labels and values, before they are understood.

use std::ops::Range;

use crate::document::{self, Document};
use crate::idea::{
    Anchor, Difficulty, Idea, Mentor, Place, Prerequisites, Program, Proposal, Role, Status, Term, difficulty, link, mentor,
    size, skill, status,
};
use crate::labels::{Kind, Labels};
use crate::prose::Text;
use crate::records::label::label;
use crate::records::{Part, Style, known_label};
use crate::text::{Source, Span, Spanned, plain_letters};

use super::legend::Legend;
use super::{Entry, description, proposal, title};

/// A labelled value, wherever it comes from.
#[derive(Debug)]
pub struct Fact<'a> {
    /// What the label announces.
    pub kind: Kind,
    /// The label, without the mark that ends it: a heading, a word, a key; empty for a cell whose column is labelled.
    pub label: Text<'a>,
    /// How the label is written.
    pub style: Style,
    /// The value, piece by piece; none if nothing stands behind the label.
    pub parts: Vec<Part<'a>>,
}

impl<'a> Fact<'a> {
    pub(super) fn new(kind: Kind, label: Text<'a>, style: Style, mut parts: Vec<Part<'a>>) -> Self {
        parts.shrink_to_fit();
        Fact { kind, label, style, parts }
    }

    /// The people that the value names; none unless its label announces people.
    pub fn people(&self) -> mentor::People<'a> {
        if self.kind == Kind::Mentors { mentor::People::read(self.lines()) } else { mentor::People::default() }
    }

    /// Everything from the label to the end of the value.
    pub fn span(&self) -> Span {
        self.parts.last().map_or(self.label.span(), |last| self.label.span().join(last.text.span()))
    }

    /// The value's lines, and whether each is part of a list.
    pub fn lines(&self) -> impl Iterator<Item = (Text<'a>, bool)> + '_ {
        self.parts.iter().flat_map(|part| part.text.lines().map(|line| (line, part.listed)))
    }

    /// The value as one text; `None` if it is empty, a placeholder, a URL or a sentence.
    pub(super) fn name(&self) -> Option<Spanned<String>> {
        let mut items = self
            .lines()
            .map(|(line, _)| before_address(line))
            .map(|line| line.trim_matches(|c| c.is_whitespace() || matches!(c, '*' | '_' | '`' | ',' | ';' | ':' | '.')))
            .filter(|line| !line.is_empty() && !Labels::get().is_placeholder(line.as_str()));
        let first = items.next()?;
        let (mut last, mut name, mut commas) = (first, first.flow(), 0);
        for item in items {
            last = item;
            name.push_str(", ");
            name.push_str(&item.flow());
            commas += 2;
        }
        let is_sentence = || {
            let ends = self.lines().last().is_some_and(|(line, _)| line.as_str().trim_end().ends_with('.'));
            ends && name.split_whitespace().nth(MOST_WORDS_OF_NAME).is_some()
        };
        (name.len() - commas <= 200 && !is_sentence()).then(|| Spanned::at(first.span_to(last), name))
    }
}

/// What ends in a full stop and has more words is a sentence.
const MOST_WORDS_OF_NAME: usize = 12;

/// A name without the address that is written out behind it: "Lantern (https://…)", "Lantern - https://…".
pub(super) fn before_address(line: Text<'_>) -> Text<'_> {
    let Some(at) = line.as_str().find("://") else { return line };
    let before = line.as_str()[..at].trim_end_matches(char::is_alphanumeric);
    let name = before.trim_end().trim_end_matches(['(', '[', '<', '（', '“', '"', '-', '–', '—', ':', ',']).trim_end();
    // In "see https://… for details" it is a part of the sentence.
    let ends = line.as_str()[at..].split_whitespace().nth(1).is_none();
    if ends { line.cut(0..name.len()) } else { line.cut(0..0) }
}

/// What a layout found out about one idea.
#[derive(Debug, Default)]
pub struct Draft<'a> {
    /// The title, where it is no fact with a label.
    pub title: Option<Text<'a>>,
    /// The node of the document that opens the idea: a heading, or a bold line that stands for one.
    pub heading: Option<usize>,
    /// Nothing on the page names it: it is called by the beginning of its text.
    pub(super) untitled: bool,
    /// A size that stood in the title.
    pub(super) marker: Option<Text<'a>>,
    /// What stands in titles of the page are levels: "(medium)" beside "(hard)" is no size.
    pub(super) leveled: bool,
    /// What a heading says of all ideas below it: its text, and whether that is a size, a level or both.
    pub(super) grade: Option<(Kind, Text<'a>)>,
    /// What the page says of all its ideas, for those that do not say it themselves.
    pub(super) of_all: Vec<(Kind, Text<'a>)>,
    /// The heading that it is filed under.
    pub group: Option<Text<'a>>,
    /// What is labelled, in page order.
    pub facts: Vec<Fact<'a>>,
    /// Mentors that were given one by one, not in a field: in data (an export), or by the heading above the idea.
    pub people: mentor::People<'a>,
    /// Canonical skills that were given beside the skills.
    pub(super) tags: Vec<Spanned<&'static str>>,
    /// Those of them that were said to be nice to have.
    pub(super) desirable: Vec<Spanned<&'static str>>,
    /// Where the description stands on the form: everything that was typed there.
    pub(super) typed: Option<Span>,
    /// What LFX asks of applicants, as the form or data says it.
    pub(super) prerequisites: Option<Box<Prerequisites>>,
    /// What LFX keeps of the proposal, as the form or data says it.
    pub(super) proposal: Option<Box<Proposal>>,
    /// Text that no label claims: the description, if no label announces one.
    pub loose: Vec<Text<'a>>,
    /// Those of them that a table labels with words that we do not know, in page order.
    pub(super) cells: Vec<Text<'a>>,
    /// The values are data (front matter, JSON): their text is what they say, escapes undone.
    pub(super) record: bool,
    /// On the LFX form and in the export: the first mentor is primary, and skills and technologies are told apart.
    pub(super) form: bool,
}

/// What an idea says of skills.
struct Skills {
    items: Vec<Spanned<String>>,
    tags: Vec<Spanned<&'static str>>,
    technologies: Vec<Spanned<String>>,
    desirable: Vec<&'static str>,
}

/// What a page says about all of its ideas.
#[derive(Clone, Debug, Default)]
pub(super) struct PageFacts {
    pub(super) organization: Option<Spanned<String>>,
    pub(super) program: Option<Spanned<Program>>,
    pub(super) term: Option<Spanned<Term>>,
    pub(super) url: Option<String>,
    /// What the marks beside its ideas mean.
    pub(super) legend: Legend,
    /// The scale of its ideas' difficulties, where they are numbers.
    pub(super) scale: Option<u32>,
}

impl<'a> Draft<'a> {
    pub(super) fn has(&self, kind: Kind) -> bool {
        self.facts.iter().any(|fact| fact.kind == kind && !fact.parts.is_empty())
    }

    fn facts(&self, kinds: &'static [Kind]) -> impl Iterator<Item = &Fact<'a>> + Clone {
        self.facts.iter().filter(|fact| kinds.contains(&fact.kind))
    }

    fn parts(&self, kinds: &'static [Kind]) -> impl Iterator<Item = Part<'a>> + '_ {
        self.facts(kinds).flat_map(|fact| fact.parts.iter().copied())
    }

    fn name(&self, kind: &'static [Kind]) -> Option<Spanned<String>> {
        self.facts(kind).find_map(Fact::name)
    }

    /// The idea with what it was read from, if it has a title.
    pub(super) fn into_entry(self, source: &Source, document: &Document, page: &PageFacts) -> Option<Entry<'a>> {
        Some(Entry { idea: self.finish(source, document, page)?, draft: self })
    }

    fn finish(&self, source: &Source, document: &Document, page: &PageFacts) -> Option<Idea> {
        let headline = self.title.or_else(|| self.labelled_title()).or_else(|| self.first_words())?;
        let headline = page.legend.without_mark(self.without_project(headline));
        let read = title::read(headline);
        let mut title = read.text.to_spanned();
        if self.untitled && self.labelled_title().is_none() && !is_sentence_end(headline) {
            title.value.push('…');
        }
        // "[Your project here]", "[Title]": a blank for others to fill in.
        let blank = title.value.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
        let is_blank = blank.is_some_and(|said| Labels::get().addresses(said) || Labels::get().kind(said).is_some());
        if title.value.is_empty() || is_blank {
            return None;
        }
        if self.form {
            // The name of a program is what is typed there.
            let typed = if self.record { None } else { super::form::typed(source, headline) };
            title = typed.unwrap_or_else(|| headline.trim().to_spanned());
        }
        let line = title.span.map_or(1, |span| source.line(span.start));
        let Skills { items: skills, tags, technologies, desirable } = self.skills();
        let upstream = self.upstream();
        let (description, summary, mut links) = self.description(source, document);
        let prerequisites = self.prerequisites.as_deref().filter(|asked| !asked.is_empty()).cloned();
        let proposal = self.proposal.as_deref().cloned().or_else(|| proposal::on_page(&self.facts));
        link::add(&mut links, proposal::links(proposal.as_ref(), prerequisites.as_ref()));
        link::without(&mut links, &upstream);
        let marker = self.marker.or(read.marker);
        let status = self.status(headline);
        let (hours, levels) = (self.size(marker, page), self.levels(marker, page));
        let project = self.name(&[Kind::Project]).or_else(|| self.group.map(|group| title::group(group).to_spanned()));
        let term = self.term().or_else(|| page.term.clone());
        let proposal = proposal.and_then(|proposal| {
            let project = project.as_ref().map(|project| project.value.as_str());
            let term = term.as_ref().map(|term| term.value.spelled());
            proposal::without_usual_name(proposal, project, &title.value, term.as_deref())
        });
        let mut idea = Idea {
            id: String::new(),
            organization: self.name(&[Kind::Organization]).or_else(|| page.organization.clone()),
            project,
            program: self
                .name(&[Kind::Program])
                .map(|name| name.map(|name| Program::from_name(&name)))
                .or_else(|| page.program.clone()),
            term,
            summary,
            outcomes: self.outcomes(),
            skills,
            tags,
            desirable,
            technologies,
            status,
            prerequisites: prerequisites.map(Box::new),
            proposal: proposal.map(Box::new),
            check: None,
            mentors: self.mentors(),
            difficulty: levels,
            hours,
            links,
            upstream,
            description,
            source: Place { path: source.path().to_string_lossy().into_owned(), url: None, line, anchor: self.anchor(document) },
            title,
            also: Vec::new(),
        };
        if let Some(url) = &page.url {
            idea.source.set_url(url);
        }
        // Lists are short and ideas many: room for more than they hold would be most of the memory.
        idea.mentors.shrink_to_fit();
        for list in [&mut idea.outcomes, &mut idea.skills, &mut idea.technologies, &mut idea.links, &mut idea.upstream] {
            list.shrink_to_fit();
        }
        idea.tags.shrink_to_fit();
        idea.difficulty.shrink_to_fit();
        idea.hours.shrink_to_fit();
        Some(idea)
    }

    /// Where marks stand that the page explains: the line of the title, and the fields for what they mean.
    fn marks(&self) -> impl Iterator<Item = Text<'a>> + '_ {
        let fields = self.parts(&[Kind::Difficulty, Kind::Size, Kind::DifficultyAndSize]).map(|part| part.text);
        let line = |title: Text<'a>| {
            let (line, _) = line_of(title);
            title.whole().cut(line)
        };
        self.title.map(line).into_iter().chain(fields)
    }

    /// What leads to the idea's heading.
    fn anchor(&self, document: &Document) -> Option<Anchor> {
        let heading = self.heading?;
        let own = document.anchor(heading).map(|anchor| Anchor::Own(anchor.into()));
        let titles = matches!(document.nodes[heading].kind, document::Kind::Heading(_));
        own.or_else(|| titles.then(|| Anchor::of_heading(document.text(heading).as_str())))
    }

    /// What an idea without a title begins with: a sentence, or as much of it as a title may be long.
    fn first_words(&self) -> Option<Text<'a>> {
        /// Titles are hardly longer.
        const MOST: usize = 12;
        let described = self.parts(&[Kind::Description]).map(|part| part.text);
        let says_enough = |text: &Text<'a>| text.as_str().split_whitespace().nth(3).is_some();
        let text = described.chain(self.loose.iter().copied()).find(says_enough).filter(|_| self.untitled)?;
        let mut end = 0;
        for word in text.as_str().split_whitespace().take(MOST) {
            end = text.of(word).offset_in(text) + word.len();
            if word.len() > 4 && word.ends_with(['.', '!', '?', ':']) {
                break;
            }
        }
        Some(text.cut(0..end))
    }

    /// How much work it is: what a label says, else the title, a heading above, a mark, the text, the page.
    fn size(&self, marker: Option<Text<'a>>, page: &PageFacts) -> Vec<Spanned<u32>> {
        let told = |hours: &Vec<Spanned<u32>>| !hours.is_empty();
        let in_title = || marker.filter(|_| !self.leveled).map(|marker| size::read(marker.cut(0..difficulty_at(marker))));
        let explained = || Some(vec![self.marks().find_map(|text| page.legend.hours(text))?]);
        Some(self.hours())
            .filter(told)
            .or_else(|| in_title().filter(told))
            .or_else(|| self.graded(Kind::Size).map(size::read).filter(told))
            .or_else(explained)
            .or_else(|| Some(self.hours_in_passing()).filter(told))
            .or_else(|| self.said_of_all(&[Kind::Size, Kind::DifficultyAndSize]).map(size::read))
            .unwrap_or_default()
    }

    /// How hard it is: what a label says, else a mark, the text, the title, a heading above, the page.
    fn levels(&self, marker: Option<Text<'a>>, page: &PageFacts) -> Vec<Spanned<Difficulty>> {
        let told = |levels: &Vec<Spanned<Difficulty>>| !levels.is_empty();
        let start = |marker| if self.leveled { 0 } else { level_at(marker) };
        let in_title = || marker.map(|marker| difficulty::read(marker.from(start(marker))));
        let explained = || Some(vec![self.marks().find_map(|text| page.legend.level(text))?]);
        let rated = || page.scale.map(|scale| difficulty::of_ratings(&self.ratings(), scale));
        Some(self.difficulty())
            .filter(told)
            .or_else(|| rated().filter(told))
            .or_else(explained)
            .or_else(|| Some(self.difficulty_in_passing()).filter(told))
            .or_else(|| in_title().filter(told))
            .or_else(|| self.graded(Kind::Difficulty).map(difficulty::read).filter(told))
            .or_else(|| self.said_of_all(&[Kind::Difficulty, Kind::DifficultyAndSize]).map(difficulty::read))
            .unwrap_or_default()
    }

    /// The heading above that says this of all ideas below it.
    fn graded(&self, kind: Kind) -> Option<Text<'a>> {
        self.grade.filter(|&(told, _)| told == kind || told == Kind::DifficultyAndSize).map(|(_, text)| text)
    }

    /// What the page says of all ideas under one of these labels.
    fn said_of_all(&self, kinds: &[Kind]) -> Option<Text<'a>> {
        self.of_all.iter().find(|(kind, _)| kinds.contains(kind)).map(|&(_, value)| value)
    }

    /// The first line of what a label announces as the title.
    pub(super) fn labelled_title(&self) -> Option<Text<'a>> {
        self.parts(&[Kind::Title]).next().and_then(|part| part.text.lines().next())
    }

    /// How far it is along: what a label says, or a marker in the title.
    fn status(&self, headline: Text<'a>) -> Option<Spanned<Status>> {
        let at = |text: Text<'a>, (range, status)| Spanned::at(text.cut(range).span(), status);
        let labelled = self.parts(&[Kind::Status]).find_map(|part| status::read(part.text));
        let in_title = || {
            let line = around(headline);
            Status::in_title(line.as_str()).map(|found| at(line, found))
        };
        labelled.or_else(in_title)
    }

    /// `[Kubeflow] Title` under the heading of Kubeflow.
    fn without_project(&self, title: Text<'a>) -> Text<'a> {
        let said = title.as_str();
        let inside = said.strip_prefix('[').and_then(|inner| inner.split_once(']'));
        match (inside, self.group) {
            (Some((inside, rest)), Some(group))
                if group.as_str().eq_ignore_ascii_case(inside.trim()) && !rest.trim().is_empty() =>
            {
                title.of(rest).trim()
            }
            _ => title,
        }
    }

    fn term(&self) -> Option<Spanned<Term>> {
        self.parts(&[Kind::Term]).find_map(|part| {
            let said = part.text.as_str();
            let (range, term) = Term::exact(said).map(|term| (0..said.len(), term)).or_else(|| Term::find(said))?;
            Some(Spanned::at(part.text.cut(range).span(), term))
        })
    }

    fn mentors(&self) -> Vec<Mentor> {
        let mut mentors: Vec<Mentor> = self.people.mentors().cloned().collect();
        // A field of nothing but addresses beside one of people is a contact: of the only one who has none, or of nobody.
        let mut contacts = Vec::new();
        // Where in `mentors` the one person of the field before begins, if it names one.
        let mut before: Option<usize> = None;
        for fact in self.facts(&[Kind::Mentors]) {
            let mut people: Vec<Mentor> = fact.people().mentors().cloned().collect();
            let is_contact = |mentor: &Mentor| mentor.name.is_none() && mentor.github.is_none();
            // "How to contact the mentor: jane@example.org, `jd` on IRC" says more of the person before it.
            if is_how_to_contact(fact) {
                people.retain(|person| person.email.is_some());
                for person in &mut people {
                    (person.name, person.github) = (None, None);
                }
            }
            // "Mentor contact: reach out to @ada and @bo on our chat", where another label names the mentors.
            if !mentors.is_empty() && says_contact(fact) {
                people
                    .retain(|person| person.email.is_some() || person.name.as_ref().is_some_and(|name| name.value.contains(' ')));
            }
            let only = (people.len() == 1).then_some(mentors.len());
            if !people.iter().all(is_contact) {
                mentors.append(&mut people);
                before = only;
                continue;
            }
            let before = before.take().filter(|&at| mentors.get(at).is_some_and(|person| person.email.is_none()));
            let email = people.first().filter(|_| only.is_some()).and_then(|contact| contact.email.clone());
            // Of several people, it is that of the one whose name it holds.
            let named = || {
                let email = email.as_ref()?;
                let from = mentors.len().saturating_sub(FAR);
                mentors[from..].iter().position(|mentor| may_have(mentor, &email.value)).map(|at| from + at)
            };
            match before.map(|before| named().unwrap_or(before)) {
                Some(at) if email.is_some() => mentors[at].email = email,
                _ => contacts.append(&mut people),
            }
        }
        // Lists that run in parallel to the names.
        let handles: Vec<_> = self.parts(&[Kind::MentorHandles]).flat_map(|part| mentor::read_handles(part.text)).collect();
        let emails: Vec<_> = self.parts(&[Kind::MentorEmails]).flat_map(|part| mentor::read_emails(part.text)).collect();
        let longest = handles.len().max(emails.len());
        if mentors.is_empty() && longest > 0 {
            mentors.resize_with(longest, Mentor::default);
        }
        for (mentor, handle) in mentors.iter_mut().zip(handles) {
            mentor.github.get_or_insert(handle);
        }
        for (mentor, email) in mentors.iter_mut().zip(emails) {
            mentor.email.get_or_insert(email);
        }
        match (mentors.as_mut_slice(), contacts.as_slice()) {
            ([], _) => mentors = contacts,
            ([only], [contact]) => only.email = only.email.take().or_else(|| contact.email.clone()),
            // Of several, each address is of the one whose name it holds.
            (several, contacts) => {
                for email in contacts.iter().filter_map(|contact| contact.email.as_ref()) {
                    if let Some(mentor) = several.iter_mut().find(|mentor| may_have(mentor, &email.value)) {
                        mentor.email = Some(email.clone());
                    }
                }
            }
        }
        let mut kept: usize = 0;
        for at in 0..mentors.len() {
            if mentors[kept.saturating_sub(FAR)..kept].iter().all(|known| !known.is_same_as(&mentors[at])) {
                mentors.swap(kept, at);
                kept += 1;
            }
        }
        mentors.truncate(kept);
        if let Some(all) = self.said_of_all(&[Kind::Mentors]).filter(|_| mentors.is_empty()) {
            mentors.extend(mentor::People::read(all.lines().map(|line| (line, false))).mentors().cloned());
        }
        if self.form {
            for (i, mentor) in mentors.iter_mut().enumerate() {
                mentor.role.get_or_insert(Spanned::nowhere(if i == 0 { Role::Primary } else { Role::CoMentor }));
            }
        }
        mentors
    }

    /// Skills and technologies, and the tags of both. Data tells skills from technologies, as the form does.
    fn skills(&self) -> Skills {
        const KINDS: &[Kind] = &[Kind::Skills, Kind::Technologies];
        let (mut items, mut tags, mut technologies) = (Vec::new(), Vec::new(), Vec::new());
        // What all ideas need, each needs beside its own.
        let of_all = self.said_of_all(KINDS);
        for text in self.parts(KINDS).map(|part| part.text).chain(of_all) {
            skill::Skills::get().named_in(text, &mut tags);
        }
        let fields = self.facts(&[Kind::Skills, Kind::Technologies]).flat_map(|fact| {
            let label = fact.label.as_str();
            fact.parts.iter().map(move |part| (label, part.text))
        });
        let desirable = match self.desirable.as_slice() {
            [] => skill::Desirable::of(fields),
            given => given.iter().map(|tag| tag.value).collect(),
        };
        let read = |kinds: &'static [Kind], items: &mut Vec<Spanned<String>>| {
            let parts = self.parts(kinds).map(|part| (part.text, part.listed));
            let own = self.parts(KINDS).next().is_some();
            for (text, listed) in parts.chain(self.said_of_all(kinds).filter(|_| !own).map(|text| (text, false))) {
                for line in skill::lines(text) {
                    skill::read_items(without_label(line), listed, items);
                }
            }
        };
        read(&[Kind::Technologies], &mut technologies);
        if self.form || self.record {
            read(&[Kind::Skills], &mut items);
            if items.is_empty() {
                items.clone_from(&technologies);
            }
        } else {
            read(&[Kind::Skills, Kind::Technologies], &mut items);
        }
        let given: Vec<_> = self.tags.iter().filter(|given| tags.iter().all(|known| known.value != given.value)).collect();
        tags.extend(given.into_iter().cloned());
        Skills { items, tags, technologies, desirable }
    }

    fn upstream(&self) -> Vec<Spanned<String>> {
        let urls = urls(self.parts(&[Kind::Upstream]));
        if !urls.is_empty() {
            return urls;
        }
        // "Tracking issue", as the text of a link to one, on a line of nothing but links.
        let parts = self.facts.iter().flat_map(|fact| &fact.parts).map(|part| part.text);
        let lines = self.loose.iter().copied().chain(parts).flat_map(Text::lines);
        let named: Vec<_> = lines.filter_map(issue_link).flat_map(link::read).collect();
        if !named.is_empty() {
            return named;
        }
        // A paragraph that is nothing but a link to an issue.
        let mut issues = self.loose.iter().filter(|text| {
            let is_issue = |url: &str| url.contains("/issues/") || url.contains("/pull/");
            text.links().next().is_some_and(|(range, link)| range == (0..text.len()) && is_issue(&link.url))
        });
        // Several such lines are a list of something else.
        match (issues.next(), issues.next()) {
            (Some(issue), None) => link::read(*issue),
            _ => Vec::new(),
        }
    }

    /// The numbers that rate its difficulty.
    pub(super) fn ratings(&self) -> Vec<Spanned<u32>> {
        self.parts(&[Kind::Difficulty])
            .map(|part| difficulty::rating(part.text))
            .find(|read| !read.is_empty())
            .unwrap_or_default()
    }

    fn difficulty(&self) -> Vec<Spanned<Difficulty>> {
        let mut levels: Vec<Spanned<Difficulty>> = Vec::new();
        for part in self.parts(&[Kind::Difficulty, Kind::DifficultyAndSize]) {
            // After the level, paragraphs explain; a list goes on.
            if levels.is_empty() || part.listed {
                levels.extend(difficulty::read(part.text));
            }
        }
        levels.sort_by_key(|level| level.value);
        levels.dedup_by_key(|level| level.value);
        levels
    }

    fn hours(&self) -> Vec<Spanned<u32>> {
        // "There are three sizes: …" beside the idea's own.
        let values = |fact: &Fact<'a>| -> Vec<u32> {
            fact.parts.iter().flat_map(|part| size::read(part.text)).map(|hours| hours.value).collect()
        };
        let is_menu = |fact: &Fact<'a>| values(fact).into_iter().eq(size::named());
        let states_own = self.facts(&[Kind::Size]).any(|fact| !values(fact).is_empty() && !is_menu(fact));
        let facts = self.facts(&[Kind::Size]).filter(|fact| !states_own || !is_menu(fact));
        let parts = facts.flat_map(|fact| fact.parts.iter().copied());
        let is_ticked = |part: &Part<'_>| part.text.as_str().contains("[x]");
        let ticked = parts.clone().any(|part| is_ticked(&part));
        let chosen = parts.filter(|part| !ticked || is_ticked(part));
        let mut hours: Vec<_> =
            chosen.flat_map(|part| size::read(part.text).into_iter().map(move |hours| (part, hours))).collect();
        // "Medium" beside "350 h" is the size of that, or of nothing.
        let is_number = |part: &Part<'a>| part.listed || part.text.as_str().bytes().any(|byte| byte.is_ascii_digit());
        if hours.iter().any(|(part, _)| is_number(part)) {
            hours.retain(|(part, _)| is_number(part));
        }
        let mut hours: Vec<_> = hours.into_iter().map(|(_, hours)| hours).collect();
        if hours.is_empty() {
            // `Difficulty: Hard, 350 hours`
            let besides = self.parts(&[Kind::DifficultyAndSize, Kind::Difficulty]);
            hours.extend(besides.flat_map(|part| size::read_with_unit(part.text)));
        }
        hours.sort_by_key(|hours| hours.value);
        hours.dedup_by_key(|hours| hours.value);
        hours
    }

    /// Where texts end in the size or in facts between parentheses, or have them on their first line: those that no label claims,
    /// and the description.
    fn asides(&self) -> impl Iterator<Item = Text<'a>> + '_ {
        let described = self.parts(&[Kind::Description]).map(|part| part.text).filter(|_| !self.form);
        let texts = self.loose.iter().copied().chain(described);
        let in_brackets = |text: Text<'a>| text.lines().next().filter(|line| line.as_str().starts_with(['(', '[']));
        texts.filter_map(move |text| aside(text).or_else(|| in_brackets(text).and_then(aside)))
    }

    /// A clause of its own beside the hours, or a badge.
    fn difficulty_in_passing(&self) -> Vec<Spanned<Difficulty>> {
        // The LFX form does not ask for it, and the export says the same as the form.
        if self.form {
            return Vec::new();
        }
        let aside = self.asides().map(difficulty::read).find(|levels| !levels.is_empty());
        // A badge: a line that says nothing else, among others of few words. A long text may end in "large files", too.
        let is_short = |text: &Text<'a>, most: usize| text.as_str().split_whitespace().nth(most).is_none();
        // "Medium to hard", "Medium / Hard"
        let levels =
            |text: &Text<'a>| text.as_str().split_whitespace().filter(|word| Difficulty::from_word(word).is_some()).count();
        let badge = |text: &Text<'a>| is_short(text, 2) || is_short(text, 3) && levels(text) == 2;
        let are_badges = |text: &&Text<'a>| text.lines().all(|line| is_short(&line, 4));
        // What stands in brackets of its own; "Priority: high" tells no difficulty.
        let unlabelled = self.facts(&[Kind::Other]).filter(|fact| fact.label.is_empty());
        let other = unlabelled.flat_map(|fact| fact.parts.iter().map(|part| part.text));
        let lines = self.loose.iter().filter(are_badges).flat_map(|text| text.lines());
        let mut badges = lines.chain(other).filter(badge).map(difficulty::read);
        aside
            .or_else(|| badges.find(|levels| !levels.is_empty()))
            .or_else(|| self.texts().find_map(difficulty::in_sentence))
            .unwrap_or_default()
    }

    /// "1 contributor, full-size (350 hours).": a short line of its own, with the unit; or the only hours of a text, if they
    /// are those of a size: "… and takes 350 hours."
    fn hours_in_passing(&self) -> Vec<Spanned<u32>> {
        let of_size = |text: &Text<'a>| {
            let hours = size::read_with_unit(*text);
            let all = !hours.is_empty() && hours.iter().all(|hours| size::word(hours.value).is_some());
            all.then_some(hours)
        };
        let short = |text: &Text<'a>| text.len() <= 80;
        let other = self.parts(&[Kind::Other, Kind::Status]).map(|part| part.text);
        let lines = self.loose.iter().copied().chain(other).filter(short);
        // "A soak test of 24 hours" tells no size.
        let of_project = |hours: &Vec<Spanned<u32>>| hours.iter().any(|hours| hours.value >= size::LEAST);
        self.asides()
            .chain(lines)
            .map(size::read_with_unit)
            .find(of_project)
            .or_else(|| self.texts().find_map(|text| of_size(&text)))
            .unwrap_or_default()
    }

    /// What has no label, and descriptions.
    fn texts(&self) -> impl Iterator<Item = Text<'a>> {
        self.loose.iter().copied().chain(self.parts(&[Kind::Description]).map(|part| part.text))
    }

    fn outcomes(&self) -> Vec<Spanned<String>> {
        let clean = |text: Text<'a>| {
            let start = text.as_str().find(|c: char| c.is_alphanumeric() || "(\"'“`<[".contains(c)).unwrap_or(text.len());
            text.from(start).trim()
        };
        self.parts(&[Kind::Outcomes])
            .map(|part| clean(part.text))
            .filter(|text| !text.is_empty() && !Labels::get().is_placeholder(text.as_str()))
            .map(Text::to_spanned)
            .collect()
    }

    /// The description as Markdown, its first sentence or two as text, and where it and the links lead.
    fn description(
        &self,
        source: &Source,
        document: &Document,
    ) -> (Option<Spanned<String>>, Option<String>, Vec<Spanned<String>>) {
        let mut texts: Vec<Text<'a>> = self.parts(&[Kind::Description]).map(|part| part.text).collect();
        // Among others a placeholder is one more sentence.
        if self.typed.is_none() && texts.iter().all(|text| Labels::get().stands_for_nothing(text.as_str())) {
            texts.clear();
        }
        let data = self.record && !texts.is_empty();
        let summed_up = if texts.is_empty() { self.loose.clone() } else { texts.clone() };
        if !data && !self.form {
            let loose = self.loose.iter().copied().filter(|text| texts.is_empty() || !states_in_short(*text));
            let others: Vec<Text<'a>> = loose.chain(self.other_prose()).collect();
            texts.extend(others);
            texts.sort_by_key(|text| text.span().start);
            // "Budget | none": without its label a short value says nothing, unless it is all that there is.
            let is_cell = |text: &Text<'a>| self.cells.binary_search_by_key(&text.span().start, |cell| cell.span().start).is_ok();
            let is_value = |text: &Text<'a>| word_count(*text) < PROSE && is_cell(text);
            if !texts.iter().all(is_value) {
                texts.retain(|text| !is_value(text));
            }
        }
        // "19 | 542 | February 24, 2026", "ATLAS:"
        let says_little = || texts.iter().flat_map(|text| words(*text)).nth(1).is_none();
        if !self.has(Kind::Description)
            && says_little()
            && !texts.iter().any(|text| Labels::get().stands_for_nothing(text.as_str()))
        {
            texts.clear();
        }
        let loose = self.loose.iter().map(|&text| Part { text, listed: false });
        let (Some(first), Some(last)) = (texts.first(), texts.last()) else {
            return (None, None, urls(self.parts(&[Kind::Links, Kind::Website]).chain(loose)));
        };
        let span = first.span_to(*last);
        if data {
            let markdown = texts.iter().map(|text| text.as_str().trim()).collect::<Vec<_>>().join("\n\n");
            let mut links = urls(self.parts(&[Kind::Links, Kind::Website]).chain(loose));
            let summary = description::in_data(&markdown, span, &mut links);
            return (Some(Spanned::at(span, markdown)), summary, links);
        }
        let typed = self.typed.filter(|_| first.quote().is_none() && !document.is_html(*first));
        let span = typed.unwrap_or(span);
        let markdown =
            typed.map_or_else(|| description::on_page(source, document, &texts), |typed| source.slice(typed).to_owned());
        let links = urls(self.parts(&[Kind::Links, Kind::Website, Kind::Description]).chain(loose));
        (Some(Spanned::at(span, markdown)), description::summary(&summed_up), links)
    }

    /// Prose under labels of no fact, with these: "Background: …", "## Why now". What tells the status in a word is none.
    fn other_prose(&self) -> impl Iterator<Item = Text<'a>> + '_ {
        let is_prose = |fact: &&Fact<'a>| {
            let words: usize = fact.parts.iter().map(|part| word_count(part.text)).sum();
            !matches!(fact.style, Style::Cell | Style::Key) && words >= PROSE
        };
        let texts = |fact: &'_ Fact<'a>| {
            let mut texts = vec![fact.label];
            for part in &fact.parts {
                match texts.last_mut().filter(|last| last.block() == part.text.block()) {
                    Some(last) => *last = last.through(part.text),
                    None => texts.push(part.text),
                }
            }
            texts.retain(|text| !text.is_empty());
            texts
        };
        self.facts(&[Kind::Other, Kind::Status]).filter(is_prose).flat_map(texts)
    }
}

/// The words of a text: two letters or more, and nothing else.
fn words(text: Text<'_>) -> impl Iterator<Item = &str> {
    let words = text.as_str().split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.chars().nth(1).is_some() && word.chars().all(char::is_alphabetic))
}

/// A value of fewer words is no prose.
const PROSE: usize = 8;

/// True for "Dress code: apron": a label of no fact we know, and no prose.
fn states_in_short(text: Text<'_>) -> bool {
    label(text, Style::Line).is_some_and(|found| found.ended && (1..PROSE).contains(&word_count(found.value)))
}

fn word_count(text: Text<'_>) -> usize {
    text.as_str().split_whitespace().count()
}

/// True if a sentence ends with a text, or nothing follows it.
fn is_sentence_end(text: Text<'_>) -> bool {
    text.as_str().ends_with(['.', '!', '?', ':']) || text.offset_in(text.whole()) + text.len() == text.whole().len()
}

/// A title with the markers around it: its line, unless more than that stands there.
fn around(title: Text<'_>) -> Text<'_> {
    /// Longer text before or behind a title is no marker.
    const MARKER: usize = 40;
    let (line, at) = line_of(title);
    let end = at + title.len();
    let start = if at - line.start > MARKER { at } else { line.start };
    title.whole().cut(start..if line.end - end > MARKER { end } else { line.end })
}

/// The line that a title stands in, and where it begins: both in the whole block.
fn line_of(title: Text<'_>) -> (Range<usize>, usize) {
    let whole = title.whole();
    let at = title.offset_in(whole);
    let (before, after) = (&whole.as_str()[..at], &whole.as_str()[at + title.len()..]);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let end = after.find('\n').map_or(whole.len(), |len| at + title.len() + len);
    (start..end, at)
}

/// Among how many people before them somebody is looked for who may be the same: more than any idea has.
const FAR: usize = 50;

/// True for somebody without an address whose name is in this one.
fn may_have(mentor: &Mentor, email: &str) -> bool {
    mentor.email.is_none() && mentor.name.as_ref().is_some_and(|name| holds_name(email, &name.value))
}

/// True for an address that holds the family name of a person, or the beginning of it, or is the first name:
/// `ada.byron@example.org`, `wein@example.org` of Ada Weinberg, `grace@example.org` of Grace Hopper.
fn holds_name(email: &str, name: &str) -> bool {
    let local = plain_letters(email.split('@').next().unwrap_or_default());
    let family = plain_letters(name.rsplit(' ').next().unwrap_or_default());
    let first = || plain_letters(name.split(' ').next().unwrap_or_default());
    family.len() > 2 && local.contains(&family) || local.len() > 3 && (family.starts_with(&local) || local == first())
}

/// Where the level begins in a marker: behind the word for it, or at once where nothing tells a size (`[Hard]`).
fn level_at(marker: Text<'_>) -> usize {
    if size::read(marker).is_empty() { 0 } else { difficulty_at(marker) }
}

/// True for a label that asks for an address and not for a name.
fn is_how_to_contact(fact: &Fact<'_>) -> bool {
    fact.label.as_str().get(..3).is_some_and(|how| how.eq_ignore_ascii_case("how"))
}

/// True for a label that says how somebody is reached.
fn says_contact(fact: &Fact<'_>) -> bool {
    let mut words = fact.label.as_str().split(|c: char| !c.is_alphanumeric());
    words.any(|word| word.eq_ignore_ascii_case("contact"))
}

/// Where a title's marker stops to tell the size and begins to tell the difficulty: `medium/large, difficulty: hard`.
fn difficulty_at(marker: Text<'_>) -> usize {
    difficulty::measure_at(marker).unwrap_or(marker.len())
}

/// Where a text ends in its size or level.
pub(super) fn aside(text: Text<'_>) -> Option<Text<'_>> {
    size_aside(text).or_else(|| remark_of_facts(text))
}

/// The last sentence of a text, or the only one, if it tells little but the hours: "… in Rust. 175 or 350 hours; fairly
/// difficult."
fn size_aside(text: Text<'_>) -> Option<Text<'_>> {
    let said = text.as_str();
    if !said.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let before = said.trim_end_matches('.').rfind(['.', '!', '?']).map(|at| at + 1);
    // "350 h (large)" alone tells no level.
    let start = before.or_else(|| said.contains([';', ',']).then_some(0))?;
    let last = text.from(start).trim();
    let labelled = || matches!(known_label(last, Style::Line), Some((Kind::Size | Kind::DifficultyAndSize, _)));
    // "Easy, 90 hours, mentored by …"
    let graded = || last.as_str().split_once(',').is_some_and(|(level, _)| Difficulty::from_word(level).is_some());
    let begins = last.as_str().starts_with(|c: char| c.is_ascii_digit() || c == '~') || labelled() || graded();
    let begins = begins && last.len() <= 100;
    (begins && !size::read_with_unit(last).is_empty()).then_some(last)
}

/// A line of a skills field without the label that it begins with, if that says only how much is asked for: "Required: Go".
fn without_label(line: Text<'_>) -> Text<'_> {
    /// Longer texts before a colon are no label, in words.
    const LONGEST: usize = 4;
    let Some((label, rest)) = line.as_str().split_once(':') else { return line };
    let label = label.trim_matches(|c: char| !c.is_alphanumeric());
    let is_short = !label.contains('(') && label.split_whitespace().nth(LONGEST).is_none();
    let skills = skill::Skills::get();
    let is_label = || matches!(Labels::get().kind(label), Some(Kind::Skills | Kind::Technologies)) || skills.wishes(label);
    // "Rust experience preferred: async"
    let asks = || is_label() && skills.tags_of(label).is_empty();
    if is_short && !rest.trim().is_empty() && !rest.starts_with("//") && asks() { line.of(rest).trim() } else { line }
}

/// What stands between brackets at the end of a text, if it is a level or a size, alone or beside others and skills: `(hard)`,
/// `[medium, C]`.
fn remark_of_facts(text: Text<'_>) -> Option<Text<'_>> {
    /// Such a remark is short, in bytes.
    const LONGEST: usize = 60;
    let (_, remark) = text.of(text.as_str().trim_end_matches(['.', ' '])).last_brackets()?;
    if remark.len() > LONGEST {
        return None;
    }
    let told: Vec<&str> = remark.as_str().split([',', ';']).map(str::trim).collect();
    let words = |said: &str| said.split_whitespace().count();
    let names_level = |said: &str| said.split(' ').any(|word| Difficulty::from_word(word).is_some());
    // "easy to medium"
    let is_level = |said: &str| match difficulty::read(remark.of(said)).len() {
        1 => words(said) < 3 && names_level(said),
        2 => words(said) < 4 && names_level(said),
        _ => false,
    };
    let is_size = |said: &str| {
        if !said.contains(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let hours = size::read_with_unit(remark.of(said));
        !hours.is_empty() && hours.iter().all(|hours| size::word(hours.value).is_some())
    };
    let grades = |said: &&str| is_level(said) || is_size(said);
    let is_fact = |said: &&str| grades(said) || skill::Skills::get().canonical(said).is_some();
    // Several levels are what there is to choose from.
    let is_told = told.iter().any(grades) && told.iter().filter(|said| is_level(said)).count() < 2;
    (is_told && told.iter().all(is_fact)).then_some(remark)
}

/// The link of a line of nothing but links that is named as an issue is, and leads to one: "Tracking issue".
fn issue_link(line: Text<'_>) -> Option<Text<'_>> {
    let said = line.as_str();
    let silent = |between: &str| !between.contains(char::is_alphanumeric);
    let mut end = 0;
    let parted = line.links().all(|(range, _)| silent(&said[std::mem::replace(&mut end, range.end)..range.start]));
    let name = |range: &Range<usize>| said[range.clone()].trim_matches(|c: char| !c.is_alphanumeric());
    let is_issue = |range: &Range<usize>, url: &str| {
        link::shortened(url).is_some() && Labels::get().kind(name(range)) == Some(Kind::Upstream)
    };
    let found = line.links().find(|(range, link)| is_issue(range, &link.url)).map(|(range, _)| line.cut(range));
    found.filter(|_| parted && silent(&said[end..]))
}

fn urls<'a>(parts: impl Iterator<Item = Part<'a>>) -> Vec<Spanned<String>> {
    link::read_all(parts.map(|part| part.text))
}
