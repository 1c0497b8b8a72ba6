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
    /// Items can be without one.
    OptionalInstant,
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
            Kind::Instant | Kind::OptionalInstant => text.parse().ok().map(Self::Instant),
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
        None if kind == Kind::OptionalInstant => None,
        None => return Err(foreign()),
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

    /// A page of two items that are a minute and a number each.
    fn asked(direction: Direction, after: Option<Position>) -> PageRequest<()> {
        PageRequest {
            limit: 2,
            after,
            sort: Sort { field: (), direction },
        }
    }

    fn place((minute, number): &(Option<i64>, u128)) -> Place {
        let at = |minute: i64| Key::Instant(Instant::UNIX_EPOCH + chrono::TimeDelta::minutes(minute));
        (minute.map(at), Uuid::from_u128(*number))
    }

    /// All items, page by page.
    fn walk(direction: Direction) -> Vec<u128> {
        let items = [(Some(7), 1), (None, 2), (Some(6), 4), (Some(7), 3), (None, 5)];
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let found = page(items, Kind::OptionalInstant, place, &asked(direction, after)).unwrap();
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
        for value in [None, Some("no moment".to_owned())] {
            let foreign = Position {
                value,
                id: Uuid::nil(),
            };
            let page = page(
                [(Some(7), 1)],
                Kind::Instant,
                place,
                &asked(Direction::Ascending, Some(foreign)),
            );
            assert!(matches!(page, Err(RepositoryError::Backend(_))));
        }
    }
}
