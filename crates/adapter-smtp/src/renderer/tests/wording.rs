//! What a reader reads, and in whose name.

use ipt_ports::mailer::Letterhead;
use serde_json::json;

use super::{each, render, render_for, values, with};

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
        let values = super::values(template);
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
