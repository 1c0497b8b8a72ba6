//! Which crates from outside must not come near which of ours, at any depth.

use anyhow::Result;

use super::{report, tree};

struct Wall {
    package: &'static str,
    keeps_out: &'static [&'static str],
    invariant: &'static str,
    remedy: &'static str,
}

/// What talks to a database, an object store, a mail server, the web, or does cryptography for us.
const DRIVERS: &[&str] = &[
    "actix-web",
    "argon2",
    "jsonwebtoken",
    "lettre",
    "object_store",
    "redis",
    "reqwest",
    "sea-orm",
    "sea-orm-migration",
    "sqlx",
    "sqlx-core",
];

const BEHIND_A_PORT: &str = "describe the need as a trait in ipt-ports, and meet it in an adapter";

const WALLS: &[Wall] = &[
    Wall {
        package: "ipt-domain",
        keeps_out: &[
            "actix-web",
            "getrandom",
            "reqwest",
            "sea-orm",
            "serde",
            "sqlx",
            "sqlx-core",
            "tokio",
        ],
        invariant: "the domain has no I/O, async, clock, randomness or serialisation by default",
        remedy: "take the value as an argument; serialisation belongs behind the feature `serde`",
    },
    Wall {
        package: "ipt-ports",
        keeps_out: DRIVERS,
        invariant: "the ports know no driver",
        remedy: "a port speaks in terms of the domain; the driver's types stay in its adapter",
    },
    Wall {
        package: "ipt-application",
        keeps_out: DRIVERS,
        invariant: "the application knows no driver",
        remedy: BEHIND_A_PORT,
    },
    Wall {
        package: "ipt-api",
        keeps_out: &["sea-orm", "sea-orm-migration", "sqlx", "sqlx-core"],
        invariant: "the API calls use cases only, and has no SQL",
        remedy: "write the query in the adapter, and reach it through a use case",
    },
];

pub(super) fn violations() -> Result<Vec<String>> {
    let mut found = Vec::new();
    for wall in WALLS {
        for node in tree::of(wall.package)? {
            if wall.keeps_out.contains(&node.name.as_str()) {
                let way = tree::way_to(wall.package, &node);
                let report = report(
                    wall.invariant,
                    &format!("{} has come in:\n{way}", node.name),
                    wall.remedy,
                );
                if !found.contains(&report) {
                    found.push(report);
                }
            }
        }
    }
    Ok(found)
}
