//! Writes notifications, preferences and the reminders that went out.

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::{JobId, NotificationId, UserId},
};
use ipt_ports::{
    RepositoryError,
    engagement::{Notification, NotificationRepository, Preference},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryTrait as _,
    sea_query::{Expr, Func, OnConflict, Query},
};
use uuid::Uuid;

use super::{notification_mapper, notification_row, preference_row, reminder_row};
use crate::{
    error::repository_error,
    scope::{demand, within},
    unit_of_work::SeaUnitOfWork,
};

/// How many notifications one statement inserts, well below the number of values that a statement may have.
const CHUNK: usize = 500;

#[async_trait::async_trait]
impl NotificationRepository for SeaUnitOfWork {
    async fn notify(
        &mut self,
        notifications: &[Notification],
    ) -> Result<Vec<NotificationId>, RepositoryError> {
        for notification in notifications {
            demand(self.scope(), Some(notification.tenant_id))?;
        }
        let mut added = Vec::new();
        for chunk in notifications.chunks(CHUNK) {
            added.extend(self.insert_new(chunk).await?);
        }
        Ok(added)
    }

    async fn mark_read(
        &mut self,
        id: NotificationId,
        user: UserId,
        now: Instant,
    ) -> Result<bool, RepositoryError> {
        let read_at = Func::coalesce([Expr::col(notification_row::Column::ReadAt), Expr::val(now)]);
        let updated = notification_row::Entity::update_many()
            .col_expr(notification_row::Column::ReadAt, read_at.into())
            .filter(notification_row::Column::Id.eq(id.uuid()))
            .filter(notification_row::Column::UserId.eq(user.uuid()))
            .filter(within(self.scope(), notification_row::Column::TenantId))
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(updated.rows_affected > 0)
    }

    async fn mark_all_read(&mut self, user: UserId, now: Instant) -> Result<u64, RepositoryError> {
        let updated = notification_row::Entity::update_many()
            .col_expr(notification_row::Column::ReadAt, Expr::val(now))
            .filter(notification_row::Column::UserId.eq(user.uuid()))
            .filter(notification_row::Column::ReadAt.is_null())
            .filter(within(self.scope(), notification_row::Column::TenantId))
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(updated.rows_affected)
    }

    async fn replace_preferences(
        &mut self,
        user: UserId,
        preferences: &[Preference],
    ) -> Result<(), RepositoryError> {
        preference_row::Entity::delete_many()
            .filter(preference_row::Column::UserId.eq(user.uuid()))
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        if preferences.is_empty() {
            return Ok(());
        }
        let rows = preferences
            .iter()
            .map(|wish| notification_mapper::preference_row(user, wish).into_active_model());
        preference_row::Entity::insert_many(rows)
            .exec_without_returning(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(())
    }

    async fn note_reminder(
        &mut self,
        user: UserId,
        kind: &str,
        day: NaiveDate,
        message: JobId,
    ) -> Result<bool, RepositoryError> {
        let row = reminder_row::Model {
            user_id: user.uuid(),
            kind: kind.to_owned(),
            day,
            message_id: message.uuid(),
        };
        let mut insert = reminder_row::Entity::insert(row.into_active_model()).into_query();
        insert.on_conflict(OnConflict::new().do_nothing().to_owned());
        let result = self
            .connection()
            .execute(&insert)
            .await
            .map_err(repository_error)?;
        Ok(result.rows_affected() > 0)
    }
}

impl SeaUnitOfWork {
    /// Inserts those that are new; their ids. One that exists for its cause, person and kind is not returned.
    async fn insert_new(
        &self,
        notifications: &[Notification],
    ) -> Result<Vec<NotificationId>, RepositoryError> {
        let rows = notifications
            .iter()
            .map(|one| notification_mapper::notification_row(one).into_active_model());
        let mut insert = notification_row::Entity::insert_many(rows).into_query();
        insert
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .returning(Query::returning().column(notification_row::Column::Id));
        let rows = self
            .connection()
            .query_all(&insert)
            .await
            .map_err(repository_error)?;
        let ids = rows
            .iter()
            .map(|row| row.try_get_by_index::<Uuid>(0).map(NotificationId::new));
        ids.collect::<Result<_, _>>().map_err(repository_error)
    }
}
