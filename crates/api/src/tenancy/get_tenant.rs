//! `GET /tenant`

use actix_web::get;
use ipt_application::tenancy::get;

use super::dto::TenantDto;
use crate::{
    answer::{Answer, one},
    extract::ActorArg,
    state::State,
};

/// The institution in which one acts
#[utoipa::path(
    tag = "tenancy",
    operation_id = "get_tenant",
    responses((status = 200, description = "The institution", body = TenantDto)),
)]
#[get("/tenant")]
#[tracing::instrument(name = "http.tenancy.get_tenant", skip_all)]
pub(super) async fn get_tenant(actor: ActorArg, state: State) -> Answer {
    let institution = get::execute(state.services(), &actor).await?;
    one(institution.version(), &TenantDto::from(&institution))
}
