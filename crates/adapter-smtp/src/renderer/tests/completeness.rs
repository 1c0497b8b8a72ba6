//! Every template, in every language, says all that it was given, and fails without what it needs.

use ipt_ports::mailer::MailError;
use serde_json::{Map, Value as Json, json};

use super::{each, render, values, with};
use crate::catalogue::LANGUAGES;

#[test]
fn each_mail_greets_by_name_and_says_all_it_was_given() {
    for (language, template) in each() {
        let values = values(template);
        let mail = render(template, language, &values).unwrap();
        for (name, value) in values.as_object().unwrap() {
            let Some(value) = value.as_str() else { continue };
            for line in value.lines() {
                assert!(
                    mail.text.contains(line),
                    "{language}/{template} lacks {name}:\n{}",
                    mail.text
                );
                assert!(
                    mail.html.contains(line),
                    "{language}/{template} lacks {name}:\n{}",
                    mail.html
                );
            }
        }
        assert!(
            mail.text.lines().next().unwrap().ends_with("Neema Mushi,"),
            "{}",
            mail.text
        );
        assert!(
            (5..100).contains(&mail.subject.len()),
            "{language}/{template}: {}",
            mail.subject
        );
        assert!(
            mail.text.len() < 1_000,
            "{language}/{template} is long:\n{}",
            mail.text
        );
        assert!(
            !mail.text.contains("\n\n\n") && mail.text.ends_with('\n'),
            "{language}/{template}:\n{}",
            mail.text
        );
        for part in [&mail.subject, &mail.text, &mail.html] {
            let unfilled = ["{{", "{%", " none", ">none"]
                .iter()
                .find(|mark| part.contains(**mark));
            assert_eq!(unfilled, None, "{language}/{template}: {part}");
        }
    }
}

#[test]
fn a_missing_value_is_an_error_and_so_is_null_in_the_place_of_words() {
    let optional = |template: &str, name: &str| {
        matches!(
            (template, name),
            ("log_approved" | "log_validated", "comments")
                | ("log_returned_academic" | "log_returned_industry", "due_date")
                | ("signed_in_on_new_device", "device")
        )
    };
    for (language, template) in each() {
        let values = values(template);
        render(template, language, &values).unwrap();
        for name in values.as_object().unwrap().keys() {
            let mut lacking = values.clone();
            lacking.as_object_mut().unwrap().remove(name);
            let rendered = render(template, language, &lacking);
            assert_eq!(
                rendered.is_ok(),
                optional(template, name),
                "{language}/{template} without {name}"
            );
            let null = render(template, language, &with(&values, name, Json::Null));
            let fine = optional(template, name) || ["link", "on_evidence"].contains(&name.as_str());
            assert_eq!(null.is_ok(), fine, "{language}/{template} with {name} null");
        }
    }
}

#[test]
fn without_a_link_none_is_shown() {
    for (language, template) in each() {
        let values = values(template);
        if values.get("link").is_none() {
            continue;
        }
        let mail = render(template, language, &with(&values, "link", Json::Null)).unwrap();
        assert!(
            !mail.text.contains("http") && !mail.html.contains("href") && !mail.html.contains("http"),
            "{language}/{template}:\n{}",
            mail.text
        );
        let paragraphs = mail.text.trim().split("\n\n").count();
        assert!(
            paragraphs >= 3 && !mail.text.trim().ends_with(':'),
            "{language}/{template}:\n{}",
            mail.text
        );
    }
}

#[test]
fn an_unknown_template_or_values_that_are_none_are_errors() {
    for template in ["log_recalled", "", "../layout", "layout", "en/log_submitted"] {
        let mail = render(template, "en", &values("log_submitted"));
        assert!(matches!(mail, Err(MailError::Malformed(_))), "{template}");
    }
    for values in [Json::Null, json!([]), json!("text"), Json::Object(Map::new())] {
        assert!(
            matches!(
                render("log_submitted", "en", &values),
                Err(MailError::Malformed(_))
            ),
            "{values}"
        );
    }
}

#[test]
fn every_file_among_the_templates_is_in_the_catalogue() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    let mut files = Vec::new();
    for language in LANGUAGES {
        for entry in std::fs::read_dir(format!("{folder}/{}", language.tag)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            files.push((language.tag, name.strip_suffix(".jinja").unwrap().to_owned()));
        }
    }
    let mut known: Vec<_> = each().map(|(tag, name)| (tag, name.to_owned())).collect();
    files.sort();
    known.sort();
    assert_eq!(files, known);
    let folders = std::fs::read_dir(folder)
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().path().is_dir())
        .count();
    assert_eq!(folders, LANGUAGES.len());
}
