//! `POST /organisations/{id}/relation`

use actix_web::post;
use ipt_application::placement::organisations::take_up as use_case;
use ipt_domain::id::OrganisationId;

use super::dto::OrganisationDto;
use crate::{
    answer::{Answer, created, one},
    extract::{ActorArg, IfMatch, NoBody, PathId},
    state::State,
};

/// Begin to deal with an organisation
///
/// Takes up an organisation of the directory for one's own institution, unverified. Other institutions' relations to it are
/// their own. Where there is a relation already, it stays as it is.
#[utoipa::path(
    tag = "organisations",
    operation_id = "take_up_organisation",
    params(("id" = Uuid, Path, description = "The organisation's id")),
    responses(
        (status = 201, description = "Taken up", body = OrganisationDto),
        (status = 200, description = "Taken up before", body = OrganisationDto),
    ),
)]
#[post("/organisations/{id}/relation")]
#[tracing::instrument(name = "http.placement.take_up_organisation", skip_all)]
pub(super) async fn take_up_organisation(
    actor: ActorArg,
    state: State,
    id: PathId<OrganisationId>,
    seen: IfMatch,
    _: NoBody,
) -> Answer {
    let use_case::TakenUp { view, begun } =
        use_case::execute(state.services(), &actor, id.required()?, seen.0).await?;
    let (id, version) = (view.organisation.id(), view.organisation.version());
    let body = OrganisationDto::from(view);
    if begun {
        created(&format!("/api/v1/organisations/{id}"), version, &body)
    } else {
        one(version, &body)
    }
}
