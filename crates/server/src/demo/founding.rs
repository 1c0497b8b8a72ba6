//! The universities, their companies and their people come into being.

mod company;
mod rules;

use anyhow::Context as _;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use ipt_application::{
    Caller, Origin, Services,
    identity::{
        authenticate,
        bootstrap_admin::{self, TenantCommand},
        sign_in, users,
    },
    placement::programmes,
};
use ipt_domain::{
    Instant,
    id::{OrganisationId, ProgrammeId, SiteId},
    identity::role::Role,
};
use secrecy::{ExposeSecret as _, SecretString};

use super::{
    cast::{Company, PASSWORD, Person, SUPERADMIN, University},
    days::Term,
};

/// How many people come at once: their passwords are hashed side by side.
const AT_ONCE: usize = 4;

/// A university as it was made, with everybody signed in.
#[derive(Debug)]
pub(super) struct Campus {
    pub(super) term: Term,
    pub(super) coordinators: Vec<Caller>,
    pub(super) supervisors: Vec<Caller>,
    pub(super) students: Vec<Caller>,
    /// The industrial training.
    pub(super) training: ProgrammeId,
    /// The workshop practice before it, which takes a week.
    pub(super) workshop: ProgrammeId,
    pub(super) hosts: Vec<Host>,
}

/// A company as it was made.
#[derive(Debug)]
pub(super) struct Host {
    pub(super) company: &'static Company,
    pub(super) organisation: OrganisationId,
    pub(super) sites: Vec<SiteId>,
    pub(super) supervisors: Vec<Caller>,
}

impl Campus {
    /// Everybody who reads notifications.
    pub(super) fn everybody(&self) -> impl Iterator<Item = &Caller> {
        let industry = self.hosts.iter().flat_map(|host| &host.supervisors);
        self.coordinators
            .iter()
            .chain(&self.supervisors)
            .chain(&self.students)
            .chain(industry)
    }
}

/// Makes whoever keeps the deployment.
pub(super) async fn found_deployment(services: &Services) -> anyhow::Result<()> {
    bootstrap(services, SUPERADMIN, Role::Superadmin, None).await
}

/// Makes a university with its programmes, its people and its companies; `now` is the visitor's.
pub(super) async fn found(
    services: &Services,
    university: &'static University,
    now: Instant,
) -> anyhow::Result<Campus> {
    let tenant = TenantCommand {
        code: university.code.to_owned(),
        name: Some(university.name.to_owned()),
        timezone: Some(university.zone.to_owned()),
    };
    bootstrap(services, university.admin, Role::TenantAdmin, Some(tenant)).await?;
    let admin = sign_in(services, university.admin).await?;
    let calendar = rules::keep_holidays(services, &admin, university, now).await?;
    let term = Term::of(calendar, now);
    let of_role =
        |role: Role, people: &[Person]| people.iter().map(|one| (*one, role, None)).collect::<Vec<_>>();
    let coordinators = engage(
        services,
        &admin,
        of_role(Role::Coordinator, &university.coordinators),
    )
    .await?;
    let [first, ..] = coordinators.as_slice() else {
        anyhow::bail!("a university without a coordinator")
    };
    let supervisors = engage(
        services,
        first,
        of_role(Role::UniversitySupervisor, &university.supervisors),
    )
    .await?;
    let students = engage(services, first, of_role(Role::Student, &university.students)).await?;
    let training = programmes::create::execute(services, first, rules::training(university, &term))
        .await?
        .id();
    let workshop = programmes::create::execute(services, first, rules::workshop(&term))
        .await?
        .id();
    let mut hosts = Vec::with_capacity(university.companies.len());
    for company in &university.companies {
        hosts.push(
            company::found(services, first, company)
                .await
                .context(company.name)?,
        );
    }
    Ok(Campus {
        term,
        coordinators,
        supervisors,
        students,
        training,
        workshop,
        hosts,
    })
}

/// An administrator, from the command line as it were.
async fn bootstrap(
    services: &Services,
    person: Person,
    role: Role,
    tenant: Option<TenantCommand>,
) -> anyhow::Result<()> {
    let command = bootstrap_admin::Command {
        email: person.email(),
        full_name: person.name.to_owned(),
        role,
        tenant,
        password: SecretString::from(PASSWORD),
    };
    bootstrap_admin::execute(services, &command)
        .await
        .with_context(|| person.email())?;
    Ok(())
}

/// Adds people, and lets each of them sign in.
async fn engage(
    services: &Services,
    by: &Caller,
    people: Vec<(Person, Role, Option<OrganisationId>)>,
) -> anyhow::Result<Vec<Caller>> {
    let one = |(person, role, organisation_id): (Person, Role, Option<OrganisationId>)| async move {
        let command = users::create::Command {
            profile: ipt_application::identity::profiles::ProfileChange::default(),
            email: person.email(),
            full_name: person.name.to_owned(),
            roles: vec![role.into()],
            password: Some(SecretString::from(PASSWORD)),
            organisation_id,
        };
        users::create::execute(services, by, &command)
            .await
            .with_context(|| person.email())?;
        sign_in(services, person).await
    };
    stream::iter(people)
        .map(one)
        .buffered(AT_ONCE)
        .try_collect()
        .await
}

/// Signs in.
async fn sign_in(services: &Services, person: Person) -> anyhow::Result<Caller> {
    let origin = Origin {
        device: Some("Demonstration".to_owned()),
        ..Origin::default()
    };
    let command = sign_in::Command {
        email: person.email(),
        password: SecretString::from(PASSWORD),
        tenant: None,
    };
    let session = sign_in::execute(services, &origin, command)
        .await
        .with_context(|| person.email())?;
    Ok(authenticate::execute(services, session.access_token.expose_secret(), origin).await?)
}
