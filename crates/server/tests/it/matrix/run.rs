//! Everybody tries everything.

use super::{
    MATRIX, OF_EVERYBODY, Row, Targets,
    actors::{Somebody, Standing, everybody},
    request,
};
use crate::support::{Client, World};

async fn status(client: &Client, world: &World, targets: &Targets, row: &Row) -> u16 {
    client.send(request(client, world, targets, row)).await.status
}

/// What a row says of one person.
fn is_open_to(who: &Somebody, world: &World, targets: &Targets, row: &Row) -> bool {
    let (method, template, body, allowed) = row;
    let sent = format!("{} {}", targets.path(template), body(world));
    let of_placement = [
        &targets.log,
        &targets.attachment,
        &world.placement,
        &world.student.id,
    ];
    let of_organisation = [&world.organisation, &world.site];
    let related = match (who.standing, who.letter) {
        (Standing::Own, _) => true,
        (Standing::OtherTenant, _) => false,
        // An organisation and its sites are there to be seen.
        (Standing::SameTenant, 'o') => {
            *method == "GET" || !of_organisation.iter().any(|id| sent.contains(*id))
        }
        (Standing::SameTenant, _) => !of_placement.iter().any(|id| sent.contains(*id)),
    };
    let by_role = match who.letter {
        // Who has entered an institution may what its administrators may, and keeps the deployment still.
        'e' => allowed.contains(['t', 'd']),
        letter => allowed.contains(letter),
    };
    by_role && related
}

/// What is wrong with the answer to somebody of another institution. What lies here does not exist there: not for those
/// whose role could do it, and for nobody it is told otherwise than what is nowhere.
async fn wrong_from_elsewhere(who: &Somebody, world: &World, targets: &Targets, row: &Row) -> Option<String> {
    let (_, template, body, allowed) = row;
    let told = status(&who.client, world, targets, row).await;
    if !template.contains('{') {
        let ours = [&world.placement, &world.student.id, &world.organisation];
        let sent = body(world).to_string();
        let names_ours = ours.iter().any(|id| sent.contains(*id));
        return (names_ours && !(300..500).contains(&told)).then(|| told.to_string());
    }
    if OF_EVERYBODY.contains(template) {
        let may = allowed.contains(who.letter);
        return (may != (told < 300) || (!may && told != 403)).then(|| told.to_string());
    }
    if allowed.contains(who.letter) || who.letter == 't' {
        return (told != 404).then(|| told.to_string());
    }
    let nowhere = status(&who.client, world, &Targets::nowhere(), row).await;
    (told != nowhere || !matches!(told, 403 | 404))
        .then(|| format!("{told}, and {nowhere} of what is nowhere"))
}

async fn each_endpoint_is_open_to_those_whom_it_concerns_and_to_nobody_else(world: World) {
    let targets = Targets::make(&world).await;
    let people = everybody(&world).await;
    let mut wrong = Vec::new();
    for row in MATRIX {
        let (method, template, ..) = row;
        let signed_out = status(&world.nobody, &world, &targets, row).await;
        if signed_out != 401 {
            wrong.push(format!("{method} {template} signed out: {signed_out}"));
        }
        let (elsewhere, here): (Vec<_>, Vec<_>) = people
            .iter()
            .partition(|who| who.standing == Standing::OtherTenant);
        for who in elsewhere {
            if let Some(told) = wrong_from_elsewhere(who, &world, &targets, row).await {
                wrong.push(format!(
                    "{method} {template} as {} of another institution: {told}",
                    who.letter
                ));
            }
        }
        let (may, may_not): (Vec<_>, Vec<_>) = here
            .into_iter()
            .partition(|who| is_open_to(who, &world, &targets, row));
        for who in may_not {
            let told = status(&who.client, &world, &targets, row).await;
            if !matches!(told, 403 | 404) {
                let Somebody { letter, standing, .. } = who;
                wrong.push(format!(
                    "{method} {template} as {letter} ({standing:?}), who may not: {told}"
                ));
            }
        }
        let mut gone = false;
        for who in may {
            let told = status(&who.client, &world, &targets, row).await;
            let missing = told == 404 && !gone;
            if missing || matches!(told, 401 | 403 | 500..) {
                let Somebody { letter, standing, .. } = who;
                wrong.push(format!(
                    "{method} {template} as {letter} ({standing:?}), who may: {told}"
                ));
            }
            gone |= *method == "DELETE" && told < 300;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

on_both_databases!(each_endpoint_is_open_to_those_whom_it_concerns_and_to_nobody_else);
