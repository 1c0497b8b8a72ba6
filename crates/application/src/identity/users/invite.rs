//! Inviting a person who has no password yet.

use ipt_domain::{
    Instant,
    id::{TenantId, UserId},
    identity::mailed_secret::{MailPace, SecretPurpose},
};
use ipt_ports::{RepositoryError, UnitOfWork, engagement::Message};

use crate::{Services, identity::mailing};

/// Issues an invitation in the place of the one before; the message that sends it.
pub(super) async fn invite(
    services: &Services,
    work: &mut dyn UnitOfWork,
    user: UserId,
    tenant: TenantId,
    now: Instant,
) -> Result<Option<Message>, RepositoryError> {
    let whose = (user, SecretPurpose::AcceptInvitation);
    let issued = mailing::issue(services, work, whose, MailPace::Ordered, now).await?;
    Ok(issued.map(|secret| mailing::mail(services, &secret, "invitation", Some(tenant))))
}
