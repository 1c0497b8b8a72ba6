//! `GET /audit-log`

use actix_web::get;
use ipt_application::audit::browse as use_case;
use ipt_domain::{
    Instant,
    id::{SessionId, UserId},
};
use ipt_ports::{
    audit::{AuditSort, AuditView},
    page::{Direction, Sort},
};
use serde::Serialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    answer::{Answer, ListBody, Listing, PageParams, Sortable},
    extract::{ActorArg, FromQuery, QueryReader},
    state::State,
    wire::Timestamp,
};

/// Which records are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct AuditQuery {
    /// By this person.
    #[param(value_type = Option<Uuid>)]
    actor: Option<UserId>,
    /// Of this action (`logbook.approve`), or of a context when it ends in a dot (`logbook.`).
    action: Option<String>,
    /// About this object.
    object: Option<Uuid>,
    /// From this moment.
    #[param(value_type = Option<Timestamp>)]
    from: Option<Instant>,
    /// Before this moment.
    #[param(value_type = Option<Timestamp>)]
    to: Option<Instant>,
}

impl FromQuery for AuditQuery {
    fn read(query: &mut QueryReader) -> Self {
        Self {
            actor: query.id("actor"),
            action: query.text("action"),
            object: query.id("object"),
            from: query.instant("from"),
            to: query.instant("to"),
        }
    }
}

impl Sortable for AuditSort {
    const FIELDS: &'static [(&'static str, Self)] = &[("at", Self::At)];
    const DEFAULT: Sort<Self> = Sort {
        field: Self::At,
        direction: Direction::Descending,
    };
}

/// The acting person.
#[derive(Serialize, ToSchema)]
struct AuditActor {
    id: Uuid,
    /// As far as it is still kept.
    name: Option<String>,
}

/// What was acted on.
#[derive(Serialize, ToSchema)]
struct AuditObject {
    #[schema(example = "log_entry")]
    kind: String,
    id: Uuid,
}

/// Who did what, on whose behalf, on which object, when, from where.
#[derive(Serialize, ToSchema)]
#[schema(as = AuditRecord)]
struct AuditDto {
    id: Uuid,
    /// Its number in the chain; null while it is not linked yet.
    sequence: Option<u64>,
    at: Timestamp,
    /// Null for background work and for people not signed in.
    actor: Option<AuditActor>,
    /// The person in whose place.
    on_behalf_of: Option<Uuid>,
    session_id: Option<Uuid>,
    #[schema(example = "logbook.approve")]
    action: String,
    object: AuditObject,
    /// From where (`address`, `device`, `request_id`), under `values` what was before and after, and under `entered_for` why a
    /// superadmin was in the institution; null once erased.
    #[schema(value_type = Option<Object>)]
    detail: Option<Value>,
}

impl From<AuditView> for AuditDto {
    fn from(view: AuditView) -> Self {
        let AuditView {
            record,
            values,
            actor_name,
            sequence,
        } = view;
        Self {
            id: record.id.uuid(),
            sequence,
            at: Timestamp(record.at),
            actor: record.actor.map(|id| AuditActor {
                id: id.uuid(),
                name: actor_name,
            }),
            on_behalf_of: record.on_behalf_of.map(UserId::uuid),
            session_id: record.session.map(SessionId::uuid),
            action: record.action.into_owned(),
            object: AuditObject {
                kind: record.object_kind.into_owned(),
                id: record.object_id,
            },
            detail: values,
        }
    }
}

/// The audit trail
///
/// The institution's; the deployment's for those who keep it and act in no institution. The newest first.
#[utoipa::path(
    tag = "audit",
    operation_id = "browse_audit_log",
    params(AuditQuery, PageParams<AuditSort>),
    responses((status = 200, description = "A page of records", body = ListBody<AuditDto>)),
)]
#[get("/audit-log")]
#[tracing::instrument(name = "http.audit.browse", skip_all)]
pub(super) async fn browse_audit_log(
    actor: ActorArg,
    state: State,
    listing: Listing<AuditQuery, AuditSort>,
) -> Answer {
    let query = &listing.filter;
    let filter = use_case::Filter {
        actor: query.actor,
        action: query.action.clone(),
        object: query.object,
        from: query.from,
        to: query.to,
    };
    let listed = use_case::execute(state.services(), &actor, filter, &listing.page, listing.count).await?;
    listing.answer(listed.page, listed.total, AuditDto::from)
}
