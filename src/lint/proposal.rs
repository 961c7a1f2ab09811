//! The proposal form, checked as the programme's own automation does: what it says after a proposal is filed, this says before.
//!
//! That automation reads the text of the issue line by line and no Markdown, in JavaScript: what is white space, how long a text
//! is and where a section begins are JavaScript's answers here, too. The sections and limits are data (`schemas/lfx-form.toml`,
//! `schemas/templates/lfx-form.toml`); the differences that remain are listed in `docs/lfx-form.md`. What it lets pass and nobody
//! can mean is a [`warning`](warnings).

mod answers;
mod mentors;
pub(super) mod sections;
mod warnings;

use rustc_hash::FxHashSet;

use crate::labels::Kind;
use crate::layout::form::{self, NO_RESPONSE, Role};
use crate::text::{Source, Span};

use self::sections::{Section, Sections};
use super::template::Form;
use super::{Fix, Level, Page, Template};

/// Something that the form's check says.
pub(super) struct Said {
    /// The code of the rule that it falls under.
    pub(super) rule: &'static str,
    pub(super) level: Level,
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: Option<String>,
    pub(super) fix: Option<Fix>,
}

/// What the check has said so far, and what it looks at.
struct Check<'p> {
    page: &'p Page<'p>,
    sections: &'p Sections<'p>,
    said: Vec<Said>,
}

/// What the form's check says of a page, in its order.
pub(super) fn check(page: &Page<'_>) -> Vec<Said> {
    let sections = Sections::read(page.source.text());
    let mut check = Check { page, sections: &sections, said: Vec::new() };
    for (kind, rule) in [
        (Kind::Project, "empty-field"),
        (Kind::Term, "empty-field"),
        (Kind::Title, "empty-field"),
        (Kind::Description, "empty-field"),
        (Kind::Technologies, "empty-field"),
        (Kind::Mentors, "mentor-count"),
        (Kind::Upstream, "empty-field"),
    ] {
        let heading = of_kind(kind);
        if check.get(heading).is_empty() {
            let is_missing = check.section(heading).is_none();
            let said = check.error(rule, check.place(heading), format!("`{heading}` is empty"));
            said.help = is_missing.then(|| "its section is missing".to_owned());
        }
    }
    check.title();
    check.description();
    check.skills();
    mentors::check(&mut check);
    check.upstream();
    check.custom();
    check.challenge();
    check.missing();
    warnings::check(&mut check);
    debug_assert!(check.said.iter().all(|said| super::rule(said.rule).is_some()));
    check.said
}

/// The form's template, if a page is a proposal to the programme: it has the headings that the programme knows one by.
pub(super) fn template(source: &Source) -> Option<&'static Template> {
    let sections = Sections::read(source.text());
    form::known_by().all(|heading| sections.get(heading).is_some()).then_some(())?;
    Template::all().iter().find(|template| template.shape == Form::Form)
}

/// The heading of the section that says what `kind` says.
fn of_kind(kind: Kind) -> &'static str {
    form::blank().1.find(|section| section.kind == Some(kind)).map_or("", |section| section.heading)
}

/// The heading of the section of a role, and what stands there if nobody answers.
fn of_role(role: Role) -> (&'static str, &'static str) {
    form::blank().1.find(|section| section.role == Some(role)).map_or(("", ""), |section| (section.heading, section.answer))
}

impl<'p> Check<'p> {
    /// The answer of a section; an empty one if there is none.
    fn get(&self, heading: &str) -> &'p str {
        self.sections.get(heading).map_or("", |section| section.answer)
    }

    fn section(&self, heading: &str) -> Option<&'p Section<'p>> {
        self.sections.get(heading)
    }

    /// Where a section's heading stands; where it is not there, that of the next one in the form's order, or else the last one.
    fn place(&self, heading: &str) -> Span {
        let mut later = form::headings().skip_while(|known| *known != heading);
        let there = later.find_map(|known| self.section(known));
        there.or_else(|| self.sections.last()).map_or(Span::new(0, 0), |section| section.heading)
    }

    /// Where a section's answer stands, or its heading if there is none.
    fn answer(&self, heading: &str) -> Span {
        self.section(heading)
            .filter(|section| !section.answer.is_empty())
            .map_or_else(|| self.place(heading), |section| section.span)
    }

    fn say(&mut self, rule: &'static str, level: Level, span: Span, message: impl Into<String>) -> &mut Said {
        let place = self.said.len();
        self.said.push(Said { rule, level, span, message: message.into(), help: None, fix: None });
        &mut self.said[place]
    }

    fn error(&mut self, rule: &'static str, span: Span, message: impl Into<String>) -> &mut Said {
        self.say(rule, Level::Error, span, message)
    }

    /// The title as the programme shows it must fit.
    fn title(&mut self) {
        let limits = &self.page.template.limits;
        let (title, Some(most), Some(pattern)) = (self.get(of_kind(Kind::Title)), limits.title, &limits.title_as) else { return };
        let term = sections::without_months(self.get(of_kind(Kind::Term)));
        let shown = pattern.replace("{project}", self.get(of_kind(Kind::Project))).replace("{term}", term);
        let shown = shown.replace("{title}", title);
        let long = sections::length(&shown);
        if !title.is_empty() && long > most {
            let span = self.answer(of_kind(Kind::Title));
            self.error(
                "title-length",
                span,
                format!("the title has {long} characters as the programme shows it, and {most} fit"),
            )
            .help = Some(format!("shorten it by {}: it is shown as `{shown}`", long - most));
        }
    }

    fn description(&mut self) {
        let heading = of_kind(Kind::Description);
        self.fits("description-length", heading, self.page.template.limits.description);
    }

    /// An answer has no more characters than there is room for.
    fn fits(&mut self, rule: &'static str, heading: &str, most: Option<usize>) {
        let long = sections::length(self.get(heading));
        let Some(most) = most.filter(|&most| long > most) else { return };
        let span = self.answer(heading);
        self.error(rule, span, format!("`{heading}` has {long} characters, and {most} fit")).help =
            Some(format!("shorten it by {}", long - most));
    }

    /// Either the box is ticked or there is a list.
    fn skills(&mut self) {
        let ((boxes, _), (skills, _)) = (of_role(Role::SameSkills), of_role(Role::Skills));
        let same = ["[x]", "[X]"].iter().any(|tick| self.get(boxes).contains(tick));
        let span = self.answer(boxes);
        match (same, self.get(skills).is_empty()) {
            (false, true) => {
                self.error("form-choice", span, "the skills are said not to be the technologies, and none are given").help =
                    Some(format!("tick the box, or list them under `{skills}`"));
            }
            (true, false) => {
                let said =
                    "the skills are said to be the technologies, and are listed as well: the programme takes the technologies";
                self.say("form-choice", Level::Warning, span, said).help =
                    Some(format!("clear the box, or leave `{skills}` empty"));
            }
            _ => {}
        }
    }

    /// The upstream issue is one URL.
    fn upstream(&mut self) {
        let heading = of_kind(Kind::Upstream);
        let (url, span) = (self.get(heading), self.answer(heading));
        if url.is_empty() {
            return;
        }
        if !answers::is_url(url) {
            self.no_url(heading, url, span);
        } else if url.contains(',') {
            let said = self.error("upstream-count", span, format!("`{heading}` has a comma in it, and is one URL"));
            said.help = Some("keep the issue that tracks the idea, and link the others from there".to_owned());
            said.fix = answers::alone(url).map(|url| answers::write(span, url));
        }
    }

    fn no_url(&mut self, heading: &str, said: &str, span: Span) {
        let alone = answers::alone(said);
        let finding =
            self.error("url-format", span, format!("`{heading}` is no URL, or more than one: `{}`", answers::cut(said)));
        finding.help = Some(match alone {
            Some(url) => format!("write `{}`", answers::cut(url)),
            None => "write the URL alone: `https://…`".to_owned(),
        });
        finding.fix = alone.map(|url| answers::write(span, url));
    }

    /// The box of a custom prerequisite comes with a name and a description, and these with the box.
    fn custom(&mut self) {
        let limits = &self.page.template.limits;
        let (boxes, blank) = of_role(Role::Custom);
        let (prerequisites, _) = of_role(Role::Prerequisites);
        let label = answers::boxes(blank).next().map_or("", |(_, label)| label);
        // Until 2026 this box stood among the others.
        let ticked = answers::is_ticked(self.get(boxes), label) || answers::is_ticked(self.get(prerequisites), label);
        let (name, _) = of_role(Role::CustomName);
        let (description, _) = of_role(Role::CustomDescription);
        let given = !self.get(name).is_empty() || !self.get(description).is_empty();
        if !ticked && !given {
            return;
        }
        if !ticked {
            let span = self.answer(boxes);
            let message =
                format!("a custom prerequisite is given, and its box `{label}` is not ticked: it will not be asked for");
            self.error("prerequisite", span, message).help = Some("tick the box, or take the text away".to_owned());
        }
        for (heading, most) in [(name, limits.prerequisite_name), (description, limits.prerequisite_description)] {
            if self.get(heading).is_empty() {
                let span = self.place(heading);
                self.error("prerequisite", span, format!("the custom prerequisite has no `{heading}`")).help =
                    Some("give it, or clear the box".to_owned());
            } else {
                self.fits("prerequisite", heading, most);
            }
        }
    }

    /// The box of the coding challenge comes with a URL, and the URL with the box.
    fn challenge(&mut self) {
        let (boxes, blank) = of_role(Role::Prerequisites);
        let (heading, _) = of_role(Role::Challenge);
        // The box whose words the heading of the URL begins with.
        let label = answers::boxes(blank).map(|(_, label)| label).find(|label| heading.starts_with(label)).unwrap_or_default();
        let (url, span) = (self.get(heading), self.answer(heading));
        match (answers::is_ticked(self.get(boxes), label), url.is_empty()) {
            (false, false) => {
                self.error("prerequisite", span, format!("`{heading}` is given, and its box `{label}` is not ticked")).help =
                    Some("tick the box, or take the URL away".to_owned());
            }
            (true, true) => {
                self.error("prerequisite", span, format!("`{label}` is ticked, and has no URL")).help =
                    Some(format!("give it under `{heading}`, or clear the box"));
            }
            (true, false) if !answers::is_url(url) => self.no_url(heading, url, span),
            (false, true) | (true, false) => {}
        }
    }

    /// The form has all its sections, under their own headings.
    fn missing(&mut self) {
        let known: FxHashSet<&str> = form::headings().collect();
        for heading in form::headings().filter(|heading| self.sections.get(heading).is_none()) {
            let alike = self.sections.alike(heading, &known);
            let span = alike.unwrap_or_else(|| self.place(heading));
            let said = self.error("form-section", span, format!("the section `{heading}` is missing"));
            match alike {
                Some(line) => {
                    said.help = Some(format!("its heading is `### {heading}`, character for character, on a line of its own"));
                    said.fix = Some(answers::write(line, &format!("### {heading}")));
                }
                None => said.help = Some(format!("put it back; without an answer it says `{NO_RESPONSE}`")),
            }
        }
    }
}
