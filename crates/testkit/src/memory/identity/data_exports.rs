//! Copies of what is kept of a person.

use ipt_domain::{
    Instant,
    id::{DataExportId, TenantId, UserId},
    identity::data_export::{DataExport, ExportState},
    version::Version,
};
use ipt_ports::{
    Constraint, RepositoryError,
    identity::{DataExportReader, DataExportRepository},
};

use crate::memory::unit_of_work::MemoryUnitOfWork;

/// When a copy is due, if it waits.
fn due_at(export: &DataExport) -> Option<Instant> {
    match export.state {
        ExportState::Waiting { due_at, .. } => Some(due_at),
        ExportState::Ready { .. } | ExportState::Fetched { .. } | ExportState::Failed { .. } => None,
    }
}

fn same(one: &DataExport, other: &DataExport) -> bool {
    (one.asked_by, one.about, one.tenant_id) == (other.asked_by, other.about, other.tenant_id)
}

impl MemoryUnitOfWork {
    fn copies(&self) -> impl Iterator<Item = &DataExport> {
        let all = self.state().exports.values();
        all.filter(|known| self.sees_or_shared(known.tenant_id))
    }
}

#[async_trait::async_trait]
impl DataExportReader for MemoryUnitOfWork {
    async fn data_export(&mut self, id: DataExportId) -> Result<Option<DataExport>, RepositoryError> {
        Ok(self.copies().find(|known| known.id == id).cloned())
    }

    async fn last_data_export(
        &mut self,
        asked_by: UserId,
        about: UserId,
        tenant: Option<TenantId>,
    ) -> Result<Option<DataExport>, RepositoryError> {
        let of =
            |known: &&DataExport| (known.asked_by, known.about, known.tenant_id) == (asked_by, about, tenant);
        let all = self.copies().filter(of);
        Ok(all.max_by_key(|known| (known.asked_at, known.id)).cloned())
    }

    async fn due_data_export(&mut self, now: Instant) -> Result<Option<DataExport>, RepositoryError> {
        let due = self
            .copies()
            .filter(|known| due_at(known).is_some_and(|due| due <= now));
        Ok(due.min_by_key(|known| due_at(known)).cloned())
    }

    async fn data_exports_about(&mut self, about: UserId) -> Result<Vec<DataExport>, RepositoryError> {
        Ok(self
            .copies()
            .filter(|known| known.about == about)
            .cloned()
            .collect())
    }
}

#[async_trait::async_trait]
impl DataExportRepository for MemoryUnitOfWork {
    async fn save_data_export(
        &mut self,
        export: &DataExport,
        replaces: Option<Version>,
    ) -> Result<(), RepositoryError> {
        self.demand(export.tenant_id)?;
        let stored = self.state().exports.get(&export.id).map(|stored| stored.version);
        if let Some(former) = replaces {
            self.check_version(stored, former)?;
        } else {
            let mut all = self.state().exports.values();
            let taken = all.any(|known| due_at(known).is_some() && same(known, export));
            self.hold(!taken, Constraint::DataExport)?;
        }
        self.change().exports.insert(export.id, export.clone());
        Ok(())
    }

    async fn remove_data_exports(&mut self, about: UserId) -> Result<(), RepositoryError> {
        self.change().exports.retain(|_, known| known.about != about);
        Ok(())
    }
}
