//! `PATCH /organisations/{id}`

use actix_web::patch;
use ipt_application::placement::organisations::update as use_case;
use ipt_domain::id::OrganisationId;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::dto::OrganisationDto;
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, Json, PathId},
    state::State,
    wire::nullable,
};

/// What to change; what is left out stays, and `null` takes a value away.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct UpdateOrganisation {
    name: Option<String>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    sector: Option<Option<String>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    city: Option<Option<String>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    country: Option<Option<String>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    website: Option<Option<String>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    description: Option<Option<String>>,
    /// The institution's own.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    contacts: Option<Option<String>>,
    /// The institution's own.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    notes: Option<Option<String>>,
}

/// Change an organisation
///
/// Contacts and notes are one's own institution's; the rest everybody sees who deals with the organisation.
#[utoipa::path(
    tag = "organisations",
    operation_id = "update_organisation",
    params(("id" = Uuid, Path, description = "The organisation's id")),
    responses((status = 200, description = "Changed", body = OrganisationDto)),
)]
#[patch("/organisations/{id}")]
#[tracing::instrument(name = "http.placement.update_organisation", skip_all)]
pub(super) async fn update_organisation(
    actor: ActorArg,
    state: State,
    id: PathId<OrganisationId>,
    seen: IfMatch,
    body: Json<UpdateOrganisation>,
) -> Answer {
    let UpdateOrganisation { name, sector, city, country, website, description, contacts, notes } = body.0;
    let command = use_case::Command {
        seen: seen.0,
        name,
        sector,
        city,
        country,
        website,
        description,
        contacts,
        notes,
    };
    let view = use_case::execute(state.services(), &actor, id.required()?, &command).await?;
    one(view.organisation.version(), &OrganisationDto::from(view))
}
