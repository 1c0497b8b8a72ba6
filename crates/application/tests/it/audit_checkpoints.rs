//! Checkpoints of the audit trail, kept elsewhere: what they find that the trail by itself does not tell.

use std::sync::Arc;

use ipt_application::{
    Caller, Services,
    audit::{AuditError, checkpoint, link, verify},
};
use ipt_domain::{
    audit::{
        chain::{Break, ChainId, Problem},
        checkpoint::SignedCheckpoint,
    },
    identity::role::Role,
};
use ipt_testkit::memory::PlainSigner;

use crate::support::Stage;

/// A stage on which something happened, all of it linked; its administrator, and a checkpoint.
async fn kept() -> (Stage, Caller, SignedCheckpoint) {
    let stage = Stage::new().await;
    stage.submit("07-06").await.unwrap();
    link::execute(&stage.services).await.unwrap();
    let admin = stage.caller(stage.world.id(), Role::TenantAdmin);
    let kept = checkpoint::execute(&stage.services, &admin).await.unwrap();
    link::execute(&stage.services).await.unwrap();
    (stage, admin, kept)
}

/// The code with which a checkpoint is refused.
async fn refusal(services: &Services, caller: &Caller, text: &str) -> &'static str {
    match verify::execute(services, caller, Some(text)).await {
        Err(AuditError::Rules(broken)) => broken.code(),
        outcome => panic!("{outcome:?}"),
    }
}

#[tokio::test]
async fn an_end_that_was_cut_off_is_found_by_a_checkpoint_alone() {
    let (stage, admin, kept) = kept().await;
    let chain = ChainId::Tenant(stage.world.tenant);
    let reached = kept.checkpoint.head.unwrap().sequence;
    let text = kept.to_string();
    let whole = verify::execute(&stage.services, &admin, Some(&text))
        .await
        .unwrap();
    assert_eq!((whole.kept_to, whole.first_broken), (Some(reached), None));

    stage.database.cut_audit_chain(chain, reached - 2);
    let alone = verify::execute(&stage.services, &admin, None).await.unwrap();
    assert_eq!((alone.kept_to, alone.first_broken), (None, None), "nothing tells");
    let found = verify::execute(&stage.services, &admin, Some(&text))
        .await
        .unwrap();
    let missing = Break {
        sequence: reached - 1,
        record_id: None,
        problem: Problem::Deleted,
    };
    assert_eq!(found.first_broken, Some(missing));

    // What is linked since takes the numbers of what is gone, and not its place.
    link::execute(&stage.services).await.unwrap();
    let found = verify::execute(&stage.services, &admin, Some(&text))
        .await
        .unwrap();
    let other = found.first_broken.unwrap();
    assert_eq!((other.sequence, other.problem), (reached, Problem::Edited));
}

#[tokio::test]
async fn a_chain_of_which_nothing_is_left_is_missed_by_its_checkpoint() {
    let (stage, _, kept) = kept().await;
    let all = checkpoint::all(&stage.services).await.unwrap();
    assert_eq!(all.len(), 2, "the deployment's, and the institution's");
    let text: String = all.iter().chain([&kept]).map(ToString::to_string).collect();
    let whole = verify::all(&stage.services, Some(&text)).await.unwrap();
    assert!(whole.iter().all(|report| report.first_broken.is_none()));
    let chain = ChainId::Tenant(stage.world.tenant);
    stage.database.cut_audit_chain(chain, 0);
    let reports = verify::all(&stage.services, Some(&text)).await.unwrap();
    let broken: Vec<_> = reports
        .iter()
        .filter_map(|report| Some((report.chain, report.first_broken?.sequence)))
        .collect();
    assert_eq!(broken, [(chain, 1)]);
}

#[tokio::test]
async fn a_checkpoint_is_refused_unless_it_is_genuine_and_of_this_chain() {
    let (stage, admin, kept) = kept().await;
    let text = kept.to_string();
    let services = &stage.services;
    let other = stage.world.id();
    stage.world.add_institution(other, "ardhi").await;
    let stranger = stage.caller(stage.world.id(), Role::Superadmin);
    let deployment = checkpoint::all(services).await.unwrap().remove(0);
    for (changed, code) in [
        (deployment.to_string(), "checkpoint_of_another_chain"),
        (format!("{text}{deployment}"), "checkpoint_of_another_chain"),
        (text.replace("sequence: ", "sequence: 1"), "checkpoint_forged"),
        (
            text.replace(&stage.world.tenant.to_string(), &other.to_string()),
            "checkpoint_forged",
        ),
        (text.replace("2026", "2025"), "checkpoint_forged"),
        (text.replace("plain-key", "another-key"), "checkpoint_key_unknown"),
        (text[..text.len() - 2].to_owned(), "checkpoint_malformed"),
        (String::new(), "checkpoint_malformed"),
    ] {
        assert_eq!(refusal(services, &admin, &changed).await, code, "{changed}");
    }
    // Somebody else's key under the name of ours.
    let elsewhere = Services {
        signer: Arc::new(PlainSigner("another-key")),
        ..services.clone()
    };
    let theirs = checkpoint::execute(&elsewhere, &admin).await.unwrap();
    let passed_off = SignedCheckpoint {
        key_id: kept.key_id,
        ..theirs
    };
    assert_eq!(
        refusal(services, &admin, &passed_off.to_string()).await,
        "checkpoint_forged"
    );
    let denied = verify::execute(services, &stranger, Some("whatever")).await;
    assert!(denied.is_err());
}
