//! Sealing anew, after the key was changed.

use ipt_ports::{
    Scope, SystemScope,
    identity::{Place, ProfileRepository},
};

use crate::{Services, identity::IdentityError};

/// How many values are sealed anew in one transaction.
const BATCH: u16 = 200;

/// How far it has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Values that lie under the current key now, and did not before.
    pub resealed: u64,
    /// Values that do not open: their key is missing, or they are damaged. They stay as they are.
    pub unreadable: u64,
}

/// Puts every value that lies under an earlier key under the current one, in small transactions. It can be interrupted
/// and begun anew at any time, and servers may run meanwhile. `report` hears how far it has come.
///
/// # Errors
/// [`IdentityError::Repository`], [`IdentityError::Sealing`].
#[tracing::instrument(name = "usecase.identity.profiles.reseal", skip_all)]
pub async fn execute(
    services: &Services,
    mut report: impl FnMut(Progress),
) -> Result<Progress, IdentityError> {
    let mut progress = Progress::default();
    let mut after = None;
    loop {
        let mut work = services
            .database
            .begin(Scope::System(SystemScope::Operator))
            .await?;
        let last = batch(services, work.profiles(), after, &mut progress).await?;
        work.commit().await?;
        report(progress);
        match last {
            Some(last) => after = Some(last),
            None => return Ok(progress),
        }
    }
}

/// One batch; its last place, unless there was none left.
async fn batch(
    services: &Services,
    profiles: &mut dyn ProfileRepository,
    after: Option<Place>,
    progress: &mut Progress,
) -> Result<Option<Place>, IdentityError> {
    let found = profiles
        .sealed_otherwise(services.sealer.current(), after, BATCH)
        .await?;
    for (place, before) in &found {
        match services.sealer.open(*place, before) {
            Ok(value) => {
                let now = services.sealer.seal(*place, &value)?;
                // Somebody else who was faster has sealed under the current key.
                if profiles.reseal(*place, before, &now).await? {
                    progress.resealed += 1;
                }
            }
            Err(_) => progress.unreadable += 1,
        }
    }
    Ok(found.last().map(|(place, _)| *place))
}
