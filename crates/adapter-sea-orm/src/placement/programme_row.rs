//! The table of programmes.

use sea_orm::entity::prelude::*;

/// A programme, apart from its policies.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "programme")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) tenant_id: Uuid,
    pub(crate) name: String,
    pub(crate) name_folded: String,
    pub(crate) code: String,
    pub(crate) code_folded: String,
    pub(crate) credit_units: i32,
    pub(crate) required_minutes: i32,
    pub(crate) required_days: i32,
    pub(crate) window_start: Date,
    pub(crate) window_end: Date,
    pub(crate) policy_version: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
