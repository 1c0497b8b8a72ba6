//! Sending one mail. The server is asked outside any transaction.

use ipt_ports::{
    engagement::Message,
    mailer::{Mail, MailContent},
};
use serde_json::Value;

use super::{deliver::worker, failure::Failure, telling::MailOrder};
use crate::Services;

/// Renders and sends a mail. Killed between sending and noting that, it is sent again with the same `Message-ID`.
pub(super) async fn execute(services: &Services, message: &Message) -> Result<(), Failure> {
    let order: MailOrder = serde_json::from_value(message.payload.clone()).map_err(|error| Failure::unreadable(&error))?;
    let recipients = services.database.read(worker()).await?.people().recipients(&[order.to]).await?;
    // Whoever was disabled since gets no mail.
    if let Some(recipient) = recipients.into_iter().next() {
        let content = MailContent {
            template: order.template,
            language: recipient.language.clone(),
            values: with_name(order.values, recipient.full_name.as_str()),
        };
        let rendered = services.renderer.render(&content)?;
        let mail = Mail {
            id: message.id.uuid(),
            to_address: recipient.email.as_str().to_owned(),
            to_name: recipient.full_name.as_str().to_owned(),
            subject: rendered.subject,
            text: rendered.text,
            html: rendered.html,
        };
        services.mailer.send(&mail).await?;
    }
    let mut work = services.database.begin(worker()).await?;
    work.outbox().complete(message.id, services.clock.now()).await?;
    work.commit().await?;
    Ok(())
}

/// The values with the recipient's name among them.
fn with_name(mut values: Value, name: &str) -> Value {
    if let Value::Object(fields) = &mut values {
        fields.insert("recipient_name".to_owned(), Value::String(name.to_owned()));
    }
    values
}
