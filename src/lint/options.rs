//! Numbers that `ideas.toml` sets for a rule, in place of those of the programme's template: `mentor-count.least = 1`.
//!
//! A page is held to its template with these numbers in it, so that rules, their messages and the editor's completion know of no
//! other place to look. [`ALL`] says what there is; the types are how it is written, and what `ideas schema config` describes.

use std::borrow::Cow;
use std::num::{NonZeroU32, NonZeroUsize};

use schemars::JsonSchema;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::Template;

/// The numbers that are set; what is not set is as the template has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Of `mentor-count`.
    pub mentor_count: MentorCount,
    /// Of `title-length`.
    pub title_length: TitleLength,
    /// Of `description-length`.
    pub description_length: DescriptionLength,
    /// Of `upstream-count`.
    pub upstream_count: UpstreamCount,
    /// Of `size-value`.
    pub size_value: SizeValue,
}

/// How many mentors an idea has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(inline)]
pub struct MentorCount {
    /// The least number of mentors of an idea.
    pub least: Option<NonZeroUsize>,
    /// The greatest number of mentors of an idea.
    pub most: Option<NonZeroUsize>,
}

impl<'de> Deserialize<'de> for MentorCount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// As it is written.
        #[derive(Default, Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
        struct Written {
            least: Option<NonZeroUsize>,
            most: Option<NonZeroUsize>,
        }
        let Written { least, most } = Written::deserialize(deserializer)?;
        match (least, most) {
            (Some(low), Some(high)) if low > high => Err(D::Error::custom(format!(
                "no idea can have at least {low} mentors and at most {high}; expected `least` up to `most`"
            ))),
            _ => Ok(MentorCount { least, most }),
        }
    }
}

/// How long a title may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(inline)]
pub struct TitleLength {
    /// The greatest length of a title as the programme shows it, in characters.
    pub most: Option<NonZeroUsize>,
}

/// How long a description may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(inline)]
pub struct DescriptionLength {
    /// The greatest length of a description, in characters.
    pub most: Option<NonZeroUsize>,
}

/// How many upstream issues an idea names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(inline)]
pub struct UpstreamCount {
    /// The greatest number of upstream issues of an idea.
    pub most: Option<NonZeroUsize>,
}

/// Which sizes there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(inline)]
pub struct SizeValue {
    /// The sizes that the programme pays for, in hours: `[90, 175, 350]`.
    #[serde(deserialize_with = "some_sizes")]
    #[schemars(length(min = 1))]
    pub hours: Option<Vec<NonZeroU32>>,
}

/// At least one size.
fn some_sizes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<NonZeroU32>>, D::Error> {
    let hours = Vec::deserialize(deserializer)?;
    if hours.is_empty() {
        return Err(D::Error::custom(
            "no sizes; expected at least one, such as `[175]`; `size-value = \"off\"` in [lint.rules] asks for none",
        ));
    }
    Ok(Some(hours))
}

/// An option of a rule, as `ideas rules` tells it.
pub struct RuleOption {
    /// The rule's code.
    pub rule: &'static str,
    /// What it is called in `ideas.toml`, below the rule's code.
    pub name: &'static str,
    /// What it sets.
    pub about: &'static str,
    /// A value, as it is written.
    pub example: &'static str,
    /// What a template has, if it has anything.
    pub of: fn(&Template) -> Option<String>,
}

/// All options, by rule.
pub static ALL: &[RuleOption] = &[
    RuleOption {
        rule: "description-length",
        name: "most",
        about: "the greatest length of a description, in characters",
        example: "2000",
        of: |template| text(template.limits.description),
    },
    RuleOption {
        rule: "mentor-count",
        name: "least",
        about: "the least number of mentors of an idea",
        example: "2",
        of: |template| text(Some(template.mentors.least)),
    },
    RuleOption {
        rule: "mentor-count",
        name: "most",
        about: "the greatest number of mentors of an idea",
        example: "4",
        of: |template| text(template.mentors.most),
    },
    RuleOption {
        rule: "quota",
        name: "PROJECT",
        about: "how many ideas this project may propose in a term; default stands for all that are not named",
        example: "8",
        of: |template| text(template.limits.quota),
    },
    RuleOption {
        rule: "size-value",
        name: "hours",
        about: "the sizes that the programme pays for, in hours",
        example: "[90, 175, 350]",
        of: |template| (!template.limits.hours.is_empty()).then(|| format!("{:?}", template.limits.hours)),
    },
    RuleOption {
        rule: "title-length",
        name: "most",
        about: "the greatest length of a title as the programme shows it, in characters",
        example: "80",
        of: |template| text(template.limits.title),
    },
    RuleOption {
        rule: "upstream-count",
        name: "most",
        about: "the greatest number of upstream issues of an idea",
        example: "2",
        of: |template| text(template.limits.upstream),
    },
];

/// The options of a rule.
pub fn of_rule(code: &str) -> impl Iterator<Item = &'static RuleOption> {
    ALL.iter().filter(move |option| option.rule == code)
}

fn text(number: Option<usize>) -> Option<String> {
    number.map(|number| number.to_string())
}

impl Options {
    /// The template with these numbers in the place of its own.
    pub fn apply<'t>(&self, template: &'t Template) -> Cow<'t, Template> {
        if *self == Options::default() {
            return Cow::Borrowed(template);
        }
        let mut template = template.clone();
        let set = |number: Option<NonZeroUsize>, own: Option<usize>| number.map(NonZeroUsize::get).or(own);
        let Template { mentors, limits, .. } = &mut template;
        mentors.least = set(self.mentor_count.least, Some(mentors.least)).unwrap_or_default();
        mentors.most = set(self.mentor_count.most, mentors.most);
        limits.title = set(self.title_length.most, limits.title);
        limits.description = set(self.description_length.most, limits.description);
        limits.upstream = set(self.upstream_count.most, limits.upstream);
        if let Some(hours) = &self.size_value.hours {
            limits.hours = hours.iter().map(|hours| hours.get()).collect();
        }
        Cow::Owned(template)
    }

    /// These numbers, and for what they do not set those of `others`.
    #[must_use]
    pub fn or(&self, others: &Options) -> Options {
        Options {
            mentor_count: MentorCount {
                least: self.mentor_count.least.or(others.mentor_count.least),
                most: self.mentor_count.most.or(others.mentor_count.most),
            },
            title_length: TitleLength { most: self.title_length.most.or(others.title_length.most) },
            description_length: DescriptionLength { most: self.description_length.most.or(others.description_length.most) },
            upstream_count: UpstreamCount { most: self.upstream_count.most.or(others.upstream_count.most) },
            size_value: SizeValue { hours: self.size_value.hours.clone().or_else(|| others.size_value.hours.clone()) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Given;
    use crate::lint;
    use crate::text::Source;

    #[test]
    fn numbers_stand_in_the_place_of_the_templates() {
        let template = Template::named("lfx").unwrap();
        let some = NonZeroUsize::new;
        let found = |options: &Options, good: &str, bad: &str| {
            let text = template.example.replacen(good, bad, 1);
            let (_, findings) = lint::page_with(Source::new("a.md", text), Some(template), &Given::default(), options).unwrap();
            findings.iter().map(|finding| finding.code).collect::<Vec<_>>()
        };
        let one_mentor = ("  - Ada Brook (@ada-brook, ada@example.org)\n  - Bo", "  - Bo");
        let count = |least, most| Options { mentor_count: MentorCount { least, most }, ..Options::default() };
        assert_eq!(found(&Options::default(), one_mentor.0, one_mentor.1), ["mentor-count"]);
        assert_eq!(found(&count(some(1), None), one_mentor.0, one_mentor.1), [""; 0]);
        assert_eq!(found(&count(some(3), None), "", ""), ["mentor-count"; 2]);
        assert_eq!(found(&count(some(1), some(1)), "", ""), ["mentor-count"; 2]);
        let title = Options { title_length: TitleLength { most: some(20) }, ..Options::default() };
        assert_eq!(found(&title, "", ""), ["title-length"; 2]);
        let description = Options { description_length: DescriptionLength { most: some(20) }, ..Options::default() };
        assert_eq!(found(&description, "", ""), ["description-length"; 2]);
        // What is set for some pages counts before what is set for all.
        let both = count(some(1), None).or(&count(some(3), some(5)));
        assert_eq!(both, count(some(1), some(5)));
    }

    #[test]
    fn options_are_of_rules_that_there_are() {
        for option in ALL {
            assert!(lint::rule(option.rule).is_some(), "{}", option.rule);
        }
        assert!(ALL.is_sorted_by_key(|option| (option.rule, option.name)));
    }
}
