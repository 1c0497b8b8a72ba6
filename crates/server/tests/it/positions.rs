//! Where logs were written, as their reviewers are told.

use serde_json::{Value, json};

use crate::support::{World, report};

/// Submits a log with the position at which it was written, at noon of its day; the notes on it.
async fn written_at(world: &World, date: &str, lng: f64) -> Vec<Value> {
    let mut log = report(date);
    let noon = json!(format!("{date}T09:00:00Z"));
    log["captured_at"] = noon.clone();
    log["location_data"] = json!({ "lat": -6.8235, "lng": lng, "captured_at": noon });
    let log = world.student.post("/logs", &log).await.expect(201);
    log["location"]["notes"].as_array().unwrap().clone()
}

async fn a_log_that_comes_late_is_compared_with_the_days_around_it(mut world: World) {
    let (works, town) = (39.2695, 39.28);
    world.at("2026-07-14T18:00:00").await;
    for day in ["2026-07-07", "2026-07-08", "2026-07-10", "2026-07-11"] {
        assert_eq!(written_at(&world, day, works).await, [json!(null); 0]);
    }
    for day in ["2026-07-12", "2026-07-13", "2026-07-14"] {
        assert_eq!(written_at(&world, day, town).await, [json!(null); 0]);
    }
    let notes = written_at(&world, "2026-07-09", works).await;
    assert_eq!(notes, [json!({ "code": "repeated_coordinates", "value": null })]);
}

on_both_databases!(a_log_that_comes_late_is_compared_with_the_days_around_it);
