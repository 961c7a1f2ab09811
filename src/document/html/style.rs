//! How CSS sets text apart: bold, italic, struck through, not shown at all.

use rustc_hash::FxHashMap;

use super::tree::Tree;

/// What styles say about text; `None` where they say nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) struck: bool,
    pub(super) hidden: bool,
    /// The level of the headings that are as large.
    pub(super) level: Option<u8>,
}

impl Look {
    fn declared(declarations: &str) -> Self {
        let mut look = Look::default();
        for declaration in declarations.split(';') {
            let Some((property, value)) = declaration.split_once(':') else { continue };
            let value = value.trim().to_ascii_lowercase();
            let value = value.split('!').next().unwrap_or_default().trim();
            match property.trim().to_ascii_lowercase().as_str() {
                "font-weight" => {
                    look.bold = match value {
                        "bold" | "bolder" => Some(true),
                        "normal" | "lighter" => Some(false),
                        _ => value.parse::<u32>().ok().map(|weight| weight >= 600),
                    }
                }
                "font-size" => look.level = level(value),
                "font-style" => look.italic = Some(value.starts_with("italic") || value.starts_with("oblique")),
                "text-decoration" | "text-decoration-line" => look.struck = value.contains("line-through"),
                "display" => look.hidden = value == "none",
                "visibility" => look.hidden |= value == "hidden",
                _ => {}
            }
        }
        look
    }

    fn with(self, other: Look) -> Look {
        Look {
            bold: other.bold.or(self.bold),
            italic: other.italic.or(self.italic),
            struck: self.struck || other.struck,
            hidden: self.hidden || other.hidden,
            level: other.level.or(self.level),
        }
    }
}

/// The level of the headings that browsers show in a size, relative to the text.
fn level(size: &str) -> Option<u8> {
    let number = size.strip_suffix("rem").or_else(|| size.strip_suffix("em"))?;
    let number: f32 = number.trim().parse().ok()?;
    [1.8, 1.4, 1.15].into_iter().zip(1..).find(|(least, _)| number >= *least).map(|(_, level)| level)
}

/// The same for the `size` of a `font` element.
pub(super) fn font_level(size: &str) -> Option<u8> {
    match size.trim() {
        "+3" | "+4" | "6" | "7" => Some(1),
        "+2" | "5" => Some(2),
        "+1" | "4" => Some(3),
        _ => None,
    }
}

/// What the page's own style sheets say of single classes.
#[derive(Debug, Default)]
pub(super) struct Sheet<'a> {
    classes: FxHashMap<&'a str, Look>,
}

impl<'a> Sheet<'a> {
    /// Reads the style elements of a page. Only rules for a class and nothing else are taken: what more there is of CSS says
    /// little about text.
    pub(super) fn read(text: &'a str, tree: &Tree) -> Self {
        let mut sheet = Sheet::default();
        for node in 0..tree.nodes.len() {
            if tree.name(node) == "style" {
                for css in tree.children(node) {
                    sheet.rules(&text[tree.nodes[css].span().range()]);
                }
            }
        }
        sheet
    }

    fn rules(&mut self, css: &'a str) {
        let mut depth = 0_u32;
        let mut from = 0;
        let mut selectors = "";
        for at in memchr::memchr2_iter(b'{', b'}', css.as_bytes()) {
            let part = &css[from..at];
            from = at + 1;
            if css.as_bytes()[at] == b'{' {
                selectors = part;
                depth += 1;
            } else {
                // What holds on paper, or on small screens, is inside of another rule.
                if depth == 1 {
                    self.rule(selectors, part);
                }
                depth = depth.saturating_sub(1);
                selectors = "";
            }
        }
    }

    fn rule(&mut self, selectors: &'a str, declarations: &str) {
        let selectors = selectors.rsplit("*/").next().unwrap_or_default();
        let mut look = None;
        for selector in selectors.split(',') {
            let selector = selector.trim();
            // Google Docs' published pages set an id before every selector.
            let class = selector.rsplit(' ').next().unwrap_or_default();
            let simple =
                |class: &&str| !class.is_empty() && class.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_'));
            let alone = class.len() == selector.len() || selector.starts_with('#') && selector.split(' ').count() == 2;
            if let Some(class) = class.strip_prefix('.').filter(simple).filter(|_| alone) {
                let look = *look.get_or_insert_with(|| Look::declared(declarations));
                let known = self.classes.entry(class).or_default();
                *known = known.with(Look { hidden: false, ..look });
            }
        }
    }

    /// What holds for an element.
    pub(super) fn look(&self, tree: &Tree, node: usize) -> Look {
        let mut look = Look::default();
        if !self.classes.is_empty() {
            for class in tree.classes(node) {
                if let Some(&known) = self.classes.get(class) {
                    look = look.with(known);
                }
            }
        }
        match tree.attribute(node, "style") {
            Some(style) => look.with(Look::declared(style)),
            None => look,
        }
    }
}
