use std::{os::unix::fs::PermissionsExt, path::Path, time::Duration};

use ipt_testkit::smtp::{Refusal, SmtpServer};
use tokio::{net::TcpListener, time::Instant};
use uuid::Uuid;

use super::*;

const FROM: &str = "Practical training <ipt@training.example.ac.tz>";

fn mail(number: u128) -> Mail {
    Mail {
        id: Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0000 + number),
        to_address: "asha@example.com".to_owned(),
        to_name: "Asha Juma".to_owned(),
        subject: format!("Your log, {number}"),
        text: "Hello Zoë,\n.\n12345678\n".to_owned(),
        html: "<p>Hello Zoë</p>".to_owned(),
    }
}

fn mailer(server: &SmtpServer) -> SmtpMailer {
    SmtpMailer::open(&server.url(), FROM).unwrap()
}

/// The whole chain of an error, as it is logged.
fn told(error: &MailError) -> String {
    use std::error::Error;
    let mut told = format!("{error:?} {error}");
    let mut source = error.source();
    while let Some(error) = source {
        told = format!("{told}: {error} {error:?}");
        source = error.source();
    }
    told
}

#[tokio::test]
async fn a_mail_arrives_as_text_and_html() {
    let server = SmtpServer::start().await;
    mailer(&server).send(&mail(1)).await.unwrap();
    let received = &server.wait_for(1).await[0];
    assert_eq!(received.sender, "ipt@training.example.ac.tz");
    assert_eq!(received.recipients, ["asha@example.com"]);
    assert_eq!(received.subject(), "Your log, 1");
    assert_eq!(
        received.text().unwrap().replace("\r\n", "\n").trim_end(),
        "Hello Zoë,\n.\n12345678"
    );
    assert_eq!(received.html().unwrap().trim_end(), "<p>Hello Zoë</p>");
    let id = "<01970000-0000-7000-8000-000000000001@training.example.ac.tz>";
    assert_eq!(received.header("Message-ID").as_deref(), Some(id));
}

#[tokio::test]
async fn many_mails_go_one_after_the_other_and_at_once() {
    let server = SmtpServer::start().await;
    let mailer = std::sync::Arc::new(mailer(&server));
    for number in 0..5 {
        mailer.send(&mail(number)).await.unwrap();
    }
    let at_once: Vec<_> = (5..20)
        .map(|number| {
            let mailer = std::sync::Arc::clone(&mailer);
            tokio::spawn(async move { mailer.send(&mail(number)).await })
        })
        .collect();
    for sent in at_once {
        sent.await.unwrap().unwrap();
    }
    let mut subjects: Vec<String> = server
        .messages()
        .iter()
        .map(ipt_testkit::smtp::Message::subject)
        .collect();
    subjects.sort();
    subjects.dedup();
    assert_eq!(subjects.len(), 20);
}

#[tokio::test]
async fn a_mailbox_that_does_not_exist_is_refused_for_good_and_the_others_can_be_tried_again() {
    let server = SmtpServer::start().await;
    let mailer = mailer(&server);
    mailer.send(&mail(1)).await.unwrap();

    server.refuse(Refusal::NoSuchMailbox);
    let error = mailer.send(&mail(2)).await.unwrap_err();
    assert!(matches!(error, MailError::Refused(_)), "{error:?}");
    assert!(told(&error).contains("550 5.1.1"), "{}", told(&error));

    for refusal in [Refusal::MailboxBusy, Refusal::ServiceUnavailable] {
        server.refuse(refusal);
        let error = mailer.send(&mail(3)).await.unwrap_err();
        assert!(matches!(error, MailError::Unavailable(_)), "{error:?}");
        assert!(
            told(&error).contains(&refusal.code().to_string()),
            "{}",
            told(&error)
        );
    }

    server.accept();
    mailer.send(&mail(4)).await.unwrap();
    let subjects: Vec<String> = server
        .messages()
        .iter()
        .map(ipt_testkit::smtp::Message::subject)
        .collect();
    assert_eq!(subjects, ["Your log, 1", "Your log, 4"]);
}

#[tokio::test]
async fn a_connection_that_the_server_has_closed_is_replaced() {
    let server = SmtpServer::start().await;
    let mailer = mailer(&server);
    mailer.send(&mail(1)).await.unwrap();
    // Says goodbye on the connection that was kept.
    server.refuse(Refusal::ServiceUnavailable);
    mailer.send(&mail(2)).await.unwrap_err();
    server.accept();
    mailer.send(&mail(3)).await.unwrap();
    assert_eq!(server.messages().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_hangs_is_given_up_and_its_late_replies_confuse_no_later_mail() {
    let server = SmtpServer::start().await;
    let mailer = mailer(&server);
    server.hang();
    let began = Instant::now();
    let error = mailer.send(&mail(1)).await.unwrap_err();
    assert!(matches!(error, MailError::Unavailable(_)), "{error:?}");
    assert!(matches!(mailer.check().await, Err(MailError::Unavailable(_))));
    assert!(
        began.elapsed() <= Duration::from_secs(50),
        "{:?}",
        began.elapsed()
    );
}

#[tokio::test]
async fn a_server_that_hangs_in_the_middle_of_a_mail_leaves_no_connection_behind() {
    let server = SmtpServer::start().await;
    let mailer = mailer(&server);
    mailer.send(&mail(1)).await.unwrap();
    server.hang();
    {
        // The sender goes away in the middle of a command.
        let mail = mail(2);
        let mut sending = mailer.send(&mail);
        for _ in 0..100 {
            let step = futures_poll(&mut sending).await;
            assert!(step.is_none(), "nothing can be sent now");
        }
    }
    server.accept();
    server.refuse(Refusal::NoSuchMailbox);
    let error = mailer.send(&mail(3)).await.unwrap_err();
    assert!(matches!(error, MailError::Refused(_)), "{error:?}");
    server.accept();
    mailer.send(&mail(4)).await.unwrap();
    let subjects: Vec<String> = server
        .messages()
        .iter()
        .map(ipt_testkit::smtp::Message::subject)
        .collect();
    assert_eq!(subjects, ["Your log, 1", "Your log, 4"]);
}

/// Lets a future run a step.
async fn futures_poll<T>(future: &mut (impl Future<Output = T> + Unpin)) -> Option<T> {
    tokio::select! {
        biased;
        done = future => Some(done),
        () = tokio::task::yield_now() => None,
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_or_is_no_mail_server_is_unavailable() {
    let gone = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = gone.local_addr().unwrap();
    drop(gone);
    let mailer = SmtpMailer::open(&format!("smtp://{address}"), FROM).unwrap();
    assert!(matches!(mailer.check().await, Err(MailError::Unavailable(_))));

    let other = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = other.local_addr().unwrap();
    let greeting = tokio::spawn(async move {
        use tokio::io::AsyncWriteExt;
        loop {
            let (mut stream, _) = other.accept().await.unwrap();
            stream
                .write_all(b"SSH-2.0-OpenSSH_9.2 asha@example.com\r\n")
                .await
                .unwrap();
        }
    });
    let mailer = SmtpMailer::open(&format!("smtp://{address}"), FROM).unwrap();
    let error = mailer.send(&mail(1)).await.unwrap_err();
    assert!(matches!(error, MailError::Unavailable(_)));
    assert!(!told(&error).contains("asha"), "{}", told(&error));
    greeting.abort();
}

/// A server that says `greeting` and then answers each line with the reply for its first word.
async fn scripted(replies: &'static [(&'static str, &'static str)]) -> String {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufStream};
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let mut stream = BufStream::new(stream);
            let _ = stream.write_all(b"220 localhost\r\n").await;
            let _ = stream.flush().await;
            let mut line = String::new();
            while stream.read_line(&mut line).await.is_ok_and(|length| length > 0) {
                let reply = replies
                    .iter()
                    .find(|(word, _)| line.starts_with(word))
                    .map_or("250 OK", |(_, reply)| reply);
                let _ = stream.write_all(format!("{reply}\r\n").as_bytes()).await;
                let _ = stream.flush().await;
                line.clear();
            }
        }
    });
    address
}

#[tokio::test]
async fn a_refusal_at_the_door_concerns_the_service_and_not_the_mail() {
    for replies in [
        &[("EHLO", "554 5.7.1 Not you")][..],
        &[
            ("EHLO", "250-localhost\r\n250 AUTH PLAIN"),
            ("AUTH", "535 5.7.8 Bad credentials for ipt@example.com"),
        ],
        &[("MAIL", "530 5.7.0 Must issue a STARTTLS command first")],
    ] {
        let address = scripted(replies).await;
        let mailer = SmtpMailer::open(&format!("smtp://ipt:secret@{address}"), FROM).unwrap();
        let plain = SmtpMailer::open(&format!("smtp://{address}"), FROM).unwrap();
        let with_password = mailer.send(&mail(1)).await.unwrap_err();
        assert!(
            matches!(with_password, MailError::Unavailable(_)),
            "{with_password:?}"
        );
        assert!(!told(&with_password).contains("ipt@"), "{}", told(&with_password));
        if replies[0].0 != "EHLO" {
            assert!(matches!(
                plain.send(&mail(1)).await,
                Err(MailError::Unavailable(_))
            ));
        }
    }
}

#[tokio::test]
async fn a_server_without_encryption_gets_no_mail_and_no_password_when_it_must_encrypt() {
    let address = scripted(&[("EHLO", "250-localhost\r\n250 AUTH PLAIN")]).await;
    let mailer = SmtpMailer::open(&format!("smtp+starttls://ipt:secret@{address}"), FROM).unwrap();
    assert!(matches!(
        mailer.send(&mail(1)).await,
        Err(MailError::Unavailable(_))
    ));
}

#[tokio::test]
async fn an_address_in_letters_that_the_server_does_not_know_is_refused_for_good() {
    let address = scripted(&[("EHLO", "250 localhost")]).await;
    let mailer = SmtpMailer::open(&format!("smtp://{address}"), FROM).unwrap();
    let mail = Mail {
        to_address: "zoë@example.com".to_owned(),
        ..mail(1)
    };
    let error = mailer.send(&mail).await.unwrap_err();
    assert!(matches!(error, MailError::Refused(_)), "{error:?}");
}

#[tokio::test]
async fn what_the_server_says_of_a_recipient_is_not_told_on() {
    let address = scripted(&[("RCPT", "550 5.1.1 <asha@example.com>: no such user")]).await;
    let mailer = SmtpMailer::open(&format!("smtp://{address}"), FROM).unwrap();
    let error = mailer.send(&mail(1)).await.unwrap_err();
    assert!(matches!(error, MailError::Refused(_)), "{error:?}");
    assert!(
        told(&error).contains("550 5.1.1") && !told(&error).contains("asha"),
        "{}",
        told(&error)
    );
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn mails_go_into_a_folder_that_only_its_owner_can_read() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("data/mail");
    let mailer = SmtpMailer::open(&format!("file://{}", folder.display()), FROM).unwrap();
    mailer.check().await.unwrap();
    assert_eq!(files(&folder), Vec::<String>::new());
    mailer.send(&mail(1)).await.unwrap();
    mailer.send(&mail(2)).await.unwrap();
    // The same mail again, as after a crash: still one file.
    mailer.send(&mail(1)).await.unwrap();
    let expected = [1, 2].map(|number| format!("01970000-0000-7000-8000-00000000000{number}.eml"));
    assert_eq!(files(&folder), expected);
    let file = folder.join(&expected[0]);
    let content = std::fs::read_to_string(&file).unwrap();
    assert!(
        content.contains("Subject: Your log, 1\r\n") && content.contains("\r\n12345678\r\n"),
        "{content}"
    );
    for (path, mode) in [(folder, 0o700), (file, 0o600)] {
        assert_eq!(
            std::fs::metadata(path).unwrap().permissions().mode() & 0o777,
            mode
        );
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_unavailable() {
    let parent = tempfile::tempdir().unwrap();
    let file = parent.path().join("file");
    std::fs::write(&file, "").unwrap();
    let mailer = SmtpMailer::open(&format!("file://{}/mail", file.display()), FROM).unwrap();
    assert!(matches!(mailer.check().await, Err(MailError::Unavailable(_))));
    assert!(matches!(
        mailer.send(&mail(1)).await,
        Err(MailError::Unavailable(_))
    ));
}

#[tokio::test]
async fn a_wrong_sender_or_address_is_told_at_once_without_the_password() {
    assert!(matches!(
        SmtpMailer::open("file:///tmp/mail", "nobody"),
        Err(OpenError::From)
    ));
    let error = SmtpMailer::open("smtp//ipt:secret@host", FROM).unwrap_err();
    assert!(matches!(error, OpenError::Address(_)));
    assert!(!format!("{error} {error:?}").contains("secret"));
    let mailer = SmtpMailer::open("smtps://ipt:secret@mail.example.com", FROM).unwrap();
    assert!(!format!("{mailer:?}").contains("secret"), "{mailer:?}");
}
