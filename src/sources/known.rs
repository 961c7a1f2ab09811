//! The sources that are well known, and the hosts of repositories: `schemas/sources.toml`, read once.

use std::sync::LazyLock;

use super::hosts::Host;
use super::index::Index;
use super::pattern::{Pattern, PatternError};
use super::{Feed, address, entry, issues};
use crate::config::ConfigError;
use crate::spelling::{self, Distance, nearest};
use crate::text::Source;

/// Why what is built in cannot be read. A test sees to it that this does not happen.
#[derive(Debug, thiserror::Error)]
enum KnownError {
    #[error(transparent)]
    File(#[from] ConfigError),
    #[error("a host, or an address: {0}")]
    Pattern(#[from] PatternError),
}

/// What the file says, with its patterns read.
struct Known {
    feeds: Vec<Feed>,
    hosts: Vec<Host>,
    addresses: Vec<address::Rule>,
    issues: Vec<issues::Rule>,
    trackers: issues::Words,
    index: Index,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| read().expect("schemas/sources.toml is valid"));

fn read() -> Result<Known, KnownError> {
    let file = Source::new("schemas/sources.toml", include_str!("../../schemas/sources.toml"));
    let entry::Known { feeds, hosts, addresses, issues, trackers, index } = entry::read_known(&file)?;
    let host = |host: entry::Host| -> Result<Host, PatternError> {
        Ok(Host {
            repository: Pattern::read(&host.repository)?,
            page: Pattern::read(&host.page)?,
            raw: Pattern::read(&host.raw)?,
            folder: host.folder.as_deref().map(Pattern::read).transpose()?,
        })
    };
    let hosts = hosts.into_iter().map(host).collect::<Result<_, _>>()?;
    let addresses = addresses.into_iter().map(address::Written::rule).collect::<Result<_, _>>()?;
    let issues = issues.into_iter().map(issues::Written::rule).collect::<Result<_, _>>()?;
    Ok(Known { feeds, hosts, addresses, issues, trackers, index })
}

pub(super) fn addresses() -> &'static [address::Rule] {
    &KNOWN.addresses
}

pub(super) fn issues() -> &'static [issues::Rule] {
    &KNOWN.issues
}

pub(super) fn trackers() -> &'static issues::Words {
    &KNOWN.trackers
}

pub(super) fn hosts() -> &'static [Host] {
    &KNOWN.hosts
}

pub(super) fn index() -> &'static Index {
    &KNOWN.index
}

/// All of them, in the file's order.
pub fn all() -> &'static [Feed] {
    &KNOWN.feeds
}

/// The one of a name.
pub fn find(name: &str) -> Option<&'static Feed> {
    all().iter().find(|feed| feed.is_called(name))
}

/// The one whose name is nearly that, or has that as a part.
pub fn near(name: &str) -> Option<&'static str> {
    let names = || all().iter().map(|feed| feed.name.as_str());
    let has_part = |known: &&str| known.split('/').any(|part| part.eq_ignore_ascii_case(name));
    nearest(name, names()).or_else(|| names().find(has_part))
}

/// The one whose name is that but for a slip or two. A repository may well be called similarly.
pub fn slip(name: &str) -> Option<&'static str> {
    let names = all().iter().map(|feed| feed.name.as_str());
    spelling::near(name, names).first().filter(|(distance, _)| *distance <= Distance::Slips(2)).map(|&(_, known)| known)
}

/// That none has that name, and what may have been meant.
pub fn unknown(name: &str) -> String {
    let meant = near(name).map(|known| format!("did you mean `{known}`? ")).unwrap_or_default();
    format!("no source is known by the name `{name}`; {meant}`ideas sources list` shows those that are")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::Place;

    #[test]
    fn what_is_built_in_makes_sense() {
        let Known { feeds: sources, hosts, addresses, issues, trackers, index } = read().unwrap();
        assert!(
            !hosts.is_empty() && !addresses.is_empty() && !issues.is_empty() && !trackers.closing.is_empty() && index.most > 0
        );
        assert!(sources.len() > 5);
        for source in &sources {
            assert!(source.about.is_some(), "{}", source.name);
            assert!(!source.place.is_local(), "{}", source.name);
        }
    }

    #[test]
    fn pages_of_known_sources_have_terms() {
        for (source, path, given) in [
            ("cncf/mentoring", "programs/lfx-mentorship/2025/03-Sep-Nov/project_ideas.md", Some("CNCF lfx 2025-3")),
            ("cncf/mentoring", "programs/lfx-mentorship/2026/01-Mar-May/lfx-export.json", Some("CNCF lfx 2026-1")),
            ("cncf/mentoring", "programs/lfx-mentorship/2021/02-Summer/project_ideas.md", Some("CNCF lfx 2021-2")),
            ("cncf/mentoring", "programs/lfx-mentorship/2020/q3-q4/project_ideas.md", Some("CNCF lfx -")),
            ("cncf/mentoring", "programs/summerofcode/2024.md", Some("CNCF gsoc 2024")),
            ("cncf/mentoring", "programs/lfx-mentorship/2022/02-Jun-Aug/README.md", Some("CNCF lfx 2022-2")),
            ("cncf/mentoring", "programs/lfx-mentorship/2025/README.md", None),
            ("cncf/mentoring", "programs/lfx-mentorship/README.md", None),
            ("cncf/mentoring", "programs/lfx-mentorship/2025/03-Sep-Nov/selected.md", None),
            ("cncf/mentoring", "programs/summerofcode/README/other.md", None),
            ("kubeflow/website", "content/en/events/gsoc-2025.md", Some("Kubeflow gsoc 2025")),
            ("kubeflow/website", "content/en/events/upcoming-events/lfx-2026-term-3.md", Some("Kubeflow lfx 2026-3")),
            ("kubeflow/website", "content/en/docs/about.md", None),
            ("kubevirt/community", "gsoc/2023.md", Some("KubeVirt gsoc 2023")),
            ("kubevirt/community", "events/2023-summerofcode/README.md", Some("KubeVirt gsoc 2023")),
            ("kubevirt/community", "events/Summer-of-Code-2024.md", Some("KubeVirt gsoc 2024")),
            ("kubevirt/community", "sigs/sig-compute/charter.md", None),
            ("kubevirt/community/wiki", "Google-Summer-of-Code-2026.md", Some("KubeVirt gsoc 2026")),
            ("kubesphere/community", "docs/google-summer-of-code/README.md", Some("KubeSphere gsoc -")),
            ("kubesphere/community", "sig-outreach/ospp-2022/dashboard.md", Some("KubeSphere ospp 2022")),
            ("kubesphere/community", "sig-outreach/gsoc/ospp-2021.md", Some("KubeSphere ospp 2021")),
            ("neovim/neovim/wiki", "Google-Summer-of-Code.md", Some("Neovim gsoc -")),
        ] {
            let seen = find(source).unwrap().given(path).map(|given| {
                let program = given.program.map_or_else(|| "-".to_owned(), |program| program.to_string());
                let term = given.term.map_or_else(|| "-".to_owned(), |term| term.to_string());
                format!("{} {program} {term}", given.organization.unwrap_or_default())
            });
            assert_eq!(seen.as_deref(), given, "{source} {path}");
        }
    }

    #[test]
    fn names_are_found_in_any_case_and_nearly() {
        assert_eq!(find("CNCF/Mentoring").unwrap().name, "cncf/mentoring");
        assert!(matches!(find("cncf/mentoring").unwrap().place, Place::Git { .. }));
        assert!(unknown("cncf/mentorin").contains("did you mean `cncf/mentoring`?"));
        assert!(!unknown("example/none").contains("did you mean"));
    }
}
