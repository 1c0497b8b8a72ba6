//! `POST /users`

use actix_web::post;
use ipt_application::identity::users::create as use_case;
use ipt_domain::id::OrganisationId;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::{Answer, created},
    codes::protocol::INVALID_VALUE,
    extract::{ActorArg, Json},
    identity::dto::UserDto,
    problem::Problem,
    state::State,
    wire::{AnyRoleName, Secret},
};

/// Whom to add.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::identity) struct CreateUser {
    #[schema(example = "asha.mushi@udsm.example")]
    email: String,
    /// An existing person keeps the own one.
    #[schema(example = "Asha Mushi")]
    full_name: String,
    roles: Vec<AnyRoleName>,
    /// The first password of a new person, who then counts as verified; without one an invitation goes out by mail. Refused for
    /// an address that exists.
    #[serde(default)]
    password: Option<Secret>,
    /// The organisation, for roles in one.
    #[serde(default)]
    organisation_id: Option<Uuid>,
    /// Further particulars; none are kept yet, so nothing but an empty object is taken.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    profile: Option<Map<String, Value>>,
}

impl CreateUser {
    /// The command that this stands for.
    ///
    /// # Errors
    /// 422 for what is not taken.
    pub(in crate::identity) fn command(self) -> Result<use_case::Command, Problem> {
        let Self {
            email,
            full_name,
            roles,
            password,
            organisation_id,
            profile,
        } = self;
        if profile.is_some_and(|profile| !profile.is_empty()) {
            return Err(Problem::field(
                "/profile",
                INVALID_VALUE,
                "no particulars are kept yet; leave them out",
            ));
        }
        Ok(use_case::Command {
            email,
            full_name,
            roles: roles.into_iter().map(|role| role.0).collect(),
            password: password.map(|password| password.0),
            organisation_id: organisation_id.map(OrganisationId::new),
        })
    }
}

/// Add a person
///
/// A new person, or a membership for an address that exists; that one's owner is told by mail.
#[utoipa::path(
    tag = "users",
    operation_id = "create_user",
    responses((status = 201, description = "Added", body = UserDto)),
)]
#[post("/users")]
#[tracing::instrument(name = "http.identity.create_user", skip_all)]
pub(super) async fn create_user(actor: ActorArg, state: State, body: Json<CreateUser>) -> Answer {
    let command = body.0.command()?;
    let user = use_case::execute(state.services(), &actor, &command).await?;
    let (id, version) = (user.account.id, user.account.version);
    created(&format!("/api/v1/users/{id}"), version, &UserDto::from(user))
}
