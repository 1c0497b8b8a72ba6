//! How much is taken on at one time, and nothing new while the server shuts down.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use actix_web::{
    Error,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
};

use crate::{
    codes::protocol::{DRAINING, OVERLOADED},
    health::is_probe,
    problem::Problem,
    state::State,
};

/// The requests that are worked on or wait.
pub(crate) struct Load {
    waiting: AtomicUsize,
    max: usize,
    draining: AtomicBool,
}

impl Load {
    /// Nothing yet, and at most `max` at one time.
    pub(crate) const fn new(max: usize) -> Self {
        Self {
            waiting: AtomicUsize::new(0),
            max,
            draining: AtomicBool::new(false),
        }
    }

    /// Takes nothing new from now on.
    pub(crate) fn drain(&self) {
        self.draining.store(true, Ordering::Release);
    }

    /// Whether nothing new is taken.
    pub(crate) fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Acquire)
    }

    /// The requests that are worked on or wait.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Acquire)
    }

    /// A place among those waiting, given back when it is dropped: also when the client goes away.
    fn enter(&self) -> Option<Place<'_>> {
        let place = Place(&self.waiting);
        (self.waiting.fetch_add(1, Ordering::AcqRel) < self.max).then_some(place)
    }
}

struct Place<'a>(&'a AtomicUsize);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Refuses a request when as many wait as the server takes. Probes get through: a busy server is alive.
pub(crate) async fn bound<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let Some(state) = request.app_data::<State>().cloned() else {
        return next.call(request).await.map(ServiceResponse::map_into_left_body);
    };
    let place = state.load.enter();
    if place.is_none() && !is_probe(request.path()) {
        let problem = Problem::new(OVERLOADED).retry_after(1);
        return Ok(request.error_response(problem).map_into_right_body());
    }
    let response = next.call(request).await;
    drop(place);
    response.map(ServiceResponse::map_into_left_body)
}

/// Refuses new requests while the server finishes what it has begun. Probes get through, and tell of it.
pub(crate) async fn refuse_while_draining<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let draining = request
        .app_data::<State>()
        .is_some_and(|state| state.load.is_draining());
    if draining && !is_probe(request.path()) {
        let problem = Problem::new(DRAINING).retry_after(5);
        return Ok(request.error_response(problem).map_into_right_body());
    }
    next.call(request).await.map(ServiceResponse::map_into_left_body)
}

#[cfg(test)]
mod tests {
    use super::Load;

    #[test]
    fn a_place_that_is_given_back_is_free_again() {
        let load = Load::new(2);
        let first = load.enter();
        let second = load.enter();
        assert!(first.is_some() && second.is_some());
        assert!(load.enter().is_none(), "a third found a place");
        drop(first);
        assert!(load.enter().is_some(), "the place given back was lost");
    }
}
