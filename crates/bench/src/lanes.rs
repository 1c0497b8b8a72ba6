//! The loads: what people do.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use anyhow::Result;
use hyper::Method;
use serde_json::json;

use crate::{
    client::{Client, Job},
    load::Load,
    world::World,
};

/// Students hand in logs: of each day of each placement one, day by day.
pub(crate) struct Submit {
    /// The people.
    pub(crate) world: Arc<World>,
    /// How many were handed in already.
    pub(crate) taken: Arc<AtomicUsize>,
}

impl Load for Submit {
    fn next(&self) -> Option<Job> {
        let number = self.taken.fetch_add(1, Ordering::Relaxed);
        let student = self.world.students.get(number % self.world.students.len())?;
        let date = self.world.days.get(number / self.world.students.len())?;
        let body = json!({
            "content": "Set up the test bench, measured the first three boards and wrote down what differed from the drawing.",
            "log_date": date,
            "hours_worked": 8,
        });
        Some(Job::send(Method::POST, "/api/v1/logs", Some(student), &body))
    }
}

/// Supervisors approve them.
pub(crate) struct Approve(Mutex<Vec<(String, String)>>);

impl Approve {
    /// What waits for each supervisor, so many in all.
    ///
    /// # Errors
    /// When the server refuses to show it.
    pub(crate) async fn of(world: &World, host: &str, wanted: usize) -> Result<Self> {
        let mut client = Client::connect(host).await?;
        let mut waiting = Vec::new();
        for supervisor in &world.supervisors {
            let mut next = String::new();
            while waiting.len() < wanted {
                let path = format!("/api/v1/logs?awaiting=me&limit=100{next}");
                let page = client.must(Job::get(&path, supervisor)).await?;
                let logs = page["items"].as_array().into_iter().flatten();
                let ids = logs.filter_map(|log| log["id"].as_str());
                waiting.extend(ids.map(|id| (id.to_owned(), supervisor.clone())));
                match page["next_cursor"].as_str() {
                    Some(cursor) => next = format!("&cursor={cursor}"),
                    None => break,
                }
            }
        }
        Ok(Self(Mutex::new(waiting)))
    }
}

impl Load for Approve {
    fn next(&self) -> Option<Job> {
        let (id, supervisor) = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop()?;
        let path = format!("/api/v1/logs/{id}/verify-industry");
        let body =
            json!({ "status": "approved", "comments": "Clean work", "skills_demonstrated": ["Measuring"] });
        Some(Job::send(Method::PATCH, &path, Some(&supervisor), &body))
    }
}

/// Somebody looks at a page.
pub(crate) struct Look {
    /// The path, with its query.
    pub(crate) path: &'static str,
    /// Who looks.
    pub(crate) token: String,
}

impl Load for Look {
    fn next(&self) -> Option<Job> {
        Some(Job::get(self.path, &self.token))
    }
}

/// People sign in.
pub(crate) struct SignIn {
    /// The people.
    pub(crate) world: Arc<World>,
    /// Whose turn it is.
    pub(crate) turn: AtomicUsize,
}

impl Load for SignIn {
    fn next(&self) -> Option<Job> {
        let number = self.turn.fetch_add(1, Ordering::Relaxed) % self.world.students.len();
        Some(World::sign_in(&World::address(number)))
    }
}
