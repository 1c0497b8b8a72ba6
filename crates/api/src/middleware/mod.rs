//! What happens to every request, each in its file; their order stands in `app.rs`.

mod accept;
mod authentication;
mod conditional;
mod idempotency;
mod load;
mod method;
mod rate_limit;
mod request_id;
mod security_headers;
mod trace;

pub(crate) use accept::negotiate;
pub(crate) use authentication::{authenticate, caller, is_public, origin};
pub(crate) use conditional::conditional;
pub(crate) use idempotency::{Idempotency, idempotent};
pub(crate) use load::{Load, bound, refuse_while_draining};
pub(crate) use method::answer_head;
pub(crate) use rate_limit::{RateLimits, limit_rate};
pub(crate) use request_id::{RequestId, identify};
pub(crate) use security_headers::secure;
pub(crate) use trace::RequestSpan;
