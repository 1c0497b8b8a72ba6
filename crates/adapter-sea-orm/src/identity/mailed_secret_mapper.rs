//! Between rows and mailed secrets.

use ipt_domain::{
    id::{MailedSecretId, UserId},
    identity::mailed_secret::{MailedSecret, SecretPurpose},
};
use ipt_ports::RepositoryError;

use super::mailed_secret_row::Model;
use crate::{error::damaged, number};

const TABLE: &str = "mailed_secret";

/// A secret.
pub(super) fn secret(row: &Model) -> Result<MailedSecret, RepositoryError> {
    let id = row.id;
    let purpose = SecretPurpose::from_name(&row.purpose)
        .ok_or_else(|| damaged(TABLE, "purpose", id, "there is no such purpose"))?;
    let digest = <[u8; 32]>::try_from(row.digest.as_slice())
        .map_err(|_| damaged(TABLE, "digest", id, "it has not 32 bytes"))?;
    Ok(MailedSecret {
        subject: UserId::new(row.subject_id),
        purpose,
        id: MailedSecretId::new(id),
        digest,
        issued_at: row.issued_at,
        expires_at: row.expires_at,
        tries: number::count(row.tries, TABLE, "tries", id)?,
        used_at: row.used_at,
        counting_since: row.counting_since,
        mailed: number::count(row.mailed, TABLE, "mailed", id)?,
        version: number::version(row.version, TABLE, id)?,
    })
}

/// The row of a secret.
pub(super) fn row(secret: &MailedSecret) -> Model {
    Model {
        subject_id: secret.subject.uuid(),
        purpose: secret.purpose.as_str().to_owned(),
        id: secret.id.uuid(),
        digest: secret.digest.to_vec(),
        issued_at: secret.issued_at,
        expires_at: secret.expires_at,
        tries: number::stored(secret.tries),
        used_at: secret.used_at,
        counting_since: secret.counting_since,
        mailed: number::stored(secret.mailed),
        version: number::stored_version(secret.version),
    }
}
