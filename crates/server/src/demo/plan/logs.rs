//! What became of each day's log.

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    logbook::{
        input::ReportInput,
        kind::DayKind,
        transition::{ReturnTo, StepKind},
    },
};

use super::{Fate, Seat, reports, turns::Turn};
use crate::demo::{
    agenda::{Agenda, Deed, LogDeed, Part, StudentKey},
    days::{Term, WRITTEN},
    founding::Campus,
    texts,
};

/// Plans the logs of a student.
pub(super) fn plan(agenda: &mut Agenda, campus: &Campus, key: StudentKey) {
    let days = match Fate::of(key) {
        Fate::Active => usize::from(WRITTEN),
        Fate::Suspended => 8,
        Fate::Terminated => 7,
        Fate::Completed => 6,
        Fate::Newcomer | Fate::Approved | Fate::Proposed | Fate::ChangesRequested | Fate::Unplaced => 0,
    };
    for (day, date) in campus.term.days().iter().enumerate().take(days) {
        let turn = Turn::of(key, day);
        let kind = if turn == Turn::Plain {
            reports::kind(key, day)
        } else {
            DayKind::Worked
        };
        let mut life = Life {
            agenda,
            campus,
            key,
            day,
            date: *date,
            kind,
        };
        let handed_in = life.hand_in(turn);
        life.go_on(turn, handed_in);
    }
}

/// The life of one log.
struct Life<'a> {
    agenda: &'a mut Agenda,
    campus: &'a Campus,
    key: StudentKey,
    day: usize,
    date: NaiveDate,
    kind: DayKind,
}

impl Life<'_> {
    const fn term(&self) -> &Term {
        &self.campus.term
    }

    /// A number of its own, so that not everything is done in the same minute.
    const fn number(&self) -> usize {
        self.key.student * 13 + self.day * 29
    }

    /// Some minutes of its own, fewer than `range`.
    fn minutes(&self, range: u32) -> u32 {
        u32::try_from(self.number()).unwrap_or_default() % range
    }

    fn add(&mut self, at: Instant, deed: LogDeed) {
        let (of, day) = (self.key, self.day);
        self.agenda.add(at, Deed::Log { of, day, deed });
    }

    /// Somebody decides.
    fn take(&mut self, at: Instant, by: Part, kind: StepKind, comments: Option<String>) {
        self.add(
            at,
            LogDeed::Take {
                by,
                kind,
                comments,
                many: false,
            },
        );
    }

    /// The student writes it in the evening, or some days later; on which day.
    fn hand_in(&mut self, turn: Turn) -> NaiveDate {
        let late = turn == Turn::Plain && (self.key.student + self.day * 3) % 11 == 4;
        let workshop = Fate::of(self.key) == Fate::Completed;
        let on = if late && !workshop {
            self.term().after(self.date, 2)
        } else {
            self.date
        };
        let at = if on == self.date {
            self.term().at(on, 16, 45 + self.minutes(150))
        } else {
            self.term().at(on, 8, self.minutes(60))
        };
        let report = Box::new(reports::report(self.campus, self.key, self.day, self.kind, at));
        let file = reports::file(self.key, self.day, self.kind);
        self.add(
            at,
            LogDeed::HandIn {
                report,
                draft: turn == Turn::Draft,
                file,
            },
        );
        on
    }

    /// What becomes of it.
    fn go_on(&mut self, turn: Turn, handed_in: NaiveDate) {
        match turn {
            Turn::Draft | Turn::Silent => {}
            Turn::Plain => {
                let on = self.reviewed_on(handed_in);
                self.approve(on);
                self.validate(on);
            }
            Turn::Recalled => {
                let evening = |minute| self.term().at(self.date, 20, minute);
                let (back, again) = (evening(0), evening(20));
                self.take(back, Part::Student, StepKind::Recall, None);
                self.add(again, LogDeed::Revise(Box::new(self.improved())));
                self.go_on(Turn::Plain, self.date);
            }
            Turn::Evidence | Turn::EvidenceValidated => self.verify_on_evidence(turn),
            Turn::Rejected => drop(self.reject()),
            Turn::Revised | Turn::Disputed => self.answer_rejection(turn),
            Turn::Retracted => self.retract(),
            Turn::Flagged | Turn::FlagReturned => self.flag(turn),
            Turn::Voided => {
                let at = self.term().at(self.term().after(self.date, 1), 9, 20);
                let reason = "Written for the wrong company; the student will write it anew.".to_owned();
                self.take(at, Part::Coordinator, StepKind::Void, Some(reason));
            }
        }
    }

    /// When industry looks at it: the next working day or the one after; by the week where that is the custom.
    fn reviewed_on(&self, handed_in: NaiveDate) -> NaiveDate {
        if self.by_the_week() {
            self.term().next_week(handed_in)
        } else {
            let slow = (self.key.student + self.day) % 3 == 1 && Fate::of(self.key) != Fate::Completed;
            self.term().after(handed_in, 1 + u16::from(slow))
        }
    }

    /// At one company a whole week is reviewed at once.
    const fn by_the_week(&self) -> bool {
        self.key.campus == 1 && Seat::of(self.key).host == 1
    }

    /// Industry approves, some days with an hour less than was claimed.
    fn approve(&mut self, on: NaiveDate) {
        let number = self.number();
        let at = self.term().at(on, 10, self.minutes(240));
        let claimed = reports::hours(self.key, self.day, self.kind);
        let less = claimed.filter(|_| number % 31 == 7 && Fate::of(self.key) != Fate::Completed);
        let comments = match less {
            Some(_) => Some("Left an hour before the end of the shift, which was agreed.".to_owned()),
            None => texts::approval(number),
        };
        let trade = self.campus.hosts[Seat::of(self.key).host].company.trade;
        let skills = texts::skills(trade, self.key.student, self.day + 1);
        let skills = if self.kind.carries_hours() {
            skills
        } else {
            Vec::new()
        };
        let kind = StepKind::Approve {
            skills,
            hours_confirmed: less.map(|hours| hours - 1.0),
        };
        let many = self.by_the_week();
        self.add(
            at,
            LogDeed::Take {
                by: Part::Industry,
                kind,
                comments,
                many,
            },
        );
    }

    /// The academic side validates, two to four working days after the approval.
    fn validate(&mut self, approved_on: NaiveDate) {
        let wait = if Fate::of(self.key) == Fate::Completed {
            0
        } else {
            (self.key.student + 2 * self.day) % 3
        };
        let on = self
            .term()
            .after(approved_on, 2 + u16::try_from(wait).unwrap_or_default());
        let at = self.term().at(on, 14, 30 + self.minutes(90));
        self.take(
            at,
            Part::Academic,
            StepKind::Validate,
            texts::validation(self.number()),
        );
    }

    fn verify_on_evidence(&mut self, turn: Turn) {
        let on = self.term().after(self.date, 4);
        let at = self.term().at(on, 11, self.minutes(60));
        let evidence =
            "The gate register and the shift leader confirm the day; the supervisor does not answer.";
        self.take(
            at,
            Part::Coordinator,
            StepKind::VerifyOnEvidence,
            Some(evidence.to_owned()),
        );
        if turn == Turn::EvidenceValidated {
            let at = self.term().at(self.term().after(on, 1), 15, 10);
            self.take(at, Part::Academic, StepKind::Validate, None);
        }
    }

    /// Industry sends it back, on the next working day; which that is.
    fn reject(&mut self) -> NaiveDate {
        let on = self.term().after(self.date, 1);
        let at = self.term().at(on, 10, self.minutes(120));
        let kind = StepKind::Reject { skills: Vec::new() };
        self.take(at, Part::Industry, kind, Some(texts::rejection(self.key.student)));
        on
    }

    fn answer_rejection(&mut self, turn: Turn) {
        let on = self.reject();
        let at = self.term().at(on, 19, self.minutes(60));
        if turn == Turn::Disputed {
            let reason =
                "I was on that machine from eight to two; the shift leader has signed my sheet.".to_owned();
            self.take(at, Part::Student, StepKind::Dispute, Some(reason));
        } else {
            self.add(at, LogDeed::Revise(Box::new(self.improved())));
            let on = self.term().after(on, 1);
            self.approve(on);
            self.validate(on);
        }
    }

    fn retract(&mut self) {
        let on = self.term().after(self.date, 1);
        self.approve(on);
        let at = self.term().at(on, 15, 5);
        let slip = "Approved by mistake: I had another day in mind.".to_owned();
        self.take(at, Part::Industry, StepKind::Retract, Some(slip));
        let on = self.term().after(on, 1);
        self.approve(on);
        self.validate(on);
    }

    fn flag(&mut self, turn: Turn) {
        let on = self.term().after(self.date, 1);
        self.approve(on);
        let on = self.term().after(on, 1);
        let at = self.term().at(on, 15, self.minutes(60));
        self.take(
            at,
            Part::Academic,
            StepKind::Flag,
            Some(texts::flag(self.key.student)),
        );
        if turn == Turn::FlagReturned {
            let on = self.term().after(on, 1);
            let at = self.term().at(on, 10, 40);
            let note = "Asked both: the day was worked as told.".to_owned();
            self.take(
                at,
                Part::Coordinator,
                StepKind::Return(ReturnTo::Academic),
                Some(note),
            );
            self.validate(on);
        }
    }

    /// A better text.
    fn improved(&self) -> ReportInput {
        let trade = self.campus.hosts[Seat::of(self.key).host].company.trade;
        let content = texts::revised(trade, self.key.student, self.day);
        ReportInput {
            content: Some(content),
            ..ReportInput::default()
        }
    }
}
