//! The universities, their companies and their people come into being.

use anyhow::Context as _;
use chrono::{Datelike as _, NaiveDate};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use ipt_application::{
    Caller, Origin, Services,
    identity::{
        authenticate,
        bootstrap_admin::{self, TenantCommand},
        sign_in, users,
    },
    placement::{
        organisations, programmes,
        sites::{self, AreaInput, Coordinates, SiteInput},
    },
    tenancy,
};
use ipt_domain::{
    id::{OrganisationId, ProgrammeId, SiteId},
    identity::role::Role,
    placement::{
        organisation::OrganisationDraft,
        policy::{PolicyDraft, ReviewCadence},
        programme::ProgrammeDraft,
    },
    tenancy::calendar::WorkingCalendar,
};
use secrecy::{ExposeSecret as _, SecretString};

use super::{
    cast::{Area, Company, PASSWORD, Person, SUPERADMIN, Site, University},
    days::Term,
    plan::geography,
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
    now: ipt_domain::Instant,
) -> anyhow::Result<Campus> {
    let tenant = TenantCommand {
        code: university.code.to_owned(),
        name: Some(university.name.to_owned()),
        timezone: Some(university.zone.to_owned()),
    };
    bootstrap(services, university.admin, Role::TenantAdmin, Some(tenant)).await?;
    let admin = sign_in(services, university.admin).await?;
    let calendar = keep_holidays(services, &admin, university, now).await?;
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
    let training = programmes::create::execute(services, first, training(university, &term))
        .await?
        .id();
    let workshop = programmes::create::execute(services, first, workshop(&term))
        .await?
        .id();
    let mut hosts = Vec::with_capacity(university.companies.len());
    for company in &university.companies {
        hosts.push(
            found_company(services, first, company)
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

/// A company with its workplaces and people. Where it has an administrator of its own, that one adds the first workplace,
/// which is shared then; the rest are the university's own.
async fn found_company(services: &Services, by: &Caller, company: &'static Company) -> anyhow::Result<Host> {
    let some = |text: &str| Some(text.to_owned());
    let draft = OrganisationDraft {
        name: company.name.to_owned(),
        sector: some(company.sector),
        city: some(company.city),
        country: some(company.country),
        website: some(company.website),
        description: some(company.description),
    };
    let organisation = organisations::create::execute(services, by, &draft)
        .await?
        .organisation
        .id();
    organisations::verify::execute(services, by, organisation).await?;
    let there = |role: Role, people: &[Person]| {
        people
            .iter()
            .map(|one| (*one, role, Some(organisation)))
            .collect::<Vec<_>>()
    };
    let admins: Vec<Person> = company.admin.into_iter().collect();
    let admins = engage(services, by, there(Role::OrganisationAdmin, &admins)).await?;
    let supervisors = engage(
        services,
        by,
        there(Role::IndustrialSupervisor, &company.supervisors),
    )
    .await?;
    let mut made = Vec::with_capacity(company.sites.len());
    for (index, site) in company.sites.iter().enumerate() {
        let by = if index == 0 {
            admins.first().unwrap_or(by)
        } else {
            by
        };
        made.push(
            sites::create::execute(services, by, organisation, &site_input(site))
                .await?
                .id(),
        );
    }
    Ok(Host {
        company,
        organisation,
        sites: made,
        supervisors,
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
            email: person.email(),
            full_name: person.name.to_owned(),
            roles: vec![role],
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

/// The holidays of last year, this one and the next.
async fn keep_holidays(
    services: &Services,
    admin: &Caller,
    university: &University,
    now: ipt_domain::Instant,
) -> anyhow::Result<WorkingCalendar> {
    let year = now.year();
    let of_years = (year - 1..=year + 1).flat_map(|year| {
        university
            .holidays
            .iter()
            .filter_map(move |(month, day)| NaiveDate::from_ymd_opt(year, *month, *day))
    });
    let command = tenancy::replace_calendar::Command {
        seen: None,
        weekend_days: vec![chrono::Weekday::Sat, chrono::Weekday::Sun],
        holidays: of_years.collect(),
    };
    Ok(tenancy::replace_calendar::execute(services, admin, &command)
        .await?
        .calendar()
        .clone())
}

/// The industrial training: eight weeks at least, forty days of eight hours.
fn training(university: &University, term: &Term) -> ProgrammeDraft {
    let (name, code) = university.training;
    let cadence = if university.weekly {
        ReviewCadence::Weekly
    } else {
        ReviewCadence::Daily
    };
    ProgrammeDraft {
        name: name.to_owned(),
        code: code.to_owned(),
        credit_units: 8.0,
        required_hours: 320.0,
        required_days: 40,
        window: window(term),
        policy: PolicyDraft {
            review_cadence: Some(cadence),
            ..PolicyDraft::default()
        },
    }
}

/// The workshop practice: three weeks at least, five days of eight hours.
fn workshop(term: &Term) -> ProgrammeDraft {
    ProgrammeDraft {
        name: "Workshop practice, first year".to_owned(),
        code: "WSP-1".to_owned(),
        credit_units: 2.0,
        required_hours: 40.0,
        required_days: 5,
        window: window(term),
        policy: PolicyDraft {
            min_days: Some(21),
            max_days: Some(60),
            ..PolicyDraft::default()
        },
    }
}

/// From two weeks before the term until nearly a year later, so that a demonstration that stays up does not run out.
fn window(term: &Term) -> (NaiveDate, NaiveDate) {
    let begin = term.monday(super::plan::WEEKS + 2);
    (begin, begin + chrono::Days::new(364))
}

fn site_input(site: &Site) -> SiteInput {
    let coordinates = |(lat, lng): (f64, f64)| Coordinates { lat, lng };
    let area = match site.area {
        Area::Radius(metres) => AreaInput::Radius(metres),
        Area::Square(metres) => {
            let metres = f64::from(metres);
            let corners = [
                (-metres, -metres),
                (-metres, metres),
                (metres, metres),
                (metres, -metres),
            ];
            let corner = |(north, east)| coordinates(geography::moved(site.position, north, east));
            AreaInput::Polygon(corners.map(corner).to_vec())
        }
    };
    SiteInput {
        name: Some(site.name.to_owned()),
        address: Some(Some(site.address.to_owned())),
        position: Some(Some(coordinates(site.position))),
        geofence: Some(Some(area)),
        ..SiteInput::default()
    }
}
