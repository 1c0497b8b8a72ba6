//! Who supervises, and who acts for a supervisor.

use cucumber::{given, then, when};
use ipt_domain::{
    id::DelegationId,
    placement::{appointment::Appointment, delegation::Part},
    text::Remark,
};

use super::{
    params::{Day, Supervisor},
    people::Person,
    term::Term,
};

impl Term {
    /// Somebody gives a part to a supervisor, with a reason where there was another one.
    fn assign(&mut self, by: Person, part: Part, supervisor: Person, reason: Option<Remark>) {
        let placement = self.placement().clone();
        let answer = self.acting(by, |acting, term| {
            term.in_setting([Some(supervisor); 2], |setting| {
                placement.assign_supervisor(part, supervisor.id(), reason, acting, setting)
            })
        });
        self.keep_placement(answer);
        self.begin_when_due();
    }
}

#[given(expr = "{person} makes {person} the {part} supervisor")]
#[when(expr = "{person} makes {person} the {part} supervisor")]
fn makes(term: &mut Term, by: Person, supervisor: Person, part: Supervisor) {
    term.assign(by, part.0, supervisor, None);
}

#[given(expr = "{person} replaces the {part} supervisor with {person}, saying {string}")]
#[when(expr = "{person} replaces the {part} supervisor with {person}, saying {string}")]
fn replaces(term: &mut Term, by: Person, part: Supervisor, supervisor: Person, why: String) {
    term.assign(by, part.0, supervisor, Remark::parse(Some(&why)).unwrap());
}

#[given(expr = "{person} appoints {person} to act for the {part} supervisor from {day} to {day}")]
#[when(expr = "{person} appoints {person} to act for the {part} supervisor from {day} to {day}")]
fn appoints(term: &mut Term, by: Person, delegate: Person, part: Supervisor, from: Day, to: Day) {
    let appointment = Appointment {
        id: DelegationId::new(term.fresh_id()),
        part: part.0,
        delegate: delegate.candidate(),
        from: from.0,
        to: to.0,
    };
    let (placement, delegations) = (term.placement().clone(), term.delegations.clone());
    let answer = term.acting(by, |acting, _| {
        placement.appoint_delegate(&appointment, &delegations, acting)
    });
    if let Some((placement, delegation, _)) = term.heard(answer) {
        term.placement = Some(placement);
        term.delegations.push(delegation);
    }
}

#[then(expr = "{person} is the {part} supervisor")]
fn supervises(term: &mut Term, person: Person, part: Supervisor) {
    assert_eq!(term.placement().supervisor(part.0), Some(person.id()));
}
