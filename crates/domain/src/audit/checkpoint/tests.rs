use chrono::DateTime;

use super::*;

const SIGNATURE: &str =
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn signed() -> SignedCheckpoint {
    let mut hash = [0xAB; 32];
    hash[0] = 0x0F;
    SignedCheckpoint {
        checkpoint: Checkpoint {
            chain: ChainId::Tenant(TenantId::new(Uuid::from_u128(77))),
            head: Some(Head { sequence: 12, hash }),
            at: DateTime::from_timestamp(1_783_328_400, 5_000).unwrap(),
        },
        key_id: "kPrK_qmxVWaYVA9w".to_owned(),
        signature: SIGNATURE.to_owned(),
    }
}

fn expected(text: &str) -> &'static str {
    match SignedCheckpoint::parse_all(text) {
        Err(CheckpointViolation::Malformed { expected }) => expected,
        outcome => panic!("{outcome:?}"),
    }
}

#[test]
fn the_text_form_is_what_stands_in_the_documents() {
    let text = signed().to_string();
    assert_eq!(
        text,
        format!(
            "ipt-checkpoint/1\n\
             chain: tenant 00000000-0000-0000-0000-00000000004d\n\
             sequence: 12\n\
             hash: 0fababababababababababababababababababababababababababababababab\n\
             at: 2026-07-06T09:00:00.000005Z\n\
             key: kPrK_qmxVWaYVA9w\n\
             signature: {SIGNATURE}\n"
        )
    );
    assert!(text.starts_with(&signed().checkpoint.statement("kPrK_qmxVWaYVA9w")));
    assert_eq!(SignedCheckpoint::parse_all(&text), Ok(vec![signed()]));
}

#[test]
fn the_deployments_chain_and_one_without_links_have_checkpoints_too() {
    let empty = SignedCheckpoint {
        checkpoint: Checkpoint {
            chain: ChainId::Deployment,
            head: None,
            ..signed().checkpoint
        },
        ..signed()
    };
    let text = empty.to_string();
    assert!(
        text.contains("chain: deployment\nsequence: 0\nhash: 0000"),
        "{text}"
    );
    assert_eq!(SignedCheckpoint::parse_all(&text), Ok(vec![empty]));
}

#[test]
fn other_ends_of_lines_and_blank_lines_do_no_harm() {
    let text = format!("\r\n  {}\r\n\r\n", signed().to_string().replace('\n', " \r\n"));
    assert_eq!(SignedCheckpoint::parse_all(&text), Ok(vec![signed()]));
}

#[test]
fn several_stand_below_each_other() {
    let text = format!("{}\n{}", signed(), signed());
    assert_eq!(SignedCheckpoint::parse_all(&text), Ok(vec![signed(), signed()]));
    expected(&format!("{text}and more"));
}

#[test]
fn one_that_is_cut_anywhere_is_refused() {
    let text = signed().to_string();
    for length in 0..text.trim_end().len() {
        expected(&text[..length]);
    }
    for line in text.lines() {
        expected(&text.replace(&format!("{line}\n"), ""));
    }
}

#[test]
fn lines_that_say_something_else_are_named() {
    let text = signed().to_string();
    for (from, to, line) in [
        ("checkpoint/1", "checkpoint/2", "ipt-checkpoint/1"),
        ("tenant", "institution", "chain: "),
        ("sequence: 12", "sequence: -12", "sequence: "),
        ("0fab", "xyab", "hash: "),
        ("0fab", "0fabab", "hash: "),
        ("2026-07-06T", "2026-07-06", "at: "),
        ("key: kPrK", "key: kP rK", "key: "),
        ("signature: A", "signature: =", "signature: "),
    ] {
        let told = expected(&text.replace(from, to));
        assert!(told.contains(line), "{to}: {told}");
    }
}
