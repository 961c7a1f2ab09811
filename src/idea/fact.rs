//! The facts that an idea may have or miss, by their names in our JSON.

use strum::{EnumCount, IntoStaticStr, VariantArray};

use super::Idea;

/// A fact of an idea.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumCount, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Fact {
    /// What it is called.
    Title,
    /// Who owns the page.
    Organization,
    /// The group it is filed under.
    Project,
    /// The mentorship programme.
    Program,
    /// The year, or the LFX term.
    Term,
    /// What it is about.
    Description,
    /// What shall come of it.
    Outcomes,
    /// The page's own items of skills.
    Skills,
    /// The canonical skills.
    Tags,
    /// Who mentors.
    Mentors,
    /// An e-mail address of at least one mentor.
    Email,
    /// The GitHub handle of at least one mentor.
    Github,
    /// How hard it is.
    Difficulty,
    /// How many hours it takes.
    Hours,
    /// The issues that track it.
    Upstream,
    /// Where to read on.
    Links,
    /// What it is made with.
    Technologies,
    /// How far it is along.
    Status,
    /// What LFX asks of applicants.
    Prerequisites,
    /// What LFX keeps of the proposal.
    Proposal,
}

impl Fact {
    /// All facts, in the order of our JSON.
    pub const ALL: [Fact; Fact::COUNT] = *Fact::VARIANTS.first_chunk().expect("as many as there are");

    /// The names of all facts, as messages list them.
    pub const NAMES: &str = "title, organization, project, program, term, description, outcomes, skills, tags, \
                                    mentors, email, github, difficulty, hours, upstream, links, technologies, status, prerequisites or proposal";

    /// The name in our JSON.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The fact of a name, in any case.
    pub fn from_name(name: &str) -> Option<Fact> {
        Fact::ALL.into_iter().find(|fact| fact.as_str().eq_ignore_ascii_case(name))
    }

    /// True if the idea's page states this fact.
    pub fn is_in(self, idea: &Idea) -> bool {
        match self {
            Fact::Title => !idea.title.value.is_empty(),
            Fact::Organization => idea.organization.is_some(),
            Fact::Project => idea.project.is_some(),
            Fact::Program => idea.program.is_some(),
            Fact::Term => idea.term.is_some(),
            Fact::Description => idea.description.is_some(),
            Fact::Outcomes => !idea.outcomes.is_empty(),
            Fact::Skills => !idea.skills.is_empty(),
            Fact::Tags => !idea.tags.is_empty(),
            Fact::Mentors => !idea.mentors.is_empty(),
            Fact::Email => idea.mentors.iter().any(|mentor| mentor.email.is_some()),
            Fact::Github => idea.mentors.iter().any(|mentor| mentor.github.is_some()),
            Fact::Difficulty => !idea.difficulty.is_empty(),
            Fact::Hours => !idea.hours.is_empty(),
            Fact::Upstream => !idea.upstream.is_empty(),
            Fact::Links => !idea.links.is_empty(),
            Fact::Technologies => !idea.technologies.is_empty(),
            Fact::Status => idea.status.is_some(),
            Fact::Prerequisites => idea.prerequisites.is_some(),
            Fact::Proposal => idea.proposal.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_is_found_by_its_name() {
        let listed: Vec<_> = Fact::NAMES.split([',', ' ']).filter(|word| !word.is_empty() && *word != "or").collect();
        assert_eq!(listed, Fact::ALL.map(Fact::as_str));
        for fact in Fact::ALL {
            assert_eq!(Fact::from_name(&fact.as_str().to_uppercase()), Some(fact));
        }
        assert_eq!(Fact::from_name("mentor"), None);
    }
}
