//! One connection to the server, kept open.

use anyhow::{Context as _, Result, bail};
use http_body_util::{BodyExt as _, Full};
use hyper::{
    Method, Request,
    body::Bytes,
    client::conn::http1::{self, SendRequest},
    header,
};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    /// Its method.
    pub(crate) method: Method,
    /// Its path, with the query.
    pub(crate) path: String,
    /// Who asks: an access token; none for signing in.
    pub(crate) token: Option<String>,
    /// The body, as JSON; empty for none.
    pub(crate) body: Bytes,
}

impl Job {
    /// A look at something.
    pub(crate) fn get(path: &str, token: &str) -> Self {
        Self {
            method: Method::GET,
            path: path.to_owned(),
            token: Some(token.to_owned()),
            body: Bytes::new(),
        }
    }

    /// A change.
    pub(crate) fn send(method: Method, path: &str, token: Option<&str>, body: &Value) -> Self {
        Self {
            method,
            path: path.to_owned(),
            token: token.map(str::to_owned),
            body: Bytes::from(body.to_string()),
        }
    }
}

/// A connection.
pub(crate) struct Client {
    sender: SendRequest<Full<Bytes>>,
    host: String,
}

impl Client {
    /// Connects to `host:port`.
    pub(crate) async fn connect(host: &str) -> Result<Self> {
        let stream = TcpStream::connect(host)
            .await
            .with_context(|| format!("connecting to {host}"))?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self {
            sender,
            host: host.to_owned(),
        })
    }

    /// Asks; the status and the body.
    pub(crate) async fn ask(&mut self, job: Job) -> Result<(u16, Bytes)> {
        let mut request = Request::builder()
            .method(job.method)
            .uri(job.path)
            .header(header::HOST, &self.host);
        if let Some(token) = job.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if !job.body.is_empty() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        self.sender.ready().await?;
        let answer = self
            .sender
            .send_request(request.body(Full::new(job.body))?)
            .await?;
        let status = answer.status().as_u16();
        Ok((status, answer.into_body().collect().await?.to_bytes()))
    }

    /// Asks for something that must succeed; the answer's JSON.
    pub(crate) async fn must(&mut self, job: Job) -> Result<Value> {
        let what = format!("{} {}", job.method, job.path);
        let (status, body) = self.ask(job).await.with_context(|| what.clone())?;
        if !(200..300).contains(&status) {
            bail!("{what}: {status} {}", String::from_utf8_lossy(&body));
        }
        if body.is_empty() {
            return Ok(Value::Null);
        }
        Ok(serde_json::from_slice(&body)?)
    }
}
