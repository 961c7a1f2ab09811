//! `prerequisite`: the form's prerequisites fit, and its boxes agree with its text.

use crate::layout::form::Role;
use crate::lint::answers::{Answer, answer};
use crate::lint::letters::letters;
use crate::lint::{Check, Example, Findings, Level, Page, Rule};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "prerequisite",
    level: Level::Error,
    wants: "A ticked box of a prerequisite comes with its URL or its name and description, and these come with the box; the name of a \
            custom prerequisite has at most 20 characters, its description at most 500.",
    why: "What is ticked and not given cannot be asked of mentees, and what is given and not ticked is lost. The programme cuts off \
          what is longer.",
    examples: &[
        Example {
            template: "lfx-form",
            good: "https://github.com/cloud-kitchen/kitchen/blob/main/challenge.md",
            bad: "_No response_",
            at: "Coding Challenge",
        },
        Example { template: "lfx-form", good: "- [x] Coding Challenge", bad: "- [ ] Coding Challenge", at: "Coding Challenge" },
        Example {
            template: "lfx-form",
            good: "- [x] Custom Prerequisite (fill in details below)",
            bad: "- [ ] Custom Prerequisite (fill in details below)",
            at: "Custom Prerequisite (fill in details below)",
        },
        Example { template: "lfx-form", good: "Favourite soup", bad: "_No response_", at: "_No response_" },
        Example {
            template: "lfx-form",
            good: "Tell us in three sentences how your favourite soup is cooked.",
            bad: "_No response_",
            at: "_No response_",
        },
        Example {
            template: "lfx-form",
            good: "Favourite soup",
            bad: "Favourite soup of your family",
            at: "Favourite soup of your family",
        },
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    challenge(page, out);
    custom(page, out);
    let limits = &page.template.limits;
    for (role, most) in [(Role::CustomName, limits.prerequisite_name), (Role::CustomDescription, limits.prerequisite_description)]
    {
        let (Some(answer), Some(most)) = (answer(page, role), most) else { continue };
        let Some(span) = answer.span() else { continue };
        let long = page.source.slice(span).chars().filter(|&c| c != '\r').count();
        if long > most {
            out.at(span, format!("{long} characters, and `{}` has room for {most}", answer.heading())).help("shorten it");
        }
    }
}

/// The box and the URL of the coding challenge. The finding is about both: either may be what was forgotten.
fn challenge(page: &Page<'_>, out: &mut Findings<'_>) {
    let (Some(boxes), Some(url)) = (answer(page, Role::Prerequisites), answer(page, Role::Challenge)) else { return };
    let about = letters(url.heading());
    // The box whose words the heading of the URL begins with.
    let tick = boxes.ticks().find(|tick| !tick.says.is_empty() && about.starts_with(&letters(tick.says)));
    match (tick.filter(|tick| tick.done), url.span()) {
        (Some(tick), None) => {
            out.at(tick.span.join(url.gap()), format!("`{}` is ticked, and has no URL", tick.says))
                .help(format!("give it under `{}`, or clear the box", url.heading()));
        }
        (None, Some(span)) => {
            let span = tick.map_or(span, |tick| tick.span.join(span));
            out.at(span, format!("`{}` is given, and its box is not ticked", url.heading()))
                .help("tick the box, or take the URL away");
        }
        _ => {}
    }
}

/// The box, the name and the description of a custom prerequisite: whichever does not fit the other two is at fault.
fn custom(page: &Page<'_>, out: &mut Findings<'_>) {
    let (Some(boxes), Some(name), Some(text)) =
        (answer(page, Role::Custom), answer(page, Role::CustomName), answer(page, Role::CustomDescription))
    else {
        return;
    };
    let Some(tick) = boxes.tick() else { return };
    let missing = |answer: &Answer<'_, '_>, out: &mut Findings<'_>, at: Span| {
        out.at(at, format!("the custom prerequisite has no `{}`", answer.heading())).help("give it, or clear the box");
    };
    match (tick.done, name.span(), text.span()) {
        (true, None, None) => {
            out.at(tick.span, "the box of the custom prerequisite is ticked, and it has neither name nor description")
                .help("give both, or clear the box");
        }
        (true, None, Some(_)) => missing(&name, out, name.gap()),
        (true, Some(_), None) => missing(&text, out, text.gap()),
        (false, Some(_), Some(_)) => {
            out.at(tick.span, "a custom prerequisite is given, and its box is not ticked")
                .help("tick the box, or take the text away");
        }
        (false, Some(span), None) | (false, None, Some(span)) => {
            out.at(span, "this belongs to a custom prerequisite, and its box is not ticked")
                .help("tick the box, or take the text away");
        }
        _ => {}
    }
    let file = answer(page, Role::CustomFile).and_then(|file| file.tick()).filter(|file| file.done);
    if let Some(file) = file
        && !tick.done
        && name.span().is_none()
        && text.span().is_none()
    {
        out.at(file.span, "a file is asked for, and there is no custom prerequisite")
            .help("clear the box, or say what the file is");
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::{Template, damaged, seen};

    /// The form with other answers about the custom prerequisite.
    fn custom(ticked: bool, name: &str, text: &str) -> usize {
        let template = Template::named("lfx-form").unwrap();
        let form = template
            .example
            .replace("- [x] Custom", if ticked { "- [x] Custom" } else { "- [ ] Custom" })
            .replace("Favourite soup\n", &format!("{name}\n"))
            .replace("Tell us in three sentences how your favourite soup is cooked.", text);
        let found = seen("page.md", &form, Some(template));
        assert!(found.iter().all(|finding| finding.starts_with("prerequisite ")), "{found:?}");
        found.len()
    }

    #[test]
    fn boxes_and_text_agree() {
        let nothing = "_No response_";
        for (ticked, name, text, found) in [
            (true, "Soup", "Cook it.", 0),
            (true, "Soup", "Please write down how it is cooked", 0),
            (true, nothing, "Cook it.", 1),
            (true, "Soup", nothing, 1),
            (true, nothing, nothing, 1),
            (true, "", "", 1),
            (true, "N/A", "N/A", 1),
            (false, nothing, nothing, 0),
            (false, "", "", 0),
            (false, "None", "none", 0),
            (false, "Soup", "Cook it.", 1),
            (false, "Soup", nothing, 1),
            (false, nothing, "Cook it.", 1),
            (true, "twenty characters of", "Cook it.", 0),
            (true, "twenty-one characters", "Cook it.", 1),
            (true, "zwanzig Köche für äü", "Cook it.", 0),
        ] {
            assert_eq!(custom(ticked, name, text), found, "{ticked} {name} {text}");
        }
        assert_eq!(custom(true, "Soup", &"y".repeat(500)), 0);
        assert_eq!(custom(true, "Soup", &"y".repeat(501)), 1);
    }

    #[test]
    fn all_boxes_may_be_ticked() {
        let boxes = "- [ ] School Enrollment Verification\n- [ ] Participation Permission from school or employer";
        assert_eq!(damaged("lfx-form", boxes, &boxes.replace("[ ]", "[X]")), [""; 0]);
    }

    #[test]
    fn a_file_belongs_to_a_prerequisite() {
        let template = Template::named("lfx-form").unwrap();
        let (start, _) = template.example.split_once("### Custom Prerequisites").unwrap();
        let form = format!(
            "{start}### Custom Prerequisites\n\n- [ ] Yes\n\n### Custom Prerequisite Name\n\n_No response_\n\n### Custom Prerequisite \
             Description\n\n_No response_\n\n### Custom Prerequisite — File Upload\n\n- [x] Yes — completion of this task requires the mentee to submit a file.\n"
        );
        assert_eq!(
            seen("page.md", &form, Some(template)),
            ["prerequisite [x] Yes — completion of this task requires the mentee to submit a file."]
        );
    }
}
