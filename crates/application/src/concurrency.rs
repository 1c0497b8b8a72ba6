//! Changes that meet each other: the version that was seen, and races that are lost.

use ipt_domain::version::Version;
use ipt_ports::RepositoryError;

/// How often a change is decided anew when somebody else was faster.
const ATTEMPTS: u32 = 4;

/// The thing was changed since the person saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is at version {current} by now, not {seen}; read it again before you change it")]
pub struct StaleVersion {
    /// The version that the person saw.
    pub seen: Version,
    /// The current one.
    pub current: Version,
}

impl StaleVersion {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        "stale_version"
    }
}

/// Checks the version that a person saw, where one was named, against the current one.
///
/// # Errors
/// [`StaleVersion`].
pub(crate) fn check_seen(seen: Option<Version>, current: Version) -> Result<(), StaleVersion> {
    match seen {
        Some(seen) if seen != current => Err(StaleVersion { seen, current }),
        Some(_) | None => Ok(()),
    }
}

/// An error that can mean no more than that somebody else was faster.
pub(crate) trait LostRace {
    /// Whether deciding anew, on what is stored now, can end otherwise.
    fn is_lost_race(&self) -> bool;
}

/// Whether a repository's error is a lost race.
pub(crate) const fn is_stale(error: &RepositoryError) -> bool {
    matches!(error, RepositoryError::Stale)
}

/// Runs `attempt`, which loads, decides and saves, anew while it loses a race. So the loser is told what became of the
/// thing, rather than that there was a race.
pub(crate) async fn settle<T, E, F>(mut attempt: impl FnMut() -> F) -> Result<T, E>
where
    E: LostRace,
    F: Future<Output = Result<T, E>>,
{
    for _ in 1..ATTEMPTS {
        match attempt().await {
            Err(error) if error.is_lost_race() => {}
            outcome => return outcome,
        }
    }
    attempt().await
}

/// The stable code of a repository's error, where a context has no more exact one.
pub const fn code_of(error: &RepositoryError) -> &'static str {
    match error {
        RepositoryError::Conflict(_) | RepositoryError::Stale => "conflict",
        RepositoryError::Unavailable(_) => "unavailable",
        RepositoryError::Corrupt(_) | RepositoryError::Backend(_) => "internal",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl LostRace for RepositoryError {
        fn is_lost_race(&self) -> bool {
            is_stale(self)
        }
    }

    #[tokio::test]
    async fn a_lost_race_is_decided_anew_and_not_for_ever() {
        let mut tries = 0;
        let won: Result<u32, RepositoryError> = settle(|| {
            tries += 1;
            let outcome = if tries < 3 {
                Err(RepositoryError::Stale)
            } else {
                Ok(tries)
            };
            async move { outcome }
        })
        .await;
        assert_eq!(won.unwrap(), 3);

        let mut tries = 0;
        let lost: Result<(), RepositoryError> = settle(|| {
            tries += 1;
            async { Err(RepositoryError::Stale) }
        })
        .await;
        assert!(matches!(lost, Err(RepositoryError::Stale)));
        assert_eq!(tries, 4);
    }

    #[tokio::test]
    async fn an_error_that_is_no_race_is_told_at_once() {
        let mut tries = 0;
        let told: Result<(), RepositoryError> = settle(|| {
            tries += 1;
            async { Err(RepositoryError::Backend("broken".into())) }
        })
        .await;
        assert!(told.is_err());
        assert_eq!(tries, 1);
    }

    #[test]
    fn a_version_that_was_not_named_is_never_stale() {
        assert_eq!(check_seen(None, Version::new(7)), Ok(()));
        assert_eq!(check_seen(Some(Version::new(7)), Version::new(7)), Ok(()));
        let stale = check_seen(Some(Version::new(6)), Version::new(7)).unwrap_err();
        assert_eq!((stale.code(), stale.current), ("stale_version", Version::new(7)));
    }
}
