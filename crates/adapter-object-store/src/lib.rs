//! Attachments on local disk or S3: the port `BlobStore` over the `object_store` crate; and archives of many files in one.
//!
//! [`ObjectBlobStore::open`] takes an address, `file:///folder` or `s3://bucket/prefix`. A body streams through it in
//! parts of a few MiB and is never whole in memory; while it passes it is measured, hashed and judged by its content. A
//! body that is refused, breaks off or cannot be stored leaves nothing behind, and neither does a caller that goes away.
//! Only the end of the whole process in the middle of an upload can leave an unfinished part: beside its key as `KEY#1` on
//! disk, and in the bucket until the bucket's rule for incomplete uploads takes it away.
//!
//! With a master key ([`ObjectBlobStore::encrypted`]) everything that is written is encrypted on its way; a part of it can still be
//! read by itself.
//!
//! Nothing here reads the environment: the `AWS_…` variables come in as arguments.

mod address;
mod archive;
mod crypt;
mod errors;
mod landing;
mod local_rest;
mod open;
mod receipt;
mod sniff;
mod store;

pub use archive::ZipArchives;
pub use crypt::{HeadError, KeyFileError, MasterKey, MasterKeys};
pub use open::OpenError;
pub use store::{ObjectBlobStore, Rewrapped};
