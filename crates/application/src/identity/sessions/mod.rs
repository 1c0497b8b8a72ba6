//! The sessions of a person: what the person sees of them and ends, and what is kept of them.

pub mod end;
pub mod end_others;
pub mod list;
pub mod of_token;

use ipt_domain::{Instant, id::TenantId};
use ipt_ports::engagement::Trail;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Caller, Services,
    trail::{Deed, Doer, trail},
};

/// The trail of what a person did to own sessions.
fn record(
    services: &Services,
    caller: &Caller,
    (action, object_kind, object_id): (&'static str, &'static str, Uuid),
    (tenant, at): (Option<TenantId>, Instant),
    values: Value,
) -> Trail {
    let deed = Deed {
        action: action.into(),
        object_kind,
        object_id,
        tenant,
        on_behalf_of: None,
        at,
        values,
    };
    trail(services, Doer::Caller(caller), deed, Vec::new())
}
