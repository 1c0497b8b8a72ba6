//! The other placements of the same student.

use std::collections::BTreeSet;

use crate::{
    id::PlacementId,
    placement::{period::Period, placement::Placement, state::PlacementStateName},
};

/// Another placement of the same student, as far as it bears on this one. Cancelled and withdrawn ones, and those that
/// ended before they began, are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// Its id.
    pub id: PlacementId,
    /// Its state.
    pub state: PlacementStateName,
    /// The days that it takes: see [`Placement::days_taken`].
    pub period: Period,
    /// What it continues.
    pub continues: Option<PlacementId>,
}

impl Neighbour {
    /// A placement as another one sees it; none when it takes no days.
    pub fn of(placement: &Placement) -> Option<Self> {
        placement.days_taken().map(|period| Self {
            id: placement.id(),
            state: placement.state().name(),
            period,
            continues: placement.continues(),
        })
    }
}

/// The neighbours that are linked to a placement by continuing and being continued, at any remove; without itself.
pub fn chain_of(
    id: PlacementId,
    continues: Option<PlacementId>,
    neighbours: &[Neighbour],
) -> Vec<&Neighbour> {
    let mut linked: BTreeSet<PlacementId> = BTreeSet::from([id]);
    linked.extend(continues);
    loop {
        let before = linked.len();
        for neighbour in neighbours {
            let follows = neighbour
                .continues
                .is_some_and(|earlier| linked.contains(&earlier));
            if follows || linked.contains(&neighbour.id) {
                linked.insert(neighbour.id);
                linked.extend(neighbour.continues);
            }
        }
        if linked.len() == before {
            break;
        }
    }
    neighbours
        .iter()
        .filter(|neighbour| neighbour.id != id && linked.contains(&neighbour.id))
        .collect()
}

/// How many of `taken` share one day of `days`, on the day on which they are most. Periods with the same key count once.
pub fn most_at_once<K: Ord + Copy>(days: Period, taken: &[(K, Period)]) -> usize {
    let starts = taken.iter().map(|(_, period)| period.start().max(days.start()));
    starts
        .filter(|day| days.contains(*day))
        .map(|day| {
            let there: BTreeSet<K> = taken
                .iter()
                .filter(|(_, period)| period.contains(day))
                .map(|(key, _)| *key)
                .collect();
            there.len()
        })
        .max()
        .unwrap_or(0)
}
