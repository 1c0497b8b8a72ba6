//! A message as the server received it.

use mailparse::{DispositionType, MailHeaderMap as _, ParsedMail, parse_mail};

/// An envelope and what was in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The envelope's sender, where a bounce would go; empty for a bounce itself.
    pub sender: String,
    /// The envelope's recipients, in the order given: those the mail is delivered to, whatever its headers say.
    pub recipients: Vec<String>,
    /// Headers and body as they came, without the dots that protect lines in transit.
    pub raw: Vec<u8>,
}

impl Message {
    /// The subject, decoded; empty if there is none.
    pub fn subject(&self) -> String {
        self.header("Subject").unwrap_or_default()
    }

    /// The first header of that name, decoded.
    pub fn header(&self, name: &str) -> Option<String> {
        self.parsed().headers.get_first_value(name)
    }

    /// The first part in plain text, decoded.
    pub fn text(&self) -> Option<String> {
        self.body_of_type("text/plain")
    }

    /// The first part in HTML, decoded.
    pub fn html(&self) -> Option<String> {
        self.body_of_type("text/html")
    }

    fn body_of_type(&self, media_type: &str) -> Option<String> {
        let mail = self.parsed();
        let part = mail.parts().find(|part| {
            part.ctype.mimetype == media_type
                && part.get_content_disposition().disposition != DispositionType::Attachment
        })?;
        Some(part.get_body().expect("the part's encoding is sound"))
    }

    fn parsed(&self) -> ParsedMail<'_> {
        parse_mail(&self.raw).expect("the message is sound")
    }
}
