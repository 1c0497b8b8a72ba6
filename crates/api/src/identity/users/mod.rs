//! The people of an institution.

mod create;
mod disable;
mod enable;
mod end_sessions;
mod get;
mod import;
mod list;
mod remove;
mod reset_password;
mod unlock;
mod update;

pub(super) use create::CreateUser;
pub(super) use list::UserFilter;
use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_users)
        .service(create::create_user)
        .service(import::import_users)
        .service(get::get_user)
        .service(update::update_user)
        .service(remove::remove_user)
        .service(disable::disable_user)
        .service(enable::enable_user)
        .service(unlock::unlock_user)
        .service(reset_password::reset_user_password)
        .service(end_sessions::end_user_sessions);
}
