//! The trail of a change of people.

use ipt_domain::{
    Instant,
    id::{TenantId, UserId},
    identity::membership::Membership,
};
use ipt_ports::engagement::Trail;
use serde_json::{Value, json};

use crate::{
    Caller, Services,
    trail::{Deed, Doer, trail},
};

/// The trail of what was done to a person in an institution.
pub(in crate::identity) fn of(
    services: &Services,
    caller: &Caller,
    (action, tenant, user, at): (&'static str, TenantId, UserId, Instant),
    values: Value,
) -> Trail {
    let deed = Deed {
        action: action.into(),
        object_kind: "user",
        object_id: user.uuid(),
        tenant: Some(tenant),
        on_behalf_of: None,
        at,
        values,
    };
    trail(services, Doer::Caller(caller), deed, Vec::new())
}

/// A membership, as it stands in the trail.
pub(in crate::identity) fn membership(membership: &Membership) -> Value {
    let standard = membership.roles.iter().map(|role| role.as_str());
    let further = membership.further.iter().map(|role| role.key.as_str());
    json!({
        "id": membership.id,
        "organisation_id": membership.organisation_id,
        "roles": standard.chain(further).collect::<Vec<_>>(),
        "status": membership.status.as_str(),
    })
}
