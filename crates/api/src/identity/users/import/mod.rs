//! `POST /users/import`

mod table;

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::header,
    post,
    web::{Bytes, Payload},
};
use futures_util::StreamExt as _;
use ipt_application::identity::users::import::{AT_ONCE, Import, LineError, MAX_LINES, Report};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use utoipa::{IntoParams, ToSchema};

use crate::{
    answer::plain,
    codes::protocol::{BODY_TOO_LARGE, IDEMPOTENCY_IN_PROGRESS, UNSUPPORTED_MEDIA_TYPE},
    extract::{ActorArg, FromQuery, Patience, Query, QueryReader},
    middleware::Idempotency,
    problem::Problem,
    state::State,
};
use table::{Line, Table};

/// How a file is taken.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ImportQuery {
    /// Do nothing, and tell what would be done.
    #[param(value_type = Option<bool>)]
    dry_run: bool,
    /// Begin with this line, where an earlier attempt came to an end; those before are read and left alone.
    #[param(value_type = Option<u64>)]
    from_line: u64,
}

impl FromQuery for ImportQuery {
    fn read(query: &mut QueryReader) -> Self {
        Self {
            dry_run: query.flag("dry_run").unwrap_or_default(),
            from_line: query.parsed("from_line", line).unwrap_or_default(),
        }
    }
}

fn line(text: &str) -> Result<u64, &'static str> {
    text.parse().map_err(|_| "expected the number of a line")
}

/// One thing that is wrong with a line.
#[derive(Serialize, ToSchema)]
struct LineErrorDto {
    /// The column; null where the whole line is meant.
    #[schema(example = "email")]
    column: Option<&'static str>,
    #[schema(example = "email_invalid")]
    code: &'static str,
    detail: String,
}

/// A line of which nothing was done.
#[derive(Serialize, ToSchema)]
struct RejectedLine {
    /// From 1, the header included; of one that goes over several, the first.
    line: u64,
    errors: Vec<LineErrorDto>,
}

/// What became of a file.
#[derive(Serialize, ToSchema)]
struct ImportReport {
    dry_run: bool,
    /// Lines with somebody who was no member before.
    created: u64,
    /// Lines with a member who got a role or other particulars.
    updated: u64,
    /// Lines by which nothing changed.
    unchanged: u64,
    /// Lines that were refused: at most 1,000 of them, the first.
    rejected: Vec<RejectedLine>,
    /// How many were refused.
    rejected_count: u64,
    /// The last line that was looked at.
    last_line: u64,
}

impl ImportReport {
    fn of(report: Report, dry_run: bool) -> Self {
        let error = |error: LineError| LineErrorDto {
            column: error.column,
            code: error.code,
            detail: error.detail,
        };
        let rejected = report.rejected.into_iter().map(|rejected| RejectedLine {
            line: rejected.line,
            errors: rejected.errors.into_iter().map(error).collect(),
        });
        Self {
            dry_run,
            created: report.created,
            updated: report.updated,
            unchanged: report.unchanged,
            rejected: rejected.collect(),
            rejected_count: report.refused,
            last_line: report.last_line,
        }
    }
}

/// Add people from a file
///
/// `text/csv` in UTF-8 with a line of headings: `email`, `full_name`, `roles`, and if wanted `organisation_id`,
/// `registration_number`, `programme` (its code), `year_of_study`, `grade_average`; with commas, semicolons or tabs between.
/// Lines are done as they arrive, each by itself, of a file of up to 100,000 lines and 256 MiB, and those who are new are invited by
/// mail. The same file sent again changes nothing that is there already: so an import that broke off goes on.
#[utoipa::path(
    tag = "users",
    operation_id = "import_users",
    params(ImportQuery),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, description = "What became of it", body = ImportReport)),
)]
#[post("/users/import")]
#[tracing::instrument(name = "http.identity.import_users", skip_all)]
pub(super) async fn import_users(
    actor: ActorArg,
    state: State,
    query: Query<ImportQuery>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Error> {
    check_type(&request)?;
    let ImportQuery { dry_run, from_line } = query.0;
    let mut import = Import::begin(state.services(), &actor, dry_run).map_err(Problem::from)?;
    let mut body = Body {
        payload,
        patience: Patience::new(state.settings().body_timeout),
        digest: Sha256::new(),
        read: 0,
    };
    if !Idempotency::reserve_unread(&request).await? {
        Idempotency::reserve(&request, &body.rest().await?).await?;
        // What was known of the key ran out meanwhile, and the body is gone.
        return Err(Problem::new(IDEMPOTENCY_IN_PROGRESS).retry_after(1).into());
    }
    take(&mut import, &mut body, from_line).await?;
    Idempotency::settle(&request, &body.rest().await?).await?;
    Ok(plain(&ImportReport::of(import.finish(), dry_run))?)
}

/// Takes the lines from `from_line` on, as they arrive.
async fn take(import: &mut Import<'_>, body: &mut Body, from_line: u64) -> Result<(), Problem> {
    let mut table = Table::new();
    let mut rows = Vec::with_capacity(AT_ONCE);
    loop {
        let chunk = body.next().await?;
        let ended = chunk.is_none();
        table.feed(chunk.as_deref().unwrap_or_default(), ended)?;
        while let Some((number, line)) = table.next_line()? {
            let refused = match line {
                _ if number > MAX_LINES => Some(too_many()),
                _ if number < from_line => None,
                Line::Row(row) => {
                    rows.push((number, row));
                    None
                }
                Line::Unreadable(error) => Some(error),
            };
            if refused.is_some() || rows.len() == AT_ONCE {
                import.take(rows.drain(..)).await?;
            }
            if let Some(error) = refused {
                import.reject(number, vec![error]);
            }
            if number > MAX_LINES {
                return Ok(());
            }
        }
        import.take(rows.drain(..)).await?;
        if ended {
            return Ok(());
        }
    }
}

fn too_many() -> LineError {
    LineError {
        code: "too_many_lines",
        column: None,
        detail: format!("a file has at most {MAX_LINES} lines; from here on nothing was done"),
    }
}

/// The largest file, in bytes: some 2,600 for each line that it may have.
const MAX_BYTES: usize = 256 * 1_048_576;

/// The body, chunk by chunk: the next one is asked for when the one before is done.
struct Body {
    payload: Payload,
    patience: Patience,
    digest: Sha256,
    read: usize,
}

impl Body {
    /// Reads what is left; the digest of the whole.
    async fn rest(&mut self) -> Result<[u8; 32], Problem> {
        while self.next().await?.is_some() {}
        Ok(self.digest.clone().finalize().into())
    }

    async fn next(&mut self) -> Result<Option<Bytes>, Problem> {
        let Some(chunk) = self.patience.wait_for(self.payload.next()).await? else {
            return Ok(None);
        };
        let chunk = chunk?;
        self.patience.note(chunk.len());
        self.read += chunk.len();
        if self.read > MAX_BYTES {
            let most = format_args!("a file has at most {MAX_BYTES} bytes; the lines before were done");
            return Err(Problem::new(BODY_TOO_LARGE).detail(most));
        }
        self.digest.update(&chunk);
        Ok(Some(chunk))
    }
}

/// CSV and nothing else, in UTF-8 and not compressed.
fn check_type(request: &HttpRequest) -> Result<(), Problem> {
    let refused = |detail: &str| Err(Problem::new(UNSUPPORTED_MEDIA_TYPE).detail(detail));
    let text = |name| {
        request
            .headers()
            .get(name)
            .map(|value| value.to_str().unwrap_or_default())
    };
    if text(header::CONTENT_ENCODING).is_some_and(|encoding| !encoding.eq_ignore_ascii_case("identity")) {
        return refused("send the body as it is, without Content-Encoding");
    }
    let given = text(header::CONTENT_TYPE)
        .unwrap_or_default()
        .to_ascii_lowercase();
    let mut parts = given.split(';').map(str::trim);
    if parts.next() != Some("text/csv") {
        return refused("send text/csv");
    }
    let charset = parts.find_map(|part| part.strip_prefix("charset="));
    match charset {
        Some(charset) if charset.trim_matches('"') != "utf-8" => refused("send CSV in UTF-8"),
        Some(_) | None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use actix_web::{FromRequest as _, test::TestRequest};

    use super::*;

    #[actix_web::test]
    async fn a_file_that_never_ends_is_not_read_for_ever() {
        for (read, taken) in [(MAX_BYTES - 2, true), (MAX_BYTES - 1, false)] {
            let (request, mut payload) = TestRequest::post().set_payload("ab").to_http_parts();
            let mut body = Body {
                payload: Payload::from_request(&request, &mut payload).await.unwrap(),
                patience: Patience::new(Duration::from_secs(5)),
                digest: Sha256::new(),
                read,
            };
            match body.rest().await {
                Ok(_) => assert!(taken),
                Err(problem) => assert!(!taken && problem.to_value()["code"] == "body_too_large"),
            }
        }
    }
}
