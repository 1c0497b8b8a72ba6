//! Keyset pages: stable under inserts, no item twice, none skipped.

use uuid::Uuid;

/// Which way a list runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The smallest first.
    Ascending,
    /// The largest first.
    Descending,
}

/// A field by which a list runs, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sort<F> {
    /// The field.
    pub field: F,
    /// The direction.
    pub direction: Direction,
}

/// The place in a list behind which a page begins: the last item's values of the fields by which the list runs, in the form
/// in which the repository gave them, and its id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Position {
    /// The value of each field, in their order; none sorts after every value.
    pub values: Vec<Option<String>>,
    /// The item's id.
    pub id: Uuid,
}

/// Which page is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest<F> {
    /// How many items at most; of a page of the API 1 to 100.
    pub limit: u16,
    /// Behind which item it begins; none for the first page.
    pub after: Option<Position>,
    /// The order: by the first field, where that is the same by the second, and so on; at last by id, the same way as by the
    /// last field.
    pub sort: Vec<Sort<F>>,
}

impl<F: Copy> PageRequest<F> {
    /// Where an item stands in this order: `value` tells its value of a field.
    pub fn position(&self, id: Uuid, value: impl Fn(F) -> Option<String>) -> Position {
        Position {
            values: self.sort.iter().map(|sort| value(sort.field)).collect(),
            id,
        }
    }
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Where the next page begins; none when this was the last.
    pub next: Option<Position>,
}

impl<T> Page<T> {
    /// Cuts rows fetched with one more than the limit to a page.
    pub fn cut(mut rows: Vec<T>, limit: u16, position: impl Fn(&T) -> Position) -> Self {
        let limit = usize::from(limit);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more { rows.last().map(position) } else { None };
        Self { items: rows, next }
    }

    /// The same page of something made from each item.
    pub fn map<U>(self, with: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(with).collect(),
            next: self.next,
        }
    }
}
