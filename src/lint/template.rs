//! What a programme's pages look like: `schemas/templates/*.toml`, each with an example page beside it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::catalog::Given;
use crate::labels::Kind;
use crate::layout::{Inspection, Shape};
use crate::records::Style;

use super::{Level, letters};

/// A programme's template.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Template {
    /// What users call it: its file's name.
    #[serde(skip)]
    pub name: String,
    /// A page that follows it; empty for a template of the user's.
    #[serde(skip)]
    pub example: &'static str,
    /// What it is, in a line.
    pub about: String,
    /// The programme whose pages follow it, if it is a programme's: `lfx`.
    #[serde(default)]
    pub program: Option<String>,
    /// The organizations whose pages follow it; of several templates of a programme, the one without any is for all others.
    #[serde(default)]
    pub organizations: Vec<String>,
    /// Whose list names the projects: `cncf`.
    #[serde(default)]
    pub projects: Option<String>,
    /// The shape of its pages.
    pub shape: Form,
    /// Whether its layout binds.
    pub layout: Layout,
    /// The level of a project's heading.
    #[serde(default, rename = "project_level")]
    pub project_level: Option<u8>,
    /// The level of an idea's heading.
    #[serde(default, rename = "idea_level")]
    pub idea_level: Option<u8>,
    /// The fields, in their order.
    pub field: Vec<Field>,
    /// Keys of front matter that are no fields and do no harm.
    #[serde(default)]
    pub keys: Vec<String>,
    /// What is asked of mentors.
    pub mentors: Mentors,
    /// What may not be exceeded.
    pub limits: TemplateLimits,
    /// What the template says where an idea should speak.
    pub placeholders: Placeholders,
}

/// The shape of a template's pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Markdown with a heading per idea and a bullet per field.
    Page,
    /// The LFX proposal form.
    Form,
    /// Front matter and a body.
    IdeaFile,
}

/// Whether a template's layout binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// Every page is held to it.
    Required,
    /// A page that follows it for the most part is held to it; others only have to say what is asked.
    Offered,
    /// There is none: a page only has to say what is asked.
    Free,
}

/// A field of a template.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// What it says.
    pub kind: Kind,
    /// Its label.
    pub label: String,
    /// Other labels that are as good.
    #[serde(default)]
    pub also: Vec<String>,
    /// When an idea must have it.
    pub asked: Asked,
    /// Words that show that an idea of another layout says it in its text: `deliverable`.
    #[serde(default)]
    pub said_by: Vec<String>,
    /// How serious it is if an idea does not have it: an error, unless the template says otherwise.
    #[serde(default = "error")]
    pub level: Level,
}

fn error() -> Level {
    Level::Error
}

/// When an idea must have a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// Always.
    Always,
    /// On pages in the template's layout.
    InLayout,
    /// Where most ideas of the page have it.
    Usual,
    /// Never.
    Never,
}

/// What is asked of mentors.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mentors {
    /// The least number of them.
    pub least: usize,
    /// How serious it is to have fewer, but one.
    pub least_level: Level,
    /// The greatest number of them.
    #[serde(default)]
    pub most: Option<usize>,
    /// Each has a GitHub handle.
    #[serde(default)]
    pub handle: bool,
    /// Each has an e-mail address.
    #[serde(default)]
    pub email: bool,
    /// Each has a Linux Foundation ID.
    #[serde(default)]
    pub lfid: bool,
    /// One of them is marked as primary.
    #[serde(default)]
    pub primary: bool,
}

/// What may not be exceeded; lengths in characters.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TemplateLimits {
    /// Length of the title as the programme shows it.
    #[serde(default)]
    pub title: Option<usize>,
    /// How the programme shows it: `{project}`, `{title}` and `{term}` stand for the idea's.
    #[serde(default)]
    pub title_as: Option<String>,
    /// Length of the description.
    #[serde(default)]
    pub description: Option<usize>,
    /// How many ideas an organization's page has at least, as `ideas report` asks; one, unless the template says otherwise.
    #[serde(default)]
    pub ideas: Option<usize>,
    /// How many ideas a project may propose in a term.
    #[serde(default)]
    pub quota: Option<usize>,
    /// The same for some projects, by their names in lower case.
    #[serde(default)]
    pub quotas: BTreeMap<String, usize>,
    /// How many upstream issues there are to be.
    #[serde(default)]
    pub upstream: Option<usize>,
    /// The sizes that the programme pays for, in hours.
    #[serde(default)]
    pub hours: Vec<u32>,
    /// The words for the levels of difficulty, if only these are wanted.
    #[serde(default)]
    pub difficulty: Vec<String>,
    /// Length of the name of a custom prerequisite.
    #[serde(default)]
    pub prerequisite_name: Option<usize>,
    /// Length of the description of a custom prerequisite.
    #[serde(default)]
    pub prerequisite_description: Option<usize>,
}

/// What the template says where an idea should speak.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Placeholders {
    /// Whole headings, values, or names, handles and addresses.
    pub text: Vec<Placeholder>,
    /// What stands in a new idea for its title.
    #[serde(default)]
    pub title: Option<String>,
    /// What stands there for its project.
    #[serde(default)]
    pub project: Option<String>,
    /// What stands there for a mentor.
    #[serde(default)]
    pub mentor: Option<String>,
}

/// Text of the template.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(from = "String")]
#[schemars(with = "String")]
pub struct Placeholder {
    /// As it is written.
    pub said: String,
    /// Its letters and digits, in lower case: by these it is known.
    pub letters: String,
    /// The first of them.
    first: Option<char>,
    /// Where it stands.
    pub place: Placed,
}

/// Where text of a template stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    /// A whole heading or value, a name, a handle, an address.
    Alone,
    /// A remark behind a value, after `#`.
    Remark,
    /// A sentence behind what people fill in.
    Sentence,
}

/// Longer text of a template is a sentence.
const SENTENCE: usize = 40;

impl From<String> for Placeholder {
    fn from(said: String) -> Self {
        let place = match said.as_bytes() {
            [b'#', ..] => Placed::Remark,
            said if said.len() > SENTENCE => Placed::Sentence,
            _ => Placed::Alone,
        };
        let letters = letters::letters(&said);
        Placeholder { first: letters.chars().next(), letters, said, place }
    }
}

macro_rules! template {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../schemas/templates/", $name, ".toml")),
            include_str!(concat!("../../schemas/templates/", $name, ".md")),
        )
    };
}

static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    [
        template!("lfx"),
        template!("cncf-gsoc"),
        template!("gsoc"),
        template!("ospp"),
        template!("plain"),
        template!("lfx-form"),
        template!("idea"),
    ]
    .into_iter()
    .map(|(name, text, example)| {
        // Built in and tested: a broken file never leaves our hands.
        Template { example, ..Template::read(name, text).expect("schemas/templates/*.toml are valid") }
    })
    .collect()
});

/// How much of an idea must look like the template for its page to be in its layout: half of its fields.
const HALF: usize = 2;

impl Template {
    /// A template in TOML, as those in `schemas/templates/` are; `name` is what users call it.
    ///
    /// # Errors
    ///
    /// It is no TOML, or no template.
    pub fn read(name: &str, text: &str) -> Result<Template, toml::de::Error> {
        toml::from_str(text).map(|template| Template { name: name.to_owned(), ..template })
    }

    /// All templates.
    pub fn all() -> &'static [Template] {
        &TEMPLATES
    }

    /// The template of a name.
    pub fn named(name: &str) -> Option<&'static Template> {
        TEMPLATES.iter().find(|template| template.name == name)
    }

    /// The template that a page should follow: by its shape, then by its programme, then by what it looks like most.
    /// `given` is what is known besides what the page says.
    pub fn of(seen: &Inspection<'_>, given: &Given) -> &'static Template {
        let form = match seen.shape {
            Shape::Form | Shape::Export => Form::Form,
            Shape::IdeaFile => Form::IdeaFile,
            Shape::Markdown | Shape::Profile => Form::Page,
        };
        let fitting = || TEMPLATES.iter().filter(move |template| template.shape == form);
        let programs = || seen.entries.iter().filter_map(|entry| entry.idea.program.as_ref());
        let stated = programs().find(|program| program.span.is_some()).map(|program| &program.value);
        let program = stated.or(given.program.as_ref()).or_else(|| programs().next().map(|program| &program.value));
        let of_program =
            |template: &&Template| program.is_some_and(|program| template.program.as_deref() == Some(program.as_str()));
        let stated = seen.entries.iter().find_map(|entry| entry.idea.organization.as_ref());
        let organization = given.organization.as_deref().or(stated.map(|organization| organization.value.as_str()));
        let own = |template: &&Template| match organization {
            _ if template.organizations.is_empty() => true,
            Some(name) => template.organizations.iter().any(|own| own.eq_ignore_ascii_case(name)),
            None => template.follows(seen),
        };
        fitting()
            .filter(of_program)
            .find(own)
            // Of equals the last; the CNCF's for GSoC asks for more, so an idea that has it all looks more like that one.
            .or_else(|| {
                let alike = fitting().filter(|template| template.layout != Layout::Free && program.is_none());
                alike.rev().max_by_key(|template| template.likeness(seen)).filter(|template| template.follows(seen))
            })
            // Nothing tells what a page without ideas is going to be.
            .or_else(|| fitting().next().filter(|_| seen.entries.is_empty()))
            // A page of nobody's layout is held to none.
            .or_else(|| fitting().find(|template| template.program.is_none()))
            .or_else(|| fitting().next())
            .unwrap_or(&TEMPLATES[0])
    }

    /// How many labels of the page are the template's own; what people may add tells nothing.
    fn likeness(&self, seen: &Inspection<'_>) -> usize {
        let facts = seen.entries.iter().flat_map(|entry| &entry.draft.facts);
        let own = || self.field.iter().filter(|field| field.asked != Asked::Never);
        facts.filter(|fact| own().any(|field| field.is_spelled(fact.label.as_str()))).count()
    }

    /// True if half of the page's labels are the template's.
    fn follows(&self, seen: &Inspection<'_>) -> bool {
        let labels: usize = seen.entries.iter().map(|entry| entry.draft.facts.len()).sum();
        labels > 0 && self.likeness(seen) * HALF >= labels
    }

    /// True if a page is to be held to the layout.
    pub fn binds(&self, seen: &Inspection<'_>) -> bool {
        match self.layout {
            Layout::Required => true,
            Layout::Free => false,
            Layout::Offered => {
                let (mut alike, mut all) = (0, 0);
                for fact in seen.entries.iter().flat_map(|entry| &entry.draft.facts) {
                    all += 1;
                    alike += usize::from(
                        fact.style == Style::Item && self.field.iter().any(|field| field.is_spelled(fact.label.as_str())),
                    );
                }
                alike * HALF > all
            }
        }
    }

    /// True for text of the template that was left in: a whole heading or value, a name, a handle or an address.
    pub fn is_placeholder(&self, text: &str) -> bool {
        // Most text is told apart by its first letter.
        let Some(first) = text.chars().find(|c| c.is_alphanumeric()) else { return false };
        let first = if first.is_ascii() { Some(first.to_ascii_lowercase()) } else { first.to_lowercase().next() };
        let mut known = self.placeholders.text.iter().filter(|known| known.first == first);
        known.any(|known| known.letters.chars().eq(letters::each_letter(text)))
    }

    /// The field of a kind; kinds that are read together have one.
    pub fn field(&self, kind: Kind) -> Option<&Field> {
        self.field
            .iter()
            .find(|field| field.kind == kind)
            .or_else(|| self.field.iter().find(|field| same(field.kind) == same(kind)))
    }
}

impl Field {
    /// The label, and those that are as good.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.label).chain(&self.also).map(String::as_str)
    }

    /// True if a label is one of the template's spellings, in any case.
    pub fn is_spelled(&self, label: &str) -> bool {
        self.label.eq_ignore_ascii_case(label) || self.also.iter().any(|other| other.eq_ignore_ascii_case(label))
    }
}

/// The kind, where those that say one thing count as one.
pub fn same(kind: Kind) -> Kind {
    match kind {
        Kind::Technologies | Kind::Tags => Kind::Skills,
        Kind::MentorHandles | Kind::MentorEmails => Kind::Mentors,
        kind => kind,
    }
}
