//! The HTTP API: one endpoint a file, over the use cases of `ipt-application`.
//!
//! - [`create_app`] puts everything together, for the server and for tests alike; the order of the middleware stands
//!   there and nowhere else.
//! - `codes` is the one table of error codes; `problem` turns every failure into problem+json (RFC 9457).
//! - `extract` reads requests, `answer` writes answers: entity tags, pages, creation.
//! - `browser` keeps tokens in cookies, and other sites from using them.
//! - `middleware` has what happens to every request: whence it comes, request id, span, rate limit, sign-in, idempotency
//!   keys.
//! - A room for each context (`identity`, `tenancy`, `placement`, `logbook`, …) has its endpoints and what they read and
//!   write. A handler is short: parse → command → use case → answer. No rule and no SQL is here.

mod answer;
mod app;
mod audit;
mod browser;
mod codes;
mod docs;
mod engagement;
mod extract;
mod health;
mod identity;
mod insight;
mod logbook;
mod middleware;
mod openapi;
mod placement;
mod problem;
mod routes;
mod seal;
mod state;
mod tenancy;
mod wire;

pub use app::create_app;
pub use codes::catalogue_markdown;
pub use middleware::{Network, NetworkError, Origin, OriginError};
pub use openapi::openapi;
pub use routes::{Route, routes};
pub use seal::SealKeys;
pub use state::{ApiSettings, ApiState};

#[cfg(test)]
mod testing;
