//! The audit trail, exported batch by batch.

use std::collections::BTreeSet;

use ipt_application::audit::{Filter, export, verify};
use ipt_domain::identity::role::Role;

use crate::support::Stage;

#[tokio::test]
async fn an_export_gives_each_record_out_once_and_stands_in_the_trail_itself() {
    let stage = Stage::new().await;
    let admin = stage.caller(stage.world.id(), Role::TenantAdmin);
    let look = async || verify::execute(&stage.services, &admin, None).await.unwrap();
    for _ in 0..600 {
        look().await;
    }
    let mut export = export::begin(&stage.services, &admin, Filter::default(), "csv")
        .await
        .unwrap();
    let there: BTreeSet<_> = stage
        .database
        .audit_records()
        .into_iter()
        .filter(|record| record.tenant == Some(stage.world.tenant))
        .map(|record| record.id)
        .collect();
    let mut batches = Vec::new();
    while let Some(batch) = export.next().await.unwrap() {
        batches.push(batch);
        // What comes while it is under way is not waited for.
        stage.at("07-06 18:00");
        look().await;
    }
    let largest = batches.iter().map(Vec::len).max().unwrap();
    assert!(largest < there.len(), "nothing is held as a whole");
    let given: Vec<_> = batches.iter().flatten().collect();
    assert_eq!(given.len(), there.len());
    assert_eq!(
        given.iter().map(|view| view.record.id).collect::<BTreeSet<_>>(),
        there
    );
    assert!(given.is_sorted_by_key(|view| view.record.at), "the oldest first");
    let last = given.last().unwrap();
    assert_eq!(last.record.action, "audit.export");
    assert_eq!(last.values.as_ref().unwrap()["values"]["form"], "csv");
}
