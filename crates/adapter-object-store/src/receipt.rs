//! What is found out about a body while it passes.

use ipt_ports::blob_store::{Acceptance, BlobError, StoredBlob};
use sha2::{Digest, Sha256};

use crate::sniff::{Sniffer, Verdict};

/// Measures, hashes and judges, and says no as soon as that is clear.
#[derive(Debug)]
pub(crate) struct Receipt<'a> {
    acceptance: &'a Acceptance,
    sniffer: Sniffer,
    hash: Sha256,
    size: u64,
}

impl<'a> Receipt<'a> {
    pub(crate) fn new(file_name: &str, acceptance: &'a Acceptance) -> Self {
        Self {
            acceptance,
            sniffer: Sniffer::new(file_name),
            hash: Sha256::new(),
            size: 0,
        }
    }

    /// Takes note of the next bytes.
    ///
    /// # Errors
    /// [`BlobError::TooLarge`], [`BlobError::Type`].
    pub(crate) fn note(&mut self, bytes: &[u8]) -> Result<(), BlobError> {
        self.size += bytes.len() as u64;
        if self.size > self.acceptance.max_bytes {
            return Err(BlobError::TooLarge {
                max_bytes: self.acceptance.max_bytes,
            });
        }
        match self.sniffer.feed(bytes) {
            Verdict::Known(kind) if !self.acceptance.types.contains(&kind) => {
                return Err(BlobError::Type(Some(kind)));
            }
            Verdict::Unknown => return Err(BlobError::Type(None)),
            Verdict::Known(_) | Verdict::Open => {}
        }
        self.hash.update(bytes);
        Ok(())
    }

    /// The receipt, now that the body is complete.
    ///
    /// # Errors
    /// [`BlobError::Type`].
    pub(crate) fn finish(self) -> Result<StoredBlob, BlobError> {
        let kind = self.sniffer.finish();
        match kind {
            Some(media_type) if self.acceptance.types.contains(&media_type) => Ok(StoredBlob {
                size: self.size,
                sha256: self.hash.finalize().into(),
                media_type,
            }),
            _ => Err(BlobError::Type(kind)),
        }
    }
}
