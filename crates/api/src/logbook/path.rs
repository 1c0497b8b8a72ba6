//! What stands in the paths.

use utoipa::IntoParams;
use uuid::Uuid;

/// The log of a path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "described here, and read by `PathId`")]
pub(super) struct LogId {
    /// The log's id.
    id: Uuid,
}

/// The attachment of a path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "described here, and read by `PathId`")]
pub(super) struct AttachmentId {
    /// The attachment's id.
    id: Uuid,
}
