//! The product as the tests run it: everything real but for the clock, served on a free port.

use std::{num::NonZeroU32, sync::Arc};

use actix_web::{HttpServer, dev::ServerHandle};
use ipt_adapter_auth::{
    Argon2Hasher, Argon2Settings, Ed25519Signer, JwtAccessTokens, KeyedSealer, KeyedSecrets, OsSecrets,
    SealingKey, SigningKey, TokenSettings, UuidV7Generator, ZxcvbnStrength,
};
use ipt_adapter_object_store::{ObjectBlobStore, ZipArchives};
use ipt_adapter_rate_limit::MemoryRateLimiter;
use ipt_adapter_sea_orm::SeaDatabase;
use ipt_adapter_smtp::{SmtpMailer, TemplateRenderer};
use ipt_api::{ApiSettings, ApiState, SealKeys, create_app};
use ipt_application::{Services, Settings};
use ipt_testkit::{MockClock, smtp::SmtpServer};
use secrecy::SecretBox;

use super::{Client, World};

impl World {
    /// Somebody who is not signed in, at a further server with settings of its own.
    pub(crate) fn at_another_server(&self, change: impl FnOnce(&mut ApiSettings)) -> Client {
        let mut settings = lavish();
        change(&mut settings);
        let (_, base) = serve(self.services.clone(), settings);
        Client::nobody(&base)
    }

    /// Somebody as before, at a further server with services of its own.
    pub(crate) fn at_server_with(services: Services, who: &Client) -> Client {
        let (_, base) = serve(services, lavish());
        let mut client = Client::nobody(&base).with_token(who.token());
        who.id.clone_into(&mut client.id);
        client
    }
}

/// The real adapters, but for the clock.
pub(super) fn services(
    database: Arc<SeaDatabase>,
    clock: Arc<MockClock>,
    smtp: &SmtpServer,
    files: &tempfile::TempDir,
) -> Services {
    let settings = TokenSettings {
        issuer: "test".to_owned(),
        audience: "test".to_owned(),
        remembered: 100,
    };
    let cheap = Argon2Settings {
        memory_kib: 64,
        passes: 1,
        ..Argon2Settings::default()
    };
    Services {
        database,
        clock,
        blobs: Arc::new(ObjectBlobStore::open(&format!("file://{}", files.path().display()), []).unwrap()),
        archives: Arc::new(ZipArchives),
        ids: Arc::new(UuidV7Generator),
        secrets: Arc::new(OsSecrets),
        mailed_secrets: Arc::new(KeyedSecrets::new(
            SigningKey::ephemeral().derive(b"mailed secrets"),
        )),
        sealer: Arc::new(KeyedSealer::new(SealingKey::ephemeral(), [])),
        passwords: Arc::new(Argon2Hasher::new(cheap).unwrap()),
        strength: Arc::new(ZxcvbnStrength),
        signer: Arc::new(Ed25519Signer::new(&SigningKey::ephemeral(), [])),
        tokens: Arc::new(JwtAccessTokens::new(SigningKey::ephemeral(), [], settings)),
        mailer: Arc::new(SmtpMailer::open(&smtp.url(), "Training <no-reply@dit.example>").unwrap()),
        renderer: Arc::new(TemplateRenderer::new().unwrap()),
        settings: Arc::new(Settings {
            frontend_url: Some("https://app.dit.example".to_owned()),
            ..Settings::default()
        }),
    }
}

/// Settings under which nobody is counted out.
pub(super) fn lavish() -> ApiSettings {
    let many = NonZeroU32::new(1_000_000).unwrap();
    ApiSettings {
        requests_per_minute: many,
        sign_in_per_minute: many,
        ..ApiSettings::default()
    }
}

/// Serves on a free port; the server and its address.
pub(super) fn serve(services: Services, settings: ApiSettings) -> (ServerHandle, String) {
    let state = Arc::new(ApiState::new(
        services,
        settings,
        Arc::new(SealKeys::new(SecretBox::new(Box::new([7; 32])), [])),
        Arc::new(MemoryRateLimiter::default()),
    ));
    let server = HttpServer::new(move || create_app(state.clone()))
        .workers(2)
        .disable_signals();
    let server = server.bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", server.addrs()[0]);
    let server = server.run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    (handle, base)
}
