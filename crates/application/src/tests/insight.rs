//! Figures in memory: those that the test has set.

use async_trait::async_trait;
use ipt_domain::id::TenantId;
use ipt_ports::{
    RepositoryError,
    insight::{CoordinatorFigures, FiguresRequest, InsightReader, TenantStatistics},
};

use super::work::MemoryWork;

#[async_trait]
impl InsightReader for MemoryWork {
    async fn coordinator_figures(
        &mut self,
        request: &FiguresRequest,
    ) -> Result<CoordinatorFigures, RepositoryError> {
        assert!(self.covers(Some(request.tenant)), "figures outside of the scope");
        self.shared_state(|state| state.figures_asked.push(request.clone()));
        Ok(self.state.figures.clone())
    }

    async fn tenant_statistics(&mut self, tenant: TenantId) -> Result<TenantStatistics, RepositoryError> {
        assert!(self.covers(Some(tenant)), "numbers outside of the scope");
        let held = self
            .state
            .memberships
            .iter()
            .filter(|held| held.tenant_id == Some(tenant));
        Ok(TenantStatistics {
            active_people: held.count() as u64,
            ..TenantStatistics::default()
        })
    }
}
