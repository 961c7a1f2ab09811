//! Names that are nearly written like others: "did you mean". One limit for all names that people type (skills, fields, columns,
//! rules, sources, ids), blind to case and accents.
//!
//! What the words of a page mean is decided where pages are read, with limits of its own: a slip there must not make a label or a
//! skill of a word that is none. Messages about a page ask here, and `ideas fmt`, which leaves words alone that may be
//! more than a slip.

use unicode_normalization::char::decompose_canonical;

/// How far a known name is from the one that was written; the least is the nearest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Distance {
    /// So many letters are wrong, missing, too many or swapped.
    Slips(usize),
    /// The name goes on for so many bytes behind what was written.
    Rest(usize),
}

/// One letter in so many may be a slip.
const LETTERS_PER_SLIP: usize = 3;

/// How many slips make one of two names the other, if few enough: at most one in three letters of what was written.
pub fn slips(wanted: &str, name: &str) -> Option<usize> {
    slips_folded(&fold(wanted), &fold(name))
}

fn slips_folded(wanted: &str, name: &str) -> Option<usize> {
    let (letters, others) = (wanted.chars().count(), name.chars().count());
    let most = letters / LETTERS_PER_SLIP;
    // A length that differs by more needs no closer look.
    if letters.abs_diff(others) > most {
        return None;
    }
    let slips = strsim::osa_distance(wanted, name);
    (slips <= most).then_some(slips)
}

/// The names that are near to a misspelt one, the nearest first, equally near ones in their order: they have a few [`slips`], or
/// else begin with it.
pub fn near<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<(Distance, &'a str)> {
    let wanted = fold(wanted);
    let is_beginning = wanted.chars().count() >= LETTERS_PER_SLIP;
    let distance = |name: &str| {
        let name = fold(name);
        if let Some(slips) = slips_folded(&wanted, &name) {
            return Some(Distance::Slips(slips));
        }
        let rest = name.strip_prefix(&wanted).filter(|_| is_beginning)?;
        Some(Distance::Rest(rest.len()))
    };
    let mut near: Vec<_> = names.into_iter().filter_map(|name| Some((distance(name)?, name))).collect();
    near.sort_by_key(|&(distance, _)| distance);
    near
}

/// The first of [`near`].
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(wanted, names).first().map(|&(_, name)| name)
}

/// A text without case, accents and apostrophes, every stretch of white space a single space, none at the ends.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    each_folded(text.trim(), |c| {
        if !c.is_whitespace() {
            folded.push(c);
        } else if !folded.ends_with(' ') {
            folded.push(' ');
        }
    });
    folded
}

/// Calls `emit` with every character of the text without its case and accents; apostrophes are left out.
pub(crate) fn each_folded(text: &str, mut emit: impl FnMut(char)) {
    for c in text.chars() {
        match c {
            '\'' | '’' => {}
            c if c.is_ascii() => emit(c.to_ascii_lowercase()),
            c => decompose_canonical(c, |part| {
                if !is_accent(part) {
                    part.to_lowercase().for_each(|c| each_letter(c, &mut emit));
                }
            }),
        }
    }
}

/// The letters that people type where the keyboard has no `ß`: Unicode takes these for letters of their own.
pub(crate) const LETTERS: [(char, &str); 7] =
    [('ß', "ss"), ('æ', "ae"), ('œ', "oe"), ('ø', "o"), ('ł', "l"), ('đ', "d"), ('ı', "i")];

fn each_letter(c: char, emit: &mut impl FnMut(char)) {
    match LETTERS.iter().find(|(letter, _)| *letter == c) {
        Some((_, typed)) => typed.chars().for_each(emit),
        None => emit(c),
    }
}

/// True for the marks that Latin, Greek and Cyrillic letters wear. Those of other scripts are vowels: they stay.
pub(crate) fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found() {
        let names = ["kubernetes", "kubeflow", "go", "rust", "terraform", "lfx", "term", "José Alves"];
        for (wanted, name) in [
            ("kuberntes", Some("kubernetes")),
            ("KUBEFLWO", Some("kubeflow")),
            ("kube", Some("kubeflow")),
            ("rsut", Some("rust")),
            ("terra", Some("terraform")),
            ("Titel", None),
            ("Jose Alvez", Some("José Alves")),
            ("gi", None),
            ("lxf", Some("lfx")),
            ("tem", Some("term")),
            ("haskell", None),
            ("", None),
        ] {
            assert_eq!(nearest(wanted, names), name, "{wanted}");
        }
    }

    #[test]
    fn a_longer_name_may_have_more_slips() {
        for (wanted, name, seen) in [
            ("go", "do", None),
            ("rust", "rest", Some(1)),
            ("rust", "rost ", Some(1)),
            ("rsuts", "rust", None),
            ("mentr-cuont", "mentor-count", Some(2)),
            ("mentr-cuint", "mentor-count", Some(3)),
            ("harbr", "Harbor", Some(1)),
        ] {
            assert_eq!(slips(wanted, name), seen, "{wanted} {name}");
        }
    }

    #[test]
    fn folding_keeps_one_form() {
        for (text, meaning) in [("  Größe\n\tund  Don’t ", "grosse und dont"), ("İstanbul ŁÓDŹ", "istanbul lodz"), ("", "")]
        {
            assert_eq!(fold(text), meaning);
            assert_eq!(fold(&fold(text)), meaning, "folding twice is folding once");
        }
    }
}
