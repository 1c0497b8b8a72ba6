//! Values that are one of a table's names.

use std::borrow::Cow;

use chrono::Weekday;
use ipt_domain::{
    identity::{membership::MembershipStatus, permission::Permission, role::Role},
    logbook::{kind::DayKind, state::StateName},
    placement::{
        action::PlacementAction, attachment_type::AttachmentType, mode::Mode, review_cadence::ReviewCadence,
        state::PlacementStateName as PlacementState,
    },
};
use ipt_ports::engagement::Channel;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr, Schema,
        schema::{ObjectBuilder, Type},
    },
};

/// Something that has a name on the wire.
pub(crate) trait WireName: Copy + 'static {
    /// What the description calls the table.
    const TABLE: &'static str;

    /// All values.
    fn all() -> Vec<Self>;

    /// The name.
    fn name(self) -> &'static str;

    /// The value with this name.
    fn from_name(name: &str) -> Option<Self> {
        Self::all().into_iter().find(|value| value.name() == name)
    }

    /// What was expected in place of a name that there is not.
    fn expected() -> String {
        let names: Vec<_> = Self::all().into_iter().map(Self::name).collect();
        format!("expected one of {}", names.join(", "))
    }
}

/// A value that goes over the wire by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Named<T>(pub(crate) T);

impl<T: WireName> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

impl<'de, T: WireName> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Cow::<str>::deserialize(deserializer)?;
        T::from_name(&name)
            .map(Self)
            .ok_or_else(|| D::Error::custom(T::expected()))
    }
}

impl<T: WireName> PartialSchema for Named<T> {
    fn schema() -> RefOr<Schema> {
        let names = T::all().into_iter().map(T::name);
        RefOr::T(
            ObjectBuilder::new()
                .schema_type(Type::String)
                .enum_values(Some(names))
                .build()
                .into(),
        )
    }
}

impl<T: WireName> ToSchema for Named<T> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed(T::TABLE)
    }
}

/// Declares the wire names of a type that has them in the domain, and, where fields of it are sent or read, an alias for
/// the type as it goes over the wire.
macro_rules! wire_names {
    ($($type:ty, $table:literal, $all:expr, $name:expr $(, $alias:ident)?;)+) => {$(
        impl WireName for $type {
            const TABLE: &'static str = $table;

            fn all() -> Vec<Self> {
                $all.to_vec()
            }

            fn name(self) -> &'static str {
                $name(self)
            }
        }

        $(
            #[doc = concat!($table, ", by its name.")]
            pub(crate) type $alias = Named<$type>;
        )?
    )+};
}

wire_names! {
    Role, "Role", Role::ALL, Role::as_str, RoleName;
    MembershipStatus, "MembershipStatus",
        [MembershipStatus::Active, MembershipStatus::Disabled], MembershipStatus::as_str, MembershipStatusName;
    Permission, "Permission", Permission::ALL, Permission::as_str, PermissionName;
    Weekday, "Weekday", WEEK, weekday, WeekdayName;
    Mode, "Mode", Mode::ALL, Mode::as_str, ModeName;
    PlacementState, "PlacementState", PlacementState::ALL, PlacementState::as_str, PlacementStateName;
    PlacementAction, "PlacementAction", PlacementAction::ALL, PlacementAction::as_str, PlacementActionName;
    ReviewCadence, "ReviewCadence",
        [ReviewCadence::Daily, ReviewCadence::Weekly], ReviewCadence::as_str, ReviewCadenceName;
    AttachmentType, "AttachmentType", AttachmentType::ALL, AttachmentType::as_str, AttachmentTypeName;
    DayKind, "DayKind", DayKind::ALL, DayKind::as_str, DayKindName;
    StateName, "LogState", StateName::ALL, StateName::as_str, LogStateName;
    Channel, "Channel", [Channel::InApp, Channel::Mail], Channel::as_str, ChannelName;
}

const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "monday",
        Weekday::Tue => "tuesday",
        Weekday::Wed => "wednesday",
        Weekday::Thu => "thursday",
        Weekday::Fri => "friday",
        Weekday::Sat => "saturday",
        Weekday::Sun => "sunday",
    }
}

#[cfg(test)]
mod tests {
    use ipt_domain::identity::role::Role;

    use super::{Named, RoleName};

    #[test]
    fn a_name_leads_there_and_back() {
        for role in Role::ALL {
            let text = serde_json::to_string(&Named(role)).unwrap();
            assert_eq!(text, format!("\"{role}\""));
            assert_eq!(serde_json::from_str::<RoleName>(&text).unwrap(), Named(role));
        }
    }

    #[test]
    fn a_name_that_there_is_not_is_told_with_those_that_there_are() {
        let error = serde_json::from_str::<RoleName>("\"king\"")
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("expected one of student, "), "{error}");
        assert!(!error.contains("king"), "{error}");
    }
}
