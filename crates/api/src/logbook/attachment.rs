//! `GET /attachments/{id}`, `GET /attachments/{id}/content`

use std::str::FromStr as _;

use actix_web::{
    HttpRequest, HttpResponse,
    body::SizedStream,
    get,
    http::{
        StatusCode,
        header::{
            self, ContentDisposition, DispositionParam, DispositionType, ETag, EntityTag, ExtendedValue,
            HeaderValue,
        },
    },
};
use futures_util::StreamExt as _;
use ipt_application::logbook::download;
use ipt_domain::id::AttachmentId;
use ipt_ports::{blob_store::ByteRange, logbook::StoredAttachment};
use serde::Serialize;
use utoipa::ToSchema;

use super::dto::{AttachmentDto, hexadecimal};
use crate::{
    answer::{self, Answer},
    codes::protocol::RANGE_NOT_SATISFIABLE,
    extract::{ActorArg, PathId},
    middleware::is_head,
    problem::{Problem, ProblemBody},
    state::State,
};

/// A file by itself.
#[derive(Serialize, ToSchema)]
#[schema(as = AttachmentWithVersion)]
struct SingleAttachment {
    #[serde(flatten)]
    attachment: AttachmentDto,
    /// The version of its log: it changes with that.
    version: u32,
}

/// What a file is called, and how large it is
#[utoipa::path(
    operation_id = "get_attachment",
    tag = "logbook",
    params(super::path::AttachmentId),
    responses(
        (status = 200, description = "The attachment", body = SingleAttachment),
        (status = 403, description = "None of your business", body = ProblemBody),
        (status = 404, description = "No such attachment", body = ProblemBody),
    ),
)]
#[get("/attachments/{id}")]
#[tracing::instrument(name = "http.logbook.attachment", skip_all)]
pub(super) async fn handle(caller: ActorArg, id: PathId<AttachmentId>, state: State) -> Answer {
    let found = download::find(state.services(), &caller, id.required()?).await?;
    let body = SingleAttachment {
        attachment: AttachmentDto::from(&found.file.attachment),
        version: found.version.number(),
    };
    answer::one(found.version, &body)
}

/// The bytes of a file, or a range of them
///
/// Always as a download: nothing that was uploaded is shown in this origin.
#[utoipa::path(
    operation_id = "get_attachment_content",
    tag = "logbook",
    params(super::path::AttachmentId),
    responses(
        (status = 200, description = "The bytes", content_type = "application/octet-stream"),
        (status = 206, description = "The range asked for", content_type = "application/octet-stream"),
        (status = 403, description = "None of your business", body = ProblemBody),
        (status = 404, description = "No such attachment", body = ProblemBody),
        (status = 416, description = "The range lies outside the file", body = ProblemBody),
    ),
)]
#[get("/attachments/{id}/content")]
#[tracing::instrument(name = "http.logbook.attachment_content", skip_all)]
pub(super) async fn content(
    caller: ActorArg,
    id: PathId<AttachmentId>,
    request: HttpRequest,
    state: State,
) -> Answer {
    let file = download::find(state.services(), &caller, id.required()?)
        .await?
        .file;
    let size = file.attachment.size();
    let range = if is_head(&request) || !is_same(&request, &tag(&file)) {
        None
    } else {
        wanted(&request, size)?
    };
    let body = download::open(state.services(), &file, range).await?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header(ETag(tag(&file)));
    let length = match range {
        Some(range) => {
            answer.status(StatusCode::PARTIAL_CONTENT);
            answer.insert_header((
                header::CONTENT_RANGE,
                format!("bytes {}-{}/{size}", range.first, range.last),
            ));
            range.last - range.first + 1
        }
        None => size,
    };
    answer.insert_header((header::ACCEPT_RANGES, "bytes"));
    answer.insert_header((header::CONTENT_TYPE, file.attachment.media_type().media_type()));
    answer.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static("identity")));
    answer.insert_header(disposition(&file));
    let bytes = body.map(|chunk| chunk.map_err(|error| -> Box<dyn std::error::Error> { Box::new(error) }));
    Ok(answer.body(SizedStream::new(length, bytes)))
}

/// The entity tag of a file's bytes, which never change.
fn tag(file: &StoredAttachment) -> EntityTag {
    let digest = file.attachment.sha256();
    EntityTag::new_strong(hexadecimal(digest))
}

/// Whether a range is one of the file that the client has the beginning of (RFC 9110, 13.1.5); a date never tells so.
fn is_same(request: &HttpRequest, tag: &EntityTag) -> bool {
    let Some(named) = request.headers().get(header::IF_RANGE) else {
        return true;
    };
    let named = named
        .to_str()
        .ok()
        .and_then(|named| EntityTag::from_str(named).ok());
    named.is_some_and(|named| named.strong_eq(tag))
}

/// Under which name the file is saved.
fn disposition(file: &StoredAttachment) -> ContentDisposition {
    let attachment = &file.attachment;
    let name = attachment.file_name().as_kind(attachment.media_type());
    let name = name.as_str();
    let plain: String = name
        .chars()
        .map(|letter| if letter.is_ascii() { letter } else { '_' })
        .collect();
    let mut parameters = vec![DispositionParam::Filename(plain.clone())];
    if plain != name {
        parameters.push(DispositionParam::FilenameExt(ExtendedValue {
            charset: header::Charset::Ext("UTF-8".to_owned()),
            language_tag: None,
            value: name.as_bytes().to_vec(),
        }));
    }
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters,
    }
}

/// The range asked for (RFC 9110): one range of bytes, else the whole file.
fn wanted(request: &HttpRequest, size: u64) -> Result<Option<ByteRange>, Problem> {
    let Some(header) = request
        .headers()
        .get(header::RANGE)
        .and_then(|value| value.to_str().ok())
    else {
        return Ok(None);
    };
    let Some(spec) = header.strip_prefix("bytes=").filter(|spec| !spec.contains(',')) else {
        return Ok(None);
    };
    let Some((first, last)) = spec.trim().split_once('-') else {
        return Ok(None);
    };
    let number = |text: &str| {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u64>().ok().filter(|_| digits)
    };
    let range = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => (first, last.min(size.saturating_sub(1))),
        (Some(first), None) if last.is_empty() => (first, size.saturating_sub(1)),
        (None, Some(tail)) if first.is_empty() && tail > 0 => {
            (size.saturating_sub(tail), size.saturating_sub(1))
        }
        _ => return Ok(None),
    };
    if range.0 >= size {
        let whole = HeaderValue::from_str(&format!("bytes */{size}")).map_err(Problem::internal)?;
        return Err(Problem::new(RANGE_NOT_SATISFIABLE).with_header(header::CONTENT_RANGE, whole));
    }
    Ok(Some(ByteRange {
        first: range.0,
        last: range.1,
    }))
}
