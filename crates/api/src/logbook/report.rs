//! A report as it is sent: as JSON, or as the fields of a form.

use ipt_domain::{
    id::PlacementId,
    logbook::{
        input::{LocationInput, ReportInput},
        kind::DayKind,
    },
};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::wire::{Date, DayKindName, Timestamp, nullable};

/// Where a log was written.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LocationBody {
    /// Degrees north.
    #[schema(example = -6.7924)]
    lat: f64,
    /// Degrees east.
    #[schema(example = 39.2083)]
    lng: f64,
    /// The accuracy that the device reports, in metres.
    accuracy_m: Option<f64>,
    /// When the position was taken.
    captured_at: Option<Timestamp>,
}

/// A new log.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewLogBody {
    /// What was done.
    #[schema(example = "Implemented user authentication and tested it.")]
    pub(super) content: Option<String>,
    /// The day on which the shift began.
    pub(super) log_date: Date,
    /// Hours worked, in quarter hours; left out, the programme's standard day.
    #[schema(example = 7.5)]
    pub(super) hours_worked: Option<f64>,
    /// `worked` (default), `training`, `sick`, `authorised_leave`, `public_holiday`, `host_closed` or `no_supervisor`.
    #[schema(value_type = Option<DayKindName>, example = "worked")]
    pub(super) kind: Option<DayKind>,
    /// Skills used.
    pub(super) skills: Option<Vec<String>>,
    /// When the entry was written, by the device.
    pub(super) captured_at: Option<Timestamp>,
    /// Where the entry was written.
    pub(super) location_data: Option<LocationBody>,
    /// The placement; not needed when exactly one of yours is active.
    pub(super) placement_id: Option<Uuid>,
    /// Keep it as a draft.
    #[serde(default)]
    pub(super) draft: bool,
}

/// A change of a draft or of a requested revision. A field left out stays as it is; null clears it.
#[expect(
    clippy::option_option,
    reason = "a field left out and a field that is null mean two things"
)]
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeBody {
    /// What was done.
    content: Option<String>,
    /// Hours worked; null assumes the standard day.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<f64>)]
    hours_worked: Option<Option<f64>>,
    /// The kind of day.
    #[schema(value_type = Option<DayKindName>)]
    kind: Option<DayKind>,
    /// Skills used.
    skills: Option<Vec<String>>,
    /// When the entry was written.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Timestamp>)]
    captured_at: Option<Option<Timestamp>>,
    /// Where the entry was written.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<LocationBody>)]
    location_data: Option<Option<LocationBody>>,
    /// Hand it in.
    #[serde(default)]
    pub(super) submit: bool,
}

impl NewLogBody {
    /// The report in it.
    pub(super) fn report(&self) -> ReportInput {
        ReportInput {
            kind: self.kind,
            content: self.content.clone(),
            hours_worked: self.hours_worked.map(Some),
            skills: self.skills.clone(),
            captured_at: self.captured_at.map(|at| Some(at.0)),
            location: self.location_data.map(|location| Some(location.into())),
            ..ReportInput::default()
        }
    }

    /// The placement named.
    pub(super) fn placement(&self) -> Option<PlacementId> {
        self.placement_id.map(PlacementId::new)
    }
}

impl From<ChangeBody> for ReportInput {
    fn from(body: ChangeBody) -> Self {
        Self {
            kind: body.kind,
            content: body.content,
            hours_worked: body.hours_worked,
            skills: body.skills,
            captured_at: body.captured_at.map(|at| at.map(|at| at.0)),
            location: body.location_data.map(|location| location.map(Into::into)),
            ..Self::default()
        }
    }
}

impl From<LocationBody> for LocationInput {
    fn from(body: LocationBody) -> Self {
        let LocationBody {
            lat,
            lng,
            accuracy_m,
            captured_at,
        } = body;
        Self {
            lat,
            lng,
            accuracy_m,
            captured_at: captured_at.map(|at| at.0),
        }
    }
}
