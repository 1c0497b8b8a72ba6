//! Tests of sealing.

use ipt_domain::{
    id::{TenantId, UserId},
    identity::personal::PersonalField,
};
use uuid::Uuid;

use super::*;

fn place(tenant: u128, user: u128, field: PersonalField) -> Place {
    Place {
        tenant_id: TenantId::new(Uuid::from_u128(tenant)),
        user_id: UserId::new(Uuid::from_u128(user)),
        field,
    }
}

fn sealer() -> KeyedSealer {
    KeyedSealer::new(SealingKey::ephemeral(), [])
}

#[test]
fn a_value_opens_in_its_place_and_nowhere_else() {
    let sealer = sealer();
    let own = place(1, 2, PersonalField::Phone);
    let kept = sealer.seal(own, &SecretString::from("+255712345678")).unwrap();
    assert_eq!(sealer.open(own, &kept).unwrap().expose_secret(), "+255712345678");
    for other in [
        place(9, 2, PersonalField::Phone),
        place(1, 9, PersonalField::Phone),
        place(1, 2, PersonalField::NationalId),
    ] {
        assert_eq!(
            sealer.open(other, &kept).unwrap_err(),
            OpenError::Damaged,
            "{other:?}"
        );
    }
}

#[test]
fn the_same_value_is_never_sealed_twice_alike_and_never_stands_there_in_plain() {
    let sealer = sealer();
    let own = place(1, 2, PersonalField::HealthNotes);
    let value = SecretString::from("Asthma, inhaler in the left pocket");
    let (one, other) = (
        sealer.seal(own, &value).unwrap(),
        sealer.seal(own, &value).unwrap(),
    );
    assert_ne!(one.text, other.text);
    let raw = STANDARD_NO_PAD.decode(&one.text).unwrap();
    assert!(!raw.windows(6).any(|part| part == b"Asthma"));
}

#[test]
fn after_a_rotation_the_old_key_opens_what_it_sealed_and_the_new_one_seals() {
    let own = place(1, 2, PersonalField::BirthDate);
    let (old, old_again) = {
        let text = SecretString::from(format!(
            "ipt-encryption-key:{}",
            base64::engine::general_purpose::STANDARD.encode([3; 32])
        ));
        (
            SealingKey::from_text(&text).unwrap(),
            SealingKey::from_text(&text).unwrap(),
        )
    };
    let before = KeyedSealer::new(old, [])
        .seal(own, &SecretString::from("2004-02-29"))
        .unwrap();
    let rotated = KeyedSealer::new(SealingKey::ephemeral(), [old_again]);
    let value = rotated.open(own, &before).unwrap();
    assert_eq!(value.expose_secret(), "2004-02-29");
    let now = rotated.seal(own, &value).unwrap();
    assert_eq!(&now.key_id, rotated.current());
    assert_ne!(now.key_id, before.key_id);
}

#[test]
fn a_lost_key_is_named_and_a_changed_value_is_noticed() {
    let own = place(1, 2, PersonalField::NationalId);
    let (lost, sealer) = (sealer(), sealer());
    let kept = lost.seal(own, &SecretString::from("19990101-1234")).unwrap();
    let told = sealer.open(own, &kept).unwrap_err();
    assert_eq!(
        told,
        OpenError::KeyMissing {
            key_id: lost.current().clone()
        }
    );
    for text in [
        "",
        "not base64 at all!",
        "AAAA",
        &kept.text[1..],
        &kept.text.replacen(&kept.text[20..24], "AAAA", 1),
    ] {
        let changed = Sealed {
            text: text.to_owned(),
            ..kept.clone()
        };
        assert_eq!(
            lost.open(own, &changed).unwrap_err(),
            OpenError::Damaged,
            "{text}"
        );
    }
}
