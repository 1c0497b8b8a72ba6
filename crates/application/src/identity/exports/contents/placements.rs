//! Placements: the person's own, and those in which the person has a part.

use ipt_domain::{
    id::{TenantId, UserId},
    placement::placement::Placement,
};
use ipt_ports::{
    logbook::Onlooker,
    page::{Direction, PageRequest, Sort},
    placement::{PlacementFilter, PlacementSort, PlacementView},
};
use serde_json::{Value, json};

use super::{super::build::BuildError, Contents, array::AT_ONCE};

/// Writes them; their institutions.
pub(super) async fn write(contents: &mut Contents<'_>) -> Result<Vec<TenantId>, BuildError> {
    let user = contents.user();
    let filter = PlacementFilter {
        onlooker: Onlooker {
            user_id: user,
            coordinates: Vec::new(),
            now: contents.services.clock.now(),
        },
        states: Vec::new(),
        student_id: None,
        organisation_id: None,
        programme_id: None,
        supervisor_id: None,
    };
    let mut page = PageRequest {
        limit: AT_ONCE,
        after: None,
        sort: vec![Sort {
            field: PlacementSort::CreatedAt,
            direction: Direction::Ascending,
        }],
    };
    let mut tenants = Vec::new();
    let mut array = contents.begin_array("placements.json").await?;
    loop {
        let mut reader = contents.reader().await?;
        let found = reader.placement().placement_page(&filter, &page).await?;
        drop(reader);
        for view in &found.items {
            tenants.push(view.placement.tenant_id());
            contents.add(&mut array, &of_placement(view, user)).await?;
        }
        page.after = found.next;
        if page.after.is_none() {
            break;
        }
    }
    contents.end_array(array).await?;
    tenants.sort_unstable();
    tenants.dedup();
    Ok(tenants)
}

/// The own placement with its people; of another's only the part that the person has in it.
fn of_placement(view: &PlacementView, user: UserId) -> Value {
    let placement = &view.placement;
    let mut value = json!({
        "id": placement.id(),
        "tenant_id": placement.tenant_id(),
        "part": part(placement, user),
        "organisation_name": view.organisation_name,
        "programme_name": view.programme_name,
        "mode": placement.mode().as_str(),
        "state": placement.state().name().as_str(),
        "start_date": placement.period().start().to_string(),
        "end_date": placement.period().end().to_string(),
        "created_at": placement.created_at(),
        "updated_at": placement.updated_at(),
    });
    if placement.student_id() == user {
        value["industrial_supervisor_name"] = view.industrial_supervisor_name.clone().into();
        value["university_supervisor_name"] = view.university_supervisor_name.clone().into();
        let declared = placement.relationship_declared();
        value["relationship_declared"] = declared.map(|remark| remark.as_str().to_owned()).into();
    }
    value
}

fn part(placement: &Placement, user: UserId) -> &'static str {
    if placement.student_id() == user {
        "student"
    } else if placement.industrial_supervisor() == Some(user) {
        "industrial_supervisor"
    } else if placement.university_supervisor() == Some(user) {
        "university_supervisor"
    } else {
        "delegate"
    }
}
