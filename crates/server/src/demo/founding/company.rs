//! A company comes into being.

use ipt_application::{
    Caller, Services,
    placement::{
        organisations,
        sites::{self, AreaInput, Coordinates, SiteInput},
    },
};
use ipt_domain::{identity::role::Role, placement::organisation::OrganisationDraft};

use super::{Host, engage};
use crate::demo::{
    cast::{Area, Company, Person, Site},
    plan::geography,
};

/// A company with its workplaces and people. Where it has an administrator of its own, that one adds the first workplace,
/// which is shared then; the rest are the university's own.
pub(super) async fn found(
    services: &Services,
    by: &Caller,
    company: &'static Company,
) -> anyhow::Result<Host> {
    let some = |text: &str| Some(text.to_owned());
    let draft = OrganisationDraft {
        name: company.name.to_owned(),
        sector: some(company.sector),
        city: some(company.city),
        country: some(company.country),
        website: some(company.website),
        description: some(company.description),
    };
    let command = organisations::create::Command {
        draft,
        confirm_distinct: false,
    };
    let organisation = organisations::create::execute(services, by, &command)
        .await?
        .organisation
        .id();
    organisations::verify::execute(services, by, organisation, None).await?;
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
