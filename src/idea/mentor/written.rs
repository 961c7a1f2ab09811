//! How a person is written: what stands there, what is missing, and what is malformed.

use crate::prose::Text;
use crate::text::Span;

use super::Mentor;

/// How a person is written.
#[derive(Debug)]
pub struct Written<'a> {
    /// Where their name stands, or else what is known of them.
    pub span: Span,
    /// What to call them: the name, or else the handle or the address.
    pub shown: String,
    /// Where the GitHub handle should stand, if there is none.
    pub no_handle: Option<Span>,
    /// Where the e-mail address should stand, if there is none.
    pub no_email: Option<Span>,
    /// Where the Linux Foundation ID should stand, if there is a place for it and nothing stands there.
    pub no_lfid: Option<Span>,
    /// What is malformed.
    pub faults: Vec<Fault<'a>>,
    /// What is wrong with the marks between the parts.
    pub gaps: Vec<Gap>,
}

impl Written<'_> {
    /// What is said of the person, part by part: what was understood, and what is malformed.
    pub fn parts<'m>(&'m self, mentor: &'m Mentor) -> impl Iterator<Item = &'m str> {
        let Mentor { name, github, email, lfid, .. } = mentor;
        let values = [name, github, email, lfid].into_iter().flatten().map(|value| value.value.as_str());
        values.chain(self.faults.iter().map(Fault::said))
    }

    pub(super) fn new(span: Span, shown: String) -> Self {
        Written { span, shown, no_handle: None, no_email: None, no_lfid: None, faults: Vec::new(), gaps: Vec::new() }
    }

    /// Says where what nobody told should stand, unless what stands there was meant to be it.
    pub(super) fn missing(&mut self, part: Part, place: Span) {
        let said = |fault: &Fault<'_>| fault.part == part;
        if self.faults.iter().any(said) {
            return;
        }
        match part {
            Part::Handle => self.no_handle = Some(place),
            Part::Email => self.no_email = Some(place),
            Part::Lfid => self.no_lfid = Some(place),
            Part::Name => {}
        }
    }
}

/// What is told of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Who it is.
    Name,
    /// The GitHub handle.
    Handle,
    /// The e-mail address.
    Email,
    /// The Linux Foundation ID.
    Lfid,
}

/// A part that is not as it should be.
#[derive(Debug)]
pub struct Fault<'a> {
    /// What stands there.
    pub text: Text<'a>,
    /// What it was meant to be.
    pub part: Part,
    /// What is wrong with it.
    pub wrong: Wrong<'a>,
    /// It is understood all the same, and only wrong where a template says how mentors are written.
    pub strict: bool,
}

impl<'a> Fault<'a> {
    /// What stands there, without the sign of a handle.
    pub fn said(&self) -> &'a str {
        self.text.as_str().trim_start_matches('@')
    }
}

/// What is wrong with a part.
#[derive(Debug)]
pub enum Wrong<'a> {
    /// It cannot be one, and why.
    Cannot(&'static str),
    /// A word in its place: `TBD`.
    Nobody,
    /// A handle without `@`.
    Bare,
    /// A URL that leads to the handle.
    Url(String),
    /// An address behind `mailto:`.
    Mailto(Text<'a>),
    /// An address with these marks behind it.
    Behind(Text<'a>),
    /// An address that is spelled out: `ada (at) example.org`.
    Spelled(String),
}

/// No comma between handle and address.
#[derive(Clone, Copy, Debug)]
pub struct Gap {
    /// What stands there.
    pub span: Span,
    /// True if that is nothing but a mark.
    pub only_mark: bool,
}
