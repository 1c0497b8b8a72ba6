//! One placement.

use ipt_domain::id::PlacementId;

use super::{ShownPlacement, case, scope};
use crate::{Caller, Services, placement::PlacementError};

/// Reads a placement: its people, and the institution's coordinators.
///
/// # Errors
/// [`PlacementError::NotFound`], [`PlacementError::Denied`].
#[tracing::instrument(name = "usecase.placement.placements.get", skip_all, fields(placement.id = %id))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    id: PlacementId,
) -> Result<ShownPlacement, PlacementError> {
    let mut reader = services.database.read(scope(caller)).await?;
    let loaded = case::load(reader.placement(), services, caller, id).await?;
    loaded.check_seen_by(caller)?;
    let view = reader.placement().placement(id).await?;
    Ok(ShownPlacement::of(
        view.ok_or(PlacementError::NotFound("placement"))?,
        caller,
    ))
}
