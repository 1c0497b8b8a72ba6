//! A problem, as the description of the API shows it.

use serde::Serialize;
use utoipa::ToSchema;

use super::FieldError;

/// What went wrong (RFC 9457). Further members can come with a code: `invalid_transition` has `state`, `action` and
/// `allowed`.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody {
    /// An address that explains the code.
    #[schema(format = "uri", example = "https://ipt.example.org/errors/stale_version")]
    r#type: String,
    /// What happened, the same for each occurrence.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What happened this time.
    detail: String,
    /// The path that was asked for.
    instance: String,
    /// The code, for programs.
    #[schema(example = "stale_version")]
    code: String,
    /// The request's id, for questions to the operator.
    request_id: String,
    /// Each field or rule that is wrong, where fields or rules are concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Vec<FieldError>>,
}
