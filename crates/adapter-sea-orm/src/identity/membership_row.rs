//! The table of memberships.

use sea_orm::entity::prelude::*;

/// A person in an institution, and in an organisation or none. Its roles have a table of their own.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) user_id: Uuid,
    pub(crate) tenant_id: Option<Uuid>,
    pub(crate) organisation_id: Option<Uuid>,
    pub(crate) status: String,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
