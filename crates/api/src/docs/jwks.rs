//! `GET /.well-known/jwks.json`

use actix_web::get;

use crate::{
    answer::{Answer, plain},
    state::State,
};

/// The public keys of access tokens
///
/// A JSON Web Key Set (RFC 7517), for services that check the tokens themselves.
#[utoipa::path(
    tag = "operation",
    operation_id = "jwks",
    responses((status = 200, description = "The keys", content_type = "application/json")),
)]
#[get("/.well-known/jwks.json")]
#[tracing::instrument(name = "http.docs.jwks", skip_all)]
pub(super) async fn jwks(state: State) -> Answer {
    plain(&state.services().tokens.key_set())
}
