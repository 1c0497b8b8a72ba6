//! Pages by key: ordered by fields and then by id, the same way as the last; items without a field come last either way.

use std::cmp::Ordering;

use chrono::{NaiveDate, SecondsFormat};
use ipt_domain::Instant;
use ipt_ports::{
    RepositoryError,
    page::{Direction, Page, PageRequest, Position, Sort},
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

/// A place in a list: the values of the fields by which it runs, and the id.
type Place = (Vec<Option<Key>>, Uuid);

/// The page of `items` that is asked for. `kind` tells of which kind the values of a field are, `key` an item's value of it.
pub(crate) fn page<T, F: Copy>(
    items: impl IntoIterator<Item = T>,
    kind: impl Fn(F) -> Kind,
    key: impl Fn(&T, F) -> Option<Key>,
    id: impl Fn(&T) -> Uuid,
    page: &PageRequest<F>,
) -> Result<Page<T>, RepositoryError> {
    let after = page
        .after
        .as_ref()
        .map(|position| read(position, &page.sort, kind))
        .transpose()?;
    let place = |item: &T| -> Place {
        let keys = page.sort.iter().map(|sort| key(item, sort.field));
        (keys.collect(), id(item))
    };
    let mut placed: Vec<(Place, T)> = items
        .into_iter()
        .map(|item| (place(&item), item))
        .filter(|(place, _)| {
            after
                .as_ref()
                .is_none_or(|after| order(&page.sort, after, place) == Ordering::Less)
        })
        .collect();
    placed.sort_by(|(one, _), (other, _)| order(&page.sort, one, other));
    placed.truncate(usize::from(page.limit) + 1);
    let position = |((keys, id), _): &(Place, T)| Position {
        values: keys.iter().map(|key| key.as_ref().map(Key::told)).collect(),
        id: *id,
    };
    Ok(Page::cut(placed, page.limit, position).map(|(_, item)| item))
}

fn read<F: Copy>(
    position: &Position,
    sort: &[Sort<F>],
    kind: impl Fn(F) -> Kind,
) -> Result<Place, RepositoryError> {
    let foreign = || RepositoryError::Backend(Box::new(ForeignPosition));
    if position.values.len() != sort.len() {
        return Err(foreign());
    }
    let keys = sort.iter().zip(&position.values).map(|(sort, value)| {
        let kind = kind(sort.field);
        match value {
            Some(text) => Key::read(kind, text).map(Some).ok_or_else(foreign),
            None if kind == Kind::OptionalInstant => Ok(None),
            None => Err(foreign()),
        }
    });
    Ok((keys.collect::<Result<_, _>>()?, position.id))
}

fn order<F>(sort: &[Sort<F>], (one, one_id): &Place, (other, other_id): &Place) -> Ordering {
    let turned = |direction, ordering: Ordering| match direction {
        Direction::Ascending => ordering,
        Direction::Descending => ordering.reverse(),
    };
    let mut by_keys = Ordering::Equal;
    for (sort, (one, other)) in sort.iter().zip(one.iter().zip(other)) {
        by_keys = by_keys.then_with(|| match (one, other) {
            (Some(one), Some(other)) => turned(sort.direction, one.cmp(other)),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        });
    }
    let last = sort.last().map_or(Direction::Ascending, |last| last.direction);
    by_keys.then_with(|| turned(last, one_id.cmp(other_id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Item = (Option<i64>, u128);

    /// A page of two items that are a minute and a number each.
    fn asked(direction: Direction, after: Option<Position>) -> PageRequest<()> {
        PageRequest {
            limit: 2,
            after,
            sort: vec![Sort { field: (), direction }],
        }
    }

    fn key((minute, _): &Item, (): ()) -> Option<Key> {
        minute.map(|minute| Key::Instant(Instant::UNIX_EPOCH + chrono::TimeDelta::minutes(minute)))
    }

    fn id((_, number): &Item) -> Uuid {
        Uuid::from_u128(*number)
    }

    /// All items, page by page.
    fn walk(direction: Direction) -> Vec<u128> {
        let items = [(Some(7), 1), (None, 2), (Some(6), 4), (Some(7), 3), (None, 5)];
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let found = page(
                items,
                |()| Kind::OptionalInstant,
                key,
                id,
                &asked(direction, after),
            )
            .unwrap();
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
        let no_moment = Some("no moment".to_owned());
        for values in [vec![None], vec![no_moment], vec![]] {
            let foreign = Position {
                values,
                id: Uuid::nil(),
            };
            let page = page(
                [(Some(7), 1)],
                |()| Kind::Instant,
                key,
                id,
                &asked(Direction::Ascending, Some(foreign)),
            );
            assert!(matches!(page, Err(RepositoryError::Backend(_))));
        }
    }
}
