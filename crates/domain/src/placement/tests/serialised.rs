//! What was written down is read back through the rules.

use std::fmt::Debug;

use serde::{
    Deserialize, Deserializer,
    de::{
        IntoDeserializer, Visitor,
        value::{Error, I64Deserializer, MapDeserializer, StrDeserializer},
    },
};

use super::world::*;
use crate::placement::{
    action::PlacementAction,
    attachment_type::AttachmentType,
    delegation::Part,
    geofence::Position,
    mode::Mode,
    period::Period,
    policy::{Policy, ReviewCadence},
    state::{PlacementState, PlacementStateName},
};

fn text<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Error> {
    let deserializer: StrDeserializer<'a, Error> = text.into_deserializer();
    T::deserialize(deserializer)
}

fn map<'a, T: Deserialize<'a>, V: Copy + IntoDeserializer<'a, Error>>(
    items: &[(&'a str, V)],
) -> Result<T, Error> {
    T::deserialize(MapDeserializer::<_, Error>::new(items.iter().copied()))
}

/// A number where one may be missing.
#[derive(Clone, Copy)]
struct Given(i64);

impl IntoDeserializer<'_, Error> for Given {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Given {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let number: I64Deserializer<Error> = self.0.into_deserializer();
        visitor.visit_some(number)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

fn named<T: for<'a> Deserialize<'a> + PartialEq + Debug + Copy>(all: &[T], name: impl Fn(T) -> &'static str) {
    for value in all {
        assert_eq!(text::<T>(name(*value)).unwrap(), *value);
    }
    assert!(text::<T>("something else").is_err());
}

#[test]
fn names_are_those_of_the_contract() {
    named(&PlacementStateName::ALL, PlacementStateName::as_str);
    named(&PlacementAction::ALL, PlacementAction::as_str);
    named(&AttachmentType::ALL, AttachmentType::as_str);
    named(&Mode::ALL, Mode::as_str);
    named(&Part::ALL, Part::as_str);
    named(
        &[ReviewCadence::Daily, ReviewCadence::Weekly],
        ReviewCadence::as_str,
    );
}

#[test]
fn a_policy_is_read_with_its_defaults_and_within_its_bounds() {
    let policy: Policy = map(&[("industry_review_days", Given(5))]).unwrap();
    assert_eq!(
        (policy.industry_review_days(), policy.academic_review_days()),
        (5, 7)
    );
    let told = map::<Policy, _>(&[("industry_review_days", Given(15)), ("offer_days", Given(0))])
        .unwrap_err()
        .to_string();
    assert!(
        told.contains("industry_review_days is 15") && told.contains("offer_days is 0"),
        "{told}"
    );
    assert!(
        map::<Policy, _>(&[("review_days", Given(5))]).is_err(),
        "an unknown key"
    );
}

#[test]
fn values_that_break_their_rules_are_refused() {
    assert_eq!(
        map::<Position, _>(&[("lat", -6.5), ("lng", 39.0)])
            .unwrap()
            .lat()
            .to_string(),
        "-6.5"
    );
    assert!(map::<Position, _>(&[("lat", 91.0), ("lng", 39.0)]).is_err());
    let days = |start, end| map::<Period, _>(&[("start", start), ("end", end)]);
    assert_eq!(days("2026-07-06", "2026-09-25").unwrap(), period((7, 6), (9, 25)));
    assert!(days("2026-07-06", "2026-07-05").is_err());
}

#[test]
fn a_state_is_read_by_its_name() {
    let active: PlacementState = map(&[("name", "active"), ("since", "2026-07-06")]).unwrap();
    assert_eq!(active, PlacementState::Active { since: day(7, 6) });
    assert_eq!(
        map::<PlacementState, _>(&[("name", "proposed")]).unwrap(),
        PlacementState::Proposed
    );
    assert!(map::<PlacementState, _>(&[("name", "suspended"), ("since", "2026-07-06")]).is_err());
}
