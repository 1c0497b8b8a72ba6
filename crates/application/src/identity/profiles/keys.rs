//! The keys under which values lie.

use std::collections::BTreeMap;

use ipt_ports::{Scope, SystemScope, identity::KeyId};

use crate::{Services, identity::IdentityError};

/// Whether a key is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// Values are sealed under it.
    Current,
    /// What was sealed under it opens.
    Accepted,
    /// What was sealed under it does not open.
    Missing,
}

impl KeyState {
    /// The name, for people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Accepted => "accepted",
            Self::Missing => "missing",
        }
    }
}

/// Each key under which values lie, and the current one: whether it is here, and how many values lie under it.
///
/// # Errors
/// [`IdentityError::Repository`].
#[tracing::instrument(name = "usecase.identity.profiles.keys", skip_all)]
pub async fn execute(services: &Services) -> Result<BTreeMap<KeyId, (KeyState, u64)>, IdentityError> {
    let operator = Scope::System(SystemScope::Operator);
    let mut reader = services.database.read(operator).await?;
    let counted = reader.profiles().sealed_by_key().await?;
    let current = services.sealer.current();
    let mut keys = BTreeMap::from([(current.clone(), (KeyState::Current, 0))]);
    for (key, values) in counted {
        let state = match services.sealer.knows(&key) {
            _ if key == *current => KeyState::Current,
            true => KeyState::Accepted,
            false => KeyState::Missing,
        };
        keys.insert(key, (state, values));
    }
    Ok(keys)
}
