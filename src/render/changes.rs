//! What a sync has changed, for people: by source, by idea, and of an edited idea by fact.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde_json::Value;
use similar::{ChangeTag, TextDiff};

use super::{Look, fit, markdown, safe};
use crate::store::changes::{Changes, Field, Moved, Which};
use crate::text::counted;

/// How many lines of a long text's difference are shown.
const LINES: usize = 12;

/// Two values that are longer together, in bytes, are not told in one line.
const WIDTH: usize = 100;

/// How much is shown.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Of each source at most so many ideas that are new, and as many that are gone or edited.
    pub most: usize,
    /// What shows all, as one calls it.
    pub all: &'static str,
}

/// Writes the changes: all, or up to a limit; those of several days each with its day.
pub fn write(changes: &[Changes], limit: Option<Limit>, is_dated: bool, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let page = Page { look, limit: limit.unwrap_or(Limit { most: usize::MAX, all: "" }) };
    for (at, changes) in changes.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        let day = if is_dated { format!(" ({})", day(changes)) } else { String::new() };
        writeln!(out, "{}{day}", look.paint(Style::new().bold(), &safe::line(&changes.source)))?;
        page.list("+", AnsiColor::Green, changes.new.iter(), out)?;
        page.list("-", AnsiColor::Red, changes.gone.iter().map(|gone| &gone.idea), out)?;
        page.moved(&changes.moved, out)?;
        page.edited(changes, out)?;
    }
    Ok(())
}

/// Writes the changes as Markdown: a heading for each source, and below it a list; all, or up to a limit.
pub fn write_markdown(changes: &[Changes], limit: Option<Limit>, out: &mut dyn Write) -> io::Result<()> {
    let most = limit.map_or(usize::MAX, |limit| limit.most);
    for (at, changes) in changes.iter().enumerate() {
        let day = day(changes);
        writeln!(out, "{}## {} ({day})\n", if at > 0 { "\n" } else { "" }, markdown::text(&changes.source))?;
        let moved = groups(&changes.moved).map(|(from, to, ideas)| {
            format!("**Moved**: {} from {} to {}", counted(ideas.len(), "idea"), markdown::text(from), markdown::text(to))
        });
        let edited = |(idea, fields): (&Which, &[Field])| {
            let fields: Vec<String> = fields.iter().map(|field| in_words(field, true)).collect();
            format!("**Edited**: {}: {}", of_markdown(idea), markdown::text(&fields.join("; ")))
        };
        let kinds: [Vec<String>; 4] = [
            changes.new.iter().map(|idea| format!("**New**: {}", of_markdown(idea))).collect(),
            changes.gone.iter().map(|gone| format!("**Gone**: {}", of_markdown(&gone.idea))).collect(),
            moved.collect(),
            all_edited(changes).map(edited).collect(),
        ];
        for lines in kinds {
            for line in lines.iter().take(most) {
                writeln!(out, "- {line}")?;
            }
            if let (Some(limit), true) = (limit, lines.len() > most) {
                writeln!(out, "- {} more; `{}` shows all", lines.len() - most, limit.all)?;
            }
        }
    }
    Ok(())
}

/// The day of the sync.
fn day(changes: &Changes) -> &str {
    changes.at.split('T').next().unwrap_or_default()
}

fn of_markdown(idea: &Which) -> String {
    [markdown::text(&idea.title), markdown::text(&facts(idea))].join(" ").trim_end().to_owned()
}

/// All ideas that say something else, wherever they stand now.
fn all_edited(changes: &Changes) -> impl Iterator<Item = (&Which, &[Field])> {
    let moved = changes.moved.iter().filter(|moved| !moved.fields.is_empty()).map(|moved| (&moved.idea, moved.fields.as_slice()));
    moved.chain(changes.edited.iter().map(|edited| (&edited.idea, edited.fields.as_slice())))
}

/// The ideas that moved from one page to another, for each such pair.
fn groups(moved: &[Moved]) -> impl Iterator<Item = (&str, &str, Vec<&Moved>)> {
    let mut groups: BTreeMap<(&str, &str), Vec<&Moved>> = BTreeMap::new();
    for idea in moved {
        groups.entry((&idea.from, &idea.idea.path)).or_default().push(idea);
    }
    groups.into_iter().map(|((from, to), ideas)| (from, to, ideas))
}

/// Two paths as git writes a renaming: `a/{b => c}/d`.
fn renamed(from: &str, to: &str) -> String {
    let same = from.bytes().zip(to.bytes()).take_while(|(one, other)| one == other).count();
    let begin = from.as_bytes()[..same].iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1);
    let (from_rest, to_rest) = (&from[begin..], &to[begin..]);
    let same = from_rest.bytes().rev().zip(to_rest.bytes().rev()).take_while(|(one, other)| one == other).count();
    let tail = &from_rest.as_bytes()[from_rest.len() - same..];
    let end = tail.iter().position(|byte| *byte == b'/').map_or(0, |at| tail.len() - at);
    let middle = |text: &str| text[..text.len() - end].to_owned();
    let (old, new) = (middle(from_rest), middle(to_rest));
    if begin == 0 && end == 0 {
        return format!("{old} => {new}");
    }
    format!("{}{{{old} => {new}}}{}", &from[..begin], &from_rest[from_rest.len() - end..])
}

/// What one needs besides the title to know an idea again, in brackets.
fn facts(idea: &Which) -> String {
    let term = [&idea.program, &idea.term].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
    let facts: Vec<String> = [idea.project.clone(), Some(term)].into_iter().flatten().filter(|fact| !fact.is_empty()).collect();
    if facts.is_empty() { String::new() } else { format!(" ({})", facts.join(", ")) }
}

struct Page<'a> {
    look: &'a Look,
    limit: Limit,
}

impl Page<'_> {
    fn list<'a>(
        &self,
        mark: &str,
        color: AnsiColor,
        ideas: impl ExactSizeIterator<Item = &'a Which>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let count = ideas.len();
        for idea in ideas.take(self.limit.most) {
            self.line(mark, color, idea, out)?;
        }
        self.more(count, out)
    }

    /// From which page to which: a term moves as a whole.
    fn moved(&self, ideas: &[Moved], out: &mut dyn Write) -> io::Result<()> {
        for (from, to, ideas) in groups(ideas) {
            let what = match ideas.as_slice() {
                [one] => format!("{}{}", one.idea.title, facts(&one.idea)),
                all => counted(all.len(), "idea"),
            };
            let mark = self.look.paint(AnsiColor::Blue.on_default().bold(), ">");
            writeln!(out, "  {mark} {}", self.cut(&what, 4))?;
            writeln!(out, "      {}", safe::line(&renamed(from, to)))?;
        }
        Ok(())
    }

    fn edited(&self, changes: &Changes, out: &mut dyn Write) -> io::Result<()> {
        for (idea, fields) in all_edited(changes).take(self.limit.most) {
            self.line("~", AnsiColor::Yellow, idea, out)?;
            for field in fields {
                self.field(field, out)?;
            }
        }
        self.more(all_edited(changes).count(), out)
    }

    fn more(&self, count: usize, out: &mut dyn Write) -> io::Result<()> {
        match count.saturating_sub(self.limit.most) {
            0 => Ok(()),
            more => writeln!(out, "  {} {more} more; `{}` shows all", self.look.dots(), self.limit.all),
        }
    }

    fn line(&self, mark: &str, color: AnsiColor, idea: &Which, out: &mut dyn Write) -> io::Result<()> {
        let line = self.cut(&format!("{}{}", idea.title, facts(idea)), 4);
        writeln!(out, "  {} {line}", self.look.paint(color.on_default().bold(), mark))
    }

    fn field(&self, field: &Field, out: &mut dyn Write) -> io::Result<()> {
        let Field { field: name, from, to } = field;
        match (from, to) {
            (Value::String(from), Value::String(to)) if is_long(from, to) => {
                writeln!(out, "      {name}:")?;
                self.text(from, to, out)
            }
            _ => {
                // What is new stands at the end, which is not cut.
                let text = format!("{name}: {}", difference(from, to, self.look.unicode));
                let text = safe::line(&text);
                let room = self.look.width.map(|width| width.saturating_sub(8).max(10));
                let lines = room.map_or_else(|| vec![text.to_string()], |room| fit::wrap(&text, room));
                for (at, line) in lines.iter().enumerate() {
                    writeln!(out, "      {}{line}", if at > 0 { "  " } else { "" })?;
                }
                Ok(())
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

    /// Harmless, in one line, and no longer than a terminal has room behind so many columns.
    fn cut(&self, text: &str, before: usize) -> String {
        let text = safe::line(text);
        let room = self.look.width.map(|width| width.saturating_sub(before).max(10));
        room.map_or_else(|| text.to_string(), |room| fit::cut(&text, room, self.look.dots()).into_owned())
    }
}

/// What differs, in one line: `hours: 350 → 175`. Of a long text only that it was edited.
pub(crate) fn in_words(field: &Field, unicode: bool) -> String {
    let Field { field: name, from, to } = field;
    let is_long = matches!((from, to), (Value::String(from), Value::String(to)) if is_long(from, to));
    if is_long { format!("{name}: edited") } else { format!("{name}: {}", difference(from, to, unicode)) }
}

/// True for texts whose differing lines are shown instead of the whole.
fn is_long(from: &str, to: &str) -> bool {
    from.contains('\n') || to.contains('\n') || from.len() + to.len() > WIDTH
}

/// From what to what; of longer lists what is gone and what is new.
fn difference(from: &Value, to: &Value, unicode: bool) -> String {
    match (from, to) {
        (Value::Array(from), Value::Array(to)) if !from.is_empty() && !to.is_empty() && from.len() + to.len() > 3 => {
            let gone = from.iter().filter(|item| !to.contains(item)).map(|item| format!("- {}", shown(item)));
            let new = to.iter().filter(|item| !from.contains(item)).map(|item| format!("+ {}", shown(item)));
            let items: Vec<String> = gone.chain(new).collect();
            if items.is_empty() { "in another order".to_owned() } else { items.join(", ") }
        }
        (from, to) => format!("{} {} {}", shown(from), if unicode { "→" } else { "->" }, shown(to)),
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
    use crate::store::changes::Gone;

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
            at: "2026-02-20T10:00:00Z".to_owned(),
            run: 1,
            scope: Vec::new(),
            first: false,
            new: vec![idea("One"), idea("Two"), Which { project: None, program: None, term: None, ..idea("Three") }],
            gone: vec![Gone { idea: idea("Old"), facts: None }],
            moved: vec![
                Moved { idea: idea("Kept"), from: "s/b.md".to_owned(), fields: Vec::new() },
                Moved { idea: idea("Deploying"), from: "s/b.md".to_owned(), fields },
                Moved { idea: idea("Lone"), from: "t/c.md".to_owned(), fields: Vec::new() },
            ],
            edited: Vec::new(),
        };
        let mut out = Vec::new();
        write(std::slice::from_ref(&changes), Some(Limit { most: 2, all: "ideas changes" }), true, &Look::PLAIN, &mut out)
            .unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "\
cncf/mentoring (2026-02-20)
  + One (Harbour, lfx 2026-1)
  + Two (Harbour, lfx 2026-1)
  ... 1 more; `ideas changes` shows all
  - Old (Harbour, lfx 2026-1)
  > 2 ideas
      s/{b.md => a.md}
  > Lone (Harbour, lfx 2026-1)
      t/c.md => s/a.md
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
        let mut out = Vec::new();
        write_markdown(&[changes], Some(Limit { most: 2, all: "ideas changes" }), &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "\
## cncf/mentoring (2026-02-20)

- **New**: One (Harbour, lfx 2026-1)
- **New**: Two (Harbour, lfx 2026-1)
- 1 more; `ideas changes` shows all
- **Gone**: Old (Harbour, lfx 2026-1)
- **Moved**: 2 ideas from s/b.md to s/a.md
- **Moved**: 1 idea from t/c.md to s/a.md
- **Edited**: Deploying (Harbour, lfx 2026-1): hours: 350 → 175; program: nothing → gsoc; skills: - Go, + Kubernetes; difficulty: in another order; mentors: nothing → Ada Brook @adab (primary); description: edited
"
        );
    }

    #[test]
    fn paths_are_renamed_as_git_writes_it() {
        for (from, to, shown) in [
            ("s/2022/a.md", "s/2022/b.md", "s/2022/{a.md => b.md}"),
            ("s/2022/a.md", "s/2023/a.md", "s/{2022 => 2023}/a.md"),
            ("a.md", "b.md", "a.md => b.md"),
            ("x/a/a.md", "x/a/a/a.md", "x/a/{a.md => a/a.md}"),
            ("s/a.md", "s/a.md", "s/{a.md => a.md}"),
            ("é/a.md", "è/a.md", "{é => è}/a.md"),
        ] {
            assert_eq!(renamed(from, to), shown);
        }
    }
}
