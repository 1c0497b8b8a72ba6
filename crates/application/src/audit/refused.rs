//! Refusals of access, which are written down: somebody who tries doors is seen doing so.

use ipt_ports::RepositoryError;
use serde_json::json;

use super::look;
use crate::{Caller, Services, trail::Deed};

/// What somebody was not permitted to do.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// The method of the request.
    pub method: &'a str,
    /// The path that was asked for, without its query.
    pub path: &'a str,
}

/// Writes a refusal down, in the trail of the institution in which the caller acts, or of the deployment. The record is about
/// the session: what stands beside it goes when the person is erased.
///
/// # Errors
/// [`RepositoryError`]; the refusal stands all the same.
#[tracing::instrument(name = "usecase.audit.refused", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    attempt: Attempt<'_>,
) -> Result<(), RepositoryError> {
    let deed = Deed {
        action: "access.refused".into(),
        object_kind: "session",
        object_id: caller.session_id.uuid(),
        tenant: caller.tenant_id(),
        on_behalf_of: None,
        at: services.clock.now(),
        values: json!({ "method": attempt.method, "path": attempt.path }),
    };
    look::by_itself(services, caller, caller.scope(), deed).await
}
