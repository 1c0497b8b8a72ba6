//! Connections to a mail server.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use ipt_ports::mailer::MailError;
use lettre::{
    Address, Message,
    transport::smtp::{
        self,
        authentication::DEFAULT_MECHANISMS,
        client::{AsyncSmtpConnection, TlsParameters},
        extension::ClientId,
    },
};
use tokio::time::{Instant, timeout};

use crate::{
    address::{Security, Server},
    failure::{TooSlow, of_connecting, of_sending},
};

/// How long it may take until a connection is ready to take a mail.
const CONNECTING: Duration = Duration::from_secs(10);

/// How long a mail may take, the server's thinking about it included.
const SENDING: Duration = Duration::from_secs(30);

/// How long a connection is kept for the next mail; servers close idle ones after some minutes.
const KEPT: Duration = Duration::from_secs(30);

/// How many are kept.
const MOST_KEPT: usize = 4;

/// Sends mails, several over one connection. lettre's own pool is not used: it puts a connection back although its sender
/// gave up in the middle of a command, and the next mail would take the late reply for its own.
pub(crate) struct Smtp {
    server: Server,
    tls: Option<TlsParameters>,
    hello: ClientId,
    idle: Mutex<Vec<Idle>>,
}

/// A connection that waits for the next mail.
struct Idle {
    connection: AsyncSmtpConnection,
    since: Instant,
}

impl Smtp {
    /// # Errors
    /// When the host's name is none that a certificate can have.
    pub(crate) fn new(server: Server) -> Result<Self, smtp::Error> {
        let tls = match server.security {
            Security::None => None,
            Security::Tls | Security::StartTls => Some(TlsParameters::new(server.host.clone())?),
        };
        Ok(Self {
            server,
            tls,
            hello: ClientId::default(),
            idle: Mutex::default(),
        })
    }

    pub(crate) async fn send(&self, message: &Message, to: &Address) -> Result<(), MailError> {
        let mut connection = self.connection().await?;
        match timeout(SENDING, connection.send(message.envelope(), &message.formatted())).await {
            Ok(Ok(_)) => {
                self.keep(connection);
                Ok(())
            }
            Ok(Err(error)) => Err(of_sending(error, to)),
            Err(_) => Err(MailError::Unavailable(Box::new(TooSlow(SENDING)))),
        }
    }

    pub(crate) async fn check(&self) -> Result<(), MailError> {
        let connection = self.connection().await?;
        self.keep(connection);
        Ok(())
    }

    /// A connection that answers: one that was kept, else a new one.
    async fn connection(&self) -> Result<AsyncSmtpConnection, MailError> {
        let ready = async {
            while let Some(mut kept) = self.kept() {
                if kept.test_connected().await {
                    return Ok(kept);
                }
            }
            self.connect().await
        };
        match timeout(CONNECTING, ready).await {
            Ok(connection) => connection.map_err(of_connecting),
            Err(_) => Err(MailError::Unavailable(Box::new(TooSlow(CONNECTING)))),
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, smtp::Error> {
        let Server {
            host,
            port,
            security,
            credentials,
        } = &self.server;
        let at_once = self.tls.clone().filter(|_| *security == Security::Tls);
        let later = self.tls.clone().filter(|_| *security == Security::StartTls);
        let place = (host.as_str(), *port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(place, Some(CONNECTING), &self.hello, at_once, None).await?;
        if let Some(tls) = later {
            connection.starttls(tls, &self.hello).await?;
        }
        if let Some(credentials) = credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }

    /// The connection used last, unless it has been idle for too long.
    fn kept(&self) -> Option<AsyncSmtpConnection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|idle| idle.since.elapsed() < KEPT);
        idle.pop().map(|idle| idle.connection)
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MOST_KEPT && !connection.has_broken() {
            idle.push(Idle {
                connection,
                since: Instant::now(),
            });
        }
    }
}

/// Without user and password.
impl std::fmt::Debug for Smtp {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Server {
            host, port, security, ..
        } = &self.server;
        write!(formatter, "Smtp({host}:{port}, {security:?})")
    }
}
