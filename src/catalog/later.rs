//! Ideas that stay in the cache until somebody looks at one: a search shows some, and looks closely at a few more.

use std::cell::{Cell, OnceCell};
use std::hash::{Hash as _, Hasher as _};
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use rustc_hash::FxHasher;

use super::cache::{Entry, restore};
use super::{Cache, Content, Given, Notice, Origin, folder};
use crate::idea::Idea;
use crate::idea::same::Face;
use crate::store::Answers;

/// The ideas of a folder none of whose pages has changed since they were read. Each has a place, as in
/// [`Catalog::ideas`](super::Catalog::ideas).
#[derive(Debug)]
pub struct Later {
    cache: Cache,
    pages: Vec<KnownPage>,
    /// What there is to say about the pages.
    pub notices: Vec<Notice>,
    answers: Answers,
    /// How many ideas there are before each page, and at last on all.
    before: Vec<usize>,
    /// Those that were read, without their long texts and with them.
    brief: Read,
    whole: Read,
    /// Long texts are wanted only where somebody looks closely.
    is_brief: bool,
    is_damaged: Cell<bool>,
}

/// Ideas that were read, each with its face. They are kept until the process ends, which gives all memory back at once.
type Read = ManuallyDrop<Vec<OnceCell<Box<(Idea, Face)>>>>;

#[derive(Debug)]
struct KnownPage {
    file: PathBuf,
    entry: Entry,
    /// The same with the ideas of the page, without their long texts and with them.
    brief: Again,
    whole: Again,
    /// What its ideas need not state.
    given: Option<Given>,
}

/// An entry with ideas, which is kept once it is asked for again: most pages are asked for one idea.
#[derive(Debug, Default)]
struct Again {
    was_asked: Cell<bool>,
    entry: OnceCell<Option<Entry>>,
}

impl Again {
    /// What there is to make of the entry that `find` gives.
    fn read<T>(&self, find: impl FnOnce() -> Option<Entry>, read: impl FnOnce(&Entry) -> Option<T>) -> Option<T> {
        if self.was_asked.replace(true) { read(self.entry.get_or_init(find).as_ref()?) } else { read(&find()?) }
    }
}

impl Later {
    /// The ideas of a folder, or of the pages that an `ideas.toml` names, in the cache that `open` gives with the answers of
    /// `ideas check`. If they are `brief`, their long texts are read only where somebody looks closely. `None` if a page has changed
    /// or was never read, or there is something to tell about the folder.
    pub fn of(origins: &[Origin], open: impl FnOnce() -> Option<(Cache, Answers)>, is_brief: bool) -> Option<Self> {
        let (files, told): (Vec<_>, Vec<_>) = match origins {
            [Origin::Path(path)] if path.is_dir() => {
                let (files, notices) = folder::files(path);
                (files.into_iter().map(|file| (file, None)).collect(), notices)
            }
            [Origin::Groups(groups)] => {
                let (files, notices) = groups.files();
                (files.into_iter().map(|(file, group)| (file, Some(group.given.clone()))).collect(), notices)
            }
            _ => return None,
        };
        let (cache, answers) = open().filter(|_| told.is_empty())?;
        let (files, given): (Vec<PathBuf>, Vec<Option<Given>>) = files.into_iter().unzip();
        let (entries, notices) = cache.unchanged(&files)?;
        let pages = files.into_iter().zip(entries).zip(given);
        let page = |((file, entry), given)| KnownPage { file, entry, brief: Again::default(), whole: Again::default(), given };
        let pages = pages.map(page).collect();
        let (before, brief, whole) = (Vec::new(), Read::default(), Read::default());
        Some(Later { cache, pages, notices, answers, before, brief, whole, is_brief, is_damaged: Cell::new(false) })
    }

    /// The cache that they stand in.
    pub fn cache(&mut self) -> &mut Cache {
        &mut self.cache
    }

    /// Does what asks for many ideas in one go; nothing can be kept meanwhile.
    pub fn together<T>(&self, read: impl FnOnce() -> T) -> T {
        self.cache.together(read)
    }

    /// A part of what was made of the ideas and is known by this number: see [`Cache::derived`]. If it has gone, the cache
    /// counts as damaged.
    pub fn derived(&self, of: u64, part: usize) -> Option<Vec<u8>> {
        let bytes = self.cache.derived(of, part);
        self.is_damaged.set(self.is_damaged.get() || bytes.is_none());
        bytes
    }

    /// A number that is another one if any page holds something else.
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = FxHasher::default();
        for KnownPage { entry, given, .. } in &self.pages {
            entry.hash_content(&mut hasher);
            given.hash(&mut hasher);
        }
        hasher.finish()
    }

    /// Reads all, and gives by what each idea is known again, and how many there are before each page and at last on all;
    /// `None` if something is damaged.
    pub fn faces(&self) -> Option<(Vec<Face>, Vec<usize>)> {
        let (mut faces, mut before) = (Vec::new(), vec![0]);
        for page in &self.pages {
            faces.append(&mut self.read(page, page.given.is_none(), |_| true)?.faces);
            before.push(faces.len());
        }
        Some((faces, before))
    }

    /// Takes up how many ideas there are before each page, as [`Later::faces`] gave it; false if that was of other pages.
    pub fn counted(&mut self, before: Vec<usize>) -> bool {
        let all = before.last().copied().unwrap_or_default();
        self.before = before;
        [self.brief, self.whole] = [0, 1].map(|_| Read::new(vec![OnceCell::new(); all]));
        self.before.len() == self.pages.len() + 1
    }

    /// How many ideas there are.
    pub fn len(&self) -> usize {
        self.brief.len()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.brief.is_empty()
    }

    /// True if the cache did not hold what was asked for: what was given instead says nothing.
    pub fn is_damaged(&self) -> bool {
        self.is_damaged.get()
    }

    /// The idea at a place, with as much as is wanted of all.
    pub fn idea(&self, place: usize) -> &Idea {
        &self.known(place).0
    }

    /// By what the idea at a place is known again.
    pub fn face(&self, place: usize) -> &Face {
        &self.known(place).1
    }

    /// The idea at a place, with its long texts.
    pub fn whole(&self, place: usize) -> &Idea {
        &self.at(place, false).0
    }

    fn known(&self, place: usize) -> &(Idea, Face) {
        self.at(place, self.is_brief && self.whole[place].get().is_none())
    }

    fn at(&self, place: usize, brief: bool) -> &(Idea, Face) {
        let ideas = if brief { &self.brief } else { &self.whole };
        if ideas[place].get().is_none() {
            let page = self.before.partition_point(|before| *before <= place) - 1;
            let first = self.before[page];
            let read = self.read(&self.pages[page], brief, |at| at == place - first).unwrap_or_default();
            // One, or all of the page.
            let from = if read.ideas.len() == 1 { place } else { first };
            for (idea, cell) in read.ideas.into_iter().zip(read.faces).zip(&ideas[from..self.before[page + 1]]) {
                let _ = cell.set(Box::new(idea));
            }
        }
        ideas[place].get_or_init(|| {
            self.is_damaged.set(true);
            let nothing = Idea::bare("");
            let face = Face::of(&nothing, None);
            Box::new((nothing, face))
        })
    }

    /// The ideas of a page at the places that are wanted, or all if they have to be read together.
    fn read(&self, page: &KnownPage, brief: bool, is_wanted: impl Fn(usize) -> bool) -> Option<Content> {
        let KnownPage { file, entry, given, .. } = page;
        let brief = brief && given.is_none();
        let known = if brief { &page.brief } else { &page.whole };
        let find = || self.cache.with_ideas(entry, brief);
        let page = known.read(find, |entry| restore(file, entry, |at, _| given.is_some() || is_wanted(at)))?;
        // Any other JSON has no ideas.
        let mut content = page.content.unwrap_or_default();
        if let Some(given) = given {
            content.complete(given);
        }
        self.answers.attach(&mut content.ideas);
        Some(content)
    }
}
