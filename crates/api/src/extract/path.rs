//! What stands in the path.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    marker::PhantomData,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use uuid::Uuid;

use crate::problem::Problem;

/// The `{id}` of a path. A malformed one is judged only when the handler asks for it, since nothing has that id: it is
/// told as late as an id that nothing has.
pub(crate) struct PathId<T> {
    id: Option<Uuid>,
    kind: PhantomData<T>,
}

impl<T: From<Uuid>> PathId<T> {
    /// The id.
    ///
    /// # Errors
    /// 404 for a malformed one.
    pub(crate) fn required(&self) -> Result<T, Problem> {
        self.id.map(T::from).ok_or_else(Problem::not_found)
    }
}

impl<T: From<Uuid> + 'static> FromRequest for PathId<T> {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let id = request.match_info().get("id").and_then(hyphenated);
        ready(Ok(Self {
            id,
            kind: PhantomData,
        }))
    }
}

/// An id in the one form in which ids are given out.
fn hyphenated(text: &str) -> Option<Uuid> {
    (text.len() == 36).then(|| Uuid::try_parse(text).ok()).flatten()
}

/// The only text of a path (a code, a token).
pub(crate) struct PathText(pub(crate) String);

impl FromRequest for PathText {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let text = request
            .match_info()
            .iter()
            .next()
            .map(|(_, value)| value.to_owned());
        ready(Ok(Self(text.unwrap_or_default())))
    }
}

#[cfg(test)]
mod tests {
    use super::hyphenated;

    #[test]
    fn an_id_has_one_form() {
        assert!(hyphenated("01890a5d-ac96-774b-bcce-b302099a8057").is_some());
        for other in [
            "",
            "7",
            "01890a5dac96774bbcceb302099a8057",
            "{01890a5d-ac96-774b-bcce-b302099a8057}",
        ] {
            assert!(hyphenated(other).is_none(), "{other}");
        }
    }
}
