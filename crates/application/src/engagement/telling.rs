//! Telling people something: a notification in the application, and a mail to those who want one.

use std::collections::BTreeMap;

use ipt_domain::{
    Instant,
    id::{JobId, NotificationId, TenantId, UserId},
};
use ipt_ports::{
    RepositoryError, UnitOfWork,
    engagement::{Channel, Message, Notification, Preference, Topic},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::Services;

/// Something to tell.
#[derive(Clone, Debug)]
pub(super) struct News {
    /// Its kind, which is also the name of its mail's template.
    pub(super) kind: &'static str,
    /// What caused it; one notification for each cause and person.
    pub(super) cause: Uuid,
    /// The institution.
    pub(super) tenant_id: TenantId,
    /// What it is about: kind and id.
    pub(super) object: (&'static str, Uuid),
    /// What title and text are filled from.
    pub(super) values: Value,
    /// Whether it is also told by mail.
    pub(super) by_mail: bool,
    /// When it happened.
    pub(super) at: Instant,
}

/// A mail to be sent, as it waits in the outbox. The address is looked up when it is sent.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct MailOrder {
    /// To whom.
    pub(super) to: UserId,
    /// The template.
    pub(super) template: String,
    /// What the template fills in.
    pub(super) values: Value,
}

/// Tells `people` some news, in the transaction of `work`. Whoever was told of the same cause already is not told again.
pub(super) async fn tell(
    services: &Services,
    work: &mut dyn UnitOfWork,
    people: &[UserId],
    news: &News,
) -> Result<(), RepositoryError> {
    if people.is_empty() {
        return Ok(());
    }
    let wanted = wishes(work, people, news.kind).await?;
    let notification = |user: UserId| Notification {
        id: NotificationId::new(services.ids.next()),
        tenant_id: news.tenant_id,
        user_id: user,
        kind: news.kind.to_owned(),
        cause: news.cause,
        object: (news.object.0.to_owned(), news.object.1),
        values: news.values.clone(),
        created_at: news.at,
        read_at: None,
    };
    let all: Vec<Notification> = people.iter().map(|user| notification(*user)).collect();
    // Those who want nothing in the application are noted all the same, as read, so that they get one mail and no more.
    let mut noted = all;
    for note in &mut noted {
        if !wants(&wanted, note.user_id, Channel::InApp) {
            note.read_at = Some(news.at);
        }
    }
    let new = work.notifications().notify(&noted).await?;
    if !news.by_mail {
        return Ok(());
    }
    let orders = noted
        .iter()
        .filter(|note| new.contains(&note.id) && wants(&wanted, note.user_id, Channel::Mail))
        .map(|note| order(services, news, note.user_id))
        .collect::<Vec<_>>();
    work.outbox().enqueue(&orders).await
}

/// The order of one mail.
fn order(services: &Services, news: &News, to: UserId) -> Message {
    let order = MailOrder { to, template: news.kind.to_owned(), values: news.values.clone() };
    let now = services.clock.now();
    Message {
        id: JobId::new(services.ids.next()),
        tenant_id: Some(news.tenant_id),
        topic: Topic::Mail,
        payload: serde_json::json!(order),
        created_at: now,
        available_at: now,
    }
}

/// What each person wishes, by channel. Without a wish everything is told.
type Wishes = BTreeMap<(UserId, Channel), bool>;

/// The wishes of people for one kind of notification.
pub(super) async fn wishes(
    work: &mut dyn UnitOfWork,
    people: &[UserId],
    kind: &str,
) -> Result<Wishes, RepositoryError> {
    let preferences = work.notifications().preferences(people).await?;
    let of_kind = |(user, preference): (UserId, Preference)| {
        (preference.kind == kind).then_some(((user, preference.channel), preference.wanted))
    };
    Ok(preferences.into_iter().filter_map(of_kind).collect())
}

/// Whether a person wants to be told by a channel.
pub(super) fn wants(wishes: &Wishes, user: UserId, channel: Channel) -> bool {
    wishes.get(&(user, channel)).copied().unwrap_or(true)
}
