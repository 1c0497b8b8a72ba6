//! Paths, in one spelling.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::uri::{PathAndQuery, Uri},
    middleware::Next,
};

/// Writes letters, digits and `-._~` in a path as themselves (RFC 3986, 6.2.2.2). The router takes `/auth/%6cogin` for
/// `/auth/login`; whatever counts or guards a path by its name must do so too.
pub(crate) async fn spell<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    if let Some(uri) = respelled(request.uri()) {
        request.match_info_mut().get_mut().update(&uri);
        request.head_mut().uri = uri;
    }
    next.call(request).await
}

/// The address with its path spelled plainly; none when it is already.
fn respelled(uri: &Uri) -> Option<Uri> {
    let path = plain(uri.path())?;
    let path_and_query = match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path,
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(path_and_query).ok()?);
    Uri::from_parts(parts).ok()
}

fn plain(path: &str) -> Option<String> {
    let mut pieces = path.split('%');
    let mut plain = pieces.next()?.to_owned();
    let mut changed = false;
    for piece in pieces {
        let code = piece.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok());
        if let Some(letter) = code.map(char::from).filter(|letter| is_unreserved(*letter)) {
            changed = true;
            plain.push(letter);
            plain.push_str(&piece[2..]);
        } else {
            plain.push('%');
            plain.push_str(piece);
        }
    }
    changed.then_some(plain)
}

const fn is_unreserved(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | '_' | '~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_needs_no_escape_loses_it() {
        for (path, expected) in [
            ("/auth/%6cogin", Some("/auth/login")),
            (
                "/%61uth/password%2Dreset/%72equest",
                Some("/auth/password-reset/request"),
            ),
            ("/logs/%2e%2E/x", Some("/logs/../x")),
            ("/plain", None),
            ("/a%2Fb%25%00%C3%A9", None),
            ("/broken%6", None),
            ("/broken%", None),
            ("/%é6", None),
            ("/%+6x", None),
        ] {
            assert_eq!(plain(path).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn the_query_stays_as_it_is() {
        let uri = Uri::from_static("/%6cogs?q=%6c&x");
        assert_eq!(respelled(&uri).unwrap().to_string(), "/logs?q=%6c&x");
    }
}
