//! `POST /organisations`

use actix_web::post;
use ipt_application::placement::organisations::create as use_case;
use ipt_domain::placement::organisation::OrganisationDraft;
use serde::Deserialize;
use utoipa::ToSchema;

use super::dto::OrganisationDto;
use crate::{
    answer::{Answer, created},
    extract::{ActorArg, Json},
    state::State,
};

/// A new organisation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreateOrganisation {
    #[schema(example = "Kilimo Systems Ltd")]
    name: String,
    #[serde(default)]
    #[schema(example = "software")]
    sector: Option<String>,
    #[serde(default)]
    #[schema(example = "Dar es Salaam")]
    city: Option<String>,
    #[serde(default)]
    #[schema(example = "Tanzania")]
    country: Option<String>,
    /// An address that begins with `https://` or `http://`.
    #[serde(default)]
    website: Option<String>,
    #[serde(default)]
    description: Option<String>,
    /// Make it although the directory has one of this name in this city: it is another.
    #[serde(default)]
    confirm_distinct: bool,
}

/// Make an organisation
///
/// The institution deals with it from now on; it is verified by an action of its own. One that is in the directory is
/// taken up instead: a second one of its name in its city is refused with `organisation_exists` unless it is
/// `confirm_distinct`.
#[utoipa::path(
    tag = "organisations",
    operation_id = "create_organisation",
    responses((status = 201, description = "Made", body = OrganisationDto)),
)]
#[post("/organisations")]
#[tracing::instrument(name = "http.placement.create_organisation", skip_all)]
pub(super) async fn create_organisation(
    actor: ActorArg,
    state: State,
    body: Json<CreateOrganisation>,
) -> Answer {
    let CreateOrganisation {
        name,
        sector,
        city,
        country,
        website,
        description,
        confirm_distinct,
    } = body.0;
    let draft = OrganisationDraft {
        name,
        sector,
        city,
        country,
        website,
        description,
    };
    let command = use_case::Command {
        draft,
        confirm_distinct,
    };
    let view = use_case::execute(state.services(), &actor, &command).await?;
    let (id, version) = (view.organisation.id(), view.organisation.version());
    created(
        &format!("/api/v1/organisations/{id}"),
        version,
        &OrganisationDto::from(view),
    )
}
