//! The table of organisations.

use sea_orm::entity::prelude::*;

/// An organisation, once for the whole deployment.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) name_folded: String,
    pub(crate) sector: Option<String>,
    pub(crate) sector_folded: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) city_folded: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) website: Option<String>,
    pub(crate) description: Option<String>,
    /// 0 for the first of its name in its city, and for each further one the next number.
    pub(crate) namesake: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
