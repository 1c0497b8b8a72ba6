//! What a person or an institution wrote stays a text, and passes for nothing of ours.

use ipt_ports::mailer::Letterhead;

use super::{each, render, render_for, values, with};

/// Every run of digits.
fn numbers(text: &str) -> Vec<&str> {
    text.split(|letter: char| !letter.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .collect()
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
