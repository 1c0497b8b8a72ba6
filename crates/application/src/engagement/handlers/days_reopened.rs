//! Days were opened again for late entries: the students concerned are told.

use std::collections::BTreeSet;

use ipt_ports::engagement::Message;

use super::{Failure, begin, finish, unreadable};
use crate::{
    Services,
    engagement::{
        Kind, facts,
        payload::{About, DaysReopened},
        tell::{Telling, tell},
    },
};

/// Tells each student once, however many of the placements are the same one's.
pub(super) async fn handle(services: &Services, message: &Message) -> Result<(), Failure> {
    let event: DaysReopened =
        serde_json::from_value(message.payload.clone()).map_err(|_| unreadable("list of reopened days"))?;
    let mut work = begin(services).await?;
    let mut told = BTreeSet::from([event.by]);
    for reopening in work.logbook().reopenings(&event.reopenings).await? {
        let Some((view, values)) = facts::of_reopening(work.placement(), &reopening).await? else {
            continue;
        };
        let student = view.placement.student_id();
        if !told.insert(student) {
            continue;
        }
        let telling = Telling {
            kind: Kind::LogDaysReopened,
            cause: message.id.uuid(),
            tenant: reopening.tenant_id,
            object: ("placement", reopening.placement_id.uuid()),
            values,
            about: About::Reopening {
                reopening_id: reopening.id,
            },
            now: services.clock.now(),
        };
        tell(services, work.as_mut(), &telling, &[student]).await?;
    }
    finish(services, work, message.id).await
}
