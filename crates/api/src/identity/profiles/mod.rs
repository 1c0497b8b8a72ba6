//! What an institution keeps of its people besides their roles.

mod dto;
mod get;
mod get_particulars;
mod update;
mod update_particulars;

pub(super) use dto::ProfileBody;
use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(get::get_profile)
        .service(update::update_profile)
        .service(get_particulars::get_particulars)
        .service(update_particulars::update_particulars);
}
