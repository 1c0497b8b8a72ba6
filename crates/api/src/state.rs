//! What every request shares.

use std::{num::NonZeroU32, sync::Arc, time::Duration};

use actix_web::web;
use ipt_application::Services;
use ipt_ports::rate_limiter::RateLimiter;

use crate::{
    health::Readiness,
    middleware::{Load, Network, Origin, RateLimits},
    seal::SealKeys,
};

/// The state as handlers take it.
pub(crate) type State = web::Data<ApiState>;

/// What the operator has set, as far as the API cares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiSettings {
    /// Where clients reach the server (`https://ipt.example.org`), without a slash at the end.
    pub public_url: String,
    /// The version of the server, shown by the health endpoint and the API's description.
    pub version: String,
    /// The proxies whose word is taken for whom they got a request from.
    pub trusted_proxies: Vec<Network>,
    /// The origins of pages that may use the API with cookies, besides its own.
    pub cors_origins: Vec<Origin>,
    /// How many requests a minute one account, or one address that is not signed in, may send.
    pub requests_per_minute: NonZeroU32,
    /// How many times a minute one address may try to sign in.
    pub sign_in_per_minute: NonZeroU32,
    /// How many requests may be worked on or wait at one time.
    pub max_waiting: usize,
    /// The largest JSON body, in bytes.
    pub max_json_bytes: usize,
    /// How long a body may be silent while it comes, and how long one of JSON may take in all.
    pub body_timeout: Duration,
}

impl Default for ApiSettings {
    fn default() -> Self {
        const REQUESTS: NonZeroU32 = NonZeroU32::MIN.saturating_add(119);
        const SIGN_INS: NonZeroU32 = NonZeroU32::MIN.saturating_add(19);
        Self {
            public_url: "http://127.0.0.1:8000".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            trusted_proxies: Vec::new(),
            cors_origins: Vec::new(),
            requests_per_minute: REQUESTS,
            sign_in_per_minute: SIGN_INS,
            max_waiting: 1_000,
            max_json_bytes: 1_048_576,
            body_timeout: Duration::from_secs(20),
        }
    }
}

/// What every request shares: made once, and used by all worker threads.
pub struct ApiState {
    services: Services,
    settings: ApiSettings,
    seals: Arc<SealKeys>,
    pub(crate) limits: RateLimits,
    pub(crate) load: Load,
    pub(crate) readiness: Readiness,
}

impl ApiState {
    /// The state of a server. Servers of one deployment share the keys for `seals`, so that a page got from one leads to the
    /// next on another.
    pub fn new(
        services: Services,
        settings: ApiSettings,
        seals: Arc<SealKeys>,
        limiter: Arc<dyn RateLimiter>,
    ) -> Self {
        let (requests, sign_ins) = (settings.requests_per_minute, settings.sign_in_per_minute);
        Self {
            seals,
            limits: RateLimits::new(limiter, requests, sign_ins),
            load: Load::new(settings.max_waiting),
            readiness: Readiness::default(),
            services,
            settings,
        }
    }

    /// What use cases need.
    pub const fn services(&self) -> &Services {
        &self.services
    }

    /// What the operator has set.
    pub const fn settings(&self) -> &ApiSettings {
        &self.settings
    }

    /// From now on new requests are refused with 503, while those begun are finished.
    pub fn start_draining(&self) {
        self.load.drain();
    }

    /// The keys for seals.
    pub(crate) fn seals(&self) -> &SealKeys {
        &self.seals
    }
}
