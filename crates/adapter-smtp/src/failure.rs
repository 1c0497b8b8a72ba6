//! What goes wrong with a mail server, in the words of the port.

use std::time::Duration;

use ipt_ports::mailer::MailError;
use lettre::{Address, transport::smtp};

/// A reply that says no (RFC 5321, §4.2, and RFC 3463). Its text is left out: it often repeats the recipient's address.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the mail server replies {code}{}", status.as_ref().map(|status| format!(" {status}")).unwrap_or_default())]
pub(crate) struct Reply {
    code: u16,
    status: Option<String>,
}

/// The server did not answer in time.
#[derive(Debug, thiserror::Error)]
#[error("the mail server did not answer within {} seconds", .0.as_secs())]
pub(crate) struct TooSlow(pub(crate) Duration);

/// The server speaks, but not SMTP.
#[derive(Debug, thiserror::Error)]
#[error("the mail server's reply cannot be read")]
struct Unreadable;

/// Refusals that concern this service and not the mail: it must sign in, or could not.
const ABOUT_US: [u16; 4] = [530, 534, 535, 538];

/// What kept a connection from being made. Whatever the server says now, it says of this service and not of a mail.
pub(crate) fn of_connecting(error: smtp::Error) -> MailError {
    MailError::Unavailable(source(error))
}

/// What kept a mail from being taken.
pub(crate) fn of_sending(error: smtp::Error, to: &Address) -> MailError {
    let code = error.status().map(u16::from);
    let of_this_mail = error.is_permanent() && code.is_none_or(|code| !ABOUT_US.contains(&code));
    // lettre's word for an address in letters that the server does not know (RFC 6531).
    let of_this_address = error.is_client() && !AsRef::<str>::as_ref(to).is_ascii();
    if of_this_mail || of_this_address {
        MailError::Refused(source(error))
    } else {
        MailError::Unavailable(source(error))
    }
}

fn source(error: smtp::Error) -> Box<dyn std::error::Error + Send + Sync> {
    use std::error::Error;
    match error.status() {
        Some(code) => {
            let text = error.source().map(ToString::to_string).unwrap_or_default();
            Box::new(Reply {
                code: code.into(),
                status: text.split_whitespace().next().and_then(enhanced),
            })
        }
        None if error.is_response() => Box::new(Unreadable),
        None => Box::new(error),
    }
}

/// An enhanced status code such as `5.1.1`.
fn enhanced(word: &str) -> Option<String> {
    let numbers: Vec<&str> = word.split('.').collect();
    let fine =
        |number: &&str| (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    (numbers.len() == 3 && numbers.iter().all(fine)).then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_told_by_its_codes() {
        let reply = |code, word| {
            Reply {
                code,
                status: enhanced(word),
            }
            .to_string()
        };
        assert_eq!(reply(550, "5.1.1"), "the mail server replies 550 5.1.1");
        for word in [
            "",
            "No",
            "5.1",
            "5.1.1.1",
            "5..1",
            "a.b.c",
            "5.1.1234",
            "<asha@example.com>:",
        ] {
            assert_eq!(reply(451, word), "the mail server replies 451", "{word}");
        }
    }
}
