//! A key on its way: reserved, then kept with its answer or given up.

use std::{cell::Cell, fmt, rc::Rc, time::Duration};

use actix_web::{
    Error, HttpMessage as _, HttpRequest, HttpResponse, ResponseError,
    body::{BodySize, BoxBody, EitherBody, MessageBody, to_bytes_limited},
    dev::ServiceResponse,
    http::{
        StatusCode,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
};
use chrono::TimeDelta;
use ipt_application::Caller;
use ipt_ports::{
    Constraint, RepositoryError, Scope,
    engagement::{IdempotencyRequest, IdempotencyState, KeptAnswer},
};
use sha2::{Digest as _, Sha256};
use tracing::Instrument as _;

use super::IDEMPOTENCY_REPLAYED;
use crate::{
    codes::protocol::{IDEMPOTENCY_IN_PROGRESS, IDEMPOTENCY_KEY_REUSED},
    problem::Problem,
    state::State,
};

/// For how long an answer is kept.
const KEPT_FOR: TimeDelta = TimeDelta::hours(24);
/// After which time a reservation without an answer counts as abandoned: the server went down in the middle.
const ABANDONED_AFTER: TimeDelta = TimeDelta::minutes(5);
/// For how long it is tried to settle a key while the database is away: less than until somebody else may take the
/// reservation over.
const SETTLING: Duration = Duration::from_mins(4);
/// The rest between two tries.
const SETTLING_REST: Duration = Duration::from_secs(1);
/// The largest answer that is kept, in bytes.
const MAX_ANSWER: usize = 1_048_576;
/// The headers that belong to an answer.
const KEPT_HEADERS: [HeaderName; 4] = [header::CONTENT_TYPE, header::LOCATION, header::ETAG, header::LINK];

/// The key of the request at hand.
#[derive(Clone)]
pub(crate) struct Idempotency(Rc<Inner>);

struct Inner {
    state: State,
    scope: Scope,
    request: IdempotencyRequest,
    query: String,
    /// The body's digest, once the key is reserved.
    reserved: Cell<Option<[u8; 32]>>,
}

impl Idempotency {
    /// The key of a person's request.
    pub(super) fn new(state: State, caller: &Caller, request: &HttpRequest, key: String) -> Self {
        let scoped = IdempotencyRequest {
            tenant_id: caller.tenant_id(),
            user_id: caller.user_id(),
            route: format!("{} {}", request.method(), request.path()),
            key,
            body_hash: [0; 32],
        };
        Self(Rc::new(Inner {
            state,
            scope: caller.scope(),
            request: scoped,
            query: request.query_string().to_owned(),
            reserved: Cell::new(None),
        }))
    }

    /// Reserves the key for a body with this content, if the request carries a key: `body` is the body itself, or, for a
    /// multipart body, a digest over its parts' names, values and files' hashes. To be called once, when the body was
    /// understood.
    ///
    /// # Errors
    /// The first answer, when there is one: it goes to the client as it is. Problems when the key is in use.
    pub(crate) async fn reserve(request: &HttpRequest, body: &[u8]) -> Result<(), Error> {
        match Self::of(request) {
            Some(own) => own.0.reserve(body).await,
            None => Ok(()),
        }
    }

    /// Reserves the key for a body that is acted on while it is read, so that its digest is known at the end only; whether
    /// it is to be acted on. If not, the key was used before: whether with the same body, [`reserve`](Self::reserve) tells
    /// once it was read. If it is, [`settle`](Self::settle) follows.
    ///
    /// # Errors
    /// As for [`reserve`](Self::reserve).
    pub(crate) async fn reserve_unread(request: &HttpRequest) -> Result<bool, Error> {
        match Self::of(request) {
            Some(own) => own.0.reserve_unread().await,
            None => Ok(true),
        }
    }

    /// Tells the digest of a body that was acted on while it was read.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) async fn settle(request: &HttpRequest, body: &[u8]) -> Result<(), Error> {
        match Self::of(request) {
            Some(own) => Ok(own.0.settle(body).await.map_err(Problem::from)?),
            None => Ok(()),
        }
    }

    fn of(request: &HttpRequest) -> Option<Self> {
        request.extensions().get::<Self>().cloned()
    }

    /// Keeps the answer of a reserved key.
    pub(super) async fn keep<B: MessageBody + 'static>(
        &self,
        response: ServiceResponse<B>,
    ) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
        let Some(request) = self.0.reserved() else {
            return Ok(response.map_into_left_body());
        };
        let keepable = match response.response().body().size() {
            BodySize::None => true,
            BodySize::Sized(size) => usize::try_from(size).is_ok_and(|size| size <= MAX_ANSWER),
            BodySize::Stream => false,
        };
        if !keepable {
            self.release().await;
            return Ok(response.map_into_left_body());
        }
        let (http, response) = response.into_parts();
        let (head, body) = response.into_parts();
        let Ok(Ok(body)) = to_bytes_limited(body, MAX_ANSWER).await else {
            self.release().await;
            return Err(Problem::internal("an answer could not be read back").into());
        };
        let answer = KeptAnswer {
            status: head.status().as_u16(),
            headers: kept(head.headers()),
            body: body.to_vec(),
        };
        // The work is done and its answer goes out; until the answer is kept, a retry is told to wait.
        self.0.store_soon(request, Some(answer)).await;
        let body = if body.is_empty() {
            BoxBody::new(())
        } else {
            BoxBody::new(body)
        };
        Ok(ServiceResponse::new(http, head.set_body(EitherBody::right(body))))
    }

    /// Gives the key up, if it was reserved.
    pub(super) async fn release(&self) {
        let Some(request) = self.0.reserved() else { return };
        self.0.store_soon(request, None).await;
    }
}

impl Inner {
    async fn reserve_unread(&self) -> Result<bool, Error> {
        match self.ask(&self.request).await.map_err(Problem::from)? {
            IdempotencyState::Reserved => {
                self.reserved.set(Some(self.request.body_hash));
                Ok(true)
            }
            IdempotencyState::InProgress => Err(Problem::new(IDEMPOTENCY_IN_PROGRESS).retry_after(1).into()),
            IdempotencyState::OtherBody => Ok(false),
            IdempotencyState::Answered(answer) => Err(Replay(answer).into()),
        }
    }

    async fn settle(&self, body: &[u8]) -> Result<(), RepositoryError> {
        let Some(unread) = self.reserved() else {
            return Ok(());
        };
        let read = self.with_body(body);
        let services = self.state.services();
        let now = services.clock.now();
        let mut work = services.database.begin(self.scope.clone()).await?;
        work.idempotency().release(&unread).await?;
        work.idempotency()
            .reserve(&read, now, now - ABANDONED_AFTER, now - KEPT_FOR)
            .await?;
        work.commit().await?;
        self.reserved.set(Some(read.body_hash));
        Ok(())
    }

    /// The request with the digest of its query and body.
    fn with_body(&self, body: &[u8]) -> IdempotencyRequest {
        let mut hasher = Sha256::new();
        hasher.update(self.query.as_bytes());
        hasher.update([0]);
        hasher.update(body);
        IdempotencyRequest {
            body_hash: hasher.finalize().into(),
            ..self.request.clone()
        }
    }

    async fn reserve(&self, body: &[u8]) -> Result<(), Error> {
        let request = self.with_body(body);
        match self.ask(&request).await.map_err(Problem::from)? {
            IdempotencyState::Reserved => {
                self.reserved.set(Some(request.body_hash));
                Ok(())
            }
            IdempotencyState::InProgress => Err(Problem::new(IDEMPOTENCY_IN_PROGRESS).retry_after(1).into()),
            IdempotencyState::OtherBody => Err(Problem::new(IDEMPOTENCY_KEY_REUSED).into()),
            IdempotencyState::Answered(answer) => Err(Replay(answer).into()),
        }
    }

    /// Reserves the key in a transaction of its own, so that no other is held while the work is done.
    async fn ask(&self, request: &IdempotencyRequest) -> Result<IdempotencyState, RepositoryError> {
        let services = self.state.services();
        let now = services.clock.now();
        let mut work = services.database.begin(self.scope.clone()).await?;
        let state = match work
            .idempotency()
            .reserve(request, now, now - ABANDONED_AFTER, now - KEPT_FOR)
            .await
        {
            // Two at the same moment: the other one has it.
            Err(RepositoryError::Conflict(Constraint::IdempotencyKey)) => {
                return Ok(IdempotencyState::InProgress);
            }
            state => state?,
        };
        work.commit().await?;
        Ok(state)
    }

    /// Keeps the answer, or gives the key up.
    async fn store(
        &self,
        request: &IdempotencyRequest,
        answer: Option<&KeptAnswer>,
    ) -> Result<(), RepositoryError> {
        let mut work = self.state.services().database.begin(self.scope.clone()).await?;
        match answer {
            Some(answer) => work.idempotency().keep(request, answer).await?,
            None => work.idempotency().release(request).await?,
        }
        work.commit().await
    }

    /// The same; where the database is away, as soon as it is back. A client that was told to come back finds its key free
    /// then, or the answer kept.
    async fn store_soon(self: &Rc<Self>, request: IdempotencyRequest, answer: Option<KeptAnswer>) {
        let Err(error) = self.store(&request, answer.as_ref()).await else {
            return;
        };
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "an idempotency key could not be settled, and is tried again"
        );
        if !matches!(error, RepositoryError::Unavailable(_)) {
            return;
        }
        let own = Rc::clone(self);
        let again = async move {
            loop {
                tokio::time::sleep(SETTLING_REST).await;
                match own.store(&request, answer.as_ref()).await {
                    Err(RepositoryError::Unavailable(_)) => {}
                    _ => return,
                }
            }
        };
        let again = tokio::time::timeout(SETTLING, again);
        actix_web::rt::spawn(again.in_current_span());
    }

    fn reserved(&self) -> Option<IdempotencyRequest> {
        self.reserved.get().map(|body_hash| IdempotencyRequest {
            body_hash,
            ..self.request.clone()
        })
    }
}

fn kept(headers: &HeaderMap) -> Vec<(String, String)> {
    let value = |name: &HeaderName| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(|value| (name.to_string(), value.to_owned()))
    };
    KEPT_HEADERS.iter().filter_map(value).collect()
}

/// The first answer, on its way out again. It travels as an error so that it passes by the handler.
struct Replay(KeptAnswer);

impl fmt::Debug for Replay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Replay({})", self.0.status)
    }
}

impl fmt::Display for Replay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("answered before")
    }
}

impl ResponseError for Replay {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::OK)
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::with_body(self.status_code(), BoxBody::new(self.0.body.clone()));
        for (name, value) in &self.0.headers {
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(name.as_str()), HeaderValue::from_str(value))
            {
                response.headers_mut().insert(name, value);
            }
        }
        response
            .headers_mut()
            .insert(IDEMPOTENCY_REPLAYED, HeaderValue::from_static("true"));
        response
    }
}
