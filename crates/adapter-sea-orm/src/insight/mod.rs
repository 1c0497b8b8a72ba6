//! Figures for dashboards: a fixed number of statements, each of one institution.

mod exception_mapper;
mod exceptions;
mod logs;
mod people;
mod review_times;
mod tenant_statistics;
mod trend;

use ipt_domain::id::TenantId;
use ipt_ports::{
    RepositoryError,
    insight::{CoordinatorFigures, FiguresRequest, InsightReader, TenantStatistics},
};
use sea_orm::{ConnectionTrait as _, QueryResult};

use crate::{dialect::Sql, error::repository_error, scope::push_within, unit_of_work::SeaUnitOfWork};

#[async_trait::async_trait]
impl InsightReader for SeaUnitOfWork {
    /// Six statements.
    async fn coordinator_figures(
        &mut self,
        request: &FiguresRequest,
    ) -> Result<CoordinatorFigures, RepositoryError> {
        let students = self.figures_of_students(request).await?;
        let placements = self.placements_by_state(request).await?;
        let logs = self.figures_of_logs(request).await?;
        let times = self.review_times(request).await?;
        let exceptions = self.exceptions(request).await?;
        let trend = self.trend(request).await?;
        Ok(CoordinatorFigures {
            students: students.all,
            placed: students.placed,
            placements,
            logs: logs.by_state,
            submitted_today: logs.submitted_today,
            overdue: logs.overdue,
            industry_median_minutes: times.industry,
            academic_median_minutes: times.academic,
            exceptions,
            trend,
        })
    }

    async fn tenant_statistics(&mut self, tenant: TenantId) -> Result<TenantStatistics, RepositoryError> {
        self.statistics_of(tenant).await
    }
}

impl SeaUnitOfWork {
    /// A statement in the making.
    fn sql(&self) -> Sql {
        Sql::new(self.dialect())
    }

    /// Adds the condition that `column` names the institution asked for, and that this one is in scope.
    fn push_of(&self, sql: &mut Sql, column: &str, request: &FiguresRequest) {
        sql.push(column)
            .push(" = ")
            .bind(request.tenant.uuid())
            .push(" AND ");
        push_within(sql, self.scope(), column);
    }

    /// The rows of a statement.
    async fn rows(&self, sql: Sql) -> Result<Vec<QueryResult>, RepositoryError> {
        self.connection()
            .query_all_raw(sql.statement())
            .await
            .map_err(repository_error)
    }
}
