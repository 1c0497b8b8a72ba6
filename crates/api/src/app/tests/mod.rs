//! The whole application as a client sees it, over doubles.

use std::sync::Arc;

use actix_web::{dev::ServiceResponse, test::TestRequest};

use crate::{
    state::{ApiSettings, ApiState},
    testing::{self, FakeDatabase},
};

/// The application over a state. A macro, since the type of the application cannot be written down.
macro_rules! serve {
    ($state:expr) => {
        actix_web::test::init_service(crate::create_app($state)).await
    };
}

mod callers;
mod connection;
mod edge;
mod health;
mod limits;
mod routing;

fn usual() -> Arc<ApiState> {
    testing::state(FakeDatabase::default())
}

fn set(settings: ApiSettings) -> Arc<ApiState> {
    testing::state_with(FakeDatabase::default(), settings)
}

fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(path)
}

fn header<B>(response: &ServiceResponse<B>, name: &str) -> String {
    response
        .headers()
        .get(name)
        .map(|value| value.to_str().unwrap().to_owned())
        .unwrap_or_default()
}
