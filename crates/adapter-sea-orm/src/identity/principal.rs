//! Who stands behind a session: asked with every request, so that it is one statement.

use std::sync::LazyLock;

use ipt_domain::id::SessionId;
use ipt_ports::{RepositoryError, identity::Principal};
use sea_orm::{ConnectionTrait as _, QueryResult};

use super::{
    account_row, mapper, membership_row,
    membership_view::{Grouped, ROLE},
    session_row,
};
use crate::{
    database::SeaDatabase,
    dialect::{Dialect, Sql},
    error::repository_error,
    joined,
    scope::push_within,
    unit_of_work::SeaUnitOfWork,
};

/// The session and the account of a principal.
static SELECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, {}, {}, {ROLE} FROM session s JOIN user_account u ON u.id = s.user_id ",
        joined::columns::<session_row::Entity>("s"),
        joined::columns::<account_row::Entity>("u"),
        joined::columns::<membership_row::Entity>("m"),
    )
});

/// The memberships, one row for each role of each. Answered by the keys of the session and the account, the index
/// `membership_once` from the person, and the keys of the roles.
const MEMBERSHIPS: &str = "LEFT JOIN membership m ON m.user_id = u.id AND ";
const ROLES: &str = " LEFT JOIN membership_role r ON r.membership_id = m.id \
    LEFT JOIN tenant_role c ON c.id = r.tenant_role_id";

/// The same outside a transaction, where no scope is set: from views that need none.
const AT_SIGN_IN: &str = "LEFT JOIN membership_at_sign_in m ON m.user_id = u.id \
    LEFT JOIN membership_role_at_sign_in r ON r.membership_id = m.id \
    LEFT JOIN tenant_role_at_sign_in c ON c.membership_id = r.membership_id AND c.key = r.role";

impl SeaUnitOfWork {
    /// Who stands behind `session`, with the memberships in scope.
    pub(super) async fn principal_of(
        &self,
        session: SessionId,
    ) -> Result<Option<Principal>, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push(&SELECT).push(MEMBERSHIPS);
        push_within(&mut sql, self.scope(), "m.tenant_id");
        sql.push(ROLES);
        push_session(&mut sql, session);
        let rows = self
            .connection()
            .query_all_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        read(&rows)
    }
}

impl SeaDatabase {
    /// Who stands behind `session`, with every membership: one round trip, no transaction.
    #[tracing::instrument(name = "db.session.principal", level = "debug", skip_all)]
    pub(crate) async fn principal_at_once(
        &self,
        session: SessionId,
    ) -> Result<Option<Principal>, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push(&SELECT);
        match self.dialect() {
            Dialect::Postgres => sql.push(AT_SIGN_IN),
            Dialect::Sqlite => sql.push(MEMBERSHIPS).push("true").push(ROLES),
        };
        push_session(&mut sql, session);
        read(&self.look(sql.statement()).await?)
    }
}

fn push_session(sql: &mut Sql, session: SessionId) {
    sql.push(" WHERE s.id = ").bind(session.uuid());
    sql.push(" ORDER BY m.created_at, m.id");
}

fn read(rows: &[QueryResult]) -> Result<Option<Principal>, RepositoryError> {
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let session = mapper::session(joined::row(first, "s_").map_err(repository_error)?)?;
    let account = mapper::account(joined::row(first, "u_").map_err(repository_error)?)?;
    let mut memberships = Grouped::default();
    for row in rows {
        memberships.add(row).map_err(repository_error)?;
    }
    Ok(Some(Principal {
        session,
        account,
        memberships: memberships.into_memberships()?,
    }))
}
