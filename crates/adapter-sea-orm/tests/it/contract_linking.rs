//! Linking records into their chains, and reading the chains.

use ipt_domain::{
    audit::{
        chain::{ChainId, Head, Link, Problem, verify},
        record::AuditRecord,
    },
    id::TenantId,
};
use ipt_ports::{
    Scope, SystemScope,
    audit::{AuditFilter, AuditSort, LinkedRecord},
    page::{Direction, PageRequest, Sort},
};

use crate::support::{
    Fixture, on_every_database,
    seeds::{OPERATOR, at},
};

const LINKER: Scope = Scope::System(SystemScope::ChainLinker);

/// No hash to rely on, but enough to tell two texts apart.
fn hash(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0_u8; 32];
    for (place, byte) in bytes.iter().enumerate() {
        hash[place % 32] = hash[place % 32].rotate_left(3) ^ byte ^ u8::try_from(place % 251).unwrap();
    }
    hash
}

/// Writes `count` records in an institution, or in the deployment.
async fn write(fixture: &Fixture, tenant: Option<TenantId>, count: usize) -> Vec<AuditRecord> {
    let mut unit = fixture.begin(OPERATOR).await;
    let mut records = Vec::new();
    for _ in 0..count {
        let entry = fixture.audit_entry(tenant, "logbook.approve", at("09:00:00"));
        unit.chain().record(&entry).await.unwrap();
        records.push(entry.record);
    }
    unit.commit().await.unwrap();
    records
}

/// Links what waits, as the linker does; how many records that were.
async fn link(fixture: &Fixture, limit: u32) -> usize {
    let mut unit = fixture.begin(LINKER).await;
    assert!(unit.chain().take_linking().await.unwrap());
    let records = unit.chain().unlinked(limit).await.unwrap();
    let mut chains: Vec<_> = records.iter().map(ChainId::of).collect();
    chains.sort_unstable();
    chains.dedup();
    let mut ends = unit.chain().last_links(&chains).await.unwrap();
    let mut links = Vec::new();
    for record in &records {
        let head: Option<Head> = ends
            .iter()
            .rev()
            .find(|end| end.chain == ChainId::of(record))
            .map(Link::head);
        let link = Link::append(head, record, hash);
        ends.push(link);
        links.push(link);
    }
    unit.chain().append_links(&links).await.unwrap();
    unit.commit().await.unwrap();
    records.len()
}

async fn links(fixture: &Fixture, chain: ChainId) -> Vec<LinkedRecord> {
    let mut all: Vec<LinkedRecord> = Vec::new();
    loop {
        let after = all.last().map_or(0, |last| last.link.sequence);
        let more = fixture
            .read(LINKER)
            .await
            .audit()
            .chain_links(chain, after, 3)
            .await
            .unwrap();
        if more.is_empty() {
            return all;
        }
        all.extend(more);
    }
}

on_every_database! {
    async fn records_are_linked_in_the_order_in_which_they_were_made(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let records = write(fixture, Some(tenant), 5).await;
        let chain = ChainId::Tenant(tenant);
        let waiting = async || fixture.read(LINKER).await.audit().unlinked_count(chain).await.unwrap();
        assert_eq!(waiting().await, 5);
        // The institution itself was made by a change of the deployment.
        assert_eq!(link(fixture, 4).await, 4);
        assert_eq!(waiting().await, 2);
        assert_eq!(link(fixture, 100).await, 2);
        assert_eq!(link(fixture, 100).await, 0);
        let linked = links(fixture, chain).await;
        assert_eq!(linked.iter().map(|one| one.link.sequence).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        assert_eq!(linked.iter().map(|one| one.record.clone().unwrap()).collect::<Vec<_>>(), records);
        assert!(linked.iter().all(|one| one.detail.as_ref().is_some_and(|detail| detail.salt == [9; 16])));
        let verification = verify(chain, linked.iter().map(|one| (&one.link, one.record.as_ref())), None, hash);
        assert!(verification.is_intact(), "{verification:?}");
        assert_eq!(verification.checked, 5);
    }

    async fn each_institution_and_the_deployment_have_a_chain_of_their_own(fixture: &Fixture) {
        let (udsm, ardhi) = (fixture.institution("udsm").await, fixture.institution("ardhi").await);
        write(fixture, Some(udsm), 2).await;
        link(fixture, 100).await;
        write(fixture, Some(ardhi), 1).await;
        let mut known = fixture.read(OPERATOR).await.audit().chains().await.unwrap();
        known.sort_unstable();
        assert_eq!(known, [ChainId::Deployment, ChainId::Tenant(udsm), ChainId::Tenant(ardhi)]);
        let own = fixture.read(Scope::tenant(ardhi)).await.audit().chains().await.unwrap();
        assert_eq!(own, [ChainId::Tenant(ardhi)]);
        link(fixture, 100).await;
        let mut unit = fixture.begin(LINKER).await;
        let chains = [ChainId::Tenant(udsm), ChainId::Deployment, ChainId::Tenant(TenantId::new(fixture.id()))];
        let mut ends = unit.chain().last_links(&chains).await.unwrap();
        ends.sort_unstable_by_key(|end| end.chain);
        let ends: Vec<_> = ends.iter().map(|end| (end.chain, end.sequence)).collect();
        assert_eq!(ends, [(ChainId::Deployment, 2), (ChainId::Tenant(udsm), 2)]);
    }

    async fn a_chain_of_another_institution_is_not_shown(fixture: &Fixture) {
        let (udsm, ardhi) = (fixture.institution("udsm").await, fixture.institution("ardhi").await);
        write(fixture, Some(ardhi), 2).await;
        link(fixture, 3).await;
        let mut reader = fixture.read(Scope::tenant(udsm)).await;
        for chain in [ChainId::Tenant(ardhi), ChainId::Deployment] {
            assert!(reader.audit().chain_links(chain, 0, 10).await.unwrap().is_empty());
            assert_eq!(reader.audit().unlinked_count(chain).await.unwrap(), 0);
        }
        drop(reader);
        let own = fixture.read(Scope::tenant(ardhi)).await.audit().chain_links(ChainId::Tenant(ardhi), 0, 10).await.unwrap();
        assert_eq!(own.len(), 1);
        assert!(own[0].record.is_some() && own[0].detail.is_some());
    }

    async fn a_record_is_shown_with_its_number_once_it_is_linked(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        write(fixture, Some(tenant), 2).await;
        link(fixture, 2).await;
        let filter = AuditFilter { tenant: Some(tenant), ..AuditFilter::default() };
        let sort = Sort { field: AuditSort::At, direction: Direction::Ascending };
        let mut reader = fixture.read(Scope::tenant(tenant)).await;
        let page = reader.audit().audit_page(&filter, &PageRequest { limit: 10, after: None, sort: vec![sort] }).await.unwrap();
        assert_eq!(page.items.iter().map(|view| view.sequence).collect::<Vec<_>>(), [Some(1), None]);
    }

    async fn a_record_is_linked_once_only(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let records = write(fixture, Some(tenant), 1).await;
        link(fixture, 100).await;
        let mut unit = fixture.begin(LINKER).await;
        let head = unit.chain().last_links(&[ChainId::Tenant(tenant)]).await.unwrap()[0].head();
        let twice = Link::append(Some(head), &records[0], hash);
        assert!(unit.chain().append_links(&[twice]).await.is_err());
    }

    async fn more_records_than_fit_one_statement_are_all_linked(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        write(fixture, Some(tenant), 250).await;
        assert_eq!(link(fixture, 1_000).await, 251);
        let linked = links(fixture, ChainId::Tenant(tenant)).await;
        let whole = verify(ChainId::Tenant(tenant), linked.iter().map(|one| (&one.link, one.record.as_ref())), None, hash);
        assert!(whole.is_intact());
        assert_eq!(whole.checked, 250);
    }

    async fn erased_values_and_a_lost_record_are_told_apart(fixture: &SqlFixture) {
        let tenant = fixture.institution("udsm").await;
        let records = write(fixture, Some(tenant), 3).await;
        link(fixture, 100).await;
        fixture.as_owner("DELETE FROM audit_detail").await.unwrap();
        let linked = links(fixture, ChainId::Tenant(tenant)).await;
        assert!(linked.iter().all(|one| one.record.is_some() && one.detail.is_none()));
        // Somebody who can change the schema takes the guard away first.
        let lost = fixture.spelled(records[1].id.uuid());
        let guard = match fixture.database.dialect() {
            ipt_adapter_sea_orm::Dialect::Postgres => "DROP TRIGGER audit_record_append_only ON audit_record",
            ipt_adapter_sea_orm::Dialect::Sqlite => "DROP TRIGGER audit_record_no_delete",
        };
        fixture.as_owner(guard).await.unwrap();
        fixture.as_owner(&format!("DELETE FROM audit_record WHERE id = {lost}")).await.unwrap();
        let linked = links(fixture, ChainId::Tenant(tenant)).await;
        let broken = verify(ChainId::Tenant(tenant), linked.iter().map(|one| (&one.link, one.record.as_ref())), None, hash);
        let found = broken.first_broken.unwrap();
        assert_eq!((found.sequence, found.problem), (2, Problem::Deleted));
    }
}

/// On SQLite whoever writes is alone, so that there is nothing to share out.
mod of_two_linkers_at_once_one_has_the_right {
    use std::sync::Arc;

    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn on_postgres() {
        Fixture::postgres().await.lend(run).await;
    }

    async fn run(fixture: Arc<Fixture>) {
        let mut first = fixture.begin(LINKER).await;
        let mut second = fixture.begin(LINKER).await;
        assert!(first.chain().take_linking().await.unwrap());
        assert!(!second.chain().take_linking().await.unwrap());
        first.commit().await.unwrap();
        assert!(second.chain().take_linking().await.unwrap());
    }
}
