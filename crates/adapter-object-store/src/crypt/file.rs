//! The file of a master key: 64 hexadecimal digits, for its owner only.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read as _, Write as _},
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::Path,
};

use aws_lc_rs::rand;
use secrecy::{ExposeSecret as _, SecretBox, SecretString};

use super::MasterKey;

/// More than this is no key.
const LARGEST: u64 = 1_024;

/// Why there is no master key.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// The file cannot be read or made.
    #[error("the file of the key: {0}")]
    File(#[from] io::Error),
    /// Others than its owner can get at the file.
    #[error(
        "the file of the key has mode {0:04o}: others than its owner can read or change it; `chmod 600` it"
    )]
    Open(u32),
    /// The file holds something else.
    #[error("the file does not hold a key: 64 hexadecimal digits, as `ipt storage new-key` makes them")]
    Content,
}

impl MasterKey {
    /// Reads a key from a file. Blocks on the disk: for the start of a process.
    ///
    /// # Errors
    /// [`KeyFileError`].
    pub fn load(path: &Path) -> Result<Self, KeyFileError> {
        let file = File::open(path)?;
        // Of the file that is open, not of whatever lies under the name by now.
        let mode = file.metadata()?.permissions().mode() & 0o7777;
        if mode & 0o077 != 0 {
            return Err(KeyFileError::Open(mode));
        }
        let mut text = String::new();
        file.take(LARGEST)
            .read_to_string(&mut text)
            .map_err(|error| match error.kind() {
                io::ErrorKind::InvalidData => KeyFileError::Content,
                _ => KeyFileError::File(error),
            })?;
        let text = SecretString::from(text);
        let bytes = digits(text.expose_secret().trim()).ok_or(KeyFileError::Content)?;
        Ok(Self::new(&bytes))
    }

    /// Makes a new key in a file that is not there yet.
    ///
    /// # Errors
    /// [`KeyFileError::File`], also when there is such a file.
    pub fn create(path: &Path) -> Result<Self, KeyFileError> {
        let mut bytes = SecretBox::new(Box::new([0; 32]));
        {
            use secrecy::ExposeSecretMut as _;
            rand::fill(bytes.expose_secret_mut()).map_err(|_| io::Error::other("there is no randomness"))?;
        }
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)?;
        let text: SecretString = hexadecimal(bytes.expose_secret()).into();
        file.write_all(text.expose_secret().as_bytes())?;
        file.sync_all()?;
        Ok(Self::new(&bytes))
    }
}

fn hexadecimal(bytes: &[u8; 32]) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text.push('\n');
    text
}

/// Thirty-two bytes, two digits each.
fn digits(text: &str) -> Option<SecretBox<[u8; 32]>> {
    let mut bytes = [0; 32];
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != bytes.len() || !rest.is_empty() {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(pairs) {
        let [high, low] = pair.map(|digit| char::from(digit).to_digit(16));
        *byte = u8::try_from(high? * 16 + low?).ok()?;
    }
    Some(SecretBox::new(Box::new(bytes)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_key_that_was_made_is_read_and_never_made_again_over_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("storage.key");
        let made = MasterKey::create(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(MasterKey::load(&path).unwrap().name(), made.name());
        assert!(matches!(MasterKey::create(&path), Err(KeyFileError::File(_))));
        let other = MasterKey::create(&folder.path().join("other.key")).unwrap();
        assert_ne!(other.name(), made.name());
    }

    #[test]
    fn a_file_that_others_can_read_or_that_holds_no_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("storage.key");
        assert!(matches!(MasterKey::load(&path), Err(KeyFileError::File(_))));
        MasterKey::create(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(MasterKey::load(&path), Err(KeyFileError::Open(0o640))));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        let digits = "0123456789abcdefABCDEF0123456789".repeat(2);
        for (text, good) in [
            (digits.clone(), true),
            (format!(" {digits}\n"), true),
            (format!("{digits}0"), false),
            (digits[1..].to_owned(), false),
            (digits.replace('a', "g"), false),
            (String::new(), false),
            ("\u{e9}".repeat(32), false),
        ] {
            fs::write(&path, &text).unwrap();
            assert_eq!(MasterKey::load(&path).is_ok(), good, "{text:?}");
        }
        fs::write(&path, [0xff; 64]).unwrap();
        assert!(matches!(MasterKey::load(&path), Err(KeyFileError::Content)));
    }
}
