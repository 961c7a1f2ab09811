//! The state machine driven by keys, and its screens as people see them.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::Color;

use super::*;
use crate::query::tests::idea;
use crate::store::Entry;

const LOOK: Look = Look { width: None, color: true, links: true, unicode: true, today: None };

fn ideas() -> Vec<Idea> {
    let with = |title: &str, facts: &[(&str, &str)]| idea(title, facts);
    vec![
        with(
            "A Helm chart for lanterns",
            &[
                ("project", "Lanternfish"),
                ("program", "lfx"),
                ("term", "2026-1"),
                ("skills", "Go|Helm"),
                ("difficulty", "easy"),
                ("hours", "175"),
                ("mentors", "Ada Brook, ada-brook"),
                ("upstream", "https://example.org/lantern/1"),
                ("description", "Lanterns are lit **by hand** today.\n\n- light them\n- keep them alight"),
            ],
        ),
        with("Prune what nobody waters", &[("project", "Orchard"), ("program", "gsoc"), ("skills", "Go"), ("hours", "350")]),
        with("日本語の説明を書く 👩\u{200d}🚀", &[("project", "Orchard"), ("difficulty", "hard"), ("skills", "Rust")]),
    ]
}

/// A browser over the ideas, in a window.
fn browser(ideas: &[Idea], columns: u16, rows: u16) -> Browser<'_> {
    let mut browser = Browser::new(ideas.iter().collect(), None, Marks::default(), Purpose::Browse, LOOK);
    browser.on(&Event::Resize(columns, rows));
    browser
}

/// Presses keys: letters, and names in angle brackets. Returns the last effect.
fn press(browser: &mut Browser<'_>, keys: &str) -> Option<Effect> {
    let mut effect = None;
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let (code, modifiers, len) = match rest.split_once('>') {
            Some((name, _)) if c == '<' => {
                let name = &name[1..];
                let (modifiers, bare) = match name.strip_prefix("C-") {
                    Some(bare) => (KeyModifiers::CONTROL, bare),
                    None => (KeyModifiers::NONE, name),
                };
                (code(bare), modifiers, name.len() + 2)
            }
            _ => (KeyCode::Char(c), KeyModifiers::NONE, c.len_utf8()),
        };
        effect = browser.on(&Event::Key(KeyEvent::new(code, modifiers)));
        rest = &rest[len..];
    }
    effect
}

fn code(name: &str) -> KeyCode {
    match name {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "Down" => KeyCode::Down,
        "Up" => KeyCode::Up,
        "Right" => KeyCode::Right,
        "Left" => KeyCode::Left,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "PgDn" => KeyCode::PageDown,
        "PgUp" => KeyCode::PageUp,
        "BS" => KeyCode::Backspace,
        "Del" => KeyCode::Delete,
        letter => KeyCode::Char(letter.chars().next().unwrap()),
    }
}

fn buffer(browser: &Browser<'_>) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(browser.size.0, browser.size.1)).unwrap();
    terminal.draw(|frame| view::draw(browser, frame)).unwrap();
    terminal.backend().buffer().clone()
}

/// The rows of the screen, without the spaces at their ends.
fn screen(browser: &Browser<'_>) -> String {
    let buffer = buffer(browser);
    let mut rows = Vec::new();
    for y in 0..buffer.area.height {
        let (mut row, mut covered) = (String::new(), 0);
        for x in 0..buffer.area.width {
            // A wide character covers the cell behind it.
            if covered == 0 {
                let symbol = buffer[(x, y)].symbol();
                row.push_str(symbol);
                covered = crate::render::fit::width(symbol).saturating_sub(1);
            } else {
                covered -= 1;
            }
        }
        rows.push(row.trim_end().to_owned());
    }
    rows.join("\n")
}

fn titles(browser: &Browser<'_>) -> Vec<usize> {
    browser.shown.clone()
}

#[test]
fn a_list_and_an_idea_beside_it() {
    let ideas = ideas();
    let mut browser = browser(&ideas, 80, 16);
    press(&mut browser, "b<Down>");
    let expected = "\x20Ideas  / to filter                                       3 of 3 · newest first
────────────────────────────────────┬───────────────────────────────────────────
 ★ A Helm chart for lanterns        │ Prune what nobody waters
▌  Prune what nobody waters         │
   日本語の説明を書く 👩🚀          │ Id          prune-what-nobody-waters
                                    │ Project     Orchard
                                    │ Program     gsoc
                                    │ Difficulty  not stated
                                    │ Size        350 hours
                                    │ Skills      Go
                                    │ Tags        go
                                    │ Mentors     not stated
                                    │ Source      ideas.md:1
                                    │
                                    │
 / filter  Enter open  f facets  s sort  b shortlist  ? help  q quit";
    assert_eq!(screen(&browser), expected);
}

#[test]
fn narrow_windows_show_one_thing() {
    let ideas = ideas();
    let mut browser = browser(&ideas, 40, 10);
    let list = "\x20/ to filter                        3/3
▌  A Helm chart for lanterns
   Prune what nobody waters
   日本語の説明を書く 👩🚀





 / filter  Enter open  ? help  q quit";
    assert_eq!(screen(&browser), list);
    press(&mut browser, "<Enter>");
    let idea = "\x20/ to filter                        3/3
 A Helm chart for lanterns             ┃
                                       ┃
 Id          a-helm-chart-for-lanterns ┃
 Project     Lanternfish               │
 Program     lfx 2026-1                │
 Difficulty  easy                      │
 Size        175 hours                 │
 Skills      Go; Helm                  │
 Esc back  Space read on  b shortlist";
    assert_eq!(screen(&browser).lines().take(9).collect::<Vec<_>>(), idea.lines().take(9).collect::<Vec<_>>());
    press(&mut browser, "<Esc>");
    browser.on(&Event::Resize(20, 5));
    assert_eq!(screen(&browser), " /              3/3\n▌  A Helm chart fo…\n   Prune what nobo…\n   日本語の説明を…\n");
}

#[test]
fn typing_filters_and_marks() {
    let ideas = ideas();
    let mut browser = browser(&ideas, 80, 24);
    press(&mut browser, "/hlm");
    assert_eq!(titles(&browser), [0]);
    assert!(screen(&browser).starts_with(" Ideas  /hlm                                                1 of 3 · best match\n"));
    let hits = buffer(&browser);
    let underlined: String = (0..36)
        .filter(|&x| hits[(x, 2)].modifier.contains(ratatui::style::Modifier::UNDERLINED))
        .map(|x| hits[(x, 2)].symbol())
        .collect();
    assert_eq!(underlined, "Hlm");
    press(&mut browser, "<C-w>zzz");
    assert!(screen(&browser).contains(" nothing matches (Esc goes back)"));
    assert_eq!(press(&mut browser, "<Enter><Enter>boOy"), None, "there is nothing to act on");
    press(&mut browser, "<Esc>");
    assert_eq!((titles(&browser).len(), browser.mode), (3, Mode::List));
    press(&mut browser, "/q<BS><BS>");
    assert_eq!(browser.mode, Mode::List, "the letter is gone, then the filter");
    browser.on(&Event::Paste("prune\n\u{1b}[2J".to_owned()));
    assert_eq!(browser.text, "prune [2J");
    assert_eq!(press(&mut browser, "<C-c>"), Some(Effect::Quit));
}

#[test]
fn facets_add_up() {
    let ideas = ideas();
    let mut browser = browser(&ideas, 100, 30);
    press(&mut browser, "fgo <Esc>");
    assert_eq!(titles(&browser), [0, 1], "both need Go");
    press(&mut browser, "ru ");
    assert_eq!(titles(&browser), [0, 1, 2], "Go or Rust");
    // Among those, by size: what the others leave is counted.
    press(&mut browser, "<Tab><Tab>");
    let panel = screen(&browser);
    assert!(panel.contains(" Skill 2  Difficulty [Size] Program "), "{panel}");
    for row in [
        "[ ] 175 hours                                                            1",
        "[ ] not stated                                                           1",
    ] {
        assert!(panel.contains(row), "{panel}");
    }
    press(&mut browser, "<End> <Enter>");
    assert_eq!(titles(&browser), [2]);
    assert!(screen(&browser).contains("\n [go or rust] [size not stated]\n"), "{}", screen(&browser));
    press(&mut browser, "f<C-x><Left><Left><Del><Esc>");
    assert_eq!(titles(&browser).len(), 3);
    press(&mut browser, "f <Esc>");
    press(&mut browser, "<Esc>");
    assert_eq!(titles(&browser).len(), 3, "one step back is all facets gone");
    assert!(screen(&browser).contains("3 of 3"));
}

#[test]
fn orders() {
    let ideas = ideas();
    let mut browser = browser(&ideas, 80, 24);
    for (keys, order, shown) in [
        ("S", "newest first, reversed", [2, 1, 0]),
        ("S", "newest first", [0, 1, 2]),
        ("s", "title", [0, 1, 2]),
        ("s", "project", [0, 1, 2]),
        ("S", "project, reversed", [1, 2, 0]),
        ("sS", "difficulty", [0, 2, 1]),
        ("S", "difficulty, reversed", [2, 0, 1]),
    ] {
        press(&mut browser, keys);
        assert_eq!((browser.order_name().as_str(), titles(&browser)), (order, shown.to_vec()), "{keys}");
    }
    press(&mut browser, "/a");
    assert_eq!(browser.order_name(), "difficulty, reversed", "an order that was chosen holds for what is found");
    let sort: Sort = "-title".parse().unwrap();
    let given = Browser::new(ideas.iter().collect(), Some(&sort), Marks::default(), Purpose::Browse, LOOK);
    assert_eq!(given.order_name(), "-title");
}

/// What an effect does to the shortlist, in a few words.
fn change(effect: Option<Effect>) -> String {
    let Some(Effect::Shortlist(changes)) = effect else { return format!("{effect:?}") };
    let ids = |ids: &BTreeSet<String>| ids.iter().map(String::as_str).collect::<Vec<_>>().join(",");
    let entry = |entry: &Entry| format!("{} {:?}", entry.id, entry.note.as_deref().unwrap_or_default());
    let words = changes.iter().map(|change| match change {
        ShortlistChange::Add(entries) => format!("+{}", entries.iter().map(entry).collect::<Vec<_>>().join(",")),
        ShortlistChange::Remove(removed) => format!("-{}", ids(removed)),
        ShortlistChange::Note(noted, note) => format!("{}: {note}", ids(noted)),
        ShortlistChange::Status(of, status) => format!("{}: {status}", ids(of)),
    });
    words.collect::<Vec<_>>().join("; ")
}

#[test]
fn the_shortlist_is_changed_or_the_change_is_refused() {
    let ideas = ideas();
    let mut browser = browser(&ideas, 80, 24);
    assert_eq!(change(press(&mut browser, "jb")), "+prune-what-nobody-waters \"\"");
    press(&mut browser, "B");
    assert_eq!(titles(&browser), [1]);
    assert!(screen(&browser).contains(" [shortlisted]"));
    assert_eq!(change(press(&mut browser, "b")), "-prune-what-nobody-waters");
    assert_eq!(titles(&browser), [0; 0], "what is no longer shortlisted is gone");
    browser.refuse("the disk is full");
    assert_eq!(titles(&browser), [1]);
    assert!(screen(&browser).ends_with(" the disk is full"));
    press(&mut browser, "<Esc>");
    assert_eq!(titles(&browser), [0, 1, 2]);
}

#[test]
fn notes_are_written() {
    let ideas = ideas();
    let mut browser = browser(&ideas, 80, 24);
    press(&mut browser, "nask adaa<BS>");
    assert!(screen(&browser).ends_with(" Note: ask ada"), "{}", screen(&browser));
    let noted = "+a-helm-chart-for-lanterns \"\"; a-helm-chart-for-lanterns: ask ada";
    assert_eq!(change(press(&mut browser, "<Enter>")), noted, "the idea is shortlisted, too");
    assert_eq!(change(press(&mut browser, "<Enter>n<C-w>Bo<Enter>")), "a-helm-chart-for-lanterns: ask Bo");
    assert_eq!(press(&mut browser, "nq<Esc>"), None);
    assert_eq!(browser.mode, Mode::Reading);
    // Taken off by mistake, it comes back with its note.
    assert_eq!(change(press(&mut browser, "b")), "-a-helm-chart-for-lanterns");
    assert!(screen(&browser).ends_with("b puts it back with its note, until you quit"));
    assert_eq!(change(press(&mut browser, "b")), "+a-helm-chart-for-lanterns \"ask Bo\"");
    assert_eq!(press(&mut browser, "<Esc>jn<Enter>"), None, "an empty note is none");
}

#[test]
fn several_are_selected() {
    let ideas = ideas();
    let mut browser = browser(&ideas, 80, 16);
    press(&mut browser, " <Down> k");
    let selected = screen(&browser);
    for row in [" [2 selected]", "  ✓ A Helm chart", "▌   Prune what", "  ✓ 日本語"] {
        assert!(selected.contains(&format!("\n{row}")), "{row}: {selected}");
    }
    press(&mut browser, "c");
    let compared = screen(&browser);
    assert!(compared.contains("\n ≠ Project     Lanternfish") && compared.contains("\n ≠ Program     lfx"), "{compared}");
    press(&mut browser, "Gg?<Esc>q");
    assert_eq!(press(&mut browser, "Y"), Some(Effect::Copy(format!("{} {}", ideas[0].id, ideas[2].id))));
    let added = format!("+{} \"\"; +{} \"\"", ideas[0].id, ideas[2].id);
    assert_eq!(change(press(&mut browser, "b")), added);
    assert!(browser.selection.is_empty() && screen(&browser).contains("2 ideas shortlisted"), "{}", screen(&browser));
    // One of them is there: the other is added. Both are: both are taken off.
    assert_eq!(change(press(&mut browser, "g  b")), "+prune-what-nobody-waters \"\"");
    assert_eq!(change(press(&mut browser, "g  b")), format!("-{}; -{}", ideas[0].id, ideas[1].id));
    press(&mut browser, " <Esc>");
    assert!(browser.selection.is_empty(), "one step back");
}

#[test]
fn a_comparison_says_what_fits_the_user() {
    let ideas = ideas();
    for (skills, fits) in [(None, false), (Some("go"), true)] {
        let mut browser = browser(&ideas, 80, 30);
        if let Some(skills) = skills {
            let mut wishes = Wishes::default();
            wishes.have(skills).unwrap();
            browser.compare_with(wishes);
        }
        press(&mut browser, " j c");
        let compared = screen(&browser);
        assert_eq!(compared.contains("You have"), fits, "{compared}");
    }
}

#[test]
fn what_leaves_the_screen() {
    let ideas = ideas();
    let mut browser = browser(&ideas, 80, 24);
    let Some(Effect::Show(address)) = press(&mut browser, "o") else { panic!("no address") };
    assert_eq!(address.as_str(), "https://example.org/lantern/1");
    assert_eq!(press(&mut browser, "O"), None);
    assert!(screen(&browser).ends_with(" the URL of the page is not known"));
    assert_eq!(press(&mut browser, "jo"), None);
    assert!(screen(&browser).ends_with(" no upstream issue is named"));
    assert_eq!(press(&mut browser, "<C-z>"), Some(Effect::Suspend));
    assert_eq!(press(&mut browser, "<C-l>"), Some(Effect::Redraw));
    assert_eq!(press(&mut browser, "<Esc>"), None);
    assert!(screen(&browser).ends_with(" nothing is filtered; q quits"));
    assert_eq!(press(&mut browser, "<Enter>q"), None, "out of the idea");
    assert_eq!(press(&mut browser, "q"), Some(Effect::Quit));
}

#[test]
fn urls_and_ids_are_copied() {
    let mut ideas = ideas();
    ideas[1].source.url = Some("https://example.org/ideas.md".to_owned());
    let mut browser = browser(&ideas, 120, 24);
    let copied = |text: &str| Some(Effect::Copy(text.to_owned()));
    for (keys, text, told) in [
        ("y", "https://example.org/lantern/1", "the URL of the upstream issue"),
        ("Y", "a-helm-chart-for-lanterns", "the id"),
        ("jy", "https://example.org/ideas.md", "the URL of the page"),
        ("k  y", "https://example.org/lantern/1 https://example.org/ideas.md", "2 URLs"),
        (" y", "https://example.org/lantern/1 https://example.org/ideas.md", "2 URLs (the others have none)"),
        ("Y", &format!("{} {} {}", ideas[0].id, ideas[1].id, ideas[2].id), "3 ids"),
    ] {
        assert_eq!(press(&mut browser, keys), copied(text), "{keys}");
        let told = format!(" copied {told}, if the terminal allows it (OSC 52)");
        assert!(screen(&browser).contains(&told), "{}", screen(&browser));
    }
    press(&mut browser, "<Esc>G");
    assert_eq!(press(&mut browser, "y"), None);
    assert!(screen(&browser).ends_with(" nothing was copied: there is no URL of an issue or page; Y copies the id"));
    press(&mut browser, "o");
    assert!(screen(&browser).ends_with(" no upstream issue is named"));
    press(&mut browser, "ko");
    assert!(screen(&browser).ends_with(" no upstream issue is named; O opens the page"));
    // Where there is no room for advice, what happened is still whole.
    browser.on(&Event::Resize(40, 24));
    assert!(screen(&browser).ends_with("\n no upstream issue is named"), "{}", screen(&browser));
}

#[test]
fn titles_have_the_room_they_need() {
    let long = "🚀 Keep the lights of the harbour alight through a long night";
    let facts =
        [("project", "Lanternfish"), ("difficulty", "easy"), ("hours", "175"), ("skills", "Go"), ("mentors", "Ada Brook")];
    let ideas = [idea(long, &facts), idea("Short", &facts)];
    for (columns, list, row) in [
        (40, 40, "▌  🚀 Keep the lights of the harbour a…"),
        (80, 36, "▌  🚀 Keep the lights of the harbo… │"),
        (120, 54, "▌  🚀 Keep the lights of the harbour alight through"),
        (160, 72, "▌  🚀 Keep the lights of the harbour alight through a long night "),
        (200, 105, "▌  🚀 Keep the lights of the harbour alight through a long night  Lanternfish  easy  175  go  Ada Brook"),
    ] {
        let browser = browser(&ideas, columns, 12);
        let screen = screen(&browser);
        assert_eq!(view::areas(&browser).list.width, list, "{screen}");
        assert!(screen.contains(&format!("\n{row}")), "{screen}");
    }
}

#[test]
fn an_idea_is_read() {
    let ideas = ideas();
    let mut browser = browser(&ideas, 50, 9);
    press(&mut browser, "<Enter>G");
    let end = screen(&browser);
    assert!(end.contains("\n • light them") && end.contains("\n • keep them alight"), "{end}");
    press(&mut browser, "k");
    assert!(!screen(&browser).contains("keep them"), "{}", screen(&browser));
    press(&mut browser, "g");
    assert!(screen(&browser).contains(" A Helm chart for lanterns"));
    press(&mut browser, "<PgDn> <PgUp>jJ");
    assert!(screen(&browser).contains(" Prune what nobody waters"), "the next begins at its beginning");
    press(&mut browser, "<Right>Jp");
    assert!(screen(&browser).contains("Prune"));
    press(&mut browser, "?");
    assert!(screen(&browser).starts_with(" In the list "), "{}", screen(&browser));
    press(&mut browser, "<PgDn>jk<End>G");
    assert!(screen(&browser).contains("Shift-drag"));
    press(&mut browser, "?");
    assert!(screen(&browser).contains("Prune"));
}

#[test]
fn one_is_picked() {
    let ideas = ideas();
    let new = || {
        let mut browser = Browser::new(ideas.iter().collect(), None, Marks::default(), Purpose::Pick, LOOK);
        browser.on(&Event::Resize(80, 24));
        browser
    };
    let mut browser = new();
    assert!(screen(&browser).starts_with(" Which ideas?  /"));
    assert_eq!(press(&mut browser, "water<Enter>"), Some(Effect::Pick(vec![1])));
    assert_eq!(press(&mut new(), "<Down><Down><Enter>"), Some(Effect::Pick(vec![2])));
    assert_eq!(press(&mut new(), "x<Esc><Esc>"), Some(Effect::Quit));
    assert_eq!(press(&mut new(), "<Tab><Down><Tab><Enter>"), Some(Effect::Pick(vec![0, 2])), "Tab selects several");
    assert_eq!(press(&mut new(), "water<Esc> <Enter>"), Some(Effect::Pick(vec![1])), "as Space does, where it types nothing");
    assert_eq!(press(&mut new(), "zzz<Enter>"), None, "there is nothing to pick");
}

#[test]
fn the_mouse_points_and_opens() {
    let ideas = ideas();
    let mut browser = browser(&ideas, 80, 12);
    let mouse = |kind, column, row| Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE });
    let click = |column, row| mouse(MouseEventKind::Down(MouseButton::Left), column, row);
    browser.on(&click(5, 3));
    assert_eq!((browser.list.selected, browser.mode), (1, Mode::List));
    browser.on(&click(5, 9));
    assert_eq!(browser.list.selected, 1, "there is no idea");
    browser.on(&click(5, 3));
    assert_eq!(browser.mode, Mode::Reading);
    press(&mut browser, "q");
    browser.on(&mouse(MouseEventKind::ScrollUp, 5, 4));
    assert_eq!(browser.list.selected, 0);
    browser.on(&mouse(MouseEventKind::ScrollDown, 60, 4));
    assert_eq!((browser.list.selected, browser.scroll), (0, 3), "the wheel moves what is under it");
    browser.on(&click(3, 0));
    assert_eq!(browser.mode, Mode::Typing);
    press(&mut browser, "<Esc>f");
    let panel = view::panel_area(&browser);
    browser.on(&click(panel.x + 5, panel.y + 2));
    assert_eq!(titles(&browser), [0, 1]);
    browser.on(&click(panel.x + 5, panel.y + 1));
    assert_eq!(browser.panel.facet, Dimension::Difficulty);
    browser.on(&click(panel.x - 1, panel.y));
    assert_eq!(browser.mode, Mode::List);
}

#[test]
fn without_colour_and_without_unicode_nothing_is_lost() {
    let ideas = ideas();
    let look = Look { color: false, unicode: false, ..LOOK };
    let mut browser = Browser::new(ideas[..2].iter().collect(), None, Marks::default(), Purpose::Browse, look);
    browser.on(&Event::Resize(80, 24));
    press(&mut browser, "/lan<Enter>b");
    let plain = screen(&browser);
    assert!(plain.contains("\n>* A Helm chart for lanterns        | A Helm") && plain.is_ascii(), "{plain}");
    press(&mut browser, "f ");
    assert!(screen(&browser).is_ascii(), "{}", screen(&browser));
    for cell in buffer(&browser).content() {
        assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset));
    }
}

#[test]
fn nothing_a_page_says_commands_the_terminal() {
    let text = "a\u{1b}]0;x\u{7}\u{9b}31m\u{202e}b\n\tc";
    let facts = ["organization", "project", "skills", "mentors", "description", "outcomes", "upstream"].map(|fact| (fact, text));
    let ideas = [idea(text, &facts)];
    let mut browser = browser(&ideas, 80, 24);
    for keys in ["", "/a", "<Enter>", "f<Tab><Tab><Tab> ", "<Esc>O", "<Enter>"] {
        press(&mut browser, keys);
        for cell in buffer(&browser).content() {
            assert!(!cell.symbol().contains(safe::is_hidden), "{keys}: {:?}", cell.symbol());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Whatever is pressed, in whatever window: a screen comes out of it, and what is pointed at is there.
    #[test]
    fn no_keys_and_no_window_break_it(
        steps in proptest::collection::vec(("[a-zA-Z/? ]|<(Enter|Esc|Tab|Down|Up|Left|Right|Home|End|PgDn|PgUp|BS|Del|C-[a-z])>", 0..90_u16, 0..30_u16), 1..40)
    ) {
        let ideas = ideas();
        let mut browser = browser(&ideas, 80, 24);
        for (keys, columns, rows) in steps {
            press(&mut browser, &keys);
            let mouse = MouseEvent { kind: MouseEventKind::Down(MouseButton::Left), column: columns, row: rows, modifiers: KeyModifiers::NONE };
            browser.on(&Event::Mouse(mouse));
            browser.on(&Event::Resize(columns, rows));
            buffer(&browser);
            prop_assert!(browser.shown.is_empty() || browser.current().is_some());
        }
    }
}
