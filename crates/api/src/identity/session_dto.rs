//! Sessions, as they go over the wire.

use ipt_domain::id::SessionId;
use ipt_ports::identity::Session;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::wire::Timestamp;

/// A session that is alive.
#[derive(Serialize, ToSchema)]
#[schema(as = Session)]
pub(super) struct SessionDto {
    id: Uuid,
    /// Whether it is the one that asks.
    current: bool,
    /// The client's program, as it named itself at sign-in.
    #[schema(example = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0")]
    device: String,
    /// The address from which it was opened.
    #[schema(example = "196.44.160.7")]
    address: String,
    created_at: Timestamp,
    /// When it was last used to refresh.
    last_used_at: Timestamp,
}

/// One's own sessions.
#[derive(Serialize, ToSchema)]
#[schema(as = Sessions)]
pub(super) struct SessionsDto {
    items: Vec<SessionDto>,
}

impl SessionsDto {
    /// The sessions, as `current` sees them.
    pub(super) fn new(sessions: Vec<Session>, current: SessionId) -> Self {
        let items = sessions.into_iter().map(|session| SessionDto {
            id: session.id.uuid(),
            current: session.id == current,
            device: session.device,
            address: session.address,
            created_at: Timestamp(session.created_at),
            last_used_at: Timestamp(session.last_used_at),
        });
        Self {
            items: items.collect(),
        }
    }
}
