use uuid::Uuid;

use super::*;

fn at(minutes: i64) -> Instant {
    "2026-07-06T08:00:00Z".parse::<Instant>().unwrap() + TimeDelta::minutes(minutes)
}

/// What comes of asking for a code, `before` being there, so many minutes past eight.
fn asked(before: Option<&MailedSecret>, minutes: i64) -> Option<MailedSecret> {
    issue(before, MailPace::Asked, at(minutes))
}

fn issue(before: Option<&MailedSecret>, pace: MailPace, now: Instant) -> Option<MailedSecret> {
    let number = before.map_or(1, |before| before.id.uuid().as_u128() + 1);
    let subject = UserId::new(Uuid::from_u128(7));
    let new = (MailedSecretId::new(Uuid::from_u128(number)), [9; 32]);
    MailedSecret::issue(before, (subject, SecretPurpose::ResetPassword), new, pace, now)
}

#[test]
fn a_code_is_good_for_ten_minutes_five_tries_and_one_use() {
    let code = asked(None, 0).unwrap();
    assert!(code.is_open(at(0)));
    assert!(code.is_open(at(10) - TimeDelta::microseconds(1)));
    assert!(!code.is_open(at(10)));
    let tried = |tries| MailedSecret { tries, ..code };
    assert!(tried(4).is_open(at(1)));
    assert!(!tried(5).is_open(at(1)));
    let used = MailedSecret {
        used_at: Some(at(1)),
        ..code
    };
    assert!(!used.is_open(at(1)));
}

#[test]
fn an_invitation_is_good_for_a_week() {
    assert_eq!(SecretPurpose::AcceptInvitation.lasts(), TimeDelta::days(7));
}

#[test]
fn a_new_code_takes_the_place_of_the_old_with_all_its_tries() {
    let first = MailedSecret {
        tries: 5,
        ..asked(None, 0).unwrap()
    };
    let second = asked(Some(&first), 0).unwrap();
    assert_ne!(second.id, first.id);
    assert_eq!((second.mailed, second.tries), (2, 0));
    assert_eq!(second.version, first.version.next());
}

#[test]
fn a_sixth_code_within_an_hour_is_not_mailed() {
    let mut last = asked(None, 0).unwrap();
    for minutes in [1, 2, 3, 4] {
        last = asked(Some(&last), minutes).unwrap();
    }
    assert_eq!(asked(Some(&last), 59), None);
    let next = asked(Some(&last), 60).unwrap();
    assert_eq!((next.mailed, next.counting_since), (1, at(60)));
}

#[test]
fn a_used_code_does_not_begin_the_count_anew() {
    let mut last = asked(None, 0).unwrap();
    for minutes in [1, 2, 3, 4] {
        last.used_at = Some(at(minutes));
        last = asked(Some(&last), minutes).unwrap();
    }
    assert_eq!(asked(Some(&last), 30), None);
}

#[test]
fn whoever_manages_the_person_is_not_kept_back() {
    let mut last = asked(None, 0).unwrap();
    for _ in 0..10 {
        last = issue(Some(&last), MailPace::Ordered, at(0)).unwrap();
    }
    assert_eq!(last.mailed, 11);
    assert_eq!(asked(Some(&last), 30), None, "and these mails are counted too");
}

#[test]
fn a_code_is_taken_as_people_type_it() {
    assert_eq!(code_digits("04711234").as_deref(), Some("04711234"));
    assert_eq!(code_digits(" 0471 1234\n").as_deref(), Some("04711234"));
    for other in ["", "0471123", "047112345", "0471123x", "٠٤٧١١٢٣٤", "-4711234"] {
        assert_eq!(code_digits(other), None, "{other}");
    }
}

#[test]
fn a_purpose_goes_by_its_name() {
    for purpose in SecretPurpose::ALL {
        assert_eq!(SecretPurpose::from_name(purpose.as_str()), Some(purpose));
    }
    assert_eq!(SecretPurpose::from_name("sign_in"), None);
}
