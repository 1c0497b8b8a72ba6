//! Telling people something by the channels that they want.

use std::collections::BTreeSet;

use ipt_domain::{
    Instant,
    id::{NotificationId, TenantId, UserId},
};
use ipt_ports::{
    RepositoryError, UnitOfWork,
    engagement::{Channel, Message, Notification, Topic},
};
use serde_json::Value;
use uuid::Uuid;

use super::{
    Kind,
    payload::{About, MailPayload},
};
use crate::{Services, trail::message};

/// Something that people are told.
#[derive(Clone, Debug)]
pub(super) struct Telling {
    pub(super) kind: Kind,
    /// What caused it: a person is told once of each cause.
    pub(super) cause: Uuid,
    pub(super) tenant: TenantId,
    /// The object that it is about: its kind and id.
    pub(super) object: (&'static str, Uuid),
    /// What the text in the application is filled from.
    pub(super) values: Value,
    /// What the mail is filled from, when it is sent.
    pub(super) about: About,
    pub(super) now: Instant,
}

/// Tells people, each once, and none whose account is disabled. Who was told of the same cause before is not told again.
/// Who wants nothing in the application is noted all the same, as read: so the mail, too, goes out once.
pub(super) async fn tell(
    services: &Services,
    work: &mut dyn UnitOfWork,
    telling: &Telling,
    people: &[UserId],
) -> Result<(), RepositoryError> {
    if people.is_empty() {
        return Ok(());
    }
    let recipients = work.people().recipients(people).await?;
    let ids: BTreeSet<UserId> = recipients.iter().map(|account| account.id).collect();
    let ids: Vec<UserId> = ids.into_iter().collect();
    let preferences = work.notifications().preferences(&ids).await?;
    let wants = |user: UserId, channel| {
        let own = preferences
            .iter()
            .filter(|(of, _)| *of == user)
            .map(|(_, preference)| preference);
        telling.kind.is_wanted(channel, own)
    };
    let noted: Vec<Notification> = ids
        .iter()
        .map(|user| telling.notification(services, *user, wants(*user, Channel::InApp)))
        .collect();
    let new = work.notifications().notify(&noted).await?;
    let mails: Vec<Message> = noted
        .iter()
        .filter(|note| new.contains(&note.id) && wants(note.user_id, Channel::Mail))
        .map(|note| telling.mail(services, note.user_id))
        .collect();
    if mails.is_empty() {
        Ok(())
    } else {
        work.outbox().enqueue(&mails).await
    }
}

impl Telling {
    fn notification(&self, services: &Services, user_id: UserId, wanted: bool) -> Notification {
        Notification {
            id: NotificationId::new(services.ids.next()),
            tenant_id: self.tenant,
            user_id,
            kind: self.kind.as_str().to_owned(),
            cause: self.cause,
            object: (self.object.0.to_owned(), self.object.1),
            values: self.values.clone(),
            created_at: self.now,
            read_at: (!wanted).then_some(self.now),
        }
    }

    fn mail(&self, services: &Services, to: UserId) -> Message {
        let payload = MailPayload {
            to,
            template: self.kind.as_str().to_owned(),
            about: self.about,
        };
        message(
            services.ids.next(),
            Some(self.tenant),
            Topic::Mail,
            payload.to_value(),
            self.now,
        )
    }
}
