//! Ideas for the tests of this room: a complete one, and one whose page means harm.

use crate::idea::{Difficulty, Elsewhere, Idea, Mentor, Place, Program, Role, Status, Term};
use crate::text::Spanned;

fn said(text: &str) -> Option<Spanned<String>> {
    (!text.is_empty()).then(|| Spanned::nowhere(text.to_owned()))
}

fn list<const N: usize>(items: [&str; N]) -> Vec<Spanned<String>> {
    items.into_iter().map(|item| Spanned::nowhere(item.to_owned())).collect()
}

pub(crate) fn idea() -> Idea {
    Idea {
        id: "kubeflow-helm".to_owned(),
        title: Spanned::nowhere("Deploying Kubeflow with Helm".to_owned()),
        organization: said("CNCF"),
        project: said("Kubeflow"),
        program: Some(Spanned::nowhere(Program::Gsoc)),
        term: Some(Spanned::nowhere(Term { year: 2025, part: None })),
        summary: Some("Charts.".to_owned()),
        description: said("Charts, so that one command\ninstalls all.\n\n- one\n- two"),
        outcomes: list(["A Helm chart"]),
        skills: list(["Go", "Kubernetes & Helm"]),
        desirable: Vec::new(),
        tags: ["go", "helm"].map(Spanned::nowhere).to_vec(),
        mentors: vec![
            Mentor {
                name: said("Jane Doe"),
                github: said("jane"),
                email: said("jane@example.org"),
                lfid: None,
                role: Some(Spanned::nowhere(Role::Primary)),
            },
            Mentor { github: said("bob"), ..Mentor::default() },
        ],
        difficulty: vec![Spanned::nowhere(Difficulty::Medium)],
        hours: vec![Spanned::nowhere(175), Spanned::nowhere(350)],
        upstream: list(["https://example.org/1"]),
        links: list(["https://example.org/a"]),
        technologies: list(["Helm"]),
        status: Some(Spanned::nowhere(Status::Open)),
        prerequisites: None,
        proposal: None,
        check: None,
        source: Place { path: "pages/ideas.md".to_owned(), url: None, line: 7, anchor: None },
        also: Vec::new(),
    }
}

/// Escape sequences, bidi overrides, 8-bit controls, line separators, in every text of an idea.
pub(crate) fn hostile() -> Idea {
    let text =
        "=a\u{1b}]0;pwned\u{7}\u{1b}[2J\u{9b}31m\u{85}b\u{202e}c\u{2066}d\u{200b}\u{feff}\0\u{7f}\u{8}e\r\n\tf\rg\u{2028}h";
    let all = || said(text);
    Idea {
        id: text.to_owned(),
        organization: all(),
        project: all(),
        program: Some(Spanned::nowhere(Program::Other(text.to_owned()))),
        summary: Some(text.to_owned()),
        description: all(),
        outcomes: list([text]),
        skills: list([text]),
        mentors: vec![Mentor { name: all(), github: all(), email: all(), lfid: all(), role: None }],
        upstream: list([text, "https://example.org/\u{1b}\\x"]),
        links: list([text]),
        source: Place { path: text.to_owned(), url: Some(text.to_owned()), line: 1, anchor: None },
        also: vec![Elsewhere {
            id: text.to_owned(),
            program: Some(Program::Other(text.to_owned())),
            term: None,
            path: text.to_owned(),
            url: Some(text.to_owned()),
            line: 1,
        }],
        ..Idea::bare(text)
    }
}
