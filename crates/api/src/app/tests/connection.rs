//! What only a real connection shows.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use actix_web::{HttpServer, dev::ServerHandle};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::{
    create_app,
    testing::{self, FakeDatabase},
};

/// A server on a free port.
fn serve() -> (SocketAddr, ServerHandle) {
    let state = testing::state(FakeDatabase::default());
    let server = HttpServer::new(move || create_app(Arc::clone(&state)))
        .workers(1)
        .client_disconnect_timeout(Duration::from_secs(5))
        .bind(("127.0.0.1", 0))
        .unwrap();
    let address = server.addrs()[0];
    let server = server.run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    (address, handle)
}

/// Sends a request and reads the answer until the server closes the connection.
async fn exchange(address: SocketAddr, head: &str, body: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[actix_web::test]
async fn a_client_that_sends_too_much_reads_the_answer() {
    let (address, handle) = serve();
    let body = vec![b' '; 3_000_000];
    let head = format!(
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let answer = exchange(address, &head, &body).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("body_too_large"), "{answer}");
    handle.stop(false).await;
}

#[actix_web::test]
async fn head_says_what_get_would_and_sends_no_body() {
    let (address, handle) = serve();
    let head = "HEAD /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let answer = exchange(address, head, b"").await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, "");
    handle.stop(false).await;
}

#[actix_web::test]
async fn an_answer_is_compressed_for_who_takes_that() {
    let (address, handle) = serve();
    let head = "GET /openapi.json HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n";
    let answer = exchange(address, head, b"").await.to_lowercase();
    assert!(
        answer.starts_with("http/1.1 200 ") && answer.contains("content-encoding: gzip"),
        "{}",
        &answer[..300]
    );
    handle.stop(false).await;
}
