//! The table of placements.

use sea_orm::entity::prelude::*;

/// A placement; of the columns of states each has those that its state needs.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "placement")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) tenant_id: Uuid,
    pub(crate) student_id: Uuid,
    pub(crate) programme_id: Uuid,
    pub(crate) policy_version: i32,
    pub(crate) organisation_id: Uuid,
    pub(crate) site_id: Option<Uuid>,
    pub(crate) mode: String,
    pub(crate) continues_id: Option<Uuid>,
    pub(crate) start_date: Date,
    pub(crate) end_date: Date,
    pub(crate) industrial_supervisor_id: Option<Uuid>,
    pub(crate) university_supervisor_id: Option<Uuid>,
    pub(crate) relationship_declared: Option<String>,
    pub(crate) state: String,
    pub(crate) active_since: Option<Date>,
    pub(crate) suspended_since: Option<Date>,
    pub(crate) completed_on: Option<Date>,
    pub(crate) effective_date: Option<Date>,
    pub(crate) reason: Option<String>,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) updated_at: DateTimeUtc,
    pub(crate) version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::joined::by_place!(Model {
    id,
    tenant_id,
    student_id,
    programme_id,
    policy_version,
    organisation_id,
    site_id,
    mode,
    continues_id,
    start_date,
    end_date,
    industrial_supervisor_id,
    university_supervisor_id,
    relationship_declared,
    state,
    active_since,
    suspended_since,
    completed_on,
    effective_date,
    reason,
    created_at,
    updated_at,
    version,
});
