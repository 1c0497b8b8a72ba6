//! A mail server and templates in memory.

use ipt_ports::mailer::{Mail, MailContent, MailError, MailRenderer, Mailer, RenderedMail};
use tokio::sync::watch;

/// What the next mails meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MailWeather {
    /// They are taken.
    #[default]
    Fine,
    /// The server asks to come back later.
    Unavailable,
    /// The server refuses them for good.
    Refusing,
    /// They are taken, and the answer never comes: the sender is killed while it waits.
    Silent,
}

/// A mail server that keeps what it takes. Clones are the same server.
#[derive(Clone, Debug, Default)]
pub struct MemoryMailer {
    mails: watch::Sender<Vec<Mail>>,
    weather: watch::Sender<MailWeather>,
}

impl MemoryMailer {
    /// Changes the weather.
    pub fn turn(&self, weather: MailWeather) {
        self.weather.send_replace(weather);
    }

    /// What was taken so far, the oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        self.mails.borrow().clone()
    }

    /// Waits until so many mails were taken.
    pub async fn until_taken(&self, count: usize) {
        let mut mails = self.mails.subscribe();
        // The sender is part of this value, so that it cannot go away meanwhile.
        let _ = mails.wait_for(|mails| mails.len() >= count).await;
    }

    fn keep(&self, mail: &Mail) {
        self.mails.send_modify(|mails| mails.push(mail.clone()));
    }
}

#[async_trait::async_trait]
impl Mailer for MemoryMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let weather = *self.weather.borrow();
        match weather {
            MailWeather::Fine => {
                self.keep(mail);
                Ok(())
            }
            MailWeather::Unavailable => Err(MailError::Unavailable(
                format!("421 {} has to wait", mail.to_address).into(),
            )),
            MailWeather::Refusing => Err(MailError::Refused(
                format!("550 there is no {}", mail.to_address).into(),
            )),
            MailWeather::Silent => {
                self.keep(mail);
                std::future::pending().await
            }
        }
    }

    async fn check(&self) -> Result<(), MailError> {
        let weather = *self.weather.borrow();
        match weather {
            MailWeather::Fine | MailWeather::Refusing => Ok(()),
            MailWeather::Unavailable | MailWeather::Silent => {
                Err(MailError::Unavailable("421 nobody is there".into()))
            }
        }
    }
}

/// Renders a mail as its template's name, its language and its values.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainRenderer;

impl MailRenderer for PlainRenderer {
    fn render(&self, content: &MailContent) -> Result<RenderedMail, MailError> {
        let text = format!("{} {}", content.language, content.values);
        Ok(RenderedMail {
            subject: content.template.clone(),
            html: format!("<pre>{text}</pre>"),
            text,
        })
    }
}
