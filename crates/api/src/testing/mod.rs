//! Doubles for the tests of this crate: a database that knows one person and keeps idempotency keys, and nothing else.
//! Whole stories run over real databases, in the server's tests.

mod database;
mod doubles;
mod people;

use std::sync::Arc;

use actix_web::{body::to_bytes, dev::ServiceResponse};
use ipt_adapter_rate_limit::MemoryRateLimiter;
use ipt_application::{Services, Settings};
use ipt_domain::id::{SessionId, TenantId, UserId};
use secrecy::SecretBox;
use serde_json::Value;
use uuid::Uuid;

pub(crate) use database::FakeDatabase;

use crate::{
    problem::Problem,
    seal::SealKeys,
    state::{ApiSettings, ApiState},
};

/// The institution of the one person.
pub(crate) const TENANT: TenantId = TenantId::new(Uuid::from_u128(0x7E_0001));
/// The one person: a coordinator.
pub(crate) const USER: UserId = UserId::new(Uuid::from_u128(0x05E_0001));
/// The person's session.
pub(crate) const SESSION: SessionId = SessionId::new(Uuid::from_u128(0x5E5_0001));
/// The person's access token.
pub(crate) const TOKEN: &str = "good-token";
/// The header that carries it.
pub(crate) const SIGNED_IN: (&str, &str) = ("authorization", "Bearer good-token");

/// A state over a database, with a quota that no test uses up by accident.
pub(crate) fn state(database: FakeDatabase) -> Arc<ApiState> {
    state_with(
        database,
        ApiSettings {
            public_url: "https://ipt.example.org".to_owned(),
            ..ApiSettings::default()
        },
    )
}

/// A state with settings.
pub(crate) fn state_with(database: FakeDatabase, settings: ApiSettings) -> Arc<ApiState> {
    Arc::new(ApiState::new(
        services(database),
        settings,
        Arc::new(SealKeys::new(SecretBox::new(Box::new([7; 32])), [])),
        Arc::new(MemoryRateLimiter::default()),
    ))
}

fn services(database: FakeDatabase) -> Services {
    Services {
        database: Arc::new(database),
        blobs: Arc::new(doubles::NoBlobs),
        archives: Arc::new(doubles::NoArchives),
        clock: Arc::new(doubles::StoppedClock),
        ids: Arc::new(doubles::Counter::default()),
        secrets: Arc::new(doubles::NoSecrets),
        mailed_secrets: Arc::new(doubles::NoSecrets),
        sealer: Arc::new(doubles::NoSeals),
        passwords: Arc::new(doubles::NoPasswords),
        strength: Arc::new(doubles::NoPasswords),
        tokens: Arc::new(doubles::OneToken),
        signer: Arc::new(doubles::NoSecrets),
        mailer: Arc::new(doubles::NoMail),
        renderer: Arc::new(doubles::NoMail),
        settings: Arc::new(Settings::default()),
    }
}

/// The body of an answer, as JSON.
pub(crate) async fn json<B: actix_web::body::MessageBody>(response: ServiceResponse<B>) -> Value {
    let Ok(body) = to_bytes(response.into_body()).await else {
        panic!("the body cannot be read")
    };
    serde_json::from_slice(&body).unwrap_or(Value::Null)
}

/// A problem that an extractor gives.
pub(crate) async fn problem_of(error: actix_web::Error) -> Value {
    error.as_error::<Problem>().unwrap().to_value()
}
