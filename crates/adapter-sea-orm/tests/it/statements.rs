//! How many statements the hot paths cost, and which index answers them.

use ipt_domain::{identity::role::Role, logbook::transition::StepKind, placement::placement::Placement};
use ipt_ports::{
    Scope,
    logbook::{CaseFound, LogFilter, LogSort, Onlooker, PlacementChoice},
    page::{Direction, PageRequest, Sort},
    placement::PlacementChange,
};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, Row as _, SqliteConnection};

use crate::support::{
    Fixture, on_both_databases,
    seeds::july,
    world::{TEXT, World, noon, report, step},
};

fn newest(limit: u16) -> PageRequest<LogSort> {
    PageRequest {
        limit,
        after: None,
        sort: vec![Sort {
            field: LogSort::LogDate,
            direction: Direction::Descending,
        }],
    }
}

fn seen_by(world: &World, user: ipt_domain::id::UserId, coordinates: bool) -> LogFilter {
    let coordinates = coordinates.then_some(world.tenant).into_iter().collect();
    LogFilter {
        onlooker: Onlooker {
            user_id: user,
            coordinates,
            now: noon(20),
        },
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
        // Begin, the case, the writes, commit.
        assert_eq!(statements.len(), 4, "{statements:#?}");
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
        assert_eq!(fixture.database.recorded_statements().len(), 4);
    }

    async fn a_placement_costs_the_same_however_many_students_its_supervisors_have(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        for name in ["First", "Second", "Third"] {
            let change = proposal(fixture, &world, name).await;
            fixture.database.record_statements();
            fixture.store(&world, &change).await.unwrap();
            let statements = fixture.database.recorded_statements();
            // Begin; of each supervisor the hold and the students; the placement, its event, and its trail; commit.
            assert_eq!(statements.len(), 9, "{statements:#?}");
        }
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
        let page = PageRequest { limit: 100, after: None, sort: vec![sort] };
        let before = fixture.database.statements();
        let found = fixture.read(world.scope()).await.placement().placement_page(&filter, &page).await.unwrap();
        assert_eq!(found.items.len(), 6);
        assert_eq!(fixture.database.statements() - before, 3);
    }
}

/// A further student's placement like the first, to be stored.
async fn proposal(fixture: &Fixture, world: &World, name: &str) -> PlacementChange {
    let student = fixture.member(world.tenant, name, &[Role::Student]).await;
    let placement = Placement::from_parts(world.parts(fixture.id(), student)).unwrap();
    fixture.change(placement, None)
}

/// Puts 200 students with 60 entries each into an institution, copied past the adapter from the first: ten of them are the
/// first one's supervisors' too, and of their entries most are validated.
async fn fill(fixture: &Fixture, world: &World) {
    let entry = fixture.submitted(world, 7).await.id();
    let World {
        student,
        placement,
        industrial,
        ..
    } = world;
    let copy = format!(
        "INSERT INTO user_account SELECT (jsonb_populate_record(u, jsonb_build_object('id', gen_random_uuid(), \
             'failures', n, 'email', n || u.email, 'email_folded', n || u.email_folded))).* \
             FROM user_account u, generate_series(1, 200) n WHERE u.id = '{student}'; \
         INSERT INTO placement SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), \
             'student_id', u.id, 'state', 'approved', 'active_since', NULL, \
             'industrial_supervisor_id', CASE WHEN u.failures <= 10 THEN p.industrial_supervisor_id END, \
             'university_supervisor_id', CASE WHEN u.failures <= 10 THEN p.university_supervisor_id END))).* \
             FROM placement p, user_account u WHERE p.id = '{placement}' AND u.failures > 0; \
         INSERT INTO log_entry SELECT (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), \
             'placement_id', p.id, 'student_id', p.student_id, 'log_date', e.log_date + d) || CASE WHEN d > 50 \
             THEN '{{}}'::jsonb ELSE jsonb_build_object('state', 'validated', 'due_at', NULL, 'due_on', NULL, \
                 'verified_kind', 'industry', 'verified_by_id', '{industrial}', 'verified_at', e.submitted_at, \
                 'decided_by_id', '{industrial}', 'decided_at', e.submitted_at) END)).* \
             FROM log_entry e, placement p, generate_series(1, 60) d WHERE e.id = '{entry}'; \
         ANALYZE"
    );
    fixture.as_owner(&copy).await.unwrap();
}

/// The plan of a recorded statement, as the planner makes it without looking at the values.
async fn plan(fixture: &Fixture, scope: &Scope, statement: &str) -> String {
    let Scope::Tenants(tenants) = scope else {
        panic!("institutions")
    };
    let mut connection = PgConnection::connect(&fixture.url).await.unwrap();
    let prepare = format!(
        "SET ROLE ipt_app; SELECT set_config('ipt.tenants', '{}', false); SET plan_cache_mode = force_generic_plan; \
         PREPARE recorded AS {statement}",
        tenants[0]
    );
    connection.execute(AssertSqlSafe(prepare)).await.unwrap();
    let count: i32 = sqlx::query_scalar(
        "SELECT cardinality(parameter_types) FROM pg_prepared_statements WHERE name = 'recorded'",
    )
    .fetch_one(&mut connection)
    .await
    .unwrap();
    let values = vec!["NULL"; usize::try_from(count).unwrap()].join(", ");
    let explain = format!("EXPLAIN EXECUTE recorded ({values})");
    let lines = sqlx::raw_sql(AssertSqlSafe(explain))
        .fetch_all(&mut connection)
        .await
        .unwrap();
    lines
        .iter()
        .map(|row| row.get::<String, _>(0))
        .collect::<Vec<_>>()
        .join("\n")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_are_answered_by_an_index() {
    Fixture::postgres()
        .await
        .lend(async |fixture: std::sync::Arc<Fixture>| {
            let world = fixture.world("udsm").await;
            fill(&fixture, &world).await;
            let plan_of = async |filter: LogFilter| {
                fixture.database.record_statements();
                let mut reader = fixture.read(world.scope()).await;
                let page = reader.logbook().log_page(&filter, &newest(20)).await.unwrap();
                assert!(!page.items.is_empty());
                let statements = fixture.database.recorded_statements();
                plan(&fixture, &world.scope(), &statements[2]).await
            };
            // A student's and a coordinator's page read no more of the index than they show.
            let own = plan_of(seen_by(&world, world.student, false)).await;
            assert!(
                own.contains("Index Scan Backward using log_entry_student"),
                "{own}"
            );
            let institution = plan_of(seen_by(&world, world.coordinator, true)).await;
            assert!(
                institution.contains("Index Scan Backward using log_entry_tenant"),
                "{institution}"
            );
            for plan in [&own, &institution] {
                assert!(!plan.contains("Sort"), "{plan}");
            }
            // An inbox reads what is open of the placements supervised.
            let inbox = LogFilter {
                awaiting_onlooker: true,
                ..seen_by(&world, world.industrial, false)
            };
            let inbox = plan_of(inbox).await;
            assert!(
                inbox.contains("log_entry_open") && inbox.contains("placement_id = ANY"),
                "{inbox}"
            );
            let supervised = plan_of(seen_by(&world, world.industrial, false)).await;
            for plan in [own, institution, inbox, supervised] {
                assert!(!plan.contains("Seq Scan on log_entry"), "{plan}");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_surrounds_a_submission_is_looked_up_by_indexes() {
    Fixture::postgres()
        .await
        .lend(async |fixture: std::sync::Arc<Fixture>| {
            let world = fixture.world("udsm").await;
            fill(&fixture, &world).await;
            fixture.database.record_statements();
            let mut reader = fixture.read(world.scope()).await;
            let choice = PlacementChoice::OnlyActiveOf {
                tenant: world.tenant,
                student: world.student,
            };
            assert!(matches!(
                reader
                    .logbook()
                    .submission_case(choice, july(8), Some(noon(8)))
                    .await
                    .unwrap(),
                CaseFound::One(_)
            ));
            let statements = fixture.database.recorded_statements();
            let plan = plan(&fixture, &world.scope(), &statements[1]).await;
            for index in [
                "log_entry_day",
                "log_entry_student",
                "log_entry_fix",
                "placement_student",
            ] {
                assert!(plan.contains(index), "{index}: {plan}");
            }
            assert!(
                !plan.contains("Seq Scan on log_entry") && !plan.contains("Seq Scan on placement"),
                "{plan}"
            );
        })
        .await;
}

/// How the students of a foreman and of a lecturer are counted.
async fn counting_statements(fixture: &Fixture, world: &World) -> Vec<String> {
    let change = proposal(fixture, world, "One more").await;
    fixture.database.record_statements();
    fixture.store(world, &change).await.unwrap();
    let statements = fixture.database.recorded_statements();
    statements
        .into_iter()
        .filter(|statement| statement.starts_with("SELECT") && statement.contains("end_date\" >="))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_students_of_a_supervisor_are_counted_by_an_index() {
    let indexes = ["placement_industrial", "placement_university"];
    Fixture::postgres()
        .await
        .lend(async move |fixture: std::sync::Arc<Fixture>| {
            let world = fixture.world("udsm").await;
            let statements = counting_statements(&fixture, &world).await;
            fill(&fixture, &world).await;
            // So many that looking through them all would take longer.
            let of_others = "INSERT INTO placement \
                SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid()))).* \
                FROM placement p, generate_series(1, 10) WHERE p.industrial_supervisor_id IS NULL; ANALYZE";
            fixture.as_owner(of_others).await.unwrap();
            assert_eq!(statements.len(), 2);
            for (index, statement) in indexes.iter().zip(&statements) {
                let plan = plan(&fixture, &world.scope(), statement).await;
                assert!(plan.contains(index), "{plan}");
            }
        })
        .await;
    Fixture::sqlite()
        .await
        .lend(async move |fixture: std::sync::Arc<Fixture>| {
            let world = fixture.world("udsm").await;
            let statements = counting_statements(&fixture, &world).await;
            assert_eq!(statements.len(), 2);
            for (index, statement) in indexes.iter().zip(&statements) {
                let plan = plan_on_sqlite(&fixture, statement).await;
                assert!(plan.contains(index), "{plan}");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_person_wrote_in_steps_is_found_by_an_index() {
    Fixture::postgres()
        .await
        .lend(async |fixture: std::sync::Arc<Fixture>| {
            let world = fixture.world("udsm").await;
            fill(&fixture, &world).await;
            let steps_of_everybody = "INSERT INTO log_review \
                SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'entry_id', e.id, \
                    'by_id', e.student_id, 'comments', CASE WHEN extract(day FROM e.log_date) < 8 THEN 'Done.' END))).* \
                FROM log_review r, log_entry e; ANALYZE";
            fixture.as_owner(steps_of_everybody).await.unwrap();
            let statement = remarks_statement(&fixture, &world).await;
            let plan = plan(&fixture, &world.scope(), &statement).await;
            assert!(plan.contains("Index Scan using log_review_remark"), "{plan}");
        })
        .await;
    Fixture::sqlite()
        .await
        .lend(async |fixture: std::sync::Arc<Fixture>| {
            let world = fixture.world("udsm").await;
            let statement = remarks_statement(&fixture, &world).await;
            let plan = plan_on_sqlite(&fixture, &statement).await;
            assert!(plan.contains("USING INDEX log_review_remark"), "{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{plan}");
        })
        .await;
}

/// How a page of what the foreman wrote is asked for.
async fn remarks_statement(fixture: &Fixture, world: &World) -> String {
    let mut reader = fixture.read(world.scope()).await;
    fixture.database.record_statements();
    reader
        .logbook()
        .remarks_of(world.industrial, None, 100)
        .await
        .unwrap();
    fixture.database.recorded_statements().remove(0)
}

/// The plan of a recorded statement, as SQLite makes it.
async fn plan_on_sqlite(fixture: &Fixture, statement: &str) -> String {
    let mut connection = SqliteConnection::connect(&fixture.url).await.unwrap();
    let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"));
    let lines = connection.fetch_all(explain).await.unwrap();
    let lines = lines.iter().map(|row| row.get::<String, _>("detail"));
    lines.collect::<Vec<_>>().join("\n")
}
