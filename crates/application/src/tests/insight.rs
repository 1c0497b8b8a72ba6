//! Figures in memory: those that the test has set.

use async_trait::async_trait;
use ipt_ports::{
    RepositoryError,
    insight::{CoordinatorFigures, FiguresRequest, InsightReader},
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
}
