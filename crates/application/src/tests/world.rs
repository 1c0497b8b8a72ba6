//! The world of a test: the doubles wired together, and people and things to fill it with.

use std::{
    collections::BTreeSet,
    sync::{Arc, MutexGuard},
};

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::{MembershipId, OrganisationId, ProgrammeId, SessionId, TenantId, UserId},
    identity::{
        account::Account,
        email::EmailAddress,
        membership::{self, Membership, MembershipStatus},
        name::PersonName,
        role::Role,
    },
    placement::{
        organisation::{Organisation, OrganisationDraft, OrganisationRelation},
        policy::PolicyDraft,
        programme::{Programme, ProgrammeDraft},
    },
    tenancy::{
        calendar::{WeekendDays, WorkingCalendar},
        institution::{Institution, TenantCode},
    },
    text::Remark,
    version::Version,
};
use ipt_ports::{
    IdGenerator as _,
    identity::{Credentials, PasswordHash},
    page::{Direction, PageRequest, Sort},
};
use ipt_testkit::memory::{PlainArchives, PlainMailedSecrets, PlainSealer, PlainSigner};

use super::{
    State,
    doubles::{Counting, FixedClock, KeptTokens, MailBox, MemoryBlobs, PlainHasher, PlainRenderer, WordList},
    work::MemoryDatabase,
};
use crate::{Caller, Origin, Services, Settings};

/// An instant.
pub(crate) fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// A day.
pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The doubles, wired together, with one institution in Dar es Salaam. It is Monday 6 July 2026, 11 o'clock there.
pub(crate) struct World {
    pub(crate) services: Services,
    pub(crate) database: MemoryDatabase,
    pub(crate) clock: FixedClock,
    pub(crate) mails: MailBox,
    pub(crate) blobs: MemoryBlobs,
    pub(crate) hasher: Arc<PlainHasher>,
    pub(crate) tenant: TenantId,
    ids: Arc<Counting>,
}

impl World {
    pub(crate) fn new() -> Self {
        let database = MemoryDatabase::default();
        let clock = FixedClock::at(at("2026-07-06T08:00:00Z"));
        let (mails, blobs) = (MailBox::default(), MemoryBlobs::default());
        let (hasher, ids) = (Arc::new(PlainHasher::default()), Arc::new(Counting::default()));
        let services = Services {
            database: Arc::new(database.clone()),
            blobs: Arc::new(blobs.clone()),
            archives: Arc::new(PlainArchives),
            clock: Arc::new(clock.clone()),
            ids: ids.clone(),
            secrets: ids.clone(),
            mailed_secrets: Arc::new(PlainMailedSecrets),
            sealer: Arc::new(PlainSealer::default()),
            passwords: hasher.clone(),
            strength: Arc::new(WordList),
            tokens: Arc::new(KeptTokens::default()),
            signer: Arc::new(PlainSigner::default()),
            mailer: Arc::new(mails.clone()),
            renderer: Arc::new(PlainRenderer),
            settings: Arc::new(Settings {
                frontend_url: Some("https://ipt.example".to_owned()),
                ..Settings::default()
            }),
        };
        let tenant = TenantId::new(ids.next());
        let world = Self {
            services,
            database,
            clock,
            mails,
            blobs,
            hasher,
            tenant,
            ids,
        };
        world.add_institution(tenant, "udsm");
        world
    }

    /// Now.
    pub(crate) fn clock_now(&self) -> Instant {
        self.services.clock.now()
    }

    /// What is stored.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.database.state()
    }

    fn add_institution(&self, id: TenantId, code: &str) {
        let calendar = WorkingCalendar::new(
            chrono_tz::Africa::Dar_es_Salaam,
            WeekendDays::SATURDAY_AND_SUNDAY,
            BTreeSet::new(),
        );
        let code = TenantCode::parse(code).unwrap();
        let institution = Institution::new(id, code.clone(), code.as_str(), calendar).unwrap();
        self.state().institutions.push(institution);
    }

    /// A further institution.
    pub(crate) fn institution(&self, code: &str) -> TenantId {
        let id = TenantId::new(self.ids.next());
        self.add_institution(id, code);
        id
    }

    /// A verified person, `NAME@uni.example`, whose password is `correct horse NAME`.
    pub(crate) fn person(&self, name: &str) -> UserId {
        let id = UserId::new(self.ids.next());
        let email = EmailAddress::parse(&format!("{name}@uni.example")).unwrap();
        let now = at("2026-01-05T08:00:00Z");
        let account = Account::new(id, email, PersonName::parse(name).unwrap(), now);
        let account = Account {
            email_verified_at: Some(now),
            ..account
        };
        let password = Some(PasswordHash::new(format!("hash of correct horse {name}")));
        self.state().accounts.push(Credentials { account, password });
        id
    }

    /// Changes an account behind everybody's back.
    pub(crate) fn change_account(&self, user: UserId, change: impl FnOnce(&mut Account)) {
        let mut state = self.state();
        let place = state
            .accounts
            .iter_mut()
            .find(|known| known.account.id == user)
            .unwrap();
        change(&mut place.account);
    }

    /// Changes a membership behind everybody's back.
    pub(crate) fn change_membership(&self, id: MembershipId, change: impl FnOnce(&mut Membership)) {
        let mut state = self.state();
        change(state.memberships.iter_mut().find(|held| held.id == id).unwrap());
    }

    /// Gives a person roles in an institution (none: over the deployment).
    pub(crate) fn member(&self, user_id: UserId, tenant: Option<TenantId>, roles: &[Role]) -> MembershipId {
        self.member_of(user_id, tenant, None, roles)
    }

    /// Gives a person roles in an organisation of an institution.
    pub(crate) fn member_of(
        &self,
        user_id: UserId,
        tenant_id: Option<TenantId>,
        organisation_id: Option<OrganisationId>,
        roles: &[Role],
    ) -> MembershipId {
        let id = MembershipId::new(self.ids.next());
        let mut state = self.state();
        let made = i64::try_from(state.memberships.len()).unwrap();
        state.memberships.push(Membership {
            further: Vec::new(),
            id,
            user_id,
            tenant_id,
            organisation_id,
            roles: roles.to_vec(),
            status: MembershipStatus::Active,
            created_at: at("2026-02-02T08:00:00Z") + chrono::TimeDelta::days(made),
            version: Version::FIRST,
        });
        id
    }

    /// A person with roles in the first institution.
    pub(crate) fn with_roles(&self, name: &str, roles: &[Role]) -> UserId {
        let user = self.person(name);
        self.member(user, Some(self.tenant), roles);
        user
    }

    /// A person acting in an institution (none: the deployment) by the memberships stored.
    pub(crate) fn caller_in(&self, user: UserId, tenant: Option<TenantId>) -> Caller {
        let held: Vec<_> = self
            .state()
            .memberships
            .iter()
            .filter(|held| held.user_id == user)
            .cloned()
            .collect();
        let member = held.iter().any(|held| held.tenant_id == tenant);
        Caller {
            actor: membership::actor(user, tenant, &held, !member),
            session_id: SessionId::new(self.ids.next()),
            signed_in_at: self.clock_now(),
            origin: Origin {
                address: Some("192.0.2.7".to_owned()),
                ..Origin::default()
            },
            entered_for: Remark::parse((!member).then_some("ticket 7")).unwrap(),
        }
    }

    /// A person acting in the first institution.
    pub(crate) fn caller(&self, user: UserId) -> Caller {
        self.caller_in(user, Some(self.tenant))
    }

    /// An organisation to which the first institution has a relation, verified.
    pub(crate) fn organisation(&self, name: &str) -> OrganisationId {
        let id = OrganisationId::new(self.ids.next());
        let draft = OrganisationDraft {
            name: name.to_owned(),
            ..OrganisationDraft::default()
        };
        let organisation = Organisation::create(id, &draft).unwrap();
        let since = at("2026-03-02T08:00:00Z");
        let by = UserId::new(self.ids.next());
        let relation = OrganisationRelation::begin(self.tenant, id, since).verify(by, since);
        let mut state = self.state();
        state.organisations.push(organisation);
        state.relations.push(relation);
        id
    }

    /// A programme of the first institution, for all of 2026: 320 hours on 40 days.
    pub(crate) fn programme(&self, policy: PolicyDraft) -> ProgrammeId {
        let id = ProgrammeId::new(self.ids.next());
        let draft = ProgrammeDraft {
            name: "Practical training".to_owned(),
            code: format!("PT{id}"),
            credit_units: 12.0,
            required_hours: 320.0,
            required_days: 40,
            window: (date("2026-01-01"), date("2026-12-31")),
            policy,
        };
        let programme = Programme::create(id, self.tenant, draft).unwrap();
        self.state().programmes.push(programme);
        id
    }
}

/// The first page by a field.
pub(crate) fn first_page<F>(field: F) -> PageRequest<F> {
    PageRequest {
        limit: 20,
        after: None,
        sort: vec![Sort {
            field,
            direction: Direction::Ascending,
        }],
    }
}
