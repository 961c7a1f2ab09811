//! Skills that are nice to have: what a page asks for only so, by a label (`Preferred skills`) or in a sentence (`Go is a plus`).

use rustc_hash::FxHashSet;

use super::Skills;
use crate::prose::Text;
use crate::text::Spanned;

/// The tags of a page's skills that are nice to have, while they are read part by part.
#[derive(Debug, Default)]
pub(crate) struct Desirable {
    wished: Vec<Spanned<&'static str>>,
    required: Vec<Spanned<&'static str>>,
}

impl Desirable {
    /// The tags that are nice to have, of skills fields with their labels. Most pages know none.
    pub(crate) fn of<'t>(fields: impl Iterator<Item = (&'t str, Text<'t>)> + Clone) -> Vec<&'static str> {
        let skills = Skills::get();
        if !fields.clone().any(|(label, value)| skills.wishes(label) || skills.wishes_in_part(value)) {
            return Vec::new();
        }
        let mut read = Desirable::default();
        fields.for_each(|(label, value)| read.read(label, value));
        read.finish()
    }

    fn read(&mut self, label: &str, value: Text<'_>) {
        let skills = Skills::get();
        if skills.wishes(label) {
            skills.named_in(value, &mut self.wished);
        } else if skills.wishes_in_part(value) {
            let mut clauses = clauses(value.as_str()).peekable();
            while let Some(clause) = clauses.next() {
                let remark = clauses.peek().filter(|next| value.as_str()[..value.of(next).offset_in(value)].ends_with('('));
                // "Go, Docker (optional)"
                let wished = match remark.filter(|remark| skills.wishes(remark) && skills.tags_of(remark).is_empty()) {
                    Some(_) => clause.rfind(',').unwrap_or(0),
                    None if skills.wishes(clause) => 0,
                    None => clause.len(),
                };
                skills.named_in(value.of(&clause[..wished]), &mut self.required);
                skills.named_in(value.of(&clause[wished..]), &mut self.wished);
            }
        } else {
            skills.named_in(value, &mut self.required);
        }
    }

    /// Those that are asked for nowhere else.
    fn finish(self) -> Vec<&'static str> {
        let required: FxHashSet<&str> = self.required.iter().map(|tag| tag.value).collect();
        self.wished.into_iter().map(|tag| tag.value).filter(|skill| !required.contains(skill)).collect()
    }
}

/// The sentences of a text, and what stands in parentheses apart; the point of `Node.js` ends none.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let ends = move |&(at, c): &(usize, char)| match c {
        '.' => bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace),
        c => matches!(c, ';' | '\n' | '(' | ')'),
    };
    let mut start = 0;
    let ends = text.char_indices().filter(ends).map(|(at, _)| at);
    ends.chain([text.len()]).map(move |end| &text[std::mem::replace(&mut start, end + 1)..end])
}

impl Skills {
    /// True for a text of which a sentence, or what stands in parentheses, does so.
    fn wishes_in_part(&self, text: Text<'_>) -> bool {
        clauses(text.as_str()).any(|clause| self.wishes(clause))
    }

    /// True for a text that says of what it names that it is nice to have; not if it says of some that they are required.
    pub(crate) fn wishes(&self, text: &str) -> bool {
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let stands_at = |at: usize, phrase: &str| {
            let mut said = words[at..].iter();
            phrase.split(' ').all(|word| said.next().is_some_and(|said| said.eq_ignore_ascii_case(word)))
        };
        let says = |phrases: &[&str]| (0..words.len()).any(|at| phrases.iter().any(|phrase| stands_at(at, phrase)));
        says(&self.file.desirable) && !says(&self.file.required) && !says(&self.file.asking)
    }
}

#[cfg(test)]
mod tests {
    use crate::prose::Prose;
    use crate::text::Span;

    use super::*;

    #[test]
    fn what_is_nice_to_have_is_told_from_what_is_required() {
        for (fields, desirable) in [
            (&[("Required skills", "Go, Linux"), ("Preferred skills", "Rust, Go")][..], &["rust"][..]),
            (&[("Skills", "Go. Rust is a plus.")], &["rust"]),
            (&[("Skills", "Python, Docker (nice to have: Kubernetes, Helm)")], &["kubernetes", "helm"]),
            (&[("Nice-to-have", "React")], &["react"]),
            (&[("Required/desirable skills", "Go, Rust")], &[]),
            (&[("Skills", "C++\nfamiliarity with CMake would be a bonus")], &["cmake"]),
            (&[("Skills", "Go, Docker (optional), Rust")], &["docker"]),
            (&[("Skills", "Go (optional). Node.js (a plus)")], &["go", "node.js"]),
            (&[("Skills", "JavaScript, and Node.js is a plus")], &["javascript", "node.js"]),
            (&[("Skills", "Go (required), Rust (an advantage)")], &["rust"]),
            (&[("Skills", "Go, Rust")], &[]),
        ] {
            let read: Vec<(&str, Prose)> = fields
                .iter()
                .map(|(label, value)| {
                    let mut prose = Prose::default();
                    prose.push(value, Span::new(0, value.len()));
                    (*label, prose)
                })
                .collect();
            let fields = read.iter().map(|(label, prose)| (*label, prose.view(0..prose.len())));
            assert_eq!(Desirable::of(fields.clone()), desirable, "{read:?}");
        }
    }
}
