//! From text to the growing tree: html5gum's tags and texts are passed to html5ever's tree builder.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, QualName, local_name, ns};
use html5gum::emitters::default::{DefaultEmitter, StartTag, Token as Cut};
use html5gum::{HtmlString, Tokenizer};

use super::arena::{Arena, Handle};
use super::{PLAIN, short};
use crate::document::html::names::{is_attribute, is_block, is_tag, is_unseen};
use crate::text::Span;

/// Elements nest no deeper: browsers allow 512, pages need a tenth of it.
const DEEP: u16 = 160;

/// How many elements a page may have for each of its tags before its formatting is no longer repeated.
const REPEATS: usize = 3;

/// Elements that the algorithm repeats where they were left open.
const FORMATTING: [&str; 13] = ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// What feeds the tree builder.
struct Driver {
    builder: TreeBuilder<Handle, Arena>,
    base: usize,
    repeat: bool,
    count: usize,
}

/// The tree of `body`, a stretch of `text`; `None` if formatting would be repeated too often.
pub(super) fn parse(text: &str, body: Span, whole: bool, repeat: bool) -> Option<Arena> {
    let arena = Arena::default();
    arena.tag.set((short(body.start), short(body.start)));
    let root = arena.create(None, Vec::new());
    debug_assert_eq!(root, 0);
    let options = TreeBuilderOpts { drop_doctype: true, ..TreeBuilderOpts::default() };
    let builder = if whole {
        TreeBuilder::new(arena, options)
    } else {
        let name = QualName::new(None, ns!(html), local_name!("body"));
        let context = Handle { id: arena.create(Some(name.local.clone()), Vec::new()), name };
        TreeBuilder::new_for_fragment(arena, context, None, options)
    };
    let mut driver = Driver { builder, base: body.start, repeat, count: 0 };
    let mut emitter = DefaultEmitter::new_with_span();
    emitter.naively_switch_states(true);
    for Ok(cut) in Tokenizer::new_with_emitter(&text[body.range()], emitter) {
        driver.pass(cut);
        let made = driver.builder.sink.nodes.borrow().len();
        if repeat && made > driver.count * REPEATS + 4096 {
            return None;
        }
    }
    driver.builder.sink.tag.set((short(body.end), short(body.end)));
    let _ = driver.builder.process_token(Token::EOFToken, 1);
    Some(driver.builder.sink)
}

/// Where something stands in the text that is read.
type At = html5gum::Span<usize>;

impl Driver {
    fn pass(&mut self, cut: Cut<usize>) {
        match cut {
            Cut::StartTag(start) => self.start(&start),
            Cut::EndTag(end) => {
                let name = self.name(&end.name);
                let at = (short(self.base + end.span.start), short(self.base + end.span.end));
                self.builder.sink.close(&name, at);
                self.feed(Token::TagToken(tag(TagKind::EndTag, name)), end.span);
            }
            Cut::String(text) if text.iter().all(u8::is_ascii_whitespace) => {
                self.feed(Token::CharacterTokens(StrTendril::from_slice(" ")), text.span);
            }
            Cut::String(text) => self.text(text.span),
            Cut::Doctype(doctype) => {
                let at = doctype.span;
                let doctype = Doctype {
                    name: Some(tendril(&doctype.name)),
                    public_id: doctype.public_identifier.as_ref().map(tendril),
                    system_id: doctype.system_identifier.as_ref().map(tendril),
                    force_quirks: doctype.force_quirks,
                };
                self.feed(Token::DoctypeToken(doctype), at);
            }
            Cut::Comment(_) | Cut::Error(_) => {}
        }
    }

    fn start(&mut self, start: &StartTag<usize>) {
        let name = self.name(&start.name);
        // `<jane@example.org>` and `<jane at example dot org>` only look like tags.
        let is_bare = || start.attributes.len() >= 2 && start.attributes.values().all(|value| value.is_empty());
        if name.contains('@') || name.ends_with(':') || is_bare() && !is_known(&name) && !name.contains('-') {
            return self.text(start.span);
        }
        let attrs = start.attributes.iter().filter_map(|(name, value)| {
            let name = std::str::from_utf8(name).ok().filter(|name| is_attribute(name))?;
            Some(Attribute { name: QualName::new(None, ns!(), LocalName::from(name)), value: tendril(value) })
        });
        let attrs = attrs.collect();
        let before = self.builder.sink.nodes.borrow().len();
        let tag = Tag { attrs, self_closing: start.self_closing, ..tag(TagKind::StartTag, name.clone()) };
        self.feed(Token::TagToken(tag), start.span);
        self.limit(before, name, start.span);
    }

    fn text(&mut self, at: At) {
        let number = {
            let mut texts = self.builder.sink.texts.borrow_mut();
            texts.push((short(self.base + at.start), short(self.base + at.end)));
            texts.len() - 1
        };
        self.feed(Token::CharacterTokens(StrTendril::from_slice(&number.to_string())), at);
    }

    fn name(&self, name: &[u8]) -> LocalName {
        let name = String::from_utf8_lossy(name);
        if !self.repeat && FORMATTING.contains(&&*name) {
            return LocalName::from(format!("{PLAIN}{name}"));
        }
        LocalName::from(name)
    }

    fn feed(&mut self, token: Token, at: At) {
        self.count += 1;
        self.builder.sink.tag.set((short(self.base + at.start), short(self.base + at.end)));
        let _ = self.builder.process_token(token, 1);
    }

    /// Closes what was opened too deep.
    fn limit(&mut self, before: usize, name: LocalName, at: At) {
        let deep = {
            let nodes = self.builder.sink.nodes.borrow();
            nodes.len() > before && nodes.last().is_some_and(|node| node.depth >= DEEP)
        };
        if deep && !matches!(&*name, "script" | "style" | "title" | "textarea" | "iframe" | "xmp" | "noembed" | "noscript") {
            self.feed(Token::TagToken(tag(TagKind::EndTag, name)), at);
        }
    }
}

fn tendril(bytes: &HtmlString) -> StrTendril {
    StrTendril::from_slice(&String::from_utf8_lossy(bytes))
}

fn is_known(name: &str) -> bool {
    is_tag(name) || is_block(name) || is_unseen(name)
}

fn tag(kind: TagKind, name: LocalName) -> Tag {
    Tag { kind, name, self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false }
}
