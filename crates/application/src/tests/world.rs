//! The world of a test: the doubles wired together, and people and things to fill it with.

use std::sync::Arc;

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
        organisation::OrganisationRelation,
        policy::PolicyDraft,
        programme::{Programme, ProgrammeDraft},
    },
    tenancy::institution::{Institution, TenantCode},
    text::Remark,
    version::Version,
};
use ipt_ports::{
    IdGenerator as _,
    identity::Credentials,
    page::{Direction, PageRequest, Sort},
};
use ipt_testkit::{
    MockClock, SeededIds, builders,
    memory::{
        CheapHasher, Made, MemoryBlobs, MemoryDatabase, MemoryMailer, MemoryTokens, PlainArchives,
        PlainMailedSecrets, PlainRenderer, PlainSealer, PlainSigner, SeededSecrets, State,
    },
};

use super::strength::WordList;
use crate::{Caller, Origin, Services, Settings};

/// An instant.
pub(crate) fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// A day.
pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// When everything was made that was there before.
fn before() -> Instant {
    at("2026-01-05T08:00:00Z")
}

/// The ports in memory, with one institution in Dar es Salaam. It is Monday 6 July 2026, 11 o'clock there.
pub(crate) struct World {
    pub(crate) services: Services,
    pub(crate) database: MemoryDatabase,
    pub(crate) clock: Arc<MockClock>,
    pub(crate) mailer: MemoryMailer,
    pub(crate) blobs: MemoryBlobs,
    pub(crate) hasher: Arc<CheapHasher>,
    pub(crate) tenant: TenantId,
    ids: Arc<SeededIds>,
}

impl World {
    pub(crate) fn new() -> Self {
        let database = MemoryDatabase::new();
        let clock = Arc::new(MockClock::at(at("2026-07-06T08:00:00Z")));
        let (mailer, blobs) = (MemoryMailer::default(), MemoryBlobs::default());
        let (hasher, ids) = (Arc::new(CheapHasher::default()), Arc::new(SeededIds::new(1)));
        let services = Services {
            database: Arc::new(database.clone()),
            blobs: Arc::new(blobs.clone()),
            archives: Arc::new(PlainArchives),
            clock: Arc::clone(&clock) as _,
            ids: Arc::clone(&ids) as _,
            secrets: Arc::new(SeededSecrets::default()),
            mailed_secrets: Arc::new(PlainMailedSecrets),
            sealer: Arc::new(PlainSealer::default()),
            passwords: Arc::clone(&hasher) as _,
            strength: Arc::new(WordList),
            tokens: Arc::new(MemoryTokens::default()),
            signer: Arc::new(PlainSigner::default()),
            mailer: Arc::new(mailer.clone()),
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
            mailer,
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
    pub(crate) fn state(&self) -> Arc<State> {
        self.database.snapshot()
    }

    fn add_institution(&self, id: TenantId, code: &str) {
        let code = TenantCode::parse(code).unwrap();
        let thing = Institution::new(id, code.clone(), code.as_str(), builders::calendar()).unwrap();
        let created_at = before();
        self.database
            .change(|state| state.institutions.insert(id, Made { thing, created_at }));
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
        let account = Account::new(id, email, PersonName::parse(name).unwrap(), before());
        let account = Account {
            email_verified_at: Some(before()),
            ..account
        };
        let password = Some(CheapHasher::hash_of(&format!("correct horse {name}")));
        self.database
            .change(|state| state.accounts.insert(id, Credentials { account, password }));
        id
    }

    /// Changes an account behind everybody's back.
    pub(crate) fn change_account(&self, user: UserId, change: impl FnOnce(&mut Account)) {
        self.database
            .change(|state| change(&mut state.accounts.get_mut(&user).unwrap().account));
    }

    /// Changes a membership behind everybody's back.
    pub(crate) fn change_membership(&self, id: MembershipId, change: impl FnOnce(&mut Membership)) {
        self.database
            .change(|state| change(state.memberships.get_mut(&id).unwrap()));
    }

    /// The memberships of a person in an institution.
    pub(crate) fn memberships_of(&self, user: UserId, tenant: TenantId) -> Vec<Membership> {
        let state = self.state();
        let own = state.memberships.values().filter(|held| held.user_id == user);
        own.filter(|held| held.tenant_id == Some(tenant))
            .cloned()
            .collect()
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
        let made = i64::try_from(self.state().memberships.len()).unwrap();
        let membership = Membership {
            further: Vec::new(),
            id,
            user_id,
            tenant_id,
            organisation_id,
            roles: roles.to_vec(),
            status: MembershipStatus::Active,
            created_at: at("2026-02-02T08:00:00Z") + chrono::TimeDelta::days(made),
            version: Version::FIRST,
        };
        self.database
            .change(|state| state.memberships.insert(id, membership));
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
            .values()
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
        let since = at("2026-03-02T08:00:00Z");
        let by = self.person(&format!("verifier-of-{name}"));
        let relation = OrganisationRelation::begin(self.tenant, id, since).verify(by, since);
        let made = Made {
            thing: builders::organisation(id, name),
            created_at: since,
        };
        self.database.change(|state| {
            state.organisations.insert(id, made);
            state.relations.insert((self.tenant, id), relation);
        });
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
        let thing = Programme::create(id, self.tenant, draft).unwrap();
        let created_at = before();
        self.database.change(|state| {
            let version = (id, thing.policy_version());
            state.policies.insert(version, thing.policy().clone());
            state.programmes.insert(id, Made { thing, created_at });
        });
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
