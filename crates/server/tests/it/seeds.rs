//! The examples that clients hold, as they stand there but for ids, dates and credentials.

use reqwest::{
    Method,
    multipart::{Form, Part},
};

use crate::support::{PASSWORD, World};

async fn the_examples_of_the_first_description_run_unchanged(world: World) {
    let login = format!(r#"{{"email": "student@dit.example", "password": "{PASSWORD}"}}"#);
    let request = world
        .nobody
        .request(Method::POST, "/auth/login")
        .header("Content-Type", "application/json");
    let session = world.nobody.send(request.body(login)).await.expect(200);
    assert_eq!(session["token_type"], "bearer");
    let student = world.nobody.with_token(session["access_token"].as_str().unwrap());

    let form = Form::new()
        .text(
            "content",
            "Implemented user authentication system using FastAPI and JWT",
        )
        .text("log_date", "2026-07-06")
        .part(
            "attachment",
            Part::bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec()).file_name("project_diagram.png"),
        )
        .text("location_data", "{\"lat\": -6.7924, \"lng\": 39.2083}");
    let log = student.post_form("/logs/", form).await.expect(201);
    let path = format!("/logs/{}/verify-industry", log["id"].as_str().unwrap());

    let body = r#"{
    "status": "approved",
    "comments": "Excellent work on the authentication implementation",
    "skills_demonstrated": ["Python", "FastAPI", "Security"]
  }"#;
    let request = world
        .industry
        .request(Method::PATCH, &path)
        .header("Content-Type", "application/json");
    let approved = world.industry.send(request.body(body)).await.expect(200);
    assert_eq!(approved["state"], "industry_verified");

    let board = world
        .coordinator
        .get("/analytics/coordinator-dashboard")
        .await
        .expect(200);
    assert_eq!(board["logs"]["awaiting_academic"], 1);
}

on_both_databases!(the_examples_of_the_first_description_run_unchanged);
