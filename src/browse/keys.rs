//! The keys: one table for what each does, what help says about it, and what the last line hints at.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The next idea, line or value.
    Next,
    /// The one before.
    Previous,
    /// A page further.
    PageDown,
    /// A page back.
    PageUp,
    /// The first.
    First,
    /// The last.
    Last,
    /// Further in the idea beside the list.
    ScrollDown,
    /// Back in it.
    ScrollUp,
    /// The idea over the whole screen, or chosen where one is asked for.
    Open,
    /// The idea after the one that is read.
    NextIdea,
    /// The idea before it.
    PreviousIdea,
    /// Type a filter.
    Type,
    /// Choose facets.
    Facets,
    /// Another facet.
    NextFacet,
    /// The facet before.
    PreviousFacet,
    /// Choose a value, or no longer.
    Toggle,
    /// Choose nothing of the facet.
    Clear,
    /// The next order.
    Sort,
    /// The order turned round.
    Reverse,
    /// Select an idea, or no longer.
    Select,
    /// Put ideas on the shortlist, or take them off.
    Shortlist,
    /// Only the shortlist, or all ideas.
    OnlyShortlist,
    /// Write a note about an idea.
    Note,
    /// The selected ideas, side by side.
    Compare,
    /// The issue in the browser.
    Upstream,
    /// The page in the browser.
    Source,
    /// The URL to the clipboard.
    CopyUrl,
    /// The id to the clipboard.
    CopyId,
    /// What the keys do.
    Help,
    /// One step back.
    Back,
    /// Done with what is being typed or chosen.
    Done,
    /// The last character gone.
    Rubout,
    /// The last word gone.
    RuboutWord,
    /// All of the text gone.
    RuboutAll,
    /// The end.
    Quit,
    /// Stop, until `fg`.
    Suspend,
    /// Draw everything anew.
    Redraw,
}

/// One row of the help.
#[derive(Debug)]
pub struct Binding {
    keys: &'static [Key],
    /// The keys, as help names them.
    pub shown: &'static str,
    /// What they do, for help.
    pub does: &'static str,
    /// A word for the last line; empty if it is not worth the room.
    pub hint: &'static str,
    action: Action,
}

/// A key, and whether Ctrl is held.
type Key = (KeyCode, bool);

const fn key(c: char) -> Key {
    (KeyCode::Char(c), false)
}

const fn ctrl(c: char) -> Key {
    (KeyCode::Char(c), true)
}

const fn plain(code: KeyCode) -> Key {
    (code, false)
}

const fn row(keys: &'static [Key], shown: &'static str, action: Action, does: &'static str, hint: &'static str) -> Binding {
    Binding { keys, shown, does, hint, action }
}

use Action as A;
use KeyCode::{BackTab, Backspace, Delete, Down, End, Enter, Esc, Home, Left, PageDown, PageUp, Right, Tab, Up};

// Where text is scrolled they are the same.
const LEAVE: Binding = row(
    &[plain(Esc), key('q'), plain(Enter), plain(Left), key('h'), plain(Backspace)],
    "Esc q Left",
    A::Back,
    "back to the list",
    "back",
);
const LINE_DOWN: Binding = row(&[key('j'), plain(Down)], "Down j", A::Next, "a line further", "");
const LINE_UP: Binding = row(&[key('k'), plain(Up)], "Up k", A::Previous, "a line back", "");
const PAGE_DOWN: Binding =
    row(&[plain(PageDown), key(' '), ctrl('f'), ctrl('d')], "Space PgDn", A::PageDown, "a page further", "read on");
const PAGE_UP: Binding = row(&[plain(PageUp), ctrl('b'), ctrl('u')], "PgUp", A::PageUp, "a page back", "");
const BEGINNING: Binding = row(&[key('g'), plain(Home)], "g Home", A::First, "the beginning", "");
const END: Binding = row(&[key('G'), plain(End)], "G End", A::Last, "the end", "");

const THIS_HELP: Binding = row(&[key('?'), plain(KeyCode::F(1))], "?", A::Help, "this help", "help");

/// In the list.
pub static LIST: &[Binding] = &[
    row(&[key('/')], "/", A::Type, "type a filter", "filter"),
    row(&[key('j'), plain(Down), ctrl('n')], "Down j", A::Next, "the next idea", ""),
    row(&[key('k'), plain(Up), ctrl('p')], "Up k", A::Previous, "the idea before", ""),
    row(&[plain(PageDown), ctrl('f'), ctrl('d')], "PgDn Ctrl-F", A::PageDown, "a page of ideas further", ""),
    row(&[plain(PageUp), ctrl('b'), ctrl('u')], "PgUp Ctrl-B", A::PageUp, "a page of ideas back", ""),
    row(&[key('g'), plain(Home)], "g Home", A::First, "the first idea", ""),
    row(&[key('G'), plain(End)], "G End", A::Last, "the last idea", ""),
    row(&[key('J')], "J", A::ScrollDown, "read on in the idea beside the list", ""),
    row(&[key('K')], "K", A::ScrollUp, "back in it", ""),
    row(&[plain(Enter), plain(Right), key('l')], "Enter Right", A::Open, "open the idea", "open"),
    row(&[key(' ')], "Space", A::Select, "select the idea, or no longer; b, c, y and Y are for all selected", ""),
    row(&[key('f')], "f", A::Facets, "filter by skill, size, term … all that `ideas stats` counts by", "facets"),
    row(&[key('s')], "s", A::Sort, "another order", "sort"),
    row(&[key('S')], "S", A::Reverse, "turn the order round", ""),
    row(&[key('b')], "b", A::Shortlist, "put the idea on the shortlist, or take it off", "shortlist"),
    row(&[key('B')], "B", A::OnlyShortlist, "only the shortlist, or all ideas", ""),
    row(&[key('n')], "n", A::Note, "write a note about the idea, which puts it on the shortlist", ""),
    row(&[key('c')], "c", A::Compare, "compare the selected ideas, fact by fact", ""),
    row(&[key('o')], "o", A::Upstream, "the upstream issue, in the browser", "upstream"),
    row(&[key('O')], "O", A::Source, "the page it was read from, in the browser", ""),
    row(&[key('y')], "y", A::CopyUrl, "copy the URL of the upstream issue, or of the page; by OSC 52", "copy URL"),
    row(&[key('Y')], "Y", A::CopyId, "copy the id", ""),
    THIS_HELP,
    row(&[plain(Esc)], "Esc", A::Back, "one step back: drop the filter, then the facets", ""),
    row(&[key('q')], "q", A::Quit, "quit", "quit"),
];

/// While a filter is typed.
pub static TYPING: &[Binding] = &[
    row(&[plain(Enter)], "Enter", A::Done, "keep the filter, back to the list", "done"),
    row(&[plain(Esc)], "Esc", A::Back, "drop the filter, back to the list", "drop"),
    row(&[plain(Tab)], "Tab", A::Select, "select the idea, or no longer", "select"),
    row(&[plain(Down), ctrl('n'), ctrl('j')], "Down Ctrl-N", A::Next, "the next idea", ""),
    row(&[plain(Up), ctrl('p'), ctrl('k')], "Up Ctrl-P", A::Previous, "the idea before", ""),
    row(&[plain(PageDown), ctrl('f')], "PgDn", A::PageDown, "a page of ideas further", ""),
    row(&[plain(PageUp), ctrl('b')], "PgUp", A::PageUp, "a page of ideas back", ""),
    row(&[plain(Backspace), ctrl('h')], "Backspace", A::Rubout, "the last character gone", ""),
    row(&[ctrl('w')], "Ctrl-W", A::RuboutWord, "the last word gone", ""),
    row(&[ctrl('u')], "Ctrl-U", A::RuboutAll, "all of it gone", ""),
];

/// While an idea is read over the whole screen.
pub static READING: &[Binding] = &[
    LEAVE,
    LINE_DOWN,
    LINE_UP,
    PAGE_DOWN,
    PAGE_UP,
    BEGINNING,
    END,
    row(&[plain(Right), key('J'), ctrl('n')], "Right J", A::NextIdea, "the next idea", "next"),
    row(&[key('p'), key('K'), ctrl('p')], "p", A::PreviousIdea, "the idea before", "previous"),
    row(&[key('b')], "b", A::Shortlist, "put it on the shortlist, or take it off", "shortlist"),
    row(&[key('n')], "n", A::Note, "write a note about it, which puts it on the shortlist", "note"),
    row(&[key('o')], "o", A::Upstream, "the upstream issue, in the browser", "upstream"),
    row(&[key('O')], "O", A::Source, "the page it was read from, in the browser", ""),
    row(&[key('y')], "y", A::CopyUrl, "copy the URL of the upstream issue, or of the page", "copy URL"),
    row(&[key('Y')], "Y", A::CopyId, "copy the id", ""),
    THIS_HELP,
];

/// While ideas are compared.
pub static COMPARING: &[Binding] = &[LEAVE, LINE_DOWN, LINE_UP, PAGE_DOWN, PAGE_UP, BEGINNING, END, THIS_HELP];

/// While a note is written.
pub static NOTING: &[Binding] = &[
    row(&[plain(Enter)], "Enter", A::Done, "keep the note; an empty one is none", "keep"),
    row(&[plain(Esc)], "Esc", A::Back, "leave the note as it was", ""),
    row(&[plain(Backspace), ctrl('h')], "Backspace", A::Rubout, "the last character gone", ""),
    row(&[ctrl('w')], "Ctrl-W", A::RuboutWord, "the last word gone", ""),
    row(&[ctrl('u')], "Ctrl-U", A::RuboutAll, "all of it gone", ""),
];

/// While facets are chosen; letters narrow the values.
pub static FACETS: &[Binding] = &[
    row(&[key(' ')], "Space", A::Toggle, "choose the value, or no longer", "choose"),
    row(&[plain(Right), plain(Tab)], "Right Tab", A::NextFacet, "the next facet", "facet"),
    row(&[plain(Left), plain(BackTab)], "Left", A::PreviousFacet, "the facet before", ""),
    row(&[plain(Down), ctrl('n'), ctrl('j')], "Down", A::Next, "the next value", ""),
    row(&[plain(Up), ctrl('p'), ctrl('k')], "Up", A::Previous, "the value before", ""),
    row(&[plain(PageDown), ctrl('f')], "PgDn", A::PageDown, "a page of values further", ""),
    row(&[plain(PageUp), ctrl('b')], "PgUp", A::PageUp, "a page of values back", ""),
    row(&[plain(Home)], "Home", A::First, "the first value", ""),
    row(&[plain(End)], "End", A::Last, "the last value", ""),
    row(&[plain(Delete), ctrl('x')], "Del Ctrl-X", A::Clear, "choose nothing of this facet", "none"),
    row(&[plain(Backspace), ctrl('h')], "Backspace", A::Rubout, "the last letter gone", ""),
    row(&[ctrl('w'), ctrl('u')], "Ctrl-U", A::RuboutAll, "all letters gone", ""),
    row(&[plain(Enter)], "Enter", A::Done, "back to the list", "done"),
    row(&[plain(Esc)], "Esc", A::Back, "letters gone, or back to the list", ""),
];

/// While the help is shown.
pub static HELP: &[Binding] = &[
    row(&[key('j'), plain(Down)], "Down j", A::Next, "", ""),
    row(&[key('k'), plain(Up)], "Up k", A::Previous, "", ""),
    row(&[plain(PageDown), key(' '), ctrl('f'), ctrl('d')], "Space PgDn", A::PageDown, "", "read on"),
    row(&[plain(PageUp), ctrl('b'), ctrl('u')], "PgUp", A::PageUp, "", ""),
    row(&[key('g'), plain(Home)], "g", A::First, "", ""),
    row(&[key('G'), plain(End)], "G", A::Last, "", ""),
    row(&[plain(Esc), key('q'), key('?'), plain(Enter), plain(KeyCode::F(1))], "Esc q ?", A::Back, "", "back"),
];

/// Everywhere.
pub static ALWAYS: &[Binding] = &[
    row(&[ctrl('c')], "Ctrl-C", A::Quit, "quit at once", ""),
    row(&[ctrl('z')], "Ctrl-Z", A::Suspend, "back to the shell, until fg", ""),
    row(&[ctrl('l')], "Ctrl-L", A::Redraw, "draw the screen anew", ""),
];

/// The hints of these keys that fit into a line of so many columns: keys, and what they do. The last go first; but how
/// to leave and where to learn the others stay longest.
pub fn hints(bindings: &[Binding], width: usize) -> Vec<(&'static str, &'static str)> {
    let stays = |row: &Binding| matches!(row.action, A::Help | A::Quit | A::Back | A::Done);
    let mut rows: Vec<&Binding> = bindings.iter().filter(|row| !row.hint.is_empty()).collect();
    let shown = |row: &Binding| (row.shown.split(' ').next().unwrap_or_default(), row.hint);
    // A space before the key, before the hint and behind it.
    let columns = |row: &&Binding| {
        let (key, hint) = shown(row);
        key.len() + hint.len() + 3
    };
    while rows.iter().map(columns).sum::<usize>() > width {
        let Some(last) = rows.iter().rposition(|row| !stays(row)).or(rows.len().checked_sub(1)) else { break };
        rows.remove(last);
    }
    rows.into_iter().map(shown).collect()
}

/// What a key does, where `bindings` hold.
pub fn action(bindings: &[Binding], event: &KeyEvent) -> Option<Action> {
    // With Alt a key means something else, and nothing here.
    if event.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::META | KeyModifiers::SUPER) {
        return None;
    }
    let key = (event.code, event.modifiers.contains(KeyModifiers::CONTROL));
    ALWAYS.iter().chain(bindings).find(|binding| binding.keys.contains(&key)).map(|binding| binding.action)
}

/// The character that a key types.
pub fn typed(event: &KeyEvent) -> Option<char> {
    match event.code {
        KeyCode::Char(c) if !event.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => Some(c),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things() {
        for bindings in [LIST, TYPING, READING, COMPARING, NOTING, FACETS, HELP] {
            let keys: Vec<_> = ALWAYS.iter().chain(bindings).flat_map(|binding| binding.keys).collect();
            for (i, key) in keys.iter().enumerate() {
                assert!(!keys[..i].contains(key), "{key:?}");
            }
        }
    }

    #[test]
    fn hints_fit_the_line() {
        for bindings in [LIST, TYPING, READING, COMPARING, NOTING, FACETS, HELP] {
            for width in 0..120 {
                let line =
                    hints(bindings, width).iter().map(|(key, hint)| format!(" {key} {hint} ")).collect::<Vec<_>>().concat();
                assert!(line.len() <= width, "{width}: {line}");
            }
        }
        assert_eq!(hints(LIST, 20), [("?", "help"), ("q", "quit")]);
        assert_eq!(hints(READING, 45), [("Esc", "back"), ("Space", "read on"), ("Right", "next"), ("?", "help")]);
    }

    #[test]
    fn letters_are_typed_where_letters_are_text() {
        for bindings in [TYPING, NOTING, FACETS] {
            for binding in bindings {
                let letters = binding.keys.iter().filter(|(code, ctrl)| matches!(code, KeyCode::Char(c) if *c != ' ') && !ctrl);
                assert_eq!(letters.count(), 0, "{}", binding.shown);
            }
        }
    }
}
