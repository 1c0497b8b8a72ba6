//! `GET /tenants/{id}`

use actix_web::get;
use ipt_application::tenancy::tenants::get as use_case;
use ipt_domain::id::TenantId;

use super::dto::TenantInFull;
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, PathId},
    state::State,
};

/// One institution
///
/// For a superadmin.
#[utoipa::path(
    tag = "tenants",
    operation_id = "get_tenant_by_id",
    params(("id" = Uuid, Path, description = "The institution's id")),
    responses((status = 200, description = "The institution", body = TenantInFull)),
)]
#[get("/tenants/{id}")]
#[tracing::instrument(name = "http.tenancy.get_tenant_by_id", skip_all)]
pub(super) async fn get_tenant_by_id(actor: ActorArg, state: State, id: PathId<TenantId>) -> Answer {
    let institution = use_case::execute(state.services(), &actor, id.required()?).await?;
    one(institution.version(), &TenantInFull::from(&institution))
}
