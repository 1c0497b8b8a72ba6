//! A small institution with everything that a log needs, put in through the ports.

use ipt_adapter_sea_orm::Dialect;
use ipt_domain::{
    Instant,
    actor::Actor,
    id::{OrganisationId, PlacementId, ProgrammeId, SiteId, TenantId, UserId},
    identity::{permission::PermissionSet, role::Role},
    logbook::{
        input::ReportInput,
        transition::{Step, StepKind},
    },
    placement::{
        event::{PlacementEvent, PlacementEventKind},
        geofence::Position,
        mode::Mode,
        organisation::{Organisation, OrganisationDraft, OrganisationRelation},
        period::Period,
        placement::{Placement, PlacementParts},
        policy::{PolicyDraft, PolicyVersion},
        programme::{Programme, ProgrammeDraft},
        site::{Site, SiteDraft},
        state::PlacementState,
    },
    version::Version,
};
use ipt_ports::{
    RepositoryError, Scope,
    placement::{Namesakes, PlacementChange, StudentCount, SupervisorCaps},
};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

use super::{
    Fixture,
    seeds::{at, july},
};

/// The caps of the usual policy.
pub(crate) const CAPS: SupervisorCaps = SupervisorCaps {
    industrial: 10,
    university: 25,
};

/// A text long enough for a log.
pub(crate) const TEXT: &str = "Calibrated the flow meters of the second pumping station.";

/// Noon in Dar es Salaam on a day of July 2026.
pub(crate) fn noon(day: u32) -> Instant {
    format!("2026-07-{day:02}T09:00:00Z")
        .parse()
        .expect("a day of July")
}

/// An institution, its people, and one active placement from 6 July to 25 September 2026.
pub(crate) struct World {
    pub(crate) tenant: TenantId,
    pub(crate) student: UserId,
    pub(crate) industrial: UserId,
    pub(crate) university: UserId,
    pub(crate) coordinator: UserId,
    pub(crate) programme: ProgrammeId,
    pub(crate) organisation: OrganisationId,
    pub(crate) site: SiteId,
    pub(crate) placement: PlacementId,
}

impl World {
    /// The scope of the institution.
    pub(crate) fn scope(&self) -> Scope {
        Scope::tenant(self.tenant)
    }

    /// Somebody with a role in the institution.
    pub(crate) fn actor(&self, user: UserId, role: Role) -> Actor {
        Actor::new(
            user,
            Some(self.tenant),
            vec![(self.tenant, role.permissions())],
            PermissionSet::EMPTY,
        )
    }

    /// The parts of a further placement of `student`: active, otherwise like the first.
    pub(crate) fn parts(&self, id: PlacementId, student: UserId) -> PlacementParts {
        PlacementParts {
            id,
            tenant_id: self.tenant,
            student_id: student,
            programme_id: self.programme,
            policy_version: PolicyVersion::FIRST,
            organisation_id: self.organisation,
            site_id: Some(self.site),
            mode: Mode::OnSite,
            continues: None,
            period: Period::new(july(6), "2026-09-25".parse().expect("a date")).expect("a period"),
            industrial_supervisor: Some(self.industrial),
            university_supervisor: Some(self.university),
            relationship_declared: None,
            state: PlacementState::Active { since: july(6) },
            version: Version::FIRST,
            created_at: at("06:00:00"),
            updated_at: at("06:00:00"),
        }
    }
}

/// What a student says of a day.
pub(crate) fn report(text: &str) -> ReportInput {
    ReportInput {
        content: Some(text.to_owned()),
        ..ReportInput::default()
    }
}

/// What is done to an entry.
pub(crate) fn step(kind: StepKind, comments: Option<&str>) -> Step {
    Step {
        kind,
        comments: comments.map(str::to_owned),
    }
}

impl Fixture {
    /// An institution with one active placement.
    pub(crate) async fn world(&self, code: &str) -> World {
        let tenant = self.institution(code).await;
        let member = async |name: &str, role| self.member(tenant, &format!("{name} {code}"), &[role]).await;
        let student = member("Asha", Role::Student).await;
        let industrial = member("Baraka", Role::IndustrialSupervisor).await;
        let university = member("Consolata", Role::UniversitySupervisor).await;
        let coordinator = member("Daudi", Role::Coordinator).await;
        let (organisation, site) = self.organisation(tenant, coordinator).await;
        let programme = self.programme(tenant, "IPT", PolicyDraft::default()).await;
        let world = World {
            tenant,
            student,
            industrial,
            university,
            coordinator,
            programme: programme.id(),
            organisation,
            site,
            placement: self.id(),
        };
        let placement = Placement::from_parts(world.parts(world.placement, student)).expect("a placement");
        self.place(&world, placement)
            .await
            .expect("the placement is stored");
        world
    }

    /// A verified organisation with a shared site on the harbour.
    async fn organisation(&self, tenant: TenantId, coordinator: UserId) -> (OrganisationId, SiteId) {
        let draft = OrganisationDraft {
            name: "Maji Works".to_owned(),
            ..OrganisationDraft::default()
        };
        let organisation = Organisation::create(self.id(), &draft).expect("an organisation");
        let draft = SiteDraft {
            name: "Harbour".to_owned(),
            position: Some(Position::new(-6.8161, 39.2894).expect("a position")),
            ..SiteDraft::default()
        };
        let site = Site::create(self.id(), organisation.id(), None, draft).expect("a site");
        let relation = OrganisationRelation::begin(tenant, organisation.id(), at("06:00:00"))
            .verify(coordinator, at("06:00:00"));
        let mut unit = self.begin(Scope::tenant(tenant)).await;
        let trail = || self.trail(Some(tenant), "placement.organisation");
        let repository = unit.placement();
        repository
            .save_organisation(&organisation, None, Namesakes::Allowed, &trail())
            .await
            .expect("the organisation is stored");
        repository
            .save_site(&site, None, &trail())
            .await
            .expect("the site is stored");
        repository
            .save_relation(&relation, None, &trail())
            .await
            .expect("the relation is stored");
        unit.commit().await.expect("it is durable");
        (organisation.id(), site.id())
    }

    /// A programme, stored.
    pub(crate) async fn programme(&self, tenant: TenantId, code: &str, policy: PolicyDraft) -> Programme {
        let draft = ProgrammeDraft {
            name: format!("Practical Training {code}"),
            code: code.to_owned(),
            credit_units: 6.5,
            required_hours: 320.0,
            required_days: 40,
            window: (july(1), "2026-10-31".parse().expect("a date")),
            policy,
        };
        let programme = Programme::create(self.id(), tenant, draft).expect("a programme");
        let mut unit = self.begin(Scope::tenant(tenant)).await;
        let trail = self.trail(Some(tenant), "placement.programme");
        unit.placement()
            .save_programme(&programme, None, &trail)
            .await
            .expect("the programme is stored");
        unit.commit().await.expect("it is durable");
        programme
    }

    /// What is stored of a placement, new or changed.
    pub(crate) fn change(&self, placement: Placement, replaces: Option<Version>) -> PlacementChange {
        let event = PlacementEvent {
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
            at: placement.updated_at(),
            reason: None,
            version: placement.version(),
        };
        let count = StudentCount {
            outcome: placement.clone(),
            caps: CAPS,
        };
        PlacementChange {
            placement,
            replaces,
            event,
            count: Some(count),
        }
    }

    /// Stores a new placement in a unit of work of its own.
    pub(crate) async fn place(&self, world: &World, placement: Placement) -> Result<(), RepositoryError> {
        let change = self.change(placement, None);
        self.store(world, &change).await
    }

    /// Stores a change of a placement in a unit of work of its own.
    pub(crate) async fn store(&self, world: &World, change: &PlacementChange) -> Result<(), RepositoryError> {
        let mut unit = self.begin(world.scope()).await;
        unit.placement()
            .save_placement(change, &self.trail(Some(world.tenant), "placement.store"))
            .await?;
        unit.commit().await
    }

    /// A further student with an active placement like the first.
    pub(crate) async fn another_student(&self, world: &World, name: &str) -> (UserId, PlacementId) {
        let student = self.member(world.tenant, name, &[Role::Student]).await;
        let placement = Placement::from_parts(world.parts(self.id(), student)).expect("a placement");
        let id = placement.id();
        self.place(world, placement)
            .await
            .expect("the placement is stored");
        (student, id)
    }

    /// How many rows a table has for which a condition holds, whoever they belong to: asked past the adapter, as the owner.
    pub(crate) async fn count(&self, table: &str, condition: &str) -> i64 {
        let sql = AssertSqlSafe(format!("SELECT count(*) FROM {table} WHERE {condition}"));
        let answer = "the rows are counted";
        match self.database.dialect() {
            Dialect::Postgres => {
                let mut connection = PgConnection::connect(&self.url).await.expect(answer);
                sqlx::query_scalar(sql)
                    .fetch_one(&mut connection)
                    .await
                    .expect(answer)
            }
            Dialect::Sqlite => {
                let mut connection = SqliteConnection::connect(&self.url).await.expect(answer);
                sqlx::query_scalar(sql)
                    .fetch_one(&mut connection)
                    .await
                    .expect(answer)
            }
        }
    }
}
