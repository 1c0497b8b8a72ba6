//! A site as it is asked for.

use chrono_tz::Tz;

use crate::{
    error::Violation,
    placement::{
        geofence::{Geofence, GeofenceError, Position},
        site::{Site, SiteCalendar},
    },
    text::{self, TextError},
};

/// The longest name of a site, in characters.
pub const MAX_SITE_NAME: usize = 200;
/// The longest postal address, in characters.
pub const MAX_ADDRESS: usize = 500;

/// A site as it is asked for: unchecked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SiteDraft {
    /// The name.
    pub name: String,
    /// The postal address.
    pub address: Option<String>,
    /// The time zone.
    pub zone: Option<Tz>,
    /// Where it is.
    pub position: Option<Position>,
    /// The area in which a student is expected.
    pub geofence: Option<GeofenceDraft>,
    /// Its own working days.
    pub calendar: SiteCalendar,
}

/// An area as it is asked for: unchecked.
#[derive(Clone, Debug, PartialEq)]
pub enum GeofenceDraft {
    /// A radius around the site's position, in metres.
    Radius(u32),
    /// The corners of a ring.
    Polygon(Vec<Position>),
}

/// Something wrong with a site.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SiteViolation {
    /// Something about the name.
    #[error("{0}")]
    Name(TextError),
    /// Something about the address.
    #[error("{0}")]
    Address(TextError),
    /// Something about the area.
    #[error("{0}")]
    Geofence(GeofenceError),
    /// A radius around nothing.
    #[error("a radius needs the position of the site")]
    PositionMissing,
}

impl Violation for SiteViolation {
    fn code(&self) -> &'static str {
        match self {
            Self::Name(error) | Self::Address(error) => error.code(),
            Self::Geofence(error) => error.code(),
            Self::PositionMissing => "position_required",
        }
    }

    fn pointer(&self) -> &'static str {
        match self {
            Self::Name(_) => "/name",
            Self::Address(_) => "/address",
            Self::Geofence(error) => error.pointer(),
            Self::PositionMissing => "/position",
        }
    }
}

/// What a site is, apart from whose it is; checked.
pub(super) struct SiteDetails {
    pub(super) name: String,
    pub(super) address: Option<String>,
    pub(super) zone: Option<Tz>,
    pub(super) position: Option<Position>,
    pub(super) geofence: Option<Geofence>,
    pub(super) calendar: SiteCalendar,
}

impl SiteDraft {
    /// Checks it.
    ///
    /// # Errors
    /// Everything that is wrong with it, together.
    pub(super) fn check(self) -> Result<SiteDetails, Vec<SiteViolation>> {
        let name = text::name(&self.name, MAX_SITE_NAME).map_err(SiteViolation::Name);
        let address = self
            .address
            .as_deref()
            .map(|address| text::trimmed(address, MAX_ADDRESS))
            .transpose();
        let address = address.map_err(SiteViolation::Address);
        let geofence = match (self.geofence, self.position) {
            (None, _) => Ok(None),
            (Some(GeofenceDraft::Radius(_)), None) => Err(SiteViolation::PositionMissing),
            (Some(GeofenceDraft::Radius(radius_m)), Some(centre)) => Geofence::circle(centre, radius_m)
                .map(Some)
                .map_err(SiteViolation::Geofence),
            (Some(GeofenceDraft::Polygon(ring)), _) => {
                Geofence::polygon(ring).map(Some).map_err(SiteViolation::Geofence)
            }
        };
        match (name, address, geofence) {
            (Ok(name), Ok(address), Ok(geofence)) => Ok(SiteDetails {
                name,
                address: address.filter(|address| !address.is_empty()),
                zone: self.zone,
                position: self.position,
                geofence,
                calendar: self.calendar,
            }),
            (name, address, geofence) => Err([name.err(), address.err(), geofence.err()]
                .into_iter()
                .flatten()
                .collect()),
        }
    }
}

impl From<&Site> for SiteDraft {
    /// The site as it is. A circle becomes a radius, so that it moves with the position.
    fn from(site: &Site) -> Self {
        Self {
            name: site.name().to_owned(),
            address: site.address().map(str::to_owned),
            zone: site.zone(),
            position: site.position(),
            geofence: site.geofence().map(|geofence| match geofence {
                Geofence::Circle(circle) => GeofenceDraft::Radius(circle.radius_m()),
                Geofence::Polygon(polygon) => GeofenceDraft::Polygon(polygon.vertices().to_vec()),
            }),
            calendar: site.calendar().clone(),
        }
    }
}
