//! Copies of what is kept of a person.

use ipt_domain::{
    Instant,
    id::{DataExportId, TenantId, UserId},
    identity::data_export::DataExport,
    version::Version,
};

use crate::RepositoryError;

/// Reads copies. Those of one institution belong to it, those of the whole deployment to none.
#[async_trait::async_trait]
pub trait DataExportReader: Send {
    /// A copy.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn data_export(&mut self, id: DataExportId) -> Result<Option<DataExport>, RepositoryError>;

    /// The copy about a person, of what an institution (none: the deployment) keeps, that somebody asked for last.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn last_data_export(
        &mut self,
        asked_by: UserId,
        about: UserId,
        tenant: Option<TenantId>,
    ) -> Result<Option<DataExport>, RepositoryError>;

    /// The copy that has been due for longest.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn due_data_export(&mut self, now: Instant) -> Result<Option<DataExport>, RepositoryError>;

    /// Every copy about a person.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn data_exports_about(&mut self, about: UserId) -> Result<Vec<DataExport>, RepositoryError>;
}

/// Writes copies.
#[async_trait::async_trait]
pub trait DataExportRepository: DataExportReader {
    /// Stores a copy, new or changed, guarded by the version that it replaces.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`]; [`RepositoryError::Conflict`] with
    /// [`Constraint::DataExport`](crate::Constraint::DataExport) for a second one that is to be made, of the same, for the
    /// same person.
    async fn save_data_export(
        &mut self,
        export: &DataExport,
        replaces: Option<Version>,
    ) -> Result<(), RepositoryError>;

    /// Removes the copies about a person. Their files are the caller's to remove.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn remove_data_exports(&mut self, about: UserId) -> Result<(), RepositoryError>;
}
