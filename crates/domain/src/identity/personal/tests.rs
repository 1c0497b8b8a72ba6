//! Tests of sensitive particulars.

use super::*;

fn kept(field: PersonalField, text: &str) -> Result<Option<String>, &'static str> {
    let today = NaiveDate::from_ymd_opt(2026, 7, 6).unwrap();
    field.parse(text, today).map_err(|error| error.code())
}

#[test]
fn a_telephone_number_is_kept_by_its_digits() {
    assert_eq!(
        kept(PersonalField::Phone, " +255 (22) 240-0500 "),
        Ok(Some("+255222400500".to_owned()))
    );
    assert_eq!(
        kept(PersonalField::Phone, "0712 345 678"),
        Ok(Some("0712345678".to_owned()))
    );
    assert_eq!(kept(PersonalField::Phone, "  "), Ok(None));
    for wrong in ["1234", "+1234567890123456", "call me", "12+34567", "=1+1|12345"] {
        assert_eq!(kept(PersonalField::Phone, wrong), Err("phone_invalid"), "{wrong}");
    }
}

#[test]
fn a_birth_date_lies_in_the_past() {
    assert_eq!(
        kept(PersonalField::BirthDate, "2004-02-29"),
        Ok(Some("2004-02-29".to_owned()))
    );
    assert_eq!(
        kept(PersonalField::BirthDate, "2026-07-05"),
        Ok(Some("2026-07-05".to_owned()))
    );
    for wrong in [
        "2026-07-06",
        "2003-02-29",
        "29.02.2004",
        "1890-01-01",
        "9999-01-01",
    ] {
        assert_eq!(
            kept(PersonalField::BirthDate, wrong),
            Err("birth_date_invalid"),
            "{wrong}"
        );
    }
}

#[test]
fn notes_have_lines_and_numbers_of_identity_cards_do_not() {
    assert_eq!(
        kept(PersonalField::HealthNotes, "Asthma.\r\nInhaler."),
        Ok(Some("Asthma.\nInhaler.".to_owned()))
    );
    assert_eq!(kept(PersonalField::NationalId, "a\nb"), Err("text_characters"));
    assert_eq!(
        kept(PersonalField::NationalId, &"9".repeat(41)),
        Err("text_too_long")
    );
    assert_eq!(
        kept(PersonalField::HealthNotes, &"x".repeat(2_001)),
        Err("text_too_long")
    );
}

#[test]
fn each_goes_by_its_name() {
    for field in PersonalField::ALL {
        assert_eq!(PersonalField::from_name(field.as_str()), Some(field));
    }
}
