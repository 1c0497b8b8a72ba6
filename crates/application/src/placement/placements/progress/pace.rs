//! The pace of a student, and where it leads.

use chrono::NaiveDate;
use ipt_domain::{
    logbook::credit::Credit, placement::ending::Requirement, tenancy::calendar::WorkingCalendar,
};

/// Farther ahead than this nothing is foretold: ten years of working days.
const MAX_WORKING_DAYS: u64 = 2_600;

/// What was handed in from one day until today.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    pub(super) since: NaiveDate,
    pub(super) today: NaiveDate,
    pub(super) submitted: Credit,
}

impl Pace {
    /// The working day on which everything required is handed in, at the same pace over working days; today when it is
    /// already, none when nothing was handed in or it would take too long.
    pub(super) fn reaches(self, required: Requirement, calendar: &WorkingCalendar) -> Option<NaiveDate> {
        let before = self.since.pred_opt()?;
        let elapsed = u64::from(calendar.working_days_between(before, self.today)).max(1);
        let hours = more(required.minutes.get(), self.submitted.minutes.get(), elapsed)?;
        let days = more(required.days, self.submitted.days, elapsed)?;
        let left = hours.max(days);
        if left == 0 {
            return Some(self.today);
        }
        let left = u16::try_from(left.min(MAX_WORKING_DAYS + 1)).ok()?;
        let foretold = u64::from(left) <= MAX_WORKING_DAYS;
        foretold.then(|| calendar.add_working_days(self.today, left))
    }
}

/// How many working days more it takes to come from `reached`, in `elapsed` of them, to `required`; rounded up.
fn more(required: u32, reached: u32, elapsed: u64) -> Option<u64> {
    let missing = u64::from(required.saturating_sub(reached));
    match (missing, reached) {
        (0, _) => Some(0),
        (_, 0) => None,
        (missing, reached) => Some((missing * elapsed).div_ceil(u64::from(reached))),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use ipt_domain::{logbook::hours::Minutes, tenancy::calendar::WeekendDays};

    use super::*;
    use crate::tests::date;

    fn reached(since: &str, today: &str, hours: u16, days: u32) -> Option<NaiveDate> {
        let calendar = WorkingCalendar::new(
            chrono_tz::Africa::Dar_es_Salaam,
            WeekendDays::SATURDAY_AND_SUNDAY,
            BTreeSet::from([date("2026-07-20")]),
        );
        let submitted = Credit {
            minutes: Minutes::from_hours(hours),
            days,
        };
        let required = Requirement {
            minutes: Minutes::from_hours(80),
            days: 10,
        };
        Pace {
            since: date(since),
            today: date(today),
            submitted,
        }
        .reaches(required, &calendar)
    }

    #[test]
    fn half_the_hours_in_five_working_days_take_five_more() {
        // Monday to Friday, then five more: the weekend and the holiday of Monday the 20th are none.
        assert_eq!(
            reached("2026-07-06", "2026-07-10", 40, 5),
            Some(date("2026-07-17"))
        );
        assert_eq!(
            reached("2026-07-13", "2026-07-17", 40, 5),
            Some(date("2026-07-27"))
        );
    }

    #[test]
    fn the_slower_of_hours_and_days_decides() {
        assert_eq!(
            reached("2026-07-06", "2026-07-10", 40, 8),
            Some(date("2026-07-17"))
        );
        assert_eq!(
            reached("2026-07-06", "2026-07-10", 70, 5),
            Some(date("2026-07-17"))
        );
        assert_eq!(
            reached("2026-07-06", "2026-07-10", 20, 5),
            Some(date("2026-08-03"))
        );
    }

    #[test]
    fn what_is_reached_is_reached_today() {
        assert_eq!(
            reached("2026-07-06", "2026-07-17", 80, 10),
            Some(date("2026-07-17"))
        );
    }

    #[test]
    fn without_an_entry_nothing_is_foretold() {
        assert_eq!(reached("2026-07-06", "2026-07-17", 0, 0), None);
    }

    #[test]
    fn a_pace_that_leads_nowhere_is_not_foretold() {
        assert_eq!(reached("2010-01-04", "2026-07-17", 1, 1), None);
    }
}
