//! One mail is sent.

use ipt_domain::identity::account::Account;
use ipt_ports::{
    RepositoryError, Scope, SystemScope,
    engagement::Message,
    mailer::{Mail, MailContent, MailError},
};
use serde_json::Value;

use super::{Failure, begin, finish, unreadable};
use crate::{
    Services,
    engagement::{
        facts,
        payload::{About, MailPayload},
    },
};

/// Looks up what the mail says and to whom it goes, renders and sends it; no connection to the database is held
/// meanwhile. A mail whose person or object is gone is done. Sent twice, it has the same id.
pub(super) async fn handle(services: &Services, message: &Message) -> Result<(), Failure> {
    let payload: MailPayload =
        serde_json::from_value(message.payload.clone()).map_err(|_| unreadable("mail"))?;
    if let Some((recipient, values)) = look_up(services, &payload).await? {
        let content = MailContent {
            template: payload.template,
            language: recipient.language.clone(),
            values,
        };
        let rendered = services
            .renderer
            .render(&content)
            .map_err(|error| failure(&error))?;
        let mail = Mail {
            id: message.id.uuid(),
            to_address: recipient.email.as_str().to_owned(),
            to_name: recipient.full_name.as_str().to_owned(),
            subject: rendered.subject,
            text: rendered.text,
            html: rendered.html,
        };
        services
            .mailer
            .send(&mail)
            .await
            .map_err(|error| failure(&error))?;
    }
    finish(services, begin(services).await?, message.id).await
}

/// The mail server's own words may name the address, so that they are not kept.
fn failure(error: &MailError) -> Failure {
    match error {
        MailError::Unavailable(_) => Failure::Later(error.to_string()),
        MailError::Refused(_) | MailError::Malformed(_) => Failure::Never(error.to_string()),
    }
}

/// The recipient and what the template is filled from; none when there is nothing to say any more.
async fn look_up(
    services: &Services,
    payload: &MailPayload,
) -> Result<Option<(Account, Value)>, RepositoryError> {
    let mut reader = services.database.read(Scope::System(SystemScope::Worker)).await?;
    let Some(recipient) = reader.people().recipients(&[payload.to]).await?.pop() else {
        return Ok(None);
    };
    let found = match payload.about {
        About::Log { entry_id, action, at } => facts::of_log(&mut reader, entry_id, action, at)
            .await?
            .map(|found| (found.values, format!("/logs/{entry_id}"))),
        About::Placement { placement_id } => facts::of_placement(reader.placement(), placement_id)
            .await?
            .map(|(_, values)| (values, format!("/placements/{placement_id}"))),
        About::Reviews => facts::of_reviews(reader.notifications(), payload.to, services.clock.now())
            .await?
            .map(|values| (values, "/logs?awaiting=me".to_owned())),
    };
    Ok(found.map(|(mut values, path)| {
        let frontend = services.settings.frontend_url.as_deref();
        let link = frontend.map_or(Value::Null, |url| format!("{url}{path}").into());
        if let Some(values) = values.as_object_mut() {
            values.insert("link".to_owned(), link);
            values.insert("recipient_name".to_owned(), recipient.full_name.as_str().into());
        }
        (recipient, values)
    }))
}
