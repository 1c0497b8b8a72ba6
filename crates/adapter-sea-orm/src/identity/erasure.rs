//! Erasing what is kept of a person beside the account.
//!
//! Logs, placements and audit records stay: they tell of the person by an id. What goes is what holds personal values and is
//! needed by nobody else.

use ipt_domain::{id::UserId, identity::name::PersonName};
use ipt_ports::RepositoryError;
use sea_orm::ConnectionTrait as _;
use uuid::Uuid;

use crate::{dialect::Sql, error::repository_error, unit_of_work::SeaUnitOfWork};

/// What belongs to the person alone.
const OWN: [&str; 6] = [
    "session",
    "known_device",
    "notification",
    "notification_preference",
    "reminder_sent",
    "idempotency_key",
];

impl SeaUnitOfWork {
    /// See the port. The values beside audit records go before the sessions by which some of them are found.
    pub(super) async fn erase(
        &self,
        user: UserId,
        (name, replacement): (&PersonName, &PersonName),
    ) -> Result<(), RepositoryError> {
        let id = user.uuid();
        self.erase_audit_values(id).await?;
        self.forget_sign_ins(id).await?;
        for table in OWN {
            let mut sql = Sql::new(self.dialect());
            sql.push("DELETE FROM ")
                .push(table)
                .push(" WHERE user_id = ")
                .bind(id);
            self.take_away(sql).await?;
        }
        self.replace_name(id, &literal(name), &literal(replacement)).await
    }

    /// The records are those about the person, and about the person's sessions. What somebody did to others, in an office,
    /// is the institution's: it keeps its values, and the one who acted is an id without a name.
    async fn erase_audit_values(&self, user: Uuid) -> Result<(), RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push(
            "DELETE FROM audit_detail WHERE record_id IN (SELECT id FROM audit_record WHERE \
             (object_kind = 'user' AND object_id = ",
        )
        .bind(user)
        .push(") OR (object_kind = 'session' AND (actor_id = ")
        .bind(user)
        .push(" OR object_id IN (SELECT id FROM session WHERE user_id = ")
        .bind(user)
        .push("))))");
        self.take_away(sql).await
    }

    /// What the account tells of signing in has ways of its own, beside its other columns.
    async fn forget_sign_ins(&self, user: Uuid) -> Result<(), RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push(
            "UPDATE user_account SET last_tenant_id = NULL, failures = 0, failing_since = NULL, locked_until = NULL WHERE id = ",
        )
        .bind(user);
        self.take_away(sql).await
    }

    /// Replaces the name where others were told of the person: in notifications about the person's placements and logs, and
    /// those that the person reviewed. There a text that is the name, and nothing but the name, is replaced; somebody of the
    /// same name elsewhere is another one.
    async fn replace_name(&self, user: Uuid, name: &str, replacement: &str) -> Result<(), RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("WITH own AS (SELECT id FROM placement WHERE ")
            .bind(user)
            .push(" IN (student_id, industrial_supervisor_id, university_supervisor_id)")
            .push(" UNION SELECT placement_id FROM delegation WHERE delegate_id = ")
            .bind(user)
            .push(" UNION SELECT placement_id FROM placement_event WHERE ")
            .either("strpos(CAST(detail AS text), ", "instr(detail, ")
            .bind(user.to_string())
            .push(") > 0) UPDATE notification SET \"values\" = ")
            .either(
                "CAST(replace(CAST(\"values\" AS text), ",
                "replace(\"values\", ",
            )
            .bind(name)
            .push(", ")
            .bind(replacement)
            .either(") AS jsonb)", ")")
            .push(
                " WHERE object_id IN (SELECT id FROM own UNION ALL SELECT id FROM log_entry WHERE placement_id IN \
                 (SELECT id FROM own) UNION ALL SELECT entry_id FROM log_review WHERE by_id = ",
            )
            .bind(user)
            .push(") AND ")
            .either("strpos(CAST(\"values\" AS text), ", "instr(\"values\", ")
            .bind(name)
            .push(") > 0");
        self.take_away(sql).await
    }

    async fn take_away(&self, sql: Sql) -> Result<(), RepositoryError> {
        self.connection()
            .execute_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        Ok(())
    }
}

/// A name as it stands in JSON, with its quotation marks.
fn literal(name: &PersonName) -> String {
    serde_json::Value::from(name.as_str()).to_string()
}
