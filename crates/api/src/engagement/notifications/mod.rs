//! One's own notifications.

mod dto;
mod get_preferences;
mod list;
mod mark_all_read;
mod mark_read;
mod replace_preferences;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_notifications)
        .service(mark_all_read::mark_all_read)
        .service(get_preferences::get_preferences)
        .service(replace_preferences::replace_preferences)
        .service(mark_read::mark_read);
}
