//! Lists: which page of which list in which order, and the answer with the way to the next.

use std::{
    future::{Ready, ready},
    marker::PhantomData,
};

use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest, HttpResponse,
    dev::Payload,
    http::header::{self, HeaderValue},
};
use ipt_application::Caller;
use ipt_ports::page::{Direction, Page, PageRequest, Sort};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use utoipa::{
    IntoParams, ToSchema,
    openapi::{
        Required,
        path::{Parameter, ParameterBuilder, ParameterIn},
        schema::{ObjectBuilder, Type},
    },
};

use super::{Answer, cursor};
use crate::{
    codes::protocol::INVALID_CURSOR,
    extract::{FromQuery, QueryReader},
    problem::Problem,
    state::State,
};

/// How many items a page has when nothing is said.
const DEFAULT_LIMIT: u16 = 20;
/// How many it has at most.
const MAX_LIMIT: u16 = 100;
/// Parameters that say where in a list one is, and not which list it is.
const PLACE: [&str; 3] = ["cursor", "limit", "count"];

/// What is escaped in the address of the next page: everything but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The field by which a list may run.
pub(crate) trait Sortable: Copy + 'static {
    /// The fields, by their names in `?sort=`.
    const FIELDS: &'static [(&'static str, Self)];
    /// The order when none is asked for.
    const DEFAULT: Sort<Self>;
}

/// The parameters that every list has, for its description; it runs by the fields of `S`.
pub(crate) struct PageParams<S>(PhantomData<S>);

/// Those that are the same for each.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "described here, and read by `Listing`")]
struct AnyPageParams {
    /// How many items at most, 1 to 100.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u16>,
    /// `next_cursor` of the page before; bound to the institution, the filters and the order.
    cursor: Option<String>,
    /// Whether `total` is wanted.
    count: Option<bool>,
}

impl<S: Sortable> IntoParams for PageParams<S> {
    fn into_params(place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let names: Vec<_> = S::FIELDS.iter().map(|(name, _)| *name).collect();
        let one = format!("-?({})", names.join("|"));
        let schema = ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(format!("^({one}(,{one})*)?$")));
        let text = "The fields by which the list runs, with commas between them; with a hyphen before one, backwards.";
        let sort = ParameterBuilder::new()
            .name("sort")
            .parameter_in(ParameterIn::Query)
            .required(Required::False)
            .description(Some(text))
            .schema(Some(schema));
        let mut all = AnyPageParams::into_params(place);
        all.push(sort.build());
        all
    }
}

/// A list that has no filters.
pub(crate) struct NoFilter;

impl FromQuery for NoFilter {
    fn read(_: &mut QueryReader) -> Self {
        Self
    }
}

/// What a client asks of a list: filters, and a page.
pub(crate) struct Listing<F, S> {
    /// The filters.
    pub(crate) filter: F,
    /// The page.
    pub(crate) page: PageRequest<S>,
    /// Whether the number of all items is wanted.
    pub(crate) count: bool,
    list: [u8; 32],
    state: State,
    path: String,
    query: Vec<(String, String)>,
}

/// One page.
#[derive(Serialize, ToSchema)]
pub(crate) struct ListBody<T> {
    /// The items.
    items: Vec<T>,
    /// Where the next page begins; null when this was the last.
    next_cursor: Option<String>,
    /// How many items match, when `count=true` asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
}

impl<F: FromQuery, S: Sortable> FromRequest for Listing<F, S> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::read(request))
    }
}

impl<F: FromQuery, S: Sortable> Listing<F, S> {
    fn read(request: &HttpRequest) -> Result<Self, Problem> {
        let state = request.app_data::<State>().cloned();
        let state = state.ok_or_else(|| Problem::internal("the state of the API is missing"))?;
        let mut query = QueryReader::new(request.query_string());
        let pairs: Vec<_> = query
            .sorted()
            .into_iter()
            .filter(|(name, value)| !PLACE.contains(&name.as_str()) && !value.is_empty())
            .collect();
        let list = fingerprint(request, &pairs);
        let filter = F::read(&mut query);
        let sort = sort_of(&mut query);
        let limit = query.parsed("limit", |text| {
            text.parse()
                .ok()
                .filter(|limit| (1..=MAX_LIMIT).contains(limit))
                .ok_or("expected 1 to 100")
        });
        let count = query.flag("count").unwrap_or_default();
        let after = match query.text("cursor") {
            Some(cursor) => Some(
                cursor::place(state.seals(), &list, &cursor).ok_or_else(|| Problem::new(INVALID_CURSOR))?,
            ),
            None => None,
        };
        query.finish()?;
        let page = PageRequest {
            limit: limit.unwrap_or(DEFAULT_LIMIT),
            after,
            sort,
        };
        let mut query = pairs;
        query.push(("limit".to_owned(), page.limit.to_string()));
        Ok(Self {
            filter,
            page,
            count,
            list,
            state,
            path: request.path().to_owned(),
            query,
        })
    }
}

impl<F, S> Listing<F, S> {
    /// The answer: a page of what `show` makes of each item, with the way to the next.
    pub(crate) fn answer<T, B: Serialize>(
        &self,
        page: Page<T>,
        total: Option<u64>,
        show: impl FnMut(T) -> B,
    ) -> Answer {
        let next_cursor = page
            .next
            .as_ref()
            .map(|place| cursor::of(self.state.seals(), &self.list, place));
        let body = ListBody {
            items: page.items.into_iter().map(show).collect(),
            next_cursor,
            total,
        };
        let mut answer = HttpResponse::Ok();
        if let Some(link) = body.next_cursor.as_deref().and_then(|cursor| self.link(cursor)) {
            answer.insert_header((header::LINK, link));
        }
        let body = serde_json::to_vec(&body).map_err(Problem::internal)?;
        Ok(answer
            .content_type(HeaderValue::from_static("application/json"))
            .body(body))
    }

    /// The address of the next page (RFC 8288).
    fn link(&self, cursor: &str) -> Option<HeaderValue> {
        let mut query = self.query.clone();
        query.push(("cursor".to_owned(), cursor.to_owned()));
        let encode = |text: &String| utf8_percent_encode(text, RESERVED).to_string();
        let query: Vec<_> = query
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        let query = query.join("&");
        let public_url = &self.state.settings().public_url;
        HeaderValue::from_str(&format!("<{public_url}{}?{query}>; rel=\"next\"", self.path)).ok()
    }
}

/// The order asked for, or the list's own.
fn sort_of<S: Sortable>(query: &mut QueryReader) -> Vec<Sort<S>> {
    query.parsed("sort", order).unwrap_or_else(|| vec![S::DEFAULT])
}

/// Reads an order: names of fields with commas between them.
fn order<S: Sortable>(text: &str) -> Result<Vec<Sort<S>>, String> {
    let mut seen = Vec::new();
    let mut order = Vec::new();
    for part in text.split(',').map(str::trim) {
        let (name, direction) = match part.strip_prefix('-') {
            Some(name) => (name, Direction::Descending),
            None => (part, Direction::Ascending),
        };
        let Some((name, field)) = S::FIELDS.iter().find(|(known, _)| *known == name) else {
            let names: Vec<_> = S::FIELDS.iter().map(|(name, _)| *name).collect();
            return Err(format!(
                "expected {}, with a hyphen before a name for backwards, and commas between several",
                names.join(" or ")
            ));
        };
        if seen.contains(name) {
            return Err(format!("{name} stands there more than once"));
        }
        seen.push(*name);
        order.push(Sort {
            field: *field,
            direction,
        });
    }
    Ok(order)
}

/// What a list is: the institution, the address, the filters and the order. It is the same for everybody who may see it.
fn fingerprint(request: &HttpRequest, pairs: &[(String, String)]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    let tenant = request.extensions().get::<Caller>().and_then(Caller::tenant_id);
    hasher.update(tenant.map_or([0; 16], |tenant| tenant.uuid().into_bytes()));
    hasher.update(request.path());
    for (name, value) in pairs {
        for text in [name, value] {
            hasher.update([0]);
            hasher.update(text);
        }
    }
    hasher.finalize().into()
}

#[cfg(test)]
mod tests;
