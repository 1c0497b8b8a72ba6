//! Accounts, memberships, and lists of people.

use ipt_domain::{
    id::{TenantId, UserId},
    identity::{
        email::EmailAddress,
        lockout::Lockout,
        membership::{Membership, MembershipStatus},
        role::Role,
    },
};
use ipt_ports::{
    Constraint, RepositoryError, Scope, SystemScope,
    identity::{Credentials, PasswordHash, UserFilter, UserSort},
    page::{Direction, PageRequest, Position, Sort},
};
use secrecy::ExposeSecret as _;

use crate::support::{
    Fixture, on_every_database,
    seeds::{OPERATOR, at},
};

const SIGN_IN: Scope = Scope::System(SystemScope::SignIn);

fn page(limit: u16, after: Option<Position>, field: UserSort, direction: Direction) -> PageRequest<UserSort> {
    PageRequest {
        limit,
        after,
        sort: vec![Sort { field, direction }],
    }
}

async fn hash_of(fixture: &Fixture, user: UserId) -> Option<String> {
    let found = fixture
        .read(SIGN_IN)
        .await
        .people()
        .credentials(user)
        .await
        .unwrap()
        .unwrap();
    found
        .password
        .map(|hash| hash.secret().expose_secret().to_owned())
}

/// The names on all pages, one after the other.
async fn names(
    fixture: &Fixture,
    tenant: TenantId,
    filter: &UserFilter,
    field: UserSort,
    direction: Direction,
) -> Vec<String> {
    let mut names = Vec::new();
    let mut after = None;
    loop {
        let mut reader = fixture.read(Scope::tenant(tenant)).await;
        let found = reader
            .people()
            .user_page(filter, &page(3, after, field, direction))
            .await
            .unwrap();
        names.extend(
            found
                .items
                .iter()
                .map(|view| view.account.full_name.as_str().to_owned()),
        );
        after = found.next;
        if after.is_none() {
            return names;
        }
    }
}

async fn filtered(fixture: &Fixture, tenant: TenantId, filter: UserFilter) -> Vec<String> {
    let found = names(fixture, tenant, &filter, UserSort::FullName, Direction::Ascending).await;
    let count = fixture
        .read(Scope::tenant(tenant))
        .await
        .people()
        .user_count(&filter)
        .await
        .unwrap();
    assert_eq!(
        count,
        found.len() as u64,
        "the count and the list share their condition"
    );
    found
}

async fn save(fixture: &Fixture, scope: Scope, membership: &Membership) -> Result<(), RepositoryError> {
    let mut unit = fixture.begin(scope).await;
    unit.people().save_membership(membership, None).await?;
    unit.commit().await
}

on_every_database! {
    async fn an_account_is_found_by_its_address_whatever_the_case(fixture: &Fixture) {
        let mut account = fixture.new_account("Asha Mushi", "Asha@Example.org");
        account.email_verified_at = Some(at("09:00:00.123456"));
        account.lockout = account.lockout.after_failure(at("10:00:00"));
        let password = PasswordHash::new("$argon2id$secret".to_owned());
        let mut unit = fixture.begin(OPERATOR).await;
        let credentials = Credentials { account: account.clone(), password: Some(password) };
        unit.people().insert_account(&credentials).await.unwrap();
        unit.commit().await.unwrap();
        let email = EmailAddress::parse("aSHA@example.ORG").unwrap();
        let found = fixture.read(SIGN_IN).await.people().credentials_by_email(&email).await.unwrap().unwrap();
        assert_eq!(found.account, account);
        assert_eq!(found.account.email.as_str(), "Asha@Example.org");
        assert_eq!(hash_of(fixture, account.id).await.as_deref(), Some("$argon2id$secret"));
    }

    async fn a_second_account_with_the_same_address_is_refused(fixture: &Fixture) {
        fixture.account("Asha Mushi", "asha@example.org").await;
        let account = fixture.new_account("Another", "ASHA@example.org");
        let mut unit = fixture.begin(OPERATOR).await;
        let refused = unit.people().insert_account(&Credentials { account, password: None }).await;
        assert!(matches!(refused, Err(RepositoryError::Conflict(Constraint::UserEmail))), "{refused:?}");
    }

    async fn a_change_of_an_account_keeps_its_password_and_is_guarded_by_its_version(fixture: &Fixture) {
        let user = fixture.account("Asha Mushi", "asha@example.org").await;
        let mut unit = fixture.begin(OPERATOR).await;
        unit.people().set_password(user, &PasswordHash::new("first".to_owned())).await.unwrap();
        let mut account = unit.people().credentials(user).await.unwrap().unwrap().account;
        let seen = account.version;
        account.version = seen.next();
        account.disabled_at = Some(at("12:00:00"));
        unit.people().update_account(&account, seen).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(hash_of(fixture, user).await.as_deref(), Some("first"));
        let mut unit = fixture.begin(OPERATOR).await;
        let refused = unit.people().update_account(&account, seen).await;
        assert!(matches!(refused, Err(RepositoryError::Stale)), "{refused:?}");
        drop(unit);
        let stored = fixture.read(SIGN_IN).await.people().credentials(user).await.unwrap().unwrap();
        assert_eq!(stored.account, account);
        let mut unit = fixture.begin(OPERATOR).await;
        unit.people().clear_password(user).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(hash_of(fixture, user).await, None);
    }

    async fn a_person_is_a_member_once_of_an_institution_and_organisation(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let user = fixture.member(tenant, "Asha Mushi", &[Role::Student]).await;
        let again = fixture.new_membership(user, Some(tenant), None, &[Role::Coordinator]);
        let refused = save(fixture, Scope::tenant(tenant), &again).await;
        assert!(matches!(refused, Err(RepositoryError::Conflict(Constraint::Membership))), "{refused:?}");
        let in_company = fixture.new_membership(user, Some(tenant), Some(fixture.id()), &[Role::OrganisationAdmin]);
        save(fixture, Scope::tenant(tenant), &in_company).await.unwrap();
        let of_deployment = fixture.new_membership(user, None, None, &[Role::Superadmin]);
        save(fixture, OPERATOR, &of_deployment).await.unwrap();
        let twice = fixture.new_membership(user, None, None, &[Role::Superadmin]);
        let refused = save(fixture, OPERATOR, &twice).await;
        assert!(matches!(refused, Err(RepositoryError::Conflict(Constraint::Membership))), "{refused:?}");
    }

    async fn a_membership_changes_its_roles_and_status_under_its_version(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let user = fixture.account("Asha Mushi", "asha@example.org").await;
        let first = fixture.membership(user, Some(tenant), &[Role::Coordinator, Role::Student]).await;
        let changed = Membership {
            roles: vec![Role::TenantAdmin],
            status: MembershipStatus::Disabled,
            version: first.version.next(),
            ..first.clone()
        };
        let mut unit = fixture.begin(Scope::tenant(tenant)).await;
        unit.people().save_membership(&changed, Some(first.version)).await.unwrap();
        let refused = unit.people().save_membership(&changed, Some(first.version)).await;
        assert!(matches!(refused, Err(RepositoryError::Stale)), "{refused:?}");
        unit.commit().await.unwrap();
        let views = fixture.read(SIGN_IN).await.people().memberships(user).await.unwrap();
        assert_eq!(views.len(), 1);
        assert_eq!(views[0].membership, changed);
        assert_eq!(views[0].tenant_code.as_deref(), Some("udsm"));
        assert_eq!(views[0].tenant_zone.as_deref(), Some("Africa/Dar_es_Salaam"));
        let mut unit = fixture.begin(Scope::tenant(tenant)).await;
        unit.people().delete_membership(changed.id).await.unwrap();
        unit.commit().await.unwrap();
        assert!(fixture.read(SIGN_IN).await.people().memberships(user).await.unwrap().is_empty());
    }

    async fn a_membership_of_another_institution_can_neither_be_made_nor_changed(fixture: &Fixture) {
        let (own, other) = (fixture.institution("udsm").await, fixture.institution("ardhi").await);
        let user = fixture.account("Asha Mushi", "asha@example.org").await;
        let theirs = fixture.membership(user, Some(other), &[Role::Student]).await;
        let made = fixture.new_membership(user, Some(other), Some(fixture.id()), &[Role::TenantAdmin]);
        assert!(save(fixture, Scope::tenant(own), &made).await.is_err());
        let superadmin = fixture.new_membership(user, None, None, &[Role::Superadmin]);
        assert!(save(fixture, Scope::tenant(own), &superadmin).await.is_err());
        let promoted = Membership { roles: vec![Role::TenantAdmin], version: theirs.version.next(), ..theirs.clone() };
        let mut unit = fixture.begin(Scope::tenant(own)).await;
        let refused = unit.people().save_membership(&promoted, Some(theirs.version)).await;
        assert!(matches!(refused, Err(RepositoryError::Stale)), "{refused:?}");
        unit.people().delete_membership(theirs.id).await.unwrap();
        unit.commit().await.unwrap();
        let views = fixture.read(SIGN_IN).await.people().memberships(user).await.unwrap();
        assert_eq!(views.iter().map(|view| &view.membership).collect::<Vec<_>>(), [&theirs]);
    }

    async fn a_person_is_seen_with_the_memberships_in_scope(fixture: &Fixture) {
        let (own, other) = (fixture.institution("udsm").await, fixture.institution("ardhi").await);
        let both = fixture.member(own, "Asha Mushi", &[Role::IndustrialSupervisor]).await;
        fixture.membership(both, Some(other), &[Role::IndustrialSupervisor]).await;
        let stranger = fixture.member(other, "Baraka Juma", &[Role::Student]).await;
        let mut reader = fixture.read(Scope::tenant(own)).await;
        let seen = reader.people().user(both).await.unwrap().unwrap();
        let tenants: Vec<_> = seen.memberships.iter().map(|view| view.membership.tenant_id).collect();
        assert_eq!(tenants, [Some(own)]);
        assert!(reader.people().user(stranger).await.unwrap().is_none());
        assert!(reader.people().recipients(&[stranger]).await.unwrap().is_empty());
        assert!(reader.people().members_with_role(other, Role::Student).await.unwrap().is_empty());
        drop(reader);
        let anybody = names(fixture, own, &UserFilter::default(), UserSort::FullName, Direction::Ascending).await;
        assert_eq!(anybody, ["Asha Mushi"]);
        let elsewhere = UserFilter { tenant: Some(other), ..UserFilter::default() };
        assert!(filtered(fixture, own, elsewhere).await.is_empty());
        assert!(fixture.read(OPERATOR).await.people().user(stranger).await.unwrap().is_some());
    }

    async fn people_are_found_by_role_status_organisation_and_text(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        fixture.member(tenant, "Asha Mushi", &[Role::Student]).await;
        fixture.member(tenant, "Çelik 100%", &[Role::Coordinator, Role::Student]).await;
        fixture.member(tenant, "Zuri_Abdi", &[Role::Coordinator]).await;
        let guest = fixture.account("Guest", "guest@example.org").await;
        let company = fixture.id();
        let mut member = fixture.new_membership(guest, Some(tenant), Some(company), &[Role::OrganisationAdmin]);
        member.status = MembershipStatus::Disabled;
        save(fixture, OPERATOR, &member).await.unwrap();
        let all = UserFilter::default();
        let students = UserFilter { role: Some(Role::Student.into()), ..all.clone() };
        assert_eq!(filtered(fixture, tenant, students).await, ["Asha Mushi", "Çelik 100%"]);
        let disabled = UserFilter { status: Some(MembershipStatus::Disabled), ..all.clone() };
        assert_eq!(filtered(fixture, tenant, disabled).await, ["Guest"]);
        let of_company = UserFilter { organisation_id: Some(company), ..all.clone() };
        assert_eq!(filtered(fixture, tenant, of_company).await, ["Guest"]);
        for (text, expected) in [("ÇELIK", "Çelik 100%"), ("0%", "Çelik 100%"), ("i_a", "Zuri_Abdi"), ("GUEST@", "Guest")] {
            let by_text = UserFilter { text: Some(text.to_owned()), ..all.clone() };
            assert_eq!(filtered(fixture, tenant, by_text).await, [expected], "{text}");
        }
        let no_pattern = UserFilter { text: Some("a%i".to_owned()), ..all.clone() };
        assert!(filtered(fixture, tenant, no_pattern).await.is_empty());
        // A role of one membership and the status of another do not add up to a match.
        let mixed = UserFilter { role: Some(Role::Student.into()), status: Some(MembershipStatus::Disabled), ..all };
        assert!(filtered(fixture, tenant, mixed).await.is_empty());
    }

    async fn pages_hold_everybody_once_in_either_direction_and_order(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let expected = ["amina", "Baraka", "baraka B", "Çelik", "Ömer", "Zuri", "ändern"];
        for name in expected {
            fixture.member(tenant, name, &[Role::Student]).await;
        }
        let filter = UserFilter::default();
        let ascending = names(fixture, tenant, &filter, UserSort::FullName, Direction::Ascending).await;
        assert_eq!(ascending, ["amina", "Baraka", "baraka B", "Zuri", "ändern", "Çelik", "Ömer"]);
        let mut backwards = names(fixture, tenant, &filter, UserSort::FullName, Direction::Descending).await;
        backwards.reverse();
        assert_eq!(backwards, ascending);
        // All were made at the same moment, so that the ids decide.
        let by_time = names(fixture, tenant, &filter, UserSort::CreatedAt, Direction::Ascending).await;
        assert_eq!(by_time, expected);
    }

    async fn a_page_costs_the_same_statements_whatever_its_length(fixture: &SqlFixture) {
        let tenant = fixture.institution("udsm").await;
        fixture.member(tenant, "Only One", &[Role::Student]).await;
        let cost = async || {
            let mut reader = fixture.read(Scope::tenant(tenant)).await;
            let before = fixture.database.statements();
            let wanted = page(100, None, UserSort::FullName, Direction::Ascending);
            let found = reader.people().user_page(&UserFilter::default(), &wanted).await.unwrap();
            (found.items.len(), fixture.database.statements() - before)
        };
        let (one, few) = cost().await;
        for number in 0..20 {
            fixture.member(tenant, &format!("Person {number}"), &[Role::Student, Role::Coordinator]).await;
        }
        let (many, statements) = cost().await;
        assert_eq!((one, many), (1, 21));
        assert_eq!((few, statements), (2, 2));
    }

    async fn refused_sign_ins_are_counted_beside_the_version_and_guarded_by_their_count(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let user = fixture.account("Asha Mushi", "asha@example.org").await;
        let stored = async || fixture.read(SIGN_IN).await.people().credentials(user).await.unwrap().unwrap().account;
        let before = stored().await;
        let once = before.lockout.after_failure(at("10:00:00.000001"));
        let twice = once.after_failure(at("10:00:01"));
        let save = async |lockout, replaces| {
            let mut unit = fixture.begin(SIGN_IN).await;
            unit.people().save_lockout(user, lockout, replaces).await?;
            unit.commit().await
        };
        save(once, before.lockout).await.unwrap();
        // Somebody who has not seen the first one does not undo it.
        let refused = save(once, before.lockout).await;
        assert!(matches!(refused, Err(RepositoryError::Stale)), "{refused:?}");
        save(twice, once).await.unwrap();
        let mut unit = fixture.begin(SIGN_IN).await;
        unit.people().remember_tenant(user, tenant).await.unwrap();
        unit.commit().await.unwrap();
        // A change of the account that was decided before keeps both, and is not in their way.
        let mut changed = before.clone();
        changed.version = before.version.next();
        changed.disabled_at = Some(at("12:00:00"));
        let mut unit = fixture.begin(OPERATOR).await;
        unit.people().update_account(&changed, before.version).await.unwrap();
        unit.commit().await.unwrap();
        let after = stored().await;
        assert_eq!((after.lockout, after.last_tenant), (twice, Some(tenant)));
        assert_eq!((after.version, after.disabled_at), (changed.version, changed.disabled_at));
        let locked = (0..4).fold(twice, |lockout, _| lockout.after_failure(at("10:00:02")));
        assert!(locked.is_locked(at("10:00:03")));
        save(locked, twice).await.unwrap();
        save(Lockout::default(), locked).await.unwrap();
        assert_eq!(stored().await.lockout, Lockout::default());
    }

    async fn disabled_people_are_told_nothing(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let asha = fixture.member(tenant, "Asha Mushi", &[Role::Coordinator]).await;
        let gone = fixture.member(tenant, "Gone For Good", &[Role::Coordinator]).await;
        let paused = fixture.account("Paused Here", "paused@example.org").await;
        let mut membership = fixture.new_membership(paused, Some(tenant), None, &[Role::Coordinator]);
        membership.status = MembershipStatus::Disabled;
        save(fixture, OPERATOR, &membership).await.unwrap();
        let mut unit = fixture.begin(OPERATOR).await;
        let mut account = unit.people().credentials(gone).await.unwrap().unwrap().account;
        let seen = account.version;
        account.version = seen.next();
        account.disabled_at = Some(at("09:00:00"));
        unit.people().update_account(&account, seen).await.unwrap();
        unit.commit().await.unwrap();
        let mut reader = fixture.read(Scope::System(SystemScope::Worker)).await;
        let coordinators = reader.people().members_with_role(tenant, Role::Coordinator).await.unwrap();
        assert_eq!(coordinators.iter().map(|one| one.id).collect::<Vec<_>>(), [asha]);
        let told = reader.people().recipients(&[gone, asha]).await.unwrap();
        assert_eq!(told.iter().map(|one| one.id).collect::<Vec<_>>(), [asha]);
    }
}
