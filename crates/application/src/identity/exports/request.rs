//! Asking for a copy.

use ipt_domain::{id::DataExportId, identity::data_export::DataExport};
use serde_json::json;

use super::{About, meant};
use crate::{
    Caller, Services,
    concurrency::settle,
    identity::IdentityError,
    trail::{Deed, Doer, trail},
};

/// Asks for a copy. One that is being made already, or waits to be fetched, is the one meant.
///
/// # Errors
/// [`IdentityError::UserNotFound`], [`IdentityError::Denied`].
#[tracing::instrument(name = "usecase.identity.exports.request", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    about: About,
) -> Result<DataExport, IdentityError> {
    let (user, tenant) = meant(services, caller, about).await?;
    settle(|| async {
        let mut work = services.database.begin(caller.scope()).await?;
        let now = services.clock.now();
        let last = work
            .data_exports()
            .last_data_export(caller.user_id(), user, tenant)
            .await?;
        if let Some(pending) = last.filter(|last| last.is_pending(now)) {
            return Ok(pending);
        }
        let id = DataExportId::new(services.ids.next());
        let export = DataExport::new(id, (user, tenant), caller.user_id(), now);
        work.data_exports().save_data_export(&export, None).await?;
        let deed = Deed {
            action: "identity.request_export".into(),
            object_kind: "user",
            object_id: user.uuid(),
            tenant: caller.tenant_id(),
            on_behalf_of: None,
            at: now,
            values: json!({ "export_id": id }),
        };
        let trail = trail(services, Doer::Caller(caller), deed, Vec::new());
        work.people().leave_trail(&trail).await?;
        work.commit().await?;
        Ok(export)
    })
    .await
}
