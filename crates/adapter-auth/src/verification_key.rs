//! The public half of a signing key.

use jsonwebtoken::DecodingKey;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// An Ed25519 public key that access tokens may be signed for.
#[derive(Clone, Debug)]
pub struct VerificationKey {
    id: String,
    x: String,
    decoding: DecodingKey,
}

impl VerificationKey {
    /// From the public key's bytes (RFC 8032, §5.1.2).
    pub fn new(public: &[u8; 32]) -> Self {
        let x = URL_SAFE_NO_PAD.encode(public);
        Self {
            id: thumbprint(&x)[..16].to_owned(),
            x,
            decoding: DecodingKey::from_ed_der(public),
        }
    }

    /// Its id (`kid`): the first 96 bits of its thumbprint, so that a key has the same id on every node.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// As a JSON Web Key (RFC 8037).
    pub fn to_jwk(&self) -> Value {
        json!({ "kty": "OKP", "crv": "Ed25519", "x": self.x, "kid": self.id, "use": "sig", "alg": "EdDSA" })
    }

    pub(crate) const fn decoding(&self) -> &DecodingKey {
        &self.decoding
    }
}

/// The thumbprint of RFC 7638: SHA-256 over the required members in alphabetical order.
fn thumbprint(x: &str) -> String {
    let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
    URL_SAFE_NO_PAD.encode(Sha256::digest(members.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_is_the_head_of_the_thumbprint_of_rfc_8037() {
        // Appendix A.3 of RFC 8037.
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        assert_eq!(thumbprint(x), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        let public: [u8; 32] = URL_SAFE_NO_PAD.decode(x).unwrap().try_into().unwrap();
        let key = VerificationKey::new(&public);
        assert_eq!(key.id(), "kPrK_qmxVWaYVA9w");
        let jwk = json!({
            "kty": "OKP", "crv": "Ed25519", "x": x, "kid": "kPrK_qmxVWaYVA9w", "use": "sig", "alg": "EdDSA",
        });
        assert_eq!(key.to_jwk(), jwk);
    }
}
