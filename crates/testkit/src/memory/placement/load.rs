//! How many students a supervisor has on a day.

use chrono::NaiveDate;
use ipt_domain::placement::{
    delegation::Part,
    load::{Gain, Stay},
    placement::Placement,
};
use ipt_ports::{Constraint, RepositoryError, placement::StudentCount};

use crate::memory::unit_of_work::MemoryUnitOfWork;

impl MemoryUnitOfWork {
    /// Refuses a change by which a supervisor would have more students on a day than the cap allows. Whoever writes is
    /// alone, and so nobody else gives the supervisor another.
    pub(super) fn check_load(
        &mut self,
        before: Option<&Placement>,
        count: &StudentCount,
        today: NaiveDate,
    ) -> Result<(), RepositoryError> {
        for part in Part::ALL {
            let Some(gain) = Gain::of(before, &count.outcome, part, today) else {
                continue;
            };
            let others = self.stays_beside(&count.outcome, &gain, today);
            gain.check(count.caps.of(part), &others)
                .map_err(|over| self.conflict(Constraint::SupervisorCap(over)))?;
        }
        Ok(())
    }

    /// The stays of a supervisor's students in the placement's institution, by other placements than this one.
    fn stays_beside(&self, placement: &Placement, gain: &Gain, today: NaiveDate) -> Vec<Stay> {
        let others = self
            .state()
            .placements
            .values()
            .filter(|other| other.id() != placement.id());
        others
            .filter(|other| other.tenant_id() == placement.tenant_id())
            .filter(|other| other.supervisor(gain.part()) == Some(gain.supervisor()))
            .filter_map(|other| Stay::of(other, today))
            .collect()
    }
}
