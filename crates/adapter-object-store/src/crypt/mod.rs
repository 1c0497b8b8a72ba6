//! Encryption at rest: AES-256-GCM over segments, so that a body streams, and a part of it is read by itself.
//!
//! An object is a head and segments. The head is the mark, the id of the master key, the data key wrapped by that, and the
//! beginning of the nonces. Each object has a data key of its own; wrapped, it is bound to the object's place, so that no object
//! passes for another. Each segment has [`SEGMENT`] bytes, the last one fewer, and a tag; its nonce holds its number and
//! whether it is the last (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár), so that one that was changed,
//! moved, left out or cut off is found.
//!
//! To replace the master key, only heads are made anew: [`ObjectBlobStore::rewrap`](crate::ObjectBlobStore::rewrap).

mod file;
mod head;
mod keys;
mod open;
mod seal;

use aws_lc_rs::aead::Nonce;

pub use self::{
    file::KeyFileError,
    head::HeadError,
    keys::{MasterKey, MasterKeys},
};
pub(crate) use self::{
    head::Head,
    open::{Layout, Opening, open},
    seal::Sealing,
};

/// How many bytes are encrypted together.
pub(crate) const SEGMENT: usize = 64 * 1024;

/// What AES-GCM adds to them.
pub(crate) const TAG: usize = 16;

/// The length of a head.
pub(crate) const HEAD: usize = 83;

/// An object that was not written here, or was changed since.
#[derive(Debug, thiserror::Error)]
#[error("the object was changed, cut or moved since it was written")]
pub(crate) struct Tampered;

/// The nonce of a segment: seven bytes of the object's own, the segment's number, and whether it is the last.
fn nonce(beginning: [u8; 7], number: u32, is_last: bool) -> Nonce {
    let mut bytes = [0; 12];
    bytes[..7].copy_from_slice(&beginning);
    bytes[7..11].copy_from_slice(&number.to_be_bytes());
    bytes[11] = u8::from(is_last);
    Nonce::assume_unique_for_key(bytes)
}

#[cfg(test)]
mod tests;
