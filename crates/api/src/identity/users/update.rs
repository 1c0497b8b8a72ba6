//! `PATCH /users/{id}`

use actix_web::patch;
use ipt_application::identity::users::update as use_case;
use ipt_domain::id::{OrganisationId, UserId};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, Json, PathId},
    identity::dto::UserDto,
    state::State,
    wire::AnyRoleName,
};

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateUser {
    #[serde(default)]
    full_name: Option<String>,
    /// The language for mails, as a BCP 47 tag.
    #[serde(default)]
    #[schema(example = "sw")]
    language: Option<String>,
    /// The roles of one membership, which they replace.
    #[serde(default)]
    roles: Option<Vec<AnyRoleName>>,
    /// The organisation of that membership.
    #[serde(default)]
    organisation_id: Option<Uuid>,
}

/// Change a person
///
/// Nobody changes the own roles; anybody changes the own name.
#[utoipa::path(
    tag = "users",
    operation_id = "update_user",
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 200, description = "Changed", body = UserDto)),
)]
#[patch("/users/{id}")]
#[tracing::instrument(name = "http.identity.update_user", skip_all)]
pub(super) async fn update_user(
    actor: ActorArg,
    state: State,
    id: PathId<UserId>,
    seen: IfMatch,
    body: Json<UpdateUser>,
) -> Answer {
    let UpdateUser {
        full_name,
        language,
        roles,
        organisation_id,
    } = body.0;
    let command = use_case::Command {
        user: id.required()?,
        seen: seen.0,
        full_name,
        language,
        roles: roles.map(|roles| roles.into_iter().map(|role| role.0).collect()),
        organisation_id: organisation_id.map(OrganisationId::new),
    };
    let user = use_case::execute(state.services(), &actor, &command).await?;
    one(user.account.version, &UserDto::from(user))
}
