//! What happens to every request, each in its file; their order stands in `app.rs`.

mod accept;
mod authentication;
mod client;
mod conditional;
mod cors;
mod https;
mod idempotency;
mod load;
mod method;
mod path;
mod rate_limit;
mod request_id;
mod security_headers;
mod size;
mod trace;

pub(crate) use accept::negotiate;
pub(crate) use authentication::{authenticate, caller, is_public, origin};
pub(crate) use client::locate;
pub use client::{Network, NetworkError};
pub(crate) use conditional::conditional;
pub(crate) use cors::share_with;
pub use cors::{Origin, OriginError};
pub(crate) use https::upgrade;
pub(crate) use idempotency::{Idempotency, idempotent};
pub(crate) use load::{Load, bound, refuse_while_draining};
pub(crate) use method::{answer_head, is_head};
pub(crate) use path::spell;
pub(crate) use rate_limit::{RateLimits, limit_rate};
pub(crate) use request_id::{RequestId, identify};
pub(crate) use security_headers::secure;
pub(crate) use size::limit_size;
pub(crate) use trace::RequestSpan;
