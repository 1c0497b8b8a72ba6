//! Who stands behind a session: asked with every request, so that it is one statement.

use std::sync::LazyLock;

use ipt_domain::id::SessionId;
use ipt_ports::{RepositoryError, identity::Principal};
use sea_orm::ConnectionTrait as _;

use super::{account_row, mapper, membership_row, membership_view::Grouped, session_row};
use crate::{dialect::Sql, error::repository_error, joined, scope::push_within, unit_of_work::SeaUnitOfWork};

/// One row for each role of each membership, and at least one. Answered by the keys of the session and the account, the
/// index `membership_once` from the person, and the key of the roles.
static SELECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, {}, {}, r.role AS r_role FROM session s JOIN user_account u ON u.id = s.user_id \
         LEFT JOIN membership m ON m.user_id = u.id AND ",
        joined::columns::<session_row::Entity>("s"),
        joined::columns::<account_row::Entity>("u"),
        joined::columns::<membership_row::Entity>("m"),
    )
});

impl SeaUnitOfWork {
    /// Who stands behind `session`, with the memberships in scope.
    pub(super) async fn principal_of(
        &self,
        session: SessionId,
    ) -> Result<Option<Principal>, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push(&SELECT);
        push_within(&mut sql, self.scope(), "m.tenant_id");
        sql.push(" LEFT JOIN membership_role r ON r.membership_id = m.id WHERE s.id = ")
            .bind(session.uuid());
        sql.push(" ORDER BY m.created_at, m.id");
        let rows = self
            .connection()
            .query_all_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        let Some(first) = rows.first() else {
            return Ok(None);
        };
        let session = mapper::session(joined::row(first, "s_").map_err(repository_error)?)?;
        let account = mapper::account(joined::row(first, "u_").map_err(repository_error)?)?;
        let mut memberships = Grouped::default();
        for row in &rows {
            memberships.add(row).map_err(repository_error)?;
        }
        let memberships = memberships.into_memberships()?;
        Ok(Some(Principal {
            session,
            account,
            memberships,
        }))
    }
}
