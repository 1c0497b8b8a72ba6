//! Files that belong to a log entry.

use crate::{id::AttachmentId, logbook::file_name::SafeFileName, placement::attachment_type::AttachmentType};

/// What is known of a file; its bytes lie elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Attachment {
    id: AttachmentId,
    file_name: SafeFileName,
    media_type: AttachmentType,
    size: u64,
    sha256: [u8; 32],
}

impl Attachment {
    /// A file of these parts, just received or as it was stored.
    pub const fn from_parts(
        id: AttachmentId,
        file_name: SafeFileName,
        media_type: AttachmentType,
        size: u64,
        sha256: [u8; 32],
    ) -> Self {
        Self {
            id,
            file_name,
            media_type,
            size,
            sha256,
        }
    }

    /// Its id.
    pub const fn id(&self) -> AttachmentId {
        self.id
    }

    /// The name under which it is offered.
    pub const fn file_name(&self) -> &SafeFileName {
        &self.file_name
    }

    /// Its type, told by the content.
    pub const fn media_type(&self) -> AttachmentType {
        self.media_type
    }

    /// Its size in bytes.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The SHA-256 digest of its bytes.
    pub const fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }
}
