//! `form-section`: the form has all its sections, in their order.

use crate::layout::form::{self, Placed};
use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "form-section",
    level: Level::Error,
    wants: "The sections of the proposal form are all there, under their own headings, in the form's order.",
    why: "Programs read the form by its headings: what stands under another is lost, and so is what was deleted as not needed. An \
          empty section says `_No response_`.",
    examples: &[
        Example {
            template: "lfx-form",
            good: "### Technologies\n\nGo, Kubernetes\n\n",
            bad: "",
            at: "Skills same as Technologies?",
        },
        Example { template: "lfx-form", good: "### Upstream Issue URL\n", bad: "### Upstream Issue\n", at: "Upstream Issue" },
        Example {
            template: "lfx-form",
            good: "### CNCF Project\n\nCloud Kitchen\n\n### Term\n\n2026 Term 3 (Sep-Nov)\n",
            bad: "### Term\n\n2026 Term 3 (Sep-Nov)\n\n### CNCF Project\n\nCloud Kitchen\n",
            at: "### CNCF Project",
        },
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let Some(sections) = &page.form else { return };
    let headings: Vec<&str> = form::headings().collect();
    for section in sections {
        let (span, wanted) = (section.heading.span(), headings[section.index]);
        match section.placed {
            Placed::Right => {}
            Placed::Level => {
                out.at(span, format!("the heading `{wanted}` is not of the form's level")).help(format!("write `### {wanted}`"));
            }
            Placed::Renamed => {
                out.at(span, format!("`{}` is no section of the form", section.heading.flow()))
                    .help(format!("write `{wanted}`"))
                    .unsafe_fix([Edit::replace(span, wanted)]);
            }
            Placed::Elsewhere => {
                let help = match section.index.checked_sub(1) {
                    Some(before) => format!("move it after `{}`", headings[before]),
                    None => "move it to the beginning".to_owned(),
                };
                out.at(span, format!("the section `{wanted}` is out of order")).help(help);
            }
        }
    }
    let gone: Vec<usize> = (0..headings.len()).filter(|&index| sections.iter().all(|section| section.index != index)).collect();
    for run in gone.chunk_by(|a, b| a + 1 == *b) {
        let names: Vec<_> = run.iter().map(|&index| format!("`{}`", headings[index])).collect();
        // Where the next section stands they are missing; at the end of the form, after its last.
        let next =
            sections.iter().find(|section| section.index > run[0] && section.placed != Placed::Elsewhere).or(sections.last());
        let Some(next) = next else { continue };
        let (what, be) = if run.len() == 1 { ("section", "is") } else { ("sections", "are") };
        out.at(next.heading.span(), format!("the {what} {} {be} missing", names.join(", ")))
            .help("put it back; without an answer it says `_No response_`");
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::{Template, seen};

    #[test]
    fn any_section_may_be_missing_renamed_or_elsewhere() {
        let template = Template::named("lfx-form").unwrap();
        let sections: Vec<String> =
            template.example.split("### ").skip(1).map(|section| format!("### {}\n\n", section.trim_end())).collect();
        assert_eq!(sections.len(), 15);
        let found = |sections: &[String]| seen("page.md", &sections.concat(), Some(template));
        assert_eq!(found(&sections), [""; 0]);
        for at in 0..sections.len() {
            let heading = sections[at].lines().next().unwrap();
            let name = heading.trim_start_matches("### ");
            let mut without = sections.clone();
            without.remove(at);
            let next =
                sections.get(at + 1).unwrap_or_else(|| &sections[at - 1]).lines().next().unwrap().trim_start_matches("### ");
            assert_eq!(found(&without), [format!("form-section {next}")], "without {name}");
            let mut renamed = sections.clone();
            renamed[at] = sections[at].replacen(heading, &format!("{heading} here"), 1);
            assert_eq!(found(&renamed), [format!("form-section {name} here")], "renamed {name}");
            let mut deeper = sections.clone();
            deeper[at] = format!("#{}", sections[at]);
            assert_eq!(found(&deeper), [format!("form-section {name}")], "deeper {name}");
            let mut moved = sections.clone();
            let section = moved.remove(at);
            moved.insert(if at < 8 { 14 } else { 0 }, section);
            assert_eq!(found(&moved), [format!("form-section {name}")], "moved {name}");
        }
    }

    #[test]
    fn headings_of_the_description_are_its_own() {
        let form = Template::named("lfx-form").unwrap();
        let text = form.example.replacen("## Goals\n", "### Technologies\n\nAll of them.\n\n# Mentors\n\nSee below.\n", 1);
        assert_eq!(seen("page.md", &text, Some(form)), [""; 0]);
    }
}
