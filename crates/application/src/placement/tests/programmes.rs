//! Programmes.

use ipt_domain::{
    identity::role::Role,
    placement::{
        policy::PolicyDraft,
        programme::{ProgrammeChanges, ProgrammeDraft},
    },
    version::Version,
};
use ipt_ports::placement::NameSort;

use super::{Place, codes};
use crate::{
    placement::programmes::{create, get, list, update},
    tests::{date, first_page},
};

fn draft(code: &str) -> ProgrammeDraft {
    ProgrammeDraft {
        name: "Field work".to_owned(),
        code: code.to_owned(),
        credit_units: 6.0,
        required_hours: 160.0,
        required_days: 20,
        window: (date("2026-06-01"), date("2026-12-31")),
        policy: PolicyDraft::default(),
    }
}

#[tokio::test]
async fn a_coordinator_makes_a_programme_and_everybody_reads_it() {
    let place = Place::new();
    let cora = place.caller(place.cora);
    let programme = create::execute(&place.world.services, &cora, draft("FW1"))
        .await
        .unwrap();
    let asha = place.caller(place.asha);
    assert_eq!(
        get::execute(&place.world.services, &asha, programme.id())
            .await
            .unwrap(),
        programme
    );
    let command = list::Command {
        text: None,
        page: first_page(NameSort::Name),
        count: true,
    };
    let (page, total) = list::execute(&place.world.services, &asha, &command)
        .await
        .unwrap();
    assert_eq!((page.items.len(), total), (2, Some(2)));
    let refusal = create::execute(&place.world.services, &asha, draft("FW2"))
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "forbidden");
}

#[tokio::test]
async fn a_code_that_is_taken_and_numbers_out_of_bounds_are_refused() {
    let place = Place::new();
    let cora = place.caller(place.cora);
    create::execute(&place.world.services, &cora, draft("FW1"))
        .await
        .unwrap();
    let refusal = create::execute(&place.world.services, &cora, draft("FW1"))
        .await
        .unwrap_err();
    assert_eq!(codes(&refusal), ["programme_code_taken"]);
    let mut wrong = draft("");
    wrong.policy.industry_review_days = Some(15);
    let refusal = create::execute(&place.world.services, &cora, wrong)
        .await
        .unwrap_err();
    assert_eq!(codes(&refusal), ["text_required", "policy_out_of_bounds"]);
}

#[tokio::test]
async fn a_policy_that_differs_is_a_new_version_and_a_name_is_none() {
    let place = Place::new();
    let cora = place.caller(place.cora);
    let named = ProgrammeChanges {
        name: Some("Renamed".to_owned()),
        ..ProgrammeChanges::default()
    };
    let command = update::Command {
        id: place.programme,
        seen: Some(Version::FIRST),
        changes: named,
    };
    let updated = update::execute(&place.world.services, &cora, &command)
        .await
        .unwrap();
    assert_eq!(updated.programme.policy_version().number(), 1);
    assert!(updated.policy_keys.is_empty());
    let stale = update::execute(&place.world.services, &cora, &command)
        .await
        .unwrap_err();
    assert_eq!(stale.code(), "stale_version");
    let stricter = ProgrammeChanges {
        policy: PolicyDraft {
            entry_deadline_days: Some(3),
            ..PolicyDraft::default()
        },
        ..ProgrammeChanges::default()
    };
    let command = update::Command {
        id: place.programme,
        seen: None,
        changes: stricter,
    };
    let updated = update::execute(&place.world.services, &cora, &command)
        .await
        .unwrap();
    assert_eq!(updated.programme.policy_version().number(), 2);
    assert_eq!(updated.policy_keys, ["entry_deadline_days"]);
}

#[tokio::test]
async fn a_programme_of_another_institution_does_not_exist() {
    let place = Place::new();
    let suza = place.world.institution("suza");
    let stranger = place.world.person("stranger");
    place.world.member(stranger, Some(suza), &[Role::Coordinator]);
    let stranger = place.world.caller_in(stranger, Some(suza));
    let refusal = get::execute(&place.world.services, &stranger, place.programme)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "not_found");
}
