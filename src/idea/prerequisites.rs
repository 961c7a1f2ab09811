//! What LFX asks of everybody who applies: the prerequisites of the proposal form and of the export.
//!
//! They are known by the letters of their names, so the form's `Cover Letter` and the export's `cover_letter` are one.

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;
use strum::IntoStaticStr;

use crate::data::Value;
use crate::prose::Text;
use crate::text::Spanned;

/// What applicants must bring. What the form does not tick, or the export calls false, is false.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, BorshSerialize, BorshDeserialize)]
pub struct Prerequisites {
    /// A resume.
    pub resume: bool,
    /// A cover letter.
    pub cover_letter: bool,
    /// A proof that they are enrolled at a school.
    pub school_enrollment_verification: bool,
    /// The permission of their school or employer.
    pub participation_permission: bool,
    /// A coding challenge.
    pub coding_challenge: bool,
    /// Where the coding challenge is.
    pub coding_challenge_url: Option<Spanned<String>>,
    /// What this proposal asks beyond that.
    pub custom: Option<Prerequisite>,
    /// What the organization asks of everybody; only exports say so.
    pub standard: Vec<Prerequisite>,
}

/// A prerequisite that is no box of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, BorshSerialize, BorshDeserialize)]
pub struct Prerequisite {
    /// A short name.
    pub name: Option<Spanned<String>>,
    /// What to bring.
    pub description: Option<Spanned<String>>,
    /// True if a file must be uploaded.
    pub file_upload: bool,
    /// False if it is described and its box is not ticked: then nobody is asked for it.
    pub asked: bool,
}

/// A prerequisite that is a box of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Toggle {
    /// A resume.
    Resume,
    /// A cover letter.
    CoverLetter,
    /// A proof of enrollment.
    SchoolEnrollmentVerification,
    /// The permission of school or employer.
    ParticipationPermission,
    /// A coding challenge.
    CodingChallenge,
}

impl Toggle {
    /// Every box, in the form's order.
    pub const ALL: [Toggle; 5] = [
        Toggle::Resume,
        Toggle::CoverLetter,
        Toggle::SchoolEnrollmentVerification,
        Toggle::ParticipationPermission,
        Toggle::CodingChallenge,
    ];

    /// The name in our JSON.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The box of a label or a key: `Participation Permission from school or employer`, `school_enrollment`.
    pub fn of_name(name: &str) -> Option<Self> {
        /// Fewer letters are no name that was cut short.
        const LEAST: usize = 6;
        let said = letters(name);
        let is_it = |toggle: &Toggle| {
            let own = letters(toggle.as_str());
            said.starts_with(&own) || said.len() >= LEAST && own.starts_with(&said)
        };
        Self::ALL.into_iter().find(is_it)
    }
}

impl Prerequisites {
    /// True if a box is ticked.
    pub fn has(&self, toggle: Toggle) -> bool {
        match toggle {
            Toggle::Resume => self.resume,
            Toggle::CoverLetter => self.cover_letter,
            Toggle::SchoolEnrollmentVerification => self.school_enrollment_verification,
            Toggle::ParticipationPermission => self.participation_permission,
            Toggle::CodingChallenge => self.coding_challenge,
        }
    }

    /// Ticks a box, or clears it.
    pub fn set(&mut self, toggle: Toggle, ticked: bool) {
        *match toggle {
            Toggle::Resume => &mut self.resume,
            Toggle::CoverLetter => &mut self.cover_letter,
            Toggle::SchoolEnrollmentVerification => &mut self.school_enrollment_verification,
            Toggle::ParticipationPermission => &mut self.participation_permission,
            Toggle::CodingChallenge => &mut self.coding_challenge,
        } = ticked;
    }

    /// True if nothing is asked, or described to be asked.
    pub fn is_empty(&self) -> bool {
        *self == Prerequisites::default()
    }

    /// Reads an entry of data: one of ours or of the export; `None` if the key says nothing of prerequisites.
    pub fn read_entry(&mut self, key: &str, value: Value<'_>) -> Option<()> {
        let said = letters(key);
        match said.as_str() {
            "codingchallengeurl" | "codingchallengelink" => self.coding_challenge_url = text(value),
            "standard" | "standing" | "standardprerequisites" => {
                let elements: Vec<_> = value.list().map_or_else(|| vec![value], Iterator::collect);
                self.standard.extend(elements.into_iter().filter_map(Prerequisite::read));
            }
            _ if said.starts_with("custom") => self.read_custom(&said, value),
            _ => {
                let toggle = Toggle::of_name(key)?;
                let url = value.get("url").or(Some(value)).and_then(text).filter(|url| url.value.contains("://"));
                self.set(toggle, is_true(value) || url.is_some());
                if toggle == Toggle::CodingChallenge && url.is_some() {
                    self.coding_challenge_url = url;
                }
            }
        }
        Some(())
    }

    /// An element of a list of prerequisites: the name of a box, or a record with one; what LFX asks of everybody is `standard`.
    pub fn read_element(&mut self, element: Value<'_>, is_standard: impl Fn(&str) -> bool) {
        let asked = match element.text() {
            Some(name) => Some(Prerequisite { name: Some(name.to_spanned()), asked: true, ..Prerequisite::default() }),
            None => Prerequisite::read(element),
        };
        let Some(asked) = asked else { return };
        let name = asked.name.as_ref().map_or("", |name| name.value.as_str());
        match Toggle::of_name(name) {
            Some(toggle) => self.set(toggle, asked.asked),
            None if is_standard(name) || self.custom.is_some() => self.standard.push(asked),
            None => self.custom = Some(asked),
        }
    }

    fn read_custom(&mut self, said: &str, value: Value<'_>) {
        if value.map().is_some() {
            self.custom = Prerequisite::read(value);
            return;
        }
        if let Some(list) = value.list() {
            list.for_each(|element| self.read_element(element, |_| false));
            return;
        }
        let mut custom = self.custom.take().unwrap_or_default();
        match said.trim_start_matches("custom").trim_start_matches("prerequisites").trim_start_matches("prerequisite") {
            "name" => custom.name = text(value),
            "description" => custom.description = text(value),
            "" | "asked" | "checked" | "required" | "enabled" => custom.asked = is_true(value),
            rest if rest.starts_with("file") || rest.contains("upload") => custom.file_upload = is_true(value),
            _ => {}
        }
        self.custom = Some(custom).filter(|custom| *custom != Prerequisite::default());
    }

    /// What is asked, one by one, as people read it.
    pub fn shown(&self) -> Vec<String> {
        let toggles = Toggle::ALL.into_iter().filter(|toggle| self.has(*toggle));
        let mut shown: Vec<String> = toggles.map(|toggle| toggle.as_str().replace('_', " ")).collect();
        if let Some(url) = &self.coding_challenge_url {
            match shown.last_mut().filter(|_| self.coding_challenge) {
                Some(challenge) => *challenge = format!("{challenge}: {}", url.value),
                None => shown.push(format!("coding challenge (not ticked): {}", url.value)),
            }
        }
        shown.extend(self.custom.iter().chain(&self.standard).map(Prerequisite::shown));
        shown
    }
}

impl Prerequisite {
    /// A record with a name, a description and whether it takes a file.
    fn read(record: Value<'_>) -> Option<Self> {
        let mut asked = true;
        let mut read = Prerequisite::default();
        for (key, value) in record.map()? {
            match letters(key.as_str()).as_str() {
                "name" | "title" => read.name = text(value),
                "description" => read.description = text(value),
                "asked" | "checked" | "required" | "enabled" => asked = is_true(value),
                key if key.contains("upload") || key.starts_with("file") => read.file_upload = is_true(value),
                _ => {}
            }
        }
        (read != Prerequisite::default()).then_some(Prerequisite { asked, ..read })
    }

    fn shown(&self) -> String {
        let said = |fact: &Option<Spanned<String>>| {
            fact.as_ref().map(|fact| fact.value.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let mut shown = [said(&self.name), said(&self.description)].into_iter().flatten().collect::<Vec<_>>().join(": ");
        for (holds, remark) in [(self.file_upload, " (file upload)"), (!self.asked, " (not ticked)")] {
            shown.push_str(if holds { remark } else { "" });
        }
        shown
    }
}

fn text(value: Value<'_>) -> Option<Spanned<String>> {
    let text = value.text().map(Text::trim).filter(|text| !text.is_empty())?;
    Some(Spanned::at(text.span(), text.as_str().to_owned()))
}

fn is_true(value: Value<'_>) -> bool {
    let scalar = value.text().map(|text| matches!(text.as_str().trim().to_lowercase().as_str(), "true" | "yes" | "x" | "1"));
    scalar.unwrap_or_else(|| ["required", "asked", "checked", "enabled"].iter().filter_map(|key| value.get(key)).any(is_true))
}

fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Data;

    fn read(json: &str) -> Prerequisites {
        let data = Data::json(json).unwrap();
        let mut read = Prerequisites::default();
        for (key, value) in data.root().map().unwrap() {
            read.read_entry(key.as_str(), value);
        }
        read
    }

    #[test]
    fn our_json_reads_as_it_was() {
        let json = r#"{"resume":true,"cover_letter":false,"school_enrollment_verification":true,"participation_permission":false,"coding_challenge":true,"coding_challenge_url":"https://example.org/c","custom":{"name":"Soup","description":"Cook it.\nTwice.","file_upload":true,"asked":false},"standard":[{"name":"Course","description":null,"file_upload":true,"asked":true}]}"#;
        assert_eq!(serde_json::to_string(&read(json)).unwrap(), json);
        assert!(read("{}").is_empty());
    }

    #[test]
    fn boxes_have_more_than_one_name() {
        for (name, toggle) in [
            ("Resume", Some(Toggle::Resume)),
            ("Participation Permission from school or employer", Some(Toggle::ParticipationPermission)),
            ("school_enrollment", Some(Toggle::SchoolEnrollmentVerification)),
            ("coverLetter", Some(Toggle::CoverLetter)),
            ("cod", None),
            ("Writing sample", None),
        ] {
            assert_eq!(Toggle::of_name(name), toggle, "{name}");
        }
    }

    #[test]
    fn what_is_asked_is_shown() {
        let read = read(
            r#"{"resume": "yes", "coding_challenge": {"required": true, "url": "https://example.org/c"}, "custom_prerequisite": true,
                "custom_prerequisite_name": "Soup", "custom_prerequisite_description": "Cook\n it.", "custom_prerequisite_file_upload": true}"#,
        );
        assert_eq!(read.shown(), ["resume", "coding challenge: https://example.org/c", "Soup: Cook it. (file upload)"]);
    }
}
