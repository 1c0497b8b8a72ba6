//! `PATCH /users/{id}/particulars`

use std::collections::BTreeMap;

use actix_web::patch;
use ipt_application::identity::profiles::particulars::update as use_case;
use ipt_domain::{id::UserId, identity::personal::PersonalField};
use serde::Deserialize;
use utoipa::ToSchema;

use super::dto::ParticularsDto;
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, Json, PathId},
    state::State,
    wire::{Nullable, Secret, nullable},
};

/// What to change; what is left out stays, and null takes a value away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateParticulars {
    /// 5 to 15 digits, a plus before them perhaps.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, example = "+255 22 240 0500")]
    phone: Nullable<Secret>,
    /// The number of an identity card or passport.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    national_id: Nullable<Secret>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = Date, example = "2004-02-29")]
    birth_date: Nullable<Secret>,
    /// What a host must know in an emergency; at most 2,000 characters.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    health_notes: Nullable<Secret>,
}

/// Change sensitive particulars
///
/// The own ones, or those of somebody whom one may change and whose particulars one may read.
#[utoipa::path(
    tag = "users",
    operation_id = "update_particulars",
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 200, description = "Changed", body = ParticularsDto)),
)]
#[patch("/users/{id}/particulars")]
#[tracing::instrument(name = "http.identity.update_particulars", skip_all)]
pub(super) async fn update_particulars(
    actor: ActorArg,
    state: State,
    id: PathId<UserId>,
    seen: IfMatch,
    body: Json<UpdateParticulars>,
) -> Answer {
    let UpdateParticulars {
        phone,
        national_id,
        birth_date,
        health_notes,
    } = body.0;
    let user = id.required()?;
    let given = [
        (PersonalField::Phone, phone),
        (PersonalField::NationalId, national_id),
        (PersonalField::BirthDate, birth_date),
        (PersonalField::HealthNotes, health_notes),
    ];
    let changes = given
        .into_iter()
        .filter_map(|(field, value)| Some((field, value?)));
    let command = use_case::Command {
        user,
        seen: seen.0,
        changes: changes
            .map(|(field, value)| (field, value.map(|value| value.0)))
            .collect::<BTreeMap<_, _>>(),
    };
    let particulars = use_case::execute(state.services(), &actor, &command).await?;
    one(particulars.version, &ParticularsDto::of(user, &particulars))
}
