//! How many statements the hot paths cost, and which index answers them.

use ipt_adapter_sea_orm::Dialect;
use ipt_domain::{identity::role::Role, logbook::transition::StepKind};
use ipt_ports::{
    Scope,
    logbook::{LogFilter, LogSort, Onlooker},
    page::{Direction, PageRequest, Sort},
};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, Row as _};

use crate::support::{
    Fixture, on_both_databases,
    seeds::july,
    world::{TEXT, World, noon, report, step},
};

fn newest(limit: u16) -> PageRequest<LogSort> {
    PageRequest { limit, after: None, sort: Sort { field: LogSort::LogDate, direction: Direction::Descending } }
}

fn seen_by(world: &World, user: ipt_domain::id::UserId, coordinates: bool) -> LogFilter {
    let coordinates = coordinates.then_some(world.tenant).into_iter().collect();
    LogFilter {
        onlooker: Onlooker { user_id: user, coordinates, now: noon(20) },
        states: Vec::new(),
        placement_id: None,
        student_id: None,
        from: None,
        to: None,
        overdue: None,
        flagged: None,
        awaiting_onlooker: false,
        text: None,
    }
}

on_both_databases! {
    async fn a_first_submission_costs_four_round_trips(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        fixture.database.record_statements();
        fixture.submitted(&world, 7).await;
        let statements = fixture.database.recorded_statements();
        // Begin, the case, the writes, commit. SQLite writes one table after the other, without a network between.
        let expected = match fixture.database.dialect() {
            Dialect::Postgres => 4,
            Dialect::Sqlite => 3 + 6,
        };
        assert_eq!(statements.len(), expected, "{statements:#?}");
    }

    async fn a_decision_costs_four_round_trips(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let id = fixture.submitted(&world, 7).await.id();
        let approve = step(StepKind::Approve { skills: Vec::new(), hours_confirmed: None }, None);
        let who = (world.industrial, Role::IndustrialSupervisor);
        let decision = fixture.decide(&world, id, who, &approve, noon(8)).await;
        fixture.database.record_statements();
        let mut unit = fixture.begin(world.scope()).await;
        unit.logbook().log(id).await.unwrap().unwrap();
        let trail = fixture.transition_trail(world.tenant, "logbook.approve");
        unit.logbook().save(&decision, &[], &trail).await.unwrap();
        unit.commit().await.unwrap();
        let expected = match fixture.database.dialect() {
            Dialect::Postgres => 4,
            Dialect::Sqlite => 3 + 6,
        };
        assert_eq!(fixture.database.recorded_statements().len(), expected);
    }

    async fn a_page_costs_four_statements_whatever_its_length(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        for number in 0..5 {
            let whose = fixture.another_student(&world, &format!("Student {number}")).await;
            for day in 7..=10 {
                fixture.submit_report(&world, whose, july(day), report(TEXT), noon(day)).await.unwrap();
            }
        }
        for (limit, user, coordinates) in
            [(1, world.industrial, false), (100, world.industrial, false), (100, world.coordinator, true)]
        {
            let before = fixture.database.statements();
            let mut reader = fixture.read(world.scope()).await;
            let filter = seen_by(&world, user, coordinates);
            let page = reader.logbook().log_page(&filter, &newest(limit)).await.unwrap();
            assert_eq!(page.items.len(), usize::from(limit.min(20)));
            // The beginning; the parts that the onlooker holds; the rows; the cases of their placements.
            assert_eq!(fixture.database.statements() - before, 4);
        }
        let ids: Vec<_> = {
            let mut reader = fixture.read(world.scope()).await;
            let all = reader.logbook().log_page(&seen_by(&world, world.coordinator, true), &newest(100)).await.unwrap();
            all.items.iter().map(|(entry, _)| entry.id()).collect()
        };
        let before = fixture.database.statements();
        fixture.read(world.scope()).await.logbook().logs(&ids).await.unwrap();
        assert_eq!(fixture.database.statements() - before, 3);
    }

    async fn a_list_of_placements_costs_three_statements(fixture: &Fixture) {
        use ipt_ports::placement::{PlacementFilter, PlacementSort};
        let world = fixture.world("udsm").await;
        for number in 0..5 {
            fixture.another_student(&world, &format!("Student {number}")).await;
        }
        let filter = PlacementFilter {
            onlooker: Onlooker { user_id: world.university, coordinates: Vec::new(), now: noon(7) },
            states: Vec::new(),
            student_id: None,
            organisation_id: None,
            programme_id: None,
            supervisor_id: None,
        };
        let sort = Sort { field: PlacementSort::StartDate, direction: Direction::Ascending };
        let page = PageRequest { limit: 100, after: None, sort };
        let before = fixture.database.statements();
        let found = fixture.read(world.scope()).await.placement().placement_page(&filter, &page).await.unwrap();
        assert_eq!(found.items.len(), 6);
        assert_eq!(fixture.database.statements() - before, 3);
    }
}

/// Puts 40 students with 60 entries each into an institution, past the adapter, copied from one entry of each.
async fn fill(fixture: &Fixture, world: &World) {
    let entry = fixture.submitted(world, 7).await.id();
    let tenant = world.tenant;
    let copy = format!(
        "INSERT INTO user_account SELECT gen_random_uuid(), n || email, n || email_folded, full_name, name_folded, \
             password_hash, email_verified_at, disabled_at, failures, failing_since, locked_until, language, \
             last_tenant_id, created_at, version FROM user_account, generate_series(1, 400) n WHERE id = '{student}'; \
         INSERT INTO placement SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), \
             'student_id', u.id, 'industrial_supervisor_id', CASE WHEN row_number() OVER () <= 10 THEN \
             p.industrial_supervisor_id END, 'state', 'approved', 'active_since', NULL))).* FROM placement p, user_account u WHERE p.id = '{placement}' \
             AND u.email LIKE '%0{email}%' OR u.email LIKE '1{email}%'; \
         INSERT INTO log_entry SELECT (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), \
             'placement_id', p.id, 'student_id', p.student_id, 'log_date', e.log_date + d, 'state', \
             CASE WHEN d < 50 THEN 'validated' ELSE 'submitted' END, \
             'due_at', CASE WHEN d < 50 THEN NULL ELSE e.due_at END))).* \
             FROM log_entry e, placement p, generate_series(1, 60) d WHERE e.id = '{entry}' AND p.tenant_id = '{tenant}'; \
         ANALYZE",
        student = world.student,
        placement = world.placement,
        email = "asha",
    );
    fixture.as_owner(&copy).await.unwrap();
}

/// The plan of a recorded statement, as the planner makes it without looking at the values.
async fn plan(fixture: &Fixture, scope: &Scope, statement: &str) -> String {
    let Scope::Tenants(tenants) = scope else { panic!("institutions") };
    let mut connection = PgConnection::connect(&fixture.url).await.unwrap();
    let prepare = format!(
        "SET ROLE ipt_app; SELECT set_config('ipt.tenants', '{}', false); SET plan_cache_mode = force_generic_plan; \
         PREPARE recorded AS {statement}",
        tenants[0]
    );
    connection.execute(AssertSqlSafe(prepare)).await.unwrap();
    let count: i32 = sqlx::query_scalar("SELECT cardinality(parameter_types) FROM pg_prepared_statements WHERE name = 'recorded'")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    let values = vec!["NULL"; usize::try_from(count).unwrap()].join(", ");
    let explain = format!("EXPLAIN EXECUTE recorded ({values})");
    let lines = sqlx::raw_sql(AssertSqlSafe(explain)).fetch_all(&mut connection).await.unwrap();
    lines.iter().map(|row| row.get::<String, _>(0)).collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_are_answered_by_an_index() {
    Fixture::postgres()
        .await
        .lend(async |fixture: std::sync::Arc<Fixture>| {
            let world = fixture.world("udsm").await;
            fill(&fixture, &world).await;
            let rows_of = async |filter: LogFilter| {
                fixture.database.record_statements();
                let mut reader = fixture.read(world.scope()).await;
                let page = reader.logbook().log_page(&filter, &newest(20)).await.unwrap();
                assert!(!page.items.is_empty());
                let statements = fixture.database.recorded_statements();
                plan(&fixture, &world.scope(), &statements[2]).await
            };
            let own = rows_of(seen_by(&world, world.student, false)).await;
            assert!(own.contains("log_entry_student"), "{own}");
            let inbox = LogFilter { awaiting_onlooker: true, ..seen_by(&world, world.industrial, false) };
            let inbox = rows_of(inbox).await;
            assert!(inbox.contains("log_entry_open") || inbox.contains("log_entry_student"), "{inbox}");
            let institution = rows_of(seen_by(&world, world.coordinator, true)).await;
            assert!(institution.contains("log_entry_tenant") && !institution.contains("Sort"), "{institution}");
            for plan in [own, inbox, institution] {
                assert!(!plan.contains("Seq Scan on log_entry"), "{plan}");
            }
        })
        .await;
}
