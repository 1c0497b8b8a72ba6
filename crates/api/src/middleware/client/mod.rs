//! Whence a request comes: the address and the scheme of whoever sent it, seen through the proxies in between.

mod forwarded;
mod network;

use std::net::IpAddr;

use actix_web::{
    Error, HttpMessage as _, HttpRequest,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::HeaderMap,
    middleware::Next,
};
use forwarded::{Hop, by_custom, by_standard};
pub use network::{Network, NetworkError};

use crate::state::State;

/// Who sent a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Client {
    /// The address; none when the connection has none.
    pub(crate) address: Option<IpAddr>,
    /// The scheme by which the client reached the first proxy, as that says; none when none says.
    pub(crate) scheme: Option<Scheme>,
}

/// By which way a client speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// In clear.
    Http,
    /// Encrypted.
    Https,
}

/// Finds out who sent the request, and leaves that with it.
pub(crate) async fn locate<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let peer = request.peer_addr().map(|peer| peer.ip());
    let trusted = request
        .app_data::<State>()
        .map_or(&[][..], |state| &state.settings().trusted_proxies);
    let client = client_of(peer, request.headers(), trusted);
    request.extensions_mut().insert(client);
    next.call(request).await
}

/// Who sent a request.
pub(crate) fn client(request: &HttpRequest) -> Client {
    request.extensions().get::<Client>().copied().unwrap_or_default()
}

/// Who sent a request that came by a connection from `peer`.
///
/// Each proxy notes whom it got the request from, and appends that to what the one before has noted. So the notes are read
/// from the end, as long as whoever wrote them is trusted; what stands before came from outside, and anybody can write it.
/// A proxy that keeps one of the two forms leaves the other as the client sent it: where they differ, neither is believed.
fn client_of(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[Network]) -> Client {
    let Some(peer) = peer.map(|peer| peer.to_canonical()) else {
        return Client::default();
    };
    let itself = Client {
        address: Some(peer),
        scheme: None,
    };
    let through = |hops: &[Hop]| follow(itself, hops, trusted);
    let (standard, custom) = (by_standard(headers), by_custom(headers));
    match (standard.is_empty(), custom.is_empty()) {
        (true, true) => itself,
        (false, true) => through(&standard),
        (true, false) => through(&custom),
        (false, false) => {
            let (one, other) = (through(&standard), through(&custom));
            if one.address == other.address {
                Client {
                    scheme: one.scheme.or(other.scheme),
                    ..one
                }
            } else {
                itself
            }
        }
    }
}

/// Goes back from proxy to proxy.
fn follow(mut client: Client, hops: &[Hop], trusted: &[Network]) -> Client {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    for hop in hops.iter().rev() {
        if !client.address.is_some_and(is_trusted) {
            break;
        }
        client.scheme = hop.scheme;
        match hop.address {
            Some(address) => client.address = Some(address),
            None => break,
        }
    }
    client
}

#[cfg(test)]
mod tests;
