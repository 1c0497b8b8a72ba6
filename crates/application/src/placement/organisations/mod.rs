//! Organisations: companies and public bodies that host students. Each exists once for the whole deployment; what an
//! institution has to do with it is that institution's own.

mod access;
pub mod create;
pub mod get;
pub mod list;
pub mod update;
pub mod verify;

pub(super) use access::{Standing, find};

use ipt_domain::{
    placement::organisation::{Organisation, OrganisationRelation},
    text::Remark,
};
use serde_json::{Value, json};

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

/// An institution's relation to an organisation, as it stands in the trail.
fn relation_values(relation: &OrganisationRelation) -> Value {
    json!({
        "verified": relation.verified(),
        "contacts": relation.contacts().map(Remark::as_str),
        "notes": relation.notes().map(Remark::as_str),
    })
}
