//! Notifications and preferences, as they go over the wire.

use ipt_application::engagement::preferences::Preferences;
use ipt_ports::engagement::{Notification, Preference};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::wire::{ChannelName, Named, Timestamp};

/// What a notification is about.
#[derive(Serialize, ToSchema)]
#[schema(as = NotificationObject)]
struct ObjectDto {
    /// `log` or `placement`.
    #[schema(example = "log")]
    kind: String,
    id: Uuid,
}

/// A message to oneself.
#[derive(Serialize, ToSchema)]
#[schema(as = Notification)]
pub(super) struct NotificationDto {
    id: Uuid,
    /// The institution that it is about.
    tenant_id: Uuid,
    #[schema(example = "log_submitted")]
    kind: String,
    object: ObjectDto,
    /// What a title and a text are filled from: names, dates, comments.
    #[schema(value_type = Object)]
    values: Value,
    read: bool,
    read_at: Option<Timestamp>,
    created_at: Timestamp,
    version: u32,
}

impl From<Notification> for NotificationDto {
    fn from(notification: Notification) -> Self {
        let version = notification.version().number();
        let (kind, id) = notification.object;
        Self {
            id: notification.id.uuid(),
            tenant_id: notification.tenant_id.uuid(),
            kind: notification.kind,
            object: ObjectDto { kind, id },
            values: notification.values,
            read: notification.read_at.is_some(),
            read_at: notification.read_at.map(Timestamp),
            created_at: Timestamp(notification.created_at),
            version,
        }
    }
}

/// Whether one wants a kind of notification by a channel.
#[derive(Deserialize, Serialize, ToSchema)]
#[schema(as = Preference)]
#[serde(deny_unknown_fields)]
pub(super) struct PreferenceDto {
    #[schema(example = "log_submitted")]
    kind: String,
    channel: ChannelName,
    wanted: bool,
}

impl From<Preference> for PreferenceDto {
    fn from(preference: Preference) -> Self {
        let Preference {
            kind,
            channel,
            wanted,
        } = preference;
        Self {
            kind,
            channel: Named(channel),
            wanted,
        }
    }
}

impl From<PreferenceDto> for Preference {
    fn from(dto: PreferenceDto) -> Self {
        let PreferenceDto {
            kind,
            channel,
            wanted,
        } = dto;
        Self {
            kind,
            channel: channel.0,
            wanted,
        }
    }
}

/// All of one's preferences.
#[derive(Serialize, ToSchema)]
#[schema(as = Preferences)]
pub(super) struct PreferencesDto {
    items: Vec<PreferenceDto>,
    /// Changes with what holds; it does not count up.
    version: u32,
}

impl From<Preferences> for PreferencesDto {
    fn from(preferences: Preferences) -> Self {
        let version = preferences.version().number();
        Self {
            items: preferences.items.into_iter().map(PreferenceDto::from).collect(),
            version,
        }
    }
}
