//! Invented ideas, written in the ways in which organizations write them.

use std::fmt::Write as _;

const DEEDS: [&str; 12] = [
    "Rewrite",
    "Speed up",
    "Document",
    "Redesign",
    "Automate",
    "Simplify",
    "Extend",
    "Modernize",
    "Benchmark",
    "Package",
    "Translate",
    "Harden",
];
const THINGS: [&str; 17] = [
    "scheduler",
    "importer",
    "plugin manager",
    "test suite",
    "map view",
    "parser",
    "sync engine",
    "video player",
    "query planner",
    "installer",
    "mobile client",
    "search index",
    "type checker",
    "audio mixer",
    "dashboard",
    "file browser",
    "notification service",
];
const PLACES: [&str; 5] = ["Quince", "Medlar", "Sorrel", "Tansy", "Bilberry"];
const SKILLS: [&str; 6] = ["Go, SQL", "Rust, Linux", "Python, Django", "C++, CMake", "JavaScript, React", "Java, Docker"];
const MENTORS: [&str; 5] = ["Ada Brook", "Ben Carver", "Cleo Dunne", "Dana Elms", "Emil Frost"];
const SIZES: [&str; 3] = ["90 hours", "175 hours", "350 hours"];
const LEVELS: [&str; 3] = ["Easy", "Medium", "Hard"];

/// An idea.
#[derive(Clone, Debug)]
pub(super) struct Idea {
    pub(super) title: String,
    about: String,
    facts: [(&'static str, String); 4],
}

/// How ideas follow each other on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// A heading each, and below it a list of facts.
    Bullets,
    /// A heading each, and below it a paragraph for each fact.
    Lines,
    /// One table, a row each.
    Table,
}

/// The ideas of the organization at a place in the directory: two to six, and nobody else has one that is called so.
pub(super) fn of(at: usize) -> Vec<Idea> {
    (0..2 + at % 5).map(|n| idea(at * 6 + n)).collect()
}

fn idea(n: usize) -> Idea {
    let (deed, thing) = (DEEDS[n % DEEDS.len()], THINGS[n / DEEDS.len() % THINGS.len()]);
    let place = PLACES[n / (DEEDS.len() * THINGS.len()) % PLACES.len()];
    Idea {
        title: format!("{deed} the {thing} of {place}"),
        about: format!(
            "The {thing} of {place} was written years ago, and people who use it every day have asked for a better one. The aim is \
             one that is easy to maintain, with tests and a short guide."
        ),
        facts: [
            ("Skills", SKILLS[n % SKILLS.len()].to_owned()),
            ("Mentors", format!("{}, {}", MENTORS[n % MENTORS.len()], MENTORS[(n + 2) % MENTORS.len()])),
            ("Project size", SIZES[n % SIZES.len()].to_owned()),
            ("Difficulty", LEVELS[n / 2 % LEVELS.len()].to_owned()),
        ],
    }
}

impl Idea {
    /// The idea as the text of an issue or of a page of its own, below its title.
    pub(super) fn body(&self) -> String {
        let mut text = format!("{}\n\n", self.about);
        for (name, value) in &self.facts {
            let _ = writeln!(text, "- **{name}:** {value}");
        }
        text
    }
}

pub(super) fn markdown(ideas: &[Idea], layout: Layout) -> String {
    let mut page = String::new();
    if layout == Layout::Table {
        page.push_str("| Project | Description | Skills | Mentors | Project size | Difficulty |\n|---|---|---|---|---|---|\n");
        for Idea { title, about, facts: [skills, mentors, size, level] } in ideas {
            let _ = writeln!(page, "| {title} | {about} | {} | {} | {} | {} |", skills.1, mentors.1, size.1, level.1);
        }
        return page;
    }
    for idea in ideas {
        let _ = writeln!(page, "## {}\n", idea.title);
        if layout == Layout::Bullets {
            let _ = writeln!(page, "{}", idea.body());
            continue;
        }
        let _ = writeln!(page, "{}\n", idea.about);
        for (name, value) in &idea.facts {
            let _ = writeln!(page, "**{name}**: {value}\n");
        }
    }
    page
}

pub(super) fn html(ideas: &[Idea], layout: Layout) -> String {
    let mut page = String::new();
    if layout == Layout::Table {
        page.push_str("<table><thead><tr><th>Project</th><th>Description</th><th>Skills</th><th>Mentors</th><th>Project size</th><th>Difficulty</th></tr></thead><tbody>\n");
        for Idea { title, about, facts: [skills, mentors, size, level] } in ideas {
            let _ = writeln!(
                page,
                "<tr><td>{title}</td><td>{about}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                skills.1, mentors.1, size.1, level.1
            );
        }
        return page + "</tbody></table>\n";
    }
    for Idea { title, about, facts } in ideas {
        let id = title.to_lowercase().replace(' ', "-");
        let _ = writeln!(
            page,
            "<h2 id=\"{id}\">{title}<a class=\"headerlink\" href=\"#{id}\" title=\"Permanent link\">¶</a></h2>\n<p>{about}</p>"
        );
        if layout == Layout::Bullets {
            let items = facts.iter().map(|(name, value)| format!("<li><strong>{name}:</strong> {value}</li>\n"));
            let _ = writeln!(page, "<ul>\n{}</ul>", items.collect::<String>());
        } else {
            for (name, value) in facts {
                let _ = writeln!(page, "<p><b>{name}</b>: {value}</p>");
            }
        }
    }
    page
}

/// A document of Google's, as its export has it: bold only by class, and each list by itself.
pub(super) fn document(ideas: &[Idea]) -> String {
    let mut page = String::from(
        "<html><head><meta content=\"text/html; charset=UTF-8\" http-equiv=\"content-type\"><style type=\"text/css\">\
         ol{margin:0;padding:0}.c0{font-size:20pt;font-weight:400}.c2{font-weight:700}.c4{color:#000000;font-weight:400;font-size:11pt}\
         .c6{padding:0;margin:0}.c8{margin-left:36pt;padding-left:0pt}</style></head><body class=\"c9 doc-content\">\
         <p class=\"c3 title\"><span class=\"c0\">Summer of Code ideas</span></p>",
    );
    for (n, Idea { title, about, facts }) in ideas.iter().enumerate() {
        let _ = write!(
            page,
            "<h2 class=\"c5\" id=\"h.x{n}\"><span class=\"c7\">{title}</span></h2><p class=\"c1\"><span class=\"c4\">{about}</span></p>"
        );
        for (name, value) in facts {
            let _ = write!(
                page,
                "<ul class=\"c6 lst-kix_{n}-0 start\"><li class=\"c1 c8 li-bullet-0\"><span class=\"c2\">{name}: </span><span class=\"c4\">{value}</span></li></ul>"
            );
        }
        page.push_str("<p class=\"c1 c10\"><span class=\"c4\"></span></p>");
    }
    page + "</body></html>"
}
