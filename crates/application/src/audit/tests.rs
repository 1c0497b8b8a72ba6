//! Tests of the audit trail.

use ipt_domain::{
    audit::chain::{ChainId, Problem},
    id::AuditRecordId,
    identity::role::Role,
};
use ipt_ports::{Scope, SystemScope, audit::AuditSort};
use uuid::Uuid;

use super::{Filter, browse, checkpoint, export, link, verify};
use crate::{
    Caller,
    tenancy::{Changes, update},
    tests::{World, first_page},
};

/// An institution whose administrator has renamed it so many times.
async fn renamed(times: u32) -> (World, Caller) {
    let world = World::new();
    let admin = world.caller(world.with_roles("admin", &[Role::TenantAdmin]));
    for number in 0..times {
        let changes = Changes {
            name: Some(format!("Name {number}")),
            ..Changes::default()
        };
        let command = update::Command { seen: None, changes };
        update::execute(&world.services, &admin, &command).await.unwrap();
    }
    (world, admin)
}

#[tokio::test]
async fn records_are_linked_into_the_chain_of_their_institution_and_once() {
    let (world, admin) = renamed(3).await;
    let before = verify::execute(&world.services, &admin, None).await.unwrap();
    assert_eq!((before.checked, before.not_linked_yet), (0, 3));
    // The verification is written down too.
    assert_eq!(link::execute(&world.services).await.unwrap(), 4);
    assert_eq!(link::execute(&world.services).await.unwrap(), 0);
    let after = verify::execute(&world.services, &admin, None).await.unwrap();
    assert_eq!(
        (after.checked, after.not_linked_yet, after.first_broken),
        (4, 0, None)
    );
    let sequences: Vec<_> = world.state().links.values().map(|link| link.sequence).collect();
    assert_eq!(sequences, [1, 2, 3, 4]);
}

#[tokio::test]
async fn more_records_than_a_batch_holds_are_all_linked_and_verified() {
    let (world, admin) = renamed(603).await;
    assert_eq!(link::execute(&world.services).await.unwrap(), 603);
    let report = verify::execute(&world.services, &admin, None).await.unwrap();
    assert_eq!((report.checked, report.first_broken), (603, None));
}

#[tokio::test]
async fn while_somebody_else_links_nothing_is_linked() {
    let (world, _) = renamed(2).await;
    world.database.set_linking_taken(true);
    assert_eq!(link::execute(&world.services).await.unwrap(), 0);
    assert!(world.state().links.is_empty());
}

#[tokio::test]
async fn each_institution_and_the_deployment_have_a_chain_of_their_own() {
    let (world, _) = renamed(2).await;
    let mut of_deployment = world.state().trail().remove(0);
    of_deployment.record.tenant = None;
    of_deployment.record.id = AuditRecordId::new(Uuid::from_u128(0xFE));
    let operator = Scope::System(SystemScope::Operator);
    let mut work = world.services.database.begin(operator).await.unwrap();
    work.chain().record(&of_deployment).await.unwrap();
    work.commit().await.unwrap();
    link::execute(&world.services).await.unwrap();
    let reports = verify::all(&world.services, None).await.unwrap();
    let found: Vec<_> = reports
        .iter()
        .map(|report| (report.chain, report.checked))
        .collect();
    assert_eq!(
        found,
        [(ChainId::Deployment, 1), (ChainId::Tenant(world.tenant), 2)]
    );
}

#[tokio::test]
async fn an_edited_record_and_a_removed_one_are_found_and_located() {
    let (world, admin) = renamed(4).await;
    link::execute(&world.services).await.unwrap();
    let untouched = world.state();
    let records: Vec<_> = untouched.records.keys().copied().collect();
    world
        .database
        .edit_audit_record(records[1], |record| record.action = "tenancy.nothing".into());
    let broken = verify::execute(&world.services, &admin, None)
        .await
        .unwrap()
        .first_broken
        .unwrap();
    assert_eq!((broken.sequence, broken.problem), (2, Problem::Edited));
    world.database.change(|state| state.clone_from(&untouched));
    world.database.remove_audit_record(records[2]);
    let broken = verify::execute(&world.services, &admin, None)
        .await
        .unwrap()
        .first_broken
        .unwrap();
    assert_eq!((broken.sequence, broken.problem), (3, Problem::Deleted));
}

#[tokio::test]
async fn values_that_were_edited_are_found_and_erased_ones_are_counted() {
    let (world, admin) = renamed(3).await;
    link::execute(&world.services).await.unwrap();
    let trail = world.state().trail();
    world.database.erase_audit_values(trail[0].record.id);
    let report = verify::execute(&world.services, &admin, None).await.unwrap();
    assert_eq!(
        (report.erased, report.first_broken),
        (1, None),
        "an erasure leaves the chain verifiable"
    );
    let mut values = trail[2].detail.clone().unwrap().values;
    values["values"]["after"]["name"] = "Forged".into();
    world.database.edit_audit_values(trail[2].record.id, values);
    let broken = verify::execute(&world.services, &admin, None)
        .await
        .unwrap()
        .first_broken
        .unwrap();
    assert_eq!((broken.sequence, broken.problem), (3, Problem::Edited));
}

#[tokio::test]
async fn the_trail_is_read_by_administrators_of_the_institution() {
    let (world, admin) = renamed(2).await;
    let page = first_page(AuditSort::At);
    let listed = browse::execute(&world.services, &admin, Filter::default(), &page, true)
        .await
        .unwrap();
    assert_eq!(listed.total, Some(2));
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    for refused in [
        browse::execute(&world.services, &cora, Filter::default(), &page, false)
            .await
            .map(drop),
        verify::execute(&world.services, &cora, None).await.map(drop),
    ] {
        assert!(matches!(refused, Err(super::AuditError::Denied(_))));
    }
}

#[tokio::test]
async fn every_look_at_the_trail_is_written_down_behind_what_it_has_shown() {
    let (world, admin) = renamed(1).await;
    let page = first_page(AuditSort::At);
    let filter = Filter {
        action: Some("tenancy.".to_owned()),
        ..Filter::default()
    };
    let listed = browse::execute(&world.services, &admin, filter, &page, true)
        .await
        .unwrap();
    assert_eq!(listed.total, Some(1));
    verify::execute(&world.services, &admin, None).await.unwrap();
    assert_eq!(
        world.state().deeds(),
        ["tenancy.update", "audit.browse", "audit.verify"]
    );
    let looked = world.state().trail().remove(1);
    assert_eq!(looked.record.actor, Some(admin.user_id()));
    assert_eq!(looked.record.tenant, Some(world.tenant));
    let detail = looked.detail.unwrap().values;
    assert_eq!(detail["values"]["action"], "tenancy.");
    assert_eq!(detail["values"]["continued"], false);
}

#[tokio::test]
async fn only_those_who_read_the_trail_export_it_or_take_checkpoints() {
    let (world, _) = renamed(1).await;
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let refused = export::begin(&world.services, &cora, Filter::default(), "csv").await;
    assert!(matches!(refused, Err(super::AuditError::Denied(_))));
    let refused = checkpoint::execute(&world.services, &cora).await;
    assert!(matches!(refused, Err(super::AuditError::Denied(_))));
    assert_eq!(world.state().deeds(), ["tenancy.update"]);
}
