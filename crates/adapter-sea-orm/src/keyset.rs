//! Pages by key: the condition behind which a page begins, the order, and the one row more that tells of a next page.

use ipt_ports::{
    RepositoryError,
    page::{Direction, PageRequest, Position},
};
use sea_orm::{
    Condition, Order, Value,
    sea_query::{Expr, ExprTrait as _, IntoColumnRef, NullOrdering, SelectStatement, SimpleExpr},
};
use uuid::Uuid;

/// The column by which a list runs, and how a value of it is read from a position.
pub(crate) struct SortColumn {
    /// The column.
    pub(crate) column: Expr,
    /// Whether it can be empty; empty ones come last in either direction.
    pub(crate) nullable: bool,
    /// Reads a value; none when it is no such value.
    pub(crate) read: fn(&str) -> Option<Value>,
}

impl SortColumn {
    /// A column of instants, which positions give in RFC 3339.
    pub(crate) fn instant(column: impl IntoColumnRef) -> Self {
        let read = |text: &str| Some(Value::from(text.parse::<chrono::DateTime<chrono::Utc>>().ok()?));
        Self {
            column: Expr::col(column),
            nullable: false,
            read,
        }
    }

    /// A column of dates.
    pub(crate) fn date(column: impl IntoColumnRef) -> Self {
        let read = |text: &str| Some(Value::from(text.parse::<chrono::NaiveDate>().ok()?));
        Self {
            column: Expr::col(column),
            nullable: false,
            read,
        }
    }

    /// A column of folded text.
    pub(crate) fn text(column: impl IntoColumnRef) -> Self {
        Self {
            column: Expr::col(column),
            nullable: false,
            read: |text| Some(Value::from(text)),
        }
    }

    /// The same, where values can be absent.
    pub(crate) const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }
}

/// A position that no list of ours has given.
#[derive(Debug, thiserror::Error)]
#[error("the position does not belong to this list")]
struct ForeignPosition;

/// How instants are given in a position: to the microsecond, so that the comparison is exact.
pub(crate) fn instant(at: chrono::DateTime<chrono::Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}

/// Orders a query by `sort` and then `id`, begins it behind the page's position, and asks for one row more than the page
/// has.
///
/// # Errors
/// [`RepositoryError::Backend`] for a position that belongs to another list.
pub(crate) fn page<F>(
    query: &mut SelectStatement,
    sort: SortColumn,
    id: impl IntoColumnRef,
    page: &PageRequest<F>,
) -> Result<(), RepositoryError> {
    let id = Expr::col(id);
    let order = match page.sort.direction {
        Direction::Ascending => Order::Asc,
        Direction::Descending => Order::Desc,
    };
    if let Some(position) = &page.after {
        query.cond_where(behind(&sort, &id, position, page.sort.direction)?);
    }
    if sort.nullable {
        query.order_by_expr_with_nulls(sort.column, order.clone(), NullOrdering::Last);
    } else {
        query.order_by_expr(sort.column, order.clone());
    }
    query.order_by_expr(id, order);
    query.limit(u64::from(page.limit) + 1);
    Ok(())
}

/// What lies behind a position. Rows are compared as pairs, which one range of an index over both columns answers.
fn behind(
    sort: &SortColumn,
    id: &Expr,
    position: &Position,
    direction: Direction,
) -> Result<Condition, RepositoryError> {
    let foreign = || RepositoryError::Backend(Box::new(ForeignPosition));
    let compare = |row: Expr, limit: Expr| match direction {
        Direction::Ascending => row.gt(limit),
        Direction::Descending => row.lt(limit),
    };
    let last: Uuid = position.id;
    Ok(match &position.value {
        Some(value) => {
            let value = (sort.read)(value).ok_or_else(foreign)?;
            let row = Expr::tuple([sort.column.clone(), id.clone()]);
            let limit = Expr::tuple([SimpleExpr::from(value), SimpleExpr::from(Value::from(last))]);
            let behind = Condition::any().add(compare(row, limit));
            if sort.nullable {
                behind.add(sort.column.clone().is_null())
            } else {
                behind
            }
        }
        None if sort.nullable => Condition::all()
            .add(sort.column.clone().is_null())
            .add(compare(id.clone(), SimpleExpr::from(Value::from(last)))),
        None => return Err(foreign()),
    })
}
