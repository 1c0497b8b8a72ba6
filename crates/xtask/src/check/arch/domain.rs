//! The domain's direct dependencies, one by one: it is the crate that other services link.

use anyhow::{Context as _, Result};

use super::layers::Package;
use super::{report, tree};

/// A direct dependency, and whether it is behind a feature.
const ALLOWED: &[(&str, bool)] = &[
    ("chrono", false),
    ("chrono-tz", false),
    ("geo", false),
    ("serde", true),
    ("thiserror", false),
    ("unicode-segmentation", false),
    ("uuid", false),
];

/// A feature of a dependency that would give the domain a clock or randomness.
const WITHOUT: &[(&str, &[&str])] = &[
    ("chrono", &["clock", "now", "serde"]),
    // geo brings it along, for algorithms that take a generator as an argument.
    ("rand", &["os_rng", "sys_rng", "thread_rng"]),
    (
        "uuid",
        &[
            "v1",
            "v4",
            "v6",
            "v7",
            "rng",
            "rng-getrandom",
            "rng-rand",
            "fast-rng",
            "serde",
        ],
    ),
];

const LIST: &str = "the domain's direct dependencies are those of the list, and no other";
const LIST_REMEDY: &str = "do without; or, if every service that links the domain should carry it, change the list \
                           ALLOWED and docs/architecture.md with it";
const BARE: &str = "the domain's dependencies bring no clock, randomness or serialisation by default";
const BARE_REMEDY: &str =
    "leave the feature off in [workspace.dependencies]; the crate that needs it asks for it";

pub(super) fn violations(packages: &[Package]) -> Result<Vec<String>> {
    let domain = packages
        .iter()
        .find(|package| package.name == "ipt-domain")
        .context("there is no ipt-domain")?;
    let mut found = direct(domain);
    for node in tree::of("ipt-domain")? {
        let Some((_, without)) = WITHOUT.iter().find(|(name, _)| *name == node.name) else {
            continue;
        };
        for feature in node
            .features
            .iter()
            .filter(|feature| without.contains(&feature.as_str()))
        {
            let evidence = format!("{} has the feature `{feature}`", node.name);
            let report = report(BARE, &evidence, BARE_REMEDY);
            if !found.contains(&report) {
                found.push(report);
            }
        }
    }
    Ok(found)
}

fn direct(domain: &Package) -> Vec<String> {
    let declared = domain
        .dependencies
        .iter()
        .map(|dependency| (dependency.name.as_str(), dependency.optional));
    let declared = declared.collect::<Vec<_>>();
    let describe = |(name, optional): &(&str, bool)| {
        if *optional {
            format!("{name}, behind a feature")
        } else {
            (*name).to_owned()
        }
    };
    let extra = declared
        .iter()
        .filter(|one| !ALLOWED.contains(one))
        .map(|one| format!("it has {}", describe(one)));
    let missing = ALLOWED
        .iter()
        .filter(|one| !declared.contains(one))
        .map(|one| format!("it lacks {}", describe(one)));
    extra
        .chain(missing)
        .map(|evidence| report(LIST, &evidence, LIST_REMEDY))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::layers::Dependency;
    use super::*;

    fn domain_with(extra: Option<(&str, bool)>) -> Package {
        let dependencies = ALLOWED
            .iter()
            .copied()
            .chain(extra)
            .map(|(name, optional)| Dependency {
                name: name.to_owned(),
                optional,
            })
            .collect();
        Package {
            name: "ipt-domain".to_owned(),
            dependencies,
        }
    }

    #[test]
    fn the_listed_dependencies_pass() {
        assert!(direct(&domain_with(None)).is_empty());
    }

    #[test]
    fn a_dependency_outside_the_list_is_reported_also_behind_a_feature() {
        for extra in [("tokio", false), ("sqlx", true)] {
            assert_eq!(direct(&domain_with(Some(extra))).len(), 1, "{extra:?}");
        }
    }

    #[test]
    fn serde_may_not_be_taken_without_its_feature() {
        let mut domain = domain_with(None);
        for dependency in &mut domain.dependencies {
            dependency.optional = false;
        }
        assert!(
            direct(&domain)
                .iter()
                .any(|report| report.contains("it has serde\n"))
        );
    }
}
