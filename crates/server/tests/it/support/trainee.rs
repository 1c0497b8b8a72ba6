//! A student whose placement is under way by the real clock, for tests of the program itself.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use super::{Client, PASSWORD, id, process::Running};

/// The student.
pub(crate) struct Trainee {
    pub(crate) student: Client,
}

/// Today in Dar es Salaam, for which a log can be written at any hour.
#[expect(
    clippy::disallowed_methods,
    reason = "the program under test has the system's clock"
)]
fn today() -> NaiveDate {
    (chrono::Utc::now() + chrono::TimeDelta::hours(3)).date_naive()
}

/// A log of today.
pub(crate) fn report() -> Value {
    json!({ "content": "Wired the control cabinet and tested it.", "log_date": today(), "hours_worked": 8 })
}

impl Trainee {
    /// A student with a placement that began a week ago.
    pub(crate) async fn found(server: &Running) -> Self {
        let admin = server.admin().await;
        let (start, end) = (today() - Days::new(7), today() + Days::new(80));
        let works = json!({ "name": "Kilima Works", "sector": "industry", "city": "Dodoma" });
        let organisation = id(&admin.post("/organisations", &works).await.expect(201));
        admin
            .act(&format!("/organisations/{organisation}/verify"))
            .await
            .expect(200);
        let programme = json!({
            "name": "Industrial training", "code": "IPT-2", "credit_units": 8, "required_hours": 320, "required_days": 40,
            "window": { "start": start - Days::new(30), "end": end + Days::new(30) },
        });
        let programme = id(&admin.post("/programmes", &programme).await.expect(201));
        let person = async |email: &str, role: &str, organisation: Option<&str>| {
            let mut body =
                json!({ "email": email, "full_name": "A Person", "roles": [role], "password": PASSWORD });
            if let Some(organisation) = organisation {
                body["organisation_id"] = json!(organisation);
            }
            id(&admin.post("/users", &body).await.expect(201))
        };
        let placement = json!({
            "student_id": person("student@dit.example", "student", None).await,
            "industrial_supervisor_id": person("foreman@kilima.example", "industrial_supervisor", Some(&organisation)).await,
            "university_supervisor_id": person("lecturer@dit.example", "university_supervisor", None).await,
            "organisation_id": organisation, "programme_id": programme, "start_date": start, "end_date": end,
        });
        let placement = id(&admin.post("/placements", &placement).await.expect(201));
        let approve = format!("/placements/{placement}/approve");
        assert_eq!(admin.act(&approve).await.expect(200)["state"], "active");
        Self {
            student: server.nobody().sign_in("student@dit.example", PASSWORD).await,
        }
    }

    /// The same student at another server.
    pub(crate) async fn at(&self, server: &Running) -> Self {
        let student = server.nobody().sign_in("student@dit.example", PASSWORD).await;
        assert_eq!(student.id, self.student.id);
        Self { student }
    }
}
