//! `GET /roles`

use actix_web::get;
use ipt_application::identity::roles::list as use_case;
use ipt_ports::{
    identity::RoleSort,
    page::{Direction, Sort},
};
use utoipa::IntoParams;

use super::dto::RoleDto;
use crate::{
    answer::{Answer, ListBody, Listing, PageParams, Sortable},
    extract::{ActorArg, FromQuery, QueryReader},
    state::State,
};

/// Which roles are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct RoleFilter {
    /// Whose name or key contains this.
    q: Option<String>,
}

impl FromQuery for RoleFilter {
    fn read(query: &mut QueryReader) -> Self {
        Self { q: query.text("q") }
    }
}

impl Sortable for RoleSort {
    const FIELDS: &'static [(&'static str, Self)] = &[("name", Self::Name), ("key", Self::Key)];
    const DEFAULT: Sort<Self> = Sort {
        field: Self::Name,
        direction: Direction::Ascending,
    };
}

/// The roles that the institution defines
///
/// Besides those of the product, which every institution has.
#[utoipa::path(
    tag = "roles",
    operation_id = "list_roles",
    params(RoleFilter, PageParams<RoleSort>),
    responses((status = 200, description = "A page of roles", body = ListBody<RoleDto>)),
)]
#[get("/roles")]
#[tracing::instrument(name = "http.identity.list_roles", skip_all)]
pub(super) async fn list_roles(
    actor: ActorArg,
    state: State,
    listing: Listing<RoleFilter, RoleSort>,
) -> Answer {
    let command = use_case::Command {
        text: listing.filter.q.clone(),
        page: listing.page.clone(),
        count: listing.count,
    };
    let (page, total) = use_case::execute(state.services(), &actor, &command).await?;
    listing.answer(page, total, |role| RoleDto::from(&role))
}
