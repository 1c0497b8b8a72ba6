//! The life of a placement.

use cucumber::{given, then, when};
use ipt_domain::{
    id::{PlacementId, UserId},
    placement::{
        ending::Achievement, load::Stay, mode::Mode, period::Period, placement::Placement, proposal::Proposal,
    },
    text::Remark,
};

use super::{
    params::{Day, Standing},
    people::{COMPANY, HERE, Person},
    term::{Term, date},
};

impl Term {
    /// Somebody proposes a placement of Asha at the company; it continues the one before, or not.
    fn propose(
        &mut self,
        by: Person,
        (from, to): (Day, Day),
        supervisors: [Option<Person>; 2],
        continues: bool,
    ) {
        let earlier = self.placement.take().or_else(|| self.earlier.pop());
        let continues = earlier.as_ref().filter(|_| continues).map(Placement::id);
        self.earlier.extend(earlier);
        let [industrial, university] = supervisors;
        let proposal = Proposal {
            id: PlacementId::new(self.fresh_id()),
            tenant_id: HERE,
            student_id: Person::Asha.id(),
            programme_id: self.programme.id(),
            organisation_id: COMPANY,
            site_id: Some(self.site.id()),
            mode: Mode::OnSite,
            continues,
            period: Period::new(from.0, to.0).unwrap(),
            industrial_supervisor: industrial.map(Person::id),
            university_supervisor: university.map(Person::id),
            relationship_declared: None,
        };
        let answer = self.acting(by, |acting, term| {
            term.in_setting(supervisors, |setting| {
                Placement::propose(proposal, acting, setting)
            })
        });
        self.keep_placement(answer);
    }
}

fn reason(text: &str) -> Option<Remark> {
    Remark::parse(Some(text)).unwrap()
}

#[given(expr = "Asha trains at the workshop from {day} to {day}, supervised by {person} and {person}")]
fn trains(term: &mut Term, from: Day, to: Day, industrial: Person, university: Person) {
    term.propose(
        Person::Asha,
        (from, to),
        [Some(industrial), Some(university)],
        false,
    );
    term.with_placement(Person::Zawadi, |placement, acting, setting| {
        placement.approve(acting, setting)
    });
    term.now = term.university_calendar().start_of_day(from.0);
    term.begin_when_due();
    term.nothing_is_left_unsaid();
}

#[given(expr = "{person} is a coordinator as well")]
fn coordinator_as_well(term: &mut Term, person: Person) {
    term.is_coordinator_besides(person);
}

#[given(expr = "{person} supervises {int} other students from {day} to {day}")]
fn supervises_others(term: &mut Term, person: Person, students: u32, from: Day, to: Day) {
    let days = Period::new(from.0, to.0).unwrap();
    let stays = (0..students).map(|_| Stay {
        student: UserId::new(term.fresh_id()),
        days,
    });
    let stays: Vec<_> = stays.collect();
    term.other_students.entry(person).or_default().extend(stays);
}

#[given("the university has not verified the company")]
fn not_verified(term: &mut Term) {
    term.organisation_verified = false;
}

#[when("the university verifies the company")]
fn verified(term: &mut Term) {
    term.organisation_verified = true;
}

#[given(expr = "{person} proposes a placement from {day} to {day}")]
#[when(expr = "{person} proposes a placement from {day} to {day}")]
fn proposes(term: &mut Term, person: Person, from: Day, to: Day) {
    term.propose(person, (from, to), [None, None], false);
}

#[when(expr = "{person} proposes a placement from {day} to {day} as a continuation")]
fn proposes_continuation(term: &mut Term, person: Person, from: Day, to: Day) {
    term.propose(person, (from, to), [None, None], true);
}

#[given(expr = "{person} proposes a placement from {day} to {day}, supervised by {person} and {person}")]
#[when(expr = "{person} proposes a placement from {day} to {day}, supervised by {person} and {person}")]
fn proposes_with(
    term: &mut Term,
    person: Person,
    from: Day,
    to: Day,
    industrial: Person,
    university: Person,
) {
    term.propose(person, (from, to), [Some(industrial), Some(university)], false);
}

#[given(expr = "{person} approves the placement")]
#[when(expr = "{person} approves the placement")]
fn approves(term: &mut Term, person: Person) {
    term.with_placement(person, |placement, acting, setting| {
        placement.approve(acting, setting)
    });
    term.begin_when_due();
}

#[when(expr = "{person} asks for changes of the placement, saying {string}")]
fn asks_for_changes(term: &mut Term, person: Person, why: String) {
    term.with_placement(person, |placement, acting, _| {
        placement.request_changes(reason(&why), acting)
    });
}

#[when(expr = "{person} hands the placement in again")]
fn hands_in_again(term: &mut Term, person: Person) {
    term.with_placement(person, |placement, acting, setting| {
        placement.resubmit(acting, setting)
    });
}

#[when(expr = "{person} withdraws the placement")]
fn withdraws(term: &mut Term, person: Person) {
    term.with_placement(person, |placement, acting, _| placement.withdraw(None, acting));
}

#[when(expr = "{person} suspends the placement, saying {string}")]
fn suspends(term: &mut Term, person: Person, why: String) {
    term.with_placement(person, |placement, acting, _| {
        placement.suspend(reason(&why), acting)
    });
}

#[when(expr = "{person} resumes the placement")]
fn resumes(term: &mut Term, person: Person) {
    term.with_placement(person, |placement, acting, _| placement.resume(None, acting));
}

#[given(expr = "{person} terminates the placement with {day} as its last day, saying {string}")]
#[when(expr = "{person} terminates the placement with {day} as its last day, saying {string}")]
fn terminates(term: &mut Term, person: Person, last: Day, why: String) {
    term.with_placement(person, |placement, acting, _| {
        placement.terminate(reason(&why), Some(last.0), acting)
    });
}

#[when(expr = "{person} completes the placement")]
fn completes(term: &mut Term, person: Person) {
    let (required, achieved): (_, Achievement) = (term.programme.requirement(), term.achieved());
    term.with_placement(person, |placement, acting, _| {
        placement.complete(&required, &achieved, acting)
    });
}

#[when(expr = "{person} moves the end of the placement to {day}")]
fn moves_end(term: &mut Term, person: Person, to: Day) {
    let period = Period::new(term.placement().period().start(), to.0).unwrap();
    let days: Vec<_> = term.live_days();
    let amendment = ipt_domain::placement::amendment::Amendment {
        period: Some(period),
        ..Default::default()
    };
    term.with_placement(person, |placement, acting, setting| {
        placement.amend(amendment, &days, acting, setting)
    });
}

#[given(expr = "{float} hours of each working day from {day} to {day} have gone through the whole chain")]
fn days_of_credit(term: &mut Term, hours: f64, from: Day, to: Day) {
    for day in super::params::days(from, to).filter(|day| super::params::is_weekday(*day)) {
        term.validated_day(day, hours);
    }
}

#[then(expr = "the placement is {standing}")]
fn standing(term: &mut Term, expected: Standing) {
    term.nothing_is_left_unsaid();
    assert_eq!(term.placement().state().name(), expected.0);
}

#[then(expr = "the placement is active since {day}")]
fn active_since(term: &mut Term, expected: Day) {
    assert_eq!(term.placement().active_since(), Some(expected.0));
}

#[then(expr = "the placement runs from {day} to {day}")]
fn runs(term: &mut Term, from: Day, to: Day) {
    assert_eq!(term.placement().period(), Period::new(from.0, to.0).unwrap());
}

#[then("the placement has run past its end")]
fn overrun(term: &mut Term) {
    assert!(term.placement().is_overrun_on(term.today()));
    assert!(term.today() > date(7, 6));
}
