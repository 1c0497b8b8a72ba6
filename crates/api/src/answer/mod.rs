//! Writing answers.

mod cursor;
mod etag;
mod listing;

use actix_web::{
    HttpResponse,
    http::header::{self, HeaderValue},
};
pub(crate) use etag::entity_tag;
use ipt_domain::version::Version;
pub(crate) use listing::{ListBody, Listing, NoFilter, PageParams, Sortable};
use serde::Serialize;

use crate::problem::Problem;

/// What a handler gives back.
pub(crate) type Answer = Result<HttpResponse, Problem>;

/// A single resource, with its entity tag.
pub(crate) fn one<T: Serialize>(version: Version, body: &T) -> Answer {
    tagged(HttpResponse::Ok(), version, body)
}

/// A resource just made, with its address and entity tag.
pub(crate) fn created<T: Serialize>(location: &str, version: Version, body: &T) -> Answer {
    let mut builder = HttpResponse::Created();
    builder.insert_header((header::LOCATION, location));
    tagged(builder, version, body)
}

/// Something that is no resource of its own: a sign-in, figures, a report of what was done.
pub(crate) fn plain<T: Serialize>(body: &T) -> Answer {
    let body = serde_json::to_vec(body).map_err(Problem::internal)?;
    Ok(HttpResponse::Ok()
        .content_type(HeaderValue::from_static("application/json"))
        .body(body))
}

/// What is said of a request whose outcome comes by mail: always the same.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Accepted {
    #[schema(value_type = String, example = "accepted")]
    status: &'static str,
}

/// Taken; what follows comes by mail.
pub(crate) fn accepted() -> Answer {
    let body = serde_json::to_vec(&Accepted { status: "accepted" }).map_err(Problem::internal)?;
    Ok(HttpResponse::Accepted()
        .content_type(HeaderValue::from_static("application/json"))
        .body(body))
}

/// Done, and nothing to say.
#[expect(
    clippy::unnecessary_wraps,
    reason = "handlers end alike, whatever they answer"
)]
pub(crate) fn nothing() -> Answer {
    Ok(HttpResponse::NoContent().finish())
}

fn tagged<T: Serialize>(mut builder: actix_web::HttpResponseBuilder, version: Version, body: &T) -> Answer {
    let body = serde_json::to_vec(body).map_err(Problem::internal)?;
    builder.insert_header((header::ETAG, entity_tag(version, &body)));
    Ok(builder
        .content_type(HeaderValue::from_static("application/json"))
        .body(body))
}
