//! A small world, stored through the ports: whatever database is under test, it begins the same.
#![expect(
    clippy::expect_used,
    reason = "a world that cannot be made fails the test that asks for it"
)]
#![expect(clippy::missing_panics_doc, reason = "told once, for the whole of it")]

use std::sync::Arc;

use ipt_domain::{
    actor::Actor,
    id::{MembershipId, OrganisationId, PlacementId, ProgrammeId, SiteId, TenantId, UserId},
    identity::{membership, role::Role},
    placement::{
        event::{PlacementEvent, PlacementEventKind},
        organisation::OrganisationRelation,
        placement::Placement,
        policy::PolicyDraft,
    },
};
use ipt_ports::{
    Database, IdGenerator as _, RepositoryError, Scope, SystemScope, UnitOfWork,
    engagement::Trail,
    identity::Credentials,
    placement::{Namesakes, PlacementChange, StudentCount, SupervisorCaps},
};
use uuid::Uuid;

use crate::{
    SeededIds,
    builders::{self, Placed, moment},
};

/// The scope of what puts a world into a database.
const OPERATOR: Scope = Scope::System(SystemScope::Operator);

/// Caps that no test reaches by accident.
const CAPS: SupervisorCaps = SupervisorCaps {
    industrial: 10,
    university: 25,
};

/// An institution with a programme, a verified organisation with a site, four people, and one active placement.
///
/// # Panics
/// Making it and adding to it panics when the database refuses.
#[derive(Clone)]
pub struct SmallWorld {
    database: Arc<dyn Database>,
    ids: Arc<SeededIds>,
    /// The institution.
    pub tenant: TenantId,
    /// Its programme, with the default policy.
    pub programme: ProgrammeId,
    /// The organisation, verified by the institution.
    pub organisation: OrganisationId,
    /// The organisation's shared site.
    pub site: SiteId,
    /// Asha Mushi, the student.
    pub student: UserId,
    /// Juma Said, the industrial supervisor.
    pub industrial: UserId,
    /// Neema Paul, the university supervisor.
    pub university: UserId,
    /// Rehema Ali, a coordinator.
    pub coordinator: UserId,
    /// The placement, active from 2026-07-06 to 2026-09-25.
    pub placement: PlacementId,
}

impl SmallWorld {
    /// Stores it.
    pub async fn store(database: Arc<dyn Database>) -> Self {
        Self::store_with(database, PolicyDraft::default()).await
    }

    /// Stores it, with a policy that differs from the default.
    pub async fn store_with(database: Arc<dyn Database>, policy: PolicyDraft) -> Self {
        let ids = Arc::new(SeededIds::new(7));
        let mut world = Self {
            tenant: TenantId::new(ids.next()),
            programme: ProgrammeId::new(ids.next()),
            organisation: OrganisationId::new(ids.next()),
            site: SiteId::new(ids.next()),
            student: UserId::new(Uuid::nil()),
            industrial: UserId::new(Uuid::nil()),
            university: UserId::new(Uuid::nil()),
            coordinator: UserId::new(Uuid::nil()),
            placement: PlacementId::new(ids.next()),
            database,
            ids,
        };
        world.add_institution(world.tenant, "udsm").await;
        world.student = world.add_member("Asha Mushi", &[Role::Student]).await;
        world.industrial = world.add_member("Juma Said", &[Role::IndustrialSupervisor]).await;
        world.university = world
            .add_member("Neema Paul", &[Role::UniversitySupervisor])
            .await;
        world.coordinator = world.add_member("Rehema Ali", &[Role::Coordinator]).await;
        world.add_places(policy).await;
        world
            .add_placement(&builders::active_placement(world.placement, world.placed()))
            .await;
        world
    }

    /// The database in which it lies.
    pub fn database(&self) -> &Arc<dyn Database> {
        &self.database
    }

    /// What makes its ids; they ascend.
    pub fn ids(&self) -> Arc<SeededIds> {
        Arc::clone(&self.ids)
    }

    /// A fresh id.
    pub fn id<T: From<Uuid>>(&self) -> T {
        T::from(self.ids.next())
    }

    /// The trail of an action in the institution.
    pub fn trail(&self, action: &'static str) -> Trail {
        builders::trail(self.ids.next(), Some(self.tenant), action, Vec::new())
    }

    /// What the placement brings together.
    pub const fn placed(&self) -> Placed {
        Placed {
            tenant: self.tenant,
            programme: self.programme,
            organisation: self.organisation,
            site: Some(self.site),
            student: self.student,
            industrial: Some(self.industrial),
            university: Some(self.university),
        }
    }

    /// A person acting in the institution with these roles there.
    pub fn actor(&self, user: UserId, roles: &[Role]) -> Actor {
        let held = builders::membership(MembershipId::new(Uuid::nil()), user, Some(self.tenant), roles);
        membership::actor(user, Some(self.tenant), &[held], false)
    }

    /// Adds an institution.
    pub async fn add_institution(&self, id: TenantId, code: &str) {
        let trail = builders::trail(self.ids.next(), None, "tenant.create", Vec::new());
        let mut work = self.begin().await;
        work.tenancy()
            .save_institution(&builders::institution(id, code), None, &trail)
            .await
            .expect("the institution is stored");
        work.commit().await.expect("it is durable");
    }

    /// Adds a person with roles in the institution.
    pub async fn add_member(&self, name: &str, roles: &[Role]) -> UserId {
        let user = self.id();
        let membership = builders::membership(self.id(), user, Some(self.tenant), roles);
        let credentials = Credentials {
            account: builders::account(user, name),
            password: None,
        };
        let mut work = self.begin().await;
        work.people()
            .insert_account(&credentials)
            .await
            .expect("the account is stored");
        work.people()
            .save_membership(&membership, None)
            .await
            .expect("the membership is stored");
        work.commit().await.expect("it is durable");
        user
    }

    async fn add_places(&self, policy: PolicyDraft) {
        let programme = builders::programme(self.programme, self.tenant, "PT", policy);
        let organisation = builders::organisation(self.organisation, "Ubungo Bearings");
        let since = moment("2026-03-02T08:00:00Z");
        let relation = OrganisationRelation::begin(self.tenant, self.organisation, since)
            .verify(self.coordinator, since);
        let site = builders::site(self.site, self.organisation, None, "Ubungo workshop");
        let mut work = self.begin().await;
        let made = async {
            let place = work.placement();
            place
                .save_programme(&programme, None, &self.trail("programme.create"))
                .await?;
            place
                .save_organisation(
                    &organisation,
                    None,
                    Namesakes::Refused,
                    &self.trail("organisation.create"),
                )
                .await?;
            place
                .save_relation(&relation, None, &self.trail("organisation.verify"))
                .await?;
            place.save_site(&site, None, &self.trail("site.create")).await
        };
        made.await.expect("the places are stored");
        work.commit().await.expect("they are durable");
    }

    /// Adds a placement, as if it had just been proposed.
    pub async fn add_placement(&self, placement: &Placement) {
        self.try_placement(placement, CAPS)
            .await
            .expect("the placement is stored");
    }

    /// Adds a placement, if its supervisors have room.
    ///
    /// # Errors
    /// What the database says.
    pub async fn try_placement(
        &self,
        placement: &Placement,
        caps: SupervisorCaps,
    ) -> Result<(), RepositoryError> {
        let change = PlacementChange {
            placement: placement.clone(),
            replaces: None,
            event: self.event(placement),
            count: Some(StudentCount {
                outcome: placement.clone(),
                caps,
            }),
        };
        let mut work = self.begin().await;
        work.placement()
            .save_placement(&change, &self.trail("placement.propose"))
            .await?;
        work.commit().await
    }

    /// Stores a placement as it is, in place of what is stored at the version before.
    pub async fn replace_placement(&self, placement: &Placement, earlier: &Placement) {
        let change = PlacementChange {
            placement: placement.clone(),
            replaces: Some(earlier.version()),
            event: self.event(placement),
            count: Some(StudentCount {
                outcome: placement.clone(),
                caps: CAPS,
            }),
        };
        let mut work = self.begin().await;
        let trail = self.trail("placement.change");
        work.placement()
            .save_placement(&change, &trail)
            .await
            .expect("the placement is stored");
        work.commit().await.expect("it is durable");
    }

    /// What is told of a placement that is stored as it is.
    pub fn event(&self, placement: &Placement) -> PlacementEvent {
        PlacementEvent {
            id: self.id(),
            tenant_id: placement.tenant_id(),
            placement_id: placement.id(),
            student_id: placement.student_id(),
            kind: PlacementEventKind::Proposed {
                period: placement.period(),
            },
            from: None,
            to: placement.state().name(),
            by: None,
            at: placement.created_at(),
            reason: None,
            version: placement.version(),
        }
    }

    async fn begin(&self) -> Box<dyn UnitOfWork> {
        self.database
            .begin(OPERATOR)
            .await
            .expect("a unit of work begins")
    }
}
