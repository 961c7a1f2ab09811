//! What a sync has changed, for people: by source, by idea, and of an edited idea by fact.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde_json::Value;
use similar::{ChangeTag, TextDiff};

use super::{Look, fit, safe};
use crate::fetched::changes::{Changes, Edited, Field, Which};

/// How many lines of a long text's difference are shown.
const LINES: usize = 12;

/// How much of a line, or of a value, is shown where nobody says how wide the output is.
const WIDTH: usize = 100;

/// How much is shown.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Of each source at most so many ideas that are new, and as many that are gone or edited.
    pub most: usize,
    /// What shows all, as one calls it.
    pub all: &'static str,
}

/// Writes the changes: all, or up to a limit.
pub fn write(changes: &[Changes], limit: Option<Limit>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let page = Page { look, limit: limit.unwrap_or(Limit { most: usize::MAX, all: "" }) };
    for (at, changes) in changes.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", look.paint(Style::new().bold(), &safe::line(&changes.source)))?;
        page.list("+", AnsiColor::Green, &changes.new, out)?;
        page.list("-", AnsiColor::Red, &changes.gone, out)?;
        page.edited(&changes.edited, out)?;
    }
    Ok(())
}

struct Page<'a> {
    look: &'a Look,
    limit: Limit,
}

impl Page<'_> {
    fn list(&self, mark: &str, color: AnsiColor, ideas: &[Which], out: &mut dyn Write) -> io::Result<()> {
        for idea in ideas.iter().take(self.limit.most) {
            self.line(mark, color, idea, out)?;
        }
        self.more(ideas.len(), out)
    }

    fn edited(&self, ideas: &[Edited], out: &mut dyn Write) -> io::Result<()> {
        for edited in ideas.iter().take(self.limit.most) {
            self.line("~", AnsiColor::Yellow, &edited.idea, out)?;
            for field in &edited.fields {
                self.field(field, out)?;
            }
        }
        self.more(ideas.len(), out)
    }

    fn more(&self, count: usize, out: &mut dyn Write) -> io::Result<()> {
        match count.saturating_sub(self.limit.most) {
            0 => Ok(()),
            more => writeln!(out, "  {} {more} more; `{}` shows all", self.look.dots(), self.limit.all),
        }
    }

    fn line(&self, mark: &str, color: AnsiColor, idea: &Which, out: &mut dyn Write) -> io::Result<()> {
        let facts: Vec<String> = [
            idea.project.clone(),
            Some([&idea.program, &idea.term].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")),
        ]
        .into_iter()
        .flatten()
        .filter(|fact| !fact.is_empty())
        .collect();
        let facts = if facts.is_empty() { String::new() } else { format!(" ({})", facts.join(", ")) };
        let line = self.cut(&format!("{}{facts}", idea.title), 4);
        writeln!(out, "  {} {line}", self.look.paint(color.on_default().bold(), mark))
    }

    fn field(&self, field: &Field, out: &mut dyn Write) -> io::Result<()> {
        let Field { field: name, from, to } = field;
        match (from, to) {
            (Value::String(from), Value::String(to))
                if from.contains('\n') || to.contains('\n') || from.len() + to.len() > WIDTH =>
            {
                writeln!(out, "      {name}:")?;
                self.text(from, to, out)
            }
            (Value::Array(from), Value::Array(to)) if !from.is_empty() && !to.is_empty() && from.len() + to.len() > 2 => {
                let gone = from.iter().filter(|item| !to.contains(item)).map(|item| format!("- {}", shown(item)));
                let new = to.iter().filter(|item| !from.contains(item)).map(|item| format!("+ {}", shown(item)));
                let items: Vec<String> = gone.chain(new).collect();
                let items = if items.is_empty() { "in another order".to_owned() } else { items.join(", ") };
                writeln!(out, "      {name}: {}", self.cut(&items, 8 + name.len()))
            }
            (from, to) => {
                let arrow = if self.look.unicode { "→" } else { "->" };
                let line = format!("{} {arrow} {}", shown(from), shown(to));
                writeln!(out, "      {name}: {}", self.cut(&line, 8 + name.len()))
            }
        }
    }

    /// The lines of a long text that differ.
    fn text(&self, from: &str, to: &str, out: &mut dyn Write) -> io::Result<()> {
        let diff = TextDiff::from_lines(from, to);
        let differ: Vec<_> = diff.iter_all_changes().filter(|change| change.tag() != ChangeTag::Equal).collect();
        for change in differ.iter().take(LINES) {
            let (mark, color) = match change.tag() {
                ChangeTag::Delete => ("-", AnsiColor::Red),
                _ => ("+", AnsiColor::Green),
            };
            let line = format!("{mark} {}", self.cut(change.value(), 10));
            writeln!(out, "        {}", self.look.paint(color.on_default(), line.trim_end()))?;
        }
        match differ.len().saturating_sub(LINES) {
            0 => Ok(()),
            more => writeln!(out, "        {} {more} more lines", self.look.dots()),
        }
    }

    /// Harmless, in one line, and no longer than the line has room behind so many columns.
    fn cut(&self, text: &str, before: usize) -> String {
        let room = self.look.width.map_or(WIDTH, |width| width.saturating_sub(before)).max(10);
        fit::cut(&safe::line(text), room, self.look.dots()).into_owned()
    }
}

/// A value as a person would write it.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Array(items) if items.is_empty() => "nothing".to_owned(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::String(text) => text.clone(),
        // A mentor.
        Value::Object(facts) => {
            let said = |fact: &str| facts.get(fact).and_then(Value::as_str);
            let handle = said("github").map(|handle| format!("@{handle}"));
            let names = [said("name").map(ToOwned::to_owned), handle, said("email").map(ToOwned::to_owned)];
            let names = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
            said("role").map_or(names.clone(), |role| format!("{names} ({role})"))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn idea(title: &str) -> Which {
        Which {
            id: "x".to_owned(),
            title: title.to_owned(),
            project: Some("Harbour".to_owned()),
            program: Some("lfx".to_owned()),
            term: Some("2026-1".to_owned()),
            path: "s/a.md".to_owned(),
            line: 3,
        }
    }

    fn field(field: &str, from: Value, to: Value) -> Field {
        Field { field: field.to_owned(), from, to }
    }

    #[test]
    fn changes_are_shown_by_idea_and_fact() {
        let fields = vec![
            field("hours", json!([350]), json!([175])),
            field("program", json!(null), json!("gsoc")),
            field("skills", json!(["Go", "Rust"]), json!(["Rust", "Kubernetes"])),
            field("difficulty", json!(["easy", "hard"]), json!(["hard", "easy"])),
            field(
                "mentors",
                json!([]),
                json!([{"name": "Ada Brook", "github": "adab", "email": null, "lfid": null, "role": "primary"}]),
            ),
            field("description", json!("One.\nTwo.\nThree.\n"), json!("One.\nTwo and\u{1b}[2J more.\nThree.\n")),
        ];
        let changes = Changes {
            source: "cncf/mentoring".to_owned(),
            at: String::new(),
            run: 1,
            first: false,
            new: vec![idea("One"), idea("Two"), Which { project: None, program: None, term: None, ..idea("Three") }],
            gone: vec![idea("Old")],
            edited: vec![Edited { idea: idea("Deploying"), fields }],
        };
        let mut out = Vec::new();
        write(&[changes], Some(Limit { most: 2, all: "ideas changes" }), &Look::PLAIN, &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "\
cncf/mentoring
  + One (Harbour, lfx 2026-1)
  + Two (Harbour, lfx 2026-1)
  ... 1 more; `ideas changes` shows all
  - Old (Harbour, lfx 2026-1)
  ~ Deploying (Harbour, lfx 2026-1)
      hours: 350 -> 175
      program: nothing -> gsoc
      skills: - Go, + Kubernetes
      difficulty: in another order
      mentors: nothing -> Ada Brook @adab (primary)
      description:
        - Two.
        + Two and[2J more.
"
        );
    }
}
