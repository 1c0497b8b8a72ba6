//! Tests of the use cases about people.

mod bootstrap;
mod changing_users;
mod creating_users;
mod erasing;
mod invitations;
mod looking_at_users;
mod own_sessions;
mod passwords;
mod registering;
mod sessions;
mod sign_in;
mod switching;

use ipt_domain::{
    id::{TenantId, UserId},
    identity::role::Role,
};
use ipt_ports::{identity::Session, mailer::Mail};
use secrecy::SecretString;

use super::{IdentityError, SignedIn, password_reset::confirm, sign_in as use_case};
use crate::{Origin, engagement::deliver, tests::World};

/// Delivers what waits; every mail that went out until now.
async fn mails(world: &World) -> Vec<Mail> {
    while deliver::execute(&world.services, 100).await.unwrap().claimed > 0 {}
    world.mailer.mails()
}

/// Delivers what waits; the code in the last mail to `NAME@uni.example`.
async fn mailed_code(world: &World, name: &str) -> String {
    mailed(world, name, "code").await
}

/// Delivers what waits; a value in the last mail to `NAME@uni.example`.
async fn mailed(world: &World, name: &str, value: &str) -> String {
    let mails = mails(world).await;
    let address = format!("{name}@uni.example");
    let last = mails.iter().rfind(|mail| mail.to_address == address).unwrap();
    let (_, values) = last.text.split_once(' ').unwrap();
    let values: serde_json::Value = serde_json::from_str(values).unwrap();
    values[value].as_str().unwrap().to_owned()
}

/// The codes of the rules that were broken.
fn codes(error: &IdentityError) -> Vec<&'static str> {
    let IdentityError::Rules(rules) = error else {
        panic!("{error}")
    };
    rules.iter().map(ipt_domain::error::Violation::code).collect()
}

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

/// The sessions that are open.
fn open_sessions(world: &World) -> Vec<Session> {
    let state = world.state();
    let open = state
        .sessions
        .values()
        .filter(|session| session.ended_at.is_none());
    open.cloned().collect()
}

/// Somebody who supervises in the first institution and in a further one, "suza"; and that one.
fn juma_of_two_institutions(world: &World) -> (UserId, TenantId) {
    let suza = world.institution("suza");
    let juma = world.with_roles("juma", &[Role::UniversitySupervisor]);
    world.member(juma, Some(suza), &[Role::UniversitySupervisor]);
    (juma, suza)
}

/// A code of the same form that is not this one.
fn other_than(code: &str) -> &'static str {
    if code == "00000000" {
        "00000001"
    } else {
        "00000000"
    }
}

/// Sets a new password by a code.
async fn confirms(world: &World, name: &str, code: &str, password: &str) -> Result<(), IdentityError> {
    let command = confirm::Command {
        email: format!("{name}@uni.example"),
        code: SecretString::from(code),
        new_password: SecretString::from(password),
    };
    confirm::execute(&world.services, &Origin::default(), command).await
}
