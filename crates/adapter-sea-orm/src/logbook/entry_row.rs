//! The table of log entries.

use sea_orm::entity::prelude::*;

/// A log entry: itself, the text last submitted, and of the columns of states those that its state needs. Two columns are
/// only searched, never read: `content_folded` and `fix_at`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "log_entry")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) tenant_id: Uuid,
    pub(crate) placement_id: Uuid,
    pub(crate) student_id: Uuid,
    pub(crate) log_date: Date,
    pub(crate) revision: i32,
    pub(crate) state: String,
    pub(crate) draft: Option<Json>,
    pub(crate) submission_id: Option<Uuid>,
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
    pub(crate) first_submitted_at: Option<DateTimeUtc>,
    pub(crate) late: Option<bool>,
    pub(crate) due_on: Option<Date>,
    pub(crate) due_at: Option<DateTimeUtc>,
    pub(crate) verified_kind: Option<String>,
    pub(crate) verified_by_id: Option<Uuid>,
    pub(crate) verified_for_id: Option<Uuid>,
    pub(crate) verified_at: Option<DateTimeUtc>,
    pub(crate) confirmed_minutes: Option<i32>,
    pub(crate) verified_skills: Option<Json>,
    pub(crate) retractable: Option<bool>,
    pub(crate) decided_by_id: Option<Uuid>,
    pub(crate) decided_for_id: Option<Uuid>,
    pub(crate) decided_at: Option<DateTimeUtc>,
    pub(crate) decided_reason: Option<String>,
    pub(crate) flag_count: i32,
    pub(crate) verifiers: Option<Json>,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) updated_at: DateTimeUtc,
    pub(crate) version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
