//! Why a use case about people fails, as a problem.

use actix_web::http::header::{HeaderValue, WWW_AUTHENTICATE};
use ipt_application::identity::IdentityError;
use ipt_domain::identity::{
    permission::Permission,
    role::{Role, RoleChangeRefusal},
};
use ipt_ports::identity::PasswordHashError;

use crate::{
    codes::{
        self,
        protocol::{CONFLICT, FORBIDDEN, INVALID_TOKEN, UNAUTHENTICATED, UNAVAILABLE},
    },
    problem::Problem,
};

impl From<IdentityError> for Problem {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::InvalidCredentials => unauthorised(error.code()),
            IdentityError::InvalidToken => unauthorised(INVALID_TOKEN.name),
            IdentityError::EmailNotVerified => Self::new(codes::find(error.code()).unwrap_or(FORBIDDEN)),
            IdentityError::TenantNotFound
            | IdentityError::SessionNotFound
            | IdentityError::UserNotFound
            | IdentityError::RoleNotFound
            | IdentityError::ExportNotFound => Self::not_found().detail(error),
            IdentityError::Blob(error) => error.into(),
            IdentityError::Denied(denied) => denied.into(),
            IdentityError::Roles(refusal) => roles(refusal),
            IdentityError::RoleExceeds { permissions, roles } => exceeds(&permissions, &roles),
            IdentityError::RoleInUse { people } => in_use(people),
            IdentityError::Stale(stale) => stale.into(),
            IdentityError::Rules(broken) => broken.into(),
            IdentityError::Hashing(PasswordHashError::Busy) => Self::new(UNAVAILABLE).retry_after(2),
            IdentityError::Hashing(PasswordHashError::Failed(_))
            | IdentityError::Signing(_)
            | IdentityError::Sealing(_) => Self::internal(error),
            IdentityError::Repository(error) => error.into(),
        }
    }
}

/// A refusal that says how to sign in.
fn unauthorised(code: &str) -> Problem {
    Problem::new(codes::find(code).unwrap_or(UNAUTHENTICATED))
        .with_header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"ipt\""))
}

/// Roles that are not the caller's to give or take.
fn roles(refusal: RoleChangeRefusal) -> Problem {
    Problem::new(FORBIDDEN).because("/roles", refusal.code(), refusal)
}

/// A role with more than its maker may give.
fn exceeds(permissions: &[Permission], roles: &[Role]) -> Problem {
    let names = |names: &[&str]| names.join(", ");
    let permissions: Vec<_> = permissions.iter().map(|permission| permission.as_str()).collect();
    let roles: Vec<_> = roles.iter().map(|role| role.as_str()).collect();
    let problem = Problem::new(FORBIDDEN);
    if permissions.is_empty() {
        let told = format!("not yours to let anybody grant: {}", names(&roles));
        problem.because("/may_grant", "role_exceeds_maker", told)
    } else {
        let told = format!("not yours to give: {}", names(&permissions));
        problem.because("/permissions", "role_exceeds_maker", told)
    }
}

/// A role that cannot be removed.
fn in_use(people: u64) -> Problem {
    let problem = Problem::new(codes::find("role_in_use").unwrap_or(CONFLICT));
    let told = if people == 1 {
        "one person holds this role".to_owned()
    } else {
        format!("{people} people hold this role")
    };
    problem.detail(told).with("people", people)
}

#[cfg(test)]
mod tests {
    use ipt_application::identity::IdentityError;
    use ipt_domain::identity::role::{Role, RoleChangeRefusal};

    use crate::problem::Problem;

    #[test]
    fn a_role_that_is_not_ones_to_give_is_forbidden_and_named() {
        let refusal = RoleChangeRefusal::NotGrantable {
            role: Role::TenantAdmin.into(),
        };
        let told = Problem::from(IdentityError::Roles(refusal)).to_value();
        assert_eq!(
            (told["status"].as_u64(), told["code"].as_str()),
            (Some(403), Some("forbidden"))
        );
        assert_eq!(told["errors"][0]["code"], "role_not_grantable");
        assert!(
            told["detail"].as_str().unwrap().contains("tenant_admin"),
            "{told}"
        );
    }

    #[test]
    fn an_unknown_address_and_a_token_that_ran_out_ask_for_a_sign_in() {
        for (error, code) in [
            (IdentityError::InvalidCredentials, "invalid_credentials"),
            (IdentityError::InvalidToken, "invalid_token"),
        ] {
            let told = Problem::from(error).to_value();
            assert_eq!(
                (told["status"].as_u64(), told["code"].as_str()),
                (Some(401), Some(code))
            );
        }
    }
}
