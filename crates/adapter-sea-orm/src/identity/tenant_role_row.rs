//! The table of the roles that institutions define.

use sea_orm::entity::prelude::*;

/// A role that an institution defines.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tenant_role")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) tenant_id: Uuid,
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) name_folded: String,
    pub(crate) permissions: Json,
    pub(crate) may_grant: Json,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
