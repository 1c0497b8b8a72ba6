//! The people of the tests.

use ipt_application::{
    Services,
    identity::bootstrap_admin::{self, TenantCommand},
};
use ipt_domain::identity::role::Role;
use secrecy::SecretString;
use serde_json::json;

use super::{Client, World};

/// Everybody's password.
pub(crate) const PASSWORD: &str = "kiln-Marble-4-otters";

/// Creates a person with these roles, and signs in.
pub(crate) async fn create(
    coordinator: &Client,
    nobody: &Client,
    email: &str,
    name: &str,
    role: &str,
    organisation: Option<&str>,
) -> Client {
    let mut body = json!({ "email": email, "full_name": name, "roles": [role], "password": PASSWORD });
    if let Some(organisation) = organisation {
        body["organisation_id"] = json!(organisation);
    }
    coordinator.post("/users", &body).await.expect(201);
    nobody.sign_in(email, PASSWORD).await
}

/// The first administrator of an institution.
pub(crate) async fn bootstrap(services: &Services, code: &str, email: &str) {
    let tenant = TenantCommand {
        code: code.to_owned(),
        name: Some("An Institute".to_owned()),
        timezone: Some("Africa/Dar_es_Salaam".to_owned()),
    };
    let command = bootstrap_admin::Command {
        email: email.to_owned(),
        full_name: "Ada Admin".to_owned(),
        role: Role::TenantAdmin,
        tenant: Some(tenant),
        password: SecretString::from(PASSWORD),
    };
    bootstrap_admin::execute(services, &command).await.unwrap();
}

/// A code of the same form that is not this one.
pub(crate) fn other_than(code: &str) -> &'static str {
    if code == "00000000" {
        "00000001"
    } else {
        "00000000"
    }
}

impl World {
    /// Somebody who keeps the deployment, signed in to it.
    pub(crate) async fn superadmin(&self, name: &str) -> Client {
        let email = format!("{name}@ipt.example");
        let command = bootstrap_admin::Command {
            email: email.clone(),
            full_name: "Ruth Root".to_owned(),
            role: Role::Superadmin,
            tenant: None,
            password: SecretString::from(PASSWORD),
        };
        bootstrap_admin::execute(&self.services, &command).await.unwrap();
        self.nobody.sign_in(&email, PASSWORD).await
    }
    /// So many sign-ins with a wrong password; five lock an account.
    pub(crate) async fn mistype(&self, email: &str, times: usize) {
        let wrong = json!({ "email": email, "password": "wrong-Password-1" });
        for _ in 0..times {
            self.nobody.post("/auth/login", &wrong).await.expect(401);
        }
    }

    /// A sign-in with everybody's password, which is refused.
    pub(crate) async fn turned_away(&self, email: &str) {
        let login = json!({ "email": email, "password": PASSWORD });
        self.nobody
            .post("/auth/login", &login)
            .await
            .expect_problem(401, "invalid_credentials");
    }
}
