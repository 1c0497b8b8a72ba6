//! One institution, one company, one placement under way, and the people of it.

use std::{future::Future, sync::Arc};

use actix_web::dev::ServerHandle;
use chrono::TimeDelta;
use ipt_adapter_sea_orm::SeaDatabase;
use ipt_application::{Services, engagement::deliver};
use ipt_testkit::{
    MockClock,
    smtp::{Message, SmtpServer},
};
use serde_json::{Value, json};

use super::{
    Client, Kind, PASSWORD,
    database::{self, TestDatabase},
    people,
    serving::{lavish, serve, services},
};

/// Monday 6 July 2026, nine in the morning in Dar es Salaam.
const START: &str = "2026-07-06T06:00:00Z";

/// A world.
pub(crate) struct World {
    pub(crate) clock: Arc<MockClock>,
    pub(crate) services: Services,
    pub(crate) database: Arc<SeaDatabase>,
    pub(crate) smtp: SmtpServer,
    pub(crate) files: tempfile::TempDir,
    pub(crate) base: String,
    pub(crate) nobody: Client,
    pub(crate) admin: Client,
    pub(crate) coordinator: Client,
    pub(crate) student: Client,
    pub(crate) industry: Client,
    pub(crate) academic: Client,
    pub(crate) organisation: String,
    pub(crate) programme: String,
    pub(crate) site: String,
    pub(crate) placement: String,
    server: ServerHandle,
    pub(crate) url: String,
}

impl World {
    /// Runs a test in a world of its own.
    pub(crate) fn run<F, T>(kind: Kind, test: F)
    where
        F: FnOnce(World) -> T,
        T: Future<Output = ()>,
    {
        actix_web::rt::System::new().block_on(async {
            let test_database = database::fresh(kind).await;
            let world = Box::pin(World::make(&test_database)).await;
            let (server, database) = (world.server.clone(), world.database.clone());
            test(world).await;
            server.stop(false).await;
            database.close().await;
            test_database.remove().await;
        });
    }

    async fn make(test_database: &TestDatabase) -> Self {
        let database = Arc::new(test_database.open().await);
        let clock = Arc::new(MockClock::at(START.parse().unwrap()));
        let smtp = SmtpServer::start().await;
        let files = tempfile::tempdir().unwrap();
        let services = services(database.clone(), clock.clone(), &smtp, &files);
        let (server, base) = serve(services.clone(), lavish());
        let nobody = Client::nobody(&base);
        people::bootstrap(&services, "dit", "admin@dit.example").await;
        let admin = nobody.sign_in("admin@dit.example", PASSWORD).await;
        let coordinator = people::create(
            &admin,
            &nobody,
            "coordinator@dit.example",
            "Cora Dinator",
            "coordinator",
            None,
        )
        .await;
        let mut world = Self {
            student: nobody.clone(),
            industry: nobody.clone(),
            academic: nobody.clone(),
            organisation: String::new(),
            programme: String::new(),
            site: String::new(),
            placement: String::new(),
            clock,
            services,
            database,
            smtp,
            files,
            base,
            nobody,
            admin,
            coordinator,
            server,
            url: test_database.url(),
        };
        world.furnish().await;
        world
    }

    /// A company with a site, a programme, three people and a placement that is under way.
    async fn furnish(&mut self) {
        let coordinator = self.coordinator.clone();
        let organisation =
            json!({ "name": "Kilima Works", "sector": "manufacturing", "city": "Dar es Salaam" });
        self.organisation = id(&coordinator
            .post("/organisations", &organisation)
            .await
            .expect(201));
        coordinator
            .act(&format!("/organisations/{}/verify", self.organisation))
            .await
            .expect(200);
        let site = json!({
            "name": "Main works", "address": "Pugu Road", "timezone": "Africa/Dar_es_Salaam",
            "position": { "lat": -6.8235, "lng": 39.2695 }, "geofence": { "radius_m": 200 },
        });
        let sites = format!("/organisations/{}/sites", self.organisation);
        self.site = id(&coordinator.post(&sites, &site).await.expect(201));
        let programme = json!({
            "name": "Industrial training", "code": "IPT-2", "credit_units": 8, "required_hours": 320, "required_days": 40,
            "window": { "start": "2026-06-01", "end": "2026-12-31" },
        });
        self.programme = id(&coordinator.post("/programmes", &programme).await.expect(201));
        let organisation = self.organisation.clone();
        let at_work = Some(organisation.as_str());
        self.student = self
            .person("student@dit.example", "Asha Mushi", "student", None)
            .await;
        self.industry = self
            .person(
                "foreman@kilima.example",
                "Juma Foreman",
                "industrial_supervisor",
                at_work,
            )
            .await;
        self.academic = self
            .person(
                "lecturer@dit.example",
                "Neema Lecturer",
                "university_supervisor",
                None,
            )
            .await;
        self.placement = self.place(&self.student).await;
    }

    /// A person of the institution, signed in.
    pub(crate) async fn person(
        &self,
        email: &str,
        name: &str,
        role: &str,
        organisation: Option<&str>,
    ) -> Client {
        people::create(&self.coordinator, &self.nobody, email, name, role, organisation).await
    }

    /// A placement of a student with the world's supervisors, under way since 6 July.
    pub(crate) async fn place(&self, student: &Client) -> String {
        let placement = json!({
            "student_id": student.id, "organisation_id": self.organisation, "site_id": self.site,
            "programme_id": self.programme, "industrial_supervisor_id": self.industry.id,
            "university_supervisor_id": self.academic.id, "start_date": "2026-07-06", "end_date": "2026-09-25",
        });
        let placement = id(&self.coordinator.post("/placements", &placement).await.expect(201));
        let approved = self
            .coordinator
            .act(&format!("/placements/{placement}/approve"))
            .await
            .expect(200);
        assert_eq!(approved["state"], "active", "{approved}");
        placement
    }

    /// A further student with a placement of the same kind.
    pub(crate) async fn another_student(&self, number: u32) -> Client {
        let student = self
            .person(
                &format!("student{number}@dit.example"),
                "Another Student",
                "student",
                None,
            )
            .await;
        self.place(&student).await;
        student
    }

    /// Submits a log for a day; its id.
    pub(crate) async fn submit(&self, date: &str) -> String {
        id(&self.student.post("/logs", &report(date)).await.expect(201))
    }

    /// Submits a log that industry approves; its id.
    pub(crate) async fn approve(&self, date: &str) -> String {
        let log = self.submit(date).await;
        let body = json!({ "status": "approved", "comments": "Good" });
        self.industry
            .patch(&format!("/logs/{log}/verify-industry"), &body)
            .await
            .expect(200);
        log
    }

    /// Moves the clock to a local time in Dar es Salaam (UTC+3) and signs the people in anew, since tokens live for
    /// fifteen minutes.
    pub(crate) async fn at(&mut self, local: &str) {
        let local: chrono::NaiveDateTime = local.parse().unwrap();
        self.clock.set(local.and_utc() - TimeDelta::hours(3));
        self.admin = self.nobody.sign_in("admin@dit.example", PASSWORD).await;
        self.coordinator = self.nobody.sign_in("coordinator@dit.example", PASSWORD).await;
        self.student = self.nobody.sign_in("student@dit.example", PASSWORD).await;
        self.industry = self.nobody.sign_in("foreman@kilima.example", PASSWORD).await;
        self.academic = self.nobody.sign_in("lecturer@dit.example", PASSWORD).await;
    }

    /// Delivers what waits in the outbox.
    pub(crate) async fn deliver(&self) {
        while deliver::execute(&self.services, 100).await.unwrap().claimed > 0 {}
    }

    /// Delivers what waits, and gives the last mail to an address.
    pub(crate) async fn last_mail(&self, address: &str) -> Message {
        self.deliver().await;
        let mails = self.smtp.messages();
        let to = |mail: &&Message| mail.recipients == [address];
        mails.iter().rfind(to).cloned().unwrap()
    }

    /// The code in the last mail to an address: the only number of eight digits in it.
    pub(crate) async fn mailed_code(&self, address: &str) -> String {
        let text = self.last_mail(address).await.text().unwrap();
        let numbers = text.split(|letter: char| !letter.is_ascii_digit());
        let codes: Vec<&str> = numbers.filter(|digits| digits.len() == 8).collect();
        assert_eq!(codes.len(), 1, "{text}");
        codes[0].to_owned()
    }

    /// Another institution with its administrator.
    pub(crate) async fn other_institution(&self) -> Client {
        people::bootstrap(&self.services, "udsm", "admin@udsm.example").await;
        self.nobody.sign_in("admin@udsm.example", PASSWORD).await
    }
}

/// The text of a log.
pub(crate) fn report(date: &str) -> Value {
    json!({ "content": "Wired the control cabinet and tested it.", "log_date": date, "hours_worked": 8 })
}

/// The id of a resource.
pub(crate) fn id(resource: &Value) -> String {
    resource["id"]
        .as_str()
        .unwrap_or_else(|| panic!("no id in {resource}"))
        .to_owned()
}
