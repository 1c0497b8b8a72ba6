use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta};
use ipt_domain::id::{SessionId, TenantId, UserId};
use jsonwebtoken::{EncodingKey, crypto::sign};
use secrecy::ExposeSecret;
use uuid::Uuid;

use super::*;

const ISSUER: &str = "https://training.example.ac.tz";

fn settings() -> TokenSettings {
    TokenSettings {
        issuer: ISSUER.to_owned(),
        audience: "ipt-api".to_owned(),
        remembered: 100,
    }
}

fn tokens() -> JwtAccessTokens {
    JwtAccessTokens::new(SigningKey::ephemeral(), [], settings())
}

fn at(seconds: i64) -> Instant {
    DateTime::from_timestamp(1_784_000_000 + seconds, 0).unwrap()
}

fn claims() -> AccessClaims {
    AccessClaims {
        user_id: UserId::new(Uuid::from_u128(1)),
        session_id: SessionId::new(Uuid::from_u128(2)),
        tenant_id: Some(TenantId::new(Uuid::from_u128(3))),
        issued_at: at(0),
        expires_at: at(900),
    }
}

fn part(token: &str, index: usize) -> Value {
    let part = token.split('.').nth(index).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// A token of this header and these claims, signed with `key` by `algorithm`, whatever the header says.
fn signed(header: &Value, claims: &Value, key: &EncodingKey, algorithm: Algorithm) -> String {
    let encode = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
    let message = format!("{}.{}", encode(header), encode(claims));
    let signature = sign(message.as_bytes(), key, algorithm).unwrap();
    format!("{message}.{signature}")
}

fn with(part: &Value, name: &str, value: Value) -> Value {
    let mut part = part.clone();
    part[name] = value;
    part
}

fn without(part: &Value, name: &str) -> Value {
    let mut part = part.clone();
    part.as_object_mut().unwrap().remove(name);
    part
}

#[test]
fn what_was_issued_is_what_is_read() {
    let tokens = tokens();
    for tenant_id in [Some(TenantId::new(Uuid::from_u128(3))), None] {
        let claims = AccessClaims {
            tenant_id,
            ..claims()
        };
        let token = tokens.issue(&claims).unwrap();
        assert_eq!(tokens.verify(token.expose_secret(), at(1)), Ok(claims));
    }
}

#[test]
fn a_token_has_the_header_and_the_claims_of_rfc_9068_and_no_role() {
    let tokens = tokens();
    let token = tokens.issue(&claims()).unwrap();
    let token = token.expose_secret();
    let kid = tokens.key_set()["keys"][0]["kid"].clone();
    assert_eq!(
        part(token, 0),
        json!({ "typ": "at+jwt", "alg": "EdDSA", "kid": kid })
    );
    let mut said = part(token, 1);
    let jti = said["jti"].take();
    assert_eq!(jti.as_str().unwrap().len(), 22);
    let expected = json!({
        "iss": ISSUER, "aud": "ipt-api", "sub": Uuid::from_u128(1), "exp": 1_784_000_900, "iat": 1_784_000_000,
        "jti": null, "client_id": "ipt", "sid": Uuid::from_u128(2), "tid": Uuid::from_u128(3),
    });
    assert_eq!(said, expected);
    let other = tokens.issue(&claims()).unwrap();
    assert_ne!(part(other.expose_secret(), 1)["jti"], jti);
}

#[test]
fn a_token_runs_out_exactly_at_its_second_remembered_or_not() {
    for asked_before in [true, false] {
        let tokens = tokens();
        let token = tokens.issue(&claims()).unwrap();
        let token = token.expose_secret();
        if asked_before {
            assert!(tokens.verify(token, at(1)).is_ok());
        }
        let last = at(900) - TimeDelta::microseconds(1);
        assert!(tokens.verify(token, last).is_ok());
        assert_eq!(tokens.verify(token, at(900)), Err(TokenError::Expired));
        assert_eq!(tokens.verify(token, at(900)), Err(TokenError::Expired));
    }
}

#[test]
fn a_token_never_outlives_the_fraction_of_a_second_it_was_issued_for() {
    let tokens = tokens();
    let expires_at = at(900) + TimeDelta::milliseconds(400);
    let token = tokens
        .issue(&AccessClaims {
            expires_at,
            ..claims()
        })
        .unwrap();
    assert_eq!(
        tokens.verify(token.expose_secret(), at(900)),
        Err(TokenError::Expired)
    );
}

#[test]
fn forged_tokens_are_refused_each_and_every_one() {
    let tokens = tokens();
    let genuine = tokens.issue(&claims()).unwrap();
    let genuine = genuine.expose_secret();
    let (header, said) = (part(genuine, 0), part(genuine, 1));
    let key = tokens.key.encoding();
    let ours = |header: &Value, claims: &Value| signed(header, claims, key, Algorithm::EdDSA);
    assert!(
        tokens.verify(&ours(&header, &said), at(1)).is_ok(),
        "the forger's tool works"
    );

    let unsigned = |header: &Value| {
        let encode = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
        format!("{}.{}.", encode(header), encode(&said))
    };
    let jwk = tokens.key_set()["keys"][0].clone();
    let x = jwk["x"].as_str().unwrap();
    let public = URL_SAFE_NO_PAD.decode(x).unwrap();
    let hs256 = with(&header, "alg", json!("HS256"));
    let by_secret =
        |secret: &[u8]| signed(&hs256, &said, &EncodingKey::from_secret(secret), Algorithm::HS256);
    let stranger = SigningKey::ephemeral();
    let theirs = stranger.public().to_jwk();
    let dots: Vec<&str> = genuine.split('.').collect();
    let other_person = URL_SAFE_NO_PAD.encode(with(&said, "sub", json!(Uuid::from_u128(9))).to_string());

    let forgeries = [
        ("alg none", unsigned(&with(&header, "alg", json!("none")))),
        ("alg None", unsigned(&with(&header, "alg", json!("None")))),
        ("no signature", unsigned(&header)),
        ("HS256 with the public key", by_secret(&public)),
        ("HS256 with the public key as text", by_secret(x.as_bytes())),
        (
            "HS256 with the key set",
            by_secret(tokens.key_set().to_string().as_bytes()),
        ),
        ("HS256 in the header only", ours(&hs256, &said)),
        (
            "RS256 in the header",
            ours(&with(&header, "alg", json!("RS256")), &said),
        ),
        (
            "ES256 in the header",
            ours(&with(&header, "alg", json!("ES256")), &said),
        ),
        (
            "another key under our id",
            signed(&header, &said, stranger.encoding(), Algorithm::EdDSA),
        ),
        ("another key under its own id", {
            let header = with(&header, "kid", theirs["kid"].clone());
            signed(&header, &said, stranger.encoding(), Algorithm::EdDSA)
        }),
        ("another key that the token brings along", {
            let header = with(&header, "jwk", theirs.clone());
            signed(&header, &said, stranger.encoding(), Algorithm::EdDSA)
        }),
        ("no key id", ours(&without(&header, "kid"), &said)),
        (
            "an unknown key id",
            ours(&with(&header, "kid", json!("../../dev/null")), &said),
        ),
        (
            "an extension that must be understood",
            ours(&with(&header, "crit", json!(["exp"])), &said),
        ),
        ("no kind", ours(&without(&header, "typ"), &said)),
        (
            "an identity token",
            ours(&with(&header, "typ", json!("JWT")), &said),
        ),
        (
            "other claims under the signature",
            [dots[0], &other_person, dots[2]].join("."),
        ),
        ("cut short", genuine[..genuine.len() - 1].to_owned()),
        ("two parts", [dots[0], dots[1]].join(".")),
        ("four parts", format!("{genuine}.{}", dots[2])),
        ("padded", format!("{genuine}=")),
        ("followed by a line", format!("{genuine}\n")),
        ("nothing", String::new()),
        ("dots", "..".to_owned()),
        ("not a token", "Bearer".to_owned()),
        ("not ASCII", format!("{}.é.{}", dots[0], dots[2])),
        ("endless", format!("{genuine}{}", "A".repeat(1_000_000))),
    ];
    for (name, token) in forgeries {
        assert_eq!(
            tokens.verify(&token, at(1)),
            Err(TokenError::Invalid),
            "{name}: {token:.300}"
        );
    }
}

#[test]
fn a_token_that_lacks_a_claim_or_says_something_else_is_refused_although_we_signed_it() {
    let tokens = tokens();
    let genuine = tokens.issue(&claims()).unwrap();
    let (header, said) = (part(genuine.expose_secret(), 0), part(genuine.expose_secret(), 1));
    let mut wrong = vec![
        with(&said, "tid", json!("udsm")),
        with(&said, "jti", json!("")),
        with(&said, "exp", json!(1_783_999_999)),
        with(&said, "exp", json!(i64::MAX)),
        with(&said, "exp", json!(1_784_000_900.5)),
    ];
    for name in ["iss", "aud", "sub", "exp", "iat", "jti", "client_id", "sid"] {
        wrong.push(without(&said, name));
        wrong.push(with(&said, name, Value::Null));
        wrong.push(with(&said, name, json!([said[name]])));
    }
    for name in ["iss", "aud", "sub", "exp", "iat", "client_id", "sid"] {
        wrong.push(with(&said, name, json!("someone-else")));
    }
    let sign = |claims: &Value| signed(&header, claims, tokens.key.encoding(), Algorithm::EdDSA);
    assert!(
        tokens.verify(&sign(&said), at(1)).is_ok(),
        "the forger's tool works"
    );
    for claims in wrong {
        assert_eq!(
            tokens.verify(&sign(&claims), at(1)),
            Err(TokenError::Invalid),
            "{claims}"
        );
    }
}

#[test]
fn a_token_of_another_deployment_with_the_same_key_is_refused() {
    let pem = SecretString::from(
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n",
    );
    let of = |settings| JwtAccessTokens::new(SigningKey::from_pem(&pem).unwrap(), [], settings);
    let ours = of(settings());
    for other in [
        TokenSettings {
            issuer: "https://elsewhere.example".to_owned(),
            ..settings()
        },
        TokenSettings {
            audience: "another-api".to_owned(),
            ..settings()
        },
    ] {
        let token = of(other).issue(&claims()).unwrap();
        assert_eq!(
            ours.verify(token.expose_secret(), at(1)),
            Err(TokenError::Invalid)
        );
    }
}

#[test]
fn tokens_of_the_previous_key_are_good_until_the_key_is_dropped() {
    let old = JwtAccessTokens::new(SigningKey::ephemeral(), [], settings());
    let token = old.issue(&claims()).unwrap();

    let new = JwtAccessTokens::new(SigningKey::ephemeral(), [old.key.public().clone()], settings());
    assert!(new.verify(token.expose_secret(), at(1)).is_ok());
    assert_eq!(new.key_set()["keys"].as_array().unwrap().len(), 2);
    assert_eq!(new.key_set()["keys"][1], old.key_set()["keys"][0]);
    assert_eq!(
        old.verify(new.issue(&claims()).unwrap().expose_secret(), at(1)),
        Err(TokenError::Invalid)
    );

    let later = JwtAccessTokens::new(SigningKey::ephemeral(), [], settings());
    assert_eq!(
        later.verify(token.expose_secret(), at(1)),
        Err(TokenError::Invalid)
    );
}

#[test]
fn the_key_set_holds_public_members_only() {
    let key = tokens().key_set()["keys"][0].clone();
    let mut members: Vec<&String> = key.as_object().unwrap().keys().collect();
    members.sort();
    assert_eq!(members, ["alg", "crv", "kid", "kty", "use", "x"]);
    assert_eq!(
        (&key["kty"], &key["crv"], &key["alg"], &key["use"]),
        (&json!("OKP"), &json!("Ed25519"), &json!("EdDSA"), &json!("sig"))
    );
}

#[test]
fn a_remembered_token_is_not_checked_again_and_not_many_are_remembered() {
    let tokens = JwtAccessTokens::new(
        SigningKey::ephemeral(),
        [],
        TokenSettings {
            remembered: 10,
            ..settings()
        },
    );
    let token = tokens.issue(&claims()).unwrap();
    let key = VerifiedTokens::key(token.expose_secret());
    assert_eq!(tokens.verified.get(&key, at(1)), None);
    tokens.verify(token.expose_secret(), at(1)).unwrap();
    assert_eq!(tokens.verified.get(&key, at(1)), Some(claims()));
    assert_eq!(tokens.verified.get(&key, at(900)), None);
    for _ in 0..100 {
        tokens
            .verify(tokens.issue(&claims()).unwrap().expose_secret(), at(1))
            .unwrap();
    }
    assert!(
        tokens.verified.len() <= 10,
        "{} remembered",
        tokens.verified.len()
    );
}
