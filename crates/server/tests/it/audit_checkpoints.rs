//! Checkpoints of the audit trail, over HTTP and at the command line.

use std::{fs, process::Output};

use ipt_adapter_auth::{Ed25519Signer, SigningKey};
use ipt_application::audit::link;
use ipt_domain::audit::checkpoint::SignedCheckpoint;
use ipt_ports::audit::Signer as _;
use serde_json::{Value, json};

use crate::support::{Client, Deployment, World, process::text, tampering::cut_audit_trail};

/// Takes a checkpoint.
async fn take(admin: &Client) -> Value {
    admin.get("/audit-log/checkpoint").await.expect(200)
}

async fn an_end_that_was_cut_off_is_found_by_a_checkpoint_kept_elsewhere(world: World) {
    world.approve("2026-07-06").await;
    link::execute(&world.services).await.unwrap();
    let kept = take(&world.admin).await;
    let reached = kept["sequence"].as_u64().unwrap();
    let tenant = kept["tenant_id"].as_str().unwrap();
    let against = json!({ "checkpoint": kept["text"] });
    let verify = async || world.admin.post("/audit-log/verify", &against).await.expect(200);
    let whole = verify().await;
    assert_eq!(
        (&whole["intact"], &whole["kept_to"]),
        (&json!(true), &kept["sequence"])
    );

    cut_audit_trail(&world.url, tenant, reached - 2).await;
    let alone = world.admin.get("/audit-log/verify").await.expect(200);
    assert_eq!(
        (&alone["intact"], &alone["checked"]),
        (&json!(true), &json!(reached - 2)),
        "the trail by itself does not tell"
    );
    let found = verify().await;
    let missing = json!({ "sequence": reached - 1, "record_id": null, "problem": "deleted" });
    assert_eq!(
        (&found["intact"], &found["first_broken"]),
        (&json!(false), &missing)
    );

    // What is linked since takes the numbers of what is gone, and hides nothing.
    link::execute(&world.services).await.unwrap();
    assert_eq!(
        world.admin.get("/audit-log/verify").await.expect(200)["intact"],
        true
    );
    let found = verify().await;
    assert_eq!(
        (
            &found["first_broken"]["sequence"],
            &found["first_broken"]["problem"]
        ),
        (&json!(reached), &json!("edited"))
    );
}

async fn a_checkpoint_that_is_not_genuine_or_not_of_this_trail_is_refused(world: World) {
    let kept = take(&world.admin).await;
    let own = kept["text"].as_str().unwrap().to_owned();
    let other = take(&world.other_institution().await).await;
    let refused = async |text: &str, code: &str| {
        let against = json!({ "checkpoint": text });
        let answer = world.admin.post("/audit-log/verify", &against).await;
        let problem = answer.expect_problem(422, code);
        assert_eq!(problem["errors"][0]["pointer"], "/checkpoint", "{problem}");
    };
    refused(other["text"].as_str().unwrap(), "checkpoint_of_another_chain").await;
    refused(&own.replace("sequence: ", "sequence: 1"), "checkpoint_forged").await;
    refused(&own[..own.len() - 5], "checkpoint_malformed").await;
    refused(&"x".repeat(100_000), "checkpoint_malformed").await;
    refused("", "checkpoint_malformed").await;
    let stranger = Ed25519Signer::new(&SigningKey::ephemeral(), []);
    let mut signed = SignedCheckpoint::parse_all(&own).unwrap().remove(0);
    signed.signature = stranger
        .sign(signed.checkpoint.statement(&signed.key_id).as_bytes())
        .unwrap();
    refused(&signed.to_string(), "checkpoint_forged").await;
    signed.key_id = stranger.key_id().to_owned();
    refused(&signed.to_string(), "checkpoint_key_unknown").await;

    let against = json!({ "checkpoint": own });
    for who in [&world.student, &world.coordinator] {
        who.post("/audit-log/verify", &against)
            .await
            .expect_problem(403, "forbidden");
        who.get("/audit-log/checkpoint")
            .await
            .expect_problem(403, "forbidden");
    }
    world.admin.post("/audit-log/verify", &against).await.expect(200);
    let looks = world
        .admin
        .get("/audit-log?action=audit.checkpoint")
        .await
        .expect(200);
    assert_eq!(looks["items"].as_array().unwrap().len(), 1, "{looks}");
    assert_eq!(looks["items"][0]["detail"]["values"]["key_id"], kept["key_id"]);
}

async fn at_the_command_line_checkpoints_are_taken_kept_and_held_against_the_trail(
    deployment: Deployment,
) -> Deployment {
    let with_keys = |keys: (&str, &str), arguments: &[&str]| -> Output {
        let mut command = deployment.command();
        command
            .env("IPT_AUTH__SIGNING_KEY_FILE", keys.0)
            .env("IPT_AUTH__ACCEPTED_KEY_FILES", keys.1);
        command.args(arguments).output().unwrap()
    };
    let ipt = |arguments: &[&str]| with_keys(("own.pem", ""), arguments);
    let taken = ipt(&["audit", "checkpoint"]);
    assert!(taken.status.success(), "{}", text(&taken.stderr));
    let kept = text(&taken.stdout);
    let write = |name: &str, content: &str| fs::write(deployment.folder.path().join(name), content).unwrap();
    write("kept.txt", &kept);
    let against = ["audit", "verify", "--checkpoint", "kept.txt"];
    let whole = ipt(&against);
    assert!(whole.status.success(), "{}", text(&whole.stdout));
    let all = ipt(&["audit", "checkpoint", "--json"]);
    let all: Value = serde_json::from_slice(&all.stdout).unwrap();
    let mut all = all["checkpoints"].as_array().unwrap().iter();
    let (tenant, reached) = all
        .find_map(|one| {
            let tenant = one["chain"].as_str().unwrap().strip_prefix("tenant ")?;
            Some((tenant.to_owned(), one["sequence"].as_u64().unwrap()))
        })
        .unwrap();

    cut_audit_trail(&deployment.database_url(), &tenant, reached - 1).await;
    assert!(ipt(&["audit", "verify"]).status.success(), "nothing tells");
    let found = ipt(&against);
    assert!(!found.status.success());
    let told = format!("BROKEN  tenant {tenant}: number {reached} is deleted");
    assert!(text(&found.stdout).contains(&told), "{}", text(&found.stdout));
    // Under a new key the old checkpoints hold, as long as the old one is named.
    let renewed = with_keys(("new.pem", "own.pem"), &against);
    assert!(text(&renewed.stdout).contains(&told), "{}", text(&renewed.stderr));

    let refused = |output: &Output, code: &str| {
        assert!(!output.status.success());
        assert!(text(&output.stderr).contains(code), "{}", text(&output.stderr));
    };
    refused(&with_keys(("new.pem", ""), &against), "checkpoint_key_unknown");
    write("kept.txt", &kept.replace("sequence: ", "sequence: 1"));
    refused(&ipt(&against), "checkpoint_forged");
    write("kept.txt", &kept[..kept.len() - 40]);
    refused(&ipt(&against), "checkpoint_malformed");
    fs::write(deployment.folder.path().join("kept.txt"), [0xff, 0xfe, 0]).unwrap();
    refused(&ipt(&against), "checkpoint_malformed");
    fs::remove_file(deployment.folder.path().join("kept.txt")).unwrap();
    refused(&ipt(&against), "kept.txt");
    deployment
}

on_both_databases!(
    an_end_that_was_cut_off_is_found_by_a_checkpoint_kept_elsewhere,
    a_checkpoint_that_is_not_genuine_or_not_of_this_trail_is_refused,
);

mod at_the_command_line {
    deployed_on_both_databases!(at_the_command_line_checkpoints_are_taken_kept_and_held_against_the_trail);

    use super::at_the_command_line_checkpoints_are_taken_kept_and_held_against_the_trail;
}
