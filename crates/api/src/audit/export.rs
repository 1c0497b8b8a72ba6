//! `GET /audit-log/export`

use actix_web::{
    HttpResponse, get,
    http::header::{self, ContentDisposition, DispositionParam, DispositionType},
    web::Bytes,
};
use futures_util::stream;
use ipt_application::audit::export::{self as use_case, Export};
use utoipa::{IntoParams, ToSchema};

use super::{browse::AuditQuery, csv, dto::AuditDto};
use crate::{
    answer::Answer,
    extract::{ActorArg, FromQuery, Query, QueryReader},
    problem::Problem,
    state::State,
};

/// What the records are written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ToSchema)]
enum Form {
    #[default]
    #[schema(rename = "csv")]
    Csv,
    #[schema(rename = "jsonl")]
    JsonLines,
}

impl Form {
    const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::JsonLines => "application/jsonl",
        }
    }

    fn parse(name: &str) -> Result<Self, &'static str> {
        [Self::Csv, Self::JsonLines]
            .into_iter()
            .find(|form| form.name() == name)
            .ok_or("expected csv or jsonl")
    }
}

/// What the records are written as.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct FormQuery {
    /// `csv` (the default) or `jsonl`.
    #[param(inline)]
    #[expect(dead_code, reason = "it describes the parameter; ExportQuery reads it")]
    format: Option<Form>,
}

struct ExportQuery {
    records: AuditQuery,
    form: Form,
}

impl FromQuery for ExportQuery {
    fn read(query: &mut QueryReader) -> Self {
        Self {
            records: AuditQuery::read(query),
            form: query.parsed("format", Form::parse).unwrap_or_default(),
        }
    }
}

/// Export the audit trail
///
/// All records of the institution that match (the deployment's for those who keep it), the oldest first, as they are now:
/// as CSV with a first line of names, or as JSON lines, each as GET `/audit-log` shows it. In CSV, a cell that a
/// spreadsheet would take for a formula has an apostrophe before it. An answer that breaks off is not all of it. The
/// export is written down in the trail, as `audit.export`.
#[utoipa::path(
    tag = "audit",
    operation_id = "export_audit_log",
    params(AuditQuery, FormQuery),
    responses(
        (status = 200, description = "The records", content((String = "text/csv"), (AuditDto = "application/jsonl"))),
    ),
)]
#[get("/audit-log/export")]
#[tracing::instrument(name = "http.audit.export", skip_all)]
pub(super) async fn export_audit_log(actor: ActorArg, state: State, query: Query<ExportQuery>) -> Answer {
    let ExportQuery { records, form } = query.0;
    let export = use_case::begin(state.services(), &actor, records.filter(), form.name()).await?;
    let written = Written {
        export,
        form,
        begun: false,
    };
    let file_name = format!("audit-log.{}", form.name());
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CONTENT_TYPE, form.media_type()));
    answer.insert_header(ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(file_name)],
    });
    Ok(answer.streaming(stream::try_unfold(written, Written::next)))
}

/// An export, as far as it is written.
struct Written {
    export: Export,
    form: Form,
    begun: bool,
}

impl Written {
    /// The next part of the answer.
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, actix_web::Error> {
        let records = self.export.next().await;
        let records = records.inspect_err(|error| tracing::error!(%error, "the export breaks off"));
        let Some(records) = records.map_err(Problem::from)? else {
            return Ok(None);
        };
        let mut text = String::new();
        if self.form == Form::Csv && !self.begun {
            text.push_str(csv::HEADER);
        }
        self.begun = true;
        for record in records.into_iter().map(AuditDto::from) {
            match self.form {
                Form::Csv => text.push_str(&csv::line(&record)?),
                Form::JsonLines => {
                    text.push_str(&serde_json::to_string(&record).map_err(Problem::internal)?);
                    text.push('\n');
                }
            }
        }
        Ok(Some((Bytes::from(text), self)))
    }
}
