//! What the reader understood of a page: the ideas with their labels and values as Markdown, ready to be written anew, and
//! the facts that every variant must keep.

use std::collections::BTreeSet;

use mentorship_ideas::idea::Idea;
use mentorship_ideas::labels::Kind;
use mentorship_ideas::layout::{Draft, Entry, Shape, Tree};
use mentorship_ideas::prose::Text;
use mentorship_ideas::records::Style;
use mentorship_ideas::text::{Source, Span, Spanned};

/// A page, and what was understood of it.
pub(crate) struct Page {
    pub(crate) name: String,
    pub(crate) text: String,
    /// Where the Markdown begins: behind the front matter.
    pub(crate) body: Span,
    pub(crate) shape: Shape,
    pub(crate) is_html: bool,
    pub(crate) ideas: Vec<Known>,
    /// The headings written in the text, with their levels.
    pub(crate) headings: Vec<(Span, u8)>,
    /// Where labels of ideas stand.
    pub(crate) labels: Vec<(Span, Kind)>,
    /// Where what is said of mentors stands: labels and values.
    pub(crate) mentors: Vec<Span>,
}

/// An idea, as it can be written anew.
#[derive(Clone)]
pub(crate) struct Known {
    pub(crate) title: String,
    pub(crate) group: Option<String>,
    pub(crate) fields: Vec<Field>,
    /// Text without a label.
    pub(crate) text: Vec<String>,
    /// What variants are compared with.
    pub(crate) facts: Facts,
    /// Those of them that stand in title, group, fields and text: the page around may say more.
    pub(crate) own_facts: Facts,
}

/// A label and its value.
#[derive(Clone)]
pub(crate) struct Field {
    pub(crate) kind: Kind,
    pub(crate) label: String,
    /// The pieces of the value in Markdown, each with whether it is an item of a list.
    pub(crate) value: Vec<(String, bool)>,
}

/// The facts of an idea that are compared, each with its name.
pub(crate) type Facts = BTreeSet<(&'static str, String)>;

impl Page {
    /// Reads a page; `None` if it cannot be read.
    pub(crate) fn read(source: &Source) -> Option<Page> {
        let tree = Tree::read(source).ok()?;
        let seen = tree.inspect().ok()?;
        let facts = || seen.entries.iter().flat_map(|entry| &entry.draft.facts);
        let mut labels: Vec<(Span, Kind)> = facts().map(|fact| (fact.label.span(), fact.kind)).collect();
        labels.sort_by_key(|(span, _)| *span);
        labels.dedup_by_key(|(span, _)| *span);
        let mut mentors: Vec<Span> = Vec::new();
        for fact in facts().filter(|fact| is_of_mentors(fact.kind)) {
            // The head of a column says the same of other rows.
            if fact.style != Style::Cell {
                mentors.push(fact.label.span());
            }
            mentors.extend(fact.parts.iter().map(|part| with_links(part.text)));
        }
        mentors.sort_unstable();
        let headings = tree.document.nodes.iter().filter_map(|node| match node.kind {
            mentorship_ideas::document::Kind::Heading(level) => Some((node.span(), level)),
            _ => None,
        });
        Some(Page {
            name: source.path().file_stem().unwrap().to_string_lossy().into_owned(),
            text: source.text().to_owned(),
            body: tree.body(),
            shape: seen.shape,
            is_html: tree.is_html,
            ideas: seen.entries.iter().map(|entry| Known::of(source, entry)).collect(),
            headings: headings.collect(),
            labels,
            mentors,
        })
    }

    /// True if every idea has a title and two facts: what is written anew from less proves little.
    pub(crate) fn can_be_rewritten(&self) -> bool {
        let facts = |idea: &Known| idea.fields.iter().filter(|field| !field.value.is_empty()).count();
        self.shape != Shape::Export && self.ideas.iter().all(|idea| !idea.title.is_empty() && facts(idea) >= 2)
    }

    /// True for pages whose text can be changed without being understood: Markdown with ideas below headings and the like.
    pub(crate) fn is_free_text(&self) -> bool {
        self.shape == Shape::Markdown && !self.is_html
    }

    /// The text without what it says of mentors.
    pub(crate) fn damaged(&self) -> String {
        let (mut text, mut at) = (String::new(), 0);
        for span in &self.mentors {
            text.push_str(self.text.get(at..span.start).unwrap_or_default());
            at = at.max(span.end);
        }
        text + &self.text[at..]
    }
}

pub(crate) fn is_of_mentors(kind: Kind) -> bool {
    matches!(kind, Kind::Mentors | Kind::MentorHandles | Kind::MentorEmails)
}

impl Known {
    fn of(source: &Source, entry: &Entry<'_>) -> Known {
        let (idea, draft) = (&entry.idea, &entry.draft);
        let is_data = |style| style == Style::Key;
        let fields = draft.facts.iter().filter(|fact| fact.kind != Kind::Title || draft.title.is_some()).map(|fact| Field {
            kind: fact.kind,
            label: if fact.label.is_empty() { usual_label(fact.kind) } else { fact.label.flow() },
            value: fact
                .parts
                .iter()
                .map(|part| {
                    let text = if is_data(fact.style) { part.text.as_str().to_owned() } else { markdown(source, part.text) };
                    (text, part.listed)
                })
                .filter(|(text, _)| !text.is_empty())
                .collect(),
        });
        let text: Vec<String> = draft.loose.iter().map(|text| markdown(source, *text)).filter(|text| !text.is_empty()).collect();
        Known {
            title: escaped(&draft.title.map_or_else(|| idea.title.value.clone(), Text::flow)),
            group: draft.group.map(|group| escaped(&group.flow())),
            fields: fields.collect(),
            text,
            facts: facts(idea, |_| true),
            own_facts: facts(idea, |fact| stands_in(fact, draft)),
        }
    }
}

/// What is compared of an idea, if it stands where it should.
pub(crate) fn facts(idea: &Idea, stands: impl Fn(Option<Span>) -> bool) -> Facts {
    fn add<T>(
        facts: &mut Facts,
        name: &'static str,
        values: &[Spanned<T>],
        stands: impl Fn(Option<Span>) -> bool,
        said: impl Fn(&T) -> String,
    ) {
        facts.extend(values.iter().filter(|value| stands(value.span)).map(|value| (name, said(&value.value))));
    }
    let mut facts = Facts::from([("title", letters(&idea.title.value))]);
    add(&mut facts, "project", idea.project.as_slice(), &stands, |name| letters(name));
    for mentor in &idea.mentors {
        add(&mut facts, "mentor", mentor.name.as_slice(), &stands, Clone::clone);
        add(&mut facts, "github", mentor.github.as_slice(), &stands, Clone::clone);
        add(&mut facts, "email", mentor.email.as_slice(), &stands, Clone::clone);
    }
    add(&mut facts, "difficulty", &idea.difficulty, &stands, ToString::to_string);
    add(&mut facts, "hours", &idea.hours, &stands, ToString::to_string);
    add(&mut facts, "tag", &idea.tags, &stands, |tag| (*tag).to_owned());
    add(&mut facts, "upstream", &idea.upstream, &stands, Clone::clone);
    facts
}

/// True for a fact that was read from the title, the group, the fields or the text of an idea.
fn stands_in(fact: Option<Span>, draft: &Draft<'_>) -> bool {
    let values = draft.facts.iter().flat_map(|fact| fact.parts.iter().map(|part| part.text));
    let mut texts = draft.title.into_iter().chain(draft.group).chain(draft.loose.iter().copied()).chain(values);
    fact.is_some_and(|fact| texts.any(|text| with_links(text).start <= fact.start && fact.end <= with_links(text).end))
}

/// A title by its letters and digits alone.
pub(crate) fn letters(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The label of a column that has none.
fn usual_label(kind: Kind) -> String {
    let label = format!("{kind:?}");
    label.strip_prefix("Mentor").filter(|rest| rest.len() > 1).map_or(label.clone(), |rest| format!("Mentor {rest}"))
}

/// Where a text stands, with the whole of a link that begins or ends it.
fn with_links(text: Text<'_>) -> Span {
    let ends = [text.link_at(0), text.len().checked_sub(1).and_then(|end| text.link_at(end))];
    ends.into_iter().flatten().fold(text.span(), |span, link| span.join(link.span))
}

/// The Markdown that a text was read from, with the marks around it that belong to marks inside of it.
fn markdown(source: &Source, text: Text<'_>) -> String {
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    let page = source.text();
    let mut span = with_links(text);
    for mark in ["`", "**", "__", "*", "_", "~~"] {
        let inside = page[span.range()].matches(mark).count();
        let (before, after) = (page[..span.start].ends_with(mark), page[span.end..].starts_with(mark));
        if before && after && inside.is_multiple_of(2) {
            span = Span::new(span.start - mark.len(), span.end + mark.len());
        } else if before && inside % 2 == 1 {
            span.start -= mark.len();
        } else if after && inside % 2 == 1 {
            span.end += mark.len();
        }
    }
    // Lines of a quote or of a list are indented on the page.
    page[span.range()].lines().map(|line| line.trim_start_matches([' ', '\t', '>']).trim_end()).collect::<Vec<_>>().join("\n")
}

/// Plain text as Markdown.
fn escaped(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>#|~&".contains(c) {
            markdown.push('\\');
        }
        markdown.push(c);
    }
    markdown
}
