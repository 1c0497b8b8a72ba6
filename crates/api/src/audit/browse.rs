//! `GET /audit-log`

use actix_web::get;
use ipt_application::audit::{Filter, browse as use_case};
use ipt_domain::{Instant, id::UserId};
use ipt_ports::{
    audit::AuditSort,
    page::{Direction, Sort},
};
use utoipa::IntoParams;
use uuid::Uuid;

use super::dto::AuditDto;
use crate::{
    answer::{Answer, ListBody, Listing, PageParams, Sortable},
    extract::{ActorArg, FromQuery, QueryReader},
    state::State,
    wire::Timestamp,
};

/// Which records are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct AuditQuery {
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

impl AuditQuery {
    /// What the use cases make of it.
    pub(super) fn filter(&self) -> Filter {
        Filter {
            actor: self.actor,
            action: self.action.clone(),
            object: self.object,
            from: self.from,
            to: self.to,
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
    let filter = listing.filter.filter();
    let listed = use_case::execute(state.services(), &actor, filter, &listing.page, listing.count).await?;
    listing.answer(listed.page, listed.total, AuditDto::from)
}
