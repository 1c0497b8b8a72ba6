//! People: signing in and out, sessions, and the people of an institution.
//!
//! [`register`], [`resend_verification`] and [`verify_email`] lead to an account that a person makes for oneself,
//! [`accept_invitation`] to the first password of an account that somebody else made, [`password_reset`] and
//! [`change_password`] to a new one. [`exports`] are copies of what is kept of a person.
//! [`sign_in`], [`refresh`], [`switch_tenant`], [`sign_out`] and [`sessions`] keep sessions; [`authenticate`] stands before every
//! signed-in request; [`me`] tells a person about oneself, [`profiles`] keeps what institutions know of them; [`users`] is what coordinators and administrators do, and
//! [`visiting`] what somebody who keeps the deployment does in an institution; [`bootstrap_admin`] makes the first
//! administrator from the command line.

pub mod accept_invitation;
mod asking;
pub mod authenticate;
pub mod bootstrap_admin;
pub mod change_password;
mod device;
pub mod error;
pub mod exports;
mod failure;
mod mailing;
pub mod me;
mod password;
pub mod password_reset;
mod principal;
pub mod profiles;
pub mod refresh;
pub mod register;
pub mod resend_verification;
pub mod roles;
pub mod session;
pub mod sessions;
pub mod sign_in;
pub mod sign_out;
pub mod switch_tenant;
pub mod users;
pub mod verify_email;
pub mod violation;
pub mod visiting;

pub use error::IdentityError;
pub use me::{Me, TenantSummary};
pub use session::SignedIn;
pub use violation::IdentityViolation;

#[cfg(test)]
mod tests;
