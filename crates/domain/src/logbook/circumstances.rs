//! What a decision about an entry depends on besides the entry.

use chrono::NaiveDate;

use crate::{
    Instant,
    actor::Actor,
    id::{EventId, ReviewId, UserId},
    logbook::{hours::Minutes, nearby::NearbyFixes, review::Way},
    placement::{
        delegation::Delegation, placement::Placement, policy::Policy, site::Workplace, standing::Standing,
    },
    tenancy::calendar::WorkingCalendar,
    version::Version,
};

/// The placement, its rules and its places, at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// The placement of the entry.
    pub placement: &'a Placement,
    /// The policy under which the placement was approved.
    pub policy: &'a Policy,
    /// The workplace: its calendar, its time zone and its geofence.
    pub workplace: &'a Workplace,
    /// The institution's calendar and time zone.
    pub institution: &'a WorkingCalendar,
    /// The delegates of the placement's supervisors.
    pub delegations: &'a [Delegation],
    /// Now.
    pub now: Instant,
}

impl Circumstances<'_> {
    /// Today, at the workplace.
    pub fn workplace_today(&self) -> NaiveDate {
        self.workplace.calendar().local_date(self.now)
    }

    /// Which parts `user` holds on the placement now.
    pub fn standing_of(&self, user: UserId) -> Standing {
        let institution_today = self.institution.local_date(self.now);
        self.placement
            .standing_of(user, self.workplace_today(), institution_today, self.delegations)
    }
}

/// What is stored about the student's other days, as far as the guards of a submission need it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Surroundings {
    /// Whether another live entry of the placement has this date.
    pub day_taken: bool,
    /// Whether a coordinator has opened this day again.
    pub reopened: bool,
    /// The hours submitted on the other days of the same week (Monday to Sunday, voided ones not counted).
    pub other_hours_of_week: Minutes,
    /// The positions of the student's other logs next to the one that is sent; none for a submission without one.
    pub nearby_fixes: NearbyFixes,
}

/// Who acts, by which way, and which version of the entry the person saw (none: whichever is current).
#[derive(Clone, Copy, Debug)]
pub struct Acting<'a> {
    /// The acting person.
    pub actor: &'a Actor,
    /// By which way.
    pub way: Way,
    /// The version that the person saw.
    pub seen: Option<Version>,
}

/// Ids for what a transition leaves behind.
#[derive(Clone, Copy, Debug)]
pub struct FreshIds {
    /// Of the review record.
    pub review: ReviewId,
    /// Of the event.
    pub event: EventId,
}
