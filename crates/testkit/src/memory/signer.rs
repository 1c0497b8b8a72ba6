//! A stand-in for the deployment's key.

use ipt_ports::audit::{Judgement, Signer, SigningError};

/// Signs by a sum over the bytes, which anybody could make, under a key of this id.
#[derive(Clone, Debug)]
pub struct PlainSigner(pub &'static str);

impl Default for PlainSigner {
    fn default() -> Self {
        Self("plain-key")
    }
}

impl Signer for PlainSigner {
    fn key_id(&self) -> &str {
        self.0
    }

    /// As long as a real one.
    fn sign(&self, bytes: &[u8]) -> Result<String, SigningError> {
        let sum = |sum: u64, byte: &u8| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        let sum = self
            .0
            .as_bytes()
            .iter()
            .chain(bytes)
            .fold(0xcbf2_9ce4_8422_2325, sum);
        Ok(format!("{sum:0>86}"))
    }

    fn judge(&self, key_id: &str, bytes: &[u8], signature: &str) -> Judgement {
        if key_id != self.0 {
            return Judgement::KeyUnknown;
        }
        match self.sign(bytes) {
            Ok(own) if own == signature => Judgement::Good,
            Ok(_) | Err(_) => Judgement::Wrong,
        }
    }
}
