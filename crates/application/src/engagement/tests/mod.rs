//! Tests of telling people.

mod chain;
mod delivering;
mod jobs;
mod notifications;
mod placements;
mod reminding;
mod reopened_days;
mod retention;

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

/// A place with an active placement, of which everybody was told already.
async fn under_way() -> (Place, ipt_domain::id::PlacementId) {
    let place = Place::new();
    let id = place.active().await;
    deliver_all(&place.world).await;
    place.world.state().notifications.clear();
    (place, id)
}
