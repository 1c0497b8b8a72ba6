//! Between rows and review records.

use ipt_domain::{
    id::{LogEntryId, ReviewId, TenantId, UserId},
    logbook::{
        action::Action,
        review::{By, ReviewRecord, Way},
        state::StateName,
    },
    text::Remark,
};
use ipt_ports::RepositoryError;

use super::submission::{hours, minutes, skills};
use crate::{cells::Cells, logbook::review_row, number, writes::Columns};

/// A record from its row.
pub(in crate::logbook) fn review(row: review_row::Model) -> Result<ReviewRecord, RepositoryError> {
    let cells = Cells::of("log_review", row.id);
    let state = |column, name: &str| cells.named(column, name, StateName::from_name);
    Ok(ReviewRecord {
        id: ReviewId::new(row.id),
        entry_id: LogEntryId::new(row.entry_id),
        action: cells.named("action", &row.action, Action::from_name)?,
        from: row
            .from_state
            .map(|name| state("from_state", &name))
            .transpose()?,
        to: state("to_state", &row.to_state)?,
        by: By {
            user: UserId::new(row.by_id),
            on_behalf_of: row.on_behalf_of_id.map(UserId::new),
        },
        way: cells.named("way", &row.way, Way::from_name)?,
        at: row.at,
        revision: cells.count("revision", row.revision)?,
        comments: cells.remark("comments", row.comments)?,
        skills: cells.list("skills", row.skills)?,
        hours_confirmed: row
            .confirmed_minutes
            .map(|minutes| hours(&cells, "confirmed_minutes", minutes))
            .transpose()?,
    })
}

/// The columns of a record.
pub(in crate::logbook) fn review_columns(
    review: &ReviewRecord,
    tenant: TenantId,
) -> Result<Columns, RepositoryError> {
    Ok(vec![
        ("id", review.id.uuid().into()),
        ("tenant_id", tenant.uuid().into()),
        ("entry_id", review.entry_id.uuid().into()),
        ("action", review.action.as_str().into()),
        ("from_state", review.from.map(StateName::as_str).into()),
        ("to_state", review.to.as_str().into()),
        ("by_id", review.by.user.uuid().into()),
        ("on_behalf_of_id", review.by.on_behalf_of.map(UserId::uuid).into()),
        ("way", review.way.as_str().into()),
        ("at", review.at.into()),
        ("revision", number::stored(review.revision).into()),
        ("comments", review.comments.as_ref().map(Remark::as_str).into()),
        ("skills", skills(&review.skills)?.into()),
        ("confirmed_minutes", review.hours_confirmed.map(minutes).into()),
    ])
}
