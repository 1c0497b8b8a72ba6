//! Memberships with their roles and names, in one statement for any number of people.

use std::{collections::HashMap, sync::LazyLock};

use ipt_domain::{id::UserId, identity::membership::Membership};
use ipt_ports::{RepositoryError, identity::MembershipView};
use sea_orm::{ConnectionTrait as _, DbErr, QueryResult, Value};

use super::{mapper, membership_row};
use crate::{dialect::Sql, error::repository_error, joined, scope::push_within, unit_of_work::SeaUnitOfWork};

/// One row for each role of each membership. By the index `membership_once`, from the people.
static SELECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, r.role AS r_role, t.code AS t_code, t.name AS t_name, t.time_zone AS t_zone, o.name AS o_name \
         FROM membership m LEFT JOIN membership_role r ON r.membership_id = m.id \
         LEFT JOIN tenant t ON t.id = m.tenant_id LEFT JOIN organisation o ON o.id = m.organisation_id \
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

/// Memberships out of rows that repeat them for each role: `m_…` and `r_role`. They keep the order of the rows.
#[derive(Default)]
pub(super) struct Grouped {
    memberships: Vec<(membership_row::Model, Vec<String>)>,
}

impl Grouped {
    /// Takes one row; whether it began another membership.
    pub(super) fn add(&mut self, row: &QueryResult) -> Result<bool, DbErr> {
        let Some(membership) = joined::optional::<membership_row::Model>(row, "m_")? else {
            return Ok(false);
        };
        let role: Option<String> = row.try_get("r_", "role")?;
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
            .iter()
            .map(|(row, roles)| mapper::membership(row, roles))
            .collect()
    }
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
