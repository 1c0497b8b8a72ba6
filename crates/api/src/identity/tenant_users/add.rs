//! `POST /tenants/{id}/users`

use actix_web::post;
use ipt_application::identity::visiting::add_user as use_case;
use ipt_domain::id::TenantId;

use super::Reason;
use crate::{
    answer::{Answer, created},
    extract::{ActorArg, Json, PathId, Query},
    identity::{dto::UserDto, users::CreateUser},
    state::State,
};

/// Add a person to an institution
///
/// For a superadmin, with a reason. An institution that has no administrator yet needs none: that is how it gets its first.
#[utoipa::path(
    tag = "tenants",
    operation_id = "add_tenant_user",
    params(("id" = Uuid, Path, description = "The institution's id"), Reason),
    responses((status = 201, description = "Added", body = UserDto)),
)]
#[post("/tenants/{id}/users")]
#[tracing::instrument(name = "http.identity.add_tenant_user", skip_all)]
pub(super) async fn add_tenant_user(
    actor: ActorArg,
    state: State,
    id: PathId<TenantId>,
    query: Query<Reason>,
    body: Json<CreateUser>,
) -> Answer {
    let command = use_case::Command {
        tenant: id.required()?,
        reason: query.0.reason,
        person: body.0.command(),
    };
    let user = use_case::execute(state.services(), &actor, &command).await?;
    let (id, version) = (user.account.id, user.account.version);
    created(&format!("/api/v1/users/{id}"), version, &UserDto::from(user))
}
