//! The table of edge cases, row by row; a test's name begins with its row.
//!
//! Where each row is tested:
//!
//! | rows | in |
//! |---|---|
//! | 1–11, 13, 15–17, 33, 36, 39–40, 42, 45 | [`submission`]: what a student hands in |
//! | 12, 18–22, 24–32, 38, 44 | [`review`]: what is decided about it |
//! | 14 | [`super::credit`]: hours above the week's limit |
//! | 23 | `placement::tests::delegation`, `nobody_of_one_part_acts_for_the_other_nor_does_the_student` |
//! | 34 | `placement::tests::proposal`, `a_continuation_is_measured_with_what_it_continues` |
//! | 35 | `placement::tests::proposal`, `two_placements_do_not_share_a_day` |
//! | 37 | `placement::tests::ending`, `…_stays_active_as_an_exception`, `…_awaits_a_decision_is_not_completed` |
//! | 41 | `placement::geofence::tests`, `logbook::location::tests`, and [`super::location`] through an entry |
//! | 43 | `placement::tests::load`; that of two requests at once one wins is the store's, and its contract's |
//!
//! Of some rows a part lies outside this crate: that an unknown entry does not exist and that one named twice is acted on once
//! (row 30) is decided by the use case, that of twenty submissions at once one wins (row 10) by the store. Rows 13, 16, 17, 39
//! and 40 are tested closer to the rule as well, in `hours`, `content`, `location` and `anomaly`; rows 21, 22, 31, 32 and 36
//! by the placement's own tests.

mod review;
mod submission;
