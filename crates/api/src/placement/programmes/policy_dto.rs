//! A policy, as it goes over the wire.

use ipt_domain::placement::policy::{Policy, PolicyDraft};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::wire::{AttachmentTypeName, DayKindName, Named, ReviewCadenceName};

/// The numbers by which a programme is run. In a new programme those left out take their defaults; in a change they stay.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[schema(as = Policy)]
#[serde(deny_unknown_fields)]
pub(super) struct PolicyDto {
    /// Working days after which industry's review is due.
    #[schema(minimum = 1, maximum = 14, default = 3)]
    industry_review_days: Option<i64>,
    /// Working days after which the academic review is due.
    #[schema(minimum = 1, maximum = 30, default = 7)]
    academic_review_days: Option<i64>,
    /// Calendar days within which an entry is first submitted.
    #[schema(minimum = 0, maximum = 60, default = 7)]
    entry_deadline_days: Option<i64>,
    /// The fewest characters of an entry, as a reader counts them.
    #[schema(minimum = 0, maximum = 500, default = 20)]
    content_min_chars: Option<i64>,
    /// The hours of a day for which none are given, in quarter hours.
    #[schema(minimum = 1, maximum = 16, default = 8)]
    standard_day_hours: Option<f64>,
    /// The most hours of a day, in quarter hours.
    #[schema(minimum = 1, maximum = 16, default = 12)]
    max_day_hours: Option<f64>,
    /// The hours of a week at which credit stops, in quarter hours.
    #[schema(minimum = 10, maximum = 100, default = 60)]
    max_week_hours: Option<f64>,
    /// The most files of an entry.
    #[schema(minimum = 0, maximum = 50, default = 10)]
    max_attachments: Option<i64>,
    /// The greatest size of a file, in megabytes.
    #[schema(minimum = 1, maximum = 100, default = 10)]
    max_attachment_mb: Option<i64>,
    /// The kinds of files that are taken; all that are known by default.
    attachment_types: Option<Vec<AttachmentTypeName>>,
    /// Whether due days count from each entry, or from the end of its week.
    review_cadence: Option<ReviewCadenceName>,
    /// The fewest calendar days of a placement with those that it continues.
    #[schema(minimum = 7, maximum = 364, default = 56)]
    min_days: Option<i64>,
    /// The most.
    #[schema(minimum = 7, maximum = 728, default = 182)]
    max_days: Option<i64>,
    /// How many placements a student may have at one time.
    #[schema(minimum = 1, maximum = 3, default = 1)]
    parallel_placements: Option<i64>,
    /// How many students an industrial supervisor may have at one time.
    #[schema(minimum = 1, maximum = 100, default = 10)]
    students_per_industrial_supervisor: Option<i64>,
    /// How many students a university supervisor may have at one time.
    #[schema(minimum = 1, maximum = 200, default = 25)]
    students_per_university_supervisor: Option<i64>,
    /// The radius, in metres, around a workplace that has no area of its own.
    #[schema(minimum = 25, maximum = 20000, default = 200)]
    geofence_radius_m: Option<i64>,
    /// The kinds of absence that earn credit; none by default.
    credit_day_kinds: Option<Vec<DayKindName>>,
    /// Calendar days within which an offer is answered.
    #[schema(minimum = 1, maximum = 30, default = 5)]
    offer_days: Option<i64>,
    /// The most live applications of a student.
    #[schema(minimum = 1, maximum = 50, default = 5)]
    live_applications: Option<i64>,
}

/// Moves every field but the named ones from one form to the other.
macro_rules! same {
    ($from:ident => $into:ident { $($own:ident: $value:expr),+ }) => {
        $into {
            industry_review_days: $from.industry_review_days,
            academic_review_days: $from.academic_review_days,
            entry_deadline_days: $from.entry_deadline_days,
            content_min_chars: $from.content_min_chars,
            standard_day_hours: $from.standard_day_hours,
            max_day_hours: $from.max_day_hours,
            max_week_hours: $from.max_week_hours,
            max_attachments: $from.max_attachments,
            max_attachment_mb: $from.max_attachment_mb,
            min_days: $from.min_days,
            max_days: $from.max_days,
            parallel_placements: $from.parallel_placements,
            students_per_industrial_supervisor: $from.students_per_industrial_supervisor,
            students_per_university_supervisor: $from.students_per_university_supervisor,
            geofence_radius_m: $from.geofence_radius_m,
            offer_days: $from.offer_days,
            live_applications: $from.live_applications,
            $($own: $value),+
        }
    };
}

impl From<PolicyDto> for PolicyDraft {
    fn from(dto: PolicyDto) -> Self {
        same!(dto => Self {
            attachment_types: dto.attachment_types.map(|types| types.into_iter().map(|kind| kind.0).collect()),
            review_cadence: dto.review_cadence.map(|cadence| cadence.0),
            credit_day_kinds: dto.credit_day_kinds.map(|kinds| kinds.into_iter().map(|kind| kind.0).collect())
        })
    }
}

impl From<&Policy> for PolicyDto {
    fn from(policy: &Policy) -> Self {
        let draft = PolicyDraft::from(policy.clone());
        same!(draft => Self {
            attachment_types: draft.attachment_types.map(|types| types.into_iter().map(Named).collect()),
            review_cadence: draft.review_cadence.map(Named),
            credit_day_kinds: draft.credit_day_kinds.map(|kinds| kinds.into_iter().map(Named).collect())
        })
    }
}

#[cfg(test)]
mod tests {
    use ipt_domain::placement::policy::{Bounds, Policy, PolicyDraft};
    use serde_json::Value;
    use utoipa::PartialSchema as _;

    use super::PolicyDto;

    #[test]
    fn a_policy_goes_there_and_back() {
        let policy = Policy::default();
        let text = serde_json::to_string(&PolicyDto::from(&policy)).unwrap();
        let read: PolicyDto = serde_json::from_str(&text).unwrap();
        assert_eq!(Policy::from_draft(PolicyDraft::from(read)), Ok(policy));
    }

    #[test]
    fn the_description_tells_the_defaults_and_bounds_of_the_rules() {
        let schema = serde_json::to_value(PolicyDto::schema()).unwrap();
        for Bounds {
            key,
            default,
            low,
            high,
            ..
        } in Policy::BOUNDS
        {
            let told = &schema["properties"][key];
            let number = |name: &str| told[name].as_f64();
            assert_eq!(number("default"), Some(f64::from(*default)), "{key}");
            assert_eq!(number("minimum"), Some(f64::from(*low)), "{key}");
            assert_eq!(number("maximum"), Some(f64::from(*high)), "{key}");
        }
        assert_eq!(schema["additionalProperties"], Value::Bool(false));
    }
}
