//! `ideas search`: the ideas that say what somebody typed, the best first, with the words marked where they stand.

use std::borrow::Cow;
use std::io::Write;
use std::mem;

use borsh::{BorshDeserialize, BorshSerialize};
use rustc_hash::FxHashSet;

use super::duplicates::DuplicatesArg;
use super::filters::FilterArgs;
use super::output::OutputArgs;
use super::ranked::{self, Ranking};
use super::{Exit, GlobalArgs, Session, exit_of};
use crate::catalog::{Catalog, Later, Level};
use crate::idea::id::short::ShortIds;
use crate::idea::{Elsewhere, Idea, same};
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

/// What is kept of the pages of a catalogue, so that a search need not read all of their ideas.
#[derive(BorshSerialize, BorshDeserialize)]
struct Known {
    /// By what the index of their ideas is known.
    index: u64,
    /// See [`Later::faces`].
    before: Vec<usize>,
    /// See [`same::kin`].
    kin: Vec<usize>,
    /// All ideas, each once.
    once: Once,
    /// One a line, sorted.
    ids: String,
}

impl Known {
    /// What is kept of these pages.
    fn of(later: &mut Later) -> Option<Self> {
        let of = later.fingerprint();
        let mut known: Known = borsh::from_slice(&later.cache().derived(of, 0)?).ok()?;
        let is_whole = later.counted(mem::take(&mut known.before)) && known.kin.len() == later.len();
        is_whole.then_some(known)
    }

    /// Keeps it for the next search.
    fn keep(catalog: &Catalog, kin: &[usize], global: &GlobalArgs) -> anyhow::Result<()> {
        let later = if catalog.ideas.len() > FEW { global.later(true)? } else { None };
        let Some(mut later) = later else { return Ok(()) };
        let Some((faces, before)) = later.faces() else { return Ok(()) };
        let index = search::fingerprint(&faces);
        let mut ids: Vec<&str> = catalog.ideas.iter().map(|idea| idea.id.as_str()).collect();
        ids.sort_unstable();
        let once = Once::of((0..faces.len()).collect(), |place| &faces[place], |place| &catalog.ideas[place]);
        let known = Known { index, before, kin: kin.to_vec(), once, ids: ids.join("\n") };
        // A page may have changed since it was read for this catalogue.
        if index == search::fingerprint(&catalog.faces)
            && let Ok(bytes) = borsh::to_vec(&known)
        {
            let of = later.fingerprint();
            later.cache().keep_derived(of, [bytes.as_slice()]);
        }
        Ok(())
    }
}

/// The words of the ideas of a catalogue, as an earlier call has read them.
fn index<'i>(Catalog { ideas, faces, .. }: &'i Catalog, global: &GlobalArgs) -> Index<'i> {
    let Some(mut cache) = Some(ideas.len()).filter(|ideas| *ideas > FEW).and_then(|_| global.cache()) else {
        return Index::new(ideas);
    };
    let of = search::fingerprint(faces);
    Index::from_parts(Ideas::All(ideas), |part| cache.derived(of, part)).unwrap_or_else(|| {
        let index = Index::new(ideas);
        cache.keep_derived(of, index.parts());
        index
    })
}

/// What a search needs to know of a catalogue.
struct Searched<'c> {
    read: Read<'c>,
    index: Index<'c>,
    kin: Vec<usize>,
    /// All ideas, each once, if that is known.
    once: Option<Once>,
    /// Empty if none is shown in short.
    ids: ShortIds<'c>,
}

/// How much of a catalogue was read.
#[derive(Clone, Copy)]
enum Read<'c> {
    All(&'c Catalog),
    /// Only what is asked for.
    Later(&'c Later),
}

impl Read<'_> {
    /// See [`Later::together`].
    fn together<T>(self, read: impl FnOnce() -> T) -> T {
        match self {
            Read::All(_) => read(),
            Read::Later(later) => later.together(read),
        }
    }
}

impl Searched<'_> {
    /// The ideas that `wanted` lets through, each once; those that have nothing to do with what was found may be left out.
    fn once(&self, found: &Found, query: &Query, wanted: impl Fn(usize) -> bool) -> Cow<'_, Once> {
        if let Some(once) = self.once.as_ref().filter(|_| query.is_empty()) {
            return Cow::Borrowed(once);
        }
        let near: FxHashSet<usize> = found.matches.iter().map(|hit| self.kin[hit.place]).collect();
        let places = (0..self.kin.len()).filter(|&place| near.contains(&self.kin[place]) && wanted(place)).collect();
        let face = |place: usize| match self.read {
            Read::All(catalog) => &catalog.faces[place],
            Read::Later(later) => later.face(place),
        };
        Cow::Owned(Once::of(places, face, |place| self.index.outline(place)))
    }
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
        let shown = ranked::amount(&self.output, &session.look);
        let shortens = self.output.shortens_ids(&session.look);
        // Where only some are shown, the long texts of the others are not needed.
        let brief = shown.is_said() || !self.output.needs_texts(&session.look);
        let mut is_known = query.needs_catalogue();
        let later = if is_known { None } else { global.later(brief)? };
        if let Some(mut later) = later
            && let Some(Known { index, kin, once, ids, .. }) = Known::of(&mut later)
            && let Some(index) = Index::later(&later, index)
        {
            is_known = true;
            let ids = if shortens { ShortIds::of(ids.lines()) } else { ShortIds::default() };
            let searched = Searched { read: Read::Later(&later), index, kin, once: Some(once), ids };
            // What cannot be settled is told where all is read.
            if session.settle(&mut query, searched.index.outlines()).is_ok()
                && self.answer(&search, &query, &searched, global, session)?
            {
                return Ok(Exit::Done);
            }
        }
        let catalog = global.load_for(&mut query, session)?;
        let (index, kin) = (index(&catalog, global), same::kin(&catalog.faces));
        if !is_known {
            Known::keep(&catalog, &kin, global)?;
        }
        let ids = if shortens { catalog.short_ids() } else { ShortIds::default() };
        let searched = Searched { read: Read::All(&catalog), index, kin, once: None, ids };
        self.answer(&search, &query, &searched, global, session)?;
        Ok(exit_of(&catalog))
    }

    /// Writes what is found, and what the reader must know about it; false, and nothing is written, if all ideas have to be read
    /// for that: to explain why nothing is found, or because the cache is damaged.
    fn answer(
        &self,
        search: &Search,
        query: &Query,
        searched: &Searched<'_>,
        global: &GlobalArgs,
        session: &mut Session<'_>,
    ) -> anyhow::Result<bool> {
        let Searched { read, index, ids, .. } = searched;
        let (by_outline, others) = query.by_outline();
        let of_query = |place| if others.needs_texts() { index.ideas.whole(place) } else { index.ideas.found(place) };
        let is_wanted =
            |place| by_outline.matches(index.outline(place)) && (others.is_empty() || others.matches(of_query(place)));
        let (found, once) = read.together(|| {
            let mut found = index.search(search, is_wanted);
            let once =
                if self.duplicates.duplicates { Cow::Owned(Once::default()) } else { searched.once(&found, query, is_wanted) };
            found.fold(|place| once.newest(place));
            (found, once)
        });
        let shown = ranked::amount(&self.output, &session.look).shown(&found.matches);
        let needs_texts = self.output.needs_texts(&session.look);
        let needs_others = self.output.needs_others(&session.look);
        let told = shown.unwrap_or_default().iter().map(|by| {
            let idea = if needs_texts { index.ideas.whole(by.place) } else { index.ideas.found(by.place) };
            match once.also(by.place) {
                others if needs_others && !others.is_empty() => {
                    let also = others.iter().map(|&other| Elsewhere::of(index.ideas.found(other))).collect();
                    Cow::Owned(Idea { also, ..idea.clone() })
                }
                _ => Cow::Borrowed(idea),
            }
        });
        let told: Vec<Cow<'_, Idea>> = read.together(|| told.collect());
        let hits = shown.map(|shown| shown.iter().zip(&told).map(|(by, idea)| Hit { idea, by }).collect::<Vec<_>>());
        if let Read::Later(later) = read {
            if found.matches.is_empty() || later.is_damaged() {
                return Ok(false);
            }
            later.notices.iter().try_for_each(|notice| global.tell(notice, session))?;
        }
        if search.left_out > 0 {
            let note = format!("the first {MOST_ASKED} words are looked for; {} more were typed", search.left_out);
            global.say(Level::Note, &note, session)?;
        }
        for note in notes(&found) {
            global.say(Level::Note, &note, session)?;
        }
        let page =
            |hits: &[Hit<'_>], ids: &ShortIds<'_>, look: &Look, out: &mut dyn Write| hits::write(&found, hits, ids, look, out);
        let own = if search.names_terms() { String::new() } else { global.own_term(&self.filters)? };
        let ranking = Ranking {
            about: [if search.has_words() { "best match first" } else { "newest first" }.to_owned(), own],
            page,
            score: |hit: &Hit<'_>| format!("{:.3}", hit.by.score),
        };
        let shown =
            ranked::write((hits.as_deref(), found.matches.len()), |hit| hit.idea, ranking, (&self.output, ids), global, session)?;
        if !search.names_terms() {
            let all = (searched.kin.iter().enumerate().map(|(place, _)| index.outline(place)), is_wanted);
            global.say_if_past(&shown, self.output.format, query, all, session)?;
        }
        if let Read::All(catalog) = read
            && found.matches.is_empty()
        {
            self.explain(&found, (search, query), catalog, global, session)?;
        }
        Ok(true)
    }

    /// Says why nothing is found.
    fn explain(
        &self,
        found: &Found,
        (search, query): (&Search, &Query),
        catalog: &Catalog,
        global: &GlobalArgs,
        session: &mut Session<'_>,
    ) -> anyhow::Result<()> {
        if !catalog.ideas.iter().any(|idea| query.matches(idea)) {
            return global.say_nothing_matched(query, catalog, session);
        }
        let all = self.duplicates.count(catalog);
        let note = if !search.has_words() {
            format!("all of {all} ideas are left out")
        } else if found.kept_back > 0 {
            let (say, are) = if found.kept_back == 1 { ("says", "is") } else { ("say", "are") };
            let ideas = counted(found.kept_back, "idea");
            let how = if search.is_steered() {
                "excluded by this search or its filters"
            } else {
                "not among those that the filters let through"
            };
            format!("{ideas} {say} so, but {are} {how}")
        } else if found.unknown.is_empty() {
            format!("none of {all} ideas says so")
        } else {
            return Ok(());
        };
        Ok(global.say(Level::Note, &note, session)?)
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
fn notes(found: &Found) -> Vec<String> {
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
    if found.with_all == 0 && !found.matches.is_empty() && found.unknown.is_empty() && found.apart.is_empty() {
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
