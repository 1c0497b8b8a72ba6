//! An object store for tests: it speaks S3 on a port of its own, checks signatures, and fails when told to.

#![expect(clippy::expect_used, reason = "a test whose object store fails has failed")]

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{Body, HttpResponse};
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

const ACCESS_KEY: &str = "test-access-key";
const SECRET_KEY: &str = "test-secret-key";
const REGION: &str = "us-east-1";
const BUCKET: &str = "attachments";

/// What MinIO answers when its disk is full.
const DISK_FULL: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>XMinioStorageFull</Code>\
                         <Message>Storage backend has reached its minimum free drive threshold.</Message></Error>";

/// A running object store with one empty bucket; dropping it closes its port and removes its folder.
#[derive(Debug)]
pub struct S3Server {
    address: SocketAddr,
    folder: TempDir,
    failing: Arc<AtomicBool>,
    accepting: JoinHandle<()>,
}

impl S3Server {
    /// Starts a server on a free port of the loopback interface, with its objects in a temporary folder.
    ///
    /// # Panics
    /// If the machine has no room for it.
    pub async fn start() -> Self {
        let folder = TempDir::new().expect("a temporary folder for the object store");
        std::fs::create_dir(folder.path().join(BUCKET)).expect("the bucket's folder");
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .expect("a free port for the object store");
        let address = listener.local_addr().expect("the object store's address");
        let failing = Arc::new(AtomicBool::new(false));
        let front = Front {
            service: service(&folder),
            failing: Arc::clone(&failing),
        };
        let accepting = tokio::spawn(accept(listener, front));
        Self {
            address,
            folder,
            failing,
            accepting,
        }
    }

    /// The server as a URL, without encryption; the bucket is named in the path, not in the host.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The only access key that is known.
    pub const fn access_key(&self) -> &'static str {
        ACCESS_KEY
    }

    /// The secret that requests must be signed with.
    pub const fn secret_key(&self) -> &'static str {
        SECRET_KEY
    }

    /// The region that clients sign for.
    pub const fn region(&self) -> &'static str {
        REGION
    }

    /// The only bucket there is.
    pub const fn bucket(&self) -> &'static str {
        BUCKET
    }

    /// The bytes of an object as they lie on the server's disk, or `None` if there is no such object.
    pub fn stored(&self, key: &str) -> Option<Vec<u8>> {
        std::fs::read(self.folder.path().join(BUCKET).join(key)).ok()
    }

    /// Whether every request from now on is answered with 507, as by a server whose disk is full.
    pub fn fail(&self, failing: bool) {
        self.failing.store(failing, Ordering::SeqCst);
    }
}

impl Drop for S3Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

fn service(folder: &TempDir) -> S3Service {
    let files = FileSystem::new(folder.path()).expect("the object store's folder");
    let mut builder = S3ServiceBuilder::new(files);
    builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
    builder.build()
}

/// What stands between the port and the store: the switch that makes it fail.
#[derive(Clone)]
struct Front {
    service: S3Service,
    failing: Arc<AtomicBool>,
}

impl Front {
    async fn serve(self, stream: TcpStream) {
        let respond = service_fn(|request| self.respond(request));
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new());
        // A client that goes away in the middle is the client's business.
        let _ = http.serve_connection(TokioIo::new(stream), respond).await;
    }

    async fn respond(&self, request: Request<Incoming>) -> Result<HttpResponse, Infallible> {
        if self.failing.load(Ordering::SeqCst) {
            // Read to the end first, else the client may see a broken connection in place of the answer.
            let mut body = Body::from(request.into_body());
            let _ = body.store_all_limited(usize::MAX).await;
            return Ok(error(StatusCode::INSUFFICIENT_STORAGE, DISK_FULL));
        }
        let answered = self.service.call(request.map(Body::from)).await;
        Ok(answered.unwrap_or_else(|_| error(StatusCode::INTERNAL_SERVER_ERROR, "")))
    }
}

fn error(status: StatusCode, body: &'static str) -> HttpResponse {
    let mut response = Response::new(Body::from(body.to_owned()));
    *response.status_mut() = status;
    response
}

/// Serves every client at once. The connections end with this task, because it owns them.
async fn accept(listener: TcpListener, front: Front) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(front.clone().serve(stream));
    }
}

#[cfg(test)]
mod tests;
