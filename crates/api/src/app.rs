//! The application, put together.

use std::sync::Arc;

use actix_web::{
    App, Error,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::{Compress, NormalizePath, from_fn},
    web,
};
use tracing_actix_web::TracingLogger;
use utoipa_actix_web::{AppExt as _, scope, service_config::ServiceConfig};

use crate::{
    audit, docs, engagement, health, identity, insight, logbook,
    middleware::{
        RequestSpan, answer_head, authenticate, bound, conditional, idempotent, identify, limit_rate,
        limit_size, locate, negotiate, refuse_while_draining, secure, share_with, spell, upgrade,
    },
    placement,
    problem::finish,
    routes::{nowhere, tell_names_from_ids},
    state::ApiState,
    tenancy,
};

/// The application with all its routes and middleware, for the server and for tests alike.
///
/// The last middleware added is the outermost. Read from below, a request goes this way: its path and method are put into
/// their usual form, so that everything after sees the route; it gets its id; whence it comes is found out, then its span
/// opened; the answer gets its security headers, is compressed, and written out if it is a problem; a page of another
/// origin is told whether it may (outside of the counters, so that it can read each refusal); a request in clear is sent
/// on to where it is encrypted; one that is too long is refused; the request is counted, takes its place among those
/// waiting, is refused if the server shuts down, and is routed. Under `/api/v1` follow: who calls, whether the path has the
/// method, which form is wanted, the idempotency key, and whether the client has the answer already.
pub fn create_app(
    state: Arc<ApiState>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let cors = share_with(&state.settings().cors_origins);
    App::new()
        .into_utoipa_app()
        .configure(configure)
        .into_app()
        .app_data(web::Data::from(state))
        .default_service(web::to(nowhere))
        .wrap(from_fn(refuse_while_draining))
        .wrap(from_fn(bound))
        .wrap(from_fn(limit_rate))
        .wrap(from_fn(limit_size))
        .wrap(from_fn(upgrade))
        .wrap(cors)
        .wrap(from_fn(finish))
        .wrap(Compress::default())
        .wrap(from_fn(secure))
        .wrap(TracingLogger::<RequestSpan>::new())
        .wrap(from_fn(locate))
        .wrap(from_fn(identify))
        .wrap(from_fn(answer_head))
        .wrap(NormalizePath::trim())
        .wrap(from_fn(spell))
}

/// All routes; those of `/api/v1` behind the sign-in.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    health::configure(config);
    docs::configure(config);
    config.service(
        scope::scope("/api/v1")
            .configure(contexts)
            .wrap(from_fn(conditional))
            .wrap(from_fn(idempotent))
            .wrap(from_fn(negotiate))
            .wrap(from_fn(tell_names_from_ids))
            .wrap(from_fn(authenticate)),
    );
}

/// The endpoints, context by context.
fn contexts(config: &mut ServiceConfig<'_>) {
    identity::configure(config);
    tenancy::configure(config);
    placement::configure(config);
    logbook::configure(config);
    engagement::configure(config);
    insight::configure(config);
    audit::configure(config);
}

#[cfg(test)]
mod tests;
