//! A placement, as it goes over the wire.

use ipt_application::placement::placements::ShownPlacement;
use ipt_domain::{
    id::{PlacementId, SiteId, UserId},
    placement::placement::Placement,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::wire::{Date, ModeName, Named, PlacementActionName, PlacementStateName, Timestamp};

/// A person with a part on a placement.
#[derive(Serialize, ToSchema)]
struct PlacementPerson {
    id: Uuid,
    full_name: String,
}

/// A thing that has a name.
#[derive(Serialize, ToSchema)]
struct NamedThing {
    id: Uuid,
    name: String,
}

/// One student at one organisation for one period.
#[derive(Serialize, ToSchema)]
#[schema(as = Placement)]
pub(super) struct PlacementDto {
    id: Uuid,
    /// The institution.
    tenant_id: Uuid,
    student_id: Uuid,
    student: PlacementPerson,
    organisation_id: Uuid,
    organisation: NamedThing,
    site_id: Option<Uuid>,
    programme_id: Uuid,
    programme: NamedThing,
    /// The version of the programme's policy by which it is run.
    policy_version: u32,
    mode: ModeName,
    /// The earlier placement that it continues.
    continues: Option<Uuid>,
    industrial_supervisor_id: Option<Uuid>,
    industrial_supervisor: Option<PlacementPerson>,
    university_supervisor_id: Option<Uuid>,
    university_supervisor: Option<PlacementPerson>,
    start_date: Date,
    end_date: Date,
    /// Where it really ends: of a terminated or completed one the day on which that took effect, if earlier.
    effective_end: Date,
    state: PlacementStateName,
    /// Why it came to this state, where that is kept.
    reason: Option<String>,
    /// The day on which it became active.
    active_since: Option<Date>,
    /// Family or ownership between the student and the host, as declared.
    relationship_declared: Option<String>,
    /// What one may do with it now.
    allowed_actions: Vec<PlacementActionName>,
    version: u32,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl From<ShownPlacement> for PlacementDto {
    fn from(shown: ShownPlacement) -> Self {
        let ShownPlacement { view, allowed } = shown;
        let placement: &Placement = &view.placement;
        let person = |id: Option<UserId>, name: Option<String>| {
            id.map(|id| PlacementPerson {
                id: id.uuid(),
                full_name: name.unwrap_or_default(),
            })
        };
        let (industrial, university) = (
            placement.industrial_supervisor(),
            placement.university_supervisor(),
        );
        Self {
            id: placement.id().uuid(),
            tenant_id: placement.tenant_id().uuid(),
            student_id: placement.student_id().uuid(),
            student: PlacementPerson {
                id: placement.student_id().uuid(),
                full_name: view.student_name,
            },
            organisation_id: placement.organisation_id().uuid(),
            organisation: NamedThing {
                id: placement.organisation_id().uuid(),
                name: view.organisation_name,
            },
            site_id: placement.site_id().map(SiteId::uuid),
            programme_id: placement.programme_id().uuid(),
            programme: NamedThing {
                id: placement.programme_id().uuid(),
                name: view.programme_name,
            },
            policy_version: placement.policy_version().number(),
            mode: Named(placement.mode()),
            continues: placement.continues().map(PlacementId::uuid),
            industrial_supervisor_id: industrial.map(UserId::uuid),
            industrial_supervisor: person(industrial, view.industrial_supervisor_name),
            university_supervisor_id: university.map(UserId::uuid),
            university_supervisor: person(university, view.university_supervisor_name),
            start_date: Date(placement.period().start()),
            end_date: Date(placement.period().end()),
            effective_end: Date(placement.effective_end()),
            state: Named(placement.state().name()),
            reason: placement
                .state()
                .reason()
                .map(|reason| reason.as_str().to_owned()),
            active_since: placement.active_since().map(Date),
            relationship_declared: placement
                .relationship_declared()
                .map(|declared| declared.as_str().to_owned()),
            allowed_actions: allowed.into_iter().map(Named).collect(),
            version: placement.version().number(),
            created_at: Timestamp(placement.created_at()),
            updated_at: Timestamp(placement.updated_at()),
        }
    }
}
