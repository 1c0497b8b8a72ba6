//! Counters in Redis.

use std::time::Duration;

use ipt_ports::rate_limiter::{RateKey, RatePolicy, RateStanding};
use redis::{
    Client, RedisError, Script,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use secrecy::{ExposeSecret as _, SecretString};

const MINUTE: u64 = 60_000_000;

/// An address that is none of a Redis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected redis://HOST:PORT/NUMBER, or redis+unix:///SOCKET")]
pub struct AddressError;

/// The counters, and the script that counts.
pub(crate) struct Store {
    connection: ConnectionManager,
    script: Script,
}

impl Store {
    /// The store of an address; it is connected to when it is first needed.
    pub(crate) fn at(url: &SecretString, patience: Duration) -> Result<Self, AddressError> {
        // The library's errors repeat the address, which may hold a password.
        let client = Client::open(url.expose_secret()).map_err(|_| AddressError)?;
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(0)
            .set_connection_timeout(Some(patience))
            .set_response_timeout(Some(patience));
        let connection = ConnectionManager::new_lazy_with_config(client, config).map_err(|_| AddressError)?;
        Ok(Self {
            connection,
            script: Script::new(include_str!("count.lua")),
        })
    }

    /// Asks whether it is there.
    pub(crate) async fn check(&self) -> Result<(), RedisError> {
        redis::cmd("PING").query_async(&mut self.connection.clone()).await
    }

    /// Counts one request, in one step for all nodes.
    pub(crate) async fn count(&self, policy: RatePolicy, key: RateKey) -> Result<RateStanding, RedisError> {
        let quota = u64::from(policy.per_minute.get());
        let cost = (MINUTE / quota).max(1);
        let mut connection = self.connection.clone();
        let (left, wait): (u64, u64) = self
            .script
            .key(name(policy, key))
            .arg(cost)
            .arg(quota)
            .invoke_async(&mut connection)
            .await?;
        let seconds = |micros: u64| micros.div_ceil(1_000_000);
        Ok(if wait > 0 {
            RateStanding {
                remaining: 0,
                reset: seconds(wait),
                wait: Some(seconds(wait)),
            }
        } else {
            let used = left.div_ceil(cost);
            RateStanding {
                remaining: u32::try_from(quota.saturating_sub(used)).unwrap_or(u32::MAX),
                reset: seconds(left),
                wait: None,
            }
        })
    }
}

/// Where a key's counter of a policy lies. The quota is part of it: one that was changed counts anew.
fn name(policy: RatePolicy, key: RateKey) -> String {
    let RatePolicy { name, per_minute } = policy;
    match key {
        RateKey::Account(id) => format!("ipt:rate:{name}:{per_minute}:account:{}", id.uuid()),
        RateKey::Address(address) => format!("ipt:rate:{name}:{per_minute}:address:{address}"),
    }
}
