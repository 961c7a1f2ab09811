//! How ideas fit somebody, for reading: title, id, score, and the reasons; what `ideas match` prints.

use std::io::{self, Write};

use super::{Look, entry};
use crate::query::fit::{Fit, Fitting, Miss};

/// The column in which the reasons stand, behind the longest label.
const LABEL: usize = "you have".len() + 2;

/// Writes fits, an empty line between two.
pub fn write(fits: &[Fitting<'_>], look: &Look, out: &mut dyn Write) -> io::Result<()> {
    for (i, Fitting { idea, fit }) in fits.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        entry::title(idea, |_| Vec::new(), look, out)?;
        entry::id(idea, &[format!("score {}", fit.score)], look, out)?;
        let levels: Vec<_> = idea.difficulty.iter().map(|level| level.value.as_str()).collect();
        let hours: Vec<_> = idea.hours.iter().map(|hours| hours.value.to_string()).collect();
        let unit = if hours.is_empty() { "" } else { " hours" };
        let facts = [format!("{}{unit}", hours.join(" or ")), levels.join(" to ")];
        for (label, text) in [
            ("you have", fit.have.join(", ")),
            ("you want", fit.want.join(", ")),
            ("you know", helped(fit)),
            ("to learn", fit.learn.join(", ")),
            ("it takes", facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join("; ")),
            ("unsaid", unsaid(fit)),
            ("but", fit.misses.iter().map(missed).collect::<Vec<_>>().join("; ")),
        ] {
            if !text.is_empty() {
                entry::labelled(label, LABEL, &text, look, out)?;
            }
        }
    }
    Ok(())
}

/// `typescript, which helps with javascript`.
fn helped(fit: &Fit) -> String {
    let helped: Vec<_> =
        fit.related.iter().map(|related| format!("{}, which helps with {}", related.by, related.skill)).collect();
    helped.join("; ")
}

fn unsaid(fit: &Fit) -> String {
    let wish = |wish: &&str| match *wish {
        "skills" => "no skills named".to_owned(),
        "hours" => "no size given".to_owned(),
        other => format!("no {other} given"),
    };
    fit.unknown.iter().map(wish).collect::<Vec<_>>().join("; ")
}

/// What is missed, in words: `350 hours, not ..175`.
fn missed(miss: &Miss) -> String {
    let wished = miss.wished.replace(',', " or ");
    let says = miss.says.join(" or ");
    match miss.wish {
        "skills" => "nothing that you have".to_owned(),
        "want" => format!("no {wished}"),
        "avoid" => format!("{says}, which you avoid"),
        "hours" => format!("{says} hours, not {wished}"),
        _ => format!("{says}, not {wished}"),
    }
}
