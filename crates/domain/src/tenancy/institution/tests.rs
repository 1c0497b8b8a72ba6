use std::collections::BTreeSet;

use super::*;
use crate::tenancy::calendar::WeekendDays;

fn institution(name: &str) -> Result<Institution, TextError> {
    let calendar = WorkingCalendar::new(
        chrono_tz::Africa::Dar_es_Salaam,
        WeekendDays::SATURDAY_AND_SUNDAY,
        BTreeSet::new(),
    );
    let id = TenantId::new(uuid::Uuid::from_u128(1));
    Institution::new(id, TenantCode::parse("udsm").unwrap(), name, calendar)
}

#[test]
fn a_code_is_2_to_32_lower_case_letters_digits_and_hyphens() {
    for code in ["ud", "udsm", "tu-berlin-2", "0a", &"a".repeat(32)] {
        assert_eq!(TenantCode::parse(code).unwrap().as_str(), code);
    }
    for code in [
        "",
        "u",
        "UDSM",
        "ud sm",
        "ud_sm",
        "-udsm",
        "udsm-",
        "údsm",
        " udsm",
        &"a".repeat(33),
    ] {
        assert_eq!(TenantCode::parse(code), Err(TenantCodeError), "{code:?}");
    }
}

#[test]
fn an_institution_has_a_name_that_can_be_seen() {
    assert_eq!(
        institution(" University of Dar es Salaam ").unwrap().name(),
        "University of Dar es Salaam"
    );
    assert_eq!(institution(" \u{200B} "), Err(TextError::Empty));
    assert_eq!(
        institution(&"x".repeat(201)),
        Err(TextError::TooLong {
            max: 200,
            actual: 201
        })
    );
}

#[test]
fn a_renamed_institution_keeps_all_but_its_name() {
    let before = institution("UDSM").unwrap();
    let after = before.clone().renamed("University of Dar es Salaam").unwrap();
    assert_eq!(
        (after.id(), after.code(), after.calendar()),
        (before.id(), before.code(), before.calendar())
    );
    assert_eq!(after.name(), "University of Dar es Salaam");
}
