//! Time zones, as people name them.

use chrono_tz::Tz;

/// A name that stands for no time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no time zone of the IANA database, such as Africa/Dar_es_Salaam")]
pub struct UnknownZone;

impl UnknownZone {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        "timezone_unknown"
    }
}

/// The time zone with this IANA name, without regard to case.
///
/// # Errors
/// [`UnknownZone`].
pub(crate) fn parse(name: &str) -> Result<Tz, UnknownZone> {
    let name = name.trim();
    chrono_tz::TZ_VARIANTS
        .into_iter()
        .find(|zone| zone.name().eq_ignore_ascii_case(name))
        .ok_or(UnknownZone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_goes_by_its_iana_name() {
        assert_eq!(parse("Africa/Dar_es_Salaam"), Ok(Tz::Africa__Dar_es_Salaam));
        assert_eq!(parse(" africa/dar_es_salaam "), Ok(Tz::Africa__Dar_es_Salaam));
        assert_eq!(parse("EAT"), Err(UnknownZone));
        assert_eq!(parse(""), Err(UnknownZone));
    }
}
