//! A site, as it goes over the wire.

use ipt_domain::placement::{
    geofence::{Geofence, Position},
    site::Site,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::input::{GeoJsonPolygon, PolygonType, PositionDto};
use crate::wire::{Date, Named, WeekdayName};

/// A place of an organisation.
#[derive(Serialize, ToSchema)]
#[schema(as = Site)]
pub(super) struct SiteDto {
    id: Uuid,
    organisation_id: Uuid,
    /// Whether every institution that deals with the organisation sees it; else it is one's own institution's.
    shared: bool,
    name: String,
    address: Option<String>,
    /// The time zone, as an IANA name; without one the institution's holds.
    #[schema(example = "Africa/Dar_es_Salaam")]
    timezone: Option<String>,
    position: Option<PositionDto>,
    /// The area in which a student is expected; without one, but with a position, the programme's radius holds.
    geofence: Option<GeofenceDto>,
    /// The weekly days off; without them the institution's hold.
    weekend_days: Option<Vec<WeekdayName>>,
    /// The holidays; without them the institution's hold.
    holidays: Option<Vec<Date>>,
    version: u32,
}

/// An area: a radius around the site's position, or a polygon.
#[derive(Serialize, ToSchema)]
#[schema(as = Geofence)]
struct GeofenceDto {
    /// Metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    radius_m: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    polygon: Option<GeoJsonPolygon>,
}

impl From<&Geofence> for GeofenceDto {
    fn from(geofence: &Geofence) -> Self {
        match geofence {
            Geofence::Circle(circle) => Self {
                radius_m: Some(circle.radius_m()),
                polygon: None,
            },
            Geofence::Polygon(polygon) => Self {
                radius_m: None,
                polygon: Some(ring(polygon.vertices())),
            },
        }
    }
}

/// A closed ring of GeoJSON: the first corner is repeated as the last.
fn ring(corners: &[Position]) -> GeoJsonPolygon {
    let closed = corners.iter().chain(corners.first());
    let ring = closed.map(|corner| vec![corner.lng(), corner.lat()]).collect();
    GeoJsonPolygon {
        kind: PolygonType::Polygon,
        coordinates: vec![ring],
    }
}

impl From<Site> for SiteDto {
    fn from(site: Site) -> Self {
        let calendar = site.calendar();
        Self {
            id: site.id().uuid(),
            organisation_id: site.organisation_id().uuid(),
            shared: site.owner().is_none(),
            name: site.name().to_owned(),
            address: site.address().map(str::to_owned),
            timezone: site.zone().map(|zone| zone.name().to_owned()),
            position: site.position().map(|position| PositionDto {
                lat: position.lat(),
                lng: position.lng(),
            }),
            geofence: site.geofence().map(GeofenceDto::from),
            weekend_days: calendar
                .weekend
                .map(|weekend| weekend.days().map(Named).collect()),
            holidays: calendar
                .holidays
                .as_ref()
                .map(|days| days.iter().copied().map(Date).collect()),
            version: site.version().number(),
        }
    }
}
