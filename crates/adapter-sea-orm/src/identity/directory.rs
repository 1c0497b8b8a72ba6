//! Which people a list shows: the conditions shared by pages, counts and single looks.

use ipt_domain::{id::TenantId, identity::role::Role};
use ipt_ports::{Scope, identity::UserFilter};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _,
    Select,
    sea_query::{Expr, ExprTrait as _},
};

use super::{account_row, membership_row, role_row};
use crate::{fold, scope::within};

/// The accounts that match, as far as they are in scope.
pub(super) fn matching(scope: &Scope, filter: &UserFilter) -> Select<account_row::Entity> {
    let mut people = account_row::Entity::find();
    let asks_for_membership = filter.tenant.is_some()
        || filter.role.is_some()
        || filter.status.is_some()
        || filter.organisation_id.is_some();
    if asks_for_membership || is_limited(scope) {
        people = people.filter(has_membership(scope, membership_condition(filter)));
    }
    if let Some(text) = &filter.text {
        people = people.filter(
            Condition::any()
                .add(fold::contains(
                    (account_row::Entity, account_row::Column::NameFolded),
                    text,
                ))
                .add(fold::contains(
                    (account_row::Entity, account_row::Column::EmailFolded),
                    text,
                )),
        );
    }
    people
}

/// Only people with a membership in scope. A system scope sees everybody.
pub(super) fn visible(scope: &Scope) -> Condition {
    let condition = Condition::all();
    if is_limited(scope) {
        condition.add(has_membership(scope, Condition::all()))
    } else {
        condition
    }
}

/// The active members of an institution with a role whose account is not disabled.
pub(super) fn active_with_role(scope: &Scope, tenant: TenantId, role: Role) -> Select<account_row::Entity> {
    let condition = Condition::all()
        .add(membership_row::Column::TenantId.eq(tenant.uuid()))
        .add(membership_row::Column::Status.eq("active"))
        .add(holds(role.as_str(), Some(tenant)));
    account_row::Entity::find()
        .filter(account_row::Column::DisabledAt.is_null())
        .filter(has_membership(scope, condition))
}

const fn is_limited(scope: &Scope) -> bool {
    match scope {
        Scope::Tenants(_) => true,
        Scope::System(_) => false,
    }
}

/// All that is asked of one and the same membership.
fn membership_condition(filter: &UserFilter) -> Condition {
    Condition::all()
        .add_option(
            filter
                .tenant
                .map(|tenant| membership_row::Column::TenantId.eq(tenant.uuid())),
        )
        .add_option(
            filter
                .status
                .map(|status| membership_row::Column::Status.eq(status.as_str())),
        )
        .add_option(
            filter
                .organisation_id
                .map(|organisation| membership_row::Column::OrganisationId.eq(organisation.uuid())),
        )
        .add_option(
            filter
                .role
                .as_ref()
                .map(|role| holds(role.as_str(), filter.tenant)),
        )
}

/// Whether the account has a membership in scope for which `condition` holds.
fn has_membership(scope: &Scope, condition: Condition) -> Expr {
    let of_account = Expr::col((membership_row::Entity, membership_row::Column::UserId))
        .equals((account_row::Entity, account_row::Column::Id));
    let memberships = membership_row::Entity::find()
        .select_only()
        .column(membership_row::Column::Id)
        .filter(of_account)
        .filter(within(scope, membership_row::Column::TenantId))
        .filter(condition);
    Expr::exists(memberships.into_query())
}

/// Whether the membership has a role. Where the institution is known, the roles are told by it too, which an index over
/// both answers.
fn holds(role: &str, tenant: Option<TenantId>) -> Expr {
    let of_membership = Expr::col((role_row::Entity, role_row::Column::MembershipId))
        .equals((membership_row::Entity, membership_row::Column::Id));
    let roles = role_row::Entity::find()
        .select_only()
        .column(role_row::Column::Role)
        .filter(of_membership)
        .filter(role_row::Column::Role.eq(role))
        .filter(
            Condition::all().add_option(tenant.map(|tenant| role_row::Column::TenantId.eq(tenant.uuid()))),
        );
    Expr::exists(roles.into_query())
}
