//! The table of reviews.

use sea_orm::entity::prelude::*;

/// The record of one transition; it never changes.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "log_review")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) tenant_id: Uuid,
    pub(crate) entry_id: Uuid,
    pub(crate) action: String,
    pub(crate) from_state: Option<String>,
    pub(crate) to_state: String,
    pub(crate) by_id: Uuid,
    pub(crate) on_behalf_of_id: Option<Uuid>,
    pub(crate) way: String,
    pub(crate) at: DateTimeUtc,
    pub(crate) revision: i32,
    pub(crate) comments: Option<String>,
    pub(crate) skills: Option<Json>,
    pub(crate) confirmed_minutes: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
