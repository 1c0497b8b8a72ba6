//! How long reviews take: the medians of both sides.

use chrono::TimeDelta;
use ipt_domain::logbook::{action::Action, review::ReviewRecord};

use super::figures::Institution;

/// Over the decisions of how many days the medians are taken.
const WINDOW: TimeDelta = TimeDelta::days(90);

/// The medians, in whole minutes; none without a decision.
pub(super) struct ReviewTimes {
    pub(super) industry: Option<u64>,
    pub(super) academic: Option<u64>,
}

impl Institution<'_> {
    pub(super) fn review_times(&self) -> ReviewTimes {
        ReviewTimes {
            industry: self.median(
                &[Action::Approve, Action::Reject],
                &[Action::Submit, Action::Revise, Action::ReturnToIndustry],
            ),
            academic: self.median(
                &[Action::Validate, Action::Flag],
                &[
                    Action::Approve,
                    Action::VerifyOnEvidence,
                    Action::ReturnToAcademic,
                ],
            ),
        }
    }

    /// The median time from the last thing that asked for a decision to the decision.
    fn median(&self, decisions: &[Action], asking: &[Action]) -> Option<u64> {
        let recent = |review: &&&ReviewRecord| {
            decisions.contains(&review.action)
                && self.request.now - WINDOW <= review.at
                && review.at <= self.request.now
        };
        let asked = |decision: &ReviewRecord| {
            let before = self
                .reviews
                .iter()
                .filter(|review| review.entry_id == decision.entry_id);
            let before = before.filter(|review| asking.contains(&review.action) && review.at <= decision.at);
            before.map(|review| review.at).max()
        };
        let decided = self.reviews.iter().filter(recent);
        let mut seconds: Vec<i64> = decided
            .filter_map(|decision| Some((decision.at - asked(decision)?).num_seconds()))
            .collect();
        seconds.sort_unstable();
        let upper = *seconds.get(seconds.len() / 2)?;
        let lower = *seconds.get((seconds.len() - 1) / 2)?;
        let median = (lower + upper + 1).div_euclid(2);
        u64::try_from((median + 30).div_euclid(60)).ok()
    }
}
