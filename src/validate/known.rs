//! What of the findings a baseline puts up with.

use std::path::Path;

use crate::catalog::files;
use crate::lint::baseline::{Baseline, Fingerprint};
use crate::lint::{Finding, More};

use super::Pages;
use super::changed::former_lines;

impl Pages {
    /// Drops the findings that a baseline at `path` puts up with; how many those are, and how many that it lists are gone.
    pub(super) fn put_up_with(
        &self,
        baseline: &Baseline,
        path: &Path,
        here: &Path,
        findings: &mut Vec<Finding>,
        more: &mut Vec<More>,
    ) -> (usize, usize) {
        let listed = baseline.len();
        let mut baseline = baseline.clone();
        findings.retain(|finding| !baseline.takes(&self.fingerprint(finding, path, here)));
        // Only when all lines are known that are as they were: what was said of a line before it was mended just now.
        let mended = |page: usize| {
            self.origins[page].before.as_deref().map(|before| former_lines(before, self.linted[page].source.text()))
        };
        let mut lines: Option<(usize, Option<Vec<Option<&str>>>)> = None;
        findings.retain(|finding| {
            if lines.as_ref().is_none_or(|(page, _)| *page != finding.page) {
                lines = Some((finding.page, mended(finding.page)));
            }
            let line = self.linted[finding.page].source.line(finding.span.start);
            let before = lines.as_ref().and_then(|(_, lines)| *lines.as_ref()?.get(line - 1)?);
            let known = before.is_some_and(|before| baseline.takes(&self.fingerprint(finding, path, here).with_line(before)));
            !known
        });
        let mut baseline = baseline.by_letters();
        findings.retain(|finding| !baseline.takes(&self.fingerprint(finding, path, here).by_letters()));
        for more in &mut *more {
            more.count -= baseline.takes_some(&self.fingerprint_of_more(more, path, here), more.count);
        }
        more.retain(|more| more.count > 0);
        (listed - baseline.len(), baseline.len())
    }

    /// What a baseline at `path` knows a finding by.
    pub fn fingerprint(&self, finding: &Finding, path: &Path, here: &Path) -> Fingerprint {
        Fingerprint::of(finding, &self.linted[finding.page], &self.seen_from(finding.page, path, here))
    }

    /// What a baseline at `path` knows findings by that are only counted.
    pub fn fingerprint_of_more(&self, more: &More, path: &Path, here: &Path) -> Fingerprint {
        Fingerprint::of_more(more, &self.seen_from(more.page, path, here))
    }

    /// A page's path as seen from where a baseline lies.
    fn seen_from(&self, page: usize, baseline: &Path, here: &Path) -> String {
        let own = self.linted[page].source.path();
        let folder = baseline.parent().unwrap_or(Path::new(""));
        files::below(own, folder, here).unwrap_or_else(|| own.to_string_lossy().into_owned())
    }
}
