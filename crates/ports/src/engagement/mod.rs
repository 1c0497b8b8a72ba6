//! Telling people: the outbox, notifications, reminders; and the answers kept for retries.

pub mod idempotency;
pub mod notification;
pub mod outbox;
pub mod retention;

pub use idempotency::{IdempotencyRequest, IdempotencyState, IdempotencyStore, KeptAnswer};
pub use notification::{
    Channel, Notification, NotificationFilter, NotificationReader, NotificationRepository, NotificationSort,
    Preference, ReviewDue,
};
pub use outbox::{FailedMessage, FailureSort, Message, Outbox, PendingMessage, Topic, Trail};
pub use retention::{Kept, RetentionStore};
