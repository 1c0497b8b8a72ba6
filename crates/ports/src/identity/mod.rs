//! People, sessions, passwords and tokens.

pub mod access_token;
pub mod mailed_secrets;
pub mod password_hasher;
pub mod people;
pub mod roles;
pub mod secret_generator;

pub use access_token::{AccessClaims, AccessTokens, TokenError};
pub use mailed_secrets::{MailedSecretReader, MailedSecretRepository, MailedSecrets};
pub use password_hasher::{
    PasswordHash, PasswordHashError, PasswordHasher, PasswordStrength, PasswordWeakness,
};
pub use people::{
    Credentials, MembershipView, PeopleReader, PeopleRepository, Principal, RefreshToken, Session,
    UserFilter, UserSort, UserView,
};
pub use roles::{RoleReader, RoleRepository, RoleSort};
pub use secret_generator::SecretGenerator;
