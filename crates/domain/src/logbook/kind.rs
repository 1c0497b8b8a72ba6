//! What kind of day an entry tells of.

use std::fmt;

/// The kind of a day. The last five carry no hours and need no text; whether they earn credit is the programme's policy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum DayKind {
    /// Worked at the workplace, or remotely.
    #[default]
    Worked,
    /// In training: a course, a fair, an excursion.
    Training,
    /// Sick.
    Sick,
    /// On leave that was granted.
    AuthorisedLeave,
    /// A public holiday.
    PublicHoliday,
    /// The host was closed.
    HostClosed,
    /// Nobody was there to supervise.
    NoSupervisor,
}

impl DayKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Worked,
        Self::Training,
        Self::Sick,
        Self::AuthorisedLeave,
        Self::PublicHoliday,
        Self::HostClosed,
        Self::NoSupervisor,
    ];

    /// The name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Worked => "worked",
            Self::Training => "training",
            Self::Sick => "sick",
            Self::AuthorisedLeave => "authorised_leave",
            Self::PublicHoliday => "public_holiday",
            Self::HostClosed => "host_closed",
            Self::NoSupervisor => "no_supervisor",
        }
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether hours were worked on such a day.
    pub const fn carries_hours(self) -> bool {
        match self {
            Self::Worked | Self::Training => true,
            Self::Sick
            | Self::AuthorisedLeave
            | Self::PublicHoliday
            | Self::HostClosed
            | Self::NoSupervisor => false,
        }
    }

    /// Whether the student must tell what was done.
    pub const fn needs_text(self) -> bool {
        self.carries_hours()
    }
}

impl fmt::Display for DayKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_worked_unless_something_else_is_said() {
        assert_eq!(DayKind::default(), DayKind::Worked);
    }

    #[test]
    fn only_days_worked_or_in_training_carry_hours_and_need_a_text() {
        let table: Vec<_> = DayKind::ALL
            .into_iter()
            .map(|kind| (kind.as_str(), kind.carries_hours(), kind.needs_text()))
            .collect();
        assert_eq!(
            table,
            [
                ("worked", true, true),
                ("training", true, true),
                ("sick", false, false),
                ("authorised_leave", false, false),
                ("public_holiday", false, false),
                ("host_closed", false, false),
                ("no_supervisor", false, false),
            ]
        );
    }

    #[test]
    fn each_kind_is_found_by_its_name_and_no_other() {
        for kind in DayKind::ALL {
            assert_eq!(DayKind::from_name(kind.as_str()), Some(kind));
        }
        assert_eq!(DayKind::from_name("Worked"), None);
        assert_eq!(DayKind::from_name("holiday"), None);
    }
}
