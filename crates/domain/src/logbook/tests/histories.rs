//! Random histories: whatever people try, in whatever order.

use proptest::prelude::*;

use super::{fixtures::*, world::World};
use crate::{
    logbook::{
        action::Action,
        credit::tally,
        event::replay,
        input::ReportInput,
        state::{State, StateName},
        transition::{ReturnTo, Step},
    },
    version::Version,
};

/// What somebody tries.
#[derive(Clone, Debug)]
enum Deed {
    HandIn(ReportInput),
    Edit(ReportInput),
    Delete,
    Take(Step),
    /// The clock goes on by so many hours.
    Wait(u32),
    /// The industrial supervisor is replaced by the other one.
    Replace,
}

fn deeds() -> impl Strategy<Value = Deed> {
    let steps = vec![
        recall(),
        dispute(),
        approve(),
        confirm(6.0, Some("Left at two.")),
        reject(),
        retract(),
        verify_on_evidence(),
        validate(),
        flag(),
        return_to(ReturnTo::Academic),
        return_to(ReturnTo::Industry),
        return_to(ReturnTo::Student),
        void(),
        saying(reject(), None),
    ];
    let inputs = vec![
        ReportInput::default(),
        worked(),
        hours_left_out(),
        worked_hours(12.25),
        text("short"),
    ];
    prop_oneof![
        3 => prop::sample::select(inputs.clone()).prop_map(Deed::HandIn),
        1 => prop::sample::select(inputs).prop_map(Deed::Edit),
        1 => Just(Deed::Delete),
        12 => prop::sample::select(steps).prop_map(Deed::Take),
        2 => (1_u32..48).prop_map(Deed::Wait),
        1 => Just(Deed::Replace),
    ]
}

fn people() -> impl Strategy<Value = Person> {
    prop::sample::select(vec![
        STUDENT,
        STUDENT,
        INDUSTRIAL,
        INDUSTRIAL,
        SUCCESSOR,
        INDUSTRIAL_DELEGATE,
        UNIVERSITY,
        UNIVERSITY,
        ACADEMIC_DELEGATE,
        COORDINATOR,
        SECOND_COORDINATOR,
        UNIVERSITY_WHO_COORDINATES,
        STUDENT_WHO_COORDINATES,
        STRANGER,
        FOREIGNER,
    ])
}

fn history() -> impl Strategy<Value = Vec<(Person, Deed)>> {
    prop::collection::vec((people(), deeds()), 0..60)
}

/// A world with delegates, in which the first text was kept as a draft or handed in.
fn beginning(submitted: bool) -> World {
    let mut world = World::in_setting(Setting::with_delegates());
    if submitted {
        world.submit_new("07-06", &worked()).unwrap();
    } else {
        world.draft("07-06", &worked()).unwrap();
    }
    world
}

/// Lets somebody try something; whether it was an edit or a transition that was accepted.
fn try_it(world: &mut World, person: Person, deed: &Deed) -> bool {
    match deed {
        Deed::HandIn(input) => world.hand_in_by(person, input).is_ok(),
        Deed::Edit(input) => world.edit_by(person, input).is_ok(),
        Deed::Delete => world.delete_by(person).is_ok(),
        Deed::Take(step) => world.take(person, step).is_ok(),
        Deed::Wait(hours) => {
            world.setting.now += chrono::TimeDelta::hours(i64::from(*hours));
            false
        }
        Deed::Replace => {
            let first = world.setting.placement.industrial_supervisor() == Some(INDUSTRIAL.id());
            world.setting.placement = supervised_by(if first { SUCCESSOR } else { INDUSTRIAL });
            false
        }
    }
}

/// The action that a deed is on an entry in this state.
fn action_of(deed: &Deed, state: StateName) -> Option<Action> {
    match deed {
        Deed::HandIn(_) if state == StateName::RevisionRequested => Some(Action::Revise),
        Deed::HandIn(_) => Some(Action::Submit),
        Deed::Delete => Some(Action::Delete),
        Deed::Take(step) => Some(step.kind.action()),
        Deed::Edit(_) | Deed::Wait(_) | Deed::Replace => None,
    }
}

proptest! {
    #[test]
    fn no_history_breaks_what_always_holds(submitted in any::<bool>(), history in history()) {
        let mut world = beginning(submitted);
        for (person, deed) in history {
            let before = world.entry().clone();
            let (reviews, events) = (world.reviews.len(), world.events.len());
            let allowed = world.allowed(person);
            let accepted = try_it(&mut world, person, &deed);
            let action = action_of(&deed, before.state().name());
            if !accepted {
                prop_assert_eq!(world.entry(), &before);
                prop_assert_eq!((world.reviews.len(), world.events.len()), (reviews, events));
                continue;
            }
            prop_assert!(!before.state().name().is_final(), "{:?} left {}", deed, before.state().name());
            if let Some(action) = action {
                prop_assert!(allowed.contains(&action), "{} was not offered", action);
                prop_assert_eq!(world.events.len(), events + 1);
            }
            let Some(entry) = &world.entry else {
                prop_assert_eq!(before.state(), &State::Draft { once_submitted: false });
                prop_assert_eq!(replay(&world.events), Ok(None));
                return Ok(());
            };
            prop_assert_eq!(entry.version(), before.version().next());
            prop_assert_eq!(world.reviews.len(), reviews + usize::from(action.is_some()));
            prop_assert_eq!(replay(&world.events), Ok(Some((entry.state().name(), entry.revision()))));
            if before.first_submission().is_some() {
                prop_assert_eq!(entry.first_submission(), before.first_submission());
            }
            prop_assert!(entry.revision() >= before.revision() && entry.flag_count() >= before.flag_count());
            prop_assert!(before.verifiers().iter().all(|verifier| entry.verifiers().contains(verifier)));
        }
    }

    #[test]
    fn whoever_validates_had_no_part_in_what_is_validated(history in history()) {
        let mut world = beginning(true);
        for (person, deed) in history {
            try_it(&mut world, person, &deed);
            let Some(entry) = &world.entry else { return Ok(()) };
            if let State::Validated { by, verification, .. } = entry.state() {
                prop_assert!(!by.names(STUDENT.id()));
                prop_assert!(entry.verifiers().contains(&verification.by.user));
                prop_assert!(by.people().all(|person| !entry.verifiers().contains(&person)));
                let confirmed = verification.hours_confirmed;
                let claimed = entry.submission().unwrap().report.hours;
                prop_assert!(confirmed.is_none() || confirmed < claimed);
            }
        }
    }

    #[test]
    fn what_is_offered_is_never_refused_for_the_person_or_the_state(history in history(), asking in people()) {
        let mut world = beginning(true);
        for (person, deed) in history {
            try_it(&mut world, person, &deed);
            let Some(entry) = &world.entry else { return Ok(()) };
            let allowed = world.allowed(asking);
            for (step, action) in every_step() {
                let refused = world.clone().take(asking, &step).err().map(|refusal| refusal.code());
                prop_assert_eq!(allowed.contains(&action), refused.is_none(), "{} {:?}", action, refused);
            }
            prop_assert!(allowed.iter().all(|action| entry.state().actions().contains(action)));
        }
    }

    #[test]
    fn a_stale_version_is_never_accepted(history in history()) {
        let mut world = beginning(true);
        for (person, deed) in history {
            if matches!(deed, Deed::Wait(_) | Deed::Replace) {
                try_it(&mut world, person, &deed);
                continue;
            }
            let mut stale = world.clone();
            stale.seen = Some(Version::new(world.entry().version().number() + 1));
            prop_assert!(!try_it(&mut stale, person, &deed));
            try_it(&mut world, person, &deed);
            if world.entry.is_none() {
                return Ok(());
            }
        }
    }

    #[test]
    fn a_term_earns_each_day_once_and_each_week_up_to_its_limit(
        histories in prop::collection::vec(history(), 1..12),
        hours in prop::collection::vec(1_u32..=48, 12),
    ) {
        let mut term = Vec::new();
        for (number, (history, quarters)) in histories.into_iter().zip(hours).enumerate() {
            let date = day("07-06") + chrono::Days::new(u64::try_from(number).unwrap());
            let mut world = World::in_setting(Setting::with_delegates());
            world.setting.now = local("07-06 17:00") + chrono::TimeDelta::days(i64::try_from(number).unwrap());
            world.submit_new_by(STUDENT, date, &worked_hours(f64::from(quarters) / 4.0)).unwrap();
            for (person, deed) in history {
                try_it(&mut world, person, &deed);
                if world.entry.is_none() {
                    break;
                }
            }
            term.extend(world.day_of_credit());
        }
        let policy = crate::placement::policy::Policy::default();
        let earned = tally(term.clone(), &policy);
        prop_assert_eq!(usize::try_from(earned.days).unwrap(), term.len());
        prop_assert_eq!(tally(term.iter().chain(&term).copied(), &policy), earned);
        prop_assert!(earned.minutes.get() <= 2 * policy.max_week_minutes().get());
    }
}

/// Every step with what it asks for, by the name of its action.
fn every_step() -> Vec<(Step, Action)> {
    let steps = [
        recall(),
        dispute(),
        approve(),
        reject(),
        retract(),
        verify_on_evidence(),
        validate(),
        flag(),
        return_to(ReturnTo::Academic),
        return_to(ReturnTo::Industry),
        return_to(ReturnTo::Student),
        void(),
    ];
    steps
        .into_iter()
        .map(|step| (step.clone(), step.kind.action()))
        .collect()
}
