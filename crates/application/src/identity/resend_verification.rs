//! Another code for an address that is not verified yet.

use ipt_domain::identity::mailed_secret::SecretPurpose;

use super::{
    IdentityError,
    asking::{self, Asked},
};
use crate::{Origin, Services};

/// Mails a new code to somebody who registered and has not verified the address; the code before it is no good any more.
/// For any other address the same is done, and nothing is sent.
///
/// # Errors
/// [`IdentityError::Rules`] for a text that is no mail address.
#[tracing::instrument(name = "usecase.identity.resend_verification", skip_all)]
pub async fn execute(services: &Services, origin: &Origin, email: &str) -> Result<(), IdentityError> {
    let asked = Asked {
        purpose: SecretPurpose::VerifyEmail,
        template: "email_verification",
        action: "identity.request_verification",
        is_due: |known| !known.account.is_verified() && known.password.is_some(),
    };
    asking::ask(services, origin, email, &asked).await
}
