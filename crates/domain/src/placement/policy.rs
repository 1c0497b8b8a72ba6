//! The numbers by which a programme is run.

use std::collections::BTreeSet;

pub use super::{
    policy_bounds::{Bounds, PolicyViolation},
    policy_version::PolicyVersion,
    review_cadence::ReviewCadence,
};
use crate::{
    logbook::{
        hours::{Minutes, WorkedHours},
        kind::DayKind,
    },
    placement::{
        attachment_type::AttachmentType,
        policy_bounds::{self, MAX_DAY, MAX_WEEK, STANDARD_DAY},
    },
};

/// Makes a policy from the table of its numbers, so that a key, its default and its bounds stand in one place.
macro_rules! policy {
    ($($(#[$doc:meta])* $visibility:vis $key:ident: $kind:ty = $default:literal in $low:literal..=$high:literal;)+) => {
        /// The numbers by which a programme is run, each within its bounds. Keys, defaults and bounds are those of the
        /// business rules.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[cfg_attr(
            feature = "serde",
            derive(serde::Serialize, serde::Deserialize),
            serde(try_from = "PolicyDraft", into = "PolicyDraft")
        )]
        pub struct Policy {
            $($key: $kind,)+
            standard_day_hours: WorkedHours,
            max_day_hours: WorkedHours,
            max_week_hours: Minutes,
            attachment_types: BTreeSet<AttachmentType>,
            review_cadence: ReviewCadence,
            credit_day_kinds: BTreeSet<DayKind>,
        }

        /// A policy as it is asked for: unchecked, and what is left out takes its default.
        #[derive(Clone, Debug, Default, PartialEq)]
        #[cfg_attr(
            feature = "serde",
            derive(serde::Serialize, serde::Deserialize),
            serde(default, deny_unknown_fields)
        )]
        pub struct PolicyDraft {
            $($(#[$doc])* pub $key: Option<i64>,)+
            /// The hours of a worked day for which none are given; in quarter hours.
            pub standard_day_hours: Option<f64>,
            /// The most worked hours of a day; in quarter hours.
            pub max_day_hours: Option<f64>,
            /// The worked hours of a week at which credit stops; in quarter hours.
            pub max_week_hours: Option<f64>,
            /// The kinds of files that may come with a log; by default all that are known.
            pub attachment_types: Option<Vec<AttachmentType>>,
            /// From when the working days of a review are counted.
            pub review_cadence: Option<ReviewCadence>,
            /// The kinds of absence that earn credit; by default none.
            pub credit_day_kinds: Option<Vec<DayKind>>,
        }

        impl Policy {
            /// The defaults and bounds of all numbers.
            pub const BOUNDS: &'static [Bounds] = &[
                $(policy!(@bounds $key, $default, $low, $high),)+
                STANDARD_DAY,
                MAX_DAY,
                MAX_WEEK,
            ];

            /// The policy of a draft, with the defaults for what it leaves out.
            ///
            /// # Errors
            /// Everything that is wrong with it, together.
            pub fn from_draft(draft: PolicyDraft) -> Result<Self, Vec<PolicyViolation>> {
                let mut told = Vec::new();
                let policy = Self {
                    $($key: policy_bounds::number(
                        draft.$key,
                        policy!(@bounds $key, $default, $low, $high),
                        &mut told,
                    ),)+
                    standard_day_hours: policy_bounds::hours_of_day(draft.standard_day_hours, STANDARD_DAY, &mut told),
                    max_day_hours: policy_bounds::hours_of_day(draft.max_day_hours, MAX_DAY, &mut told),
                    max_week_hours: policy_bounds::hours(draft.max_week_hours, MAX_WEEK, &mut told),
                    attachment_types: draft
                        .attachment_types
                        .map_or_else(|| AttachmentType::ALL.into(), BTreeSet::from_iter),
                    review_cadence: draft.review_cadence.unwrap_or_default(),
                    credit_day_kinds: draft.credit_day_kinds.map_or_else(BTreeSet::new, BTreeSet::from_iter),
                };
                policy.check_together(&mut told);
                if told.is_empty() { Ok(policy) } else { Err(told) }
            }

            /// This policy with what a draft says, and unchanged in what the draft leaves out.
            ///
            /// # Errors
            /// Everything that is wrong with the result, together.
            pub fn amended(&self, draft: PolicyDraft) -> Result<Self, Vec<PolicyViolation>> {
                let base = PolicyDraft::from(self.clone());
                Self::from_draft(PolicyDraft {
                    $($key: draft.$key.or(base.$key),)+
                    standard_day_hours: draft.standard_day_hours.or(base.standard_day_hours),
                    max_day_hours: draft.max_day_hours.or(base.max_day_hours),
                    max_week_hours: draft.max_week_hours.or(base.max_week_hours),
                    attachment_types: draft.attachment_types.or(base.attachment_types),
                    review_cadence: draft.review_cadence.or(base.review_cadence),
                    credit_day_kinds: draft.credit_day_kinds.or(base.credit_day_kinds),
                })
            }

            /// The keys in which the two differ: what a change touches.
            pub fn keys_changed(&self, other: &Self) -> Vec<&'static str> {
                [
                    $((stringify!($key), self.$key != other.$key),)+
                    ("standard_day_hours", self.standard_day_hours != other.standard_day_hours),
                    ("max_day_hours", self.max_day_hours != other.max_day_hours),
                    ("max_week_hours", self.max_week_hours != other.max_week_hours),
                    ("attachment_types", self.attachment_types != other.attachment_types),
                    ("review_cadence", self.review_cadence != other.review_cadence),
                    ("credit_day_kinds", self.credit_day_kinds != other.credit_day_kinds),
                ]
                .into_iter()
                .filter_map(|(key, differs)| differs.then_some(key))
                .collect()
            }

            $($(#[$doc])* $visibility const fn $key(&self) -> $kind { self.$key })+
        }

        impl Default for Policy {
            fn default() -> Self {
                Self {
                    $($key: $default,)+
                    standard_day_hours: policy_bounds::DEFAULT_STANDARD_DAY,
                    max_day_hours: policy_bounds::DEFAULT_MAX_DAY,
                    max_week_hours: policy_bounds::DEFAULT_MAX_WEEK,
                    attachment_types: AttachmentType::ALL.into(),
                    review_cadence: ReviewCadence::default(),
                    credit_day_kinds: BTreeSet::new(),
                }
            }
        }

        impl From<Policy> for PolicyDraft {
            fn from(policy: Policy) -> Self {
                Self {
                    $($key: Some(i64::from(policy.$key)),)+
                    standard_day_hours: Some(policy.standard_day_hours.as_hours()),
                    max_day_hours: Some(policy.max_day_hours.as_hours()),
                    max_week_hours: Some(policy.max_week_hours.as_hours()),
                    attachment_types: Some(policy.attachment_types.into_iter().collect()),
                    review_cadence: Some(policy.review_cadence),
                    credit_day_kinds: Some(policy.credit_day_kinds.into_iter().collect()),
                }
            }
        }
    };
    (@bounds $key:ident, $default:literal, $low:literal, $high:literal) => {
        Bounds {
            key: stringify!($key),
            pointer: concat!("/policy/", stringify!($key)),
            default: $default,
            low: $low,
            high: $high,
        }
    };
}

policy! {
    /// Working days after which industry's review is due.
    pub industry_review_days: u16 = 3 in 1..=14;
    /// Working days after which the academic review is due.
    pub academic_review_days: u16 = 7 in 1..=30;
    /// Calendar days within which a log is first submitted.
    pub entry_deadline_days: u16 = 7 in 0..=60;
    /// The fewest characters of a log, as its reader counts them.
    pub content_min_chars: u16 = 20 in 0..=500;
    /// The most attachments of a log.
    pub max_attachments: u32 = 10 in 0..=50;
    /// The greatest size of an attachment, in megabytes of 1,000,000 bytes.
    max_attachment_mb: u32 = 10 in 1..=100;
    /// The fewest calendar days of a placement and those that it continues.
    pub min_days: u32 = 56 in 7..=364;
    /// The most calendar days of a placement and those that it continues.
    pub max_days: u32 = 182 in 7..=728;
    /// How many placements a student may have at one time.
    pub parallel_placements: u32 = 1 in 1..=3;
    /// How many students an industrial supervisor may have at one time, within the institution.
    pub students_per_industrial_supervisor: u32 = 10 in 1..=100;
    /// How many students a university supervisor may have at one time, within the institution.
    pub students_per_university_supervisor: u32 = 25 in 1..=200;
    /// The radius, in metres, of a workplace that has a position and no area of its own.
    pub geofence_radius_m: u32 = 200 in 25..=20_000;
    /// Calendar days within which an offer is answered.
    pub offer_days: u16 = 5 in 1..=30;
    /// The most live applications of a student.
    pub live_applications: u32 = 5 in 1..=50;
}

impl Policy {
    /// The hours of a worked day for which none are given.
    pub const fn standard_day_hours(&self) -> WorkedHours {
        self.standard_day_hours
    }

    /// The most worked hours of a day.
    pub const fn max_day_hours(&self) -> WorkedHours {
        self.max_day_hours
    }

    /// The worked time of a week at which credit stops.
    pub const fn max_week_minutes(&self) -> Minutes {
        self.max_week_hours
    }

    /// The kinds of files that may come with a log.
    pub const fn attachment_types(&self) -> &BTreeSet<AttachmentType> {
        &self.attachment_types
    }

    /// Whether files of this kind may come with a log.
    pub fn accepts(&self, kind: AttachmentType) -> bool {
        self.attachment_types.contains(&kind)
    }

    /// The greatest size of an attachment, in megabytes of 1,000,000 bytes.
    pub const fn max_attachment_megabytes(&self) -> u32 {
        self.max_attachment_mb()
    }

    /// The greatest size of an attachment, in bytes.
    pub fn max_attachment_bytes(&self) -> u64 {
        u64::from(self.max_attachment_mb) * 1_000_000
    }

    /// From when the working days of a review are counted.
    pub const fn review_cadence(&self) -> ReviewCadence {
        self.review_cadence
    }

    /// The kinds of absence that earn credit.
    pub const fn credit_day_kinds(&self) -> &BTreeSet<DayKind> {
        &self.credit_day_kinds
    }

    /// Whether an absence of this kind earns credit.
    pub fn credits(&self, absence: DayKind) -> bool {
        self.credit_day_kinds.contains(&absence)
    }

    /// Tells numbers that are right alone and wrong beside another, and days that are no absence.
    fn check_together(&self, told: &mut Vec<PolicyViolation>) {
        let (standard, most) = (self.standard_day_hours.minutes(), self.max_day_hours.minutes());
        let pairs = [
            ("min_days", "max_days", self.min_days > self.max_days),
            ("standard_day_hours", "max_day_hours", standard > most),
            ("max_day_hours", "max_week_hours", most > self.max_week_hours),
        ];
        for (key, limit, exceeds) in pairs {
            let judged_alone = told
                .iter()
                .any(|violation| [key, limit].contains(&violation.key()));
            if exceeds
                && !judged_alone
                && let Some(bounds) = Self::BOUNDS.iter().find(|bounds| bounds.key == key)
            {
                told.push(PolicyViolation::Inconsistent {
                    bounds: *bounds,
                    limit,
                });
            }
        }
        let working = self.credit_day_kinds.iter().filter(|kind| kind.carries_hours());
        told.extend(working.map(|kind| PolicyViolation::NotAnAbsence(*kind)));
    }
}

#[cfg(feature = "serde")]
impl TryFrom<PolicyDraft> for Policy {
    type Error = policy_bounds::PolicyProblems;

    fn try_from(draft: PolicyDraft) -> Result<Self, Self::Error> {
        Self::from_draft(draft).map_err(policy_bounds::PolicyProblems)
    }
}

#[cfg(test)]
mod tests;
