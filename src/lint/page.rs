//! A page as rules see it: its ideas with their labels and values, its headings, and the template it is held to.

use crate::document::{self, Document};
use crate::idea::Status;
use crate::labels::{Kind, Labels};
use crate::layout::export::is_export;
use crate::layout::{BOLD, Entry, Fact, Heading, Holds, Inspection, Problem, Shape, Tree, key_kind};
use crate::prose::Text;
use crate::records::Style;
use crate::records::label::unknown;
use crate::spelling::nearest;
use crate::text::{LetterSet, Source, Span};

use super::letters::letters;
use super::mentors::Mentors;
use super::template::{self, Asked, Field, Layout, Template};

/// A page under the linter.
pub struct Page<'a> {
    /// Its text.
    pub source: &'a Source,
    /// Its Markdown.
    pub document: &'a Document,
    /// What it is.
    pub shape: Shape,
    /// The headings that open sections, in page order.
    pub headings: &'a [Heading<'a>],
    /// What could not be read.
    pub problems: &'a [Problem],
    /// What it is held to.
    pub template: &'a Template,
    /// True if it is held to the template's layout, too.
    pub in_layout: bool,
    /// The tree it was read from: data in front matter and JSON.
    pub tree: &'a Tree<'a>,
    entries: &'a [Entry<'a>],
    unknown: Vec<Vec<Unknown<'a>>>,
    /// The labels of the template.
    names: Vec<(Name, &'a Field)>,
    mentors: Vec<Mentors<'a>>,
    /// For each idea, the labelled values that are fields, not parts of a text.
    fields: Vec<Vec<&'a Fact<'a>>>,
    /// True if those who mentor all ideas stand in a section of their own.
    pub mentors_apart: bool,
    /// What most ideas say, of what the template's layout does not ask for.
    usual: Vec<Kind>,
}

/// A label that we do not know.
#[derive(Clone, Copy, Debug)]
pub struct Unknown<'a> {
    /// The label, without the mark that ends it.
    pub label: Text<'a>,
    /// The field of the template that was probably meant.
    pub meant: Option<&'a Field>,
}

impl<'a> Page<'a> {
    /// Puts together what rules look at.
    pub fn new(source: &'a Source, tree: &'a Tree<'a>, seen: &'a Inspection<'a>, template: &'a Template) -> Self {
        let mut page = Page {
            source,
            document: &tree.document,
            shape: seen.shape,
            headings: &seen.headings,
            problems: &seen.problems,
            template,
            in_layout: template.binds(seen),
            tree,
            entries: &seen.entries,
            unknown: Vec::new(),
            names: template.field.iter().flat_map(|field| field.spellings().map(move |name| (Name::of(name), field))).collect(),
            mentors: Vec::new(),
            fields: Vec::new(),
            mentors_apart: false,
            usual: Vec::new(),
        };
        page.fields = (0..page.entries.len()).map(|idea| page.find_fields(idea)).collect();
        let extra = template.field.iter().filter(|field| field.asked == Asked::Usual).map(|field| field.kind);
        page.usual = extra.filter(|&kind| page.mostly_states(kind)).collect();
        page.mentors_apart = !page.in_layout && page.has_section(Kind::Mentors);
        page.unknown = (0..page.entries.len()).map(|idea| page.find_unknown(idea)).collect();
        page.mentors = (0..page.entries.len()).map(|idea| Mentors::read(&page, idea)).collect();
        page
    }

    /// The ideas, in page order, with what they were read from.
    pub fn ideas(&self) -> &'a [Entry<'a>] {
        self.entries
    }

    /// True for a page of Markdown: its ideas have headings and labels.
    pub fn is_markdown(&self) -> bool {
        self.shape == Shape::Markdown
    }

    /// True for the text of a proposal, which the form's own check looks at.
    pub fn is_proposal(&self) -> bool {
        let is_text = !self.tree.is_html && !matches!(self.shape, Shape::Export | Shape::IdeaFile);
        self.template.shape == template::Form::Form && is_text
    }

    /// True for front matter and JSON: the ideas have keys.
    pub fn is_record(&self) -> bool {
        matches!(self.shape, Shape::IdeaFile | Shape::Export)
    }

    /// Where an idea's title stands: what to point at if something is not there.
    pub fn title_span(&self, idea: usize) -> Span {
        self.entries[idea].idea.title.span.unwrap_or(Span::new(0, 0))
    }

    /// True for an idea that nobody can take up any more: nothing is asked of it.
    pub fn is_settled(&self, idea: usize) -> bool {
        let status = self.entries[idea].idea.status.as_ref().map(|status| status.value);
        matches!(status, Some(Status::Taken | Status::Done))
    }

    /// True if a section outside of the ideas is headed as a field of this kind: `## Mentors`.
    fn has_section(&self, kind: Kind) -> bool {
        let first = (0..self.entries.len()).map(|idea| self.title_span(idea).start).min().unwrap_or_default();
        let outside = self.headings.iter().filter(|heading| !heading.in_idea).map(|heading| heading.text);
        let nodes = self.document.nodes.iter().enumerate().take_while(|(_, node)| node.span().start < first);
        let above =
            nodes.filter(|(_, node)| matches!(node.kind, document::Kind::Heading(_))).map(|(at, _)| self.document.text(at));
        let word = |text: Text<'_>| {
            let mut words = text.as_str().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.next().and_then(|word| Labels::get().kind(word))
        };
        outside.chain(above).any(|text| word(text) == Some(kind))
    }

    /// The heading that opens an idea.
    pub fn heading(&self, idea: usize) -> Option<&'a Heading<'a>> {
        self.place(idea).map(|at| &self.headings[at])
    }

    /// The place among [`Page::headings`] of the heading that opens an idea.
    pub fn place(&self, idea: usize) -> Option<usize> {
        let node = self.entries[idea].draft.heading?;
        self.headings.binary_search_by_key(&node, |heading| heading.node).ok()
    }

    /// True if nothing at all stands below a heading.
    pub fn is_blank(&self, heading: &Heading<'_>) -> bool {
        let next = self.document.nodes.get(heading.node + 1);
        next.is_none_or(|node| matches!(node.kind, document::Kind::Heading(_) | document::Kind::Rule))
    }

    /// The level that most headings of the page's ideas have.
    pub fn usual_level(&self) -> Option<u8> {
        usual((0..self.entries.len()).filter_map(|idea| Some(self.heading(idea)?.level)))
    }

    /// The level that headings of ideas should have: the usual one, or else the template's.
    pub fn idea_level(&self) -> Option<u8> {
        self.usual_level().or(self.template.idea_level.filter(|_| self.has_levels_of_template()))
    }

    /// True if the template's levels bind: always, or because a heading of the page stands where the template has it.
    fn has_levels_of_template(&self) -> bool {
        let fits = |heading: &Heading<'_>| match heading.holds {
            Holds::Idea => Some(heading.level) == self.template.idea_level,
            Holds::Ideas => Some(heading.level) == self.template.project_level,
            Holds::Nothing | Holds::Else => false,
        };
        // Above an idea whose heading is too high, a project holds none.
        let stands_above = |pair: &[Heading<'_>]| {
            pair[1].holds == Holds::Idea && pair[0].is_name && Some(pair[0].level) == self.template.project_level
        };
        let headings = self.headings;
        self.template.layout == Layout::Required || headings.iter().any(fits) || headings.windows(2).any(stands_above)
    }

    /// The level that headings of projects should have.
    pub fn project_level(&self) -> Option<u8> {
        let projects = self.headings.iter().filter(|heading| heading.holds == Holds::Ideas && heading.is_name);
        usual(projects.map(|heading| heading.level)).or(self.template.project_level.filter(|_| self.has_levels_of_template()))
    }

    /// True if an idea of this page must have a field.
    pub fn asks(&self, field: &Field) -> bool {
        match field.asked {
            Asked::Always => true,
            Asked::InLayout => self.in_layout,
            Asked::Usual => self.usual.contains(&field.kind),
            Asked::Never => false,
        }
    }

    /// A fact's label as it is set: all that is bold before its colon, also if we know the end only.
    pub fn label(fact: &Fact<'a>) -> Text<'a> {
        /// No label begins further before its last words, in bytes.
        const FAR: usize = 200;
        let text = fact.label.whole();
        let start = fact.label.offset_in(text);
        let near = text.as_str().floor_char_boundary(start.saturating_sub(FAR));
        let line = text.as_str()[near..start].rfind('\n').map(|at| near + at + 1);
        let Some(line) = line.or_else(|| (near == 0).then_some(0)).filter(|&line| line < start) else { return fact.label };
        let line = text.from(line).trim();
        let reach = line.bold_prefix().unwrap_or(0);
        let end = fact.label.offset_in(line) + fact.label.len();
        if end <= reach && !line.as_str()[..end].contains(':') { line.cut(0..end) } else { fact.label }
    }

    /// The labelled values of an idea that say what `kind` says, kinds that are read together included.
    pub fn facts(&self, idea: usize, kind: Kind) -> impl Iterator<Item = &'a Fact<'a>> {
        self.fields(idea).filter(move |fact| template::same(fact.kind) == template::same(kind))
    }

    /// The labelled values of an idea, in page order. An item deep inside a text that only sounds like a label is none.
    pub fn fields(&self, idea: usize) -> impl Iterator<Item = &'a Fact<'a>> {
        self.fields[idea].iter().copied()
    }

    fn find_fields(&self, idea: usize) -> Vec<&'a Fact<'a>> {
        let facts = &self.entries[idea].draft.facts;
        let depths: Vec<Option<u32>> =
            facts.iter().map(|fact| (fact.style == Style::Item).then(|| self.depth_of(fact)).flatten()).collect();
        let outermost = depths.iter().flatten().min();
        let ended = |fact: &Fact<'a>| after(fact.label).as_str().trim_start_matches(['*', '_', ' ']).starts_with([':', '：']);
        let is_field =
            |(fact, depth): &(&'a Fact<'a>, &Option<u32>)| depth.as_ref() <= outermost || (!fact.parts.is_empty() && ended(fact));
        facts.iter().zip(&depths).filter(is_field).map(|(fact, _)| fact).collect()
    }

    /// How many lists and quotes the item is inside of that a field begins.
    fn depth_of(&self, fact: &Fact<'_>) -> Option<u32> {
        self.item_at(fact.label.span().start).map(|item| self.document.nodes[item].depth)
    }

    /// The mentors of an idea, as they are written.
    pub fn mentors(&self, idea: usize) -> &Mentors<'a> {
        &self.mentors[idea]
    }

    /// True if the page must say of each mentor what the template asks: not on pages of their own layout, and not in our JSON.
    pub fn binds_mentors(&self) -> bool {
        match self.shape {
            Shape::Export => self.tree.data().is_some_and(|data| is_export(data.root())),
            Shape::Form => true,
            Shape::IdeaFile => false,
            Shape::Markdown | Shape::Profile => self.in_layout,
        }
    }

    /// The labels of an idea that we do not know.
    pub fn unknown(&self, idea: usize) -> &[Unknown<'a>] {
        &self.unknown[idea]
    }

    /// True if an idea probably has a field of this kind, under a label that is misspelt.
    pub fn is_misspelt(&self, idea: usize, kind: Kind) -> bool {
        self.unknown[idea]
            .iter()
            .any(|unknown| unknown.meant.is_some_and(|field| template::same(field.kind) == template::same(kind)))
    }

    /// True if most of the page's ideas say what `kind` says.
    pub fn mostly_states(&self, kind: Kind) -> bool {
        self.stated(kind) * 2 > self.entries.len()
    }

    /// How many of the page's ideas say what `kind` says.
    fn stated(&self, kind: Kind) -> usize {
        (0..self.entries.len()).filter(|&idea| self.facts(idea, kind).any(|fact| !fact.parts.is_empty())).count()
    }

    /// The bytes of the whole line that `span` begins on, without its line break.
    pub fn line_span(&self, span: Span) -> Span {
        let text = self.source.text();
        let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[span.start..].find('\n').map_or(text.len(), |at| span.start + at);
        Span::new(start, end)
    }

    /// The bytes of all lines that `span` touches.
    pub fn lines_of(&self, span: Span) -> Span {
        Span::new(self.line_span(span).start, self.line_span(Span::new(span.end, span.end)).end)
    }

    /// Keys of front matter that no idea has.
    fn unknown_keys(&self) -> Vec<Unknown<'a>> {
        let keys = self.tree.data().and_then(|data| data.root().map()).into_iter().flatten().map(|(key, _)| key);
        let is_new = |key: &Text<'a>| {
            let said = key.as_str();
            self.template.field.iter().all(|field| field.label != said) && self.template.keys.iter().all(|known| known != said)
        };
        let unknown = |label: Text<'a>| {
            let meant = nearest(label.as_str(), self.template.field.iter().map(|field| field.label.as_str()));
            let meant = self.template.field.iter().find(|field| meant == Some(field.label.as_str()));
            // Another word for a key that there is.
            let other = meant.is_none() && key_kind(label).is_some_and(|kind| kind != Kind::Other);
            (!other).then_some(Unknown { label, meant })
        };
        keys.filter(is_new).filter_map(unknown).collect()
    }

    fn find_unknown(&self, idea: usize) -> Vec<Unknown<'a>> {
        match self.shape {
            Shape::Markdown => {}
            Shape::IdeaFile => return self.unknown_keys(),
            _ => return Vec::new(),
        }
        let draft = &self.entries[idea].draft;
        let mut found: Vec<Unknown<'a>> = Vec::new();
        let depths = self.depths_of_fields(idea);
        // A label that the idea has is not misspelt elsewhere.
        let meant = |label| self.meant(label).filter(|field| self.facts(idea, field.kind).all(|fact| fact.parts.is_empty()));
        // Of "Upstrem Issue" the reader knows the end.
        for fact in &draft.facts {
            let label = Page::label(fact);
            if label.len() > fact.label.len()
                && let Some(meant) = self.meant(label).filter(|meant| meant.kind == fact.kind)
            {
                found.push(Unknown { label, meant: Some(meant) });
            }
        }
        let mut labels: Vec<usize> = draft.facts.iter().map(|fact| fact.label.span().start).collect();
        labels.sort_unstable();
        let is_read = |line: Text<'_>| {
            let span = line.span();
            labels.get(labels.partition_point(|&at| at < span.start)).is_some_and(|&at| at < span.end)
        };
        // What stands between the idea's fields is a label, even if it is none that we can guess.
        for &text in &draft.loose {
            let Some(line) = text.lines().next().filter(|&line| !is_read(line)) else { continue };
            let (label, marked) = unknown(line);
            let meant = meant(label);
            if meant.is_some() || (marked && self.stands_among_fields(&depths, line)) {
                found.push(Unknown { label, meant });
            }
        }
        // Inside a text, only what is nearly a label of the template.
        for line in draft.facts.iter().filter(|fact| fact.kind.is_prose()).flat_map(|fact| fact.lines().skip(1)) {
            let (label, marked) = unknown(line.0);
            let alone = || label.len() == line.0.len() && self.stands_among_fields(&depths, line.0);
            if let Some(meant) = meant(label).filter(|_| marked || alone()) {
                found.push(Unknown { label, meant: Some(meant) });
            }
        }
        // A heading that labels a field on pages where headings do.
        let headed = draft.facts.iter().any(|fact| fact.style == Style::Heading);
        if let (true, Some(own)) = (headed, self.heading(idea)) {
            let below = &self.headings[self.headings.partition_point(|heading| heading.node <= own.node)..];
            for heading in below.iter().take_while(|heading| heading.level > own.level) {
                let (label, _) = unknown(heading.text.trim());
                if let Some(meant) = meant(label) {
                    found.push(Unknown { label, meant: Some(meant) });
                }
            }
        }
        found.sort_by_key(|unknown| unknown.label.span());
        found
    }

    /// How deep the items are that are fields of an idea.
    fn depths_of_fields(&self, idea: usize) -> Vec<u32> {
        let items = self.entries[idea].draft.facts.iter().filter(|fact| fact.style == Style::Item);
        let mut depths: Vec<u32> =
            items.filter_map(|fact| self.item_at(fact.label.span().start).map(|item| self.document.nodes[item].depth)).collect();
        depths.sort_unstable();
        depths.dedup();
        depths
    }

    /// True for the first line of an item beside items that are fields.
    fn stands_among_fields(&self, depths: &[u32], line: Text<'a>) -> bool {
        let at = line.span().start;
        let Some(own) = self.item_at(at) else { return false };
        // Bold marks may stand before it.
        let begins =
            self.document.nodes.get(own + 1).is_some_and(|first| (first.span().start..=first.span().start + 4).contains(&at));
        begins && depths.contains(&self.document.nodes[own].depth)
    }

    /// The innermost list item that a byte stands in.
    pub fn item_at(&self, at: usize) -> Option<usize> {
        let nodes = &self.document.nodes;
        let after = nodes.partition_point(|node| node.span().start <= at);
        (0..after)
            .rev()
            .take_while(|&node| nodes[node].depth > 0 || nodes[node].span().end > at)
            .find(|&node| nodes[node].kind == document::Kind::Item && at < nodes[node].span().end)
    }

    /// True if something stands behind a label before the next one that we know, heading or idea, whoever it was read
    /// for; or if the label stands over a list, whose items may have labels of their own.
    pub fn has_text_behind(&self, idea: usize, fact: &Fact<'_>) -> bool {
        self.stands_over_list(fact) || self.source.slice(self.behind(idea, fact)).contains(char::is_alphanumeric)
    }

    /// True for a label on a line of its own with a list below.
    fn stands_over_list(&self, fact: &Fact<'_>) -> bool {
        let nodes = &self.document.nodes;
        let after = nodes.partition_point(|node| node.span().start <= fact.label.span().start);
        let Some(block) = after.checked_sub(1).filter(|_| fact.style != Style::Item) else { return false };
        nodes.get(block + 1).is_some_and(|next| next.kind == document::Kind::List && next.depth == nodes[block].depth)
    }

    /// The bytes behind a label, up to the next one that we know, heading or idea.
    pub fn behind(&self, idea: usize, fact: &Fact<'_>) -> Span {
        let end = fact.label.span().end;
        let facts = self.entries[idea].draft.facts.iter().filter(|other| other.kind != Kind::Other);
        let label = facts.map(|other| Page::label(other).span().start).filter(|&at| at > end).min();
        // Below a heading, other fields are what it is about.
        let label = label.filter(|_| fact.style != Style::Heading);
        let next = self.entries.get(idea + 1).map(|_| self.title_span(idea + 1).start).filter(|&at| at > end);
        let until = [label, next].into_iter().flatten().min().unwrap_or(self.source.text().len());
        let nodes = &self.document.nodes[self.document.nodes.partition_point(|node| node.span().start <= end)..];
        let mut near = nodes.iter().take_while(|node| node.span().start < until);
        let heading = near.find(|node| matches!(node.kind, document::Kind::Heading(_))).map(|node| node.span().start);
        let until = heading.unwrap_or(until);
        Span::new(end, until.max(end))
    }

    /// True if an idea's description needs no label: on pages of their own layout, any text does.
    pub fn has_text(&self, idea: usize) -> bool {
        let loose = &self.entries[idea].draft.loose;
        !self.in_layout && loose.iter().any(|text| text.as_str().split_whitespace().nth(3).is_some())
    }

    /// The field of the template that a misspelt label means: one that the idea does not know by a better name.
    pub fn meant(&self, label: Text<'_>) -> Option<&'a Field> {
        // Most lines are longer than any label, and most others have letters that no label has.
        if !(4..=LONGEST_LABEL).contains(&label.len()) {
            return None;
        }
        let sketch = Sketch::of(label.as_str());
        if !self.names.iter().any(|(name, _)| sketch.may_slip(name) || sketch.may_have_words_of(name)) {
            return None;
        }
        let said = Name::of(label.as_str());
        let slips = self.names.iter().filter_map(|(name, field)| Some((said.slips(name)?, *field)));
        // "Recommanded skill set" has all words of the template's label, and one more.
        let has_words = |name: &Name| sketch.may_have_words_of(name) && said.has_words_of(name);
        let worded = || self.names.iter().find(|(name, _)| has_words(name)).map(|&(_, field)| field);
        slips.min_by_key(|&(slips, _)| slips).map(|(_, field)| field).or_else(worded)
    }
}

/// No label of a template is longer, in bytes, with a slip or two and a word more.
const LONGEST_LABEL: usize = 48;

/// What of a label tells at a glance that another one is far from it.
struct Sketch {
    /// Which letters it has.
    set: LetterSet,
    /// How many, in bytes.
    letters: usize,
    /// How many words.
    words: usize,
}

impl Sketch {
    fn of(label: &str) -> Self {
        let mut sketch = Sketch { set: LetterSet::default(), letters: 0, words: 0 };
        let mut inside = false;
        for c in label.chars() {
            let is_letter = c.is_alphanumeric();
            sketch.words += usize::from(is_letter && !inside);
            inside = is_letter;
            if is_letter && c.is_ascii() {
                sketch.add(c.to_ascii_lowercase());
            } else if is_letter {
                c.to_lowercase().for_each(|c| sketch.add(c));
            }
        }
        sketch
    }

    fn add(&mut self, letter: char) {
        self.set.add(letter);
        self.letters += letter.len_utf8();
    }

    /// False if [`Name::slips`] is none.
    fn may_slip(&self, name: &Name) -> bool {
        self.letters.abs_diff(name.letters.len()) <= SLIPS && self.set.may_be(name.set, SLIPS)
    }

    /// False unless [`Name::has_words_of`] may hold.
    fn may_have_words_of(&self, name: &Name) -> bool {
        // In each word a letter in four may be wrong.
        is_worded(self.words, name.words.len()) && name.set.lacking_in(self.set) * 4 <= name.letters.len()
    }
}

/// True if so many words can be a label of several words, and at most one more.
fn is_worded(said: usize, known: usize) -> bool {
    known > 1 && (known..=known + 1).contains(&said)
}

/// So many letters of a label may be wrong.
const SLIPS: usize = 2;

/// A label as it is compared: its letters and digits in lower case.
struct Name {
    letters: String,
    words: Vec<String>,
    set: LetterSet,
}

impl Name {
    fn of(label: &str) -> Self {
        let words: Vec<String> =
            label.split(|c: char| !c.is_alphanumeric()).map(letters).filter(|word| !word.is_empty()).collect();
        let letters = words.concat();
        Name { set: LetterSet::of(&letters), letters, words }
    }

    /// How many letters are wrong if this is a misspelt `known`: two at most, and one in four.
    fn slips(&self, known: &Name) -> Option<usize> {
        // Lengths that differ by more need no closer look.
        let near = self.letters.len() > 3
            && self.letters.len().abs_diff(known.letters.len()) <= SLIPS
            && self.set.may_be(known.set, SLIPS);
        let slips = || strsim::osa_distance(&self.letters, &known.letters);
        near.then(slips).filter(|&slips| slips <= SLIPS && slips * 4 <= known.letters.len())
    }

    /// True if a short label has every word of a known one of several, spelt nearly so.
    fn has_words_of(&self, known: &Name) -> bool {
        let is_near = |word: &str, other: &str| {
            // Whatever has other letters, or many more of them, needs no closer look.
            other.len().abs_diff(word.len()) * 4 <= word.len()
                && LetterSet::of(word).may_be(LetterSet::of(other), word.len() / 4)
                && strsim::osa_distance(word, other) * 4 <= word.len()
        };
        let near = |word: &String| self.words.iter().any(|other| is_near(word, other));
        is_worded(self.words.len(), known.words.len()) && known.words.iter().all(near)
    }
}

/// What stands behind a label in its paragraph or heading: the mark that ends it, the value.
pub fn after(label: Text<'_>) -> Text<'_> {
    let text = label.whole();
    text.from(label.offset_in(text) + label.len())
}

/// The level that more than half of several headings have.
fn usual(levels: impl Iterator<Item = u8>) -> Option<u8> {
    let (mut counts, mut all) = ([0_usize; BOLD as usize + 1], 0);
    for level in levels {
        counts[usize::from(level)] += 1;
        all += 1;
    }
    let level = counts.iter().position(|&count| count * 2 > all)?;
    u8::try_from(level).ok().filter(|_| all > 1)
}
