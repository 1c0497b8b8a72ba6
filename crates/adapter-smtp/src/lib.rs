//! Mail: the ports `Mailer` and `MailRenderer`.
//!
//! [`SmtpMailer`] hands mails to a mail server through lettre, or puts them into a folder as `.eml` files.
//! [`TemplateRenderer`] fills in the templates in `templates/`, one file per mail and language; what each of them is given
//! stands in `templates/README.md`.
//!
//! Errors carry no mail address and nothing that a mail server says in words, for both reach the log.

mod address;
mod catalogue;
mod failure;
mod folder;
mod mailer;
mod message;
mod one_line;
mod renderer;
mod smtp;

pub use address::AddressError;
pub use mailer::{OpenError, SmtpMailer};
pub use renderer::TemplateRenderer;
