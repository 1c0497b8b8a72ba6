//! Institutions and their calendars.

use ipt_domain::{
    id::TenantId,
    tenancy::institution::{Institution, TenantCode},
    version::Version,
};

use crate::{
    RepositoryError,
    engagement::Trail,
    page::{Page, PageRequest},
};

/// The field by which institutions are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InstitutionSort {
    /// The name, without regard to case.
    Name,
    /// The code.
    Code,
}

/// Reads institutions.
#[async_trait::async_trait]
pub trait TenancyReader: Send {
    /// An institution with its calendar.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn institution(&mut self, id: TenantId) -> Result<Option<Institution>, RepositoryError>;

    /// The institution with this code.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn institution_by_code(
        &mut self,
        code: &TenantCode,
    ) -> Result<Option<Institution>, RepositoryError>;

    /// Every institution in scope, by name.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn institutions(&mut self) -> Result<Vec<Institution>, RepositoryError>;

    /// A page of the institutions in scope whose name or code contains `text`, without regard to case.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn institution_page(
        &mut self,
        text: Option<&str>,
        page: &PageRequest<InstitutionSort>,
    ) -> Result<Page<Institution>, RepositoryError>;

    /// How many institutions match.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn institution_count(&mut self, text: Option<&str>) -> Result<u64, RepositoryError>;
}

/// Writes institutions.
#[async_trait::async_trait]
pub trait TenancyRepository: TenancyReader {
    /// Stores an institution, new or changed, with its calendar.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`]; [`RepositoryError::Conflict`] with
    /// [`Constraint::TenantCode`](crate::Constraint::TenantCode).
    async fn save_institution(
        &mut self,
        institution: &Institution,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<(), RepositoryError>;
}
