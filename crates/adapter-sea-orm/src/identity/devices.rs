//! The devices on which people signed in.

use ipt_domain::{Instant, id::UserId};
use ipt_ports::{RepositoryError, identity::DeviceSeen};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QuerySelect as _,
    sea_query::OnConflict,
};

use super::device_row::{Column, Entity, Model};
use crate::{error::repository_error, unit_of_work::SeaUnitOfWork};

impl SeaUnitOfWork {
    /// Whether the person signed in on a device before.
    pub(super) async fn seen_on(
        &self,
        user: UserId,
        device: &[u8; 32],
    ) -> Result<DeviceSeen, RepositoryError> {
        let known: Vec<Vec<u8>> = Entity::find()
            .select_only()
            .column(Column::Digest)
            .filter(Column::UserId.eq(user.uuid()))
            .into_tuple()
            .all(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(if known.iter().any(|digest| digest == device) {
            DeviceSeen::Before
        } else if known.is_empty() {
            DeviceSeen::First
        } else {
            DeviceSeen::New
        })
    }

    /// Remembers that the person signed in on a device, also when another sign-in did so in the same moment.
    pub(super) async fn remember_device(
        &self,
        user: UserId,
        device: &[u8; 32],
        now: Instant,
    ) -> Result<(), RepositoryError> {
        let row = Model {
            user_id: user.uuid(),
            digest: device.to_vec(),
            first_seen_at: now,
            last_seen_at: now,
        };
        let again = OnConflict::columns([Column::UserId, Column::Digest])
            .update_column(Column::LastSeenAt)
            .to_owned();
        Entity::insert(row.into_active_model())
            .on_conflict(again)
            .exec_without_returning(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(())
    }
}
