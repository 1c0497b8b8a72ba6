//! The audit trail: linked after the fact, and damage to it is found and located.

use ipt_application::{
    Caller,
    audit::{link, verify},
};
use ipt_domain::{
    audit::{
        chain::{Break, ChainId, Problem},
        record::AuditRecord,
    },
    identity::role::Role,
};
use serde_json::json;

use crate::support::{Stage, approve, validate};

/// A stage on which something happened, linked; with the records of the institution's chain, in its order.
async fn linked() -> (Stage, Vec<AuditRecord>) {
    let stage = Stage::new().await;
    let id = stage.submit("07-06").await.unwrap().entry.id();
    stage.take(&stage.industrial(), id, approve()).await.unwrap();
    stage.take(&stage.university(), id, validate()).await.unwrap();
    link::execute(&stage.services).await.unwrap();
    let own = stage
        .database
        .audit_records()
        .into_iter()
        .filter(|record| record.tenant.is_some())
        .collect();
    (stage, own)
}

fn administrator(stage: &Stage) -> Caller {
    stage.caller(stage.world.id(), Role::TenantAdmin)
}

async fn first_broken(stage: &Stage) -> Option<Break> {
    verify::execute(&stage.services, &administrator(stage), None)
        .await
        .unwrap()
        .first_broken
}

#[tokio::test]
async fn every_change_is_linked_once_and_the_chain_is_whole() {
    let (stage, own) = linked().await;
    assert_eq!(link::execute(&stage.services).await.unwrap(), 0);
    let report = verify::execute(&stage.services, &administrator(&stage), None)
        .await
        .unwrap();
    assert_eq!(report.chain, ChainId::Tenant(stage.world.tenant));
    assert_eq!((report.checked, report.not_linked_yet), (own.len() as u64, 0));
    assert_eq!(report.first_broken, None);

    stage.at("07-07 17:00");
    stage.submit("07-07").await.unwrap();
    let report = verify::execute(&stage.services, &administrator(&stage), None)
        .await
        .unwrap();
    // The submission, and the verification before this one.
    assert_eq!((report.checked, report.not_linked_yet), (own.len() as u64, 2));
    assert_eq!(link::execute(&stage.services).await.unwrap(), 3);
    assert_eq!(first_broken(&stage).await, None);
}

#[tokio::test]
async fn each_institution_has_a_chain_of_its_own_beside_that_of_the_deployment() {
    let (stage, _) = linked().await;
    stage.world.add_institution(stage.world.id(), "ardhi").await;
    link::execute(&stage.services).await.unwrap();
    let reports = verify::all(&stage.services, None).await.unwrap();
    let chains: Vec<_> = reports.iter().map(|report| report.chain).collect();
    assert_eq!(chains, [ChainId::Deployment, ChainId::Tenant(stage.world.tenant)]);
    assert!(
        reports
            .iter()
            .all(|report| report.first_broken.is_none() && report.checked > 0)
    );
}

#[tokio::test]
async fn an_edited_record_is_found_and_named() {
    let (stage, own) = linked().await;
    let edited = &own[own.len() - 2];
    stage
        .database
        .edit_audit_record(edited.id, |record| record.action = "logbook.reject".into());
    assert_eq!(
        first_broken(&stage).await,
        Some(Break {
            sequence: own.len() as u64 - 1,
            record_id: Some(edited.id),
            problem: Problem::Edited,
        })
    );
}

#[tokio::test]
async fn a_record_taken_out_is_missed_at_its_place() {
    let (stage, own) = linked().await;
    stage.database.remove_audit_record(own[1].id);
    assert_eq!(
        first_broken(&stage).await,
        Some(Break {
            sequence: 2,
            record_id: Some(own[1].id),
            problem: Problem::Deleted
        })
    );
}

#[tokio::test]
async fn values_beside_a_record_can_be_erased_and_not_edited() {
    let (stage, own) = linked().await;
    let last = own.last().unwrap();
    let before = verify::execute(&stage.services, &administrator(&stage), None)
        .await
        .unwrap();
    stage
        .database
        .edit_audit_values(last.id, json!({ "address": "198.51.100.1" }));
    assert_eq!(
        first_broken(&stage).await,
        Some(Break {
            sequence: own.len() as u64,
            record_id: Some(last.id),
            problem: Problem::Edited,
        })
    );
    stage.database.erase_audit_values(last.id);
    let after = verify::execute(&stage.services, &administrator(&stage), None)
        .await
        .unwrap();
    assert_eq!(after.first_broken, None);
    assert_eq!(after.erased, before.erased + 1);
}
