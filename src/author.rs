//! Ideas written as the text of a template: the way back from the model to a page.
//!
//! What comes in are finished [`Idea`]s and a [`Target`]; what goes out is a page's text, and what that page cannot hold.
//! Layout, labels and order are the template's (`schemas/templates/*.toml`, or a file of the user's); the sections of the LFX
//! form and the keys of the export are data, too. One shape of page, one file.
//!
//! Nothing is believed here: every idea is written the plain way first and read back by [`crate::layout`], as
//! everybody will read it. Where a fact comes back otherwise (a description that looks like fields, a title that sounds like
//! a label), another way of writing it is tried. What still differs in the end is a [`Loss`], and the caller says so.

mod as_written;
mod bullet;
mod export;
mod facts;
mod form;
mod idea_file;
mod insert;
mod left_alone;
mod loss_check;
mod markdown;
mod page;
mod proposal;
mod record;
mod rewrite;
mod unread;
mod values;
mod way;

use crate::idea::{Fact, Idea, Program};
use crate::labels::Kind;
use crate::layout;
use crate::lint::Template;
use crate::lint::template::{Form as Shape, same};
use crate::text::Source;

pub use facts::{Lost, differences};
pub use insert::{InsertError, insert};
pub use left_alone::{LeftAlone, Unwritten};
pub use rewrite::{Rewritten, rewrite};
pub use unread::{Unread, unread};
use way::{Manner, Way};

/// What ideas can be written as.
#[derive(Clone, Copy, Debug)]
pub enum Target<'t> {
    /// A page of a template.
    Template(&'t Template),
    /// The LFX export.
    Export,
    /// Our own JSON.
    Json,
}

impl Target<'_> {
    /// The labels that it writes.
    fn labels(&self) -> Vec<&str> {
        match self {
            Target::Template(template) => template.field.iter().map(|field| field.label.as_str()).collect(),
            Target::Export | Target::Json => Vec::new(),
        }
    }
}

/// The target that is no template: the LFX export.
const EXPORT: &str = "lfx-export";

/// The other one: our own JSON.
const JSON: &str = "json";

impl Target<'_> {
    /// The built-in target of a name.
    pub fn named(name: &str) -> Option<Target<'static>> {
        match name {
            EXPORT => Some(Target::Export),
            JSON => Some(Target::Json),
            name => Template::named(name).map(Target::Template),
        }
    }

    /// The names of the built-in targets.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Template::all().iter().map(|template| template.name.as_str()).chain([EXPORT, JSON])
    }

    /// What users call it.
    pub fn name(&self) -> &str {
        match self {
            Target::Template(template) => &template.name,
            Target::Export => EXPORT,
            Target::Json => JSON,
        }
    }

    /// The programme that all pages of this target are of.
    fn program(&self) -> Option<Program> {
        match self {
            Target::Template(Template { shape: Shape::Form, .. }) | Target::Export => Some(Program::Lfx),
            Target::Template(template) => template.program.as_deref().map(Program::from_name),
            Target::Json => None,
        }
    }

    /// False where a page is one idea: an idea file, the form.
    pub fn holds_many(&self) -> bool {
        !matches!(self, Target::Template(template) if template.shape != Shape::Page)
    }

    /// The ending of its files' names.
    pub fn extension(&self) -> &'static str {
        match self {
            Target::Template(_) => "md",
            Target::Export | Target::Json => "json",
        }
    }

    /// True if a page of this target has a place for a fact. Pages say organisation, programme and term in their heading.
    fn has_place(&self, what: Lost) -> bool {
        match self {
            Target::Json => true,
            Target::Export => !matches!(what, Lost::Fact(Fact::Program) | Lost::Desirable),
            Target::Template(template) => match (template.shape, what) {
                (Shape::IdeaFile | Shape::Page, Lost::Role) | (Shape::IdeaFile | Shape::Form, Lost::Lfid) => {
                    template.field(Kind::Mentors).is_some()
                }
                (Shape::Page, Lost::Lfid) | (Shape::Form, Lost::Role | Lost::Desirable | Lost::Fact(Fact::Program)) => false,
                (Shape::Page, Lost::Fact(Fact::Title | Fact::Term | Fact::Organization))
                | (Shape::Form, Lost::Fact(Fact::Prerequisites | Fact::Proposal)) => true,
                (Shape::Page, Lost::Fact(Fact::Program)) => template.program.is_none(),
                (Shape::Page, Lost::Fact(Fact::Project)) if template.project_level.is_some() => true,
                // Its own field, not that of the skills.
                (_, Lost::Fact(Fact::Technologies)) => template.field.iter().any(|field| field.kind == Kind::Technologies),
                (_, what) => what.kind().is_some_and(|kind| template.field(kind).is_some()),
            },
        }
    }
}

/// Something of an idea that is not on the page that was written, or reads otherwise there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The idea, by its place among those that were to be written.
    pub idea: usize,
    /// What of it.
    pub what: Lost,
    /// What the idea says and the page does not; without a value, the page only says more.
    pub gone: Vec<String>,
    /// False if the target has no place for it.
    pub has_place: bool,
}

/// A page that was written.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// Its text.
    pub text: String,
    /// What it does not hold, idea by idea.
    pub losses: Vec<Loss>,
}

/// How much of a page is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent<'a> {
    /// All of it.
    Page,
    /// All of it, with one idea that is still to be filled in: what it does not say is as the template has it.
    Draft,
    /// An entry with the heading of its project; what the idea does not say is as the template has it.
    Entry,
    /// The same below the headings of a page that exists; its own has this level.
    Within(u8),
    /// An idea of such a page anew: only what it says, and some of it as it stood there.
    Anew(u8, &'a [AsWritten]),
}

/// A value as it stood on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
struct AsWritten {
    /// What it says.
    kind: Kind,
    /// It began on the line of its label.
    beside: bool,
    /// Its Markdown.
    markdown: String,
}

impl<'a> Extent<'a> {
    /// The value of a kind as it stood there, if it is to be kept so.
    fn as_written(self, kind: Kind) -> Option<&'a AsWritten> {
        let Extent::Anew(_, kept) = self else { return None };
        kept.iter().find(|kept| kept.kind == same(kind))
    }

    /// The manner in which the plainest writing begins.
    fn manner(self) -> Manner {
        match self {
            Extent::Draft | Extent::Entry | Extent::Within(_) => Manner::default().with(Way::Blank),
            Extent::Page | Extent::Anew(..) => Manner::default(),
        }
    }
}

/// Writes ideas as one page of a target; only the first, if a page of it is one idea.
pub fn write(ideas: &[&Idea], target: &Target<'_>) -> Written {
    write_at(ideas, target, Extent::Page)
}

/// Writes a new page of a template with a new idea: what it does not say stands there as the template's placeholder.
pub fn draft(idea: &Idea, template: &Template) -> Written {
    write_at(&[idea], &Target::Template(template), Extent::Draft)
}

fn write_at(ideas: &[&Idea], target: &Target<'_>, extent: Extent<'_>) -> Written {
    let ideas = if target.holds_many() { ideas } else { &ideas[..ideas.len().min(1)] };
    let mut manners: Vec<Manner> = ideas
        .iter()
        .map(|idea| {
            way::settle(extent.manner(), |manner| cost(&[*idea], target, extent, &text_of(&[*idea], target, &[manner], extent)))
        })
        .collect();
    let mut text = text_of(ideas, target, &manners, extent);
    let mut losses = losses(ideas, target, extent, &text);
    // Ideas that were understood alone may not be among others: then every word counts.
    if ideas.len() > 1 && losses.iter().any(|loss| loss.has_place) {
        for loss in losses.iter().filter(|loss| loss.has_place) {
            manners[loss.idea] = manners[loss.idea].with(Way::Title).with(Way::Description).with(Way::Outcomes);
        }
        let safer = text_of(ideas, target, &manners, extent);
        let fewer = self::losses(ideas, target, extent, &safer);
        if fewer.len() < losses.len() {
            (text, losses) = (safer, fewer);
        }
    }
    Written { text, losses }
}

fn text_of(ideas: &[&Idea], target: &Target<'_>, manners: &[Manner], extent: Extent<'_>) -> String {
    match target {
        Target::Json => record::json(ideas),
        Target::Export => export::write(ideas),
        Target::Template(template) => match (template.shape, ideas, manners) {
            (Shape::Page, ..) => page::write(ideas, template, manners, extent),
            (Shape::Form, [idea, ..], [manner, ..]) => form::write(idea, *manner),
            (Shape::IdeaFile, [idea, ..], [manner, ..]) => idea_file::write(idea, template, *manner),
            (Shape::Form | Shape::IdeaFile, ..) => String::new(),
        },
    }
}

/// How much of the ideas a text does not say.
fn cost(ideas: &[&Idea], target: &Target<'_>, extent: Extent<'_>, text: &str) -> usize {
    losses(ideas, target, extent, text)
        .iter()
        .filter(|loss| loss.has_place)
        .map(|loss| loss.what.weight() * loss.gone.len().max(1))
        .sum()
}

/// What somebody who reads the text does not learn.
fn losses(ideas: &[&Idea], target: &Target<'_>, extent: Extent<'_>, text: &str) -> Vec<Loss> {
    let page = Source::new(format!("ideas.{}", target.extension()), text);
    let read = layout::read(&page).map(|reading| reading.ideas).unwrap_or_default();
    let implied = matches!(target, Target::Export | Target::Template(Template { shape: Shape::Form, .. }));
    let mut losses = Vec::new();
    let mut left: Vec<Option<&Idea>> = read.iter().map(Some).collect();
    let mut order: Vec<usize> = (0..ideas.len()).collect();
    let is_page = matches!(target, Target::Template(template) if template.shape == Shape::Page);
    // Pages group ideas by their project.
    if is_page {
        order = page::order(ideas);
    }
    for (at, idea) in order.into_iter().enumerate() {
        // In their order if all were found, else by their titles.
        let same = |other: Option<&Idea>| other.is_some_and(|other| other.title.value == ideas[idea].title.value);
        let found = if read.len() == ideas.len() { Some(at) } else { left.iter().position(|other| same(*other)) };
        let found = found.and_then(|at| left.get_mut(at)?.take());
        let Some(found) = found else {
            let gone = vec![ideas[idea].title.value.clone()];
            losses.push(Loss { idea, what: Lost::Idea, gone, has_place: true });
            continue;
        };
        for (what, gone) in differences(ideas[idea], found, implied) {
            // A page says these in its heading, once for all of its ideas: no entry does, and none of ideas that disagree.
            let headed = is_page && what.is_headed();
            let has_place = target.has_place(what) && !headed;
            // A page of a programme says so even of ideas that did not.
            let is_added = what == Lost::Fact(Fact::Program) && target.program().is_some();
            // Where technologies are asked for, the tags stand for those that nobody stated.
            let stand_for = implied && ideas[idea].technologies.is_empty();
            let is_added = is_added || (stand_for && what == Lost::Fact(Fact::Technologies));
            let implied = is_added && gone.is_empty();
            if !implied {
                losses.push(Loss { idea, what, gone, has_place });
            }
        }
    }
    if let (Extent::Draft | Extent::Entry | Extent::Within(_), Target::Template(template)) = (extent, target) {
        // A placeholder says more than the idea does, and may be one itself.
        losses.retain(|loss| loss.gone.iter().any(|value| !template.is_placeholder(value)));
    }
    losses.sort_by_key(|loss| loss.idea);
    losses
}
