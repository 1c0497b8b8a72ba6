//! Looks at reviews and at the texts that were handed in.

use ipt_domain::{
    Instant,
    id::{LogEntryId, LogRevisionId, ReviewId, UserId},
    logbook::review::ReviewRecord,
};
use ipt_ports::{
    RepositoryError,
    logbook::{ReviewView, RevisionView},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait as _, EntityTrait as _, FromQueryResult as _, JoinType,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait,
    sea_query::{Expr, ExprTrait as _},
};

use super::{entry_row, mapper, review_row, revision_row};
use crate::{cells::Cells, error::repository_error, scope::within, unit_of_work::SeaUnitOfWork};

impl SeaUnitOfWork {
    pub(super) async fn reviews_of(
        &self,
        entries: &[LogEntryId],
    ) -> Result<Vec<ReviewView>, RepositoryError> {
        use review_row::{Column, Entity, Model};
        let mut select = Entity::find()
            .filter(within(self.scope(), Column::TenantId))
            .filter(Column::EntryId.is_in(entries.iter().map(|entry| entry.uuid())))
            .order_by_asc(Column::At)
            .order_by_asc(Column::Id);
        let query = QueryTrait::query(&mut select);
        for (join, person, column) in [
            (JoinType::InnerJoin, "reviewer", Column::ById),
            (JoinType::LeftJoin, "principal", Column::OnBehalfOfId),
        ] {
            query.join_as(
                join,
                "user_account",
                person,
                Expr::col((Entity, column)).equals((person, "id")),
            );
            query.expr_as(Expr::col((person, "full_name")), format!("{person}_name"));
        }
        let rows = self
            .connection()
            .query_all(&select.into_query())
            .await
            .map_err(repository_error)?;
        rows.iter()
            .map(|row| {
                Ok(ReviewView {
                    record: mapper::review(Model::from_query_result(row, "").map_err(repository_error)?)?,
                    by_name: row.try_get("", "reviewer_name").map_err(repository_error)?,
                    on_behalf_of_name: row.try_get("", "principal_name").map_err(repository_error)?,
                })
            })
            .collect()
    }

    /// The steps to which a person added words.
    pub(super) async fn remarks_by(
        &self,
        person: UserId,
        after: Option<(Instant, ReviewId)>,
        limit: u16,
    ) -> Result<Vec<ReviewRecord>, RepositoryError> {
        use review_row::{Column, Entity};
        let mut select = Entity::find()
            .filter(within(self.scope(), Column::TenantId))
            .filter(Column::ById.eq(person.uuid()))
            .filter(Column::Comments.is_not_null())
            .order_by_asc(Column::At)
            .order_by_asc(Column::Id)
            .limit(u64::from(limit));
        if let Some((at, id)) = after {
            let later_id = Condition::all()
                .add(Column::At.eq(at))
                .add(Column::Id.gt(id.uuid()));
            select = select.filter(Condition::any().add(Column::At.gt(at)).add(later_id));
        }
        let rows = select.all(self.connection()).await.map_err(repository_error)?;
        rows.into_iter().map(mapper::review).collect()
    }

    /// The texts that a later one has replaced, and the last one, which the entry itself has.
    pub(super) async fn revisions_of(&self, entry: LogEntryId) -> Result<Vec<RevisionView>, RepositoryError> {
        let earlier = revision_row::Entity::find()
            .filter(within(self.scope(), revision_row::Column::TenantId))
            .filter(revision_row::Column::EntryId.eq(entry.uuid()))
            .order_by_asc(revision_row::Column::SubmittedAt)
            .order_by_asc(revision_row::Column::SubmissionId)
            .all(self.connection())
            .await
            .map_err(repository_error)?;
        let last = entry_row::Entity::find_by_id(entry.uuid())
            .filter(within(self.scope(), entry_row::Column::TenantId))
            .one(self.connection())
            .await
            .map_err(repository_error)?;
        let mut texts = earlier
            .into_iter()
            .map(mapper::revision)
            .collect::<Result<Vec<_>, _>>()?;
        if let Some(row) = last {
            let id = row.submission_id;
            let cells = Cells::of("log_entry", row.id);
            let entry = mapper::entry(row)?;
            if let Some(submission) = entry.submission() {
                texts.push(RevisionView {
                    id: LogRevisionId::new(cells.needed("submission_id", id)?),
                    revision: entry.revision(),
                    submission: submission.clone(),
                });
            }
        }
        Ok(texts)
    }
}
