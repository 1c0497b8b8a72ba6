//! The table of sites.

use sea_orm::entity::prelude::*;

/// A place of an organisation; shared when it has no institution.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "site")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) tenant_id: Option<Uuid>,
    pub(crate) name: String,
    pub(crate) name_folded: String,
    pub(crate) address: Option<String>,
    pub(crate) time_zone: Option<String>,
    pub(crate) latitude: Option<f64>,
    pub(crate) longitude: Option<f64>,
    pub(crate) geofence: Option<Json>,
    pub(crate) weekend_days: Option<i32>,
    pub(crate) holidays: Option<Json>,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::joined::by_place!(Model {
    id,
    organisation_id,
    tenant_id,
    name,
    name_folded,
    address,
    time_zone,
    latitude,
    longitude,
    geofence,
    weekend_days,
    holidays,
    created_at,
    version,
});
