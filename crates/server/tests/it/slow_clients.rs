//! Clients that send slowly, break off or send too much: each reads an answer or loses its connection in time, and nobody
//! else is kept waiting.

use std::time::Duration;

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpStream, tcp::OwnedReadHalf},
};

use crate::support::{
    Deployment,
    process::Running,
    trainee::{Trainee, report},
};

/// After so long a test counts as having waited in vain.
const PATIENCE: Duration = Duration::from_secs(30);

/// A deployment in which nobody is waited for long.
fn impatient(deployment: Deployment) -> Deployment {
    deployment
        .with("IPT_SERVER__HEAD_TIMEOUT_SECONDS", "1")
        .with("IPT_SERVER__BODY_TIMEOUT_SECONDS", "1")
        .with("IPT_SERVER__THREADS", "1")
}

async fn connect(server: &Running) -> TcpStream {
    TcpStream::connect(server.base.trim_start_matches("http://"))
        .await
        .unwrap()
}

/// What the server says until it closes the connection.
async fn last_words(mut reader: OwnedReadHalf) -> String {
    let mut said = Vec::new();
    // A connection that is reset has said what it had to say.
    let _ = tokio::time::timeout(PATIENCE, reader.read_to_end(&mut said))
        .await
        .unwrap_or_else(|_| panic!("the connection stays open"));
    String::from_utf8_lossy(&said).into_owned()
}

/// Sends the beginning at once, then `drop` again and again until the server closes the connection; what the server says.
async fn trickle(server: &Running, beginning: &[u8], drop: &'static [u8]) -> String {
    let (reader, mut writer) = connect(server).await.into_split();
    writer.write_all(beginning).await.unwrap();
    let dripping = tokio::spawn(async move {
        let mut rest = tokio::time::interval(Duration::from_millis(100));
        while writer.write_all(drop).await.is_ok() {
            rest.tick().await;
        }
    });
    let said = last_words(reader).await;
    dripping.abort();
    said
}

/// The problem in an answer; its status was checked.
#[track_caller]
fn problem(said: &str, status: u16) -> Value {
    assert!(said.starts_with(&format!("HTTP/1.1 {status} ")), "{said}");
    let (_, body) = said.split_once("\r\n\r\n").unwrap();
    let (begin, end) = (body.find('{').unwrap(), body.rfind('}').unwrap());
    serde_json::from_str(&body[begin..=end]).unwrap()
}

fn form_head(token: &str, length: &str) -> String {
    format!(
        "POST /api/v1/logs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n{length}\r\nContent-Type: multipart/form-data; \
         boundary=x\r\n\r\n"
    )
}

const FILE_PART: &str =
    "--x\r\nContent-Disposition: form-data; name=\"attachment\"; filename=\"a.png\"\r\n\r\n\x7f";

async fn a_head_that_never_ends_is_given_up(deployment: Deployment) -> Deployment {
    let deployment = impatient(deployment);
    let server = deployment.start();
    // Many at once, and one that is not slow.
    let slow: Vec<_> = (0..50)
        .map(|_| trickle(&server, b"GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ", b"a"))
        .collect();
    let nobody = server.nobody();
    let (said, quick) = tokio::join!(futures_util::future::join_all(slow), nobody.get("//health"));
    quick.expect(200);
    for said in said {
        assert!(said.is_empty() || said.starts_with("HTTP/1.1 408 "), "{said}");
    }
    deployment
}

async fn a_body_that_comes_byte_by_byte_is_given_up(deployment: Deployment) -> Deployment {
    let deployment = impatient(deployment);
    let server = deployment.start();
    let head = "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: \
                1000\r\n\r\n{\"email\": \"";
    let slow: Vec<_> = (0..50).map(|_| trickle(&server, head.as_bytes(), b"a")).collect();
    let signing_in = server.admin();
    let (said, _) = tokio::join!(futures_util::future::join_all(slow), signing_in);
    for said in said {
        let told = problem(&said, 400);
        assert_eq!(told["code"], "malformed_request");
        assert!(told["detail"].as_str().unwrap().contains("too slowly"), "{told}");
    }
    deployment
}

async fn a_form_that_comes_byte_by_byte_is_given_up_and_leaves_nothing(deployment: Deployment) -> Deployment {
    let deployment = impatient(deployment);
    let server = deployment.start();
    let trainee = Trainee::found(&server).await;
    let head = form_head(trainee.student.token(), "Content-Length: 5000000") + FILE_PART;
    let slow: Vec<_> = (0..10).map(|_| trickle(&server, head.as_bytes(), b"a")).collect();
    let report = report();
    let submitting = trainee.student.post("/logs", &report);
    let (said, log) = tokio::join!(futures_util::future::join_all(slow), submitting);
    log.expect(201);
    for said in said {
        let told = problem(&said, 400);
        assert!(told["detail"].as_str().unwrap().contains("too slowly"), "{told}");
    }
    assert_eq!(deployment.files(), Vec::<String>::new());
    deployment
}

async fn a_form_that_falls_silent_half_way_is_given_up_and_leaves_nothing(
    deployment: Deployment,
) -> Deployment {
    let deployment = impatient(deployment);
    let server = deployment.start();
    let trainee = Trainee::found(&server).await;
    let text = "--x\r\nContent-Disposition: form-data; name=\"content\"\r\n\r\nWired the cab";
    let halves = [FILE_PART, text, "--x\r\nContent-Disp", ""].map(async |half| {
        let head = form_head(trainee.student.token(), "Content-Length: 5000") + half;
        let (reader, mut writer) = connect(&server).await.into_split();
        writer.write_all(head.as_bytes()).await.unwrap();
        problem(&last_words(reader).await, 400)
    });
    for told in futures_util::future::join_all(halves).await {
        assert!(told["detail"].as_str().unwrap().contains("too slowly"), "{told}");
    }
    assert_eq!(
        trainee.student.get("/logs?count=true").await.expect(200)["total"],
        0
    );
    assert_eq!(deployment.files(), Vec::<String>::new());
    deployment
}

/// Sends a head and a hundred megabytes, and only then reads the answer.
async fn send_hundred_megabytes(server: &Running, head: &str, chunked: bool) -> String {
    let (reader, mut writer) = connect(server).await.into_split();
    writer.write_all(head.as_bytes()).await.unwrap();
    let piece = vec![b'a'; 1_000_000];
    for _ in 0..100 {
        if chunked {
            writer.write_all(b"F4240\r\n").await.unwrap();
        }
        writer
            .write_all(&piece)
            .await
            .unwrap_or_else(|error| panic!("the server does not take the rest of what it refused: {error}"));
        if chunked {
            writer.write_all(b"\r\n").await.unwrap();
        }
    }
    if chunked {
        writer.write_all(b"0\r\n\r\n").await.unwrap();
    }
    // It closes the connection, or keeps it for the next request.
    writer.shutdown().await.unwrap();
    last_words(reader).await
}

async fn whoever_sends_a_hundred_megabytes_of_json_reads_the_refusal(deployment: Deployment) -> Deployment {
    let server = deployment.start();
    let admin = server.admin().await;
    for (length, chunked) in [
        ("Content-Length: 100000000", false),
        ("Transfer-Encoding: chunked", true),
    ] {
        let head = format!(
            "POST /api/v1/organisations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: \
             application/json\r\n{length}\r\n\r\n",
            admin.token()
        );
        let told = problem(&send_hundred_megabytes(&server, &head, chunked).await, 413);
        assert_eq!(told["code"], "body_too_large");
        assert!(
            told["detail"].as_str().unwrap().contains("1048576 bytes"),
            "{told}"
        );
    }
    deployment
}

async fn whoever_sends_a_file_of_a_hundred_megabytes_reads_the_refusal(deployment: Deployment) -> Deployment {
    let server = deployment.start();
    let trainee = Trainee::found(&server).await;
    let png = "--x\r\nContent-Disposition: form-data; name=\"attachment\"; filename=\"a.png\"\r\n\r\n";
    let head = form_head(trainee.student.token(), "Content-Length: 100000100") + png;
    let told = problem(&send_hundred_megabytes(&server, &head, false).await, 413);
    assert_eq!(told["code"], "attachment_too_large");
    assert_eq!(told["errors"][0]["pointer"], "/attachment");
    assert_eq!(deployment.files(), Vec::<String>::new());
    trainee.student.post("/logs", &report()).await.expect(201);
    deployment
}

deployed_on_both_databases!(
    a_head_that_never_ends_is_given_up,
    a_body_that_comes_byte_by_byte_is_given_up,
    a_form_that_comes_byte_by_byte_is_given_up_and_leaves_nothing,
    a_form_that_falls_silent_half_way_is_given_up_and_leaves_nothing,
    whoever_sends_a_hundred_megabytes_of_json_reads_the_refusal,
    whoever_sends_a_file_of_a_hundred_megabytes_reads_the_refusal,
);
