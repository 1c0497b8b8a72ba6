//! Changing a profile.

use ipt_domain::{
    id::UserId,
    identity::{
        permission::Permission,
        profile::{Profile, StaffProfile},
        role::Role,
    },
    version::Version,
};
use serde_json::{Value, json};

use super::{
    change::{ProfileChange, apply},
    violation::{Body, number_taken},
};
use crate::{
    Caller, Services,
    concurrency::{check_seen, settle},
    identity::{
        IdentityError,
        users::{changed, load_own_or_within_reach, record},
    },
    rules::BrokenRules,
};

/// What to change.
#[derive(Clone, Debug)]
pub struct Command {
    /// Whose profile.
    pub user: UserId,
    /// The version that was seen: the person's.
    pub seen: Option<Version>,
    /// What to change.
    pub change: ProfileChange,
}

/// Changes a profile: the own one, or that of somebody whom the caller may change. What makes a student eligible is the
/// institution's to say, never one's own.
///
/// # Errors
/// [`IdentityError::UserNotFound`], [`IdentityError::Denied`], [`IdentityError::Stale`], then every broken rule together.
#[tracing::instrument(name = "usecase.identity.profiles.update", skip_all, fields(user.id = %command.user))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<(Profile, Version), IdentityError> {
    run(services, caller, command, true).await
}

/// As [`execute`]; unless it is to be kept, everything is done and undone.
pub(in crate::identity) async fn run(
    services: &Services,
    caller: &Caller,
    command: &Command,
    keep: bool,
) -> Result<(Profile, Version), IdentityError> {
    settle(|| attempt(services, caller, command, keep))
        .await
        .map_err(|error| number_taken(error, Body::Profile))
}

async fn attempt(
    services: &Services,
    caller: &Caller,
    command: &Command,
    keep: bool,
) -> Result<(Profile, Version), IdentityError> {
    let (subject, within, tenant) = load_own_or_within_reach(services, caller, command.user).await?;
    let roles: Vec<Role> = within
        .iter()
        .flat_map(|held| held.roles.iter().copied())
        .collect();
    let mut reader = services.database.read(caller.scope()).await?;
    let found = reader.profiles().profile(tenant, command.user).await?;
    let before = found.unwrap_or(Profile::empty(tenant, command.user));
    let mut broken = BrokenRules::default();
    let place = (roles.as_slice(), Body::Profile);
    let after = apply(reader.placement(), &before, &command.change, place, &mut broken).await?;
    drop(reader);
    if command.user == caller.user_id() && after.student != before.student {
        return Err(IdentityError::denied(Permission::UserManage));
    }
    check_seen(command.seen, subject.account.version)?;
    broken.into_result()?;
    let (account, replaces) = changed(subject.account);
    let version = account.version;
    let mut work = services.database.begin(caller.scope()).await?;
    work.people().update_account(&account, replaces).await?;
    let deed = (
        "identity.update_profile",
        tenant,
        command.user,
        services.clock.now(),
    );
    let told = json!({ "before": values(&before), "after": values(&after) });
    let trail = record::of(services, caller, deed, told);
    work.profiles().save_profile(&after, Some(&trail)).await?;
    if keep {
        work.commit().await?;
    }
    Ok((after.of_roles(&roles), version))
}

/// A profile, as it stands in the trail.
fn values(profile: &Profile) -> Value {
    let staff = |staff: &Option<StaffProfile>| {
        staff.as_ref().map(|staff| {
            json!({ "title": staff.title, "department": staff.department, "expertise": staff.expertise })
        })
    };
    json!({
        "student": profile.student.as_ref().map(|student| json!({
            "registration_number": student.registration_number,
            "programme_id": student.programme_id,
            "year_of_study": student.year_of_study,
            "grade_average": student.grade_average.map(|average| average.to_string()),
        })),
        "supervisor": staff(&profile.supervisor),
        "coordinator": staff(&profile.coordinator),
    })
}
