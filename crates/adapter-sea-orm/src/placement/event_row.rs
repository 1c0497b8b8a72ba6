//! The table of what happened to placements.

use sea_orm::entity::prelude::*;

/// One event of a placement's history; it never changes.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "placement_event")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) tenant_id: Uuid,
    pub(crate) placement_id: Uuid,
    pub(crate) name: String,
    pub(crate) detail: Json,
    pub(crate) from_state: Option<String>,
    pub(crate) to_state: String,
    pub(crate) by_id: Option<Uuid>,
    pub(crate) at: DateTimeUtc,
    pub(crate) reason: Option<String>,
    pub(crate) version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
