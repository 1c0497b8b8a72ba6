//! Tests of telling people.

mod chain;
mod delivering;
mod jobs;
mod notifications;
mod placements;
mod reminding;
mod reopened_days;
mod retention;

use ipt_domain::{id::PlacementId, placement::policy::PolicyDraft};
use ipt_ports::{Scope, SystemScope, engagement::Message};

use super::deliver::{self, Delivered};
use crate::tests::{Place, World};

/// Delivers until nothing is due any more.
async fn deliver_all(world: &World) -> Delivered {
    let mut all = Delivered::default();
    loop {
        let delivered = deliver::execute(&world.services, 50).await.unwrap();
        if delivered.claimed == 0 {
            return all;
        }
        all.claimed += delivered.claimed;
        all.done += delivered.done;
        all.put_back += delivered.put_back;
        all.given_up += delivered.given_up;
    }
}

/// Puts a message into the outbox.
async fn enqueue(world: &World, message: Message) {
    let scope = Scope::System(SystemScope::Worker);
    let mut work = world.services.database.begin(scope).await.unwrap();
    work.outbox().enqueue(&[message]).await.unwrap();
    work.commit().await.unwrap();
}

/// A place with an active placement, of which everybody was told already.
async fn under_way() -> (Place, PlacementId) {
    under_way_by(PolicyDraft::default()).await
}

/// The same, under a policy that differs from the default.
async fn under_way_by(policy: PolicyDraft) -> (Place, PlacementId) {
    let place = Place::under(policy);
    let id = place.active().await;
    deliver_all(&place.world).await;
    place.world.database.change(|state| state.notifications.clear());
    (place, id)
}
