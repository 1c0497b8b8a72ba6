//! Looking at a person's sensitive particulars.

use ipt_domain::{id::UserId, identity::permission::Permission};
use serde_json::json;

use super::{Particulars, open};
use crate::{
    Caller, Services,
    identity::{
        IdentityError,
        users::{self, record},
    },
};

/// Opens the own particulars, or those of somebody of the institution, for those who hold
/// [`Permission::UserReadPersonal`]; then the look is on record before anything is told.
///
/// # Errors
/// [`IdentityError::UserNotFound`], [`IdentityError::Denied`].
#[tracing::instrument(name = "usecase.identity.particulars.get", skip_all, fields(user.id = %user))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    user: UserId,
) -> Result<Particulars, IdentityError> {
    let view = users::get::execute(services, caller, user).await?;
    let own = user == caller.user_id();
    let tenant = match caller.tenant_id() {
        Some(tenant) if own => tenant,
        Some(_) | None => caller.tenant_with(Permission::UserReadPersonal)?,
    };
    let mut reader = services.database.read(caller.scope()).await?;
    let sealed = reader.profiles().particulars(tenant, user).await?;
    drop(reader);
    if !own {
        let fields: Vec<_> = sealed.keys().map(|field| field.as_str()).collect();
        let deed = ("identity.read_particulars", tenant, user, services.clock.now());
        let trail = record::of(services, caller, deed, json!({ "fields": fields }));
        let mut work = services.database.begin(caller.scope()).await?;
        work.people().leave_trail(&trail).await?;
        work.commit().await?;
    }
    Ok(open(services, (tenant, user), &sealed, view.account.version))
}
