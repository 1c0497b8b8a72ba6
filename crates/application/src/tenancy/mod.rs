//! The institution's own settings: its name, its time zone and its calendar.

pub mod error;
pub mod get;
pub mod replace_calendar;
pub mod update;

pub use error::{TenancyError, TenancyViolation};

#[cfg(test)]
mod tests;

use ipt_domain::tenancy::institution::Institution;
use ipt_ports::engagement::Trail;
use serde_json::{Value, json};

use crate::{
    Caller, Services,
    trail::{Deed, Doer, trail},
};

/// The trail of a change of an institution.
fn record(
    services: &Services,
    caller: &Caller,
    action: &'static str,
    (before, after): (&Institution, &Institution),
) -> Trail {
    let deed = Deed {
        action: action.into(),
        object_kind: "tenant",
        object_id: after.id().uuid(),
        tenant: Some(after.id()),
        on_behalf_of: None,
        at: services.clock.now(),
        values: json!({ "before": values(before), "after": values(after) }),
    };
    trail(services, Doer::Caller(caller), deed, Vec::new())
}

/// An institution, as it stands in the trail.
fn values(institution: &Institution) -> Value {
    let calendar = institution.calendar();
    json!({
        "name": institution.name(),
        "timezone": calendar.zone().name(),
        "weekend": calendar.weekend().bits(),
        "holidays": calendar.holidays(),
        "self_registration": institution.takes_registrations(),
    })
}
