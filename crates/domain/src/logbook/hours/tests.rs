use proptest::prelude::*;

use super::*;

#[test]
fn worked_hours_are_quarter_hours_above_none() {
    let cases = [
        (0.0, Err(HoursError::NotPositive)),
        (-0.0, Err(HoursError::NotPositive)),
        (-1.0, Err(HoursError::NotPositive)),
        (f64::NAN, Err(HoursError::NotPositive)),
        (f64::NEG_INFINITY, Err(HoursError::NotPositive)),
        (0.25, Ok(15)),
        (7.25, Ok(435)),
        (7.3, Err(HoursError::NotInQuarters)),
        (0.1, Err(HoursError::NotInQuarters)),
        (f64::MIN_POSITIVE, Err(HoursError::NotInQuarters)),
        (8.000_000_1, Err(HoursError::NotInQuarters)),
        (12.0, Ok(720)),
        (24.0, Ok(1_440)),
        (
            24.25,
            Err(HoursError::TooMany {
                max: WorkedHours::MAX,
            }),
        ),
        (
            f64::INFINITY,
            Err(HoursError::TooMany {
                max: WorkedHours::MAX,
            }),
        ),
    ];
    for (hours, expected) in cases {
        assert_eq!(
            WorkedHours::from_hours(hours).map(|worked| worked.minutes().get()),
            expected,
            "{hours}"
        );
    }
}

#[test]
fn minutes_are_taken_under_the_same_rules() {
    assert_eq!(WorkedHours::from_minutes(0), Err(HoursError::NotPositive));
    assert_eq!(WorkedHours::from_minutes(20), Err(HoursError::NotInQuarters));
    assert_eq!(
        WorkedHours::from_minutes(1_455),
        Err(HoursError::TooMany {
            max: WorkedHours::MAX
        })
    );
    assert_eq!(
        WorkedHours::from_minutes(15).map(|worked| worked.to_string()),
        Ok("0.25 h".to_owned())
    );
}

#[test]
fn twelve_hours_are_within_a_day_of_twelve_and_a_quarter_more_is_not() {
    let max = Minutes::from_hours(12);
    let twelve = WorkedHours::from_hours(12.0).unwrap();
    assert_eq!(twelve.within(max), Ok(twelve));
    let refused = WorkedHours::from_hours(12.25).unwrap().within(max).unwrap_err();
    assert_eq!(refused.to_string(), "worked hours are at most 12 h a day");
    assert_eq!(
        (refused.code(), refused.pointer()),
        ("hours_out_of_range", "/hours_worked")
    );
}

#[test]
fn sums_do_not_wrap_around() {
    let most = Minutes::new(u32::MAX);
    assert_eq!(most.plus(Minutes::new(1)), most);
    assert_eq!(Minutes::new(1).saturating_sub(Minutes::new(2)), Minutes::ZERO);
    assert_eq!(
        [Minutes::new(15), Minutes::from_hours(1)]
            .into_iter()
            .sum::<Minutes>(),
        Minutes::new(75)
    );
}

proptest! {
    #[test]
    fn hours_come_back_as_they_were_written(quarters in 1..=96_u32) {
        let hours = f64::from(quarters) / 4.0;
        let worked = WorkedHours::from_hours(hours).unwrap();
        prop_assert_eq!(worked.minutes().get(), quarters * 15);
        prop_assert!((worked.as_hours() - hours).abs() < f64::EPSILON);
    }

    #[test]
    fn no_number_makes_hours_that_a_day_cannot_have(hours in any::<f64>()) {
        if let Ok(worked) = WorkedHours::from_hours(hours) {
            prop_assert!((worked.as_hours() - hours).abs() < f64::EPSILON);
            prop_assert!(WorkedHours::from_minutes(worked.minutes().get()).is_ok());
        }
    }
}
