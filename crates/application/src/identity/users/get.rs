//! One person of the institution.

use ipt_domain::{id::UserId, identity::permission::Permission};
use ipt_ports::identity::UserView;

use super::reach::Reach;
use crate::{Caller, Services, identity::IdentityError};

/// Reads one person: an institution's reader sees everybody, an organisation's administrator its own people, anybody
/// oneself.
///
/// # Errors
/// [`IdentityError::UserNotFound`] for somebody without a membership here; [`IdentityError::Denied`].
#[tracing::instrument(name = "usecase.identity.users.get", skip_all, fields(user.id = %user))]
pub async fn execute(services: &Services, caller: &Caller, user: UserId) -> Result<UserView, IdentityError> {
    let mut reader = services.database.read(caller.scope()).await?;
    let found = reader.people().user(user).await?;
    let mut view = found
        .filter(|view| !view.memberships.is_empty())
        .ok_or(IdentityError::UserNotFound)?;
    if user == caller.user_id() {
        return Ok(view);
    }
    let reach = Reach::of(reader.people(), caller, Permission::UserRead).await?;
    view.memberships = reach.shown(view.memberships);
    if view.memberships.is_empty() {
        return Err(IdentityError::denied(Permission::UserRead));
    }
    Ok(view)
}
