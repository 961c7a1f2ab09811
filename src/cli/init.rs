//! `ideas init`: a first `ideas.toml`, fitted to the pages that a folder holds.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::origins::whence;
use super::{Exit, GlobalArgs, Session, as_typed};
use crate::catalog::{Catalog, Level, Origin, files};
use crate::config::NAME;
use crate::config::starter::{Seen, starter};
use crate::storage;
use crate::text::counted;

const EXAMPLES: &str = "\
Examples:
  ideas init                     in the clone of a repository with idea pages
  ideas init --print             look first
  ideas init programs/ --force   anew, for the pages below programs/";

/// What `ideas init` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The folder that it is for
    #[arg(value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,

    /// Write over an ideas.toml that is there
    #[arg(long)]
    force: bool,

    /// Write to standard output instead of into the folder
    #[arg(long, conflicts_with = "force")]
    print: bool,
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let file = self.folder.join(NAME);
        let shown = file.strip_prefix(".").unwrap_or(&file).display();
        if !self.folder.is_dir() {
            bail!("{}: there is no such folder", self.folder.display());
        }
        if !self.print && !self.force && file.exists() {
            bail!("{shown} is there already; --print shows what a new one would be, --force writes it");
        }
        let seen = self.look(global, session)?;
        let text = starter(&seen);
        if self.print {
            session.out.write_all(text.as_bytes())?;
        } else {
            storage::write(&file, text.as_bytes()).with_context(|| shown.to_string())?;
        }
        let found = match (seen.len(), seen.iter().map(|page| page.ideas).sum::<usize>()) {
            (0, _) => "names no pages yet: none in this folder holds ideas".to_owned(),
            (pages, ideas) => {
                let hint = if self.print { String::new() } else { format!("; {}", how_to_see(&file, global)) };
                format!("names {} with {}{hint}", counted(pages, "page"), counted(ideas, "idea"))
            }
        };
        let note = if self.print { format!("this ideas.toml {found}") } else { format!("{shown} {found}") };
        global.say(Level::Note, &note, session)?;
        Ok(Exit::Done)
    }

    /// The pages of the folder that hold ideas. Pages that cannot be read are told.
    fn look(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Vec<Seen>> {
        let catalog = Catalog::load(&[Origin::Path(self.folder.clone())]);
        // Without any page there is still something to set.
        for notice in catalog.notices.iter().filter(|notice| notice.level == Level::Warning) {
            global.tell(notice, session)?;
        }
        let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
        for idea in &catalog.ideas {
            let path = files::below(Path::new(&idea.source.path), &self.folder, Path::new("/")).unwrap_or_default();
            let page = seen.entry(path.clone()).or_insert_with(|| Seen {
                path,
                ideas: 0,
                organization: idea.organization.as_ref().map(|name| name.value.clone()),
                program: idea.program.as_ref().map(|program| program.value.to_string()),
                term: idea.term.as_ref().map(|term| term.value.to_string()),
            });
            page.ideas += 1;
        }
        Ok(seen.into_values().collect())
    }
}

/// How to see the ideas of the pages that a new file names: other commands find it only from its folder and those
/// below.
fn how_to_see(file: &Path, global: &GlobalArgs) -> String {
    match global.origins().as_deref() {
        Ok([Origin::Groups(groups)]) if same_file(&groups.described_in, file) => return "`ideas list` shows them".to_owned(),
        // A call or the environment names others, which come first.
        Ok(origins @ [Origin::Path(_) | Origin::Stdin, ..]) => return format!("here, {}, not from these", whence(origins)),
        _ => {}
    }
    format!(
        "`ideas --config {} list` shows them, and `ideas list` in that folder",
        as_typed(&file.strip_prefix(".").unwrap_or(file).to_string_lossy())
    )
}

fn same_file(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}
