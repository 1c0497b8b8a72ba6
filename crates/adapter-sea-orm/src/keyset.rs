//! Pages by key: the order, the condition behind which a page begins, and the one row more that tells of a next page.

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

    /// The column of ids.
    fn id(column: impl IntoColumnRef) -> Self {
        Self {
            column: Expr::col(column),
            nullable: false,
            read: |text| Some(Value::from(text.parse::<Uuid>().ok()?)),
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

/// One step of an order: a column, and which way it runs.
struct Step {
    by: SortColumn,
    direction: Direction,
}

/// Orders a query as the page asks, at last by `id`, begins it behind the page's position, and asks for one row more than the
/// page has. `column` tells the column of a field.
///
/// # Errors
/// [`RepositoryError::Backend`] for a position that belongs to another list.
pub(crate) fn page<F: Copy>(
    query: &mut SelectStatement,
    column: impl Fn(F) -> SortColumn,
    id: impl IntoColumnRef,
    page: &PageRequest<F>,
) -> Result<(), RepositoryError> {
    let mut order: Vec<Step> = page
        .sort
        .iter()
        .map(|sort| Step {
            by: column(sort.field),
            direction: sort.direction,
        })
        .collect();
    order.push(Step {
        by: SortColumn::id(id),
        direction: page
            .sort
            .last()
            .map_or(Direction::Ascending, |last| last.direction),
    });
    if let Some(position) = &page.after {
        query.cond_where(behind(&order, &limits(&order, position)?));
    }
    for Step { by, direction } in order {
        let way = match direction {
            Direction::Ascending => Order::Asc,
            Direction::Descending => Order::Desc,
        };
        if by.nullable {
            query.order_by_expr_with_nulls(by.column, way, NullOrdering::Last);
        } else {
            query.order_by_expr(by.column, way);
        }
    }
    query.limit(u64::from(page.limit) + 1);
    Ok(())
}

/// The values of a position, one for each step.
fn limits(order: &[Step], position: &Position) -> Result<Vec<Option<Value>>, RepositoryError> {
    let foreign = || RepositoryError::Backend(Box::new(ForeignPosition));
    if position.values.len() + 1 != order.len() {
        return Err(foreign());
    }
    let fields = order
        .iter()
        .zip(&position.values)
        .map(|(step, value)| match value {
            Some(value) => (step.by.read)(value).map(Some).ok_or_else(foreign),
            None if step.by.nullable => Ok(None),
            None => Err(foreign()),
        });
    let id = std::iter::once(Ok(Some(Value::from(position.id))));
    fields.chain(id).collect()
}

/// What lies behind a position. Columns that are never empty and run the same way are compared as one row, which one range
/// of an index over them answers; before a turn, the column bounds the range, and the rest decides where it is the same.
fn behind(order: &[Step], limits: &[Option<Value>]) -> Condition {
    let (Some((first, rest)), Some((limit, rest_limits))) = (order.split_first(), limits.split_first())
    else {
        return Condition::any();
    };
    let way = first.direction;
    let column = || first.by.column.clone();
    let is_one_row = |step: &Step| step.direction == way && !step.by.nullable;
    if order.iter().all(is_one_row) {
        let row = Expr::tuple(order.iter().map(|step| step.by.column.clone()));
        let limits = limits.iter().flatten().cloned().map(SimpleExpr::from);
        return Condition::all().add(beyond(row, Expr::tuple(limits), way));
    }
    let Some(limit) = limit.clone().map(SimpleExpr::from) else {
        return Condition::all()
            .add(column().is_null())
            .add(behind(rest, rest_limits));
    };
    let further = Condition::any().add(beyond(column(), limit.clone(), way));
    if first.by.nullable {
        let same = Condition::all()
            .add(column().eq(limit))
            .add(behind(rest, rest_limits));
        return further.add(column().is_null()).add(same);
    }
    let from = match way {
        Direction::Ascending => column().gte(limit),
        Direction::Descending => column().lte(limit),
    };
    Condition::all()
        .add(from)
        .add(further.add(behind(rest, rest_limits)))
}

fn beyond(row: Expr, limit: Expr, direction: Direction) -> Expr {
    match direction {
        Direction::Ascending => row.gt(limit),
        Direction::Descending => row.lt(limit),
    }
}
