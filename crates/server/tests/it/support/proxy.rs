//! What lies between a program and its database: a wire that can be cut, and one that carries nothing.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, copy_bidirectional},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Carries everything.
    Whole,
    /// Takes connections and bytes, and answers nothing. A connection that was silent once is silent until it is cut.
    Silent,
    /// Resets every connection, old and new.
    Cut,
}

/// A proxy before a server.
pub(crate) struct Proxy {
    address: SocketAddr,
    state: watch::Sender<State>,
    swallowed: Arc<watch::Sender<usize>>,
    serving: JoinHandle<()>,
}

impl Proxy {
    /// A proxy before the server of an address, and the address by which that is reached through the proxy.
    pub(crate) async fn before(url: &str) -> (Self, String) {
        let mut url = reqwest::Url::parse(url).unwrap();
        let target = (url.host_str().unwrap().to_owned(), url.port().unwrap_or(5432));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (state, listening) = watch::channel(State::Whole);
        let swallowed = Arc::new(watch::channel(0).0);
        let counted = Arc::clone(&swallowed);
        let serving = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(
                    client,
                    target.clone(),
                    listening.clone(),
                    Arc::clone(&counted),
                ));
            }
        });
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(address.port())).unwrap();
        let proxy = Self {
            address,
            state,
            swallowed,
            serving,
        };
        (proxy, url.to_string())
    }

    /// From now on nothing is answered; what comes is taken.
    pub(crate) fn fall_silent(&self) {
        self.state.send_replace(State::Silent);
    }

    /// From now on every connection is reset.
    pub(crate) fn cut(&self) {
        self.state.send_replace(State::Cut);
    }

    /// From now on new connections are carried.
    pub(crate) fn mend(&self) {
        self.state.send_replace(State::Whole);
    }

    /// Waits until something was sent that is not answered.
    pub(crate) async fn something_is_swallowed(&self) {
        let mut swallowed = self.swallowed.subscribe();
        let waiting = swallowed.wait_for(|bytes| *bytes > 0);
        tokio::time::timeout(Duration::from_secs(20), waiting)
            .await
            .unwrap_or_else(|_| panic!("nothing was sent through {}", self.address))
            .unwrap();
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn carry(
    mut client: TcpStream,
    target: (String, u16),
    mut state: watch::Receiver<State>,
    swallowed: Arc<watch::Sender<usize>>,
) {
    if *state.borrow_and_update() == State::Whole {
        let Ok(mut server) = TcpStream::connect(target).await else {
            return;
        };
        tokio::select! {
            _ = copy_bidirectional(&mut client, &mut server) => return,
            _ = state.wait_for(|state| *state != State::Whole) => {}
        }
        swallow(&mut client, state, &swallowed).await;
        // The server's side stays open until here: it is the wire that is silent.
        drop(server);
    } else {
        swallow(&mut client, state, &swallowed).await;
    }
    // With a reset, as from a server that is gone.
    let _ = client.set_zero_linger();
}

/// Takes bytes and answers nothing, until the wire is cut or the client goes.
async fn swallow(
    client: &mut TcpStream,
    mut state: watch::Receiver<State>,
    swallowed: &watch::Sender<usize>,
) {
    let mut buffer = [0; 4_096];
    loop {
        tokio::select! {
            _ = state.wait_for(|state| *state == State::Cut) => return,
            read = client.read(&mut buffer) => match read {
                Ok(0) | Err(_) => return,
                Ok(bytes) => swallowed.send_modify(|all| *all += bytes),
            },
        }
    }
}
