//! Placements: where a student trains, for how long, under whose supervision, and by which programme's rules.
//!
//! - [`programme`]: a course of study's training, with its window, its requirements and its versioned [`policy`].
//! - [`organisation`], [`site`], [`geofence`]: who hosts, and where.
//! - [`placement`]: one student at one organisation for one period; its [`state`], and the transitions, each of which
//!   consumes the placement and returns it with one [`event`], or a [`refusal`] that says why not.
//! - [`delegation`], [`standing`]: who holds which part on a placement today.
//!
//! ```
//! use ipt_domain::placement::{
//!     geofence::{Geofence, Position},
//!     period::Period,
//!     policy::{Policy, PolicyDraft},
//! };
//!
//! // A programme's policy: what is left out takes its default, and what is out of bounds is told, all together.
//! let policy = Policy::from_draft(PolicyDraft { industry_review_days: Some(5), ..PolicyDraft::default() });
//! assert_eq!(policy.map(|policy| policy.max_days()), Ok(182));
//! let broken = PolicyDraft { industry_review_days: Some(15), offer_days: Some(0), ..PolicyDraft::default() };
//! assert_eq!(Policy::from_draft(broken).map_err(|told| told.len()), Err(2));
//!
//! // Both ends of a placement's period belong to it.
//! let day = |month, day| chrono::NaiveDate::from_ymd_opt(2026, month, day).ok_or("no such day");
//! let period = Period::new(day(7, 6)?, day(9, 25)?)?;
//! assert_eq!(period.days(), 82);
//!
//! // A geofence knows neither poles nor the 180° meridian as exceptions.
//! let site = Geofence::circle(Position::new(0.0, 179.999)?, 200)?;
//! let outside = site.distance_outside_m(&Position::new(0.0, -179.999)?);
//! assert!((outside - 22.6).abs() < 0.1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The checks come in one order everywhere: the person may, the version is the one seen, the state allows it, then the
//! guards on the content, all of these together.

pub mod action;
pub mod amendment;
pub mod appointment;
pub mod attachment_type;
pub mod authority;
pub mod credit_units;
pub mod delegation;
pub mod ending;
pub mod event;
pub mod geofence;
pub mod guard;
pub mod load;
pub mod mode;
pub mod neighbour;
pub mod organisation;
pub mod organisation_draft;
pub mod organisation_relation;
pub mod period;
#[expect(
    clippy::module_inception,
    reason = "the context is named after its aggregate, and both keep the field's term"
)]
pub mod placement;
pub mod policy;
pub mod policy_bounds;
pub mod policy_version;
pub mod polygon;
pub mod position;
pub mod programme;
pub mod programme_draft;
pub mod proposal;
pub mod refusal;
pub mod review_cadence;
pub mod running;
pub mod site;
pub mod site_draft;
pub mod standing;
pub mod state;
pub mod supervisor;
pub mod violation;
pub mod workplace;

#[cfg(test)]
mod tests;
