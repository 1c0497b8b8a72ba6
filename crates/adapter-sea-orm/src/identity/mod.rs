//! People, memberships and sessions.
//!
//! Accounts and sessions belong to no institution: they are found by their own keys in any scope. Memberships do, and a
//! list of people shows those with a membership in scope.

mod account_repository;
pub(crate) mod account_row;
mod data_export_mapper;
mod data_export_row;
mod data_exports;
mod device_row;
mod devices;
mod directory;
mod erasure;
mod mailed_secret_mapper;
mod mailed_secret_row;
mod mailed_secrets;
mod mapper;
mod membership_repository;
pub(crate) mod membership_row;
mod membership_view;
mod particular_row;
mod principal;
mod profile_mapper;
mod profile_row;
mod profiles;
mod reader;
mod repository;
pub(crate) mod role_row;
mod session_repository;
mod session_row;
mod tenant_role_mapper;
mod tenant_role_row;
mod tenant_roles;
mod token_row;
