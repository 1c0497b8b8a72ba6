//! The server in conversation with a mail library, and with a client that types by hand.

use std::time::Duration;

use lettre::message::{MultiPart, header::ContentType};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use super::*;

type Transport = AsyncSmtpTransport<Tokio1Executor>;

fn transport(server: &SmtpServer) -> Transport {
    Transport::from_url(&server.url()).unwrap().build()
}

fn mail(subject: &str, text: &str) -> lettre::Message {
    let html = format!("<p>{text}</p>");
    lettre::Message::builder()
        .from("Office <office@example.org>".parse().unwrap())
        .to("ann@example.org".parse().unwrap())
        .subject(subject)
        .multipart(MultiPart::alternative_plain_html(text.to_owned(), html))
        .unwrap()
}

/// A client that types by hand.
struct Typist(BufReader<TcpStream>);

impl Typist {
    async fn connect(server: &SmtpServer) -> Self {
        Self(BufReader::new(
            TcpStream::connect(server.address()).await.unwrap(),
        ))
    }

    async fn types(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).await.unwrap();
    }

    /// The next reply line; empty once the server has closed.
    async fn reads(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).await.unwrap();
        line.trim_end().to_owned()
    }

    async fn reads_code(&mut self, code: &str) {
        let line = self.reads().await;
        assert!(line.starts_with(code), "expected {code}, read `{line}`");
    }
}

#[tokio::test]
async fn a_mail_arrives_with_envelope_subject_text_and_html_decoded() {
    let server = SmtpServer::start().await;
    let text = "Your log of 3 March was approved — “well done”.\n.a line with a dot\n";
    transport(&server)
        .send(mail("Журнал approuvé", text))
        .await
        .unwrap();

    let received = server.wait_for(1).await;

    assert_eq!(received.len(), 1);
    assert_eq!(received[0].sender, "office@example.org");
    assert_eq!(received[0].recipients, ["ann@example.org"]);
    assert_eq!(received[0].subject(), "Журнал approuvé");
    assert_eq!(received[0].header("to").as_deref(), Some("ann@example.org"));
    assert_eq!(
        received[0].text().unwrap().replace("\r\n", "\n").trim_end(),
        text.trim_end()
    );
    assert!(received[0].html().unwrap().starts_with("<p>Your log of 3 March"));
}

#[tokio::test]
async fn a_mail_in_plain_text_alone_has_no_html() {
    let server = SmtpServer::start().await;
    let plain = lettre::Message::builder()
        .from("office@example.org".parse().unwrap())
        .to("ann@example.org".parse().unwrap())
        .header(ContentType::TEXT_PLAIN)
        .body("plain".to_owned())
        .unwrap();
    transport(&server).send(plain).await.unwrap();

    let received = server.wait_for(1).await;

    assert_eq!(received[0].text().as_deref().map(str::trim_end), Some("plain"));
    assert_eq!((received[0].html(), received[0].subject()), (None, String::new()));
}

#[tokio::test]
async fn a_busy_mailbox_is_a_passing_failure_and_a_missing_one_a_lasting_failure() {
    let server = SmtpServer::start().await;
    let transport = transport(&server);

    server.refuse(Refusal::MailboxBusy);
    let busy = transport.send(mail("later", "text")).await.unwrap_err();
    server.refuse(Refusal::NoSuchMailbox);
    let missing = transport.send(mail("never", "text")).await.unwrap_err();

    assert!(busy.is_transient(), "{busy:?}");
    assert!(missing.is_permanent(), "{missing:?}");
    assert!(server.messages().is_empty());
}

#[tokio::test]
async fn an_unavailable_service_says_so_and_closes_also_to_those_already_connected() {
    let server = SmtpServer::start().await;
    let mut connected = Typist::connect(&server).await;
    connected.reads_code("220").await;

    server.refuse(Refusal::ServiceUnavailable);
    connected.types("NOOP\r\n").await;
    connected.reads_code("421").await;
    assert_eq!(connected.reads().await, "");

    let mut newcomer = Typist::connect(&server).await;
    newcomer.reads_code("421").await;
    assert_eq!(newcomer.reads().await, "");
}

#[tokio::test]
async fn mail_is_taken_again_once_the_server_accepts() {
    let server = SmtpServer::start().await;
    let transport = transport(&server);
    server.refuse(Refusal::ServiceUnavailable);
    transport.send(mail("refused", "text")).await.unwrap_err();

    server.accept();
    transport.send(mail("taken", "text")).await.unwrap();

    assert_eq!(server.wait_for(1).await[0].subject(), "taken");
}

#[tokio::test]
async fn a_hanging_server_answers_nothing_until_it_accepts_again() {
    let server = SmtpServer::start().await;
    server.hang();
    // The mail library has a time limit for connecting, but none for the conversation: the caller sets one.
    let transport = transport(&server);
    let hanging = tokio::time::timeout(Duration::from_millis(50), transport.send(mail("lost", "text"))).await;
    assert!(hanging.is_err(), "{hanging:?}");

    let mut patient = Typist::connect(&server).await;
    server.accept();
    patient.reads_code("220").await;
    assert!(server.messages().is_empty());
}

#[tokio::test]
async fn commands_may_be_sent_without_waiting_for_the_replies() {
    let server = SmtpServer::start().await;
    let mut typist = Typist::connect(&server).await;
    typist
        .types("HELO me\r\nMAIL FROM:<>\r\nRCPT TO:<ann@example.org>\r\nrcpt to: <bob@example.org>\r\n")
        .await;
    typist
        .types("DATA\r\nSubject: Bounce\r\n\r\n..two dots\r\n.\r\nQUIT\r\n")
        .await;
    for code in ["220", "250", "250", "250", "250", "354", "250", "221"] {
        typist.reads_code(code).await;
    }

    let received = server.wait_for(1).await;

    assert_eq!(received[0].sender, "");
    assert_eq!(received[0].recipients, ["ann@example.org", "bob@example.org"]);
    assert_eq!(received[0].raw, b"Subject: Bounce\r\n\r\n.two dots\r\n");
}

#[tokio::test]
async fn a_reset_forgets_the_envelope_and_order_is_kept() {
    let server = SmtpServer::start().await;
    let mut typist = Typist::connect(&server).await;
    typist.reads_code("220").await;
    for (command, code) in [
        ("HELO me", "250"),
        ("RCPT TO:<ann@example.org>", "503"),
        ("MAIL FROM:<office@example.org> BODY=8BITMIME", "250"),
        ("MAIL FROM:<other@example.org>", "503"),
        ("DATA", "503"),
        ("RCPT TO:ann@example.org", "501"),
        ("RCPT TO:<ann@example.org>", "250"),
        ("RSET", "250"),
        ("DATA", "503"),
        ("VRFY ann", "502"),
    ] {
        typist.types(&format!("{command}\r\n")).await;
        typist.reads_code(code).await;
    }
}
