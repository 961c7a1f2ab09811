//! What a programme asks of all ideas of an organization or a project, and which of them lack it: `ideas report`.
//!
//! What is asked is what a template of the linter says: the one that the settings name for a page, with the numbers
//! that they set, else that of the programme. Here ideas are looked at as they were read, wherever they stand; what is
//! wrong with their pages, and in which line, `ideas validate` says.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::template::{Asked, Field, Form, Layout, same};
use super::{Level, Template};
use crate::idea::check::State;
use crate::idea::{Fact, Idea, Program, Status, Term};
use crate::labels::Kind;
use crate::programs::{Calendar, Date, When};

/// The name of what is asked of the terms of ideas.
pub const CURRENT_TERM: &str = "current-term";

/// Whose ideas are looked at together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Those of an organization.
    #[default]
    Organization,
    /// Those of a project.
    Project,
}

/// How the ideas of one organization or project in a programme stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Standing {
    /// The organization; null if its ideas do not say.
    pub organization: Option<String>,
    /// The project, if ideas are looked at by project.
    pub project: Option<String>,
    /// The programme; null if the ideas do not say.
    pub program: Option<Program>,
    /// The newest term of the ideas: only those of this term are looked at.
    pub term: Option<Term>,
    /// Whether everything is met that is required.
    pub ready: bool,
    /// How many ideas there are that nobody has taken up yet.
    pub ideas: usize,
    /// How many of them have everything that is required of one.
    pub complete: usize,
    /// What is asked, and what is lacking.
    pub requirements: Vec<Requirement>,
    /// Why there are no ideas, if that is known.
    pub problem: Option<String>,
}

/// Something that is asked of ideas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Requirement {
    /// Its name: that of a field of an idea's JSON, or `ideas`, `mentor-count`, `contact`, `current-term`, `open-issue`.
    pub name: &'static str,
    /// What is asked, as a sentence without a period.
    pub asks: String,
    /// False if it is only recommended.
    pub required: bool,
    /// How many ideas meet it; of `ideas`, how many there are.
    pub met: usize,
    /// How many have to.
    pub of: usize,
    /// The ideas that do not.
    pub lacking: Vec<Lacking>,
}

/// An idea that does not meet a requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Lacking {
    /// Which of the ideas that are looked at.
    #[serde(skip)]
    #[schemars(skip)]
    at: usize,
    /// The idea.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it stands: its address, else its page and line.
    pub place: String,
}

impl Requirement {
    /// True if nothing is lacking.
    pub fn is_met(&self) -> bool {
        self.met >= self.of
    }
}

impl Standing {
    /// One that has no ideas, and why.
    pub fn without_ideas(
        organization: String,
        program: Option<Program>,
        term: Option<Term>,
        least: Option<usize>,
        problem: String,
    ) -> Self {
        let template = Template::of_program(program.as_ref(), Some(&organization));
        Standing {
            organization: Some(organization),
            project: None,
            program,
            term,
            ready: false,
            ideas: 0,
            complete: 0,
            requirements: vec![enough(0, template, least)],
            problem: Some(problem),
        }
    }

    /// A requirement by its name.
    pub fn requirement(&self, name: &str) -> Option<&Requirement> {
        self.requirements.iter().find(|requirement| requirement.name == name)
    }

    /// Asks for something no more; who lacks nothing else is complete.
    pub fn leave_out(&mut self, name: &str) {
        if let Some(at) = self.requirements.iter().position(|requirement| requirement.name == name) {
            self.requirements.remove(at);
            (self.ready, self.complete) = summary(&self.requirements, self.ideas);
        }
    }

    /// What is lacking that is required.
    pub fn gaps(&self) -> impl Iterator<Item = &Requirement> {
        self.requirements.iter().filter(|requirement| requirement.required && !requirement.is_met())
    }
}

impl Template {
    /// The template that a programme's pages are held to, whatever they look like; that of no programme if it has none.
    pub fn of_program(program: Option<&Program>, organization: Option<&str>) -> &'static Template {
        let pages = || Template::all().iter().filter(|template| template.shape == Form::Page);
        let of_program =
            |template: &&Template| program.is_some_and(|program| template.program.as_deref() == Some(program.as_str()));
        let named = |template: &&Template| {
            organization.is_some_and(|name| template.organizations.iter().any(|own| own.eq_ignore_ascii_case(name)))
        };
        let own = pages().filter(of_program).find(named);
        own.or_else(|| pages().filter(of_program).find(|template| template.organizations.is_empty()))
            .or_else(|| pages().find(|template| template.program.is_none() && template.layout == Layout::Free))
            .unwrap_or(&Template::all()[0])
    }

    /// The same by what an idea says of itself.
    pub fn of_idea(idea: &Idea) -> &'static Template {
        let program = idea.program.as_ref().map(|program| &program.value);
        Template::of_program(program, idea.organization.as_ref().map(|name| name.value.as_str()))
    }
}

/// How ideas stand, by organization or by project, and of each by programme; sorted by name. At `least` so many are
/// asked for, where that is not as the template says. Without a day, ideas may be of any term. `held` gives the
/// template of an idea's page.
pub fn standings<'t>(
    ideas: &[&Idea],
    by: By,
    least: Option<usize>,
    today: Option<Date>,
    held: &dyn Fn(&Idea) -> Cow<'t, Template>,
) -> Vec<Standing> {
    let mut owners: BTreeMap<(String, String, Option<&str>), Vec<&Idea>> = BTreeMap::new();
    for idea in ideas {
        let organization = idea.organization.as_ref().map(|name| name.value.as_str());
        let owner = match by {
            By::Organization => organization,
            By::Project => idea.filed_under(),
        };
        let [owner, organization] = [owner, organization].map(|name| name.unwrap_or_default().to_lowercase());
        let program = idea.program.as_ref().map(|program| program.value.as_str());
        owners.entry((owner, organization, program)).or_default().push(idea);
    }
    owners.into_values().map(|ideas| standing(&ideas, by, least, today, &held(ideas[0]))).collect()
}

/// How the ideas of one owner in a programme stand. There is at least one.
fn standing(ideas: &[&Idea], by: By, least: Option<usize>, today: Option<Date>, template: &Template) -> Standing {
    let term = |idea: &Idea| idea.term.as_ref().map(|term| term.value);
    let newest = ideas.iter().filter_map(|idea| term(idea)).max();
    // Whose they are, also those say that nobody can take up any more.
    let first = ideas.first().copied();
    let program = first.and_then(|idea| idea.program.as_ref()).map(|program| program.value.clone());
    let organization = first.and_then(|idea| idea.organization.as_ref()).map(|name| name.value.clone());
    let project = first.and_then(Idea::filed_under).map(str::to_owned).filter(|_| by == By::Project);
    // An idea that states no term may be of it.
    let of_term = ideas.iter().filter(|idea| term(idea).is_none_or(|term| Some(term) == newest));
    let ideas: Vec<&Idea> = of_term.copied().filter(|idea| !is_settled(idea)).collect();
    let mut requirements = vec![enough(ideas.len(), template, least)];
    requirements.extend(template.field.iter().filter_map(|field| stated(field, &ideas, template)));
    let mut add = |name, asks: String, required, meets: &dyn Fn(&Idea) -> bool| {
        requirements.push(requirement(name, asks, required, &ideas, meets));
    };
    if template.mentors.least > 1 {
        let least = template.mentors.least;
        let required = template.mentors.least_level > Level::Info;
        add("mentor-count", format!("Every idea has at least {least} mentors"), required, &|idea| idea.mentors.len() >= least);
    }
    let has_mentors = |idea: &Idea| !idea.mentors.is_empty();
    if template.field(Kind::Mentors).is_some_and(|field| field.asked != Asked::Never)
        && ideas.iter().any(|idea| has_mentors(idea))
    {
        let asks = "A mentor of every idea can be reached: by e-mail address or GitHub handle".to_owned();
        // Who has no mentor lacks one, and nobody to reach.
        add("contact", asks, true, &|idea| !has_mentors(idea) || Fact::Email.is_in(idea) || Fact::Github.is_in(idea));
    }
    if let (Some(_), Some(newest), Some(today)) = (&program, newest, today) {
        let [current, _] = Calendar::of(program.as_ref(), newest).current_and_next(today);
        let current = current.term;
        add(CURRENT_TERM, format!("Every idea is of this term ({current}) or the next one"), true, &|idea| {
            term(idea).is_some_and(|term| {
                let calendar = Calendar::of(program.as_ref(), term);
                [When::Current, When::Next].into_iter().any(|when| calendar.means(when, term, today))
            })
        });
    }
    if ideas.iter().any(|idea| idea.check.as_ref().is_some_and(|check| !check.upstream.is_empty())) {
        let asks = "No upstream issue is closed, as of the last `ideas check`".to_owned();
        add("open-issue", asks, true, &|idea| {
            let best = idea.check.as_ref().and_then(|check| check.best());
            best.is_none_or(|best| !matches!(best.state, State::Closed | State::Merged | State::Dead))
        });
    }
    let (ready, complete) = summary(&requirements, ideas.len());
    Standing { organization, project, program, term: newest, ready, ideas: ideas.len(), complete, requirements, problem: None }
}

/// Whether everything is met that is required, and how many of so many ideas have everything that is required of one.
fn summary(requirements: &[Requirement], ideas: usize) -> (bool, usize) {
    let required = || requirements.iter().filter(|requirement| requirement.required);
    let mut is_complete = vec![true; ideas];
    for lacking in required().flat_map(|requirement| &requirement.lacking) {
        is_complete[lacking.at] = false;
    }
    let complete = is_complete.into_iter().filter(|is_complete| *is_complete).count();
    (required().all(Requirement::is_met), complete)
}

/// True for an idea that nobody can take up any more: it need not be complete.
fn is_settled(idea: &Idea) -> bool {
    idea.status.as_ref().is_some_and(|status| matches!(status.value, Status::Taken | Status::Done))
}

/// That there are enough ideas.
fn enough(ideas: usize, template: &Template, least: Option<usize>) -> Requirement {
    let of = least.or(template.limits.ideas).unwrap_or(1);
    let asks = if of == 1 { "There is at least one idea".to_owned() } else { format!("There are at least {of} ideas") };
    Requirement { name: "ideas", asks, required: true, met: ideas, of, lacking: Vec::new() }
}

/// That every idea states a field, if the template asks for it.
fn stated(field: &Field, ideas: &[&Idea], template: &Template) -> Option<Requirement> {
    let fact = fact(field.kind)?;
    let meets = |idea: &Idea| {
        let text = || {
            format!("{}\n{}", idea.title.value, idea.description.as_ref().map_or("", |text| text.value.as_str())).to_lowercase()
        };
        // As the linter has it: where no layout binds, the text may say it.
        fact.is_in(idea)
            || template.layout == Layout::Free && !field.said_by.is_empty() && {
                let text = text();
                field.said_by.iter().any(|word| text.contains(word.as_str()))
            }
    };
    let is_asked = match field.asked {
        Asked::Always | Asked::InLayout => true,
        Asked::Usual => ideas.iter().filter(|idea| meets(idea)).count() * 2 > ideas.len(),
        Asked::Never => false,
    };
    let asks = format!("Every idea states `{}`", field.label);
    is_asked.then(|| requirement(fact.as_str(), asks, field.level > Level::Info, ideas, &meets))
}

/// The fact that a field of a template says.
fn fact(kind: Kind) -> Option<Fact> {
    Some(match same(kind) {
        Kind::Description => Fact::Description,
        Kind::Outcomes => Fact::Outcomes,
        Kind::Skills => Fact::Skills,
        Kind::Mentors => Fact::Mentors,
        Kind::Size => Fact::Hours,
        Kind::Difficulty => Fact::Difficulty,
        Kind::Upstream => Fact::Upstream,
        _ => return None,
    })
}

/// A requirement that each of these ideas has to meet.
fn requirement(name: &'static str, asks: String, required: bool, ideas: &[&Idea], meets: &dyn Fn(&Idea) -> bool) -> Requirement {
    let place = |idea: &Idea| match &idea.source.url {
        Some(url) => url.clone(),
        None => format!("{}:{}", idea.source.path, idea.source.line),
    };
    let lacking: Vec<Lacking> = ideas
        .iter()
        .enumerate()
        .filter(|(_, idea)| !meets(idea))
        .map(|(at, idea)| Lacking { at, id: idea.id.clone(), title: idea.title.value.clone(), place: place(idea) })
        .collect();
    Requirement { name, asks, required, met: ideas.len() - lacking.len(), of: ideas.len(), lacking }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout;
    use crate::text::Source;

    fn ideas(text: &str) -> Vec<Idea> {
        layout::read(&Source::new("otters/gsoc/2026.md", text)).unwrap().ideas
    }

    const PAGE: &str = "\
# Google Summer of Code 2026

## Ideas

### Count otters

- Description: Otters are counted by hand today.
- Expected outcomes: A camera that counts
- Required skills: Python
- Mentors: Ada Brook (@ada-brook)
- Expected size: 175 hours
- Difficulty: easy

### Feed otters

- Description: Otters are fed by hand today.
- Expected outcomes: A robot that feeds
- Required skills: Rust
- Mentors: Bo Reed
";

    fn told(standing: &Standing) -> Vec<String> {
        let told = |requirement: &Requirement| format!("{} {}/{}", requirement.name, requirement.met, requirement.of);
        standing.requirements.iter().filter(|requirement| !requirement.is_met()).map(told).collect()
    }

    #[test]
    fn what_the_programme_asks_is_looked_for() {
        let ideas = ideas(PAGE);
        let ideas: Vec<&Idea> = ideas.iter().collect();
        let day = |text: &str| Some(crate::programs::day(text).unwrap());
        let standings = standings(&ideas, By::Organization, Some(3), day("2026-03-01"), &bundled);
        let [standing] = standings.as_slice() else { panic!("{standings:?}") };
        assert_eq!((standing.ideas, standing.complete, standing.ready), (2, 1, false));
        assert_eq!(told(standing), ["ideas 2/3", "hours 1/2", "difficulty 1/2", "contact 1/2"]);
        assert_eq!(standing.gaps().count(), 3, "the difficulty is only recommended");
        assert_eq!(standing.requirement("contact").unwrap().lacking[0].title, "Feed otters");
        let later = super::standings(&ideas, By::Organization, None, day("2028-03-01"), &bundled);
        assert_eq!(told(&later[0]), ["hours 1/2", "difficulty 1/2", "contact 1/2", "current-term 0/2"]);
        let mut any_term = later[0].clone();
        any_term.leave_out(CURRENT_TERM);
        assert_eq!(told(&any_term), ["hours 1/2", "difficulty 1/2", "contact 1/2"]);
        assert_eq!((later[0].complete, any_term.complete), (0, 1));
    }

    fn bundled(idea: &Idea) -> Cow<'static, Template> {
        Cow::Borrowed(Template::of_idea(idea))
    }

    #[test]
    fn who_has_nothing_left_is_still_named() {
        let mut ideas = ideas(PAGE);
        for idea in &mut ideas {
            idea.organization = Some(crate::text::Spanned::nowhere("Otters".to_owned()));
            idea.status = Some(crate::text::Spanned::nowhere(Status::Taken));
        }
        let standings = standings(&ideas.iter().collect::<Vec<_>>(), By::Organization, None, None, &bundled);
        let [standing] = standings.as_slice() else { panic!("{standings:?}") };
        assert_eq!((standing.organization.as_deref(), &standing.program), (Some("Otters"), &Some(Program::Gsoc)));
        assert_eq!((standing.ideas, told(standing)), (0, vec!["ideas 0/1".to_owned()]));
    }

    #[test]
    fn projects_of_a_name_are_told_apart_by_their_organizations() {
        let mut ideas = ideas(PAGE);
        let said = |text: &str| Some(crate::text::Spanned::nowhere(text.to_owned()));
        for (idea, organization) in ideas.iter_mut().zip(["Otters", "Badgers"]) {
            (idea.project, idea.organization) = (said("Website"), said(organization));
        }
        let ideas: Vec<&Idea> = ideas.iter().collect();
        let rows = standings(&ideas, By::Project, None, None, &bundled);
        let rows: Vec<_> = rows.iter().map(|row| (row.organization.as_deref(), row.project.as_deref(), row.ideas)).collect();
        assert_eq!(rows, [(Some("Badgers"), Some("Website"), 1), (Some("Otters"), Some("Website"), 1)]);
    }

    #[test]
    fn a_template_of_ones_own_is_asked() {
        let ideas = ideas(PAGE);
        let mut own = Template::of_idea(&ideas[0]).clone();
        (own.limits.ideas, own.mentors.least) = (Some(5), 2);
        let rows = standings(&ideas.iter().collect::<Vec<_>>(), By::Organization, None, None, &|_| Cow::Borrowed(&own));
        let told = told(&rows[0]);
        assert!(["ideas 2/5", "mentor-count 0/2"].iter().all(|wanted| told.iter().any(|told| told == wanted)), "{told:?}");
    }

    #[test]
    fn programmes_have_their_templates() {
        for (program, organization, template) in [
            (Some(Program::Gsoc), Some("Otters"), "gsoc"),
            (Some(Program::Gsoc), Some("CNCF"), "cncf-gsoc"),
            (Some(Program::Lfx), None, "lfx"),
            (Some(Program::from_name("outreachy")), None, "plain"),
            (None, None, "plain"),
        ] {
            assert_eq!(Template::of_program(program.as_ref(), organization).name, template);
        }
    }
}
