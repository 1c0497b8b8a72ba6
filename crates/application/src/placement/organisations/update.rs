//! Changing an organisation.

use ipt_domain::{
    id::OrganisationId,
    identity::permission::Permission,
    placement::organisation::{Organisation, OrganisationDraft, OrganisationRelation},
    text::Remark,
    version::Version,
};
use ipt_ports::placement::OrganisationView;
use serde_json::json;

use super::{Standing, check_namesakes, find, relation_values, values};
use crate::{
    Caller, Services,
    access::Denied,
    concurrency::{check_seen, settle},
    placement::{
        PlacementError, RequestViolation,
        record::{self, Object},
    },
    rules::BrokenRules,
};

/// What to change; what is left out stays. In those that can be absent, `Some(None)` takes the value away.
#[derive(Clone, Debug, Default)]
pub struct Command {
    /// The version that was seen.
    pub seen: Option<Version>,
    /// The name.
    pub name: Option<String>,
    /// The sector.
    pub sector: Option<Option<String>>,
    /// The city.
    pub city: Option<Option<String>>,
    /// The country.
    pub country: Option<Option<String>>,
    /// The website.
    pub website: Option<Option<String>>,
    /// What it does.
    pub description: Option<Option<String>>,
    /// Whether it takes its new name and city although another has them: it is not that one.
    pub confirm_distinct: bool,
    /// Whom the institution turns to there; the institution's own.
    pub contacts: Option<Option<String>>,
    /// What the institution notes about it; the institution's own.
    pub notes: Option<Option<String>>,
}

/// Changes an organisation's profile: its administrators, and the people of an institution that deals with it. Contacts and
/// notes are those of the caller's institution.
///
/// # Errors
/// [`PlacementError::NotFound`], [`PlacementError::Denied`], [`PlacementError::Stale`], then every broken rule together, then
/// [`PlacementError::OrganisationExists`].
#[tracing::instrument(name = "usecase.placement.organisations.update", skip_all, fields(organisation.id = %id))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    id: OrganisationId,
    command: &Command,
) -> Result<OrganisationView, PlacementError> {
    settle(|| attempt(services, caller, id, command)).await
}

async fn attempt(
    services: &Services,
    caller: &Caller,
    id: OrganisationId,
    command: &Command,
) -> Result<OrganisationView, PlacementError> {
    let mut work = services.database.begin(caller.scope()).await?;
    let standing = Standing::of(work.people(), caller).await?;
    let OrganisationView {
        organisation: before,
        relation,
    } = find(work.placement(), &standing, id).await?;
    check_rights(caller, &standing, id, command)?;
    check_seen(command.seen, before.version())?;
    let mut broken = BrokenRules::default();
    let after = amended(before.clone(), command, &mut broken);
    let described = relation
        .clone()
        .and_then(|relation| described(relation, command, &mut broken));
    broken.into_result()?;
    let object = (Object::Organisation(id), standing.tenant);
    if values(&before) != values(&after) {
        let namesakes = check_namesakes(work.placement(), &after, command.confirm_distinct).await?;
        let values = json!({ "before": values(&before), "after": values(&after) });
        let trail = record::of(services, caller, "placement.update_organisation", object, values);
        work.placement()
            .save_organisation(&after, Some(before.version()), namesakes, &trail)
            .await?;
    }
    if let (Some(before), Some(after)) = (&relation, &described)
        && before != after
    {
        let values = relation_values(after);
        let trail = record::of(services, caller, "placement.update_relation", object, values);
        work.placement()
            .save_relation(after, Some(before.version()), &trail)
            .await?;
    }
    let shown = find(work.placement(), &standing, id).await?;
    work.commit().await?;
    Ok(standing.shown(shown))
}

/// Its administrators keep the profile; the institution's people keep that and the relation.
fn check_rights(
    caller: &Caller,
    standing: &Standing,
    id: OrganisationId,
    command: &Command,
) -> Result<(), PlacementError> {
    caller.tenant_with(Permission::OrganisationManage)?;
    let relation = command.contacts.is_some() || command.notes.is_some();
    if standing.staff || (standing.administers(id) && !relation) {
        Ok(())
    } else {
        let permission = if relation {
            Permission::OrganisationVerify
        } else {
            Permission::OrganisationManage
        };
        Err(Denied { permission }.into())
    }
}

/// The organisation with the changes; as it was when they are wrong.
fn amended(organisation: Organisation, command: &Command, broken: &mut BrokenRules) -> Organisation {
    let base = OrganisationDraft::from(&organisation);
    let draft = OrganisationDraft {
        name: command.name.clone().unwrap_or(base.name),
        sector: command.sector.clone().unwrap_or(base.sector),
        city: command.city.clone().unwrap_or(base.city),
        country: command.country.clone().unwrap_or(base.country),
        website: command.website.clone().unwrap_or(base.website),
        description: command.description.clone().unwrap_or(base.description),
    };
    match organisation.clone().amended(&draft) {
        Ok(amended) => amended,
        Err(found) => {
            broken.extend(found);
            organisation
        }
    }
}

/// The relation with other contacts and notes.
fn described(
    relation: OrganisationRelation,
    command: &Command,
    broken: &mut BrokenRules,
) -> Option<OrganisationRelation> {
    let mut text = |pointer, given: &Option<Option<String>>, before: Option<&Remark>| match given {
        None => Some(before.cloned()),
        Some(given) => broken
            .keep(Remark::parse(given.as_deref()).map_err(|error| RequestViolation::Text { pointer, error })),
    };
    let contacts = text("/contacts", &command.contacts, relation.contacts());
    let notes = text("/notes", &command.notes, relation.notes());
    Some(relation.described(contacts?, notes?))
}
