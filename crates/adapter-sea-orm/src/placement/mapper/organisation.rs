//! Between rows and organisations.

use ipt_domain::{
    Instant,
    id::{OrganisationId, TenantId, UserId},
    placement::organisation::{
        Organisation, OrganisationParts, OrganisationRelation, OrganisationRelationParts,
    },
};
use ipt_ports::RepositoryError;

use crate::{
    cells::Cells,
    fold::folded,
    number,
    placement::{organisation_row, relation_row},
};

/// An organisation from its row.
pub(crate) fn organisation(row: organisation_row::Model) -> Result<Organisation, RepositoryError> {
    let version = Cells::of("organisation", row.id).version(row.version)?;
    Ok(Organisation::from_parts(OrganisationParts {
        id: OrganisationId::new(row.id),
        name: row.name,
        sector: row.sector,
        city: row.city,
        country: row.country,
        website: row.website,
        description: row.description,
        version,
    }))
}

/// A relation from its row.
pub(crate) fn relation(row: relation_row::Model) -> Result<OrganisationRelation, RepositoryError> {
    let cells = Cells::of("organisation_relation", row.organisation_id);
    Ok(OrganisationRelation::from_parts(OrganisationRelationParts {
        tenant_id: TenantId::new(row.tenant_id),
        organisation_id: OrganisationId::new(row.organisation_id),
        since: row.since,
        verified_at: row.verified_at,
        verified_by: row.verified_by_id.map(UserId::new),
        contacts: cells.remark("contacts", row.contacts)?,
        notes: cells.remark("notes", row.notes)?,
        version: cells.version(row.version)?,
    })?)
}

/// The row of an organisation, the first of its name. `at` is when it was made.
pub(crate) fn row(organisation: &Organisation, at: Instant) -> organisation_row::Model {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    organisation_row::Model {
        id: organisation.id().uuid(),
        name: organisation.name().to_owned(),
        name_folded: folded(organisation.name()),
        sector: owned(organisation.sector()),
        sector_folded: organisation.sector().map(folded),
        city: owned(organisation.city()),
        city_folded: organisation.city().map(folded),
        country: owned(organisation.country()),
        website: owned(organisation.website()),
        description: owned(organisation.description()),
        namesake: 0,
        created_at: at,
        version: number::stored_version(organisation.version()),
    }
}

/// The row of a relation.
pub(crate) fn relation_to_row(relation: &OrganisationRelation) -> relation_row::Model {
    relation_row::Model {
        tenant_id: relation.tenant_id().uuid(),
        organisation_id: relation.organisation_id().uuid(),
        since: relation.since(),
        verified_at: relation.verified().map(|verified| verified.at),
        verified_by_id: relation.verified().map(|verified| verified.by.uuid()),
        contacts: relation.contacts().map(ToString::to_string),
        notes: relation.notes().map(ToString::to_string),
        version: number::stored_version(relation.version()),
    }
}
