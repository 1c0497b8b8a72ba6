//! The audit trail as a whole, to be kept elsewhere: batch by batch, however long it is.

use chrono::TimeDelta;
use ipt_ports::{
    Scope,
    audit::{AuditFilter, AuditSort, AuditView},
    page::{Direction, PageRequest, Position, Sort},
};

use super::{AuditError, Filter, look};
use crate::{Caller, Services};

/// How many records are read at a time.
const BATCH: u16 = 500;

/// An export under way. No connection is held between its batches.
pub struct Export {
    services: Services,
    scope: Scope,
    filter: AuditFilter,
    next: Next,
}

/// What comes next.
enum Next {
    First,
    Behind(Position),
    Nothing,
}

/// Begins to export the records of the institution in which the caller acts, or the deployment's for one who acts in none:
/// as far as they are there now. `form` is what they are written as. The export is written down first, so that nobody
/// reads and breaks off unseen; its own record is the last that it shows.
///
/// # Errors
/// [`AuditError`].
#[tracing::instrument(name = "usecase.audit.export", skip_all)]
pub async fn begin(
    services: &Services,
    caller: &Caller,
    filter: Filter,
    form: &'static str,
) -> Result<Export, AuditError> {
    let (tenant, scope) = look::whose(caller)?;
    let mut wanted = filter.values();
    wanted["form"] = form.into();
    look::record(services, caller, (tenant, scope.clone()), "audit.export", wanted).await?;
    // What is written from now on is not waited for.
    let end = services.clock.now() + TimeDelta::microseconds(1);
    let to = filter.to.map_or(end, |to| to.min(end));
    let filter = Filter {
        to: Some(to),
        ..filter
    };
    Ok(Export {
        services: services.clone(),
        scope,
        filter: filter.within(tenant),
        next: Next::First,
    })
}

impl Export {
    /// The next records, the oldest first; none at the end.
    ///
    /// # Errors
    /// [`AuditError`]; what was given out so far is not all then.
    pub async fn next(&mut self) -> Result<Option<Vec<AuditView>>, AuditError> {
        let after = match std::mem::replace(&mut self.next, Next::Nothing) {
            Next::First => None,
            Next::Behind(position) => Some(position),
            Next::Nothing => return Ok(None),
        };
        let request = PageRequest {
            limit: BATCH,
            after,
            sort: vec![Sort {
                field: AuditSort::At,
                direction: Direction::Ascending,
            }],
        };
        let mut reader = self.services.database.read(self.scope.clone()).await?;
        let page = reader.audit().audit_page(&self.filter, &request).await?;
        self.next = page.next.map_or(Next::Nothing, Next::Behind);
        Ok(Some(page.items))
    }
}
