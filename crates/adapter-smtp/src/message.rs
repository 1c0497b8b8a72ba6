//! From a rendered mail to what goes over the wire (RFC 5322, MIME).

use ipt_ports::mailer::{Mail, MailError};
use lettre::{
    Address, Message,
    message::{
        Body, Mailbox, MultiPart, SinglePart,
        header::{ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue},
    },
};

use crate::one_line::one_line;

/// `Auto-Submitted` (RFC 3834): nobody's holiday notice answers.
#[derive(Clone, Copy, Debug)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The message, and its recipient's address.
///
/// # Errors
/// [`MailError::Malformed`] for a recipient's address that is none.
pub(crate) fn message(mail: &Mail, from: &Mailbox) -> Result<(Message, Address), MailError> {
    let to: Address = mail.to_address.parse().map_err(malformed)?;
    let name = Some(one_line(&mail.to_name)).filter(|name| !name.is_empty());
    let message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(name, to.clone()))
        .subject(one_line(&mail.subject))
        .message_id(Some(format!("<{}@{}>", mail.id, from.email.domain())))
        .header(AutoSubmitted)
        .multipart(
            MultiPart::alternative()
                .singlepart(part(ContentType::TEXT_PLAIN, &mail.text)?)
                .singlepart(part(ContentType::TEXT_HTML, &mail.html)?),
        )
        .map_err(malformed)?;
    Ok((message, to))
}

/// As it is when it is ASCII, else quoted-printable, so that a person can read the source too.
fn part(kind: ContentType, text: &str) -> Result<SinglePart, MailError> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let body = if text.is_ascii() {
        Body::new(text)
    } else {
        let encoded = Body::new_with_encoding(text, ContentTransferEncoding::QuotedPrintable);
        encoded.map_err(|_| malformed(Unencodable))?
    };
    Ok(SinglePart::builder().header(kind).body(body))
}

/// No encoding fits the text.
#[derive(Debug, thiserror::Error)]
#[error("the text cannot be encoded")]
struct Unencodable;

fn malformed(error: impl std::error::Error + Send + Sync + 'static) -> MailError {
    MailError::Malformed(Box::new(error))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn mail() -> Mail {
        Mail {
            id: Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0001),
            to_address: "asha@example.com".to_owned(),
            to_name: "Asha Juma".to_owned(),
            subject: "Your log".to_owned(),
            text: "Hello\n".to_owned(),
            html: "<p>Hello</p>".to_owned(),
        }
    }

    fn from() -> Mailbox {
        "Practical training <ipt@training.example.ac.tz>".parse().unwrap()
    }

    fn written(mail: &Mail) -> String {
        String::from_utf8(message(mail, &from()).unwrap().0.formatted()).unwrap()
    }

    /// The header lines, folded ones unfolded.
    fn headers(written: &str) -> Vec<String> {
        let head = written.split_once("\r\n\r\n").unwrap().0;
        head.replace("\r\n ", " ")
            .split("\r\n")
            .map(ToOwned::to_owned)
            .collect()
    }

    fn header(written: &str, name: &str) -> Vec<String> {
        let start = format!("{name}: ");
        headers(written)
            .iter()
            .filter_map(|line| Some(line.strip_prefix(&start)?.to_owned()))
            .collect()
    }

    #[test]
    fn a_message_has_a_stable_id_and_says_that_no_person_wrote_it() {
        let written = written(&mail());
        assert_eq!(
            header(&written, "Message-ID"),
            ["<01970000-0000-7000-8000-000000000001@training.example.ac.tz>"]
        );
        assert_eq!(header(&written, "Auto-Submitted"), ["auto-generated"]);
        assert_eq!(
            header(&written, "From"),
            ["\"Practical training\" <ipt@training.example.ac.tz>"]
        );
        assert_eq!(header(&written, "To"), ["\"Asha Juma\" <asha@example.com>"]);
        assert_eq!(header(&written, "Date").len(), 1);
        assert!(header(&written, "Content-Type")[0].starts_with("multipart/alternative"));
        let (text, html) = (
            written.find("text/plain").unwrap(),
            written.find("text/html").unwrap(),
        );
        assert!(text < html, "the best part comes last");
    }

    #[test]
    fn neither_a_name_nor_a_subject_can_add_a_header() {
        for evil in [
            "x\r\nBcc: all@example.com",
            "x\nBcc: all@example.com",
            "x\rBcc: all@example.com",
            "x\r\n\r\nBcc: a",
            "x\u{2028}Bcc: a",
            "x\u{85}\0Bcc: a",
        ] {
            let evil = Mail {
                to_name: evil.to_owned(),
                subject: evil.to_owned(),
                ..mail()
            };
            let (message, _) = message(&evil, &from()).unwrap();
            let written = String::from_utf8(message.formatted()).unwrap();
            assert_eq!(
                headers(&written).len(),
                headers(&self::written(&mail())).len(),
                "{written}"
            );
            assert!(header(&written, "Bcc").is_empty(), "{written}");
            assert_eq!(message.envelope().to().len(), 1);
        }
    }

    #[test]
    fn an_address_that_is_none_makes_no_mail() {
        for evil in [
            "",
            "asha",
            "asha@",
            "a@b.c\r\nRCPT TO:<x@y.z>",
            "a@b.c\r\nBcc: x@y.z",
            "a@b.c, x@y.z",
            "Asha <a@b.c>",
            "a@b.c>",
            "\"a\r\n\"@b.c",
        ] {
            let mail = Mail {
                to_address: evil.to_owned(),
                ..mail()
            };
            assert!(
                matches!(message(&mail, &from()), Err(MailError::Malformed(_))),
                "{evil:?}"
            );
        }
    }

    #[test]
    fn letters_of_any_script_arrive() {
        let mail = Mail {
            to_name: "Zoë 測量".to_owned(),
            subject: "Kumbukumbu — ç".to_owned(),
            text: "Habari, Zoë\r\n12345678\n".to_owned(),
            ..mail()
        };
        let written = written(&mail);
        assert!(written.is_ascii());
        assert!(
            written.contains("Content-Transfer-Encoding: quoted-printable"),
            "{written}"
        );
        assert!(written.contains("Habari, Zo=C3=AB\r\n12345678\r\n"), "{written}");
        assert!(header(&written, "Subject")[0].contains("=?utf-8?"), "{written}");
    }

    #[test]
    fn long_lines_are_folded_within_what_servers_take() {
        let mail = Mail {
            text: "word ".repeat(2_000),
            subject: "Long ".repeat(100),
            to_name: "Name ".repeat(50),
            ..mail()
        };
        let longest = written(&mail).split("\r\n").map(str::len).max();
        assert!(longest <= Some(998), "{longest:?}");
    }
}
