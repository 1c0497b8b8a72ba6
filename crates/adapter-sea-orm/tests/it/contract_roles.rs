//! Roles that institutions define.

use ipt_domain::{
    id::{TenantId, UserId},
    identity::{
        membership::Membership,
        permission::{Permission, PermissionSet},
        role::Role,
        tenant_role::{FurtherRole, RoleKey, RoleName, TenantRole},
    },
    version::Version,
};
use ipt_ports::{
    Constraint, RepositoryError, Scope, SystemScope,
    identity::{RoleSort, UserFilter},
    page::{Direction, PageRequest, Sort},
};

use crate::support::{Fixture, on_every_database};

fn key(key: &str) -> RoleKey {
    RoleKey::parse(key).unwrap()
}

fn role(fixture: &Fixture, tenant: TenantId, named: &str, name: &str) -> TenantRole {
    let role = FurtherRole {
        id: fixture.id(),
        key: key(named),
        permissions: PermissionSet::of(&[Permission::UserRead, Permission::UserManage]),
        may_grant: vec![Role::Student, Role::UniversitySupervisor],
    };
    TenantRole::define(role, tenant, name, Version::FIRST).unwrap()
}

async fn save(
    fixture: &Fixture,
    role: &TenantRole,
    replaces: Option<Version>,
) -> Result<(), RepositoryError> {
    let mut unit = fixture.begin(Scope::tenant(role.tenant_id)).await;
    let trail = fixture.trail(Some(role.tenant_id), "identity.define_role");
    unit.roles().save_tenant_role(role, replaces, &trail).await?;
    unit.commit().await
}

/// A member who holds a role of the institution besides one of the product's.
async fn holder(fixture: &Fixture, role: &TenantRole) -> (UserId, Membership) {
    let email = format!("h{}@example.org", fixture.id::<UserId>());
    let user = fixture.account("Hol Der", &email).await;
    let plain = fixture.new_membership(user, Some(role.tenant_id), None, &[Role::Student]);
    let membership = Membership {
        further: vec![role.role.clone()],
        ..plain
    };
    let mut unit = fixture.begin(Scope::tenant(role.tenant_id)).await;
    unit.people().save_membership(&membership, None).await.unwrap();
    unit.commit().await.unwrap();
    (user, membership)
}

async fn held(fixture: &Fixture, scope: Scope, user: UserId) -> Vec<Membership> {
    let mut reader = fixture.read(scope).await;
    let views = reader.people().memberships(user).await.unwrap();
    views.into_iter().map(|view| view.membership).collect()
}

on_every_database! {
    async fn a_role_comes_back_as_it_was_stored(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let registrar = role(fixture, tenant, "registrar", "Registrar");
        save(fixture, &registrar, None).await.unwrap();
        let mut reader = fixture.read(Scope::tenant(tenant)).await;
        let roles = reader.roles();
        assert_eq!(roles.tenant_role(registrar.role.id).await.unwrap().as_ref(), Some(&registrar));
        let found = roles.tenant_roles_by_key(tenant, &[key("nobody"), key("registrar")]).await.unwrap();
        assert_eq!(found, [registrar]);
        assert!(roles.tenant_roles_by_key(tenant, &[]).await.unwrap().is_empty());
    }

    async fn whoever_holds_a_role_has_what_it_gives_now(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let registrar = role(fixture, tenant, "registrar", "Registrar");
        save(fixture, &registrar, None).await.unwrap();
        let (user, membership) = holder(fixture, &registrar).await;
        let sign_in = Scope::System(SystemScope::SignIn);
        assert_eq!(held(fixture, sign_in.clone(), user).await, std::slice::from_ref(&membership));
        let less = FurtherRole {
            permissions: PermissionSet::of(&[Permission::UserRead]),
            may_grant: Vec::new(),
            ..registrar.role.clone()
        };
        let less = TenantRole::define(less, tenant, "Reader", Version::new(2)).unwrap();
        save(fixture, &less, Some(Version::FIRST)).await.unwrap();
        let now = held(fixture, sign_in, user).await;
        assert_eq!(now[0].further, [less.role]);
        assert_eq!(now[0].roles, [Role::Student]);

        let without = Membership { further: Vec::new(), version: membership.version.next(), ..membership.clone() };
        let mut unit = fixture.begin(Scope::tenant(tenant)).await;
        unit.people().save_membership(&without, Some(membership.version)).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(held(fixture, Scope::tenant(tenant), user).await, [without]);
    }

    async fn people_are_found_by_a_role_of_the_institution(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let registrar = role(fixture, tenant, "registrar", "Registrar");
        save(fixture, &registrar, None).await.unwrap();
        let (user, _) = holder(fixture, &registrar).await;
        fixture.member(tenant, "Another", &[Role::Student]).await;
        let filter = UserFilter {
            tenant: Some(tenant),
            role: Some(RoleName::Further(key("registrar"))),
            ..UserFilter::default()
        };
        let mut reader = fixture.read(Scope::tenant(tenant)).await;
        assert_eq!(reader.people().user_count(&filter).await.unwrap(), 1);
        assert_eq!(reader.roles().tenant_role_holders(registrar.role.id).await.unwrap(), 1, "{user}");
    }

    async fn a_role_that_somebody_holds_is_not_removed(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let registrar = role(fixture, tenant, "registrar", "Registrar");
        save(fixture, &registrar, None).await.unwrap();
        let (_, membership) = holder(fixture, &registrar).await;
        let trail = fixture.trail(Some(tenant), "identity.remove_role");
        let mut unit = fixture.begin(Scope::tenant(tenant)).await;
        let refused = unit.roles().delete_tenant_role(registrar.role.id, Version::FIRST, &trail).await;
        assert!(matches!(refused, Err(RepositoryError::Conflict(Constraint::Reference))), "{refused:?}");
        drop(unit);
        let mut unit = fixture.begin(Scope::tenant(tenant)).await;
        unit.people().delete_membership(membership.id).await.unwrap();
        let stale = unit.roles().delete_tenant_role(registrar.role.id, Version::new(7), &trail).await;
        assert!(matches!(stale, Err(RepositoryError::Stale)), "{stale:?}");
        drop(unit);
        let mut unit = fixture.begin(Scope::tenant(tenant)).await;
        unit.people().delete_membership(membership.id).await.unwrap();
        unit.roles().delete_tenant_role(registrar.role.id, Version::FIRST, &trail).await.unwrap();
        unit.commit().await.unwrap();
        let mut reader = fixture.read(Scope::tenant(tenant)).await;
        assert_eq!(reader.roles().tenant_role(registrar.role.id).await.unwrap(), None);
    }

    async fn a_role_that_was_removed_is_given_to_nobody(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let gone = role(fixture, tenant, "gone", "Gone");
        let user = fixture.account("Hol Der", "h@example.org").await;
        let plain = fixture.new_membership(user, Some(tenant), None, &[Role::Student]);
        let membership = Membership { further: vec![gone.role], ..plain };
        let mut unit = fixture.begin(Scope::tenant(tenant)).await;
        let refused = unit.people().save_membership(&membership, None).await;
        assert!(matches!(refused, Err(RepositoryError::Conflict(Constraint::Reference))), "{refused:?}");
    }

    async fn a_key_is_one_roles_in_an_institution_and_free_in_another(fixture: &Fixture) {
        let (here, there) = (fixture.institution("udsm").await, fixture.institution("sua").await);
        save(fixture, &role(fixture, here, "registrar", "Registrar"), None).await.unwrap();
        let refused = save(fixture, &role(fixture, here, "registrar", "Another"), None).await;
        assert!(matches!(refused, Err(RepositoryError::Conflict(Constraint::RoleKey))), "{refused:?}");
        save(fixture, &role(fixture, there, "registrar", "Registrar"), None).await.unwrap();
    }

    async fn another_institutions_roles_do_not_exist(fixture: &Fixture) {
        let (here, there) = (fixture.institution("udsm").await, fixture.institution("sua").await);
        let theirs = role(fixture, there, "registrar", "Registrar");
        save(fixture, &theirs, None).await.unwrap();
        let mut unit = fixture.begin(Scope::tenant(here)).await;
        let roles = unit.roles();
        assert_eq!(roles.tenant_role(theirs.role.id).await.unwrap(), None);
        assert!(roles.tenant_roles_by_key(there, &[key("registrar")]).await.unwrap().is_empty());
        assert_eq!(roles.tenant_role_count(None).await.unwrap(), 0);
        let trail = fixture.trail(Some(here), "identity.remove_role");
        let refused = roles.delete_tenant_role(theirs.role.id, Version::FIRST, &trail).await;
        assert!(matches!(refused, Err(RepositoryError::Stale)), "{refused:?}");
    }

    async fn roles_are_listed_by_name_or_key(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        for (key, name) in [("zz", "archivist"), ("aa", "Registrar"), ("mm", "Öffice")] {
            save(fixture, &role(fixture, tenant, key, name), None).await.unwrap();
        }
        let by = |field, limit| PageRequest { limit, after: None, sort: vec![Sort { field, direction: Direction::Ascending }] };
        let mut reader = fixture.read(Scope::tenant(tenant)).await;
        let roles = reader.roles();
        let first = roles.tenant_role_page(None, &by(RoleSort::Name, 2)).await.unwrap();
        let names: Vec<_> = first.items.iter().map(|role| role.name.as_str()).collect();
        assert_eq!(names, ["archivist", "Registrar"]);
        let rest = PageRequest { after: first.next, ..by(RoleSort::Name, 2) };
        assert_eq!(roles.tenant_role_page(None, &rest).await.unwrap().items[0].name, "Öffice");
        let found = roles.tenant_role_page(Some("ÖFF"), &by(RoleSort::Key, 9)).await.unwrap();
        assert_eq!((found.items.len(), roles.tenant_role_count(Some("zz")).await.unwrap()), (1, 1));
    }
}
