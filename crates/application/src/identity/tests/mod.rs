//! Tests of the use cases about people.

mod bootstrap;
mod changing_users;
mod creating_users;
mod looking_at_users;
mod sessions;
mod sign_in;
mod switching;

use secrecy::SecretString;

use super::{IdentityError, SignedIn, sign_in as use_case};
use crate::{Origin, tests::World};

/// Signs `NAME@uni.example` in with a password.
async fn try_sign_in(world: &World, name: &str, password: &str) -> Result<SignedIn, IdentityError> {
    sign_in_to(world, name, password, None).await
}

/// Signs somebody in, to an institution.
async fn sign_in_to(
    world: &World,
    name: &str,
    password: &str,
    tenant: Option<&str>,
) -> Result<SignedIn, IdentityError> {
    let command = use_case::Command {
        email: format!("{name}@uni.example"),
        password: SecretString::from(password.to_owned()),
        tenant: tenant.map(str::to_owned),
    };
    use_case::execute(&world.services, &Origin::default(), command).await
}

/// Signs somebody in with the right password.
async fn signed_in(world: &World, name: &str) -> SignedIn {
    try_sign_in(world, name, &format!("correct horse {name}"))
        .await
        .unwrap()
}
