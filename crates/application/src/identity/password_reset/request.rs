//! Asking for a code.

use ipt_domain::identity::mailed_secret::SecretPurpose;

use crate::{
    Origin, Services,
    identity::{
        IdentityError,
        asking::{self, Asked},
    },
};

/// Mails a code with which a new password is set, to whoever has an account that is not disabled; one before it is no good
/// any more. For any other address the same is done, and nothing is sent.
///
/// # Errors
/// [`IdentityError::Rules`] for a text that is no mail address.
#[tracing::instrument(name = "usecase.identity.password_reset.request", skip_all)]
pub async fn execute(services: &Services, origin: &Origin, email: &str) -> Result<(), IdentityError> {
    let asked = Asked {
        purpose: SecretPurpose::ResetPassword,
        template: "password_reset",
        action: "identity.request_password_reset",
        is_due: |known| !known.account.is_disabled(),
    };
    asking::ask(services, origin, email, &asked).await
}
