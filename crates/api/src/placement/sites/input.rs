//! A site as a request has it.

use ipt_application::placement::sites::{AreaInput, Coordinates, SiteInput};
use serde::{Deserialize, Serialize};
use utoipa::{
    ToSchema,
    openapi::schema::{Array, ArrayBuilder, ObjectBuilder, Type},
};

use crate::{
    codes::protocol::INVALID_VALUE,
    problem::Problem,
    wire::{Date, Nullable, WeekdayName, nullable},
};

/// A point, in degrees.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[schema(as = Position)]
#[serde(deny_unknown_fields)]
pub(super) struct PositionDto {
    #[schema(example = -6.7924)]
    pub(super) lat: f64,
    #[schema(example = 39.2083)]
    pub(super) lng: f64,
}

/// The only kind of geometry that is taken.
#[derive(Deserialize, Serialize, ToSchema)]
pub(super) enum PolygonType {
    /// A polygon.
    Polygon,
}

/// A polygon as in GeoJSON (RFC 7946): rings of corners, each longitude first; one ring, without holes.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GeoJsonPolygon {
    #[serde(rename = "type")]
    pub(super) kind: PolygonType,
    #[schema(schema_with = rings, example = json!([[[39.208, -6.792], [39.210, -6.792], [39.210, -6.790], [39.208, -6.792]]]))]
    pub(super) coordinates: Vec<Vec<Vec<f64>>>,
}

/// One ring of corners, of two numbers each.
fn rings() -> Array {
    let number = ObjectBuilder::new().schema_type(Type::Number);
    let corner = ArrayBuilder::new()
        .items(number)
        .min_items(Some(2))
        .max_items(Some(2));
    let ring = ArrayBuilder::new().items(corner);
    ArrayBuilder::new()
        .items(ring)
        .min_items(Some(1))
        .max_items(Some(1))
        .build()
}

/// An area: either of the two.
#[derive(Deserialize, ToSchema)]
#[schema(min_properties = 1, max_properties = 1)]
#[serde(deny_unknown_fields)]
pub(super) struct GeofenceInput {
    /// A radius around the site's position, in metres.
    #[schema(minimum = 25, maximum = 20000, nullable = false)]
    radius_m: Option<u32>,
    #[schema(nullable = false)]
    polygon: Option<GeoJsonPolygon>,
}

/// What to set of a site; in a change what is left out stays, and `null` takes a value away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SiteBody {
    #[schema(example = "Head office")]
    name: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    address: Nullable<String>,
    /// The time zone, as an IANA name; without one the institution's holds.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, example = "Africa/Dar_es_Salaam")]
    timezone: Nullable<String>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<PositionDto>)]
    position: Nullable<PositionDto>,
    /// The area in which a student is expected; without one, but with a position, the programme's radius holds.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<GeofenceInput>)]
    geofence: Nullable<GeofenceInput>,
    /// The weekly days off; without them the institution's hold.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Vec<WeekdayName>>)]
    weekend_days: Nullable<Vec<WeekdayName>>,
    /// The holidays; without them the institution's hold.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Vec<Date>>)]
    holidays: Nullable<Vec<Date>>,
}

impl TryFrom<SiteBody> for SiteInput {
    type Error = Problem;

    fn try_from(body: SiteBody) -> Result<Self, Problem> {
        let geofence = match body.geofence {
            Some(Some(given)) => Some(Some(area(given)?)),
            Some(None) => Some(None),
            None => None,
        };
        let point = |position: PositionDto| Coordinates {
            lat: position.lat,
            lng: position.lng,
        };
        Ok(Self {
            name: body.name,
            address: body.address,
            timezone: body.timezone,
            position: body.position.map(|position| position.map(point)),
            geofence,
            weekend_days: body
                .weekend_days
                .map(|days| days.map(|days| days.into_iter().map(|day| day.0).collect())),
            holidays: body
                .holidays
                .map(|days| days.map(|days| days.into_iter().map(|day| day.0).collect())),
        })
    }
}

/// Exactly one of the two forms.
fn area(given: GeofenceInput) -> Result<AreaInput, Problem> {
    match (given.radius_m, given.polygon) {
        (Some(radius), None) => Ok(AreaInput::Radius(radius)),
        (None, Some(polygon)) => corners(&polygon).map(AreaInput::Polygon),
        (Some(_), Some(_)) | (None, None) => Err(Problem::field(
            "/geofence",
            INVALID_VALUE,
            "expected either radius_m or polygon",
        )),
    }
}

/// The corners of the only ring; an altitude is passed over.
fn corners(polygon: &GeoJsonPolygon) -> Result<Vec<Coordinates>, Problem> {
    const POINTER: &str = "/geofence/polygon/coordinates";
    let [ring] = polygon.coordinates.as_slice() else {
        return Err(Problem::field(
            POINTER,
            INVALID_VALUE,
            "expected one ring, without holes",
        ));
    };
    ring.iter()
        .map(|corner| match corner.as_slice() {
            [lng, lat] | [lng, lat, _] => Ok(Coordinates { lat: *lat, lng: *lng }),
            _ => Err(Problem::field(
                POINTER,
                INVALID_VALUE,
                "expected corners of longitude and latitude",
            )),
        })
        .collect()
}
