//! The one person.

use chrono::DateTime;
use ipt_domain::{
    Instant,
    id::{MembershipId, SessionId, TenantId, UserId},
    identity::{
        account::Account,
        email::EmailAddress,
        membership::{Membership, MembershipStatus},
        name::PersonName,
        role::Role,
    },
    version::Version,
};
use ipt_ports::{
    RepositoryError,
    identity::{
        Credentials, MembershipView, PeopleReader, Principal, RefreshToken, Session, UserFilter, UserSort,
        UserView,
    },
    page::{Page, PageRequest},
};
use uuid::Uuid;

use super::{SESSION, TENANT, USER};

/// A coordinator, signed in.
pub(super) struct OnePerson;

fn account() -> Account {
    let email = EmailAddress::parse("asha@example.ac.tz").unwrap();
    Account::new(
        USER,
        email,
        PersonName::parse("Asha Mushi").unwrap(),
        DateTime::UNIX_EPOCH,
    )
}

fn membership() -> Membership {
    Membership {
        further: Vec::new(),
        id: MembershipId::new(Uuid::from_u128(1)),
        user_id: USER,
        tenant_id: Some(TENANT),
        organisation_id: None,
        roles: vec![Role::Coordinator],
        status: MembershipStatus::Active,
        created_at: DateTime::UNIX_EPOCH,
        version: Version::FIRST,
    }
}

fn no_such_thing<T>() -> Result<T, RepositoryError> {
    Err(RepositoryError::Backend(
        "this double has one person and no more".into(),
    ))
}

#[async_trait::async_trait]
impl PeopleReader for OnePerson {
    async fn credentials_by_email(
        &mut self,
        _: &EmailAddress,
    ) -> Result<Option<Credentials>, RepositoryError> {
        Ok(None)
    }

    async fn credentials(&mut self, _: UserId) -> Result<Option<Credentials>, RepositoryError> {
        no_such_thing()
    }

    async fn memberships(&mut self, _: UserId) -> Result<Vec<MembershipView>, RepositoryError> {
        no_such_thing()
    }

    async fn principal(&mut self, session: SessionId) -> Result<Option<Principal>, RepositoryError> {
        let session = Session {
            entered_for: None,
            id: session,
            user_id: USER,
            tenant_id: Some(TENANT),
            device: String::new(),
            address: String::new(),
            created_at: DateTime::UNIX_EPOCH,
            signed_in_at: DateTime::UNIX_EPOCH,
            last_used_at: DateTime::UNIX_EPOCH,
            ended_at: None,
        };
        let known = session.id == SESSION;
        Ok(known.then(|| Principal {
            session,
            account: account(),
            memberships: vec![membership()],
        }))
    }

    async fn session_by_token(
        &mut self,
        _: &[u8; 32],
    ) -> Result<Option<(Session, RefreshToken)>, RepositoryError> {
        no_such_thing()
    }

    async fn session(&mut self, _: SessionId) -> Result<Option<Session>, RepositoryError> {
        no_such_thing()
    }

    async fn sessions_of(
        &mut self,
        _: UserId,
        _: Instant,
        _: SessionId,
        _: u32,
    ) -> Result<Vec<Session>, RepositoryError> {
        no_such_thing()
    }

    async fn user(&mut self, _: UserId) -> Result<Option<UserView>, RepositoryError> {
        Ok(None)
    }

    async fn user_page(
        &mut self,
        _: &UserFilter,
        _: &PageRequest<UserSort>,
    ) -> Result<Page<UserView>, RepositoryError> {
        no_such_thing()
    }

    async fn user_count(&mut self, _: &UserFilter) -> Result<u64, RepositoryError> {
        no_such_thing()
    }

    async fn recipients(&mut self, _: &[UserId]) -> Result<Vec<Account>, RepositoryError> {
        no_such_thing()
    }

    async fn members_with_role(&mut self, _: TenantId, _: Role) -> Result<Vec<Account>, RepositoryError> {
        no_such_thing()
    }
}
