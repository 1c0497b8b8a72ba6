//! Counts and versions: unsigned here, signed 32-bit integers in both databases.

use ipt_domain::version::Version;
use ipt_ports::RepositoryError;
use uuid::Uuid;

use crate::error::damaged;

/// A count as it is stored. One too large for the column is cut, which no count of ours comes near.
pub(crate) fn stored(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// A version as it is stored.
pub(crate) fn stored_version(version: Version) -> i32 {
    stored(version.number())
}

/// A count as it was stored in `column` of the row `id` of `table`.
pub(crate) fn count(
    stored: i32,
    table: &'static str,
    column: &'static str,
    id: Uuid,
) -> Result<u32, RepositoryError> {
    u32::try_from(stored).map_err(|_| damaged(table, column, id, "a count is negative"))
}

/// The version of the row `id` of `table`.
pub(crate) fn version(stored: i32, table: &'static str, id: Uuid) -> Result<Version, RepositoryError> {
    count(stored, table, "version", id).map(Version::new)
}

/// How many rows an aggregate counted.
pub(crate) fn total(counted: i64) -> u64 {
    u64::try_from(counted).unwrap_or(0)
}
