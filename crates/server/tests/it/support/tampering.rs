//! What somebody can do who has the database in hand.

use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

/// Cuts the end off an institution's audit trail: takes the guards away, and whatever stands behind the number `keep`.
pub(crate) async fn cut_audit_trail(database_url: &str, tenant: &str, keep: u64) {
    let embedded = database_url.starts_with("sqlite");
    let (guards, chain) = if embedded {
        (
            "DROP TRIGGER audit_record_no_delete; DROP TRIGGER audit_link_no_delete",
            format!("x'{}'", tenant.replace('-', "")),
        )
    } else {
        (
            "DROP TRIGGER audit_record_append_only ON audit_record; DROP TRIGGER audit_link_append_only ON audit_link",
            format!("'{tenant}'"),
        )
    };
    let end = format!("chain = {chain} AND sequence > {keep}");
    let sql = format!(
        "{guards}; DELETE FROM audit_record WHERE id IN (SELECT record_id FROM audit_link WHERE {end}); \
         DELETE FROM audit_link WHERE {end}"
    );
    if embedded {
        let mut connection = SqliteConnection::connect(database_url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
    } else {
        let mut connection = PgConnection::connect(database_url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
    }
}
