//! `ideas search`: the ideas that say what somebody typed, the best first, with the words marked where they stand.

use std::io::Write;

use borsh::{BorshDeserialize, BorshSerialize};

use super::duplicates::DuplicatesArg;
use super::filters::FilterArgs;
use super::output::OutputArgs;
use super::ranked::{self, Ranking};
use super::{Exit, GlobalArgs, Session, exit_of};
use crate::catalog::{Catalog, Level};
use crate::idea::id::short::ShortIds;
use crate::idea::{Elsewhere, Idea};
use crate::query::once::Once;
use crate::query::search::{self, Excluded, Found, Hit, Ideas, Index, MOST_ASKED, Search, Slip, Unknown};
use crate::query::{Nearest, Query};
use crate::render::{Look, hits};
use crate::text::counted;

/// What `--help` says of the signs in a query; here and in the manual page a line without an indent begins a section.
const SYNTAX: &str = "\
Query syntax:
  word                 says it, in any form
  \"some words\"         says these words, one after the other
  -word  not word      does not say it, in any form or under any name of the skill; so -\"some words\"
  one or other         either is enough; it holds for what stands right beside it
  skill:go             states it: a filter of `ideas list`, with the values that its flag takes:
                       skill, mentor, difficulty, project, organization (org), program, term,
                       hours, status (is), upstream, has, missing (no) or where
  skill:go,rust        one of them; so skill:go or org:llvm, and kernel or skill:rust
  skill:go skill:rust  both
  hours:..175          a range; so difficulty:easy..medium and term:2024..
  project:\"model registry\"
  -skill:java          does not state it, as --not-skill java
  \"not\"                the word itself, without its meaning here; so \"or\" and \"skill:go\"

  A query of qualifiers and exclusions alone shows the newest ideas first. In a shell, put quotes
  around what has quotes. Behind -- everything belongs to the query: `ideas search -- -v`.";

const EXAMPLES: &str = "\
Examples:
  ideas search helm chart                        both words, in any form
  ideas search '\"service mesh\" dashboard'        a phrase stands in quotes
  ideas search rust -kernel                      what says rust, and nothing of a kernel
  ideas search compiler skill:c++ hours:350 -org:llvm
  ideas search rust or go has:mentors term:current
  ideas search k8s operat                        k8s is kubernetes; the last word may go on
  ideas search vadim bauer                       mentors are found, too
  ideas search a small easy project in rust      as one would ask: 90 hours, easy, Rust
  ideas search scheduler --skill go --hours ..175
  ideas search wasm --format ids | head -3 | xargs -r ideas show";

/// So many ideas are read sooner than found in the cache.
const FEW: usize = 300;

/// What is kept of the pages of a catalogue, so that a search without filters need not read their ideas.
#[derive(BorshSerialize, BorshDeserialize)]
struct Known {
    /// By what the index of their ideas is known.
    index: u64,
    /// See [`Later::faces`](crate::catalog::Later::faces).
    before: Vec<usize>,
    once: Once,
}

/// The words of the ideas of a catalogue, as an earlier call has read them.
fn index<'i>(Catalog { ideas, faces, .. }: &'i Catalog, global: &GlobalArgs) -> Index<'i> {
    let Some(mut cache) = Some(ideas.len()).filter(|ideas| *ideas > FEW).and_then(|_| global.cache()) else {
        return Index::new(ideas);
    };
    let of = search::fingerprint(faces);
    cache.derived(of).and_then(|bytes| Index::from_bytes(Ideas::All(ideas), bytes)).unwrap_or_else(|| {
        let index = Index::new(ideas);
        cache.keep_derived(of, index.to_bytes());
        index
    })
}

/// Keeps what the next search needs to know of the pages of a whole catalogue.
fn keep(catalog: &Catalog, once: &Once, global: &GlobalArgs) -> anyhow::Result<()> {
    let later = if catalog.ideas.len() > FEW { global.later(true)? } else { None };
    let Some(mut later) = later else { return Ok(()) };
    let of = later.fingerprint();
    if later.cache().derived(of).is_some() {
        return Ok(());
    }
    let Some((faces, before)) = later.faces() else { return Ok(()) };
    let index = search::fingerprint(&faces);
    // A page may have changed since it was read for this catalogue.
    if index == search::fingerprint(&catalog.faces)
        && let Ok(bytes) = borsh::to_vec(&Known { index, before, once: once.clone() })
    {
        later.cache().keep_derived(of, &bytes);
    }
    Ok(())
}

/// What `ideas search` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES, after_long_help = format!("{SYNTAX}\n\n{EXAMPLES}"))]
pub struct Args {
    /// What to look for: words, phrases in quotes, -words to leave out, qualifiers such as skill:go
    ///
    /// Looks into title, project, skills, description, outcomes and mentors. A word counts more the rarer it is, and more in
    /// a title than in a description; the more of the words an idea has, the better, and it says what it lacks. What stands in
    /// quotes comes first; words with hyphens between them (end-to-end) are one. A word also finds, after all others, ideas of
    /// organizations that work on it. Words are found in other forms, skills under any of their names, the last word
    /// also where it goes on; a word that no idea has is taken for a slip of one that some have. Words for a size, a
    /// difficulty, a programme or a term (small, 90 hours, easy, beginner, lfx, 2026) find ideas that state it,
    /// whatever their text. A phrase that nobody says falls apart into its words. Of several arguments, one with a
    /// space in it is a phrase. On a terminal the first ten are shown, unless --limit says otherwise. The signs that
    /// steer a search are listed below, under "Query syntax".
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,

    #[command(flatten)]
    filters: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    duplicates: DuplicatesArg,
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        self.output.check()?;
        let search = Search::read(&text(&self.query))?;
        let mut query = if search.names_terms() { self.filters.query()? } else { global.query(&self.filters)? };
        query.extend(search.filters().clone());
        let is_plain = query.is_empty() && !self.output.shortens_ids(&session.look);
        if is_plain && self.answer_from_known(&search, &query, global, session)? {
            return Ok(Exit::Done);
        }
        let mut catalog = global.load_for(&mut query, session)?;
        let once = self.duplicates.choose(&query, &mut catalog);
        let index = index(&catalog, global);
        if is_plain && !self.duplicates.duplicates {
            keep(&catalog, &once, global)?;
        }
        let mut found = index.search(&search, |place| query.matches(&catalog.ideas[place]));
        found.fold(|place| once.newest(place));
        let ids = if self.output.shortens_ids(&session.look) { catalog.short_ids() } else { ShortIds::default() };
        self.answer(&found, (&search, &query), (&ids, &catalog.ideas), global, session)?;
        if found.hits.is_empty() && !catalog.ideas.is_empty() {
            if !catalog.ideas.iter().any(|idea| query.matches(idea)) {
                global.say_nothing_matched(&query, &catalog, session)?;
            } else if !search.has_words() {
                global.say(Level::Note, &format!("all of {} ideas are left out", self.duplicates.count(&catalog)), session)?;
            } else if found.kept_back > 0 {
                let (say, are) = if found.kept_back == 1 { ("says", "is") } else { ("say", "are") };
                let ideas = counted(found.kept_back, "idea");
                let how = if search.is_steered() {
                    "excluded by this search or its filters"
                } else {
                    "not among those that the filters let through"
                };
                let note = format!("{ideas} {say} so, but {are} {how}");
                global.say(Level::Note, &note, session)?;
            } else if found.unknown.is_empty() {
                global.say(Level::Note, &format!("none of {} ideas says so", self.duplicates.count(&catalog)), session)?;
            }
        }
        Ok(exit_of(&catalog))
    }

    /// Answers from what is kept of the pages, reading only the ideas that are shown or looked at closely; false if it cannot:
    /// too little is known of the pages, or nothing is found, which takes more to explain.
    fn answer_from_known(
        &self,
        search: &Search,
        query: &Query,
        global: &GlobalArgs,
        session: &mut Session<'_>,
    ) -> anyhow::Result<bool> {
        let Some(mut later) = global.later(!self.output.needs_texts(&session.look))? else { return Ok(false) };
        let of = later.fingerprint();
        let known = later.cache().derived(of).and_then(|bytes| borsh::from_slice::<Known>(&bytes).ok());
        let Some(Known { index, before, once }) = known else { return Ok(false) };
        let bytes = later.cache().derived(index).filter(|_| later.counted(before));
        let Some(index) = bytes.and_then(|bytes| Index::from_bytes(Ideas::Later(&later), bytes)) else { return Ok(false) };
        let once = if self.duplicates.duplicates { Once::default() } else { once };
        let mut found = index.search(search, |_| true);
        found.fold(|place| once.newest(place));
        let also = |place: usize| once.also(place).iter().map(|&other| Elsewhere::of(later.idea(other))).collect();
        let told = |hit: &Hit<'_>| Idea { also: also(hit.place), ..hit.idea.clone() };
        let stands_elsewhere = |hit: &Hit<'_>| !once.also(hit.place).is_empty();
        let told: Vec<Idea> = found.hits.iter().filter(|hit| stands_elsewhere(hit)).map(told).collect();
        for (hit, idea) in found.hits.iter_mut().filter(|hit| stands_elsewhere(hit)).zip(&told) {
            hit.idea = idea;
        }
        if found.hits.is_empty() || later.is_damaged() {
            return Ok(false);
        }
        later.notices.iter().try_for_each(|notice| global.tell(notice, session))?;
        self.answer(&found, (search, query), (&ShortIds::default(), index.terms()), global, session)?;
        Ok(true)
    }

    /// Writes what was found, and what the reader must know about it.
    fn answer(
        &self,
        found: &Found<'_>,
        (search, query): (&Search, &Query),
        (ids, catalogue): (&ShortIds<'_>, &[Idea]),
        global: &GlobalArgs,
        session: &mut Session<'_>,
    ) -> anyhow::Result<()> {
        if search.left_out > 0 {
            let note = format!("the first {MOST_ASKED} words are looked for; {} more were typed", search.left_out);
            global.say(Level::Note, &note, session)?;
        }
        for note in notes(found) {
            global.say(Level::Note, &note, session)?;
        }
        let page =
            |hits: &[Hit<'_>], ids: &ShortIds<'_>, look: &Look, out: &mut dyn Write| hits::write(found, hits, ids, look, out);
        let own = if search.names_terms() { String::new() } else { global.own_term(&self.filters)? };
        let ranking = Ranking {
            about: [if search.has_words() { "best match first" } else { "newest first" }.to_owned(), own],
            page,
            score: |hit: &Hit<'_>| format!("{:.3}", hit.score),
        };
        let shown = ranked::write(&found.hits, |hit| hit.idea, ranking, (&self.output, ids), global, session)?;
        if !search.names_terms() {
            global.say_if_past(&shown, self.output.format, query, catalogue, session)?;
        }
        Ok(())
    }
}

/// What was typed, in one text. The shell takes the quotes of `"service mesh" go` away; the space in the argument is what
/// is left of them. A sole argument may be words in quotes that the shell did not need, and so is one with signs among its words.
fn text(query: &[String]) -> String {
    if let [only] = query {
        return only.clone();
    }
    query.iter().map(|part| search::argument(part.trim())).collect::<Vec<_>>().join(" ")
}

/// What the reader must know about the answer.
fn notes(found: &Found<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    for Slip { seen, meant } in &found.slips {
        let meant = meant.iter().map(|it| bare(it)).collect::<Vec<_>>().join(" or ");
        notes.push(format!("showing results for {meant}; no idea says '{}'", bare(seen)));
    }
    for phrase in &found.apart {
        notes.push(format!("no idea says '{}'; these say words of it", bare(phrase)));
    }
    for Unknown { seen, nearest, is_term } in &found.unknown {
        let (says, is, end) = if *is_term { ("is of", "the newest is", "") } else { ("says", "did you mean", "?") };
        let hint = nearest.as_ref().map(|Nearest { name, count }| format!("; {is} {name} ({}){end}", counted(*count, "idea")));
        notes.push(format!("no idea {says} '{}'{}", bare(seen), hint.unwrap_or_default()));
    }
    for Excluded { seen, count, by_word, nearest } in &found.excluded {
        let seen = bare(seen);
        if *count == 0 {
            let hint = nearest.as_ref().map(|Nearest { name, .. }| format!("; did you mean {name}?")).unwrap_or_default();
            notes.push(format!("no idea says '{seen}', so nothing is left out for it{hint}"));
        } else if *by_word {
            // Who asks in a sentence may not know that it is a sign.
            notes.push(format!("`not` leaves out {} with '{seen}'", counted(*count, "idea")));
        }
    }
    if found.with_all == 0 && !found.hits.is_empty() && found.unknown.is_empty() && found.apart.is_empty() {
        notes.push("no idea has all of these words; these have some".to_owned());
    }
    notes
}

/// A phrase without its quotes, which messages put around it anyway.
fn bare(said: &str) -> &str {
    said.trim_matches('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_become_one_text() {
        for (args, meaning) in [
            (&["helm", "chart"][..], "helm chart"),
            (&["helm chart"], "helm chart"),
            (&["service mesh", "go"], "\"service mesh\" go"),
            (&["\"service mesh\" go", "x"], "\"service mesh\" go x"),
            (&["rust -kernel"], "rust -kernel"),
            (&["rust -kernel", "x"], "rust -kernel x"),
            (&["x", "-service mesh"], "x -\"service mesh\""),
            (&["x", "project:model registry"], "x project:\"model registry\""),
            (&["x", "-skill:machine learning"], "x -skill:\"machine learning\""),
            (&["x", "std::vector soup"], "x \"std::vector soup\""),
            (&["x", "https://example.org/foo bar"], "x \"https://example.org/foo bar\""),
            (&["x", "status: open"], "x \"status: open\""),
            (&["x", "soup std::vector"], "x \"soup std::vector\""),
            (&["x", "not window"], "x not window"),
            (&["x", "OR window"], "x OR window"),
            (&["x", "soup not window"], "x soup not window"),
            (&["x", "“service mesh”"], "x “service mesh”"),
            (&["x", "- window"], "x \"- window\""),
        ] {
            let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
            assert_eq!(text(&args), meaning);
        }
    }
}
