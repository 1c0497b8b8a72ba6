//! The table of accounts.

use sea_orm::entity::prelude::*;

/// One person with one mail address.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_account")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) email: String,
    pub(crate) email_folded: String,
    pub(crate) full_name: String,
    pub(crate) name_folded: String,
    pub(crate) password_hash: Option<String>,
    pub(crate) email_verified_at: Option<DateTimeUtc>,
    pub(crate) disabled_at: Option<DateTimeUtc>,
    pub(crate) failures: i32,
    pub(crate) failing_since: Option<DateTimeUtc>,
    pub(crate) locked_until: Option<DateTimeUtc>,
    pub(crate) language: String,
    pub(crate) last_tenant_id: Option<Uuid>,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) version: i32,
}

/// Shows the id alone: names, addresses and hashes must not reach a log line.
impl std::fmt::Debug for Model {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("user_account")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
