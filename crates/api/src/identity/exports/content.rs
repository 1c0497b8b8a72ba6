//! `GET /data-exports/{token}`

use std::convert::Infallible;

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    body::SizedStream,
    get,
    http::header::{self, ContentDisposition, DispositionParam, DispositionType, HeaderValue},
    web::Bytes,
};
use futures_util::{StreamExt as _, stream};
use ipt_application::identity::exports::fetch as use_case;

use super::link;
use crate::{
    answer::Answer,
    extract::{OriginArg, PathText},
    middleware::is_head,
    problem::{Problem, ProblemBody},
    state::State,
};

/// Fetch a copy of data, once
///
/// The link is the `download_url` of a copy that is ready. It needs no sign-in, and leads nowhere once it was used. Asking for its head (HEAD) does not use it.
#[utoipa::path(
    tag = "auth",
    operation_id = "fetch_export",
    params(("token" = String, Path, description = "The last part of `download_url`")),
    responses(
        (status = 200, description = "A ZIP", content_type = "application/zip"),
        (status = 404, description = "No such link, or it was used, or has run out", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/data-exports/{token}")]
#[tracing::instrument(name = "http.identity.fetch_export", skip_all)]
pub(super) async fn fetch_export(
    state: State,
    origin: OriginArg,
    token: PathText,
    request: HttpRequest,
) -> Answer {
    let id = link::id(state.seals(), &token.0).ok_or_else(Problem::not_found)?;
    if is_head(&request) {
        let size = use_case::size(state.services(), id).await?;
        let nothing = stream::empty::<Result<Bytes, Infallible>>();
        return Ok(zip().body(SizedStream::new(size, nothing)));
    }
    let handout = use_case::execute(state.services(), &origin, id).await?;
    let bytes = handout
        .bytes
        .map(|piece| piece.map_err(|error| -> Box<dyn std::error::Error> { Box::new(error) }));
    Ok(zip().body(SizedStream::new(handout.size, bytes)))
}

/// The head of a copy.
fn zip() -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CONTENT_TYPE, "application/zip"))
        .insert_header((header::CONTENT_ENCODING, HeaderValue::from_static("identity")))
        .insert_header(ContentDisposition {
            disposition: DispositionType::Attachment,
            parameters: vec![DispositionParam::Filename("my-data.zip".to_owned())],
        });
    response
}
