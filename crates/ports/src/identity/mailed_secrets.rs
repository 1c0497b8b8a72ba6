//! Codes and tokens that go out by mail: making them, and keeping count of them.

use ipt_domain::{
    Instant,
    id::{MailedSecretId, UserId},
    identity::{
        email::EmailAddress,
        mailed_secret::{MailedSecret, SecretPurpose},
    },
    version::Version,
};
use secrecy::SecretString;

use crate::RepositoryError;

/// Makes secrets that go out by mail. Each follows from its id and a key that only the deployment's servers have: so it is
/// made anew when the mail is sent, and waits nowhere in clear.
pub trait MailedSecrets: Send + Sync {
    /// The code of an id:
    /// [`CODE_DIGITS`](ipt_domain::identity::mailed_secret::CODE_DIGITS) decimal digits.
    fn code(&self, id: MailedSecretId) -> SecretString;

    /// The token of an id: 256 bits as unpadded base64url, without anything in it that looks like a code.
    fn token(&self, id: MailedSecretId) -> SecretString;

    /// What is stored of a code or a token, and compared. It needs the key: eight digits alone would be guessed from a
    /// plain hash.
    fn digest(&self, secret: &SecretString) -> [u8; 32];

    /// What stands for an address that nobody has, always the same for the same address.
    fn stand_in(&self, address: &EmailAddress) -> UserId;
}

/// Reads what is kept of mailed secrets. They belong to no institution.
#[async_trait::async_trait]
pub trait MailedSecretReader: Send {
    /// The secret of a person for a purpose, whatever its state.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn mailed_secret(
        &mut self,
        subject: UserId,
        purpose: SecretPurpose,
    ) -> Result<Option<MailedSecret>, RepositoryError>;

    /// The secret with this digest.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn mailed_secret_by_digest(
        &mut self,
        purpose: SecretPurpose,
        digest: &[u8; 32],
    ) -> Result<Option<MailedSecret>, RepositoryError>;
}

/// Writes what is kept of mailed secrets.
#[async_trait::async_trait]
pub trait MailedSecretRepository: MailedSecretReader {
    /// Stores a secret, in the place of the one that it replaces.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`]; [`RepositoryError::Conflict`] with
    /// [`Constraint::MailedSecret`](crate::Constraint::MailedSecret).
    async fn save_mailed_secret(
        &mut self,
        secret: &MailedSecret,
        replaces: Option<Version>,
    ) -> Result<(), RepositoryError>;

    /// Counts one try of a secret that is open, in one statement with the look whether it is: of tries at once none is
    /// above the limit. The secret after it; none when none is open.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn try_mailed_secret(
        &mut self,
        subject: UserId,
        purpose: SecretPurpose,
        now: Instant,
    ) -> Result<Option<MailedSecret>, RepositoryError>;

    /// Marks a secret as used; `false` when it was already, or another has taken its place. Of two at once one succeeds.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn use_mailed_secret(&mut self, id: MailedSecretId, now: Instant) -> Result<bool, RepositoryError>;

    /// Removes all secrets of a person.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn remove_mailed_secrets(&mut self, subject: UserId) -> Result<(), RepositoryError>;
}
