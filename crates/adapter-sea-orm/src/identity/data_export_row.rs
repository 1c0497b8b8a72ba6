//! The table of copies of what is kept of a person.

use sea_orm::entity::prelude::*;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "data_export")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) about_id: Uuid,
    pub(crate) tenant_id: Option<Uuid>,
    pub(crate) asked_by_id: Uuid,
    pub(crate) asked_at: DateTimeUtc,
    pub(crate) state: String,
    pub(crate) attempts: i32,
    pub(crate) due_at: Option<DateTimeUtc>,
    pub(crate) done_at: Option<DateTimeUtc>,
    pub(crate) expires_at: Option<DateTimeUtc>,
    pub(crate) size: Option<i64>,
    pub(crate) version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
