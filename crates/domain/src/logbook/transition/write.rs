//! What the student does: draft, edit, submit, revise, delete.

use chrono::NaiveDate;

use crate::{
    id::{LogEntryId, UserId},
    logbook::{
        action::Action,
        authority::{self, allowed_actions},
        circumstances::{Acting, Circumstances, FreshIds, Surroundings},
        decision::{Decision, Deletion, Made, Said},
        due::Due,
        entry::LogEntry,
        event::LogEvent,
        guard,
        input::ReportInput,
        refusal::Refusal,
        report::{DraftReport, FirstSubmission, Submission},
        review::By,
        state::State,
        violation::LogViolation,
    },
    version::Version,
};

/// A new entry in the making: its id and its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// The id that it will have.
    pub id: LogEntryId,
    /// Its day.
    pub log_date: NaiveDate,
}

impl LogEntry {
    /// Keeps a first, possibly incomplete text to its author alone.
    ///
    /// # Errors
    /// [`Refusal`]: the placement is not the author's, or a guard of the day or of the files is broken.
    pub fn draft(
        new: NewEntry,
        input: &ReportInput,
        acting: Acting<'_>,
        circumstances: &Circumstances<'_>,
        surroundings: &Surroundings,
        ids: FreshIds,
    ) -> Result<Decision, Refusal> {
        let by = authority::holds_part(Action::Draft, acting.actor, circumstances)?;
        let mut found = Vec::new();
        guard::day(new.log_date, circumstances, surroundings, &mut found);
        let report = input.apply(DraftReport::default(), circumstances.policy, &mut found);
        guard::attachments(&report, circumstances.policy, &mut found);
        none_or_rules(found)?;
        let entry = Self::begin(new, report, by.user, circumstances);
        let made = Made {
            action: Action::Draft,
            from: None,
            by,
            acting,
            said: Said::default(),
        };
        Ok(Decision::record(entry, None, made, circumstances, ids))
    }

    /// Hands in a first text without a draft before it.
    ///
    /// # Errors
    /// [`Refusal`]: the placement is not the author's, or guards are broken (all are told).
    pub fn submit_new(
        new: NewEntry,
        input: &ReportInput,
        acting: Acting<'_>,
        circumstances: &Circumstances<'_>,
        surroundings: &Surroundings,
        ids: FreshIds,
    ) -> Result<Decision, Refusal> {
        let by = authority::holds_part(Action::Submit, acting.actor, circumstances)?;
        let mut found = Vec::new();
        guard::day(new.log_date, circumstances, surroundings, &mut found);
        let report = input.apply(DraftReport::default(), circumstances.policy, &mut found);
        let entry = Self::begin(new, report, by.user, circumstances);
        let entry = entry.hand_in(by, circumstances, surroundings, found)?;
        let made = Made {
            action: Action::Submit,
            from: None,
            by,
            acting,
            said: Said::default(),
        };
        Ok(Decision::record(entry, None, made, circumstances, ids))
    }

    /// Changes the text of a draft or of a requested revision, without handing it in. Not a transition: it leaves no
    /// review record and no event.
    ///
    /// # Errors
    /// [`Refusal`]: not the author's, stale, not open for editing, or a guard of the files is broken.
    pub fn edit(
        mut self,
        input: &ReportInput,
        acting: Acting<'_>,
        circumstances: &Circumstances<'_>,
    ) -> Result<Self, Refusal> {
        self.admit_author(Action::Revise, acting, circumstances)?;
        self.editable(Action::Revise, acting, circumstances)?;
        let mut found = Vec::new();
        let report = input.apply(self.working_report(), circumstances.policy, &mut found);
        guard::attachments(&report, circumstances.policy, &mut found);
        none_or_rules(found)?;
        self.keep_draft(report, circumstances);
        self.touch(circumstances);
        Ok(self)
    }

    /// Hands in the text, a first time or again: the edit in progress, with the changes of `input`.
    ///
    /// # Errors
    /// [`Refusal`]: not the author's, stale, not open for editing, or guards are broken (all are told).
    pub fn submit(
        mut self,
        input: &ReportInput,
        acting: Acting<'_>,
        circumstances: &Circumstances<'_>,
        surroundings: &Surroundings,
        ids: FreshIds,
    ) -> Result<Decision, Refusal> {
        let action = match self.state {
            State::RevisionRequested { .. } => Action::Revise,
            State::Draft { .. }
            | State::Submitted { .. }
            | State::IndustryVerified { .. }
            | State::Flagged { .. }
            | State::Validated { .. }
            | State::Voided { .. } => Action::Submit,
        };
        let by = self.admit_author(action, acting, circumstances)?;
        self.editable(action, acting, circumstances)?;
        let replaces = self.version;
        let from = self.state.name();
        let mut found = Vec::new();
        let report = input.apply(self.working_report(), circumstances.policy, &mut found);
        self.keep_draft(report, circumstances);
        if action == Action::Revise {
            self.revision += 1;
        }
        self.touch(circumstances);
        let entry = self.hand_in(by, circumstances, surroundings, found)?;
        let made = Made {
            action,
            from: Some(from),
            by,
            acting,
            said: Said::default(),
        };
        Ok(Decision::record(entry, Some(replaces), made, circumstances, ids))
    }

    /// Drops a draft that was never submitted.
    ///
    /// # Errors
    /// [`Refusal`]: not the author's, stale, or once submitted.
    pub fn delete(
        self,
        acting: Acting<'_>,
        circumstances: &Circumstances<'_>,
        ids: FreshIds,
    ) -> Result<Deletion, Refusal> {
        let by = self.admit_author(Action::Delete, acting, circumstances)?;
        self.check_version(acting)?;
        self.check_state(Action::Delete, acting, circumstances)?;
        let event = LogEvent {
            id: ids.event,
            tenant_id: self.tenant_id,
            entry_id: self.id,
            placement_id: self.placement_id,
            student_id: self.student_id,
            action: Action::Delete,
            from: Some(self.state.name()),
            to: None,
            revision: self.revision,
            by,
            at: circumstances.now,
        };
        Ok(Deletion {
            entry_id: self.id,
            tenant_id: self.tenant_id,
            version: self.version,
            event,
        })
    }

    /// An entry at its very beginning.
    fn begin(
        new: NewEntry,
        report: DraftReport,
        student_id: UserId,
        circumstances: &Circumstances<'_>,
    ) -> Self {
        let mut entry = Self {
            id: new.id,
            tenant_id: circumstances.placement.tenant_id(),
            placement_id: circumstances.placement.id(),
            student_id,
            log_date: new.log_date,
            revision: 1,
            state: State::Draft {
                once_submitted: false,
            },
            draft: None,
            submission: None,
            first_submission: None,
            flag_count: 0,
            verifiers: Vec::new(),
            created_at: circumstances.now,
            updated_at: circumstances.now,
            version: Version::FIRST,
        };
        entry.keep_draft(report, circumstances);
        entry
    }

    /// Keeps an edit in progress, with its position only where positions are kept. Somebody has acted on a request for
    /// revision then, so it can no longer be taken back.
    fn keep_draft(&mut self, mut report: DraftReport, circumstances: &Circumstances<'_>) {
        report.fix = guard::kept_fix(&report, circumstances);
        self.draft = Some(report);
        if let State::RevisionRequested { retractable_by } = &mut self.state {
            *retractable_by = None;
        }
    }

    /// Turns the working text into a submission, unless a guard is broken.
    fn hand_in(
        mut self,
        by: By,
        circumstances: &Circumstances<'_>,
        surroundings: &Surroundings,
        mut found: Vec<LogViolation>,
    ) -> Result<Self, Refusal> {
        if self.first_submission.is_none() {
            guard::first_submission(self.log_date, circumstances, surroundings, &mut found);
        } else {
            guard::later_submission(circumstances, &mut found);
        }
        let completed = guard::complete(&self.working_report(), circumstances, surroundings, &mut found);
        let Some(report) = completed else {
            return Err(Refusal::Rules(found));
        };
        let excess_hours = guard::exceeds_week(&report, surroundings, circumstances.policy);
        self.submission = Some(Submission {
            report,
            by: by.user,
            at: circumstances.now,
            excess_hours,
        });
        self.draft = None;
        self.first_submission.get_or_insert_with(|| FirstSubmission {
            at: circumstances.now,
            late: circumstances.workplace_today()
                > circumstances.workplace.calendar().next_working_day(self.log_date),
        });
        self.state = State::Submitted {
            due: industry_due(self.log_date, circumstances, circumstances.now),
        };
        Ok(self)
    }

    /// Checks that the author acts; for everybody else an entry that was never submitted does not exist.
    fn admit_author(
        &self,
        action: Action,
        acting: Acting<'_>,
        circumstances: &Circumstances<'_>,
    ) -> Result<By, Refusal> {
        self.check_exists(acting, circumstances)?;
        authority::authorise(self, action, acting.actor, circumstances)
    }

    /// Checks the version, and that the text is open for its author.
    fn editable(
        &self,
        action: Action,
        acting: Acting<'_>,
        circumstances: &Circumstances<'_>,
    ) -> Result<(), Refusal> {
        self.check_version(acting)?;
        if self.state.takes_edits() {
            Ok(())
        } else {
            Err(self.invalid(action, acting, circumstances))
        }
    }

    /// For people of another institution no entry exists, and for everybody but its author none that was never submitted.
    pub(crate) fn check_exists(
        &self,
        acting: Acting<'_>,
        circumstances: &Circumstances<'_>,
    ) -> Result<(), Refusal> {
        let never_submitted = matches!(
            self.state,
            State::Draft {
                once_submitted: false
            }
        );
        let of_another = never_submitted && !circumstances.standing_of(acting.actor.user_id()).student;
        if of_another || !acting.actor.belongs_to(self.tenant_id) {
            return Err(Refusal::NotFound);
        }
        Ok(())
    }

    /// Checks that the person saw the current version.
    pub(crate) fn check_version(&self, acting: Acting<'_>) -> Result<(), Refusal> {
        match acting.seen {
            Some(seen) if seen != self.version => Err(Refusal::Stale {
                seen,
                current: self.version,
            }),
            Some(_) | None => Ok(()),
        }
    }

    /// Checks that the state allows the action.
    pub(crate) fn check_state(
        &self,
        action: Action,
        acting: Acting<'_>,
        circumstances: &Circumstances<'_>,
    ) -> Result<(), Refusal> {
        if self.state.actions().contains(&action) {
            Ok(())
        } else {
            Err(self.invalid(action, acting, circumstances))
        }
    }

    /// The refusal of an action that the state does not allow, with those that it does.
    pub(crate) fn invalid(
        &self,
        action: Action,
        acting: Acting<'_>,
        circumstances: &Circumstances<'_>,
    ) -> Refusal {
        Refusal::InvalidTransition {
            state: self.state.name(),
            action,
            allowed: allowed_actions(self, acting.actor, circumstances),
        }
    }

    /// Marks a change.
    pub(crate) const fn touch(&mut self, circumstances: &Circumstances<'_>) {
        self.version = self.version.next();
        self.updated_at = circumstances.now;
    }
}

/// When industry's review falls due, for a text handed in at `from`.
pub(crate) fn industry_due(
    log_date: NaiveDate,
    circumstances: &Circumstances<'_>,
    from: crate::Instant,
) -> Due {
    let policy = circumstances.policy;
    let calendar = circumstances.workplace.calendar();
    Due::after(
        policy.industry_review_days(),
        log_date,
        policy.review_cadence(),
        calendar,
        from,
    )
}

/// No broken guard, or all of them.
pub(crate) fn none_or_rules(found: Vec<LogViolation>) -> Result<(), Refusal> {
    if found.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Rules(found))
    }
}
