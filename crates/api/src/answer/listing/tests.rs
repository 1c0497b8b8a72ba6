use actix_web::{
    App,
    body::MessageBody,
    dev::ServiceResponse,
    middleware::from_fn,
    test::{TestRequest, call_service, init_service},
    web,
};
use ipt_ports::{
    page::{Direction, Page, PageRequest, Position, Sort},
    placement::NameSort,
};
use serde_json::Value;
use uuid::Uuid;

use super::Listing;
use crate::{
    answer::Answer,
    extract::{FromQuery, QueryReader},
    middleware::authenticate,
    problem::finish,
    testing::{self, FakeDatabase, SIGNED_IN},
};

struct Filter {
    q: Option<String>,
}

impl FromQuery for Filter {
    fn read(query: &mut QueryReader) -> Self {
        Self { q: query.text("q") }
    }
}

fn told(sort: Sort<NameSort>) -> &'static str {
    match (sort.field, sort.direction) {
        (NameSort::Name, Direction::Ascending) => "name up",
        (NameSort::Name, Direction::Descending) => "name down",
        (NameSort::CreatedAt, Direction::Ascending) => "created_at up",
        (NameSort::CreatedAt, Direction::Descending) => "created_at down",
    }
}

/// Answers with the page that was asked for, and says that there is another one.
async fn list(listing: Listing<Filter, NameSort>) -> Answer {
    let PageRequest { limit, after, sort } = listing.page.clone();
    let asked = serde_json::json!({
        "limit": limit,
        "after": after.map(|place| place.values),
        "order": sort.into_iter().map(told).collect::<Vec<_>>(),
        "q": listing.filter.q,
    });
    let next = Position {
        values: vec![Some("Ünal & Co".to_owned()), None],
        id: Uuid::from_u128(9),
    };
    listing.answer(
        Page {
            items: vec![asked],
            next: Some(next),
        },
        listing.count.then_some(7),
        |item| item,
    )
}

async fn fetch(uri: &str) -> ServiceResponse<impl MessageBody> {
    let app = init_service(
        App::new()
            .app_data(web::Data::from(testing::state(FakeDatabase::default())))
            .service(
                web::scope("/api/v1")
                    .route("/things", web::get().to(list))
                    .route("/others", web::get().to(list))
                    .wrap(from_fn(authenticate)),
            )
            .wrap(from_fn(finish)),
    )
    .await;
    call_service(
        &app,
        TestRequest::get().uri(uri).insert_header(SIGNED_IN).to_request(),
    )
    .await
}

async fn body(uri: &str) -> Value {
    testing::json(fetch(uri).await).await
}

#[actix_web::test]
async fn a_list_has_twenty_items_in_its_own_order_unless_asked_otherwise() {
    let usual = body("/api/v1/things").await;
    assert_eq!(
        usual["items"][0],
        serde_json::json!({"limit": 20, "after": null, "order": ["name up"], "q": null})
    );
    assert_eq!(usual.get("total"), None);
    let asked = body("/api/v1/things?limit=3&sort=-created_at&q=mush&count=true").await;
    assert_eq!(
        asked["items"][0],
        serde_json::json!({"limit": 3, "after": null, "order": ["created_at down"], "q": "mush"})
    );
    assert_eq!(asked["total"], 7);
}

#[actix_web::test]
async fn a_list_runs_by_several_fields_in_the_order_in_which_they_are_named() {
    let asked = body("/api/v1/things?sort=-created_at,name").await;
    assert_eq!(
        asked["items"][0]["order"],
        serde_json::json!(["created_at down", "name up"])
    );
    let cursor = asked["next_cursor"].as_str().unwrap();
    let other_order = body(&format!("/api/v1/things?sort=name,-created_at&cursor={cursor}")).await;
    assert_eq!(other_order["code"], "invalid_cursor");
}

#[actix_web::test]
async fn the_next_page_is_found_by_its_cursor_and_by_its_link() {
    let response = fetch("/api/v1/things?q=a%26b&limit=5").await;
    let link = response
        .headers()
        .get("link")
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    let first = testing::json(response).await;
    let cursor = first["next_cursor"].as_str().unwrap();
    let next = body(&format!("/api/v1/things?q=a%26b&limit=5&cursor={cursor}")).await;
    assert_eq!(next["items"][0]["after"], serde_json::json!(["Ünal & Co", null]));
    let address = link
        .strip_prefix("<https://ipt.example.org")
        .unwrap()
        .strip_suffix(">; rel=\"next\"")
        .unwrap();
    let linked = body(address).await;
    assert_eq!(linked["items"][0], next["items"][0]);
    assert_eq!(linked["items"][0]["q"], "a&b");
}

#[actix_web::test]
async fn a_cursor_is_good_for_its_own_list_only() {
    let first = body("/api/v1/things?q=a").await;
    let cursor = first["next_cursor"].as_str().unwrap();
    assert_eq!(
        body(&format!("/api/v1/things?q=a&cursor={cursor}&limit=7&count=true")).await["total"],
        7
    );
    for uri in [
        format!("/api/v1/things?q=b&cursor={cursor}"),
        format!("/api/v1/things?cursor={cursor}"),
        format!("/api/v1/things?q=a&sort=-name&cursor={cursor}"),
        format!("/api/v1/others?q=a&cursor={cursor}"),
        "/api/v1/things?q=a&cursor=made-up".to_owned(),
    ] {
        let refused = body(&uri).await;
        assert_eq!(
            (refused["status"].as_u64(), refused["code"].as_str()),
            (Some(400), Some("invalid_cursor")),
            "{uri}"
        );
    }
}

#[actix_web::test]
async fn a_page_has_one_to_a_hundred_items_and_a_known_order() {
    for query in [
        "limit=0",
        "limit=101",
        "limit=ten",
        "sort=colour",
        "sort=name,-name",
        "sort=name,",
        "sort=-",
        "count=maybe",
        "colour=red",
    ] {
        let refused = body(&format!("/api/v1/things?{query}")).await;
        assert_eq!(refused["status"], 422, "{query}");
    }
    assert_eq!(body("/api/v1/things?limit=100").await["items"][0]["limit"], 100);
}
