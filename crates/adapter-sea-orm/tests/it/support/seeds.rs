//! Institutions, people and changes, put in through the ports.

use std::{borrow::Cow, collections::BTreeSet};

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    audit::record::AuditRecord,
    id::{OrganisationId, TenantId, UserId},
    identity::{
        account::Account,
        email::EmailAddress,
        membership::{Membership, MembershipStatus},
        name::PersonName,
        role::Role,
    },
    tenancy::{
        calendar::{WeekendDays, WorkingCalendar},
        institution::{Institution, TenantCode},
    },
    version::Version,
};
use ipt_ports::{
    Scope, SystemScope,
    audit::{AuditDetail, AuditEntry},
    engagement::{Message, Topic, Trail},
    identity::Credentials,
};
use serde_json::json;

use super::Fixture;

/// The job of an operator, who may touch everything.
pub(crate) const OPERATOR: Scope = Scope::System(SystemScope::Operator);

/// A moment of the first working day of July 2026, as a time of day in UTC.
pub(crate) fn at(time: &str) -> Instant {
    format!("2026-07-06T{time}Z").parse().expect("a time of day")
}

/// A day of July 2026.
pub(crate) fn july(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 7, day).expect("a day of July")
}

/// The calendar of Dar es Salaam.
pub(crate) fn calendar(holidays: impl IntoIterator<Item = NaiveDate>) -> WorkingCalendar {
    WorkingCalendar::new(
        chrono_tz::Africa::Dar_es_Salaam,
        WeekendDays::SATURDAY_AND_SUNDAY,
        holidays.into_iter().collect::<BTreeSet<_>>(),
    )
}

impl Fixture {
    /// The trail of an action in an institution, with one message.
    pub(crate) fn trail(&self, tenant: Option<TenantId>, action: &'static str) -> Trail {
        Trail {
            audit: self.audit_entry(tenant, action, at("08:00:00")),
            messages: Vec::new(),
        }
    }

    /// An audit entry with values beside it.
    pub(crate) fn audit_entry(
        &self,
        tenant: Option<TenantId>,
        action: &'static str,
        at: Instant,
    ) -> AuditEntry {
        AuditEntry {
            record: AuditRecord {
                id: self.id(),
                tenant,
                at,
                actor: Some(self.id()),
                on_behalf_of: None,
                session: Some(self.id()),
                action: Cow::Borrowed(action),
                object_kind: Cow::Borrowed("log_entry"),
                object_id: self.id(),
                detail_digest: [7; 32],
            },
            detail: Some(AuditDetail {
                salt: [9; 16],
                values: json!({"after": {"hours": 7.5}, "address": "10.0.0.1"}),
            }),
        }
    }

    /// A message that is due at once.
    pub(crate) fn message(&self, tenant: Option<TenantId>) -> Message {
        Message {
            id: self.id(),
            tenant_id: tenant,
            topic: Topic::Mail,
            payload: json!({"to": "asha", "n": 1}),
            created_at: at("08:00:00"),
            available_at: at("08:00:00"),
        }
    }

    /// An institution, stored.
    pub(crate) async fn institution(&self, code: &str) -> TenantId {
        let id = self.id();
        let institution = Institution::new(
            id,
            TenantCode::parse(code).expect("a code"),
            &format!("Institution {code}"),
            calendar([]),
        )
        .expect("a name");
        let mut unit = self.begin(OPERATOR).await;
        unit.tenancy()
            .save_institution(&institution, None, &self.trail(None, "tenancy.create"))
            .await
            .expect("the institution is stored");
        unit.commit().await.expect("it is durable");
        id
    }

    /// An account that is not stored yet.
    pub(crate) fn new_account(&self, name: &str, email: &str) -> Account {
        Account::new(
            self.id(),
            EmailAddress::parse(email).expect("an address"),
            PersonName::parse(name).expect("a name"),
            at("08:00:00"),
        )
    }

    /// An account without a password, stored.
    pub(crate) async fn account(&self, name: &str, email: &str) -> UserId {
        let account = self.new_account(name, email);
        let id = account.id;
        let mut unit = self.begin(OPERATOR).await;
        unit.people()
            .insert_account(&Credentials {
                account,
                password: None,
            })
            .await
            .expect("the account is stored");
        unit.commit().await.expect("it is durable");
        id
    }

    /// A membership that is not stored yet.
    pub(crate) fn new_membership(
        &self,
        user: UserId,
        tenant: Option<TenantId>,
        organisation: Option<OrganisationId>,
        roles: &[Role],
    ) -> Membership {
        Membership {
            further: Vec::new(),
            id: self.id(),
            user_id: user,
            tenant_id: tenant,
            organisation_id: organisation,
            roles: roles.to_vec(),
            status: MembershipStatus::Active,
            created_at: at("08:00:00"),
            version: Version::FIRST,
        }
    }

    /// A membership, stored.
    pub(crate) async fn membership(
        &self,
        user: UserId,
        tenant: Option<TenantId>,
        roles: &[Role],
    ) -> Membership {
        let membership = self.new_membership(user, tenant, None, roles);
        let mut unit = self.begin(OPERATOR).await;
        unit.people()
            .save_membership(&membership, None)
            .await
            .expect("the membership is stored");
        unit.commit().await.expect("it is durable");
        membership
    }

    /// A member of an institution, by the name.
    pub(crate) async fn member(&self, tenant: TenantId, name: &str, roles: &[Role]) -> UserId {
        let email = format!("p{}@example.org", self.id::<UserId>());
        let user = self.account(name, &email).await;
        self.membership(user, Some(tenant), roles).await;
        user
    }
}
