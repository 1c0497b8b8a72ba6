//! A new password by a code that goes out by mail.

pub(super) mod confirm;
pub(super) mod request;
