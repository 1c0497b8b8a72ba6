//! The people of any institution, for somebody who keeps the deployment and says why.

mod add;
mod list;

use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::extract::{FromQuery, QueryReader};

/// Why somebody looks into an institution.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct Reason {
    /// Why: kept in the institution's audit trail. Only whoever acts in the institution already needs none.
    reason: Option<String>,
}

impl FromQuery for Reason {
    fn read(query: &mut QueryReader) -> Self {
        Self {
            reason: query.text("reason"),
        }
    }
}

/// The endpoints.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_tenant_users)
        .service(add::add_tenant_user);
}
