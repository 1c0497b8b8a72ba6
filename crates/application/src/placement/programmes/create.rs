//! A new programme.

use ipt_domain::{
    id::ProgrammeId,
    identity::permission::Permission,
    placement::programme::{Programme, ProgrammeDraft},
};

use super::{taken, values};
use crate::{
    Caller, Services,
    placement::{
        PlacementError,
        record::{self, Object},
    },
    rules::BrokenRules,
};

/// Makes a programme of the institution, with the first version of its policy.
///
/// # Errors
/// [`PlacementError::Denied`], then every broken rule together.
#[tracing::instrument(name = "usecase.placement.programmes.create", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    draft: ProgrammeDraft,
) -> Result<Programme, PlacementError> {
    let tenant = caller.tenant_with(Permission::ProgrammeManage)?;
    let id = ProgrammeId::new(services.ids.next());
    let programme = Programme::create(id, tenant, draft).map_err(|found| {
        let mut broken = BrokenRules::default();
        broken.extend(found);
        broken
    })?;
    let mut work = services.database.begin(caller.scope()).await?;
    let object = (Object::Programme(id), tenant);
    let trail = record::of(
        services,
        caller,
        "placement.create_programme",
        object,
        values(&programme),
    );
    work.placement()
        .save_programme(&programme, None, &trail)
        .await
        .map_err(taken)?;
    work.commit().await?;
    Ok(programme)
}
