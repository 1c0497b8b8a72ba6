//! `GET /users`

use actix_web::get;
use ipt_application::identity::users::list as use_case;
use ipt_domain::{
    id::OrganisationId,
    identity::{membership::MembershipStatus, tenant_role::RoleName},
};
use ipt_ports::{
    identity::UserSort,
    page::{Direction, PageRequest, Sort},
};
use utoipa::IntoParams;

use crate::{
    answer::{Answer, ListBody, Listing, PageParams, Sortable},
    extract::{ActorArg, FromQuery, QueryReader},
    identity::dto::UserDto,
    state::State,
    wire::{AnyRoleName, MembershipStatusName},
};

/// Which people are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::identity) struct UserFilter {
    /// With this role, of the product or of the institution.
    #[param(value_type = Option<AnyRoleName>)]
    role: Option<RoleName>,
    /// With a membership in this status.
    #[param(value_type = Option<MembershipStatusName>)]
    status: Option<MembershipStatus>,
    /// Of this organisation.
    #[param(value_type = Option<uuid::Uuid>)]
    organisation_id: Option<OrganisationId>,
    /// Whose name or address contains this.
    q: Option<String>,
}

impl FromQuery for UserFilter {
    fn read(query: &mut QueryReader) -> Self {
        Self {
            role: query.parsed("role", RoleName::parse),
            status: query.named("status"),
            organisation_id: query.id("organisation_id"),
            q: query.text("q"),
        }
    }
}

impl UserFilter {
    /// The command for a page of these people.
    pub(in crate::identity) fn command(
        &self,
        page: &PageRequest<UserSort>,
        count: bool,
    ) -> use_case::Command {
        let Self {
            role,
            status,
            organisation_id,
            q,
        } = self;
        use_case::Command {
            role: role.clone(),
            status: *status,
            organisation_id: *organisation_id,
            text: q.clone(),
            page: page.clone(),
            count,
        }
    }
}

impl Sortable for UserSort {
    const FIELDS: &'static [(&'static str, Self)] =
        &[("full_name", Self::FullName), ("created_at", Self::CreatedAt)];
    const DEFAULT: Sort<Self> = Sort {
        field: Self::FullName,
        direction: Direction::Ascending,
    };
}

/// The people of the institution
#[utoipa::path(
    tag = "users",
    operation_id = "list_users",
    params(UserFilter, PageParams<UserSort>),
    responses((status = 200, description = "A page of people", body = ListBody<UserDto>)),
)]
#[get("/users")]
#[tracing::instrument(name = "http.identity.list_users", skip_all)]
pub(super) async fn list_users(
    actor: ActorArg,
    state: State,
    listing: Listing<UserFilter, UserSort>,
) -> Answer {
    let command = listing.filter.command(&listing.page, listing.count);
    let (page, total) = use_case::execute(state.services(), &actor, command).await?;
    listing.answer(page, total, UserDto::from)
}
