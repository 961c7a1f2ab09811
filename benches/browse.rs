//! What a keystroke costs on the full screen, from the key to the finished frame: 5,000 ideas, a large window. Prints a table;
//! asserts nothing, because machines are noisy. A frame of a screen takes 16.7 ms.
#![allow(missing_docs, clippy::unwrap_used)]

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use mentorship_ideas::browse::marks::Marks;
use mentorship_ideas::browse::{Browser, Purpose, view};
use mentorship_ideas::catalog::{Catalog, Origin};
use mentorship_ideas::idea::Idea;
use mentorship_ideas::render::Look;
use mentorship_ideas::text::Spanned;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const IDEAS: usize = 5_000;
const ROUNDS: usize = 20;

fn main() {
    let bundled = Catalog::load(&[Origin::Bundled]).ideas;
    let ideas: Vec<Idea> = (0..IDEAS)
        .map(|i| {
            // Different enough that no two are the same to the matcher.
            let (one, other) = (&bundled[i % bundled.len()], &bundled[(i * 7 + i / bundled.len()) % bundled.len()]);
            let title = Spanned::nowhere(format!("{} {i} {}", one.title.value, other.title.value));
            Idea { id: format!("{}-{i}", one.id), title, project: other.project.clone(), ..one.clone() }
        })
        .collect();
    let look = Look { color: true, unicode: true, ..Look::PLAIN };
    let mut terminal = Terminal::new(TestBackend::new(160, 50)).unwrap();

    let start = Instant::now();
    drop(Browser::new(ideas.iter().collect(), None, Marks::default(), Purpose::Browse, look));
    println!("{IDEAS} ideas, window of 160x50; {ROUNDS} rounds");
    println!("{:<34} {:>9.3} ms", "start", start.elapsed().as_secs_f64() * 1e3);
    for (what, keys) in [
        ("type a word", "/kubernetes"),
        ("type letters with gaps", "/kbrnts opr"),
        ("type, and take it back", "/helm chart\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}"),
        ("type what excludes", "/!kube go"),
        ("walk down", "jjjjjjjjjj"),
        ("sort", "ssssssS"),
        ("choose facets", "f \u{9} \u{9}\u{9} "),
    ] {
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            let mut browser = Browser::new(ideas.iter().collect(), None, Marks::default(), Purpose::Browse, look);
            browser.on(&Event::Resize(160, 50));
            for c in keys.chars() {
                let code = match c {
                    '\u{8}' => KeyCode::Backspace,
                    '\u{9}' => KeyCode::Tab,
                    c => KeyCode::Char(c),
                };
                let start = Instant::now();
                browser.on(&Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
                terminal.draw(|frame| view::draw(&browser, frame)).unwrap();
                times.push(start.elapsed());
            }
        }
        times.sort_unstable();
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        let (median, slow) = (times[times.len() / 2], times[times.len() * 99 / 100]);
        println!("{what:<34} {:>9.3} ms median {:>9.3} ms slowest of a hundred", ms(median), ms(slow));
    }
}
