//! Ideas side by side as one page that stands alone.

use std::io::{self, Write};

use maud::html;

use super::{frame, published};
use crate::idea::Idea;
use crate::render::compare::{Comparison, cells, mark};
use crate::render::{facts, safe};

/// Ideas as others may see them: without the folders of this machine, and without e-mail addresses unless they are asked for.
pub fn published(ideas: &[&Idea], with_addresses: bool) -> Vec<Idea> {
    published::publish(ideas, with_addresses)
}

/// Writes a comparison of ideas that are [`published`] as an HTML page that needs no other file.
///
/// # Errors
///
/// `out` cannot be written.
pub fn write(comparison: &Comparison<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rows = comparison.rows();
    let main = html! {
        h1 { "Comparison" }
        p.meta { (mark(true)) " marks what differs." }
        div.wide {
            table.compare {
                thead {
                    tr {
                        td {}
                        @for idea in &comparison.ideas {
                            th scope="col" dir="auto" {
                                @if let Some(url) = idea.source.url.as_deref().and_then(safe::url) {
                                    a href=(url) rel="nofollow noopener noreferrer" { (safe::line(&idea.title.value)) }
                                } @else { (safe::line(&idea.title.value)) }
                            }
                        }
                    }
                }
                tbody {
                    @for row in &rows {
                        @let (label, differs, said) = cells(row, comparison.ideas.len());
                        tr.differs[differs] {
                            th scope="row" { (label) @if differs { " " (mark(true)) } }
                            @for text in &said {
                                td dir="auto" {
                                    @match text {
                                        Some(text) => (text),
                                        None if row.is_fact() => span.none { (facts::NOT_STATED) },
                                        None => {},
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    out.write_all(&frame::alone("Comparison", &main))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    #[test]
    fn a_page_of_facts_side_by_side() {
        let (full, hostile) = (sample::idea(), sample::hostile());
        let page = |with_addresses| {
            let mut out = Vec::new();
            let ideas = published(&[&full, &hostile], with_addresses);
            write(&Comparison::new(ideas.iter().collect(), None), &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        let text = page(false);
        for said in
            ["<th scope=\"col\" dir=\"auto\">Deploying Kubeflow with Helm</th>", "<th scope=\"row\">Hours ≠</th>", "not stated"]
        {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(!text.contains("<script") && !text.contains("@example.org"), "{text}");
        assert!(!text.contains(|c| safe::is_hidden(c) && c != '\n'), "{text:?}");
    }
}
