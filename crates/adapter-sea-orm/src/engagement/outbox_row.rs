//! The table of the outbox.

use sea_orm::entity::prelude::*;

/// One message, and how far it came: `queued`, `running` (claimed until `locked_until`), `done` or `failed`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) tenant_id: Option<Uuid>,
    pub(crate) topic: String,
    pub(crate) payload: Json,
    pub(crate) status: String,
    pub(crate) attempts: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) available_at: DateTimeUtc,
    pub(crate) locked_until: Option<DateTimeUtc>,
    pub(crate) done_at: Option<DateTimeUtc>,
    pub(crate) failed_at: Option<DateTimeUtc>,
    pub(crate) error: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
