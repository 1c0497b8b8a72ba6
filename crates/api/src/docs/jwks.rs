//! `GET /.well-known/jwks.json`

use actix_web::{
    get,
    http::header::{self, HeaderValue},
};

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
    let mut answer = plain(&state.services().tokens.key_set())?;
    answer.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=300"),
    );
    Ok(answer)
}
