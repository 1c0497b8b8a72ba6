//! Institutions are kept apart twice: by the conditions of the queries, and on PostgreSQL by the policies under them.

use ipt_adapter_sea_orm::{APPLICATION_ROLE, ConnectOptions, SeaDatabase};
use ipt_domain::{id::TenantId, identity::role::Role, logbook::transition::StepKind};
use ipt_ports::{
    Database as _, RepositoryError, Scope, SystemScope,
    logbook::{LogFilter, LogSort, Onlooker, PlacementChoice},
    page::{Direction, PageRequest, Sort},
    placement::{NameSort, PlacementFilter, PlacementSort},
};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, Row as _};

use crate::support::{
    Fixture, on_both_databases,
    seeds::july,
    world::{World, noon, step},
};

/// Runs a test on PostgreSQL alone: what it looks at, SQLite does not have.
async fn on_postgres<F, T>(test: T)
where
    T: FnOnce(std::sync::Arc<Fixture>) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    Fixture::postgres().await.lend(test).await;
}

/// A connection past the adapter, in the application's role and in the scope of one institution.
async fn in_scope_of(fixture: &Fixture, tenant: TenantId) -> PgConnection {
    let mut connection = PgConnection::connect(&fixture.url).await.unwrap();
    let scope = format!("SET ROLE {APPLICATION_ROLE}; SELECT set_config('ipt.tenants', '{tenant}', false)");
    connection.execute(AssertSqlSafe(scope)).await.unwrap();
    connection
}

async fn rows(connection: &mut PgConnection, sql: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM ({sql}) AS found");
    sqlx::query_scalar(AssertSqlSafe(sql))
        .fetch_one(connection)
        .await
        .unwrap()
}

/// Two institutions, each with an entry that has gone through some hands.
async fn two_worlds(fixture: &Fixture) -> (World, World) {
    let (here, there) = (fixture.world("udsm").await, fixture.world("sua").await);
    for world in [&here, &there] {
        let id = fixture.submitted(world, 7).await.id();
        let approve = step(
            StepKind::Approve {
                skills: Vec::new(),
                hours_confirmed: None,
            },
            None,
        );
        fixture
            .take(
                world,
                id,
                (world.industrial, Role::IndustrialSupervisor),
                approve,
                noon(8),
            )
            .await;
    }
    (here, there)
}

/// The tables that belong to institutions, by having the column.
const TENANT_TABLES: &str =
    "SELECT c.oid::regclass::text AS name, a.attname::text AS \"column\", c.relrowsecurity AND c.relforcerowsecurity AS guarded
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE a.attname IN ('tenant_id', 'chain') AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    ORDER BY 1";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_table_of_an_institution_has_a_policy_that_binds_its_owner_too() {
    on_postgres(async |fixture: std::sync::Arc<Fixture>| {
        let mut connection = PgConnection::connect(&fixture.url).await.unwrap();
        let tables = sqlx::query(TENANT_TABLES)
            .fetch_all(&mut connection)
            .await
            .unwrap();
        let unguarded: Vec<String> = tables
            .iter()
            .filter(|row| !row.get::<bool, _>("guarded"))
            .map(|row| row.get("name"))
            .collect();
        // A session belongs to a person, who may switch institutions in it.
        assert_eq!(unguarded, ["session"]);
        assert!(tables.len() > 15);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_query_without_a_condition_sees_nothing_of_another_institution() {
    on_postgres(async |fixture: std::sync::Arc<Fixture>| {
        let (here, there) = two_worlds(&fixture).await;
        let mut connection = in_scope_of(&fixture, here.tenant).await;
        for table in [
            "log_entry",
            "log_review",
            "placement",
            "placement_event",
            "programme",
            "programme_policy",
            "organisation_relation",
            "supervisor_hold",
            "outbox",
            "audit_record",
            "membership",
            "membership_role",
        ] {
            let sql = format!("SELECT 1 FROM {table} WHERE tenant_id <> '{}'", here.tenant);
            assert_eq!(rows(&mut connection, &sql).await, 0, "{table}");
            assert!(
                rows(&mut connection, &format!("SELECT 1 FROM {table}")).await > 0,
                "{table} has rows of one's own"
            );
        }
        // Nor in any other table, whatever comes to be one.
        let tables = sqlx::query(TENANT_TABLES)
            .fetch_all(&mut connection)
            .await
            .unwrap();
        for table in tables.iter().filter(|row| row.get::<bool, _>("guarded")) {
            let (table, column): (String, String) = (table.get("name"), table.get("column"));
            let sql = format!("SELECT 1 FROM {table} WHERE {column} <> '{}'", here.tenant);
            assert_eq!(rows(&mut connection, &sql).await, 0, "{table}");
        }
        assert_eq!(rows(&mut connection, "SELECT 1 FROM tenant").await, 1);
        let details = rows(&mut connection, "SELECT 1 FROM audit_detail").await;
        assert_eq!(details, rows(&mut connection, "SELECT 1 FROM audit_record").await);
        // What is not seen can be neither changed nor removed, and nothing can be put there.
        let changed = connection
            .execute(AssertSqlSafe(format!(
                "UPDATE log_entry SET late = true WHERE tenant_id = '{}'",
                there.tenant
            )))
            .await
            .unwrap();
        assert_eq!(changed.rows_affected(), 0);
        let removed = connection.execute("DELETE FROM log_review").await.unwrap();
        assert_eq!(removed.rows_affected(), 2);
        let put = format!(
            "INSERT INTO tenant_holiday (tenant_id, date) VALUES ('{}', '2026-07-07')",
            there.tenant
        );
        let refused = connection.execute(AssertSqlSafe(put)).await.unwrap_err();
        assert!(refused.to_string().contains("row-level security"), "{refused}");
        assert_eq!(fixture.count("log_review", "1 = 1").await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_scope_nothing_is_seen() {
    on_postgres(async |fixture: std::sync::Arc<Fixture>| {
        two_worlds(&fixture).await;
        let mut connection = PgConnection::connect(&fixture.url).await.unwrap();
        connection
            .execute(AssertSqlSafe(format!("SET ROLE {APPLICATION_ROLE}")))
            .await
            .unwrap();
        for table in [
            "tenant",
            "log_entry",
            "placement",
            "membership",
            "outbox",
            "audit_record",
            "audit_detail",
        ] {
            assert_eq!(
                rows(&mut connection, &format!("SELECT 1 FROM {table}")).await,
                0,
                "{table}"
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_sees_the_tables_that_it_needs_and_no_other() {
    on_postgres(async |fixture: std::sync::Arc<Fixture>| {
        let (here, _) = two_worlds(&fixture).await;
        let entry = fixture.submitted(&here, 8).await.id();
        // A system scope has no condition in code: what is seen here, the policies let through.
        for (job, sees) in [
            (SystemScope::Worker, true),
            (SystemScope::Operator, true),
            (SystemScope::SignIn, false),
            (SystemScope::ChainLinker, false),
        ] {
            let mut reader = fixture.read(Scope::System(job)).await;
            assert_eq!(
                reader.logbook().log(entry).await.unwrap().is_some(),
                sees,
                "{job:?}"
            );
        }
        let mut sign_in = fixture.read(Scope::System(SystemScope::SignIn)).await;
        assert_eq!(sign_in.tenancy().institutions().await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_given_back_after_an_error_carries_no_scope() {
    on_postgres(async |fixture: std::sync::Arc<Fixture>| {
        let (here, there) = two_worlds(&fixture).await;
        let one = ConnectOptions {
            max_connections: 1,
            ..ConnectOptions::new(&fixture.url)
        };
        let database = SeaDatabase::connect(&one).await.unwrap();
        let entry = fixture.submitted(&here, 8).await;
        for attempt in 0..3 {
            let mut unit = database.begin(here.scope()).await.unwrap();
            // The programme's code is taken: PostgreSQL's transaction is dead from here on.
            let twin = fixture
                .read(here.scope())
                .await
                .placement()
                .programme(here.programme)
                .await
                .unwrap()
                .unwrap();
            let trail = fixture.trail(Some(here.tenant), "placement.programme");
            let outcome = unit.placement().save_programme(&twin, None, &trail).await;
            assert!(
                matches!(outcome, Err(RepositoryError::Conflict(_))),
                "{outcome:?}"
            );
            if attempt == 1 {
                // Nobody can take a rollback for a commit.
                assert!(unit.commit().await.is_err());
            } else {
                drop(unit);
            }
            let mut sign_in = database.read(Scope::System(SystemScope::SignIn)).await.unwrap();
            assert!(sign_in.logbook().log(entry.id()).await.unwrap().is_none());
            drop(sign_in);
            let mut reader = database.read(there.scope()).await.unwrap();
            assert!(reader.logbook().log(entry.id()).await.unwrap().is_none());
            drop(reader);
            let mut reader = database.read(here.scope()).await.unwrap();
            assert!(reader.logbook().log(entry.id()).await.unwrap().is_some());
        }
        database.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_role_can_neither_sign_in_nor_bypass_nor_rewrite_the_audit_trail() {
    on_postgres(async |fixture: std::sync::Arc<Fixture>| {
        let world = fixture.world("udsm").await;
        let mut connection = in_scope_of(&fixture, world.tenant).await;
        let role = format!("SELECT rolcanlogin OR rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = '{APPLICATION_ROLE}'");
        let mighty: bool = sqlx::query_scalar(AssertSqlSafe(role)).fetch_one(&mut connection).await.unwrap();
        assert!(!mighty);
        for sql in ["UPDATE audit_record SET action = 'x'", "DELETE FROM audit_record", "TRUNCATE audit_record",
            "UPDATE audit_link SET sequence = 1", "ALTER TABLE log_entry DISABLE ROW LEVEL SECURITY", "DROP TABLE outbox"]
        {
            let refused = connection.execute(sql).await.unwrap_err();
            let code = refused.as_database_error().and_then(|error| error.code().map(std::borrow::Cow::into_owned));
            assert_eq!(code.as_deref(), Some("42501"), "{sql}: {refused}");
        }
    })
    .await;
}

/// The tables that belong to institutions, with the word that a condition on them has.
const CONDITIONS: &[(&str, &str)] = &[
    ("programme", "tenant_id"),
    ("programme_policy", "tenant_id"),
    ("organisation_relation", "tenant_id"),
    ("site", "tenant_id"),
    ("placement", "tenant_id"),
    ("placement_event", "tenant_id"),
    ("supervisor_hold", "tenant_id"),
    ("student_hold", "tenant_id"),
    ("delegation", "tenant_id"),
    ("log_entry", "tenant_id"),
    ("log_revision", "tenant_id"),
    ("log_review", "tenant_id"),
    ("attachment", "tenant_id"),
    ("reopened_days", "tenant_id"),
    ("outbox", "tenant_id"),
    ("audit_record", "tenant_id"),
    ("tenant_holiday", "tenant_id"),
    ("membership", "tenant_id"),
];

/// Whether a statement names a table as a whole word.
fn names(statement: &str, table: &str) -> bool {
    statement
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .any(|word| word == table)
}

on_both_databases! {
    async fn every_statement_on_an_institutions_table_names_the_institution(fixture: &Fixture) {
        let (here, there) = two_worlds(fixture).await;
        let entry = fixture.submitted(&here, 8).await;
        fixture.database.record_statements();
        let onlooker = Onlooker { user_id: here.coordinator, coordinates: vec![here.tenant, there.tenant], now: noon(9) };
        let logs = LogFilter {
            onlooker: onlooker.clone(), states: Vec::new(), placement_id: None, student_id: None, from: None, to: None,
            overdue: Some((true, noon(20))), flagged: Some(false), awaiting_onlooker: false, text: Some("meters".to_owned()),
        };
        let placements = PlacementFilter {
            onlooker, states: Vec::new(), student_id: None, organisation_id: None, programme_id: None, supervisor_id: None,
        };
        let by_date = PageRequest { limit: 20, after: None, sort: vec![Sort { field: LogSort::LogDate, direction: Direction::Descending }] };
        let by_start = PageRequest { limit: 20, after: None, sort: vec![Sort { field: PlacementSort::StartDate, direction: Direction::Ascending }] };
        let by_name = PageRequest { limit: 20, after: None, sort: vec![Sort { field: NameSort::Name, direction: Direction::Ascending }] };
        let mut unit = fixture.begin(here.scope()).await;
        let logbook = unit.logbook();
        // The scope is one institution's, whatever the filter asks for.
        let found = logbook.log_page(&logs, &by_date).await.unwrap();
        assert!(found.items.iter().all(|(entry, _)| entry.tenant_id() == here.tenant));
        logbook.log_count(&logs).await.unwrap();
        logbook.log(entry.id()).await.unwrap().unwrap();
        logbook.logs(&[entry.id()]).await.unwrap();
        logbook.surroundings(&entry, Some(noon(9))).await.unwrap();
        logbook.submission_case(PlacementChoice::OnlyActiveOf { tenant: here.tenant, student: here.student }, july(9), Some(noon(9))).await.unwrap();
        logbook.reviews(&[entry.id()]).await.unwrap();
        logbook.revisions(entry.id()).await.unwrap();
        logbook.attachments_of(entry.id()).await.unwrap();
        logbook.attachment(fixture.id()).await.unwrap();
        logbook.is_referenced(&ipt_ports::blob_store::BlobKey::parse("logs/a").unwrap()).await.unwrap();
        logbook.remove_files(entry.id(), &[fixture.id()]).await.unwrap();
        logbook.policies_of_student(here.tenant, here.student).await.unwrap();
        let placement = unit.placement();
        placement.programme(here.programme).await.unwrap().unwrap();
        placement.programme_page(Some("p"), &by_name).await.unwrap();
        placement.programme_count(None).await.unwrap();
        placement.policy(here.programme, ipt_domain::placement::policy::PolicyVersion::FIRST).await.unwrap();
        placement.policy_use(here.programme).await.unwrap();
        placement.organisation(here.organisation, Some(here.tenant)).await.unwrap();
        placement.site(here.site).await.unwrap();
        placement.site_page(here.organisation, &by_name).await.unwrap();
        placement.placement(here.placement).await.unwrap().unwrap();
        placement.placement_case(here.placement).await.unwrap().unwrap();
        placement.placement_page(&placements, &by_start).await.unwrap();
        placement.placement_count(&placements).await.unwrap();
        placement.neighbours(here.tenant, here.student).await.unwrap();
        placement.days_of_chain(here.placement, noon(9)).await.unwrap();
        placement.entry_days_outside(here.placement, july(1), july(2)).await.unwrap();
        placement.to_activate(july(9), 10).await.unwrap();
        placement.hold_student(here.tenant, here.student).await.unwrap();
        unit.commit().await.unwrap();
        let void = step(StepKind::Void, Some("A double."));
        fixture.take(&here, entry.id(), (here.coordinator, Role::Coordinator), void, noon(9)).await;

        let statements = fixture.database.recorded_statements();
        assert!(statements.len() > 30);
        for statement in &statements {
            for (table, condition) in CONDITIONS {
                assert!(
                    !names(statement, table) || names(statement, condition),
                    "{table} without its institution: {statement}"
                );
            }
        }
    }

    async fn another_institutions_rows_are_neither_found_nor_changed(fixture: &Fixture) {
        let (here, there) = two_worlds(fixture).await;
        let entry = fixture.submitted(&here, 8).await;
        let mut unit = fixture.begin(there.scope()).await;
        assert!(unit.logbook().log(entry.id()).await.unwrap().is_none());
        assert!(unit.logbook().logs(&[entry.id()]).await.unwrap().is_empty());
        assert!(unit.logbook().reviews(&[entry.id()]).await.unwrap().is_empty());
        assert!(unit.logbook().revisions(entry.id()).await.unwrap().is_empty());
        assert!(unit.placement().placement(here.placement).await.unwrap().is_none());
        assert!(unit.placement().placement_case(here.placement).await.unwrap().is_none());
        assert!(unit.placement().programme(here.programme).await.unwrap().is_none());
        assert!(unit.placement().neighbours(here.tenant, here.student).await.unwrap().is_empty());
        let decision = fixture
            .decide(&here, entry.id(), (here.coordinator, Role::Coordinator), &step(StepKind::Void, Some("No.")), noon(9))
            .await;
        let trail = fixture.transition_trail(here.tenant, "logbook.void");
        assert!(unit.logbook().save(&decision, &[], &trail).await.is_err());
        drop(unit);
        assert_eq!(fixture.stored(&here, entry.id()).await.0, entry);
    }
}
