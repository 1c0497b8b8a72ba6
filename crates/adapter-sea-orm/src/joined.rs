//! Rows of several tables in one answer: the columns of each stand under a prefix of their own.

use sea_orm::{
    DbErr, EntityTrait, FromQueryResult, IdenStatic as _, Iterable as _, QueryResult, TryGetError,
};

/// The columns of an entity, of the table called `alias` in the statement: `a."id" AS "a_id", …`.
pub(crate) fn columns<E: EntityTrait>(alias: &str) -> String {
    let column = |column: E::Column| {
        let name = column.as_str();
        format!("{alias}.\"{name}\" AS \"{alias}_{name}\"")
    };
    E::Column::iter().map(column).collect::<Vec<_>>().join(", ")
}

/// The row of one table, by the prefix of its columns.
pub(crate) fn row<M: FromQueryResult>(result: &QueryResult, prefix: &str) -> Result<M, DbErr> {
    M::from_query_result(result, prefix)
}

/// The row of a table that need not have one.
pub(crate) fn optional<M: FromQueryResult>(result: &QueryResult, prefix: &str) -> Result<Option<M>, DbErr> {
    match M::from_query_result_nullable(result, prefix) {
        Ok(row) => Ok(Some(row)),
        Err(TryGetError::Null(_)) => Ok(None),
        Err(TryGetError::DbErr(error)) => Err(error),
    }
}
