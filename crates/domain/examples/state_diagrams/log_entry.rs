//! The verification chain of a log entry, found by trying everything that anybody may do.

use std::collections::{BTreeMap, BTreeSet};

use ipt_domain::{
    id::{EventId, LogEntryId, ReviewId},
    identity::role::Role,
    logbook::{
        action::{Action, Side},
        authority::allowed_actions,
        circumstances::{Acting, Circumstances, FreshIds, Surroundings},
        entry::LogEntry,
        input::ReportInput,
        review::Way,
        state::{FlagCause, State, StateName},
        transition::{NewEntry, ReturnTo, Step, StepKind},
    },
    placement::{mode::Mode, placement::Placement, policy::Policy, site::Workplace, state::PlacementState},
    tenancy::calendar::WorkingCalendar,
};
use uuid::Uuid;

use crate::{
    Failure,
    diagram::{Arrow, code, codes, mermaid, table},
    setting::{PEOPLE, TODAY, actor, calendar, now, placement},
};

/// A state, its variant in words, and whether the text was revised.
type Shape = (StateName, &'static str, bool);

struct World {
    placement: Placement,
    policy: Policy,
    workplace: Workplace,
    institution: WorkingCalendar,
    around: Surroundings,
}

/// What is reached, and by which arrows.
#[derive(Default)]
struct Found {
    arrows: BTreeSet<Arrow<StateName, Action>>,
    /// The actions of each variant of a state, in the order of the chain.
    actions: BTreeMap<(StateName, &'static str), BTreeSet<Action>>,
}

/// The chapter about log entries.
pub(crate) fn chapter() -> Result<String, Failure> {
    let found = World::new()?.explore()?;
    let variants = found
        .actions
        .iter()
        .map(|((state, variant), actions)| [code(state), (*variant).to_owned(), codes(actions)]);
    let actions = Action::ALL.into_iter().map(|action| {
        let comments = if action.needs_comments() {
            "required"
        } else {
            "–"
        };
        [
            code(action),
            side(action.side()).to_owned(),
            code(action.permission()),
            comments.to_owned(),
        ]
    });
    Ok(format!(
        "## Log entry\n\n{}\n### What a state is open to\n\n{}\n### Whose an action is\n\n{}",
        mermaid(&found.arrows),
        table(["state", "", "actions"], variants),
        table(
            ["action", "whose", "permission", "comments, reason or note"],
            actions
        ),
    ))
}

const fn side(side: Side) -> &'static str {
    match side {
        Side::Student => "the student of the placement",
        Side::Industry => "the industrial supervisor of the placement",
        Side::Academic => "the university supervisor of the placement",
        Side::Coordinator => "a coordinator of the institution",
    }
}

/// The variant of a state on which its actions depend.
const fn variant(state: &State) -> &'static str {
    match state {
        State::Draft {
            once_submitted: false,
        } => "never submitted",
        State::Draft { once_submitted: true } => "submitted and recalled",
        State::RevisionRequested {
            retractable_by: Some(_),
        }
        | State::IndustryVerified {
            retractable: true, ..
        } => "by industry, while nobody has acted on it",
        State::RevisionRequested { retractable_by: None }
        | State::IndustryVerified {
            retractable: false, ..
        } => "otherwise",
        State::Flagged {
            cause: FlagCause::Academic(_),
            ..
        } => "by the academic side",
        State::Flagged {
            cause: FlagCause::Dispute,
            ..
        } => "by the student: a dispute",
        State::Submitted { .. } | State::Validated { .. } | State::Voided { .. } => "",
    }
}

fn shape(entry: &LogEntry) -> Shape {
    (entry.state().name(), variant(entry.state()), entry.revision() > 1)
}

/// The step that an action is; none for what a student writes.
const fn step(action: Action) -> Option<StepKind> {
    match action {
        Action::Draft | Action::Submit | Action::Delete | Action::Revise => None,
        Action::Recall => Some(StepKind::Recall),
        Action::Dispute => Some(StepKind::Dispute),
        Action::Approve => Some(StepKind::Approve {
            skills: Vec::new(),
            hours_confirmed: None,
        }),
        Action::Reject => Some(StepKind::Reject { skills: Vec::new() }),
        Action::Retract => Some(StepKind::Retract),
        Action::VerifyOnEvidence => Some(StepKind::VerifyOnEvidence),
        Action::Validate => Some(StepKind::Validate),
        Action::Flag => Some(StepKind::Flag),
        Action::ReturnToAcademic => Some(StepKind::Return(ReturnTo::Academic)),
        Action::ReturnToIndustry => Some(StepKind::Return(ReturnTo::Industry)),
        Action::ReturnToStudent => Some(StepKind::Return(ReturnTo::Student)),
        Action::Void => Some(StepKind::Void),
    }
}

fn report() -> ReportInput {
    ReportInput {
        content: Some("Fitted the bearings and measured the play.".to_owned()),
        ..ReportInput::default()
    }
}

fn ids() -> FreshIds {
    FreshIds {
        review: ReviewId::new(Uuid::nil()),
        event: EventId::new(Uuid::nil()),
    }
}

impl World {
    fn new() -> Result<Self, Failure> {
        let (policy, institution) = (Policy::default(), calendar());
        Ok(Self {
            placement: placement(PlacementState::Active { since: TODAY })?,
            workplace: Workplace::of(None, &institution, Mode::OnSite, &policy),
            policy,
            institution,
            around: Surroundings::default(),
        })
    }

    fn circumstances(&self) -> Circumstances<'_> {
        Circumstances {
            placement: &self.placement,
            policy: &self.policy,
            workplace: &self.workplace,
            institution: &self.institution,
            delegations: &[],
            now: now(),
        }
    }

    /// Goes from the two beginnings to everything that can be reached.
    fn explore(&self) -> Result<Found, Failure> {
        let mut found = Found::default();
        let mut seen: BTreeSet<Shape> = BTreeSet::new();
        let mut waiting = self.beginnings(&mut found)?;
        while let Some(entry) = waiting.pop() {
            if seen.insert(shape(&entry)) {
                for person in PEOPLE {
                    waiting.extend(self.continuations(&entry, person, &mut found)?);
                }
            }
        }
        Ok(found)
    }

    /// A draft, and a submission without one.
    fn beginnings(&self, found: &mut Found) -> Result<Vec<LogEntry>, Failure> {
        let student = actor(PEOPLE[0]);
        let acting = Acting {
            actor: &student,
            way: Way::Single,
            seen: None,
        };
        let new = NewEntry {
            id: LogEntryId::new(Uuid::nil()),
            log_date: TODAY,
        };
        let mut entries = Vec::new();
        for make in [LogEntry::draft, LogEntry::submit_new] {
            let made = make(new, &report(), acting, &self.circumstances(), &self.around, ids())?;
            let to = made.event.to;
            found.arrows.insert(Arrow {
                from: None,
                action: made.event.action,
                to,
            });
            entries.push(made.entry);
        }
        Ok(entries)
    }

    /// Where a person can take an entry.
    fn continuations(
        &self,
        entry: &LogEntry,
        person: (u128, Role),
        found: &mut Found,
    ) -> Result<Vec<LogEntry>, Failure> {
        let actor = actor(person);
        let acting = Acting {
            actor: &actor,
            way: Way::Single,
            seen: None,
        };
        let circumstances = self.circumstances();
        let variant = (entry.state().name(), variant(entry.state()));
        let actions = found.actions.entry(variant).or_default();
        let mut entries = Vec::new();
        for action in allowed_actions(entry, &actor, &circumstances) {
            actions.insert(action);
            let from = Some(entry.state().name());
            let made = match step(action) {
                Some(kind) => {
                    let step = Step {
                        kind,
                        comments: Some("As agreed.".to_owned()),
                    };
                    entry.clone().take(&step, acting, &circumstances, ids())?
                }
                None if action == Action::Delete => {
                    let deletion = entry.clone().delete(acting, &circumstances, ids())?;
                    found.arrows.insert(Arrow {
                        from,
                        action,
                        to: deletion.event.to,
                    });
                    continue;
                }
                None => entry
                    .clone()
                    .submit(&report(), acting, &circumstances, &self.around, ids())?,
            };
            found.arrows.insert(Arrow {
                from,
                action,
                to: made.event.to,
            });
            entries.push(made.entry);
        }
        if entry.state().takes_edits() && actor.user_id() == entry.student_id() {
            // An edit in progress is no transition, yet it can close a way: industry takes nothing back then.
            entries.push(entry.clone().edit(&report(), acting, &circumstances)?);
        }
        Ok(entries)
    }
}
