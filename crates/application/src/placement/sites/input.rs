//! A site as a request has it.

use std::collections::BTreeSet;

use chrono::{NaiveDate, Weekday};
use ipt_domain::{
    placement::{
        geofence::Position,
        site::{GeofenceDraft, SiteDraft},
    },
    tenancy::calendar::WeekendDays,
};

use crate::{placement::RequestViolation, rules::BrokenRules, tenancy::TenancyViolation, zone};

/// Latitude and longitude, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coordinates {
    /// North is positive.
    pub lat: f64,
    /// East is positive.
    pub lng: f64,
}

/// The area of a site.
#[derive(Clone, Debug, PartialEq)]
pub enum AreaInput {
    /// A radius around the site's position, in metres.
    Radius(u32),
    /// The corners of a ring.
    Polygon(Vec<Coordinates>),
}

/// What to set of a site; what is left out stays, and `Some(None)` takes a value away.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SiteInput {
    /// The name.
    pub name: Option<String>,
    /// The postal address.
    pub address: Option<Option<String>>,
    /// The time zone, as an IANA name; without one the institution's holds.
    pub timezone: Option<Option<String>>,
    /// Where it is.
    pub position: Option<Option<Coordinates>>,
    /// The area in which a student is expected.
    pub geofence: Option<Option<AreaInput>>,
    /// The weekly days off; without them the institution's hold.
    pub weekend_days: Option<Option<Vec<Weekday>>>,
    /// The holidays; without them the institution's hold.
    pub holidays: Option<Option<BTreeSet<NaiveDate>>>,
}

impl SiteInput {
    /// The draft with this set. What cannot be parsed is among the broken rules, and left as it was.
    pub(super) fn over(&self, mut draft: SiteDraft, broken: &mut BrokenRules) -> SiteDraft {
        if let Some(name) = &self.name {
            name.clone_into(&mut draft.name);
        }
        if let Some(address) = &self.address {
            draft.address.clone_from(address);
        }
        if let Some(zone) = &self.timezone {
            draft.zone = zone
                .as_deref()
                .and_then(|zone| broken.keep(zone::parse(zone).map_err(RequestViolation::Zone)));
        }
        if let Some(given) = &self.position {
            draft.position = given.and_then(|given| position(given, false, broken));
        }
        if let Some(area) = &self.geofence {
            draft.geofence = area.as_ref().and_then(|area| fence(area, broken));
        }
        if let Some(days) = &self.weekend_days {
            draft.calendar.weekend = days.as_ref().and_then(|days| {
                let days = WeekendDays::from_days(days.iter().copied());
                broken.keep(days.map_err(TenancyViolation::Weekend))
            });
        }
        if let Some(holidays) = &self.holidays {
            draft.calendar.holidays.clone_from(holidays);
        }
        draft
    }
}

fn position(given: Coordinates, corner: bool, broken: &mut BrokenRules) -> Option<Position> {
    let parsed = Position::new(given.lat, given.lng);
    broken.keep(parsed.map_err(|error| RequestViolation::Position { corner, error }))
}

/// The area; of a ring with a corner that names no point only that is told.
fn fence(area: &AreaInput, broken: &mut BrokenRules) -> Option<GeofenceDraft> {
    match area {
        AreaInput::Radius(radius_m) => Some(GeofenceDraft::Radius(*radius_m)),
        AreaInput::Polygon(corners) => {
            let parsed: Option<Vec<Position>> = corners
                .iter()
                .map(|corner| position(*corner, true, broken))
                .collect();
            parsed.map(GeofenceDraft::Polygon)
        }
    }
}
