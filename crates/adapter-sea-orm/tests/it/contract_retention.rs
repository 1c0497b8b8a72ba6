//! What is kept for a time only.

use ipt_domain::{
    id::{TenantId, UserId},
    identity::{data_export::DataExport, role::Role},
};
use ipt_ports::{
    Scope, SystemScope,
    audit::AuditDetail,
    engagement::{Kept, Notification, Trail},
};
use serde_json::json;

use crate::support::{
    Fixture, on_every_database,
    seeds::{OPERATOR, at},
};

const WORKER: Scope = Scope::System(SystemScope::Worker);

/// How many are past, and how many go at most two at a time, until none does.
async fn clear(fixture: &Fixture, kind: Kept, before: &str) -> (u64, Vec<u64>) {
    let mut unit = fixture.begin(WORKER).await;
    let past = unit.retention().past(kind, at(before)).await.unwrap();
    let mut went = Vec::new();
    loop {
        went.push(unit.retention().remove_past(kind, at(before), 2).await.unwrap());
        if went.last() == Some(&0) {
            break;
        }
    }
    assert_eq!(unit.retention().past(kind, at(before)).await.unwrap(), 0);
    unit.commit().await.unwrap();
    (past, went)
}

async fn tell(fixture: &Fixture, tenant_id: TenantId, user_id: UserId, time: &str) {
    let note = Notification {
        id: fixture.id(),
        tenant_id,
        user_id,
        kind: "log_validated".to_owned(),
        cause: fixture.id::<UserId>().uuid(),
        object: ("placement".to_owned(), fixture.id::<UserId>().uuid()),
        values: json!({}),
        created_at: at(time),
        read_at: None,
    };
    let mut unit = fixture.begin(OPERATOR).await;
    unit.notifications().notify(&[note]).await.unwrap();
    unit.commit().await.unwrap();
}

async fn record(fixture: &Fixture, tenant: TenantId, time: &str) {
    let mut audit = fixture.audit_entry(Some(tenant), "identity.test", at(time));
    audit.detail = Some(AuditDetail {
        salt: [9; 16],
        values: json!({ "full_name": "Asha" }),
    });
    let mut unit = fixture.begin(OPERATOR).await;
    unit.people()
        .leave_trail(&Trail {
            audit,
            messages: Vec::new(),
        })
        .await
        .unwrap();
    unit.commit().await.unwrap();
}

on_every_database! {
    async fn notifications_go_the_oldest_first_and_no_newer_one(fixture: &Fixture) {
        let (here, there) = (fixture.institution("udsm").await, fixture.institution("suza").await);
        let asha = fixture.member(here, "Asha", &[Role::Student]).await;
        for (tenant, time) in [(here, "08:00:00"), (there, "08:00:01"), (here, "08:00:02"), (here, "08:00:03")] {
            tell(fixture, tenant, asha, time).await;
        }
        assert_eq!(clear(fixture, Kept::Notifications, "08:00:03").await, (3, vec![2, 1, 0]));
        assert_eq!(clear(fixture, Kept::Notifications, "23:00:00").await, (1, vec![1, 0]));
    }

    async fn a_copy_that_is_being_made_stays(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let asha = fixture.member(tenant, "Asha", &[Role::Student]).await;
        let made = DataExport::new(fixture.id(), (asha, None), asha, at("08:00:00")).ready(1, at("08:00:00"));
        let waiting = DataExport::new(fixture.id(), (asha, None), asha, at("08:00:00"));
        let mut unit = fixture.begin(OPERATOR).await;
        for export in [&made, &waiting] {
            unit.data_exports().save_data_export(export, None).await.unwrap();
        }
        unit.commit().await.unwrap();
        assert_eq!(clear(fixture, Kept::Exports, "09:00:00").await, (1, vec![1, 0]));
        let mut reader = fixture.read(OPERATOR).await;
        assert_eq!(reader.data_exports().data_exports_about(asha).await.unwrap(), [waiting]);
    }

    async fn the_values_beside_records_go_and_the_records_stay(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        for time in ["08:00:00", "08:00:01", "08:00:02", "09:00:00"] {
            record(fixture, tenant, time).await;
        }
        let filter = ipt_ports::audit::AuditFilter {
            tenant: Some(tenant),
            action: Some("identity.test".to_owned()),
            ..Default::default()
        };
        let count = async || fixture.read(OPERATOR).await.audit().audit_count(&filter).await.unwrap();
        assert_eq!(count().await, 4);
        // With those of the institution's founding, at eight.
        assert_eq!(clear(fixture, Kept::AuditValues, "09:00:00").await, (4, vec![2, 2, 0]));
        assert_eq!(clear(fixture, Kept::AuditValues, "09:00:01").await, (1, vec![1, 0]));
        assert_eq!(count().await, 4, "a record is never removed");
    }

    async fn nothing_of_any_kind_is_past_in_the_beginning_and_only_a_system_asks(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        for kind in Kept::ALL {
            assert_eq!(clear(fixture, kind, "00:00:00").await, (0, vec![0]), "{kind:?}");
            let mut unit = fixture.begin(Scope::tenant(tenant)).await;
            assert!(unit.retention().remove_past(kind, at("00:00:00"), 1).await.is_err(), "{kind:?}");
        }
    }
}
