//! The query: each parameter is known and well-formed, or the request is refused. Lists read it with
//! [`Listing`](crate::answer::Listing).

mod reader;

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
pub(crate) use reader::QueryReader;

use crate::problem::Problem;

/// Something that is read out of the query.
pub(crate) trait FromQuery: Sized {
    /// Takes what it knows. Faults are noted with the reader; a value of a faulty parameter does not matter, since the
    /// request is refused.
    fn read(query: &mut QueryReader) -> Self;
}

/// The query of a request that is no list.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: FromQuery> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut query = QueryReader::new(request.query_string());
        let value = T::read(&mut query);
        ready(query.finish().map(|()| Self(value)))
    }
}
