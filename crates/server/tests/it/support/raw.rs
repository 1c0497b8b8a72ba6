//! What really lies in a database.

use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _};

use super::World;

impl World {
    /// Everything that is stored, as text: each row of each table, or the bytes of the files.
    pub(crate) async fn everything_stored(&self) -> String {
        match self.url.strip_prefix("sqlite://") {
            Some(file) => ["", "-wal"]
                .iter()
                .filter_map(|end| std::fs::read(format!("{file}{end}")).ok())
                .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
                .collect(),
            None => tables(&self.url).await,
        }
    }
}

async fn tables(url: &str) -> String {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let names =
        "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace";
    let tables = sqlx::query(names).fetch_all(&mut connection).await.unwrap();
    let mut all = String::new();
    for table in tables {
        let table: String = table.get(0);
        let rows = format!("SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t");
        let rows: String = sqlx::query_scalar(AssertSqlSafe(rows))
            .fetch_one(&mut connection)
            .await
            .unwrap();
        all.push_str(&rows);
    }
    all
}
