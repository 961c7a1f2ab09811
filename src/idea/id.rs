//! What an idea is called by programs: its id, which says what the idea is and never what stands beside it, so that it is the
//! same in every catalogue, whatever other pages there are and whatever the folders are called.
//!
//! | the idea | its id |
//! |---|---|
//! | has an owner: the project it is filed under, else the organisation | the slug of owner and title |
//! | has none, so that strangers may have the same title | the slug of the title, and five letters of a hash of the summary |
//! | has none, and no summary | the slug of the title |
//! | is called longer than an id may be | what fits of the slug, and five letters of a hash of the whole |
//! | is on one page with another of the same id | the same with `-2`, `-3` …, in the order of the page |
//!
//! An owner is what the page states, or what `ideas.toml` or a source says of it. Nothing is taken from the page's path.

pub mod short;

use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest as _, Sha256};
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfkc_quick};

use super::Idea;

/// The most letters of an id, before its number.
const LONGEST: usize = 80;

/// How many letters of a hash tell ideas apart: one of 27 million.
pub(crate) const LETTERS: usize = 5;

/// Gives the ideas of a page their ids, in page order.
pub fn assign<'i>(ideas: impl IntoIterator<Item = &'i mut Idea>) {
    let ideas: Vec<&mut Idea> = ideas.into_iter().collect();
    let names: Vec<String> = ideas.iter().map(|idea| name(idea)).collect();
    let taken: FxHashSet<&str> = names.iter().map(String::as_str).collect();
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for (idea, name) in ideas.into_iter().zip(&names) {
        let count = counts.entry(name).or_insert(0);
        *count += 1;
        idea.id.clone_from(name);
        while *count > 1 {
            idea.id = format!("{name}-{count}");
            // Another idea may really be called so.
            if !taken.contains(idea.id.as_str()) {
                break;
            }
            *count += 1;
        }
    }
}

/// The id of an idea, whatever else stands on its page.
fn name(idea: &Idea) -> String {
    let title = &idea.title.value;
    let name = match (idea.filed_under(), &idea.summary) {
        (Some(owner), _) => {
            let whole = format!("{owner} {title}");
            let name = slug(&whole);
            // Two long titles may differ only at their ends.
            if hyphened(&whole).len() > name.len() { hashed(&whole, &whole) } else { name }
        }
        (None, Some(summary)) => hashed(title, summary),
        (None, None) => slug(title),
    };
    if name.is_empty() { "idea".to_owned() } else { name }
}

/// The slug of a name, and a hash of what tells it apart from others.
fn hashed(name: &str, telling: &str) -> String {
    let hash = Sha256::digest(normal(telling));
    let mut slug = cut(hyphened(name), LONGEST - LETTERS - 1);
    if !slug.is_empty() {
        slug.push('-');
    }
    // A letter is the first, so that it is no number.
    slug.extend(hash.iter().take(LETTERS).enumerate().map(|(i, byte)| {
        let letters: &[u8] = if i == 0 { &ALPHABET[..26] } else { ALPHABET };
        char::from(letters[usize::from(*byte) % letters.len()])
    }));
    slug
}

/// The letters and digits of a hash: those of base 32, without 0, 1, 8 and 9, which look like others.
const ALPHABET: &[u8] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The ids that the idea had or would have had by other rules: without its owner, filed under its organisation alone. What is
/// remembered by one of them, with a term, a number or a hash behind it, may mean this idea.
pub fn others(idea: &Idea) -> Vec<String> {
    let title = &idea.title.value;
    let mut others = vec![slug(title)];
    others
        .extend([&idea.project, &idea.organization].into_iter().flatten().map(|owner| slug(&format!("{} {title}", owner.value))));
    others.retain(|id| !id.is_empty());
    others
}

/// The words of a text, lower-case, with a space between them: how people write a text makes no difference.
pub(super) fn normal(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let add = |c: char| {
        if c.is_ascii_alphanumeric() || matches!(c, '+' | '#') {
            words.push(c.to_ascii_lowercase());
        } else if !c.is_ascii() && c.is_alphanumeric() {
            words.extend(c.to_lowercase());
        } else if !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    };
    // Most texts are normal, even those with a sign beyond ASCII, and telling so costs little.
    if is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        text.chars().for_each(add);
    } else {
        text.nfkc().for_each(add);
    }
    words.truncate(words.trim_end().len());
    words
}

/// A slug: lower-case ASCII letters and digits, everything else a single hyphen, at most 80 characters.
///
/// ```
/// assert_eq!(mentorship_ideas::idea::slug("Kubeflow: Größe & “Helm” (C++)"), "kubeflow-grosse-helm-c-plus-plus");
/// ```
pub fn slug(text: &str) -> String {
    cut(hyphened(text), LONGEST)
}

/// A slug, however long.
fn hyphened(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
            '+' => slug.push_str(if slug.ends_with(|c: char| c.is_ascii_alphanumeric()) { "-plus" } else { "plus" }),
            '#' if slug.ends_with(|c: char| c.is_ascii_alphanumeric()) => slug.push_str("-sharp"),
            '\'' | '’' => {}
            c if c.is_alphanumeric() => match ascii(c) {
                Some(letters) => slug.push_str(letters),
                None => slug.extend(c.to_lowercase()),
            },
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// So many bytes of a slug, and no word cut off.
fn cut(mut slug: String, most: usize) -> String {
    if slug.len() > most {
        let end = slug.floor_char_boundary(most + 1);
        slug.truncate(slug[..end].rfind('-').unwrap_or_else(|| slug.floor_char_boundary(most)));
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The Latin letters with marks that names and titles have. Other scripts stay as they are: an id must stay readable.
fn ascii(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' | 'ä' | 'À' | 'Á' | 'Â' | 'Ã' | 'Å' | 'Ä' => "a",
        'ç' | 'ć' | 'č' | 'Ç' | 'Č' => "c",
        'ď' | 'đ' | 'Ď' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ě' | 'ę' | 'É' | 'È' => "e",
        'ğ' | 'Ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' | 'İ' | 'Í' => "i",
        'ľ' | 'ł' | 'Ł' | 'Ľ' => "l",
        'ñ' | 'ń' | 'ň' | 'Ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' | 'ō' | 'ő' | 'ö' | 'Ö' | 'Ø' | 'Ó' => "o",
        'ř' | 'Ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' | 'Š' | 'Ş' => "s",
        'ť' | 'ţ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ū' | 'ů' | 'ű' | 'ü' | 'Ü' | 'Ú' => "u",
        'ý' | 'ÿ' | 'Ý' => "y",
        'ź' | 'ż' | 'ž' | 'Ž' | 'Ż' => "z",
        'ß' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Spanned;

    /// An idea of a project, an organisation and a summary, if they are said.
    fn idea(title: &str, project: &str, organization: &str, summary: &str) -> Idea {
        let said = |text: &str| (!text.is_empty()).then(|| Spanned::nowhere(text.to_owned()));
        Idea {
            project: said(project),
            organization: said(organization),
            summary: (!summary.is_empty()).then(|| summary.to_owned()),
            ..Idea::bare(title)
        }
    }

    #[test]
    fn an_id_is_what_the_idea_is() {
        let long = "Measure the heat of every stove in the kitchen of every restaurant of the town";
        let cut = "kitchen-measure-the-heat-of-every-stove-in-the-kitchen-of-every-restaurant";
        for (title, project, organization, summary, id) in [
            ("Faster soup", "Kitchen", "Diner", "Cook it.", "kitchen-faster-soup"),
            ("Faster soup", "", "Diner", "Cook it.", "diner-faster-soup"),
            ("Faster soup", "", "", "Cook it.", "faster-soup-e3hp4"),
            // However it is written, and not what else it says.
            ("Faster soup!", "", "", "  Cook *it*", "faster-soup-e3hp4"),
            ("Faster soup", "", "", "Buy it.", "faster-soup-rgg7b"),
            ("Faster soup", "", "", "", "faster-soup"),
            ("C++ & C#", "Größe", "", "", "grosse-c-plus-plus-c-sharp"),
            ("味噌汁", "", "Diner", "", "diner-味噌汁"),
            ("…", "", "", "", "idea"),
            ("…", "", "", "Cook it.", "e3hp4"),
            (long, "Kitchen", "", "", &format!("{cut}-tttpt")),
            (&format!("{long}, on Mondays"), "Kitchen", "", "", &format!("{cut}-g5lbc")),
            (&format!("{long}, on Fridays"), "Kitchen", "", "", &format!("{cut}-rksz6")),
        ] {
            assert_eq!(name(&idea(title, project, organization, summary)), id, "{title}");
        }
    }

    #[test]
    fn ideas_of_one_page_and_one_name_are_numbered() {
        let ids = |titles: &[&str]| {
            let mut ideas: Vec<Idea> = titles.iter().map(|title| idea(title, "", "", "")).collect();
            assign(&mut ideas);
            ideas.into_iter().map(|idea| idea.id).collect::<Vec<_>>().join(" ")
        };
        for (titles, said) in [
            (&["Soup", "Salad"][..], "soup salad"),
            (&["Soup", "Soup", "soup?"], "soup soup-2 soup-3"),
            // Who is called so keeps the name.
            (&["Soup", "Soup", "Soup 2", "Soup"], "soup soup-3 soup-2 soup-4"),
            (&["Soup 2", "Soup 2", "Soup", "Soup"], "soup-2 soup-2-2 soup soup-3"),
        ] {
            assert_eq!(ids(titles), said);
        }
    }
}
