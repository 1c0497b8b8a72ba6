//! Tests of the whole term, on a real embedded database.

use std::{collections::BTreeMap, sync::Arc};

use ipt_adapter_auth::{
    Argon2Hasher, Argon2Settings, Ed25519Signer, JwtAccessTokens, KeyedSealer, KeyedSecrets, OsSecrets,
    SealingKey, SigningKey, TokenSettings, UuidV7Generator, ZxcvbnStrength,
};
use ipt_adapter_sea_orm::{ConnectOptions, SeaDatabase, migration};
use ipt_adapter_smtp::TemplateRenderer;
use ipt_application::{
    Caller, Origin, Services, Settings, audit, engagement,
    identity::{authenticate, sign_in},
    insight::coordinator_dashboard,
    logbook::{self, list, submit, take_step},
};
use ipt_domain::{
    Instant,
    id::LogEntryId,
    logbook::{
        input::ReportInput,
        review::Way,
        state::StateName,
        transition::{Step, StepKind},
    },
    placement::state::PlacementStateName,
};
use ipt_ports::{
    logbook::LogSort,
    page::{Direction, PageRequest, Sort},
};
use ipt_testkit::{
    MockClock,
    memory::{MemoryBlobs, MemoryMailer, PlainArchives},
};
use secrecy::{ExposeSecret as _, SecretString};

use super::cast::PASSWORD;

/// A demonstration that is filled, at one moment.
struct Demonstration {
    services: Services,
    mailer: Arc<MemoryMailer>,
    database: Arc<SeaDatabase>,
    now: Instant,
    _folder: tempfile::TempDir,
}

impl Demonstration {
    /// Runs a test on a demonstration that was filled at `now`.
    fn at<T: Future<Output = ()>>(now: &str, test: impl FnOnce(Arc<Self>) -> T) {
        actix_web::rt::System::new().block_on(async {
            let filled = Arc::new(Self::fill(now.parse().unwrap()).await);
            test(filled.clone()).await;
            filled.database.close().await;
        });
    }

    async fn fill(now: Instant) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("ipt.db").display());
        migration::up(&url).await.unwrap();
        let options = ConnectOptions {
            durable: false,
            ..ConnectOptions::new(url)
        };
        let database = Arc::new(SeaDatabase::connect(&options).await.unwrap());
        let mailer = Arc::new(MemoryMailer::default());
        let cheap = Argon2Settings {
            memory_kib: 64,
            passes: 1,
            ..Argon2Settings::default()
        };
        let tokens = TokenSettings {
            issuer: "test".to_owned(),
            audience: "test".to_owned(),
            remembered: 100,
        };
        let services = Services {
            database: database.clone(),
            blobs: Arc::new(MemoryBlobs::default()),
            archives: Arc::new(PlainArchives),
            clock: Arc::new(MockClock::at(now)),
            ids: Arc::new(UuidV7Generator),
            secrets: Arc::new(OsSecrets),
            mailed_secrets: Arc::new(KeyedSecrets::new(
                SigningKey::ephemeral().derive(b"mailed secrets"),
            )),
            sealer: Arc::new(KeyedSealer::new(SealingKey::ephemeral(), [])),
            passwords: Arc::new(Argon2Hasher::new(cheap).unwrap()),
            strength: Arc::new(ZxcvbnStrength),
            signer: Arc::new(Ed25519Signer::new(&SigningKey::ephemeral(), [])),
            tokens: Arc::new(JwtAccessTokens::new(SigningKey::ephemeral(), [], tokens)),
            mailer: mailer.clone(),
            renderer: Arc::new(TemplateRenderer::new().unwrap()),
            settings: Arc::new(Settings::default()),
        };
        super::fill(&services, now, |_| Ok(())).await.unwrap();
        Self {
            services,
            mailer,
            database,
            now,
            _folder: folder,
        }
    }

    async fn sign_in(&self, mailbox: &str) -> Caller {
        let command = sign_in::Command {
            email: format!("{mailbox}@demo.example"),
            password: SecretString::from(PASSWORD),
            tenant: None,
        };
        let session = sign_in::execute(&self.services, &Origin::default(), command)
            .await
            .unwrap();
        authenticate::execute(
            &self.services,
            session.access_token.expose_secret(),
            Origin::default(),
        )
        .await
        .unwrap()
    }

    async fn dashboard(&self, mailbox: &str) -> coordinator_dashboard::Dashboard {
        coordinator_dashboard::execute(&self.services, &self.sign_in(mailbox).await)
            .await
            .unwrap()
    }

    /// How many logs match, for a person.
    async fn count(&self, mailbox: &str, filter: list::Filter) -> u64 {
        let sort = Sort {
            field: LogSort::LogDate,
            direction: Direction::Ascending,
        };
        let page = PageRequest {
            limit: 1,
            after: None,
            sort: vec![sort],
        };
        let caller = self.sign_in(mailbox).await;
        list::execute(&self.services, &caller, filter, &page, true)
            .await
            .unwrap()
            .total
            .unwrap()
    }

    /// Hands in the log of the day that it is for a machine in UTC.
    async fn submit_as_newcomer(&self) -> LogEntryId {
        let newcomer = self.sign_in("newcomer").await;
        let report = ReportInput {
            content: Some("Set up the test bench and measured the first three boards.".to_owned()),
            ..ReportInput::default()
        };
        let (log_date, files) = (self.now.date_naive(), Vec::new());
        let command = submit::Command {
            placement_id: None,
            log_date,
            report,
            files,
            draft: false,
        };
        logbook::submit::execute(&self.services, &newcomer, command)
            .await
            .unwrap()
            .entry
            .id()
    }

    async fn step(&self, mailbox: &str, id: LogEntryId, kind: StepKind) -> StateName {
        let command = take_step::Command {
            id,
            step: Step { kind, comments: None },
            way: Way::Single,
            seen: None,
        };
        let shown = take_step::execute(&self.services, &self.sign_in(mailbox).await, &command)
            .await
            .unwrap();
        shown.entry.state().name()
    }
}

#[test]
fn in_the_middle_of_a_working_day_the_term_is_in_every_state() {
    // A Wednesday, three in the afternoon in Dar es Salaam.
    Demonstration::at("2026-07-15T12:00:00Z", async |demo| {
        let (udd, uda) = (
            demo.dashboard("coordinator").await,
            demo.dashboard("coordinator.uda").await,
        );
        let mut logs: BTreeMap<StateName, u64> = BTreeMap::new();
        let mut placements: BTreeMap<PlacementStateName, u64> = BTreeMap::new();
        for figures in [&udd.figures, &uda.figures] {
            figures
                .logs
                .iter()
                .for_each(|(state, count)| *logs.entry(*state).or_default() += count);
            figures
                .placements
                .iter()
                .for_each(|(state, count)| *placements.entry(*state).or_default() += count);
        }
        for state in StateName::ALL
            .into_iter()
            .filter(|state| *state != StateName::Draft)
        {
            assert!(
                logs.get(&state).is_some_and(|count| *count > 0),
                "no log is {state}: {logs:?}"
            );
        }
        let validated = logs[&StateName::Validated];
        assert!(
            validated * 2 > logs.values().sum(),
            "most are validated: {logs:?}"
        );
        for (state, count) in [
            (PlacementStateName::Active, 31),
            (PlacementStateName::Suspended, 1),
            (PlacementStateName::Terminated, 1),
            (PlacementStateName::Proposed, 1),
            (PlacementStateName::Approved, 1),
        ] {
            assert_eq!(placements.get(&state), Some(&count), "{state}");
        }
        assert_eq!(udd.figures.students + uda.figures.students, 40);
        assert!(
            udd.figures.overdue >= 5,
            "a supervisor is silent: {}",
            udd.figures.overdue
        );
        let drafts = list::Filter {
            states: vec![StateName::Draft],
            ..list::Filter::default()
        };
        assert_eq!(demo.count("asha.mushi", drafts).await, 1);
        let awaiting = || list::Filter {
            awaiting_me: true,
            ..list::Filter::default()
        };
        assert!(demo.count("industry", awaiting()).await > 0);
        assert!(demo.count("academic", awaiting()).await > 0);
        assert_eq!(demo.count("newcomer", list::Filter::default()).await, 0);
    });
}

#[test]
fn on_a_sunday_night_nothing_is_left_over_and_the_newcomers_log_goes_through_the_whole_chain() {
    // Half past two on Monday in Dar es Salaam, Sunday still for a machine in UTC, and two holidays before that.
    Demonstration::at("2026-12-27T23:30:00Z", async |demo| {
        assert_eq!(
            demo.mailer.mails().len(),
            0,
            "nobody is written to about the past"
        );
        let left = engagement::deliver::execute(&demo.services, 10).await.unwrap();
        assert_eq!(left.claimed, 0, "and nothing waits to be told");
        let reports = audit::verify::all(&demo.services, None).await.unwrap();
        assert_eq!(reports.len(), 3, "the deployment's and two universities'");
        for report in reports {
            assert_eq!(
                (report.first_broken, report.not_linked_yet),
                (None, 0),
                "{report:?}"
            );
            assert!(report.checked > 0, "{report:?}");
        }
        let id = demo.submit_as_newcomer().await;
        let approve = StepKind::Approve {
            skills: vec!["Measuring".to_owned()],
            hours_confirmed: None,
        };
        assert_eq!(
            demo.step("industry", id, approve).await,
            StateName::IndustryVerified
        );
        assert_eq!(
            demo.step("academic", id, StepKind::Validate).await,
            StateName::Validated
        );
    });
}
