//! Which of our crates may use which. Test-only dependencies are free: a test may bring an adapter along.

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::report;
use crate::process;

/// Anything may be used.
const ALL: &[&str] = &["*"];

/// A crate, and those of our crates that it may depend on outside its tests.
const LAYERS: &[(&str, &[&str])] = &[
    ("ipt-bench", &[]),
    ("ipt-domain", &[]),
    ("ipt-ports", &["ipt-domain"]),
    ("ipt-application", &["ipt-domain", "ipt-ports"]),
    ("ipt-adapter-auth", &["ipt-domain", "ipt-ports"]),
    ("ipt-adapter-object-store", &["ipt-domain", "ipt-ports"]),
    ("ipt-adapter-rate-limit", &["ipt-ports"]),
    (
        "ipt-adapter-sea-orm",
        &["ipt-domain", "ipt-migrations", "ipt-ports"],
    ),
    ("ipt-adapter-smtp", &["ipt-domain", "ipt-ports"]),
    ("ipt-api", &["ipt-application", "ipt-domain", "ipt-ports"]),
    ("ipt-migrations", &[]),
    ("ipt-scenarios", &["ipt-domain"]),
    ("ipt-server", ALL),
    ("ipt-testkit", ALL),
    ("ipt-xtask", ALL),
];

const INVARIANT: &str = "dependencies point inwards; only the server (and tests) name adapters; the API calls use \
                         cases only";
const REMEDY: &str = "say what is needed as a trait in ipt-ports, and let the server pass the adapter in; a new crate \
                      gets a row in the table LAYERS";

/// A crate of ours, as its Cargo.toml describes it.
pub(super) struct Package {
    pub(super) name: String,
    pub(super) dependencies: Vec<Dependency>,
}

pub(super) struct Dependency {
    pub(super) name: String,
    pub(super) optional: bool,
}

/// Every crate of ours with its dependencies outside tests.
pub(super) fn packages() -> Result<Vec<Package>> {
    let mut cargo = process::cargo();
    cargo.args(["metadata", "--no-deps", "--format-version=1"]);
    let metadata: Value = serde_json::from_str(&process::output(&mut cargo)?)?;
    let packages = metadata["packages"]
        .as_array()
        .context("cargo metadata lists no packages")?;
    Ok(packages.iter().map(package).collect())
}

fn package(value: &Value) -> Package {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let declared = value["dependencies"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let outside_tests = declared.iter().filter(|dependency| dependency["kind"] != "dev");
    let dependencies = outside_tests.map(|dependency| Dependency {
        name: text(&dependency["name"]),
        optional: dependency["optional"] == true,
    });
    Package {
        name: text(&value["name"]),
        dependencies: dependencies.collect(),
    }
}

pub(super) fn violations(packages: &[Package]) -> Vec<String> {
    let ours = |name: &str| packages.iter().any(|package| package.name == name);
    let mut found = Vec::new();
    for package in packages {
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == package.name) else {
            found.push(report(
                INVARIANT,
                &format!("{} stands in no layer", package.name),
                REMEDY,
            ));
            continue;
        };
        for dependency in package
            .dependencies
            .iter()
            .filter(|dependency| ours(&dependency.name))
        {
            if *allowed != ALL && !allowed.contains(&dependency.name.as_str()) {
                let evidence = format!("{} depends on {}", package.name, dependency.name);
                found.push(report(INVARIANT, &evidence, REMEDY));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace_where(name: &str, uses: &str) -> Vec<Package> {
        let dependency = Dependency {
            name: uses.to_owned(),
            optional: false,
        };
        vec![
            Package {
                name: name.to_owned(),
                dependencies: vec![dependency],
            },
            Package {
                name: uses.to_owned(),
                dependencies: vec![],
            },
        ]
    }

    #[test]
    fn the_api_may_call_the_application_but_no_adapter() {
        assert!(violations(&workspace_where("ipt-api", "ipt-application")).is_empty());
        assert_eq!(
            violations(&workspace_where("ipt-api", "ipt-adapter-sea-orm")).len(),
            1
        );
    }

    #[test]
    fn the_domain_may_use_none_of_our_crates() {
        assert_eq!(violations(&workspace_where("ipt-domain", "ipt-ports")).len(), 1);
    }

    #[test]
    fn the_server_may_name_adapters() {
        assert!(violations(&workspace_where("ipt-server", "ipt-adapter-smtp")).is_empty());
    }

    #[test]
    fn a_crate_outside_the_table_is_reported() {
        let found = violations(&[Package {
            name: "ipt-newcomer".to_owned(),
            dependencies: vec![],
        }]);
        assert!(found[0].contains("ipt-newcomer stands in no layer"), "{found:?}");
    }
}
