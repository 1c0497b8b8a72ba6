//! How a copy stands.

use ipt_domain::identity::data_export::DataExport;

use super::{About, meant};
use crate::{Caller, Services, identity::IdentityError};

/// The copy that the caller asked for last.
///
/// # Errors
/// [`IdentityError::ExportNotFound`] when the caller never asked for one; [`IdentityError::UserNotFound`],
/// [`IdentityError::Denied`].
#[tracing::instrument(name = "usecase.identity.exports.look", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    about: About,
) -> Result<DataExport, IdentityError> {
    let (user, tenant) = meant(services, caller, about).await?;
    let mut reader = services.database.read(caller.scope()).await?;
    reader
        .data_exports()
        .last_data_export(caller.user_id(), user, tenant)
        .await?
        .ok_or(IdentityError::ExportNotFound)
}
