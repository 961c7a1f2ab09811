//! The libraries that a manifest names: `package.json`, `Cargo.toml`, `pyproject.toml`, `requirements.txt`, `go.mod`. One that is
//! broken names none.

use serde_json::Value as Json;
use toml::Value as Toml;

/// True for the name of a manifest.
pub(super) fn is_one(name: &str) -> bool {
    matches!(name, "package.json" | "Cargo.toml" | "pyproject.toml" | "requirements.txt" | "go.mod")
}

/// The names of its dependencies, as it writes them.
pub(super) fn dependencies(name: &str, text: &str) -> Vec<String> {
    match name {
        "package.json" => of_package(text),
        "Cargo.toml" => of_cargo(text),
        "pyproject.toml" => of_pyproject(text),
        "requirements.txt" => text.lines().filter_map(requirement).collect(),
        "go.mod" => of_go(text),
        _ => Vec::new(),
    }
}

fn of_package(text: &str) -> Vec<String> {
    let Ok(json) = serde_json::from_str::<Json>(text) else { return Vec::new() };
    let tables =
        ["dependencies", "devDependencies", "peerDependencies"].into_iter().filter_map(|name| json.get(name)?.as_object());
    tables.flat_map(|table| table.keys().cloned()).collect()
}

fn of_cargo(text: &str) -> Vec<String> {
    let Ok(toml) = toml::from_str::<Toml>(text) else { return Vec::new() };
    let roots = [Some(&toml), toml.get("workspace")].into_iter().flatten();
    let tables = roots.flat_map(|root| ["dependencies", "dev-dependencies", "build-dependencies"].map(|name| root.get(name)));
    tables.flatten().filter_map(Toml::as_table).flat_map(|table| table.keys().cloned()).collect()
}

fn of_pyproject(text: &str) -> Vec<String> {
    let Ok(toml) = toml::from_str::<Toml>(text) else { return Vec::new() };
    let listed = toml.get("project").and_then(|project| project.get("dependencies")).and_then(Toml::as_array);
    let listed = listed.into_iter().flatten().filter_map(|item| requirement(item.as_str()?));
    let poetry = toml.get("tool").and_then(|tool| tool.get("poetry")).and_then(|poetry| poetry.get("dependencies"));
    let named = poetry.and_then(Toml::as_table).into_iter().flat_map(|table| table.keys().cloned());
    listed.chain(named).collect()
}

/// The name that a requirement begins with: `Django>=5 ; python_version > "3"`. An address or a path names none.
fn requirement(line: &str) -> Option<String> {
    let line = line.trim();
    let end = line.find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c))).unwrap_or(line.len());
    let is_name = line.starts_with(char::is_alphanumeric) && !line[end..].starts_with(['+', ':', '/', '\\']);
    is_name.then(|| line[..end].to_lowercase())
}

/// The modules of `require` lines, alone or in brackets, without their major versions. What others depend on is
/// nobody's own skill.
fn of_go(text: &str) -> Vec<String> {
    let mut is_listed = false;
    let mut names = Vec::new();
    let module =
        |line: &str| line.split_whitespace().next().filter(|name| *name != "//").map(|name| unversioned(name).to_owned());
    for line in text.lines().map(str::trim).filter(|line| !line.ends_with("// indirect")) {
        let required = line.strip_prefix("require ").map(str::trim);
        match required {
            Some("(") => is_listed = true,
            Some(one) => names.extend(module(one)),
            None if line == ")" => is_listed = false,
            None if is_listed => names.extend(module(line)),
            None => {}
        }
    }
    names
}

/// A module without its major version: `github.com/jackc/pgx/v5`.
fn unversioned(module: &str) -> &str {
    let is_version = |end: &str| end.strip_prefix('v').is_some_and(|of| !of.is_empty() && of.bytes().all(|c| c.is_ascii_digit()));
    module.rsplit_once('/').filter(|(_, end)| is_version(end)).map_or(module, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_name_libraries() {
        for (name, text, expected) in [
            ("package.json", r#"{"dependencies": {"react": "1"}, "devDependencies": {"jest": {}}}"#, "react jest"),
            ("Cargo.toml", "[dependencies]\ntokio = \"1\"\n[workspace.dependencies]\nserde = { version = \"1\" }", "tokio serde"),
            (
                "pyproject.toml",
                "[project]\ndependencies = [\"Django>=5\", \"numpy\"]\n[tool.poetry.dependencies]\nflask = \"*\"",
                "django numpy flask",
            ),
            ("requirements.txt", "# pins\ntorch==2.1 # gpu\n-r other.txt\n\npandas[excel]", "torch pandas"),
            (
                "go.mod",
                "module a\nrequire x.org/a v1\nrequire (\n\tx.org/b v1 // indirect\n\t// why\n\tx.org/c/v12 v12.1\n\tx.org/vim v1\n)\n",
                "x.org/a x.org/c x.org/vim",
            ),
            (
                "requirements.txt",
                "git+https://example.org/a.git\n./wheels/flask.whl\nhttps://example.org/x\nnumpy @ git+https://example.org/n",
                "numpy",
            ),
            ("package.json", "{", ""),
            ("Cargo.toml", "[", ""),
            ("pyproject.toml", "= 1", ""),
            ("package.json", r#"{"dependencies": []}"#, ""),
        ] {
            assert!(is_one(name));
            assert_eq!(dependencies(name, text).join(" "), expected, "{name}: {text}");
        }
    }
}
