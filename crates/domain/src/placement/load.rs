//! How many students a supervisor has at one time, which is on any one day.
//!
//! A student counts for a supervisor, in one part, on each day of a placement from its first to its last, until it has
//! ended; one under way whose last day has passed lasts until today. Whatever placements a student shares with the
//! supervisor on a day, they count once. A change is judged by the days that it adds: nobody who has too many students
//! already, since the cap was lowered or a placement lasts longer than was planned, is in the way of anything else.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::{
    id::UserId,
    placement::{delegation::Part, period::Period, placement::Placement},
};

/// The days on which a student counts for a supervisor by one placement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// The student.
    pub student: UserId,
    /// The days.
    pub days: Period,
}

impl Stay {
    /// The stay by a placement, seen on `today`; none once it has ended.
    pub fn of(placement: &Placement, today: NaiveDate) -> Option<Self> {
        let state = placement.state().name();
        let days = if state.is_running() {
            placement.period().at_least_until(today)
        } else {
            placement.period()
        };
        (!state.is_final()).then_some(Self {
            student: placement.student_id(),
            days,
        })
    }
}

/// A supervisor would have more students on a day than the cap allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("on {day} this supervisor's students number {students} already, and the programme allows {cap}")]
pub struct Overload {
    /// The part in which the person supervises.
    pub part: Part,
    /// The first such day.
    pub day: NaiveDate,
    /// How many other students the supervisor has on that day.
    pub students: u32,
    /// How many the programme allows.
    pub cap: u32,
}

/// The days that a change of a placement adds for its student with the supervisor of one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gain {
    part: Part,
    supervisor: UserId,
    stay: Stay,
    had: Option<Period>,
}

impl Gain {
    /// What the supervisor of `part` gains by a change that is made on `today`; none where no day is added. A placement
    /// that begins after its last day lasts until today by that, which adds none.
    pub fn of(before: Option<&Placement>, after: &Placement, part: Part, today: NaiveDate) -> Option<Self> {
        let supervisor = after.supervisor(part)?;
        let stay = Stay::of(after, today)?;
        let had = before
            .filter(|before| before.supervisor(part) == Some(supervisor))
            .and_then(|before| Stay::of(before, today))
            .map(|had| {
                if after.state().name().is_running() {
                    had.days.at_least_until(today)
                } else {
                    had.days
                }
            });
        let adds = !had.is_some_and(|had| had.encloses(&stay.days));
        adds.then_some(Self {
            part,
            supervisor,
            stay,
            had,
        })
    }

    /// The part.
    pub const fn part(&self) -> Part {
        self.part
    }

    /// Who gains.
    pub const fn supervisor(&self) -> UserId {
        self.supervisor
    }

    /// The days of the placement after the change: only stays that share one of them bear on it.
    pub const fn days(&self) -> Period {
        self.stay.days
    }

    /// Judges it beside the supervisor's stays in this part, within the institution, by other placements than this one,
    /// the same student's among them.
    ///
    /// # Errors
    /// [`Overload`], where on a day that is added there would be more than `cap` students.
    pub fn check(&self, cap: u32, others: &[Stay]) -> Result<(), Overload> {
        let (own, others): (Vec<Stay>, Vec<Stay>) = others
            .iter()
            .partition(|other| other.student == self.stay.student);
        let had: Vec<Period> = self
            .had
            .into_iter()
            .chain(own.into_iter().map(|own| own.days))
            .collect();
        let is_added =
            |day: &NaiveDate| self.stay.days.contains(*day) && !had.iter().any(|had| had.contains(*day));
        // From one of these days to the next no more students come, and no days that are added begin.
        let days_after = had.iter().filter_map(|had| had.end().succ_opt());
        let starts = others.iter().map(|other| other.days.start());
        let days: BTreeSet<NaiveDate> = std::iter::once(self.stay.days.start())
            .chain(days_after)
            .chain(starts)
            .filter(is_added)
            .collect();
        for day in days {
            let there: BTreeSet<UserId> = others
                .iter()
                .filter(|other| other.days.contains(day))
                .map(|other| other.student)
                .collect();
            let students = u32::try_from(there.len()).unwrap_or(u32::MAX);
            if students >= cap {
                return Err(Overload {
                    part: self.part,
                    day,
                    students,
                    cap,
                });
            }
        }
        Ok(())
    }
}
