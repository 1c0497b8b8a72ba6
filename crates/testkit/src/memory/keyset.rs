//! Pages by key: ordered by a field and then by id, the same way; items without the field come last either way.

use std::cmp::Ordering;

use chrono::{NaiveDate, SecondsFormat};
use ipt_domain::Instant;
use ipt_ports::{
    RepositoryError,
    page::{Direction, Page, PageRequest, Position},
};
use uuid::Uuid;

/// A value by which a list runs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Instant(Instant),
    Date(NaiveDate),
    Text(String),
}

/// Of which kind the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Instant,
    Date,
    Text,
}

/// A position that no list of ours has given.
#[derive(Debug, thiserror::Error)]
#[error("the position does not belong to this list")]
struct ForeignPosition;

impl Key {
    /// As it stands in a position: instants to the microsecond.
    fn told(&self) -> String {
        match self {
            Self::Instant(at) => at.to_rfc3339_opts(SecondsFormat::Micros, true),
            Self::Date(date) => date.to_string(),
            Self::Text(text) => text.clone(),
        }
    }

    fn read(kind: Kind, text: &str) -> Option<Self> {
        match kind {
            Kind::Instant => text.parse().ok().map(Self::Instant),
            Kind::Date => text.parse().ok().map(Self::Date),
            Kind::Text => Some(Self::Text(text.to_owned())),
        }
    }
}

/// A place in a list.
type Place = (Option<Key>, Uuid);

/// The page of `items` that is asked for. `place` tells where an item stands.
pub(crate) fn page<T, F>(
    items: impl IntoIterator<Item = T>,
    kind: Kind,
    place: impl Fn(&T) -> Place,
    page: &PageRequest<F>,
) -> Result<Page<T>, RepositoryError> {
    let direction = page.sort.direction;
    let after = page
        .after
        .as_ref()
        .map(|position| read(kind, position))
        .transpose()?;
    let mut placed: Vec<(Place, T)> = items
        .into_iter()
        .map(|item| (place(&item), item))
        .filter(|(place, _)| {
            after
                .as_ref()
                .is_none_or(|after| order(direction, after, place) == Ordering::Less)
        })
        .collect();
    placed.sort_by(|(one, _), (other, _)| order(direction, one, other));
    placed.truncate(usize::from(page.limit) + 1);
    let position = |((key, id), _): &(Place, T)| Position {
        value: key.as_ref().map(Key::told),
        id: *id,
    };
    Ok(Page::cut(placed, page.limit, position).map(|(_, item)| item))
}

fn read(kind: Kind, position: &Position) -> Result<Place, RepositoryError> {
    let foreign = || RepositoryError::Backend(Box::new(ForeignPosition));
    let key = match &position.value {
        Some(text) => Some(Key::read(kind, text).ok_or_else(foreign)?),
        None => None,
    };
    Ok((key, position.id))
}

fn order(direction: Direction, (one, one_id): &Place, (other, other_id): &Place) -> Ordering {
    let turned = |ordering: Ordering| match direction {
        Direction::Ascending => ordering,
        Direction::Descending => ordering.reverse(),
    };
    let by_key = match (one, other) {
        (Some(one), Some(other)) => turned(one.cmp(other)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    by_key.then_with(|| turned(one_id.cmp(other_id)))
}

#[cfg(test)]
mod tests {
    use ipt_ports::page::Sort;

    use super::*;

    fn asked(limit: u16, direction: Direction, after: Option<Position>) -> PageRequest<()> {
        PageRequest {
            limit,
            after,
            sort: Sort { field: (), direction },
        }
    }

    fn place(item: &(Option<&str>, u128)) -> Place {
        (
            item.0.map(|text| Key::Text(text.to_owned())),
            Uuid::from_u128(item.1),
        )
    }

    /// All items, page by page.
    fn walk(direction: Direction) -> Vec<u128> {
        let items = [
            (Some("b"), 1),
            (None, 2),
            (Some("a"), 4),
            (Some("b"), 3),
            (None, 5),
        ];
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let found = page(items, Kind::Text, place, &asked(2, direction, after)).unwrap();
            seen.extend(found.items.iter().map(|(_, id)| *id));
            match found.next {
                Some(next) => after = Some(next),
                None => return seen,
            }
        }
    }

    #[test]
    fn items_without_the_field_come_last_either_way_and_none_comes_twice() {
        assert_eq!(walk(Direction::Ascending), [4, 1, 3, 2, 5]);
        assert_eq!(walk(Direction::Descending), [3, 1, 4, 5, 2]);
    }

    #[test]
    fn a_position_of_another_list_is_refused() {
        let foreign = Position {
            value: Some("no date".to_owned()),
            id: Uuid::nil(),
        };
        let found = page(
            [(Some("a"), 1)],
            Kind::Date,
            place,
            &asked(2, Direction::Ascending, Some(foreign)),
        );
        assert!(matches!(found, Err(RepositoryError::Backend(_))));
    }
}
