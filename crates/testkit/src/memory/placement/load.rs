//! How many students a supervisor has at one time. A student counts once for a supervisor, however many placements they
//! share, and no longer once these have ended.

use std::collections::BTreeSet;

use ipt_domain::{
    id::UserId,
    placement::{delegation::Part, placement::Placement},
};
use ipt_ports::{Constraint, RepositoryError, placement::SupervisorCaps};

use crate::memory::unit_of_work::MemoryUnitOfWork;

/// The supervisor whose student this placement's is, in one part: none once it has ended.
fn counted(placement: &Placement, part: Part) -> Option<UserId> {
    placement
        .supervisor(part)
        .filter(|_| !placement.state().name().is_final())
}

impl MemoryUnitOfWork {
    /// Refuses a change by which a supervisor would gain a student above the cap.
    pub(super) fn check_load(
        &mut self,
        before: Option<&Placement>,
        after: &Placement,
        caps: SupervisorCaps,
    ) -> Result<(), RepositoryError> {
        for part in Part::ALL {
            let gained = counted(after, part);
            let Some(supervisor) =
                gained.filter(|_| gained != before.and_then(|before| counted(before, part)))
            else {
                continue;
            };
            let cap = match part {
                Part::Industrial => caps.industrial,
                Part::Academic => caps.university,
            };
            let students = self.students_of(supervisor, part, after);
            let room = students.contains(&after.student_id())
                || students.len() < usize::try_from(cap).unwrap_or(usize::MAX);
            self.hold(room, Constraint::SupervisorCap)?;
        }
        Ok(())
    }

    /// The students of a supervisor in the placement's institution, by other placements than this one.
    fn students_of(&self, supervisor: UserId, part: Part, than: &Placement) -> BTreeSet<UserId> {
        let others = self
            .state()
            .placements
            .values()
            .filter(|placement| placement.id() != than.id());
        others
            .filter(|placement| placement.tenant_id() == than.tenant_id())
            .filter(|placement| counted(placement, part) == Some(supervisor))
            .map(Placement::student_id)
            .collect()
    }
}
