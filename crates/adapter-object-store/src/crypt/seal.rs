//! Encrypting a body while it passes.

use aws_lc_rs::aead::{Aad, LessSafeKey};

use super::{HeadError, SEGMENT, Tampered, head::Head, nonce};

/// A body on its way in.
pub(crate) struct Sealing {
    key: LessSafeKey,
    beginning: [u8; 7],
    number: u32,
    waiting: Vec<u8>,
}

impl Sealing {
    pub(crate) fn new(head: &Head) -> Result<Self, HeadError> {
        Ok(Self {
            key: head.key()?,
            beginning: head.beginning(),
            number: 0,
            waiting: Vec::with_capacity(SEGMENT),
        })
    }

    /// Takes the next bytes; the segments that are full, and not the last.
    ///
    /// # Errors
    /// [`Tampered`] for a body beyond 2⁴⁸ bytes.
    pub(crate) fn take(&mut self, mut bytes: &[u8]) -> Result<Vec<u8>, Tampered> {
        let mut sealed = Vec::new();
        while !bytes.is_empty() {
            if self.waiting.len() == SEGMENT {
                self.seal(false, &mut sealed)?;
            }
            let (now, later) = bytes.split_at(bytes.len().min(SEGMENT - self.waiting.len()));
            self.waiting.extend_from_slice(now);
            bytes = later;
        }
        Ok(sealed)
    }

    /// The last segment; an empty body has an empty one.
    ///
    /// # Errors
    /// As [`take`](Self::take).
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, Tampered> {
        let mut sealed = Vec::new();
        self.seal(true, &mut sealed)?;
        Ok(sealed)
    }

    fn seal(&mut self, is_last: bool, sealed: &mut Vec<u8>) -> Result<(), Tampered> {
        let nonce = nonce(self.beginning, self.number, is_last);
        self.key
            .seal_in_place_append_tag(nonce, Aad::empty(), &mut self.waiting)
            .map_err(|_| Tampered)?;
        sealed.append(&mut self.waiting);
        self.number = self.number.checked_add(1).ok_or(Tampered)?;
        Ok(())
    }
}
