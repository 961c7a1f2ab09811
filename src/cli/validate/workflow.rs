//! What a workflow says in the environment, and what it gets besides annotations: the summary of the job, and how many findings
//! have no annotation.

use std::env;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::bail;

use crate::catalog::Level;
use crate::cli::{GlobalArgs, Session};
use crate::render::safe;
use crate::report::{Report, github, summary};
use crate::storage::words;
use crate::text::counted;

/// The file that GitHub shows on the page of the workflow's run; every step adds to its own.
const SUMMARY_VARIABLE: &str = "GITHUB_STEP_SUMMARY";

/// The branch that a pull request is to be merged into.
const TARGET_VARIABLE: &str = "GITHUB_BASE_REF";

/// Where `docs/rules.md` can be read on the web: set where this program was installed from a repository that it does not know.
const RULES_VARIABLE: &str = "IDEAS_RULES_URL";

/// Where `docs/rules.md` can be read on the web, if that is known: as the environment says, else in this version's repository, as
/// `Cargo.toml` names it.
pub(super) fn address() -> anyhow::Result<Option<String>> {
    if let Some(said) = env::var(RULES_VARIABLE).ok().filter(|said| !said.trim().is_empty()) {
        let is_web = safe::url(said.trim()).is_some() && !said.trim().contains(char::is_whitespace);
        if !is_web {
            bail!("{RULES_VARIABLE}: `{said}` is no web address; expected one such as https://example.org/docs/rules.md");
        }
        return Ok(Some(said.trim().trim_end_matches('#').to_owned()));
    }
    let (repository, version) = (env!("CARGO_PKG_REPOSITORY"), env!("CARGO_PKG_VERSION"));
    // Without an owner the repository is not published yet, and its address leads nowhere.
    let is_published = !repository.is_empty() && !repository.contains("/OWNER/");
    Ok(is_published.then(|| format!("{repository}/blob/v{version}/docs/rules.md")))
}

/// The branch that a pull request is to be merged into, in a workflow of GitHub.
pub(super) fn target() -> Option<String> {
    env::var(TARGET_VARIABLE).ok().filter(|target| !target.is_empty())
}

/// Adds to the summary of the job, if there is one, and says what has no annotation.
pub(super) fn sum_up(report: &Report<'_>, global: &GlobalArgs, session: &mut Session<'_>) -> io::Result<()> {
    let path = env::var_os(SUMMARY_VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
    if let Some(path) = &path {
        let mut text = Vec::new();
        summary::write(report, &mut text)?;
        let written = OpenOptions::new().create(true).append(true).open(path).and_then(|mut file| file.write_all(&text));
        if let Err(error) = written {
            let message = format!("{}: the summary of the job cannot be written: {}", path.display(), words(&error));
            global.say(Level::Warning, &message, session)?;
        }
    }
    let (count, pages) = github::left_out(report);
    if count > 0 {
        let all = if path.is_some() { "; the summary of the job has all" } else { "" };
        let message = format!(
            "{} on {} without an annotation, as GitHub shows {} of each level{all}",
            counted(count, "finding"),
            counted(pages, "page"),
            github::MOST,
        );
        global.say(Level::Note, &message, session)?;
    }
    Ok(())
}
