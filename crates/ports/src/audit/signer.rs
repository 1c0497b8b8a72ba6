//! Signatures over what leaves the deployment, to be known again when it comes back.

/// Signs with the deployment's key, and judges signatures by the keys that it knows. What is signed begins with the name of
/// its form, so that nothing signed for one purpose passes for another.
pub trait Signer: Send + Sync {
    /// The id of the key that signs.
    fn key_id(&self) -> &str;

    /// The signature of these bytes, in base64url without padding.
    ///
    /// # Errors
    /// [`SigningError`].
    fn sign(&self, bytes: &[u8]) -> Result<String, SigningError>;

    /// Whether this is the signature of these bytes by the key of this id.
    fn judge(&self, key_id: &str, bytes: &[u8], signature: &str) -> Judgement;
}

/// What a signature is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Judgement {
    /// It is the key's, over these bytes.
    Good,
    /// It is not.
    Wrong,
    /// There is no key of this id here.
    KeyUnknown,
}

/// Nothing was signed.
#[derive(Debug, thiserror::Error)]
#[error("the key does not sign")]
pub struct SigningError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl SigningError {
    /// For this reason.
    pub fn new(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(source.into())
    }
}
