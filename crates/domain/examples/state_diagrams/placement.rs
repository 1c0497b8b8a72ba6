//! The life of a placement, found by taking each action of each state.

use std::collections::BTreeSet;

use ipt_domain::{
    id::{DelegationId, EventId, PlacementId},
    identity::role::Role,
    placement::{
        action::PlacementAction as A,
        amendment::Amendment,
        appointment::Appointment,
        authority::{Acting, PlacementSide},
        delegation::{Delegation, DelegationParts, Part},
        ending::{Achievement, Requirement},
        event::PlacementEvent,
        guard::{Setting, Terms},
        placement::Placement,
        policy::{Policy, PolicyVersion},
        proposal::Proposal,
        refusal::PlacementRefusal,
        state::{PlacementState, PlacementStateName},
        supervisor::Candidate,
    },
    text::Remark,
};
use uuid::Uuid;

use crate::{
    Failure,
    diagram::{Arrow, code, codes, mermaid, table},
    setting::{
        COORDINATOR, INDUSTRIAL, PEOPLE, STUDENT, TODAY, UNIVERSITY, actor, now, organisation, placement,
        reason, user,
    },
};

/// Somebody who can follow the industrial supervisor, or act for that person.
const SUCCESSOR: u128 = 5;

/// The chapter about placements.
pub(crate) fn chapter() -> Result<String, Failure> {
    let mut arrows = BTreeSet::new();
    for action in [A::Propose, A::Activate] {
        if let Some(arrow) = by_itself_or_new(action)? {
            arrows.insert(arrow);
        }
    }
    for state in states()? {
        for action in state.name().actions() {
            let from = placement(state.clone())?;
            let (after, _) = take(*action, from)?;
            arrows.insert(Arrow {
                from: Some(state.name()),
                action: *action,
                to: Some(after.state().name()),
            });
        }
    }
    let stays = |state: PlacementStateName| {
        let arrow = |action: &&A| {
            arrows.contains(&Arrow {
                from: Some(state),
                action: **action,
                to: Some(state),
            })
        };
        codes(state.actions().iter().filter(arrow))
    };
    let states = PlacementStateName::ALL.map(|state| {
        let leaves = state.actions().iter().filter(|action| {
            !arrows.contains(&Arrow {
                from: Some(state),
                action: **action,
                to: Some(state),
            })
        });
        [code(state), codes(leaves), stays(state)]
    });
    let actions = A::ALL.into_iter().map(|action| {
        let sides: Vec<_> = action.sides().iter().map(|whose| side(*whose)).collect();
        [code(action), sides.join(", ")]
    });
    Ok(format!(
        "## Placement\n\n{}\nAn approved placement becomes `active` by itself at the start of its first day, once it has both \
         supervisors.\n\n### What a state is open to\n\n{}\n### Whose an action is\n\n{}",
        mermaid(&arrows),
        table(["state", "leads on", "changes details"], states),
        table(["action", "whose"], actions),
    ))
}

const fn side(side: PlacementSide) -> &'static str {
    match side {
        PlacementSide::Coordinator => "a coordinator of the institution",
        PlacementSide::Student => "the student of the placement",
        PlacementSide::Supervisor => "the supervisor whose part it is",
    }
}

/// A placement in every state.
fn states() -> Result<[PlacementState; 9], Failure> {
    let (since, reason) = (TODAY, reason()?);
    Ok([
        PlacementState::Proposed,
        PlacementState::ChangesRequested {
            reason: reason.clone(),
        },
        PlacementState::Approved,
        PlacementState::Active { since },
        PlacementState::Suspended {
            active_since: since,
            since,
            reason: reason.clone(),
        },
        PlacementState::Completed {
            active_since: since,
            on: since,
        },
        PlacementState::Terminated {
            active_since: Some(since),
            effective: since,
            reason,
        },
        PlacementState::Cancelled { reason: None },
        PlacementState::Withdrawn { reason: None },
    ])
}

/// The arrow of a placement that is brought, or that begins by itself.
fn by_itself_or_new(action: A) -> Result<Option<Arrow<PlacementStateName, A>>, Failure> {
    if action == A::Propose {
        let (made, _) = take(action, placement(PlacementState::Proposed)?)?;
        return Ok(Some(Arrow {
            from: None,
            action,
            to: Some(made.state().name()),
        }));
    }
    let approved = placement(PlacementState::Approved)?;
    let (begun, event) = approved.activate_when_due(TODAY, now(), EventId::new(Uuid::nil()));
    let from = Some(PlacementStateName::Approved);
    Ok(event.map(|_| Arrow {
        from,
        action,
        to: Some(begun.state().name()),
    }))
}

/// Takes an action with everything that it asks for, by whomever it belongs to first.
fn take(action: A, placement: Placement) -> Result<(Placement, PlacementEvent), Failure> {
    let by_student = action.sides().first() == Some(&PlacementSide::Student);
    let person = PEOPLE
        .into_iter()
        .find(|(number, _)| *number == if by_student { STUDENT } else { COORDINATOR })
        .unwrap_or((COORDINATOR, Role::Coordinator));
    let actor = actor(person);
    let acting = Acting {
        actor: &actor,
        seen: None,
        now: now(),
        today: TODAY,
        event_id: EventId::new(Uuid::nil()),
    };
    let delegation = delegation(&placement)?;
    Ok(decide(action, placement, &acting, reason()?, &delegation)?)
}

fn decide(
    action: A,
    placement: Placement,
    acting: &Acting<'_>,
    reason: Remark,
    delegation: &Delegation,
) -> Result<(Placement, PlacementEvent), PlacementRefusal> {
    let policy = Policy::default();
    let industrial = if action == A::AssignSupervisor {
        SUCCESSOR
    } else {
        INDUSTRIAL
    };
    let setting = Setting {
        terms: Terms {
            window: placement.period(),
            policy: &policy,
            policy_version: PolicyVersion::FIRST,
        },
        neighbours: &[],
        organisation_verified: true,
        industrial: Some(candidate(industrial)),
        university: Some(candidate(UNIVERSITY)),
        delegations: &[],
    };
    let reason = Some(reason);
    match action {
        A::Propose => Placement::propose(proposal(&placement), acting, &setting),
        A::RequestChanges => placement.request_changes(reason, acting),
        A::Resubmit => placement.resubmit(acting, &setting),
        A::Approve => placement.approve(acting, &setting),
        A::Activate => placement.activate(acting),
        A::Suspend => placement.suspend(reason, acting),
        A::Resume => placement.resume(reason, acting),
        A::Complete => placement.complete(&Requirement::default(), &Achievement::default(), acting),
        A::Terminate => placement.terminate(reason, None, acting),
        A::Cancel => placement.cancel(reason, acting),
        A::Withdraw => placement.withdraw(reason, acting),
        A::Amend => placement.amend(Amendment::default(), &[], acting, &setting),
        A::AssignSupervisor => {
            placement.assign_supervisor(Part::Industrial, user(SUCCESSOR), reason, acting, &setting)
        }
        A::AppointDelegate => {
            let appointment = Appointment {
                id: DelegationId::new(Uuid::nil()),
                part: Part::Industrial,
                delegate: candidate(SUCCESSOR),
                from: TODAY,
                to: TODAY,
            };
            let appointed = placement.appoint_delegate(&appointment, &[], acting);
            appointed.map(|(placement, _, event)| (placement, event))
        }
        A::DismissDelegate => placement.dismiss_delegate(delegation, acting),
    }
}

/// The successor acts for the industrial supervisor, today.
fn delegation(placement: &Placement) -> Result<Delegation, Failure> {
    Ok(Delegation::from_parts(DelegationParts {
        id: DelegationId::new(Uuid::nil()),
        placement_id: placement.id(),
        part: Part::Industrial,
        delegate: user(SUCCESSOR),
        from: TODAY,
        to: TODAY,
        appointed_by: user(COORDINATOR),
    })?)
}

fn candidate(number: u128) -> Candidate {
    Candidate {
        user_id: user(number),
        holds_role: true,
        organisation_id: Some(organisation()),
    }
}

/// The placement as it would be brought.
fn proposal(like: &Placement) -> Proposal {
    Proposal {
        id: PlacementId::new(Uuid::from_u128(101)),
        tenant_id: like.tenant_id(),
        student_id: like.student_id(),
        programme_id: like.programme_id(),
        organisation_id: like.organisation_id(),
        site_id: None,
        mode: like.mode(),
        continues: None,
        period: like.period(),
        industrial_supervisor: None,
        university_supervisor: None,
        relationship_declared: None,
    }
}
