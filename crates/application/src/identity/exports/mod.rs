//! A copy of what is kept of a person, as a ZIP of JSON and files.
//!
//! [`request`] asks for one, [`look`] tells how it stands, [`build`] makes it in the background, and [`fetch`] hands it out,
//! once. Who asks for oneself gets what the whole deployment keeps; an institution's administrator gets, of one of its people,
//! what that institution keeps.

pub mod build;
mod contents;
pub mod fetch;
pub mod look;
pub mod request;

use chrono::TimeDelta;
use ipt_domain::{
    Instant,
    id::{DataExportId, TenantId, UserId},
    identity::{data_export::DataExport, permission::Permission},
};
use ipt_ports::{
    blob_store::{BlobError, BlobKey},
    engagement::{Message, Topic},
};
use serde_json::json;

use super::{IdentityError, users::subject};
use crate::{Caller, Services, trail::message};

/// For how long the file of a copy that was handed out stays: it may still be on its way.
const HANDING_OUT_TAKES: TimeDelta = TimeDelta::hours(24);

/// Of whom a copy is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Of the caller: what the whole deployment keeps.
    Oneself,
    /// Of one of the institution's people: what the institution keeps.
    Person(UserId),
}

/// Where the file of a copy lies.
fn key(id: DataExportId) -> Result<BlobKey, BlobError> {
    BlobKey::parse(&format!("exports/{id}"))
}

/// The person meant, and the institution (none: the deployment).
///
/// # Errors
/// [`IdentityError::UserNotFound`] for somebody without a membership here; [`IdentityError::Denied`] without the right to
/// manage people and to read the audit trail, which a copy holds.
async fn meant(
    services: &Services,
    caller: &Caller,
    about: About,
) -> Result<(UserId, Option<TenantId>), IdentityError> {
    match about {
        About::Oneself => Ok((caller.user_id(), None)),
        About::Person(user) => {
            let (_, reach) = subject::load(services, caller, user).await?;
            reach?;
            let tenant = caller.tenant_with(Permission::AuditRead)?;
            Ok((user, Some(tenant)))
        }
    }
}

/// The note by which the file of a copy is removed at `at`.
pub(super) fn removal(services: &Services, export: &DataExport, at: Instant) -> Result<Message, BlobError> {
    let payload = json!({ "key": key(export.id)?.as_str() });
    let note = message(
        services.ids.next(),
        export.tenant_id,
        Topic::RemoveBlob,
        payload,
        at,
    );
    Ok(Message {
        available_at: at,
        ..note
    })
}
