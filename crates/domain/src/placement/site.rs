//! Sites: where an organisation's people work.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use chrono_tz::Tz;

pub use super::{
    site_draft::{GeofenceDraft, SiteDraft, SiteViolation},
    workplace::Workplace,
};
use crate::{
    id::{OrganisationId, SiteId, TenantId},
    placement::geofence::{Geofence, Position},
    tenancy::calendar::{WeekendDays, WorkingCalendar},
    version::Version,
};

/// The parts of a working calendar that a site has of its own; what it leaves out is the institution's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SiteCalendar {
    /// The weekly days off.
    pub weekend: Option<WeekendDays>,
    /// The days off besides.
    pub holidays: Option<BTreeSet<NaiveDate>>,
}

/// A place of an organisation. One that a coordinator adds is that institution's; one that the organisation adds is
/// shared.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    id: SiteId,
    organisation_id: OrganisationId,
    owner: Option<TenantId>,
    name: String,
    address: Option<String>,
    zone: Option<Tz>,
    position: Option<Position>,
    geofence: Option<Geofence>,
    calendar: SiteCalendar,
    version: Version,
}

/// Everything of which a site consists, for rebuilding it from storage.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    missing_docs,
    reason = "each part is documented at the getter of the site with the same name"
)]
pub struct SiteParts {
    pub id: SiteId,
    pub organisation_id: OrganisationId,
    pub owner: Option<TenantId>,
    pub name: String,
    pub address: Option<String>,
    pub zone: Option<Tz>,
    pub position: Option<Position>,
    pub geofence: Option<Geofence>,
    pub calendar: SiteCalendar,
    pub version: Version,
}

impl Site {
    /// A new site of `organisation_id`: an institution's own, or shared when `owner` is none.
    ///
    /// # Errors
    /// Everything that is wrong with it, together.
    pub fn create(
        id: SiteId,
        organisation_id: OrganisationId,
        owner: Option<TenantId>,
        draft: SiteDraft,
    ) -> Result<Self, Vec<SiteViolation>> {
        let details = draft.check()?;
        Ok(Self::of(id, organisation_id, owner, details, Version::FIRST))
    }

    /// The site as the draft describes it. [`SiteDraft::from`] gives a draft that changes nothing.
    ///
    /// # Errors
    /// Everything that is wrong with it, together.
    pub fn amended(self, draft: SiteDraft) -> Result<Self, Vec<SiteViolation>> {
        let details = draft.check()?;
        Ok(Self::of(
            self.id,
            self.organisation_id,
            self.owner,
            details,
            self.version.next(),
        ))
    }

    fn of(
        id: SiteId,
        organisation_id: OrganisationId,
        owner: Option<TenantId>,
        details: super::site_draft::SiteDetails,
        version: Version,
    ) -> Self {
        let super::site_draft::SiteDetails {
            name,
            address,
            zone,
            position,
            geofence,
            calendar,
        } = details;
        Self {
            id,
            organisation_id,
            owner,
            name,
            address,
            zone,
            position,
            geofence,
            calendar,
            version,
        }
    }

    /// Rebuilds a site from storage. Its parts are right by their types.
    pub fn from_parts(parts: SiteParts) -> Self {
        let SiteParts {
            id,
            organisation_id,
            owner,
            name,
            address,
            zone,
            position,
            geofence,
            calendar,
            version,
        } = parts;
        Self {
            id,
            organisation_id,
            owner,
            name,
            address,
            zone,
            position,
            geofence,
            calendar,
            version,
        }
    }

    /// Its id.
    pub const fn id(&self) -> SiteId {
        self.id
    }

    /// The organisation.
    pub const fn organisation_id(&self) -> OrganisationId {
        self.organisation_id
    }

    /// The institution whose own it is; none when it is shared.
    pub const fn owner(&self) -> Option<TenantId> {
        self.owner
    }

    /// Whether people of `tenant` see it.
    pub fn is_seen_in(&self, tenant: TenantId) -> bool {
        self.owner.is_none_or(|owner| owner == tenant)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its postal address.
    pub fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }

    /// Its time zone; without one the institution's holds.
    pub const fn zone(&self) -> Option<Tz> {
        self.zone
    }

    /// Where it is.
    pub const fn position(&self) -> Option<Position> {
        self.position
    }

    /// Its own area. Without one, but with a position, a programme's usual radius holds.
    pub const fn geofence(&self) -> Option<&Geofence> {
        self.geofence.as_ref()
    }

    /// Its own working days.
    pub const fn calendar(&self) -> &SiteCalendar {
        &self.calendar
    }

    /// Its version.
    pub const fn version(&self) -> Version {
        self.version
    }

    /// The calendar by which its days are judged: its own parts, and the institution's for the rest.
    pub fn calendar_within(&self, institution: &WorkingCalendar) -> WorkingCalendar {
        let SiteCalendar { weekend, holidays } = &self.calendar;
        institution.with(self.zone, *weekend, holidays.clone())
    }
}

#[cfg(test)]
mod tests;
