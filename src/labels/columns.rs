//! What the heads of columns, and keys, say beyond what labels say.

use super::{Kind, Labels};

impl Labels {
    /// True for "Project", "Idea", "Project idea", "Name": the head of the column that names the ideas.
    pub fn names_idea(&self, head: &str) -> bool {
        let mut words = words(head).peekable();
        words.peek().is_some() && words.all(|word| self.columns.idea.contains(&word))
    }

    /// True for "Student": the head of a column of a report.
    pub fn is_mentee(&self, head: &str) -> bool {
        self.columns.mentee.contains(&joined(head))
    }

    /// True for "Year", "When": the head of a column of a report, if its years differ.
    pub fn is_year(&self, head: &str) -> bool {
        self.columns.year.contains(&joined(head))
    }

    /// True for "Field", "Value": a head that says nothing.
    pub fn is_head(&self, head: &str) -> bool {
        self.columns.empty.contains(&joined(head))
    }

    /// True for the cell of a column that says whether: "yes".
    pub fn is_flag(&self, cell: &str) -> bool {
        self.columns.flag.contains(&joined(cell))
    }

    /// True for "tags", "keywords": a key of front matter that says what a page is about, whatever it holds.
    pub fn is_of_pages(&self, key: &str) -> bool {
        self.columns.page.contains(&joined(key))
    }

    /// What a column of a table of people says of them.
    pub fn of_person(&self, head: &str) -> Option<Kind> {
        let said = joined(head);
        let columns = &self.columns;
        let kinds = [
            (&columns.person_name, Kind::Mentors),
            (&columns.person_handle, Kind::MentorHandles),
            (&columns.person_email, Kind::MentorEmails),
        ];
        kinds.into_iter().find(|(heads, _)| heads.contains(&said)).map(|(_, kind)| kind)
    }
}

/// The words of a head in lower case, without a plural `s`.
fn words(head: &str) -> impl Iterator<Item = String> {
    head.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(|word| {
        let word = word.to_lowercase();
        word.strip_suffix('s').map(str::to_owned).unwrap_or(word)
    })
}

fn joined(head: &str) -> String {
    words(head).collect::<Vec<_>>().join(" ")
}
