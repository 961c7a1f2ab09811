//! The projects of a foundation, by the names that it lists them under: data in `schemas/projects/`.

use std::sync::LazyLock;

use serde::Deserialize;

/// A project as its foundation lists it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// Its name.
    pub name: String,
    /// The short name that the foundation's programs know it by.
    pub slug: String,
    /// How mature it is: `sandbox`, `incubating` or `graduated`.
    pub maturity: String,
    /// Whose repositories are its own on GitHub, in lower case; empty if nobody's.
    pub github: String,
}

/// The list of a foundation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// What stands before the names of projects elsewhere.
    prefixes: Vec<String>,
    project: Vec<Project>,
}

/// How a name stands to a list.
#[derive(Clone, Copy, Debug)]
pub enum Named {
    /// It is a project's name.
    So(&'static Project),
    /// It is the name of a part of a project: `Kubernetes SIG Storage`.
    Part(&'static Project),
    /// It is another name of a project: its slug, its owner on GitHub, its initials.
    Otherwise(&'static Project),
    /// It is nearly a project's name.
    Almost(&'static Project),
    /// It is no project's name.
    Not,
}

/// So many letters of a name may be wrong, and one in so many.
const SLIPS: usize = 2;
const ONE_IN: usize = 4;

impl Listed {
    /// The list of a foundation, by its name in lower case.
    pub fn of(foundation: &str) -> Option<&'static Listed> {
        // Built in and tested: a broken file never leaves our hands.
        static CNCF: LazyLock<Listed> = LazyLock::new(|| {
            toml::from_str(include_str!("../../schemas/projects/cncf.toml")).expect("schemas/projects/cncf.toml is valid")
        });
        (foundation == "cncf").then(|| &*CNCF)
    }

    /// How a name stands to the list.
    pub fn named(&'static self, name: &str) -> Named {
        let said = letters(name);
        if said.is_empty() {
            return Named::Not;
        }
        let find = |is: &dyn Fn(&Project) -> bool| self.project.iter().find(|project| is(project));
        if let Some(project) = find(&|project| letters(&project.name) == said) {
            return Named::So(project);
        }
        if let Some(project) = find(&|project| letters(&project.slug) == said || project.github == name.to_lowercase()) {
            return Named::Otherwise(project);
        }
        // `The Update Framework (TUF)`
        if let Some(project) =
            find(&|project| without_remark(&project.name).is_some_and(|names| names.map(letters).contains(&said)))
        {
            return Named::Otherwise(project);
        }
        // `Cloud Native Buildpacks`
        let is_prefix = |head: &str| self.prefixes.iter().any(|prefix| prefix.eq_ignore_ascii_case(head.trim_end()));
        let ends = |project: &Project| {
            let head = name.len().checked_sub(project.name.len()).and_then(|at| name.split_at_checked(at));
            head.is_some_and(|(head, tail)| tail.eq_ignore_ascii_case(&project.name) && is_prefix(head))
        };
        if let Some(project) = find(&ends) {
            return Named::Otherwise(project);
        }
        let begins = |project: &Project| {
            let head = name.get(..project.name.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(&project.name))
                && name[project.name.len()..].starts_with(|c: char| !c.is_alphanumeric())
        };
        if let Some(project) = find(&begins) {
            return Named::Part(project);
        }
        let slips = |project: &'static Project| (strsim::osa_distance(&letters(&project.name), &said), project);
        let near = self.project.iter().map(slips).min_by_key(|&(slips, _)| slips);
        match near {
            Some((slips, project)) if slips <= SLIPS && slips * ONE_IN < said.len() => Named::Almost(project),
            _ => Named::Not,
        }
    }

    /// The project of a name, however it is written.
    pub fn find(&'static self, name: &str) -> Option<&'static Project> {
        match self.named(name) {
            Named::So(project) | Named::Otherwise(project) => Some(project),
            Named::Part(_) | Named::Almost(_) | Named::Not => None,
        }
    }
}

/// A name without what stands in parentheses behind it, and that alone.
fn without_remark(name: &str) -> Option<[&str; 2]> {
    let (name, remark) = name.split_once('(')?;
    Some([name, remark.trim_end_matches(')')])
}

/// Letters and digits in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn projects_are_known_by_their_names() {
        let list = Listed::of("cncf").unwrap();
        for (name, known) in [
            ("Kubernetes", "so Kubernetes"),
            ("open telemetry", "so OpenTelemetry"),
            ("argoproj", "otherwise Argo"),
            ("TUF", "otherwise The Update Framework (TUF)"),
            ("Cloud Native Buildpacks", "otherwise Buildpacks"),
            ("Kubernetes SIG Storage", "part Kubernetes"),
            ("Kubernets", "almost Kubernetes"),
            ("Cloud Kitchen", "not"),
            ("", "not"),
        ] {
            let said = match list.named(name) {
                Named::So(project) => format!("so {}", project.name),
                Named::Part(project) => format!("part {}", project.name),
                Named::Otherwise(project) => format!("otherwise {}", project.name),
                Named::Almost(project) => format!("almost {}", project.name),
                Named::Not => "not".to_owned(),
            };
            assert_eq!(said, known, "{name}");
        }
        assert_eq!(list.find("TUF").map(|project| project.maturity.as_str()), Some("graduated"));
    }
}
