//! The case of a placement: itself, its policy, its places and its delegates, in one statement for any number of them.

use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

use chrono::NaiveDate;
use ipt_domain::{
    id::{DelegationId, PlacementId, UserId},
    placement::{
        delegation::{Delegation, DelegationParts, Part},
        policy::Policy,
        site::{Site, Workplace},
    },
    tenancy::calendar::WorkingCalendar,
};
use ipt_ports::{RepositoryError, Scope, logbook::LogCase, placement::PlacementCase};
use sea_orm::{ConnectionTrait as _, QueryResult, Value};
use serde::Deserialize;
use uuid::Uuid;

use super::{mapper, placement_row, programme_row, site_row};
use crate::{
    cells::Cells,
    dialect::{Dialect, Sql},
    error::{damaged, repository_error},
    joined::{self, ByPlace as _},
    scope::push_within,
    tenancy,
    unit_of_work::SeaUnitOfWork,
};

/// Where in a row the columns of a case stand. They are the first of every statement that has a case.
mod place {
    use super::{placement_row, site_row};
    use crate::joined::ByPlace;

    pub(super) const PLACEMENT: usize = 0;
    pub(super) const STUDENT_NAME: usize = PLACEMENT + placement_row::Model::COLUMNS.len();
    pub(super) const POLICY: usize = STUDENT_NAME + 1;
    pub(super) const SITE: usize = POLICY + 1;
    pub(super) const TIME_ZONE: usize = SITE + site_row::Model::COLUMNS.len();
    pub(super) const WEEKEND_DAYS: usize = TIME_ZONE + 1;
    pub(super) const HOLIDAYS: usize = WEEKEND_DAYS + 1;
    pub(super) const DELEGATES: usize = HOLIDAYS + 1;
    /// Where the next ones begin.
    pub(super) const END: usize = DELEGATES + 1;
}

/// The columns of a case: of the placement `p`, its student `u`, its policy `pp`, its site `s` and its institution `t`.
static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    [
        joined::places::<placement_row::Model>("p"),
        "u.full_name, pp.policy".to_owned(),
        joined::places::<site_row::Model>("s"),
        "t.time_zone, t.weekend_days".to_owned(),
    ]
    .join(", ")
});

/// The tables of one case. A site is shared, or of the placement's own institution.
const TABLES: &str = " FROM placement p
    JOIN user_account u ON u.id = p.student_id
    JOIN programme_policy pp ON pp.programme_id = p.programme_id AND pp.version = p.policy_version
        AND pp.tenant_id = p.tenant_id
    JOIN tenant t ON t.id = p.tenant_id
    LEFT JOIN site s ON s.id = p.site_id AND (s.tenant_id IS NULL OR s.tenant_id = p.tenant_id)";

/// As [`TABLES`], behind placements that are numbered within whatever several of them share: it comes with the first of
/// them, and the others are without.
const SHARED_TABLES: &str = "
    JOIN user_account u ON u.id = p.student_id
    LEFT JOIN programme_policy pp ON p.of_policy = 1
        AND pp.programme_id = p.programme_id AND pp.version = p.policy_version AND pp.tenant_id = p.tenant_id
    LEFT JOIN tenant t ON p.of_tenant = 1 AND t.id = p.tenant_id
    LEFT JOIN site s ON p.of_site = 1
        AND s.id = p.site_id AND (s.tenant_id IS NULL OR s.tenant_id = p.tenant_id)";

/// The text of a case, for the statements that need one.
pub(crate) struct CaseSql;

/// The holidays of an institution, and the delegates of a placement, as texts.
const HOLIDAYS: [&str; 2] = [
    "coalesce(json_agg(h.date), '[]')::text",
    "json_group_array(h.date)",
];
const DELEGATES: [&str; 2] = [
    "coalesce(json_agg(json_build_object('id', d.id, 'part', d.part, 'user', d.delegate_id, \
     'from', d.starts_on, 'to', d.ends_on, 'by', d.appointed_by_id)), '[]')::text",
    "json_group_array(json_object('id', lower(hex(d.id)), 'part', d.part, \
     'user', lower(hex(d.delegate_id)), 'from', d.starts_on, 'to', d.ends_on, \
     'by', lower(hex(d.appointed_by_id))))",
];

impl CaseSql {
    /// Where the columns behind those of a case begin.
    pub(crate) const END: usize = place::END;

    /// Adds the columns of one case to a SELECT, as the first.
    pub(crate) fn push_columns(sql: &mut Sql) {
        sql.push(&COLUMNS).push(", (SELECT ");
        sql.either(HOLIDAYS[0], HOLIDAYS[1]);
        sql.push(" FROM tenant_holiday h WHERE h.tenant_id = p.tenant_id), ");
        Self::push_delegates(sql);
    }

    /// Adds the delegates of the placement `p` to a list.
    pub(crate) fn push_delegates(sql: &mut Sql) {
        sql.push("(SELECT ").either(DELEGATES[0], DELEGATES[1]);
        sql.push(
            " FROM delegation d WHERE d.tenant_id = p.tenant_id AND d.placement_id = p.id) AS delegates",
        );
    }

    /// Adds the tables.
    pub(crate) fn push_tables(sql: &mut Sql) {
        sql.push(TABLES);
    }

    /// Adds columns and tables of many cases to a SELECT: what several of them share is read and sent once, and not for each.
    fn push_many(sql: &mut Sql, scope: &Scope, placements: &BTreeSet<Uuid>) {
        sql.push(&COLUMNS)
            .push(", CASE WHEN p.of_tenant = 1 THEN (SELECT ");
        sql.either(HOLIDAYS[0], HOLIDAYS[1]).push(
            " FROM tenant_holiday h WHERE h.tenant_id = p.tenant_id) END, coalesce(delegates.people, '[]') \
             FROM (SELECT p.*, row_number() OVER (PARTITION BY p.tenant_id) AS of_tenant, \
             row_number() OVER (PARTITION BY p.tenant_id, p.programme_id, p.policy_version) AS of_policy, \
             row_number() OVER (PARTITION BY p.tenant_id, p.site_id) AS of_site FROM placement p WHERE ",
        );
        push_within(sql, scope, "p.tenant_id");
        sql.push(" AND ");
        push_among(sql, "p.id", placements.iter().copied());
        sql.push(") p")
            .push(SHARED_TABLES)
            .push(" LEFT JOIN (SELECT d.tenant_id, d.placement_id, ");
        sql.either(DELEGATES[0], DELEGATES[1])
            .push(" AS people FROM delegation d WHERE ");
        push_among(sql, "d.placement_id", placements.iter().copied());
        sql.push(
            " GROUP BY d.tenant_id, d.placement_id) AS delegates ON delegates.tenant_id = p.tenant_id \
             AND delegates.placement_id = p.id",
        );
    }

    /// Reads the case of an answer.
    pub(crate) fn read(row: &QueryResult) -> Result<LogCase, RepositoryError> {
        let mut shared = Shared::default();
        let placement = shared.learn(row)?;
        shared.case(placement, row)
    }

    /// Reads the delegates of an answer.
    pub(crate) fn read_delegates(
        row: &QueryResult,
        placement: Uuid,
    ) -> Result<Vec<Delegation>, RepositoryError> {
        let text: String = row.try_get("", "delegates").map_err(repository_error)?;
        Self::delegates(&text, placement)
    }

    fn delegates(text: &str, placement: Uuid) -> Result<Vec<Delegation>, RepositoryError> {
        let mut delegates: Vec<Delegate> = Cells::of("delegation", placement).gathered("id", text)?;
        delegates.sort_unstable_by_key(|delegate| (delegate.from, delegate.id));
        delegates
            .into_iter()
            .map(|delegate| delegate.into_domain(placement))
            .collect()
    }
}

/// What several cases share, read once.
#[derive(Default)]
struct Shared {
    policies: HashMap<(Uuid, i32), Policy>,
    calendars: HashMap<Uuid, WorkingCalendar>,
    /// By institution and site: one of them may not see another's site.
    sites: HashMap<(Uuid, Uuid), Site>,
}

impl Shared {
    /// Takes the placement of a row, and what the row brings for all that share it.
    fn learn(&mut self, row: &QueryResult) -> Result<placement_row::Model, RepositoryError> {
        let placement = placement_row::Model::take(row, place::PLACEMENT)?;
        let tenant = placement.tenant_id;
        if let Some(policy) = joined::at(row, place::POLICY)? {
            let policy = mapper::programme::policy(placement.programme_id, policy)?;
            let key = (placement.programme_id, placement.policy_version);
            self.policies.insert(key, policy);
        }
        if let Some(zone) = joined::at::<Option<String>>(row, place::TIME_ZONE)? {
            let holidays: String = joined::at(row, place::HOLIDAYS)?;
            let holidays = Cells::of("tenant_holiday", tenant).gathered("date", &holidays)?;
            let weekend = joined::at(row, place::WEEKEND_DAYS)?;
            let calendar = tenancy::mapper::calendar(tenant, &zone, weekend, holidays)?;
            self.calendars.insert(tenant, calendar);
        }
        if let Some(id) = joined::at(row, place::SITE)? {
            let site = mapper::site::site(site_row::Model::take(row, place::SITE)?)?;
            self.sites.insert((tenant, id), site);
        }
        Ok(placement)
    }

    /// The case of a placement and its row, when all rows were learnt from.
    fn case(&self, placement: placement_row::Model, row: &QueryResult) -> Result<LogCase, RepositoryError> {
        let (id, tenant) = (placement.id, placement.tenant_id);
        let missing = |column| damaged("placement", column, id, "it leads nowhere");
        let policy = self
            .policies
            .get(&(placement.programme_id, placement.policy_version))
            .ok_or_else(|| missing("policy_version"))?;
        let institution = self.calendars.get(&tenant).ok_or_else(|| missing("tenant_id"))?;
        let site = placement.site_id.and_then(|site| self.sites.get(&(tenant, site)));
        let delegations = {
            let text: String = joined::at(row, place::DELEGATES)?;
            CaseSql::delegates(&text, id)?
        };
        let placement = mapper::placement::placement(placement)?;
        Ok(LogCase {
            workplace: Workplace::of(site, institution, placement.mode(), policy),
            placement,
            policy: policy.clone(),
            institution: institution.clone(),
            delegations,
            student_name: joined::at(row, place::STUDENT_NAME)?,
        })
    }
}

/// A delegate as the statement puts it together.
#[derive(Deserialize)]
struct Delegate {
    id: Uuid,
    part: String,
    user: Uuid,
    from: NaiveDate,
    to: NaiveDate,
    by: Uuid,
}

impl Delegate {
    fn into_domain(self, placement: Uuid) -> Result<Delegation, RepositoryError> {
        let part = Cells::of("delegation", self.id).named("part", &self.part, Part::from_name)?;
        Ok(Delegation::from_parts(DelegationParts {
            id: DelegationId::new(self.id),
            placement_id: PlacementId::new(placement),
            part,
            delegate: UserId::new(self.user),
            from: self.from,
            to: self.to,
            appointed_by: UserId::new(self.by),
        })?)
    }
}

/// Adds `column IN …`: on PostgreSQL as one array, so that the statement's text does not depend on their number.
pub(crate) fn push_among(sql: &mut Sql, column: &str, ids: impl IntoIterator<Item = Uuid>) {
    sql.push(column);
    let ids = ids.into_iter().map(Value::from);
    match sql.dialect() {
        Dialect::Postgres => {
            let array = Value::Array(sea_orm::sea_query::ArrayType::Uuid, Some(Box::new(ids.collect())));
            sql.push(" = ANY (").bind(array).push(")");
        }
        Dialect::Sqlite => {
            sql.push(" IN (").bind_all(ids).push(")");
        }
    }
}

/// The cases of these placements, each once; those outside the scope are left out.
pub(crate) async fn cases(
    unit: &SeaUnitOfWork,
    placements: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<PlacementId, LogCase>, RepositoryError> {
    let distinct: BTreeSet<Uuid> = placements.into_iter().collect();
    if distinct.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new(unit.dialect());
    sql.push("SELECT ");
    CaseSql::push_many(&mut sql, unit.scope(), &distinct);
    let rows = unit
        .connection()
        .query_all_raw(sql.statement())
        .await
        .map_err(repository_error)?;
    let mut shared = Shared::default();
    let placements = rows.iter().map(|row| shared.learn(row));
    let placements = placements.collect::<Result<Vec<_>, _>>()?;
    let cases = placements.into_iter().zip(&rows);
    cases
        .map(|(placement, row)| {
            let case = shared.case(placement, row)?;
            Ok((case.placement.id(), case))
        })
        .collect()
}

impl SeaUnitOfWork {
    pub(super) async fn case_of_placement(
        &self,
        id: PlacementId,
    ) -> Result<Option<PlacementCase>, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("SELECT ");
        CaseSql::push_columns(&mut sql);
        sql.push(", ")
            .push(&joined::columns::<programme_row::Entity>("g"));
        sql.push(
            ", gp.policy AS gp_policy, EXISTS (SELECT 1 FROM organisation_relation r WHERE r.tenant_id = p.tenant_id \
             AND r.organisation_id = p.organisation_id AND r.verified_at IS NOT NULL) AS verified",
        );
        CaseSql::push_tables(&mut sql);
        sql.push(
            " JOIN programme g ON g.id = p.programme_id AND g.tenant_id = p.tenant_id \
             JOIN programme_policy gp ON gp.programme_id = g.id AND gp.version = g.policy_version \
             AND gp.tenant_id = g.tenant_id WHERE ",
        );
        push_within(&mut sql, self.scope(), "p.tenant_id");
        sql.push(" AND p.id = ").bind(id.uuid());
        let row = self
            .connection()
            .query_one_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        let Some(row) = row else { return Ok(None) };
        let programme: programme_row::Model = joined::row(&row, "g_").map_err(repository_error)?;
        let policy = row.try_get("", "gp_policy").map_err(repository_error)?;
        Ok(Some(PlacementCase {
            case: CaseSql::read(&row)?,
            programme: mapper::programme::programme(programme, policy)?,
            organisation_verified: row.try_get("", "verified").map_err(repository_error)?,
        }))
    }
}
