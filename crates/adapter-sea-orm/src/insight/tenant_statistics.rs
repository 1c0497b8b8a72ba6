//! An institution in numbers: two statements, whatever there is to count.

use ipt_domain::{Instant, id::TenantId, logbook::state::StateName, placement::state::PlacementStateName};
use ipt_ports::{RepositoryError, insight::TenantStatistics};

use crate::{dialect::Sql, error::repository_error, number, scope::push_within, unit_of_work::SeaUnitOfWork};

/// One count: what is counted, the names and numbers, from where, the column that names the institution, and what follows.
struct Count {
    what: &'static str,
    select: &'static str,
    from: &'static str,
    tenant: &'static str,
    rest: &'static str,
}

const COUNTS: &[Count] = &[
    Count {
        what: "active_person",
        select: "'', count(DISTINCT m.user_id)",
        from: "membership m JOIN user_account u ON u.id = m.user_id",
        tenant: "m.tenant_id",
        rest: " AND m.status = 'active' AND u.disabled_at IS NULL",
    },
    Count {
        what: "person",
        select: "'', count(DISTINCT m.user_id)",
        from: "membership m",
        tenant: "m.tenant_id",
        rest: "",
    },
    Count {
        what: "role",
        select: "r.role, count(DISTINCT m.user_id)",
        from: "membership_role r JOIN membership m ON m.id = r.membership_id JOIN user_account u ON u.id = m.user_id",
        tenant: "r.tenant_id",
        rest: " AND m.status = 'active' AND u.disabled_at IS NULL GROUP BY r.role",
    },
    Count {
        what: "organisation",
        select: "'', count(*)",
        from: "organisation_relation o",
        tenant: "o.tenant_id",
        rest: "",
    },
    Count {
        what: "programme",
        select: "'', count(*)",
        from: "programme p",
        tenant: "p.tenant_id",
        rest: "",
    },
    Count {
        what: "placement",
        select: "p.state, count(*)",
        from: "placement p",
        tenant: "p.tenant_id",
        rest: " GROUP BY p.state",
    },
    Count {
        what: "log",
        select: "e.state, count(*)",
        from: "log_entry e",
        tenant: "e.tenant_id",
        rest: " GROUP BY e.state",
    },
    Count {
        what: "attachment",
        select: "'', count(*)",
        from: "attachment a",
        tenant: "a.tenant_id",
        rest: "",
    },
    Count {
        what: "byte",
        select: "'', CAST(coalesce(sum(a.size), 0) AS BIGINT)",
        from: "attachment a",
        tenant: "a.tenant_id",
        rest: "",
    },
];

/// What was counted, with its name where there are several, and the number.
type Counted = (String, String, u64);

impl SeaUnitOfWork {
    pub(super) async fn statistics_of(&self, tenant: TenantId) -> Result<TenantStatistics, RepositoryError> {
        let counted = self.counted(tenant).await?;
        let one = |wanted: &str| {
            let mut numbers = counted
                .iter()
                .filter(|(what, ..)| what == wanted)
                .map(|(.., number)| *number);
            numbers.next().unwrap_or_default()
        };
        let named = |wanted: &str, name: &str| {
            let found = counted
                .iter()
                .find(|(what, own, _)| what == wanted && own == name);
            found.map(|(.., number)| *number)
        };
        let roles = counted.iter().filter(|(what, ..)| what == "role");
        let active_people = one("active_person");
        Ok(TenantStatistics {
            active_people,
            disabled_people: one("person").saturating_sub(active_people),
            by_role: roles.map(|(_, role, number)| (role.clone(), *number)).collect(),
            organisations: one("organisation"),
            programmes: one("programme"),
            placements: PlacementStateName::ALL
                .into_iter()
                .filter_map(|state| Some((state, named("placement", state.as_str())?)))
                .collect(),
            logs: StateName::ALL
                .into_iter()
                .filter_map(|state| Some((state, named("log", state.as_str())?)))
                .collect(),
            attachments: one("attachment"),
            attachment_bytes: one("byte"),
            last_activity_at: self.last_activity(tenant).await?,
        })
    }

    async fn counted(&self, tenant: TenantId) -> Result<Vec<Counted>, RepositoryError> {
        let mut sql = self.sql();
        for (index, count) in COUNTS.iter().enumerate() {
            let Count {
                what,
                select,
                from,
                tenant: column,
                rest,
            } = count;
            sql.push(if index == 0 { "" } else { " UNION ALL " });
            sql.push("SELECT '")
                .push(what)
                .push("', ")
                .push(select)
                .push(" FROM ")
                .push(from)
                .push(" WHERE ");
            self.push_own(&mut sql, column, tenant);
            sql.push(rest);
        }
        let rows = self.rows(sql).await?;
        let read = |row: &sea_orm::QueryResult| {
            let number: i64 = row.try_get_by_index(2)?;
            Ok((
                row.try_get_by_index(0)?,
                row.try_get_by_index(1)?,
                number::total(number),
            ))
        };
        rows.iter()
            .map(read)
            .collect::<Result<_, _>>()
            .map_err(repository_error)
    }

    /// By the index `audit_record_page`.
    async fn last_activity(&self, tenant: TenantId) -> Result<Option<Instant>, RepositoryError> {
        let mut sql = self.sql();
        sql.push("SELECT r.at FROM audit_record r WHERE ");
        self.push_own(&mut sql, "r.tenant_id", tenant);
        sql.push(" ORDER BY r.tenant_id DESC, r.at DESC, r.id DESC LIMIT 1");
        let rows = self.rows(sql).await?;
        let at = rows.first().map(|row| row.try_get_by_index(0));
        at.transpose().map_err(repository_error)
    }

    /// Adds the condition that `column` names this institution, and that it is in scope.
    fn push_own(&self, sql: &mut Sql, column: &str, tenant: TenantId) {
        sql.push(column).push(" = ").bind(tenant.uuid()).push(" AND ");
        push_within(sql, self.scope(), column);
    }
}
