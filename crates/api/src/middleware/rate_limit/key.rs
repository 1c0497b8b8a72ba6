//! For whom requests are counted that no account sends.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipt_ports::rate_limiter::RateKey;

/// The address of a client. Of IPv6 the first 64 bits count: whoever has one address there has all of them.
pub(super) fn of_address(client: Option<IpAddr>) -> RateKey {
    let address = client.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |client| client.to_canonical());
    RateKey::Address(match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
    })
}

#[cfg(test)]
mod tests {
    use ipt_ports::rate_limiter::RateKey;

    use super::of_address;

    fn key(address: &str) -> RateKey {
        of_address(Some(address.parse().unwrap()))
    }

    #[test]
    fn whoever_changes_the_address_within_an_own_network_is_still_the_same() {
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:192.0.2.7"), key("192.0.2.7"));
        assert_ne!(key("192.0.2.7"), key("192.0.2.8"));
    }
}
