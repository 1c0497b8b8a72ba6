//! Mail addresses.

use std::{
    fmt,
    hash::{Hash, Hasher},
};

/// The longest address that a mail server must take (RFC 5321, 4.5.3.1.3, without the angle brackets).
const MAX_ADDRESS: usize = 254;
/// The longest part before the `@` (RFC 5321, 4.5.3.1.1).
const MAX_LOCAL: usize = 64;
/// The longest label of a domain (RFC 1035, 2.3.4).
const MAX_LABEL: usize = 63;

/// Why an address is refused. The address itself is not repeated: it must not reach a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a mail address has the form name@example.org, in ASCII, with at most 254 characters")]
pub struct EmailError;

impl EmailError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        "email_invalid"
    }
}

/// A mail address: shown as it was given, compared case-insensitively.
///
/// Its `Debug` form does not show it.
#[derive(Clone)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
pub struct EmailAddress {
    given: String,
    normalised: String,
}

impl EmailAddress {
    /// Parses an address; blanks around it are dropped. The domain needs a dot, and stands in its ASCII form; quoted
    /// names and addresses of machines are refused.
    ///
    /// # Errors
    /// When it has another form.
    pub fn parse(address: &str) -> Result<Self, EmailError> {
        let given = address.trim();
        if given.len() > MAX_ADDRESS {
            return Err(EmailError);
        }
        let (local, domain) = given.split_once('@').ok_or(EmailError)?;
        if !is_local(local) || !is_domain(domain) {
            return Err(EmailError);
        }
        Ok(Self {
            given: given.to_owned(),
            normalised: given.to_ascii_lowercase(),
        })
    }

    /// The address of somebody who was erased: no mail reaches it, for nobody has the domain `invalid` (RFC 2606). `id` is one
    /// that nobody can guess, so that nobody has taken it before.
    pub fn of_erased(id: uuid::Uuid) -> Self {
        let address = format!("erased-{id}@erased.invalid");
        Self {
            given: address.clone(),
            normalised: address,
        }
    }

    /// The address as it was given.
    pub fn as_str(&self) -> &str {
        &self.given
    }

    /// The address in lower case: equal for equal addresses, to be stored under a unique index.
    pub fn normalised(&self) -> &str {
        &self.normalised
    }

    /// What stands before the `@`, in lower case.
    pub fn local_part(&self) -> &str {
        self.normalised.split_once('@').map_or("", |(local, _)| local)
    }

    /// What stands after the `@`, in lower case.
    pub fn domain(&self) -> &str {
        self.normalised.split_once('@').map_or("", |(_, domain)| domain)
    }
}

/// A dot-atom of RFC 5322: letters, digits and some signs, with single dots between.
fn is_local(local: &str) -> bool {
    let is_atom = |atom: &str| {
        !atom.is_empty()
            && atom
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte))
    };
    local.len() <= MAX_LOCAL && local.split('.').all(is_atom)
}

/// Two labels or more; the last one is not a number.
fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=MAX_LABEL).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    domain.split('.').all(is_label)
        && domain
            .rsplit_once('.')
            .is_some_and(|(_, last)| !last.bytes().all(|byte| byte.is_ascii_digit()))
}

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.normalised == other.normalised
    }
}

impl Eq for EmailAddress {}

impl Hash for EmailAddress {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.normalised.hash(state);
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EmailAddress(…)")
    }
}

impl std::str::FromStr for EmailAddress {
    type Err = EmailError;

    fn from_str(address: &str) -> Result<Self, Self::Err> {
        Self::parse(address)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = EmailError;

    fn try_from(address: String) -> Result<Self, Self::Error> {
        Self::parse(&address)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.given
    }
}

#[cfg(test)]
mod tests;
