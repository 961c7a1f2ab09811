//! From text to the growing tree: html5gum's tags and texts are passed to html5ever's tree builder.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, QualName, local_name, ns};
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span as Cut, Tokenizer};

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

/// Where the parser stands.
struct Driver<'a> {
    builder: &'a TreeBuilder<Handle, Arena>,
    base: usize,
    tag: Option<Tag>,
    start: usize,
    wanted: bool,
    /// How many attributes the tag has; `None` if one of them has a value.
    bare: Option<u32>,
    repeat: bool,
    count: usize,
}

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
    let mut driver =
        Driver { builder: &builder, base: body.start, tag: None, start: 0, wanted: false, bare: Some(0), repeat, count: 0 };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, cut: Cut<usize>| driver.event(&event, cut));
    emitter.naively_switch_states(true);
    if Tokenizer::new_with_emitter(&text[body.range()], emitter).next().is_some() {
        return None;
    }
    builder.sink.tag.set((short(body.end), short(body.end)));
    let _ = builder.process_token(Token::EOFToken, 1);
    Some(builder.sink)
}

/// That a page's formatting would be repeated too often.
struct TooMany;

impl Driver<'_> {
    fn event(&mut self, event: &CallbackEvent<'_>, cut: Cut<usize>) -> Option<TooMany> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.start = cut.start;
                self.bare = Some(0);
                self.tag = Some(tag(TagKind::StartTag, self.name(name)));
            }
            CallbackEvent::AttributeName { name } => {
                let (Some(tag), Ok(name)) = (&mut self.tag, std::str::from_utf8(name)) else { return None };
                self.bare = self.bare.map(|count| count + 1);
                let known = is_attribute(name);
                // The first of two of a name counts.
                self.wanted = known && !tag.attrs.iter().any(|own| *own.name.local == *name);
                if self.wanted {
                    let name = QualName::new(None, ns!(), LocalName::from(name));
                    tag.attrs.push(Attribute { name, value: StrTendril::new() });
                }
            }
            CallbackEvent::AttributeValue { value } => {
                self.bare = None;
                if !self.wanted {
                    return None;
                }
                if let Some(attribute) = self.tag.as_mut().and_then(|tag| tag.attrs.last_mut()) {
                    attribute.value.push_slice(&String::from_utf8_lossy(value));
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some(mut tag) = self.tag.take() {
                    tag.self_closing = *self_closing;
                    let at = Cut { start: self.start, end: cut.end };
                    if self.is_no_tag(&tag.name) {
                        self.text(at);
                        return None;
                    }
                    let name = tag.name.clone();
                    let before = self.builder.sink.nodes.borrow().len();
                    self.feed(Token::TagToken(tag), at);
                    self.limit(before, name, at);
                }
            }
            CallbackEvent::EndTag { name } => {
                let name = self.name(name);
                let at = (short(self.base + cut.start), short(self.base + cut.end));
                self.builder.sink.close(&name, at);
                self.feed(Token::TagToken(tag(TagKind::EndTag, name)), cut);
            }
            CallbackEvent::String { value } => {
                if value.iter().all(u8::is_ascii_whitespace) {
                    self.feed(Token::CharacterTokens(StrTendril::from_slice(" ")), cut);
                } else {
                    self.text(cut);
                }
            }
            CallbackEvent::Doctype { name, public_identifier, system_identifier, force_quirks } => {
                let tendril = |bytes: &[u8]| StrTendril::from_slice(&String::from_utf8_lossy(bytes));
                let doctype = Doctype {
                    name: Some(tendril(name)),
                    public_id: public_identifier.map(tendril),
                    system_id: system_identifier.map(tendril),
                    force_quirks: *force_quirks,
                };
                self.feed(Token::DoctypeToken(doctype), cut);
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Error(_) => {}
        }
        let made = self.builder.sink.nodes.borrow().len();
        (self.repeat && made > self.count * REPEATS + 4096).then_some(TooMany)
    }

    /// `<jane@example.org>` and `<jane at example dot org>` only look like tags.
    fn is_no_tag(&self, name: &str) -> bool {
        name.contains('@')
            || name.ends_with(':')
            || self.bare.is_some_and(|count| count >= 2) && !is_known(name) && !name.contains('-')
    }

    fn text(&mut self, at: Cut<usize>) {
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

    fn feed(&mut self, token: Token, at: Cut<usize>) {
        self.count += 1;
        self.builder.sink.tag.set((short(self.base + at.start), short(self.base + at.end)));
        let _ = self.builder.process_token(token, 1);
    }

    /// Closes what was opened too deep.
    fn limit(&mut self, before: usize, name: LocalName, at: Cut<usize>) {
        let deep = {
            let nodes = self.builder.sink.nodes.borrow();
            nodes.len() > before && nodes.last().is_some_and(|node| node.depth >= DEEP)
        };
        if deep && !matches!(&*name, "script" | "style" | "title" | "textarea" | "iframe" | "xmp" | "noembed" | "noscript") {
            self.feed(Token::TagToken(tag(TagKind::EndTag, name)), at);
        }
    }
}

fn is_known(name: &str) -> bool {
    is_tag(name) || is_block(name) || is_unseen(name)
}

fn tag(kind: TagKind, name: LocalName) -> Tag {
    Tag { kind, name, self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false }
}
