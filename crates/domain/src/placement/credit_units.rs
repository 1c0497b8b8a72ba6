//! What a programme is worth.

/// The most credit units of a programme.
pub const MAX_CREDIT_UNITS: u32 = 1_000;

/// What a student earns by a programme: 0 to 1,000 units, in hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(transparent)
)]
pub struct CreditUnits(u32);

impl CreditUnits {
    /// So many units; none when they are out of range or finer than hundredths.
    pub fn from_units(units: f64) -> Option<Self> {
        let hundredths = fixed(units, 100.0, MAX_CREDIT_UNITS)?;
        Some(Self(hundredths))
    }

    /// So many hundredths of a unit, as they were stored.
    pub const fn from_hundredths(hundredths: u32) -> Self {
        Self(hundredths)
    }

    /// The hundredths.
    pub const fn hundredths(self) -> u32 {
        self.0
    }

    /// The units.
    pub fn as_units(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

/// `number`, from 0 to `max`, in parts of a unit; none when it is out of range or finer than these.
pub(super) fn fixed(number: f64, parts: f64, max: u32) -> Option<u32> {
    if !(0.0..=f64::from(max)).contains(&number) {
        return None;
    }
    let scaled = (number * parts).round();
    if (scaled / parts - number).abs() > 1e-9 {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number from 0 to a few hundred thousand"
    )]
    Some(scaled as u32)
}
