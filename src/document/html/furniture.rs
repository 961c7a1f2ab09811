//! What stands on a web page around its text: navigation, banners, replies, and residue in headings.
//!
//! It is told by what it is: by elements, roles and common names (`schemas/html.toml`). What holds most of the page is the
//! content, whatever it is called.

use rustc_hash::{FxHashMap, FxHashSet};

use super::measure::Measure;
use super::names::{Called, heading_level, is_furniture, is_unseen, may_be_furniture};
use super::style::{Sheet, font_level};
use super::tree::Tree;

/// Less text is little: what is called a way through the site is one even if it is not made of links.
const FEW: u32 = 200;

/// What is to be read of a page, and how.
pub(super) struct Plan {
    /// For every node: true if it is set aside, with everything in it.
    pub(super) dropped: Vec<bool>,
    /// For every node: true if it is set apart by what it is called.
    pub(super) apart: Vec<bool>,
    /// For every node: what it is called.
    pub(super) called: Vec<Called>,
    /// For every node: true for a box of blocks beside which others of its kind stand.
    pub(super) boxed: Vec<bool>,
    /// The tab of each panel that stands under one as a section under its heading, by their nodes.
    pub(super) tabs: FxHashMap<usize, usize>,
}

/// What looks at a page.
struct Judge<'a> {
    text: &'a str,
    tree: &'a Tree,
    measures: &'a [Measure],
    names: FxHashMap<&'a str, Called>,
    plan: Plan,
    /// How many headings of the first level there are.
    titles: usize,
}

/// Decides what of a page is content. `whole`: it is a page, not a piece of HTML in Markdown.
pub(super) fn plan(text: &str, tree: &Tree, measures: &[Measure], sheet: &Sheet<'_>, whole: bool) -> Plan {
    let count = tree.nodes.len();
    let plan = Plan {
        dropped: vec![false; count],
        apart: vec![false; count],
        called: vec![Called::default(); count],
        boxed: vec![false; count],
        tabs: FxHashMap::default(),
    };
    let titles = (0..count).filter(|&node| heading_level(tree.name(node)) == Some(1) && measures[node].text > 0).count();
    let mut judge = Judge { text, tree, measures, names: FxHashMap::default(), plan, titles };
    let main = whole.then(|| judge.main()).flatten();
    let mut posts = Vec::new();
    let mut node = 1;
    while node < count {
        let next = tree.nodes[node].next as usize;
        if tree.nodes[node].name.is_none() {
            node = next;
            continue;
        }
        let called = judge.called(node);
        if is_unseen(tree.name(node)) || judge.is_residue(node, called, sheet) || whole && judge.is_around(node, called, main) {
            judge.plan.dropped[node] = true;
            node = next;
            continue;
        }
        judge.plan.apart[node] = called.is(Called::APART) || judge.is_opener(node, called);
        judge.plan.called[node] = called;
        if whole {
            judge.boxes(node);
        }
        if whole && called.is(Called::POST | Called::ANSWER) {
            posts.push((node, called));
        }
        node += 1;
    }
    if whole {
        if let Some(main) = main {
            judge.outside(main);
        }
        judge.replies(&posts);
        judge.tabs();
        judge.contents();
    }
    judge.plan
}

/// True for the id of a heading, of a link or of a part of a text that this text begins with, as generators give it: it says where
/// to go, and nothing about what the element is.
fn is_anchor(tree: &Tree, text: &str, node: usize, id: &str) -> bool {
    fn letters(said: &str) -> impl Iterator<Item = char> {
        said.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    let name = tree.name(node);
    if heading_level(name).is_none() && !matches!(name, "a" | "span") {
        return false;
    }
    let texts = tree.within(node).take(NEAR).filter(|&inner| tree.nodes[inner].name.is_none());
    let mut said = texts.flat_map(|inner| letters(&text[tree.nodes[inner].span().range()]));
    letters(id).all(|letter| said.next() == Some(letter))
}

/// How many elements may stand around the text that an element begins with.
const NEAR: usize = 16;

impl Judge<'_> {
    fn called(&mut self, node: usize) -> Called {
        let tree = self.tree;
        let names = &mut self.names;
        let mut of = |token| *names.entry(token).or_insert_with(|| Called::of(token));
        let id = tree.attribute(node, "id").map(|id| (of(id), id));
        let id = id.filter(|&(called, id)| called != Called::default() && !is_anchor(tree, self.text, node, id));
        let called = tree.classes(node).map(of).chain(id.map(|(called, _)| called));
        let comment = (tree.attribute(node, "itemprop") == Some("comment")).then_some(Called::ANSWER);
        called.chain(comment).fold(Called::default(), |all, called| all | called)
    }

    fn page(&self) -> Measure {
        self.measures[0]
    }

    /// More than half of the page.
    fn is_most(&self, node: usize) -> bool {
        let (own, page) = (self.measures[node], self.page());
        u64::from(own.text) * 2 > u64::from(page.text) || page.headings > 1 && own.headings * 2 > page.headings
    }

    /// The only title of the page is inside of it.
    fn holds_title(&self, node: usize) -> bool {
        self.titles == 1 && self.measures[node].titles == 1
    }

    /// Where the page says that its content is.
    fn main(&self) -> Option<usize> {
        let tree = self.tree;
        let most = |found: &mut dyn Iterator<Item = usize>| found.max_by_key(|&node| self.measures[node].text);
        let mut mains =
            (1..tree.nodes.len()).filter(|&node| tree.name(node) == "main" || tree.attribute(node, "role") == Some("main"));
        let large = |&node: &usize| {
            let (own, page) = (self.measures[node], self.page());
            u64::from(own.text) * 4 > u64::from(page.text) || page.headings > 0 && own.headings * 2 > page.headings
        };
        if let Some(main) = most(&mut mains).filter(large) {
            return Some(main);
        }
        let mut articles = (1..tree.nodes.len()).filter(|&node| tree.name(node) == "article");
        articles.next().filter(|&article| articles.next().is_none() && self.is_most(article))
    }

    /// Sets aside what is outside of the content, but for the page's only title.
    fn outside(&mut self, main: usize) {
        let tree = self.tree;
        let within = tree.within(main);
        let title = (1..tree.nodes.len()).find(|&node| heading_level(tree.name(node)) == Some(1) && self.measures[node].text > 0);
        let title = title.filter(|title| self.titles == 1 && !within.contains(title));
        let keeps = |node: usize| {
            let own = tree.within(node);
            own.contains(&main) || title.is_some_and(|title| own.contains(&title))
        };
        let mut node = 1;
        while node < tree.nodes.len() {
            let next = tree.nodes[node].next as usize;
            if node == main || Some(node) == title {
                node = next;
            } else if keeps(node) {
                node += 1;
            } else {
                self.plan.dropped[node] = true;
                node = next;
            }
        }
    }

    fn is_around(&self, node: usize, called: Called, main: Option<usize>) -> bool {
        let tree = self.tree;
        let name = tree.name(node);
        let is_text = heading_level(name).is_some()
            || matches!(name, "b" | "dd" | "dt" | "em" | "p" | "strong" | "summary" | "td" | "th" | "tr");
        if is_text || matches!(name, "html" | "body" | "main" | "article") || Some(node) == main {
            return false;
        }
        let own = self.measures[node];
        // `<h2><a class="toc-backref" …>Title</a></h2>`: all that a heading says, whatever it is called.
        let heading = tree.around(node).take(3).find(|&outer| heading_level(tree.name(outer)).is_some());
        if heading.is_some_and(|heading| self.measures[heading].letters == own.letters) {
            return false;
        }
        let role = tree.attribute(node, "role").unwrap_or_default();
        let links = own.links * 2 > own.text;
        let told = is_furniture(name, role);
        if told && links && name != "form" {
            return !self.holds_title(node) || role == "navigation" || name == "nav";
        }
        let inside = || tree.around(node).any(|outer| matches!(tree.name(outer), "article" | "main" | "section" | "li" | "td"));
        let around = may_be_furniture(name) && (if name == "aside" { links } else { !inside() });
        let button = name == "button" && !self.is_toggle(node, called);
        let way = called.is(Called::WAY) && (links || own.text < FEW);
        (told || around || called.is(Called::AROUND) || way || button) && !self.is_most(node) && !self.holds_title(node)
    }

    /// True for what opens and closes something else.
    fn opens(&self, node: usize, called: Called) -> bool {
        let says = |attribute: &str| self.tree.attribute(node, attribute).is_some();
        called.is(Called::TOGGLER) || says("aria-expanded") || says("aria-controls")
    }

    /// A button, or what says that it opens something, if that is right below.
    fn is_opener(&self, node: usize, called: Called) -> bool {
        let says = || self.tree.attribute(node, "aria-expanded").is_some() && self.is_above_panel(node);
        self.tree.name(node) == "button" && self.opens(node, called) || says()
    }

    /// Pairs tabs with the panels behind them, in order, where each panel holds sections.
    fn tabs(&mut self) {
        let (tree, measures) = (self.tree, self.measures);
        let role = |node: usize| tree.attribute(node, "role").unwrap_or_default();
        let holds_sections =
            |&panel: &usize| measures[panel].headings > 0 || tree.within(panel).any(|inner| tree.name(inner) == "summary");
        let lists: Vec<usize> =
            (1..tree.nodes.len()).filter(|&list| role(list) == "tablist" || self.called(list).is(Called::TABS)).collect();
        for (at, &list) in lists.iter().enumerate() {
            let tabs: Vec<usize> = tree.children(list).filter(|&tab| measures[tab].text > 0).collect();
            // Panels stand behind their tabs, in what holds them or around that, and before the next tabs.
            let around = tree.around(list).take(2).last().map_or(0, |outer| tree.within(outer).end);
            let around = lists.get(at + 1).map_or(around, |&next| around.min(next));
            let mut panels: Vec<usize> = Vec::new();
            let mut node = tree.nodes[list].next as usize;
            while node < around && panels.len() <= tabs.len() {
                if role(node) == "tabpanel" || self.called(node).is(Called::PANEL) {
                    panels.push(node);
                    node = tree.nodes[node].next as usize;
                } else {
                    node += 1;
                }
            }
            if tabs.len() > 1 && panels.len() == tabs.len() && panels.iter().all(holds_sections) {
                self.plan.tabs.extend(panels.into_iter().zip(tabs));
            }
        }
    }

    /// Finds the boxes among the children of an element.
    fn boxes(&mut self, parent: usize) {
        let (tree, measures) = (self.tree, self.measures);
        let kind = |node: usize| (tree.name(node), tree.classes(node).next());
        let mut before: Option<usize> = None;
        for node in tree.children(parent).filter(|&node| measures[node].text > 0) {
            let is_box = measures[node].blocks && matches!(tree.name(node), "article" | "div" | "section");
            if let Some(before) = before.filter(|&before| is_box && kind(before) == kind(node)) {
                (self.plan.boxed[before], self.plan.boxed[node]) = (true, true);
            }
            before = is_box.then_some(node);
        }
    }

    /// A button that opens what is below is its title, and one that fills a cell its text; others do something.
    fn is_toggle(&self, node: usize, called: Called) -> bool {
        let tree = self.tree;
        let in_heading =
            tree.around(node).take(3).any(|outer| heading_level(tree.name(outer)).is_some() || tree.name(outer) == "summary");
        // What orders a column by a click, or shows more of a row, is all that its cell says.
        let own = self.measures[node].text;
        let is_cell = || {
            let cell = tree.around(node).find(|&outer| matches!(tree.name(outer), "td" | "th"));
            // In the cells of other tables buttons do something: "Apply".
            let holds = |cell: usize| tree.name(cell) == "th" || tree.attribute(cell, "role").is_some();
            own > 0 && cell.is_some_and(|cell| self.measures[cell].text == own && holds(cell))
        };
        in_heading || is_cell() || own > 0 && self.opens(node, called) && self.is_above_panel(node)
    }

    /// What follows it, or what holds nothing else, is longer and no list of links: that would be a menu.
    fn is_above_panel(&self, node: usize) -> bool {
        let (tree, own) = (self.tree, self.measures[node].text);
        let is_all = |outer: &usize| self.measures[*outer].text == own;
        let Some(outermost) = std::iter::once(node).chain(tree.around(node)).take_while(is_all).last() else { return false };
        let Some(parent) = tree.around(outermost).next() else { return false };
        let mut after = tree.nodes[outermost].next as usize..tree.within(parent).end;
        let panel = after.find(|&next| self.measures[next].text > 0).map(|next| self.measures[next]);
        panel.is_some_and(|panel| panel.text > own && panel.links * 2 <= panel.text)
    }

    /// What nobody sees, and what programs add to headings.
    fn is_residue(&self, node: usize, called: Called, sheet: &Sheet<'_>) -> bool {
        let tree = self.tree;
        let own = self.measures[node];
        let hidden = called.is(Called::HIDDEN) && !self.ends_in_colon(node)
            || tree.attribute(node, "hidden").is_some_and(|how| how != "until-found")
            || sheet.look(tree, node).hidden
            || tree.attribute(node, "aria-hidden") == Some("true") && own.letters == 0;
        // A click on its tab shows a panel.
        let is_panel = tree.attribute(node, "role") == Some("tabpanel");
        if hidden && !is_panel && own.headings == 0 && !self.is_most(node) {
            return true;
        }
        if called.is(Called::EDIT) {
            return own.text < 40;
        }
        if tree.name(node) != "a" {
            return false;
        }
        let heading = tree.around(node).find(|&outer| heading_level(tree.name(outer)).is_some() || tree.name(outer) == "dt");
        let href = tree.attribute(node, "href").unwrap_or_default();
        if own.text > 0 && own.letters == 0 && (heading.is_some() || called.is(Called::PERMALINK)) && href.contains('#') {
            return true;
        }
        let Some(heading) = heading else { return called.is(Called::PERMALINK) && own.letters == 0 };
        called.is(Called::PERMALINK) && self.measures[heading].text > own.text
    }

    /// A label for those who have the page read to them says what others see.
    fn ends_in_colon(&self, node: usize) -> bool {
        let texts = self.tree.within(node).rev().find(|&inner| self.measures[inner].text > 0);
        let said = texts.map_or("", |text| self.text[self.tree.nodes[text].span().range()].trim_end());
        said.ends_with(':') && !said.contains('(')
    }

    /// Answers to a page, and posts after the first one.
    fn replies(&mut self, posts: &[(usize, Called)]) {
        let tree = self.tree;
        let mut outermost: Vec<(usize, Called)> = Vec::new();
        for &(node, called) in posts {
            let inner = outermost.last().is_some_and(|&(last, _)| tree.within(last).contains(&node));
            if !inner && self.measures[node].text > 0 {
                outermost.push((node, called));
            }
        }
        let [first, rest @ ..] = outermost.as_slice() else { return };
        // Cards of a list may be called posts; they begin with a heading.
        if rest.iter().any(|&(node, _)| self.begins_with_heading(node)) {
            return;
        }
        if !first.1.is(Called::POST) && self.text_before(first.0) >= FEW && !self.is_most(first.0) {
            self.plan.dropped[first.0] = true;
        }
        for &(node, _) in rest {
            self.plan.dropped[node] = true;
        }
    }

    fn begins_with_heading(&self, node: usize) -> bool {
        let tree = self.tree;
        let first = tree.within(node).find(|&inner| tree.nodes[inner].name.is_none() && self.measures[inner].text > 0);
        first.is_some_and(|first| {
            tree.around(first).take_while(|&outer| outer >= node).any(|outer| heading_level(tree.name(outer)).is_some())
        })
    }

    /// How much text is read before a node.
    fn text_before(&self, node: usize) -> u32 {
        let is_read = |text: &usize| !self.tree.around(*text).any(|outer| self.plan.dropped[outer]);
        (1..node).filter(|&text| self.tree.nodes[text].name.is_none()).filter(is_read).map(|text| self.measures[text].text).sum()
    }

    /// Lists that only lead to the headings of the page. One below an entry of another list tells what is filed under it.
    fn contents(&mut self) {
        let tree = self.tree;
        let is_heading = |&node: &usize| {
            let is_large = || tree.attribute(node, "size").and_then(font_level).is_some();
            heading_level(tree.name(node)).is_some() || tree.name(node) == "font" && is_large()
        };
        let near = (1..tree.nodes.len()).filter(is_heading).flat_map(|node| tree.within(node).chain(tree.around(node).take(2)));
        let anchor = |node: usize| tree.attribute(node, "id").or_else(|| tree.attribute(node, "name"));
        // A link to the heading itself tells its anchor, too.
        let is_permalink = |&node: &usize| tree.classes(node).any(|class| Called::of(class).is(Called::PERMALINK));
        let own = (1..tree.nodes.len()).filter(is_permalink).filter_map(|node| tree.attribute(node, "href")?.strip_prefix('#'));
        let anchors: FxHashSet<&str> = near.filter_map(anchor).chain(own).collect();
        let leads = |&link: &usize| {
            tree.attribute(link, "href").and_then(|href| href.split_once('#')).is_some_and(|(_, to)| anchors.contains(to))
        };
        let mut node = 1;
        while node < tree.nodes.len() {
            let own = self.measures[node];
            let is_list = matches!(tree.name(node), "ul" | "ol" | "div" | "p" | "table");
            if self.plan.dropped[node] || is_list && own.links > 0 && own.links * 10 >= own.text * 9 {
                let links = || tree.within(node).filter(|&inner| tree.name(inner) == "a" && self.measures[inner].text > 0);
                let (count, known) = (links().count(), links().filter(leads).count());
                let below_entry = tree.around(node).next().is_some_and(|outer| tree.name(outer) == "li");
                self.plan.dropped[node] |= !below_entry && count > 1 && known * 10 >= count * 7;
                node = tree.nodes[node].next as usize;
            } else {
                node += 1;
            }
        }
    }
}
