//! What was written down of what the person did, and of what was done about the person.

use ipt_domain::id::{TenantId, UserId};
use ipt_ports::{
    audit::{AuditFilter, AuditSort, AuditView},
    page::{Direction, PageRequest, Sort},
};
use serde_json::{Value, json};

use super::{
    super::build::BuildError,
    Contents,
    array::{AT_ONCE, Array},
};

/// What of the values beside a record is the acting person's.
const OF_THE_ACTOR: [&str; 3] = ["address", "device", "request_id"];

/// Writes the records of these institutions, and in the deployment's copy those of the deployment.
pub(super) async fn write(contents: &mut Contents<'_>, tenants: &[TenantId]) -> Result<(), BuildError> {
    let user = contents.user();
    let mut chains: Vec<Option<TenantId>> = tenants.iter().copied().map(Some).collect();
    match contents.tenant() {
        None => chains.push(None),
        Some(own) => chains = vec![Some(own)],
    }
    let mut array = contents.begin_array("audit.json").await?;
    for tenant in chains {
        let of = AuditFilter {
            tenant,
            ..AuditFilter::default()
        };
        let done = AuditFilter {
            actor: Some(user),
            ..of.clone()
        };
        let about = AuditFilter {
            object: Some(user.uuid()),
            ..of
        };
        add_all(contents, &mut array, &done, |_| true).await?;
        add_all(contents, &mut array, &about, |view| {
            view.record.actor != Some(user)
        })
        .await?;
    }
    contents.end_array(array).await
}

async fn add_all(
    contents: &mut Contents<'_>,
    array: &mut Array,
    filter: &AuditFilter,
    wanted: impl Fn(&AuditView) -> bool,
) -> Result<(), BuildError> {
    let user = contents.user();
    let mut page = PageRequest {
        limit: AT_ONCE,
        after: None,
        sort: vec![Sort {
            field: AuditSort::At,
            direction: Direction::Ascending,
        }],
    };
    loop {
        let mut reader = contents.reader().await?;
        let found = reader.audit().audit_page(filter, &page).await?;
        drop(reader);
        for view in found.items.iter().filter(|view| wanted(view)) {
            contents.add(array, &of_record(view, user)).await?;
        }
        page.after = found.next;
        if page.after.is_none() {
            return Ok(());
        }
    }
}

/// A record. The values of what the person did to somebody else may be that other's, and from where somebody else did
/// something is that one's own: they are left out.
fn of_record(view: &AuditView, user: UserId) -> Value {
    let record = &view.record;
    let is_about = record.object_id == user.uuid();
    let is_own = record.actor == Some(user);
    let values = view.values.clone().map(|mut values| {
        if let Some(fields) = values.as_object_mut() {
            fields.retain(|name, _| {
                if OF_THE_ACTOR.contains(&name.as_str()) {
                    is_own
                } else {
                    is_about
                }
            });
        }
        values
    });
    json!({
        "id": record.id,
        "tenant_id": record.tenant,
        "at": record.at,
        "action": record.action,
        "object": { "kind": record.object_kind, "id": record.object_id },
        "by_you": is_own,
        "values": values,
    })
}
