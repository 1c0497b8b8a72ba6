//! The table of audit records.

use sea_orm::entity::prelude::*;

/// One record: ids and digests only.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_record")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) tenant_id: Option<Uuid>,
    pub(crate) at: DateTimeUtc,
    pub(crate) actor_id: Option<Uuid>,
    pub(crate) on_behalf_of_id: Option<Uuid>,
    pub(crate) session_id: Option<Uuid>,
    pub(crate) action: String,
    pub(crate) object_kind: String,
    pub(crate) object_id: Uuid,
    pub(crate) detail_digest: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
