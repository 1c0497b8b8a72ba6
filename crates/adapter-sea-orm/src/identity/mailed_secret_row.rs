//! The table of codes and tokens that went out by mail.

use sea_orm::entity::prelude::*;

/// One of them, by the digest of it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mailed_secret")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) subject_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) purpose: String,
    pub(crate) id: Uuid,
    pub(crate) digest: Vec<u8>,
    pub(crate) issued_at: DateTimeUtc,
    pub(crate) expires_at: DateTimeUtc,
    pub(crate) tries: i32,
    pub(crate) used_at: Option<DateTimeUtc>,
    pub(crate) counting_since: DateTimeUtc,
    pub(crate) mailed: i32,
    pub(crate) version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
