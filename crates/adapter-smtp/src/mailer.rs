//! The port `Mailer`.

use ipt_ports::mailer::{Mail, MailError, Mailer};
use lettre::message::Mailbox;

use crate::{
    address::{Address, AddressError},
    folder::Folder,
    message::message,
    smtp::Smtp,
};

/// Why mail cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The server's address is not one.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// The sender is not one.
    #[error(
        "the sender of mails must be an address, or a name and an address: Practical training <ipt@example.ac.tz>"
    )]
    From,
    /// TLS cannot be set up for this host.
    #[error("the mail server's name does not fit a certificate")]
    Tls(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Sends mails to a server, or into a folder.
#[derive(Debug)]
pub struct SmtpMailer {
    from: Mailbox,
    way: Way,
}

#[derive(Debug)]
enum Way {
    Folder(Folder),
    Server(Box<Smtp>),
}

impl SmtpMailer {
    /// Mails from `from` (`Practical training <ipt@example.ac.tz>`, or the address alone) by way of `address`:
    /// `smtp://host:port` (not encrypted: for a server next door), `smtps://host`, `smtp+starttls://host` (each with
    /// `user:password@` before the host where the server asks for it, percent-encoded), or `file:///folder`
    /// (`file://folder` below the working folder), which is made when it is missing.
    ///
    /// Nothing is asked of the server yet; that is what `check` is for.
    ///
    /// # Errors
    /// [`OpenError`]; it repeats nothing of the address, which may hold a password.
    pub fn open(address: &str, from: &str) -> Result<Self, OpenError> {
        let from = from.parse().map_err(|_| OpenError::From)?;
        let way = match Address::parse(address)? {
            Address::Folder(path) => Way::Folder(Folder::new(path)),
            Address::Server(server) => Way::Server(Box::new(
                Smtp::new(server).map_err(|error| OpenError::Tls(Box::new(error)))?,
            )),
        };
        Ok(Self { from, way })
    }
}

#[async_trait::async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let (message, to) = message(mail, &self.from)?;
        match &self.way {
            Way::Folder(folder) => folder.write(&mail.id.to_string(), &message.formatted()).await,
            Way::Server(smtp) => smtp.send(&message, &to).await,
        }
    }

    async fn check(&self) -> Result<(), MailError> {
        match &self.way {
            Way::Folder(folder) => folder.check().await,
            Way::Server(smtp) => smtp.check().await,
        }
    }
}

#[cfg(test)]
mod tests;
