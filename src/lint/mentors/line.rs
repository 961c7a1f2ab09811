//! Mentors in a line of a page: `Ada Brook (@ada-brook, ada@example.org) - primary`, and all that people make of it.

use std::ops::Range;

use crate::idea::{Mentor, Role, mentor};
use crate::labels::{Kind, Labels};
use crate::lint::page::Page;
use crate::prose::Text;

use super::signs::{Found, find_in_their_place};
use super::{Detail, Mentors, Person, is_nobody, is_template_text};

impl<'a> Mentors<'a> {
    /// Looks at a line of mentors, and at whom the reader found in it.
    pub(super) fn read_line(&mut self, page: &Page<'a>, line: Text<'a>, known: &[Mentor], field: usize) {
        let line = line.trim();
        // The template's comment: `#For GSoC, it is required …`
        if is_template_text(page, line.as_str()) || line.as_str().starts_with('#') {
            self.untouched |= is_template_text(page, line.as_str());
            return;
        }
        let mut known = known.iter().peekable();
        let mut people: Vec<(Range<usize>, Option<&Mentor>)> = Vec::new();
        let mut nobody: Option<Range<usize>> = None;
        for stretch in mentor::people(line) {
            let range = stretch.offset_in(line)..stretch.offset_in(line) + stretch.len();
            let end = stretch.span().end;
            let begins = |person: &&Mentor| person.span().is_some_and(|span| span.start < end);
            let person = known.next_if(begins);
            let vacant = is_vacant(stretch.as_str());
            if let Some(person) = person.filter(|person| !vacant || person.github.is_some() || person.email.is_some()) {
                people.push((range.clone(), Some(person)));
                while let Some(person) = known.next_if(begins) {
                    people.push((range.end..range.end, Some(person)));
                }
            } else if vacant {
                if is_template_text(page, before_details(stretch.as_str())) {
                    self.untouched = true;
                } else if let Some(nobody) = &mut nobody {
                    nobody.end = range.end;
                } else {
                    nobody = Some(range);
                }
                continue;
            } else if let (None, Some((last, _))) = (&nobody, people.last_mut()) {
                last.end = range.end;
            } else if nobody.is_none() && stretch.as_str().contains('@') {
                people.push((range, None));
            }
            if let Some(nobody) = nobody.take() {
                self.nobody(line.cut(nobody));
            }
        }
        if let Some(nobody) = nobody {
            self.nobody(line.cut(nobody));
        }
        let unknown = Mentor::default();
        for (range, person) in people {
            self.read_person(page, line.cut(range), person.unwrap_or(&unknown), field);
        }
    }

    /// Reads a list of handles, or of addresses.
    pub(super) fn read_list(&mut self, page: &Page<'a>, line: Text<'a>) {
        let bound = std::mem::take(&mut self.bound);
        let mut found = Found::default();
        self.read_signs(page, line, &Mentor::default(), &mut found);
        self.bound = bound;
        self.untouched |= found.untouched;
        self.handles.extend(found.handles);
        self.emails.extend(found.emails);
    }

    fn nobody(&mut self, text: Text<'a>) {
        self.vacant = true;
        self.placeholders.push(text.trim());
    }

    fn read_person(&mut self, page: &Page<'a>, text: Text<'a>, known: &Mentor, field: usize) {
        let facts = [&known.name, &known.github, &known.email];
        let mut found = Found::default();
        let named = facts.iter().any(|fact| fact.as_ref().is_some_and(|fact| is_template_text(page, &fact.value)));
        self.read_signs(page, text, known, &mut found);
        if named || found.untouched {
            self.untouched = true;
            return;
        }
        let span = facts.iter().find_map(|fact| fact.as_ref()?.span).unwrap_or_else(|| text.span());
        let shown = if known.is_nobody() { text.flow() } else { known.shown() };
        let mut handle = Detail { missing: Some(span), value: known.github.clone() };
        let mut email = Detail { missing: Some(span), value: known.email.clone() };
        if self.bound {
            find_in_their_place(text, &handle, &email, &mut found);
            self.find_gap(page, text, &found);
        }
        if handle.value.is_some() || found.says_handle() {
            handle.missing = None;
        }
        if email.value.is_some() || found.says_email() {
            email.missing = None;
        }
        self.handles.extend(found.handles);
        self.emails.extend(found.emails);
        self.placeholders.extend(found.placeholders);
        let lfid = Detail { missing: None, value: known.lfid.clone() };
        let role = known.role.clone();
        self.people.push(Person { span, shown, named: known.name.is_some(), field, handle, email, lfid, role });
    }
}

/// True if the stretch names nobody: `TBD`, `Co-mentor: TBD`, `Second mentor TBD`.
fn is_vacant(stretch: &str) -> bool {
    if is_nobody(stretch) {
        return true;
    }
    let is_label = |words: &str| {
        let words = words.trim().trim_end_matches(|c: char| c.is_ascii_digit() || "# :-–—".contains(c));
        Role::from_words(words).is_some() || Labels::get().kind(words) == Some(Kind::Mentors)
    };
    let after_label = stretch.split_once(':').is_some_and(|(label, rest)| is_nobody(rest) && is_label(label));
    let last = stretch.rsplit_once(' ').is_some_and(|(label, last)| is_nobody(last) && is_label(label));
    after_label || last
}

/// The name in a stretch: what stands before the details.
fn before_details(stretch: &str) -> &str {
    stretch.split(['(', '（', '<', '@']).next().unwrap_or(stretch).trim()
}

#[cfg(test)]
mod tests {
    use crate::lint::Template;
    use crate::lint::mentors::tests::{found, found_on};

    #[test]
    fn lines_in_the_templates_layout() {
        let mut wrong = Vec::new();
        for (line, findings) in [
            // As people write it, and nobody minds.
            ("Bo Reed (@boreed, bo.reed@example.org)", &[][..]),
            ("Bo Reed (@boreed , bo.reed@example.org)", &[]),
            ("Bo Reed(@boreed,bo.reed@example.org)", &[]),
            ("Bo Reed: (@boreed, bo.reed@example.org)", &[]),
            ("Bo Reed (@boreed, bo.reed@example.org), Kitchens Inc", &[]),
            ("Bo Reed (@boreed, bo.reed@example.org) from Cloud Kitchen - primary", &[]),
            ("Bo Reed (@boreed, bo.reed@example.org) – maintainer of the kitchen.", &[]),
            ("Primary Mentor: Bo Reed (@boreed, bo.reed@example.org)", &[]),
            ("**Bo Reed** (`@boreed`, *bo.reed@example.org*)", &[]),
            ("Bo Reed (bo.reed@example.org, @boreed)", &[]),
            ("Reed, Bo (@boreed, bo.reed@example.org)", &[]),
            ("Bo Reed, @boreed, bo.reed@example.org", &[]),
            ("Bo Reed @boreed <bo.reed@example.org>", &[]),
            ("Bo Reed (@boreed) <bo.reed@example.org>", &[]),
            ("Bo Reed ([@boreed](https://github.com/boreed), [bo.reed@example.org](mailto:bo.reed@example.org))", &[]),
            ("Bo Reed (@[boreed](https://github.com/boreed), <bo.reed@example.org>)", &[]),
            ("[Bo Reed](https://github.com/boreed) (bo.reed@example.org)", &[]),
            ("Bo Reed (https://github.com/boreed, bo.reed@example.org)", &[]),
            ("Bo Reed (@boreed, bo.reed (at) example (dot) org)", &[]),
            ("Bo Reed (@boreed, bo.reed AT example.org)", &[]),
            ("Bo Reed (@boreed, bo.reed@example (dot) org)", &[]),
            ("Bo Reed (@boreed, Email: bo.reed@example.org)", &[]),
            ("Bo Reed (@boreed, bo.reed@example.org, @bo on Slack)", &[]),
            ("Bo Reed (@boreed, bo.reed@example.org, @bo_reed on Slack)", &[]),
            ("Bo Reed (@boreed, bo.reed@example.org, https://fosstodon.example/@bo_reed)", &[]),
            ("Bo（Rufus）Reed（@boreed，bo.reed@example.org）", &[]),
            // Handles.
            ("Bo Reed (boreed, bo.reed@example.org)", &["mentor-handle-format boreed"]),
            ("Bo Reed (@bo_reed, bo.reed@example.org)", &["mentor-handle-format @bo_reed"]),
            ("Bo Reed (@bo.reed, bo.reed@example.org)", &["mentor-handle-format @bo.reed"]),
            ("Bo Reed (@bo--reed, bo.reed@example.org)", &["mentor-handle-format @bo--reed"]),
            ("Bo Reed (@kitchen/cooks, bo.reed@example.org)", &["mentor-handle-format @kitchen/cooks"]),
            ("Bo Reed (bo_reed, bo.reed@example.org)", &["mentor-handle-format bo_reed"]),
            ("@bo_reed", &["mentor-email-missing @bo_reed", "mentor-handle-format @bo_reed"]),
            ("Bo Reed (bo.reed@example.org)", &["mentor-handle-missing Bo Reed"]),
            ("Bo Reed <bo.reed@example.org>", &["mentor-handle-missing Bo Reed"]),
            ("Bo Reed ([@bo](https://example.org/bo), bo.reed@example.org)", &["mentor-handle-missing Bo Reed"]),
            // Addresses.
            ("Bo Reed (@boreed)", &["mentor-email-missing Bo Reed"]),
            ("Bo Reed (@boreed, Kitchens Inc)", &["mentor-email-missing Bo Reed"]),
            ("@boreed", &["mentor-email-missing boreed"]),
            ("Bo Reed (@boreed, bo.reed@)", &["mentor-email-format bo.reed@"]),
            ("Bo Reed (@boreed, bo.reed@example)", &["mentor-email-format bo.reed@example"]),
            ("Bo Reed (@boreed, bo.reed@example,org)", &["mentor-email-format bo.reed@example"]),
            ("Bo Reed (@boreed, bo.reed@example.)", &["mentor-email-format bo.reed@example"]),
            ("Bo Reed (@boreed, bo.reed@@example.org)", &["mentor-email-format bo.reed@@example.org"]),
            ("Bo Reed (@boreed, bo@reed@example.org)", &["mentor-email-format bo@reed@example.org"]),
            ("Bo Reed (@boreed, bo reed @example.org)", &["mentor-email-format @example.org"]),
            ("Bo Reed (@boreed, bo.reed@exam ple.org)", &["mentor-email-format bo.reed@exam"]),
            ("Bo Reed (@boreed, @bo.reed@example.org)", &["mentor-email-format @bo.reed@example.org"]),
            ("Bo Reed (@boreed, bo.reed.example.org)", &["mentor-email-format bo.reed.example.org"]),
            ("Bo Reed (@boreed, bo.reed at example)", &["mentor-email-format bo.reed at example"]),
            ("Bo Reed (@boreed, bo.reed@example.org/)", &["mentor-email-format /"]),
            ("Bo Reed (@boreed, bo.reed@example.org>)", &["mentor-email-format >"]),
            ("Bo Reed (@boreed, bo.reed@example.org.)", &["mentor-email-format ."]),
            ("Bo Reed (@boreed, bo.reed@example.org;)", &["mentor-email-format ;"]),
            ("Bo Reed (@boreed, mailto:bo.reed@example.org)", &["mentor-email-format mailto:bo.reed@example.org"]),
            // Both.
            ("Bo Reed", &["mentor-email-missing Bo Reed", "mentor-handle-missing Bo Reed"]),
            // Commas.
            ("Bo Reed (@boreed bo.reed@example.org)", &["mentor-separator  "]),
            ("Bo Reed (@boreed; bo.reed@example.org)", &["mentor-separator ; "]),
            ("Bo Reed (@boreed - bo.reed@example.org)", &["mentor-separator  - "]),
            ("Bo Reed (@boreed / bo.reed@example.org)", &["mentor-separator  / "]),
            ("Bo Reed (@boreed | bo.reed@example.org)", &["mentor-separator  | "]),
            ("Bo Reed (bo.reed@example.org @boreed)", &["mentor-separator  "]),
            ("Bo Reed (@boreed email bo.reed@example.org)", &["mentor-separator  email "]),
            ("Bo Reed @boreed bo.reed@example.org", &["mentor-separator  "]),
            ("Bo Reed ([@boreed](https://github.com/boreed) bo.reed@example.org)", &["mentor-separator  "]),
            // Who is named twice.
            ("Ada Brook (@ada-brook, ada@example.org)", &["mentor-duplicate ada-brook"]),
            ("Bo Reed (@ADA-brook, bo.reed@example.org)", &["mentor-duplicate ADA-brook"]),
            ("Bo Reed (@boreed, ADA@example.org)", &["mentor-duplicate ADA@example.org"]),
            // Nobody.
            ("TBD", &["mentor-placeholder TBD"]),
            ("**TBA**", &["mentor-placeholder TBA"]),
            ("tbd.", &["mentor-placeholder tbd."]),
            ("_None yet_", &["mentor-placeholder None yet"]),
            ("Looking for mentors", &["mentor-placeholder Looking for mentors"]),
            (
                "Looking for a second mentor, please get in touch",
                &["mentor-placeholder Looking for a second mentor, please get in touch"],
            ),
            ("Second mentor: TBD", &["mentor-placeholder Second mentor: TBD"]),
            ("Co-mentor TBD", &["mentor-placeholder Co-mentor TBD"]),
            ("TBD (@tbd, tbd@example.org)", &["mentor-placeholder TBD (@tbd, tbd@example.org)"]),
            ("Bo Reed (@boreed, TBD)", &["mentor-placeholder TBD"]),
            ("Bo Reed (TBD, bo.reed@example.org)", &["mentor-placeholder TBD"]),
            ("Bo Reed (@TBD, bo.reed@example.org)", &["mentor-placeholder @TBD"]),
            ("Bo Reed (TBD)", &["mentor-placeholder TBD"]),
            ("Bo Reed (@boreed, bo.reed@example.org), TBD", &["mentor-placeholder TBD"]),
            // The template's own words are another rule's.
            ("Mentor Name (@mentor_github, mentor@email.addy)", &[]),
            ("Mentor Name (@boreed, bo.reed@example.org)", &[]),
            ("Bo Reed (@mentor_github, bo.reed@example.org)", &[]),
            ("Bo Reed (@boreed, mentor@email.addy)", &[]),
        ] {
            let good = "Ada Brook (@ada-brook, ada@example.org)\n  - Bo Reed (@boreed, bo.reed@example.org)";
            let bad = format!("Ada Brook (@ada-brook, ada@example.org)\n  - {line}");
            let mentors: Vec<String> =
                found("lfx", good, &bad).into_iter().filter(|finding| !finding.starts_with("placeholder")).collect();
            wrong.extend((mentors != findings).then(|| format!("{line}: {mentors:?}")));
        }
        assert_eq!(wrong, [""; 0]);
    }

    #[test]
    fn pages_of_another_layout_say_it_their_way() {
        let gsoc = Template::named("gsoc").unwrap();
        let about = "Soups are tasted by hand, and nobody writes down what was found; this should change for good.";
        for (mentors, findings) in [
            ("Ada Brook, Bo Reed", &[][..]),
            ("Ada Brook (ada), Bo Reed (Kitchens Inc)", &[]),
            ("@ada-brook @boreed", &[]),
            ("Ada Brook <ada@example.org> (ada on #soup IRC), Bo Reed <bo@example.org>", &[]),
            ("Ada Brook (@ada:matrix.example), Bo Reed (@bo@fosstodon.example)", &[]),
            ("Ada Brook (@ada_b on Zulip), Bo Reed", &[]),
            ("Ada Brook @ada-brook ada@example.org, Bo Reed", &[]),
            ("Ada Brook", &["mentor-count Mentors"]),
            ("", &["mentor-count Mentors"]),
            ("Ada Brook, TBD", &["mentor-placeholder TBD"]),
            ("Ada Brook (@ada_b), Bo Reed", &["mentor-handle-format @ada_b"]),
            ("Ada Brook <ada@example>, Bo Reed", &["mentor-email-format ada@example"]),
            ("Ada Brook (@ada), Bo Reed (@Ada)", &["mentor-duplicate Ada"]),
            ("Ada Brook, Bo Reed\n\n**Contact**: ada@example.org", &[]),
            ("Ada Brook (@ada), Bo Reed\n\n**Contact**: Ada Brook (@ada)", &[]),
            ("Ada Brook (@ada)\n\n**Co-mentor**: TBD", &["mentor-placeholder TBD"]),
            ("\n\n- Ada Brook\n- Bo Reed\n\nContact mentors for more about this project.", &[]),
        ] {
            let text = format!(
                "## Taste soups\n\n{about}\n\n**Skills**: Go\n\n**Project size**: 175 hours\n\n**Difficulty**: easy\n\n**Mentors**: {mentors}\n"
            );
            assert_eq!(found_on("page.md", &text, gsoc), findings, "{mentors}");
        }
    }

    #[test]
    fn who_answers_for_an_idea() {
        let good = "  - Ada Brook (@ada-brook, ada@example.org) - primary\n  - Bo Reed (@boreed, bo.reed@example.org)\n";
        for (bad, findings) in [
            ("  - Ada Brook (@ada-brook, ada@example.org), primary\n  - Bo Reed (@boreed, bo.reed@example.org)\n", &[][..]),
            ("  - Ada Brook (@ada-brook, ada@example.org) (lead)\n  - Bo Reed (@boreed, bo.reed@example.org)\n", &[]),
            ("  - Primary: Ada Brook (@ada-brook, ada@example.org)\n  - Bo Reed (@boreed, bo.reed@example.org)\n", &[]),
            (
                "  - Ada Brook (@ada-brook, ada@example.org)\n  - Bo Reed (@boreed, bo.reed@example.org)\n",
                &["mentor-primary Mentor(s)"],
            ),
            ("  - Ada Brook (@ada-brook, ada@example.org)\n", &["mentor-count Mentor(s)"]),
            ("  - Ada Brook (@ada-brook, ada@example.org)\n  - TBD\n", &["mentor-placeholder TBD"]),
            (
                "  - Ada Brook (@ada-brook, ada@example.org) - Primary\n  - Bo Reed (@boreed, bo.reed@example.org) - primary\n",
                &["mentor-primary primary"],
            ),
            ("", &["mentor-count Mentor(s)"]),
            ("  - Jane Doe (@jane-github, jane@email.address) - primary\n  - John Doe (@john-github, john@email.address)\n", &[]),
        ] {
            let found: Vec<String> =
                found("gsoc", good, bad).into_iter().filter(|finding| !finding.starts_with("placeholder")).collect();
            assert_eq!(found, findings, "{bad}");
        }
    }
}
