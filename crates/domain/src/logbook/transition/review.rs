//! What is decided about a submitted entry, and what its student does about that.

use crate::{
    logbook::{
        action::Action,
        authority,
        circumstances::{Acting, Circumstances, FreshIds},
        decision::{Decision, Made, Said},
        due::Due,
        entry::LogEntry,
        hours::{HoursError, WorkedHours},
        refusal::Refusal,
        review::By,
        skill::Skills,
        state::{FlagCause, State, Verification, VerifiedBy},
        transition::write::{industry_due, none_or_rules},
        violation::LogViolation,
    },
    text::Remark,
};

/// Where a coordinator sends a flagged entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnTo {
    /// To the academic side, when this revision was verified.
    Academic,
    /// To industry.
    Industry,
    /// To the student.
    Student,
}

/// What is done to an entry.
#[derive(Clone, Debug, PartialEq)]
pub enum StepKind {
    /// The student takes a submission back.
    Recall,
    /// The student contests a request for revision.
    Dispute,
    /// Industry confirms the day.
    Approve {
        /// Skills demonstrated, as given.
        skills: Vec<String>,
        /// Fewer hours than claimed, as given.
        hours_confirmed: Option<f64>,
    },
    /// Industry asks for a revision.
    Reject {
        /// Skills demonstrated, as given.
        skills: Vec<String>,
    },
    /// Industry takes its decision back.
    Retract,
    /// A coordinator confirms the day on evidence.
    VerifyOnEvidence,
    /// The academic side confirms the day.
    Validate,
    /// The academic side flags the entry.
    Flag,
    /// A coordinator resolves a flag.
    Return(ReturnTo),
    /// A coordinator takes the entry out of the record.
    Void,
}

impl StepKind {
    /// The action that it is.
    pub const fn action(&self) -> Action {
        match self {
            Self::Recall => Action::Recall,
            Self::Dispute => Action::Dispute,
            Self::Approve { .. } => Action::Approve,
            Self::Reject { .. } => Action::Reject,
            Self::Retract => Action::Retract,
            Self::VerifyOnEvidence => Action::VerifyOnEvidence,
            Self::Validate => Action::Validate,
            Self::Flag => Action::Flag,
            Self::Return(ReturnTo::Academic) => Action::ReturnToAcademic,
            Self::Return(ReturnTo::Industry) => Action::ReturnToIndustry,
            Self::Return(ReturnTo::Student) => Action::ReturnToStudent,
            Self::Void => Action::Void,
        }
    }
}

/// One step in the life of a submitted entry, with the comments as they were given.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What is done.
    pub kind: StepKind,
    /// Comments, reason or note.
    pub comments: Option<String>,
}

impl LogEntry {
    /// Takes one step.
    ///
    /// # Errors
    /// [`Refusal`], in the order of its variants.
    pub fn take(
        mut self,
        step: &Step,
        acting: Acting<'_>,
        circumstances: &Circumstances<'_>,
        ids: FreshIds,
    ) -> Result<Decision, Refusal> {
        let action = step.kind.action();
        self.check_exists(acting, circumstances)?;
        let by = authority::authorise(&self, action, acting.actor, circumstances)?;
        self.check_version(acting)?;
        self.check_state(action, acting, circumstances)?;
        let said = self.hear(step)?;
        let (from, replaces) = (self.state.name(), self.version);
        let Some(state) = self.after(&step.kind, by, &said, circumstances) else {
            return Err(self.invalid(action, acting, circumstances));
        };
        self.count(action, by);
        self.state = state;
        self.touch(circumstances);
        let made = Made {
            action,
            from: Some(from),
            by,
            acting,
            said,
        };
        Ok(Decision::record(self, Some(replaces), made, circumstances, ids))
    }

    /// The state to which a step leads; none where the state does not allow it.
    fn after(
        &self,
        kind: &StepKind,
        by: By,
        said: &Said,
        circumstances: &Circumstances<'_>,
    ) -> Option<State> {
        let now = circumstances.now;
        match kind {
            StepKind::Recall if self.revision == 1 => Some(State::Draft { once_submitted: true }),
            StepKind::Recall | StepKind::Return(ReturnTo::Student) => {
                Some(State::RevisionRequested { retractable_by: None })
            }
            StepKind::Dispute => {
                let reason = said.comments.clone()?;
                Some(State::Flagged {
                    by,
                    at: now,
                    reason,
                    cause: FlagCause::Dispute,
                })
            }
            StepKind::Approve { .. } => Some(State::IndustryVerified {
                verification: verified(VerifiedBy::Industry, by, said, circumstances),
                due: self.academic_due(circumstances),
                retractable: true,
            }),
            StepKind::Reject { .. } => Some(State::RevisionRequested {
                retractable_by: Some(by),
            }),
            StepKind::Retract => {
                let handed_in = self.submission.as_ref().map_or(now, |submission| submission.at);
                Some(State::Submitted {
                    due: industry_due(self.log_date, circumstances, handed_in),
                })
            }
            StepKind::VerifyOnEvidence => Some(State::IndustryVerified {
                verification: verified(VerifiedBy::Evidence, by, said, circumstances),
                due: self.academic_due(circumstances),
                retractable: false,
            }),
            StepKind::Validate => {
                let verification = self.state.verification()?.clone();
                Some(State::Validated {
                    verification,
                    by,
                    at: now,
                })
            }
            StepKind::Flag => {
                let cause = FlagCause::Academic(self.state.verification()?.clone());
                Some(State::Flagged {
                    by,
                    at: now,
                    reason: said.comments.clone()?,
                    cause,
                })
            }
            StepKind::Return(ReturnTo::Academic) => Some(State::IndustryVerified {
                verification: self.state.verification()?.clone(),
                due: self.academic_due(circumstances),
                retractable: false,
            }),
            StepKind::Return(ReturnTo::Industry) => Some(State::Submitted {
                due: industry_due(self.log_date, circumstances, now),
            }),
            StepKind::Void => Some(State::Voided { by, at: now }),
        }
    }

    /// Checks what a reviewer says: comments where they are required, hours within the claim, skills that are names.
    fn hear(&self, step: &Step) -> Result<Said, Refusal> {
        let mut found = Vec::new();
        let comments = Remark::parse(step.comments.as_deref()).unwrap_or_else(|error| {
            found.push(LogViolation::Comments(error));
            None
        });
        let (skills, hours_confirmed) = match &step.kind {
            StepKind::Approve {
                skills,
                hours_confirmed,
            } => (
                parse_skills(skills, &mut found),
                self.confirm(*hours_confirmed, &mut found),
            ),
            StepKind::Reject { skills } => (parse_skills(skills, &mut found), None),
            StepKind::Recall
            | StepKind::Dispute
            | StepKind::Retract
            | StepKind::VerifyOnEvidence
            | StepKind::Validate
            | StepKind::Flag
            | StepKind::Return(_)
            | StepKind::Void => (Skills::default(), None),
        };
        let required = step.kind.action().needs_comments() || hours_confirmed.is_some();
        let unreadable = found
            .iter()
            .any(|violation| matches!(violation, LogViolation::Comments(_)));
        if required && comments.is_none() && !unreadable {
            found.push(LogViolation::CommentsRequired);
        }
        none_or_rules(found)?;
        Ok(Said {
            comments,
            skills,
            hours_confirmed,
        })
    }

    /// The hours that industry confirms, where they are fewer than claimed.
    fn confirm(&self, hours: Option<f64>, found: &mut Vec<LogViolation>) -> Option<WorkedHours> {
        let given = WorkedHours::from_hours(hours?);
        let claimed = self
            .submission
            .as_ref()
            .and_then(|submission| submission.report.hours);
        match (claimed, given) {
            (None, _) => found.push(LogViolation::NothingToConfirm),
            (Some(claimed), Err(HoursError::TooMany { .. })) => {
                found.push(LogViolation::ConfirmedAboveClaim { claimed });
            }
            (Some(_), Err(error)) => found.push(LogViolation::ConfirmedHours(error)),
            (Some(claimed), Ok(given)) if given > claimed => {
                found.push(LogViolation::ConfirmedAboveClaim { claimed });
            }
            (Some(claimed), Ok(given)) => return (given < claimed).then_some(given),
        }
        None
    }

    /// When the academic review falls due, from now.
    fn academic_due(&self, circumstances: &Circumstances<'_>) -> Due {
        let policy = circumstances.policy;
        let days = policy.academic_review_days();
        Due::after(
            days,
            self.log_date,
            policy.review_cadence(),
            circumstances.institution,
            circumstances.now,
        )
    }

    /// Keeps count of what later duties depend on: who verified any revision, and how often it was flagged.
    fn count(&mut self, action: Action, by: By) {
        match action {
            Action::Approve | Action::VerifyOnEvidence => {
                for person in by.people() {
                    if !self.verifiers.contains(&person) {
                        self.verifiers.push(person);
                    }
                }
            }
            Action::Flag => self.flag_count += 1,
            Action::Draft
            | Action::Submit
            | Action::Delete
            | Action::Recall
            | Action::Revise
            | Action::Dispute
            | Action::Reject
            | Action::Retract
            | Action::Validate
            | Action::ReturnToAcademic
            | Action::ReturnToIndustry
            | Action::ReturnToStudent
            | Action::Void => {}
        }
    }
}

/// A verification, made now.
fn verified(kind: VerifiedBy, by: By, said: &Said, circumstances: &Circumstances<'_>) -> Verification {
    Verification {
        kind,
        by,
        at: circumstances.now,
        hours_confirmed: said.hours_confirmed,
        skills: said.skills.clone(),
    }
}

/// The skills as names.
fn parse_skills(skills: &[String], found: &mut Vec<LogViolation>) -> Skills {
    Skills::parse(skills).unwrap_or_else(|error| {
        found.push(LogViolation::Skills(error));
        Skills::default()
    })
}
