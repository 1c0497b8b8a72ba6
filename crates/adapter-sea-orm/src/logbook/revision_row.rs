//! The table of texts that a later one has replaced.

use sea_orm::entity::prelude::*;

/// A text as it was handed in.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "log_revision")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) entry_id: Uuid,
    pub(crate) tenant_id: Uuid,
    pub(crate) revision: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) submission_id: Uuid,
    pub(crate) submitted_by_id: Option<Uuid>,
    pub(crate) submitted_at: Option<DateTimeUtc>,
    pub(crate) kind: Option<String>,
    pub(crate) content: Option<String>,
    pub(crate) worked_minutes: Option<i32>,
    pub(crate) hours_assumed: Option<bool>,
    pub(crate) excess_hours: Option<bool>,
    pub(crate) skills: Option<Json>,
    pub(crate) captured_at: Option<DateTimeUtc>,
    pub(crate) latitude: Option<f64>,
    pub(crate) longitude: Option<f64>,
    pub(crate) accuracy_m: Option<f64>,
    pub(crate) fix_captured_at: Option<DateTimeUtc>,
    pub(crate) verdict: Option<String>,
    pub(crate) distance_m: Option<i32>,
    pub(crate) location_notes: Option<Json>,
    pub(crate) attachments: Option<Json>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
