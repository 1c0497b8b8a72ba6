//! One mail is sent.

use ipt_domain::{
    id::{MailedSecretId, TenantId, UserId},
    identity::{account::Account, mailed_secret::SecretPurpose},
};
use ipt_ports::{
    Reader, RepositoryError, Scope, SystemScope,
    engagement::Message,
    mailer::{Letterhead, Mail, MailContent, MailError},
};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

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
        let letterhead = letterhead(services, message.tenant_id).await?;
        let to_name = name(&recipient, payload.about).unwrap_or_default().to_owned();
        let content = MailContent {
            template: payload.template,
            language: recipient.language.clone(),
            values,
            letterhead,
        };
        let rendered = services
            .renderer
            .render(&content)
            .map_err(|error| failure(&error))?;
        let mail = Mail {
            id: message.id.uuid(),
            to_address: recipient.email.as_str().to_owned(),
            to_name,
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

/// A code or a token, made anew from its id: with it goes where it is used. None when it is not the one to use any more.
async fn of_secret(
    services: &Services,
    reader: &mut dyn Reader,
    to: UserId,
    (purpose, id): (SecretPurpose, MailedSecretId),
    tenant: Option<TenantId>,
) -> Result<Option<(Value, String)>, RepositoryError> {
    let now = services.clock.now();
    let kept = reader.mailed_secrets().mailed_secret(to, purpose).await?;
    if !kept.is_some_and(|kept| kept.id == id && kept.is_open(now)) {
        return Ok(None);
    }
    let mut values = match tenant {
        Some(tenant) => match facts::of_institution(reader.tenancy(), tenant).await? {
            Some(values) => values,
            None => return Ok(None),
        },
        None => json!({}),
    };
    let (name, secret, path) = match purpose {
        SecretPurpose::VerifyEmail | SecretPurpose::ResetPassword => {
            ("code", services.mailed_secrets.code(id), String::new())
        }
        SecretPurpose::AcceptInvitation => {
            let token = services.mailed_secrets.token(id);
            // Behind the hash: it stays in the browser, and out of the logs of whoever serves the page.
            let path = format!("/accept-invitation#token={}", token.expose_secret());
            ("token", token, path)
        }
        SecretPurpose::RegistrationNotice => return Ok(None),
    };
    if let Some(values) = values.as_object_mut() {
        values.insert(name.to_owned(), secret.expose_secret().into());
    }
    Ok(Some((values, path)))
}

/// The name by which a mail calls the recipient. None where it came from whoever typed the address, who may be anybody: no
/// stranger writes to people through our mails.
fn name(recipient: &Account, about: About) -> Option<&str> {
    let by_an_institution = match about {
        About::Institution { .. } => true,
        About::Secret {
            purpose, tenant_id, ..
        } => match purpose {
            SecretPurpose::AcceptInvitation => true,
            SecretPurpose::ResetPassword => tenant_id.is_some(),
            SecretPurpose::VerifyEmail | SecretPurpose::RegistrationNotice => false,
        },
        About::Log { .. }
        | About::Placement { .. }
        | About::Reopening { .. }
        | About::Reviews
        | About::Account
        | About::Session { .. } => false,
    };
    (recipient.is_verified() || by_an_institution).then(|| recipient.full_name.as_str())
}

/// The look of the institution in whose name the mail is written; the product's own for mails of the deployment.
async fn letterhead(services: &Services, tenant: Option<TenantId>) -> Result<Letterhead, RepositoryError> {
    let Some(tenant) = tenant else {
        return Ok(Letterhead::default());
    };
    let mut reader = services.database.read(Scope::tenant(tenant)).await?;
    let institution = reader.tenancy().institution(tenant).await?;
    Ok(institution
        .map(|found| Letterhead::from(found.branding()))
        .unwrap_or_default())
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
        About::Reopening { reopening_id } => {
            match reader.logbook().reopenings(&[reopening_id]).await?.pop() {
                Some(reopening) => facts::of_reopening(reader.placement(), &reopening)
                    .await?
                    .map(|(_, values)| (values, format!("/placements/{}", reopening.placement_id))),
                None => None,
            }
        }
        About::Reviews => facts::of_reviews(reader.notifications(), payload.to, services.clock.now())
            .await?
            .map(|values| (values, "/logs?awaiting=me".to_owned())),
        About::Account => Some((json!({}), String::new())),
        About::Session { session_id } => match reader.people().session(session_id).await? {
            Some(session) => facts::of_session(reader.tenancy(), &session)
                .await
                .map(|values| Some((values, String::new())))?,
            None => None,
        },
        About::Institution { tenant_id } => facts::of_institution(reader.tenancy(), tenant_id)
            .await?
            .map(|values| (values, String::new())),
        About::Secret {
            purpose,
            id,
            tenant_id,
        } => of_secret(services, reader.as_mut(), payload.to, (purpose, id), tenant_id).await?,
    };
    Ok(found.map(|(mut values, path)| {
        let frontend = services.settings.frontend_url.as_deref();
        let link = frontend.map_or(Value::Null, |url| format!("{url}{path}").into());
        if let Some(values) = values.as_object_mut() {
            values.insert("link".to_owned(), link);
            let called = name(&recipient, payload.about).unwrap_or(recipient.email.as_str());
            values.insert("recipient_name".to_owned(), called.into());
        }
        (recipient, values)
    }))
}
