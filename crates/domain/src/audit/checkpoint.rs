//! A checkpoint: how far a chain reached at a moment, signed, to be kept where nobody who can change the database can
//! change it. Held against the chain later, it shows what was cut off at the end, or written anew up to there.
//!
//! Its text form, version 1, is seven lines of ASCII:
//!
//! ```text
//! ipt-checkpoint/1
//! chain: tenant 0198a0c2-7d35-7000-8000-000000000001
//! sequence: 1234
//! hash: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
//! at: 2026-07-06T06:00:00.000000Z
//! key: kPrK_qmxVWaYVA9w
//! signature: …
//! ```
//!
//! The chain is `tenant` with the institution's id, or `deployment`; sequence and hash (SHA-256, in hex) are those of its last
//! link, 0 and zeros where there is none. The signature (Ed25519, in base64url without padding) is over the six lines
//! before it, each with a line feed at its end. A change of the form is a new version.

use std::fmt;

use chrono::SecondsFormat;
use uuid::Uuid;

use super::chain::{ChainId, GENESIS, Head};
use crate::{Instant, error::Violation, id::TenantId};

/// What the text form begins with: no other thing that the product signs does.
const FORM: &str = "ipt-checkpoint/1";

/// How far a chain reached at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The chain.
    pub chain: ChainId,
    /// Its last link; none where nothing was linked yet.
    pub head: Option<Head>,
    /// When that was, to the microsecond.
    pub at: Instant,
}

/// A checkpoint with its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedCheckpoint {
    /// What is signed.
    pub checkpoint: Checkpoint,
    /// The id of the key.
    pub key_id: String,
    /// The signature, in base64url.
    pub signature: String,
}

/// Why a checkpoint is refused. What it says is not looked at then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointViolation {
    /// It has not the form of one: a line is missing, cut, or says something else.
    #[error("this is no checkpoint: expected {expected}")]
    Malformed {
        /// What should have stood there.
        expected: &'static str,
    },
    /// It is signed by a key that is none of the deployment's.
    #[error("it is signed by the key {key_id}, which this deployment does not know")]
    KeyUnknown {
        /// The id of the key.
        key_id: String,
    },
    /// The signature is not that of what it says.
    #[error("its signature does not fit what it says: it was changed, or made by somebody else")]
    Forged,
    /// It is another chain's.
    #[error("it is a checkpoint of another chain than the one to be verified")]
    AnotherChain,
}

impl Violation for CheckpointViolation {
    fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "checkpoint_malformed",
            Self::KeyUnknown { .. } => "checkpoint_key_unknown",
            Self::Forged => "checkpoint_forged",
            Self::AnotherChain => "checkpoint_of_another_chain",
        }
    }

    fn pointer(&self) -> &'static str {
        "/checkpoint"
    }
}

impl Checkpoint {
    /// What is signed with the key of this id: all of the text form but its last line.
    pub fn statement(&self, key_id: &str) -> String {
        let Head { sequence, hash } = self.head.unwrap_or(Head {
            sequence: 0,
            hash: GENESIS,
        });
        let chain = match self.chain {
            ChainId::Deployment => "deployment".to_owned(),
            ChainId::Tenant(tenant) => format!("tenant {tenant}"),
        };
        let at = self.at.to_rfc3339_opts(SecondsFormat::Micros, true);
        let hash = hex(&hash);
        format!("{FORM}\nchain: {chain}\nsequence: {sequence}\nhash: {hash}\nat: {at}\nkey: {key_id}\n")
    }
}

impl SignedCheckpoint {
    /// Reads the text forms of one or more checkpoints, one below the other. White space around lines does not matter: the
    /// signature is over the lines as they were written.
    ///
    /// # Errors
    /// [`CheckpointViolation::Malformed`].
    pub fn parse_all(text: &str) -> Result<Vec<Self>, CheckpointViolation> {
        let mut lines = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .peekable();
        let mut all = vec![Self::read(&mut lines)?];
        while lines.peek().is_some() {
            all.push(Self::read(&mut lines)?);
        }
        Ok(all)
    }

    fn read<'a>(lines: &mut impl Iterator<Item = &'a str>) -> Result<Self, CheckpointViolation> {
        if lines.next() != Some(FORM) {
            return Err(malformed("`ipt-checkpoint/1` as the first line"));
        }
        let mut field = |name: &str, expected| {
            let value = lines
                .next()
                .and_then(|line| line.strip_prefix(name)?.strip_prefix(": "));
            value.map(str::trim_start).ok_or(malformed(expected))
        };
        let expected = "`chain: tenant ID` or `chain: deployment`";
        let chain = chain(field("chain", expected)?).ok_or(malformed(expected))?;
        let expected = "`sequence: ` and a number";
        let sequence = field("sequence", expected)?
            .parse()
            .map_err(|_| malformed(expected))?;
        let expected = "`hash: ` and 64 hexadecimal digits";
        let hash = unhex(field("hash", expected)?).ok_or(malformed(expected))?;
        let expected = "`at: ` and a moment";
        let at = field("at", expected)?.parse().map_err(|_| malformed(expected))?;
        let key_id = word(field("key", "`key: ` and an id")?).ok_or(malformed("`key: ` and an id"))?;
        let expected = "`signature: ` and 86 characters of base64url";
        let signature = word(field("signature", expected)?)
            .filter(|text| text.len() == 86)
            .ok_or(malformed(expected))?;
        let head = (sequence > 0).then_some(Head { sequence, hash });
        Ok(Self {
            checkpoint: Checkpoint { chain, head, at },
            key_id,
            signature,
        })
    }
}

impl fmt::Display for SignedCheckpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let statement = self.checkpoint.statement(&self.key_id);
        writeln!(formatter, "{statement}signature: {}", self.signature)
    }
}

const fn malformed(expected: &'static str) -> CheckpointViolation {
    CheckpointViolation::Malformed { expected }
}

fn chain(text: &str) -> Option<ChainId> {
    if text == "deployment" {
        return Some(ChainId::Deployment);
    }
    let id = Uuid::try_parse(text.strip_prefix("tenant ")?).ok()?;
    Some(ChainId::Tenant(TenantId::new(id)))
}

/// A text of the letters of base64url alone, so that nothing can be hidden in it.
fn word(text: &str) -> Option<String> {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (!text.is_empty() && text.len() <= 100 && text.bytes().all(known)).then(|| text.to_owned())
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests;
