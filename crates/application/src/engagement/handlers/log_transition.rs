//! A log entry went through a transition: the people concerned are told.

use ipt_domain::{
    id::UserId,
    logbook::{action::Action, event::LogEvent, state::StateName},
    placement::delegation::{Delegation, Part},
};
use ipt_ports::{RepositoryError, UnitOfWork, engagement::Message, logbook::LogCase};

use super::{Failure, begin, coordinators, finish, unreadable};
use crate::{
    Services,
    engagement::{
        Kind, facts,
        payload::About,
        tell::{Telling, tell},
    },
};

/// Who is told of a transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Audience {
    Student,
    Industry,
    Academic,
    Coordinators,
}

/// Who is told of an action that left `from`, and in which kind of notification: the table of the verification chain.
/// Nobody sees a draft. Of a decision that is taken back those are told who were told of the decision.
fn audience(action: Action, from: Option<StateName>) -> Option<(Kind, &'static [Audience])> {
    use Audience as A;
    match action {
        Action::Draft | Action::Delete | Action::Recall => None,
        Action::Submit | Action::Revise => Some((Kind::LogSubmitted, &[A::Industry])),
        Action::Approve | Action::VerifyOnEvidence => Some((Kind::LogApproved, &[A::Academic])),
        Action::Reject => Some((Kind::LogRejected, &[A::Student])),
        Action::Retract if from == Some(StateName::IndustryVerified) => {
            Some((Kind::LogRetracted, &[A::Student, A::Academic]))
        }
        Action::Retract => Some((Kind::LogRetracted, &[A::Student])),
        Action::Dispute => Some((Kind::LogDisputed, &[A::Coordinators])),
        Action::Validate => Some((Kind::LogValidated, &[A::Student])),
        Action::Flag => Some((Kind::LogFlagged, &[A::Coordinators])),
        Action::ReturnToAcademic => Some((Kind::LogReturnedAcademic, &[A::Academic])),
        Action::ReturnToIndustry => Some((Kind::LogReturnedIndustry, &[A::Industry])),
        Action::ReturnToStudent => Some((Kind::LogReturnedStudent, &[A::Student])),
        Action::Void => Some((Kind::LogVoided, &[A::Student, A::Industry, A::Academic])),
    }
}

/// Tells those concerned, but not the person who acted.
pub(super) async fn handle(services: &Services, message: &Message) -> Result<(), Failure> {
    let event: LogEvent =
        serde_json::from_value(message.payload.clone()).map_err(|_| unreadable("event of a log entry"))?;
    let mut work = begin(services).await?;
    if let Some((kind, audience)) = audience(event.action, event.from)
        && let Some(found) = facts::of_log(&mut work, event.entry_id, event.action, event.at).await?
    {
        let telling = Telling {
            kind,
            cause: event.id.uuid(),
            tenant: event.tenant_id,
            object: ("log", event.entry_id.uuid()),
            values: found.values,
            about: About::Log {
                entry_id: event.entry_id,
                action: event.action,
                at: event.at,
            },
            now: services.clock.now(),
        };
        let mut people = Vec::new();
        for side in audience {
            people.extend(side.people(services, work.as_mut(), &event, &found.case).await?);
        }
        people.retain(|person| *person != event.by.user);
        tell(services, work.as_mut(), &telling, &people).await?;
    }
    finish(services, work, message.id).await
}

impl Audience {
    /// The people on this side, now.
    async fn people(
        self,
        services: &Services,
        work: &mut dyn UnitOfWork,
        event: &LogEvent,
        case: &LogCase,
    ) -> Result<Vec<UserId>, RepositoryError> {
        match self {
            Self::Student => Ok(vec![event.student_id]),
            Self::Industry => Ok(holders(services, case, Part::Industrial)),
            Self::Academic => Ok(holders(services, case, Part::Academic)),
            Self::Coordinators => coordinators(work, event.tenant_id).await,
        }
    }
}

/// The supervisor who holds a part, and the delegates who act today.
fn holders(services: &Services, case: &LogCase, part: Part) -> Vec<UserId> {
    let calendar = match part {
        Part::Industrial => case.workplace.calendar(),
        Part::Academic => &case.institution,
    };
    let today = calendar.local_date(services.clock.now());
    let delegates = case.delegations.iter().filter(|delegation| {
        delegation.placement_id() == case.placement.id()
            && delegation.part() == part
            && delegation.holds_on(today)
    });
    let delegates = delegates.map(Delegation::delegate);
    case.placement
        .supervisor(part)
        .into_iter()
        .chain(delegates)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_chain_says_who_is_told() {
        use Audience as A;
        let table: [(Action, &[Audience]); 13] = [
            (Action::Submit, &[A::Industry]),
            (Action::Approve, &[A::Academic]),
            (Action::Reject, &[A::Student]),
            (Action::VerifyOnEvidence, &[A::Academic]),
            (Action::Retract, &[A::Student]),
            (Action::Revise, &[A::Industry]),
            (Action::Dispute, &[A::Coordinators]),
            (Action::Validate, &[A::Student]),
            (Action::Flag, &[A::Coordinators]),
            (Action::ReturnToAcademic, &[A::Academic]),
            (Action::ReturnToIndustry, &[A::Industry]),
            (Action::ReturnToStudent, &[A::Student]),
            (Action::Void, &[A::Student, A::Industry, A::Academic]),
        ];
        for action in Action::ALL {
            let told = audience(action, Some(StateName::RevisionRequested)).map(|(_, audience)| audience);
            let expected = table
                .iter()
                .find(|(of, _)| *of == action)
                .map(|(_, audience)| *audience);
            assert_eq!(told, expected, "{action:?}");
        }
    }

    #[test]
    fn of_an_approval_taken_back_the_academic_side_is_told_too() {
        let told = audience(Action::Retract, Some(StateName::IndustryVerified));
        assert_eq!(
            told,
            Some((
                Kind::LogRetracted,
                [Audience::Student, Audience::Academic].as_slice()
            ))
        );
    }
}
