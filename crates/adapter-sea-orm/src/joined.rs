//! Rows of several tables in one answer: the columns of each stand under a prefix of their own.

use ipt_ports::RepositoryError;
use sea_orm::{
    DbErr, EntityTrait, FromQueryResult, IdenStatic as _, Iterable as _, QueryResult, TryGetError, TryGetable,
};

use crate::error::repository_error;

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

/// A row that is read by the place of its columns. Looking each column up by its name costs more than all else about a row,
/// which tells in lists.
pub(crate) trait ByPlace: Sized {
    /// Its columns, in the order in which they are read.
    const COLUMNS: &'static [&'static str];

    /// Takes the columns from `at` on.
    fn take(result: &QueryResult, at: usize) -> Result<Self, RepositoryError>;
}

/// Reads the columns of a model by their places; the compiler sees that none is forgotten.
macro_rules! by_place {
    ($model:ty { $($column:ident),+ $(,)? }) => {
        impl $crate::joined::ByPlace for $model {
            const COLUMNS: &'static [&'static str] = &[$(stringify!($column)),+];

            fn take(
                result: &sea_orm::QueryResult,
                at: usize,
            ) -> Result<Self, ipt_ports::RepositoryError> {
                let mut places = at..;
                Ok(Self {
                    $($column: $crate::joined::at(result, places.next().unwrap_or_default())?,)+
                })
            }
        }
    };
}
pub(crate) use by_place;

/// The columns of the table called `alias`, for [`ByPlace::take`]: `a."id", …`.
pub(crate) fn places<M: ByPlace>(alias: &str) -> String {
    let columns = M::COLUMNS.iter().map(|column| format!("{alias}.\"{column}\""));
    columns.collect::<Vec<_>>().join(", ")
}

/// A value by its place.
pub(crate) fn at<T: TryGetable>(result: &QueryResult, place: usize) -> Result<T, RepositoryError> {
    result.try_get_by_index(place).map_err(repository_error)
}
