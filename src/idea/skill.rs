//! What a mentee should know: the page's own items, and the canonical skills (tags) that they name.
//!
//! The vocabulary is `schemas/skills.toml`. A tag needs an explicit mention: `Go-to-market` names no language, `C++` is not
//! `C`, and the `rest` of a sentence is not an API.

mod desirable;
mod glue;
mod spelling;

use std::borrow::Cow;
use std::io;
use std::sync::{LazyLock, OnceLock};

use borsh::{BorshDeserialize, BorshSerialize};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::labels::Labels;
use crate::prose::{Prose, Text};
use crate::text::{Span, Spanned};

use super::words::lower;
pub(crate) use desirable::Desirable;

/// The skill vocabulary.
pub struct Skills {
    /// As it is written.
    file: &'static File,
    /// All skills, sorted by their canonical names.
    sorted: Vec<&'static SkillEntry>,
    /// All names. Who only asks for a skill by its canonical one needs none of them.
    names: OnceLock<Names>,
    /// What finds them in text. Who only asks for skills by name needs none of it, and it takes most of the time.
    ways: OnceLock<Ways>,
}

/// What skills are called.
#[derive(Default)]
struct Names {
    /// Canonical names by every alias, in lower case and normalised.
    canonical: FxHashMap<String, &'static str>,
    /// The names and aliases that are one word, as written, and words that only look like one.
    words: Vec<&'static str>,
}

/// The ways to name skills.
#[derive(Default)]
struct Ways {
    /// By their first word, the longest first.
    by_first: FxHashMap<String, Vec<Entry>>,
    /// Every word that is in some name, in lower case and singular.
    parts: FxHashSet<String>,
    /// The words that names end with, and the pairs of words in them.
    ends: FxHashSet<String>,
    pairs: FxHashSet<String>,
}

/// One way to name one or more skills.
struct Entry {
    tokens: Vec<String>,
    /// How it must be written, if its case matters.
    exact: Option<&'static str>,
    lone: bool,
    not_before: &'static [&'static str],
    /// Signs that make another word of it: `*nix`.
    not_after: &'static [&'static str],
    skills: Vec<&'static str>,
}

/// The vocabulary lives as long as the program, so nothing of it is copied.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    skill: Vec<SkillEntry>,
    phrase: Vec<Phrase>,
    #[serde(borrow)]
    lookalikes: Vec<&'static str>,
    glued_words: FxHashSet<&'static str>,
    /// Words that say how well a skill should be known.
    knowing: FxHashSet<&'static str>,
    /// What may follow a skill that otherwise stands alone: "go is a plus", "r programming".
    after_lone: FxHashSet<&'static str>,
    /// What says that a skill is nice to have, and what says that one is required.
    desirable: Vec<&'static str>,
    required: Vec<&'static str>,
    asking: Vec<&'static str>,
    readers: Vec<&'static str>,
    asked: Vec<&'static str>,
    not_asked: Vec<&'static str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SkillEntry {
    name: &'static str,
    #[serde(default, borrow)]
    aliases: Vec<&'static str>,
    #[serde(default)]
    lone: Vec<&'static str>,
    #[serde(default)]
    not_before: Vec<&'static str>,
    #[serde(default)]
    not_after: Vec<&'static str>,
    #[serde(default)]
    related: Vec<&'static str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrase {
    #[serde(borrow)]
    says: Vec<&'static str>,
    skills: Vec<&'static str>,
}

impl SkillEntry {
    /// All that it is called, each with whether it must stand alone to be meant.
    fn aliases(&self) -> impl Iterator<Item = (&'static str, bool)> {
        let ambiguous = self.lone.iter().chain(&self.aliases).any(|alias| alias.eq_ignore_ascii_case(self.name));
        let own = (!ambiguous).then_some(self.name);
        let plain = own.into_iter().chain(self.aliases.iter().copied()).map(|alias| (alias, false));
        plain.chain(self.lone.iter().map(|&alias| (alias, true)))
    }
}

impl Skills {
    /// The vocabulary that is built in.
    #[allow(clippy::missing_panics_doc)]
    pub fn get() -> &'static Skills {
        static FILE: LazyLock<File> = LazyLock::new(|| {
            // Built in and tested: a broken file never leaves our hands.
            serde_json::from_str(vocabulary!("skills")).expect("schemas/skills.toml is valid")
        });
        static SKILLS: LazyLock<Skills> = LazyLock::new(|| Skills::new(&FILE));
        &SKILLS
    }

    fn new(file: &'static File) -> Self {
        let mut sorted: Vec<&'static SkillEntry> = file.skill.iter().collect();
        sorted.sort_unstable_by_key(|entry| entry.name);
        Skills { file, sorted, names: OnceLock::new(), ways: OnceLock::new() }
    }

    fn called(&self) -> &Names {
        self.names.get_or_init(|| {
            let mut names = Names::default();
            for entry in &self.file.skill {
                names.canonical.entry(key(entry.name)).or_insert(entry.name);
                for (alias, _) in entry.aliases() {
                    let key = key(alias);
                    if is_one_word(&key) {
                        names.words.push(alias);
                    }
                    names.canonical.entry(key).or_insert(entry.name);
                }
            }
            let says = self.file.phrase.iter().flat_map(|phrase| &phrase.says).copied();
            names.words.extend(says.filter(|says| is_one_word(&key(says))));
            names
        })
    }

    fn ways(&self) -> &Ways {
        self.ways.get_or_init(|| {
            let mut ways = Ways::default();
            for entry in &self.file.skill {
                for (alias, lone) in entry.aliases() {
                    let exact = (!lone && alias.chars().any(char::is_uppercase)).then_some(alias);
                    let (not_before, not_after) = (entry.not_before.as_slice(), entry.not_after.as_slice());
                    ways.add(alias, Entry { tokens: Vec::new(), exact, lone, not_before, not_after, skills: vec![entry.name] });
                }
            }
            for phrase in &self.file.phrase {
                for says in &phrase.says {
                    let named = phrase.skills.iter().filter_map(|skill| self.canonical(skill)).collect();
                    let none =
                        Entry { tokens: Vec::new(), exact: None, lone: false, not_before: &[], not_after: &[], skills: named };
                    ways.add(says, none);
                }
            }
            for entries in ways.by_first.values_mut() {
                entries.sort_by_key(|entry| std::cmp::Reverse(entry.tokens.len()));
            }
            ways
        })
    }

    /// The canonical name of a skill given by its name or an alias, in any case: `golang` → `go`.
    pub fn canonical(&self, name: &str) -> Option<&'static str> {
        let is_canonical = self.entry(name).map(|entry| entry.name);
        is_canonical.or_else(|| self.called().canonical.get(&key(name)).copied())
    }

    /// The skill of a canonical name.
    fn entry(&self, name: &str) -> Option<&'static SkillEntry> {
        self.place(name).map(|place| self.sorted[place])
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.sorted.binary_search_by_key(&name, |entry| entry.name).ok()
    }

    /// True for a name of one word that a sentence must write with a capital to mean the skill, in any case: `Go`, `Rust`.
    pub fn needs_capital(&self, word: &str) -> bool {
        let is_written = |name: &&&str| name.eq_ignore_ascii_case(word);
        self.called().words.iter().filter(is_written).any(|name| name.contains(char::is_uppercase))
    }

    /// True for a word that says how well a skill should be known, in any case: "familiarity".
    pub fn is_knowing(&self, word: &str) -> bool {
        self.file.knowing.contains(&*lower(word))
    }

    /// True for a text that says of what it names that somebody needs or knows it: "All ideas need Python".
    pub fn asks(&self, text: &str) -> bool {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        words.any(|word| self.is_knowing(word) || is_one(word, &self.file.asking))
    }

    /// What a sentence asks its readers for: "You should know Python", from "you" on; but not "If you know Python, …", or "You
    /// need not know it".
    pub fn asked_of_readers<'s>(&self, sentence: &'s str) -> Option<&'s str> {
        /// How many words may stand between the readers and what they need.
        const BETWEEN: usize = 5;
        let words: Vec<&str> = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let asks = |&at: &usize| {
            let mut next = words[at + 1..].iter().take(BETWEEN);
            let verb = next.position(|word| is_one(word, &self.file.asking) || is_one(word, &self.file.asked));
            let is_denied = |verb: usize| words[..=at + verb].iter().any(|word| is_one(word, &self.file.not_asked));
            is_one(words[at], &self.file.readers) && verb.is_some_and(|verb| !is_denied(verb))
        };
        let reader = words[(0..words.len()).find(asks)?];
        Some(&sentence[reader.as_ptr() as usize - sentence.as_ptr() as usize..])
    }

    /// The canonical names of all skills, sorted.
    pub fn all(&self) -> impl Iterator<Item = &'static str> {
        self.sorted.iter().map(|entry| entry.name)
    }

    /// All names of a skill that is given by its canonical one, sorted, in lower case and singular: `go`, `golang`.
    pub fn names(&self, skill: &str) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.called().canonical.iter().filter(|(_, canonical)| **canonical == skill).map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names
    }

    /// The skills that help with `skill`, by canonical name.
    pub fn related(&self, skill: &str) -> &'static [&'static str] {
        self.entry(skill).map(|entry| entry.related.as_slice()).unwrap_or_default()
    }

    /// The skills that a text of one line names, in order of mention, each once.
    pub fn tags_of(&self, text: &str) -> Vec<&'static str> {
        let mut prose = Prose::default();
        prose.push(text, Span::new(0, text.len()));
        let mut tags = Vec::new();
        self.named_in(prose.view(0..prose.len()), &mut tags);
        tags.into_iter().map(|tag| tag.value).collect()
    }

    /// The skills that a text names, in order of mention, each once, and where.
    pub fn named_in(&self, text: Text<'_>, tags: &mut Vec<Spanned<&'static str>>) {
        let lower = text.as_str().to_ascii_lowercase();
        let tokens = self.unglued_at_marks(text, &lower);
        let mut at = 0;
        'tokens: while at < tokens.len() {
            for entry in self.ways().by_first.get(tokens[at].word.as_ref()).into_iter().flatten() {
                if !entry.matches(text.as_str(), &tokens, at) {
                    continue;
                }
                let last = at + entry.tokens.len() - 1;
                let span = text.cut(tokens[at].start..tokens[last].end).span();
                for &skill in &entry.skills {
                    if tags.iter().all(|known| known.value != skill) {
                        tags.push(Spanned::at(span, skill));
                    }
                }
                at = last + 1;
                continue 'tokens;
            }
            at += 1;
        }
    }
}

/// True for a word that is in a list, in any case.
fn is_one(word: &str, list: &[&str]) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

impl Ways {
    fn add(&mut self, alias: &str, entry: Entry) {
        let tokens: Vec<String> = tokens(alias, &alias.to_ascii_lowercase()).map(|token| token.word.into_owned()).collect();
        let Some(first) = tokens.first().cloned() else { return };
        self.parts.extend(tokens.iter().cloned());
        self.ends.extend(tokens.last().cloned());
        self.pairs.extend(tokens.windows(2).map(|pair| pair.join(" ")));
        self.by_first.entry(first).or_default().push(Entry { tokens, ..entry });
    }
}

impl Entry {
    fn matches(&self, text: &str, tokens: &[Token<'_>], at: usize) -> bool {
        let end = at + self.tokens.len();
        let Some(said) = tokens.get(at..end).filter(|said| !is_count(text, &said[0])) else { return false };
        let same = said.iter().zip(&self.tokens).all(|(token, word)| token.word == *word);
        // The words of a name stand in one element, or on both sides of a slash: `CI/CD`, but not `Go, to`.
        let together = said[1..].iter().all(|token| token.glue != Glue::Break);
        let written = self.exact.is_none_or(|exact| said.len() > 1 || said[0].text == exact || plural_of(said[0].text, exact));
        let goes_on = |next: &Token<'_>| next.glue == Glue::Word && !Skills::get().file.after_lone.contains(next.word.as_ref());
        let alone = !self.lone || (said[0].glue != Glue::Word && !tokens.get(end).is_some_and(goes_on));
        let other =
            tokens.get(end).is_some_and(|next| next.glue != Glue::Break && self.not_before.iter().any(|word| next.word == *word));
        let sign = |sign: &&str| text[..said[0].start].ends_with(sign) && !text[said[said.len() - 1].end..].starts_with(sign);
        same && together && written && alone && !other && !self.not_after.iter().any(sign)
    }
}

/// True for `(c)`, which counts items.
fn is_count(text: &str, token: &Token<'_>) -> bool {
    let (before, after) = (&text[..token.start], &text[token.end..]);
    let counts = token.text.len() == 1 && token.text.starts_with(|c: char| c.is_ascii_lowercase());
    // "a scripting language (c)" says what it means, and so does `(c, c++)`.
    let begins = |before: &str| before.trim_end().is_empty() || before.trim_end().ends_with([',', ';', '.', ':', '\n']);
    counts && after.starts_with(')') && before.strip_suffix('(').is_some_and(begins)
}

fn plural_of(said: &str, exact: &str) -> bool {
    said.strip_suffix('s') == Some(exact)
}

/// Writes the names of skills for the cache, as [`write_tags`] does.
pub(super) fn write_names<W: io::Write>(names: &[&'static str], out: &mut W) -> io::Result<()> {
    write_tags(&names.iter().map(|&name| Spanned::nowhere(name)).collect::<Vec<_>>(), out)
}

/// Reads what [`write_names`] wrote.
pub(super) fn read_names<R: io::Read>(from: &mut R) -> io::Result<Vec<&'static str>> {
    Ok(read_tags(from)?.into_iter().map(|tag| tag.value).collect())
}

/// Writes tags for the cache: each as its place among all skills of this build.
pub(super) fn write_tags<W: io::Write>(tags: &[Spanned<&'static str>], out: &mut W) -> io::Result<()> {
    let all = Skills::get();
    let place = |tag: &Spanned<&'static str>| {
        let place = all.place(tag.value).ok_or_else(|| io::Error::other("no skill has this name"))?;
        Ok(Spanned { value: u16::try_from(place).map_err(io::Error::other)?, span: tag.span })
    };
    tags.iter().map(place).collect::<io::Result<Vec<Spanned<u16>>>>()?.serialize(out)
}

/// Reads what [`write_tags`] wrote.
pub(super) fn read_tags<R: io::Read>(from: &mut R) -> io::Result<Vec<Spanned<&'static str>>> {
    let all = &Skills::get().sorted;
    // A damaged number of tags is found out by what follows: room is made as they come.
    (0..u32::deserialize_reader(from)?)
        .map(|_| {
            let place = Spanned::<u16>::deserialize_reader(from)?;
            let skill = all.get(usize::from(place.value)).ok_or_else(|| io::Error::other("no skill has this number"))?;
            Ok(Spanned { value: skill.name, span: place.span })
        })
        .collect()
}

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Glue {
    /// A space or a hyphen: one element.
    Word,
    /// A slash, an ampersand, a bracket: another element, but a name may go over it (`CI/CD`).
    Slash,
    /// A comma, the end of a sentence, a line break, `and`; also the beginning of the text.
    Break,
}

#[derive(Debug)]
struct Token<'a> {
    /// Lower case and singular.
    word: Cow<'a, str>,
    text: &'a str,
    start: usize,
    end: usize,
    glue: Glue,
}

/// The words of a text: letters and digits with `+`, `#` behind (`C++`) and `.` inside (`node.js`). `lower`: the text with
/// its ASCII letters in lower case.
fn tokens<'a>(text: &'a str, lower: &'a str) -> impl Iterator<Item = Token<'a>> {
    let mut at = 0;
    let mut first = true;
    std::iter::from_fn(move || {
        let mut glue = if std::mem::take(&mut first) { Glue::Break } else { Glue::Word };
        let bytes = text.as_bytes();
        let start = loop {
            let c = text[at..].chars().next()?;
            // `.net`
            let dotted = || (at == 0 || bytes[at - 1] == b' ') && text[at + 1..].starts_with(char::is_alphabetic);
            if c.is_alphanumeric() || (c == '.' && dotted()) {
                break at;
            }
            glue = glue.max(match c {
                ' ' | '-' | '_' | '`' | '*' | '\'' | '"' | '’' | '“' | '”' => Glue::Word,
                // `dist. systems`: an abbreviation, not the end of a sentence.
                '.' if text[at + 1..].trim_start().starts_with(char::is_lowercase) => Glue::Word,
                '/' | '&' | '(' | ')' | '[' | ']' | '+' | '|' => Glue::Slash,
                _ => Glue::Break,
            });
            at += c.len_utf8();
        };
        // Most words are plain letters to their end.
        at += bytes[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        while let Some(c) = text[at..].chars().next() {
            let next = || text[at + 1..].chars().next();
            let inside = match c {
                '.' => at == start || next().is_some_and(char::is_alphanumeric),
                '#' => at > start,
                '+' => at > start && (next() == Some('+') || text[..at].ends_with('+')),
                c => c.is_alphanumeric(),
            };
            if !inside {
                break;
            }
            at += c.len_utf8();
        }
        Some(Token { word: normal(&lower[start..at]), text: &text[start..at], start, end: at, glue })
    })
}

/// Lower case, without a plural `s`. ASCII letters of the word are in lower case already.
fn normal(word: &str) -> Cow<'_, str> {
    let is_plural = matches!(word.as_bytes(), [_, _, .., before, b's'] if *before != b's') && !word.contains('.');
    let word = &word[..word.len() - usize::from(is_plural)];
    if word.is_ascii() { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// A name as a key: its words joined by spaces.
fn key(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let words: Vec<_> = tokens(name, &lower).map(|token| token.word).collect();
    words.join(" ")
}

/// True for the [`key`] of a name of one word.
fn is_one_word(key: &str) -> bool {
    !key.is_empty() && !key.contains(' ')
}

/// The items of a skills field's line or list item, appended to `items`.
///
/// Commas and semicolons part short names; inside parentheses, and in a sentence, they do not. `listed` says that the line
/// is an item of a list, which splits more reluctantly.
pub fn read_items(line: Text<'_>, listed: bool, items: &mut Vec<Spanned<String>>) {
    let line = clean(line);
    if line.is_empty() || Labels::get().is_placeholder(line.as_str()) {
        return;
    }
    // `* Go * Rust`: a list squeezed into the cell of a table. `Go • Rust`, `Go | Rust`: one in a line.
    if let Some(mark) = [" * ", " • ", " · ", " | "].into_iter().find(|mark| line.as_str().contains(mark)) {
        for part in line.as_str().split(mark) {
            read_items(line.of(part), true, items);
        }
        return;
    }
    if let Some(chips) = Skills::get().chips(line) {
        let chips = chips.into_iter().map(clean).filter(|chip| !chip.is_empty());
        items.extend(chips.map(Text::to_spanned));
        return;
    }
    for part in split(line, &[';', '；']) {
        let pieces: Vec<_> = split(part, &[',', '，', '、']).collect();
        let most = if listed { 3 } else { 9 };
        let is_short = |piece: &Text<'_>| piece.as_str().split_whitespace().nth(most).is_none();
        let is_sentence = || part.as_str().ends_with('.') && part.as_str().split_whitespace().nth(8).is_some();
        // The last of several: "…, and Docker".
        let joined = |piece: &Text<'_>| Labels::get().joining.of_people(piece.as_str()).map(str::len);
        let is_list = pieces.len() > 1
            && pieces.iter().all(is_short)
            && !is_sentence()
            && !(listed && pieces.iter().any(|piece| joined(piece).is_some()));
        let mut push = |piece: Text<'_>| {
            let piece = clean(piece);
            if !piece.is_empty() && !Labels::get().is_placeholder(piece.as_str()) {
                items.push(piece.to_spanned());
            }
        };
        if is_list {
            pieces.into_iter().map(|piece| piece.from(joined(&piece).unwrap_or(0))).for_each(push);
        } else {
            push(part);
        }
    }
}

/// The lines of a skills field that are items of their own. A line that only goes on (after a comma, or in lower case) is
/// joined with the one before it, unless each is a block of its own: no text of the page breaks them.
pub fn lines(text: Text<'_>) -> impl Iterator<Item = Text<'_>> {
    let goes_on = move |before: Text<'_>, line: &Text<'_>| {
        let starts = line.as_str().chars().next().is_some_and(|c| !c.is_lowercase() && c != '(');
        let between = before.offset_in(text) + before.len()..line.offset_in(text);
        if text.cut(between).span().range().is_empty() {
            return false;
        }
        !starts || before.as_str().ends_with([',', '/']) || before.as_str().ends_with(" and")
    };
    let mut lines = text.lines().peekable();
    std::iter::from_fn(move || {
        let mut item = lines.next()?;
        while let Some(line) = lines.next_if(|line| goes_on(item, line)) {
            item = item.through(line);
        }
        Some(item)
    })
}

/// Cuts at a separator outside parentheses.
fn split<'a>(text: Text<'a>, separators: &'static [char]) -> impl Iterator<Item = Text<'a>> {
    let mut depth = 0_u32;
    let cuts = move |c: char| {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        separators.contains(&c) && depth == 0
    };
    text.as_str().split(cuts).map(move |part| text.of(part).trim()).filter(|part| !part.is_empty())
}

/// Without bullets, ticks and emoji before it, and without a comma or markup around it.
fn clean(text: Text<'_>) -> Text<'_> {
    let said = text.as_str();
    let start =
        said.find(|c: char| c.is_alphanumeric() || matches!(c, '(' | '"' | '\'' | '“' | '.' | '<' | '@')).unwrap_or(said.len());
    let text = text.from(start).trim_matches(|c| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '*' | '_'));
    let one_sentence =
        text.as_str().ends_with('.') && text.as_str().split_whitespace().count() <= 4 && !text.as_str().ends_with("etc.");
    if one_sentence { text.trim_matches(|c| c == '.') } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(text: &str) -> Vec<&'static str> {
        Skills::get().tags_of(text)
    }

    #[test]
    fn text_names() {
        for (text, skills) in [
            ("Golang", &["go"][..]),
            ("go, distributed systems, Linux", &["go", "distributed-systems", "linux"]),
            ("Go programming (operator development)", &["go", "operators"]),
            ("Go-to-market strategy", &[]),
            ("how things go in production", &[]),
            ("Django, good, MongoDB", &["django", "mongodb"]),
            ("C, C++ and C#", &["c", "c++", "c#"]),
            ("Knowledge of C/C++", &["c", "c++"]),
            ("CSS", &["css"]),
            ("Java beside JavaScript", &["java", "javascript"]),
            ("R&D", &[]),
            ("R", &["r"]),
            ("REST API/OpenAPI", &["rest", "openapi"]),
            ("the rest of it", &[]),
            ("go is a plus", &["go"]),
            ("React.ts, ReactJS", &["react"]),
            ("Kubernetes, Golang. networking", &["kubernetes", "go", "networking"]),
            ("CI/CD practices", &["ci-cd"]),
            ("git / github workflow", &["git", "github"]),
            ("Git and GitHub workflows", &["git", "github"]),
            ("GitHub workflow", &["github-actions"]),
            ("GitHub and GitHub Actions", &["github", "github-actions"]),
            ("Github CI", &["github", "ci-cd"]),
            (
                "Frontend HTML/CSS/JavaScript, Backend Node/Python/Go/etc.",
                &["html", "css", "javascript", "node.js", "python", "go"],
            ),
            ("UX/UI(react)", &["ux", "react"]),
            ("Helm templating (`values.yaml`)", &["helm"]),
            ("Make sure it builds; make, CMake", &["make", "cmake"]),
            ("Spring 2025 or spring break", &[]),
            ("Java, Spring, Hibernate", &["java", "spring", "hibernate"]),
            ("flux of heat through a window", &[]),
            ("Flux CD and Argo CD", &["flux", "ci-cd", "argo-cd"]),
            ("ARM templates, a robot arm", &[]),
            ("Cortex-M on ARM", &["arm"]),
            ("Cortex, thanos", &["cortex", "thanos"]),
            ("express interest, an arrow key, a dart, the scheme of things", &[]),
            ("NodeJS/Express", &["node.js", "express"]),
            ("Network address translation (NAT)", &["networking"]),
            ("NATS and polar coordinates, Polars", &["nats", "polars"]),
            ("see https://example.org for HTTP/2", &["http"]),
            ("genome assembly tools", &[]),
            ("WebAssembly, assembly", &["wasm", "assembly"]),
            ("R&D, 3-D programming, D-Bus", &[]),
            ("operator overloading in C++", &["c++"]),
            ("Kubernetes operators", &["kubernetes", "operators"]),
            ("JSON, parsing JSON, a Markdown parser", &["json", "markdown", "parsing"]),
            ("Linux kernel modules and CUDA kernels", &["linux", "kernel", "cuda"]),
            ("Embedded C", &["embedded", "c"]),
            ("React Native", &["react-native"]),
            ("GitLab CI/CD", &["gitlab", "ci-cd"]),
            ("Transport Layer Security (TLS)", &["tls", "security"]),
            ("fault localization, a software vault, the rook and the harbor", &[]),
            ("Unity Catalog; Unity, Godot", &["unity", "godot"]),
            ("AI/ML, AI", &["machine-learning", "ai"]),
            ("PowerShell, a power shell", &["powershell", "shell"]),
            ("MongoDB, Mongo DB", &["mongodb", "databases"]),
            ("window functions, Windows", &["windows"]),
            ("Unix sockets, DBT-5, electron density", &[]),
            ("write a fast API, an open API, make files smaller", &[]),
            ("search engine optimization, peer-to-peer mentoring", &[]),
            ("(a) Rust, (b) SQL, (c) patience", &["rust", "sql"]),
            ("low-level languages (C), a compiled language (c)", &["c"]),
            ("comfortable with *Nix", &[]),
            ("*Nix* and Rust", &["nix", "rust"]),
            ("transformer model, a transformer station", &["transformers"]),
            (
                "PythonSignal ProcessingComputer VisionData Analysis",
                &["python", "signal-processing", "computer-vision", "data-analysis"],
            ),
            (
                "JavaScriptPlaywrightAutomated TestingCI/CDGitHub Actions",
                &["javascript", "playwright", "testing", "ci-cd", "github-actions"],
            ),
            ("ReactTypeScriptRainwind CSS", &["react", "typescript", "css"]),
            ("PythonJavaScriptHTML", &["python", "javascript", "html"]),
            ("PythonMachine Learning", &["python", "machine-learning"]),
            (
                "JavaScript, GitHub, PostgreSQL, OpenGL, LaTeX, iOS",
                &["javascript", "github", "postgresql", "opengl", "latex", "ios"],
            ),
            ("experience with JavaCard, RubyGems, GitBook or GoReleaser", &[]),
            ("Kotlinfor Android development,Swiftfor iOS development", &["kotlin", "android", "swift", "ios"]),
            ("comfortable withPython and usingDocker", &["python", "docker"]),
            ("GitHubActions, MachineLearning", &["github-actions", "machine-learning"]),
            ("MicroCOBOL", &[]),
            ("a nuclear reactor, the Dockerize tool, GoCD", &[]),
        ] {
            assert_eq!(tags(text), skills, "{text}");
        }
    }

    #[test]
    fn names_are_found_by_alias() {
        let skills = Skills::get();
        assert_eq!(skills.canonical("Golang"), Some("go"));
        assert_eq!(skills.canonical("K8S"), Some("kubernetes"));
        assert_eq!(skills.canonical("c++"), Some("c++"));
        assert_eq!(skills.canonical("cobol-ish"), None);
        assert!(skills.all().all(|name| skills.called().canonical.get(&key(name)) == Some(&name)));
    }

    #[test]
    fn related_skills_exist() {
        let skills = Skills::get();
        for SkillEntry { name, related, .. } in &skills.file.skill {
            for &other in related {
                assert!(skills.canonical(other) == Some(other), "{name} is related to {other}, which is no skill");
            }
        }
    }

    #[test]
    fn an_alias_means_one_thing() {
        for entries in Skills::get().ways().by_first.values() {
            for (i, entry) in entries.iter().enumerate() {
                let shadowed = entries[..i].iter().find(|other| other.tokens == entry.tokens && other.skills != entry.skills);
                assert!(shadowed.is_none(), "{:?} means {:?} already", entry.tokens, shadowed.map(|other| &other.skills));
            }
        }
    }

    #[test]
    fn items_are() {
        for (text, listed, meaning) in [
            ("Golang, Docker", false, &["Golang", "Docker"][..]),
            ("Go (basic, or more), YAML", false, &["Go (basic, or more)", "YAML"]),
            ("✔️ Experience with Kubernetes & Helm", true, &["Experience with Kubernetes & Helm"]),
            ("Python and JupyterLab, and extension development.", true, &["Python and JupyterLab, and extension development."]),
            ("Java, basic understanding of testing principles", false, &["Java", "basic understanding of testing principles"]),
            ("TBD", false, &[]),
            ("PythonSignal ProcessingData Analysis", false, &["Python", "Signal Processing", "Data Analysis"]),
            ("Go • Rust • C", false, &["Go", "Rust", "C"]),
            ("PythonJavaScriptNLP for reports", false, &["Python", "JavaScript", "NLP for reports"]),
            ("PythonNLP (spaCy)Data Analysis", false, &["Python", "NLP (spaCy)", "Data Analysis"]),
            ("Knowledge of JavaScript and GitHub", false, &["Knowledge of JavaScript and GitHub"]),
            ("Kotlinfor Android", false, &["Kotlinfor Android"]),
        ] {
            let mut prose = Prose::default();
            prose.push(text, Span::new(0, text.len()));
            let mut items = Vec::new();
            read_items(prose.view(0..prose.len()), listed, &mut items);
            let items: Vec<_> = items.into_iter().map(|item| item.value).collect();
            assert_eq!(items, meaning, "{text}");
        }
    }
}
