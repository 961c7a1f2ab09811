//! Pages held to what the settings say of them: read, looked at in parallel, and looked at again after each round of mending.
//!
//! `ideas validate` and the language server both ask here, so that they find the same.

pub mod changed;
mod known;

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::path::PathBuf;
use std::sync::OnceLock;

use rayon::prelude::*;
use rustc_hash::{FxHashSet, FxHasher};

use crate::catalog::{Level as NoticeLevel, Notice, files, warning};
use crate::config::Config;
use crate::idea::Idea;
use crate::layout::{self, ReadError};
use crate::lint::baseline::Baseline;
use crate::lint::{self, Finding, Found, Level, Limits, Linted, Template, Unread, fix, proof};
use crate::programs::Date;
use crate::store::Answers;
use crate::text::Source;

use self::changed::{Former, Touched};

/// What pages are held to.
pub struct Settings<'a> {
    /// Of `ideas.toml`.
    pub config: &'a Config,
    /// The template for all pages, if the call names one.
    pub template: Option<&'a Template>,
    /// The only rules to speak of; all if there are none.
    pub select: Vec<&'static str>,
    /// Rules not to speak of.
    pub ignore: Vec<&'static str>,
    /// What is put up with, and where it lies.
    pub baseline: Option<(Baseline, PathBuf)>,
    /// What the pages said where the branch began, if only the lines are of interest that it has touched.
    pub former: Option<Former>,
    /// The working folder.
    pub here: PathBuf,
    /// The day that it is: pages whose term is over are left out, and the rules about addresses ask for it.
    pub today: Option<Date>,
    /// Leave no page out because its term is over; otherwise only those are held to the rules all the same that the user named.
    pub all_terms: bool,
    /// True if the call names pages, and not the settings.
    pub by_call: bool,
}

/// Where a page came from.
pub struct Origin {
    /// The file; none for standard input.
    pub file: Option<PathBuf>,
    /// The text as it came in, if it was mended since.
    pub before: Option<String>,
    /// The bytes as they came in, if they are not the text.
    pub other_bytes: Option<Vec<u8>>,
    /// True if the user asked for this very page.
    named: bool,
}

/// All pages that could be read, with what is found on each.
#[derive(Default)]
pub struct Pages {
    /// The pages.
    pub linted: Vec<Linted>,
    /// Where each came from.
    pub origins: Vec<Origin>,
    /// What is found on each page for itself.
    found: Vec<Vec<Finding>>,
    /// Which lines of each page the branch has touched, once somebody has asked.
    touched: Vec<OnceLock<Touched>>,
    /// What there is to say about what was read.
    pub notices: Vec<Notice>,
    /// What addresses answered; nothing, if nobody has asked.
    answers: Answers,
}

/// What was found, and what of it is known.
pub struct Told {
    /// What was found and is told.
    pub found: Found,
    /// How many more the baseline puts up with.
    pub known: usize,
    /// How many that the baseline lists are not there any more.
    pub gone: usize,
    /// How many are on lines that the branch has not touched.
    pub elsewhere: usize,
}

/// What was mended.
#[derive(Default)]
pub struct Mended {
    /// The pages that are not as they were, and how many findings were mended on each.
    pub pages: BTreeMap<usize, usize>,
    /// True if one of them could not be written, and is not among them any more.
    pub unwritten: bool,
    /// True if there was more to mend after so many rounds.
    pub endless: bool,
}

impl<'a> Settings<'a> {
    /// Those of a configuration; `here` is the working folder.
    pub fn new(config: &'a Config, here: PathBuf) -> Self {
        Settings {
            config,
            template: None,
            select: Vec::new(),
            ignore: Vec::new(),
            baseline: None,
            former: None,
            here,
            today: None,
            all_terms: false,
            by_call: false,
        }
    }

    /// The day on which a page's term must not be over; none if that is not asked.
    pub fn term_day(&self) -> Option<Date> {
        self.today.filter(|_| !self.all_terms)
    }
}

/// A page that was read and looked at.
struct Looked {
    linted: Linted,
    found: Vec<Finding>,
    origin: Origin,
    notices: Vec<Notice>,
}

/// How far the mending of a page has come.
#[derive(Clone, Debug, Default)]
struct Mending {
    /// Nothing more can be mended.
    is_done: bool,
    /// The hashes of its texts so far.
    texts: FxHashSet<u64>,
}

/// How often pages are looked at again: a fix makes way for another, or for those that were too many to be told, but
/// not for ever.
const ROUNDS: usize = 100;

/// What stands in the place of bytes that are no text.
const LOST: &str = "\u{fffd}";

/// What is said of a page that the user named and that is held to no rules.
const NOT_CHECKED: &str = "left out: a page that proposes ideas says more of them, and an export is mended in its proposals; --template checks it all the same";

impl Pages {
    /// Reads the files, and what came on standard input.
    pub fn read(found: &[files::File], stdin: Option<Result<files::Text, Notice>>, settings: &Settings<'_>) -> Self {
        let looked: Vec<_> =
            found.par_iter().map(|file| look(files::read(file)?, Some(file.path.clone()), file.named, settings)).collect();
        let piped = stdin.map(|text| look(text?, None, true, settings));
        let mut pages = Pages::default();
        for page in looked.into_iter().chain(piped) {
            match page {
                Ok(Some(page)) => pages.push(page),
                Ok(None) => {}
                Err(notice) => pages.notices.push(notice),
            }
        }
        for (page, origin) in pages.linted.iter().zip(&pages.origins) {
            if origin.named && (page.ideas.is_empty() || !page.holds_ideas) {
                let message = if !page.ideas.is_empty() {
                    NOT_CHECKED
                } else if page.source.text().trim().is_empty() {
                    "is empty: no ideas"
                } else {
                    &format!("holds no ideas: nothing on it has {}", layout::WANTED)
                };
                let path = page.source.path().display().to_string();
                pages.notices.push(Notice { level: NoticeLevel::Note, path, position: None, message: message.to_owned() });
            }
        }
        pages
    }

    /// The ideas of all pages.
    pub fn ideas(&self) -> impl Iterator<Item = &Idea> + Clone {
        self.linted.iter().flat_map(|page| &page.ideas)
    }

    /// Takes what the addresses of the ideas answered.
    pub fn set_answers(&mut self, answers: Answers) {
        self.answers = answers;
        self.answers.attach(self.linted.iter_mut().flat_map(|page| &mut page.ideas));
    }

    /// A page that an editor holds. It is looked at as one that was found in a folder: nobody has asked whether it is one.
    pub fn of_text(text: files::Text, settings: &Settings<'_>) -> Self {
        let mut pages = Pages::default();
        match look(text, None, false, settings) {
            Ok(Some(page)) => pages.push(page),
            Ok(None) => {}
            Err(notice) => pages.notices.push(notice),
        }
        pages
    }

    fn push(&mut self, page: Looked) {
        self.linted.push(page.linted);
        self.found.push(page.found);
        self.touched.push(OnceLock::new());
        self.origins.push(page.origin);
        self.notices.extend(page.notices);
    }

    /// The text of a page as it came in.
    pub fn before(&self, page: usize) -> &str {
        self.origins[page].before.as_deref().unwrap_or_else(|| self.linted[page].source.text())
    }

    /// What is found on all pages, as the settings want it told.
    pub fn findings(&self, settings: &Settings<'_>) -> Told {
        self.tell(self.found.clone(), settings)
    }

    /// The same, for the last time: they are not kept besides.
    pub fn take_findings(&mut self, settings: &Settings<'_>) -> Told {
        let found = std::mem::take(&mut self.found);
        self.tell(found, settings)
    }

    fn tell(&self, found: Vec<Vec<Finding>>, settings: &Settings<'_>) -> Told {
        let of_page = |(page, found): (usize, Vec<Finding>)| found.into_iter().map(move |finding| Finding { page, ..finding });
        let findings: Vec<Finding> = found.into_iter().enumerate().flat_map(of_page).collect();
        let Settings { config, select, ignore, here, .. } = settings;
        let limits = Limits { today: settings.today, all_terms: settings.all_terms, ..config.limits.clone() };
        let Found { mut findings, mut more } = lint::catalog(&self.linted, findings, &limits);
        let levels: Vec<_> = self.linted.iter().map(|page| config.levels_of(page.source.path(), here)).collect();
        let is_told = |page: usize, code: &'static str, level: &mut Level| {
            if ignore.contains(&code) || !(select.is_empty() || select.contains(&code)) {
                return false;
            }
            let set = levels[page].get(code).map(|level| level.level());
            *level = set.flatten().unwrap_or(*level);
            set != Some(None)
        };
        findings.retain_mut(|finding| is_told(finding.page, finding.code, &mut finding.level));
        more.retain_mut(|more| is_told(more.page, more.code, &mut more.level));
        let (known, mut gone) = match &settings.baseline {
            Some((baseline, path)) => self.put_up_with(baseline, path, here, &mut findings, &mut more),
            None => (0, 0),
        };
        // Of what is not looked at nobody knows whether it is gone.
        if settings.former.is_some() || !select.is_empty() || !ignore.is_empty() {
            gone = 0;
        }
        let mut elsewhere = 0;
        if let Some(former) = &settings.former {
            let pages = self.linted.par_iter().zip(&self.touched);
            let touched: Vec<&Touched> = pages.map(|(page, known)| known.get_or_init(|| former.touched(&page.source))).collect();
            let all = findings.len();
            findings.retain(|finding| touched[finding.page].has(finding, &self.linted[finding.page]));
            elsewhere = all - findings.len();
            // Those that are only counted stand somewhere on a page that was touched.
            more.retain(|more| !touched[more.page].is_none());
        }
        Told { found: Found { findings, more }, known, gone, elsewhere }
    }

    /// Mends what can be mended, until nothing more can; nothing is written. Unless `unsafe_too`, a page reads as
    /// before, but for what was mended; see [`proof`].
    pub fn mend(&mut self, unsafe_too: bool, settings: &Settings<'_>) -> Mended {
        let mut mended = Mended::default();
        let mut states = vec![Mending::default(); self.linted.len()];
        for round in 0.. {
            let findings = self.findings(settings).found.findings;
            let fixable = |finding: &Finding| finding.fix.as_ref().is_some_and(|fix| fix.safe || unsafe_too);
            let open = |found: &&[Finding]| !states[found[0].page].is_done && found.iter().any(fixable);
            let pages: Vec<&[Finding]> = findings.chunk_by(|a, b| a.page == b.page).filter(open).collect();
            if pages.is_empty() {
                break;
            }
            if round == ROUNDS {
                mended.endless = true;
                break;
            }
            let mend = |found: &[Finding]| {
                let source = &self.linted[found[0].page].source;
                if unsafe_too { fix::apply_all(source.text(), found) } else { proof::mended(source, found) }
            };
            let looked: Vec<_> = pages
                .into_par_iter()
                .map(|found| {
                    let (page, (text, count)) = (found[0].page, mend(found));
                    let source = Source::new(self.linted[page].source.path(), text);
                    let is_changed = source.text() != self.linted[page].source.text() && self.origins[page].other_bytes.is_none();
                    (page, count, is_changed.then(|| lint(source, settings)))
                })
                .collect();
            for (page, count, looked) in looked {
                let state = &mut states[page];
                match looked {
                    Some(Ok((mut linted, found))) => {
                        // A page that was so before would go on in a circle.
                        let mut hasher = FxHasher::default();
                        linted.source.text().hash(&mut hasher);
                        if !state.texts.insert(hasher.finish()) {
                            (state.is_done, mended.endless) = (true, true);
                        }
                        self.answers.attach(&mut linted.ideas);
                        linted.named = self.linted[page].named;
                        let before = std::mem::replace(&mut self.linted[page], linted).source;
                        self.origins[page].before.get_or_insert_with(|| before.text().to_owned());
                        self.found[page] = found;
                        self.touched[page] = OnceLock::new();
                        *mended.pages.entry(page).or_default() += count;
                    }
                    // A fix that breaks its page is none.
                    Some(Err(_)) => state.is_done = true,
                    None => {
                        state.is_done = true;
                        if count > 0 && self.origins[page].other_bytes.is_some() {
                            let path = self.linted[page].source.path().display().to_string();
                            let message = format!("is not UTF-8, so it was not mended ({count} fixable); save it as UTF-8 first");
                            self.notices.push(Notice { level: NoticeLevel::Warning, path, position: None, message });
                        }
                    }
                }
            }
        }
        mended.pages.retain(|&page, _| self.linted[page].source.text() != self.before(page));
        mended
    }

    /// Takes a page as it came in again: what was mended on it could not be written.
    pub fn put_back(&mut self, page: usize, settings: &Settings<'_>) {
        let Some(before) = self.origins[page].before.take() else { return };
        let path = self.linted[page].source.path().to_owned();
        // It could be read before.
        if let Ok((linted, found)) = lint(Source::new(path, before), settings) {
            self.linted[page] = Linted { named: self.linted[page].named, ..linted };
            self.found[page] = found;
            self.touched[page] = OnceLock::new();
        }
    }
}

/// Looks at a page; `None` if there is nothing to look at.
fn look(text: files::Text, file: Option<PathBuf>, named: bool, settings: &Settings<'_>) -> Result<Option<Looked>, Notice> {
    let files::Text { source, mut notices, other_bytes } = text;
    match lint(source, settings) {
        Ok((mut linted, mut found)) => {
            // What is no UTF-8 is told with its bytes.
            if other_bytes.is_some() {
                found.retain(|finding| linted.source.slice(finding.span) != LOST);
            }
            // Rules about several pages ask whose an idea is, and when; all it says would be held twice.
            for idea in &mut linted.ideas {
                (idea.description, idea.outcomes) = (None, Vec::new());
            }
            let problems = linted
                .problems
                .iter()
                .filter(|_| named || linted.holds_ideas)
                .map(|problem| warning(&linted.source, problem.span, &problem.message));
            notices.extend(problems);
            linted.named = named && settings.by_call;
            Ok(Some(Looked { linted, found, origin: Origin { file, before: None, other_bytes, named }, notices }))
        }
        Err(unread) => {
            let Unread { source, error } = *unread;
            let position = Some(source.position(error.span().start));
            let notice = Notice { position, ..files::error(source.path(), error.to_string()) };
            match error {
                // A folder may hold any JSON.
                ReadError::NotAnExport if !named => Ok(None),
                _ if named => Err(notice),
                _ => Err(Notice { level: NoticeLevel::Warning, message: format!("skipped: {error}"), ..notice }),
            }
        }
    }
}

/// Holds a page to what the settings say of it; its own shape and programme decide on the template if nobody says.
fn lint(source: Source, settings: &Settings<'_>) -> Result<(Linted, Vec<Finding>), Box<Unread>> {
    let Settings { config, here, .. } = settings;
    let path = source.path();
    let template = settings.template.or_else(|| config.template(path, here));
    let given = config.given(path, here).cloned().unwrap_or_default();
    let options = config.options_of(path, here);
    lint::page_with(source, template, &given, &options)
}
