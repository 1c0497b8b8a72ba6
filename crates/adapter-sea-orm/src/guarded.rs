//! Rows that are added, and rows that change only while they are as they were when the change was decided.

use ipt_ports::RepositoryError;
use sea_orm::{ActiveModelTrait, EntityTrait, UpdateMany};

use crate::{error::repository_error, unit_of_work::SeaUnitOfWork};

impl SeaUnitOfWork {
    /// Adds a row.
    ///
    /// # Errors
    /// [`RepositoryError::Conflict`] when a constraint is against it.
    pub(crate) async fn insert_row<A>(&self, row: A) -> Result<(), RepositoryError>
    where
        A: ActiveModelTrait,
    {
        <A::Entity as EntityTrait>::insert(row)
            .exec_without_returning(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(())
    }

    /// Changes one row: the update names it, its institution, and its version or whatever else must not have changed.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`] when it hit nothing.
    pub(crate) async fn update_row<E>(&self, update: UpdateMany<E>) -> Result<(), RepositoryError>
    where
        E: EntityTrait,
    {
        let updated = update.exec(self.connection()).await.map_err(repository_error)?;
        hit(updated.rows_affected)
    }
}

/// Whether a statement that is guarded hit its row.
///
/// # Errors
/// [`RepositoryError::Stale`] when it did not.
pub(crate) fn hit(rows: u64) -> Result<(), RepositoryError> {
    if rows == 1 {
        Ok(())
    } else {
        Err(RepositoryError::Stale)
    }
}
