//! Copies of what is kept of a person, in memory.

use async_trait::async_trait;
use ipt_domain::{
    Instant,
    id::{DataExportId, TenantId, UserId},
    identity::data_export::{DataExport, ExportState},
    version::Version,
};
use ipt_ports::{
    RepositoryError,
    identity::{DataExportReader, DataExportRepository},
};

use super::work::MemoryWork;

#[async_trait]
impl DataExportReader for MemoryWork {
    async fn data_export(&mut self, id: DataExportId) -> Result<Option<DataExport>, RepositoryError> {
        let mut all = self.state.exports.iter();
        Ok(all.find(|known| known.id == id).cloned())
    }

    async fn last_data_export(
        &mut self,
        asked_by: UserId,
        about: UserId,
        tenant: Option<TenantId>,
    ) -> Result<Option<DataExport>, RepositoryError> {
        let of =
            |known: &&DataExport| (known.asked_by, known.about, known.tenant_id) == (asked_by, about, tenant);
        Ok(self.state.exports.iter().rfind(of).cloned())
    }

    async fn due_data_export(&mut self, now: Instant) -> Result<Option<DataExport>, RepositoryError> {
        let is_due = |known: &&DataExport| match known.state {
            ExportState::Waiting { due_at, .. } => due_at <= now,
            ExportState::Ready { .. } | ExportState::Fetched { .. } | ExportState::Failed { .. } => false,
        };
        Ok(self.state.exports.iter().find(is_due).cloned())
    }

    async fn data_exports_about(&mut self, about: UserId) -> Result<Vec<DataExport>, RepositoryError> {
        let all = self.state.exports.iter();
        Ok(all.filter(|known| known.about == about).cloned().collect())
    }
}

#[async_trait]
impl DataExportRepository for MemoryWork {
    async fn save_data_export(
        &mut self,
        export: &DataExport,
        replaces: Option<Version>,
    ) -> Result<(), RepositoryError> {
        let stored = self.data_export(export.id).await?.map(|stored| stored.version);
        self.guard(stored, replaces)?;
        self.state.exports.retain(|known| known.id != export.id);
        self.state.exports.push(export.clone());
        Ok(())
    }

    async fn remove_data_exports(&mut self, about: UserId) -> Result<(), RepositoryError> {
        self.state.exports.retain(|known| known.about != about);
        Ok(())
    }
}
