//! A mail server for tests: it speaks SMTP on a port of its own, keeps what it receives, and fails when told to.
//!
//! ```
//! # use ipt_testkit::smtp::{Refusal, SmtpServer};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let server = SmtpServer::start().await;
//! // … send a mail to server.url(), then:
//! // let received = server.wait_for(1).await;
//! server.refuse(Refusal::MailboxBusy);
//! assert!(server.messages().is_empty());
//! # }
//! ```

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test whose mail server fails has failed"
)]

mod message;
mod session;

use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

pub use self::message::Message;
use self::session::Session;

/// How long [`SmtpServer::wait_for`] waits: far longer than a mail takes, far shorter than a person's patience.
const PATIENCE: Duration = Duration::from_secs(10);

/// How a server turns mail down (RFC 5321, 4.2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// 421: the service is not available; the server closes the connection.
    ServiceUnavailable,
    /// 451: this recipient cannot be served now; trying again later is right.
    MailboxBusy,
    /// 550: there is no such recipient; trying again is pointless.
    NoSuchMailbox,
}

impl Refusal {
    /// The reply code.
    pub const fn code(self) -> u16 {
        match self {
            Self::ServiceUnavailable => 421,
            Self::MailboxBusy => 451,
            Self::NoSuchMailbox => 550,
        }
    }

    const fn reply(self) -> &'static str {
        match self {
            Self::ServiceUnavailable => "421 4.3.2 Service not available",
            Self::MailboxBusy => "451 4.2.0 Mailbox busy, try again later",
            Self::NoSuchMailbox => "550 5.1.1 No such mailbox",
        }
    }
}

/// What the server does at present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mood {
    Accepting,
    Refusing(Refusal),
    Hanging,
}

/// A running mail server; dropping it closes its port and its connections.
#[derive(Debug)]
pub struct SmtpServer {
    address: SocketAddr,
    mood: watch::Sender<Mood>,
    inbox: watch::Sender<Vec<Message>>,
    accepting: JoinHandle<()>,
}

impl SmtpServer {
    /// Starts a server on a free port of the loopback interface.
    ///
    /// # Panics
    /// If there is none.
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .expect("a free port for the mail server");
        let address = listener.local_addr().expect("the mail server's address");
        let (mood, _) = watch::channel(Mood::Accepting);
        let (inbox, _) = watch::channel(Vec::new());
        let accepting = tokio::spawn(accept(listener, mood.clone(), inbox.clone()));
        Self {
            address,
            mood,
            inbox,
            accepting,
        }
    }

    /// The server as a URL, without encryption: `smtp://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// Where the server listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What has been received so far, oldest first.
    pub fn messages(&self) -> Vec<Message> {
        self.inbox.borrow().clone()
    }

    /// Waits until at least `count` messages are there, and returns all of them, oldest first.
    ///
    /// # Panics
    /// If they are not there within ten seconds.
    pub async fn wait_for(&self, count: usize) -> Vec<Message> {
        let mut inbox = self.inbox.subscribe();
        let enough = inbox.wait_for(|messages| messages.len() >= count);
        let Ok(messages) = tokio::time::timeout(PATIENCE, enough).await else {
            panic!(
                "{count} messages were expected, and {} came",
                self.messages().len()
            );
        };
        messages.expect("the server holds the inbox open").clone()
    }

    /// From now on, mail is turned down. Connections that are open notice it too.
    pub fn refuse(&self, refusal: Refusal) {
        self.mood.send_replace(Mood::Refusing(refusal));
    }

    /// From now on, nothing is answered: a client waits until its own time limit, or until [`Self::accept`].
    pub fn hang(&self) {
        self.mood.send_replace(Mood::Hanging);
    }

    /// From now on, mail is taken again, as at the start.
    pub fn accept(&self) {
        self.mood.send_replace(Mood::Accepting);
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Serves every client at once. The sessions end with this task, because it owns them.
async fn accept(listener: TcpListener, mood: watch::Sender<Mood>, inbox: watch::Sender<Vec<Message>>) {
    let mut sessions = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let session = Session::new(stream, mood.subscribe(), inbox.clone());
        // A client that goes away in the middle is the client's business.
        sessions.spawn(async move { session.run().await.ok() });
    }
}

#[cfg(test)]
mod tests;
