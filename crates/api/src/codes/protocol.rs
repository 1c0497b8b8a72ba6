//! What can go wrong with any request, before a rule is asked.

use super::Code;

/// Declares rows that this crate names itself, so that a row and its constant cannot drift apart.
macro_rules! codes {
    ($($constant:ident = $name:literal, $status:literal, $title:literal, $explanation:literal, $remedy:literal;)+) => {
        $(
            #[doc = $explanation]
            pub(crate) const $constant: &Code = &Code::new($name, $status, $title, $explanation, $remedy);
        )+

        /// All of them.
        pub(super) const ALL: &[&Code] = &[$($constant),+];
    };
}

codes! {
    MALFORMED_REQUEST = "malformed_request", 400, "The request cannot be read",
        "A header, the path or the body breaks the rules of HTTP, or the body broke off.",
        "Send the request again, as the API's description has it.";
    MALFORMED_JSON = "malformed_json", 400, "The body is not JSON",
        "The body is not UTF-8, not JSON, nested too deeply, or there is something behind its end.",
        "Send one JSON document in UTF-8.";
    INVALID_CURSOR = "invalid_cursor", 400, "The cursor is not valid",
        "The cursor was not given out for this list with these filters in this institution.",
        "Take `next_cursor` of the page before, and keep the filters; or begin at the first page.";
    INVALID_IF_MATCH = "invalid_if_match", 400, "If-Match cannot be read",
        "The header is not an entity tag in quotation marks.",
        "Send the `ETag` of the resource back as it came, or leave the header out.";
    INVALID_IDEMPOTENCY_KEY = "invalid_idempotency_key", 400, "The idempotency key cannot be read",
        "The header `Idempotency-Key` is empty, longer than 255 characters, or holds others than printable ASCII.",
        "Send a fresh random value (a UUID, say), quoted or bare.";
    PREFLIGHT_REFUSED = "preflight_refused", 400, "The page may not send this",
        "A browser asked whether a page of another origin may send a request: the origin, the method or a header is not allowed.",
        "Use the API from a page of its own origin, or have the operator add the page's to `server.cors_origins`.";
    UNAUTHENTICATED = "unauthenticated", 401, "Sign-in needed",
        "The request carries no access token.",
        "Sign in, and send `Authorization: Bearer` with the access token.";
    INVALID_TOKEN = "invalid_token", 401, "The token is not valid",
        "The token is not one of this server's, has run out, or its session was ended.",
        "Refresh the session, or sign in again.";
    FORBIDDEN = "forbidden", 403, "Not permitted",
        "None of your roles in this institution permits this.",
        "Ask an administrator of your institution, or somebody whose task it is.";
    CROSS_SITE_REQUEST = "cross_site_request", 403, "Not from a page of ours",
        "The request carries cookies, or asks for them, and comes from a page of an origin that may not use this server.",
        "Use the API from a page of its own origin, or have the operator add the page's to `server.cors_origins`.";
    CSRF_TOKEN_INVALID = "csrf_token_invalid", 403, "No token of this session's pages",
        "The request carries cookies and changes something, and the header `X-CSRF-Token` is missing or none of this session's.",
        "Send the `csrf_token` of the sign-in, or a fresh one from `GET /auth/csrf`.";
    NOT_FOUND = "not_found", 404, "Not found",
        "There is no such resource, or none that you may know of.",
        "Check the address. What belongs to another institution does not exist for you.";
    METHOD_NOT_ALLOWED = "method_not_allowed", 405, "Method not allowed",
        "The resource exists, but not with this method.",
        "Use one of the methods in the header `Allow`.";
    NOT_ACCEPTABLE = "not_acceptable", 406, "No acceptable form",
        "The resource has no form that the header `Accept` takes.",
        "Accept `application/json`.";
    CONFLICT = "conflict", 409, "Conflict with what is stored",
        "Somebody else changed the same thing at the same moment, or something like it exists already.",
        "Read the resource again, and decide anew.";
    IDEMPOTENCY_IN_PROGRESS = "idempotency_in_progress", 409, "The first request is still being worked on",
        "A request with this idempotency key has not been answered yet.",
        "Wait a moment and send the same request again: it then gets the first one's answer.";
    RANGE_NOT_SATISFIABLE = "range_not_satisfiable", 416, "The range lies outside the file",
        "The header `Range` asks for bytes behind the end.",
        "Ask for a range within the size in `Content-Range`, or for the whole.";
    STALE_VERSION = "stale_version", 412, "The version is not the current one",
        "The resource was changed since you read the version named in `If-Match`.",
        "Read it again, look at what changed, and decide anew.";
    BODY_TOO_LARGE = "body_too_large", 413, "The body is too large",
        "The body is larger than this resource takes.",
        "Send less at once.";
    URI_TOO_LONG = "uri_too_long", 414, "The address is too long",
        "The path with its query is longer than the server takes.",
        "Ask for less at once: fewer filters, or shorter ones.";
    HEADERS_TOO_LARGE = "headers_too_large", 431, "The headers are too large",
        "All headers together are larger than the server takes.",
        "Send fewer or smaller headers; a browser may carry cookies that are none of this server's.";
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type", 415, "The body's type is not taken",
        "The resource does not take bodies of this `Content-Type`, or not in this encoding.",
        "Send `application/json`, unless the resource's description names another type.";
    VALIDATION_FAILED = "validation_failed", 422, "Several things are wrong",
        "More than one rule or field is broken; `errors` has them all, each with its own code.",
        "Mend what `errors` names. When they are conflicts with what is stored, the status is 409.";
    UNKNOWN_FIELD = "unknown_field", 422, "Unknown field",
        "The body holds a field that the resource does not have; it may be misspelt.",
        "Remove or rename the field that `pointer` names.";
    MISSING_FIELD = "missing_field", 422, "A field is missing",
        "The body lacks a field that is needed.",
        "Add the field that `pointer` names.";
    INVALID_VALUE = "invalid_value", 422, "A value is not valid",
        "A field or parameter has a value of the wrong type, form or range.",
        "Mend the value that `pointer` names, as `detail` says.";
    UNKNOWN_PARAMETER = "unknown_parameter", 422, "Unknown parameter",
        "The query holds a parameter that the resource does not have; it may be misspelt.",
        "Remove or rename the parameter that `pointer` names.";
    IDEMPOTENCY_KEY_REUSED = "idempotency_key_reused", 422, "The idempotency key was used for something else",
        "A request with this key and another body was sent within the last 24 hours.",
        "Make a new key for each new request; repeat a key only with the very same body.";
    RATE_LIMITED = "rate_limited", 429, "Too many requests",
        "You sent more requests than the policy in `RateLimit-Policy` grants.",
        "Wait for as many seconds as `Retry-After` says.";
    INTERNAL = "internal", 500, "Something went wrong on our side",
        "The server met an error that is none of yours. It was logged under the request id.",
        "Try again later. If it stays, tell your administrator the request id.";
    UNAVAILABLE = "unavailable", 503, "Not available right now",
        "Something that the server depends on cannot be reached or is too busy.",
        "Try again after as many seconds as `Retry-After` says.";
    OVERLOADED = "overloaded", 503, "Too many requests are waiting",
        "The server has as many requests waiting as it takes.",
        "Try again after as many seconds as `Retry-After` says.";
    DRAINING = "draining", 503, "The server is shutting down",
        "The server finishes what it has begun and takes nothing new.",
        "Try again after as many seconds as `Retry-After` says: another server or the restarted one answers then.";
}
