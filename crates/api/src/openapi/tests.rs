use std::collections::BTreeSet;

use serde_json::Value;

use super::openapi;
use crate::routes::{needs_sign_in, routes};

fn document() -> Value {
    serde_json::to_value(openapi()).unwrap()
}

/// Every `$ref` below a value.
fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(target)) = fields.get("$ref") {
                found.insert(target.clone());
            }
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[test]
fn the_document_is_of_version_3_1_and_every_reference_leads_somewhere() {
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    let mut targets = BTreeSet::new();
    references(&document, &mut targets);
    assert!(targets.contains("#/components/schemas/Problem"));
    for target in targets {
        let pointer = target.trim_start_matches('#');
        assert!(document.pointer(pointer).is_some(), "{target} leads nowhere");
    }
}

#[test]
fn every_operation_is_described() {
    let document = document();
    for route in routes() {
        let operation = &document["paths"][&route.path][route.method.to_lowercase()];
        let name = &route.operation;
        assert!(
            operation["tags"].as_array().is_some_and(|tags| tags.len() == 1),
            "{name} has no tag of its own"
        );
        assert!(
            operation["summary"].as_str().is_some_and(|text| !text.is_empty()),
            "{name} has no summary"
        );
        let responses = operation["responses"].as_object().unwrap();
        assert!(
            responses.keys().any(|status| status.starts_with('2')),
            "{name} has no success"
        );
        for (status, response) in responses {
            assert!(
                response["description"]
                    .as_str()
                    .is_some_and(|text| !text.is_empty()),
                "{name} {status}"
            );
        }
        for parameter in path_parameters(&route.path) {
            let described = operation["parameters"].as_array().into_iter().flatten();
            let found = described
                .filter(|one| one["in"] == "path")
                .any(|one| one["name"] == parameter);
            assert!(found, "{name} does not describe {parameter}");
        }
    }
}

fn path_parameters(path: &str) -> impl Iterator<Item = &str> {
    path.split('/')
        .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
}

#[test]
fn tags_are_those_of_the_table() {
    let document = document();
    let known: BTreeSet<_> = document["tags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| tag["name"].clone().to_string())
        .collect();
    for route in routes() {
        let tag = document["paths"][&route.path][route.method.to_lowercase()]["tags"][0].to_string();
        assert!(known.contains(&tag), "{} has the tag {tag}", route.operation);
    }
}

#[test]
fn the_description_says_which_operations_need_a_sign_in() {
    let document = document();
    for route in routes() {
        let security = &document["paths"][&route.path][route.method.to_lowercase()]["security"];
        let wanted = security.as_array().is_some_and(|schemes| !schemes.is_empty());
        assert_eq!(wanted, needs_sign_in(&route.path), "{}", route.path);
    }
}

#[test]
fn lists_refer_to_what_they_list() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let lists: Vec<_> = schemas
        .iter()
        .filter_map(|(name, schema)| Some((name.strip_prefix("ListBody_")?, schema)))
        .collect();
    assert!(lists.len() >= 5);
    for (name, schema) in lists {
        assert_eq!(
            schema["properties"]["items"]["items"]["$ref"],
            format!("#/components/schemas/{name}")
        );
    }
}

#[test]
fn refusals_are_problems() {
    let document = document();
    for route in routes() {
        let operation = &document["paths"][&route.path][route.method.to_lowercase()];
        for (status, response) in operation["responses"].as_object().unwrap() {
            if status.as_str() < "400" {
                continue;
            }
            let kinds: Vec<_> = response["content"].as_object().unwrap().keys().collect();
            assert_eq!(
                kinds,
                ["application/problem+json"],
                "{} {status}",
                route.operation
            );
        }
    }
}

#[test]
fn a_list_says_by_which_fields_it_runs() {
    let document = document();
    let mut lists = 0;
    for route in routes() {
        let operation = &document["paths"][&route.path][route.method.to_lowercase()];
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        for sort in parameters.filter(|parameter| parameter["name"] == "sort") {
            lists += 1;
            let pattern = sort["schema"]["pattern"].as_str().unwrap_or_default();
            assert!(pattern.len() > 20, "{}: {sort}", route.operation);
        }
    }
    assert!(lists >= 10, "{lists}");
    let logs = &document["paths"]["/api/v1/users"]["get"]["parameters"];
    let sort = logs.as_array().unwrap().iter().find(|one| one["name"] == "sort");
    assert_eq!(
        sort.unwrap()["schema"]["pattern"],
        "^(-?(full_name|created_at)(,-?(full_name|created_at))*)?$"
    );
}
