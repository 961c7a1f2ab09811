//! What a reader makes of a value: what it names, and what was not understood.

use crate::prose::Text;
use crate::text::Spanned;

/// What a reader makes of a value.
#[derive(Debug)]
pub struct Reading<'a, T> {
    /// What the value names.
    pub values: Vec<Spanned<T>>,
    /// The words that were only understood because a misspelt word was forgiven, each in its place.
    pub slips: Vec<Text<'a>>,
    /// The first line of a value that names nothing.
    pub unread: Option<Text<'a>>,
}

impl<'a, T> Reading<'a, T> {
    /// What `values` were read from `value`.
    pub(super) fn of(value: Text<'a>, values: Vec<Spanned<T>>, slips: Vec<Text<'a>>) -> Self {
        let unread = if values.is_empty() { value.lines().next() } else { None };
        Reading { values, slips, unread }
    }
}
