//! What the application needs from outside: traits, the values that cross them, and their errors. No driver is named
//! here; the adapters implement these traits, and `ipt-testkit` has in-memory ones.
//!
//! Reads that need no transaction go through [`Reader`]; everything that changes something goes through a
//! [`UnitOfWork`], which rolls back when it is dropped without [`UnitOfWork::commit`]. Every call names the
//! [`Scope`] in which it may see rows.

pub mod archive;
pub mod audit;
pub mod blob_store;
pub mod clock;
pub mod engagement;
pub mod identity;
pub mod insight;
pub mod logbook;
pub mod mailer;
pub mod page;
pub mod placement;
pub mod rate_limiter;
pub mod repository_error;
pub mod scope;
pub mod tenancy;
pub mod unit_of_work;

pub use clock::{Clock, IdGenerator};
pub use repository_error::{Constraint, RepositoryError};
pub use scope::{Scope, SystemScope};
pub use unit_of_work::{Database, Reader, UnitOfWork};
