//! `GET /users/{id}/particulars`

use actix_web::get;
use ipt_application::identity::profiles::particulars::get as use_case;
use ipt_domain::id::UserId;

use super::dto::ParticularsDto;
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, PathId},
    state::State,
};

/// A person's sensitive particulars
///
/// The own ones, or those of somebody of the institution; then the audit trail tells who has looked, and at which fields.
#[utoipa::path(
    tag = "users",
    operation_id = "get_particulars",
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 200, description = "The particulars", body = ParticularsDto)),
)]
#[get("/users/{id}/particulars")]
#[tracing::instrument(name = "http.identity.get_particulars", skip_all)]
pub(super) async fn get_particulars(actor: ActorArg, state: State, id: PathId<UserId>) -> Answer {
    let user = id.required()?;
    let particulars = use_case::execute(state.services(), &actor, user).await?;
    one(particulars.version, &ParticularsDto::of(user, &particulars))
}
