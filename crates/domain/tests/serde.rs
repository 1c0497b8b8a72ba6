//! What was written down is read back through the rules: nothing wrong comes in by that door.
#![cfg(feature = "serde")]

use ipt_domain::{
    identity::{
        email::EmailAddress,
        name::PersonName,
        permission::{Permission, PermissionSet},
        role::Role,
    },
    logbook::{
        content::LogContent, file_name::SafeFileName, hours::WorkedHours, kind::DayKind, skill::Skills,
    },
    tenancy::{calendar::WeekendDays, institution::TenantCode, week::Week},
    text::Remark,
};
use serde::{
    Deserialize,
    de::IntoDeserializer as _,
    de::value::{Error, SeqDeserializer, StrDeserializer, U8Deserializer, U32Deserializer},
};

fn text<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Error> {
    let deserializer: StrDeserializer<'a, Error> = text.into_deserializer();
    T::deserialize(deserializer)
}

fn list<'a, T: Deserialize<'a>>(items: &[&'a str]) -> Result<T, Error> {
    T::deserialize(SeqDeserializer::<_, Error>::new(items.iter().copied()))
}

#[test]
fn values_are_read_by_their_names_in_the_contract() {
    for role in Role::ALL {
        assert_eq!(text(role.as_str()), Ok(role));
    }
    for kind in DayKind::ALL {
        assert_eq!(text(kind.as_str()), Ok(kind));
    }
    for permission in Permission::ALL {
        assert_eq!(text(permission.as_str()), Ok(*permission));
    }
    let set: PermissionSet = list(&["logbook:write", "audit:read"]).unwrap();
    assert_eq!(
        set,
        PermissionSet::of(&[Permission::LogbookWrite, Permission::AuditRead])
    );
}

#[test]
fn unknown_names_are_refused() {
    assert!(text::<Role>("administrator").is_err());
    assert!(text::<DayKind>("holiday").is_err());
    assert!(text::<Permission>("logbook:everything").is_err());
    assert!(list::<PermissionSet>(&["logbook:write", "root"]).is_err());
}

#[test]
fn a_value_that_breaks_its_rules_is_refused() {
    assert!(text::<EmailAddress>("asha@").is_err());
    assert!(text::<PersonName>(" ").is_err());
    assert!(text::<TenantCode>("UDSM").is_err());
    assert!(text::<Remark>("   ").is_err());
    assert!(text::<LogContent>("a\u{202E}b").is_err());
    assert!(list::<Skills>(&["CAD", ""]).is_err());
    let minutes: U32Deserializer<Error> = 20_u32.into_deserializer();
    assert!(WorkedHours::deserialize(minutes).is_err());
    let every_day: U8Deserializer<Error> = 0b111_1111_u8.into_deserializer();
    assert!(WeekendDays::deserialize(every_day).is_err());
}

#[test]
fn a_value_that_has_one_right_form_is_brought_into_it() {
    assert_eq!(
        text::<SafeFileName>("../../etc/passwd").unwrap().as_str(),
        "passwd"
    );
    assert_eq!(list::<Skills>(&["CAD", "cad"]).unwrap().as_slice(), ["CAD"]);
    let week: Week = text("2026-07-09").unwrap();
    assert_eq!(week.monday().to_string(), "2026-07-06");
}
