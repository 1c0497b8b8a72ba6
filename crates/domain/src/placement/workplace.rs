//! What the rules need of a site, for one placement.

use crate::{
    placement::{geofence::Geofence, mode::Mode, policy::Policy, site::Site},
    tenancy::calendar::WorkingCalendar,
};

/// The calendar and the area by which the days of one placement are judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Workplace {
    calendar: WorkingCalendar,
    geofence: Option<Geofence>,
}

impl Workplace {
    /// The workplace of a placement at `site`, if it has one. What the site does not say is the institution's (time zone,
    /// weekend, holidays) and, around its position, the policy's radius. A remote placement has no area, whatever the
    /// site has.
    pub fn of(site: Option<&Site>, institution: &WorkingCalendar, mode: Mode, policy: &Policy) -> Self {
        let calendar = site.map_or_else(|| institution.clone(), |site| site.calendar_within(institution));
        let geofence = match mode {
            Mode::OnSite | Mode::Hybrid => site.and_then(|site| area(site, policy)),
            Mode::Remote => None,
        };
        Self { calendar, geofence }
    }

    /// The calendar by which its days are judged.
    pub const fn calendar(&self) -> &WorkingCalendar {
        &self.calendar
    }

    /// The area; none for a remote placement, and for a site without area and position.
    pub const fn geofence(&self) -> Option<&Geofence> {
        self.geofence.as_ref()
    }
}

/// The site's own area, else the policy's radius around its position.
fn area(site: &Site, policy: &Policy) -> Option<Geofence> {
    site.geofence()
        .cloned()
        .or_else(|| Geofence::circle(site.position()?, policy.geofence_radius_m()).ok())
}
