//! Registering oneself.

use ipt_domain::{
    Instant,
    id::{MembershipId, TenantId, UserId},
    identity::{
        account::Account,
        email::EmailAddress,
        mailed_secret::{MailPace, SecretPurpose},
        membership::{Membership, MembershipStatus},
        name::PersonName,
        role::Role,
    },
    tenancy::institution::{Institution, TenantCode},
    version::Version,
};
use ipt_ports::{
    Scope, SystemScope, UnitOfWork,
    engagement::Trail,
    identity::{Credentials, PasswordHash},
};
use secrecy::SecretString;
use serde_json::json;

use super::{IdentityError, IdentityViolation, mailing, password};
use crate::{
    Origin, Services,
    concurrency::settle,
    engagement::{About, account_mail},
    rules::BrokenRules,
    trail::{Deed, Doer, trail},
};

/// Who registers.
#[derive(Clone, Debug)]
pub struct Command {
    /// The mail address.
    pub email: String,
    /// The password.
    pub password: SecretString,
    /// The full name.
    pub full_name: String,
    /// The institution's code.
    pub tenant: String,
}

/// Makes an account that is good for nothing until its address is verified, and a student of an institution that takes
/// registrations; a code goes out by mail. Nobody chooses a role.
///
/// Whether the address is known is told to nobody but whoever reads its mailbox: in each case one hash is made, one code or
/// notice is issued, and the answer is the same. Somebody who registered before and never verified the address registers
/// anew, and the code of that mail stands for that name and password; of a known person nothing changes, and the person is
/// told by mail that somebody tried.
///
/// # Errors
/// Every broken rule together.
#[tracing::instrument(name = "usecase.identity.register", skip_all)]
pub async fn execute(services: &Services, origin: &Origin, command: Command) -> Result<(), IdentityError> {
    let mut broken = BrokenRules::default();
    let email = broken.keep(EmailAddress::parse(&command.email).map_err(IdentityViolation::Email));
    let name = broken.keep(PersonName::parse(&command.full_name).map_err(IdentityViolation::FullName));
    let institution = open_institution(services, &command.tenant).await?;
    if institution.is_none() {
        broken.push(IdentityViolation::RegistrationClosed);
    }
    if let Some(email) = &email {
        let given = (&command.password, "/password");
        broken.extend(password::judge(services, given, email, name.as_ref()));
    }
    broken.into_result()?;
    let (Some(email), Some(name), Some(institution)) = (email, name, institution) else {
        return Err(BrokenRules::one(IdentityViolation::RegistrationClosed).into());
    };
    let applicant = Applicant {
        email,
        name,
        tenant: institution.id(),
        password: services.passwords.hash(command.password).await?,
    };
    mailing::answer(settle(|| attempt(services, origin, &applicant)).await)
}

/// Somebody who may register.
struct Applicant {
    email: EmailAddress,
    name: PersonName,
    tenant: TenantId,
    password: PasswordHash,
}

/// The institution with this code, if it takes registrations.
async fn open_institution(services: &Services, code: &str) -> Result<Option<Institution>, IdentityError> {
    let Ok(code) = TenantCode::parse(&code.trim().to_ascii_lowercase()) else {
        return Ok(None);
    };
    let mut reader = services.database.read(Scope::System(SystemScope::SignIn)).await?;
    let found = reader.tenancy().institution_by_code(&code).await?;
    Ok(found.filter(Institution::takes_registrations))
}

async fn attempt(services: &Services, origin: &Origin, applicant: &Applicant) -> Result<(), IdentityError> {
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::SignIn))
        .await?;
    let now = services.clock.now();
    let known = work.people().credentials_by_email(&applicant.email).await?;
    let (user, purpose) = match &known {
        None => (UserId::new(services.ids.next()), SecretPurpose::VerifyEmail),
        Some(known) if is_pending(known) => (known.account.id, SecretPurpose::VerifyEmail),
        Some(known) => (known.account.id, SecretPurpose::RegistrationNotice),
    };
    let issued = mailing::issue(services, work.as_mut(), (user, purpose), MailPace::Asked, now).await?;
    let registers = purpose == SecretPurpose::VerifyEmail && issued.is_some();
    let mail = issued.map(|secret| match purpose {
        SecretPurpose::RegistrationNotice => {
            account_mail(services, user, "registration_attempt", About::Account, now)
        }
        SecretPurpose::VerifyEmail | SecretPurpose::ResetPassword | SecretPurpose::AcceptInvitation => {
            mailing::mail(services, &secret, "email_verification", Some(applicant.tenant))
        }
    });
    let trail = if registers {
        store(services, work.as_mut(), applicant, (user, known), now).await?;
        registered(services, origin, applicant, user, now)
    } else {
        let deed = ("identity.register_again", Some(user), false);
        let values = json!({ "mailed": mail.is_some() });
        mailing::trail_of(services, origin, deed, values, now, Vec::new())
    };
    let trail = Trail {
        messages: mail.into_iter().collect(),
        ..trail
    };
    work.people().leave_trail(&trail).await?;
    work.commit().await?;
    Ok(())
}

/// Whether somebody registered with the address and never verified it. Somebody who was invited has no password yet.
fn is_pending(known: &Credentials) -> bool {
    !known.account.is_verified() && known.password.is_some() && !known.account.is_disabled()
}

/// Stores the account, new or registered anew, and its membership.
async fn store(
    services: &Services,
    work: &mut dyn UnitOfWork,
    applicant: &Applicant,
    (user, known): (UserId, Option<Credentials>),
    now: Instant,
) -> Result<(), IdentityError> {
    let Some(Credentials { account, .. }) = known else {
        let account = Account::new(user, applicant.email.clone(), applicant.name.clone(), now);
        let password = Some(applicant.password.clone());
        work.people()
            .insert_account(&Credentials { account, password })
            .await?;
        return Ok(join(services, work, applicant.tenant, user, now).await?);
    };
    let replaces = account.version;
    let account = Account {
        full_name: applicant.name.clone(),
        version: replaces.next(),
        ..account
    };
    work.people().update_account(&account, replaces).await?;
    work.people().set_password(user, &applicant.password).await?;
    let held = work.people().memberships(user).await?;
    let is_member = held
        .iter()
        .any(|view| view.membership.tenant_id == Some(applicant.tenant));
    if is_member {
        Ok(())
    } else {
        Ok(join(services, work, applicant.tenant, user, now).await?)
    }
}

/// Stores the membership of a student.
async fn join(
    services: &Services,
    work: &mut dyn UnitOfWork,
    tenant: TenantId,
    user_id: UserId,
    now: Instant,
) -> Result<(), ipt_ports::RepositoryError> {
    let membership = Membership {
        further: Vec::new(),
        id: MembershipId::new(services.ids.next()),
        user_id,
        tenant_id: Some(tenant),
        organisation_id: None,
        roles: vec![Role::Student],
        status: MembershipStatus::Active,
        created_at: now,
        version: Version::FIRST,
    };
    work.people().save_membership(&membership, None).await
}

/// The trail of a registration, in the institution's own.
fn registered(
    services: &Services,
    origin: &Origin,
    applicant: &Applicant,
    user: UserId,
    now: Instant,
) -> Trail {
    let deed = Deed {
        action: "identity.register".into(),
        object_kind: "user",
        object_id: user.uuid(),
        tenant: Some(applicant.tenant),
        on_behalf_of: None,
        at: now,
        values: json!({
            "email": applicant.email.as_str(),
            "full_name": applicant.name.as_str(),
            "roles": [Role::Student.as_str()],
        }),
    };
    trail(services, Doer::system(origin), deed, Vec::new())
}
