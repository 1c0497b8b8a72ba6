//! Sending one mail.

use ipt_domain::tenancy::branding::Branding;

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
    /// In whose name the mail is written.
    pub letterhead: Letterhead,
}

/// How the institution shows itself in whose name a mail is written; what is left out, the product's own look stands in for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letterhead {
    /// The name at the head, one line.
    pub display_name: Option<String>,
    /// The colour of the head and of buttons, and the one in which text upon it is read best, each as `#rrggbb`.
    pub colours: Option<(String, String)>,
    /// A short text in place of a logo, one line.
    pub logo_text: Option<String>,
    /// The https address of a picture.
    pub logo_url: Option<String>,
}

impl From<&Branding> for Letterhead {
    fn from(branding: &Branding) -> Self {
        let Branding {
            display_name,
            colour,
            logo_text,
            logo_url,
        } = branding;
        Self {
            display_name: display_name.clone(),
            colours: colour.map(|colour| (colour.to_string(), colour.ink().to_string())),
            logo_text: logo_text.clone(),
            logo_url: logo_url.as_ref().map(|url| url.as_str().to_owned()),
        }
    }
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
