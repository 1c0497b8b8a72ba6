//! Between rows, lists in rows, and files.

use ipt_domain::{
    id::{AttachmentId, LogEntryId, TenantId},
    logbook::{attachment::Attachment, file_name::SafeFileName},
    placement::attachment_type::AttachmentType,
};
use ipt_ports::{RepositoryError, blob_store::BlobKey, logbook::StoredAttachment};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{cells::Cells, logbook::attachment_row, writes::Columns};

/// A file as a list of files in a row keeps it.
#[derive(Serialize, Deserialize)]
pub(super) struct Listed {
    id: Uuid,
    name: String,
    kind: AttachmentType,
    size: u64,
    sha256: String,
}

impl From<&Attachment> for Listed {
    fn from(file: &Attachment) -> Self {
        Self {
            id: file.id().uuid(),
            name: file.file_name().as_str().to_owned(),
            kind: file.media_type(),
            size: file.size(),
            sha256: hex(file.sha256()),
        }
    }
}

impl Listed {
    /// The file; none when its digest is none.
    pub(super) fn into_domain(self) -> Option<Attachment> {
        let digest = unhex(&self.sha256)?;
        let name = SafeFileName::sanitise(&self.name);
        Some(Attachment::from_parts(
            AttachmentId::new(self.id),
            name,
            self.kind,
            self.size,
            digest,
        ))
    }
}

/// A file from its row.
pub(in crate::logbook) fn file(row: attachment_row::Model) -> Result<StoredAttachment, RepositoryError> {
    let cells = Cells::of("attachment", row.id);
    let kind = cells.named("media_type", &row.media_type, AttachmentType::from_name)?;
    let size = u64::try_from(row.size).map_err(|_| cells.damaged("size", "a size is negative"))?;
    let digest = row
        .sha256
        .try_into()
        .map_err(|_| cells.damaged("sha256", "a digest has 32 bytes"))?;
    let key = BlobKey::parse(&row.storage_key).map_err(|_| cells.damaged("storage_key", "this is no key"))?;
    let name = SafeFileName::sanitise(&row.file_name);
    Ok(StoredAttachment {
        attachment: Attachment::from_parts(AttachmentId::new(row.id), name, kind, size, digest),
        tenant_id: TenantId::new(row.tenant_id),
        entry_id: LogEntryId::new(row.entry_id),
        key,
    })
}

/// The columns of a file.
pub(in crate::logbook) fn file_columns(stored: &StoredAttachment) -> Columns {
    let file = &stored.attachment;
    vec![
        ("id", file.id().uuid().into()),
        ("tenant_id", stored.tenant_id.uuid().into()),
        ("entry_id", stored.entry_id.uuid().into()),
        ("file_name", file.file_name().as_str().into()),
        ("media_type", file.media_type().as_str().into()),
        ("size", i64::try_from(file.size()).unwrap_or(i64::MAX).into()),
        ("sha256", file.sha256().to_vec().into()),
        ("storage_key", stored.key.as_str().into()),
    ]
}

/// Bytes in hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The 32 bytes of 64 hexadecimal digits.
fn unhex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_comes_back_from_its_digits() {
        let digest: [u8; 32] = std::array::from_fn(|index| u8::try_from(index * 8).unwrap());
        assert_eq!(unhex(&hex(&digest)), Some(digest));
        assert_eq!(unhex("00"), None);
        assert_eq!(unhex(&"g".repeat(64)), None);
        assert_eq!(unhex(&"é".repeat(32)), None);
    }
}
