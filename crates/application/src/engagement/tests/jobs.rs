//! Work that was given up.

use ipt_domain::{id::JobId, identity::role::Role, version::Version};
use ipt_ports::{
    engagement::{FailedMessage, FailureSort, Topic},
    page::Page,
};
use serde_json::json;
use uuid::Uuid;

use super::{deliver_all, enqueue};
use crate::{
    Caller,
    engagement::{
        EngagementError,
        jobs::{list_failed, retry},
    },
    tests::{World, first_page},
    trail::message,
};

async fn given_up(world: &World, id: u128, tenant: Option<ipt_domain::id::TenantId>) -> JobId {
    let id = Uuid::from_u128(id);
    let broken = message(id, tenant, Topic::Mail, json!("nonsense"), world.clock_now());
    enqueue(world, broken).await;
    assert_eq!(deliver_all(world).await.given_up, 1);
    JobId::new(id)
}

async fn failed(world: &World, by: &Caller) -> Result<Page<FailedMessage>, EngagementError> {
    let page = first_page(FailureSort::FailedAt);
    let (page, total) = list_failed::execute(&world.services, by, &page, true).await?;
    assert_eq!(total, Some(page.items.len() as u64));
    Ok(page)
}

#[tokio::test]
async fn an_administrator_sees_the_institutions_failed_work_and_tries_it_again() {
    let world = World::new();
    let suza = world.institution("suza");
    let own = given_up(&world, 1, Some(world.tenant)).await;
    let foreign = given_up(&world, 2, Some(suza)).await;
    let admin = world.caller(world.with_roles("admin", &[Role::TenantAdmin]));
    let failed = failed(&world, &admin).await.unwrap();
    assert_eq!(
        failed.items.iter().map(|job| job.message.id).collect::<Vec<_>>(),
        [own]
    );
    let stale = retry::execute(&world.services, &admin, own, Some(Version::new(999))).await;
    assert!(matches!(stale, Err(EngagementError::Stale(_))));
    let seen = failed.items[0].version();
    let retried = retry::execute(&world.services, &admin, own, Some(seen))
        .await
        .unwrap();
    assert_eq!(retried.failed, failed.items[0]);
    assert_eq!(world.state().deeds(), ["engagement.retry_job"]);
    assert_eq!(deliver_all(&world).await.claimed, 1);
    let refusal = retry::execute(&world.services, &admin, foreign, None).await;
    assert!(matches!(refusal, Err(EngagementError::NotFound(_))));
}

#[tokio::test]
async fn the_deployments_work_is_the_superadmins() {
    let world = World::new();
    let id = given_up(&world, 1, None).await;
    let root = world.person("root");
    world.member(root, None, &[Role::Superadmin]);
    let outside = world.caller_in(root, None);
    assert_eq!(failed(&world, &outside).await.unwrap().items.len(), 1);
    retry::execute(&world.services, &outside, id, None).await.unwrap();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let refusal = failed(&world, &cora).await;
    assert!(matches!(refusal, Err(EngagementError::Denied(_))));
}
