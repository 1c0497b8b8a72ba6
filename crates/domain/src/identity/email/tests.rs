use super::*;

#[test]
fn an_address_is_shown_as_given_and_compared_without_regard_to_case() {
    let given = EmailAddress::parse(" Asha.Mushi+log@Example.AC.tz ").unwrap();
    assert_eq!(given.as_str(), "Asha.Mushi+log@Example.AC.tz");
    assert_eq!(given.normalised(), "asha.mushi+log@example.ac.tz");
    assert_eq!(
        given,
        EmailAddress::parse("asha.MUSHI+LOG@example.ac.TZ").unwrap()
    );
    assert_eq!(
        (given.local_part(), given.domain()),
        ("asha.mushi+log", "example.ac.tz")
    );
}

#[test]
fn addresses_in_use_are_taken() {
    for address in [
        "a@b.co",
        "o'brien@example.ie",
        "x_1-2@sub.example.org",
        "1@xn--bcher-kva.example",
        "a=b@e.x1",
    ] {
        assert!(EmailAddress::parse(address).is_ok(), "{address}");
    }
}

#[test]
fn what_is_no_address_is_refused() {
    let refused = [
        "",
        "@",
        "asha",
        "asha@",
        "@example.org",
        "a@b@example.org",
        "asha@example",
        "asha@example.",
        "asha@.org",
        "asha@exa mple.org",
        "as ha@example.org",
        ".asha@example.org",
        "asha.@example.org",
        "as..ha@example.org",
        "asha@-example.org",
        "asha@example-.org",
        "asha@10.0.0.1",
        "asha@[10.0.0.1]",
        "\"asha\"@example.org",
        "asha@example.org\r\nBcc: all@example.org",
        "Asha <asha@example.org>",
        "асха@example.org",
        "asha@bücher.example",
        "asha@example.org,b@example.org",
        "asha@exam\0ple.org",
    ];
    for address in refused {
        assert_eq!(EmailAddress::parse(address), Err(EmailError), "{address:?}");
    }
}

#[test]
fn an_address_is_as_long_as_mail_servers_take() {
    let local = "a".repeat(64);
    let domain = format!("{}.{}.{}.org", "b".repeat(63), "c".repeat(63), "d".repeat(57));
    assert_eq!(format!("{local}@{domain}").len(), 254);
    assert!(EmailAddress::parse(&format!("{local}@{domain}")).is_ok());
    assert!(EmailAddress::parse(&format!("{local}@{domain}x")).is_err());
    assert!(EmailAddress::parse(&format!("a{local}@example.org")).is_err());
    assert!(EmailAddress::parse(&format!("a@{}.org", "b".repeat(64))).is_err());
}

#[test]
fn neither_an_address_nor_its_refusal_shows_it_in_a_log_line() {
    let address = EmailAddress::parse("asha@example.org").unwrap();
    assert!(!format!("{address:?}").contains("asha"));
    let refusal = EmailAddress::parse("asha@@example.org").unwrap_err();
    assert!(!format!("{refusal:?} {refusal}").contains("asha"));
}

#[test]
fn the_address_of_somebody_erased_is_one_and_belongs_to_nobody_else() {
    let of = |number| EmailAddress::of_erased(uuid::Uuid::from_u128(number));
    assert_eq!(EmailAddress::parse(of(7).as_str()), Ok(of(7)));
    assert_ne!(of(7), of(8));
    assert_eq!(of(7).domain(), "erased.invalid");
}
