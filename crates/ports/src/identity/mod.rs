//! People, sessions, passwords and tokens.

pub mod access_token;
pub mod data_exports;
pub mod mailed_secrets;
pub mod password_hasher;
pub mod people;
pub mod profiles;
pub mod roles;
pub mod sealer;
pub mod secret_generator;

pub use access_token::{AccessClaims, AccessTokens, TokenError};
pub use data_exports::{DataExportReader, DataExportRepository};
pub use mailed_secrets::{MailedSecretReader, MailedSecretRepository, MailedSecrets};
pub use password_hasher::{
    PasswordHash, PasswordHashError, PasswordHasher, PasswordStrength, PasswordWeakness,
};
pub use people::{
    Credentials, DeviceSeen, MembershipView, PeopleReader, PeopleRepository, Principal, RefreshToken,
    Session, UserFilter, UserSort, UserView,
};
pub use profiles::{ProfileReader, ProfileRepository, SealedParticulars};
pub use roles::{RoleReader, RoleRepository, RoleSort};
pub use sealer::{KeyId, OpenError, Place, SealError, Sealed, Sealer};
pub use secret_generator::SecretGenerator;
