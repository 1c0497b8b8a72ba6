use serde_json::{Map, Value as Json, json};

use super::*;

fn renderer() -> TemplateRenderer {
    TemplateRenderer::new().unwrap()
}

fn render(template: &str, language: &str, values: &Json) -> Result<RenderedMail, MailError> {
    let content = MailContent {
        template: template.to_owned(),
        language: language.to_owned(),
        values: values.clone(),
        letterhead: Letterhead::default(),
    };
    renderer().render(&content)
}

/// As an institution with a look of its own has it.
fn render_for(letterhead: Letterhead, template: &str) -> RenderedMail {
    let content = MailContent {
        template: template.to_owned(),
        language: "en".to_owned(),
        values: values(template),
        letterhead,
    };
    renderer().render(&content).unwrap()
}

/// What each template is given, as `templates/README.md` says.
fn values(template: &str) -> Json {
    let base = json!({
        "recipient_name": "Neema Mushi", "student_name": "Asha Juma", "log_date": "6 July 2026", "programme": "BSc Civil",
        "organisation": "Kilimo Pumps Ltd", "link": "https://training.example.ac.tz/logs/7",
    });
    let remark = "The second pump is missing.\nPlease add it.";
    let more = match template {
        "log_submitted" => json!({ "due_date": "9 July 2026" }),
        "log_approved" => json!({
            "due_date": "20 July 2026", "on_evidence": false, "industry_name": "John Mbwambo", "comments": remark,
        }),
        "log_rejected" | "log_retracted" | "log_validated" => json!({ "comments": remark }),
        "log_flagged" | "log_disputed" | "log_voided" => json!({ "reason": remark }),
        "log_returned_academic" | "log_returned_industry" => {
            json!({ "note": remark, "due_date": "20 July 2026" })
        }
        "log_returned_student" => json!({ "note": remark }),
        "log_days_reopened" => {
            return json!({
                "recipient_name": "Neema Mushi", "from_date": "6 July 2026", "to_date": "10 July 2026", "reason": remark,
                "programme": "BSc Civil", "organisation": "Kilimo Pumps Ltd",
                "link": "https://training.example.ac.tz/placements/7",
            });
        }
        "review_digest" => {
            return json!({
                "recipient_name": "Neema Mushi", "link": "https://training.example.ac.tz/inbox",
                "items": [
                    { "student_name": "Asha Juma", "log_date": "6 July 2026", "due_date": "9 July 2026", "overdue_days": 2 },
                    { "student_name": "Juma Ali", "log_date": "7 July 2026", "due_date": "10 July 2026", "overdue_days": 1 },
                    { "student_name": "Zawadi Ole", "log_date": "8 July 2026", "due_date": "13 July 2026", "overdue_days": 0 },
                ],
            });
        }
        "invitation" => {
            return json!({
                "recipient_name": "Neema Mushi", "tenant_name": "Chuo cha Mfano",
                "token": "vG1kQ7", "link": "https://training.example.ac.tz/set#token=vG1kQ7",
            });
        }
        "membership_added" => {
            return json!({
                "recipient_name": "Neema Mushi", "tenant_name": "Chuo cha Mfano", "link": "https://training.example.ac.tz",
            });
        }
        "data_export_ready" | "password_changed" | "registration_attempt" => {
            return json!({ "recipient_name": "Neema Mushi", "link": "https://training.example.ac.tz" });
        }
        "password_reset_ordered" => {
            return json!({ "recipient_name": "Neema Mushi", "tenant_name": "Chuo cha Mfano", "code": "04711234" });
        }
        "email_verification" | "password_reset" => {
            return json!({ "recipient_name": "Neema Mushi", "code": "04711234" });
        }
        unknown => panic!("{unknown} has no sample"),
    };
    let (Json::Object(mut base), Json::Object(more)) = (base, more) else {
        unreachable!()
    };
    base.extend(more);
    Json::Object(base)
}

fn each() -> impl Iterator<Item = (&'static str, &'static str)> {
    LANGUAGES
        .iter()
        .flat_map(|language| language.templates.iter().map(|(name, _)| (language.tag, *name)))
}

fn with(values: &Json, name: &str, value: impl Into<Json>) -> Json {
    let mut values = values.clone();
    values[name] = value.into();
    values
}

/// Every run of digits.
fn numbers(text: &str) -> Vec<&str> {
    text.split(|letter: char| !letter.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .collect()
}

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
fn a_mail_is_written_in_the_language_of_its_recipient() {
    let values = values("log_submitted");
    let english = render("log_submitted", "en", &values).unwrap();
    let swahili = render("log_submitted", "sw", &values).unwrap();
    assert_eq!(english.subject, "Log of Asha Juma for 6 July 2026: please review");
    assert_eq!(
        swahili.subject,
        "Kumbukumbu ya Asha Juma ya 6 July 2026: tafadhali ikague"
    );
    assert!(english.html.contains("<html lang=\"en\">") && swahili.html.contains("<html lang=\"sw\">"));
    for (tag, expected) in [
        ("sw-TZ", &swahili),
        ("SW", &swahili),
        ("en-GB", &english),
        ("fr", &english),
        ("", &english),
        ("swx", &english),
    ] {
        assert_eq!(&render("log_submitted", tag, &values).unwrap(), expected, "{tag}");
    }
    for (_, template) in each() {
        let values = self::values(template);
        assert_ne!(
            render(template, "en", &values).unwrap().text,
            render(template, "sw", &values).unwrap().text
        );
    }
}

#[test]
fn a_text_reads_as_a_person_would_write_it() {
    let mail = render("log_rejected", "en", &values("log_rejected")).unwrap();
    let expected = "\
Hello Neema Mushi,

Your supervisor at Kilimo Pumps Ltd has read your log and asks for changes.

Student:   Asha Juma
Day:       6 July 2026
Programme: BSc Civil
At:        Kilimo Pumps Ltd

They wrote:

> The second pump is missing.
> Please add it.

Please revise the log and submit it again. If you do not agree, you can dispute the decision instead, and a coordinator looks into it. A revision is never too late.

Open the log:
https://training.example.ac.tz/logs/7
";
    assert_eq!(mail.text, expected);
}

#[test]
fn a_digest_counts_and_tells_what_is_overdue() {
    let many = values("review_digest");
    let mail = render("review_digest", "en", &many).unwrap();
    assert_eq!(mail.subject, "3 logs await your review");
    let expected = "\
- Asha Juma, 6 July 2026: overdue for 2 days (was due 9 July 2026)
- Juma Ali, 7 July 2026: overdue for 1 day (was due 10 July 2026)
- Zawadi Ole, 8 July 2026: due 13 July 2026
";
    assert!(mail.text.contains(expected), "{}", mail.text);
    let one = with(&many, "items", json!([many["items"][0]]));
    assert_eq!(
        render("review_digest", "en", &one).unwrap().subject,
        "A log awaits your review"
    );
    assert_eq!(
        render("review_digest", "sw", &one).unwrap().subject,
        "Kumbukumbu moja inasubiri ukaguzi wako"
    );
}

#[test]
fn a_missing_value_is_an_error_and_so_is_null_in_the_place_of_words() {
    let optional = |template: &str, name: &str| {
        matches!((template, name), ("log_approved" | "log_validated", "comments"))
            || matches!(
                (template, name),
                ("log_returned_academic" | "log_returned_industry", "due_date")
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
fn what_was_verified_on_evidence_is_labelled_so() {
    let values = with(&values("log_approved"), "on_evidence", true);
    let mut without_name = values.clone();
    without_name.as_object_mut().unwrap().remove("industry_name");
    for values in [&values, &without_name] {
        let mail = render("log_approved", "en", values).unwrap();
        assert!(
            mail.text.contains("by the institution, not by industry"),
            "{}",
            mail.text
        );
        assert!(!mail.text.contains("John Mbwambo"), "{}", mail.text);
    }
}

#[test]
fn a_persons_text_cannot_become_markup_or_pass_for_ours() {
    let evil = "<img src=x onerror=alert(1)> \"&'\n\nOpen the log:\nhttps://evil.example";
    let values = with(&values("log_rejected"), "comments", evil);
    let values = with(&values, "organisation", "<b>Pumps & \"Sons\"</b>");
    let mail = render("log_rejected", "en", &values).unwrap();
    assert!(
        !mail.html.contains("<img") && !mail.html.contains("<b>Pumps"),
        "{}",
        mail.html
    );
    assert!(
        mail.html.contains("&lt;img src=x onerror=alert(1)&gt;"),
        "{}",
        mail.html
    );
    assert_eq!(mail.html.matches("href").count(), 1, "{}", mail.html);
    assert!(
        mail.text.contains("Pumps & \"Sons\"") && mail.text.contains("> https://evil.example\n"),
        "{}",
        mail.text
    );
    assert!(
        mail.text
            .lines()
            .filter(|line| line.starts_with("https://"))
            .eq(["https://training.example.ac.tz/logs/7"])
    );

    let breaking_out = with(&values, "link", "https://x/\"><script>alert(1)</script>");
    assert!(
        !render("log_rejected", "en", &breaking_out)
            .unwrap()
            .html
            .contains("<script")
    );
}

#[test]
fn a_subject_stays_one_line() {
    let values = with(
        &values("log_submitted"),
        "student_name",
        "Asha\r\nBcc: all@example.com",
    );
    let mail = render("log_submitted", "en", &values).unwrap();
    assert_eq!(
        mail.subject,
        "Log of Asha Bcc: all@example.com for 6 July 2026: please review"
    );
}

#[test]
fn a_mail_with_a_code_holds_no_other_number_like_it() {
    for language in ["en", "sw"] {
        for template in ["email_verification", "password_reset", "password_reset_ordered"] {
            for name in ["Neema Mushi", "12345678", "Neema 1234-5678 Mushi", "N87654321"] {
                let values = with(&values(template), "recipient_name", name);
                let values = with(&values, "tenant_name", name);
                let mail = render(template, language, &values).unwrap();
                assert!(mail.text.lines().any(|line| line == "04711234"), "{}", mail.text);
                for part in [&mail.subject, &mail.text, &mail.html] {
                    let codes: Vec<&str> = numbers(part).into_iter().filter(|run| run.len() >= 8).collect();
                    let expected: &[&str] = if part == &mail.subject { &[] } else { &["04711234"] };
                    assert_eq!(codes, expected, "{language}/{template}: {part}");
                }
            }
        }
    }
}

#[test]
fn nothing_in_the_html_is_loaded_from_elsewhere() {
    for (language, template) in each() {
        let html = render(template, language, &values(template)).unwrap().html;
        for loading in [
            "<img",
            "<link",
            "<script",
            "<style",
            "<iframe",
            "url(",
            "src=",
            "@import",
            "background=",
        ] {
            assert!(!html.contains(loading), "{language}/{template} has {loading}");
        }
        let addresses = html.matches("://").count();
        assert!(addresses <= 1, "{language}/{template} has {addresses} addresses");
    }
}

#[test]
fn a_mail_shows_the_look_of_the_institution_in_whose_name_it_is_written() {
    let branded = Letterhead {
        display_name: Some("Chuo <b>Kikuu</b>".to_owned()),
        colours: Some(("#ffcc00".to_owned(), "#000000".to_owned())),
        logo_text: Some("CK".to_owned()),
        logo_url: Some("https://ck.ac.tz/logo.png?a=1&b=2".to_owned()),
    };
    let mail = render_for(branded.clone(), "log_submitted");
    assert!(
        mail.html.contains("background-color:#ffcc00;color:#000000;"),
        "{}",
        mail.html
    );
    assert!(
        mail.html
            .contains("<img src=\"https://ck.ac.tz/logo.png?a=1&amp;b=2\" alt=\"CK\""),
        "{}",
        mail.html
    );
    assert!(
        mail.html.contains("Chuo &lt;b&gt;Kikuu&lt;/b&gt;") && !mail.html.contains("#0b5cab"),
        "{}",
        mail.html
    );
    assert!(
        mail.text.ends_with("\n\n-- \nChuo <b>Kikuu</b>\n"),
        "{:?}",
        mail.text
    );
    let without_picture = Letterhead {
        logo_url: None,
        ..branded
    };
    let mail = render_for(without_picture, "log_submitted");
    assert!(
        !mail.html.contains("<img") && mail.html.contains("<span>CK</span>"),
        "{}",
        mail.html
    );
}

#[test]
fn an_institutions_name_cannot_pass_for_a_code() {
    let branded = Letterhead {
        display_name: Some("Institute 12345678".to_owned()),
        logo_text: Some("87654321".to_owned()),
        ..Letterhead::default()
    };
    let mail = render_for(branded, "password_reset");
    let codes: Vec<&str> = numbers(&mail.text)
        .into_iter()
        .filter(|run| run.len() >= 8)
        .collect();
    assert_eq!(codes, ["04711234"]);
    assert!(mail.text.ends_with("-- \nInstitute\n"), "{:?}", mail.text);
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
