//! What all operations have in common, added to the description in one place.

use std::collections::BTreeSet;

use utoipa::openapi::{
    Components, Content, Info, License, OpenApi, Ref, RefOr, Required, Response, Schema, Tag,
    header::HeaderBuilder,
    path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem},
    schema::{ArrayItems, ObjectBuilder, Type},
    security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
};
use utoipa::{PartialSchema as _, ToSchema as _};

use crate::{
    browser::cookies,
    problem::{FieldError, ProblemBody},
    routes::needs_sign_in,
};

/// The tags, in the order in which a reader should meet them.
const TAGS: [(&str, &str); 14] = [
    ("auth", "Signing in and out, and oneself"),
    ("users", "The people of an institution"),
    ("roles", "Roles that an institution defines"),
    ("tenancy", "One's own institution and its calendar"),
    ("tenants", "Every institution, for those who keep the deployment"),
    ("programmes", "Programmes and their policies"),
    ("organisations", "Who hosts, and where"),
    ("placements", "A student at an organisation for a period"),
    ("logbook", "The daily log and its verification"),
    ("notifications", "Messages to oneself"),
    ("insight", "Dashboards"),
    ("audit", "Who did what"),
    ("jobs", "Background work that failed"),
    ("operation", "Health, keys and this description"),
];

/// Writes that no version guards: what they change has none.
const WITHOUT_VERSION: [&str; 3] = ["create_site", "end_session", "request_user_export"];

/// The form of a header.
struct Form {
    pattern: &'static str,
    example: &'static str,
}

/// One entity tag, weak or strong, or any (RFC 9110, §8.8.3).
const ENTITY_TAG: Form = Form {
    pattern: r#"^((W/)?"[ !#-~]*"|\*)$"#,
    example: "\"7.0badc0de\"",
};
/// A key of 1 to 255 printable characters of ASCII, bare or as a structured string (RFC 9651, §3.3.3).
const IDEMPOTENCY_KEY: Form = Form {
    pattern: r#"^([!#-~][ -~]{0,254}|"([ !#-\[\]-~]|\\["\\]){1,255}")$"#,
    example: "8e03978e-40d5-43e8-bc93-6894a57f9324",
};

const PROBLEM: &str = "application/problem+json";
const SCHEME: &str = "access_token";
const COOKIE_SCHEME: &str = "session_cookie";

/// Adds what all operations have in common.
pub(super) fn complete(document: &mut OpenApi) {
    document.info = info();
    document.tags = Some(
        TAGS.into_iter()
            .map(|(name, description)| tag(name, description))
            .collect(),
    );
    let components = document.components.get_or_insert_with(Components::new);
    components
        .schemas
        .insert("Problem".to_owned(), ProblemBody::schema());
    components
        .schemas
        .insert(FieldError::name().into_owned(), FieldError::schema());
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .build();
    components.add_security_scheme(SCHEME, SecurityScheme::Http(bearer));
    let cookie = ApiKeyValue::with_description(
        cookies::ACCESS,
        "Set by a sign-in with `mode: \"cookie\"`. Requests that change something carry `X-CSRF-Token` beside it.",
    );
    components.add_security_scheme(COOKIE_SCHEME, SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    refer_to_items(components);
    for (path, item) in &mut document.paths.paths {
        let templated = path.contains('{');
        for (method, operation) in operations_mut(item) {
            let about = About {
                path,
                method,
                templated,
                signed_in: needs_sign_in(path),
            };
            describe(operation, &about);
        }
    }
}

/// Lets lists refer to the schema of their items: a generic type is written out in each place where it is used.
fn refer_to_items(components: &mut Components) {
    let known: BTreeSet<String> = components.schemas.keys().cloned().collect();
    for (name, schema) in &mut components.schemas {
        let item = name
            .strip_prefix("ListBody_")
            .filter(|item| known.contains(*item));
        if let (Some(item), RefOr::T(Schema::Object(body))) = (item, schema)
            && let Some(RefOr::T(Schema::Array(items))) = body.properties.get_mut("items")
        {
            items.items = ArrayItems::RefOrSchema(Box::new(RefOr::Ref(Ref::from_schema_name(item))));
        }
    }
}

fn info() -> Info {
    let mut info = Info::new("Industrial practical training", env!("CARGO_PKG_VERSION"));
    info.description = Some(
        "Daily logs of students at their workplaces, verified by industry and validated by the university. Errors are \
         `application/problem+json`; each code is explained under `/errors/CODE`. An empty parameter of a query counts \
         as left out."
            .to_owned(),
    );
    let mut license = License::new("MIT");
    license.identifier = Some("MIT".to_owned());
    info.license = Some(license);
    info
}

fn tag(name: &str, description: &str) -> Tag {
    let mut tag = Tag::new(name);
    tag.description = Some(description.to_owned());
    tag
}

/// What decides which parts an operation has.
struct About<'a> {
    path: &'a str,
    method: &'static str,
    templated: bool,
    signed_in: bool,
}

impl About<'_> {
    fn is_api(&self) -> bool {
        self.path.starts_with("/api/v1/")
    }

    /// A change of a resource, or an action below it.
    fn is_guarded(&self, operation: &Operation) -> bool {
        let versioned = !WITHOUT_VERSION
            .iter()
            .any(|name| operation.operation_id.as_deref() == Some(name));
        let changes =
            matches!(self.method, "PATCH" | "PUT" | "DELETE") || (self.method == "POST" && self.templated);
        self.is_api() && changes && versioned
    }

    fn takes_key(&self) -> bool {
        self.method == "POST" && self.is_api() && !self.path.starts_with("/api/v1/auth/")
    }
}

fn describe(operation: &mut Operation, about: &About<'_>) {
    operation.security = Some(if about.signed_in {
        [SCHEME, COOKIE_SCHEME]
            .map(|scheme| SecurityRequirement::new::<_, _, String>(scheme, []))
            .to_vec()
    } else {
        Vec::new()
    });
    if about.takes_key() {
        let text = "A fresh value of the client's; a retry with the same value within 24 hours gets the first answer.";
        add_header(operation, "Idempotency-Key", text, &IDEMPOTENCY_KEY);
    }
    let guarded = about.is_guarded(operation);
    if guarded {
        add_header(
            operation,
            "If-Match",
            "The `ETag` of what was seen; a version that is not current any more is refused.",
            &ENTITY_TAG,
        );
    }
    let has_body = operation.request_body.is_some();
    let has_query = operation.parameters.iter().flatten().any(
        |parameter| matches!(parameter, RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query),
    );
    let writes = about.is_api() && about.method != "GET";
    if about.is_api() && about.method == "GET" && about.signed_in {
        let same = "What the client named by `If-None-Match` has not changed";
        operation
            .responses
            .responses
            .insert("304".to_owned(), RefOr::T(Response::new(same)));
    }
    let problems: [(u16, &str, bool); 14] = [
        (400, "The request cannot be read", about.is_api()),
        (401, "No valid access token", about.signed_in),
        (403, "Not permitted", about.signed_in),
        (404, "Not found", about.templated),
        (406, "No acceptable form", about.is_api()),
        (409, "Conflict with what is stored", writes && about.signed_in),
        (412, "The version is not the current one", guarded),
        (413, "The body is too large", has_body),
        (414, "The address is too long", has_query),
        (415, "The body's type is not taken", has_body),
        (422, "A field or rule is broken", has_body || has_query || writes),
        (429, "Too many requests", true),
        (500, "Something went wrong on the server's side", true),
        (503, "Not available right now", true),
    ];
    for (status, text, applies) in problems {
        if applies {
            operation
                .responses
                .responses
                .entry(status.to_string())
                .or_insert_with(|| RefOr::T(problem(text)));
        }
    }
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response {
            if status.as_str() >= "400" {
                tell_problems_apart(response);
            }
            add_response_headers(response, status);
        }
    }
}

fn add_header(operation: &mut Operation, name: &str, description: &str, form: &Form) {
    let parameter: Parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(
            ObjectBuilder::new()
                .schema_type(Type::String)
                .pattern(Some(form.pattern))
                .examples([form.example]),
        ))
        .build();
    operation
        .parameters
        .get_or_insert_default()
        .push(RefOr::T(parameter));
}

fn problem(description: &str) -> Response {
    let mut response = Response::new(description);
    let content = Content::new(Some(RefOr::Ref(Ref::from_schema_name("Problem"))));
    response.content.insert(PROBLEM.to_owned(), content.into());
    response
}

/// A problem has a media type of its own, also where an endpoint says no more than its schema.
fn tell_problems_apart(response: &mut Response) {
    if let Some(content) = response.content.shift_remove("application/json") {
        response.content.insert(PROBLEM.to_owned(), content);
    }
}

fn add_response_headers(response: &mut Response, status: &str) {
    let mut add = |name: &str, description: &str| {
        let header = HeaderBuilder::new()
            .description(Some(description))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
            .build();
        response
            .headers
            .entry(name.to_owned())
            .or_insert_with(|| header.into());
    };
    add("X-Request-Id", "The request's id.");
    match status {
        "201" => add("Location", "Where the new resource is."),
        "405" => add("Allow", "The methods that are there."),
        "429" | "503" => add("Retry-After", "After how many seconds to try again."),
        _ => {}
    }
}

/// The operations of a path, to be completed.
fn operations_mut(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    [
        ("GET", &mut item.get),
        ("POST", &mut item.post),
        ("PUT", &mut item.put),
        ("PATCH", &mut item.patch),
        ("DELETE", &mut item.delete),
    ]
    .into_iter()
    .filter_map(|(method, operation)| operation.as_mut().map(|operation| (method, operation)))
}
