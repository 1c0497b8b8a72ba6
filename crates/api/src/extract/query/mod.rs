//! The query: each parameter is known and well-formed, or the request is refused. Lists read it with
//! [`Listing`](crate::answer::Listing).

mod reader;

pub(crate) use reader::QueryReader;

/// Something that is read out of the query.
pub(crate) trait FromQuery: Sized {
    /// Takes what it knows. Faults are noted with the reader; a value of a faulty parameter does not matter, since the
    /// request is refused.
    fn read(query: &mut QueryReader) -> Self;
}
