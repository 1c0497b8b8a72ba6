//! One programme.

use ipt_domain::{id::ProgrammeId, identity::permission::Permission, placement::programme::Programme};

use crate::{Caller, Services, placement::PlacementError};

/// Reads a programme of the institution, with its policy as it is now.
///
/// # Errors
/// [`PlacementError::NotFound`], [`PlacementError::Denied`].
#[tracing::instrument(name = "usecase.placement.programmes.get", skip_all, fields(programme.id = %id))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    id: ProgrammeId,
) -> Result<Programme, PlacementError> {
    let mut reader = services.database.read(caller.scope()).await?;
    let programme = reader.placement().programme(id).await?;
    let programme = programme.ok_or(PlacementError::NotFound("programme"))?;
    caller.tenant_with(Permission::ProgrammeRead)?;
    Ok(programme)
}
