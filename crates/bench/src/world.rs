//! An institution with its students at work, made over the API.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use anyhow::{Context as _, Result};
use chrono::{Days, NaiveDate};
use hyper::Method;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::{
    client::{Client, Job},
    program::Program,
};

/// Everybody's password.
pub(crate) const PASSWORD: &str = "kiln-Marble-4-otters";

/// Days of a placement that lie behind; below the longest placement that a programme allows unless told otherwise.
const DAYS: u64 = 160;

/// Students of one supervisor: the most that a programme can allow.
const STUDENTS_PER_SUPERVISOR: usize = 100;

/// Connections over which the people are made.
const CONNECTIONS: usize = 16;

/// The people, by their access tokens.
pub(crate) struct World {
    /// The institution's id.
    pub(crate) tenant: String,
    /// The coordinator.
    pub(crate) coordinator: String,
    /// The supervisors at the company.
    pub(crate) supervisors: Vec<String>,
    /// The students.
    pub(crate) students: Vec<String>,
    /// The days of every placement so far.
    pub(crate) days: Vec<NaiveDate>,
}

/// What every placement shares.
struct Place {
    coordinator: String,
    organisation: String,
    site: String,
    programme: String,
    industrial: Vec<String>,
    academic: Vec<String>,
    start: NaiveDate,
    end: NaiveDate,
}

impl World {
    /// The address of a student.
    pub(crate) fn address(number: usize) -> String {
        format!("student{number}@bench.example")
    }

    /// A sign-in.
    pub(crate) fn sign_in(email: &str) -> Job {
        let body = json!({ "email": email, "password": PASSWORD });
        Job::send(Method::POST, "/api/v1/auth/login", None, &body)
    }

    /// Makes it all.
    ///
    /// # Errors
    /// When the server refuses something.
    pub(crate) async fn make(program: &Program, students: usize, today: NaiveDate) -> Result<Self> {
        let mut client = Client::connect(program.host()).await?;
        let (admin, me) = token(&mut client, "admin@bench.example").await?;
        let tenant = text(&me["user"]["tenant"], "id")?;
        person(
            &mut client,
            &admin,
            "coordinator@bench.example",
            "coordinator",
            None,
        )
        .await?;
        let (coordinator, _) = token(&mut client, "coordinator@bench.example").await?;
        let place = Place::make(&mut client, coordinator, students, today).await?;
        let mut supervisors = Vec::new();
        for number in 0..place.industrial.len() {
            supervisors.push(
                token(&mut client, &format!("industrial{number}@bench.example"))
                    .await?
                    .0,
            );
        }
        let place = Arc::new(place);
        let students = place.students(program.host(), students).await?;
        Ok(Self {
            tenant,
            coordinator: place.coordinator.clone(),
            supervisors,
            students,
            days: place.start.iter_days().take_while(|day| *day < today).collect(),
        })
    }
}

impl Place {
    async fn make(
        client: &mut Client,
        coordinator: String,
        students: usize,
        today: NaiveDate,
    ) -> Result<Self> {
        let start = today - Days::new(DAYS);
        let end = today + Days::new(14);
        let mut post = async |path: &str, body: Value| {
            let job = Job::send(Method::POST, path, Some(&coordinator), &body);
            text(&client.must(job).await?, "id")
        };
        let organisation = post(
            "/api/v1/organisations",
            json!({ "name": "Kilima Works", "sector": "manufacturing", "city": "Dar es Salaam" }),
        )
        .await?;
        post(&format!("/api/v1/organisations/{organisation}/verify"), json!({})).await?;
        let site = json!({ "name": "Main works", "address": "Pugu Road", "timezone": "UTC",
            "position": { "lat": -6.8235, "lng": 39.2695 }, "geofence": { "radius_m": 200 } });
        let site = post(&format!("/api/v1/organisations/{organisation}/sites"), site).await?;
        let programme = json!({
            "name": "Industrial training", "code": "IPT-2", "credit_units": 8, "required_hours": 320, "required_days": 40,
            "window": { "start": start, "end": end },
            "policy": { "students_per_industrial_supervisor": 100, "students_per_university_supervisor": 100 },
        });
        let programme = post("/api/v1/programmes", programme).await?;
        let (mut industrial, mut academic) = (Vec::new(), Vec::new());
        for number in 0..students.div_ceil(STUDENTS_PER_SUPERVISOR) {
            let address = |part: &str| format!("{part}{number}@bench.example");
            let at = Some(organisation.as_str());
            industrial.push(
                person(
                    client,
                    &coordinator,
                    &address("industrial"),
                    "industrial_supervisor",
                    at,
                )
                .await?,
            );
            academic.push(
                person(
                    client,
                    &coordinator,
                    &address("academic"),
                    "university_supervisor",
                    None,
                )
                .await?,
            );
        }
        Ok(Self {
            coordinator,
            organisation,
            site,
            programme,
            industrial,
            academic,
            start,
            end,
        })
    }

    /// Makes students with placements, several at a time; their tokens, in the order of their numbers.
    async fn students(self: &Arc<Self>, host: &str, count: usize) -> Result<Vec<String>> {
        let next = Arc::new(AtomicUsize::new(0));
        let mut tasks = JoinSet::new();
        for _ in 0..CONNECTIONS {
            let mut client = Client::connect(host).await?;
            let (place, next) = (Arc::clone(self), Arc::clone(&next));
            tasks.spawn(async move {
                let mut made = Vec::new();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        return anyhow::Ok(made);
                    }
                    made.push((number, place.student(&mut client, number).await?));
                }
            });
        }
        let mut all = Vec::with_capacity(count);
        while let Some(made) = tasks.join_next().await {
            all.extend(made??);
        }
        all.sort_unstable();
        Ok(all.into_iter().map(|(_, token)| token).collect())
    }

    async fn student(&self, client: &mut Client, number: usize) -> Result<String> {
        let address = World::address(number);
        let student = person(client, &self.coordinator, &address, "student", None).await?;
        let supervisor = number / STUDENTS_PER_SUPERVISOR;
        let body = json!({
            "student_id": student, "organisation_id": self.organisation, "site_id": self.site, "programme_id": self.programme,
            "industrial_supervisor_id": self.industrial.get(supervisor), "university_supervisor_id": self.academic.get(supervisor),
            "start_date": self.start, "end_date": self.end,
        });
        let job = Job::send(Method::POST, "/api/v1/placements", Some(&self.coordinator), &body);
        let placement = text(&client.must(job).await?, "id")?;
        let path = format!("/api/v1/placements/{placement}/approve");
        let job = Job::send(Method::POST, &path, Some(&self.coordinator), &json!({}));
        client.must(job).await?;
        Ok(token(client, &address).await?.0)
    }
}

/// Creates a person; the id.
async fn person(
    client: &mut Client,
    by: &str,
    email: &str,
    role: &str,
    organisation: Option<&str>,
) -> Result<String> {
    let mut body = json!({ "email": email, "full_name": "A Person", "roles": [role], "password": PASSWORD });
    if let Some(organisation) = organisation {
        body["organisation_id"] = json!(organisation);
    }
    let job = Job::send(Method::POST, "/api/v1/users", Some(by), &body);
    text(&client.must(job).await?, "id")
}

/// Signs in; the access token, and the whole answer.
async fn token(client: &mut Client, email: &str) -> Result<(String, Value)> {
    let answer = client.must(World::sign_in(email)).await?;
    Ok((text(&answer, "access_token")?, answer))
}

fn text(value: &Value, field: &str) -> Result<String> {
    let text = value[field].as_str();
    Ok(text.with_context(|| format!("no {field} in {value}"))?.to_owned())
}
