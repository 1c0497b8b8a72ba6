//! The link by which a copy is fetched, and what becomes of the file behind it.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

use super::{OWN, link, made, make};
use crate::support::{PASSWORD, World};

fn walk(folder: &std::path::Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let below = |path: std::path::PathBuf| {
        if path.is_dir() {
            walk(&path)
        } else {
            vec![path.display().to_string()]
        }
    };
    entries.flat_map(below).collect()
}

async fn a_link_is_good_once_in_time_and_as_it_was_made(world: World) {
    let first = link(&made(&world, &world.student, OWN).await);
    let again = world.student.act(OWN).await.expect(202);
    assert_eq!(link(&again), first, "one that waits is the one meant");
    let token = first.strip_prefix("/data-exports/").unwrap();
    let last = if token.ends_with('A') { "B" } else { "A" };
    for wrong in [
        token[..token.len() - 1].to_owned(),
        format!("{}{last}", &token[..token.len() - 1]),
        format!("{token}A"),
        again["id"].as_str().unwrap().to_owned(),
        world.student.token().to_owned(),
        "%00".to_owned(),
    ] {
        world
            .nobody
            .get(&format!("/data-exports/{wrong}"))
            .await
            .expect_problem(404, "not_found");
    }
    // A scanner of mails looks at the link before the person does.
    let ready = world.student.get(OWN).await.expect(200);
    let head = world
        .nobody
        .send(world.nobody.request(Method::HEAD, &first))
        .await;
    assert_eq!(head.status, 200);
    assert_eq!(
        head.header("content-length"),
        Some(ready["size"].to_string().as_str())
    );
    let both = futures_util::future::join_all((0..4).map(|_| world.nobody.get(&first))).await;
    let mut told: Vec<u16> = both.iter().map(|answer| answer.status).collect();
    told.sort_unstable();
    assert_eq!(told, [200, 404, 404, 404], "of several at once one gets it");
    let fetched = world.student.get(OWN).await.expect(200);
    assert_eq!(
        (&fetched["state"], &fetched["download_url"]),
        (&json!("fetched"), &Value::Null)
    );
    world.nobody.get(&first).await.expect_problem(404, "not_found");

    let second = link(&made(&world, &world.student, OWN).await);
    assert_ne!(second, first);
    world.clock.advance(TimeDelta::days(7));
    world.nobody.get(&second).await.expect_problem(404, "not_found");
    let student = world.nobody.sign_in("student@dit.example", PASSWORD).await;
    assert_eq!(student.get(OWN).await.expect(200)["state"], "expired");
    // What nobody can fetch any more is gone from the store as well.
    world.clock.advance(TimeDelta::days(1));
    world.deliver().await;
    let left = walk(world.files.path());
    assert!(left.iter().all(|file| !file.contains("exports")), "{left:?}");
}

async fn of_somebody_erased_no_copy_is_left(world: World) {
    let path = format!("/users/{}/export", world.student.id);
    let own = link(&made(&world, &world.student, OWN).await);
    let admins = link(&made(&world, &world.admin, &path).await);
    world
        .coordinator
        .delete(&format!("/users/{}", world.student.id))
        .await
        .expect(204);
    for link in [own, admins] {
        world.nobody.get(&link).await.expect_problem(404, "not_found");
    }
    world.deliver().await;
    let left = walk(world.files.path());
    assert!(left.iter().all(|file| !file.contains("exports")), "{left:?}");
}

async fn a_copy_that_cannot_be_stored_is_made_later_and_at_last_given_up(world: World) {
    world.student.act(OWN).await.expect(202);
    // A file where the folder should be.
    let blocked = world.files.path().join("exports");
    std::fs::write(&blocked, "in the way").unwrap();
    make(&world).await;
    assert_eq!(world.student.get(OWN).await.expect(200)["state"], "preparing");
    std::fs::remove_file(&blocked).unwrap();
    make(&world).await;
    assert_eq!(
        world.student.get(OWN).await.expect(200)["state"],
        "preparing",
        "not at once"
    );
    world.clock.advance(TimeDelta::minutes(2));
    make(&world).await;
    assert_eq!(world.student.get(OWN).await.expect(200)["state"], "ready");
    std::fs::remove_dir_all(&blocked).unwrap();

    std::fs::write(&blocked, "in the way").unwrap();
    let path = format!("/users/{}/export", world.student.id);
    world.admin.act(&path).await.expect(202);
    for _ in 0..5 {
        make(&world).await;
        world.clock.advance(TimeDelta::hours(1));
    }
    let admin = world.nobody.sign_in("admin@dit.example", PASSWORD).await;
    assert_eq!(admin.get(&path).await.expect(200)["state"], "failed");
    let before = admin.get(&path).await.expect(200)["id"].clone();
    assert_ne!(admin.act(&path).await.expect(202)["id"], before, "one asks anew");
}

on_both_databases!(
    a_link_is_good_once_in_time_and_as_it_was_made,
    of_somebody_erased_no_copy_is_left,
    a_copy_that_cannot_be_stored_is_made_later_and_at_last_given_up,
);
