//! Signatures over statements that are no tokens.

use ipt_ports::audit::{Judgement, Signer, SigningError};
use jsonwebtoken::{Algorithm, EncodingKey, crypto};

use crate::{signing_key::SigningKey, verification_key::VerificationKey};

/// Signs with Ed25519 (RFC 8032). The key is the one of the access tokens, so that its public half stands in the key set;
/// what a token's signature covers is base64url and dots, and begins with no name of a form.
pub struct Ed25519Signer {
    key: EncodingKey,
    known: Vec<VerificationKey>,
    key_id: String,
}

impl Ed25519Signer {
    /// Signs with `key`, and knows the signatures of `further` keys as well.
    pub fn new(key: &SigningKey, further: impl IntoIterator<Item = VerificationKey>) -> Self {
        let mut known = vec![key.public().clone()];
        known.extend(further);
        Self {
            key: key.encoding().clone(),
            known,
            key_id: key.public().id().to_owned(),
        }
    }
}

impl Signer for Ed25519Signer {
    fn key_id(&self) -> &str {
        &self.key_id
    }

    fn sign(&self, bytes: &[u8]) -> Result<String, SigningError> {
        crypto::sign(bytes, &self.key, Algorithm::EdDSA).map_err(SigningError::new)
    }

    fn judge(&self, key_id: &str, bytes: &[u8], signature: &str) -> Judgement {
        let Some(key) = self.known.iter().find(|key| key.id() == key_id) else {
            return Judgement::KeyUnknown;
        };
        match crypto::verify(signature, bytes, key.decoding(), Algorithm::EdDSA) {
            Ok(true) => Judgement::Good,
            Ok(false) | Err(_) => Judgement::Wrong,
        }
    }
}

impl std::fmt::Debug for Ed25519Signer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Ed25519Signer")
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_good_for_its_bytes_and_its_key_alone() {
        let (old, new) = (SigningKey::ephemeral(), SigningKey::ephemeral());
        let before = Ed25519Signer::new(&old, []);
        let signature = before.sign(b"ipt-test/1\n").unwrap();
        assert_eq!(signature.len(), 86);
        assert_eq!(signature, before.sign(b"ipt-test/1\n").unwrap());
        // The key was replaced, and is known still.
        let after = Ed25519Signer::new(&new, [old.public().clone()]);
        assert_eq!(after.key_id(), new.public().id());
        let judge = |bytes: &[u8], signature: &str| after.judge(old.public().id(), bytes, signature);
        assert_eq!(judge(b"ipt-test/1\n", &signature), Judgement::Good);
        assert_eq!(judge(b"ipt-test/2\n", &signature), Judgement::Wrong);
        let by_new = after.sign(b"ipt-test/1\n").unwrap();
        for wrong in [by_new.as_str(), &signature[1..], "", "no base64!"] {
            assert_eq!(judge(b"ipt-test/1\n", wrong), Judgement::Wrong, "{wrong}");
        }
        let stranger = Ed25519Signer::new(&new, []);
        assert_eq!(
            stranger.judge(old.public().id(), b"ipt-test/1\n", &signature),
            Judgement::KeyUnknown
        );
    }
}
