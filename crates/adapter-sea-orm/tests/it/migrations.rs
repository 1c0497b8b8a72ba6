//! Migrations go up, down and up again.

use ipt_adapter_sea_orm::{APPLICATION_ROLE, ConnectOptions, SeaDatabase, migration};
use ipt_domain::{
    identity::role::Role,
    placement::{
        placement::{Placement, PlacementParts},
        state::PlacementState,
    },
};
use ipt_ports::{Database as _, RepositoryError};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

use ipt_testkit::postgres::PostgresDatabase;

use crate::support::on_both_databases;

/// Applies, undoes one step and then the rest; how many there are.
async fn goes_up_and_down(url: &str) -> usize {
    let steps = migration::up(url).await.unwrap();
    assert!(steps.len() >= 7 && steps.iter().is_sorted(), "{steps:?}");
    assert_eq!(migration::up(url).await.unwrap(), Vec::<String>::new());
    assert!(
        migration::status(url)
            .await
            .unwrap()
            .iter()
            .all(|step| step.applied)
    );
    let database = SeaDatabase::connect(&ConnectOptions::new(url)).await.unwrap();
    database.check().await.unwrap();
    database.close().await;

    let mut undone = migration::down(url, Some(1)).await.unwrap();
    assert_eq!(undone, steps[steps.len() - 1..]);
    undone.extend(migration::down(url, None).await.unwrap());
    undone.reverse();
    assert_eq!(undone, steps);
    assert!(
        migration::status(url)
            .await
            .unwrap()
            .iter()
            .all(|step| !step.applied)
    );
    steps.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite_nothing_is_left_when_all_is_undone() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("deep/down/ipt.db").display());
    let steps = goes_up_and_down(&url).await;
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    let left: Vec<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite%'")
            .fetch_all(&mut connection)
            .await
            .unwrap();
    assert_eq!(left, ["seaql_migrations"]);
    connection.close().await.unwrap();
    assert_eq!(migration::up(&url).await.unwrap().len(), steps);
}

/// What a database consists of besides its catalogue, and who holds rights on its schema.
const LEFT: &str =
    "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind <> 'i'
    UNION ALL SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT grantee::regrole::text FROM pg_namespace, aclexplode(nspacl)
        WHERE nspname = 'public' AND grantee::regrole::text = 'ipt_app'";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres_nothing_but_the_role_is_left_when_all_is_undone() {
    let database = PostgresDatabase::empty().await;
    let url = database.url();
    let steps = goes_up_and_down(&url).await;
    let mut connection = PgConnection::connect(&url).await.unwrap();
    let left: Vec<String> = sqlx::query_scalar(LEFT).fetch_all(&mut connection).await.unwrap();
    assert_eq!(left, ["seaql_migrations"]);
    let role = format!("SELECT count(*) FROM pg_roles WHERE rolname = '{APPLICATION_ROLE}'");
    let roles: i64 = sqlx::query_scalar(AssertSqlSafe(role))
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(roles, 1);
    connection.close().await.unwrap();
    assert_eq!(migration::up(&url).await.unwrap().len(), steps);
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_who_migrate_at_once_go_one_after_the_other() {
    let database = PostgresDatabase::empty().await;
    let url = database.url();
    let (one, other) = tokio::join!(migration::up(&url), migration::up(&url));
    let mut applied = [one.unwrap().len(), other.unwrap().len()];
    applied.sort_unstable();
    assert!(applied[0] == 0 && applied[1] > 0, "{applied:?}");
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_with_missing_migrations_is_not_available() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("ipt.db").display());
    let database = SeaDatabase::connect(&ConnectOptions::new(&url)).await.unwrap();
    assert!(matches!(
        database.check().await,
        Err(RepositoryError::Unavailable(_))
    ));
    migration::up(&url).await.unwrap();
    database.check().await.unwrap();
    migration::down(&url, Some(1)).await.unwrap();
    assert!(matches!(
        database.check().await,
        Err(RepositoryError::Unavailable(_))
    ));
}

on_both_databases! {
    async fn undone_the_students_of_a_supervisor_are_kept_as_a_number_again(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        fixture.another_student(&world, "Another").await;
        // One more of the first student's does not count, nor does one that was dropped.
        let third = fixture.member(world.tenant, "A third", &[Role::Student]).await;
        for (student, state) in
            [(world.student, PlacementState::Approved), (third, PlacementState::Cancelled { reason: None })]
        {
            let parts = PlacementParts { state, ..world.parts(fixture.id(), student) };
            fixture.place(&world, Placement::from_parts(parts).unwrap()).await.unwrap();
        }
        let steps = migration::status(&fixture.url).await.unwrap();
        let hold = steps.iter().position(|step| step.name.contains("supervisor_hold")).unwrap();
        migration::down(&fixture.url, Some(u32::try_from(steps.len() - hold).unwrap())).await.unwrap();
        assert_eq!(fixture.count("supervisor_load", "students = 2").await, 2);
        assert_eq!(fixture.count("supervisor_load", "students <> 2").await, 0);
        migration::up(&fixture.url).await.unwrap();
        assert_eq!(fixture.count("supervisor_hold", "holds > 0").await, 0);
        fixture.another_student(&world, "The last").await;
    }
}

/// Two organisations of one name in one city, and one in another, made before the directory was kept.
const OF_OLD: &str =
    "INSERT INTO organisation (id, name, name_folded, city, city_folded, created_at, version) VALUES
    ({2}, 'Maji', 'maji', 'Dodoma', 'dodoma', '2026-03-02 08:00:00+00:00', 1),
    ({1}, 'MAJI', 'maji', 'Dodoma', 'dodoma', '2026-03-01 08:00:00+00:00', 1),
    ({3}, 'Maji', 'maji', NULL, NULL, '2026-03-03 08:00:00+00:00', 1)";

const NUMBERED: &str = "SELECT name || ' ' || namesake FROM organisation ORDER BY created_at";

/// Goes back to before the directory, and lets `between` write; forth again.
async fn on_what_was_there_before(url: &str, between: impl AsyncFnOnce(String)) {
    let steps = migration::up(url).await.unwrap();
    let directory = steps.iter().position(|step| step.contains("directory")).unwrap();
    let undone = u32::try_from(steps.len() - directory).unwrap();
    migration::down(url, Some(undone)).await.unwrap();
    let of_old = (1..=3).fold(OF_OLD.to_owned(), |sql, number| {
        let id = if url.starts_with("sqlite") {
            format!("x'{number:032}'")
        } else {
            format!("'{number:032}'")
        };
        sql.replace(&format!("{{{number}}}"), &id)
    });
    between(of_old).await;
    assert_eq!(migration::up(url).await.unwrap(), steps[directory..]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn organisations_of_one_name_that_are_there_already_are_kept_and_numbered() {
    let expected = ["MAJI 0", "Maji 1", "Maji 0"];
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("ipt.db").display());
    on_what_was_there_before(&url, async |sql| {
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
    })
    .await;
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    let numbered: Vec<String> = sqlx::query_scalar(NUMBERED)
        .fetch_all(&mut connection)
        .await
        .unwrap();
    assert_eq!(numbered, expected);

    let database = PostgresDatabase::empty().await;
    let url = database.url();
    on_what_was_there_before(&url, async |sql| {
        let mut connection = PgConnection::connect(&url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
    })
    .await;
    let mut connection = PgConnection::connect(&url).await.unwrap();
    let numbered: Vec<String> = sqlx::query_scalar(NUMBERED)
        .fetch_all(&mut connection)
        .await
        .unwrap();
    assert_eq!(numbered, expected);
    connection.close().await.unwrap();
    database.remove().await;
}
