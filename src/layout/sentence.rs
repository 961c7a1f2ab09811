//! What running text says of an idea in sentences: "Ada Byron (@ada) will mentor it", "You should know Rust".

use crate::idea::skill::Skills;
use crate::idea::{mentor, size};
use crate::labels::Labels;
use crate::prose::Text;
use crate::records::label::{names_somebody, people};

/// No sentence is longer, in bytes: what has no end is a list.
const LONGEST: usize = 600;

/// What has so many bytes or fewer may be an abbreviation.
const SHORT: usize = 3;

/// How many small words may stand between people and the word that says that they mentor.
const MOST_BETWEEN: usize = 5;

/// Where the sentences of a text end: behind their marks. "e.g. this" and "vs. that" end none, and neither does "Dr. Who"; "try
/// it. We" does.
pub(super) fn ends(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?' | '。')).filter_map(|(at, c)| {
        // The last letters of a longer word do as well.
        let near = &text[text.floor_char_boundary(at.saturating_sub(SHORT + 1))..at];
        let word = near.rsplit(char::is_whitespace).next().unwrap_or_default();
        let after = at + c.len_utf8();
        let is_short = word.len() <= SHORT && !(word.starts_with(char::is_lowercase) && is_capital_next(&text[after..]));
        (!is_short && text[after..].chars().next().is_none_or(char::is_whitespace)).then_some(after)
    })
}

fn is_capital_next(rest: &str) -> bool {
    rest.trim_start().chars().next().is_none_or(char::is_uppercase)
}

fn sentences(text: Text<'_>) -> impl Iterator<Item = Text<'_>> {
    let mut start = 0;
    let ends = ends(text.as_str()).chain([text.len()]);
    ends.map(move |end| text.cut(std::mem::replace(&mut start, end)..end).trim()).filter(|said| said.len() <= LONGEST)
}

/// The people of whom a text says that they mentor, one stretch each that people stand in.
pub(super) fn mentors(text: Text<'_>) -> Vec<Text<'_>> {
    sentences(text).filter(|said| Labels::get().speaks_of_mentors(said.as_str())).flat_map(people_of).collect()
}

/// True if a sentence that a line belongs to, or a part of it, does so.
pub(super) fn names_mentors(line: Text<'_>) -> bool {
    if !Labels::get().mentions_mentors(line.as_str()) {
        return false;
    }
    let (whole, said) = (line.whole(), line.whole().as_str());
    let (start, end) = (line.offset_in(whole), line.offset_in(whole) + line.len());
    let from = said.floor_char_boundary(start.saturating_sub(LONGEST));
    let to = said.ceil_char_boundary((end + LONGEST).min(said.len()));
    let ends = || ends(&said[from..to]).map(|end| from + end);
    let (start, end) = (ends().take_while(|&at| at <= start).last().unwrap_or(from), ends().find(|&at| at >= end).unwrap_or(to));
    !mentors(whole.cut(start..end)).is_empty()
}

/// The people whom a sentence about mentors names.
fn people_of(sentence: Text<'_>) -> Vec<Text<'_>> {
    let (labels, said) = (Labels::get(), sentence.as_str());
    let (mut found, mut behind) = (Vec::new(), 0);
    for word in said.split_whitespace().map(|word| word.trim_start_matches(['(', '"', '“', '*'])) {
        let start = sentence.of(word).offset_in(sentence);
        if start < behind || is_opener(word) {
            continue;
        }
        let run = people(sentence.from(start)).map(without_last_words);
        let Some(run) = run.filter(|run| names_somebody(run.as_str())) else { continue };
        let end = start + run.len();
        let is_tied = || ties(said[..start].split_whitespace().rev()) || ties(said[end..].split_whitespace());
        let is_program = |word: &str| word.starts_with(char::is_uppercase) && labels.names_program(word);
        if is_tied() && !run.as_str().split_whitespace().any(is_program) {
            found.push(run);
            behind = end;
        }
    }
    found
}

/// True for a word that begins a sentence with a capital, and no name: "Ask", "I'm".
fn is_opener(word: &str) -> bool {
    Labels::get().begins_sentence(word) || mentor::begins_no_person(word)
}

/// People without words behind them that are none: "Ada Byron and I".
fn without_last_words(people: Text<'_>) -> Text<'_> {
    let mut said = people.as_str();
    while let Some((rest, _)) = said.rsplit_once(' ').filter(|(_, last)| is_opener(last)) {
        said = rest;
    }
    people.of(said)
}

/// True if small words lead to one that says that somebody mentors.
fn ties<'t>(words: impl Iterator<Item = &'t str>) -> bool {
    let labels = Labels::get();
    let mut words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).take(MOST_BETWEEN + 1);
    words.find(|word| !word.is_empty() && !labels.ties_mentors(word)).is_some_and(|word| labels.is_mentoring(word))
}

/// True for a text whose only hours are those of a size, or of two to choose from: "This is a small project of 90 hours, and …"
pub(super) fn states_size(text: Text<'_>) -> bool {
    let said = text.as_str();
    let may_state = said.len() <= LONGEST && said.bytes().any(|byte| byte.is_ascii_digit()) && said.contains('h');
    let hours = if may_state { size::read_with_unit(text) } else { Vec::new() };
    (1..3).contains(&hours.len()) && hours.iter().all(|hours| size::word(hours.value).is_some())
}

/// What sentences of a text ask of those who take the idea up, where they name skills that we know.
pub(super) fn skills(text: Text<'_>) -> Vec<Text<'_>> {
    fn asked(said: Text<'_>) -> Option<Text<'_>> {
        let asked = Skills::get().asked_of_readers(said.as_str())?;
        (!Skills::get().tags_of(asked).is_empty()).then(|| said.of(asked))
    }
    sentences(text).filter_map(asked).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::text::Span;

    fn read(page: &str, what: fn(Text<'_>) -> Vec<Text<'_>>) -> Vec<String> {
        let document = Document::read(page, Span::new(0, page.len()));
        what(document.text(0)).into_iter().map(Text::flow).collect()
    }

    #[test]
    fn sentences_name_mentors() {
        for (page, named) in [
            ("Nobody has done it yet. Marit Okafor (@marit) mentors.", &["Marit Okafor (@marit)"][..]),
            ("It is easy, and Piotr Brook mentors it.", &["Piotr Brook"]),
            ("Ines Holm and Tomas Moyo will be your mentors.", &["Ines Holm and Tomas Moyo"]),
            ("Your mentor would be Anselm Tide <anselm@example.org>.", &["Anselm Tide anselm@example.org"]),
            ("Ask Otti (@otti-k), who will be the mentor.", &["Otti (@otti-k)"]),
            ("Talk to Yuki Tide (@ytide), the mentor, before you\napply.", &["Yuki Tide (@ytide)"]),
            ("I'm Ines Holm and I will mentor this one.", &["Ines Holm"]),
            ("Google Summer of Code mentors are nice people.", &[]),
            ("This was mentored by Ines Holm last year.", &[]),
            ("Ines Holm wrote the parser. It needs a mentor.", &[]),
            ("Ping @orgadmin if you want to be the mentor.", &[]),
            ("It has no mentor, as Carl Moss (@cmoss) is not able to mentor.", &[]),
        ] {
            assert_eq!(read(page, mentors), named, "{page}");
        }
    }

    #[test]
    fn sentences_ask_for_skills() {
        for (page, asked) in [
            ("We love it. You should know Rust.", &["You should know Rust."][..]),
            ("Applicants need C++ and patience.", &["Applicants need C++ and patience."]),
            ("The server is written in Go.", &[]),
            ("You do not need to know Rust.", &[]),
            ("Unless you know Perl, avoid it.", &[]),
            ("You need patience.", &[]),
        ] {
            assert_eq!(read(page, skills), asked, "{page}");
        }
    }
}
