//! Mailed secrets in memory.

use async_trait::async_trait;
use ipt_domain::{
    Instant,
    id::{MailedSecretId, UserId},
    identity::mailed_secret::{MailedSecret, SecretPurpose},
    version::Version,
};
use ipt_ports::{
    Constraint, RepositoryError,
    identity::{MailedSecretReader, MailedSecretRepository},
};

use super::work::MemoryWork;

#[async_trait]
impl MailedSecretReader for MemoryWork {
    async fn mailed_secret(
        &mut self,
        subject: UserId,
        purpose: SecretPurpose,
    ) -> Result<Option<MailedSecret>, RepositoryError> {
        let mut secrets = self.state.mailed_secrets.iter();
        Ok(secrets
            .find(|known| known.subject == subject && known.purpose == purpose)
            .copied())
    }

    async fn mailed_secret_by_digest(
        &mut self,
        purpose: SecretPurpose,
        digest: &[u8; 32],
    ) -> Result<Option<MailedSecret>, RepositoryError> {
        let mut secrets = self.state.mailed_secrets.iter();
        Ok(secrets
            .find(|known| known.digest == *digest && known.purpose == purpose)
            .copied())
    }
}

#[async_trait]
impl MailedSecretRepository for MemoryWork {
    async fn save_mailed_secret(
        &mut self,
        secret: &MailedSecret,
        replaces: Option<Version>,
    ) -> Result<(), RepositoryError> {
        let stored = self.mailed_secret(secret.subject, secret.purpose).await?;
        let stored = stored.map(|stored| stored.version);
        if replaces.is_none() && stored.is_some() {
            return Err(RepositoryError::Conflict(Constraint::MailedSecret));
        }
        self.guard(stored, replaces)?;
        let same = |known: &MailedSecret| (known.subject, known.purpose) == (secret.subject, secret.purpose);
        self.state.mailed_secrets.retain(|known| !same(known));
        self.state.mailed_secrets.push(*secret);
        Ok(())
    }

    async fn try_mailed_secret(
        &mut self,
        subject: UserId,
        purpose: SecretPurpose,
        now: Instant,
    ) -> Result<Option<MailedSecret>, RepositoryError> {
        let mut secrets = self.state.mailed_secrets.iter_mut();
        let open =
            secrets.find(|known| known.subject == subject && known.purpose == purpose && known.is_open(now));
        Ok(open.map(|secret| {
            secret.tries += 1;
            *secret
        }))
    }

    async fn use_mailed_secret(&mut self, id: MailedSecretId, now: Instant) -> Result<bool, RepositoryError> {
        let mut secrets = self.state.mailed_secrets.iter_mut();
        let unused = secrets.find(|known| known.id == id && known.used_at.is_none());
        Ok(unused.map(|secret| secret.used_at = Some(now)).is_some())
    }

    async fn remove_mailed_secrets(&mut self, subject: UserId) -> Result<(), RepositoryError> {
        self.state.mailed_secrets.retain(|known| known.subject != subject);
        Ok(())
    }
}
