//! An organisation, as it goes over the wire.

use ipt_domain::{placement::organisation::OrganisationRelation, text::Remark};
use ipt_ports::placement::OrganisationView;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::wire::Timestamp;

/// A company or public body that hosts students.
#[derive(Serialize, ToSchema)]
#[schema(as = Organisation)]
pub(super) struct OrganisationDto {
    id: Uuid,
    name: String,
    sector: Option<String>,
    city: Option<String>,
    country: Option<String>,
    website: Option<String>,
    description: Option<String>,
    /// Whether one's own institution has verified it.
    verified: bool,
    /// When it did.
    verified_at: Option<Timestamp>,
    /// Who did.
    verified_by: Option<Uuid>,
    /// Since when one's own institution deals with it.
    related_since: Option<Timestamp>,
    /// Whom the institution turns to there; for its own people.
    contacts: Option<String>,
    /// What the institution notes about it; for its own people.
    notes: Option<String>,
    version: u32,
}

impl From<OrganisationView> for OrganisationDto {
    fn from(view: OrganisationView) -> Self {
        let OrganisationView {
            organisation,
            relation,
        } = view;
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let relation = relation.as_ref();
        let verified = relation.and_then(OrganisationRelation::verified);
        Self {
            id: organisation.id().uuid(),
            name: organisation.name().to_owned(),
            sector: owned(organisation.sector()),
            city: owned(organisation.city()),
            country: owned(organisation.country()),
            website: owned(organisation.website()),
            description: owned(organisation.description()),
            verified: verified.is_some(),
            verified_at: verified.map(|verified| Timestamp(verified.at)),
            verified_by: verified.map(|verified| verified.by.uuid()),
            related_since: relation.map(|relation| Timestamp(relation.since())),
            contacts: relation.and_then(|relation| owned(relation.contacts().map(Remark::as_str))),
            notes: relation.and_then(|relation| owned(relation.notes().map(Remark::as_str))),
            version: organisation.version().number(),
        }
    }
}
