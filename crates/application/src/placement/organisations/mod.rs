//! Organisations: companies and public bodies that host students. Each exists once for the whole deployment; what an
//! institution has to do with it is that institution's own.

mod access;
pub mod create;
pub mod directory;
pub mod get;
pub mod list;
pub mod take_up;
pub mod update;
pub mod verify;

pub(super) use access::{Standing, find};

use ipt_domain::{
    placement::organisation::{Organisation, OrganisationRelation},
    text::Remark,
};
use ipt_ports::placement::{Namesakes, PlacementReader};
use serde_json::{Value, json};

use crate::placement::PlacementError;

/// An organisation, as it stands in the trail.
fn values(organisation: &Organisation) -> Value {
    json!({
        "name": organisation.name(),
        "sector": organisation.sector(),
        "city": organisation.city(),
        "country": organisation.country(),
        "website": organisation.website(),
        "description": organisation.description(),
    })
}

/// One organisation stands in the directory once: whether this one may have the name of another in its city, which
/// somebody must have said that it is not.
///
/// # Errors
/// [`PlacementError::OrganisationExists`].
async fn check_namesakes(
    placement: &mut dyn PlacementReader,
    organisation: &Organisation,
    confirm_distinct: bool,
) -> Result<Namesakes, PlacementError> {
    if confirm_distinct {
        return Ok(Namesakes::Allowed);
    }
    match placement.organisation_of_same_name(organisation).await? {
        Some(known) => Err(PlacementError::OrganisationExists(known)),
        None => Ok(Namesakes::Refused),
    }
}

/// An institution's relation to an organisation, as it stands in the trail.
fn relation_values(relation: &OrganisationRelation) -> Value {
    json!({
        "verified": relation.verified(),
        "contacts": relation.contacts().map(Remark::as_str),
        "notes": relation.notes().map(Remark::as_str),
    })
}
