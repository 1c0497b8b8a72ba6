//! The keys of access tokens and of sensitive columns, from their files.

use std::path::Path;

use anyhow::Context as _;
use ipt_adapter_auth::{AcceptedKey, KeyedSealer, SealingKey, SigningKey, VerificationKey};
use ipt_api::SealKeys;

use crate::configuration::{Auth, Encryption};

/// What the keys for seals are derived for.
const SEALS: &[u8] = b"seals";

/// The key that signs, and those whose tokens are good beside its own.
pub(crate) struct Keys {
    /// The key that signs.
    pub(crate) signing: SigningKey,
    /// The others.
    pub(crate) accepted: Vec<VerificationKey>,
    further: Vec<AcceptedKey>,
}

impl Keys {
    /// Reads them; the signing key is made when it is absent, the others are not.
    ///
    /// # Errors
    /// What is wrong with a file, with the setting that names it.
    pub(crate) fn load(settings: &Auth) -> anyhow::Result<Self> {
        let told = |setting: &str, file: &Path| format!("{setting}: {}", file.display());
        let file = &settings.signing_key_file;
        let signing =
            SigningKey::load_or_create(file).with_context(|| told("auth.signing_key_file", file))?;
        let further = settings
            .accepted_key_files
            .iter()
            .map(|file| AcceptedKey::load(file).with_context(|| told("auth.accepted_key_files", file)));
        let further: Vec<AcceptedKey> = further.collect::<Result<_, _>>()?;
        Ok(Self {
            signing,
            accepted: further.iter().map(|key| key.public().clone()).collect(),
            further,
        })
    }

    /// The keys for seals: what was sealed under a key before is opened too, if that one is here with its private half.
    pub(crate) fn seals(&self) -> SealKeys {
        let further = self.further.iter().filter_map(|key| key.derive(SEALS));
        SealKeys::new(self.signing.derive(SEALS), further)
    }
}

/// What seals sensitive columns. The current key is made when it is absent, the others are not.
///
/// # Errors
/// What is wrong with a file, with the setting that names it.
pub(crate) fn sealer(settings: &Encryption) -> anyhow::Result<KeyedSealer> {
    let told = |setting: &str, file: &Path| format!("{setting}: {}", file.display());
    let file = &settings.key_file;
    let current = SealingKey::load_or_create(file).with_context(|| told("encryption.key_file", file))?;
    let accepted = settings
        .accepted_key_files
        .iter()
        .map(|file| SealingKey::load(file).with_context(|| told("encryption.accepted_key_files", file)));
    let accepted: Vec<SealingKey> = accepted.collect::<Result<_, _>>()?;
    Ok(KeyedSealer::new(current, accepted))
}
