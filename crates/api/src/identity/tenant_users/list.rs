//! `GET /tenants/{id}/users`

use actix_web::get;
use ipt_application::identity::visiting::list_users as use_case;
use ipt_domain::id::TenantId;
use ipt_ports::identity::UserSort;

use super::Reason;
use crate::{
    answer::{Answer, ListBody, Listing, PageParams},
    extract::{ActorArg, FromQuery, PathId, QueryReader},
    identity::{dto::UserDto, users::UserFilter},
    state::State,
};

/// Which people are wanted, and why.
struct TenantUserFilter {
    people: UserFilter,
    reason: Reason,
}

impl FromQuery for TenantUserFilter {
    fn read(query: &mut QueryReader) -> Self {
        Self {
            people: UserFilter::read(query),
            reason: Reason::read(query),
        }
    }
}

/// The people of an institution
///
/// For a superadmin, with a reason. Each look stands in the institution's audit trail.
#[utoipa::path(
    tag = "tenants",
    operation_id = "list_tenant_users",
    params(("id" = Uuid, Path, description = "The institution's id"), Reason, UserFilter, PageParams<UserSort>),
    responses((status = 200, description = "A page of people", body = ListBody<UserDto>)),
)]
#[get("/tenants/{id}/users")]
#[tracing::instrument(name = "http.identity.list_tenant_users", skip_all)]
pub(super) async fn list_tenant_users(
    actor: ActorArg,
    state: State,
    id: PathId<TenantId>,
    listing: Listing<TenantUserFilter, UserSort>,
) -> Answer {
    let TenantUserFilter { people, reason } = &listing.filter;
    let command = use_case::Command {
        tenant: id.required()?,
        reason: reason.reason.clone(),
        people: people.command(&listing.page, listing.count),
    };
    let (page, total) = use_case::execute(state.services(), &actor, command).await?;
    listing.answer(page, total, UserDto::from)
}
