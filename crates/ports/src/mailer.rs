//! Sending one mail.

/// A mail, ready to send: its text is rendered already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// A stable id, which becomes the `Message-ID`, so that a mail sent twice can be told to be one.
    pub id: uuid::Uuid,
    /// The recipient's address.
    pub to_address: String,
    /// The recipient's name.
    pub to_name: String,
    /// The subject, one line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// What a mail is about. Names and sentences are filled in from `values` by the template of that kind.
#[derive(Clone, Debug, PartialEq)]
pub struct MailContent {
    /// The template's name (`log_submitted`, `review_digest`, …).
    pub template: String,
    /// The language, as a BCP 47 tag (`en`, `sw`); one without a catalogue falls back to English.
    pub language: String,
    /// What the template fills in.
    pub values: serde_json::Value,
}

/// The rendered parts of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedMail {
    /// The subject, one line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// Why a mail did not go out.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The server cannot be reached or asks to come back later; trying again can help.
    #[error("the mail server is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The server refuses this mail for good (an address that does not exist, say).
    #[error("the mail server refuses the mail")]
    Refused(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The mail could not be put together.
    #[error("the mail could not be put together")]
    Malformed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Sends mails.
#[async_trait::async_trait]
pub trait Mailer: Send + Sync {
    /// Hands a mail to the server.
    ///
    /// # Errors
    /// [`MailError`].
    async fn send(&self, mail: &Mail) -> Result<(), MailError>;

    /// Whether the server answers.
    ///
    /// # Errors
    /// [`MailError::Unavailable`].
    async fn check(&self) -> Result<(), MailError>;
}

/// Renders the templates of mails.
pub trait MailRenderer: Send + Sync {
    /// Renders one mail.
    ///
    /// # Errors
    /// [`MailError::Malformed`] for an unknown template or a missing value.
    fn render(&self, content: &MailContent) -> Result<RenderedMail, MailError>;
}
