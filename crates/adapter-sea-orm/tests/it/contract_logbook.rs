//! Log entries: what is stored comes back, and of two at once one wins.

use ipt_domain::{
    identity::role::Role,
    logbook::{
        circumstances::{Acting, Surroundings},
        input::{LocationInput, ReportInput},
        review::{ReviewRecord, Way},
        state::{State, StateName},
        transition::{ReturnTo, StepKind},
    },
};
use ipt_ports::{Constraint, Database as _, RepositoryError, Scope, SystemScope, audit::AuditFilter};

use crate::support::{
    Fixture, on_every_database,
    seeds::july,
    world::{TEXT, World, noon, report, step},
};

/// A report with all that one can have.
fn full_report(fixture: &Fixture, world: &World) -> ReportInput {
    let location = LocationInput {
        lat: -6.816_123_456_789,
        lng: 39.289_4,
        accuracy_m: Some(12.5),
        captured_at: Some("2026-07-07T08:59:30.123456Z".parse().unwrap()),
    };
    ReportInput {
        hours_worked: Some(Some(7.25)),
        skills: Some(
            ["Hydraulics", "Kiswahili cha kiufundi"]
                .map(str::to_owned)
                .to_vec(),
        ),
        captured_at: Some(Some(noon(7))),
        location: Some(Some(location)),
        add_files: vec![
            fixture
                .file(world, fixture.id(), "plan of the station.pdf")
                .attachment,
        ],
        ..report("Ukarabati wa pampu — 修理 🛠️, with\ntwo lines and\ta tab.")
    }
}

/// How many audit records of an action there are.
async fn records(fixture: &Fixture, world: &World, action: &str) -> u64 {
    let filter = AuditFilter {
        tenant: Some(world.tenant),
        action: Some(action.to_owned()),
        ..AuditFilter::default()
    };
    fixture
        .read(world.scope())
        .await
        .audit()
        .audit_count(&filter)
        .await
        .unwrap()
}

/// How many messages wait in the outbox.
async fn messages(fixture: &Fixture) -> u64 {
    let worker = Scope::System(SystemScope::Worker);
    fixture
        .read(worker)
        .await
        .notifications()
        .backlog()
        .await
        .unwrap()
        .0
}

on_every_database! {
    async fn a_submitted_entry_comes_back_as_it_was_stored(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let whose = (world.student, world.placement);
        let full = full_report(fixture, &world);
        let entry = fixture.submit_report(&world, whose, july(7), full, noon(7)).await.unwrap();
        let (stored, case) = fixture.stored(&world, entry.id()).await;
        assert_eq!(stored, entry);
        assert_eq!(case.placement.id(), world.placement);
        assert_eq!(case.student_name, "Asha udsm");
        assert_eq!(case.policy, ipt_domain::placement::policy::Policy::default());
        assert_eq!(case.institution.zone(), chrono_tz::Africa::Dar_es_Salaam);
        assert!(case.workplace.geofence().is_some());
    }

    async fn an_entry_comes_back_from_every_state(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let student = (world.student, Role::Student);
        let industrial = (world.industrial, Role::IndustrialSupervisor);
        let university = (world.university, Role::UniversitySupervisor);
        let coordinator = (world.coordinator, Role::Coordinator);
        let approve = StepKind::Approve { skills: vec!["Pumps".to_owned()], hours_confirmed: Some(6.0) };
        let reject = StepKind::Reject { skills: Vec::new() };
        let ways = vec![
            vec![(student, step(StepKind::Recall, None), StateName::Draft)],
            vec![
                (industrial, step(approve.clone(), Some("Two hours were travel.")), StateName::IndustryVerified),
                (university, step(StepKind::Flag, Some("The hours differ.")), StateName::Flagged),
                (coordinator, step(StepKind::Return(ReturnTo::Academic), Some("Fine.")), StateName::IndustryVerified),
                (university, step(StepKind::Validate, None), StateName::Validated),
            ],
            vec![
                (industrial, step(reject, Some("Which station?")), StateName::RevisionRequested),
                (industrial, step(StepKind::Retract, Some("A slip.")), StateName::Submitted),
                (industrial, step(StepKind::Reject { skills: Vec::new() }, Some("Which?")), StateName::RevisionRequested),
                (student, step(StepKind::Dispute, Some("It is named.")), StateName::Flagged),
                (coordinator, step(StepKind::Return(ReturnTo::Industry), Some("Look again.")), StateName::Submitted),
            ],
            vec![
                (coordinator, step(StepKind::VerifyOnEvidence, Some("Gate book.")), StateName::IndustryVerified),
                (coordinator, step(StepKind::Void, Some("A double.")), StateName::Voided),
            ],
        ];
        for (day, way) in (7..).zip(ways) {
            let id = fixture.submitted(&world, day).await.id();
            let steps = way.len();
            for (who, step, leads_to) in way {
                let after = fixture.take(&world, id, who, step, noon(day)).await;
                let (stored, _) = fixture.stored(&world, id).await;
                assert_eq!(stored, after);
                assert_eq!(stored.state().name(), leads_to);
            }
            let reviews = fixture.read(world.scope()).await.logbook().reviews(&[id]).await.unwrap();
            assert_eq!(reviews.len(), steps + 1);
            assert_eq!(reviews[0].by_name, "Asha udsm");
        }
    }

    async fn what_a_person_wrote_comes_page_by_page_and_only_in_its_scope(fixture: &Fixture) {
        let (world, other) = (fixture.world("udsm").await, fixture.world("dit").await);
        let foreman = (world.industrial, Role::IndustrialSupervisor);
        for (day, words) in [(7, "Which cabinet?"), (8, "How many metres?"), (9, "Who helped?")] {
            let id = fixture.submitted(&world, day).await.id();
            fixture.take(&world, id, foreman, step(StepKind::Reject { skills: Vec::new() }, Some(words)), noon(day)).await;
        }
        let silent = fixture.submitted(&world, 10).await.id();
        let approve = step(StepKind::Approve { skills: Vec::new(), hours_confirmed: None }, None);
        fixture.take(&world, silent, foreman, approve, noon(10)).await;

        let words = |found: &[ReviewRecord]| -> Vec<String> {
            found.iter().map(|record| record.comments.as_ref().unwrap().as_str().to_owned()).collect()
        };
        let mut reader = fixture.read(world.scope()).await;
        let first = reader.logbook().remarks_of(world.industrial, None, 2).await.unwrap();
        assert_eq!(words(&first), ["Which cabinet?", "How many metres?"]);
        let after = first.last().map(|last| (last.at, last.id));
        let rest = reader.logbook().remarks_of(world.industrial, after, 2).await.unwrap();
        assert_eq!(words(&rest), ["Who helped?"]);
        assert_eq!(reader.logbook().remarks_of(world.student, None, 9).await.unwrap(), []);
        drop(reader);
        let mut reader = fixture.read(other.scope()).await;
        assert_eq!(reader.logbook().remarks_of(world.industrial, None, 9).await.unwrap(), []);
    }

    async fn every_text_that_was_handed_in_stays_readable(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let first = fixture.submitted(&world, 7).await;
        let reject = step(StepKind::Reject { skills: Vec::new() }, Some("Which station?"));
        fixture.take(&world, first.id(), (world.industrial, Role::IndustrialSupervisor), reject, noon(8)).await;
        let (entry, case) = fixture.stored(&world, first.id()).await;
        let actor = world.actor(world.student, Role::Student);
        let acting = Acting { actor: &actor, way: Way::Single, seen: None };
        let mut unit = fixture.begin(world.scope()).await;
        let surroundings = unit.logbook().surroundings(&entry, None).await.unwrap();
        let better = report("Calibrated the flow meters of the Mtoni station.");
        let revised =
            entry.submit(&better, acting, &case.at(noon(9)), &surroundings, fixture.fresh()).unwrap();
        let trail = fixture.transition_trail(world.tenant, "logbook.revise");
        unit.logbook().save(&revised, &[], &trail).await.unwrap();
        unit.commit().await.unwrap();

        let texts = fixture.read(world.scope()).await.logbook().revisions(first.id()).await.unwrap();
        assert_eq!(texts.iter().map(|text| text.revision).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(Some(&texts[0].submission), first.submission());
        assert_eq!(Some(&texts[1].submission), revised.entry.submission());
        assert_ne!(texts[0].id, texts[1].id);
    }

    async fn an_edit_in_progress_lies_beside_what_was_handed_in(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let entry = fixture.submitted(&world, 7).await;
        let recalled =
            fixture.take(&world, entry.id(), (world.student, Role::Student), step(StepKind::Recall, None), noon(7)).await;
        let (stored, case) = fixture.stored(&world, entry.id()).await;
        let actor = world.actor(world.student, Role::Student);
        let acting = Acting { actor: &actor, way: Way::Single, seen: None };
        let file = fixture.file(&world, entry.id(), "photo.pdf");
        let draft = ReportInput { add_files: vec![file.attachment.clone()], ..full_report(fixture, &world) };
        let edited = stored.edit(&draft, acting, &case.at(noon(8))).unwrap();
        let mut unit = fixture.begin(world.scope()).await;
        let trail = fixture.trail(Some(world.tenant), "logbook.edit");
        unit.logbook().save_edit(&edited, recalled.version(), std::slice::from_ref(&file), &trail).await.unwrap();
        unit.commit().await.unwrap();

        let (after, _) = fixture.stored(&world, entry.id()).await;
        assert_eq!(after, edited);
        assert_eq!(after.submission(), entry.submission());
        let mut reader = fixture.read(world.scope()).await;
        assert_eq!(reader.logbook().attachments_of(entry.id()).await.unwrap(), std::slice::from_ref(&file));
        assert_eq!(reader.logbook().attachment(file.attachment.id()).await.unwrap(), Some(file.clone()));
        assert!(reader.logbook().is_referenced(&file.key).await.unwrap());
    }

    async fn a_change_made_from_an_old_version_is_stale_and_leaves_nothing(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let id = fixture.submitted(&world, 7).await.id();
        let industrial = (world.industrial, Role::IndustrialSupervisor);
        let approve = step(StepKind::Approve { skills: Vec::new(), hours_confirmed: None }, None);
        let approval = fixture.decide(&world, id, industrial, &approve, noon(8)).await;
        let recall = fixture
            .decide(&world, id, (world.student, Role::Student), &step(StepKind::Recall, None), noon(8))
            .await;
        fixture.save(&world, &approval).await.unwrap();
        let outcome = fixture.save(&world, &recall).await;
        assert!(matches!(outcome, Err(RepositoryError::Stale)), "{outcome:?}");
        let (stored, _) = fixture.stored(&world, id).await;
        assert_eq!(stored, approval.entry);
        let reviews = fixture.read(world.scope()).await.logbook().reviews(&[id]).await.unwrap();
        assert_eq!(reviews.len(), 2);
        assert_eq!(messages(fixture).await, 2);
    }

    async fn a_text_that_loses_the_race_is_not_kept_as_an_earlier_one(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let id = fixture.submitted(&world, 7).await.id();
        let student = (world.student, Role::Student);
        fixture.take(&world, id, student, step(StepKind::Recall, None), noon(7)).await;
        let (entry, case) = fixture.stored(&world, id).await;
        let actor = world.actor(world.student, Role::Student);
        let acting = Acting { actor: &actor, way: Way::Single, seen: None };
        let mut decisions = Vec::new();
        for _ in 0..2 {
            let surroundings = ipt_domain::logbook::circumstances::Surroundings::default();
            decisions.push(
                entry.clone().submit(&report(TEXT), acting, &case.at(noon(8)), &surroundings, fixture.fresh()).unwrap(),
            );
        }
        fixture.save(&world, &decisions[0]).await.unwrap();
        assert!(matches!(fixture.save(&world, &decisions[1]).await, Err(RepositoryError::Stale)));
        let texts = fixture.read(world.scope()).await.logbook().revisions(id).await.unwrap();
        assert_eq!(texts.len(), 2);
    }

    async fn of_twenty_submissions_for_one_day_exactly_one_wins(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let mut decisions = Vec::new();
        for _ in 0..20 {
            let mut unit = fixture.begin(world.scope()).await;
            let whose = (world.student, world.placement);
            let decision = fixture.decide_submission(unit.as_mut(), &world, whose, july(7), &report(TEXT), noon(7)).await;
            decisions.push((decision, fixture.transition_trail(world.tenant, "logbook.submit")));
        }
        let attempts = decisions.into_iter().map(|(decision, trail)| {
            let (database, scope) = (fixture.database.clone(), world.scope());
            tokio::spawn(async move {
                let mut unit = database.begin(scope).await?;
                unit.logbook().save(&decision, &[], &trail).await?;
                unit.commit().await
            })
        });
        let outcomes: Vec<_> =
            futures_util::future::join_all(attempts).await.into_iter().map(|outcome| outcome.unwrap()).collect();
        let won = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        let lost = outcomes
            .iter()
            .filter(|outcome| matches!(outcome, Err(RepositoryError::Conflict(Constraint::LogDay))))
            .count();
        assert_eq!((won, lost), (1, 19), "{outcomes:?}");
        assert_eq!((records(fixture, &world, "logbook.submit").await, messages(fixture).await), (1, 1));
    }

    async fn a_voided_day_is_free_again(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let id = fixture.submitted(&world, 7).await.id();
        let void = step(StepKind::Void, Some("The wrong day."));
        fixture.take(&world, id, (world.coordinator, Role::Coordinator), void, noon(8)).await;
        let again = fixture.submit_report(
            &world, (world.student, world.placement), july(7), report(TEXT), noon(9),
        ).await.unwrap();
        assert_ne!(again.id(), id);
    }

    async fn what_is_not_committed_is_undone(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let id = {
            let mut unit = fixture.begin(world.scope()).await;
            let whose = (world.student, world.placement);
            let decision = fixture.decide_submission(unit.as_mut(), &world, whose, july(7), &report(TEXT), noon(7)).await;
            let trail = fixture.transition_trail(world.tenant, "logbook.submit");
            unit.logbook().save(&decision, &[], &trail).await.unwrap();
            decision.entry.id()
        };
        assert!(fixture.read(world.scope()).await.logbook().log(id).await.unwrap().is_none());
        assert_eq!((records(fixture, &world, "logbook.submit").await, messages(fixture).await), (0, 0));
        // The connection is as good as new.
        fixture.submitted(&world, 7).await;
    }

    async fn a_draft_is_deleted_with_its_files(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let draft = fixture.drafted(&world, 7, "A beginning").await;
        let file = fixture.file(&world, draft.id(), "photo.pdf");
        let (stored, case) = fixture.stored(&world, draft.id()).await;
        let actor = world.actor(world.student, Role::Student);
        let acting = Acting { actor: &actor, way: Way::Single, seen: None };
        let with_file = ReportInput { add_files: vec![file.attachment.clone()], ..report("A beginning") };
        let edited = stored.edit(&with_file, acting, &case.at(noon(7))).unwrap();
        let mut unit = fixture.begin(world.scope()).await;
        let trail = fixture.trail(Some(world.tenant), "logbook.edit");
        unit.logbook().save_edit(&edited, draft.version(), std::slice::from_ref(&file), &trail).await.unwrap();
        let deletion = edited.delete(acting, &case.at(noon(7)), fixture.fresh()).unwrap();
        let trail = fixture.transition_trail(world.tenant, "logbook.delete");
        let keys = unit.logbook().delete(&deletion, &trail).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(keys, std::slice::from_ref(&file.key));
        let mut reader = fixture.read(world.scope()).await;
        assert!(reader.logbook().log(draft.id()).await.unwrap().is_none());
        assert!(!reader.logbook().is_referenced(&file.key).await.unwrap());
        assert_eq!(reader.logbook().reviews(&[draft.id()]).await.unwrap(), []);
    }

    async fn files_that_nothing_refers_to_are_removed_one_by_one(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let entry = fixture.drafted(&world, 7, "A beginning").await;
        let (kept, dropped) = (fixture.file(&world, entry.id(), "a.pdf"), fixture.file(&world, entry.id(), "b.pdf"));
        let (stored, case) = fixture.stored(&world, entry.id()).await;
        let actor = world.actor(world.student, Role::Student);
        let acting = Acting { actor: &actor, way: Way::Single, seen: None };
        let edited = stored.edit(&report("Further"), acting, &case.at(noon(7))).unwrap();
        let mut unit = fixture.begin(world.scope()).await;
        let trail = fixture.trail(Some(world.tenant), "logbook.edit");
        unit.logbook().save_edit(&edited, entry.version(), &[kept.clone(), dropped.clone()], &trail).await.unwrap();
        let unknown = fixture.id();
        let keys = unit.logbook().remove_files(entry.id(), &[dropped.attachment.id(), unknown]).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(keys, [dropped.key]);
        assert_eq!(fixture.read(world.scope()).await.logbook().attachments_of(entry.id()).await.unwrap(), [kept]);
    }

    async fn a_file_stays_while_a_text_that_was_handed_in_refers_to_it(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let entry = fixture.drafted(&world, 7, "A beginning").await;
        let file = fixture.file(&world, entry.id(), "plan.pdf");
        let (stored, case) = fixture.stored(&world, entry.id()).await;
        let actor = world.actor(world.student, Role::Student);
        let acting = Acting { actor: &actor, way: Way::Single, seen: None };
        let with_file = ReportInput { add_files: vec![file.attachment.clone()], ..report(TEXT) };
        let handed_in =
            stored.submit(&with_file, acting, &case.at(noon(7)), &Surroundings::default(), fixture.fresh()).unwrap();
        let mut unit = fixture.begin(world.scope()).await;
        let trail = fixture.transition_trail(world.tenant, "logbook.submit");
        unit.logbook().save(&handed_in, std::slice::from_ref(&file), &trail).await.unwrap();
        unit.commit().await.unwrap();
        let recall = step(StepKind::Recall, None);
        let recalled = fixture.take(&world, entry.id(), (world.student, Role::Student), recall, noon(7)).await;

        let take_off = ReportInput { remove_files: vec![file.attachment.id()], ..ReportInput::default() };
        let version = recalled.version();
        let edited = recalled.edit(&take_off, acting, &case.at(noon(8))).unwrap();
        let mut unit = fixture.begin(world.scope()).await;
        let trail = fixture.trail(Some(world.tenant), "logbook.edit");
        unit.logbook().save_edit(&edited, version, &[], &trail).await.unwrap();
        let gone = unit.logbook().remove_files(entry.id(), &[file.attachment.id()]).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(gone, []);
        let kept = fixture.read(world.scope()).await.logbook().attachments_of(entry.id()).await.unwrap();
        assert_eq!(kept, [file]);
    }

    async fn several_entries_come_in_the_order_asked_for(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let first = fixture.submitted(&world, 7).await;
        let second = fixture.submitted(&world, 8).await;
        let mut reader = fixture.read(world.scope()).await;
        let found = reader.logbook().logs(&[second.id(), fixture.id(), first.id()]).await.unwrap();
        let ids: Vec<_> = found.iter().map(|(entry, _)| entry.id()).collect();
        assert_eq!(ids, [second.id(), first.id()]);
        assert!(found.iter().all(|(entry, case)| entry.placement_id() == case.placement.id()));
    }

    async fn a_draft_that_is_handed_in_later_was_never_an_earlier_text(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let draft = fixture.drafted(&world, 7, "A beginning").await;
        let (stored, case) = fixture.stored(&world, draft.id()).await;
        assert!(matches!(stored.state(), State::Draft { once_submitted: false }));
        let actor = world.actor(world.student, Role::Student);
        let acting = Acting { actor: &actor, way: Way::Single, seen: None };
        let surroundings = ipt_domain::logbook::circumstances::Surroundings::default();
        let decision =
            stored.submit(&report(TEXT), acting, &case.at(noon(8)), &surroundings, fixture.fresh()).unwrap();
        fixture.save(&world, &decision).await.unwrap();
        let texts = fixture.read(world.scope()).await.logbook().revisions(draft.id()).await.unwrap();
        assert_eq!(texts.len(), 1);
    }
}
