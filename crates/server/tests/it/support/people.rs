//! The people of the tests.

use serde_json::json;

use super::Client;

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
