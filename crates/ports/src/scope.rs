//! In which institutions a call may see and change rows.

use ipt_domain::id::TenantId;

/// The institutions whose rows a call may touch. Most calls have one; an industrial supervisor's inbox spans several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// These institutions and no other. Empty: nothing that belongs to an institution.
    Tenants(Vec<TenantId>),
    /// One of the deployment's own jobs, which serve all institutions.
    System(SystemScope),
}

/// The deployment's own jobs. Each has a name of its own, so that the database can tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SystemScope {
    /// Finding an account and its memberships before an institution is known.
    SignIn,
    /// Delivering the outbox, reminding, cleaning up.
    Worker,
    /// Linking audit records into their chains.
    ChainLinker,
    /// An operator at the command line, and a superadmin over institutions.
    Operator,
}

impl SystemScope {
    /// The name by which the database knows the scope.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Worker => "worker",
            Self::ChainLinker => "chain_linker",
            Self::Operator => "operator",
        }
    }
}

impl Scope {
    /// One institution.
    pub fn tenant(tenant: TenantId) -> Self {
        Self::Tenants(vec![tenant])
    }

    /// Whether rows of `tenant` may be touched.
    pub fn covers(&self, tenant: TenantId) -> bool {
        match self {
            Self::Tenants(tenants) => tenants.contains(&tenant),
            Self::System(_) => true,
        }
    }
}
