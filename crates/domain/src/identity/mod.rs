//! People, their roles and what these permit.
//!
//! A user is one person with one mail address over the whole deployment; memberships give roles in an institution. A
//! role is a set of permissions, and never enough by itself: each use case checks the relation to the data as well.
//!
//! ```
//! use ipt_domain::identity::{email::EmailAddress, permission::Permission, role::Role};
//!
//! let given = EmailAddress::parse("Asha.Mushi@Example.ac.tz")?;
//! assert_eq!(given, EmailAddress::parse("asha.mushi@example.ac.tz")?);
//! assert_eq!(given.as_str(), "Asha.Mushi@Example.ac.tz");
//!
//! assert!(Role::Student.permissions().contains(Permission::LogbookWrite));
//! assert!(!Role::Student.permissions().contains(Permission::UserRead));
//! # Ok::<(), ipt_domain::identity::email::EmailError>(())
//! ```

pub mod account;
pub mod data_export;
pub mod email;
pub mod grant;
pub mod lockout;
pub mod mailed_secret;
pub mod membership;
pub mod name;
pub mod password;
pub mod permission;
pub mod personal;
pub mod profile;
pub mod role;
pub mod tenant_role;
