//! The table of profiles.

use sea_orm::entity::prelude::*;

/// What an institution keeps of one person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "profile")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) tenant_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) user_id: Uuid,
    pub(crate) registration_number: Option<String>,
    pub(crate) registration_folded: Option<String>,
    pub(crate) programme_id: Option<Uuid>,
    pub(crate) year_of_study: Option<i32>,
    pub(crate) grade_average: Option<i32>,
    pub(crate) is_student: bool,
    pub(crate) supervisor: Option<Json>,
    pub(crate) coordinator: Option<Json>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
