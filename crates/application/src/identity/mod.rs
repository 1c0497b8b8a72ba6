//! People: signing in and out, sessions, and the people of an institution.
//!
//! [`sign_in`], [`refresh`], [`switch_tenant`] and [`sign_out`] keep sessions; [`authenticate`] stands before every
//! signed-in request; [`me`] tells a person about oneself; [`users`] is what coordinators and administrators do;
//! [`bootstrap_admin`] makes the first administrator from the command line.

pub mod authenticate;
pub mod bootstrap_admin;
pub mod error;
pub mod me;
mod password;
mod principal;
pub mod refresh;
pub mod session;
pub mod sign_in;
pub mod sign_out;
pub mod switch_tenant;
pub mod users;
pub mod violation;

pub use error::IdentityError;
pub use me::{Me, TenantSummary};
pub use session::SignedIn;
pub use violation::IdentityViolation;

#[cfg(test)]
mod tests;
