//! Between rows and sites.

use ipt_domain::{
    Instant,
    id::{OrganisationId, SiteId, TenantId},
    placement::{
        position::Position,
        site::{Site, SiteCalendar, SiteParts},
    },
    tenancy::calendar::WeekendDays,
};
use ipt_ports::RepositoryError;

use crate::{
    cells::{Cells, to_json},
    fold::folded,
    number,
    placement::site_row,
};

/// A site from its row.
pub(crate) fn site(row: site_row::Model) -> Result<Site, RepositoryError> {
    let cells = Cells::of("site", row.id);
    let zone = row
        .time_zone
        .map(|zone| {
            zone.parse()
                .map_err(|_| cells.damaged("time_zone", "there is no such zone"))
        })
        .transpose()?;
    let position = match (row.latitude, row.longitude) {
        (None, None) => None,
        (Some(latitude), Some(longitude)) => Some(
            Position::new(latitude, longitude)
                .map_err(|_| cells.damaged("latitude", "it lies nowhere on the earth"))?,
        ),
        (Some(_), None) | (None, Some(_)) => {
            return Err(cells.damaged("longitude", "a position has two coordinates"));
        }
    };
    Ok(Site::from_parts(SiteParts {
        id: SiteId::new(row.id),
        organisation_id: OrganisationId::new(row.organisation_id),
        owner: row.tenant_id.map(TenantId::new),
        zone,
        position,
        geofence: row
            .geofence
            .map(|geofence| cells.json("geofence", geofence))
            .transpose()?,
        calendar: SiteCalendar {
            weekend: row.weekend_days.map(|bits| weekend(&cells, bits)).transpose()?,
            holidays: row
                .holidays
                .map(|holidays| cells.json("holidays", holidays))
                .transpose()?,
        },
        version: cells.version(row.version)?,
        name: row.name,
        address: row.address,
    }))
}

fn weekend(cells: &Cells, bits: i32) -> Result<WeekendDays, RepositoryError> {
    u8::try_from(bits)
        .ok()
        .and_then(|bits| WeekendDays::from_bits(bits).ok())
        .ok_or_else(|| cells.damaged("weekend_days", "these are no days of a week, or all of them"))
}

/// The row of a site. `at` is when it was made.
pub(crate) fn row(site: &Site, at: Instant) -> Result<site_row::Model, RepositoryError> {
    let calendar = site.calendar();
    Ok(site_row::Model {
        id: site.id().uuid(),
        organisation_id: site.organisation_id().uuid(),
        tenant_id: site.owner().map(TenantId::uuid),
        name: site.name().to_owned(),
        name_folded: folded(site.name()),
        address: site.address().map(str::to_owned),
        time_zone: site.zone().map(|zone| zone.name().to_owned()),
        latitude: site.position().map(|position| position.lat()),
        longitude: site.position().map(|position| position.lng()),
        geofence: site.geofence().map(to_json).transpose()?,
        weekend_days: calendar.weekend.map(|weekend| i32::from(weekend.bits())),
        holidays: calendar.holidays.as_ref().map(to_json).transpose()?,
        created_at: at,
        version: number::stored_version(site.version()),
    })
}
