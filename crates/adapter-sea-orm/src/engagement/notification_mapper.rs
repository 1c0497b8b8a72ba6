//! Between rows, notifications and preferences.

use ipt_domain::id::{NotificationId, TenantId, UserId};
use ipt_ports::{
    RepositoryError,
    engagement::{Channel, Notification, Preference},
};

use super::{notification_row, preference_row};
use crate::error::damaged;

/// A notification.
pub(super) fn notification(row: notification_row::Model) -> Notification {
    Notification {
        id: NotificationId::new(row.id),
        tenant_id: TenantId::new(row.tenant_id),
        user_id: UserId::new(row.user_id),
        kind: row.kind,
        cause: row.cause,
        object: (row.object_kind, row.object_id),
        values: row.values,
        created_at: row.created_at,
        read_at: row.read_at,
    }
}

/// The row of a notification.
pub(super) fn notification_row(notification: &Notification) -> notification_row::Model {
    notification_row::Model {
        id: notification.id.uuid(),
        tenant_id: notification.tenant_id.uuid(),
        user_id: notification.user_id.uuid(),
        kind: notification.kind.clone(),
        cause: notification.cause,
        object_kind: notification.object.0.clone(),
        object_id: notification.object.1,
        values: notification.values.clone(),
        created_at: notification.created_at,
        read_at: notification.read_at,
    }
}

/// A preference, and whose it is.
pub(super) fn preference(row: preference_row::Model) -> Result<(UserId, Preference), RepositoryError> {
    let channel = Channel::from_name(&row.channel).ok_or_else(|| {
        damaged(
            "notification_preference",
            "channel",
            row.user_id,
            "there is no such channel",
        )
    })?;
    Ok((
        UserId::new(row.user_id),
        Preference {
            kind: row.kind,
            channel,
            wanted: row.wanted,
        },
    ))
}

/// The row of a preference.
pub(super) fn preference_row(user: UserId, preference: &Preference) -> preference_row::Model {
    preference_row::Model {
        user_id: user.uuid(),
        kind: preference.kind.clone(),
        channel: preference.channel.as_str().to_owned(),
        wanted: preference.wanted,
    }
}
