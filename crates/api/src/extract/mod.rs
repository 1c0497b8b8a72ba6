//! Reading requests.
//!
//! Extractors are polled together, and the first that is ready with an error wins: so whatever could fail before the body
//! is read either cannot fail in its extractor (a path's id is judged by the handler), or has its place before the body in
//! the order of precedence (`If-Match`, the query).

mod actor;
mod body;
mod if_match;
mod json;
mod origin;
mod path;
mod patience;
mod query;
mod way;

pub(crate) use actor::ActorArg;
pub(crate) use if_match::IfMatch;
pub(crate) use json::{Json, NoBody, OptionalJson, parse_value};
pub(crate) use origin::OriginArg;
pub(crate) use path::{PathId, PathText};
pub(crate) use patience::{Patience, TooSlow};
pub(crate) use query::{FromQuery, Query, QueryReader};
pub(crate) use way::WayArg;
