//! The table of institutions' relations to organisations.

use sea_orm::entity::prelude::*;

/// What one institution has to do with one organisation.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation_relation")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) tenant_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) organisation_id: Uuid,
    pub(crate) since: DateTimeUtc,
    pub(crate) verified_at: Option<DateTimeUtc>,
    pub(crate) verified_by_id: Option<Uuid>,
    pub(crate) contacts: Option<String>,
    pub(crate) notes: Option<String>,
    pub(crate) version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
