//! How well an idea fits somebody, and why: [`Wishes`] against an idea give a [`Fit`].
//!
//! # The scoring
//!
//! The score decides, from 0 to 100, and it holds everything: an idea that meets every wish has 50 to 100, and each wish that one
//! misses halves its score. So an idea that meets every wish never stands below one that misses one. What an idea does not say
//! is neither met nor missed.
//!
//! | wish | met if |
//! |---|---|
//! | a skill of yours can be used | a tag is a skill you have, or one that a skill of yours helps with |
//! | each `want` | a tag is one of its skills |
//! | each `avoid` | no tag is one of its skills |
//! | each range of hours, of difficulty | one of the values that the idea names lies in it |
//! | nobody has it yet, which everybody wishes | its page does not say that it is taken or done |
//!
//! Within these 50 points 30 are for the share of the idea's tags that you have or want (one that a skill of yours helps with
//! counts half; one that is nice to have a quarter, unless you have it), 20 for the share of your skills that it uses;
//! 2.5 less for each wish that it says nothing about. Without skills of your own the first share counts for all 50. Of
//! ideas that score alike those of newer terms come first.
//!
//! A skill that the vocabulary lacks means what it means to [`Filter::Skill`]: whole words of the page's own items. An idea
//! that has them counts as tagged with it. If no idea of the catalogue has them, and the skill is wanted, the ideas count
//! whose text says it, as [`search`](super::search) finds them.

use std::borrow::{Borrow, Cow};
use std::cell::LazyCell;
use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::filter::Alternative;
use super::search::{Index, Search};
use super::sort::newest_first;
use super::{Clause, Filter, Query, QueryError};
use crate::idea::skill::Skills;
use crate::idea::{Fact, Idea, Status};
use crate::spelling::nearest;

/// What an idea scores that meets every wish and asks for nothing that you bring; the rest is for the skills.
const MET: f64 = 50.0;
/// The share of the rest that what the idea asks for makes; the remainder is how much of what you bring it uses.
const ASKED: f64 = 0.6;
/// What a skill counts that a skill of yours helps with …
const HELPED: f64 = 0.5;
/// … and one to learn that is only nice to have, among those that the idea asks for.
const DESIRABLE: f64 = 0.25;
/// What a wish takes off the rest if an idea says nothing about it.
const UNKNOWN: f64 = 0.05;
/// What is left of the score for each wish that is missed.
const MISSED: f64 = 0.5;

/// What somebody brings, and wishes for.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    have: Vec<Skill>,
    want: Vec<Choice>,
    avoid: Vec<Skill>,
    hours: Vec<Ranges>,
    difficulty: Vec<Ranges>,
    /// Skills among those above that the vocabulary lacks.
    unlisted: Vec<Alternative>,
    /// Several skills that were not parted.
    joined: Vec<UnknownSkill>,
}

/// The canonical name of a skill, or what was typed, in lower case.
type Skill = Cow<'static, str>;

/// Skills of which one is enough.
#[derive(Clone, Debug)]
struct Choice(Vec<Skill>);

/// Ranges of which one is enough.
#[derive(Clone, Debug)]
struct Ranges {
    said: String,
    query: Query,
}

/// A skill that neither the vocabulary nor the skills of any idea have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownSkill {
    /// The name, as it was typed.
    pub seen: String,
    /// What the vocabulary has instead: a name that is near, or several that were not parted by commas.
    pub nearest: Option<String>,
    /// If it is wanted, how many ideas say it elsewhere; if none does, it counts for nothing.
    pub said_by: usize,
}

/// Where an idea says what one works on. Elsewhere a word is the name of somebody, or of something larger.
const TELLING: [Fact; 5] = [Fact::Title, Fact::Description, Fact::Outcomes, Fact::Technologies, Fact::Skills];

/// An idea, and how it fits. It serialises as the idea does, with the facts of the fit behind its own.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Fitting<'a> {
    /// The idea.
    #[serde(flatten)]
    pub idea: &'a Idea,
    /// How it fits.
    #[serde(flatten)]
    pub fit: Fit,
}

/// Why an idea fits, or does not.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Fit {
    /// From 0 to 100: at least 50 if no wish is missed, at most 50 if one is, 25 if two are.
    pub score: f64,
    /// The tags that you have; also skills of yours that are no tag and that the page names.
    pub have: Vec<Cow<'static, str>>,
    /// The tags that a skill of yours helps with.
    pub related: Vec<Related>,
    /// The tags that you want, and do not have; also what is no tag and that the page says.
    pub want: Vec<Cow<'static, str>>,
    /// The other tags: what you would learn.
    pub learn: Vec<Cow<'static, str>>,
    /// Of those, and not among them: what the page says is nice to have.
    pub optional: Vec<Cow<'static, str>>,
    /// The wishes that the idea says nothing about: `skills`, `hours`, `difficulty`.
    pub unknown: Vec<&'static str>,
    /// The wishes that it misses.
    pub misses: Vec<Miss>,
}

/// A tag, and a skill that helps with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Related {
    /// The tag.
    pub skill: Cow<'static, str>,
    /// The skill of yours that helps.
    pub by: Cow<'static, str>,
}

/// A wish that an idea does not meet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Miss {
    /// What it is about: `skills`, `want`, `avoid`, `hours`, `difficulty` or `status`.
    pub wish: &'static str,
    /// What was wished.
    pub wished: String,
    /// What the idea says instead; nothing for skills that it does not name.
    pub says: Vec<String>,
}

impl Wishes {
    /// Adds skills that somebody has, parted by commas.
    ///
    /// Each skill, here and below, goes by its name or an alias, or is looked for as [`Filter::Skill`] does; see
    /// [`Wishes::forget_unknown`].
    ///
    /// # Errors
    /// If there is none in the text.
    pub fn have(&mut self, text: &str) -> Result<(), QueryError> {
        for skill in self.skills(text)? {
            add(&mut self.have, skill);
        }
        Ok(())
    }

    /// Adds a wish for one of these skills, parted by commas.
    ///
    /// # Errors
    /// As [`Wishes::have`].
    pub fn want(&mut self, text: &str) -> Result<(), QueryError> {
        let skills = self.skills(text)?;
        if !skills.is_empty() {
            self.want.push(Choice(skills));
        }
        Ok(())
    }

    /// Adds a wish for none of these skills, parted by commas.
    ///
    /// # Errors
    /// As [`Wishes::have`].
    pub fn avoid(&mut self, text: &str) -> Result<(), QueryError> {
        for skill in self.skills(text)? {
            add(&mut self.avoid, skill);
        }
        Ok(())
    }

    /// Adds a wish for hours, as [`Filter::Hours`] takes them.
    ///
    /// # Errors
    /// If the text is no number and no range.
    pub fn hours(&mut self, text: &str) -> Result<(), QueryError> {
        self.hours.push(Ranges::read(Filter::Hours, text)?);
        Ok(())
    }

    /// Adds a wish for levels, as [`Filter::Difficulty`] takes them.
    ///
    /// # Errors
    /// If the text is no level and no range.
    pub fn difficulty(&mut self, text: &str) -> Result<(), QueryError> {
        self.difficulty.push(Ranges::read(Filter::Difficulty, text)?);
        Ok(())
    }

    /// Forgets the skills that neither the vocabulary nor any idea of the catalogue knows, and tells them; also those that
    /// are wanted, and that ideas only speak of.
    pub fn forget_unknown(&mut self, catalogue: &[Idea]) -> Vec<UnknownSkill> {
        let is_named = |skill: &Alternative| catalogue.iter().any(|idea| skill.matches(idea));
        let (named, unknown): (Vec<_>, Vec<_>) = std::mem::take(&mut self.unlisted).into_iter().partition(is_named);
        self.unlisted = named;
        let index = LazyCell::new(|| Index::new(catalogue));
        let known = Skills::get();
        let mut told = std::mem::take(&mut self.joined);
        for skill in unknown {
            let name = unlisted_name(&skill);
            let is_wanted = self.want.iter().any(|choice| choice.0.contains(&name));
            let said_by = if is_wanted { that_say(&skill.said, &index) } else { BTreeSet::new() };
            self.have.retain(|have| *have != name);
            self.avoid.retain(|avoid| *avoid != name);
            let nearest = nearest(&skill.said, known.all()).map(str::to_owned);
            told.push(UnknownSkill { seen: skill.said.clone(), nearest, said_by: said_by.len() });
            if said_by.is_empty() {
                self.want.iter_mut().for_each(|choice| choice.0.retain(|want| *want != name));
            } else {
                self.unlisted.push(Alternative::of_ideas(skill.said, said_by));
            }
        }
        self.want.retain(|choice| !choice.0.is_empty());
        told
    }

    /// The wishes for skills that none of these ideas has: of each the first that would do.
    pub fn missing(&self, ideas: &[impl Borrow<Idea>]) -> Vec<&str> {
        let has = |idea: &Idea, choice: &Choice| self.skills_of(idea).iter().any(|skill| choice.0.contains(skill));
        let is_missing = |choice: &&Choice| !ideas.iter().any(|idea| has(idea.borrow(), choice));
        self.want.iter().filter(is_missing).filter_map(|choice| choice.0.first()).map(|skill| &**skill).collect()
    }

    /// True if the long texts of an idea may decide how it fits: a skill that the vocabulary lacks is looked for in them.
    pub fn needs_texts(&self) -> bool {
        !self.unlisted.is_empty()
    }

    /// True if no skill is had or wanted, so that no idea fits better than another.
    pub fn is_empty(&self) -> bool {
        self.have.is_empty() && self.want.is_empty()
    }

    /// A skill that is wanted and to be avoided.
    pub fn contradiction(&self) -> Option<&str> {
        self.want.iter().flat_map(|choice| &choice.0).find(|skill| self.avoid.contains(skill)).map(|skill| &**skill)
    }

    fn skills(&mut self, text: &str) -> Result<Vec<Skill>, QueryError> {
        let mut skills = Vec::new();
        let mut said = text.split(',').map(str::trim).filter(|said| !said.is_empty()).peekable();
        if said.peek().is_none() {
            return Err(QueryError::Empty { what: "skill", seen: text.to_owned(), expected: Filter::Skill.expected() });
        }
        let known = Skills::get();
        for said in said {
            if let Some(skill) = known.canonical(said) {
                add(&mut skills, skill.into());
            } else if let Some(parted) = several(said) {
                add(&mut self.joined, UnknownSkill { seen: said.to_owned(), nearest: Some(parted), said_by: 0 });
            } else {
                let skill = Filter::Skill.read_one(said)?;
                add(&mut skills, unlisted_name(&skill));
                add(&mut self.unlisted, skill);
            }
        }
        Ok(skills)
    }

    /// How an idea fits.
    pub fn fit(&self, idea: &Idea) -> Fit {
        let mut fit = Fit::default();
        let skills = self.skills_of(idea);
        for skill in &skills {
            if self.have.contains(skill) {
                add(&mut fit.have, skill.clone());
            } else if self.want.iter().any(|choice| choice.0.contains(skill)) {
                add(&mut fit.want, skill.clone());
            } else if let Some(by) = self.helps_with(skill) {
                add(&mut fit.related, Related { skill: skill.clone(), by });
            } else if idea.desirable.iter().any(|desirable| desirable == skill) {
                add(&mut fit.optional, skill.clone());
            } else {
                add(&mut fit.learn, skill.clone());
            }
        }
        self.compare_skills(&skills, &mut fit);
        let hours = || idea.hours.iter().map(|hours| hours.value.to_string()).collect();
        let levels = || idea.difficulty.iter().map(|level| level.value.to_string()).collect();
        let says: [(_, _, &dyn Fn() -> Vec<String>); 2] =
            [("hours", &self.hours, &hours), ("difficulty", &self.difficulty, &levels)];
        for (wish, wished, says) in says {
            for Ranges { said, query } in wished {
                let says = says();
                if says.is_empty() {
                    add(&mut fit.unknown, wish);
                } else if !query.matches(idea) {
                    fit.misses.push(Miss { wish, wished: said.clone(), says });
                }
            }
        }
        // Whoever looks for work wants it to be there.
        if let Some(status) = idea.status.as_ref().filter(|status| matches!(status.value, Status::Taken | Status::Done)) {
            fit.misses.push(Miss { wish: "status", wished: Status::Open.to_string(), says: vec![status.value.to_string()] });
        }
        fit.score = self.score(&fit);
        fit
    }

    /// The same query, but only for ideas that are worth showing: those that name a skill which somebody has or wants,
    /// or which one of theirs helps with.
    #[must_use]
    pub fn narrow(&self, query: &Query) -> Query {
        let is_asked = |skill: &&str| {
            let mut asked = self.have.iter().chain(self.want.iter().flat_map(|choice| &choice.0));
            asked.any(|asked| asked == skill) || self.helps_with(skill).is_some()
        };
        let listed = Skills::get().all().filter(is_asked).map(Alternative::of_skill);
        let any = listed.chain(self.unlisted.iter().cloned()).collect();
        let mut narrow = query.clone();
        narrow.clauses.push(Clause { negated: false, any });
        narrow
    }

    /// The tags of an idea, and the skills without a tag that were asked for and that its items name.
    fn skills_of(&self, idea: &Idea) -> Vec<Skill> {
        let tags = idea.tags.iter().map(|tag| Cow::from(tag.value));
        tags.chain(self.unlisted.iter().filter(|skill| skill.matches(idea)).map(unlisted_name)).collect()
    }

    fn compare_skills(&self, skills: &[Skill], fit: &mut Fit) {
        let has = |skill: &&Skill| skills.contains(skill);
        if skills.is_empty() {
            fit.unknown.push("skills");
            return;
        }
        let is_used = |skill: &Skill| self.have.contains(skill) || self.helps_with(skill).is_some();
        if !self.have.is_empty() && !skills.iter().any(is_used) {
            fit.misses.push(Miss { wish: "skills", wished: self.have.join(","), says: Vec::new() });
        }
        for choice in self.want.iter().filter(|choice| !choice.0.iter().any(|skill| has(&skill))) {
            fit.misses.push(Miss { wish: "want", wished: choice.0.join(","), says: Vec::new() });
        }
        for skill in self.avoid.iter().filter(has) {
            fit.misses.push(Miss { wish: "avoid", wished: skill.to_string(), says: vec![skill.to_string()] });
        }
    }

    /// The first of your skills that helps with a tag.
    fn helps_with(&self, tag: &str) -> Option<Skill> {
        let related = Skills::get().related(tag);
        self.have.iter().find(|skill| related.iter().any(|related| related == *skill)).cloned()
    }

    /// See the head of this file.
    fn score(&self, fit: &Fit) -> f64 {
        let mine = count(&fit.have) + count(&fit.want) + HELPED * count(&fit.related);
        let others = HELPED * count(&fit.related) + count(&fit.learn) + DESIRABLE * count(&fit.optional);
        let asked = if mine > 0.0 { mine / (mine + others) } else { 0.0 };
        let used = || count(&fit.have) / count(&self.have);
        let skills = if self.have.is_empty() { asked } else { ASKED * asked + (1.0 - ASKED) * used() };
        let rest = (skills - UNKNOWN * count(&fit.unknown)).max(0.0);
        let score = (MET + (100.0 - MET) * rest) * fit.misses.iter().fold(1.0, |left, _| left * MISSED);
        // One digit is what people see.
        (score * 10.0).round() / 10.0
    }

    /// The ideas that use a skill somebody has or wants, the best fit first.
    pub fn rank<'a>(&self, ideas: impl IntoIterator<Item = &'a Idea>) -> Vec<Fitting<'a>> {
        let fits = ideas.into_iter().map(|idea| Fitting { idea, fit: self.fit(idea) });
        let mut fits: Vec<_> = fits.filter(|fitting| fitting.fit.credits()).collect();
        fits.sort_by_cached_key(|Fitting { idea, fit }| {
            // A score has one digit; of equal ones that which misses less is the better.
            #[allow(clippy::cast_possible_truncation)] // at most 1000
            let tenths = (fit.score * 10.0).round() as i32;
            (std::cmp::Reverse(tenths), fit.misses.len(), newest_first(idea))
        });
        fits
    }
}

impl Fit {
    /// True if there is a skill in the idea that you have, want or have help with.
    fn credits(&self) -> bool {
        !(self.have.is_empty() && self.want.is_empty() && self.related.is_empty())
    }
}

impl Ranges {
    fn read(filter: Filter, text: &str) -> Result<Self, QueryError> {
        let mut query = Query::default();
        query.require(filter, text)?;
        Ok(Ranges { said: text.trim().to_owned(), query })
    }
}

/// What a skill without a canonical name is called here.
fn unlisted_name(skill: &Alternative) -> Skill {
    skill.said.to_lowercase().into()
}

/// The ids of the ideas whose text says this, without a slip.
fn that_say(said: &str, index: &Index<'_>) -> BTreeSet<String> {
    // With hyphens between them words are one, in whatever forms.
    let words = said.split_whitespace().collect::<Vec<_>>().join("-");
    let Ok(search) = Search::read(&words) else { return BTreeSet::new() };
    let found = index.search(&search, |_| true);
    if !(search.has_words() && found.slips.is_empty() && found.unknown.is_empty() && found.apart.is_empty()) {
        return BTreeSet::new();
    }
    let is_telling = |field: &&str| TELLING.iter().any(|telling| telling.as_str() == *field);
    let hits = found.matches.iter().filter(|hit| hit.without.is_empty() && hit.matched.iter().any(is_telling));
    hits.map(|hit| index.ideas.found(hit.place).id.clone()).collect()
}

/// Several skills that were not parted by commas: `rust python`, `c/c++`.
fn several(said: &str) -> Option<String> {
    let parts: Vec<&str> = said.split([' ', ';', '/', '|', '&']).filter(|part| !part.is_empty()).collect();
    let all = parts.len() > 1 && parts.iter().all(|part| Skills::get().canonical(part).is_some());
    all.then(|| parts.join(","))
}

fn add<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

#[allow(clippy::cast_precision_loss)] // nobody has 2^52 skills
fn count<T>(list: &[T]) -> f64 {
    list.len() as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::idea;
    use super::*;

    fn wishes(have: &str, want: &str, avoid: &str, hours: &str, difficulty: &str) -> Wishes {
        let mut wishes = Wishes::default();
        let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        said(have).iter().try_for_each(|text| wishes.have(text)).unwrap();
        said(want).iter().try_for_each(|text| wishes.want(text)).unwrap();
        said(avoid).iter().try_for_each(|text| wishes.avoid(text)).unwrap();
        said(hours).iter().try_for_each(|text| wishes.hours(text)).unwrap();
        said(difficulty).iter().try_for_each(|text| wishes.difficulty(text)).unwrap();
        wishes
    }

    #[test]
    fn a_fit_says_why() {
        let wishes = wishes("golang,TypeScript", "ebpf", "php", "..175", "..medium");
        let page = idea("x", &[("skills", "Go|JavaScript|eBPF|PHP|Docker"), ("hours", "350")]);
        let fit = wishes.fit(&page);
        assert_eq!(fit.have, ["go"]);
        assert_eq!(fit.want, ["ebpf"]);
        assert_eq!(fit.related, [Related { skill: "javascript".into(), by: "typescript".into() }]);
        assert_eq!(fit.learn, ["php", "docker"]);
        assert_eq!(fit.unknown, ["difficulty"]);
        let misses: Vec<_> = fit.misses.iter().map(|miss| (miss.wish, miss.wished.as_str(), miss.says.join(","))).collect();
        assert_eq!(misses, [("avoid", "php", "php".to_owned()), ("hours", "..175", "350".to_owned())]);
        // 50, 30 × (1 + 1 + ½) ÷ 5, 20 × 1 ÷ 2, 2.5 less; a quarter of it, as two wishes are missed.
        assert!((fit.score - 18.1).abs() < 1e-9, "{}", fit.score);
    }

    #[test]
    fn what_is_taken_stands_behind_what_is_free() {
        let ideas = ["taken", "done", "draft", ""].map(|status| idea("x", &[("skills", "Go"), ("status", status)]));
        let fits = wishes("go", "", "", "", "").rank(&ideas);
        let told: Vec<_> =
            fits.iter().map(|fitting| (fitting.fit.score, fitting.fit.misses.first().map_or("", |miss| &miss.says[0]))).collect();
        assert_eq!(told, [(100.0, ""), (100.0, ""), (50.0, "taken"), (50.0, "done")]);
    }

    #[test]
    fn a_wish_that_is_no_skill_is_looked_for_in_texts() {
        let ideas = [
            idea("Point a telescope", &[("skills", "Go")]),
            idea("Clean lenses", &[("description", "For the **radio telescopes**."), ("skills", "Go")]),
            idea("Soup", &[("organization", "Telescope kitchen"), ("skills", "Go")]),
        ];
        let mut all = wishes("go,telescopes", "telescopes,radio telescope", "", "", "");
        let unknown = all.forget_unknown(&ideas);
        let unknown: Vec<_> = unknown.iter().map(|it| (it.seen.as_str(), it.said_by)).collect();
        assert_eq!(unknown, [("telescopes", 2), ("radio telescope", 1)]);
        let fits: Vec<Fit> = ideas.iter().map(|idea| all.fit(idea)).collect();
        assert_eq!(fits[0].want, ["telescopes"]);
        assert_eq!(fits[1].want, ["telescopes", "radio telescope"]);
        assert_eq!((fits[2].want.as_slice(), fits[2].misses.len()), (&[][..], 1), "a name is no work");
        assert_eq!(fits[0].have, ["go"], "what one brings counts where it is asked for");
        let mut slip = wishes("", "telescpoes", "", "", "");
        assert_eq!(slip.forget_unknown(&ideas)[0].said_by, 0);
        assert!(slip.is_empty());
        assert_eq!(wishes("", "rust,php", "", "", "").missing(&ideas), ["rust"]);
        assert_eq!(wishes("", "rust,go", "", "", "").missing(&ideas), [""; 0]);
    }

    #[test]
    fn wishes_decide_before_scores() {
        let ideas = [
            idea("all but the size", &[("skills", "Go|Rust"), ("hours", "350")]),
            idea("something", &[("skills", "Go|Docker|React|PHP"), ("hours", "90")]),
            idea("nothing", &[("skills", "PHP"), ("hours", "90")]),
            idea("who knows", &[("hours", "90")]),
        ];
        let ranked = wishes("go,rust", "", "", "..175", "").rank(&ideas);
        let titles: Vec<_> = ranked.iter().map(|it| it.idea.title.value.as_str()).collect();
        assert_eq!(titles, ["something", "all but the size"]);
    }

    #[test]
    fn what_is_nice_to_have_weighs_less_than_what_is_required() {
        let page = idea("x", &[("skills", "Go|Rust")]);
        let optional = Idea { desirable: vec!["rust"], ..page.clone() };
        let wishes = wishes("go", "", "", "", "");
        let (required, optional) = (wishes.fit(&page), wishes.fit(&optional));
        assert_eq!((required.learn.as_slice(), optional.optional.as_slice()), (&["rust".into()][..], &["rust".into()][..]));
        assert_eq!((required.score, optional.score), (85.0, 94.0));
    }

    #[test]
    fn unknown_skills_are_told() {
        let mut wishes = wishes("kuberntes,go,xyzzy,golang python,c/c++", "xyzzy", "", "", "");
        let unknown = wishes.forget_unknown(&[idea("x", &[("skills", "Kubernetes")])]);
        let unknown: Vec<_> = unknown.iter().map(|it| (it.seen.as_str(), it.nearest.as_deref())).collect();
        assert_eq!(
            unknown,
            [
                ("golang python", Some("golang,python")),
                ("c/c++", Some("c,c++")),
                ("kuberntes", Some("kubernetes")),
                ("xyzzy", None),
            ]
        );
        assert_eq!((wishes.have.as_slice(), wishes.want.len()), (&[Cow::from("go")][..], 0));
        assert!(wishes.have(" , ").is_err());
        wishes.want("php").unwrap();
        wishes.avoid("java,php").unwrap();
        assert_eq!(wishes.contradiction(), Some("php"));
    }

    /// Whatever the vocabulary lacks means here what it means to `--skill`.
    #[test]
    fn a_skill_without_a_tag_is_found_as_the_filter_finds_it() {
        let ideas = [
            idea("a", &[("skills", "COBOL, or Fortran 77")]),
            idea("b", &[("skills", "Technical-drawing skills")]),
            idea("c", &[("skills", "Go"), ("description", "COBOL")]),
        ];
        for skill in ["cobol", "Technical Drawing", "go", "golang", "xyzzy"] {
            let mut query = Query::default();
            query.require(Filter::Skill, skill).unwrap();
            let listed: Vec<&str> = ideas.iter().filter(|it| query.matches(it)).map(|it| it.id.as_str()).collect();
            for mut wishes in [wishes(skill, "", "", "", ""), wishes("", skill, "", "", "")] {
                let unknown = wishes.forget_unknown(&ideas);
                let matched: Vec<&str> = wishes.rank(&ideas).iter().map(|it| it.idea.id.as_str()).collect();
                assert_eq!((matched, unknown.is_empty()), (listed.clone(), !listed.is_empty()), "{skill}");
            }
            let avoided = wishes("go", "", skill, "", "").fit(&ideas[0]);
            assert_eq!(avoided.misses.iter().any(|miss| miss.wish == "avoid"), query.matches(&ideas[0]), "{skill}");
        }
    }

    const SKILLS: [&str; 8] = ["go", "rust", "javascript", "typescript", "php", "kubernetes", "docker", "react"];

    fn some_skills() -> impl Strategy<Value = String> {
        proptest::sample::subsequence(SKILLS.to_vec(), 0..5).prop_map(|skills| skills.join(","))
    }

    fn some_idea() -> impl Strategy<Value = Idea> {
        let hours = proptest::sample::select(vec!["", "90", "175", "350", "175|350"]);
        let levels = proptest::sample::select(vec!["", "easy", "medium", "hard", "medium|hard"]);
        (some_skills(), hours, levels).prop_map(|(skills, hours, levels)| {
            let skills = skills.replace(',', "|");
            let facts = [("skills", skills.as_str()), ("hours", hours), ("difficulty", levels)];
            let facts: Vec<_> = facts.into_iter().filter(|(_, text)| !text.is_empty()).collect();
            idea("x", &facts)
        })
    }

    fn some_wishes() -> impl Strategy<Value = Wishes> {
        let hours = proptest::sample::select(vec!["", "..175", "350"]);
        let levels = proptest::sample::select(vec!["", "..medium", "hard"]);
        (some_skills(), some_skills(), some_skills(), hours, levels)
            .prop_map(|(have, want, avoid, hours, levels)| wishes(&have, &want, &avoid, hours, levels))
    }

    proptest! {
        #[test]
        fn what_is_credited_is_in_the_tags(wishes in some_wishes(), idea in some_idea()) {
            let fit = wishes.fit(&idea);
            let tags: Vec<&str> = idea.tags.iter().map(|tag| tag.value).collect();
            for skill in fit.have.iter().chain(&fit.want).chain(&fit.learn).chain(&fit.optional) {
                prop_assert!(tags.contains(&&**skill));
            }
            for related in &fit.related {
                prop_assert!(tags.contains(&&*related.skill) && wishes.have.contains(&related.by));
                prop_assert!(Skills::get().related(&related.skill).iter().any(|skill| *skill == related.by));
            }
            prop_assert!(fit.have.iter().all(|skill| wishes.have.contains(skill)));
            let told = fit.have.len() + fit.want.len() + fit.related.len() + fit.learn.len() + fit.optional.len();
            prop_assert_eq!(told, tags.len(), "each tag once");
            prop_assert!((0.0..=100.0).contains(&fit.score));
        }

        #[test]
        fn who_meets_every_wish_is_below_nobody_who_misses_one(
            wishes in some_wishes(),
            ideas in proptest::collection::vec(some_idea(), 0..12),
        ) {
            let ranked = wishes.rank(&ideas);
            let misses: Vec<usize> = ranked.iter().map(|it| it.fit.misses.len()).collect();
            prop_assert!(misses.is_sorted());
            prop_assert!(ranked.is_sorted_by(|one, next| one.fit.score >= next.fit.score), "the order is that of the score shown");
            // Nobody is left out who has something to say for it.
            for idea in &ideas {
                let fit = wishes.fit(idea);
                prop_assert_eq!(ranked.iter().any(|it| std::ptr::eq(it.idea, idea)), fit.credits());
                let meets_all = fit.misses.is_empty() && fit.unknown.is_empty();
                prop_assert!(!meets_all || fit.credits() || wishes.is_empty());
            }
        }
    }
}
