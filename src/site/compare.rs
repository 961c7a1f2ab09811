//! Ideas side by side as one page that stands alone.

use std::io::{self, Write};

use maud::html;

use super::{frame, published};
use crate::idea::Idea;
use crate::query::fit::Wishes;
use crate::render::compare::{Comparison, cells};
use crate::render::{facts, safe};

/// Writes a comparison of ideas, or only of what differs, as an HTML page that needs no other file. Addresses are left out unless they
/// are asked for.
///
/// # Errors
///
/// `out` cannot be written.
pub fn write(
    ideas: &[&Idea],
    wishes: Option<&Wishes>,
    only_differences: bool,
    with_addresses: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let published = published::publish(ideas, with_addresses);
    let comparison = Comparison::new(published.iter().collect(), wishes);
    let comparison = if only_differences { comparison.differences() } else { comparison };
    let rows = comparison.rows();
    let main = html! {
        h1 { "Comparison" }
        p.meta { "≠ marks what differs." }
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
                            th scope="row" { (label) @if differs { " ≠" } }
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
            write(&[&full, &hostile], None, false, with_addresses, &mut out).unwrap();
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
