//! The query: each parameter is known and well-formed, or the request is refused.

mod reader;

use std::{
    future::{Ready, ready},
    ops::Deref,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
pub(crate) use reader::QueryReader;

use crate::problem::Problem;

/// Something that is read out of the query.
pub(crate) trait FromQuery: Sized {
    /// Takes what it knows. Faults are noted with the reader; a value of a faulty parameter does not matter, since the
    /// request is refused.
    fn read(query: &mut QueryReader) -> Self;
}

/// The query of a request.
pub(crate) struct Query<T>(T);

impl<T> Deref for Query<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: FromQuery> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut reader = QueryReader::new(request.query_string());
        let value = T::read(&mut reader);
        ready(reader.finish().map(|()| Self(value)))
    }
}
