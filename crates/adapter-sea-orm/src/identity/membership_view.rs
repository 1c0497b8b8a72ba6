//! Memberships with their roles and names, in one statement for any number of people.

use std::{collections::HashMap, sync::LazyLock};

use ipt_domain::{id::UserId, identity::membership::Membership};
use ipt_ports::{RepositoryError, identity::MembershipView};
use sea_orm::{ConnectionTrait as _, DbErr, JsonValue as Json, QueryResult, Value};
use uuid::Uuid;

use super::{mapper, membership_row, tenant_role_mapper};
use crate::{dialect::Sql, error::repository_error, joined, scope::push_within, unit_of_work::SeaUnitOfWork};

/// The columns of a role: one of the product, or of the institution.
pub(super) const ROLE: &str =
    "r.role AS r_role, c.id AS c_id, c.permissions AS c_permissions, c.may_grant AS c_may_grant";

/// One row for each role of each membership. By the index `membership_once`, from the people.
static SELECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, {ROLE}, t.code AS t_code, t.name AS t_name, t.time_zone AS t_zone, o.name AS o_name \
         FROM membership m LEFT JOIN membership_role r ON r.membership_id = m.id \
         LEFT JOIN tenant_role c ON c.id = r.tenant_role_id LEFT JOIN tenant t ON t.id = m.tenant_id \
         LEFT JOIN organisation o ON o.id = m.organisation_id \
         WHERE m.user_id IN (",
        joined::columns::<membership_row::Entity>("m"),
    )
});

/// The names that come with a membership.
#[derive(Default)]
struct Names {
    tenant_code: Option<String>,
    tenant_name: Option<String>,
    tenant_zone: Option<String>,
    organisation_name: Option<String>,
}

impl Names {
    fn read(row: &QueryResult) -> Result<Self, DbErr> {
        Ok(Self {
            tenant_code: row.try_get("t_", "code")?,
            tenant_name: row.try_get("t_", "name")?,
            tenant_zone: row.try_get("t_", "zone")?,
            organisation_name: row.try_get("o_", "name")?,
        })
    }
}

/// One role of a membership, as it was read: its name or key, and where the institution defines it, its id, permissions
/// and what it grants.
type Held = (String, Option<(Uuid, Json, Json)>);

/// Memberships out of rows that repeat them for each role: `m_…` and [`ROLE`]. They keep the order of the rows.
#[derive(Default)]
pub(super) struct Grouped {
    memberships: Vec<(membership_row::Model, Vec<Held>)>,
}

impl Grouped {
    /// Takes one row; whether it began another membership.
    pub(super) fn add(&mut self, row: &QueryResult) -> Result<bool, DbErr> {
        let Some(membership) = joined::optional::<membership_row::Model>(row, "m_")? else {
            return Ok(false);
        };
        let role = held(row)?;
        let known = self
            .memberships
            .last_mut()
            .filter(|(last, _)| last.id == membership.id);
        if let Some((_, roles)) = known {
            roles.extend(role);
            return Ok(false);
        }
        self.memberships.push((membership, role.into_iter().collect()));
        Ok(true)
    }

    /// What was taken.
    pub(super) fn into_memberships(self) -> Result<Vec<Membership>, RepositoryError> {
        self.memberships
            .into_iter()
            .map(|(row, held)| read(&row, held))
            .collect()
    }
}

/// The role of a row, if the membership has any.
fn held(row: &QueryResult) -> Result<Option<Held>, DbErr> {
    let Some(name) = row.try_get("r_", "role")? else {
        return Ok(None);
    };
    let Some(id) = row.try_get("c_", "id")? else {
        return Ok(Some((name, None)));
    };
    let further = (
        id,
        row.try_get("c_", "permissions")?,
        row.try_get("c_", "may_grant")?,
    );
    Ok(Some((name, Some(further))))
}

fn read(row: &membership_row::Model, held: Vec<Held>) -> Result<Membership, RepositoryError> {
    let (mut standard, mut further) = (Vec::new(), Vec::new());
    for (name, defined) in held {
        match defined {
            None => standard.push(name),
            Some((id, permissions, may_grant)) => {
                further.push(tenant_role_mapper::further(id, &name, permissions, may_grant)?);
            }
        }
    }
    mapper::membership(row, &standard, further)
}

impl SeaUnitOfWork {
    /// The memberships of these people, as far as they are in scope; of each person the oldest first.
    pub(super) async fn memberships_of(
        &self,
        users: &[UserId],
    ) -> Result<HashMap<UserId, Vec<MembershipView>>, RepositoryError> {
        if users.is_empty() {
            return Ok(HashMap::new());
        }
        let mut sql = Sql::new(self.dialect());
        sql.push(&SELECT)
            .bind_all(users.iter().map(|user| Value::from(user.uuid())))
            .push(") AND ");
        push_within(&mut sql, self.scope(), "m.tenant_id");
        sql.push(" ORDER BY m.created_at, m.id");
        let rows = self
            .connection()
            .query_all_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        let mut grouped = Grouped::default();
        let mut names = Vec::new();
        for row in &rows {
            if grouped.add(row).map_err(repository_error)? {
                names.push(Names::read(row).map_err(repository_error)?);
            }
        }
        let mut views: HashMap<UserId, Vec<MembershipView>> = HashMap::new();
        for (membership, names) in grouped.into_memberships()?.into_iter().zip(names) {
            let Names {
                tenant_code,
                tenant_name,
                tenant_zone,
                organisation_name,
            } = names;
            let user = membership.user_id;
            let view = MembershipView {
                membership,
                tenant_code,
                tenant_name,
                tenant_zone,
                organisation_name,
            };
            views.entry(user).or_default().push(view);
        }
        Ok(views)
    }
}
