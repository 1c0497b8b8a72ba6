//! The institution itself.

use std::fmt;

use crate::{
    id::TenantId,
    tenancy::{branding::Branding, calendar::WorkingCalendar},
    text::{self, TextError},
    version::Version,
};

/// The longest name of an institution.
pub const MAX_NAME: usize = 200;

/// Why a code is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("2 to 32 lower-case letters a to z, digits and hyphens, with a letter or digit at both ends")]
pub struct TenantCodeError;

impl TenantCodeError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        "tenant_code"
    }
}

/// The short name by which an institution is called in addresses and at sign-in: lower-case ASCII letters, digits and
/// hyphens, 2 to 32 of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
pub struct TenantCode(String);

impl TenantCode {
    /// Parses a code, as it is: nothing is trimmed or folded.
    ///
    /// # Errors
    /// When it has another form.
    pub fn parse(code: &str) -> Result<Self, TenantCodeError> {
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let bytes = code.as_bytes();
        let formed = (2..=32).contains(&bytes.len())
            && bytes.iter().all(|byte| is_plain(*byte) || *byte == b'-')
            && bytes.first().is_some_and(|byte| is_plain(*byte))
            && bytes.last().is_some_and(|byte| is_plain(*byte));
        if formed {
            Ok(Self(code.to_owned()))
        } else {
            Err(TenantCodeError)
        }
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TenantCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::str::FromStr for TenantCode {
    type Err = TenantCodeError;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::parse(code)
    }
}

impl TryFrom<String> for TenantCode {
    type Error = TenantCodeError;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code)
    }
}

impl From<TenantCode> for String {
    fn from(code: TenantCode) -> Self {
        code.0
    }
}

/// An institution (tenant): a university with its own people, programmes and calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Institution {
    id: TenantId,
    code: TenantCode,
    name: String,
    calendar: WorkingCalendar,
    self_registration: bool,
    branding: Branding,
    version: Version,
}

impl Institution {
    /// A new institution. Students may register themselves with it.
    ///
    /// # Errors
    /// When the name is empty, longer than [`MAX_NAME`], or not one line.
    pub fn new(
        id: TenantId,
        code: TenantCode,
        name: &str,
        calendar: WorkingCalendar,
    ) -> Result<Self, TextError> {
        Ok(Self {
            id,
            code,
            name: text::name(name, MAX_NAME)?,
            calendar,
            self_registration: true,
            branding: Branding::default(),
            version: Version::FIRST,
        })
    }

    /// An institution as it was stored.
    pub const fn from_parts(
        id: TenantId,
        code: TenantCode,
        name: String,
        calendar: WorkingCalendar,
        self_registration: bool,
        branding: Branding,
        version: Version,
    ) -> Self {
        Self {
            id,
            code,
            name,
            calendar,
            self_registration,
            branding,
            version,
        }
    }

    /// Its id.
    pub const fn id(&self) -> TenantId {
        self.id
    }

    /// Its code.
    pub const fn code(&self) -> &TenantCode {
        &self.code
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its calendar: by it academic due days count, and days where a workplace has no zone of its own.
    pub const fn calendar(&self) -> &WorkingCalendar {
        &self.calendar
    }

    /// Whether people may register themselves with it, as students. Rules, section 3.
    pub const fn takes_registrations(&self) -> bool {
        self.self_registration
    }

    /// How it shows itself in mails.
    pub const fn branding(&self) -> &Branding {
        &self.branding
    }

    /// Its version.
    pub const fn version(&self) -> Version {
        self.version
    }

    /// The institution under another name.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn renamed(self, name: &str) -> Result<Self, TextError> {
        Ok(Self {
            name: text::name(name, MAX_NAME)?,
            version: self.version.next(),
            ..self
        })
    }

    /// The institution with another calendar.
    #[must_use]
    pub fn with_calendar(self, calendar: WorkingCalendar) -> Self {
        Self {
            calendar,
            version: self.version.next(),
            ..self
        }
    }

    /// The institution with or without registrations of people by themselves.
    #[must_use]
    pub fn with_self_registration(self, self_registration: bool) -> Self {
        Self {
            self_registration,
            version: self.version.next(),
            ..self
        }
    }

    /// The institution with another look in mails.
    #[must_use]
    pub fn with_branding(self, branding: Branding) -> Self {
        Self {
            branding,
            version: self.version.next(),
            ..self
        }
    }
}

#[cfg(test)]
mod tests;
