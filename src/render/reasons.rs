//! How ideas fit somebody, for reading: title, id, score, and the reasons; what `ideas match` prints.

use std::io::{self, Write};

use super::{Look, entry, facts};
use crate::idea::id::short::ShortIds;
use crate::idea::{Fact, Idea};
use crate::query::fit::{Fit, Fitting, Miss};

/// The column in which the reasons stand, behind the longest label.
const LABEL: usize = facts::NOT_STATED.len() + 2;

/// Writes fits, an empty line between two; `ids` are those of the catalogue.
pub fn write(fits: &[Fitting<'_>], ids: &ShortIds<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let terms_differ = facts::terms_differ(fits.iter().map(|fitting| fitting.idea));
    for (i, Fitting { idea, fit }) in fits.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        entry::title(idea, |_| Vec::new(), look, out)?;
        let term = if terms_differ { facts::term(idea) } else { String::new() };
        let told = [format!("score {}", fit.score), term, facts::also(idea), facts::upstream(idea)];
        entry::id(idea, &told, &[], ids, look, out)?;
        let facts = [facts::levels(idea), facts::size(idea)];
        for (label, text) in [
            ("you have", fit.have.join(", ")),
            ("you want", fit.want.join(", ")),
            ("you know", helped(fit)),
            ("to learn", fit.learn.join(", ")),
            ("optional", fit.optional.join(", ")),
            ("it takes", facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join("; ")),
            (facts::NOT_STATED, unstated(idea)),
            ("but", all_missed(fit)),
        ] {
            if !text.is_empty() {
                entry::labelled(label, LABEL, &text, look, out)?;
            }
        }
    }
    Ok(())
}

/// `typescript, which helps with javascript`.
pub(super) fn helped(fit: &Fit) -> String {
    let helped: Vec<_> =
        fit.related.iter().map(|related| format!("{}, which helps with {}", related.by, related.skill)).collect();
    helped.join("; ")
}

/// What the page leaves open of what people choose by.
fn unstated(idea: &Idea) -> String {
    let facts = [("skills", Fact::Tags), ("size", Fact::Hours), ("difficulty", Fact::Difficulty), ("mentors", Fact::Mentors)];
    facts.into_iter().filter(|(_, fact)| !fact.is_in(idea)).map(|(name, _)| name).collect::<Vec<_>>().join(", ")
}

/// All that is missed.
pub(super) fn all_missed(fit: &Fit) -> String {
    fit.misses.iter().map(missed).collect::<Vec<_>>().join("; ")
}

/// What is missed, in words: `350 hours, not ..175`.
fn missed(miss: &Miss) -> String {
    let wished = miss.wished.replace(',', " or ");
    let says = miss.says.join(" or ");
    match miss.wish {
        "skills" => "none of your skills".to_owned(),
        "want" => format!("no {wished}"),
        "avoid" => format!("{says}, which you avoid"),
        "status" => format!("it is {says}"),
        "hours" => format!("{says} hours, not {wished}"),
        _ => format!("{says}, not {wished}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{fit, safe, sample};
    use super::*;
    use crate::query::fit::Wishes;

    fn shown(idea: &Idea, look: &Look) -> String {
        let mut wishes = Wishes::default();
        wishes.have("go,docker").unwrap();
        wishes.want("rust,ebpf").unwrap();
        wishes.hours("..90").unwrap();
        wishes.difficulty("easy..medium").unwrap();
        let mut out = Vec::new();
        let fit = wishes.fit(idea);
        write(&[Fitting { idea, fit }], &ShortIds::default(), look, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_fit_is_shown_with_its_reasons() {
        let expected = "\
Deploying Kubeflow with Helm (Kubeflow)
  kubeflow-helm  score 18.8
  you have    go
  to learn    helm
  it takes    medium; 175 or 350 hours
  but         no rust or ebpf; 175 or 350 hours, not ..90
";
        assert_eq!(shown(&sample::idea(), &Look::PLAIN), expected);
        let bare = "T\n  t  score 50\n  not stated  skills, size, difficulty,\n              mentors\n";
        let id = Idea { id: "t".to_owned(), ..Idea::bare("T") };
        assert_eq!(shown(&id, &Look { width: Some(44), ..Look::PLAIN }), bare);
    }

    #[test]
    fn lines_fit_and_command_no_terminal() {
        for width in [34, 40, 80, 200] {
            let look = Look { width: Some(width), unicode: true, ..Look::PLAIN };
            let text = shown(&sample::idea(), &look);
            assert!(text.lines().all(|line| fit::width(line) <= width), "{width}:\n{text}");
            assert!(!shown(&sample::hostile(), &look).contains(|c| c != '\n' && safe::is_hidden(c)));
        }
    }
}
