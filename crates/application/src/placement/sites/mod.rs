//! Sites: where an organisation's people work. One that a coordinator adds is the institution's; one that the organisation
//! adds is shared.

pub mod create;
pub mod input;
pub mod list;
pub mod update;

pub use input::{AreaInput, Coordinates, SiteInput};

use chrono_tz::Tz;
use ipt_domain::placement::site::Site;
use serde_json::{Value, json};

/// A site, as it stands in the trail.
fn values(site: &Site) -> Value {
    json!({
        "organisation_id": site.organisation_id(),
        "owner": site.owner(),
        "name": site.name(),
        "address": site.address(),
        "timezone": site.zone().map(Tz::name),
        "position": site.position(),
        "geofence": site.geofence(),
        "calendar": site.calendar(),
    })
}
