//! One client's conversation with the server (RFC 5321), as far as submitting mail needs it.

use std::io;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufStream};
use tokio::net::TcpStream;
use tokio::sync::watch;

use super::{Message, Mood, Refusal};

const WELCOME: &str = "220 localhost ESMTP";
/// The last line of a reply has a space after the code, the others a hyphen.
const EXTENSIONS: &str = "250-localhost\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8";

/// Whether the conversation goes on.
#[derive(PartialEq, Eq)]
enum Next {
    Listen,
    Close,
}

pub(super) struct Session {
    stream: BufStream<TcpStream>,
    mood: watch::Receiver<Mood>,
    inbox: watch::Sender<Vec<Message>>,
    sender: Option<String>,
    recipients: Vec<String>,
}

impl Session {
    pub(super) fn new(
        stream: TcpStream,
        mood: watch::Receiver<Mood>,
        inbox: watch::Sender<Vec<Message>>,
    ) -> Self {
        Self {
            stream: BufStream::new(stream),
            mood,
            inbox,
            sender: None,
            recipients: Vec::new(),
        }
    }

    /// Talks until the client leaves.
    pub(super) async fn run(mut self) -> io::Result<()> {
        if self.refusal().await == Some(Refusal::ServiceUnavailable) {
            return self.reply(Refusal::ServiceUnavailable.reply()).await;
        }
        self.reply(WELCOME).await?;
        while let Some(line) = self.line().await? {
            if self.obey(&String::from_utf8_lossy(&line)).await? == Next::Close {
                break;
            }
        }
        Ok(())
    }

    async fn obey(&mut self, line: &str) -> io::Result<Next> {
        let refusal = self.refusal().await;
        if refusal == Some(Refusal::ServiceUnavailable) {
            self.reply(Refusal::ServiceUnavailable.reply()).await?;
            return Ok(Next::Close);
        }
        let verb = line
            .split([' ', ':'])
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase();
        match verb.as_str() {
            "HELO" => self.reset_and_reply("250 localhost").await?,
            "EHLO" => self.reset_and_reply(EXTENSIONS).await?,
            "RSET" => self.reset_and_reply("250 Flushed").await?,
            "NOOP" => self.reply("250 OK").await?,
            "MAIL" => self.mail(line).await?,
            "RCPT" => self.recipient(line, refusal).await?,
            "DATA" => self.data().await?,
            "QUIT" => {
                self.reply("221 Bye").await?;
                return Ok(Next::Close);
            }
            _ => self.reply("502 Command not implemented").await?,
        }
        Ok(Next::Listen)
    }

    async fn mail(&mut self, line: &str) -> io::Result<()> {
        if self.sender.is_some() {
            return self.reply("503 A sender was given already").await;
        }
        match address(line, "FROM:") {
            Some(sender) => {
                self.sender = Some(sender);
                self.reply("250 Sender OK").await
            }
            None => self.reply("501 Expected MAIL FROM:<address>").await,
        }
    }

    async fn recipient(&mut self, line: &str, refusal: Option<Refusal>) -> io::Result<()> {
        if self.sender.is_none() {
            return self.reply("503 A sender comes first").await;
        }
        match (address(line, "TO:"), refusal) {
            (None, _) => self.reply("501 Expected RCPT TO:<address>").await,
            (Some(_), Some(refusal)) => self.reply(refusal.reply()).await,
            (Some(recipient), None) => {
                self.recipients.push(recipient);
                self.reply("250 Recipient OK").await
            }
        }
    }

    async fn data(&mut self) -> io::Result<()> {
        if self.recipients.is_empty() {
            return self.reply("503 A recipient comes first").await;
        }
        self.reply("354 End with a dot on a line of its own").await?;
        let raw = self.content().await?;
        let (sender, recipients) = (
            self.sender.take().unwrap_or_default(),
            std::mem::take(&mut self.recipients),
        );
        // The mood may have changed while the content was under way.
        if let Some(refusal) = self.refusal().await {
            return self.reply(refusal.reply()).await;
        }
        let message = Message {
            sender,
            recipients,
            raw,
        };
        self.inbox.send_modify(|messages| messages.push(message));
        self.reply("250 Queued").await
    }

    /// The lines up to the single dot. A line that begins with a dot came with one dot more (RFC 5321, 4.5.2).
    async fn content(&mut self) -> io::Result<Vec<u8>> {
        let mut content = Vec::new();
        while let Some(line) = self.line().await? {
            if line == b"." {
                return Ok(content);
            }
            content.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
            content.extend_from_slice(b"\r\n");
        }
        Err(io::ErrorKind::UnexpectedEof.into())
    }

    /// The next line without its end, or `None` when the client has gone.
    async fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        if self.stream.read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        while line.last().is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
            line.pop();
        }
        Ok(Some(line))
    }

    async fn reset_and_reply(&mut self, reply: &str) -> io::Result<()> {
        self.sender = None;
        self.recipients.clear();
        self.reply(reply).await
    }

    async fn reply(&mut self, reply: &str) -> io::Result<()> {
        self.stream.write_all(format!("{reply}\r\n").as_bytes()).await?;
        self.stream.flush().await
    }

    /// How mail is turned down at present, if it is. While the server hangs, this does too.
    async fn refusal(&mut self) -> Option<Refusal> {
        let awake = self.mood.wait_for(|mood| *mood != Mood::Hanging).await;
        match awake.as_deref() {
            Ok(Mood::Refusing(refusal)) => Some(*refusal),
            Ok(Mood::Accepting | Mood::Hanging) | Err(_) => None,
        }
    }
}

/// The address of `MAIL FROM:<ann@example.org> BODY=8BITMIME`; `<>` is an empty one.
fn address(line: &str, before: &str) -> Option<String> {
    let argument = line.get(5..)?.trim_start();
    let (keyword, rest) = argument.split_at_checked(before.len())?;
    let rest = rest.trim_start().strip_prefix('<')?;
    let (address, _) = rest.split_once('>')?;
    keyword.eq_ignore_ascii_case(before).then(|| address.to_owned())
}
