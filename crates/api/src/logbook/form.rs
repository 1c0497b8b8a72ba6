//! A multipart form, part by part: files go to the store as they arrive, fields become the same JSON as a body of JSON.

use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::{FromRequest as _, HttpRequest, web::Payload};
use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _};
use ipt_application::logbook::{
    LogbookError,
    upload::{self, Target, Uploaded},
};
use ipt_domain::{id::PlacementId, logbook::file_name::SafeFileName};
use ipt_ports::blob_store::{Acceptance, BlobError, StreamError};
use serde::Deserialize;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;
use utoipa::ToSchema;

use super::report::LocationBody;
use crate::{
    codes::protocol::{BODY_TOO_LARGE, INVALID_VALUE, MALFORMED_REQUEST, UNKNOWN_FIELD},
    extract::{ActorArg, Patience, TooSlow},
    problem::Problem,
    state::State,
    wire::{Date, DayKindName, Timestamp},
};

/// The form of a new log, as the description of the API shows it. A form knows no `null`: a field is there or not.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "described here, and read part by part")]
pub(super) struct NewLogForm {
    /// What was done.
    #[schema(required = false)]
    content: String,
    /// The day on which the shift began.
    log_date: Date,
    /// Hours worked, in quarter hours.
    #[schema(required = false)]
    hours_worked: f64,
    /// The kind of day.
    #[schema(required = false)]
    kind: DayKindName,
    /// Skills used; repeated, or as a JSON array.
    #[schema(required = false)]
    skills: Vec<String>,
    /// When the entry was written.
    #[schema(required = false)]
    captured_at: Timestamp,
    /// Where the entry was written, as JSON.
    #[schema(required = false)]
    location_data: LocationBody,
    /// The placement.
    #[schema(required = false)]
    placement_id: uuid::Uuid,
    /// Keep it as a draft.
    #[schema(required = false)]
    draft: bool,
    /// Files, repeated.
    #[schema(required = false, value_type = Vec<String>, format = Binary)]
    attachment: Vec<String>,
}

/// The form of a file for a log.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "described here, and read part by part")]
pub(super) struct AttachmentForm {
    /// Files, repeated.
    #[schema(value_type = Vec<String>, format = Binary, min_items = 1)]
    attachment: Vec<String>,
}

/// All text of a form together, in bytes, at most.
const MAX_TEXT: usize = 1_048_576;

/// Files in one form at most: more than any programme takes.
const MAX_FILES: usize = 50;

/// How much is read of a form after it was refused, so that its sender comes to read the answer.
const DISCARDED: usize = 16 * 1_048_576;

/// The part that holds a file.
const FILE: &str = "attachment";
/// The same, as libraries name the parts of a list.
const FILES: &str = "attachment[]";

/// What came in a form.
pub(super) struct Form {
    /// The fields, as JSON.
    pub(super) values: Map<String, Value>,
    /// The files, stored.
    pub(super) files: Vec<Uploaded>,
    /// What tells this form from another: names, values and the files' hashes.
    digest: Sha256,
    /// Whether the form itself could not be read on: then there is no rest.
    broken_off: bool,
    /// How long the next piece is waited for.
    patience: Patience,
}

impl Form {
    fn new(silence: Duration) -> Self {
        Self {
            values: Map::new(),
            files: Vec::new(),
            digest: Sha256::new(),
            broken_off: false,
            patience: Patience::new(silence),
        }
    }

    /// The digest that stands for the whole form.
    pub(super) fn digest(&self) -> [u8; 32] {
        self.digest.clone().finalize().into()
    }
}

/// Reads a form. When it is refused, files that were stored already are removed again, and a bounded rest is read.
///
/// # Errors
/// The problem of the first part that cannot be taken.
pub(super) async fn read(
    request: &HttpRequest,
    payload: Payload,
    state: &State,
    caller: &ActorArg,
    target: Target,
) -> Result<Form, Problem> {
    let mut payload = payload.into_inner();
    let mut parts = Multipart::from_request(request, &mut payload)
        .await
        .map_err(|_| malformed())?;
    let mut form = Form::new(state.settings().body_timeout);
    match read_parts(&mut parts, &mut form, state, caller, target).await {
        Ok(()) => Ok(form),
        Err(problem) => {
            upload::discard(state.services(), &form.files).await;
            if !form.broken_off && !form.patience.is_lost() {
                discard_rest(parts).await;
            }
            Err(problem)
        }
    }
}

async fn read_parts(
    parts: &mut Multipart,
    form: &mut Form,
    state: &State,
    caller: &ActorArg,
    target: Target,
) -> Result<(), Problem> {
    let (mut text, mut acceptance) = (0, None);
    while let Some(part) = next(parts, form).await? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == FILE || name == FILES {
            let acceptance = match &acceptance {
                Some(known) => known,
                None => acceptance.insert(limits(state, caller, target, form).await?),
            };
            read_file(part, form, state, caller, acceptance).await?;
        } else {
            let value = read_text(part, form, &mut text).await?;
            take_field(form, target, &name, value)?;
        }
    }
    Ok(())
}

/// The limits of uploads; of the placement named, if it was named before the first file.
async fn limits(
    state: &State,
    caller: &ActorArg,
    target: Target,
    form: &Form,
) -> Result<Acceptance, Problem> {
    let named = form
        .values
        .get("placement_id")
        .and_then(Value::as_str)
        .and_then(|id| id.parse::<PlacementId>().ok());
    let target = match target {
        Target::Placement(None) => Target::Placement(named),
        Target::Placement(Some(_)) | Target::Entry(_) => target,
    };
    Ok(upload::limits(state.services(), caller, target).await?)
}

/// Stores a file while it arrives. A part without a name and without content is an empty field of a form in a browser.
async fn read_file(
    mut part: Field,
    form: &mut Form,
    state: &State,
    caller: &ActorArg,
    acceptance: &Acceptance,
) -> Result<(), Problem> {
    let file_name = part
        .content_disposition()
        .and_then(|disposition| disposition.get_filename())
        .map(str::to_owned);
    let Some(first) = chunk(&mut part, form).await? else {
        return match file_name.as_deref() {
            None | Some("") => Ok(()),
            Some(name) => Err(Problem::rule(
                "attachment_type",
                "/attachment",
                format!("the file {:?} is empty", SafeFileName::sanitise(name).as_str()),
            )),
        };
    };
    if form.files.len() == MAX_FILES {
        let most = format!("a form has at most {MAX_FILES} files");
        return Err(Problem::rule("too_many_attachments", "/attachment", most));
    }
    let (sender, receiver) = mpsc::channel::<Result<Bytes, StreamError>>(4);
    let body = futures_util::stream::unfold(receiver, |mut receiver| async move {
        receiver.recv().await.map(|received| (received, receiver))
    });
    let name = file_name.unwrap_or_default();
    let (uploaded, ()) = tokio::join!(
        upload::execute(state.services(), caller, acceptance, &name, body.boxed()),
        pump(part, first, sender, &mut form.patience),
    );
    let uploaded = uploaded.map_err(|error| refused(error, &name, acceptance))?;
    note(
        &mut form.digest,
        FILE,
        uploaded.attachment.file_name().as_str().as_bytes(),
    );
    form.digest.update(uploaded.attachment.sha256());
    form.files.push(uploaded);
    Ok(())
}

/// Why a file is not taken, with its name: there may be several.
fn refused(error: LogbookError, sent: &str, acceptance: &Acceptance) -> Problem {
    let name = SafeFileName::sanitise(sent);
    let name = name.as_str();
    match error {
        LogbookError::Blob(BlobError::Type(kind)) => {
            let found = match kind {
                Some(kind) => format!("is a {kind}"),
                None => "is of no kind that is known here (a text is in UTF-8)".to_owned(),
            };
            let taken = acceptance.types.iter().map(ToString::to_string);
            let taken = taken.collect::<Vec<_>>().join(", ");
            let told = format!("the file {name:?} {found}; by their content, these are taken: {taken}");
            Problem::rule("attachment_type", "/attachment", told)
        }
        LogbookError::Blob(BlobError::TooLarge { max_bytes }) => {
            let told = format!("the file {name:?} is too large: a file has at most {max_bytes} bytes");
            Problem::rule("attachment_too_large", "/attachment", told)
        }
        other => other.into(),
    }
}

/// Passes the chunks of a part on, one after the other; stops when nobody wants them any more.
async fn pump(
    mut part: Field,
    first: Bytes,
    sender: mpsc::Sender<Result<Bytes, StreamError>>,
    patience: &mut Patience,
) {
    let mut next = Some(Ok(first));
    while let Some(chunk) = next {
        let broken = chunk.is_err();
        if sender.send(chunk).await.is_err() || broken {
            return;
        }
        next = match patience.wait_for(part.try_next()).await {
            Ok(Ok(Some(chunk))) => {
                patience.note(chunk.len());
                Some(Ok(chunk))
            }
            Ok(Ok(None)) => None,
            Ok(Err(_)) => Some(Err(StreamError::BrokenOff)),
            Err(TooSlow) => Some(Err(StreamError::TooSlow)),
        };
    }
}

/// Reads a field of text.
async fn read_text(mut part: Field, form: &mut Form, all: &mut usize) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = chunk(&mut part, form).await? {
        *all += chunk.len();
        if *all > MAX_TEXT {
            return Err(
                Problem::new(BODY_TOO_LARGE).detail(format_args!("the text has at most {MAX_TEXT} bytes"))
            );
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| Problem::new(MALFORMED_REQUEST).detail("a field is not UTF-8"))
}

/// Takes a field over as the JSON that it would be in a body of JSON. An empty one counts as left out.
fn take_field(form: &mut Form, target: Target, name: &str, text: String) -> Result<(), Problem> {
    note(&mut form.digest, name, text.as_bytes());
    let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
    if matches!(target, Target::Entry(_)) {
        let told = format!("there is no field of this name; expected `{FILE}`");
        return Err(Problem::field(pointer, UNKNOWN_FIELD, told));
    }
    if name == "skills" {
        return take_skills(form, text);
    }
    if form.values.contains_key(name) {
        return Err(Problem::field(
            pointer,
            INVALID_VALUE,
            "it stands there more than once",
        ));
    }
    if text.is_empty() {
        return Ok(());
    }
    let json = |text: &str| serde_json::from_str::<Value>(text.trim()).ok();
    let value = match name {
        "location_data" => json(&text).ok_or_else(|| {
            Problem::field(pointer, INVALID_VALUE, "expected JSON: {\"lat\": …, \"lng\": …}")
        })?,
        "hours_worked" => json(&text)
            .filter(Value::is_number)
            .unwrap_or(Value::String(text)),
        "draft" => json(&text)
            .filter(Value::is_boolean)
            .unwrap_or(Value::String(text)),
        _ => Value::String(text),
    };
    form.values.insert(name.to_owned(), value);
    Ok(())
}

/// Skills come repeated, or as a JSON array.
fn take_skills(form: &mut Form, text: String) -> Result<(), Problem> {
    let more = if text.trim_start().starts_with('[') {
        let list: Option<Vec<String>> = serde_json::from_str(&text).ok();
        list.ok_or_else(|| Problem::field("/skills", INVALID_VALUE, "expected a JSON array of names"))?
    } else {
        Some(text).filter(|text| !text.is_empty()).into_iter().collect()
    };
    let skills = form
        .values
        .entry("skills")
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(skills) = skills {
        skills.extend(more.into_iter().map(Value::String));
    }
    Ok(())
}

/// The next part.
async fn next(parts: &mut Multipart, form: &mut Form) -> Result<Option<Field>, Problem> {
    let part = form.patience.wait_for(parts.try_next()).await?;
    form.broken_off = part.is_err();
    Ok(part?)
}

/// The next chunk of a part.
async fn chunk(part: &mut Field, form: &mut Form) -> Result<Option<Bytes>, Problem> {
    let chunk = form.patience.wait_for(part.try_next()).await??;
    form.patience.note(chunk.as_ref().map_or(0, Bytes::len));
    Ok(chunk)
}

/// Reads a bounded rest of a refused form.
async fn discard_rest(mut parts: Multipart) {
    let rest = async {
        let mut read = 0;
        while let Ok(Some(mut part)) = parts.try_next().await {
            while let Ok(Some(chunk)) = part.try_next().await {
                read += chunk.len();
                if read > DISCARDED {
                    return;
                }
            }
        }
    };
    // Whoever is slower than this has to do without the answer.
    let _ = tokio::time::timeout(Duration::from_secs(5), rest).await;
}

/// Adds a name and a value to the digest, each with its length.
fn note(digest: &mut Sha256, name: &str, value: &[u8]) {
    for bytes in [name.as_bytes(), value] {
        digest.update((bytes.len() as u64).to_be_bytes());
        digest.update(bytes);
    }
}

fn malformed() -> Problem {
    Problem::new(MALFORMED_REQUEST).detail("the multipart body cannot be read")
}
