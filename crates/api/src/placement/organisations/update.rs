//! `PATCH /organisations/{id}`

use actix_web::patch;
use ipt_application::placement::organisations::update as use_case;
use ipt_domain::id::OrganisationId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::dto::OrganisationDto;
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, Json, PathId},
    state::State,
    wire::{Nullable, nullable},
};

/// What to change; what is left out stays, and `null` takes a value away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateOrganisation {
    name: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    sector: Nullable<String>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    city: Nullable<String>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    country: Nullable<String>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    website: Nullable<String>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    description: Nullable<String>,
    /// Take the new name and city although another organisation has them: it is not that one.
    #[serde(default)]
    confirm_distinct: bool,
    /// The institution's own.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    contacts: Nullable<String>,
    /// The institution's own.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    notes: Nullable<String>,
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
    let UpdateOrganisation {
        name,
        sector,
        city,
        country,
        website,
        description,
        confirm_distinct,
        contacts,
        notes,
    } = body.0;
    let command = use_case::Command {
        seen: seen.0,
        name,
        sector,
        city,
        country,
        website,
        description,
        confirm_distinct,
        contacts,
        notes,
    };
    let view = use_case::execute(state.services(), &actor, id.required()?, &command).await?;
    one(view.organisation.version(), &OrganisationDto::from(view))
}
