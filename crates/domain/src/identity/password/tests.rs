use super::*;

fn check(password: &str) -> Vec<PasswordError> {
    check_password(
        password,
        &EmailAddress::parse("Asha.Mushi.Kilimanjaro@example.ac.tz").unwrap(),
    )
}

#[test]
fn a_password_has_10_to_128_characters() {
    assert_eq!(check("123456789"), [PasswordError::TooShort]);
    assert_eq!(check("1234567890"), []);
    assert_eq!(check(&"ü".repeat(128)), []);
    assert_eq!(check(&"ü".repeat(129)), [PasswordError::TooLong]);
    assert_eq!(check(&"x".repeat(1_000_000)), [PasswordError::TooLong]);
}

#[test]
fn characters_are_counted_and_not_bytes() {
    assert_eq!(check("пароль-12"), [PasswordError::TooShort]);
    assert_eq!(check("пароль-123"), []);
}

#[test]
fn the_mail_address_is_no_password_in_any_case_nor_is_its_name() {
    for password in [
        "asha.mushi.kilimanjaro@EXAMPLE.ac.tz",
        "ASHA.MUSHI.KILIMANJARO",
        " Asha.Mushi.Kilimanjaro ",
    ] {
        assert_eq!(check(password), [PasswordError::IsAddress], "{password}");
    }
    assert_eq!(check("asha.mushi.kilimanjaro!"), []);
}

#[test]
fn all_reasons_are_told_together() {
    let address = EmailAddress::parse("asha@example.org").unwrap();
    assert_eq!(
        check_password("Asha", &address),
        [PasswordError::TooShort, PasswordError::IsAddress]
    );
}

#[test]
fn each_reason_has_its_code() {
    use PasswordError::{IsAddress, TooCommon, TooLong, TooShort, TooWeak};
    let codes = [TooShort, TooLong, IsAddress, TooWeak, TooCommon].map(|error| error.code());
    let expected = [
        "password_too_short",
        "password_too_long",
        "password_is_address",
        "password_too_weak",
        "password_too_common",
    ];
    assert_eq!(codes, expected);
}
