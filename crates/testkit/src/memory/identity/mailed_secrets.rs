//! Codes and tokens that went out by mail.

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

use crate::memory::unit_of_work::MemoryUnitOfWork;

#[async_trait::async_trait]
impl MailedSecretReader for MemoryUnitOfWork {
    async fn mailed_secret(
        &mut self,
        subject: UserId,
        purpose: SecretPurpose,
    ) -> Result<Option<MailedSecret>, RepositoryError> {
        Ok(self.state().mailed_secrets.get(&(subject, purpose)).copied())
    }

    async fn mailed_secret_by_digest(
        &mut self,
        purpose: SecretPurpose,
        digest: &[u8; 32],
    ) -> Result<Option<MailedSecret>, RepositoryError> {
        let mut secrets = self.state().mailed_secrets.values();
        Ok(secrets
            .find(|secret| secret.purpose == purpose && secret.digest == *digest)
            .copied())
    }
}

#[async_trait::async_trait]
impl MailedSecretRepository for MemoryUnitOfWork {
    async fn save_mailed_secret(
        &mut self,
        secret: &MailedSecret,
        replaces: Option<Version>,
    ) -> Result<(), RepositoryError> {
        let key = (secret.subject, secret.purpose);
        let stored = self.state().mailed_secrets.get(&key).map(|stored| stored.version);
        match replaces {
            None => self.hold(stored.is_none(), Constraint::MailedSecret)?,
            Some(former) => self.check_version(stored, former)?,
        }
        self.change().mailed_secrets.insert(key, *secret);
        Ok(())
    }

    async fn try_mailed_secret(
        &mut self,
        subject: UserId,
        purpose: SecretPurpose,
        now: Instant,
    ) -> Result<Option<MailedSecret>, RepositoryError> {
        let stored = self.change().mailed_secrets.get_mut(&(subject, purpose));
        Ok(stored.filter(|secret| secret.is_open(now)).map(|secret| {
            secret.tries += 1;
            *secret
        }))
    }

    async fn use_mailed_secret(&mut self, id: MailedSecretId, now: Instant) -> Result<bool, RepositoryError> {
        let mut secrets = self.change().mailed_secrets.values_mut();
        let unused = secrets.find(|secret| secret.id == id && secret.used_at.is_none());
        Ok(unused.map(|secret| secret.used_at = Some(now)).is_some())
    }

    async fn remove_mailed_secrets(&mut self, subject: UserId) -> Result<(), RepositoryError> {
        self.change().mailed_secrets.retain(|(of, _), _| *of != subject);
        Ok(())
    }
}
