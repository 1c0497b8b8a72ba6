use chrono::DateTime;
use uuid::Uuid;

use super::*;
use crate::{
    error::Violation as _,
    id::{TenantId, UserId},
    text::Remark,
};

fn draft() -> OrganisationDraft {
    OrganisationDraft {
        name: "Kilimanjaro Engineering Ltd".to_owned(),
        sector: Some("construction".to_owned()),
        city: Some("Dar es Salaam".to_owned()),
        website: Some("https://kilimanjaro.example".to_owned()),
        country: Some("  ".to_owned()),
        description: None,
    }
}

fn create(draft: &OrganisationDraft) -> Result<Organisation, Vec<OrganisationViolation>> {
    Organisation::create(OrganisationId::new(Uuid::from_u128(1)), draft)
}

fn relation() -> OrganisationRelation {
    let (tenant, organisation) = (
        TenantId::new(Uuid::from_u128(900)),
        OrganisationId::new(Uuid::from_u128(1)),
    );
    OrganisationRelation::begin(tenant, organisation, DateTime::UNIX_EPOCH)
}

#[test]
fn an_empty_detail_counts_as_left_out() {
    let organisation = create(&draft()).unwrap();
    assert_eq!(
        (organisation.city(), organisation.country()),
        (Some("Dar es Salaam"), None)
    );
}

#[test]
fn a_draft_of_an_organisation_changes_nothing() {
    let organisation = create(&draft()).unwrap();
    let same = organisation
        .clone()
        .amended(&OrganisationDraft::from(&organisation))
        .unwrap();
    assert_eq!(
        OrganisationDraft::from(&same),
        OrganisationDraft::from(&organisation)
    );
    assert_eq!(same.version(), organisation.version().next());
}

#[test]
fn everything_that_is_wrong_is_told_together() {
    let wrong = OrganisationDraft {
        name: "\u{200B}".to_owned(),
        city: Some("two\nlines".to_owned()),
        website: Some("javascript:alert(1)".to_owned()),
        description: Some("x".repeat(5_001)),
        ..draft()
    };
    let told: Vec<_> = create(&wrong)
        .unwrap_err()
        .iter()
        .map(|it| (it.code(), it.pointer()))
        .collect();
    assert_eq!(
        told,
        [
            ("text_required", "/name"),
            ("text_characters", "/city"),
            ("text_too_long", "/description"),
            ("website_invalid", "/website"),
        ]
    );
}

#[test]
fn a_website_is_an_address_of_the_web() {
    let table = [
        ("https://a.example/path?x=1", true),
        ("HTTP://a.example", true),
        ("http://[2001:db8::1]/", true),
        ("a.example", false),
        ("https://", false),
        ("https:///path", false),
        ("https://a.example/ b", false),
        ("data:text/html,hi", false),
        ("https://a.example/\"><script>", false),
    ];
    for (website, accepted) in table {
        let organisation = create(&OrganisationDraft {
            website: Some(website.to_owned()),
            ..draft()
        });
        assert_eq!(organisation.is_ok(), accepted, "{website}");
    }
}

#[test]
fn a_verification_is_kept_as_it_was_first_given() {
    let (first, second) = (UserId::new(Uuid::from_u128(4)), UserId::new(Uuid::from_u128(5)));
    assert!(!relation().is_verified());
    let verified = relation()
        .verify(first, DateTime::UNIX_EPOCH)
        .verify(second, DateTime::<chrono::Utc>::MAX_UTC);
    assert!(verified.is_verified());
    assert_eq!(
        verified.verified(),
        Some(Verification {
            at: DateTime::UNIX_EPOCH,
            by: first
        })
    );
}

#[test]
fn each_change_of_a_relation_counts_and_what_changes_nothing_does_not() {
    let notes = || Remark::parse(Some("pays late")).unwrap();
    let user = UserId::new(Uuid::from_u128(4));
    let changed = relation()
        .verify(user, DateTime::UNIX_EPOCH)
        .described(None, notes());
    assert_eq!(changed.version().number(), 3);
    let same = changed
        .clone()
        .verify(user, DateTime::UNIX_EPOCH)
        .described(None, notes());
    assert_eq!(same, changed);
}

#[test]
fn a_relation_verified_by_nobody_is_damage() {
    let parts = OrganisationRelationParts {
        tenant_id: relation().tenant_id(),
        organisation_id: relation().organisation_id(),
        since: DateTime::UNIX_EPOCH,
        verified_at: Some(DateTime::UNIX_EPOCH),
        verified_by: None,
        contacts: None,
        notes: Remark::parse(Some("call first")).unwrap(),
        version: Version::FIRST,
    };
    let damage = OrganisationRelation::from_parts(parts.clone()).unwrap_err();
    assert_eq!(
        (damage.table, damage.column),
        ("organisation_relation", "verified_by")
    );
    let sound = OrganisationRelation::from_parts(OrganisationRelationParts {
        verified_at: None,
        ..parts
    })
    .unwrap();
    assert_eq!(sound.notes().map(Remark::as_str), Some("call first"));
}
