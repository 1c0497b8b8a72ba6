//! A Redis server of a test's own.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test without its server cannot go on, and says why"
)]

use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// How often it is looked whether the server answers; 50 times a second.
const LOOKS: u32 = 500;

/// A server that keeps nothing on the disk, until it is dropped.
#[derive(Debug)]
pub struct RedisServer {
    child: Child,
    port: u16,
}

impl RedisServer {
    /// Starts `redis-server`, and waits until it answers.
    ///
    /// # Panics
    /// When there is no such program, or it does not come to answer.
    pub async fn start() -> Self {
        let port = free_port();
        let child = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--port", &port.to_string()])
            .args(["--save", "", "--appendonly", "no"])
            .stdout(Stdio::null())
            .spawn()
            .expect("redis-server is needed: `cargo xtask test` installs it, or says how");
        let server = Self { child, port };
        for _ in 0..LOOKS {
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return server;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("redis-server does not answer");
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    /// Asks it something, past everybody; what `redis-cli` prints.
    ///
    /// # Panics
    /// When there is no such program.
    pub fn ask(&self, question: &[&str]) -> String {
        let answer = Command::new("redis-cli")
            .args(["-p", &self.port.to_string()])
            .args(question)
            .output()
            .expect("redis-cli comes with redis-server");
        String::from_utf8_lossy(&answer.stdout).into_owned()
    }

    /// Sends it a signal (`-STOP`, `-CONT`).
    ///
    /// # Panics
    /// When that fails.
    pub fn signal(&self, signal: &str) {
        let done = Command::new("kill")
            .args([signal, &self.child.id().to_string()])
            .status();
        assert!(done.is_ok_and(|status| status.success()), "kill {signal}");
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("its address").port()
}
