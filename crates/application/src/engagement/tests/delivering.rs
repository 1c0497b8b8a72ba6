//! Delivering the outbox.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use chrono::TimeDelta;
use futures_util::{StreamExt as _, stream};
use ipt_domain::{
    id::{AttachmentId, JobId, LogEntryId},
    logbook::{attachment::Attachment, file_name::SafeFileName},
    placement::attachment_type::AttachmentType,
};
use ipt_ports::{
    blob_store::{Acceptance, BlobKey, BlobStore as _},
    engagement::{Message, Topic},
    logbook::StoredAttachment,
    mailer::{Mail, MailError, Mailer},
};
use ipt_testkit::memory::{MailWeather, Queued, Standing};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{deliver, deliver_all, enqueue, under_way};
use crate::{
    engagement::deliver::{CLAIM_LASTS, Delivered},
    tests::World,
    trail::message,
};

mockall::mock! {
    Server {}

    #[async_trait]
    impl Mailer for Server {
        async fn send(&self, mail: &Mail) -> Result<(), MailError>;
        async fn check(&self) -> Result<(), MailError>;
    }
}

#[tokio::test]
async fn while_the_mail_server_is_asked_no_connection_is_held() {
    let (mut place, placement) = under_way().await;
    place.submit(placement, "2026-07-06").await;
    let database = place.world.database.clone();
    let mut server = MockServer::new();
    server.expect_send().once().returning(move |_| {
        assert_eq!(database.open_now(), 0);
        Ok(())
    });
    place.world.services.mailer = Arc::new(server);
    assert_eq!(deliver_all(&place.world).await.done, 2);
}

async fn queue(world: &World, topic: Topic, payload: Value) -> JobId {
    let id = Uuid::from_u128(0x70);
    let queued: Message = message(id, Some(world.tenant), topic, payload, world.clock_now());
    enqueue(world, queued).await;
    JobId::new(id)
}

/// The message that was made last.
fn last(world: &World) -> Queued {
    world.state().outbox.values().last().unwrap().clone()
}

#[tokio::test]
async fn a_mail_that_cannot_be_sent_comes_again_until_it_can() {
    let (place, placement) = under_way().await;
    let world = &place.world;
    place.submit(placement, "2026-07-06").await;
    deliver::execute(&world.services, 50).await.unwrap();
    world.mailer.turn(MailWeather::Unavailable);
    let delivered = deliver::execute(&world.services, 50).await.unwrap();
    assert_eq!(
        delivered,
        Delivered {
            claimed: 1,
            put_back: 1,
            ..Delivered::default()
        }
    );
    let queued = last(world);
    let wait = queued.message.available_at - world.clock_now();
    assert!(
        wait >= TimeDelta::seconds(30) && wait <= TimeDelta::seconds(60),
        "{wait}"
    );
    let error = queued.error;
    assert!(
        !error.is_empty() && !error.contains("salim@uni.example"),
        "{error}"
    );
    assert_eq!(deliver_all(world).await.claimed, 0, "not before its time");
    world.mailer.turn(MailWeather::Fine);
    world.clock.set(queued.message.available_at);
    assert_eq!(deliver_all(world).await.done, 1);
    assert_eq!(world.mailer.mails().len(), 1);
    assert_eq!(world.mailer.mails()[0].id, queued.message.id.uuid());
}

#[tokio::test]
async fn a_mail_that_is_refused_for_good_is_given_up_at_once() {
    let (place, placement) = under_way().await;
    let world = &place.world;
    place.submit(placement, "2026-07-06").await;
    world.mailer.turn(MailWeather::Refusing);
    let delivered = deliver_all(world).await;
    assert_eq!((delivered.done, delivered.given_up), (1, 1));
    assert!(matches!(last(world).standing, Standing::Failed { .. }));
}

#[tokio::test]
async fn after_twelve_tries_a_mail_is_given_up() {
    let (place, placement) = under_way().await;
    let world = &place.world;
    place.submit(placement, "2026-07-06").await;
    deliver::execute(&world.services, 50).await.unwrap();
    world.mailer.turn(MailWeather::Unavailable);
    let mut tries = 0;
    loop {
        let delivered = deliver::execute(&world.services, 50).await.unwrap();
        tries += delivered.claimed;
        if delivered.given_up == 1 {
            break;
        }
        world.clock.set(last(world).message.available_at);
    }
    assert_eq!(tries, 12);
}

#[tokio::test]
async fn what_cannot_be_read_is_given_up_and_holds_nothing_else_up() {
    let (place, placement) = under_way().await;
    let world = &place.world;
    let broken = queue(world, Topic::LogTransition, json!({ "nonsense": true })).await;
    place.submit(placement, "2026-07-06").await;
    let delivered = deliver_all(world).await;
    assert_eq!((delivered.done, delivered.given_up), (2, 1));
    let state = world.state();
    let broken = &state.outbox[&broken];
    assert!(matches!(broken.standing, Standing::Failed { .. }));
    assert!(broken.error.contains("log entry"), "{}", broken.error);
}

#[tokio::test]
async fn a_claim_that_ran_out_is_taken_over() {
    let (place, placement) = under_way().await;
    let world = &place.world;
    place.submit(placement, "2026-07-06").await;
    let now = world.clock_now();
    // Another worker claimed it, and died.
    world.database.change(|state| {
        let mut claimed = state.outbox.last_entry().unwrap();
        claimed.get_mut().standing = Standing::Running {
            locked_until: now + CLAIM_LASTS,
        };
    });
    assert_eq!(deliver_all(world).await.claimed, 0);
    world.clock.advance(CLAIM_LASTS);
    assert_eq!(deliver_all(world).await.done, 2);
}

/// Stores a file of some text.
async fn put(world: &World, key: &str) {
    let acceptance = Acceptance {
        max_bytes: 100,
        types: [AttachmentType::Text].into(),
    };
    let body = stream::iter([Ok(Bytes::from_static(b"a text"))]).boxed();
    let key = BlobKey::parse(key).unwrap();
    world.blobs.put(&key, "a.txt", &acceptance, body).await.unwrap();
}

#[tokio::test]
async fn a_file_that_nothing_refers_to_is_removed_and_another_is_not() {
    let world = World::new();
    for key in ["logs/a", "logs/b"] {
        put(&world, key).await;
    }
    let file = StoredAttachment {
        attachment: Attachment::from_parts(
            AttachmentId::new(Uuid::from_u128(1)),
            SafeFileName::sanitise("b.txt"),
            AttachmentType::Text,
            6,
            [0; 32],
        ),
        tenant_id: world.tenant,
        entry_id: LogEntryId::new(Uuid::from_u128(2)),
        key: BlobKey::parse("logs/b").unwrap(),
    };
    world
        .database
        .change(|state| state.files.insert(file.attachment.id(), file));
    queue(&world, Topic::RemoveBlob, json!({ "key": "logs/a" })).await;
    deliver_all(&world).await;
    assert_eq!(world.blobs.keys(), ["logs/b"]);
    world.database.change(|state| state.outbox.clear());
    queue(&world, Topic::RemoveBlob, json!({ "key": "logs/b" })).await;
    assert_eq!(deliver_all(&world).await.done, 1);
    assert_eq!(world.blobs.keys(), ["logs/b"]);
}

#[tokio::test]
async fn a_key_that_leaves_the_store_is_given_up() {
    let world = World::new();
    queue(&world, Topic::RemoveBlob, json!({ "key": "../etc/passwd" })).await;
    assert_eq!(deliver_all(&world).await.given_up, 1);
}

#[test]
fn a_worker_may_run_on_any_thread() {
    fn is_send<T: Send>(_: &T) {}
    let world = World::new();
    is_send(&deliver::execute(&world.services, 1));
    is_send(&crate::engagement::reminders::execute(&world.services, "worker"));
    is_send(&crate::placement::activate_due::execute(&world.services));
}
