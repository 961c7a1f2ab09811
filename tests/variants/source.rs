//! The text of a page, changed where its ideas do not depend on it: labels in other words, levels of headings, furniture.

use std::fmt::Write as _;
use std::ops::Range;

use mentorship_ideas::labels::Kind;

use super::known::Page;

/// Words for labels that the vocabulary lacks: for each kind the first is for the first label of a page, the next for others.
pub(crate) type Words = [(Kind, [&'static str; 2]); 11];

/// As an organisation might say it that avoids the usual words. When the vocabulary learns one of them, another takes its place.
pub(crate) const SENTENCES: Words = [
    (Kind::Mentors, ["Guides", "Guiding hands"]),
    (Kind::MentorHandles, ["Guides online", "Where guides code"]),
    (Kind::MentorEmails, ["Write guides", "Letters"]),
    (Kind::Skills, ["Bring along", "Handy to have met"]),
    (Kind::Technologies, ["Built upon", "Ingredients"]),
    (Kind::Difficulty, ["How steep", "How tricky"]),
    (Kind::Size, ["How big", "How long"]),
    (Kind::DifficultyAndSize, ["How steep and how big", "How much"]),
    (Kind::Upstream, ["Talked over at", "Where it began"]),
    (Kind::Description, ["The story", "What it is"]),
    (Kind::Outcomes, ["What we hope to see", "What you leave behind"]),
];

/// Single words.
pub(crate) const SINGLE: Words = [
    (Kind::Mentors, ["Buddies", "Companions"]),
    (Kind::MentorHandles, ["Nicknames", "Aliases"]),
    (Kind::MentorEmails, ["Mailboxes", "Letterboxes"]),
    (Kind::Skills, ["Craft", "Trades"]),
    (Kind::Technologies, ["Toolbox", "Kit"]),
    (Kind::Difficulty, ["Steepness", "Toughness"]),
    (Kind::Size, ["Magnitude", "Extent"]),
    (Kind::DifficultyAndSize, ["Dimensions", "Proportions"]),
    (Kind::Upstream, ["Thread", "Trail"]),
    (Kind::Description, ["Story", "Tale"]),
    (Kind::Outcomes, ["Harvest", "Crop"]),
];

/// Another language; values stay in English.
pub(crate) const SWEDISH: Words = [
    (Kind::Mentors, ["Handledare", "Medhandledare"]),
    (Kind::MentorHandles, ["Kontonamn", "Användarnamn"]),
    (Kind::MentorEmails, ["Adresser", "Postadresser"]),
    (Kind::Skills, ["Förkunskaper", "Meriterande"]),
    (Kind::Technologies, ["Verktyg", "Tekniker"]),
    (Kind::Difficulty, ["Svårighetsgrad", "Anspråk"]),
    (Kind::Size, ["Omfattning", "Tidsåtgång"]),
    (Kind::DifficultyAndSize, ["Svårighet och omfattning", "Arbetsinsats"]),
    (Kind::Upstream, ["Ärende", "Förehavande"]),
    (Kind::Description, ["Beskrivning", "Bakgrund"]),
    (Kind::Outcomes, ["Följder", "Mål"]),
];

/// A page with pieces of its text replaced.
fn replaced(text: &str, pieces: impl IntoIterator<Item = (Range<usize>, String)>) -> String {
    let (mut new, mut at) = (String::with_capacity(text.len()), 0);
    for (range, piece) in pieces {
        if range.start < at {
            continue;
        }
        new.push_str(&text[at..range.start]);
        new.push_str(&piece);
        at = range.end;
    }
    new + &text[at..]
}

/// The page with other words for its labels; `None` if it has none of them. What values cannot tell keeps its label: the
/// project, the status, the term.
pub(crate) fn relabelled(page: &Page, words: &Words) -> Option<String> {
    let mut known: Vec<(Kind, String)> = Vec::new();
    let mut pieces = Vec::new();
    for (span, kind) in &page.labels {
        let Some((_, words)) = words.iter().find(|(of, _)| of == kind) else { continue };
        let label = &page.text[span.range()];
        if label.is_empty() || label.contains(['<', '*', '\n']) {
            continue;
        }
        let said = (*kind, label.to_lowercase());
        if !known.contains(&said) {
            known.push(said.clone());
        }
        let which = known.iter().filter(|(of, _)| of == kind).position(|one| *one == said);
        pieces.push((span.range(), words[which.unwrap_or(0).min(1)].to_owned()));
    }
    (!pieces.is_empty()).then(|| replaced(&page.text, pieces))
}

/// The page with its headings `by` levels deeper, or higher if that is negative; `None` if one does not fit. The title of the
/// page stays at the top.
pub(crate) fn shifted(page: &Page, by: i8) -> Option<String> {
    let unspaced = |line: &str| line.starts_with("##") && line.trim_start_matches('#').starts_with(char::is_alphanumeric);
    if page.headings.is_empty() || page.text.lines().any(unspaced) {
        return None;
    }
    let is_top = |at: usize| by < 0 && at == 0 && page.headings[1..].iter().all(|(_, level)| *level > page.headings[0].1);
    let mut pieces = Vec::new();
    for (at, (span, level)) in page.headings.iter().enumerate() {
        if is_top(at) {
            continue;
        }
        let new = u8::try_from(i16::from(*level) + i16::from(by)).ok().filter(|level| (1..=6).contains(level))?;
        let text = &page.text[span.range()];
        let marks = "#".repeat(usize::from(new));
        let written = if text.starts_with('#') {
            format!("{marks}{}", text.trim_start_matches('#'))
        } else if text.starts_with('<') {
            text.replace(&format!("<h{level}"), &format!("<h{new}")).replace(&format!("</h{level}"), &format!("</h{new}"))
        } else {
            // Underlined.
            let (title, _) = text.trim_end().rsplit_once('\n')?;
            format!("{marks} {}\n\n", title.replace('\n', " "))
        };
        pieces.push((span.range(), written));
    }
    Some(replaced(&page.text, pieces))
}

/// The page with what surrounds ideas on many pages: contents, how to apply, dates, questions, contacts, a footer.
pub(crate) fn furnished(page: &Page) -> String {
    let mut contents = String::new();
    let mut last = None;
    for idea in &page.ideas {
        if let Some(group) = idea.group.as_deref().filter(|group| last != Some(*group)) {
            let _ = writeln!(contents, "- [{group}](#{})", anchor(group));
            last = Some(group);
        }
        let indent = if idea.group.is_some() { "  " } else { "" };
        let _ = writeln!(contents, "{indent}- [{title}](#{})", anchor(&idea.title), title = idea.title);
    }
    let level = page.headings.iter().map(|(_, level)| usize::from(*level)).min().unwrap_or(2);
    let mark = "#".repeat(level);
    let (front, body) = page.text.split_at(page.body.start);
    format!(
        "{front}{mark} Table of contents\n\n{contents}\n\
         {mark} How to apply\n\n\
         1. Read the ideas below and pick one.\n\
         2. Introduce yourself on our mailing list; tell us what you know and how many hours you have.\n\
         3. Send a draft of your proposal to the mentors two weeks before the deadline.\n\n\
         Questions about easy and hard projects? Ask early.\n\n\
         {body}\n\n\
         {mark} Timeline\n\n\
         | Date | What happens |\n|---|---|\n| 18 March | Applications open |\n| 2 April | Applications close |\n| 30 April | Accepted projects are announced |\n\n\
         {mark} Frequently asked questions\n\n\
         **Do I need to know everything already?**\n\nNo. Python or C++ is enough for most projects, and mentors help.\n\n\
         **How much time does it take?**\n\nBetween 90 and 350 hours.\n\n\
         {mark} Contact\n\n\
         - Mailing list: list@example.org\n- Chat: https://chat.example.org\n- Organisation administrators: Ada Brook, Bo Lindqvist\n\n\
         ---\n\n\
         © 2026 The Orchard Project. [Privacy](https://example.org/privacy) · [Edit this page](https://example.org/edit)\n"
    )
}

/// The anchor that GitHub gives a heading.
pub(crate) fn anchor(title: &str) -> String {
    let letter = |c: char| match c {
        ' ' => Some('-'),
        c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
        _ => None,
    };
    title.chars().filter_map(letter).flat_map(char::to_lowercase).collect()
}
