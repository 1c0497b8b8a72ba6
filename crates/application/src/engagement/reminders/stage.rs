//! On which days a reviewer is reminded.

use chrono::NaiveDate;
use ipt_domain::tenancy::calendar::WorkingCalendar;

/// How many working days after the due date the last reminder comes.
const AFTER: u16 = 2;

/// On which of its days a review is reminded of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    DayBefore,
    OnTheDay,
    Afterwards,
}

/// Which of the days of a review due on `due_on` this is; none on any other day.
pub(super) fn of(today: NaiveDate, due_on: NaiveDate, calendar: &WorkingCalendar) -> Option<Stage> {
    if Some(today) == due_on.pred_opt() {
        Some(Stage::DayBefore)
    } else if today == due_on {
        Some(Stage::OnTheDay)
    } else if today == calendar.add_working_days(due_on, AFTER) {
        Some(Stage::Afterwards)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use ipt_domain::tenancy::calendar::WeekendDays;

    use super::*;
    use crate::tests::date;

    #[test]
    fn reminders_come_the_day_before_on_the_day_and_two_working_days_after() {
        let calendar = WorkingCalendar::new(
            chrono_tz::Africa::Dar_es_Salaam,
            WeekendDays::SATURDAY_AND_SUNDAY,
            BTreeSet::from([date("2026-07-13")]),
        );
        // Due on Thursday the 9th: Friday, then Tuesday the 14th, for Monday is a holiday.
        let expected = [
            ("2026-07-07", None),
            ("2026-07-08", Some(Stage::DayBefore)),
            ("2026-07-09", Some(Stage::OnTheDay)),
            ("2026-07-10", None),
            ("2026-07-13", None),
            ("2026-07-14", Some(Stage::Afterwards)),
            ("2026-07-15", None),
        ];
        for (today, stage) in expected {
            assert_eq!(of(date(today), date("2026-07-09"), &calendar), stage, "{today}");
        }
    }
}
