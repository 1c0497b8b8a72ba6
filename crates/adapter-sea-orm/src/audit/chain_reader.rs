//! Reads the chains, for their verification.

use std::sync::LazyLock;

use ipt_domain::audit::chain::{ChainId, Link};
use ipt_ports::{RepositoryError, audit::LinkedRecord};
use sea_orm::{ConnectionTrait as _, QueryResult};
use uuid::Uuid;

use super::{link_row, mapper, record_row};
use crate::{
    dialect::Sql, error::repository_error, joined, number, scope::push_within, trail::chain_key,
    unit_of_work::SeaUnitOfWork,
};

/// How many chains one statement asks for: well below the number of parts that a statement may have.
const CHUNK: usize = 100;

/// The links of a chain with their records and values, by the key of the links.
static SELECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, {}, d.salt AS d_salt, d.\"values\" AS d_values FROM audit_link l \
         LEFT JOIN audit_record r ON r.id = l.record_id LEFT JOIN audit_detail d ON d.record_id = l.record_id WHERE ",
        joined::columns::<link_row::Entity>("l"),
        joined::columns::<record_row::Entity>("r"),
    )
});

impl SeaUnitOfWork {
    pub(super) async fn links_behind(
        &self,
        chain: ChainId,
        after: u64,
        limit: u32,
    ) -> Result<Vec<LinkedRecord>, RepositoryError> {
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let mut sql = Sql::new(self.dialect());
        sql.push(&SELECT);
        push_within(&mut sql, self.scope(), "l.chain");
        sql.push(" AND l.chain = ")
            .bind(chain_key(chain))
            .push(" AND l.sequence > ")
            .bind(after);
        sql.push(" ORDER BY l.sequence LIMIT ").bind(i64::from(limit));
        let rows = self
            .connection()
            .query_all_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        rows.iter().map(linked).collect()
    }

    pub(super) async fn count_unlinked(&self, chain: ChainId) -> Result<u64, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("SELECT count(*) FROM audit_unlinked WHERE chain = ")
            .bind(chain_key(chain))
            .push(" AND ");
        push_within(&mut sql, self.scope(), "chain");
        let row = self
            .connection()
            .query_one_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        let count = row
            .map_or(Ok(0), |row| row.try_get_by_index(0))
            .map_err(repository_error)?;
        Ok(number::total(count))
    }

    /// From one chain to the next by the key of the links, without reading the links between.
    pub(super) async fn chains_with_records(&self) -> Result<Vec<ChainId>, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("WITH RECURSIVE linked (chain) AS (SELECT (SELECT l.chain FROM audit_link l WHERE ");
        push_within(&mut sql, self.scope(), "l.chain");
        sql.push(" ORDER BY l.chain LIMIT 1) UNION ALL ");
        sql.push("SELECT (SELECT l.chain FROM audit_link l WHERE l.chain > linked.chain AND ");
        push_within(&mut sql, self.scope(), "l.chain");
        sql.push(" ORDER BY l.chain LIMIT 1) FROM linked WHERE linked.chain IS NOT NULL) ");
        sql.push("SELECT chain FROM linked WHERE chain IS NOT NULL UNION SELECT q.chain FROM audit_unlinked q WHERE ");
        push_within(&mut sql, self.scope(), "q.chain");
        sql.push(" ORDER BY 1");
        let rows = self
            .connection()
            .query_all_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        let keys = rows
            .iter()
            .map(|row| row.try_get_by_index::<Uuid>(0).map(mapper::chain));
        keys.collect::<Result<_, _>>().map_err(repository_error)
    }

    pub(super) async fn ends_of_all(&self, chains: &[ChainId]) -> Result<Vec<Link>, RepositoryError> {
        let mut links = Vec::new();
        for chunk in chains.chunks(CHUNK) {
            links.extend(self.ends_of(chunk).await?);
        }
        Ok(links)
    }

    /// The end of each chain, by the key of the links: a look at one row for each, however long the chain is.
    async fn ends_of(&self, chains: &[ChainId]) -> Result<Vec<Link>, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        for (index, chain) in chains.iter().enumerate() {
            sql.push(if index == 0 { "" } else { " UNION ALL " });
            sql.push("SELECT * FROM (SELECT chain, sequence, record_id, previous, hash FROM audit_link WHERE chain = ");
            sql.bind(chain_key(*chain)).push(" AND ");
            push_within(&mut sql, self.scope(), "chain");
            sql.push(&format!(" ORDER BY sequence DESC LIMIT 1) AS c{index}"));
        }
        let rows = self
            .connection()
            .query_all_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        let read = |row| {
            joined::row(row, "")
                .map_err(repository_error)
                .and_then(|row| mapper::link(&row))
        };
        rows.iter().map(read).collect()
    }
}

fn linked(row: &QueryResult) -> Result<LinkedRecord, RepositoryError> {
    let link: link_row::Model = joined::row(row, "l_").map_err(repository_error)?;
    let record: Option<record_row::Model> = joined::optional(row, "r_").map_err(repository_error)?;
    Ok(LinkedRecord {
        detail: mapper::detail(row, link.record_id)?,
        link: mapper::link(&link)?,
        record: record.map(mapper::record).transpose()?,
    })
}
