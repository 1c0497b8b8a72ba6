//! A new password by a code that goes out by mail, for somebody who cannot sign in.

pub mod confirm;
pub mod request;
