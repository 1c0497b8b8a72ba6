//! Argon2id on the blocking pool, and only so many at once.

use std::{num::NonZeroUsize, sync::Arc, thread::available_parallelism};

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version,
    password_hash::{self, phc},
};
use ipt_ports::identity::{PasswordHash, PasswordHashError, PasswordHasher};
use secrecy::{ExposeSecret, SecretString};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task,
};

use crate::secrets::random;

/// How dear a password is to check, and how many are checked at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argon2Settings {
    /// Memory for one password, in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes; they are not run in parallel, so more than one only helps an attacker.
    pub lanes: u32,
    /// How many passwords are hashed at once.
    pub at_once: NonZeroUsize,
    /// How many more may wait for their turn.
    pub waiting: usize,
}

impl Default for Argon2Settings {
    /// 19 MiB, two passes, one lane: OWASP's choice, some 20 ms. On half the cores at once, and 128 waiting, which
    /// is two or three seconds on a small machine.
    fn default() -> Self {
        Self {
            memory_kib: Params::DEFAULT_M_COST,
            passes: Params::DEFAULT_T_COST,
            lanes: Params::DEFAULT_P_COST,
            at_once: half_of(available_parallelism().unwrap_or(NonZeroUsize::MIN)),
            waiting: 128,
        }
    }
}

/// How many passwords are hashed at once on so many cores: on half of them, and on one at least.
///
/// However many sign in, the other half is left to everything else, whatever the scheduler thinks of it; and of those cores
/// that hash, the scheduler gives the others their share too, for a hash never holds more than one thread. All but one would
/// leave less than half from four cores on. Threads of a lower priority would need no bound, but a system call for each
/// thread of a pool that is not ours.
const fn half_of(cores: NonZeroUsize) -> NonZeroUsize {
    match NonZeroUsize::new(cores.get() / 2) {
        Some(half) => half,
        None => NonZeroUsize::MIN,
    }
}

/// Settings that Argon2 does not take.
#[derive(Debug, thiserror::Error)]
#[error("the settings for hashing passwords are out of range: {0}")]
pub struct Argon2SettingsError(argon2::Error);

/// Argon2id (RFC 9106), off the threads that serve requests.
#[derive(Debug)]
pub struct Argon2Hasher {
    argon2: Argon2<'static>,
    /// What an unknown address is checked against: of the same cost as a real hash, and of no password.
    nobody: PasswordHash,
    /// Those that wait and those that work.
    places: Arc<Semaphore>,
    /// Those that work.
    benches: Arc<Semaphore>,
}

impl Argon2Hasher {
    /// A hasher with these settings.
    ///
    /// # Errors
    /// [`Argon2SettingsError`] for a cost that Argon2 does not take.
    pub fn new(settings: Argon2Settings) -> Result<Self, Argon2SettingsError> {
        let Argon2Settings {
            memory_kib,
            passes,
            lanes,
            at_once,
            waiting,
        } = settings;
        let params = Params::new(memory_kib, passes, lanes, None).map_err(Argon2SettingsError)?;
        let at_once = at_once.get().min(Semaphore::MAX_PERMITS);
        let places = at_once.saturating_add(waiting).min(Semaphore::MAX_PERMITS);
        Ok(Self {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            nobody: hash_of_nobody(settings),
            places: Arc::new(Semaphore::new(places)),
            benches: Arc::new(Semaphore::new(at_once)),
        })
    }

    /// Waits for a turn and does the work on the blocking pool, in the caller's span. A caller that goes away while
    /// waiting gives up its place; one that goes away later leaves the work to finish, which keeps its place until then.
    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Argon2<'static>) -> password_hash::Result<T> + Send + 'static,
    ) -> Result<T, PasswordHashError> {
        let turn = self.turn().await?;
        let argon2 = self.argon2.clone();
        let span = tracing::Span::current();
        let done = task::spawn_blocking(move || {
            let result = span.in_scope(|| work(&argon2));
            drop(turn);
            result
        });
        done.await.map_err(failed)?.map_err(failed)
    }

    async fn turn(&self) -> Result<(OwnedSemaphorePermit, OwnedSemaphorePermit), PasswordHashError> {
        let place = Arc::clone(&self.places)
            .try_acquire_owned()
            .map_err(|_| PasswordHashError::Busy)?;
        let bench = Arc::clone(&self.benches).acquire_owned().await.map_err(failed)?;
        Ok((place, bench))
    }
}

#[async_trait::async_trait]
impl PasswordHasher for Argon2Hasher {
    async fn hash(&self, password: SecretString) -> Result<PasswordHash, PasswordHashError> {
        let salt: [u8; 16] = random();
        self.in_turn(move |argon2| {
            let hash = argon2.hash_password_with_salt(password.expose_secret().as_bytes(), &salt)?;
            Ok(PasswordHash::new(hash.to_string()))
        })
        .await
    }

    async fn verify(
        &self,
        password: SecretString,
        hash: Option<PasswordHash>,
    ) -> Result<bool, PasswordHashError> {
        let hash = hash.unwrap_or_else(|| self.nobody.clone());
        self.in_turn(move |argon2| {
            let hash = phc::PasswordHash::new(hash.secret().expose_secret())?;
            match argon2.verify_password(password.expose_secret().as_bytes(), &hash) {
                Ok(()) => Ok(true),
                Err(password_hash::Error::PasswordInvalid) => Ok(false),
                Err(error) => Err(error),
            }
        })
        .await
    }
}

/// A hash whose output is all zeros: finding a password for it is as hard as breaking the hash.
fn hash_of_nobody(settings: Argon2Settings) -> PasswordHash {
    let Argon2Settings {
        memory_kib,
        passes,
        lanes,
        ..
    } = settings;
    let (salt, output) = ("A".repeat(22), "A".repeat(43));
    PasswordHash::new(format!(
        "$argon2id$v=19$m={memory_kib},t={passes},p={lanes}${salt}${output}"
    ))
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> PasswordHashError {
    PasswordHashError::Failed(Box::new(error))
}

#[cfg(test)]
mod tests;
