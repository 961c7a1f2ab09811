//! Mentors in data: `{"name": "Ada Brook", "github_handle": "ada-brook", …}`, or a text each.

use crate::data::Value;
use crate::idea::{Role, mentor};
use crate::layout::Said;
use crate::lint::page::Page;
use crate::prose::Text;
use crate::text::{Span, Spanned};

use super::form::Manner;
use super::{Detail, Mentors, Person, is_nobody, is_template_text};

impl<'a> Mentors<'a> {
    /// Reads a mentor of a list.
    pub(super) fn read_record(&mut self, page: &Page<'a>, record: Value<'a>) {
        if let Some(text) = record.text() {
            let mut known = Vec::new();
            mentor::read(text, true, &mut known);
            self.read_line(page, text, &known, 0);
            return;
        }
        let entries: Vec<(Said, Text<'a>, Text<'a>)> = record
            .map()
            .into_iter()
            .flatten()
            .filter_map(|(key, value)| {
                // Nothing under a key has no place of its own.
                let text = value.text().map_or(key.cut(0..0), Text::trim);
                Some((Said::of(key.as_str())?, key, text))
            })
            .collect();
        let get = |what: Said| entries.iter().find(|(said, ..)| *said == what).map(|&(_, key, text)| (key, text));
        let texts = || entries.iter().map(|&(.., text)| text).filter(|text| !text.is_empty());
        if texts().any(|text| is_template_text(page, text.as_str().trim_start_matches('@'))) {
            self.untouched = true;
            return;
        }
        let name = get(Said::Name).map(|(_, name)| name).filter(|name| !name.is_empty());
        let details = [Said::Handle, Said::Email, Said::Lfid].map(|what| get(what).map(|(_, text)| text));
        let silent = |text: &Text<'_>| text.is_empty() || is_nobody(text.as_str());
        if details.iter().flatten().all(silent) && name.is_none_or(|name| silent(&name)) {
            // An empty record is nobody; `TBD` says so.
            if let Some(said) = texts().find(|text| is_nobody(text.as_str())) {
                self.vacant = true;
                self.placeholders.push(said);
            }
            return;
        }
        let span = name
            .or_else(|| texts().next())
            .or_else(|| entries.first().map(|&(_, key, _)| key))
            .map_or(Span::new(0, 0), Text::span);
        let role = get(Said::Role).and_then(|(_, text)| Some(Spanned::at(text.span(), Role::from_words(text.as_str())?)));
        if let Some(name) = name.filter(|name| is_nobody(name.as_str())) {
            self.placeholders.push(name);
        }
        let (mut handle, mut email, mut lfid) = (Detail::default(), Detail::default(), Detail::default());
        let place = |what: Said| get(what).map_or(span, |(key, _)| key.span());
        let text = |what: Said| get(what).map(|(_, text)| text).filter(|text| !text.is_empty());
        match text(Said::Handle) {
            Some(text) => {
                let manner = if self.bound { Manner::Name } else { Manner::Any };
                self.read_handle_value(text, span, manner, &mut handle);
            }
            None if self.bound => handle.missing = Some(place(Said::Handle)),
            None => {}
        }
        match text(Said::Email) {
            Some(text) => self.read_email_value(text, span, &mut email),
            None if self.bound => email.missing = Some(place(Said::Email)),
            None => {}
        }
        match text(Said::Lfid) {
            Some(text) => self.read_lfid_value(text, span, &mut lfid),
            None if self.bound => lfid.missing = Some(place(Said::Lfid)),
            None => {}
        }
        let shown = name.or_else(|| texts().next()).map(Text::flow).unwrap_or_default();
        self.people.push(Person { span, shown, named: name.is_some(), field: 0, handle, email, lfid, role });
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::Template;
    use crate::lint::mentors::tests::{found, found_on};

    #[test]
    fn mentors_of_an_export() {
        let form = Template::named("lfx-form").unwrap();
        let ada = r#"{"name": "Ada Brook", "github_handle": "ada-brook", "email": "ada@example.org", "lfid": "adabrook", "role": "primary"}"#;
        for (mentors, findings) in [
            (ada.to_owned(), &[][..]),
            (ada.replace("\"ada-brook", "\"@ada-brook"), &[]),
            (ada.replace("\"ada-brook", "\"ada_brook"), &["mentor-handle-format ada_brook"]),
            (
                ada.replace("\"ada-brook", "\"https://github.com/ada-brook"),
                &["mentor-handle-format https://github.com/ada-brook"],
            ),
            (ada.replace("\"ada-brook", "\""), &["mentor-handle-missing github_handle"]),
            (ada.replace("\"ada-brook\"", "null"), &["mentor-handle-missing github_handle"]),
            (ada.replace("ada@example.org", "ada@"), &["mentor-email-format ada@"]),
            (ada.replace("ada@example.org", "mailto:ada@example.org"), &["mentor-email-format mailto:ada@example.org"]),
            (ada.replace("ada@example.org", "<ada@example.org>"), &[]),
            (ada.replace("ada@example.org", ""), &["mentor-email-missing email"]),
            (ada.replace("\"email\": \"ada@example.org\", ", ""), &["mentor-email-missing Ada Brook"]),
            (ada.replace("ada@example.org", "TBD"), &["mentor-placeholder TBD"]),
            (ada.replace("\"adabrook\"", "null"), &["mentor-lfid lfid"]),
            (ada.replace("\"adabrook", "\"https://example.org/adabrook"), &["mentor-lfid https://example.org/adabrook"]),
            (ada.replace("\"adabrook", "\"ada brook"), &["mentor-lfid ada brook"]),
            (String::new(), &["mentor-count mentors"]),
            (format!("{ada}, {ada}"), &["mentor-duplicate ada-brook"]),
            (format!("{ada}, {}", ada.replace("ada", "Ada").replace("primary", "co-mentor")), &["mentor-duplicate Ada-brook"]),
            (
                format!(
                    "{ada}, {}, {}, {}, {}",
                    ada.replace("ada", "bo").replace("primary", "co-mentor"),
                    ada.replace("ada", "cy").replace("primary", "co-mentor"),
                    ada.replace("ada", "di").replace("primary", "co-mentor"),
                    ada.replace("ada", "ed").replace("Ada Brook", "Ed Tor").replace("primary", "co-mentor"),
                ),
                &["mentor-count Ed Tor"],
            ),
            (r#"{"name": "TBD", "github_handle": "", "email": "", "lfid": ""}"#.to_owned(), &["mentor-placeholder TBD"]),
        ] {
            let text = format!(
                r#"{{"_term": "2026 Term 1 (Mar-May)", "programs": [{{"cncf_project": "Cloud Kitchen", "program_name_short": "Taste soups", "description": "Soups are tasted by hand today.", "technologies": "Go", "skills": "Go", "mentors": [{mentors}], "upstream_issue_url": "https://github.com/cloud-kitchen/kitchen/issues/1"}}]}}"#
            );
            assert_eq!(found_on("export.json", &text, form), findings, "{mentors}");
        }
    }

    #[test]
    fn our_own_json_may_leave_things_out() {
        let text = r#"[{"title": "Taste soups", "description": "Soups.", "skills": ["Go"], "upstream": [],
            "mentors": [{"name": "Ada Brook", "github": null, "email": null, "lfid": null, "role": null}]}]"#;
        let found = found_on("list.json", text, Template::named("lfx-form").unwrap());
        assert_eq!(found.iter().filter(|finding| finding.starts_with("mentor-")).count(), 0, "{found:?}");
    }

    #[test]
    fn mentors_of_an_idea_file() {
        let good = "  - name: Ada Brook\n    github: ada-brook\n    email: ada@example.org\n";
        for (bad, findings) in [
            ("  - name: Ada Brook\n", &[][..]),
            ("  - name: Ada Brook\n    github: https://github.com/ada-brook\n", &[]),
            ("  - Ada Brook (@ada-brook, ada@example.org)\n", &[]),
            ("  - Ada Brook (ada-brook)\n", &[]),
            ("  - Ada Brook (@ada_brook, ada@example.org)\n", &["mentor-handle-format @ada_brook"]),
            ("  - name: Ada Brook\n    github: \"@ada--brook\"\n", &["mentor-handle-format @ada--brook"]),
            ("  - name: Ada Brook\n    email: ada(at)example.org\n", &["mentor-email-format ada(at)example.org"]),
            ("  - TBD\n", &["mentor-placeholder TBD"]),
            ("  []\n", &["mentor-count mentors"]),
            (
                "  - name: Ada Brook\n    github: ada-brook\n  - name: A. Brook\n    github: Ada-brook\n",
                &["mentor-duplicate Ada-brook"],
            ),
        ] {
            assert_eq!(found("idea", good, bad), findings, "{bad}");
        }
    }
}
