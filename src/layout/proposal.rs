//! What LFX asks and keeps of a proposal, wherever it stands: in the export, in our own data, on the form, on a page.

use crate::data::{Data, Value};
use crate::idea::{Prerequisites, Proposal, link, proposal};
use crate::labels::{Kind, Labels};
use crate::prose::Text;
use crate::text::{Source, Span, Spanned};

use super::draft::{Draft, Fact};
use super::export::{self, Of};

/// Reads an entry of a programme of the export that is no fact of the idea.
pub(super) fn of_export(key: Text<'_>, value: Value<'_>, draft: &mut Draft<'_>) {
    let known = export::keys().of(key.as_str());
    if known.is_some_and(|known| known.kind == Some(Kind::Prerequisites)) {
        prerequisites(value, draft);
        return;
    }
    if let Some(of) = known.and_then(|known| known.of) {
        said(of, value, draft.proposal.get_or_insert_default());
        return;
    }
    // What follows from the project is not said of the proposal.
    let project = || draft.facts.iter().find(|fact| fact.kind == Kind::Project)?.parts.first().map(|part| part.text.flow());
    if let Some(listed) = known.and_then(|known| known.listed)
        && project()
            .is_some_and(|project| listed.get(&project).is_some_and(|own| value.text().is_some_and(|said| said.as_str() == own)))
    {
        return;
    }
    // Flat, as on the form.
    let is_flat = key.as_str().starts_with("custom_") || key.as_str().starts_with("coding_challenge");
    if is_flat && draft.prerequisites.get_or_insert_default().read_entry(key.as_str(), value).is_some() {
        return;
    }
    draft.proposal.get_or_insert_default().other.insert(key.as_str().to_owned(), value.to_json());
}

/// What applicants must bring: an object with a key for each box, or a list of names and records.
pub(super) fn prerequisites(value: Value<'_>, draft: &mut Draft<'_>) {
    let mut unknown = serde_json::Map::new();
    let read = draft.prerequisites.get_or_insert_default();
    for (key, value) in value.map().into_iter().flatten() {
        if read.read_entry(key.as_str(), value).is_none() {
            unknown.insert(key.as_str().to_owned(), value.to_json());
        }
    }
    let is_standard = |name: &str| export::keys().standard.iter().any(|known| known == name);
    for element in value.list().into_iter().flatten() {
        read.read_element(element, is_standard);
    }
    if !unknown.is_empty() {
        draft.proposal.get_or_insert_default().other.insert(export_key(Kind::Prerequisites).to_owned(), unknown.into());
    }
}

/// The key under which the export has a kind.
pub(super) fn export_key(kind: Kind) -> &'static str {
    let known = export::keys().program.iter().find(|known| known.kind == Some(kind));
    known.map_or("", |known| known.key.as_str())
}

/// Our own record of a proposal.
pub(super) fn of_record(record: Value<'_>, draft: &mut Draft<'_>) {
    let proposal = draft.proposal.get_or_insert_default();
    for (key, value) in record.map().into_iter().flatten() {
        match key.as_str() {
            "number" => said(Of::Number, value, proposal),
            "url" => said(Of::Url, value, proposal),
            "lfx_url" => said(Of::LfxUrl, value, proposal),
            "name" => said(Of::Name, value, proposal),
            "code" => said(Of::Code, value, proposal),
            "other" => {
                let others = value.map().into_iter().flatten().map(|(key, value)| (key.as_str().to_owned(), value.to_json()));
                proposal.other.extend(others);
            }
            _ => {}
        }
    }
}

fn said(of: Of, value: Value<'_>, proposal: &mut Proposal) {
    let Some(text) = value.text().map(Text::trim).filter(|text| !text.is_empty()) else { return };
    match of {
        Of::Number => {
            let number = text.as_str().trim_start_matches('#').parse();
            proposal.number = number.ok().map(|number| Spanned::at(text.span(), number));
        }
        Of::Url => proposal.url = Some(text.to_spanned()),
        Of::LfxUrl => proposal.lfx_url = Some(text.to_spanned()),
        Of::Name => proposal.name = Some(text.to_spanned()),
        Of::Code => proposal.code = Some(text.to_spanned()),
    }
}

/// What a comment begins with that keeps on the form what the form has no section for.
pub const COMMENT: &str = "<!-- lfx-export ";

/// What such a comment ends with.
pub const COMMENT_ENDS: &str = " -->";

/// Reads the comment above the form's first section, if there is one: keys and values of the export.
pub(super) fn of_comment(source: &Source, draft: &mut Draft<'_>) {
    let page = source.text();
    let Some(start) = page.find(COMMENT).map(|at| at + COMMENT.len()) else { return };
    if page[..start].lines().any(|line| line.starts_with('#')) {
        return;
    }
    let Some(end) = page[start..].find(COMMENT_ENDS).map(|len| start + len) else { return };
    let Ok(data) = Data::json_in(page, Span::new(start, end)) else { return };
    for (key, value) in data.root().map().into_iter().flatten() {
        of_export(key, value, draft);
    }
}

/// What a page says of the program: `LFX URL: https://mentorship.lfx.linuxfoundation.org/…`, `Program code: …`.
pub(super) fn on_page(facts: &[Fact<'_>]) -> Option<Proposal> {
    let labelled = |label: &'static str| {
        let is_it = move |fact: &&Fact<'_>| fact.label.as_str().trim().eq_ignore_ascii_case(label);
        facts.iter().filter(is_it).flat_map(|fact| &fact.parts).map(|part| part.text)
    };
    let lfx_url = labelled("LFX URL").flat_map(link::read).find(|url| is_lfx(&url.value));
    let code = labelled("Program code").find(|text| !Labels::get().is_placeholder(text.as_str()));
    let read = Proposal { lfx_url, code: code.map(Text::to_spanned), ..Proposal::default() };
    Some(read).filter(|read| !read.is_empty())
}

/// True for an address on the LFX platform.
pub(super) fn is_lfx(url: &str) -> bool {
    url.split('/').nth(2).is_some_and(|host| host.ends_with("lfx.linuxfoundation.org"))
}

/// The addresses that are links of the idea, too: the program, and the coding challenge.
pub(super) fn links(proposal: Option<&Proposal>, prerequisites: Option<&Prerequisites>) -> impl Iterator<Item = Spanned<String>> {
    let program = proposal.and_then(|proposal| proposal.lfx_url.clone());
    let challenge = prerequisites.and_then(|asked| asked.coding_challenge_url.clone());
    challenge.into_iter().chain(program).filter(|url| link::is_web(&url.value))
}

/// The proposal without what follows from the idea.
pub(super) fn without_usual_name(
    mut proposal: Proposal,
    project: Option<&str>,
    title: &str,
    term: Option<&str>,
) -> Option<Proposal> {
    let usual = proposal::usual_name(project.unwrap_or_default(), title, term.unwrap_or_default());
    proposal.name = proposal.name.filter(|name| name.value != usual);
    (!proposal.is_empty()).then_some(proposal)
}
