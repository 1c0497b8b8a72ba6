//! Codes and tokens that went out by mail. They belong to no institution; the version guards them, and their tries are
//! counted by the database.

use ipt_domain::{
    Instant,
    id::{MailedSecretId, UserId},
    identity::mailed_secret::{MAX_TRIES, MailedSecret, SecretPurpose},
    version::Version,
};
use ipt_ports::{
    RepositoryError,
    identity::{MailedSecretReader, MailedSecretRepository},
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _,
    sea_query::{Expr, ExprTrait as _},
};

use super::{
    mailed_secret_mapper as mapper,
    mailed_secret_row::{Column, Entity},
};
use crate::{error::repository_error, number, unit_of_work::SeaUnitOfWork};

#[async_trait::async_trait]
impl MailedSecretReader for SeaUnitOfWork {
    async fn mailed_secret(
        &mut self,
        subject: UserId,
        purpose: SecretPurpose,
    ) -> Result<Option<MailedSecret>, RepositoryError> {
        self.secret_where(of(subject, purpose)).await
    }

    async fn mailed_secret_by_digest(
        &mut self,
        purpose: SecretPurpose,
        digest: &[u8; 32],
    ) -> Result<Option<MailedSecret>, RepositoryError> {
        let condition = Condition::all()
            .add(Column::Digest.eq(digest.to_vec()))
            .add(Column::Purpose.eq(purpose.as_str()));
        self.secret_where(condition).await
    }
}

#[async_trait::async_trait]
impl MailedSecretRepository for SeaUnitOfWork {
    async fn save_mailed_secret(
        &mut self,
        secret: &MailedSecret,
        replaces: Option<Version>,
    ) -> Result<(), RepositoryError> {
        let row = mapper::row(secret).into_active_model();
        let Some(replaces) = replaces else {
            return self.insert_row(row).await;
        };
        let update = Entity::update_many()
            .set(row.reset_all())
            .filter(of(secret.subject, secret.purpose))
            .filter(Column::Version.eq(number::stored_version(replaces)));
        self.update_row(update).await
    }

    /// The row stays locked until the end of the transaction, so that the next try waits for what becomes of this one.
    async fn try_mailed_secret(
        &mut self,
        subject: UserId,
        purpose: SecretPurpose,
        now: Instant,
    ) -> Result<Option<MailedSecret>, RepositoryError> {
        let updated = Entity::update_many()
            .col_expr(Column::Tries, Expr::col(Column::Tries).add(1))
            .filter(of(subject, purpose))
            .filter(Column::UsedAt.is_null())
            .filter(Column::ExpiresAt.gt(now))
            .filter(Column::Tries.lt(number::stored(MAX_TRIES)))
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        let tried = self.secret_where(of(subject, purpose)).await?;
        Ok(tried.filter(|_| updated.rows_affected > 0))
    }

    async fn use_mailed_secret(&mut self, id: MailedSecretId, now: Instant) -> Result<bool, RepositoryError> {
        let updated = Entity::update_many()
            .col_expr(Column::UsedAt, Expr::val(now))
            .filter(Column::Id.eq(id.uuid()))
            .filter(Column::UsedAt.is_null())
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(updated.rows_affected > 0)
    }

    async fn remove_mailed_secrets(&mut self, subject: UserId) -> Result<(), RepositoryError> {
        Entity::delete_many()
            .filter(Column::SubjectId.eq(subject.uuid()))
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(())
    }
}

impl SeaUnitOfWork {
    async fn secret_where(&self, condition: Condition) -> Result<Option<MailedSecret>, RepositoryError> {
        let row = Entity::find()
            .filter(condition)
            .one(self.connection())
            .await
            .map_err(repository_error)?;
        row.as_ref().map(mapper::secret).transpose()
    }
}

/// The secret of a person for a purpose.
fn of(subject: UserId, purpose: SecretPurpose) -> Condition {
    Condition::all()
        .add(Column::SubjectId.eq(subject.uuid()))
        .add(Column::Purpose.eq(purpose.as_str()))
}
