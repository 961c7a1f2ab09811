//! What headings are that are no labels: containers, samples, invitations; and how they are numbered.

use super::Labels;
use super::words::{Letters, words};

/// What a heading is, apart from a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// Anything: a project, an idea.
    Plain,
    /// "Project Ideas", "Proposals", "`GSoC` 2026": holds ideas and names no project.
    Container,
    /// "Template", "Sample:", "Project idea template".
    Sample,
    /// "Your own idea", "Timeline", "How to apply": never an idea.
    Invitation,
}

/// What a heading is of whose words all are of one kind.
struct HeadingWords {
    sample: bool,
    container: bool,
}

/// What a phrase in a heading says about it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadingPhrase {
    Container,
    Form,
    Invitation,
}

impl Labels {
    /// What a heading is, if it is no label.
    pub fn heading(&self, heading: &str) -> Heading {
        let words = self.heading_words(heading);
        if words.sample {
            return Heading::Sample;
        }
        // "12. How to apply" begins with its phrase.
        let unnumbered = heading.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '));
        let (mut invitation, mut container) = (self.invites(unnumbered), words.container || self.is_account(heading));
        for found in self.heading_phrases.standing_in(unnumbered) {
            match found.meaning {
                HeadingPhrase::Container => container = true,
                HeadingPhrase::Form if found.whole => return Heading::Sample,
                // "Application form builder" may be an idea.
                HeadingPhrase::Form => {}
                // "Ideas for students" says for whom the ideas are; "For students" and "Notes for students" are no ideas.
                HeadingPhrase::Invitation if found.phrase.starts_with("for ") && !found.starts && self.names_ideas(heading) => {}
                // "How to apply for it", and within few words "Bring your own idea"; but only "Status" alone.
                HeadingPhrase::Invitation if found.phrase.contains(' ') => invitation |= found.starts || has_few_words(heading),
                HeadingPhrase::Invitation => invitation |= found.whole,
            }
        }
        match (invitation, container) {
            (true, _) => Heading::Invitation,
            (false, true) => Heading::Container,
            (false, false) => Heading::Plain,
        }
    }

    /// True for "Project Ideas", "Proposals", "`GSoC` 2026": words that name no project.
    pub fn is_container(&self, heading: &str) -> bool {
        self.heading_words(heading).container
            || self.is_account(heading)
            || self.heading_phrases.standing_in(heading).any(|found| found.meaning == HeadingPhrase::Container)
    }

    /// True for "Explanation of Ideas", "Overview of our projects", but not for "Types of work related to our projects".
    fn is_account(&self, heading: &str) -> bool {
        let of = heading.split_once(" of ").is_some_and(|(_, of)| of.split_whitespace().nth(2).is_none());
        of && self.announces_more(heading)
    }

    /// True for "Project ideas", "Proposed projects 2026": a heading over ideas that says so.
    pub fn proposes(&self, heading: &str) -> bool {
        let mut words = heading.split(|c: char| !c.is_alphanumeric());
        self.is_container(heading)
            && (self.offers(heading) || words.any(|word| self.announces(word.trim_end_matches(['s', 'S']))))
    }

    /// What the words of a heading make it, if there is no other word among them.
    fn heading_words(&self, heading: &str) -> HeadingWords {
        // "Template (copy this one)"
        let end = heading.strip_suffix(')').and_then(|inner| inner.rfind(" ("));
        let heading = &heading[..end.unwrap_or(heading.len())];
        let mut any = false;
        let (mut container, mut sample, mut template) = (true, false, true);
        self.each_word(heading, |said, word| {
            any = true;
            sample |= word.is_some_and(|word| word.sample);
            let is_number = said.bytes().all(|byte| byte.is_ascii_digit());
            template &= word.is_some_and(|word| word.sample || word.container || word.modifier || word.head) || is_number;
            container &= word.is_some_and(|word| word.container) || is_number;
            container || template
        });
        HeadingWords { sample: sample && template, container: any && container }
    }

    /// True for "Adding an idea", "Propose your own project!": more than an idea may follow "Adding an idea box".
    fn invites(&self, heading: &str) -> bool {
        let headings = &self.headings;
        let mut said = heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let begins = said.next().is_some_and(|first| is_one(first, &headings.inviting));
        let mut names = false;
        let mut is_said = |word: &str| {
            names |= self.announces(word.trim_end_matches(['s', 'S']));
            let of_container = || self.find(Letters::of(word)).is_some_and(|word| word.container);
            let is_year = word.bytes().all(|byte| byte.is_ascii_digit());
            is_year || is_one(word, &headings.inviting_for) || is_one(word, &headings.address) || of_container()
        };
        begins && said.all(&mut is_said) && names
    }

    /// True for a line right above a template: "Please use this template:".
    pub fn announces_template(&self, line: &str) -> bool {
        line.ends_with(':') && has_any(line, &self.headings.templates)
    }

    /// True for a heading that speaks to its reader: "What we look for", "How you can help". It names nothing.
    pub fn addresses(&self, heading: &str) -> bool {
        let first = heading.split_whitespace().next().unwrap_or_default();
        // "I/O" is one word, and so is "US", unless all are in capitals.
        let shouts = !heading.contains(char::is_lowercase);
        let is_word = |word: &&str| !word.contains('/') && (shouts || word.len() < 2 || word.contains(char::is_lowercase));
        heading.split_whitespace().filter(is_word).any(|word| has_any(word, &self.headings.address))
            || has_any(first, &self.headings.asking)
    }

    /// True for "The skill", "A mentor".
    pub fn begins_with_article(&self, said: &str) -> bool {
        said.split(' ').next().is_some_and(|first| is_one(first, &self.headings.articles))
    }

    /// True for a word that ends no label: "of".
    pub fn is_unfinished(&self, word: &str) -> bool {
        is_one(word, &self.headings.unfinished)
    }

    /// True for a word that stands between a label and what it says, in a sentence: "are".
    pub fn states(&self, word: &str) -> bool {
        is_one(word, &self.headings.stating)
    }

    /// True for a heading that speaks to its reader in its first word: "What is to be done".
    pub fn begins_with_address(&self, heading: &str) -> bool {
        // "I/O", "US census" and "WHO codes" are names.
        let is_word = |word: &str| word.len() < 2 || word.contains(char::is_lowercase);
        let first = heading.split_whitespace().next().unwrap_or_default();
        is_word(first) && first.chars().all(char::is_alphabetic) && self.addresses(first)
    }

    /// True for "What you would like to do", "How we choose": a question or an answer, and no name.
    pub fn asks_readers(&self, heading: &str) -> bool {
        let (first, rest) = heading.split_once(' ').unwrap_or((heading, ""));
        is_one(first, &self.headings.asking) && first.contains(char::is_lowercase) && has_any(rest, &self.headings.address)
    }

    /// True for a heading over projects of former terms: "Past projects", "Projects that were done". A long one is a title ("Save the
    /// last …"), and so is one that names nothing of a programme ("The Old Reader").
    pub fn is_past(&self, heading: &str) -> bool {
        self.tells_of_past(heading, |word| is_one(word, &self.headings.past) || is_one(word, &self.headings.shelved))
    }

    /// True for one over what was done: "Last year", "Completed projects"; "Old projects" and "Previous ideas" may still be open.
    pub fn is_done(&self, heading: &str) -> bool {
        !self.names_ideas(heading) && self.tells_of_past(heading, |word| is_one(word, &self.headings.past))
    }

    /// True for a heading of nothing else: "Past contributors", but not "Show former contributors".
    pub fn names_past(&self, heading: &str) -> bool {
        let is_said = |word: &str| {
            let headings = &self.headings;
            [&headings.past, &headings.shelved, &headings.were].into_iter().any(|words| is_one(word, words))
                || self.find(Letters::of(word)).is_some_and(|word| word.container || word.modifier)
        };
        let mut words = heading.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3);
        // "Projects that were done"
        let were = || has_any(heading, &self.headings.were) && words.clone().next().is_some_and(is_said);
        self.is_past(heading) && (were() || words.all(is_said))
    }

    fn tells_of_past(&self, heading: &str, is_past: impl Fn(&str) -> bool) -> bool {
        // "Ideas from earlier years that nobody took up"
        let is_short = has_few_words(heading) || self.names_ideas(heading) && words(heading).nth(MOST_WORDS).is_none();
        if !is_short {
            return false;
        }
        let telling = |word: &&str| is_past(word) || word.len() > 3 && !word.bytes().all(|byte| byte.is_ascii_digit());
        let said: Vec<&str> = heading.split(|c: char| !c.is_alphanumeric()).filter(telling).collect();
        let of_program = |word: &&str| !is_past(word) && self.find(Letters::of(word)).is_some_and(|word| word.container);
        // The word behind it; the one before it, if it is the last.
        let beside = |at: usize| said.get(at + 1).or_else(|| said.get(at.checked_sub(1)?));
        let tells = |(at, word): (usize, &&str)| is_past(word) && beside(at).is_some_and(of_program);
        let were = || has_any(heading, &self.headings.were) && said.iter().any(of_program);
        // "Previously", "Alumni": nothing but that.
        let is_all = || !said.is_empty() && said.iter().all(|word| is_past(word));
        said.iter().enumerate().any(tells) || were() || is_all()
    }

    /// True for the word before a colon that announces an idea ("Project: …"); "Component: …" may be the idea.
    pub fn announces(&self, word: &str) -> bool {
        is_one(word, &self.headings.announcing)
    }

    /// True for a heading of nothing but words of labels: "Project information", "Further reading on skills".
    pub fn is_generic(&self, heading: &str) -> bool {
        let mut any = false;
        self.each_word(heading, |_, word| {
            any = true;
            word.is_some_and(|word| word.modifier || word.part || word.container)
        }) && any
    }

    /// True for "Other parser ideas": a heading that ends in the plural of a word for ideas.
    pub fn announces_more(&self, heading: &str) -> bool {
        let heading = heading.split('(').next().unwrap_or(heading).trim().trim_end_matches([':', '.']);
        let last = heading.rsplit(' ').next().unwrap_or_default();
        last.strip_suffix(['s', 'S']).is_some_and(|last| self.announces(last))
    }

    /// True for a heading with the plural of a word for ideas: "Projects for summer 2026".
    pub fn lists(&self, heading: &str) -> bool {
        heading.split_whitespace().any(|word| self.announces_more(word))
    }

    /// True for a heading over ideas: "Ideas for Lantern".
    pub fn names_ideas(&self, heading: &str) -> bool {
        has_any(heading, &self.headings.ideas)
    }

    /// True for a heading over what somebody may take up: "Open projects", "Simple tasks", "Project list".
    pub fn names_work(&self, heading: &str) -> bool {
        let lists = |phrase: &str| phrase.split(' ').any(|word| self.announces(word.trim_end_matches('s')));
        let mut phrases = self.heading_phrases.standing_in(heading);
        has_any(heading, &self.headings.work)
            || phrases.any(|found| found.meaning == HeadingPhrase::Container && lists(found.phrase))
    }

    /// True for a heading that says that something is yet to be done: "Suggested projects", "Future work".
    pub fn names_future(&self, heading: &str) -> bool {
        let mut words = heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
        std::iter::from_fn(|| Some((words.next()?, words.peek().copied().unwrap_or_default())))
            .any(|(word, next)| is_one(word, &self.headings.wanted) && !is_one(next, &self.headings.wanted_not))
    }

    /// True for a text that speaks of two: "Both ideas are …".
    pub fn speaks_of_two(&self, text: &str) -> bool {
        has_any(text, &self.headings.both)
    }

    /// True for a text that speaks of all ideas of a page: "All of our projects are …", "medium unless stated otherwise".
    pub fn speaks_of_all(&self, text: &str) -> bool {
        /// How many words may stand between "all" and "projects".
        const BETWEEN: usize = 4;
        /// How many words may follow "unless" up to "otherwise".
        const UNLESS: usize = 5;
        if !words(text).flatten().any(|word| self.of_all.contains(&word)) {
            return false;
        }
        let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let begins = |phrase: &String| {
            let mut said = words();
            phrase.split(' ').all(|word| said.next().is_some_and(|said| said.eq_ignore_ascii_case(word)))
        };
        if self.headings.everything.iter().any(begins) {
            return true;
        }
        let mut left = 0;
        for word in words() {
            if left > 0 && is_one(word, &self.headings.otherwise) {
                return true;
            }
            left = if is_one(word, &self.headings.unless) { UNLESS } else { left.saturating_sub(1) };
        }
        let is_all = |word: &str| is_one(word, &self.headings.all) || is_one(word, &self.headings.both);
        let Some(at) = words().position(is_all) else { return false };
        let noun = words().skip(at + 1).take(BETWEEN).position(|word| self.announces(word.trim_end_matches(['s', 'S'])));
        let is_of_some = |noun: usize| words().nth(at + noun + 2).is_some_and(|next| is_one(next, &self.headings.of_some));
        noun.is_some_and(|noun| !is_of_some(noun))
            && !words().take(at).any(|word| is_one(word, &self.headings.not_all))
            && !words().any(|word| is_one(word, &self.headings.were))
    }

    /// True for a text that tells of the past: "Ada was a student, and mentored others".
    pub fn tells_of_former(&self, text: &str) -> bool {
        has_any(text, &self.headings.were) || has_any(text, &self.headings.past)
    }

    /// True for a call that stands behind a title: "mentors needed".
    pub fn is_call(&self, text: &str) -> bool {
        let said = text.trim_matches(|c: char| !c.is_alphanumeric());
        is_one(said, &self.headings.calls)
    }

    /// True for a text that speaks of ideas, or of those who may take them up: "tasks for newcomers", "Summer of Code".
    pub fn offers(&self, text: &str) -> bool {
        has_any(text, &self.headings.offering)
    }

    /// The length of a leading "Project 12:", "Idea #3 -", "Proposal 1." in a heading; all of it if nothing follows.
    pub fn number_prefix(&self, heading: &str) -> Option<usize> {
        let starts = |word: &&str| heading.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        let after = self.numbered.beginning(heading).map(|found| found.phrase).filter(starts).map(str::len).max()?;
        let rest = &heading[after..];
        let trimmed = rest.trim_start_matches([' ', '#', '-', '\u{a0}']);
        if trimmed.len() == rest.len() {
            return None;
        }
        let code = trimmed.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let numbered = !code.is_empty() && code.chars().all(|c| c.is_ascii_digit());
        // "Project BP: …": a short code in capitals, and only with a colon behind it.
        let coded = (1..=6).contains(&code.len()) && code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        let at = after + (rest.len() - trimmed.len()) + code.len();
        let tail = heading[at..].trim_start();
        let ends = |separators: &[char]| tail.starts_with(separators);
        if tail.is_empty() && numbered {
            return Some(heading.len());
        }
        // "Idea A – …"; "Project X-Ray" and "Project C – …" are names.
        let dashed = || [" – ", " — ", " - "].iter().any(|dash| heading[at..].starts_with(dash));
        let lettered = coded && code.len() == 1 && dashed() && !heading[..after].eq_ignore_ascii_case("project");
        let counted = numbered && ends(&[':', '.', ')', '-', '–', '—', '|', '·']);
        if counted || lettered || (coded && ends(&[':', ')'])) {
            let separator = tail.chars().next().map_or(0, char::len_utf8);
            let title = tail[separator..].trim_start();
            return Some(heading.len() - title.len());
        }
        None
    }
}

/// Where a heading begins behind the number of its chapter: `1.2. Voice chat`, `3.1 Voice chat`; "2.5D rendering" has none.
pub fn chapter(heading: &str) -> Option<usize> {
    let end = heading.len() - heading.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let number = heading[..end].trim_end_matches('.');
    let rest = heading[end..].strip_prefix([' ', ')'])?.trim_start();
    let counts = number.contains('.') && number.split('.').all(|part| (1..=2).contains(&part.len()));
    (counts && rest.starts_with(char::is_uppercase)).then_some(heading.len() - rest.len())
}

/// No heading over ideas has more words.
const MOST_WORDS: usize = 10;

/// True for up to six words; a mark at the end counts as one.
fn has_few_words(heading: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    words(heading).take(7).count() + usize::from(!heading.ends_with(is_letter)) <= 6
}

/// True if one of the words of a text is one of these.
fn has_any(text: &str, words: &[String]) -> bool {
    let mut said = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    said.any(|word| is_one(word, words))
}

/// True for a word that is in a list, in any case.
fn is_one(word: &str, list: &[String]) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_mean() {
        let labels = Labels::get();
        for container in ["Project Ideas", "Proposals", "GSoC Ideas 2026", "Ideas List for SU2 Google Summer of Code", "2019"] {
            assert!(labels.is_container(container), "{container}");
        }
        for (heading, proposes) in
            [("Project ideas", true), ("Otters: project ideas", true), ("Misc", false), ("Project setup", false)]
        {
            assert_eq!(labels.proposes(heading), proposes, "{heading}");
        }
        for project in ["Kubernetes", "Open Policy Agent (OPA)", "Project Rekor"] {
            assert!(!labels.is_container(project), "{project}");
        }
        for sample in ["Template", "Sample:", "Project idea template"] {
            assert_eq!(labels.heading(sample), Heading::Sample, "{sample}");
        }
        for invitation in [
            "Your own idea",
            "Adding an idea",
            "3. Propose a new project!",
            "Something Else!",
            "Status",
            "How to apply for all of this and that here",
        ] {
            assert_eq!(labels.heading(invitation), Heading::Invitation, "{invitation}");
        }
        for plain in [
            "Template engine for Helm",
            "Adding an idea box",
            "Add a project overview",
            "Status page for Jenkins",
            "Faster parser",
        ] {
            assert_eq!(labels.heading(plain), Heading::Plain, "{plain}");
        }
    }

    #[test]
    fn what_was_done_is_told_from_what_is_to_do() {
        for (heading, is_past) in [
            ("Past projects", true),
            ("Earlier summers", true),
            ("Former GSoC students", true),
            ("Projects that were done", true),
            ("Previously", true),
            ("Old projects", true),
            ("Projects", false),
            ("The Old Reader", false),
            ("Ideas (archived)", true),
            ("Projects completed in 2024", true),
            ("A test farm with old phones", false),
            ("Save the last project that the user has opened in the sidebar", false),
        ] {
            assert_eq!(Labels::get().is_past(heading), is_past, "{heading}");
        }
        for (heading, names_past) in
            [("Past contributors", true), ("Hide completed tasks", false), ("Last part of the new parser", false)]
        {
            assert_eq!(Labels::get().names_past(heading), names_past, "{heading}");
        }
        for (heading, is_done) in [("Last year", true), ("Alumni", true), ("Previous ideas", false), ("Older projects", false)] {
            assert_eq!(Labels::get().is_done(heading), is_done, "{heading}");
        }
    }

    #[test]
    fn number_prefixes_end_before_the_title() {
        let labels = Labels::get();
        for (heading, title) in [
            ("Project 12: PostgreSQL", Some("PostgreSQL")),
            ("Project BP: Adding", Some("Adding")),
            ("Idea #3 - Faster", Some("Faster")),
            ("Project 3", Some("")),
            ("Idea A – Faster", Some("Faster")),
            ("Project X", None),
            ("Project X-Ray viewer", None),
            ("Project C – Interoperability", None),
            ("Proposal 1. X", Some("X")),
            ("Project Rekor", None),
            ("Projects: a history", None),
            ("Ideas", None),
        ] {
            assert_eq!(labels.number_prefix(heading).map(|at| &heading[at..]), title, "{heading}");
        }
    }
}
