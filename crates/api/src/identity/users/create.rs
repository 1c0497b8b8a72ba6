//! `POST /users`

use actix_web::post;
use ipt_application::identity::users::create as use_case;
use ipt_domain::id::OrganisationId;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::{Answer, created},
    extract::{ActorArg, Json},
    identity::{dto::UserDto, profiles::ProfileBody},
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
    /// What is to stand in the profile.
    #[serde(default)]
    profile: Option<ProfileBody>,
}

impl CreateUser {
    /// The command that this stands for.
    pub(in crate::identity) fn command(self) -> use_case::Command {
        let Self {
            email,
            full_name,
            roles,
            password,
            organisation_id,
            profile,
        } = self;
        use_case::Command {
            email,
            full_name,
            roles: roles.into_iter().map(|role| role.0).collect(),
            password: password.map(|password| password.0),
            organisation_id: organisation_id.map(OrganisationId::new),
            profile: profile.unwrap_or_default().into(),
        }
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
    let command = body.0.command();
    let user = use_case::execute(state.services(), &actor, &command).await?;
    let (id, version) = (user.account.id, user.account.version);
    created(&format!("/api/v1/users/{id}"), version, &UserDto::from(user))
}
