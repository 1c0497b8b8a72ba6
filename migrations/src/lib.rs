//! The steps that make the tables, on PostgreSQL and SQLite alike: one file a step, up and down.
//!
//! A step that was released is never changed. A change of a table is a new step, in two parts where older servers still
//! run beside newer ones: first it expands (a new column, filled by both), later it contracts.

use sea_orm_migration::{MigrationTrait, MigratorTrait};

pub(crate) mod ddl;
pub mod m0001_tenancy;
pub mod m0002_identity;
pub mod m0003_placement;
pub mod m0004_logbook;
pub mod m0005_engagement;
pub mod m0006_audit;
pub mod m0007_row_level_security;
pub mod m0008_directory;
pub mod m0009_accounts;
pub mod m0012_tenants;
pub mod m0014_sign_in_view;
pub mod m0016_tenant_roles;
pub mod m0018_profiles;
pub mod m0020_data_exports;
pub mod m0022_remarks;
pub mod m0024_devices;
pub mod m0026_supervisor_hold;
pub(crate) mod policies;

/// Every step, in order.
#[derive(Clone, Copy, Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_tenancy::Migration),
            Box::new(m0002_identity::Migration),
            Box::new(m0003_placement::Migration),
            Box::new(m0004_logbook::Migration),
            Box::new(m0005_engagement::Migration),
            Box::new(m0006_audit::Migration),
            Box::new(m0007_row_level_security::Migration),
            Box::new(m0008_directory::Migration),
            Box::new(m0009_accounts::Migration),
            Box::new(m0012_tenants::Migration),
            Box::new(m0014_sign_in_view::Migration),
            Box::new(m0016_tenant_roles::Migration),
            Box::new(m0018_profiles::Migration),
            Box::new(m0020_data_exports::Migration),
            Box::new(m0022_remarks::Migration),
            Box::new(m0024_devices::Migration),
            Box::new(m0026_supervisor_hold::Migration),
        ]
    }
}
