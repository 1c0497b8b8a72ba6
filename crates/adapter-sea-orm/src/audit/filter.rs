//! Which records a list shows: shared by pages and counts.

use ipt_ports::{Scope, audit::AuditFilter};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, Select};

use super::record_row::{Column, Entity};
use crate::scope::within;

/// The records that match, as far as they are in scope.
pub(super) fn matching(scope: &Scope, filter: &AuditFilter) -> Select<Entity> {
    let of_chain = match filter.tenant {
        Some(tenant) => Column::TenantId.eq(tenant.uuid()),
        None => Column::TenantId.is_null(),
    };
    let condition = Condition::all()
        .add(within(scope, Column::TenantId))
        .add(of_chain)
        .add_option(filter.actor.map(|actor| Column::ActorId.eq(actor.uuid())))
        .add_option(filter.action.as_deref().map(action))
        .add_option(filter.object.map(|object| Column::ObjectId.eq(object)))
        .add_option(filter.from.map(|from| Column::At.gte(from)))
        .add_option(filter.to.map(|to| Column::At.lt(to)));
    Entity::find().filter(condition)
}

/// An action by its name; those of a context by a name that ends in a dot. The column is compared byte by byte, so that
/// everything which begins so lies between the dot and the character behind it.
fn action(name: &str) -> Condition {
    match name.strip_suffix('.') {
        None => Condition::all().add(Column::Action.eq(name)),
        Some(context) => Condition::all()
            .add(Column::Action.gte(name))
            .add(Column::Action.lt(format!("{context}/"))),
    }
}
