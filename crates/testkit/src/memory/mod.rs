//! The ports in memory, for tests of use cases.
//!
//! [`MemoryDatabase`] behaves as the databases do, as far as a caller can tell: scopes, versions, constraints, pages,
//! claims and leases are the same, which the contract tests check. A unit of work is alone in writing, as on SQLite; it
//! works on a copy of everything, which takes the place of what was stored when it is committed, and is forgotten when it
//! is dropped. A reader sees what was committed when it was opened. What is committed is a [`State`], at which a test can
//! look, and which it can change past the ports.
//!
//! [`MemoryBlobs`], [`MemoryMailer`], [`CheapHasher`], [`WordListStrength`], [`MemoryTokens`], [`SeededSecrets`],
//! [`PlainMailedSecrets`], [`PlainSealer`], [`PlainSigner`] and [`PlainArchives`] stand in for the other ports; each has a
//! `Default` that works, and switches for what can go wrong.

mod archives;
mod audit;
mod behind;
mod blobs;
mod database;
mod engagement;
mod fold;
mod guards;
mod identity;
mod insight;
mod keyset;
mod logbook;
mod mailed_secrets;
mod mailer;
mod passwords;
mod placement;
mod scope;
mod sealer;
mod secrets;
mod signer;
mod state;
mod tenancy;
mod tokens;
mod unit_of_work;

pub use archives::PlainArchives;
pub use behind::MessageState;
pub use blobs::{BlobWeather, MemoryBlobs};
pub use database::MemoryDatabase;
pub use mailed_secrets::PlainMailedSecrets;
pub use mailer::{MailWeather, MemoryMailer, PlainRenderer};
pub use passwords::{CheapHasher, WordListStrength};
pub use sealer::PlainSealer;
pub use secrets::SeededSecrets;
pub use signer::PlainSigner;
pub use state::{Made, Queued, Standing, State};
pub use tokens::MemoryTokens;
