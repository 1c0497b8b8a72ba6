//! The table of institutions.

use sea_orm::entity::prelude::*;

/// An institution, apart from its holidays.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tenant")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) name_folded: String,
    pub(crate) time_zone: String,
    pub(crate) weekend_days: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) version: i32,
    pub(crate) self_registration: bool,
    pub(crate) display_name: Option<String>,
    pub(crate) colour: Option<String>,
    pub(crate) logo_text: Option<String>,
    pub(crate) logo_url: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
