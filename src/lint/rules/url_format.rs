//! `url-format`: what looks like a URL is one.

use crate::idea::link::{self, Broken};
use crate::labels::Kind;
use crate::lint::urls;
use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "url-format",
    level: Level::Warning,
    wants: "A URL begins with `https://` and has no space and no comma in it; fields of the form and keys hold a URL and nothing else.",
    why: "Nobody can follow `htps://`, and a link to `example.org` without `https://` leads to a file of that name beside the page. \
          The form refuses what is not one URL.",
    examples: &[
        Example {
            template: "lfx",
            good: "https://github.com/cloud-kitchen/kitchen/issues/12",
            bad: "https//github.com/cloud-kitchen/kitchen/issues/12",
            at: "https//",
        },
        Example {
            template: "lfx",
            good: "https://github.com/cloud-kitchen/kitchen/issues/12",
            bad: "htps://github.com/cloud-kitchen/kitchen/issues/12",
            at: "htps://",
        },
        Example {
            template: "lfx",
            good: "https://github.com/cloud-kitchen/kitchen/issues/12",
            bad: "https://github.com/cloud-kitchen/kitchen/ issues/12",
            at: "kitchen/ issues",
        },
        Example {
            template: "lfx",
            good: "A soup is tasted by hand",
            bad: "A [soup](kitchen.io) is tasted by hand",
            at: "kitchen.io",
        },
        Example {
            template: "cncf-gsoc",
            good: "https://github.com/cloud-kitchen/kitchen/issues/34",
            bad: "github.com/cloud-kitchen/kitchen/issues/34",
            at: "github.com/cloud-kitchen/kitchen/issues/34",
        },
        Example {
            template: "lfx-form",
            good: "https://github.com/cloud-kitchen/kitchen/issues/12",
            bad: "https://github.com/cloud-kitchen/kitchen/issues/12 and more",
            at: "issues/12 and more",
        },
        Example {
            template: "lfx-form",
            good: "https://github.com/cloud-kitchen/kitchen/blob/main/challenge.md",
            bad: "It is in the chat",
            at: "It is in the chat",
        },
        Example {
            template: "idea",
            good: "upstream: https://github.com/cloud-kitchen/kitchen/issues/12",
            bad: "upstream: cloud-kitchen/kitchen#12",
            at: "cloud-kitchen/kitchen#12",
        },
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    // Of a proposal's fields the form's own check speaks.
    for idea in 0..if page.is_proposal() { 0 } else { page.ideas().len() } {
        let fields = &page.ideas()[idea].draft.facts;
        for fact in fields.iter().filter(|fact| matches!(fact.kind, Kind::Upstream | Kind::Links | Kind::Website)) {
            for broken in urls::in_fact(page, fact) {
                report(broken, out);
            }
        }
    }
    for link in page.document.links().iter().filter(|link| !link::is_web(&link.url)) {
        let Some(url) = link::destination(&link.url) else { continue };
        let finding = out.at(link.span, format!("`{}` is no URL, but a path on this site", link.url));
        finding.help(format!("write `{url}`"));
        // The destination stands behind the text, which may say the same.
        if let Some(at) = page.source.slice(link.span).rfind(&*link.url) {
            let start = link.span.start + at;
            finding.fix([Edit::replace(Span::new(start, start + link.url.len()), url)]);
        }
    }
}

fn report(broken: Broken, out: &mut Findings<'_>) {
    let finding = out.at(broken.span, urls::message(&broken));
    let Some(meant) = broken.meant else {
        finding.help("write the whole URL: `https://…`");
        return;
    };
    finding.help(format!("write `{}`", meant.url));
    let edit = Edit::replace(broken.span, meant.url);
    if meant.sure {
        finding.fix([edit])
    } else {
        finding.unsafe_fix([edit])
    };
}

#[cfg(test)]
mod tests {
    use crate::lint::damaged;

    const ISSUE: &str = "https://github.com/cloud-kitchen/kitchen/issues/12";

    #[test]
    fn fields_say() {
        for (template, bad, found) in [
            ("lfx", "<https://github.com/a/b/issues/1>", ""),
            ("lfx", "[the issue](https://github.com/a/b/issues/1)", ""),
            ("lfx", "[https://github.com/a/b/issues/1](https://github.com/a/b/issues/1)", ""),
            ("lfx", "https://github.com/a/b/issues/1 (see also the wiki)", ""),
            ("lfx", "https://github.com/a/b/issues/1.", ""),
            ("lfx", "cloud-kitchen/kitchen#12", ""),
            ("lfx", "#12", "#12"),
            ("lfx", "kitchen#12", "kitchen#12"),
            ("lfx", "https:/github.com/a/b/issues/1", "https:/github.com/a/b/issues/1"),
            ("lfx", "[the issue](htps://github.com/a/b/issues/1)", "[the issue](htps://github.com/a/b/issues/1)"),
            ("lfx", "https://github.com/a/b/issues/1,2", "https://github.com/a/b/issues/1,2"),
            ("lfx", "https://github.com/cloud kitchen/soup/issues/1", "https://github.com/cloud kitchen/soup/issues/1"),
            ("cncf-gsoc", "www.github.com/a/b/issues/1", "www.github.com/a/b/issues/1"),
            ("idea", "TBD", "TBD"),
            ("idea", "[https://github.com/a/b/issues/1, https://github.com/a/b/issues/2]", ""),
            (
                "idea",
                "https://github.com/a/b/issues/1 and https://github.com/a/b/issues/2",
                "https://github.com/a/b/issues/1 and https://github.com/a/b/issues/2",
            ),
        ] {
            let found: Vec<_> = (!found.is_empty()).then(|| format!("url-format {found}")).into_iter().collect();
            assert_eq!(damaged(template, ISSUE, bad), found, "{template}: {bad}");
        }
    }

    #[test]
    fn exports_say() {
        let export = |url: &str| {
            let text = format!(
                r#"{{"_term": "2026 Term 3 (Sep-Nov)", "programs": [{{"cncf_project": "Cloud Kitchen", "program_name_short": "Keep recipes",
                "description": "Recipes lie in folders.", "technologies": "Go", "skills": "Go, Git", "mentors": [{{"name": "Ada Brook",
                "github_handle": "ada-brook", "email": "ada@example.org", "lfid": "adabrook"}}], "upstream_issue_url": "{url}"}}]}}"#
            );
            crate::lint::seen("export.json", &text, crate::lint::Template::named("lfx-form"))
        };
        assert_eq!(export(ISSUE), [""; 0]);
        assert_eq!(export("github.com/a/b/issues/1"), ["url-format github.com/a/b/issues/1"]);
        assert_eq!(export("https://github.com/a/b"), ["upstream-kind https://github.com/a/b"]);
        assert_eq!(export("N/A"), ["upstream-count N/A"]);
        assert_eq!(
            export("https://github.com/a/b/issues/1, https://github.com/a/b/issues/2"),
            ["upstream-count https://github.com/a/b/issues/2"]
        );
    }
}
