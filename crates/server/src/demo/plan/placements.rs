//! What became of each student's placement.

use chrono::{Days, NaiveDate};
use ipt_application::placement::placements::{create, step::Step};
use ipt_domain::placement::mode::Mode;

use super::{Fate, Seat, WEEKS};
use crate::demo::{
    agenda::{Agenda, Deed, StudentKey},
    days::monday_of,
    founding::Campus,
};

/// What a student had to declare.
const RELATIONSHIP: &str = "The works manager is my mother's brother.";

const SUSPENDED: &str = "The press is being repaired after the accident; work goes on once it is certified.";
const TERMINATED: &str = "The company has closed the site; a new host is being sought.";
const CHANGES: &str = "The end lies after the examinations have begun. Please propose an earlier one.";

/// Plans a student's placement.
pub(super) fn plan(agenda: &mut Agenda, campus: &Campus, key: StudentKey) {
    let term = &campus.term;
    let mut of = |day: NaiveDate, hour: u32, deed: Deed| {
        let minute = u32::try_from(key.student).unwrap_or_default() * 2;
        agenda.add(term.at(day, hour, minute), deed);
    };
    let (start, end) = period(campus, key);
    let (proposed, answered) = match Fate::of(key) {
        Fate::Unplaced => return,
        Fate::Approved | Fate::ChangesRequested => (term.day(8), term.day(9)),
        Fate::Proposed => (term.day(10), term.today()),
        Fate::Newcomer | Fate::Active | Fate::Suspended | Fate::Terminated | Fate::Completed => {
            // Thursday and Friday of the week before the last one.
            (start - Days::new(11), start - Days::new(10))
        }
    };
    let by_student = key.student % 5 == 3 || matches!(Fate::of(key), Fate::ChangesRequested);
    let command = Box::new(command(campus, key, by_student, (start, end)));
    of(
        proposed,
        9,
        Deed::Propose {
            of: key,
            by_student,
            command,
        },
    );
    let step = |step: Step, reason: Option<&'static str>| Deed::Step {
        of: key,
        step,
        reason,
    };
    match Fate::of(key) {
        Fate::Unplaced | Fate::Proposed => return,
        Fate::ChangesRequested => return of(answered, 14, step(Step::RequestChanges, Some(CHANGES))),
        Fate::Approved => return of(answered, 14, step(Step::Approve, None)),
        Fate::Newcomer | Fate::Active => {}
        Fate::Suspended => of(term.day(8), 9, step(Step::Suspend, Some(SUSPENDED))),
        Fate::Terminated => {
            of(
                term.day(7),
                12,
                step(Step::Terminate { effective_date: None }, Some(TERMINATED)),
            );
        }
        Fate::Completed => of(term.day(10), 17, step(Step::Complete, None)),
    }
    of(answered, 14, step(Step::Approve, None));
    agenda.add(term.at(start, 0, 10), Deed::DayBreak);
}

/// The first and the last day.
fn period(campus: &Campus, key: StudentKey) -> (NaiveDate, NaiveDate) {
    let term = &campus.term;
    // Weeks of study differ, and so do their ends; all end on a Friday.
    let weeks_from = |start: NaiveDate, weeks: u64| (start, start + Days::new(7 * weeks - 3));
    let weeks = 10 + u64::try_from(key.student).unwrap_or_default() % 6;
    match Fate::of(key) {
        Fate::Newcomer => weeks_from(monday_of(term.today() - Days::new(3)), 24),
        Fate::Completed => (term.monday(WEEKS), term.day(7)),
        Fate::Approved | Fate::Proposed | Fate::ChangesRequested | Fate::Unplaced => {
            weeks_from(term.monday(0) + Days::new(14), weeks)
        }
        Fate::Active | Fate::Suspended | Fate::Terminated => {
            let later = u64::from(key.student % 4 == 2);
            weeks_from(term.monday(WEEKS - later), weeks)
        }
    }
}

/// The proposal. A student knows the workplace's supervisor; the university's is the coordinator's to name.
fn command(
    campus: &Campus,
    key: StudentKey,
    by_student: bool,
    (start_date, end_date): (NaiveDate, NaiveDate),
) -> create::Command {
    let seat = Seat::of(key);
    let host = &campus.hosts[seat.host];
    let known = !matches!(Fate::of(key), Fate::Proposed | Fate::ChangesRequested);
    let of_workshop = Fate::of(key) == Fate::Completed;
    create::Command {
        student_id: (!by_student).then(|| campus.students[key.student].user_id()),
        organisation_id: host.organisation,
        site_id: Some(host.sites[seat.site]),
        programme_id: if of_workshop {
            campus.workshop
        } else {
            campus.training
        },
        mode: mode(key),
        continues: None,
        industrial_supervisor_id: Some(host.supervisors[seat.industry].user_id()),
        university_supervisor_id: known.then(|| campus.supervisors[seat.academic].user_id()),
        start_date,
        end_date,
        relationship_declared: (key
            == StudentKey {
                campus: 0,
                student: 5,
            })
        .then(|| RELATIONSHIP.to_owned()),
    }
}

/// Software is written from anywhere.
pub(super) const fn mode(key: StudentKey) -> Mode {
    let software = key.campus == 1 && Seat::of(key).host == 1;
    match (software, key.student % 3) {
        (true, 0) => Mode::Remote,
        (true, 1) => Mode::Hybrid,
        _ => Mode::OnSite,
    }
}
